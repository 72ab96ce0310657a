from datetime import time

import pytest

from mediation_desk.domain.paper_words import listed, numeral, time_on_paper


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")],
)
def test_clauses_are_numbered_in_chinese(number: int, written: str) -> None:
    assert numeral(number) == written


def test_times_and_lists_are_written_as_on_paper() -> None:
    assert time_on_paper(time(9, 5)) == "9时05分"
    assert listed(["甲", "乙"]) == "甲、乙"
