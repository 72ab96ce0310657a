"""Who is shown in the grid and in what order."""

import pytest

from mediation_desk.domain.fairness import Carried
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.roster_people import Grouping, arranged
from mediation_desk.services.roster_view import PersonShown


def person(number: int, name: str, unit: str, *professions: str) -> PersonShown:
    return PersonShown(number, name, unit, professions, Presence.ROTATING, frozenset(), 0, 0, Carried())


PEOPLE = (
    person(1, "周一", "正大所"),
    person(2, "吴二", "天平所", "counsellor", "lawyer"),
    person(3, "郑三", "", "lawyer"),
    person(4, "王四", "正大所", "lawyer"),
    person(5, "冯五", "天平所", "someone_new"),
)


def shown(rules: Rules, words: str = "", grouping: Grouping = Grouping.NONE) -> tuple[str, list[int]]:
    people, rows = arranged(PEOPLE, words.split(), grouping, rules.table("mediator_profession"))
    return "".join(str(each.id) for each in people), sorted(rows)


@pytest.mark.parametrize(
    ("grouping", "order", "rows"),
    [
        (Grouping.NONE, "12345", []),
        (Grouping.PROFESSION, "34215", [2, 3, 4]),
        (Grouping.UNIT, "25143", [2, 4]),
    ],
)
def test_people_follow_each_other_group_by_group(rules: Rules, grouping: Grouping, order: str, rows: list[int]) -> None:
    assert shown(rules, grouping=grouping) == (order, rows)


@pytest.mark.parametrize(
    ("words", "found"), [("吴", "2"), ("正大", "14"), ("律师", "234"), ("律师 天平", "2"), ("无人", "")]
)
def test_somebody_is_found_by_name_unit_or_profession(rules: Rules, words: str, found: str) -> None:
    assert shown(rules, words)[0] == found
