"""What a ranking says in words, and how it is kept with a case so that it can be shown and printed later."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any, NamedTuple

from mediation_desk.domain.case import AssignmentRole
from mediation_desk.domain.choice import Ranking
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.ranking import (
    Bar,
    Candidate,
    Person,
    Point,
    PointCode,
    Ranked,
    Tier,
    redraw,
)

_TIERS = {Tier.BOTH: "双方选择", Tier.ONE: "一方选择", Tier.OTHERS: ""}
_ALWAYS_SAID = (PointCode.SPECIALITY, PointCode.ON_DUTY, PointCode.LOAD, PointCode.SUCCESS)


class Exit(Labelled):
    """What could be done where nobody is left; recusal is never one of them."""

    INTERPRETER = "interpreter", "请人翻译"
    RAISE_LIMIT = "raise_limit", "提高在办上限"
    AS_HELPER = "as_helper", "请有聘任的人主持，或以其他身份调解"
    WAIT = "wait", "等请假的人回来"
    TRANSFER = "transfer", "移送其他中心或调委会"


class WayOut(NamedTuple):
    """An exit and how many people it brings back."""

    exit: Exit
    people: int

    @property
    def said(self) -> str:
        return f"{self.exit.label}（{self.people}人可用）" if self.people else self.exit.label


def tier_in_words(tier: int) -> str:
    return _TIERS[Tier(tier)]


def point_in_words(candidate: Candidate, point: Point) -> str:
    """One line of the score without its number; "" where there is nothing to say."""
    person = candidate.person
    if point.code not in _ALWAYS_SAID and not point.points:
        return ""
    match point.code:
        case PointCode.SPECIALITY:
            return person.speciality.label
        case PointCode.ON_DUTY:
            return person.duty.label
        case PointCode.LOAD:
            return f"在办{person.open_cases}件（上限{person.case_most}件）"
        case PointCode.SUCCESS:
            return _record_in_words(person)
        case PointCode.LANGUAGE:
            return "会双方的语言" if person.sides_understood > 1 else "会一方的语言"
        case PointCode.GENDER_WISH:
            return "符合当事人对性别的意愿"
        case PointCode.HISTORY:
            return f"此前为同样当事人调解{'成功' if person.settled_before else '未成'}"


def reasons(candidate: Candidate) -> list[str]:
    """The points as reasons: "30 对口专长", "17 在办3件（上限20件）"."""
    said = ((point.points, point_in_words(candidate, point)) for point in candidate.points)
    return [f"{points} {words}" for points, words in said if words]


def short_bar(person: Person) -> str:
    """The gravest reason in one word: "回避"."""
    return person.barred[0].bar.label


def bars_in_words(person: Person) -> str:
    return "；".join(barred.said for barred in person.barred)


def why_nobody(excluded: Sequence[Person]) -> str:
    """Why nobody is left, "12人均不可：回避3、请假4、满额2、语言3": everybody counts once, under the gravest reason."""
    if not excluded:
        return "名册里没有可以指派的人。请先在“调解员”页登记调解员。"
    counted = Counter(person.barred[0].bar for person in excluded)
    return f"{len(excluded)}人均不可：" + "、".join(f"{bar.label}{counted[bar]}" for bar in Bar if counted[bar])


def ways_out(excluded: Iterable[Person]) -> list[WayOut]:
    """The nearest exits, those that bring back most people first; a transfer is always there. Recusal stays."""
    lifted = {
        Bar.LANGUAGE: Exit.INTERPRETER,
        Bar.LIMIT: Exit.RAISE_LIMIT,
        Bar.QUALIFICATION: Exit.AS_HELPER,
        Bar.LEAVE: Exit.WAIT,
    }
    only = Counter(bars.pop() for person in excluded if len(bars := {barred.bar for barred in person.barred}) == 1)
    found = [WayOut(way, only[bar]) for bar, way in lifted.items() if only[bar]]
    found.sort(key=lambda each: -each.people)
    return [*found, WayOut(Exit.TRANSFER, 0)]


def draw_in_words(names: Sequence[str], seed: str) -> str:
    return f"{'、'.join(names)}条件相同，按抽签排序（签号{sha256(seed.encode()).hexdigest()[:8]}）"


def weights_version(weights: Mapping[str, int]) -> str:
    """Eight characters that tell two sets of weights apart; the same numbers always have the same."""
    return sha256(dumps(dict(sorted(weights.items()))).encode()).hexdigest()[:8]


def kept_ranking(
    ranked: Ranked,
    no: int,
    role: AssignmentRole,
    chosen_id: int,
    *,
    override_reason: str,
    by_id: int,
    made_at: datetime,
) -> Ranking:
    """What the person who chose had in front of them, in the words they read."""
    uids = {each.person.id: each.person.uid for each in ranked.candidates}
    draws = [{"ids": list(group), "uids": [uids[each] for each in group]} for group in ranked.drawn]
    return Ranking(
        no=no,
        role=role.value,
        weights=dict(ranked.weights),
        candidates=[_kept_candidate(each) for each in ranked.candidates],
        excluded=[_kept_excluded(each) for each in ranked.excluded],
        draw={"seed": ranked.seed, "groups": draws} if draws else {},
        chosen_id=chosen_id,
        override_reason=override_reason,
        by_id=by_id,
        made_at=made_at,
    )


def _kept_candidate(candidate: Candidate) -> dict[str, object]:
    person = candidate.person
    return {
        "mediator_id": person.id,
        "name": person.name,
        "tier": int(person.tier),
        "score": candidate.score,
        "points": {point.code.value: point.points for point in candidate.points},
        "reasons": reasons(candidate),
        "unchecked": list(person.unchecked),
        "given_this_month": person.given_this_month,
        "title": person.title,
    }


def _kept_excluded(person: Person) -> dict[str, object]:
    return {
        "mediator_id": person.id,
        "name": person.name,
        "reasons": [{"bar": each.bar.value, "code": each.code, "said": each.said} for each in person.barred],
    }


class KeptLine(NamedTuple):
    """Somebody of a kept ranking: the place (0: excluded), the score (None: excluded), and why."""

    place: int
    mediator_id: int
    name: str
    score: int | None
    tier: str
    reasons: tuple[str, ...]


def lines_of(ranking: Ranking) -> list[KeptLine]:
    """A kept ranking line by line, candidates in their order before excluded people."""
    candidates: Sequence[Mapping[str, Any]] = ranking.candidates
    excluded: Sequence[Mapping[str, Any]] = ranking.excluded
    found = [
        KeptLine(
            place,
            each["mediator_id"],
            each["name"],
            each["score"],
            tier_in_words(each["tier"]),
            tuple(each["reasons"]),
        )
        for place, each in enumerate(candidates, start=1)
    ]
    return found + [
        KeptLine(0, each["mediator_id"], each["name"], None, "", tuple(reason["said"] for reason in each["reasons"]))
        for each in excluded
    ]


def kept_draw_in_words(ranking: Ranking) -> str:
    """How ties were drawn, each draw done again; "" where nothing was drawn."""
    draw: Mapping[str, Any] = ranking.draw
    names = {line.mediator_id: line.name for line in lines_of(ranking)}
    told = []
    for group in draw.get("groups", []):
        is_same = redraw(draw["seed"], group["uids"]) == group["uids"]
        again = "重抽核对一致" if is_same else "重抽核对不一致，请查明"
        told.append(f"{draw_in_words([names[each] for each in group['ids']], draw['seed'])}，{again}")
    return "；".join(told)


def _record_in_words(person: Person) -> str:
    record = person.record
    if not record.ended:
        return "本类还没有结案，按全中心平均计"
    return f"本类结案{record.ended}件，达成协议{record.settled}件"
