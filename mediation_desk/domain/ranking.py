"""Who should mediate a case: who is kept from it and why, and all others in an order whose points are the reasons.

Whom both sides chose comes first, then whom one chose and nobody opposes, then the rest (人民调解法 art. 19, 23).
Within that, who may sign 人民调解协议书 (art. 13, 14, 29) comes before who would mediate under another head; then the
score counts (0 to 100, weights are settings), then fewer cases given this month, then the longest wait, then a draw
that anybody can do again. What is not known of somebody is listed and never counts as "no".
"""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.rules import CodeTable

WEIGHTS = (
    "assign_speciality_exact",
    "assign_speciality_family",
    "assign_speciality_general",
    "assign_on_duty",
    "assign_in_building",
    "assign_next_half_day",
    "assign_on_call",
    "assign_load_most",
    "assign_success_most",
    "assign_success_prior",
    "assign_success_years",
    "assign_language_both",
    "assign_language_one",
    "assign_gender_wish",
    "assign_history",
    "assign_history_settled",
    "assign_history_failed",
    "mediator_most_open_cases",
)
"""The settings that decide an order; their values are kept with every ranking."""

MOST = 100


class Bar(Labelled):
    """What keeps somebody from a case, the gravest first."""

    RECUSAL = "recusal", "回避"
    LEAVE = "leave", "请假"
    LIMIT = "limit", "满额"
    LANGUAGE = "language", "语言"
    QUALIFICATION = "qualification", "资格"


class Barred(NamedTuple):
    """One reason, in words; `code` of the table `recusal_reason` where it is a recusal."""

    bar: Bar
    said: str
    code: str = ""


class Speciality(Labelled):
    EXACT = "exact", "对口专长"
    FAMILY = "family", "同类专长"
    GENERAL = "general", "一般纠纷"


class Duty(Labelled):
    """Where somebody is now."""

    ON_DUTY = "on_duty", "正在值班"
    IN_BUILDING = "in_building", "在中心"
    NEXT = "next", "下一半天值班"
    ON_CALL = "on_call", "随驻可呼叫"
    AWAY = "away", "现在不在"


class Tier(IntEnum):
    BOTH = 1
    ONE = 2
    OTHERS = 3


class HistoryRule(IntEnum):
    """What the centre holds of mediators who had the same parties before (setting `assign_history`)."""

    IGNORE = 0
    PREFER = 1
    AVOID = 2


class PointCode(Labelled):
    SPECIALITY = "speciality", "专长"
    ON_DUTY = "on_duty", "在岗"
    LOAD = "load", "在办案件"
    SUCCESS = "success", "同类结案"
    LANGUAGE = "language", "语言"
    GENDER_WISH = "gender_wish", "性别意愿"
    HISTORY = "history", "调解过双方"


class Record(NamedTuple):
    """How mediation of one kind of dispute ended: so many times with an agreement, of so many."""

    settled: int = 0
    ended: int = 0


NO_RECORD = Record()


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one mediator in view of one case.

    `case_most` is the limit of open cases, `record` that of this kind of dispute. `sides_understood`: how many sides
    are spoken to in their own dialect (0 to 2). `settled_before` tells of an earlier case of the same parties; None
    where there is none. `title` is the head under which somebody without the committee's appointment may preside
    (table `mediator_document`); "" for people's mediation. `unchecked` are questions about bias without an answer.
    """

    id: int
    uid: str
    name: str
    barred: tuple[Barred, ...] = ()
    unchecked: tuple[str, ...] = ()
    tier: Tier = Tier.OTHERS
    speciality: Speciality = Speciality.GENERAL
    duty: Duty = Duty.AWAY
    open_cases: int = 0
    case_most: int = 20
    record: Record = NO_RECORD
    sides_understood: int = 0
    meets_gender_wish: bool = False
    settled_before: bool | None = None
    given_this_month: int = 0
    last_given_on: date | None = None
    title: str = ""


class Point(NamedTuple):
    """One line of the score."""

    code: PointCode
    points: int


class Candidate(NamedTuple):
    """Somebody who may take the case: `score` is the sum of the points, not below 0 and not above 100."""

    person: Person
    points: tuple[Point, ...]
    score: int


@dataclass(frozen=True)
class Ranked:
    """`candidates` in their order, `excluded` people by id. `drawn` are groups of ids that were drawn from `seed`."""

    candidates: tuple[Candidate, ...]
    excluded: tuple[Person, ...]
    weights: Mapping[str, int]
    mean: Record = NO_RECORD
    seed: str = ""
    drawn: tuple[tuple[int, ...], ...] = ()

    def among(self, ids: Container[int]) -> "Ranked":
        """The same order with these people only."""
        return replace(
            self,
            candidates=tuple(each for each in self.candidates if each.person.id in ids),
            excluded=tuple(each for each in self.excluded if each.id in ids),
            drawn=tuple(kept for group in self.drawn if len(kept := tuple(each for each in group if each in ids)) > 1),
        )

    def candidate(self, mediator_id: int) -> Candidate | None:
        return next((each for each in self.candidates if each.person.id == mediator_id), None)

    def kept_out(self, mediator_id: int) -> Person | None:
        return next((each for each in self.excluded if each.id == mediator_id), None)


def rank(people: Iterable[Person], weights: Mapping[str, int], *, mean: Record = NO_RECORD, seed: str = "") -> Ranked:
    """Everybody in order. The order people come in does not matter.

    `mean` is the record of the whole centre for this kind of dispute, `seed` what draws are made from.
    """
    everybody = list(people)
    merits = [(_merit(each), each) for each in (_candidate(one, weights, mean) for one in everybody if not one.barred)]
    merits.sort(key=lambda each: each[0])
    fit: list[Candidate] = []
    drawn = []
    for _, tied in groupby(merits, key=lambda each: each[0]):
        group = [candidate for _, candidate in tied]
        if len(group) > 1:
            group.sort(key=lambda each: (_lot(seed, each.person.uid), each.person.id))
            drawn.append(tuple(each.person.id for each in group))
        fit += group
    return Ranked(
        candidates=tuple(fit),
        excluded=tuple(sorted((each for each in everybody if each.barred), key=lambda each: each.id)),
        weights=dict(weights),
        mean=mean,
        seed=seed,
        drawn=tuple(drawn),
    )


def most_points(weights: Mapping[str, int]) -> int:
    """The sum of all points somebody can get at best; `MOST` unless a centre set weights of its own."""
    best = (
        max(weights[f"assign_speciality_{each.value}"] for each in Speciality),
        max(weights[each] for each in _DUTY_WEIGHTS.values()),
        max(weights["assign_language_both"], weights["assign_language_one"]),
    )
    single = ("assign_load_most", "assign_success_most", "assign_gender_wish", "assign_history_settled")
    return sum(best) + sum(weights[each] for each in single)


def draw_seed(case_uid: str, role: str, day: date) -> str:
    """What a draw is made from. The chance in it is the case's own uid, drawn when it was registered: nobody can ask
    for another draw until the result pleases.
    """
    return f"{case_uid}/{role}/{day:%Y-%m-%d}"


def redraw(seed: str, uids: Iterable[str]) -> list[str]:
    """Do a draw again: uids of mediators by the SHA-256 of seed and uid, smallest first."""
    return sorted(uids, key=lambda uid: _lot(seed, uid))


def best_pair(first: Ranked, second: Ranked) -> tuple[Candidate, Candidate] | None:
    """Two different people for two roles, None where there are none: what counts in an order counts in their sum.

    That is tiers, then mediating under another head, then points. Both orders being sorted by it, only the first two
    of each can be in the best pair.
    """
    pairs = [
        (one, other)
        for one in first.candidates[:2]
        for other in second.candidates[:2]
        if one.person.id != other.person.id
    ]
    return min(pairs, key=_joint_merit, default=None)


def family_of(kind: str, kinds: CodeTable) -> frozenset[str]:
    """The kinds of dispute under the same head as `kind`, the head included (table `dispute_kind`)."""
    if not kind:
        return frozenset()
    head = _head(kind, kinds)
    return frozenset({kind, *(code.code for code in kinds.codes if _head(code.code, kinds) == head)})


def speciality_for(kind: str, family: frozenset[str], specialities: Collection[str]) -> Speciality:
    """How near what somebody is good at comes to a kind of dispute with that family (`family_of`)."""
    if kind and kind in specialities:
        return Speciality.EXACT
    return Speciality.GENERAL if family.isdisjoint(specialities) else Speciality.FAMILY


def _head(kind: str, kinds: CodeTable) -> str:
    parent = kinds[kind].parent if kind in kinds else ""
    return _head(parent, kinds) if parent else kind


def _candidate(person: Person, weights: Mapping[str, int], mean: Record) -> Candidate:
    points = tuple(_points(person, weights, mean))
    return Candidate(person, points, min(max(sum(each.points for each in points), 0), MOST))


def _points(person: Person, weights: Mapping[str, int], mean: Record) -> Iterable[Point]:
    yield Point(PointCode.SPECIALITY, weights[f"assign_speciality_{person.speciality.value}"])
    yield Point(PointCode.ON_DUTY, weights[_DUTY_WEIGHTS[person.duty]] if person.duty in _DUTY_WEIGHTS else 0)
    free = max(person.case_most - person.open_cases, 0)
    yield Point(PointCode.LOAD, _rounded(weights["assign_load_most"] * free, max(person.case_most, 1)))
    yield Point(PointCode.SUCCESS, _success(person.record, mean, weights))
    spoken = ("", "assign_language_one", "assign_language_both")[person.sides_understood]
    yield Point(PointCode.LANGUAGE, weights[spoken] if spoken else 0)
    yield Point(PointCode.GENDER_WISH, weights["assign_gender_wish"] if person.meets_gender_wish else 0)
    yield Point(PointCode.HISTORY, _history(person.settled_before, weights))


_DUTY_WEIGHTS = {
    Duty.ON_DUTY: "assign_on_duty",
    Duty.IN_BUILDING: "assign_in_building",
    Duty.NEXT: "assign_next_half_day",
    Duty.ON_CALL: "assign_on_call",
}


def _success(record: Record, mean: Record, weights: Mapping[str, int]) -> int:
    """Most × (s + prior × mean) / (n + prior): without own cases the mean, and one of one is not 100 %."""
    prior = weights["assign_success_prior"]
    over = mean.ended * (record.ended + prior)
    return _rounded(weights["assign_success_most"] * (record.settled * mean.ended + prior * mean.settled), over)


def _history(settled_before: bool | None, weights: Mapping[str, int]) -> int:
    if settled_before is None or weights["assign_history"] != HistoryRule.PREFER:
        return 0
    return weights["assign_history_settled"] if settled_before else -weights["assign_history_failed"]


def _rounded(number: int, over: int) -> int:
    """The whole number next to a fraction, halves upwards; 0 for 0 of 0."""
    return (2 * number + over) // (2 * over) if over else 0


def _merit(candidate: Candidate) -> tuple[int, bool, int, int, date]:
    """What decides before a draw; who is the same in all of it is tied."""
    person = candidate.person
    under_another_head = bool(person.title)
    return person.tier, under_another_head, -candidate.score, person.given_this_month, person.last_given_on or date.min


def _lot(seed: str, uid: str) -> str:
    return sha256(f"{seed}/{uid}".encode()).hexdigest()


def _joint_merit(pair: tuple[Candidate, Candidate]) -> tuple[int, int, int]:
    tiers, under_another_head, scores, *_ = zip(*(_merit(each) for each in pair), strict=True)
    return sum(tiers), sum(under_another_head), sum(scores)
