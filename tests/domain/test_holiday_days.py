"""What notices say of single days, one laid over the other."""

from datetime import date, datetime

from mediation_desk.domain.holiday_days import YEARLY, DayKind, DaySaid, said_of, with_days, with_notices
from mediation_desk.domain.presence import HolidayNotice
from mediation_desk.domain.rules import Holidays

OFF, WORK, PLAIN = DayKind.OFF, DayKind.WORK, DayKind.PLAIN
FIRST, SECOND = date(2027, 1, 1), date(2027, 1, 2)
SUNDAY = date(2027, 1, 3)
KNOWN = Holidays({FIRST: "元旦", SECOND: "元旦"}, {SUNDAY: "元旦"}, frozenset({2026}))


def notice(issued_on: date, **days: list[str]) -> HolidayNotice:
    said = {day[1:].replace("_", "-"): word for day, word in days.items()}
    at = datetime(2026, 11, 23, 9, 30)
    return HolidayNotice(year=2027, issued_on=issued_on, text="", days=said, by_id=1, recorded_at=at)


def test_a_day_is_told_as_it_is_in_force() -> None:
    assert said_of(FIRST, KNOWN) == (OFF, "元旦")
    assert said_of(SUNDAY, KNOWN) == (WORK, "元旦")
    assert said_of(date(2027, 1, 4), KNOWN) == (PLAIN, "")


def test_a_later_word_replaces_the_earlier_one_of_any_kind() -> None:
    days = {FIRST: DaySaid(WORK, "元旦"), SECOND: DaySaid(PLAIN, "元旦"), SUNDAY: DaySaid(OFF, "元旦")}
    now = with_days(KNOWN, 2027, days)
    assert (now.days_off, now.make_up_days) == ({SUNDAY: "元旦"}, {FIRST: "元旦"})


def test_a_year_is_known_when_every_holiday_is_arranged() -> None:
    days = {date(2027, month, 1): DaySaid(OFF, name) for month, name in enumerate(YEARLY, 1)}
    assert with_days(KNOWN, 2027, days).years == {2026, 2027}
    days.pop(date(2027, 6, 1))
    assert with_days(KNOWN, 2027, days).years == {2026}
    days[date(2027, 7, 1)] = DaySaid(OFF, "国庆节、中秋节")
    assert with_days(KNOWN, 2027, days).years == {2026, 2027}


def test_of_several_notices_the_one_given_last_counts() -> None:
    first = notice(date(2026, 11, 20), _2027_01_04=["off", "元旦"], _2027_01_05=["off", "元旦"])
    second = notice(date(2026, 12, 20), _2027_01_04=["plain", "元旦"])
    now = with_notices(Holidays(), [first, second])
    assert now == Holidays({date(2027, 1, 5): "元旦"}, {}, frozenset())
