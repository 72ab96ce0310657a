"""Hours of work, from settings."""

from dataclasses import replace
from datetime import time

from mediation_desk.domain.half_day import Half
from mediation_desk.domain.office_hours import OFFICE_HOURS, Hours, is_time, office_hours
from mediation_desk.domain.rules import Rules


def test_morning_and_afternoon_come_from_the_settings(rules: Rules) -> None:
    assert office_hours(rules, Half.AM) == Hours(time(9), time(12))
    assert office_hours(rules, Half.PM).label == "13:30—17:30"


def test_what_is_beyond_a_day_stays_within_it(rules: Rules) -> None:
    [setting] = rules.settings["office_pm_end"]
    changed = replace(rules, settings={**rules.settings, "office_pm_end": (replace(setting, value=2400),)})
    assert office_hours(changed, Half.PM).end == time(23, 59)


def test_only_hours_and_minutes_of_a_day_are_times(rules: Rules) -> None:
    assert [is_time(written) for written in (0, 930, 2359)] == [True] * 3
    assert [is_time(written) for written in (-30, 975, 2400)] == [False] * 3
    assert all(is_time(rules.setting(name)) for name in OFFICE_HOURS)
