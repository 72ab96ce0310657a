"""The call sheet: for the pen before anything happened, and what happened afterwards; nothing of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mediation_desk.documents.call_sheet import Callee, CallSheet, draw_call_sheet
from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.domain.call_out import Call, CallAnswer, CallOut, CallOutState, Urgency
from tests.documents.reading import Paper

BEGUN = datetime(2026, 11, 23, 9, 5)
PEOPLE = {
    1: Callee("孙律", "正大律师事务所", "13800000000"),
    2: Callee("周心理", "区心理协会", "13800000001"),
    3: Callee("阿卜杜热合曼·买买提", "区信访办"),
}


def search(*calls: Call, **facts: object) -> CallOut:
    told: dict[str, object] = {
        "uid": "call-out",
        "purpose": "心理疏导",
        "urgency": Urgency.URGENT,
        "at_a_time": 2,
        "minutes": 10,
        "order": [1, 2, 3],
        "began_at": BEGUN,
        "by_id": 1,
        "calls": list(calls),
    }
    return CallOut(**told | facts)  # type: ignore[arg-type]  # any field


def call(mediator_id: int, answer: CallAnswer, **facts: object) -> Call:
    told: dict[str, object] = {"called_at": BEGUN, "answer_by": BEGUN + timedelta(minutes=10), "place": mediator_id}
    return Call(mediator_id=mediator_id, answer=answer, by_id=1, **told | facts)  # type: ignore[arg-type]  # any field


def said(call_out: CallOut, **facts: object) -> CallSheet:
    told: dict[str, object] = {"centre": "示例街道综治中心", "call_out": call_out, "people": PEOPLE}
    return CallSheet(**told | facts)  # type: ignore[arg-type]  # any field


def test_before_it_began_it_has_the_list_and_room_for_the_pen(read: Callable[[bytes], Paper]) -> None:
    paper = read(draw_call_sheet(said(search(), profession="心理咨询师", case_number="（2026）示人调字第7号")))
    [page] = paper.pages
    assert "需要：心理咨询师心理疏导" in page
    assert "缓急：紧急每次呼叫2人，10分钟内答复" in page
    assert "开始：2026年11月23日9:05" in page
    assert page.index("孙律") < page.index("周心理") < page.index("阿卜杜热")
    assert "13800000000" in page
    assert "（2026）示人调字第7号" in page
    assert not any(answer.label in page.replace("谢绝的请记下", "").replace("谢绝不作", "") for answer in CallAnswer)
    assert "发起人" not in page


def test_what_happened_is_printed_with_its_times(read: Callable[[bytes], Paper]) -> None:
    minute = timedelta(minutes=1)
    calls = [
        call(2, CallAnswer.DECLINED, answered_at=BEGUN + 4 * minute, reason="正在出庭"),
        call(1, CallAnswer.ACCEPTED, answered_at=BEGUN + 14 * minute, arrived_at=BEGUN + 40 * minute, late=True),
    ]
    ended = search(*calls, state=CallOutState.FOUND, ended_at=BEGUN + 14 * minute, end_note="孙律前来。")
    [page] = read(draw_call_sheet(said(ended, begun_by="王窗口"))).pages
    assert page.index("周心理") < page.index("孙律") < page.index("阿卜杜热")
    assert "9:05谢绝9:09" in page
    assert "9:05接受9:199:45" in page
    assert "（超时）" in page
    assert "周心理：正在出庭" in page
    assert "2026年11月23日9:19已有人接受。孙律前来。" in page
    assert "发起人：王窗口" in page


def test_a_call_that_waits_has_its_time_and_an_empty_answer(read: Callable[[bytes], Paper]) -> None:
    [page] = read(draw_call_sheet(said(search(call(1, CallAnswer.WAITING), at_a_time=0)))).pages
    assert "等待答复" not in page
    assert page.count("9:05") == 2  # begun, called
    assert "同时呼叫全部" in page


def test_without_purpose_and_profession_nothing_is_said_of_them(read: Callable[[bytes], Paper]) -> None:
    [page] = read(draw_call_sheet(said(search(purpose=""), is_practice=True))).pages
    assert "需要" not in page
    assert "练习" in page


def test_a_name_nobody_can_print_is_refused(read: Callable[[bytes], Paper]) -> None:
    with pytest.raises(GlyphMissing, match="呼叫名单"):
        draw_call_sheet(said(search(order=[1]), people={1: Callee("孙\ue000")}))
