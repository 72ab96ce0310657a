"""By what a person who comes back is known again, and whether two parties of different cases are one person.

A key is something that hardly two people share; whoever comes back has kept one of them nearly always. What is typed
in many ways (telephones, old identity numbers, addresses, characters of older codes) is compared written in one.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from mediation_desk.domain.dwelling import plain_address, same_house
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.names import clean_name
from mediation_desk.domain.party import Party, PartyKind
from mediation_desk.domain.pinyin import sound_alike
from mediation_desk.domain.search_words import fold, loosely

ID, PHONE, ADDRESS, PAIR = "itan"
"""What a key begins with."""

_SHORTEST_PHONE = 7
_NUMBER_TYPED_WRONG = 2
_COMPLETE_NUMBER = 18
_BETWEEN = re.compile(r"[、，；／｜]")
_COMMON_HAN = re.compile(r"[\u4e00-\u9fa5]+")
_MOBILE = re.compile(r"(?:＋?86|0086)(1[0-9]{10})")
_WITH_AREA_CODE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})([2-8][0-9]{6,7})")
_OLD_NUMBER = re.compile(r"[0-9]{15}")


class Agrees(Labelled):
    """In what two cases agree."""

    PAIR = "pair", "双方相同"
    NUMBER = "number", "证件号相同"
    PHONE = "phone", "电话相同"
    NAME = "name", "姓名相同"
    PINYIN = "pinyin", "姓名同音"
    ADDRESS = "address", "地址相近"
    HOUSE = "house", "同楼同院"
    STORY = "story", "案情相近"
    NEAR_NUMBER = "near_number", "证件号只差一两位"
    BIRTH = "birth", "出生日期相同"
    RELATED = "related", "已认定关联"


class Person(NamedTuple):
    """What of a party tells who it is, as it was typed, and its number within the case."""

    name: str
    side: str = ""
    id_number: str = ""
    uscc: str = ""
    phone: str = ""
    address: str = ""
    birth_date: str = ""
    kind: str = PartyKind.NATURAL.value
    aliases: str = ""
    no: str = ""

    @classmethod
    def of(cls, party: Party) -> "Person":
        birth = party.birth_date.isoformat() if party.birth_date else ""
        numbers = (party.id_number, party.uscc, party.phone, party.address, birth)
        return cls(party.name, party.side.value, *numbers, party.kind.value, party.aliases, str(party.no))


class Known:
    """A person as two are compared: what is typed in many ways is written in one."""

    def __init__(self, person: Person) -> None:
        self.name = _plain_name(person.name)
        self.names = frozenset({self.name} if self.name else ())
        """Its name and those it bore before."""
        if person.aliases:
            self.names |= frozenset(filter(None, map(_plain_name, _BETWEEN.split(fold(person.aliases)))))
        self.numbers = frozenset(
            plain
            for number in (person.id_number, person.uscc)
            if number and (plain := _number_of_today(loosely(fold(number))))
        )
        self.phones = _plain_phones(person.phone) if person.phone else frozenset()
        self.is_organisation = person.kind == PartyKind.ORGANISATION
        self.birth_date = person.birth_date
        self._address = person.address

    @property
    def address(self) -> str:
        return plain_address(self._address) if self._address else ""

    def bears_the_name_of(self, other: "Known") -> bool:
        return not self.names.isdisjoint(other.names)

    def sounds_like(self, other: "Known") -> bool:
        if not self.names.isdisjoint(other.names):
            return True
        return len(self.name) > 1 and sound_alike(self.name, other.name)

    def has_nearly_the_number_of(self, other: "Known") -> bool:
        return any(_is_near(one, another) for one, another in product(self.numbers, other.numbers))

    def is_another_than(self, other: "Known") -> bool:
        """Whether what never changes says that these are two people, slips of the typist aside."""
        if self.numbers and other.numbers:
            complete = all(max(map(len, each.numbers)) >= _COMPLETE_NUMBER for each in (self, other))
            return complete and self.numbers.isdisjoint(other.numbers) and not self.has_nearly_the_number_of(other)
        return bool(self.birth_date and other.birth_date) and self.birth_date != other.birth_date


@lru_cache(maxsize=4096)  # while somebody types, the same people are compared again and again
def known(person: Person) -> Known:
    return Known(person)


Likeness = Callable[[str, str], float]
"""How alike two texts are, from 0 to 1."""


def keys_of(people: Iterable[Person]) -> set[str]:
    """What the parties of one case are found by again."""
    all_known = {each: known(each) for each in people}
    keys = {f"{ADDRESS}{each.address}" for each in all_known.values() if each.address}
    for each in all_known.values():
        keys.update(f"{ID}{number}" for number in each.numbers)
        keys.update(f"{PHONE}{phone}" for phone in each.phones)
    names = sorted({(person.side, each.name) for person, each in all_known.items() if each.name})
    for (side, one), (other_side, other) in product(names, names):
        if side != other_side and one < other:
            keys.add(f"{PAIR}{one}／{other}")
    return keys


def same_person(one: Person, other: Person, alike: Likeness) -> tuple[float, tuple[Agrees, ...]]:
    """How likely two parties are one person whom two clerks wrote down differently, from 0 to 1, and why."""
    ours, theirs = known(one), known(other)
    if not ours.numbers.isdisjoint(theirs.numbers):
        return 1.0, (Agrees.NUMBER,)
    if not ours.sounds_like(theirs):
        return 0.0, ()
    same_name = ours.bears_the_name_of(theirs)
    further = {
        Agrees.PHONE: not ours.phones.isdisjoint(theirs.phones),
        Agrees.NEAR_NUMBER: ours.has_nearly_the_number_of(theirs),
        Agrees.BIRTH: bool(one.birth_date) and one.birth_date == other.birth_date,
        Agrees.ADDRESS: same_house(ours.address, theirs.address, alike),
    }
    why = [Agrees.NAME if same_name else Agrees.PINYIN, *(each for each, agrees in further.items() if agrees)]
    return min((0.5 if same_name else 0.35) + 0.25 * (len(why) - 1), 0.99), tuple(why)


def _plain_name(name: str) -> str:
    return name if _COMMON_HAN.fullmatch(name) else loosely(fold(clean_name(name)[0]))


def _plain_phones(typed: str) -> frozenset[str]:
    phones = (_plain_phone(loosely(part)) for part in _BETWEEN.split(fold(typed)))
    return frozenset(phone for phone in phones if len(phone) >= _SHORTEST_PHONE)


def _plain_phone(phone: str) -> str:
    """Without the code of the country, or of the area, which people here leave out."""
    mobile, fixed = _MOBILE.fullmatch(phone), _WITH_AREA_CODE.fullmatch(phone)
    return (mobile or fixed)[1] if mobile or fixed else phone  # type: ignore[index]  # one of them is there


def _number_of_today(number: str) -> str:
    """An identity number of 15 digits as it was given anew with 18: century and check character more (GB 11643)."""
    if not _OLD_NUMBER.fullmatch(number):
        return number
    digits = f"{number[:6]}19{number[6:]}"
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return digits + "10x98765432"[weighed % 11]


def _is_near(one: str, other: str) -> bool:
    """Whether a slip makes one number of the other: some wrong digits, two in each other's place, or one left out."""
    if len(one) == len(other):
        return sum(ours != theirs for ours, theirs in zip(one, other, strict=True)) <= _NUMBER_TYPED_WRONG
    shorter, longer = sorted((one, other), key=len)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
