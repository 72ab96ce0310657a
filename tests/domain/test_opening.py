"""When the centre is open, and why: its own word before the holidays, the holidays before its week."""

from datetime import date, datetime, timedelta

import pytest
from chinese_calendar import is_workday

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import OpeningException
from mediation_desk.domain.rules import Holidays, Rules

AM, PM = Half.AM, Half.PM
NATIONAL_DAY = date(2026, 10, 1)
MAKE_UP_SUNDAY = date(2026, 9, 20)
MAKE_UP_SATURDAY = date(2026, 10, 10)
MORNINGS = ["mon_am", "tue_am", "wed_am", "thu_am", "fri_am", "sat_am"]


def said(day: date, half: Half, *, is_open: bool, reason: str = "") -> OpeningException:
    at = datetime(2026, 9, 1, 9, 0)
    return OpeningException(day=day, half=half, is_open=is_open, reason=reason, by_id=1, recorded_at=at)


@pytest.fixture
def usual(rules: Rules) -> Opening:
    return Opening((), rules.holidays, ())


@pytest.fixture
def mornings(rules: Rules) -> Opening:
    return Opening(MORNINGS, rules.holidays, ())


@pytest.mark.parametrize("year", range(2007, 2027))
def test_without_a_week_of_its_own_a_centre_is_open_on_working_days(usual: Opening, year: int) -> None:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = [first + timedelta(days=number) for number in range((after - first).days)]
    assert [day for day in days if len(usual.of_day(day)) != 2 * is_workday(day)] == []


def test_a_week_of_its_own_opens_only_what_it_lists(mornings: Opening) -> None:
    monday, saturday = date(2026, 11, 23), date(2026, 11, 28)
    assert mornings.of_day(monday) == ((monday, AM),)
    assert mornings.of_day(saturday) == ((saturday, AM),)
    assert mornings.of_day(date(2026, 11, 29)) == ()


def test_a_holiday_closes_what_the_week_lists(mornings: Opening) -> None:
    assert mornings.of_day(NATIONAL_DAY) == ()
    assert mornings.of_day(date(2026, 10, 3)) == ()  # a Saturday


def test_a_weekend_that_is_worked_is_open_all_day(usual: Opening, mornings: Opening) -> None:
    for opening in (usual, mornings):
        assert [half for _, half in opening.of_day(MAKE_UP_SATURDAY)] == [AM, PM]
        assert [half for _, half in opening.of_day(MAKE_UP_SUNDAY)] == [AM, PM]


def test_a_weekday_that_a_later_notice_gives_back_follows_the_week() -> None:
    friday = date(2027, 10, 8)
    opening = Opening(["fri_am"], Holidays(make_up_days={friday: "国庆节"}, years=frozenset({2027})), ())
    assert opening.of_day(friday) == ((friday, AM),)
    assert opening.why(HalfDay(friday, AM)) == "工作日"


def test_the_centres_own_word_goes_first_and_the_last_one_counts(rules: Rules) -> None:
    closed_for_now = said(date(2026, 11, 24), PM, is_open=False, reason="停电检修")
    opening = Opening(
        (),
        rules.holidays,
        [
            said(NATIONAL_DAY, AM, is_open=True, reason="国庆值守"),
            said(date(2026, 11, 23), AM, is_open=False),
            said(date(2026, 11, 23), AM, is_open=True),
            closed_for_now,
        ],
    )
    assert opening.of_day(NATIONAL_DAY) == ((NATIONAL_DAY, AM),)
    assert opening.is_open(HalfDay(date(2026, 11, 23), AM))
    assert opening.of_day(closed_for_now.day) == ((closed_for_now.day, AM),)
    assert opening.why(HalfDay(closed_for_now.day, PM)) == "中心自定：停电检修"
    assert opening.why(HalfDay(date(2026, 11, 23), AM)) == "中心自定"


@pytest.mark.parametrize(
    ("day", "half", "why"),
    [
        (NATIONAL_DAY, AM, "国庆节"),
        (MAKE_UP_SUNDAY, PM, "调休上班"),
        (date(2026, 11, 23), AM, "工作日"),
        (date(2026, 11, 23), PM, "非开放时段"),
        (date(2026, 11, 28), AM, "周六开放"),
        (date(2026, 11, 28), PM, "周六"),
        (date(2026, 11, 29), AM, "周日"),
        (date(2027, 1, 4), AM, "工作日（未确认）"),
        (date(2027, 1, 3), AM, "周日（未确认）"),
    ],
)
def test_it_says_why(mornings: Opening, day: date, half: Half, why: str) -> None:
    assert mornings.why(HalfDay(day, half)) == why


def test_a_year_nobody_announced_is_plain_and_not_confirmed(rules: Rules) -> None:
    new_year = date(2027, 1, 1)
    opening = Opening((), rules.holidays, [said(new_year, half, is_open=False) for half in Half])
    assert opening.of_day(date(2027, 1, 4)) != ()
    assert opening.of_day(date(2027, 1, 2)) == ()
    assert opening.confirmed(date(2026, 12, 31))
    assert not opening.confirmed(date(2027, 1, 4))
    assert opening.confirmed(new_year)
    assert opening.of_day(new_year) == ()


def test_a_month_lists_its_open_half_days_in_their_order(usual: Opening) -> None:
    listed = usual.of_month(date(2026, 9, 17))
    assert len(listed) == 2 * 22
    assert listed[0] == (date(2026, 9, 1), AM)
    assert (MAKE_UP_SUNDAY, AM) in listed
    assert not any(each.day >= date(2026, 9, 25) and each.day <= date(2026, 9, 27) for each in listed)
    assert list(listed) == sorted(listed)


def test_the_next_open_days_pass_over_the_holidays(usual: Opening) -> None:
    assert usual.next_open_days(date(2026, 9, 30), 3) == [date(2026, 10, 8), date(2026, 10, 9), MAKE_UP_SATURDAY]


def test_a_centre_that_never_opens_has_no_next_open_day() -> None:
    never = Opening(["never"], Holidays(), ())
    assert never.next_open_days(date(2026, 9, 30), 3) == []
    assert not never.is_unpopular(HalfDay(date(2026, 9, 30), AM))


@pytest.mark.parametrize(
    ("half_day", "is_so"),
    [
        (HalfDay(date(2026, 11, 26), PM), False),  # an ordinary Thursday
        (HalfDay(date(2026, 11, 27), AM), False),
        (HalfDay(date(2026, 11, 27), PM), True),  # Friday afternoon
        (HalfDay(MAKE_UP_SUNDAY, AM), True),
        (HalfDay(MAKE_UP_SATURDAY, PM), True),
        (HalfDay(date(2026, 9, 30), AM), False),
        (HalfDay(date(2026, 9, 30), PM), True),  # the eve of a holiday
        (HalfDay(date(2026, 9, 24), PM), True),
        (HalfDay(date(2026, 10, 8), AM), False),
        (HalfDay(date(2026, 11, 28), AM), False),  # a Saturday on which nobody works
    ],
)
def test_what_nobody_likes_is_known(usual: Opening, half_day: HalfDay, is_so: bool) -> None:
    assert usual.is_unpopular(half_day) is is_so


def test_a_saturday_of_the_week_and_an_opened_holiday_are_unpopular(rules: Rules) -> None:
    opening = Opening(MORNINGS, rules.holidays, [said(date(2026, 10, 7), half, is_open=True) for half in Half])
    assert opening.is_unpopular(HalfDay(date(2026, 11, 28), AM))
    assert opening.is_unpopular(HalfDay(date(2026, 10, 7), PM))
    assert opening.is_unpopular(HalfDay(date(2026, 9, 30), AM))  # the afternoon is never open


def test_every_unpopular_half_day_is_open(mornings: Opening) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    every = [HalfDay(day, half) for day in days for half in Half]
    assert all(mornings.is_open(each) for each in every if mornings.is_unpopular(each))
