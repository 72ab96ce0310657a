"""Walks through the rules that lead to a path: whether they contradict each other, and whether all of them count.

Apart from reading them, because it goes through every way of answering.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from mediation_desk.domain.dated import Dated
from mediation_desk.domain.path_aid import MEDIATION_PATH, Asked, PathAid, PathRule, Question, Situation, When
from mediation_desk.domain.rules import CodeTable
from mediation_desk.exchange.json_members import Members
from mediation_desk.exchange.path_packs import PathEntries


def check_ways(read: PathEntries, kinds: CodeTable, categories: CodeTable) -> list[str]:
    """Note at their places the rules that cannot be right; return the situations that no rule is for."""
    pack, standing = read.pack(), read.standing()
    places = {id(entry): place for entry, place in standing}
    met: set[int] = set()
    nowhere: dict[str, None] = {}
    for day in _days(entry for entry, _ in standing):
        aid = pack.on(day)
        _note_twins(aid.rules, places)
        for situation in situations(aid, kinds, categories):
            for end in aid.every_end(situation):
                met.update(id(question) for question, _ in end.told)
                if end.proposal is None:
                    nowhere[_in_words(situation, end, kinds, categories)] = None
                    continue
                met.add(id(end.proposal.rule))
                _note_closed(end, places)
    for entry, place in standing:
        if id(entry) not in met and isinstance(entry, PathRule):
            place.fault(f"规则“{entry.key}”永远用不到，前面的规则已包括这些情形")
        elif id(entry) not in met and isinstance(entry, Question):
            place.fault(f"问题“{entry.key}”永远不会问到")
    return [f"办理途径：{words}，没有规则可用" for words in nowhere]


def situations(aid: PathAid, kinds: CodeTable, categories: CodeTable) -> Iterator[Situation]:
    """One of each sort that the rules tell apart: every kind of petition with every category."""
    named = {category for when in _conditions(aid) for category in when.categories}
    named.update(category for question in aid.questions.values() for category in question.categories)
    told_apart = set()
    for kind in dict.fromkeys(code.code for code in kinds.codes):
        for category in dict.fromkeys(code.code for code in categories.codes):
            lineage, is_civil = categories.lineage(category), categories.is_mediable(category)
            sort = (kind, is_civil, frozenset(lineage) & named)
            if sort not in told_apart:
                told_apart.add(sort)
                yield aid.situation(kind, lineage, is_civil=is_civil)


def _conditions(aid: PathAid) -> Iterator[When]:
    yield from (rule.when for rule in aid.rules)
    yield from (closure.when for closure in aid.closures)


def _days(entries: Iterable[Dated]) -> list[date]:
    """The days from which something else is in force."""
    days = {date.min}
    for entry in entries:
        days.update([entry.effective_from] if entry.effective_from else [])
        days.update([entry.effective_to + timedelta(1)] if entry.effective_to else [])
    return sorted(days)


def _note_twins(rules: tuple[PathRule, ...], places: Mapping[int, Members]) -> None:
    for one, other in combinations(rules, 2):
        if one.order == other.order:
            places[id(other)].fault(f"次序（order）与规则“{one.key}”相同")
        if one.path != other.path and _sets(one.when) == _sets(other.when):
            places[id(other)].fault(f"与规则“{one.key}”条件相同，途径却不同")


def _sets(when: When) -> tuple[object, ...]:
    return when.civil, *(frozenset(each) for each in (when.kinds, when.categories, when.yes, when.no))


def _note_closed(end: Asked, places: Mapping[int, Members]) -> None:
    if end.proposal and end.proposal.rule.path == MEDIATION_PATH and end.proposal.closures:
        closure = end.proposal.closures[0]
        places[id(end.proposal.rule)].fault(f"指向人民调解，但有的情形按“{closure.key}”不能调解")


def _in_words(situation: Situation, end: Asked, kinds: CodeTable, categories: CodeTable) -> str:
    answers = [f"{question.short}：{'是' if answer else '否'}" for question, answer in end.told]
    category = categories.full_label(situation.categories[0])
    return "，".join([kinds.label(situation.kind), category, *answers])
