"""A suggestion to a unit, its answer, and whether it was adopted."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.supervision import SuggestionKind
from mediation_desk.services.suggestions import answer_suggestion, make_suggestion
from mediation_desk.services.supervision import issue_order
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk
from tests.related import accuse

SAID: dict[str, Any] = {"kind": SuggestionKind.IMPROVE_POLICY, "unit": "区住建局", "text": "明确漏水维修的时限。"}
ANSWER: dict[str, Any] = {"answered_on": TODAY, "answer": "已列入修订。", "adopted": True}


@pytest.fixture
def made(desk: Desk) -> int:
    case_id = desk.accepted()
    desk.do(make_suggestion, case_id, **SAID)
    return case_id


def test_a_suggestion_is_kept(desk: Desk, made: int) -> None:
    [kept] = desk.case(made).suggestions
    assert (kept.no, kept.kind, kept.unit, kept.text) == (1, SuggestionKind.IMPROVE_POLICY, "区住建局", SAID["text"])
    assert (kept.made_on, kept.adopted, kept.by_id, kept.recorded_at) == (TODAY, None, 1, NOW)
    last = desk.case(made).events[-1]
    assert (last.kind, last.text) == (EventKind.SUGGESTED, "向区住建局建议完善政策：明确漏水维修的时限。")


def test_what_a_closed_case_teaches_is_suggested_too(desk: Desk) -> None:
    assert desk.do(make_suggestion, desk.closed(), **SAID).no == 1


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"unit": ""}, "请写明向哪个单位提建议。", "unit"),
        ({"text": " "}, "请写明建议的内容。", "suggestion_text"),
        ({"made_on": YESTERDAY}, "提出日期应在登记日期之后、不晚于今天。", "made_on"),
        ({"made_on": TOMORROW}, "提出日期应在登记日期之后、不晚于今天。", "made_on"),
    ],
)
def test_what_a_suggestion_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.accepted()
    with desk.refuses(sentence, place):
        desk.do(make_suggestion, case_id, **SAID | said)


@pytest.mark.parametrize("adopted", [True, False])
def test_the_answer_tells_whether_it_was_adopted(desk: Desk, made: int, *, adopted: bool) -> None:
    desk.do(answer_suggestion, made, 1, **ANSWER | {"adopted": adopted})
    [kept] = desk.case(made).suggestions
    assert (kept.answered_on, kept.answer, kept.adopted) == (TODAY, "已列入修订。", adopted)
    verdict = "已采纳" if adopted else "未采纳"
    assert desk.case(made).events[-1].text == f"区住建局答复（{verdict}）：已列入修订。"
    with desk.refuses("这项建议的答复已在2026-11-23登记。"):
        desk.do(answer_suggestion, made, 1, **ANSWER)


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"answered_on": YESTERDAY}, "答复日期应在提出日期（2026-11-23）之后、不晚于今天。", "answered_on"),
        ({"answered_on": TOMORROW}, "答复日期应在提出日期（2026-11-23）之后、不晚于今天。", "answered_on"),
        ({"answer": ""}, "请写明单位怎样答复。", "answer"),
    ],
)
def test_what_an_answer_refuses(desk: Desk, made: int, said: dict[str, Any], sentence: str, place: str) -> None:
    with desk.refuses(sentence, place):
        desk.do(answer_suggestion, made, 1, **ANSWER | said)


def test_what_is_not_there_is_not_found(desk: Desk, made: int) -> None:
    with pytest.raises(NotFound, match="没有第2项建议"):
        desk.do(answer_suggestion, made, 2, **ANSWER)


@pytest.mark.parametrize("unit", ["区住建局", "示例区住建局", "住建局 "])
def test_an_accusation_never_reaches_whom_it_is_about(desk: Desk, unit: str) -> None:
    case_id = accuse(desk, desk.accepted(), "区住建局")
    with desk.refuses("这是检举控告事项，不能把内容发给被检举的单位", "unit"):
        desk.do(make_suggestion, case_id, **SAID | {"unit": unit})
    order: dict[str, Any] = {"fault_code": "evaded", "demand": "说明", "due_on": TODAY + timedelta(days=3)}
    with desk.refuses("这是检举控告事项，不能把内容发给被检举的单位", "unit"):
        desk.do(issue_order, case_id, unit=unit, **order)
    assert desk.do(issue_order, case_id, unit="区纪委", **order).no == 1
