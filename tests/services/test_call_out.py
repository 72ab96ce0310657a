"""Calling in somebody who is on call: the list, the calls, who came, what the case remembers."""

from datetime import datetime, time, timedelta

import pytest

from mediation_desk.domain.call_out import CallAnswer, CallOut, CallOutState, Urgency
from mediation_desk.domain.case import AssignmentRole, EventKind
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.presence import Leave
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.call_out import (
    CallListEntry,
    CallOutWish,
    answer_call,
    begin_call_out,
    call_again,
    call_list,
    call_next,
    note_arrival,
    stop_call_out,
)
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.running_call_outs import running_call_outs
from tests.desk import NOW, TODAY, Desk, claimant, respondent, uid

LAWYER = 3
"""The person on call of `Desk.furnish`."""
YES, NO, SILENT = CallAnswer.ACCEPTED, CallAnswer.DECLINED, CallAnswer.NO_ANSWER


def on_call(desk: Desk, name: str, **facts: object) -> int:
    number = 20 + len(desk.look(lambda records, _: records.mediators.all()))
    told: dict[str, object] = {"uid": uid(number), "name": name, "presence": Presence.ON_CALL}
    mediator = desk.do(save_mediator, Mediator(**told | facts))  # type: ignore[arg-type]  # any field
    assert mediator.id is not None
    return mediator.id


def begun(desk: Desk, *order: int, **facts: object) -> int:
    asked: dict[str, object] = {"uid": uid(90), "purpose": "协助安抚当事人", "order": order}
    call_out = desk.do(begin_call_out, CallOutWish(**asked | facts))  # type: ignore[arg-type]  # any field
    assert call_out.id is not None
    return call_out.id


def read(desk: Desk, call_out_id: int) -> CallOut:
    return desk.look(lambda records, _: records.call_outs.get(call_out_id))


def entries(desk: Desk, profession: str = "", case_id: int | None = None) -> list[CallListEntry]:
    return desk.look(call_list, profession=profession, case_id=case_id)


def test_the_nearest_and_least_called_comes_first_and_who_cannot_be_called_last(desk: Desk) -> None:
    far = on_call(desk, "远", travel_minutes=60)
    near = on_call(desk, "近", travel_minutes=10)
    tired = on_call(desk, "勤", travel_minutes=10, call_order=-1)
    later = on_call(desk, "夜", travel_minutes=1, call_from=time(18), call_until=time(22))
    desk.do(answer_call, begun(desk, tired), 1, NO, "有课")
    assert [each.mediator_id for each in entries(desk)] == [near, tired, far, LAWYER, later]
    assert [each.recent for each in entries(desk)] == [0, 1, 0, 0, 0]
    assert entries(desk)[-1].why_not == "呼叫时间为18:00至22:00"


def test_who_is_on_leave_is_shown_with_the_reason(desk: Desk) -> None:
    leave = Leave(mediator_id=LAWYER, first_day=TODAY, last_day=TODAY, by_id=1, recorded_at=NOW)
    desk.do(lambda records, _: records.presence.add(leave))
    assert entries(desk)[0].why_not.startswith("请假")


def test_the_list_can_be_narrowed_to_a_profession_also_a_second_one(desk: Desk) -> None:
    both = on_call(desk, "兼", profession="lawyer", other_professions=["counsellor"])
    assert [each.mediator_id for each in entries(desk, profession="counsellor")] == [both]


def test_for_a_case_who_suits_it_comes_first_though_the_way_is_longer(desk: Desk) -> None:
    case_id = desk.accepted()
    near = on_call(desk, "近", travel_minutes=1)
    suited = on_call(desk, "专", travel_minutes=50, specialities=["02"])
    first, second, _ = entries(desk, case_id=case_id)
    assert (first.mediator_id, second.mediator_id) == (suited, near)
    assert first.points > second.points > 0


def test_who_is_barred_from_a_case_is_shown_with_the_reason_and_last(desk: Desk) -> None:
    kin = on_call(desk, "亲", unit="示例厂", travel_minutes=1)
    case_id = desk.accepted(parties=(claimant(workplace="示例厂"), respondent()))
    desk.do(assign, case_id, Choice(mediator_id=LAWYER, role=AssignmentRole.HELPER))
    told = {each.mediator_id: each.why_not for each in entries(desk, case_id=case_id)}
    assert "同一单位" in told[kin]
    assert told[LAWYER] == "已在本案中"
    assert all(each.why_not == "" for each in entries(desk))


def test_declining_moves_nobody_and_silence_in_three_calls_is_shown(desk: Desk) -> None:
    other = on_call(desk, "另", profession="lawyer")
    for number in range(3):
        desk.do(answer_call, begun(desk, LAWYER, uid=uid(30 + number)), 1, SILENT)
        desk.do(answer_call, begun(desk, other, uid=uid(40 + number)), 1, NO)
    assert {each.mediator_id: each.silent for each in entries(desk)} == {LAWYER: True, other: False}


def test_the_first_is_called_as_soon_as_the_search_begins(desk: Desk) -> None:
    other = on_call(desk, "另")
    kept = read(desk, begun(desk, LAWYER, other))
    assert [(call.mediator_id, call.called_at, call.answer_by) for call in kept.calls] == [
        (LAWYER, NOW, NOW + timedelta(minutes=15))
    ]
    assert (kept.at_a_time, kept.minutes, kept.state) == (1, 15, CallOutState.RUNNING)


def test_an_urgent_search_calls_in_pairs_and_the_clerk_may_call_everybody(desk: Desk) -> None:
    others = [on_call(desk, name) for name in "甲乙"]
    assert len(read(desk, begun(desk, LAWYER, *others, urgency=Urgency.URGENT)).calls) == 2
    assert len(read(desk, begun(desk, LAWYER, *others, uid=uid(91), at_a_time=0)).calls) == 3


def test_nothing_begins_without_a_purpose_or_without_anybody(desk: Desk) -> None:
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        begun(desk, purpose=" ")
    assert [fault.place for fault in refused.value.faults] == ["purpose", "order"]
    assert desk.contents() == before


def test_one_search_at_a_time_for_a_case(desk: Desk) -> None:
    case_id = desk.accepted()
    begun(desk, LAWYER, case_id=case_id)
    with pytest.raises(RuleBroken, match="本案已在呼叫"):
        begun(desk, LAWYER, case_id=case_id, uid=uid(91))
    begun(desk, LAWYER, uid=uid(92))


def test_a_no_then_a_yes_then_somebody_comes(desk: Desk) -> None:
    case_id, other = desk.accepted(), on_call(desk, "另")
    call_out = begun(desk, LAWYER, other, case_id=case_id)
    desk.do(answer_call, call_out, 1, NO, "在外地开庭")
    desk.do(call_next, call_out)
    desk.do(answer_call, call_out, 2, YES)
    desk.do(note_arrival, call_out, 2)
    kept = read(desk, call_out)
    assert [(call.mediator_id, call.answer, call.reason) for call in kept.calls] == [
        (LAWYER, NO, "在外地开庭"),
        (other, YES, ""),
    ]
    assert kept.calls[1].arrived_at == NOW
    told = [event.text for event in desk.case(case_id).events if event.kind is EventKind.CALL_OUT]
    assert told == ["一般呼叫：协助安抚当事人", "另接受呼叫", "另到达"]
    assert desk.look(lambda records, _: records.presence.open_attendance(other, TODAY)) is not None


def test_who_is_checked_in_already_is_not_checked_in_again(desk: Desk) -> None:
    call_out = begun(desk, LAWYER)
    desk.do(answer_call, call_out, 1, YES)
    desk.do(note_arrival, call_out, 1)
    second = begun(desk, LAWYER, uid=uid(91))
    desk.do(answer_call, second, 1, YES)
    desk.do(note_arrival, second, 1)
    assert len(desk.look(lambda records, _: records.presence.attendances(TODAY, TODAY))) == 1


def test_a_list_used_up_is_raised_until_somebody_says_what_was_done(desk: Desk) -> None:
    case_id = desk.accepted()
    going_on = begun(desk, LAWYER)
    call_out = begun(desk, LAWYER, case_id=case_id, uid=uid(91))
    desk.do(answer_call, call_out, 1, NO)
    raised = desk.look(running_call_outs)
    assert [(each.call_out_id, each.state, each.names) for each in raised] == [
        (call_out, CallOutState.EXHAUSTED, ()),
        (going_on, CallOutState.RUNNING, ("孙律",)),
    ]
    assert desk.case(case_id).events[-1].text == "名单用尽，无人接受，报值班领导"
    desk.do(stop_call_out, call_out, "值班领导请区律协另派")
    assert [each.call_out_id for each in desk.look(running_call_outs)] == [going_on]


def test_a_call_can_be_made_again_and_taken_back(desk: Desk) -> None:
    call_out = begun(desk, LAWYER)
    desk.do(answer_call, call_out, 1, SILENT)
    desk.do(call_again, call_out, LAWYER)
    desk.do(answer_call, call_out, 2, CallAnswer.WITHDRAWN)
    assert [call.answer for call in read(desk, call_out).calls] == [SILENT, CallAnswer.WITHDRAWN]


def test_a_late_yes_is_told_as_late_and_one_too_late_is_not_told(desk: Desk) -> None:
    case_id, other = desk.accepted(), on_call(desk, "另")
    call_out = begun(desk, LAWYER, other, case_id=case_id)
    desk.do(answer_call, call_out, 1, SILENT)
    desk.do(call_next, call_out)
    desk.do(answer_call, call_out, 1, YES)
    desk.do(answer_call, call_out, 2, YES)
    kept = read(desk, call_out)
    assert (kept.calls[0].late, kept.calls[1].answer, kept.calls[1].late) == (True, CallAnswer.WITHDRAWN, True)
    told = [event.text for event in desk.case(case_id).events if event.kind is EventKind.CALL_OUT]
    assert told[-1] == "孙律接受呼叫（超时答复）"


@pytest.mark.parametrize(("place", "answer"), [(1, CallAnswer.WAITING), (9, YES)])
def test_what_is_no_answer_or_no_call_is_refused(desk: Desk, place: int, answer: CallAnswer) -> None:
    call_out = begun(desk, LAWYER)
    with pytest.raises(RuleBroken):
        desk.do(answer_call, call_out, place, answer)
    assert read(desk, call_out).calls[0].answer is CallAnswer.WAITING


def test_times_are_those_of_the_desk(desk: Desk) -> None:
    call_out = begun(desk, LAWYER)
    desk.now = datetime(2026, 11, 23, 9, 50)
    desk.do(answer_call, call_out, 1, YES)
    call = read(desk, call_out).calls[0]
    assert (call.answered_at, call.late) == (desk.now, True)
