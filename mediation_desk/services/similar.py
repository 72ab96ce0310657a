"""What was here before: earlier visits of the same people, persons who were written down twice, and similar stories.

All of it is shown with its reasons to a person, and nothing is merged.
"""

import heapq
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.repeats import Agrees, Person, Score, keys_of, same_person, score
from mediation_desk.domain.search_words import bigrams, fold
from mediation_desk.services.act import Act
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records

RAREST_WORDS = 8
CANDIDATES = 60
"""More words or candidates take longer and find no more."""

MOST_REPEATS = 20


class Repeat(NamedTuple):
    """An earlier case of the same people: whose party agrees, which case it is, how surely and in what."""

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
    parties = list(parties)
    people = [Person.of(party) for party in parties]
    names = {each.name for each in people if each.name}
    ids = records.party_keys.candidates(keys_of(people), names, except_id=except_id)
    theirs = records.party_keys.people(ids)
    stories = records.search.stories(ids) if story.strip() else {}
    least = act.rules.setting("repeat_least_score", act.today) / 100
    scored = {
        case_id: found
        for case_id in ids
        if (found := score(people, theirs[case_id], story, stories.get(case_id, ""), _likeness())).value >= least
    }
    surest = heapq.nlargest(MOST_REPEATS, scored, key=lambda case_id: (round(scored[case_id].value, 2), case_id))
    return [_as_repeat(row, scored[row.id], theirs[row.id]) for row in records.cases.rows(surest)]


def _as_repeat(row: CaseRow, found: Score, parties: Sequence[Person]) -> Repeat:
    who = found.whom or parties[0]
    person = (who.name, Side(who.side), who.id_number or who.uscc, who.phone)
    return Repeat(row.id, *person, row.number, row.stage, row.registered_at, row.dispute_kind, found.value, found.why)


def duplicate_persons(records: Records, act: Act, party: Party, *, except_id: int | None = None) -> list[Duplicate]:
    """Parties of other cases who seem to be this person but were written down otherwise, the surest first."""
    ours = Person.of(party)
    ids = records.party_keys.candidates(keys_of([ours]), [ours.name], except_id=except_id)
    least = act.rules.setting("same_person_least_score", act.today) / 100
    found = [
        Duplicate(case_id, theirs, how.value, how.why)
        for case_id, people in records.party_keys.people(ids).items()
        for theirs in people
        if (how := same_person(ours, theirs, _likeness())).value >= least and _written(theirs) != _written(ours)
    ]
    return sorted(found, key=lambda each: (-each.score, -each.case_id))


def _written(person: Person) -> tuple[str, str]:
    """What nobody changes but a clerk; telephones and addresses change by themselves."""
    return person.name, person.id_number


# ---- similar stories


def similar_cases(records: Records, act: Act, case_id: int | None, story: str, most: int = 10) -> list[Similar]:
    """Cases whose stories share rare words with this one, the nearest first. `case_id` is that of the story, if any."""
    ours = _pairs(story)
    weights = records.words.weights(ours)
    rarest = {
        word: weights[word] for word in heapq.nlargest(RAREST_WORDS, weights, key=lambda each: (weights[each], each))
    }
    stories = records.search.stories(records.words.nearest(rarest, CANDIDATES, case_id))
    scores = {each: _overlap(ours, _pairs(text), weights) for each, text in stories.items()}
    least = act.rules.setting("similar_least_score", act.today) / 100
    near = [each for each, (value, _) in scores.items() if value >= least]
    best = heapq.nlargest(most, near, key=lambda each: (scores[each][0], each))
    return [Similar(row, *scores[row.id]) for row in records.cases.rows(best)]


def _pairs(text: str) -> set[str]:
    """Each two letters or digits that stand beside each other."""
    return {pair for pair in bigrams(fold(text)) if pair.isalnum()}


def _overlap(ours: set[str], theirs: set[str], weights: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    """How much of what is rare in both texts is in both, and the rarest of it."""
    heaviest = max(weights.values(), default=1.0)

    def weight(words: Iterable[str]) -> float:
        return sum(weights.get(word, 0.0 if word in ours else heaviest / 2) for word in words)

    common = ours & theirs
    either = weight(ours) + weight(theirs) - weight(common)
    told = heapq.nlargest(3, (word for word in common if word in weights), key=lambda word: (weights[word], word))
    return (weight(common) / either if either else 0.0), tuple(told)
