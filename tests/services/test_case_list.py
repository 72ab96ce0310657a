"""The list of the cases of a period: no names, and where each stands in the systems above."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act
from mediation_desk.services.case_list import case_list_file, list_cases
from mediation_desk.services.upstream import record_upstream
from mediation_desk.store.records import Records
from tests.desk import TODAY, YESTERDAY, Desk

TO_DAY = Span(TODAY, TODAY)


def test_each_case_has_its_number_stage_kind_and_where_it_stands_above(desk: Desk) -> None:
    one, other = desk.accepted(case_source="application"), desk.registered()
    desk.do(record_upstream, one, "petition", "XF1")
    desk.do(record_upstream, one, "petition", "XF2")
    desk.do(record_upstream, one, "gb31000", "Z9")
    first, second = desk.look(list_cases, TO_DAY).lines
    assert (first.case_id, first.called, first.stage) == (one, desk.case(one).number, "已受理")
    assert (first.kind, first.source, first.registered_on) == ("邻里纠纷", "依申请调解", "2026-11-23")
    assert {code: entry.number for code, entry in first.entered.items()} == {"gb31000": "Z9", "petition": "XF2"}
    assert (second.case_id, second.called) == (other, f"查询码 {desk.case(other).query_code}")
    found = desk.look(list_cases, TO_DAY)
    assert found.standing(first) == "综治信息系统 Z9（2026-11-23）、信访信息系统 XF2（2026-11-23）"
    assert found.standing(second) == "没有录入"


def test_the_workbook_has_a_number_and_a_day_for_each_system_and_no_names(desk: Desk) -> None:
    desk.do(record_upstream, desk.accepted(), "petition", "=1+1")
    sheet = load_workbook(BytesIO(case_list_file(desk.look(list_cases, TO_DAY))))["案件清单"]
    row = dict(zip((cell.value for cell in sheet[1]), (cell.value for cell in sheet[2]), strict=True))
    assert (row["信访信息系统编号"], row["信访信息系统录入日期"]) == ("=1+1", "2026-11-23")
    assert sheet.cell(2, list(row).index("信访信息系统编号") + 1).data_type == "s"
    assert not row["综治信息系统编号"]
    assert not any("张三" in str(cell.value) for line in sheet.iter_rows() for cell in line)


def test_the_list_of_a_practice_store_says_so(desk: Desk) -> None:
    def practise(records: Records) -> None:
        records.centre.get().is_practice = True

    desk.write(practise)
    assert load_workbook(BytesIO(case_list_file(desk.look(list_cases, TO_DAY)))).sheetnames == ["练习 案件清单"]


def test_cases_of_other_days_are_not_in_it(desk: Desk) -> None:
    desk.registered()
    assert desk.look(list_cases, Span(YESTERDAY, YESTERDAY)).lines == []
    with desk.refuses("结束日期早于开始日期。", "last_day"):
        desk.look(list_cases, Span(TODAY, YESTERDAY))


def test_who_sees_own_cases_only_gets_those(desk: Desk) -> None:
    desk.registered()
    own = desk.assigned()
    rights = frozenset({Right.PRINT, Right.MEDIATE})
    act = Act(centre_id=1, by_id=1, at=desk.now, rules=desk.rules, rights=rights, mediator_id=1)
    with desk.database.reading(sight=act.sight) as records:
        assert [line.case_id for line in list_cases(records, act, TO_DAY).lines] == [own]
    nobody = Act(centre_id=1, by_id=1, at=desk.now, rules=desk.rules, rights=frozenset())
    with desk.database.reading() as records, pytest.raises(NotAllowed):
        list_cases(records, nobody, TO_DAY)
