"""What the box finds, and what it offers to type."""

import pytest

from mediation_desk.services.search import conditions_like, look_for, read_box
from mediation_desk.services.triage import triage
from tests.desk import APPOINTED, Desk, claimant, respondent


def found(desk: Desk, typed: str) -> list[int]:
    return [row.id for row in desk.look(look_for, typed)]


def test_cases_are_found_by_words_and_conditions_of_this_house(desk: Desk) -> None:
    first = desk.registered()
    second = desk.assigned(parties=(claimant(name="曾国强"), respondent()))
    desk.do(triage, first, path="M1", dispute_kind="06")
    assert found(desk, "漏水") == [second, first]
    assert found(desk, "xgq") == []
    assert found(desk, "zgq 天花板") == [second]
    assert found(desk, "漏水 类型:邻里") == [second]
    assert found(desk, "漏水 调解员:赵 状态:办理中") == [second]
    assert found(desk, "状态:已分流") == [first]
    assert desk.look(read_box, "调解员:赵").mediator_ids == frozenset((APPOINTED,))


@pytest.mark.parametrize("typed", ["", " ", "类型:", "\0"])
def test_an_empty_box_finds_nothing(desk: Desk, typed: str) -> None:
    desk.registered()
    assert found(desk, typed) == []


def test_no_more_are_shown_than_fit(desk: Desk) -> None:
    cases = [desk.registered() for _ in range(3)]
    assert [row.id for row in desk.look(look_for, "漏水", 2)] == [cases[2], cases[1]]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("张三 状", ["状态:"]),
        ("调", ["调解员:"]),
        ("状态:受", ["状态:已受理", "状态:不予受理"]),
        ("状态:办", ["状态:办理中", "状态:已转办"]),
        ("状态:办理中", []),
        ("调解员:钱", ["调解员:钱平"]),
        ("类型:邻里", ["类型:邻里纠纷"]),
        ("状态:办理中 ", []),
        ("漏水", []),
        ("", []),
    ],
)
def test_conditions_are_offered_as_they_are_typed(desk: Desk, typed: str, offered: list[str]) -> None:
    assert desk.look(conditions_like, typed) == offered
