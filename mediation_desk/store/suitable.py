"""Refuses places where a store in a file would sooner or later be damaged: network drives and folders that synchronise.

SQLite's log needs memory that all programs on a file share, and locks that hold: a network drive has the one not and
the other often not. Whatever copies files to a cloud copies the store and its log at different moments. So nobody can
have it otherwise: several desks share a server, and a network drive serves for back-ups.
"""

import ctypes
import os
import sys
from pathlib import Path, PurePosixPath

from mediation_desk.domain.errors import CannotOpen

SYNCHRONISING = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "iCloudDrive",
    "iCloud Drive",
    "Mobile Documents",
    "Nutstore",
    "Nutstore Files",
    "我的坚果云",
    "坚果云",
    "BaiduSyncdisk",
    "百度网盘同步空间",
    "百度网盘",
    "WPSDrive",
    "WPS云盘",
    "天翼云盘",
    "阿里云盘",
    "微云同步助手",
    "115同步盘",
    "Nextcloud",
    "ownCloud",
    "Seafile",
)
"""What such folders are called as they are set up; "OneDrive - 某某中心" is one too."""

_REMOTE_SYSTEMS = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "ceph", "glusterfs", "lustre"),
        *("vboxsf", "vmhgfs", "prl_fs"),  # folders of the PC around a virtual one
    }
)
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def refuse_unsuitable(path: Path) -> None:
    """Raise `CannotOpen`, with what to do instead, when the file at `path` lies, or would lie, in such a place."""
    folder = _folder(path)
    if is_remote(folder):
        raise CannotOpen(
            f"“{path}”在网络驱动器上。数据文件放在那里，断网或几台电脑同时打开就会损坏，所以程序没有打开它。"
            "请把数据文件放在本机硬盘；几台电脑要共用时请用“共享数据”（见手册）；网络驱动器可以用来存备份。"
        )
    name = synchronising_part(folder)
    if name:
        raise CannotOpen(
            f"“{path}”在会自动同步的文件夹“{name}”里。同步会打乱正在写的数据，所以程序没有打开它。"
            "请把数据文件放在不同步的本机文件夹；同步文件夹可以用来存备份。"
        )


def _folder(path: Path) -> Path:
    """The folder as the system knows it, behind links; one that cannot be looked at is told by whoever opens."""
    try:
        return path.absolute().parent.resolve()
    except OSError:
        return path.absolute().parent


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on another computer."""
    if sys.platform == "win32":
        return is_unc(str(folder)) or _drive_is_remote(folder.anchor)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False  # a system that does not tell
    return _is_remote_system(system_of(PurePosixPath(folder), mounts))


def is_unc(folder: str) -> bool:
    r"""Whether a Windows path names another computer: `\\server\share`, and not `\\?\C:\` or `\\.\`."""
    text = folder.replace("/", "\\")
    return text.startswith("\\\\") and (text[2:4] not in {"?\\", ".\\"} or text[4:8].upper() == "UNC\\")


def _drive_is_remote(root: str) -> bool:
    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - other systems' types know no windll
    return int(drive_type(ctypes.c_wchar_p(root))) == _WINDOWS_REMOTE_DRIVE


def system_of(folder: PurePosixPath, mounts: str) -> str:
    """The kind of file system that holds a folder, after the text of /proc/self/mountinfo (see proc(5))."""
    best, system = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        place = PurePosixPath(_without_escapes(fields[4]))
        if folder.is_relative_to(place) and len(place.parts) >= best:  # a later mount hides an earlier one
            best, system = len(place.parts), after.split(" ")[0]
    return system


def _without_escapes(place: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, character)
    return place


def _is_remote_system(system: str) -> bool:
    """`fuse.sshfs` and its kin may be anywhere; `fuseblk` is a disk of this PC."""
    return system in _REMOTE_SYSTEMS or system == "fuse" or system.startswith("fuse.")


def synchronising_part(folder: Path) -> str:
    """The part of a path that a program synchronises, or nothing."""
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        place = os.environ.get(variable)
        if place and folder.is_relative_to(place):
            return place
    known = [name.casefold() for name in SYNCHRONISING]
    for part in folder.parts:
        plain = part.casefold()
        if plain in known or any(plain.startswith((f"{name} - ", f"{name} (", f"{name}-")) for name in known):
            return part
    return ""
