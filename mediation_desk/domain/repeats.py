"""Whether two cases may be the same dispute, or two parties the same person: keys to find them by, and a score.

A key is something that hardly two people share; whoever comes back has kept one of them nearly always. The score weighs
what agrees; it decides only what is shown to a person, who decides the rest.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.party import Party
from mediation_desk.domain.pinyin import ways_of_reading
from mediation_desk.domain.search_words import bigrams, fold, loosely

ID, PHONE, ADDRESS, PAIR = "itan"
"""What a key begins with."""

OF_PARTY, OF_ADDRESS, OF_STORY = 0.6, 0.15, 0.25
"""How much parties, address and story weigh."""

_SHORTEST_PHONE = 7
_SHORTEST_ADDRESS = 5
_NEAR_ADDRESS, _NEAR_STORY = 0.8, 0.3
_NUMBER_TYPED_WRONG = 2
_DIGIT = re.compile(r"[0-9]")
_BETWEEN_NUMBERS = re.compile(r"[、，；／｜]")
_UPPER_PLACES = re.compile(
    r"(?:[^0-9]{1,8}?(?:省|自治区))?(?:[^0-9]{1,8}?市)?(?:[^0-9]{1,8}?[区县旗])?(?:[^0-9]{1,8}?(?:街道|镇|乡))?"
)


class Agrees(Labelled):
    """In what two cases agree."""

    NUMBER = "number", "证件号相同"
    PHONE = "phone", "电话相同"
    NAME = "name", "姓名相同"
    PINYIN = "pinyin", "姓名同音"
    ADDRESS = "address", "地址相近"
    STORY = "story", "案情相近"
    NEAR_NUMBER = "near_number", "证件号只差一两位"
    BIRTH = "birth", "出生日期相同"


_WEIGHTS = {Agrees.NUMBER: 1.0, Agrees.PHONE: 0.9, Agrees.NAME: 0.7, Agrees.PINYIN: 0.45}


class Person(NamedTuple):
    """What of a party tells who it is, as it was typed."""

    name: str
    side: str = ""
    id_number: str = ""
    uscc: str = ""
    phone: str = ""
    address: str = ""
    birth_date: str = ""

    @classmethod
    def of(cls, party: Party) -> "Person":
        birth = party.birth_date.isoformat() if party.birth_date else ""
        return cls(party.name, party.side.value, party.id_number, party.uscc, party.phone, party.address, birth)


class Score(NamedTuple):
    """From 0 to 1, in what the two agree, what weighs most first, and which of their parties does."""

    value: float
    why: tuple[Agrees, ...]
    whom: Person | None = None


class _Known(NamedTuple):
    """A person as two are compared: what is typed in many ways is written in one."""

    name: str
    numbers: frozenset[str]
    phones: frozenset[str]
    address: str


@lru_cache(maxsize=64)  # one's own people are compared with those of many cases
def _known(person: Person) -> _Known:
    numbers = frozenset(number for text in (person.id_number, person.uscc) if (number := loosely(fold(text))))
    phones = (loosely(part) for part in _BETWEEN_NUMBERS.split(fold(person.phone)))
    return _Known(
        loosely(fold(person.name)),
        numbers,
        frozenset(phone for phone in phones if len(phone) >= _SHORTEST_PHONE),
        address_key(person.address),
    )


Likeness = Callable[[str, str], float]
"""How alike two texts are, from 0 to 1."""


def keys_of(people: Iterable[Person]) -> set[str]:
    """What the parties of one case are found by again."""
    known = {each: _known(each) for each in people}
    keys = {f"{ADDRESS}{each.address}" for each in known.values() if each.address}
    for each in known.values():
        keys.update(f"{ID}{number}" for number in each.numbers)
        keys.update(f"{PHONE}{phone}" for phone in each.phones)
    names = sorted({(person.side, each.name) for person, each in known.items() if each.name})
    for (side, one), (other_side, other) in product(names, names):
        if side != other_side and one < other:
            keys.add(f"{PAIR}{one}／{other}")
    return keys


def address_key(address: str) -> str:
    """An address without city, district and street office; "" where it names no house."""
    plain = _UPPER_PLACES.sub("", loosely(fold(address)), count=1)
    return plain if len(plain) >= _SHORTEST_ADDRESS and _DIGIT.search(plain) else ""


def score(ours: Iterable[Person], theirs: Iterable[Person], our_story: str, their_story: str, alike: Likeness) -> Score:
    """How likely two cases are the same dispute: the surest pair of parties, the nearest addresses, the stories."""
    known, others = ([(each, _known(each)) for each in people] for people in (ours, theirs))
    pairs = ((_agrees(one, another), other) for (_, one), (other, another) in product(known, others))
    agree, whom = max(pairs, key=lambda pair: _weight(pair[0]), default=(None, None))
    addresses = ({each.address for _, each in people if each.address} for people in (known, others))
    near = max((alike(one, other) for one, other in product(*addresses)), default=0.0)
    story = jaccard(our_story, their_story)
    why = (
        *((agree,) if agree else ()),
        *((Agrees.ADDRESS,) if near >= _NEAR_ADDRESS else ()),
        *((Agrees.STORY,) if story >= _NEAR_STORY else ()),
    )
    return Score(OF_PARTY * _weight(agree) + OF_ADDRESS * near + OF_STORY * story, why, whom if agree else None)


def same_person(one: Person, other: Person, alike: Likeness) -> Score:
    """How likely two parties of different cases are one person, whom two clerks wrote down differently."""
    ours, theirs = _known(one), _known(other)
    same_name = bool(ours.name) and ours.name == theirs.name
    alike_name = same_name or _same_pinyin(ours, theirs)
    if ours.numbers & theirs.numbers:
        return Score(1.0, (Agrees.NUMBER,))
    why = [Agrees.NAME if same_name else Agrees.PINYIN] if alike_name else []
    if not why:
        return Score(0.0, ())
    near_number = any(
        len(number) == len(another) and _differ(number, another) <= _NUMBER_TYPED_WRONG
        for number, another in product(ours.numbers, theirs.numbers)
    )
    near_address = bool(ours.address and theirs.address) and alike(ours.address, theirs.address) >= _NEAR_ADDRESS
    further = {
        Agrees.PHONE: bool(ours.phones & theirs.phones),
        Agrees.NEAR_NUMBER: near_number,
        Agrees.BIRTH: bool(one.birth_date) and one.birth_date == other.birth_date,
        Agrees.ADDRESS: near_address,
    }
    why += [each for each, agrees in further.items() if agrees]
    return Score(min(0.5 * same_name + 0.35 * (not same_name) + 0.25 * (len(why) - 1), 0.99), tuple(why))


def jaccard(one: str, other: str) -> float:
    """The share of the two-character pieces of both texts that they have in common."""
    ours, theirs = _pieces(one), _pieces(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


@lru_cache(maxsize=8)  # one story is compared with many
def _pieces(text: str) -> frozenset[str]:
    return frozenset(bigrams(fold(text)))


def _agrees(one: _Known, other: _Known) -> Agrees | None:
    if one.numbers & other.numbers:
        return Agrees.NUMBER
    if one.phones & other.phones:
        return Agrees.PHONE
    if one.name and one.name == other.name:
        return Agrees.NAME
    return Agrees.PINYIN if _same_pinyin(one, other) else None


def _weight(agree: Agrees | None) -> float:
    return _WEIGHTS.get(agree, 0.0) if agree else 0.0


def _same_pinyin(one: _Known, other: _Known) -> bool:
    ours, theirs = (ways_of_reading(each.name)[:1] for each in (one, other))
    return bool(ours) and len(ours[0]) > 1 and ours == theirs


def _differ(one: str, other: str) -> int:
    return sum(ours != theirs for ours, theirs in zip(one, other, strict=True))
