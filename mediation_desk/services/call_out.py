"""Calling in somebody who is on call: the list to call from, each call and its answer, who came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from mediation_desk.domain import call_out_flow as flow
from mediation_desk.domain.call_out import Call, CallAnswer, CallOut, CallOutState, Urgency
from mediation_desk.domain.call_out_flow import is_silent
from mediation_desk.domain.case import AssignmentRole, EventKind
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.expected import on_call
from mediation_desk.domain.ranking import PointCode
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.attendance import check_in
from mediation_desk.services.ranking import rank_for
from mediation_desk.store.records import Records

_LONGEST_WAY = 24 * 60


class CallListEntry(NamedTuple):
    """Somebody of the call list. `why_not` says in Chinese why not to be called now, "" when there is nothing.

    `points` is what speaks for the person in this case, 0 without one; `recent` counts the calls of the last days
    (setting `call_recent_days`); `silent`: did not answer in several running calls.
    """

    mediator_id: int
    name: str
    unit: str
    profession: str
    phone: str
    response_minutes: int | None
    travel_minutes: int | None
    points: int
    recent: int
    silent: bool
    why_not: str


@dataclass(frozen=True, kw_only=True)
class CallOutWish:
    """What somebody is called in for, and whom to call in which order (ids of mediators).

    `at_a_time` replaces the setting of that urgency where it is given; 0 calls everybody at once.
    """

    uid: str
    purpose: str
    order: Sequence[int]
    urgency: Urgency = Urgency.NORMAL
    profession: str = ""
    case_id: int | None = None
    at_a_time: int | None = None


@needs(Right.ASSIGN)
def call_list(records: Records, act: Act, *, case_id: int | None = None, profession: str = "") -> list[CallListEntry]:
    """Whom to call, the best first; who cannot or must not be called comes last with the reason.

    For a case, what speaks for a person in it comes first (`ranking.py`, travel instead of duty); then the way to the
    centre, the fewest recent calls and the centre's own call order. Nobody falls behind for having declined.
    """
    mediators = {each.id: each for each in records.mediators.all() if each.id is not None}
    found = on_call(act.at, mediators.values(), records.presence.leaves(act.today, act.today))
    if profession:
        found = [each for each in found if profession in mediators[each.mediator_id].professions]
    since = act.at - timedelta(days=act.rules.setting("call_recent_days", act.today))
    recent = Counter(call.mediator_id for call in records.call_outs.calls(since, act.at))
    times = act.rules.setting("call_silent_flag", act.today)
    last = records.call_outs.last_answers([each.mediator_id for each in found], times)
    standing = _Standing(records, act, case_id)
    entries = [
        CallListEntry(
            each.mediator_id,
            person.name,
            person.unit,
            person.profession,
            person.phone,
            each.response_minutes,
            each.travel_minutes,
            standing.points(each.mediator_id),
            recent[each.mediator_id],
            is_silent(last[each.mediator_id], times),
            standing.barred(each.mediator_id) or each.why_not,
        )
        for each in found
        for person in (mediators[each.mediator_id],)
    ]
    return sorted(entries, key=lambda each: _rank(each, mediators[each.mediator_id].call_order))


class _Standing:
    """Where people stand in a case: what speaks for them, and what bars them. Without a case nothing does."""

    def __init__(self, records: Records, act: Act, case_id: int | None) -> None:
        ranked = rank_for(records, act, case_id, AssignmentRole.HELPER) if case_id else None
        self._candidates = {each.person.id: each for each in ranked.candidates} if ranked else {}
        self._excluded = {each.id: each for each in ranked.excluded} if ranked else {}
        self._is_for_case = case_id is not None

    def points(self, mediator_id: int) -> int:
        """The score without what being here or there counts: how long the way is says that better."""
        candidate = self._candidates.get(mediator_id)
        counted = candidate.points if candidate else ()
        return sum(each.points for each in counted if each.code is not PointCode.ON_DUTY)

    def barred(self, mediator_id: int) -> str:
        """Why somebody is not to be called for the case, "" for who may be."""
        if not self._is_for_case or mediator_id in self._candidates:
            return ""
        excluded = self._excluded.get(mediator_id)
        return "；".join(each.said for each in excluded.barred) if excluded else "已在本案中"


def _rank(entry: CallListEntry, call_order: int) -> tuple[object, ...]:
    """An unknown way to the centre counts as the longest."""
    way = _LONGEST_WAY if entry.travel_minutes is None else entry.travel_minutes
    return bool(entry.why_not), -entry.points, way, entry.recent, call_order, entry.mediator_id


@needs(Right.ASSIGN)
def begin_call_out(records: Records, act: Act, wish: CallOutWish) -> CallOut:
    """Begin a search and note the first calls: whoever saves this is on the telephone now."""
    faults = Faults()
    faults.check(wish.purpose.strip(), "请写明呼叫来做什么。", "purpose")
    faults.check(wish.order, "名单上没有人。请勾选要呼叫的随驻人员，或先在调解员页登记。", "order")
    going_on = [each for each in records.call_outs.running() if wish.case_id and each.case_id == wish.case_id]
    faults.check(not going_on, "本案已在呼叫随驻人员，请在原呼叫中继续，或先停止。")
    faults.refuse_if_any()
    terms = flow.terms_of(wish.urgency, act.rules)
    call_out = CallOut(
        uid=wish.uid,
        case_id=wish.case_id,
        profession=wish.profession,
        purpose=wish.purpose.strip(),
        urgency=wish.urgency,
        at_a_time=terms.at_a_time if wish.at_a_time is None else wish.at_a_time,
        minutes=terms.minutes,
        order=list(dict.fromkeys(wish.order)),
        began_at=act.at,
        by_id=act.by_id,
    )
    records.call_outs.add(call_out)
    flow.call_next(call_out, act.at, act.by_id)
    _tell_case(records, act, call_out, f"{wish.urgency.label}呼叫：{call_out.purpose}")
    records.flush()
    return call_out


@needs(Right.ASSIGN)
def call_next(records: Records, act: Act, call_out_id: int) -> CallOut:
    """Note that the next on the list are called; whoever let the time pass is noted as silent."""
    call_out = records.call_outs.get(call_out_id)
    flow.call_next(call_out, act.at, act.by_id)
    _keep(records, act, call_out)
    return call_out


@needs(Right.ASSIGN)
def call_again(records: Records, act: Act, call_out_id: int, mediator_id: int) -> CallOut:
    """Note one more call to somebody who was called before."""
    call_out = records.call_outs.get(call_out_id)
    flow.call_again(call_out, mediator_id, act.at, act.by_id)
    records.flush()
    return call_out


@needs(Right.ASSIGN)
def answer_call(
    records: Records, act: Act, call_out_id: int, place: int, answer: CallAnswer, reason: str = ""
) -> CallOut:
    """Note what came of a call: a yes (late or not), a no with its reason, silence, or that it was taken back."""
    call_out = records.call_outs.get(call_out_id)
    call = _call_at(call_out, place)
    match answer:
        case CallAnswer.ACCEPTED:
            flow.accept(call_out, call, act.at)
            if call.answer is CallAnswer.ACCEPTED:
                name = records.mediators.get(call.mediator_id).name
                _tell_case(records, act, call_out, f"{name}接受呼叫{'（超时答复）' if call.late else ''}")
        case CallAnswer.DECLINED:
            flow.decline(call_out, call, act.at, reason)
        case CallAnswer.NO_ANSWER:
            flow.note_silence(call_out, call, act.at)
        case CallAnswer.WITHDRAWN:
            flow.withdraw(call_out, call, act.at)
        case CallAnswer.WAITING:
            refuse_unless(False, "请选择答复。")
    _keep(records, act, call_out)
    return call_out


@needs(Right.ASSIGN)
def stop_call_out(records: Records, act: Act, call_out_id: int, reason: str) -> CallOut:
    """End a search without a yes, or say what the duty head did about a list that was used up."""
    call_out = records.call_outs.get(call_out_id)
    flow.stop(call_out, act.at, reason)
    _tell_case(records, act, call_out, f"呼叫{call_out.state.label}：{call_out.end_note}")
    records.flush()
    return call_out


@needs(Right.ASSIGN)
def note_arrival(records: Records, act: Act, call_out_id: int, place: int) -> CallOut:
    """Note that the one who accepted has come, and check them in."""
    call_out = records.call_outs.get(call_out_id)
    call = _call_at(call_out, place)
    flow.arrive(call, act.at)
    if records.presence.open_attendance(call.mediator_id, act.today) is None:
        check_in(records, act, call.mediator_id)
    _tell_case(records, act, call_out, f"{records.mediators.get(call.mediator_id).name}到达")
    records.flush()
    return call_out


def _call_at(call_out: CallOut, place: int) -> Call:
    call = next((each for each in call_out.calls if each.place == place), None)
    refuse_unless(call, "没有这次呼叫，请刷新。")
    assert call is not None
    return call


def _keep(records: Records, act: Act, call_out: CallOut) -> None:
    if call_out.state is CallOutState.EXHAUSTED:
        _tell_case(records, act, call_out, "名单用尽，无人接受，报值班领导")
    records.flush()


def _tell_case(records: Records, act: Act, call_out: CallOut, text: str) -> None:
    """A line of the timeline of the case it is for, if it is for one."""
    if call_out.case_id is not None:
        note(records.cases.get(call_out.case_id), act, EventKind.CALL_OUT, act.today, text)
