"""Leave is taken, joined and withdrawn; absence is noted with its reason; substitutes are looked at."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.duty_roster import DutyRoster, DutyShift, Post, RosterState
from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.presence import Leave, LeaveKind
from mediation_desk.services.attendance import check_in
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.presence import (
    MOST_NAMED,
    LeaveAsked,
    LeaveTaken,
    note_absence,
    take_leave,
    withdraw_leave,
)
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, TOMORROW, YESTERDAY, Desk, uid

AM, PM = Half.AM, Half.PM


def day(number: int) -> date:
    """A day of December 2026."""
    return date(2026, 12, number)


def asked(first: date, last: date | None = None, **facts: Any) -> LeaveAsked:
    told: dict[str, Any] = {"mediator_id": APPOINTED, "last_day": last, "first_half": AM, "last_half": PM}
    return LeaveAsked(first_day=first, **told | facts)


def leave(desk: Desk, first: date, last: date | None = None, **facts: Any) -> LeaveTaken:
    return desk.do(take_leave, asked(first, last, **facts))


def kept(desk: Desk, *, withdrawn: bool = False) -> list[str]:
    found = desk.look(lambda records, _: records.presence.leaves(date.min, date.max, withdrawn=withdrawn))
    return [each.span_in_words for each in found]


def another(desk: Desk, **facts: Any) -> int:
    added = desk.do(save_mediator, Mediator(**{"uid": uid(20), "name": "周安"} | facts))
    assert added.id is not None
    return added.id


# --- taking leave


def test_leave_is_recorded_as_it_was_asked(desk: Desk) -> None:
    taken = leave(desk, day(3), day(8), first_half=PM, last_half=AM, reason="sick", note=" 住院 ", substitute_id=LAPSED)
    [held] = desk.look(lambda records, _: records.presence.leaves(day(1), day(31)))
    assert held.id == taken.leave.id
    facts = (held.mediator_id, held.kind, held.span_in_words, held.reason, held.note, held.substitute_id)
    assert facts == (APPOINTED, LeaveKind.LEAVE, "12月3日下午–12月8日上午", "sick", "住院", LAPSED)
    assert (held.by_id, held.recorded_at, taken.said) == (1, NOW, ())


def test_a_half_that_is_missing_is_the_whole_day_and_that_is_said(desk: Desk) -> None:
    taken = desk.do(take_leave, LeaveAsked(mediator_id=APPOINTED, first_day=day(3)))
    assert taken.leave.span_in_words == "12月3日"
    assert taken.said == ("没有写明上午或下午的，按全天算。",)


@pytest.mark.parametrize(
    ("wrong", "sentence", "place"),
    [
        ({"last_day": day(2)}, "结束早于开始", "last_day"),
        ({"first_half": PM, "last_half": AM}, "结束早于开始", "last_day"),
        ({"reason": "holiday"}, "请选择事由", "reason"),
        ({"substitute_id": APPOINTED}, "不能由本人替班", "substitute"),
    ],
)
def test_leave_that_cannot_be_is_refused_at_its_place(
    desk: Desk, wrong: dict[str, Any], sentence: str, place: str
) -> None:
    with desk.refuses(sentence, place):
        leave(desk, day(3), **wrong)


def test_who_is_not_in_the_directory_then_takes_no_leave(desk: Desk) -> None:
    gone = another(desk, left_on=day(3))
    with desk.refuses("周安那时不在册", "first_day"):
        leave(desk, day(3), mediator_id=gone)
    with pytest.raises(NotFound):
        leave(desk, day(3), mediator_id=99)


# --- joining


def test_leave_that_overlaps_is_joined_and_both_records_stay_to_be_read(desk: Desk) -> None:
    first = leave(desk, day(3), day(8))
    taken = leave(desk, day(6), day(10))
    assert taken.said == ("赵和请假 12月3日–12月8日 与 12月6日–12月10日 重叠，已合并为 12月3日–12月10日。",)
    assert kept(desk) == ["12月3日–12月10日"]
    assert kept(desk, withdrawn=True) == ["12月3日–12月8日", "12月3日–12月10日"]
    assert desk.look(lambda records, _: records.presence.leave(first.leave.id or 0)).withdrawn_at == NOW


@pytest.mark.parametrize(
    ("first_half", "last_half", "span"),
    [(AM, PM, "12月3日–12月10日"), (AM, AM, "12月3日上午–12月10日上午")],
)
def test_leave_that_adjoins_is_joined_whichever_came_first(
    desk: Desk, first_half: Half, last_half: Half, span: str
) -> None:
    leave(desk, day(8), day(10), first_half=PM, last_half=last_half)
    taken = leave(desk, day(3), day(8), first_half=first_half, last_half=AM)
    assert "相接" in taken.said[0]
    assert kept(desk) == [span]


def test_leave_a_half_day_apart_or_for_another_reason_stays_by_itself(desk: Desk) -> None:
    leave(desk, day(3), reason="sick")
    assert leave(desk, day(4), reason="training").said == ()
    assert leave(desk, day(5), first_half=PM, reason="training").said == ()
    assert kept(desk) == ["12月3日", "12月4日", "12月5日下午"]


def test_several_are_joined_at_once_and_the_last_told_goes_before(desk: Desk) -> None:
    leave(desk, day(3), day(4), reason="sick", note="感冒")
    leave(desk, day(8), day(9), substitute_id=LAPSED)
    taken = leave(desk, day(4), day(8), reason="court", note="开庭")
    assert taken.said[0].startswith("赵和请假 12月3日–12月4日、12月8日–12月9日 与 12月4日–12月8日 重叠")
    held = taken.leave
    assert (held.reason, held.note, held.substitute_id) == ("court", "感冒；开庭", LAPSED)


def test_leave_that_says_nothing_new_is_not_recorded_again(desk: Desk) -> None:
    first = leave(desk, day(3), day(8), reason="sick")
    before = desk.contents()
    again = leave(desk, day(4), day(5), reason="sick")
    assert again.leave.id == first.leave.id
    assert again.said == ("赵和12月3日–12月8日已经请假，没有重复登记。",)
    assert desk.contents() == before


def test_overlapping_leave_with_two_substitutes_is_refused(desk: Desk) -> None:
    leave(desk, day(3), day(8), substitute_id=LAPSED)
    with desk.refuses("重叠的请假已有另一位替班人", "substitute"):
        leave(desk, day(6), day(10), substitute_id=ON_CALL)


def test_absence_is_not_joined_with_leave(desk: Desk) -> None:
    desk.do(note_absence, asked(TODAY, reason="sick"))
    leave(desk, TODAY, TOMORROW, reason="sick")
    assert len(kept(desk)) == 2


# --- substitutes, and what else is to be done


def test_a_substitute_on_leave_or_out_of_the_directory_is_refused(desk: Desk) -> None:
    leave(desk, day(5), mediator_id=LAPSED)
    with desk.refuses("钱平12月5日也请假，不能替班", "substitute"):
        leave(desk, day(3), day(8), substitute_id=LAPSED)
    gone = another(desk, left_on=day(8))
    with desk.refuses("周安那时不在册，不能替班", "substitute"):
        leave(desk, day(3), day(8), substitute_id=gone)


def test_an_unqualified_or_standing_substitute_is_taken_with_a_warning(desk: Desk) -> None:
    lawyer = another(desk, profession="lawyer", presence=Presence.ROTATING)
    assert leave(desk, day(3), mediator_id=lawyer, substitute_id=LAPSED).said == (
        "请注意：钱平没有周安的职业身份，不能代其专业职责。",
    )
    assert leave(desk, day(4), mediator_id=lawyer, substitute_id=ON_CALL).said == ()
    said = leave(desk, day(5), mediator_id=LAPSED, substitute_id=APPOINTED).said
    assert said == ("请注意：赵和是常驻人员，本来就在岗的半天里不多一个人。",)


def test_who_stands_in_and_then_takes_leave_is_told_of_it(desk: Desk) -> None:
    leave(desk, day(3), day(8), substitute_id=LAPSED)
    assert leave(desk, day(8), mediator_id=LAPSED).said == ("钱平正在替赵和的班（12月3日–12月8日），请另找替班人。",)


def test_shifts_of_a_published_roster_that_are_lost_are_named(desk: Desk) -> None:
    publish(desk, [(day(3), AM), (day(3), PM), (day(4), AM)])
    taken = leave(desk, day(3), last_half=AM, mediator_id=LAPSED, reason="sick")
    assert taken.said == ("影响已发布排班的1个班次：12月3日（周四）上午律师窗口。请到“排班”页重排或换班。",)
    assert [(each.half_day, each.person_id) for each in taken.lost] == [(HalfDay(day(3), AM), LAPSED)]
    stood_in = leave(desk, day(4), mediator_id=LAPSED, substitute_id=ON_CALL)
    assert (stood_in.said, stood_in.lost) == ((), ())


def test_of_many_lost_shifts_the_first_are_named(desk: Desk) -> None:
    publish(desk, [(day(number), AM) for number in range(1, 12)])
    [said] = leave(desk, day(1), day(20), mediator_id=LAPSED, reason="sick").said
    assert said.startswith("影响已发布排班的11个班次：12月1日（周二）上午律师窗口、")
    assert said.count("律师窗口") == MOST_NAMED
    assert "等。请到“排班”页" in said


def test_who_did_not_come_and_will_not_come_later_loses_the_shifts_still_to_come(desk: Desk) -> None:
    publish(desk, [(TODAY, AM), (TODAY, PM)])
    taken = desk.do(note_absence, LeaveAsked(mediator_id=LAPSED, first_day=TODAY, reason="sick"))
    assert [each.half_day for each in taken.lost] == [HalfDay(TODAY, PM)]


def publish(desk: Desk, half_days: list[tuple[date, Half]]) -> None:
    def add(records: Any, _: object) -> None:
        post = Post(uid=uid(30), name="律师窗口", profession="lawyer")
        records.rosters.add(post)
        records.flush()
        shifts = [DutyShift(day=each, half=half, post_id=post.id or 0, mediator_id=LAPSED) for each, half in half_days]
        roster = DutyRoster(uid=uid(31), month=day(1), version=1, by_id=1, made_at=NOW, shifts=shifts)
        roster.state = RosterState.PUBLISHED
        records.rosters.add(roster)

    desk.do(add)


# --- absence


def test_absence_is_noted_with_its_reason(desk: Desk) -> None:
    noted = desk.do(note_absence, asked(TODAY, last_half=AM, reason="court", substitute_id=LAPSED))
    assert (noted.leave.kind, noted.leave.span_in_words) == (LeaveKind.ABSENCE, "11月23日上午")
    assert noted.said == ()
    whole = desk.do(note_absence, LeaveAsked(mediator_id=LAPSED, first_day=YESTERDAY, reason="other"))
    assert whole.said == ("没有写明上午或下午的，按全天算。",)


def test_absence_needs_a_reason_and_is_noted_afterwards_only(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.do(note_absence, asked(TODAY, TOMORROW))
    assert [fault.place for fault in refused.value.faults] == ["reason", "last_day"]


def test_who_is_here_or_on_leave_is_not_absent(desk: Desk) -> None:
    desk.do(check_in, APPOINTED)
    with desk.refuses("赵和9:30已签到，没有缺勤", "first_day"):
        desk.do(note_absence, asked(TODAY, reason="sick"))
    leave(desk, TODAY, mediator_id=LAPSED)
    with desk.refuses("钱平11月23日已登记请假，不用再登记", "first_day"):
        desk.do(note_absence, asked(TODAY, reason="sick", mediator_id=LAPSED))


def test_who_came_in_the_afternoon_was_absent_in_the_morning(desk: Desk) -> None:
    desk.now = NOW.replace(hour=14)
    desk.do(check_in, APPOINTED)
    noted = desk.do(note_absence, asked(TODAY, last_half=AM, reason="sick"))
    assert noted.leave.span_in_words == "11月23日上午"


# --- withdrawing


def test_withdrawn_leave_stays_to_be_read_and_is_withdrawn_once(desk: Desk) -> None:
    taken = leave(desk, day(3))
    assert taken.leave.id is not None
    desk.now += timedelta(hours=1)
    held: Leave = desk.do(withdraw_leave, taken.leave.id)
    assert held.withdrawn_at == NOW + timedelta(hours=1)
    assert (kept(desk), kept(desk, withdrawn=True)) == ([], ["12月3日"])
    with desk.refuses("这条记录已经撤回或合并"):
        desk.do(withdraw_leave, taken.leave.id)
    with pytest.raises(NotFound):
        desk.do(withdraw_leave, 99)
