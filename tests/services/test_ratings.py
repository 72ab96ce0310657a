"""What the parties thought of the service is recorded as they said it, and counted so."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.indicators import Indicator
from mediation_desk.domain.report_period import Span
from mediation_desk.services.figures import look_at_figures
from mediation_desk.services.ratings import record_rating
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk
from tests.related import merge

SAID: dict[str, Any] = {"rated_on": TODAY, "channel": "当面"}


def test_what_a_party_said_is_kept_and_told(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_rating, case_id, 1, "satisfied", **SAID, comment=" 说话和气 ")
    case = desk.case(case_id)
    [kept] = case.ratings
    assert (kept.party_no, kept.level, kept.rated_on, kept.channel, kept.comment) == (
        1,
        "satisfied",
        TODAY,
        "当面",
        "说话和气",
    )
    assert (kept.by_id, kept.recorded_at) == (desk.act.by_id, NOW)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.RATED, "张三：满意")


def test_who_would_not_say_is_recorded_as_that(desk: Desk) -> None:
    case_id = desk.closed()
    desk.do(record_rating, case_id, 2, "", **SAID)
    case = desk.case(case_id)
    assert (case.ratings[0].level, case.events[-1].text) == ("", "李四：不愿评价")


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"level": None}, "请按当事人说的选择评价；没有说的，选“不愿评价”。", "level"),
        ({"level": "great"}, "没有这一级评价", "level"),
        ({"party_no": None}, "请选择是哪一方当事人评价的。", "rated_by"),
        ({"party_no": 9}, "请选择是哪一方当事人评价的。", "rated_by"),
        ({"channel": ""}, "请选择评价方式。", "channel"),
        ({"rated_on": TOMORROW}, "评价日期不能晚于今天。", "rated_on"),
        ({"rated_on": YESTERDAY}, "评价日期早于本案登记的申请日期（2026-11-23）", "rated_on"),
    ],
)
def test_nothing_is_assumed_and_no_day_is_made_up(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.performing()
    with desk.refuses(sentence, place):
        desk.do(record_rating, case_id, **{"party_no": 1, "level": "satisfied", **SAID, **said})
    assert desk.case(case_id).ratings == []


def test_a_party_is_rated_once_a_day_and_may_think_otherwise_later(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_rating, case_id, 1, "satisfied", **SAID)
    with desk.refuses("这一方当天的评价已经登记", "rated_by"):
        desk.do(record_rating, case_id, 1, "dissatisfied", **SAID)
    desk.now += timedelta(days=30)
    desk.do(record_rating, case_id, 1, "dissatisfied", rated_on=desk.act.today, channel="电话")
    assert [each.level for each in desk.case(case_id).ratings] == ["satisfied", "dissatisfied"]


def test_a_case_that_goes_on_in_another_is_not_rated(desk: Desk) -> None:
    case_id = merge(desk, desk.in_mediation(), desk.in_mediation())
    with desk.refuses("案件已并入另一个案件，没有记录。"):
        desk.do(record_rating, case_id, 1, "satisfied", **SAID)


def test_who_would_not_say_counts_neither_way(desk: Desk) -> None:
    """K14."""
    case_id = desk.performing()
    for party_no, level in ((1, "fairly_satisfied"), (2, "")):
        desk.do(record_rating, case_id, party_no, level, **SAID)
    other = desk.performing()
    desk.do(record_rating, other, 1, "dissatisfied", **SAID)
    figures = desk.look(look_at_figures, Span(TODAY, TODAY))
    [line] = [each for each in figures.lines if each.no == Indicator.K14]
    assert line.now.text == "50.00%"
