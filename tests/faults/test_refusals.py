"""A full disk, a file that another holds, a read-only file, a clock set back: said, and nothing is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from mediation_desk.domain.errors import CannotSave, ReadOnly
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store.backup import back_up, list_backups, verify
from mediation_desk.store.database import Database, open_store
from tests.desk import NOW, Desk
from tests.faults.stores import (
    KINDS,
    RULES,
    furnished,
    has_whole_case,
    is_sound,
    numbers_without_gaps,
    opened_raw,
    save_case,
)

ROOM = 3_000_000  # bytes


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished(tmp_path_factory.mktemp(kind), kind)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with little room, where we may make one."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    size = f"size={ROOM}"
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True, check=False
    ).returncode:
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Files cannot grow beyond `size` meanwhile, as on a disk that is full."""
    if sys.platform == "win32":
        pytest.skip("files have no limit here")
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)


def save_until_refused(database: Database) -> tuple[list[int], str]:
    """The numbers that were saved, and what was said to the next."""
    desk, saved = Desk(database, RULES), list[int]()
    for number in range(1, 2001, 2):
        try:
            save_case(desk, number)
        except CannotSave as refusal:
            return saved, str(refusal)
        saved.append(number)
    pytest.fail("the disk never got full")


def check_all(database: Database, saved: list[int]) -> None:
    assert all(has_whole_case(database, number) for number in saved)
    assert not has_whole_case(database, saved[-1] + 2)
    assert numbers_without_gaps(database)


def test_a_full_disk_is_said_and_with_room_again_work_goes_on(kind: str, made: Path, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    path = Path(shutil.copy(made, small_disk / "desk.db"))
    database = open_store(path, KINDS[kind])
    saved, said = save_until_refused(database)
    assert said == "磁盘已满，这一步没有保存；窗口里的文字还在。请清理磁盘后再试。"
    check_all(database, saved)
    with pytest.raises(CannotSave, match=r"以前的备份都在"):
        back_up(database, small_disk / "backups", reason=BackupReason.ASKED, now=NOW, pause=0)
    assert list_backups(small_disk / "backups") == []
    ballast.unlink()
    save_case(Desk(database, RULES), saved[-1] + 2)
    database.close()
    assert is_sound(path, KINDS[kind])


def test_a_file_that_cannot_grow_is_said_and_nothing_is_lost(kind: str, made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "desk.db"))
    database = open_store(path, KINDS[kind])
    with files_no_longer_than(path.stat().st_size + 400_000):
        saved, said = save_until_refused(database)
    assert "这一步没有保存；窗口里的文字还在" in said
    check_all(database, saved)
    save_case(Desk(database, RULES), saved[-1] + 2)
    database.close()
    assert is_sound(path, KINDS[kind])


def test_a_file_that_another_program_holds_is_said_and_saved_later(kind: str, made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "desk.db"))
    database = open_store(path, KINDS[kind])
    desk = Desk(database, RULES)
    save_case(desk, 1)
    with closing(opened_raw(path, KINDS[kind])) as other:
        other.execute("select count(*) from cases").fetchone()
        other.execute("begin immediate")
        with pytest.raises(CannotSave, match="另一个程序正在写入数据，这一步没有保存"), database.writing(patience=0.01):
            pytest.fail("the step began")
        assert has_whole_case(database, 1)
    save_case(desk, 3)
    assert has_whole_case(database, 3)
    database.close()


def test_a_read_only_file_is_shown_and_not_written(kind: str, made: Path, tmp_path: Path) -> None:
    if not hasattr(os, "geteuid"):
        pytest.skip("files have no permission bits here")
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        with suppress(OSError):
            folder.chmod(folder.stat().st_mode | 0o011)
    path = Path(shutil.copy(made, tmp_path / "desk.db"))
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        database = open_store(path, KINDS[kind])
        with pytest.raises(ReadOnly, match="只读"):
            save_case(Desk(database, RULES), 1)
        assert not has_whole_case(database, 1)
        database.close()
    finally:
        os.seteuid(before)
        tmp_path.chmod(0o755)
    assert path.read_bytes() == made.read_bytes()


def test_a_clock_set_back_loses_nothing_and_doubles_no_number(kind: str, made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "desk.db"))
    database = open_store(path, KINDS[kind])
    desk = Desk(database, RULES)
    save_case(desk, 1)
    first = back_up(database, tmp_path / "backups", reason=BackupReason.TIMED, now=NOW, pause=0)
    desk.now = NOW - timedelta(hours=3)
    save_case(desk, 3)
    assert has_whole_case(database, 1)
    assert has_whole_case(database, 3)
    assert numbers_without_gaps(database)
    again = back_up(database, tmp_path / "backups", reason=BackupReason.TIMED, now=NOW, pause=0)
    assert again.path != first.path
    assert again.audit_no > first.audit_no
    for each in list_backups(tmp_path / "backups"):
        verify(each)
    database.close()
    open_store(path, KINDS[kind]).close()
