"""Who should be there: by the week, by the roster, in somebody's place; and who can be called."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import product

import pytest

from mediation_desk.domain.duty_roster import DutyShift, Post
from mediation_desk.domain.expected import Expected, OnCall, expected, man_posts, on_call
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import Leave, LeaveKind, OpeningException
from mediation_desk.domain.rules import Holidays

STANDING, ROTATING, ON_CALL = Presence
MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)
MONDAY_AM, MONDAY_PM = HalfDay(MONDAY, Half.AM), HalfDay(MONDAY, Half.PM)
SATURDAY_AM = HalfDay(SATURDAY, Half.AM)
NOVEMBER = date(2026, 11, 1)
NOW = datetime(2026, 11, 23, 9, 30)


def person(number: int, presence: Presence = STANDING, *pattern: str, **facts: object) -> Mediator:
    known: dict[str, object] = {"id": number, "uid": f"m-{number}", "name": f"甲{number}"}
    return Mediator(**known | {"presence": presence, "weekly_pattern": list(pattern)} | facts)  # type: ignore[arg-type]  # any field


def leave(number: int, day: date = MONDAY, **facts: object) -> Leave:
    told: dict[str, object] = {"mediator_id": number, "first_day": day, "last_day": day}
    return Leave(**told | {"by_id": 1, "recorded_at": NOW} | facts)  # type: ignore[arg-type]  # any field


def shift(number: int, post_id: int = 1, half_day: HalfDay = MONDAY_AM) -> DutyShift:
    return DutyShift(day=half_day.day, half=half_day.half, post_id=post_id, mediator_id=number)


def who(
    people: Iterable[Mediator],
    half_day: HalfDay = MONDAY_AM,
    *,
    leaves: Sequence[Leave] = (),
    shifts: Sequence[DutyShift] = (),
    months: Sequence[date] = (),
    exceptions: Sequence[OpeningException] = (),
) -> list[Expected]:
    opening = Opening((), Holidays(years=frozenset({2026})), exceptions)
    return expected(half_day, people, leaves, shifts, months, opening)


def ids(found: Iterable[Expected]) -> list[int]:
    return [each.mediator_id for each in found]


# --- by the week


def test_standing_people_come_whenever_the_centre_is_open_not_simply_on_weekdays() -> None:
    opened, closed = (
        OpeningException(day=each.day, half=each.half, is_open=is_open, by_id=1, recorded_at=NOW)
        for each, is_open in ((SATURDAY_AM, True), (MONDAY_AM, False))
    )
    assert ids(who([person(1)])) == [1]
    assert ids(who([person(1)], SATURDAY_AM)) == []
    assert ids(who([person(1)], SATURDAY_AM, exceptions=[opened])) == [1]
    assert ids(who([person(1)], exceptions=[closed])) == []


def test_a_weekly_pattern_names_the_half_days_somebody_comes() -> None:
    people = [person(1, STANDING, "mon_am"), person(2, ROTATING, "mon_am"), person(3, ROTATING)]
    assert who(people) == [Expected(1, None, STANDING), Expected(2, None, ROTATING)]
    assert who(people, MONDAY_PM) == []


def test_nobody_comes_to_a_closed_centre_whatever_week_and_roster_say() -> None:
    people = [person(1, STANDING, "sat_am"), person(2, ROTATING)]
    assert who(people, SATURDAY_AM, shifts=[shift(2, half_day=SATURDAY_AM)], months=[NOVEMBER]) == []


def test_who_has_left_or_not_yet_joined_is_not_expected() -> None:
    assert who([person(1, left_on=MONDAY), person(2, joined_on=SATURDAY)]) == []


def test_people_on_call_are_not_expected() -> None:
    assert who([person(1, ON_CALL, "mon_am")]) == []


# --- by the roster


def test_rotating_people_come_by_the_roster_once_it_is_published() -> None:
    people = [person(1), person(2, ROTATING, "mon_am"), person(3, ROTATING)]
    found = who(people, shifts=[shift(3, 7), shift(2, 7, MONDAY_PM)], months=[NOVEMBER])
    assert found == [Expected(1, None, STANDING), Expected(3, 7, ROTATING)]


def test_the_roster_of_another_month_does_not_count() -> None:
    assert ids(who([person(2, ROTATING, "mon_am")], months=[date(2026, 12, 1)])) == [2]


# --- who is away, and who stands in


@pytest.mark.parametrize("kind", LeaveKind)
def test_leave_and_absence_take_somebody_away_for_the_half_days_they_cover(kind: LeaveKind) -> None:
    away = leave(1, kind=kind, last_half=Half.AM)
    assert who([person(1)], leaves=[away]) == []
    assert ids(who([person(1)], MONDAY_PM, leaves=[away])) == [1]


def test_withdrawn_leave_takes_nobody_away() -> None:
    assert ids(who([person(1)], leaves=[leave(1, withdrawn_at=NOW)])) == [1]


def test_a_substitute_stands_in_at_the_post_of_who_is_away() -> None:
    people = [person(1, ROTATING), person(2, ON_CALL)]
    found = who(people, leaves=[leave(1, substitute_id=2)], shifts=[shift(1, 7)], months=[NOVEMBER])
    assert found == [Expected(2, 7, ON_CALL, stands_in_for=1)]


def test_nobody_stands_in_for_who_would_not_have_come() -> None:
    assert who([person(1, ROTATING), person(2, ON_CALL)], leaves=[leave(1, substitute_id=2)]) == []


@pytest.mark.parametrize(
    "substitute",
    [person(2), person(2, ON_CALL, left_on=MONDAY), person(9, ON_CALL)],
    ids=["there anyway", "left", "unknown"],
)
def test_a_substitute_who_is_there_anyway_or_gone_makes_nobody_more(substitute: Mediator) -> None:
    people = [person(1), substitute]
    assert all(each.stands_in_for is None for each in who(people, leaves=[leave(1, substitute_id=2)]))


def test_a_substitute_who_is_away_too_stands_in_for_nobody_and_none_stands_in_twice() -> None:
    people = [person(1), person(2, ON_CALL), person(3)]
    both = [leave(1, substitute_id=2), leave(3, substitute_id=2)]
    assert who(people, leaves=both) == [Expected(2, None, ON_CALL, stands_in_for=1)]
    assert who(people, leaves=[*both, leave(2)]) == []


# --- posts


def post(number: int, profession: str = "lawyer", needed: int = 1, **facts: object) -> Post:
    told: dict[str, object] = {"id": number, "uid": f"p-{number}", "name": f"窗口{number}", "profession": profession}
    return Post(**told | {"needed": needed} | facts)  # type: ignore[arg-type]  # any field


def manned(posts: Sequence[Post], people: Sequence[Mediator], there: Sequence[Expected] = ()) -> dict[int, list[int]]:
    coming = there or [Expected(each.id or 0, None, each.presence) for each in people]
    return man_posts(MONDAY_AM, posts, coming, people)


def test_who_is_on_the_roster_stays_at_the_post_of_the_roster() -> None:
    people = [person(1, profession="counsellor"), person(2, profession="lawyer")]
    there = [Expected(1, 5, ROTATING), Expected(2, None, STANDING)]
    assert manned([post(5), post(6)], people, there) == {5: [1], 6: [2]}


def test_standing_people_go_where_their_profession_is_wanted() -> None:
    people = [person(1, profession="lawyer"), person(2, profession="lawyer"), person(3), person(4, profession="lawyer")]
    assert manned([post(5, needed=2), post(6, "counsellor")], people) == {5: [1, 2], 6: []}


def test_somebody_with_two_professions_moves_on_so_that_no_place_stays_empty() -> None:
    people = [person(1, profession="lawyer", other_professions=["counsellor"]), person(2, profession="lawyer")]
    assert manned([post(5), post(6, "counsellor")], people) == {5: [2], 6: [1]}


def test_when_there_are_too_few_the_post_with_the_low_number_is_kept() -> None:
    people = [person(1, profession="lawyer")]
    assert manned([post(5, priority=2), post(6, priority=1)], people) == {5: [], 6: [1]}


def test_posts_that_want_nobody_then_are_left_out_and_so_is_a_shift_at_one_of_them() -> None:
    posts = [post(5, weekly_pattern=["tue_am"]), post(6, until=date(2026, 11, 22)), post(7)]
    people = [person(1, ROTATING, profession="lawyer")]
    assert manned(posts, people, [Expected(1, 5, ROTATING)]) == {7: []}


def test_as_few_places_as_possible_stay_empty() -> None:
    """Against every way to place three people with some of three professions at three posts."""
    kinds = ("a", "b", "c")
    posts = [post(number, kind) for number, kind in enumerate(kinds, start=1)]
    for held in product(("a", "ab", "bc", "abc"), repeat=3):
        people = [person(number, other_professions=list(letters)) for number, letters in enumerate(held, start=1)]
        found = manned(posts, people)
        ways = (
            sum(kinds[place] in letters for place, letters in zip(order, held, strict=True) if place < 3)
            for order in product(range(4), repeat=3)
            if len({place for place in order if place < 3}) == sum(place < 3 for place in order)
        )
        assert sum(map(len, found.values())) == max(ways)


# --- on call


def test_the_call_list_is_in_call_order_with_the_minutes_that_were_agreed() -> None:
    people = [
        person(1, ON_CALL, call_order=2, response_minutes=10, travel_minutes=30),
        person(2, ON_CALL, call_order=1),
        person(3),
        person(4, ON_CALL, left_on=MONDAY),
    ]
    assert on_call(NOW, people, ()) == [OnCall(2, None, None), OnCall(1, 10, 30)]


def test_who_cannot_be_called_comes_last_with_the_reason() -> None:
    people = [
        person(1, ON_CALL, "tue_am"),
        person(2, ON_CALL, call_from=time(13, 0), call_until=time(18, 30)),
        person(3, ON_CALL),
        person(4, ON_CALL, "mon_am", call_order=9),
    ]
    found = on_call(NOW, people, [leave(3, last_day=date(2026, 11, 25))])
    assert [(each.mediator_id, each.why_not) for each in found] == [
        (4, ""),
        (1, "周一上午不在呼叫时间内"),
        (2, "呼叫时间为13:00至18:30"),
        (3, "请假：11月23日–11月25日"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "at", "can_be_called"),
    [
        (time(9), time(17), time(8, 59), False),
        (time(9), time(17), time(9), True),
        (time(9), time(17), time(17), False),
        (time(18), time(6), time(23), True),
        (time(18), time(6), time(5, 59), True),
        (time(18), time(6), time(12), False),
        (time(9), None, time(3), True),
    ],
)
def test_call_hours_may_go_past_midnight(first: time, last: time | None, at: time, can_be_called: bool) -> None:
    people = [person(1, ON_CALL, call_from=first, call_until=last)]
    found = on_call(datetime.combine(MONDAY, at), people, ())
    assert (found[0].why_not == "") is can_be_called
