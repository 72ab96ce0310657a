"""Dangers are marked, reported within the hour, and the case is assessed by the local scheme."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.services.intake import correct
from mediation_desk.services.risk import assess_risk, report_red_flags
from tests.desk import NOW, TODAY, Desk, intake

REPORT: dict[str, Any] = {"reported_at": NOW, "reported_to": "示例派出所值班室", "measures": "已分开双方"}


@pytest.fixture
def flagged(desk: Desk) -> int:
    return desk.registered(safety_flags=("violence", "group"))


def owed(desk: Desk, case_id: int) -> list[str]:
    return [each.flag for each in desk.case(case_id).owed_reports]


# --- marks


def test_of_each_danger_that_is_registered_a_report_is_owed(desk: Desk, flagged: int) -> None:
    marks = desk.case(flagged).red_flags
    assert [(each.flag, each.met_at, each.by_id, each.recorded_at) for each in marks] == [
        ("violence", None, 1, NOW),
        ("group", None, 1, NOW),
    ]
    assert desk.case(desk.registered()).red_flags == []


def test_what_is_marked_later_is_owed_from_then_and_a_mark_taken_back_no_more(desk: Desk) -> None:
    case_id = desk.registered(safety_flags=("violence",))
    desk.now += timedelta(minutes=20)
    desk.do(correct, case_id, 1, intake(101, safety_flags=("self_harm", "group")))
    case = desk.case(case_id)
    assert case.safety_flags == ["self_harm", "group"]
    assert [(each.flag, each.met_at, each.recorded_at) for each in case.red_flags] == [
        ("violence", desk.now, NOW),
        ("self_harm", None, desk.now),
        ("group", None, desk.now),
    ]


def test_a_correction_of_something_else_leaves_the_marks(desk: Desk, flagged: int) -> None:
    desk.now += timedelta(minutes=20)
    desk.do(correct, flagged, 1, intake(101, safety_flags=("violence", "group"), remark="补充"))
    assert {each.recorded_at for each in desk.case(flagged).red_flags} == {NOW}


# --- reports


def test_a_report_is_kept_with_when_and_to_whom(desk: Desk, flagged: int) -> None:
    desk.now += timedelta(minutes=5)
    desk.do(report_red_flags, flagged, ["violence"], **REPORT)
    case = desk.case(flagged)
    [report] = case.red_flag_reports
    assert (report.flag, report.reported_at, report.reported_to) == ("violence", NOW, "示例派出所值班室")
    assert (report.measures, report.by_id, report.recorded_at) == ("已分开双方", 1, desk.now)
    assert [each.met_at for each in case.red_flags] == [desk.now, None]
    last = case.events[-1]
    assert (last.kind, last.happened_on) == (EventKind.RED_FLAG, TODAY)
    assert last.text == "暴力倾向：报告示例派出所值班室；已分开双方"


def test_several_are_reported_at_once_and_again_when_things_go_on(desk: Desk, flagged: int) -> None:
    desk.do(report_red_flags, flagged, ["violence", "group", "violence"], **REPORT)
    assert owed(desk, flagged) == []
    first = [each.met_at for each in desk.case(flagged).red_flags]
    desk.now += timedelta(hours=2)
    desk.do(report_red_flags, flagged, ["violence"], **REPORT | {"measures": ""})
    case = desk.case(flagged)
    assert [each.flag for each in case.red_flag_reports] == ["violence", "group", "violence"]
    assert [each.met_at for each in case.red_flags] == first
    assert case.events[-1].text == "暴力倾向：报告示例派出所值班室"


@pytest.mark.parametrize(
    ("flags", "said", "sentence", "place"),
    [
        ([], {}, "请勾选报告了哪些风险。", "reported_flags"),
        (["minor"], {}, "登记中没有标记“涉未成年人受侵害或者面临危险”。请先在“概况”更正登记", "reported_flags"),
        (["violence"], {"reported_at": NOW + timedelta(minutes=1)}, "报告时间不能晚于现在。", "reported_on"),
        (["violence"], {"reported_at": NOW - timedelta(days=1)}, "报告日期早于登记日期。", "reported_on"),
        (["violence"], {"reported_to": " "}, "请写明报告给哪个单位、谁接的。", "reported_to"),
    ],
)
def test_what_a_report_refuses(
    desk: Desk, flagged: int, flags: list[str], said: dict[str, Any], sentence: str, place: str
) -> None:
    with desk.refuses(sentence, place):
        desk.do(report_red_flags, flagged, flags, **REPORT | said)


# --- assessment


def test_the_last_assessment_counts_and_all_are_kept(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(assess_risk, case_id, level="high", reason="扬言动手")
    desk.now += timedelta(hours=1)
    desk.do(assess_risk, case_id, level="low", reason="双方冷静", assessed_at=NOW + timedelta(minutes=30))
    case = desk.case(case_id)
    assert [(each.level, each.assessed_at) for each in case.risk_assessments] == [
        ("high", NOW),
        ("low", NOW + timedelta(minutes=30)),
    ]
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.RISK, "低风险：双方冷静")


def test_a_centre_has_a_scheme_of_its_own(desk: Desk) -> None:
    case_id = desk.registered()
    table = desk.rules.table("risk_level")
    red = replace(table.codes[0], code="red", label="红色")
    desk.rules = replace(desk.rules, tables={**desk.rules.tables, "risk_level": replace(table, codes=(red,))})
    with desk.refuses("请选择风险等级。", "risk_level"):
        desk.do(assess_risk, case_id, level="high", reason="扬言动手")
    desk.do(assess_risk, case_id, level="red", reason="扬言动手")
    assert desk.case(case_id).events[-1].text == "红色：扬言动手"


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"level": ""}, "请选择风险等级。", "risk_level"),
        ({"reason": ""}, "请写明理由。", "risk_reason"),
        ({"assessed_at": NOW + timedelta(minutes=1)}, "研判时间不能晚于现在。", "assessed_on"),
        ({"assessed_at": NOW - timedelta(days=1)}, "研判日期早于登记日期。", "assessed_on"),
    ],
)
def test_what_an_assessment_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.registered()
    told: dict[str, Any] = {"level": "high", "reason": "扬言动手"}
    with desk.refuses(sentence, place):
        desk.do(assess_risk, case_id, **told | said)
