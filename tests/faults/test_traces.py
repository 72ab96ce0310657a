"""A stolen PC tells nothing: no name, number or text is on the disk, whatever was deleted, and after a crash.

On Linux as root everything happens on a disk of its own, an image that is searched raw, free space included; elsewhere
every file is searched. The same search finds all of it where the store is plain: it can fail.

`MEDIATION_DESK_TRACES` is the number of cases besides; with 20000 the image is of some gigabytes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mediation_desk.store.database import open_store
from mediation_desk.store.encryption import encrypt
from mediation_desk.store.left_behind import clear, remove_plain_copies
from tests.faults.traces import SECRETS, environment, files_below, needles
from tests.keys import CHEAP, KEY

CASES = int(os.environ.get("MEDIATION_DESK_TRACES", "20"))
MEGABYTE = 1024 * 1024
SIZE = max(160, CASES // 4) * MEGABYTE


class Disk:
    """A disk of its own, mounted; or a mere folder where that cannot be."""

    def __init__(self, place: Path) -> None:
        self.folder, self._image = place / "disk", place / "disk.img"
        self.folder.mkdir()
        tools = [shutil.which(each) for each in ("mkfs.ext4", "mount", "umount")]
        self.is_raw = sys.platform == "linux" and os.geteuid() == 0 and all(tools)
        if self.is_raw:
            with self._image.open("wb") as image:
                image.truncate(SIZE)
            self._run("mkfs.ext4", "-q", "-F", str(self._image))
            self.is_raw = self._run("mount", "-o", "loop", str(self._image), str(self.folder), may_fail=True)

    def let_go(self) -> None:
        if self.is_raw and self.folder.is_mount():
            self._run("umount", str(self.folder))

    def come_back(self) -> None:
        if self.is_raw:
            self._run("mount", "-o", "loop", str(self._image), str(self.folder))

    def found(self, wanted: list[bytes]) -> list[bytes]:
        """Which of these are anywhere on it."""
        if not self.is_raw:
            return _among(wanted, files_below(self.folder))
        self.let_go()
        found = _among(wanted, _written_parts(self._image))
        self.come_back()
        return found

    def _run(self, *words: str, may_fail: bool = False) -> bool:
        return subprocess.run(words, check=not may_fail, capture_output=True).returncode == 0


def _among(wanted: list[bytes], contents: Iterator[bytes]) -> list[bytes]:
    left = set(wanted)
    for content in contents:
        left -= {each for each in left if each in content}
    return [each for each in wanted if each not in left]


def _written_parts(image: Path) -> Iterator[bytes]:
    """What was ever written to the disk; the rest of its image is a hole."""
    with image.open("rb") as opened:
        end, at = image.stat().st_size, 0
        while at < end:
            try:
                start = os.lseek(opened.fileno(), at, os.SEEK_DATA)
            except OSError:
                return
            at = os.lseek(opened.fileno(), start, os.SEEK_HOLE)
            opened.seek(start)
            yield opened.read(at - start)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path)
    yield disk
    disk.let_go()


def spend_a_day(folder: Path, kind: str) -> None:
    """Work in a program that is killed with its log hot."""
    words = [sys.executable, "-m", "tests.faults.traces", str(folder), kind, str(CASES)]
    program = subprocess.Popen(words, env=environment(folder), stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert program.stdout is not None
    with program.stdout:
        said = program.stdout.readline()
    program.kill()
    program.wait()
    assert said == "ready\n"
    assert (folder / "desk.db-wal").stat().st_size > 0


def wanted() -> list[bytes]:
    return [each for ways in needles(CASES).values() for each in ways]


def test_nothing_of_an_encrypted_store_can_be_read_after_a_crash_and_deletion(disk: Disk) -> None:
    spend_a_day(disk.folder, "encrypted")
    assert disk.found([*wanted(), *SECRETS]) == []
    path = disk.folder / "desk.db"
    clear(path)
    database = open_store(path, KEY)  # the log of the crash is played in
    with database.reading() as records:
        assert [case.parties[0].name for case in [records.cases.get(1)]] == ["欧阳泠泠"]
    with database.writing() as records:
        for table in ("drafts", "parties", "attachment_contents"):
            records.connection.exec_driver_sql(f"delete from {table}")
    database.close()
    assert disk.found([*wanted(), *SECRETS]) == []


def test_of_a_plain_store_all_of_it_is_found(disk: Disk) -> None:
    spend_a_day(disk.folder, "plain")
    found = set(disk.found(wanted()))
    assert [text for text, ways in needles(CASES).items() if not found.intersection(ways)] == []


def test_once_encrypted_a_plain_store_leaves_nothing_in_any_file(disk: Disk) -> None:
    """Free space of the disk, where logs of earlier days lay, is the system's own: the manual says how to clean it."""
    from mediation_desk.store import key_file

    spend_a_day(disk.folder, "plain")
    path = disk.folder / "desk.db"
    open_store(path).close()
    key_file.make(path, KEY, costs=CHEAP)
    encrypt(path, KEY)
    assert remove_plain_copies(path) == []
    assert _among(wanted(), files_below(disk.folder)) == []
    with closing(open_store(path, KEY)) as database, database.reading() as records:
        assert records.cases.get(1).parties[0].name == "欧阳泠泠"
