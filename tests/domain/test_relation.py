"""The how manieth coming of a dispute a case is."""

from datetime import date, timedelta

import pytest

from mediation_desk.domain.relation import repeat_sequence
from tests.desk import TODAY


def days(*gaps: int) -> list[date]:
    """A first day and those that come so many days after the one before."""
    found = [TODAY]
    for gap in gaps:
        found.append(found[-1] + timedelta(days=gap))
    return found


@pytest.mark.parametrize(
    ("coming", "within_days", "number"),
    [
        (days(), 0, 1),
        (days(30, 400), 0, 3),
        (days(30, 400), 365, 1),
        (days(400, 30), 365, 2),
        (days(365), 365, 2),
        (days(366), 365, 1),
        (days(0), 1, 2),
        ([], 0, 1),
    ],
)
def test_who_comes_back_within_the_interval_is_counted_on(coming: list[date], within_days: int, number: int) -> None:
    assert repeat_sequence(coming, within_days) == number
