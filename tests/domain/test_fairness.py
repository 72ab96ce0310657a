"""Fair parts, what is carried over, and the table for staff."""

from collections.abc import Iterable
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.fairness import (
    Carried,
    FairLine,
    Member,
    MonthServed,
    carry_over,
    fair_parts,
    fairness_in_words,
    fairness_table,
    in_shifts,
    served,
)
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.roster_problem import Placing

LAWYERS, COUNSELLORS = 1, 2
DAYS = tuple(HalfDay(date(2026, 9, day), half) for day in range(1, 29) for half in Half)
WORKDAYS = tuple(each for each in DAYS if each.day.weekday() < 5)


def lawyer(number: int, share: int = 100, posts: Iterable[int] = (LAWYERS,), **facts: date) -> Member:
    return Member(number, f"M{number}", share, frozenset(posts), **facts)


def shifts(counts: dict[int, int], post_id: int = LAWYERS, days: tuple[HalfDay, ...] = WORKDAYS) -> tuple[Placing, ...]:
    """So many shifts for each person, on the first half-days there are."""
    return tuple(
        Placing(days[number], post_id, person_id) for person_id, count in counts.items() for number in range(count)
    )


def month(*placings: Placing, unpopular: Iterable[HalfDay] = ()) -> MonthServed:
    return MonthServed(WORKDAYS, frozenset(unpopular), placings)


def leave(mediator_id: int, first: HalfDay, last: HalfDay, substitute_id: int | None = None) -> Leave:
    return Leave(
        mediator_id=mediator_id,
        first_day=first.day,
        first_half=first.half,
        last_day=last.day,
        last_half=last.half,
        substitute_id=substitute_id,
        by_id=1,
        recorded_at=datetime(2026, 9, 1),
    )


def test_the_fair_part_goes_by_share() -> None:
    parts = fair_parts(shifts({1: 10, 2: 5}), [lawyer(1), lawyer(2, share=50)], WORKDAYS)
    assert parts == {1: 100, 2: 50}


def test_tenths_are_rounded_so_that_the_whole_stays_the_whole() -> None:
    parts = fair_parts(shifts({1: 10}), [lawyer(1), lawyer(2), lawyer(3)], WORKDAYS)
    assert parts == {1: 34, 2: 33, 3: 33}


def test_who_was_there_half_the_time_has_half_the_part_and_who_was_not_there_none() -> None:
    half = lawyer(2, joined_on=date(2026, 9, 15))
    gone = lawyer(3, left_on=date(2026, 9, 1))
    assert fair_parts(shifts({1: 9}), [lawyer(1), half, gone], WORKDAYS) == {1: 60, 2: 30}


def test_duties_are_shared_among_those_who_hold_the_post() -> None:
    members = [lawyer(1), lawyer(2), lawyer(3, posts=[COUNSELLORS])]
    placings = shifts({1: 12}) + shifts({3: 3}, COUNSELLORS)
    assert fair_parts(placings, members, WORKDAYS) == {1: 60, 2: 60, 3: 30}


def test_who_holds_two_posts_does_not_carry_twice_as_much() -> None:
    members = [lawyer(1), lawyer(2, posts=[LAWYERS, COUNSELLORS]), lawyer(3, posts=[COUNSELLORS])]
    even = shifts({1: 9}) + shifts({3: 9}, COUNSELLORS)
    assert fair_parts(even, members, WORKDAYS) == {1: 60, 2: 60, 3: 60}
    uneven = shifts({1: 2}) + shifts({3: 12}, COUNSELLORS)
    assert fair_parts(uneven, members, WORKDAYS) == {1: 20, 2: 60, 3: 60}


def test_a_part_is_owed_by_who_served_even_if_no_longer_qualified_but_not_by_outsiders() -> None:
    former = lawyer(2, posts=[])
    placings = shifts({1: 4, 2: 2, 99: 3})
    assert fair_parts(placings, [lawyer(1), former], WORKDAYS) == {1: 30, 2: 30}


@given(
    st.lists(st.tuples(st.sampled_from([50, 80, 100]), st.sets(st.integers(1, 4), min_size=1)), min_size=1, max_size=8),
    st.lists(st.integers(0, 40), min_size=4, max_size=4),
)
def test_fair_parts_are_what_was_served_and_nobody_could_relieve_another(
    people: list[tuple[int, set[int]]], served_at: list[int]
) -> None:
    members = [lawyer(number, share, posts) for number, (share, posts) in enumerate(people, 1)]
    placings: tuple[Placing, ...] = ()
    for post_id, count in enumerate(served_at, 1):
        holder = next((each.id for each in members if post_id in each.posts), None)
        if holder:
            placings += tuple(Placing(WORKDAYS[0], post_id, holder) for _ in range(count))
    parts = fair_parts(placings, members, WORKDAYS)
    assert sum(parts.values()) == 10 * len(placings)
    pool = [each for each in members if each.posts == members[0].posts]
    levels = [round(10 * parts.get(each.id, 0) / each.share) for each in pool]
    assert max(levels) - min(levels) <= 1  # alike in posts: alike in part, but for rounding


def test_who_was_away_did_not_serve_and_who_stood_in_did() -> None:
    planned = shifts({1: 3, 2: 1})
    away = [leave(1, WORKDAYS[1], WORKDAYS[1]), leave(1, WORKDAYS[2], WORKDAYS[2], substitute_id=3)]
    assert served(planned, away) == (
        Placing(WORKDAYS[0], LAWYERS, 1),
        Placing(WORKDAYS[0], LAWYERS, 2),
        Placing(WORKDAYS[2], LAWYERS, 3),
    )


def test_what_is_carried_over_is_cut_and_adds_up_over_months() -> None:
    members = [lawyer(1), lawyer(2), lawyer(3)]
    months = [month(*shifts({1: 4, 2: 2, 3: 3})), month(*shifts({1: 9, 2: 1, 3: 5}))]
    assert carry_over(months, members, most=3) == {1: Carried(30), 2: Carried(-30), 3: Carried(0)}
    assert carry_over(months[:1], members, most=3) == {1: Carried(10), 2: Carried(-10), 3: Carried(0)}
    assert carry_over([], members, most=3) == {1: Carried(), 2: Carried(), 3: Carried()}


def test_unpopular_half_days_are_carried_over_on_their_own() -> None:
    friday = HalfDay(date(2026, 9, 4), Half.PM)
    duties = (Placing(friday, LAWYERS, 1), Placing(WORKDAYS[0], LAWYERS, 2))
    carried = carry_over([month(*duties, unpopular=[friday])], [lawyer(1), lawyer(2)], most=3)
    assert carried == {1: Carried(0, 5), 2: Carried(0, -5)}


def test_the_table_adds_up_months_and_shows_only_who_had_a_part() -> None:
    saturday = HalfDay(date(2026, 9, 5), Half.AM)
    first = month(Placing(saturday, LAWYERS, 1), *shifts({1: 2, 2: 3}), unpopular=[saturday])
    members = [lawyer(2), lawyer(1), lawyer(3, left_on=date(2026, 1, 1))]
    lines = fairness_table([first, month(*shifts({2: 2}))], members, {1: Carried(5, -5)})
    assert lines == [
        FairLine(2, "M2", 100, 5, 0, 0, 40, 5),
        FairLine(1, "M1", 100, 3, 1, 1, 40, 5, Carried(5, -5)),
    ]
    assert [line.difference for line in lines] == [10, -5]
    assert [line.unpopular_difference for line in lines] == [-5, 0]


def test_staff_are_told_how_far_apart_they_are_and_who_had_most_weekends() -> None:
    lines = [FairLine(1, "甲", 100, 5, weekend=2, fair=42), FairLine(2, "乙", 100, 4, fair=44)]
    assert fairness_in_words(lines) == [
        "按应担班次折算，最多与最少差1.2次（甲、乙）。",
        "周末值班最多：甲，2个半天。",
    ]
    even = [FairLine(1, "甲", 100, 4, fair=40), FairLine(2, "乙", 100, 4, fair=40)]
    assert fairness_in_words(even) == ["按应担班次折算，最多与最少差0次。", "没有周末值班。"]
    assert fairness_in_words([]) == ["这段时间没有已发布的排班。"]


def test_tenths_read_as_shifts() -> None:
    assert [in_shifts(tenths) for tenths in (0, 5, 10, -12)] == ["0", "0.5", "1", "-1.2"]
