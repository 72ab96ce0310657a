"""People check in and out, what they forgot is told, and K18 counts the shifts they came to."""

from datetime import date, datetime, time, timedelta

import pytest

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut
from mediation_desk.domain.half_day import Half
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.office_hours import office_hours
from mediation_desk.domain.presence import Attendance, OwnSetting
from mediation_desk.domain.rules import Rules
from mediation_desk.services.attendance import (
    RATE_IN_WORDS,
    Rate,
    attendance_rate,
    check_in,
    check_out,
    late_minutes,
    take_back_check_in,
)
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.own_rules import rules_here
from mediation_desk.services.presence import LeaveAsked, note_absence, take_leave
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, YESTERDAY, Desk, uid

FRIDAY = date(2026, 11, 20)
MORNING, EVENING = NOW.replace(hour=8, minute=50), NOW.replace(hour=17, minute=5)


def attendances(desk: Desk) -> list[Attendance]:
    return desk.look(lambda records, _: records.presence.attendances(date.min, date.max))


def on_friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute)


# --- coming and leaving


def test_somebody_comes_and_leaves(desk: Desk) -> None:
    desk.now = MORNING
    assert desk.do(check_in, APPOINTED, note=" 带材料 ").said == ()
    desk.now = EVENING
    desk.do(check_out, APPOINTED)
    [held] = attendances(desk)
    assert (held.mediator_id, held.day, held.came_at, held.left_at) == (APPOINTED, TODAY, MORNING, EVENING)
    assert (held.note, held.by_id) == ("带材料", 1)


def test_twice_is_refused_and_coming_back_is_not(desk: Desk) -> None:
    with desk.refuses("赵和今天没有签到，或者已经签退", "mediator"):
        desk.do(check_out, APPOINTED)
    desk.do(check_in, APPOINTED)
    desk.now += timedelta(hours=1)
    with desk.refuses("赵和今天9:30已经签到，还没有签退", "mediator"):
        desk.do(check_in, APPOINTED)
    desk.do(check_out, APPOINTED)
    with desk.refuses("赵和今天没有签到，或者已经签退", "mediator"):
        desk.do(check_out, APPOINTED)
    desk.now += timedelta(hours=1)
    assert desk.do(check_in, APPOINTED).said == ()  # back, not late
    assert len(attendances(desk)) == 2


def test_nobody_comes_or_leaves_in_the_future_or_leaves_before_coming(desk: Desk) -> None:
    with desk.refuses("签到时间不能晚于现在", "at"):
        desk.do(check_in, APPOINTED, at=EVENING)
    desk.do(check_in, APPOINTED)
    with desk.refuses("签退时间不能晚于现在", "at"):
        desk.do(check_out, APPOINTED, at=EVENING)
    with desk.refuses("签退应晚于签到（9:30）", "at"):
        desk.do(check_out, APPOINTED, at=MORNING)


def test_who_has_left_the_directory_does_not_check_in(desk: Desk) -> None:
    added = desk.do(save_mediator, Mediator(uid=uid(20), name="周安", left_on=TODAY))
    assert added.id is not None
    with desk.refuses("周安那天不在册", "mediator"):
        desk.do(check_in, added.id)


def test_a_mistaken_check_in_is_taken_back_and_counts_for_nothing(desk: Desk) -> None:
    desk.do(check_in, APPOINTED)
    taken_back = desk.do(take_back_check_in, APPOINTED)
    assert taken_back.is_mistaken
    assert attendances(desk)[0].note == "误签，已撤销"
    desk.now += timedelta(minutes=30)
    desk.do(check_in, APPOINTED)
    with desk.refuses("赵和2026年11月20日没有签到", "mediator"):
        desk.do(take_back_check_in, APPOINTED, day=FRIDAY)


# --- what is said at the door


def test_who_was_not_expected_may_come_all_the_same(desk: Desk) -> None:
    assert desk.do(check_in, ON_CALL).said == ("孙律上午未排班，按临时到岗签到。",)
    desk.do(take_leave, LeaveAsked(mediator_id=LAPSED, first_day=TODAY))
    assert desk.do(check_in, LAPSED).said == ("钱平上午已登记请假，按临时到岗签到。",)


def test_who_comes_late_is_told_how_late(desk: Desk) -> None:
    assert desk.do(check_in, APPOINTED).said == ("赵和迟到30分钟。",)
    desk.now = NOW.replace(hour=13, minute=40)
    desk.do(check_out, APPOINTED)
    assert desk.do(check_in, LAPSED).said == ("钱平下午未排班，按临时到岗签到。",)


@pytest.mark.parametrize(
    ("came_at", "minutes"),
    [((8, 0), 0), ((9, 10), 0), ((9, 11), 11), ((13, 40), 0), ((13, 45), 15)],
)
def test_some_minutes_are_let_pass(rules: Rules, came_at: tuple[int, int], minutes: int) -> None:
    assert late_minutes(datetime(2026, 11, 23, *came_at), rules) == minutes


@pytest.mark.parametrize(("value", "begins"), [(830, time(8, 30)), (860, time(9, 0))])
def test_the_centre_sets_when_its_duty_begins(desk: Desk, value: int, begins: time) -> None:
    own = OwnSetting(name="office_am_begin", value=value, effective_from=TODAY, by_id=1, recorded_at=NOW)
    desk.do(lambda records, _: records.own.add(own))
    rules = desk.look(lambda records, act: rules_here(records, act.rules))
    assert office_hours(rules, Half.AM, TODAY).begin == begins
    assert office_hours(rules, Half.AM, YESTERDAY).begin == time(9, 0)


def test_a_forgotten_check_out_is_told_next_time_and_made_good(desk: Desk) -> None:
    desk.now = on_friday(8, 55)
    desk.do(check_in, APPOINTED)
    desk.now = MORNING
    assert desk.do(check_in, APPOINTED).said == ("赵和2026年11月20日忘了签退，请补登。",)
    desk.do(check_out, APPOINTED, at=on_friday(17))
    assert [each.left_at for each in attendances(desk)] == [on_friday(17), None]


# --- K18


def rates(desk: Desk, first: date = FRIDAY, last: date = TODAY) -> dict[Presence, Rate]:
    return {each.presence: each for each in desk.look(attendance_rate, first, last)}


def test_shifts_with_check_in_are_counted_of_those_planned_by_form_of_presence(desk: Desk) -> None:
    desk.do(check_in, APPOINTED, at=on_friday(8, 55))
    desk.do(check_out, APPOINTED, at=on_friday(12, 5))
    desk.do(check_in, LAPSED)
    found = rates(desk)
    assert found[Presence.STANDING] == Rate(Presence.STANDING, 1, 3)  # Friday, and this morning so far
    assert found[Presence.ROTATING] == Rate(Presence.ROTATING, 1, 1)
    assert found[Presence.STANDING].in_words == "33.3%"


def test_where_nothing_was_planned_there_is_no_rate(desk: Desk) -> None:
    saturday = date(2026, 11, 21)
    assert [each.in_words for each in rates(desk, saturday, saturday).values()] == ["—", "—", "—"]
    assert all(form in RATE_IN_WORDS for form in ("常驻", "轮驻", "随驻", "“—”"))


def test_leave_is_not_planned_and_absence_is(desk: Desk) -> None:
    desk.do(take_leave, LeaveAsked(mediator_id=APPOINTED, first_day=FRIDAY))
    assert rates(desk, FRIDAY, FRIDAY)[Presence.STANDING].planned == 0
    desk.do(note_absence, LeaveAsked(mediator_id=APPOINTED, first_day=TODAY, reason="sick"))
    assert rates(desk, TODAY)[Presence.STANDING] == Rate(Presence.STANDING, 0, 1)


def test_a_substitute_counts_for_the_form_of_presence_of_who_is_away(desk: Desk) -> None:
    desk.do(take_leave, LeaveAsked(mediator_id=LAPSED, first_day=TODAY, substitute_id=ON_CALL))
    desk.do(check_in, ON_CALL)
    found = rates(desk, TODAY)
    assert found[Presence.ROTATING] == Rate(Presence.ROTATING, 1, 1)
    assert found[Presence.ON_CALL].planned == 0


def test_a_mistaken_check_in_is_no_shift(desk: Desk) -> None:
    desk.do(check_in, APPOINTED)
    desk.do(take_back_check_in, APPOINTED)
    assert rates(desk, TODAY)[Presence.STANDING].done == 0


def called(answer: CallAnswer, minutes: int | None = None, *, late: bool = False, mediator_id: int = ON_CALL) -> Call:
    return Call(
        mediator_id=mediator_id,
        place=1,
        called_at=NOW,
        answer_by=NOW + timedelta(minutes=15),
        answer=answer,
        answered_at=None if minutes is None else NOW + timedelta(minutes=minutes),
        late=late,
        by_id=1,
    )


def test_on_call_counts_calls_answered_within_the_time_agreed(desk: Desk) -> None:
    agreed = desk.do(save_mediator, Mediator(uid=uid(20), name="周安", presence=Presence.ON_CALL, response_minutes=5))
    assert agreed.id is not None
    calls = [
        called(CallAnswer.ACCEPTED, 4),
        called(CallAnswer.DECLINED, 14),
        called(CallAnswer.ACCEPTED, 20, late=True),
        called(CallAnswer.NO_ANSWER, 15),
        called(CallAnswer.WITHDRAWN, 3),
        called(CallAnswer.WAITING),
        called(CallAnswer.ACCEPTED, 5, mediator_id=agreed.id),
        called(CallAnswer.ACCEPTED, 6, mediator_id=agreed.id),
    ]
    desk.do(lambda records, _: records.call_outs.add(CallOut(uid=uid(40), began_at=NOW, by_id=1, calls=calls)))
    assert rates(desk, TODAY)[Presence.ON_CALL] == Rate(Presence.ON_CALL, 3, 6)
