"""How likely two cases are one dispute: points for what agrees, fewer for what many share, some off for what differs.

The points decide only what is shown to a person, who decides the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

from mediation_desk.domain.dwelling import lives_elsewhere, same_flat, same_house
from mediation_desk.domain.repeats import Agrees, Known, Likeness, Person, known
from mediation_desk.domain.rules import Rules

_TOLD_AGAIN = 0.5


@dataclass(frozen=True, kw_only=True)
class Points:
    """What each agreement is worth of 100, and what another telephone or house takes off where but a name agrees.

    Names and telephones of `many` people are common; stories that are alike by `alike_stories` of 100 count in full.
    """

    number: int
    near_number: int
    phone: int
    name: int
    common_name: int
    sound: int
    shared: int
    flat: int
    house: int
    story: int
    other_phone: int
    other_house: int
    many: int
    alike_stories: int

    @classmethod
    def of(cls, rules: Rules, day: date) -> "Points":
        return cls(**{name: rules.setting(f"repeat_{name}", day) for name in cls.__dataclass_fields__})


class Score(NamedTuple):
    """From 0 on, in what the two agree, what weighs most first, and which party of each does.

    Beyond 1 more agrees than is needed.
    """

    value: float
    why: tuple[Agrees, ...]
    whom: Person | None = None
    who: Person | None = None


class _Match(NamedTuple):
    """What two parties of two cases have in common."""

    points: int
    agree: Agrees
    ours: Person
    theirs: Person


class Crowd:
    """How many people in the cases at hand bear a name or use a telephone: what many share says little."""

    def __init__(self, ours: Iterable[Person], cases: Iterable[Sequence[Person]]) -> None:
        names = {name for each in ours for name in known(each).names}
        phones = {phone for each in ours for phone in known(each).phones}
        bearers: defaultdict[str, set[object]] = defaultdict(set)
        users: defaultdict[str, set[str]] = defaultdict(set)
        for no, people in enumerate(cases):
            for each in map(known, people):
                who = no if each.is_organisation else min(each.numbers or each.phones or {str(no)})
                for name in each.names & names:
                    bearers[name].add(who)
                for phone in each.phones & phones:
                    users[phone].add(each.name)
        self._bearers = Counter({name: len(several) for name, several in bearers.items()})
        self._users = Counter({phone: len(several) for phone, several in users.items()})

    def bearers(self, person: Known) -> int:
        return max((self._bearers[name] for name in person.names), default=0)

    def users(self, phones: Iterable[str]) -> int:
        """Of the telephone that fewest use."""
        return min((self._users[phone] for phone in phones), default=0)


def score(
    ours: Sequence[Person],
    theirs: Sequence[Person],
    alike_stories: float,
    points: Points,
    crowd: Crowd,
    alike: Likeness,
) -> Score:
    """Weigh the surest pairs of parties (one of each side counts), where they live, and their stories (0 to 1)."""
    matches = _matches(ours, theirs, points, crowd)
    where = _where(ours, theirs, alike)
    told = min(alike_stories * 100 / points.alike_stories, 1.0)
    value = sum(each.points for each in matches) + round(points.story * told)
    value += {Agrees.ADDRESS: points.flat, Agrees.HOUSE: points.house, None: 0}[where]
    why = (
        *((Agrees.PAIR,) if len(matches) == 2 and Agrees.PINYIN not in {each.agree for each in matches} else ()),
        *(each.agree for each in matches[:1]),
        *((where,) if where else ()),
        *((Agrees.STORY,) if told >= _TOLD_AGAIN else ()),
    )
    surest = matches[0] if matches else None
    return Score(value / 100, why, surest and surest.theirs, surest and surest.ours)


def _matches(ours: Sequence[Person], theirs: Sequence[Person], points: Points, crowd: Crowd) -> list[_Match]:
    """At most two, the surest first, no party in both."""
    others = [(each, known(each)) for each in theirs]
    every: list[_Match] = []
    for one in ours:
        for person, other in others:
            worth, agree = _of_two(known(one), other, points, crowd)
            if agree and worth > 0:
                every.append(_Match(worth, agree, one, person))
    every.sort(key=lambda each: -each.points)
    found = every[:1]
    found += [each for each in every if each.ours is not every[0].ours and each.theirs is not every[0].theirs][:1]
    if len(found) == 1 and known(found[0].ours).is_organisation and _has_another_opponent(found[0], ours, theirs):
        [only] = found
        found = [only._replace(points=min(only.points, points.shared))]
    return found


def _has_another_opponent(match: _Match, ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """A shop has many customers: it comes back with another dispute when somebody else stands against it."""
    against = [each for each in ours if each.name and each is not match.ours]
    return bool(against) and any(each is not match.theirs for each in theirs)


def _of_two(one: Known, other: Known, points: Points, crowd: Crowd) -> tuple[int, Agrees | None]:
    if not one.numbers.isdisjoint(other.numbers):
        return (_of_organisation(one, points, crowd) if one.is_organisation else points.number), Agrees.NUMBER
    sounds, phones = one.sounds_like(other), one.phones & other.phones
    if not sounds and not phones:
        return 0, None
    if sounds and one.has_nearly_the_number_of(other):
        return points.near_number, Agrees.NEAR_NUMBER
    is_another = one.is_another_than(other)
    if phones:
        worth = points.shared if crowd.users(phones) >= points.many else points.phone
        named = points.name if sounds and not is_another else 0
        return (worth // 2 if is_another else worth) + named, Agrees.PHONE
    if is_another:
        return 0, None
    if not one.bears_the_name_of(other):
        worth, agree = points.sound, Agrees.PINYIN
    elif one.is_organisation:
        return _of_organisation(one, points, crowd), Agrees.NAME
    else:
        is_common = crowd.bearers(one) >= points.many
        worth, agree = (points.common_name if is_common else points.name), Agrees.NAME
    worth -= points.other_phone if one.phones and other.phones else 0
    worth -= points.other_house if lives_elsewhere(one.address, other.address) else 0
    return worth, agree


def _of_organisation(one: Known, points: Points, crowd: Crowd) -> int:
    return points.shared if crowd.bearers(one) >= points.many else points.name


def _where(ours: Iterable[Person], theirs: Iterable[Person], alike: Likeness) -> Agrees | None:
    """Whether people of both cases live in one flat, or in one house; where an organisation sits says nothing."""
    homes = _homes(ours)
    others = _homes(theirs) if homes else set()
    if any(same_flat(one, other) for one, other in product(homes, others)):
        return Agrees.ADDRESS
    return Agrees.HOUSE if any(same_house(one, other, alike) for one, other in product(homes, others)) else None


def _homes(people: Iterable[Person]) -> set[str]:
    return {home for each in people if (one := known(each)) and not one.is_organisation and (home := one.address)}
