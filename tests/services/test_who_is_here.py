"""Who is here now, who comes next, who can be called, and where nobody will be."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mediation_desk.domain.duty_roster import DutyRoster, DutyShift, Post, RosterState
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.presence import OpeningException
from mediation_desk.services.attendance import check_in, check_out, take_back_check_in
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.presence import LeaveAsked, note_absence, take_leave
from mediation_desk.services.who_is_here import Presences, Whereabouts, who_is_here
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, TOMORROW, Desk, statements, uid

AM, PM = Half.AM, Half.PM
SATURDAY = datetime(2026, 11, 28, 9)
HERE, DUE, MISSING, LEFT, AWAY = Whereabouts


def look(desk: Desk) -> Presences:
    return desk.look(who_is_here, desk.now)


def where(desk: Desk) -> list[tuple[str, Whereabouts]]:
    return [(each.mediator.name, each.whereabouts) for each in look(desk).people]


def add_post(desk: Desk, number: int = 30, **facts: Any) -> int:
    told: dict[str, Any] = {"uid": uid(number), "name": f"窗口{number}", "profession": "lawyer"}
    post = Post(**told | facts)

    def add(records: Any, _: object) -> int:
        records.rosters.add(post)
        records.flush()
        return int(post.id or 0)

    return desk.do(add)


def publish(desk: Desk, *shifts: tuple[date, Half, int, int]) -> None:
    """Publish a roster of (day, half, post, mediator)."""
    parts = [DutyShift(day=day, half=half, post_id=post, mediator_id=person) for day, half, post, person in shifts]
    roster = DutyRoster(uid=uid(31), month=TODAY.replace(day=1), version=1, by_id=1, made_at=NOW, shifts=parts)
    roster.state = RosterState.PUBLISHED
    desk.do(lambda records, _: records.rosters.add(roster))


# --- now


def test_standing_people_come_before_rotating_ones_and_are_due_until_somebody_checks_in(desk: Desk) -> None:
    desk.do(save_mediator, Mediator(uid=uid(20), name="周安"))
    assert where(desk) == [("赵和", DUE), ("周安", DUE), ("钱平", DUE)]
    desk.do(check_in, APPOINTED)
    assert where(desk) == [("赵和", HERE), ("周安", MISSING), ("钱平", MISSING)]


def test_nobody_is_missing_before_duty_begins(desk: Desk) -> None:
    desk.now = NOW.replace(hour=8, minute=40)
    desk.do(check_in, APPOINTED)
    assert where(desk) == [("赵和", HERE), ("钱平", DUE)]


def test_since_when_and_how_late_is_told(desk: Desk) -> None:
    desk.do(check_in, APPOINTED)
    [person, _] = look(desk).people
    assert (person.since, person.late, person.is_planned) == (NOW, 30, True)
    desk.now = NOW.replace(hour=10)
    desk.do(check_out, APPOINTED)
    [person, _] = look(desk).people
    assert (person.whereabouts, person.since, person.late) == (LEFT, desk.now, 30)
    desk.now = NOW.replace(hour=10, minute=30)
    desk.do(check_in, APPOINTED)
    [person, _] = look(desk).people
    assert (person.whereabouts, person.since, person.late) == (HERE, desk.now, 30)


def test_who_came_in_the_morning_is_not_late_in_the_afternoon_and_who_left_is_due_again(desk: Desk) -> None:
    desk.do(save_mediator, Mediator(uid=uid(20), name="周安"))
    desk.do(check_in, APPOINTED)
    desk.do(check_in, 4)
    desk.now = NOW.replace(hour=12, minute=5)
    desk.do(check_out, 4)
    people = look(desk).people
    assert [(each.whereabouts, each.late) for each in people] == [(HERE, 0), (DUE, 0)]


def test_a_mistaken_check_in_is_not_shown(desk: Desk) -> None:
    desk.do(check_in, APPOINTED)
    desk.do(take_back_check_in, APPOINTED)
    assert where(desk) == [("赵和", DUE), ("钱平", DUE)]


def test_who_came_unplanned_is_here_until_leaving(desk: Desk) -> None:
    desk.do(check_in, ON_CALL)
    person = look(desk).people[-1]
    assert (person.mediator.name, person.whereabouts, person.is_planned) == ("孙律", HERE, False)
    desk.now += timedelta(hours=1)
    desk.do(check_out, ON_CALL)
    assert [name for name, _ in where(desk)] == ["赵和", "钱平"]


def test_who_is_away_comes_last_with_the_leave_and_the_substitute_in_place(desk: Desk) -> None:
    desk.do(take_leave, LeaveAsked(mediator_id=APPOINTED, first_day=TODAY, reason="sick", substitute_id=ON_CALL))
    desk.do(note_absence, LeaveAsked(mediator_id=LAPSED, first_day=TODAY, reason="court"))
    people = look(desk).people
    assert [(each.mediator.name, each.whereabouts, each.stands_in_for) for each in people] == [
        ("孙律", DUE, "赵和"),
        ("赵和", AWAY, ""),
        ("钱平", AWAY, ""),
    ]
    assert [each.leave.reason for each in people if each.leave] == ["sick", "court"]


def test_who_comes_in_spite_of_leave_is_here_once(desk: Desk) -> None:
    desk.do(take_leave, LeaveAsked(mediator_id=APPOINTED, first_day=TODAY))
    desk.do(check_in, APPOINTED)
    assert where(desk) == [("钱平", MISSING), ("赵和", HERE)]


def test_the_post_of_the_roster_is_named(desk: Desk) -> None:
    post = add_post(desk, name="律师窗口")
    publish(desk, (TODAY, AM, post, ON_CALL))
    assert [(each.mediator.name, each.post) for each in look(desk).people] == [("赵和", ""), ("孙律", "律师窗口")]


def test_a_closed_centre_says_why_and_still_shows_who_came(desk: Desk) -> None:
    desk.now = SATURDAY
    seen = look(desk)
    assert (seen.why_closed, seen.people) == ("周六", [])
    desk.do(check_in, APPOINTED)
    assert where(desk) == [("赵和", HERE)]


def test_who_has_left_is_neither_here_nor_called(desk: Desk) -> None:
    with desk.database.writing() as records:
        for mediator in records.mediators.all():
            mediator.left_on = TODAY
    seen = look(desk)
    assert (seen.people, seen.call_list) == ([], [])


# --- next


def test_who_comes_next_passes_over_what_is_closed(desk: Desk) -> None:
    coming = look(desk).coming
    assert coming is not None
    assert (coming.half_day, [each.name for each in coming.people]) == (HalfDay(TODAY, PM), ["赵和"])
    desk.now = datetime(2026, 11, 27, 15)
    coming = look(desk).coming
    assert coming is not None
    assert (coming.half_day.day, [each.name for each in coming.people]) == (date(2026, 11, 30), ["赵和", "钱平"])


def test_a_centre_that_never_opens_has_nobody_coming(desk: Desk) -> None:
    def close(records: Any, act: Any) -> None:
        records.centre.get().opening_pattern = ["none"]

    desk.do(close)
    assert look(desk).coming is None


# --- empty posts


def test_posts_that_lack_people_are_named_for_the_rest_of_today_and_five_opening_days(desk: Desk) -> None:
    post = add_post(desk, weekly_pattern=["mon_am", "mon_pm"])
    late = add_post(desk, 32, priority=0, needed=2, weekly_pattern=["mon_pm"])
    seen = look(desk)
    monday = date(2026, 11, 30)
    assert [(each.half_day, each.post_id, each.missing) for each in seen.empty] == [
        (HalfDay(TODAY, AM), post, 1),
        (HalfDay(TODAY, PM), late, 2),
        (HalfDay(TODAY, PM), post, 1),
        (HalfDay(monday, AM), post, 1),
        (HalfDay(monday, PM), late, 2),
        (HalfDay(monday, PM), post, 1),
    ]
    assert (seen.empty[0].name, seen.has_posts) == ("窗口30", True)


def test_what_is_over_or_manned_or_closed_is_not_empty(desk: Desk) -> None:
    post = add_post(desk, weekly_pattern=["mon_am", "mon_pm", "tue_am", "tue_pm"])
    publish(desk, (TOMORROW, AM, post, ON_CALL))

    def close(records: Any, _: object) -> None:
        told: dict[str, Any] = {"is_open": False, "by_id": 1, "recorded_at": NOW}
        records.presence.add(OpeningException(day=TOMORROW, half=PM, **told))

    desk.do(close)
    desk.now = NOW.replace(hour=14)
    days = [each.half_day for each in look(desk).empty]
    assert days == [HalfDay(TODAY, PM), HalfDay(date(2026, 11, 30), AM), HalfDay(date(2026, 11, 30), PM)]


def test_a_standing_person_of_the_profession_fills_a_post_until_on_leave(desk: Desk) -> None:
    add_post(desk, weekly_pattern=["mon_am"])
    desk.do(save_mediator, Mediator(uid=uid(20), name="周安", other_professions=["lawyer"]))
    assert look(desk).empty == []
    desk.do(take_leave, LeaveAsked(mediator_id=4, first_day=TODAY))
    assert [each.half_day for each in look(desk).empty] == [HalfDay(TODAY, AM)]


def test_without_any_post_nothing_is_empty_and_that_can_be_told_apart(desk: Desk) -> None:
    seen = look(desk)
    assert (seen.empty, seen.has_posts) == ([], False)


# --- call list


def test_who_is_here_already_is_not_called(desk: Desk) -> None:
    desk.do(
        save_mediator, Mediator(uid=uid(20), name="周安", presence=Presence.ON_CALL, call_order=5, travel_minutes=20)
    )
    assert [(each.mediator.name, each.travel_minutes) for each in look(desk).call_list] == [
        ("孙律", None),
        ("周安", 20),
    ]
    desk.do(check_in, ON_CALL)
    assert [(each.mediator.name, each.why_not) for each in look(desk).call_list] == [("周安", ""), ("孙律", "已在中心")]


# --- statements


@pytest.mark.parametrize("people", [0, 20])
def test_it_takes_as_many_statements_however_many_people(desk: Desk, people: int) -> None:
    for number in range(people):
        added = desk.do(save_mediator, Mediator(uid=uid(50 + number), name=f"周{number}"))
        desk.do(check_in, added.id or 0)
    add_post(desk)
    look(desk)
    with statements(desk.database) as sent:
        look(desk)
    assert len([each for each in sent if each.startswith("SELECT")]) <= 13
