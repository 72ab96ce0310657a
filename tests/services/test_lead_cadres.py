"""A leading cadre takes a case on, visits, and says what came of it."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.supervision import LeadCadre
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.lead_cadres import end_lead, record_visit, take_on_case
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk

WHO: dict[str, Any] = {"name": "示例领导", "post": "副区长"}
VISIT: dict[str, Any] = {"visited_on": TODAY, "situation": "看了现场，听了双方的意见。", "manner": "下访"}


def cadre(desk: Desk, case_id: int, no: int = 1) -> LeadCadre:
    return next(each for each in desk.case(case_id).lead_cadres if each.no == no)


@pytest.fixture
def taken(desk: Desk) -> int:
    case_id = desk.accepted()
    desk.do(take_on_case, case_id, **WHO)
    return case_id


def test_who_takes_the_case_on_is_kept(desk: Desk, taken: int) -> None:
    kept = cadre(desk, taken)
    assert (kept.name, kept.post, kept.since, kept.until) == ("示例领导", "副区长", TODAY, None)
    assert (kept.visits, kept.by_id, kept.recorded_at) == ([], 1, NOW)
    last = desk.case(taken).events[-1]
    assert (last.kind, last.text) == (EventKind.LEAD_CADRE, "示例领导（副区长）包案")


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"name": ""}, "请填写包案领导的姓名。", "cadre_name"),
        ({"post": " "}, "请填写包案领导的职务。", "post"),
        ({"since": YESTERDAY}, "包案日期应在登记日期之后、不晚于今天。", "since"),
        ({"since": TOMORROW}, "包案日期应在登记日期之后、不晚于今天。", "since"),
    ],
)
def test_what_taking_on_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.accepted()
    with desk.refuses(sentence, place):
        desk.do(take_on_case, case_id, **WHO | said)


def test_one_at_a_time_and_none_after_the_end(desk: Desk, taken: int) -> None:
    with desk.refuses("示例领导正在包案。换人包案的，请先登记前一位的结果。"):
        desk.do(take_on_case, taken, name="另一领导", post="局长")
    desk.do(end_lead, taken, 1, result="双方谈妥")
    assert desk.do(take_on_case, taken, name="另一领导", post="局长").no == 2
    closed = desk.closed()
    with desk.refuses("案件已结案，不能登记领导包案。"):
        desk.do(take_on_case, closed, **WHO)


def test_visits_are_kept_as_they_were_made(desk: Desk, taken: int) -> None:
    desk.do(record_visit, taken, 1, **VISIT)
    [visit] = cadre(desk, taken).visits
    assert (visit.visited_on, visit.manner, visit.situation) == (TODAY, "下访", "看了现场，听了双方的意见。")
    assert desk.case(taken).events[-1].text == "示例领导下访：看了现场，听了双方的意见。"


def test_a_visit_may_be_told_after_the_end_but_not_have_been_made_after_it(desk: Desk, taken: int) -> None:
    desk.do(end_lead, taken, 1, result="双方谈妥")
    desk.now += timedelta(days=2)
    desk.do(record_visit, taken, 1, **VISIT)
    with desk.refuses("走访日期应在包案期间（2026-11-23至2026-11-23）。", "visited_on"):
        desk.do(record_visit, taken, 1, **VISIT | {"visited_on": TOMORROW})


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"visited_on": YESTERDAY}, "走访日期应在包案期间（2026-11-23至今天）。", "visited_on"),
        ({"visited_on": TOMORROW}, "走访日期应在包案期间（2026-11-23至今天）。", "visited_on"),
        ({"situation": ""}, "请写走访情况。", "visit_situation"),
    ],
)
def test_what_a_visit_refuses(desk: Desk, taken: int, said: dict[str, Any], sentence: str, place: str) -> None:
    with desk.refuses(sentence, place):
        desk.do(record_visit, taken, 1, **VISIT | said)


def test_the_end_is_kept_with_its_result_once(desk: Desk, taken: int) -> None:
    desk.do(end_lead, taken, 1, result="双方谈妥")
    kept = cadre(desk, taken)
    assert (kept.until, kept.result) == (TODAY, "双方谈妥")
    assert desk.case(taken).events[-1].text == "示例领导包案结束：双方谈妥"
    with desk.refuses("示例领导的包案已在2026-11-23结束。"):
        desk.do(end_lead, taken, 1, result="再结束")


def test_the_end_comes_after_the_last_visit(desk: Desk, taken: int) -> None:
    desk.now += timedelta(days=3)
    desk.do(record_visit, taken, 1, **VISIT | {"visited_on": TOMORROW})
    with desk.refuses("结束日期应在2026-11-24之后、不晚于今天。", "until"):
        desk.do(end_lead, taken, 1, result="谈妥", until=TODAY)
    with desk.refuses("请写明包案的结果。", "cadre_result"):
        desk.do(end_lead, taken, 1, result="")


def test_the_end_may_be_told_after_closing(desk: Desk, taken: int) -> None:
    desk.do(close_case, taken, despite_reason="当事人要求")
    desk.do(end_lead, taken, 1, result="双方谈妥")
    assert cadre(desk, taken).until == TODAY


def test_who_is_not_there_is_not_found(desk: Desk, taken: int) -> None:
    with pytest.raises(NotFound, match="没有第2次领导包案"):
        desk.do(end_lead, taken, 2, result="谈妥")
