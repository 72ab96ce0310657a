from collections.abc import Callable
from datetime import date, time

import pytest

from mediation_desk.documents.paper_input import PaperInput, day_on_paper, listed, numeral, time_on_paper


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")],
)
def test_clauses_are_numbered_in_chinese(number: int, written: str) -> None:
    assert numeral(number) == written


def test_days_and_times_are_written_as_on_paper() -> None:
    assert day_on_paper(date(2026, 5, 6)) == "2026年5月6日"
    assert time_on_paper(time(9, 5)) == "9时05分"
    assert listed(["甲", "乙"]) == "甲、乙"


def test_the_head_names_committee_case_and_practice(given: Callable[..., PaperInput]) -> None:
    frame = given(is_practice=True).frame("题目", is_draft=True)
    assert (frame.left, frame.right, frame.marks) == (
        "某某街道人民调解委员会",
        "案号：（2026）东人调字第7号",
        ("练习", "草稿"),
    )


def test_without_committee_and_number_the_head_names_the_centre(given: Callable[..., PaperInput]) -> None:
    whole = given(number="")
    bare = PaperInput(
        case=whole.case, centre=whole.centre, committee=None, mediators={}, rules=whole.rules, day=whole.day
    )
    frame = bare.frame("题目")
    assert (frame.left, frame.right, frame.marks) == ("某某综治中心", "", ())
