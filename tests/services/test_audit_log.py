"""The log as it is read: lines, changes, sentences, the workbook; only for whoever may."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mediation_desk.domain.audit import AuditKind, Doing, Misfit, MisfitKind
from mediation_desk.domain.errors import NotAllowed, NotFound, RuleBroken
from mediation_desk.domain.petition import ACCUSATION
from mediation_desk.services import audit_log
from mediation_desk.services.act import Act
from mediation_desk.services.audit import doing, note_export, note_print, note_view
from mediation_desk.services.audit_log import (
    anchors_of,
    entry_in_words,
    log_workbook,
    look_at_log,
    misfits_in_words,
    note_verified,
)
from mediation_desk.services.intake import take_in
from mediation_desk.services.petitions import PetitionItem, record_petition
from mediation_desk.services.triage import triage
from mediation_desk.store.audit_log import LogFilter
from mediation_desk.store.records import Records
from mediation_desk.store.sight import Sight
from tests.desk import NOW, ON_CALL, TODAY, TOMORROW, YESTERDAY, Desk, intake
from tests.store.intruder import head_no, run

ALL = LogFilter()


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A desk where a case was registered, triaged, seen, printed and exported."""
    with desk.database.writing(doing=doing(desk.act, take_in, "窗口一")) as records:
        take_in(records, desk.act, intake())
    with desk.database.writing(doing=doing(desk.act, triage, "窗口一")) as records:
        triage(records, desk.act, 1, path="M1", dispute_kind="02")
    with desk.database.writing(doing=doing(desk.act, "", "窗口二")) as records:
        note_view(records, "案件", 1)
        note_print(records, "案件登记单", 1, copies=2)
        note_export(records, "台账")
    return desk


def test_lines_tell_the_newest_first_in_the_clerks_words(told: Desk) -> None:
    exported, printed, seen, triaged, *_ = told.look(look_at_log, ALL)
    assert (exported.kind, exported.what, exported.case_called) == (AuditKind.EXPORT, "台账", "")
    assert (printed.kind, printed.what, printed.origin) == (AuditKind.PRINT, "案件登记单 2份", "窗口二")
    assert (seen.what, seen.case_id, seen.case_called) == ("案件", 1, "（序号 1）")
    assert (triaged.who, triaged.what, triaged.at, triaged.origin) == ("登记员", "分流", NOW, "窗口一")


def test_what_nobody_told_is_said_to_be_unknown(desk: Desk) -> None:
    with desk.database.writing() as records:
        records.centre.get().phone = "010-12345678"
    line, *_ = desk.look(look_at_log, ALL)
    assert (line.at, line.who, line.what, line.origin) == (None, "（未记录）", "（未说明）", "（未记录）")


def test_somebody_the_store_does_not_know_is_named_by_number(desk: Desk) -> None:
    with desk.database.writing(doing=Doing(by_id=9)) as records:
        note_view(records, "案件")
    assert desk.look(look_at_log, ALL)[0].who == "使用者 9"


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (LogFilter(kind="view"), 1),
        (LogFilter(case_id=1), 4),
        (LogFilter(by_id=1), 5),
        (LogFilter(by_id=2), 0),
        (LogFilter(since=TODAY, until=TODAY), 5),
        (LogFilter(since=TOMORROW), 0),
        (LogFilter(until=YESTERDAY), 0),
    ],
)
def test_the_log_is_narrowed_by_day_user_kind_and_case(told: Desk, wanted: LogFilter, count: int) -> None:
    assert len(told.look(look_at_log, wanted)) == count
    with told.database.reading() as records:
        assert records.audit.count(wanted) == count


def test_the_log_is_read_on_from_a_number(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told.look(look_at_log, ALL)
    monkeypatch.setattr(audit_log, "AT_A_TIME", 2)
    first = told.look(look_at_log, ALL)
    second = told.look(look_at_log, ALL, first[-1].no)
    assert first + second == whole[:4]


def test_an_entry_tells_before_and_after(told: Desk) -> None:
    lines = told.look(entry_in_words, head_no(told.database) - 3)
    assert "案件登记 1 纠纷类型：（空） → 邻里纠纷" in lines


def test_an_entry_tells_what_an_added_row_held_then_not_what_it_holds_now(told: Desk) -> None:
    lines = told.look(entry_in_words, head_no(told.database) - 4)
    [case] = [line for line in lines if line.startswith("新增 案件登记 1")]
    assert "纠纷情况 楼上漏水" in case
    assert "纠纷类型" not in case
    assert any(line.startswith("新增 当事人 2") and "姓名或名称 李四" in line for line in lines)


def test_a_look_changed_nothing_and_an_unknown_entry_is_said_to_be_unknown(told: Desk) -> None:
    assert told.look(entry_in_words, head_no(told.database)) == []
    with pytest.raises(NotFound, match="没有第999条"):
        told.look(entry_in_words, 999)


def test_an_entry_whose_content_was_taken_away_says_so(told: Desk) -> None:
    no = head_no(told.database) - 3
    run(told.database, f"update audit set changes = null where no = {no}")
    assert told.look(entry_in_words, no) == ["这一条的内容已被删去。"]
    rows = load_workbook(BytesIO(told.look(log_workbook, ALL))).active
    assert rows is not None
    assert "内容已被删去" in {row[7] for row in rows.iter_rows(values_only=True)}


def test_the_workbook_has_a_line_for_each_change(told: Desk) -> None:
    sheet = load_workbook(BytesIO(told.look(log_workbook, LogFilter(case_id=1)))).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert ["分流", "案件登记 1 纠纷类型：（空） → 邻里纠纷"] in [[row[4], row[7]] for row in rows]
    assert rows[-1][3:5] == ["打印", "案件登记单 2份"]


def test_a_workbook_nobody_could_read_is_refused(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "MOST_EXPORTED", 2)
    with pytest.raises(RuleBroken, match="一次最多导出2条"):
        told.look(log_workbook, LogFilter(case_id=1))


def test_a_case_is_found_by_its_number_or_by_its_id(desk: Desk) -> None:
    case_id = desk.accepted()
    with desk.database.reading() as records:
        assert records.audit.case_id_of(records.cases.get(case_id).number) == case_id
        assert records.audit.case_id_of("77") == 77
        with pytest.raises(NotFound, match="没有编号为“无”的案件"):
            records.audit.case_id_of("无")


def test_misfits_are_told_with_their_cases(desk: Desk) -> None:
    case_id = desk.accepted()
    number = desk.case(case_id).number
    misfits = [
        Misfit(kind=MisfitKind.CHANGED, case_id=case_id, table="parties", row_id=2),
        Misfit(kind=MisfitKind.GAP, no=3, until=4),
    ]
    assert desk.look(misfits_in_words, misfits) == [
        f"数据被改。案件 {number}：当事人 2 与日志记下的不一样，是绕过程序改的。",
        "缺少记录。日志第3条至第4条不见了。",
    ]


def test_verifying_is_logged_with_its_outcome(desk: Desk) -> None:
    for found in (0, 3):
        desk.do(note_verified, found)
    bad, good, *_ = desk.look(look_at_log, ALL)
    assert (good.kind, good.what) == (AuditKind.STORE, "核验日志和数据：没有发现不符")
    assert bad.what == "核验日志和数据：发现3处不符"


@pytest.mark.parametrize("service", [look_at_log, log_workbook])
def test_only_whoever_has_the_right_reads_the_log(desk: Desk, service: object) -> None:
    def ask(records: Records, act: Act) -> None:
        service(records, replace(act, rights=frozenset()), ALL)  # type: ignore[operator]  # one of two

    with pytest.raises(NotAllowed, match="看日志"):
        desk.look(ask)


def test_a_store_without_back_ups_has_no_anchors(desk: Desk) -> None:
    assert anchors_of(desk.database) == []


def test_moments_are_kept_to_the_second_of_the_act(told: Desk) -> None:
    assert {line.at for line in told.look(look_at_log, LogFilter(case_id=1))} == {datetime(2026, 11, 23, 9, 30)}


def test_the_log_says_nothing_of_an_accusation_to_the_unit_it_is_about(told: Desk) -> None:
    item = PetitionItem(kind=ACCUSATION, received_on=TODAY, accused_unit="示例街道办事处")
    told.do(record_petition, 1, item)
    told.do(take_in, intake(2))
    with told.database.writing() as records:
        records.mediators.get(ON_CALL).unit = "示例街道办事处"
    with told.database.reading(sight=Sight(person_id=ON_CALL, all_cases=True)) as records:
        lines = look_at_log(records, told.act, ALL)
        assert 1 not in {line.case_id for line in lines}
        kept = [line for line in lines if line.what == "（按权限不能查看）"]
        assert {(line.case_id, line.case_called) for line in kept} == {(None, "")}
        assert entry_in_words(records, told.act, kept[0].no) == ["（按权限不能查看）"]
        book = log_workbook(records, told.act, ALL)
    said = " ".join(
        str(cell) for row in load_workbook(BytesIO(book)).active.iter_rows(values_only=True) for cell in row
    )
    assert said.count("（按权限不能查看）") == len(kept)
    assert "（序号 1）" not in said
    assert "（序号 2）" in said
