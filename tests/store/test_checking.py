"""The check finds seeded faults and nothing else, mends what only repeats other rows, and finds it no more."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.audit import AuditKind, Doing
from mediation_desk.domain.case import AttachmentKind
from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.domain.errors import CannotRead
from mediation_desk.domain.rules import Rules
from mediation_desk.services.attachments import attach
from mediation_desk.store import check_cases, check_file, checking
from mediation_desk.store.checking import find_troubles, mend
from mediation_desk.store.database import Database, create, open_store
from tests.data.make import fill
from tests.desk import NOW, Desk, photo

REPAIR = Doing(kind=AuditKind.STORE, what="repair", at=NOW)
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def full_store(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """A case of every stage, with every kind of part."""
    path = tmp_path_factory.mktemp("full") / "desk.db"
    database = create(path)
    desk = Desk(database, rules)
    fill(desk)
    desk.do(attach, 1, kind=AttachmentKind.EVIDENCE, file_name="a.png", content=photo())
    database.close()
    return path


@pytest.fixture
def store(full_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full_store, tmp_path / "desk.db"))


@pytest.fixture
def database(store: Path) -> Iterator[Database]:
    opened = open_store(store)
    yield opened
    opened.close()


def run(path: Path, *statements: str, unseen: bool = True) -> None:
    """Change a store behind the program's back; `unseen`: as a fault would, which no trigger sees."""
    connection = driver.connect(str(path), isolation_level=None)
    for statement in (*statements, *(["delete from row_changes"] if unseen else [])):
        connection.execute(statement)
    connection.close()


def found(database: Database) -> list[Check]:
    return [trouble.check for trouble in find_troubles(database)]


def sentence_of(database: Database, check: Check) -> str:
    [trouble] = [trouble for trouble in find_troubles(database) if trouble.check is check]
    return trouble.sentence


def test_a_store_as_the_services_made_it_has_no_troubles(database: Database) -> None:
    assert found(database) == []


MENDED: dict[str, tuple[str, list[Check], str]] = {
    "stage": (
        (
            "update cases set stage = 'closed' where id = 1; "
            "update stage_counts set number = number - 1 where stage = 'registered'; "
            "update stage_counts set number = number + 1 where stage = 'closed'"
        ),
        [Check.STAGES],
        "阶段记为“已结案”，按事实应为“已登记”",
    ),
    "stage that nobody knows": (
        "update cases set stage = 'lost' where id = 1",
        [Check.STAGES, Check.COUNTS, Check.COUNTS],
        "阶段记为“lost”",
    ),
    "day of effect": (
        "update agreements set effect_day = null where id = (select min(id) from agreements where effect_day <> '')",
        [Check.STAGES],
        "份协议的生效日记为“无”，按签署应为“2026-11-23”",
    ),
    "query code": (
        "update cases set query_code = 'ABC' where id = 2",
        [Check.STAGES, Check.SEARCH],
        "查询码与回执上的不符",
    ),
    "search words gone": ("delete from case_search where rowid = 3", [Check.SEARCH], "序号3的案件查不到"),
    "search words of a case that is gone": (
        "insert into case_search (rowid, words) values (9999, 'x')",
        [Check.SEARCH],
        "已经没有序号9999的案件",
    ),
    "search words of something else": (
        "insert or replace into case_search (rowid, words) values (3, 'x')",
        [Check.SEARCH],
        "序号3的案件改过以后，有的词查不到",
    ),
    "counter behind": (
        "update counters set last = last - 1 where kind = 'case'",
        [Check.COUNTERS],
        "计数却停在第",
    ),
    "no counter": ("delete from counters where kind = 'oral'", [Check.COUNTERS], "计数却停在第0号"),
    "counter of blank forms": ("delete from blank_counters", [Check.COUNTERS], "2026年空白表编号已印到第3号"),
    "keys of parties gone": (
        "delete from party_keys where case_id = 3",
        [Check.PARTY_KEYS],
        "序号3的案件查重用的索引与当事人不符",
    ),
    "keys of a case that is gone": (
        "insert into party_keys (centre_id, key, case_id) values (1, 'x', 9999)",
        [Check.PARTY_KEYS],
        "序号9999的案件",
    ),
    "number by stage": (
        "update stage_counts set number = number + 3 where stage = 'registered'",
        [Check.COUNTS],
        "“已登记”记为",
    ),
    "number of a stage that is empty": (
        "insert into stage_counts (centre_id, stage, number) values (1, 'nowhere', 2)",
        [Check.COUNTS],
        "“nowhere”记为2件，实有0件",
    ),
}


@pytest.mark.parametrize("fault", MENDED)
def test_what_repeats_other_rows_is_found_and_mended(database: Database, store: Path, fault: str) -> None:
    statements, checks, sentence = MENDED[fault]
    run(store, *statements.split("; "))
    troubles = list(find_troubles(database))
    assert [trouble.check for trouble in troubles] == checks
    assert sentence in troubles[0].sentence
    assert mend(database, troubles, REPAIR) == len(troubles)
    assert found(database) == []


NAMED: dict[str, tuple[str, Check, str]] = {
    "gap": (
        (
            "update issued_numbers set seq = seq + 10, text = 'X' where kind = 'oral'; "
            "update counters set last = last + 10 where kind = 'oral'; "
            "update cases set number = 'X' where number in (select number from agreements where form = 'oral'); "
            "update agreements set number = 'X' where form = 'oral'"
        ),
        Check.NUMBERS,
        "缺第1号、第2号、第3号、第4号、第5号等10个，没有记录",
    ),
    "counter ahead": (
        "update counters set last = last + 1 where kind = 'agreement'",
        Check.NUMBERS,
        "没有记录。请查登记簿",
    ),
    "blank form gone": ("delete from blank_forms where number = 'BF2026-000002'", Check.NUMBERS, "缺第2号"),
    "number of another": (
        "update cases set number = '（2026）别人第9号' where id = (select min(id) from cases where number <> '')",
        Check.NUMBERS,
        "不是发给这个案件",
    ),
    "sum": (
        "update instalments set amount_fen = amount_fen + 1 where id = (select max(id) from instalments)",
        Check.SUMS,
        "各期合计3,000.01元",
    ),
    "paper gone": (
        "delete from frozen_papers where agreement_id = (select min(agreement_id) from frozen_papers)",
        Check.PAPERS,
        "正式文本不见了",
    ),
    "paper changed": (
        "update frozen_papers set pdf = x'00' where agreement_id = (select min(agreement_id) from frozen_papers)",
        Check.PAPERS,
        "正式文本与收存时不一致",
    ),
    "wording changed": ("update paper_versions set digest = 'x' where id = 1", Check.PAPERS, "文字与校验码不符"),
    "file gone": (
        "delete from attachment_contents where attachment_id = (select min(attachment_id) from attachment_contents)",
        Check.ATTACHMENTS,
        "不见了",
    ),
    "file changed": (
        (
            "update attachment_contents set content = x'01' "
            "where attachment_id = (select max(attachment_id) from attachment_contents)"
        ),
        Check.ATTACHMENTS,
        "附件“a.png”与收存时不一致",
    ),
    "drafts of one who left": (
        "update users set active = 0; update drafts set parked_at = null",
        Check.DRAFTS,
        "登记员已离岗，还有2份没有办完的草稿",
    ),
    "head of the log": ("update audit_heads set hash = 'x'", Check.LOG, "可能有人动过"),
    "entry of the log gone": ("delete from audit where no = 3", Check.LOG, "可能有人动过"),
    "orphan": ("delete from mediators where id = 2", Check.REFERENCES, "所属的“mediators”记录不在"),
    "word that nobody knows": ("update sessions set result = '?' where id = 1", Check.CASES, "读不懂的字样"),
}


@pytest.mark.parametrize("fault", NAMED)
def test_what_nobody_can_know_is_named_and_left_alone(database: Database, store: Path, fault: str) -> None:
    statements, check, sentence = NAMED[fault]
    run(store, *statements.split("; "))
    before = store.read_bytes()
    troubles = list(find_troubles(database))
    assert {trouble.check for trouble in troubles} - {Check.SEARCH, Check.PARTY_KEYS} == {check}
    assert sentence in troubles[0].sentence
    named = [trouble for trouble in troubles if not trouble.can_be_mended]
    assert mend(database, named, REPAIR) == 0
    assert store.read_bytes() == before


def test_two_cases_with_one_number_are_named(database: Database, store: Path) -> None:
    run(store, "update cases set number = (select max(number) from cases) where id = 1")
    said = [trouble.sentence for trouble in find_troubles(database)]
    assert "不是发给这个案件" in said[0]
    assert "不止一个案件用了编号" in said[1]


def test_what_another_program_changed_is_named_until_a_step_logs_it(database: Database, store: Path) -> None:
    run(store, "update cases set has_interpreter = 1 where id = 1", unseen=False)
    troubles = list(find_troubles(database))
    assert troubles[0].check is Check.UNLOGGED
    mend(database, troubles, REPAIR)
    assert found(database) == []


def test_an_index_that_lost_a_row_is_made_anew(database: Database, store: Path) -> None:
    """Seeded as a fault of the disk would: the table is written while its index is not known."""
    run(
        store,
        "pragma writable_schema=on",
        "create table kept_aside as select * from sqlite_master where name = 'ix_audit_centre_id_at'",
        "delete from sqlite_master where name = 'ix_audit_centre_id_at'",
        "pragma writable_schema=reset",
        "update audit set at = '2020-01-01 00:00:00.000000' where no = 1",
        "pragma writable_schema=on",
        "insert into sqlite_master select * from kept_aside",
        "drop table kept_aside",
        "pragma writable_schema=reset",
    )
    troubles = list(find_troubles(database))
    assert [(trouble.check, trouble.key) for trouble in troubles] == [(Check.INDEXES, "ix_audit_centre_id_at")]
    assert mend(database, troubles, REPAIR) == 1
    assert found(database) == []


def test_a_damaged_page_ends_the_check_at_once(store: Path) -> None:
    content = bytearray(store.read_bytes())
    content[40 * 4096 : 41 * 4096] = bytes(4096)
    store.write_bytes(content)
    database = open_store(store)
    [trouble] = find_troubles(database)
    assert trouble.check is Check.FILE
    assert "请停止录入" in trouble.sentence
    database.close()


def test_a_flipped_bit_of_an_encrypted_store_is_always_found(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "desk.db"
    database = create(path, KEY)
    Desk(database, rules).furnish()
    database.close()
    content = bytearray(path.read_bytes())
    content[60 * 4096 + 1000] ^= 4
    path.write_bytes(content)
    database = open_store(path, KEY)
    assert found(database) == [Check.FILE]
    database.close()


def test_a_store_that_cannot_be_read_meanwhile_is_said_to_be_damaged(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> Iterator[Trouble]:
        raise CannotRead("磁盘读写失败，没有读出内容。")

    monkeypatch.setattr(checking, "LOOKS", (gone, check_cases.sums))
    [trouble] = find_troubles(database)
    assert (trouble.check, trouble.sentence) == (Check.FILE, "磁盘读写失败，没有读出内容。")


def test_a_check_tells_how_far_it_is_and_can_be_stopped(database: Database, store: Path) -> None:
    run(store, "update cases set query_code = 'ABC'")
    told, stop = list[float](), Event()
    every = list(find_troubles(database, progress=told.append))
    assert told == sorted(told)
    assert told[-1] == 1.0
    some = []
    for trouble in find_troubles(database, stop=stop):
        some.append(trouble)
        stop.set()
    assert 0 < len(some) <= len(every)
    assert list(find_troubles(database, stop=stop)) == []
    assert mend(database, every, REPAIR, stop=stop) == 0


def test_a_check_that_is_stopped_while_sqlite_looks_ends(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_file, "_INSTRUCTIONS", 10)
    stop = Event()

    def stop_soon(done: float) -> None:
        if done > 0:
            stop.set()

    assert list(find_troubles(database, progress=stop_soon, stop=stop)) == []


def test_mending_tells_how_far_it_is(database: Database, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, "update cases set query_code = 'ABC'")
    monkeypatch.setattr(checking, "_AT_A_TIME", 5)
    troubles, told = list(find_troubles(database)), list[float]()
    assert mend(database, troubles, REPAIR, progress=told.append) == len(troubles)
    assert told[-1] == 1.0
    assert found(database) == []


def test_what_is_mended_stands_in_the_log(database: Database, store: Path) -> None:
    run(store, "update cases set query_code = 'ABC' where id = 1")
    mend(database, find_troubles(database), REPAIR)
    with database.reading() as records:
        last = records.connection.exec_driver_sql(
            "select kind, what, case_id from audit order by no desc limit 1"
        ).one()
    assert tuple(last) == ("store", "repair", 1)


def test_cases_are_read_in_parts_that_cover_all(
    database: Database, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, "update cases set query_code = 'ABC'")
    every = len(list(find_troubles(database)))
    monkeypatch.setattr(check_cases, "_CASES_AT_A_TIME", 3)
    assert len(list(find_troubles(database))) == every


@pytest.mark.parametrize("day", ["never", "", "2026-02-30", "20261123"])
def test_a_day_that_nobody_can_read_is_named_with_its_row(database: Database, store: Path, day: str) -> None:
    for change in ("sessions set held_on", "sessions set recorded_at"):
        run(store, f"update {change} = '{day}' where id = 1")
        [trouble] = [each for each in find_troubles(database) if each.check is Check.CASES]
        assert "“sessions”的第1行有读不懂的字样或日期" in trouble.sentence


def test_a_case_that_cannot_be_read_for_its_stage_is_named(database: Database, store: Path) -> None:
    run(store, "update closings set reopened_on = 'never' where id = 1")
    of_case, of_row = [each for each in find_troubles(database) if each.check is Check.CASES]
    assert "里有读不懂的内容，打不开" in of_case.sentence
    assert "“closings”的第1行有读不懂的字样或日期" in of_row.sentence
