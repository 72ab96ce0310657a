"""What was here before: earlier visits of the same people, persons who were written down twice, and similar stories.

All of it is shown with its reasons to a person, and nothing is merged.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from math import inf, log
from typing import NamedTuple

from mediation_desk.domain.names import spellings
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.repeat_lookup import sounds_of, together
from mediation_desk.domain.repeat_score import Crowd, Points, Score, score
from mediation_desk.domain.repeats import Agrees, Person, keys_of, same_person
from mediation_desk.domain.search_words import bigrams, fold
from mediation_desk.domain.what_became import WhatBecame, what_became
from mediation_desk.services.act import Act
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records

RAREST_WORDS = 8
CANDIDATES = 60
"""More words or candidates take longer and find no more."""

MORE_WORDS = 40
"""Of a story, beside a name or a street: the rarest are those that it alone tells."""

MOST_REPEATS = 20
OF_A_SOUND = 12


class Repeat(NamedTuple):
    """An earlier case of the same people: whose party agrees, which case it is, how surely and in what.

    `party_no` is that party there, `own_no` the one here that it agrees with; 0 where it is not parties that agree.
    """

    case_id: int
    party_name: str
    side: Side
    id_number: str
    phone: str
    number: str
    stage: str
    registered_at: datetime
    dispute_kind: str
    score: float
    why: tuple[Agrees, ...]
    own_no: int = 0
    party_no: int = 0


class Duplicate(NamedTuple):
    """A party of another case that seems to be the same person."""

    case_id: int
    person: Person
    score: float
    why: tuple[Agrees, ...]


class Similar(NamedTuple):
    """A case with a similar story, from 0 to 1, and the words both have that are rarest."""

    case: CaseRow
    score: float
    words: tuple[str, ...]


@cache
def _likeness() -> Callable[[str, str], float]:
    from rapidfuzz.fuzz import ratio  # not needed at the start

    return lambda one, other: ratio(one, other) / 100


# ---- the same people


def repeat_candidates(
    records: Records, act: Act, parties: Iterable[Party], story: str = "", *, except_id: int | None = None
) -> list[Repeat]:
    """Earlier cases that may be the same dispute, the surest first, of equal ones the newest."""
    people = [Person.of(party) for party in parties]
    told = _Story(records, story)
    theirs = records.party_keys.people(_who_may_be_back(records, people, told) - {except_id})
    points, crowd = Points.of(act.rules, act.today), Crowd(people, theirs.values())
    least = act.rules.setting("repeat_least_score", act.today) / 100

    def weigh(case_id: int, alike: float) -> Score:
        return score(people, theirs[case_id], alike, points, crowd, _likeness())

    scored = {case_id: weigh(case_id, 0.0) for case_id in theirs}
    perhaps = [case_id for case_id, found in scored.items() if 0 < found.value >= least - points.story / 100]
    scored |= {case_id: weigh(case_id, alike) for case_id, (alike, _) in told.overlaps(perhaps).items()}
    scored = {case_id: found for case_id, found in scored.items() if found.value >= least}
    surest = heapq.nlargest(MOST_REPEATS, scored, key=lambda case_id: (round(scored[case_id].value, 2), case_id))
    return [
        *(_as_repeat(row, scored[row.id], theirs[row.id]) for row in records.cases.rows(surest)),
        *_tied(records, scored, surest, except_id),
    ]


def _tied(records: Records, scored: Mapping[int, Score], surest: Sequence[int], except_id: int | None) -> list[Repeat]:
    """Cases that a person tied to those that were found, whatever is written in them."""
    tied = records.relations.linked(surest)
    tied.pop(except_id or 0, None)
    some = list(islice(tied, max(MOST_REPEATS - len(surest), 0)))
    people = records.party_keys.people(some)
    return [
        _as_repeat(row, Score(scored[tied[row.id]].value, (Agrees.RELATED,)), people[row.id])
        for row in records.cases.rows(some)
    ]


def _who_may_be_back(records: Records, people: Sequence[Person], told: "_Story") -> set[int]:
    """Cases that hold a key or a name of these people, or two things that hardly come together by chance."""
    names = {spelling for each in people if each.name for spelling in spellings(each.name)}
    found = set(records.party_keys.candidates(keys_of(people), names))
    for sound in sounds_of(people):
        found.update(records.search.holding(sound, OF_A_SOUND))
    found.update(records.search.holding(together(people, told.rarest(MORE_WORDS, most_common=1000)), CANDIDATES))
    return found


class _Story:
    """What is told now, beside what was told before: what is rare in both counts most."""

    def __init__(self, records: Records, story: str) -> None:
        self._records = records
        self._pairs = _pairs(story)
        self._weights = records.words.weights(self._pairs) if self._pairs else {}

    def rarest(self, number: int, most_common: float = inf) -> dict[str, float]:
        """So many words, none of which is in more than `most_common` times as many cases as the rarest."""
        bound = max(self._weights.values(), default=0.0) - log(most_common)
        heaviest = heapq.nlargest(number, self._weights, key=lambda each: (self._weights[each], each))
        return {word: self._weights[word] for word in heaviest if self._weights[word] >= bound}

    def overlaps(self, case_ids: Iterable[int]) -> dict[int, tuple[float, tuple[str, ...]]]:
        stories = self._records.search.stories(list(case_ids)) if self._pairs else {}
        return {case_id: _overlap(self._pairs, _pairs(text), self._weights) for case_id, text in stories.items()}


def _as_repeat(row: CaseRow, found: Score, parties: Sequence[Person]) -> Repeat:
    who = found.whom or parties[0]
    person = (who.name, Side(who.side), who.id_number or who.uscc, who.phone)
    numbers = (int(found.who.no), int(found.whom.no)) if found.who and found.whom else (0, 0)
    told = (row.number, row.stage, row.registered_at, row.dispute_kind)
    return Repeat(row.id, *person, *told, min(found.value, 1), found.why, *numbers)


def what_came_of(records: Records, act: Act, case_ids: Collection[int]) -> dict[int, WhatBecame]:
    """What was agreed in these cases, what was kept of it, or why nothing came of it."""
    facts = records.became.facts(case_ids)
    return {case_id: what_became(each, act.rules, act.today) for case_id, each in facts.items()}


def duplicate_persons(records: Records, act: Act, party: Party, *, except_id: int | None = None) -> list[Duplicate]:
    """Parties of other cases who seem to be this person but were written down otherwise, the surest first."""
    ours = Person.of(party)
    ids = records.party_keys.candidates(keys_of([ours]), [ours.name], except_id=except_id)
    least = act.rules.setting("same_person_least_score", act.today) / 100
    found = [
        Duplicate(case_id, theirs, *how)
        for case_id, people in records.party_keys.people(ids).items()
        for theirs in people
        if (how := same_person(ours, theirs, _likeness()))[0] >= least and _written(theirs) != _written(ours)
    ]
    return sorted(found, key=lambda each: (-each.score, -each.case_id))


def _written(person: Person) -> tuple[str, str]:
    """What nobody changes but a clerk; telephones and addresses change by themselves."""
    return person.name, person.id_number


# ---- similar stories


def similar_cases(records: Records, act: Act, case_id: int | None, story: str, most: int = 10) -> list[Similar]:
    """Cases whose stories share rare words with this one, the nearest first. `case_id` is that of the story, if any."""
    told = _Story(records, story)
    scores = told.overlaps(records.words.nearest(told.rarest(RAREST_WORDS), CANDIDATES, case_id))
    least = act.rules.setting("similar_least_score", act.today) / 100
    near = [each for each, (value, _) in scores.items() if value >= least]
    best = heapq.nlargest(most, near, key=lambda each: (scores[each][0], each))
    return [Similar(row, *scores[row.id]) for row in records.cases.rows(best)]


def _pairs(text: str) -> set[str]:
    """Each two letters or digits that stand beside each other."""
    return {pair for pair in bigrams(fold(text)) if pair.isalnum()}


def _overlap(ours: set[str], theirs: set[str], weights: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    """How much of what is rare in both texts is in both, and the rarest of it."""
    common = ours & theirs
    unknown = max(weights.values(), default=1.0) / 2
    either = sum(weights.values()) + unknown * len(theirs - ours)
    told = heapq.nlargest(3, (word for word in common if word in weights), key=lambda word: (weights[word], word))
    return (sum(weights.get(word, 0.0) for word in common) / either if either else 0.0), tuple(told)
