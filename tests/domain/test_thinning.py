"""Which back-ups are kept."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.thinning import BackupReason, Keep, Made, to_remove

NOW = datetime(2026, 11, 23, 9, 30)
KEEP = Keep()


def daily(days: int, **facts: object) -> list[Made]:
    """Two back-ups a day for so many days until yesterday."""
    return [
        Made(name=f"{day:04}-{hour}", made_at=(NOW - timedelta(days=day)).replace(hour=hour), no=-day, **facts)  # type: ignore[arg-type]  # any field
        for day in range(1, days + 1)
        for hour in (9, 17)
    ]


def kept(made: list[Made], keep: Keep = KEEP, now: datetime = NOW) -> list[str]:
    gone = {each.name for each in to_remove(made, now, keep)}
    return [each.name for each in made if each.name not in gone]


some_made = st.lists(
    st.builds(
        Made,
        name=st.uuids().map(str),
        made_at=st.datetimes(NOW - timedelta(days=1200), NOW + timedelta(days=40)),
        no=st.integers(0, 1000),
        reason=st.sampled_from(BackupReason),
        is_proven=st.booleans(),
    ),
    max_size=60,
)
some_keep = st.builds(
    Keep, days=st.integers(0, 20), weeks=st.integers(0, 9), months=st.integers(0, 5), risky_days=st.integers(0, 40)
)


def test_all_of_today_stays() -> None:
    today = [Made(name=f"{minute}", made_at=NOW - timedelta(minutes=minute)) for minute in range(0, 540, 30)]
    assert kept(today) == [each.name for each in today]


def test_of_the_days_before_the_last_one_stays() -> None:
    assert kept(daily(14)) == [each.name for each in daily(14) if each.name.endswith("-17")]


def test_then_one_a_week_and_then_one_a_month_stays() -> None:
    days = [NOW.date() - timedelta(days=int(name[:4])) for name in kept(daily(800))]
    older = days[14:]
    of_weeks = [day for day in older if day.isoweekday() == 7 and day > NOW.date() - timedelta(weeks=8)]
    of_months = [day for day in older if (day + timedelta(days=1)).day == 1]
    assert sorted(older, reverse=True) == sorted({*of_weeks, *of_months}, reverse=True)
    assert len(of_weeks) == 8 - 2  # two weeks are among the last 14 days
    assert (of_months[0], of_months[-1]) == (date(2026, 10, 31), date(2024, 12, 31))
    assert len(of_months) == 24 - 1  # this month is among them too


def test_after_a_long_pause_as_much_is_left_as_before_it() -> None:
    later = NOW + timedelta(days=200)
    assert kept(daily(14), now=later) == kept(daily(14))


def test_what_was_made_before_something_risky_stays_a_month() -> None:
    old = Made(name="old", made_at=NOW - timedelta(days=31, hours=1), reason=BackupReason.REKEY)
    young = Made(name="young", made_at=NOW - timedelta(days=29, hours=1), reason=BackupReason.REKEY)
    names = kept([*daily(60), old, young], Keep(days=1, weeks=0, months=0))
    assert "young" in names
    assert "old" not in names


def test_a_clock_that_was_set_back_removes_nothing_made_after_it() -> None:
    ahead = [Made(name=f"{hour}", made_at=NOW + timedelta(hours=hour)) for hour in range(30)]
    assert to_remove(ahead, NOW, Keep(days=0, weeks=0, months=0)) == []


@given(some_made, some_keep)
def test_the_newest_and_the_newest_proven_one_always_stay(made: list[Made], keep: Keep) -> None:
    gone = {each.name for each in to_remove(made, NOW, keep)}
    for some in (made, [each for each in made if each.is_proven]):
        if some:
            assert max(some, key=lambda each: (each.made_at, each.no, each.name)).name not in gone
            assert any(each.no == max(one.no for one in some) and each.name not in gone for each in some)


@given(some_made, some_keep)
def test_thinning_again_removes_nothing_more(made: list[Made], keep: Keep) -> None:
    gone = to_remove(made, NOW, keep)
    assert to_remove([each for each in made if each not in gone], NOW, keep) == []


@given(some_made, some_keep)
def test_no_more_stays_than_was_asked_for_but_for_today_and_what_was_risky(made: list[Made], keep: Keep) -> None:
    gone = to_remove(made, NOW, keep)
    left = [each for each in made if each not in gone]
    since = NOW - timedelta(days=keep.risky_days)
    anyway = [
        each for each in left if each.made_at.date() >= NOW.date() or (each.reason.is_risky and each.made_at > since)
    ]
    assert len(left) - len(anyway) <= keep.days + keep.weeks + keep.months + 4


@given(some_made, some_keep, st.integers(0, 59))
def test_whatever_day_it_is_young_back_ups_before_something_risky_stay(made: list[Made], keep: Keep, days: int) -> None:
    now = NOW + timedelta(days=days)
    since = now - timedelta(days=keep.risky_days)
    assert not any(each.reason.is_risky and each.made_at > since for each in to_remove(made, now, keep))
