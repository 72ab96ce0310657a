"""Counting a period with stops and extensions, and telling how it was counted."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from mediation_desk.domain.day_count import Count, CountedDay, DayKind, Stop, count, days_of
from mediation_desk.domain.rules import Certainty, Holidays, Period, Unit
from mediation_desk.domain.working_days import period_end
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from tests.domain import wall_calendar

APPRAISAL = "委托鉴定"


@pytest.fixture(scope="module")
def holidays() -> Holidays:
    return load_rules(resource("rules")).holidays


def period(length: int, unit: Unit = Unit.CALENDAR_DAY, *, rollover: bool = False) -> Period:
    return Period("T", "期限", length, unit, rollover, "", Certainty.UNSURE)


def stop(since: date, until: date | None) -> Stop:
    return Stop(since=since, until=until, reason=APPRAISAL)


def last_day(counted: Count) -> date:
    assert counted.end is not None
    return counted.end.effective


def naive_end(start: date, limit: Period, holidays: Holidays, stops: Sequence[Stop], further: int) -> date | None:
    def is_stopped(day: date) -> bool | None:
        held = [each for each in stops if each.since <= day and (each.until is None or each.until >= day)]
        return None if any(each.until is None for each in held) else bool(held)

    return wall_calendar.last_day(start, limit, holidays, is_stopped, further)


def a_case(draw: Random) -> tuple[date, Period, list[Stop], int]:
    start = date(2024, 1, 1) + timedelta(days=draw.randrange(1300))
    unit = draw.choice(list(Unit))
    most = 14 if unit is Unit.MONTH else 90
    stops = []
    for _ in range(draw.choice((0, 0, 1, 1, 2, 4))):
        since = start + timedelta(days=draw.randrange(-5, 100))
        goes_on = draw.random() < 0.05
        stops.append(stop(since, None if goes_on else since + timedelta(days=draw.randrange(30))))
    return (
        start,
        period(draw.randrange(1, most), unit, rollover=draw.random() < 0.5),
        stops,
        draw.choice((0, 0, 15, 30)),
    )


def test_ten_thousand_periods_end_where_a_count_on_the_wall_calendar_ends(holidays: Holidays) -> None:
    draw = Random(20261123)
    for _ in range(10_000):
        start, limit, stops, further = a_case(draw)
        counted = count(start, limit, holidays, stops=stops, further=further)
        expected = naive_end(start, limit, holidays, stops, further)
        assert (counted.end.effective if counted.end else None) == expected, (start, limit, stops, further)


def test_the_days_that_are_told_end_on_the_last_day_and_number_every_day_that_counts(holidays: Holidays) -> None:
    draw = Random(7)
    for _ in range(500):
        start, limit, stops, further = a_case(draw)
        counted = count(start, limit, holidays, stops=stops, further=further)
        days = list(days_of(start, limit, holidays, stops=stops, further=further, today=start + timedelta(days=400)))
        assert [each.day for each in days] == [start + timedelta(days=place) for place in range(len(days))]
        assert [each.number for each in days if each.kind is DayKind.COUNTED] == list(range(1, counted.counted + 1))
        if counted.end:
            assert days[-1].day == counted.end.effective


def test_without_stops_it_is_the_plain_period(holidays: Holidays) -> None:
    start, limit = date(2025, 9, 8), period(30, rollover=True)
    assert count(start, limit, holidays) == Count(period_end(start, limit, holidays), 30, 30)


def test_an_appraisal_moves_the_end_by_as_many_days_as_it_took(holidays: Holidays) -> None:
    counted = count(date(2026, 3, 2), period(30), holidays, stops=[stop(date(2026, 3, 10), date(2026, 3, 19))])
    assert last_day(counted) == date(2026, 4, 11)


def test_days_that_were_stopped_twice_are_left_out_once(holidays: Holidays) -> None:
    stops = [stop(date(2026, 3, 10), date(2026, 3, 19)), stop(date(2026, 3, 15), date(2026, 3, 20))]
    assert last_day(count(date(2026, 3, 2), period(30), holidays, stops=stops)) == date(2026, 4, 12)


def test_a_stop_after_the_last_day_moves_nothing(holidays: Holidays) -> None:
    counted = count(date(2026, 3, 2), period(5), holidays, stops=[stop(date(2026, 3, 8), None)])
    assert last_day(counted) == date(2026, 3, 7)


def test_a_clock_that_stands_still_has_no_end_yet_but_knows_how_far_it_came(holidays: Holidays) -> None:
    stops = [stop(date(2026, 3, 10), None)]
    assert count(date(2026, 3, 2), period(30), holidays, stops=stops) == Count(None, 7, 30)
    days = list(days_of(date(2026, 3, 2), period(30), holidays, stops=stops, today=date(2026, 3, 12)))
    assert days[-1] == CountedDay(date(2026, 3, 12), DayKind.STOPPED, 0, APPRAISAL)


def test_an_extension_is_counted_on_from_the_day_the_period_would_have_ended(holidays: Holidays) -> None:
    """信访工作条例 art. 34: 60 days, and 30 more."""
    assert last_day(count(date(2025, 12, 17), period(60), holidays, further=30)) == date(2026, 3, 17)


def test_every_day_says_why_it_does_not_count(holidays: Holidays) -> None:
    days = list(days_of(date(2026, 2, 12), period(5, Unit.WORKING_DAY), holidays))
    told = {each.day.isoformat(): (each.kind, each.why) for each in days}
    assert told["2026-02-12"] == (DayKind.FIRST, "")
    assert told["2026-02-14"] == (DayKind.COUNTED, holidays.make_up_days[date(2026, 2, 14)])
    assert told["2026-02-16"] == (DayKind.REST, holidays.days_off[date(2026, 2, 16)])
    assert days[-1] == CountedDay(date(2026, 2, 26), DayKind.COUNTED, 5)


def test_a_last_day_that_moved_says_so(holidays: Holidays) -> None:
    days = list(days_of(date(2025, 9, 8), period(30, rollover=True), holidays))
    assert days[-2:] == [
        CountedDay(date(2025, 10, 8), DayKind.COUNTED, 30),
        CountedDay(date(2025, 10, 9), DayKind.MOVED, 0),
    ]
