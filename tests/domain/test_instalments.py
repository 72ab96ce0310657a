"""Splitting a sum into monthly parts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.instalments import MOST_INSTALMENTS, equal_instalments


@given(st.integers(min_value=MOST_INSTALMENTS, max_value=10**12), st.integers(min_value=2, max_value=MOST_INSTALMENTS))
def test_the_parts_are_the_whole(total_fen: int, number: int) -> None:
    parts = equal_instalments(total_fen, number, date(2026, 1, 31))
    assert sum(part.amount_fen for part in parts) == total_fen
    assert all(part.amount_fen > 0 for part in parts)
    assert len({part.due_on for part in parts}) == number


def test_parts_are_whole_yuan_and_the_rest_comes_last() -> None:
    assert [part.amount_fen for part in equal_instalments(1_000_000, 3, date(2026, 12, 1))] == [
        333_300,
        333_300,
        333_400,
    ]


def test_a_short_month_takes_its_last_day() -> None:
    days = [part.due_on for part in equal_instalments(300, 3, date(2026, 12, 31))]
    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def test_a_few_fen_are_split_as_well() -> None:
    assert [part.amount_fen for part in equal_instalments(5, 2, date(2026, 12, 1))] == [2, 3]


@pytest.mark.parametrize(("total_fen", "number"), [(100, 1), (100, MOST_INSTALMENTS + 1), (0, 2), (1, 2)])
def test_what_cannot_be_split_is_refused(total_fen: int, number: int) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        equal_instalments(total_fen, number, date(2026, 12, 1))
