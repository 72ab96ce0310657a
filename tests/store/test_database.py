"""Opening a store safely, saving all or nothing, and saying plainly what went wrong."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from mediation_desk.domain.errors import CannotOpen, CannotRead, CannotSave, ChangedMeanwhile, ReadOnly
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.intake import take_in
from mediation_desk.services.mediation import record_session
from mediation_desk.store import database as database_module
from mediation_desk.store import migrations, sqlite_file
from mediation_desk.store.database import APPLICATION_ID, Database, create, open_store
from mediation_desk.store.records import Records
from tests.desk import NOW, Desk, intake, session, uid


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    database = open_store(path)
    try:
        yield database
    finally:
        database.close()


def raw(path: Path) -> "closing[Any]":
    """By the same driver: a second SQLite in one process would break the locks of the first."""
    return closing(driver.connect(str(path), isolation_level=None))


@pytest.fixture
def store(furnished_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(furnished_store, tmp_path / "desk.db"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another program."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.02)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody may enter, unlike pytest's own."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Root is bound by no permissions: be nobody meanwhile."""
    if not hasattr(os, "geteuid"):
        pytest.skip("folders have no permission bits here")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


# --- a new store


def test_a_new_store_is_marked_as_one_of_this_program_and_of_this_release(tmp_path: Path) -> None:
    path = tmp_path / "综治 中心" / "desk.db"
    create(path).close()
    with raw(path) as connection:
        assert connection.execute("pragma application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("select version_num from alembic_version").fetchone() == (migrations.HEAD,)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    with opened(path) as database, database.reading() as records:
        assert records.centre.find() is None


def test_nothing_lies_beside_a_new_store(tmp_path: Path) -> None:
    create(tmp_path / "desk.db").close()
    assert [each.name for each in tmp_path.iterdir()] == ["desk.db"]


def test_what_is_there_is_never_made_anew(store: Path) -> None:
    before = store.read_bytes()
    with pytest.raises(CannotOpen, match="已经存在，没有改动它"):
        create(store)
    assert store.read_bytes() == before


def test_what_an_earlier_attempt_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "desk.db.new").write_text("half", encoding="utf-8")
    create(tmp_path / "desk.db").close()
    assert [each.name for each in tmp_path.iterdir()] == ["desk.db"]


def test_where_no_folder_can_be_no_store_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotOpen, match=r"无法在“.*file”建立数据文件（.+）。请换一个可写的文件夹"):
        create(tmp_path / "file" / "desk.db")


def test_a_store_that_could_not_be_made_whole_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Engine) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database_module, "migrate", fail)
    with pytest.raises(CannotOpen, match="No space left on device"):
        create(tmp_path / "desk.db")
    assert list(tmp_path.iterdir()) == []


def test_no_store_is_made_in_a_read_only_folder(folder: Path) -> None:
    folder.chmod(0o555)
    with bound_by_permissions(), pytest.raises(CannotOpen, match="请换一个可写的文件夹"):
        create(folder / "desk.db")
    assert list(folder.iterdir()) == []


# --- what is not opened


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_text(path: Path) -> None:
    path.write_text("张三与李四" * 1000, encoding="utf-8")


def a_foreign_database(path: Path) -> None:
    path.unlink()
    with raw(path) as connection:
        connection.execute("create table notes (line text)")


def a_damaged_header(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[:100] = bytes(100)
    path.write_bytes(content)


def a_damaged_table_of_tables(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:600] = b"\xff" * 500
    path.write_bytes(content)


def no_table_of_revisions(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("drop table alembic_version")


def no_revision(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("delete from alembic_version")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (Path.unlink, "找不到数据文件.*程序没有新建文件"),
        (empty, "是空文件或文件夹"),
        (a_folder, "是空文件或文件夹"),
        (a_text, "不是数据文件，或已经损坏（file is not a database）"),
        (a_foreign_database, "不是调解工作台的数据文件"),
        (a_damaged_header, "不是数据文件，或已经损坏"),
        (a_damaged_table_of_tables, "不是数据文件，或已经损坏"),
        (no_table_of_revisions, "不是数据文件，或已经损坏"),
        (no_revision, "已经损坏（缺少版本标记）"),
    ],
)
def test_what_is_no_store_is_told_and_left_as_it_is(store: Path, spoil: Any, sentence: str) -> None:
    spoil(store)
    before = store.read_bytes() if store.is_file() else None
    with pytest.raises(CannotOpen, match=sentence):
        open_store(store)
    assert (store.read_bytes() if store.is_file() else None) == before


def test_a_store_that_may_not_be_read_is_told(store: Path, folder: Path) -> None:
    path = Path(shutil.copy(store, folder / "desk.db"))
    path.chmod(0)
    with bound_by_permissions(), pytest.raises(CannotOpen, match=r"无法读取.*请检查权限"):
        open_store(path)


def test_a_folder_that_may_not_be_entered_is_told(store: Path, folder: Path) -> None:
    shutil.copy(store, folder / "desk.db")
    folder.chmod(0)
    with bound_by_permissions(), pytest.raises(CannotOpen, match=r"无法读取.*请检查权限"):
        open_store(folder / "desk.db")


@pytest.mark.usefixtures("impatient")
def test_a_store_another_program_is_holding_is_not_opened(store: Path) -> None:
    with raw(store) as other:
        other.execute("begin immediate")
        with pytest.raises(CannotOpen, match="正被另一个程序占用"):
            open_store(store)


@pytest.mark.usefixtures("impatient")
def test_a_store_another_program_keeps_to_itself_is_not_opened(store: Path) -> None:
    with raw(store) as other:
        other.execute("pragma locking_mode=exclusive")
        other.execute("begin exclusive")
        with pytest.raises(CannotOpen, match="正被另一个程序占用"):
            open_store(store)


# --- what is opened for reading only


def expect_read_only(database: Database, sentence: str) -> None:
    assert sentence in database.read_only
    with database.reading() as records:
        assert records.centre.get().name == "示例街道综治中心"
    with pytest.raises(ReadOnly, match=sentence), database.writing():
        pytest.fail("nothing can be written here")


def test_a_store_of_a_newer_release_opens_read_only(store: Path) -> None:
    with raw(store) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    before = store.read_bytes()
    with opened(store) as database:
        expect_read_only(database, "由更新版本的程序建立，只能查看，不能修改")
    assert store.read_bytes() == before


def test_a_store_in_a_read_only_folder_opens_read_only(store: Path, folder: Path) -> None:
    path = Path(shutil.copy(store, folder / "desk.db"))
    path.chmod(0o644)
    folder.chmod(0o555)
    with bound_by_permissions(), opened(path) as database:
        expect_read_only(database, "只读的，只能查看，不能修改")


def test_a_read_only_file_opens_read_only(store: Path, folder: Path) -> None:
    path = Path(shutil.copy(store, folder / "desk.db"))
    path.chmod(0o444)
    folder.chmod(0o777)
    with bound_by_permissions(), opened(path) as database:
        expect_read_only(database, "只读的，只能查看，不能修改")


def test_an_older_store_that_cannot_be_brought_up_to_date_says_so_and_stays_as_it_is(folder: Path) -> None:
    path = Path(shutil.copy(Path(__file__).parent.parent / "data" / "store-0002.db", folder / "desk.db"))
    before = path.read_bytes()
    path.chmod(0o444)
    folder.chmod(0o555)
    with bound_by_permissions(), pytest.raises(CannotOpen, match="由旧版本的程序建立，要先升级才能打开"):
        open_store(path)
    assert path.read_bytes() == before


def test_changes_in_a_log_that_cannot_be_read_along_are_not_passed_over(store: Path, folder: Path) -> None:
    with opened(store) as database:
        with database.writing() as records:
            records.centre.get().name = "改过的名称"
        for ending in ("", "-wal"):
            shutil.copy(f"{store}{ending}", folder)
            (folder / f"desk.db{ending}").chmod(0o644)
    folder.chmod(0o555)
    with bound_by_permissions(), pytest.raises(CannotOpen, match=r"最近的改动还在日志文件“desk\.db-wal”里"):
        open_store(folder / "desk.db")


# --- steps


def test_a_step_is_kept_whole_and_outlives_the_program(store: Path) -> None:
    with opened(store) as database, database.writing() as records:
        records.centre.get().phone = "010-12345678"
    with opened(store) as database, database.reading() as records:
        assert records.centre.get().phone == "010-12345678"


def test_a_step_that_raises_keeps_nothing(desk: Desk) -> None:
    def stumble(records: Records, act: Act) -> None:
        take_in(records, act, intake())
        records.centre.get().phone = "010-12345678"
        records.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.do(stumble)
    with desk.database.reading() as records:
        assert len(records.cases.ids()) == 0
        assert records.centre.get().phone == ""


@pytest.mark.file_only
def test_what_is_changed_while_reading_is_not_kept(desk: Desk) -> None:
    with desk.database.reading() as records:
        take_in(records, desk.act, intake())
        records.centre.get().phone = "010-12345678"
        records.flush()
    with desk.database.reading() as records:
        assert len(records.cases.ids()) == 0
        assert records.centre.get().phone == ""


def test_a_look_stays_the_same_while_another_saves(desk: Desk) -> None:
    with desk.database.reading() as records:
        assert len(records.cases.ids()) == 0
        desk.registered()
        assert len(records.cases.ids()) == 0


def test_what_was_read_stays_usable_afterwards(desk: Desk) -> None:
    case = desk.case(desk.performing())
    assert [party.agents for party in case.parties] == [[], []]
    assert case.agreements[0].obligations[0].instalments[1].amount_fen == 200_000


def test_a_defect_is_no_sentence(desk: Desk) -> None:
    with pytest.raises(IntegrityError), desk.database.writing() as records:
        records.connection.execute(text("insert into drafts (centre_id) values (1)"))
    with pytest.raises(DatabaseError, match="nowhere"), desk.database.reading() as records:
        records.connection.execute(text("select * from nowhere"))


def test_every_pooled_connection_has_the_pragmas(store: Path) -> None:
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "cache_size": -16384,
        "temp_store": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }
    with opened(store) as database:
        connections = [database._engine.connect() for _ in range(5)]
        for connection in connections:
            found = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in wanted}
            assert found == wanted
            connection.close()


def test_closing_folds_the_log_into_the_file(store: Path) -> None:
    database = open_store(store)
    with database.writing() as records:
        records.centre.get().phone = "010-12345678"
    log = store.with_name("desk.db-wal")
    assert log.stat().st_size > 0
    with raw(store) as other:
        other.execute("select count(*) from cases")  # keeps the log from being removed
        database.close()
        assert log.stat().st_size == 0


def test_closing_a_store_that_is_gone_raises_nothing(store: Path) -> None:
    database = open_store(store)
    store.unlink()
    database.close()
    assert not store.exists()


# --- what goes wrong while saving


@pytest.mark.usefixtures("impatient")
def test_while_another_program_writes_nothing_is_saved_and_that_is_told(store: Path) -> None:
    with opened(store) as database, raw(store) as other:
        other.execute("begin immediate")
        with (
            pytest.raises(CannotSave, match="另一个程序正在写入数据，这一步没有保存；窗口里的文字还在"),
            database.writing(),
        ):
            pytest.fail("the other one writes")
        with database.reading() as records:
            assert records.centre.get().phone == ""
        other.execute("rollback")
        with database.writing() as records:
            records.centre.get().phone = "010-12345678"


@pytest.mark.file_only
@pytest.mark.parametrize(("patience", "milliseconds"), [(None, 5000), (0.25, 250)])
def test_a_step_waits_for_another_program_as_long_as_it_is_told(
    desk: Desk, patience: float | None, milliseconds: int
) -> None:
    with desk.database.writing(patience=0):
        pass
    with desk.database.writing(patience) as records:
        assert records.connection.exec_driver_sql("pragma busy_timeout").scalar() == milliseconds


@pytest.mark.file_only
def test_a_full_disk_loses_nothing_and_saving_works_again_when_there_is_room(desk: Desk) -> None:
    def most_pages(number: int) -> None:
        with desk.database._engine.connect() as connection:
            connection.exec_driver_sql(f"pragma max_page_count={number}")

    saved = [desk.registered()]
    most_pages(1)  # as many as there are now
    long = "漏水" * 5000

    def save_fifty() -> None:
        for _ in range(50):
            saved.append(desk.registered(matter=long))

    with pytest.raises(CannotSave, match="磁盘已满，这一步没有保存；窗口里的文字还在。请清理磁盘后再试。"):
        save_fifty()
    with desk.database.reading() as records:
        assert sorted(records.cases.ids()) == saved
    most_pages(1_000_000)
    saved.append(desk.registered(matter=long))
    with desk.database.reading() as records:
        assert sorted(records.cases.ids()) == saved


def test_a_store_that_was_taken_away_is_told_and_not_made_anew(store: Path) -> None:
    with opened(store) as database:
        database._engine.dispose()
        store.rename(store.with_name("elsewhere.db"))
        with pytest.raises(CannotSave, match="数据文件打不开，可能已被移走，这一步没有保存"), database.writing():
            pytest.fail("there is no store")
        with pytest.raises(CannotRead, match="数据文件打不开，可能已被移走，没有读出内容"), database.reading():
            pytest.fail("there is no store")
        assert not store.exists()
        store.with_name("elsewhere.db").rename(store)
        with database.writing() as records:
            records.centre.get().phone = "010-12345678"


def test_damage_found_while_working_is_told(store: Path, rules: Rules) -> None:
    with opened(store) as database:
        Desk(database, rules).registered()
    desk = Desk(open_store(store), rules)
    with raw(store) as connection:
        [page] = connection.execute("select rootpage from sqlite_master where name = 'parties'").fetchone()
        [size] = connection.execute("pragma page_size").fetchone()
    content = bytearray(store.read_bytes())
    content[(page - 1) * size : page * size] = b"\xee" * size
    store.write_bytes(content)
    with pytest.raises(CannotRead, match="数据文件已损坏，没有读出内容"):
        desk.case(1)
    with pytest.raises(CannotSave, match=r"数据文件已损坏，这一步没有保存.*关闭程序再打开，按提示恢复"):
        desk.registered()
    desk.database.close()


def test_who_saves_over_a_change_of_another_is_told(desk: Desk) -> None:
    case_id = desk.registered()

    def overtaken(records: Records) -> None:
        case = records.cases.get(case_id)
        records.connection.execute(text("update cases set version_id = version_id + 1"))
        case.matter = "另一种说法"

    with pytest.raises(ChangedMeanwhile, match="刚被别人修改过，您的修改没有保存"):
        desk.write(overtaken)
    assert desk.case(case_id).matter == "楼上漏水，天花板泡坏。"


@pytest.mark.file_only
def test_two_desks_counting_at_once_lose_nothing(desk: Desk) -> None:
    def save(count: int) -> None:
        with desk.database.writing() as records:
            kept = records.drafts.find(uid(5))
            content = {"count": (kept.content["count"] if kept else 0) + count}
            records.drafts.save(uid(5), centre_id=1, form="intake", user_id=1, content=content, now=NOW)

    def count() -> None:
        for _ in range(150):
            save(1)

    threads = [Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.database.reading() as records:
        kept = records.drafts.find(uid(5))
        assert kept is not None
        assert kept.content == {"count": 300}


def test_a_late_fact_leaves_the_registration_as_it_was(desk: Desk) -> None:
    case_id = desk.assigned()
    before = desk.case(case_id).version_id
    desk.do(record_session, case_id, session())
    assert desk.case(case_id).version_id == before


# --- bringing an older store up to date

THIS, NEXT = migrations.HEAD, f"{int(migrations.HEAD) + 1:04}"
STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{THIS}"


def upgrade() -> None:
    op.add_column("cases", sa.Column("weather", sa.Text(), server_default="", nullable=False))
    {{more}}
"""


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release with one more step, whose file is returned."""
    from mediation_desk.store.migrations import run

    steps = tmp_path / "steps"
    steps.mkdir()
    plain = run.configuration

    def configuration(*connection: Any) -> Any:
        config = plain(*connection)
        config.set_main_option("path_separator", "newline")
        ours = Path(config.get_main_option("script_location") or "") / "versions"
        config.set_main_option("version_locations", f"{ours}\n{steps}")
        return config

    monkeypatch.setattr(run, "configuration", configuration)
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, NEXT))
    monkeypatch.setattr(migrations, "HEAD", NEXT)
    return steps / "next.py"


def columns_of_cases(path: Path) -> set[str]:
    with raw(path) as connection:
        return {row[1] for row in connection.execute("pragma table_info(cases)")}


def test_an_older_store_is_brought_up_to_date_and_a_copy_is_kept(store: Path, next_release: Path) -> None:
    next_release.write_text(STEP.format(more=""), encoding="utf-8")
    opened_store = open_store(store)
    assert opened_store.read_only == ""
    opened_store.close()
    assert "weather" in columns_of_cases(store)
    kept = store.with_name(f"desk.{THIS}.db")
    assert "weather" not in columns_of_cases(kept)
    with raw(kept) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == (THIS,)


def test_a_step_that_fails_changes_nothing(store: Path, next_release: Path) -> None:
    next_release.write_text(STEP.format(more='op.execute("no sql")'), encoding="utf-8")
    with pytest.raises(OperationalError, match="syntax error"):
        open_store(store)
    assert "weather" not in columns_of_cases(store)
    with raw(store) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == (THIS,)


def test_without_room_for_the_copy_no_step_is_made(
    store: Path, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_release.write_text(STEP.format(more=""), encoding="utf-8")

    def fail(*_: Path) -> None:
        raise driver.OperationalError("database or disk is full")

    monkeypatch.setattr(database_module, "_copy", fail)
    with pytest.raises(CannotSave, match="磁盘已满"):
        open_store(store)
    assert "weather" not in columns_of_cases(store)


_ENDS_BY_A_MISTAKE = """
import sys
from pathlib import Path
from mediation_desk.store.database import open_store
database = open_store(Path(sys.argv[1]))
with database.writing() as records:
    records.centre.get().phone = "010-12345678"
raise SystemExit("a mistake")
"""


def test_a_program_that_ended_by_a_mistake_leaves_nothing_to_be_alarmed_about(store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _ENDS_BY_A_MISTAKE, str(store)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert done.stderr.strip() == "a mistake"
    opened_store = open_store(store)
    with opened_store.reading() as records:
        assert records.centre.get().phone == "010-12345678"
    opened_store.close()
