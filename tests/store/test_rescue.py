"""A damaged store of each kind is told from the others, has its ways out, and is whole again at their end."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event

import pytest
import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.damage import Damage, Diagnosis, Loss, WayOut
from mediation_desk.domain.errors import CannotOpen, CannotRead, CannotSave
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store import database as database_module
from mediation_desk.store import key_file, migrations, rescue, side_note, sqlite_file
from mediation_desk.store.backup import back_up
from mediation_desk.store.backup_places import all_backups
from mediation_desk.store.checking import find_troubles
from mediation_desk.store.copying import Stopped
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.diagnosis import PAGE, diagnose
from mediation_desk.store.rescue import Choice, offer
from mediation_desk.store.side_note import Note
from tests.desk import NOW, Desk, uid
from tests.faults.stores import KEY, KINDS, RULES, furnished, has_whole_case, opened_raw, save_case

LATER = NOW + timedelta(hours=2)
_uids = count(5000)

pytestmark = pytest.mark.file_only


@pytest.fixture(scope="module", params=KINDS)
def backed_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes | None]:
    """A folder with a store of four cases, backed up when it had two of them."""
    kind = str(request.param)
    folder, key = tmp_path_factory.mktemp(kind), KINDS[kind]
    path = Path(shutil.copy(furnished(tmp_path_factory.mktemp("furnished"), kind), folder / "desk.db"))
    if key is not None:
        with_key_file(path, key)
    database = open_store(path, key)
    desk = Desk(database, RULES)
    for number in (1, 3):
        save_case(desk, number)
    back_up(database, path.parent / "backups", reason=BackupReason.TIMED, now=NOW, pause=0)
    for number in (5, 7):
        save_case(desk, number)
    database.close()
    return path, key


def with_key_file(path: Path, key: bytes) -> RecoveryWords:
    """`make` refuses beside an encrypted store: it is for one that is about to be encrypted."""
    path.rename(path.with_name("aside"))
    words = key_file.make(path, key)
    path.with_name("aside").rename(path)
    return words


class Harmed:
    """A store of its own to be harmed."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self.path = path
        self.key = key

    @property
    def log(self) -> Path:
        return self.path.with_name(self.path.name + "-wal")

    def diagnose(self) -> Diagnosis:
        return diagnose(self.path, self.key)

    def ways(self) -> list[WayOut]:
        return [choice.way for choice in offer(self.path, self.key, self.diagnose()).choices]

    def choice(self, way: WayOut) -> Choice:
        [choice] = [each for each in offer(self.path, self.key, self.diagnose()).choices if each.way is way]
        return choice

    def write(self, place: int, content: bytes) -> None:
        with self.path.open("r+b") as file:
            file.seek(place)
            file.write(content)

    def page_of(self, table: str) -> int:
        """Where a table begins."""
        with closing(opened_raw(self.path, self.key)) as connection:
            root = connection.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()[0]
        return (int(root) - 1) * PAGE

    def open(self) -> Database:
        return open_store(self.path, self.key)

    def cases(self) -> list[bool]:
        """Which of the four cases are there whole."""
        database = self.open()
        try:
            return [has_whole_case(database, number) for number in (1, 3, 5, 7)]
        finally:
            database.close()

    def restore(self) -> Path:
        aside = rescue.restore(self.choice(WayOut.BACKUP), self.path, now=LATER, progress=None, stop=None)
        assert aside is not None
        return aside


@pytest.fixture
def harmed(backed_up: tuple[Path, bytes | None], tmp_path: Path) -> Harmed:
    path, key = backed_up
    shutil.copytree(path.parent, tmp_path, dirs_exist_ok=True)
    return Harmed(tmp_path / path.name, key)


def only(kind: bytes | None, harmed: Harmed) -> None:
    if (harmed.key is None) != (kind is None):
        pytest.skip("about the other kind of store")


# ---- what is wrong


def test_a_good_store_is_not_called_damaged(harmed: Harmed) -> None:
    assert harmed.diagnose().damage is Damage.NONE
    assert offer(harmed.path, harmed.key, harmed.diagnose()).choices == []


def missing(store: Harmed) -> None:
    store.path.unlink()


def empty(store: Harmed) -> None:
    store.path.write_bytes(b"")


def foreign_text(store: Harmed) -> None:
    store.path.write_text("张三与李四" * 2000, encoding="utf-8")
    key_file.key_path(store.path).unlink(missing_ok=True)
    store.key = None


def foreign_folder(store: Harmed) -> None:
    store.path.unlink()
    store.path.mkdir()


def foreign_database(store: Harmed) -> None:
    store.path.unlink()
    with closing(driver.connect(str(store.path))) as connection:
        connection.execute("create table notes (line text)")


def damaged_page(store: Harmed) -> None:
    store.write(store.page_of("cases"), b"\xff" * PAGE)


def zeroed_page(store: Harmed) -> None:
    store.write(store.page_of("events"), bytes(PAGE))


def lost_first_page(store: Harmed) -> None:
    store.write(100, bytes(PAGE - 100))


def cut_in_half(store: Harmed) -> None:
    with store.path.open("r+b") as file:
        file.truncate(store.path.stat().st_size // 2)


DAMAGES: dict[Callable[[Harmed], None], Damage] = {
    missing: Damage.MISSING,
    empty: Damage.EMPTY,
    foreign_text: Damage.FOREIGN,
    foreign_folder: Damage.FOREIGN,
    foreign_database: Damage.FOREIGN,
    damaged_page: Damage.PAGES,
    zeroed_page: Damage.PAGES,
    lost_first_page: Damage.PAGES,
    cut_in_half: Damage.PAGES,
}


@pytest.mark.parametrize("harm", DAMAGES, ids=lambda harm: harm.__name__)
def test_each_damage_is_told_and_the_back_up_opens_again(harmed: Harmed, harm: Callable[[Harmed], None]) -> None:
    harm(harmed)
    before = harmed.path.read_bytes() if harmed.path.is_file() else None
    assert harmed.diagnose().damage is DAMAGES[harm]
    choice = harmed.choice(WayOut.BACKUP)
    assert choice.loss.since == NOW
    if harm is foreign_folder:
        harmed.path.rmdir()  # nobody wants a folder kept; a person moves it
    aside = rescue.restore(choice, harmed.path, now=LATER, progress=None, stop=None)
    if before is not None:
        assert aside is not None
        assert aside.read_bytes() == before
    harmed.key = KEY if choice.backup and choice.backup.encrypted else None
    assert harmed.cases() == [True, True, False, False]


def test_a_damaged_header_of_a_plain_store_is_written_anew(harmed: Harmed) -> None:
    only(None, harmed)
    harmed.write(0, bytes(100))
    before = harmed.path.read_bytes()
    assert harmed.diagnose().damage is Damage.HEADER
    assert harmed.ways() == [WayOut.HEADER, WayOut.BACKUP]
    assert harmed.choice(WayOut.HEADER).loss.sentence == "什么也不会缺少。"
    aside = rescue.put_in_place(rescue.mend_header(harmed.path), harmed.path, now=LATER)
    assert aside is not None
    assert aside.read_bytes() == before
    assert harmed.cases() == [True] * 4
    assert harmed.diagnose().damage is Damage.NONE


def test_a_header_that_cannot_be_mended_says_so(harmed: Harmed) -> None:
    only(None, harmed)
    harmed.write(0, bytes(1000))
    with pytest.raises(CannotRead, match="补不好"):
        rescue.mend_header(harmed.path)
    assert not harmed.path.with_name("desk.db.rescued").exists()


def test_a_lost_key_file_is_taken_from_the_back_up(harmed: Harmed) -> None:
    only(KEY, harmed)
    key_file.key_path(harmed.path).unlink()
    harmed.key = None
    assert harmed.diagnose().damage is Damage.KEYS_LOST
    assert harmed.ways()[0] is WayOut.KEYS
    assert rescue.take_keys(harmed.choice(WayOut.KEYS), harmed.path, now=LATER) is None
    assert key_file.is_whole(harmed.path)
    harmed.key = KEY
    assert harmed.cases() == [True] * 4


def test_a_damaged_key_file_is_put_aside(harmed: Harmed) -> None:
    only(KEY, harmed)
    keys = key_file.key_path(harmed.path)
    keys.write_text("{", encoding="utf-8")
    harmed.key = None
    assert harmed.diagnose().damage is Damage.KEYS_DAMAGED
    aside = rescue.take_keys(harmed.choice(WayOut.KEYS), harmed.path, now=LATER)
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == "{"
    assert key_file.is_whole(harmed.path)


def test_a_key_of_another_store_is_told_from_damage(harmed: Harmed) -> None:
    only(KEY, harmed)
    harmed.key = bytes(32)
    assert harmed.diagnose().damage is Damage.WRONG_KEY


def test_a_store_that_can_be_unlocked_is_not_called_damaged(harmed: Harmed) -> None:
    only(KEY, harmed)
    harmed.key = None
    assert harmed.diagnose().damage is Damage.NONE


def test_a_newer_store_is_not_called_damaged(harmed: Harmed) -> None:
    with closing(opened_raw(harmed.path, harmed.key)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    assert harmed.diagnose().damage is Damage.NEWER
    assert not harmed.diagnose().is_harmed
    assert "9999" not in migrations.REVISIONS


# ---- what is missing


def test_a_log_file_that_went_missing_is_noticed(harmed: Harmed) -> None:
    database = harmed.open()
    save_case(Desk(database, RULES), 9)
    crashed(harmed)
    harmed.log.unlink()
    assert harmed.diagnose().damage is Damage.LOG_LOST
    with pytest.raises(CannotOpen, match="缺少上次已经保存的记录"):
        harmed.open()
    assert harmed.ways() == [WayOut.AS_IT_IS, WayOut.BACKUP]
    assert [choice.loss.steps for choice in offer(harmed.path, harmed.key, harmed.diagnose()).choices] == [None, None]
    assert "有多少读不出来" in harmed.choice(WayOut.AS_IT_IS).loss.sentence
    rescue.open_as_it_is(harmed.path)
    assert harmed.cases() == [True] * 4
    assert harmed.diagnose().damage is Damage.NONE


def test_an_older_copy_in_the_place_of_the_store_is_noticed(harmed: Harmed) -> None:
    older = harmed.path.with_name("older.db")
    shutil.copy(harmed.path, older)
    database = harmed.open()
    save_case(Desk(database, RULES), 9)
    database.close()
    shutil.copy(older, harmed.path)
    assert harmed.diagnose().damage is Damage.LOG_LOST
    assert harmed.choice(WayOut.AS_IT_IS).loss.steps == 1
    with pytest.raises(CannotOpen, match="缺少上次已经保存的记录"):
        harmed.open()


def test_a_store_that_was_killed_and_still_has_its_log_opens(harmed: Harmed) -> None:
    database = harmed.open()
    save_case(Desk(database, RULES), 9)
    crashed(harmed)
    again = harmed.open()
    assert has_whole_case(again, 9)
    again.close()


def crashed(harmed: Harmed) -> None:
    """What a kill leaves: file and log as they are now, without anybody who has them open."""
    files = [harmed.path, harmed.log]
    left = [file.read_bytes() for file in files]
    for file in files:
        file.unlink()  # whoever has them open goes on with those that nobody sees any more
    for file, content in zip(files, left, strict=True):
        file.write_bytes(content)
    harmed.path.with_name(harmed.path.name + "-shm").unlink(missing_ok=True)


def test_a_log_of_another_store_is_left_out(harmed: Harmed) -> None:
    other = harmed.path.with_name("other.db")
    shutil.copy(furnished(harmed.path.parent, "encrypted" if harmed.key else "plain"), other)
    database = open_store(other, harmed.key)
    for number in range(11, 41):
        save_case(Desk(database, RULES), number)
    shutil.copy(other.with_name("other.db-wal"), harmed.log)
    database.close()
    content = harmed.path.read_bytes()
    with pytest.raises(CannotOpen, match="旁边的日志文件不是它的"):
        harmed.open()
    assert harmed.path.read_bytes() == content
    assert harmed.diagnose().damage is Damage.LOG_WRONG
    before = harmed.log.read_bytes()
    choice = harmed.choice(WayOut.WITHOUT_LOG)
    assert choice.loss.steps == 0
    fresh = rescue.leave_log_out(harmed.path, harmed.key)
    aside = rescue.put_in_place(fresh, harmed.path, now=LATER)
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").read_bytes() == before
    assert harmed.cases() == [True] * 4


# ---- back-ups


def test_a_damaged_back_up_is_skipped_and_named(harmed: Harmed) -> None:
    older = all_backups(harmed.path)[0]
    database = harmed.open()
    newer = back_up(database, older.folder, reason=BackupReason.TIMED, now=LATER, pause=0)
    database.close()
    with newer.path.open("r+b") as file:
        file.seek(9000)
        file.write(b"\xff")
    harmed.path.write_bytes(b"")
    made = offer(harmed.path, harmed.key, harmed.diagnose())
    assert [each.file_name for each in made.bad_backups] == [newer.file_name]
    assert [choice.backup for choice in made.choices] == [older]


def test_a_back_up_without_its_manifest_is_looked_into(harmed: Harmed) -> None:
    [backup] = all_backups(harmed.path)
    backup.manifest.unlink()
    harmed.path.write_bytes(b"")
    choice = harmed.choice(WayOut.BACKUP)
    assert choice.backup is not None
    assert choice.backup.sha256 == ""


def test_without_any_back_up_nothing_is_promised(harmed: Harmed) -> None:
    shutil.rmtree(harmed.path.parent / "backups")
    harmed.path.write_bytes(b"")
    assert offer(harmed.path, harmed.key, harmed.diagnose()).choices == []


def test_what_a_back_up_lacks_is_counted_where_the_store_can_be_read(harmed: Harmed) -> None:
    harmed.write(harmed.page_of("sessions"), b"\xff" * PAGE)
    loss = harmed.choice(WayOut.BACKUP).loss
    if harmed.key is None:  # with a key, nothing can be read after the damaged page
        assert loss.steps == 2
        assert loss.sentence == "会缺少11月23日 09:30以后的2步操作。"


def test_looking_for_a_good_back_up_can_be_stopped(harmed: Harmed) -> None:
    harmed.path.write_bytes(b"")
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        offer(harmed.path, harmed.key, harmed.diagnose(), stop=stop)


# ---- salvage


def new_uid() -> str:
    return uid(next(_uids))


def salvaged(harmed: Harmed) -> rescue.Rescued:
    return rescue.salvage(harmed.path, harmed.key, now=LATER, new_uid=new_uid)


def test_of_a_sound_store_everything_is_salvaged(harmed: Harmed) -> None:
    rescued = salvaged(harmed)
    assert rescued.sentence == "读出4个案件，什么也不缺。"
    rescue.put_in_place(rescued.fresh, harmed.path, now=LATER)
    assert not list(harmed.path.parent.glob("desk.db.rescued*"))
    assert harmed.cases() == [True] * 4
    database = harmed.open()
    assert list(find_troubles(database)) == []
    database.close()


def test_the_readable_rest_is_salvaged_and_is_true_to_itself(harmed: Harmed) -> None:
    harmed.write(harmed.page_of("sessions"), b"\xff" * PAGE)
    harmed.write(harmed.page_of("willingness"), b"\xff" * PAGE)
    before = harmed.path.read_bytes()
    rescued = salvaged(harmed)
    aside = rescue.put_in_place(rescued.fresh, harmed.path, now=LATER)
    assert aside is not None
    assert aside.read_bytes() == before
    assert harmed.cases() == [True] * 4
    database = harmed.open()
    assert list(find_troubles(database)) == []
    database.close()


def test_cases_whose_registration_is_lost_keep_a_place(harmed: Harmed) -> None:
    harmed.write(harmed.page_of("cases"), b"\xff" * PAGE)
    rescued = salvaged(harmed)
    assert rescued.sentence.startswith(
        "读出0个案件，4个案件的登记内容读不出来，其中4个留了空壳，可按卷宗补录，还有1类记录读不全"
    )
    rescue.put_in_place(rescued.fresh, harmed.path, now=LATER)
    database = harmed.open()
    with database.reading() as records:
        ids = list(records.cases.ids())
        case = records.cases.get(ids[-1])
        assert len(ids) == 4
        assert "请按卷宗补录" in case.matter
        assert case.number == case.numbers[0].text
        assert len(case.parties) == 2
        told = records.connection.exec_driver_sql("select told from audit where told <> ''").scalars().all()
    assert told == ["从损坏的数据文件抢救"]
    assert list(find_troubles(database)) == []
    database.close()


def test_people_who_are_lost_keep_a_place(harmed: Harmed) -> None:
    for table in ("users", "committees", "mediators"):
        harmed.write(harmed.page_of(table), b"\xff" * PAGE)
    rescue.put_in_place(salvaged(harmed).fresh, harmed.path, now=LATER)
    assert harmed.cases() == [True] * 4
    database = harmed.open()
    with database.reading() as records:
        assert {user.name for user in records.centre.get().users} == {"（损坏，读不出来）"}
    assert list(find_troubles(database)) == []
    database.close()


def test_parts_without_their_whole_go(harmed: Harmed) -> None:
    database = harmed.open()
    Desk(database, RULES).performing()
    database.close()
    harmed.write(harmed.page_of("agreements"), b"\xff" * PAGE)
    rescued = salvaged(harmed)
    assert rescued.mended.dropped["obligations"] == 1
    assert rescued.mended.dropped["frozen_papers"] == 1
    assert "行附属记录读不出来" in rescued.sentence
    rescue.put_in_place(rescued.fresh, harmed.path, now=LATER)
    database = harmed.open()
    assert {trouble.check.value for trouble in find_troubles(database)} <= {"stages", "numbers"}
    database.close()


def test_without_the_centre_nothing_is_salvaged(harmed: Harmed) -> None:
    harmed.write(harmed.page_of("centres"), b"\xff" * PAGE)
    with pytest.raises(CannotOpen, match="抢救不成"):
        salvaged(harmed)
    assert not harmed.path.with_name("desk.db.rescued").exists()


def test_without_the_table_of_tables_nothing_is_salvaged(harmed: Harmed) -> None:
    lost_first_page(harmed)
    with pytest.raises(CannotOpen, match="什么也读不出来"):
        salvaged(harmed)


def test_salvaging_can_be_stopped_and_leaves_nothing(harmed: Harmed) -> None:
    stop, told = Event(), list[float]()

    def tell(done: float) -> None:
        told.append(done)
        stop.set()

    with pytest.raises(Stopped):
        rescue.salvage(harmed.path, harmed.key, now=LATER, new_uid=new_uid, progress=tell, stop=stop)
    assert told
    assert not list(harmed.path.parent.glob("desk.db.rescued*"))


def test_what_was_salvaged_can_be_given_up(harmed: Harmed) -> None:
    before = harmed.path.read_bytes()
    rescue.give_up(salvaged(harmed).fresh)
    assert not list(harmed.path.parent.glob("desk.db.rescued*"))
    assert harmed.path.read_bytes() == before


def test_rows_that_make_no_sense_are_not_taken_over(harmed: Harmed) -> None:
    with closing(opened_raw(harmed.path, harmed.key)) as connection:
        connection.execute("update parties set side = '?' where id = 1")
        connection.execute("update cases set requested_on = 'never' where id = 4")
        connection.execute("update cases set safety_flags = '[' where id = 3")
    rescued = salvaged(harmed)
    assert (rescued.salvaged.lost["parties"], rescued.salvaged.lost["cases"]) == (1, 2)


# ---- in words


@pytest.mark.parametrize(
    ("loss", "sentence"),
    [
        (Loss(steps=0), "什么也不会缺少。"),
        (Loss(), "会缺少最近的记录，有多少读不出来。"),
        (Loss(since=NOW), "会缺少11月23日 09:30以后的记录，有多少读不出来。"),
        (Loss(since=NOW, steps=7), "会缺少11月23日 09:30以后的约7步操作。"),
        (Loss(steps=7), "会缺少约7步操作。"),
        (Loss(since=NOW, registrations=3, steps=8), "会缺少11月23日 09:30以后的3件登记、另外5步操作。"),
        (Loss(since=NOW, registrations=3, steps=3), "会缺少11月23日 09:30以后的3件登记。"),
        (Loss(since=datetime(2026, 1, 2, 8), registrations=0, steps=2), "会缺少1月02日 08:00以后的2步操作。"),
    ],
)
def test_a_loss_is_told_in_words(loss: Loss, sentence: str) -> None:
    assert loss.sentence == sentence


# ---- a store that is not there


def test_a_store_that_left_something_is_not_taken_for_one_that_never_was(harmed: Harmed, tmp_path: Path) -> None:
    assert not rescue.was_here(tmp_path / "new" / "desk.db")
    harmed.path.unlink()
    assert rescue.was_here(harmed.path)
    shutil.rmtree(harmed.path.parent / "backups")
    key_file.key_path(harmed.path).unlink(missing_ok=True)
    assert not rescue.was_here(harmed.path) or side_note.note_path(harmed.path).exists()


def test_a_note_that_makes_no_sense_says_nothing(tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    side_note.write_note(store, Note(True, 5, ""))
    assert side_note.is_log_gone(store)
    side_note.note_path(store).write_text("[]", encoding="utf-8")
    assert side_note.read_note(store) is None
    assert not side_note.is_log_gone(store)
    assert side_note.steps_missing(store, 0) == 0
    side_note.forget_note(store)
    side_note.forget_note(store)


def test_a_restored_back_up_whose_first_opening_was_killed_opens(harmed: Harmed) -> None:
    """A back-up keeps no write-ahead log: its first opening changes the file by way of a journal."""
    with closing(opened_raw(harmed.path, harmed.key)) as connection:
        connection.execute("pragma journal_mode=delete")
        connection.execute("pragma cache_size=1")
        connection.execute("begin immediate")
        connection.execute("update parties set address = 'x'")
        connection.execute("create table half as select * from events, parties")
        left = {each.name: each.read_bytes() for each in harmed.path.parent.glob("desk.db*") if each.is_file()}
        connection.execute("rollback")
    assert "desk.db-journal" in left
    for name, content in left.items():
        harmed.path.with_name(name).write_bytes(content)
    assert harmed.diagnose().damage is Damage.NONE
    assert harmed.cases() == [True] * 4


# ---- damage that is met while somebody works


def test_a_damaged_page_met_at_work_is_told_at_the_next_start(harmed: Harmed) -> None:
    harmed.write(harmed.page_of("sessions"), b"\xff" * PAGE)
    database = harmed.open()
    with pytest.raises(CannotRead, match="关闭程序再打开，按提示恢复"), database.reading() as records:
        records.connection.exec_driver_sql("select * from sessions").all()
    with database.reading() as records:
        assert len(records.cases.ids()) == 4  # the rest can still be read, on a new connection
    database.close()
    with pytest.raises(CannotOpen, match="有的地方读不出来"):
        harmed.open()
    harmed.restore()
    assert harmed.cases() == [True, True, False, False]


def test_a_kill_right_after_the_opening_is_no_loss(harmed: Harmed) -> None:
    harmed.open().close()
    opened_store = harmed.open()
    assert harmed.log.exists()
    crashed(harmed)
    opened_store.close()
    assert harmed.cases() == [True] * 4


def test_an_opening_that_came_to_nothing_is_no_loss(harmed: Harmed, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise driver.OperationalError("database or disk is full")

    harmed.open().close()
    with closing(opened_raw(harmed.path, harmed.key)) as connection:
        connection.execute("update alembic_version set version_num = '0003'")
    monkeypatch.setattr(database_module, "migrate", fail)
    with pytest.raises(CannotSave, match="磁盘已满"):
        harmed.open()
    note = side_note.read_note(harmed.path)
    assert note is not None
    assert not note.is_open
    with closing(opened_raw(harmed.path, harmed.key)) as connection:
        connection.execute(f"update alembic_version set version_num = '{migrations.HEAD}'")
    assert harmed.cases() == [True] * 4


# ---- what is no damage


def test_a_store_that_another_program_holds_is_not_called_damaged(
    harmed: Harmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.02)
    with closing(opened_raw(harmed.path, harmed.key)) as other:
        other.execute("pragma locking_mode=exclusive")
        other.execute("begin exclusive")
        assert harmed.diagnose().damage is Damage.LOCKED
    assert not harmed.diagnose().is_harmed


def test_a_store_that_may_not_be_read_is_not_called_damaged(harmed: Harmed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert harmed.diagnose().damage is Damage.NO_ACCESS


def test_a_store_in_a_folder_that_cannot_be_written_is_not_called_damaged(
    harmed: Harmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    harmed.log.write_bytes(b"log")
    monkeypatch.setattr(sqlite_file, "_can_write_beside", lambda _: False)
    assert harmed.diagnose().damage is Damage.NO_ACCESS


def test_a_disk_that_fills_while_salvaging_is_said(harmed: Harmed, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rescue, "onto_the_disk", full)
    with pytest.raises(CannotSave, match="抢救没有做成（No space left on device）"):
        salvaged(harmed)
    with pytest.raises(CannotSave, match="副本写不出来（No space left on device）"):
        rescue.leave_log_out(harmed.path, harmed.key)
    assert not list(harmed.path.parent.glob("desk.db.rescued*"))


def test_a_key_file_that_cannot_be_moved_is_said(harmed: Harmed, monkeypatch: pytest.MonkeyPatch) -> None:
    only(KEY, harmed)
    key_file.key_path(harmed.path).write_text("{", encoding="utf-8")
    harmed.key = None
    choice = harmed.choice(WayOut.KEYS)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotSave, match="原来的钥匙文件移不开"):
        rescue.take_keys(choice, harmed.path, now=LATER)
    monkeypatch.undo()
    assert key_file.key_path(harmed.path).read_text(encoding="utf-8") == "{"
