"""A unit is urged, replies, and is urged again where that was not enough."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.paper_entries import take_over_entry
from mediation_desk.services.supervision import Urging, issue_order, reply_to_order, settle_order
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk
from tests.related import merge

WEEK = TODAY + timedelta(days=7)
SAID: dict[str, Any] = {"unit": "示例所", "fault_code": "overdue", "demand": "三日内书面说明", "due_on": WEEK}

REPLIED: dict[str, Any] = {"replied_on": TODAY, "reply": "已办。"}


def order(desk: Desk, case_id: int, no: int = 1) -> SupervisionOrder:
    return next(each for each in desk.case(case_id).supervision_orders if each.no == no)


@pytest.fixture
def urged(desk: Desk) -> int:
    case_id = desk.accepted()
    desk.do(issue_order, case_id, **SAID)
    return case_id


def test_an_order_is_kept_with_what_it_demands(desk: Desk, urged: int) -> None:
    kept = order(desk, urged)
    assert (kept.unit, kept.fault_code, kept.demand) == ("示例所", "overdue", "三日内书面说明")
    assert (kept.issued_on, kept.due_on, kept.by_id, kept.recorded_at) == (TODAY, WEEK, 1, NOW)
    assert kept.awaits_reply
    last = desk.case(urged).events[-1]
    assert (last.kind, last.happened_on) == (EventKind.SUPERVISED, TODAY)
    assert last.text == "第1次督办 示例所：超过规定期限。三日内书面说明（2026-11-30前回复）"


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"unit": " "}, "请写明督办哪个单位。", "unit"),
        ({"fault_code": ""}, "请选择督办情形。", "fault_code"),
        ({"demand": ""}, "请写明督办要求。", "demand"),
        ({"issued_on": TOMORROW}, "督办日期应在登记日期之后、不晚于今天。", "issued_on"),
        ({"issued_on": YESTERDAY}, "督办日期应在登记日期之后、不晚于今天。", "issued_on"),
        ({"due_on": YESTERDAY}, "回复期限早于督办日期", "due_on"),
    ],
)
def test_what_an_order_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.accepted()
    with desk.refuses(sentence, place):
        desk.do(issue_order, case_id, **SAID | said)


def test_nobody_is_urged_about_a_case_that_is_at_its_end(desk: Desk) -> None:
    closed = desk.closed()
    with desk.refuses("案件已结案，不能发督办单。"):
        desk.do(issue_order, closed, **SAID)
    merged = merge(desk, desk.registered(), closed)
    with desk.refuses("本案已并入另一案，不能在本案发督办单。"):
        desk.do(issue_order, merged, **SAID)


def test_papers_typed_before_keep_their_numbers(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(take_over_entry, case_id, "E7", 1, {"unit": "示例局"})
    assert desk.do(issue_order, case_id, **SAID).no == 2


# --- reply


def test_a_reply_is_kept_with_who_recorded_it(desk: Desk, urged: int) -> None:
    desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="已派人办理。")
    kept = order(desk, urged)
    assert (kept.replied_on, kept.reply, kept.replied_by_id, kept.awaits_reply) == (TODAY, "已派人办理。", 1, False)
    assert desk.case(urged).events[-1].text == "第1次督办 示例所回复：已派人办理。"


def test_a_late_reply_says_by_how_much(desk: Desk, urged: int) -> None:
    desk.now += timedelta(days=9)
    assert order(desk, urged).is_late(desk.act.today)
    desk.do(reply_to_order, urged, 1, replied_on=desk.act.today, reply="已办。")
    assert desk.case(urged).events[-1].text == "第1次督办 示例所回复，逾期2天：已办。"


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"replied_on": YESTERDAY}, "回复日期早于督办日期（2026-11-23）。", "replied_on"),
        ({"replied_on": TOMORROW}, "回复日期不能晚于今天。", "replied_on"),
        ({"reply": " "}, "请写明单位怎样回复。", "reply"),
    ],
)
def test_what_a_reply_refuses(desk: Desk, urged: int, said: dict[str, Any], sentence: str, place: str) -> None:
    with desk.refuses(sentence, place):
        desk.do(reply_to_order, urged, 1, **REPLIED | said)


def test_an_order_is_answered_once(desk: Desk, urged: int) -> None:
    desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="已办。")
    with desk.refuses("第1次督办的回复已在2026-11-23登记。"):
        desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="再复。")


def test_an_order_that_is_not_there_is_not_found(desk: Desk, urged: int) -> None:
    with pytest.raises(NotFound, match="没有第2次督办"):
        desk.do(reply_to_order, urged, 2, replied_on=TODAY, reply="已办。")


def test_a_reply_to_a_closed_case_is_late_but_kept(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(issue_order, case_id, **SAID)
    desk.do(close_case, case_id, despite_reason="当事人要求")
    desk.now += timedelta(minutes=5)
    desk.do(reply_to_order, case_id, 1, replied_on=TODAY, reply="已办。")
    desk.do(settle_order, case_id, 1)
    case = desk.case(case_id)
    assert order(desk, case_id).settled_on == TODAY
    assert case.is_late(case.events[-1].recorded_at)


# --- settling


def test_a_reply_that_is_enough_settles_the_order(desk: Desk, urged: int) -> None:
    desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="已办。")
    desk.do(settle_order, urged, 1, result="到现场看过")
    kept = order(desk, urged)
    assert (kept.settled_on, kept.result, kept.settled_by_id) == (TODAY, "已按要求办理：到现场看过", 1)
    assert desk.case(urged).events[-1].text == "第1次督办 认定：已按要求办理：到现场看过"


def test_a_reply_that_is_not_enough_urges_again(desk: Desk, urged: int) -> None:
    desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="正在研究。")
    desk.do(settle_order, urged, 1, result="没有说办到哪一步", again=Urging(demand="写明进度", due_on=WEEK))
    first, second = desk.case(urged).supervision_orders
    assert first.result == "再次督办：没有说办到哪一步"
    assert (second.no, second.unit, second.fault_code, second.demand) == (2, "示例所", "overdue", "写明进度")
    assert (second.issued_on, second.due_on, second.awaits_reply) == (TODAY, WEEK, True)


def test_an_order_without_reply_is_settled_only_with_a_reason(desk: Desk, urged: int) -> None:
    with desk.refuses("单位还没有回复。不等回复就认定的，请写明理由。", "settle_result"):
        desk.do(settle_order, urged, 1)
    desk.do(settle_order, urged, 1, result="发错单位")
    assert order(desk, urged).result == "不再督办：发错单位"
    with desk.refuses("第1次督办已在2026-11-23认定，不再等回复。"):
        desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="已办。")


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"settled_on": YESTERDAY}, "认定日期应在2026-11-23之后、不晚于今天。", "settled_on"),
        ({"settled_on": TOMORROW}, "认定日期应在2026-11-23之后、不晚于今天。", "settled_on"),
        (
            {"again": Urging(demand="再办", due_on=WEEK), "result": ""},
            "再次督办，请写明哪里没有办好。",
            "settle_result",
        ),
        ({"again": Urging(demand=" ", due_on=WEEK)}, "请写明再次督办的要求。", "again_demand"),
        ({"again": Urging(demand="再办", due_on=None)}, "请填写认定日期之后的回复期限。", "again_due_on"),
        ({"again": Urging(demand="再办", due_on=YESTERDAY)}, "请填写认定日期之后的回复期限。", "again_due_on"),
    ],
)
def test_what_settling_refuses(desk: Desk, urged: int, said: dict[str, Any], sentence: str, place: str) -> None:
    desk.do(reply_to_order, urged, 1, replied_on=TODAY, reply="正在研究。")
    with desk.refuses(sentence, place):
        desk.do(settle_order, urged, 1, **{"result": "没有办好"} | said)


def test_a_settled_order_is_settled_once_and_nobody_is_urged_again_after_closing(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(issue_order, case_id, **SAID)
    desk.do(reply_to_order, case_id, 1, replied_on=TODAY, reply="已办。")
    desk.do(close_case, case_id, despite_reason="当事人要求")
    with desk.refuses("案件已结案，不能再次督办。"):
        desk.do(settle_order, case_id, 1, result="没有办好", again=Urging(demand="再办", due_on=WEEK))
    desk.do(settle_order, case_id, 1)
    with desk.refuses("第1次督办已在2026-11-23认定。"):
        desk.do(settle_order, case_id, 1)
