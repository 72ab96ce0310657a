"""What a form can show of the order a mediator was chosen from; part of the catalogue in `paper_fields.py`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from mediation_desk.domain.case import Assignment, AssignmentRole, ChosenBy
from mediation_desk.domain.choice import Ranking
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.paper_words import listed
from mediation_desk.domain.ranking import Bar
from mediation_desk.domain.ranking_words import KeptLine, kept_draw_in_words, lines_of, weights_version
from mediation_desk.domain.recusal import TABLE

MOST_LINES = 10
"""How many of the first are printed; a large directory would fill pages."""


def _candidates(given: PaperInput) -> list[KeptLine]:
    return [line for line in lines_of(given.ranking) if line.place] if given.ranking else []


def _chosen(given: PaperInput) -> KeptLine | None:
    chosen_id = given.ranking.chosen_id if given.ranking else None
    found = lines_of(given.ranking) if given.ranking else []
    return next((line for line in found if line.mediator_id == chosen_id), None)


def _assignment(given: PaperInput) -> Assignment | None:
    no = given.ranking.no if given.ranking else None
    return next((each for each in given.case.assignments if no is not None and each.ranking_no == no), None)


def _place(given: PaperInput) -> str:
    line = _chosen(given)
    if line is None:
        return ""
    return f"第{line.place}位，{line.score}分" if line.place else "不在可指派之列，各方同意"


def _chosen_by(given: PaperInput) -> str:
    assignment = _assignment(given)
    if assignment is None:
        return ""
    if assignment.chosen_by is ChosenBy.PARTIES:
        return f"{listed([given.case.party_name(no) for no in assignment.chosen_by_nos])}选择"
    return assignment.chosen_by.label


def _unchecked(given: PaperInput) -> str:
    ranking = given.ranking
    kept: Sequence[Mapping[str, Any]] = ranking.candidates if ranking else []
    codes: list[str] = next(
        (each["unchecked"] for each in kept if ranking and each["mediator_id"] == ranking.chosen_id), []
    )
    return listed([given.rules.table(TABLE).label(code) for code in codes])


def _bars(ranking: Ranking) -> list[tuple[str, str, list[str]]]:
    """Name, gravest bar and reasons of everybody who was kept out."""
    kept: Sequence[Mapping[str, Any]] = ranking.excluded
    return [(each["name"], each["reasons"][0]["bar"], [reason["said"] for reason in each["reasons"]]) for each in kept]


def _recused(given: PaperInput) -> list[list[str]]:
    bars = _bars(given.ranking) if given.ranking else []
    return [[name, "；".join(said)] for name, bar, said in bars if bar == Bar.RECUSAL]


def _others_out(given: PaperInput) -> str:
    """How many could not take the case for other reasons: "请假4人、满额2人"."""
    found = [bar for _, bar, _ in _bars(given.ranking)] if given.ranking else []
    counted = [(bar.label, found.count(bar.value)) for bar in Bar if bar is not Bar.RECUSAL]
    return listed([f"{label}{number}人" for label, number in counted if number])


def _weights(given: PaperInput) -> list[list[str]]:
    """What each weight is called and its value, two beside each other."""
    rules, weights = given.rules, given.ranking.weights if given.ranking else {}
    titles = {name: versions[-1].title.rpartition("评分：")[2] for name, versions in rules.settings.items()}
    cells = [[titles.get(name, name), str(value)] for name, value in weights.items()]
    cells += [["", ""]] * (len(cells) % 2)
    return [left + right for left, right in zip(cells[::2], cells[1::2], strict=True)]


def _version(given: PaperInput) -> str:
    weights = given.ranking.weights if given.ranking else {}
    return weights_version(weights) if weights else ""


def _shown_of_all(given: PaperInput) -> str:
    number = len(_candidates(given))
    if not number:
        return ""
    return f"可指派{number}人" + (f"，列前{MOST_LINES}人" if number > MOST_LINES else "")


RANKING_TEXTS: Mapping[str, Callable[[PaperInput], str]] = {
    "ranking.role": lambda given: (
        AssignmentRole(given.ranking.role).label if given.ranking and given.ranking.role else ""
    ),
    "ranking.chosen": lambda given: line.name if (line := _chosen(given)) else "",
    "ranking.place": _place,
    "ranking.reasons": lambda given: "；".join(line.reasons) if (line := _chosen(given)) else "",
    "ranking.chosen_by": _chosen_by,
    "ranking.override_reason": lambda given: given.ranking.override_reason if given.ranking else "",
    "ranking.despite_reason": lambda given: each.despite_reason if (each := _assignment(given)) else "",
    "ranking.unchecked": _unchecked,
    "ranking.draw": lambda given: kept_draw_in_words(given.ranking) if given.ranking else "",
    "ranking.seed": lambda given: str(given.ranking.draw.get("seed", "")) if given.ranking else "",
    "ranking.others_out": _others_out,
    "ranking.shown": _shown_of_all,
    "ranking.weights_version": _version,
    "ranking.made_by": lambda given: given.centre.user_name(given.ranking.by_id) if given.ranking else "",
}

RANKING_DAYS: Mapping[str, Callable[[PaperInput], date | None]] = {
    "ranking.made_on": lambda given: given.ranking.made_at.date() if given.ranking else None,
}

RANKING_ROWS: Mapping[str, Callable[[PaperInput], list[list[str]]]] = {
    "ranking.candidates": lambda given: [
        [str(line.place), line.name, str(line.score), "；".join(filter(None, (line.tier, *line.reasons)))]
        for line in _candidates(given)[:MOST_LINES]
    ],
    "ranking.recused": _recused,
    "ranking.weights": _weights,
}

RANKING_COLUMNS = {"ranking.candidates": 4, "ranking.recused": 2, "ranking.weights": 4}
