"""How a call-out goes on, from the first call to a yes or to the end of the list."""

from datetime import datetime, timedelta

import pytest

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut, CallOutState, Urgency
from mediation_desk.domain.call_out_flow import (
    accept,
    arrive,
    call_again,
    call_next,
    decline,
    is_silent,
    lapse,
    minutes_to_answer,
    next_to_call,
    note_silence,
    stop,
    terms_of,
    withdraw,
)
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
ONE, TWO, THREE = 1, 2, 3
SILENT, NO, YES, TAKEN_BACK = CallAnswer.NO_ANSWER, CallAnswer.DECLINED, CallAnswer.ACCEPTED, CallAnswer.WITHDRAWN


def after(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def search(at_a_time: int = 1, order: tuple[int, ...] = (ONE, TWO, THREE)) -> CallOut:
    return CallOut(uid="u", order=list(order), at_a_time=at_a_time, minutes=15, began_at=NOW, by_id=1)


def called(call_out: CallOut, now: datetime = NOW) -> list[int]:
    return [call.mediator_id for call in call_next(call_out, now, 1)]


def last(call_out: CallOut) -> Call:
    return call_out.calls[-1]


def test_one_by_one_calls_the_first_and_gives_time_to_answer() -> None:
    call_out = search()
    assert called(call_out) == [ONE]
    assert (last(call_out).called_at, last(call_out).answer_by) == (NOW, after(15))
    assert next_to_call(call_out, after(14)) == []


def test_in_pairs_two_wait_together_and_a_no_makes_room_for_one() -> None:
    call_out = search(at_a_time=2)
    assert called(call_out) == [ONE, TWO]
    decline(call_out, call_out.calls[0], after(2), "在外地开庭")
    assert called(call_out, after(2)) == [THREE]


def test_all_at_once_calls_everybody() -> None:
    assert called(search(at_a_time=0)) == [ONE, TWO, THREE]


def test_who_still_has_time_is_not_passed_over() -> None:
    call_out = search()
    called(call_out)
    with pytest.raises(RuleBroken, match="还在答复时间内"):
        call_next(call_out, after(5), 1)


def test_when_the_time_is_up_silence_is_noted_and_the_next_is_called() -> None:
    call_out = search()
    called(call_out)
    assert called(call_out, after(15)) == [TWO]
    assert call_out.calls[0].answer is SILENT
    assert call_out.calls[0].answered_at is None


def test_a_yes_ends_the_search_and_frees_the_others() -> None:
    call_out = search(at_a_time=2)
    called(call_out)
    freed = accept(call_out, call_out.calls[1], after(4))
    assert call_out.state is CallOutState.FOUND
    assert [call.mediator_id for call in freed] == [ONE]
    assert call_out.calls[0].answer is TAKEN_BACK
    assert not call_out.calls[1].late
    assert minutes_to_answer(call_out.calls[1]) == 4
    assert minutes_to_answer(call_out.calls[0]) is None
    with pytest.raises(RuleBroken, match="呼叫已经结束"):
        call_next(call_out, after(5), 1)


def test_a_late_yes_counts_while_nobody_else_said_yes() -> None:
    call_out = search()
    called(call_out)
    called(call_out, after(15))
    freed = accept(call_out, call_out.calls[0], after(20))
    assert call_out.state is CallOutState.FOUND
    assert call_out.calls[0].late
    assert [call.mediator_id for call in freed] == [TWO]


def test_a_yes_after_another_one_is_only_noted() -> None:
    call_out = search(at_a_time=2)
    called(call_out)
    accept(call_out, call_out.calls[0], after(3))
    assert accept(call_out, call_out.calls[1], after(6)) == []
    assert call_out.calls[1].answer is TAKEN_BACK
    assert (call_out.calls[1].late, call_out.calls[1].answered_at) == (True, after(6))
    with pytest.raises(RuleBroken, match="已经接受"):
        accept(call_out, call_out.calls[0], after(7))


def test_a_list_used_up_stays_open_for_a_late_yes() -> None:
    call_out = search(order=(ONE,))
    called(call_out)
    note_silence(call_out, last(call_out), after(3))
    assert (call_out.state, call_out.ended_at) == (CallOutState.EXHAUSTED, None)
    accept(call_out, last(call_out), after(40))
    assert (call_out.state, call_out.ended_at) == (CallOutState.FOUND, after(40))


def test_calling_at_the_end_of_the_list_uses_it_up() -> None:
    call_out = search(order=(ONE,))
    called(call_out)
    assert called(call_out, after(20)) == []
    assert call_out.state is CallOutState.EXHAUSTED


def test_somebody_can_be_called_again_after_the_list_was_used_up() -> None:
    call_out = search(order=(ONE,))
    called(call_out)
    lapse(call_out, after(15))
    again = call_again(call_out, ONE, after(16), 1)
    assert call_out.state is CallOutState.RUNNING
    assert (again.place, again.answer) == (2, CallAnswer.WAITING)
    with pytest.raises(RuleBroken, match="已在呼叫中"):
        call_again(call_out, ONE, after(17), 1)


def test_a_no_keeps_its_reason_and_whether_it_came_late() -> None:
    call_out = search()
    called(call_out)
    lapse(call_out, after(15))
    decline(call_out, last(call_out), after(16), " 身体不适 ")
    assert (last(call_out).reason, last(call_out).late) == ("身体不适", True)
    with pytest.raises(RuleBroken, match="已有答复"):
        decline(call_out, last(call_out), after(17))


def test_a_call_taken_back_is_neither_silence_nor_a_no() -> None:
    call_out = search(order=(ONE, TWO))
    called(call_out)
    withdraw(call_out, last(call_out), after(1))
    assert last(call_out).answer is TAKEN_BACK
    assert called(call_out, after(1)) == [TWO]
    for refused in (withdraw, note_silence):
        with pytest.raises(RuleBroken, match="已有答复"):
            refused(call_out, call_out.calls[0], after(2))


def test_stopping_needs_a_word_and_frees_who_waits() -> None:
    call_out = search()
    called(call_out)
    with pytest.raises(RuleBroken, match="请写明"):
        stop(call_out, after(1), " ")
    assert [call.mediator_id for call in stop(call_out, after(1), "当事人已离开")] == [ONE]
    assert (call_out.state, call_out.end_note) == (CallOutState.STOPPED, "当事人已离开")
    with pytest.raises(RuleBroken, match="已经结束"):
        stop(call_out, after(2), "再次")


def test_what_the_duty_head_did_ends_a_list_that_was_used_up() -> None:
    call_out = search(order=())
    assert called(call_out) == []
    stop(call_out, after(1), "值班领导请区律协另派")
    assert (call_out.state, call_out.ended_at) == (CallOutState.EXHAUSTED, after(1))
    assert call_out.waiting == []


def test_only_who_accepted_arrives_and_only_once() -> None:
    call_out = search()
    called(call_out)
    with pytest.raises(RuleBroken, match="没有接受"):
        arrive(last(call_out), after(1))
    accept(call_out, last(call_out), after(1))
    arrive(last(call_out), after(30))
    assert last(call_out).arrived_at == after(30)
    with pytest.raises(RuleBroken, match="已经记过到达"):
        arrive(last(call_out), after(31))


def test_there_is_no_time_to_answer_without_an_answer() -> None:
    call_out = search(order=(ONE,))
    called(call_out)
    assert minutes_to_answer(last(call_out)) is None
    note_silence(call_out, last(call_out), after(2))
    assert minutes_to_answer(last(call_out)) is None


@pytest.mark.parametrize(
    ("answers", "silent"),
    [
        ([], False),
        ([SILENT, SILENT], False),
        ([SILENT, SILENT, SILENT], True),
        ([SILENT, NO, SILENT, SILENT], False),
        ([SILENT, TAKEN_BACK, SILENT, CallAnswer.WAITING, SILENT, YES], True),
        ([YES, SILENT, SILENT, SILENT], False),
    ],
)
def test_silence_in_three_running_calls_is_a_flag_and_declining_never_is(
    answers: list[CallAnswer], silent: bool
) -> None:
    assert is_silent(answers, 3) is silent


def test_how_many_and_how_long_are_settings(rules: Rules) -> None:
    terms = {urgency: terms_of(urgency, rules) for urgency in Urgency}
    assert (terms[Urgency.URGENT].at_a_time, terms[Urgency.URGENT].minutes) == (2, 10)
    assert (terms[Urgency.NORMAL].at_a_time, terms[Urgency.NORMAL].minutes) == (1, 15)
    assert (terms[Urgency.BOOKED].at_a_time, terms[Urgency.BOOKED].minutes) == (1, 120)
