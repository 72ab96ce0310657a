"""Searches for people on call, their calls in light rows, and what somebody said lately."""

from datetime import timedelta

import pytest

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut, CallOutState, Urgency
from mediation_desk.domain.errors import NotFound
from mediation_desk.store.call_outs import CallRow
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, Desk, statements, uid

NO, YES, SILENCE = CallAnswer.DECLINED, CallAnswer.ACCEPTED, CallAnswer.NO_ANSWER
MINUTE = timedelta(minutes=1)


def call(place: int, answer: CallAnswer, mediator_id: int = ON_CALL, **facts: object) -> Call:
    called_at = NOW + place * MINUTE
    made: dict[str, object] = {"called_at": called_at, "answer_by": called_at + 15 * MINUTE, "answer": answer}
    return Call(mediator_id=mediator_id, place=place, by_id=1, **made | facts)  # type: ignore[arg-type]  # any field


def search(desk: Desk, number: int, *calls: Call, **facts: object) -> int:
    with desk.database.writing() as records:
        began: dict[str, object] = {"uid": uid(number), "began_at": NOW, "by_id": 1, "calls": list(calls)}
        call_out = CallOut(**began | facts)  # type: ignore[arg-type]  # any field
        records.call_outs.add(call_out)
        records.flush()
        assert call_out.id is not None
        return call_out.id


def test_a_search_comes_back_with_its_order_and_its_calls(desk: Desk) -> None:
    found = search(desk, 50, call(1, NO, reason="开庭"), call(2, YES, LAPSED), order=[ON_CALL, LAPSED])
    with desk.database.reading() as records:
        call_out = records.call_outs.get(found)
        assert call_out.order == [ON_CALL, LAPSED]
        assert [(each.mediator_id, each.answer, each.reason) for each in call_out.calls] == [
            (ON_CALL, NO, "开庭"),
            (LAPSED, YES, ""),
        ]
        with pytest.raises(NotFound, match="找不到这次呼叫"):
            records.call_outs.get(99)


def test_searches_that_nobody_ended_are_running(desk: Desk) -> None:
    first = search(desk, 50)
    search(desk, 51, state=CallOutState.FOUND, ended_at=NOW)
    used_up = search(desk, 52, state=CallOutState.EXHAUSTED)
    with desk.database.reading() as records:
        assert [each.id for each in records.call_outs.running()] == [first, used_up]


def test_searches_are_found_by_their_case(desk: Desk) -> None:
    case_id = desk.registered()
    search(desk, 50)
    made = [search(desk, number, case_id=case_id, ended_at=NOW) for number in (51, 52)]
    with desk.database.reading() as records:
        assert [each.id for each in records.call_outs.of_case(case_id)] == made
        assert records.call_outs.of_case(99) == []


def test_calls_are_told_in_the_order_of_calling_with_what_they_were_for(desk: Desk) -> None:
    case_id = desk.registered()
    second = search(desk, 50, call(2, YES, arrived_at=NOW + 40 * MINUTE), urgency=Urgency.URGENT)
    first = search(desk, 51, call(1, NO, reason="开庭"), call(3, SILENCE), case_id=case_id, profession="lawyer")
    with desk.database.reading() as records, statements(desk.database) as sent:
        assert records.call_outs.calls(NOW + MINUTE, NOW + 2 * MINUTE) == [
            CallRow(first, case_id, "lawyer", "", Urgency.NORMAL, ON_CALL, NOW + MINUTE, NO, None, False, "开庭", None),
            CallRow(
                second,
                None,
                "",
                "",
                Urgency.URGENT,
                ON_CALL,
                NOW + 2 * MINUTE,
                YES,
                None,
                False,
                "",
                NOW + 40 * MINUTE,
            ),
        ]
    assert len(sent) == 1


def test_the_last_answers_come_newest_first_and_only_so_many(desk: Desk) -> None:
    search(desk, 50, call(1, YES), call(2, SILENCE), call(3, NO), call(4, SILENCE, LAPSED))
    search(desk, 51, call(5, SILENCE), call(6, YES, LAPSED))
    with desk.database.reading() as records:
        assert records.call_outs.last_answers([ON_CALL, LAPSED, APPOINTED], 3) == {
            ON_CALL: [SILENCE, NO, SILENCE],
            LAPSED: [YES, SILENCE],
            APPOINTED: [],
        }
        assert records.call_outs.last_answers([], 3) == {}


def test_a_call_that_waits_or_was_withdrawn_says_nothing_of_a_person(desk: Desk) -> None:
    search(desk, 50, call(1, SILENCE), call(2, CallAnswer.WITHDRAWN), call(3, CallAnswer.WAITING))
    with desk.database.reading() as records:
        assert records.call_outs.last_answers([ON_CALL], 3) == {ON_CALL: [SILENCE]}
