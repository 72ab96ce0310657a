"""Leave and attendance: which half-days they cover, and how they are said."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.presence import Attendance, Leave, span_in_words

AM, PM = Half.AM, Half.PM
THIRD, EIGHTH = date(2026, 9, 3), date(2026, 9, 8)
NOW = datetime(2026, 9, 1, 9, 0)


def leave(first: HalfDay, last: HalfDay) -> Leave:
    return Leave(
        mediator_id=1,
        first_day=first.day,
        first_half=first.half,
        last_day=last.day,
        last_half=last.half,
        by_id=1,
        recorded_at=NOW,
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (HalfDay(THIRD, AM), HalfDay(EIGHTH, PM), "9月3日–9月8日"),
        (HalfDay(THIRD, PM), HalfDay(EIGHTH, AM), "9月3日下午–9月8日上午"),
        (HalfDay(THIRD, AM), HalfDay(EIGHTH, AM), "9月3日上午–9月8日上午"),
        (HalfDay(THIRD, AM), HalfDay(THIRD, PM), "9月3日"),
        (HalfDay(THIRD, PM), HalfDay(THIRD, PM), "9月3日下午"),
        (HalfDay(THIRD, AM), HalfDay(date(2027, 1, 4), PM), "2026年9月3日–2027年1月4日"),
    ],
)
def test_a_span_is_said_as_people_say_it(first: HalfDay, last: HalfDay, words: str) -> None:
    assert span_in_words(first, last) == words
    assert leave(first, last).span_in_words == words


def test_leave_covers_both_its_ends_until_it_is_withdrawn() -> None:
    taken = leave(HalfDay(THIRD, PM), HalfDay(EIGHTH, AM))
    covered = [each for day in (THIRD, EIGHTH) for half in Half if taken.covers(each := HalfDay(day, half))]
    assert covered == [HalfDay(THIRD, PM), HalfDay(EIGHTH, AM)]
    taken.withdrawn_at = NOW
    assert not taken.covers(HalfDay(THIRD, PM))


def test_leave_touches_what_shares_a_half_day_with_it() -> None:
    taken = leave(HalfDay(THIRD, PM), HalfDay(EIGHTH, AM))
    assert taken.touches(HalfDay(EIGHTH, AM), HalfDay(EIGHTH, PM))
    assert not taken.touches(HalfDay(EIGHTH, PM), HalfDay(EIGHTH, PM))
    assert not taken.touches(HalfDay(THIRD, AM), HalfDay(THIRD, AM))


@pytest.mark.parametrize(
    ("came", "left", "halves"),
    [
        ((8, 50), (11, 30), [AM]),
        ((8, 50), (12, 59), [AM]),
        ((8, 50), (13, 0), [AM, PM]),
        ((8, 50), None, [AM, PM]),
        ((13, 0), (17, 0), [PM]),
        ((8, 50), (8, 50), []),
    ],
    ids=["morning", "until after lunch", "past lunch", "never checked out", "afternoon", "by mistake"],
)
def test_somebody_was_there_in_every_half_day_between_coming_and_leaving(
    came: tuple[int, int], left: tuple[int, int] | None, halves: list[Half]
) -> None:
    left_at = datetime(2026, 9, 3, *left) if left else None
    attendance = Attendance(mediator_id=1, day=THIRD, came_at=datetime(2026, 9, 3, *came), left_at=left_at, by_id=1)
    assert [half for half in Half if attendance.covers(HalfDay(THIRD, half))] == halves
    assert not attendance.covers(HalfDay(EIGHTH, AM))
