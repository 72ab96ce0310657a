"""A store in a file lies on a disk of its own PC, where nothing copies it behind its back."""

from pathlib import Path, PurePosixPath

import pytest

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store import suitable
from mediation_desk.store.database import create, open_store
from mediation_desk.store.suitable import SYNCHRONISING, is_unc, refuse_unsuitable, synchronising_part, system_of

pytestmark = pytest.mark.file_only

MOUNTS = r"""22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
35 22 0:32 / /mnt/office\040share rw shared:18 - cifs //server/share rw,vers=3.0
36 22 0:33 / /home/desk/remote rw - fuse.sshfs desk@server: rw
37 22 8:1 / /media/stick rw - fuseblk /dev/sdb1 rw
38 22 0:34 / /srv rw master:1 shared:2 - nfs4 server:/srv rw
39 38 254:2 / /srv/local rw - xfs /dev/vdb rw
a line that is no mount
"""


@pytest.mark.parametrize(
    ("folder", "system"),
    [
        ("/home/desk", "ext4"),
        ("/mnt/office share/data", "cifs"),
        ("/mnt/office", "ext4"),
        ("/home/desk/remote", "fuse.sshfs"),
        ("/media/stick/desk", "fuseblk"),
        ("/srv/desk", "nfs4"),
        ("/srv/local/desk", "xfs"),
    ],
)
def test_a_folder_is_known_by_the_mount_that_holds_it(folder: str, system: str) -> None:
    assert system_of(PurePosixPath(folder), MOUNTS) == system


def test_what_was_mounted_over_another_hides_it() -> None:
    assert (
        system_of(PurePosixPath("/a/b"), "1 0 0:1 / /a rw - nfs x rw\n2 0 0:2 / /a rw - ext4 /dev/sda rw\n") == "ext4"
    )


@pytest.mark.parametrize(
    ("system", "remote"),
    [("nfs", True), ("smb3", True), ("fuse.rclone", True), ("fuse", True), ("fuseblk", False), ("ext4", False)],
)
def test_systems_of_other_computers_are_known(system: str, remote: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suitable, "system_of", lambda *_: system)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "")
    assert suitable.is_remote(Path("/any")) is remote


def test_a_system_that_does_not_tell_is_taken_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(Path, "read_text", refuse)
    assert not suitable.is_remote(Path("/any"))


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        (r"\\server\share\desk", True),
        ("//server/share/desk", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\desk", False),
        (r"\\.\C:\desk", False),
        (r"C:\desk", False),
    ],
)
def test_windows_names_of_other_computers_are_known(path: str, remote: bool) -> None:
    assert is_unc(path) is remote


@pytest.mark.parametrize(("drive_type", "remote"), [(4, True), (3, False)])
def test_a_mapped_drive_is_known_by_its_type(
    drive_type: int, remote: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Kernel:
        def GetDriveTypeW(self, _root: object) -> int:
            return drive_type

    class Windows:
        kernel32 = Kernel()

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.windll", Windows(), raising=False)
    assert suitable.is_remote(tmp_path) is remote


@pytest.mark.parametrize("name", [*SYNCHRONISING, "onedrive", "OneDrive - 某某中心", "Dropbox (个人)"])
def test_folders_that_synchronise_are_known_by_name(name: str, tmp_path: Path) -> None:
    assert synchronising_part(tmp_path / name / "数据") == name


@pytest.mark.parametrize("name", ["数据", "onedrives", "我的坚果", "Dropboxes"])
def test_other_names_are_of_other_folders(name: str, tmp_path: Path) -> None:
    assert synchronising_part(tmp_path / name) == ""


def test_the_folder_that_windows_names_is_known_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "云"))
    assert synchronising_part(tmp_path / "云" / "数据") == str(tmp_path / "云")
    assert synchronising_part(tmp_path / "别处") == ""


def test_no_store_is_made_or_opened_in_a_folder_that_synchronises(furnished_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    path = folder / "desk.db"
    with pytest.raises(CannotOpen, match=r"会自动同步的文件夹“OneDrive”.*可以用来存备份"):
        create(path)
    path.write_bytes(furnished_store.read_bytes())
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="会自动同步的文件夹“OneDrive”"):
        open_store(path)
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_a_link_into_such_a_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    try:
        (tmp_path / "data").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(CannotOpen, match="Dropbox"):
        refuse_unsuitable(tmp_path / "data" / "desk.db")


def test_on_a_network_drive_a_server_is_advised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suitable, "is_remote", lambda _: True)
    with pytest.raises(CannotOpen, match=r"在网络驱动器上.*请用“共享数据”.*可以用来存备份"):
        refuse_unsuitable(tmp_path / "desk.db")


def test_a_disk_of_this_pc_is_suitable(tmp_path: Path) -> None:
    refuse_unsuitable(tmp_path / "desk.db")
    assert list(tmp_path.iterdir()) == []
