"""How orders and decisions stand, in the clerk's words."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision import Conference, ConferenceDecision, ConferenceKind, SupervisionOrder
from mediation_desk.domain.supervision_words import (
    conference_in_words,
    conference_state,
    decisions_mark,
    order_in_words,
    order_state,
    orders_mark,
)
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY

WEEK = TODAY + timedelta(days=7)


def order(**facts: Any) -> SupervisionOrder:
    said: dict[str, Any] = {"no": 1, "unit": "示例所", "fault_code": "overdue", "demand": "说明"}
    days: dict[str, Any] = {"issued_on": YESTERDAY, "due_on": TOMORROW, "by_id": 1, "recorded_at": NOW}
    return SupervisionOrder(**said | days | facts)


def decision(**facts: Any) -> ConferenceDecision:
    said: dict[str, Any] = {"no": 1, "text": "先作鉴定", "unit": "区住建局", "due_on": TOMORROW}
    return ConferenceDecision(**said | facts)


def conference(*decisions: ConferenceDecision) -> Conference:
    return Conference(
        no=2,
        meeting="m",
        kind=ConferenceKind.ON_SITE,
        held_on=YESTERDAY,
        place="漏水现场",
        chair="许主任",
        units=["区住建局　甲某", "示例街道"],
        minutes="看了现场。",
        decisions=list(decisions),
        by_id=1,
        recorded_at=NOW,
    )


def called(user_id: int | None) -> str:
    return {1: "登记员"}.get(user_id or 0, "")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "待回复，还有1天"),
        ({"due_on": TODAY}, "待回复，今天到期"),
        ({"due_on": YESTERDAY}, "逾期1天未回复"),
        ({"replied_on": TODAY}, "已回复，待认定"),
        ({"replied_on": TODAY, "due_on": YESTERDAY}, "逾期1天回复，待认定"),
        ({"replied_on": TODAY, "settled_on": TODAY}, "已认定"),
        ({"settled_on": TODAY}, "不再督办"),
    ],
)
def test_how_an_order_stands(facts: dict[str, Any], state: str) -> None:
    assert order_state(order(**facts), TODAY) == state


def test_an_order_is_told_whole(rules: Rules) -> None:
    told = order_in_words(
        order(
            replied_on=TODAY, reply="已办。", replied_by_id=1, settled_on=TODAY, result="已按要求办理", settled_by_id=1
        ),
        rules,
        called,
        TODAY,
    )
    assert told.splitlines() == [
        "第1次督办：示例所",
        "督办情形：超过规定期限",
        "督办要求：说明",
        "2026-11-22督办，2026-11-24前回复：已认定（登记员 2026-11-23 9:30登记）",
        "2026-11-23回复（登记员登记）：",
        "已办。",
        "2026-11-23认定（登记员登记）：已按要求办理",
    ]


def test_the_mark_of_orders_tells_the_most_pressing() -> None:
    late, replied, waiting = order(due_on=YESTERDAY), order(replied_on=TODAY), order()
    assert orders_mark([late, replied, waiting], TODAY) == "1项逾期未复"
    assert orders_mark([replied, waiting], TODAY) == "1项待认定"
    assert orders_mark([waiting], TODAY) == "1项待回复"
    assert orders_mark([order(settled_on=TODAY)], TODAY) == ""


def test_a_conference_is_told_whole() -> None:
    done = decision(no=2, helpers="示例街道", due_on=YESTERDAY, done_on=TODAY, done_note="做了", done_by_id=1)
    told = conference_in_words(conference(decision(due_on=WEEK), done), called, TODAY)
    assert told.splitlines() == [
        "第2次会商：现场协调，2026-11-22（登记员 2026-11-23 9:30登记）",
        "主持：许主任　地点：漏水现场",
        "参加：区住建局　甲某；示例街道",
        "",
        "看了现场。",
        "",
        "议定事项1：先作鉴定",
        "区住建局，2026-11-30前完成：还有7天",
        "",
        "议定事项2：先作鉴定",
        "区住建局，示例街道配合，2026-11-22前完成：2026-11-23落实，逾期1天",
        "落实情况（登记员登记）：做了",
    ]


@pytest.mark.parametrize(
    ("decisions", "state", "mark"),
    [
        ([], "没有本案的议定事项", ""),
        ([{"done_on": TODAY}], "已全部落实", ""),
        ([{"done_on": TODAY}, {}], "1项待落实", "1项待落实"),
        ([{}, {"due_on": YESTERDAY}], "1项逾期未落实", "1项逾期未落实"),
        ([{"due_on": TODAY}], "1项待落实", "1项待落实"),
    ],
)
def test_how_much_of_it_is_done(decisions: list[dict[str, Any]], state: str, mark: str) -> None:
    held = conference(*(decision(**facts) for facts in decisions))
    assert (conference_state(held, TODAY), decisions_mark([held], TODAY)) == (state, mark)
