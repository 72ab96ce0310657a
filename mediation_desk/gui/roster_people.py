"""Who is shown in the grid and in what order: found by typing, grouped by profession or unit."""

from collections.abc import Sequence

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.rules import CodeTable
from mediation_desk.services.roster_view import PersonShown


class Grouping(Labelled):
    """How people follow each other in the grid."""

    PROFESSION = "profession", "按职业身份"
    UNIT = "unit", "按单位"
    NONE = "none", "不分组"


def arranged(
    people: Sequence[PersonShown], words: Sequence[str], grouping: Grouping, professions: CodeTable
) -> tuple[list[PersonShown], frozenset[int]]:
    """(who has all the words in name, unit or profession, group by group; the rows at which a group begins).

    Professions come in the order of their table, who has none of them comes last.
    """
    shown = [each for each in people if all(word in _text(each, professions) for word in words)]
    if grouping is Grouping.NONE:
        return shown, frozenset()
    order = [code.code for code in professions.codes]

    def group(person: PersonShown) -> tuple[int, str]:
        if grouping is Grouping.UNIT:
            return not person.unit, person.unit
        first = next(iter(person.professions), "")
        return order.index(first) if first in order else len(order), first

    shown.sort(key=group)
    keys = [group(each) for each in shown]
    return shown, frozenset(row for row in range(1, len(keys)) if keys[row] != keys[row - 1])


def _text(person: PersonShown, professions: CodeTable) -> str:
    return "\n".join([person.name, person.unit, person.presence.label, *map(professions.label, person.professions)])
