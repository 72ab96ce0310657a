"""How a call-out goes on: who is called next, what an answer does, when the list is used up.

A search keeps `at_a_time` calls waiting at once (0: everybody). The first yes ends it; those who still wait are told
that they need not come. Declining costs nothing. Silence in several running calls is a flag, nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut, CallOutState, Urgency
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.rules import Rules

OPEN = (CallOutState.RUNNING, CallOutState.EXHAUSTED)
"""States in which a yes still counts, a late one too."""


@dataclass(frozen=True)
class Terms:
    """How many are called at a time (0: all), and how many minutes each has to answer."""

    at_a_time: int
    minutes: int


def terms_of(urgency: Urgency, rules: Rules) -> Terms:
    """The centre's settings for calls of that urgency."""
    return Terms(rules.setting(f"call_{urgency}_at_a_time"), rules.setting(f"call_{urgency}_minutes"))


def not_called(call_out: CallOut) -> list[int]:
    """Who is on the list and was not called yet, in order."""
    called = {call.mediator_id for call in call_out.calls}
    return [each for each in call_out.order if each not in called]


def next_to_call(call_out: CallOut, now: datetime) -> list[int]:
    """Whom to call now: as many as may wait together, less those whose time is not up yet; none once it is over."""
    if call_out.state is not CallOutState.RUNNING:
        return []
    left = not_called(call_out)
    if not call_out.at_a_time:
        return left
    still_waiting = sum(call.answer_by > now for call in call_out.waiting)
    return left[: max(0, call_out.at_a_time - still_waiting)]


def call_next(call_out: CallOut, now: datetime, by_id: int) -> list[Call]:
    """Note that the next on the list are called. Whoever let the time pass is noted as not having answered.

    Raises `RuleBroken` when the search is over, or when those who were called still have time to answer.
    """
    refuse_unless(call_out.state is CallOutState.RUNNING, "呼叫已经结束，没有再呼叫。需要时请另行发起。")
    lapse(call_out, now)
    wanted = next_to_call(call_out, now)
    if not wanted:
        refuse_unless(not call_out.waiting, "已呼叫的人还在答复时间内，请等待答复，或先撤回。")
        return []
    return [_call(call_out, each, now, by_id) for each in wanted]


def call_again(call_out: CallOut, mediator_id: int, now: datetime, by_id: int) -> Call:
    """Note one more call to somebody on the list, e.g. who was silent when the list was used up."""
    refuse_unless(call_out.state in OPEN, "呼叫已经结束，没有再呼叫。需要时请另行发起。")
    refuse_unless(
        all(call.mediator_id != mediator_id for call in call_out.waiting), "这位已在呼叫中，请等待答复，或先撤回。"
    )
    call_out.state = CallOutState.RUNNING
    return _call(call_out, mediator_id, now, by_id)


def _call(call_out: CallOut, mediator_id: int, now: datetime, by_id: int) -> Call:
    call = Call(
        mediator_id=mediator_id,
        place=len(call_out.calls) + 1,
        called_at=now,
        answer_by=now + timedelta(minutes=call_out.minutes),
        by_id=by_id,
    )
    call_out.calls.append(call)
    return call


def lapse(call_out: CallOut, now: datetime) -> None:
    """Note 未答复 for calls whose time is up."""
    for call in call_out.waiting:
        if call.answer_by <= now:
            call.answer = CallAnswer.NO_ANSWER
    _settle(call_out)


def accept(call_out: CallOut, call: Call, now: datetime) -> list[Call]:
    """Note a yes. Returns the calls that were withdrawn by it: these people are to be told.

    After the time was up it counts as long as nobody else said yes; otherwise it is only noted as late.
    """
    refuse_unless(call.answer is not CallAnswer.ACCEPTED, "这位已经接受。")
    call.late = call.answer is not CallAnswer.WAITING or call.answer_by < now
    call.answered_at = now
    if call_out.state not in OPEN:
        return []
    call.answer = CallAnswer.ACCEPTED
    call_out.state, call_out.ended_at = CallOutState.FOUND, now
    withdrawn = call_out.waiting
    for each in withdrawn:
        each.answer, each.answered_at = CallAnswer.WITHDRAWN, now
    return withdrawn


def decline(call_out: CallOut, call: Call, now: datetime, reason: str = "") -> None:
    """Note a no with its reason as told, "" when none was given."""
    refuse_unless(call.answer in (CallAnswer.WAITING, CallAnswer.NO_ANSWER), "这次呼叫已有答复，没有改动。")
    call.late = call.answer is CallAnswer.NO_ANSWER
    call.answer, call.answered_at, call.reason = CallAnswer.DECLINED, now, reason.strip()
    _settle(call_out)


def note_silence(call_out: CallOut, call: Call, now: datetime) -> None:
    """Note that somebody could not be reached, before the time is up."""
    refuse_unless(call.answer is CallAnswer.WAITING, "这次呼叫已有答复，没有改动。")
    call.answer, call.answered_at = CallAnswer.NO_ANSWER, now
    _settle(call_out)


def withdraw(call_out: CallOut, call: Call, now: datetime) -> None:
    """Take a call back; it counts neither as silence nor as a no."""
    refuse_unless(call.answer is CallAnswer.WAITING, "这次呼叫已有答复，没有改动。")
    call.answer, call.answered_at = CallAnswer.WITHDRAWN, now
    _settle(call_out)


def stop(call_out: CallOut, now: datetime, note: str) -> list[Call]:
    """End the search without a yes, or say what the duty head did when the list was used up.

    Returns the calls that were withdrawn by it.
    """
    refuse_unless(call_out.ended_at is None, "呼叫已经结束。")
    refuse_unless(note.strip(), "请写明停止呼叫的原因或值班领导的处理。", "end_note")
    withdrawn = call_out.waiting
    for each in withdrawn:
        each.answer, each.answered_at = CallAnswer.WITHDRAWN, now
    if call_out.state is CallOutState.RUNNING:
        call_out.state = CallOutState.STOPPED
    call_out.ended_at, call_out.end_note = now, note.strip()
    return withdrawn


def arrive(call: Call, now: datetime) -> None:
    """Note that the one who accepted has come."""
    refuse_unless(call.answer is CallAnswer.ACCEPTED, "这位没有接受呼叫，不能记到达。")
    refuse_unless(call.arrived_at is None, "已经记过到达。")
    call.arrived_at = now


class Answered(Protocol):
    """A call, be it part of a search or a light row."""

    @property
    def called_at(self) -> datetime: ...
    @property
    def answered_at(self) -> datetime | None: ...
    @property
    def answer(self) -> CallAnswer: ...


def minutes_to_answer(call: Answered) -> float | None:
    """How long somebody took to accept or decline; None where nobody did."""
    if call.answered_at is None or call.answer not in (CallAnswer.ACCEPTED, CallAnswer.DECLINED):
        return None
    return (call.answered_at - call.called_at).total_seconds() / 60


def is_silent(last: Sequence[CallAnswer], times: int) -> bool:
    """Whether somebody was silent in that many running calls. `last`: the answers, newest first.

    Calls that were withdrawn tell nothing and are passed over.
    """
    told = [answer for answer in last if answer not in (CallAnswer.WITHDRAWN, CallAnswer.WAITING)]
    return len(told) >= times and all(answer is CallAnswer.NO_ANSWER for answer in told[:times])


def _settle(call_out: CallOut) -> None:
    """The list is used up when nobody waits and nobody is left to be called."""
    if call_out.state is CallOutState.RUNNING and not call_out.waiting and not not_called(call_out):
        call_out.state = CallOutState.EXHAUSTED
