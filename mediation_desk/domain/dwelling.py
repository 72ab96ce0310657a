"""Where somebody lives, however it was written: 12-3-402 is 12号楼3单元402室; which house that is, and which flat.

Made to compare what two clerks typed. What is printed is what was typed.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from mediation_desk.domain.numerals import read_numeral
from mediation_desk.domain.search_words import fold, fours, loosely, threes

_SHORTEST = 5
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[0-9]+|[a-z]")
_UPPER_PLACES = re.compile(
    r"(?:[^0-9]{1,8}?(?:省|自治区))?(?:[^0-9]{1,8}?市)?(?:[^0-9]{1,8}?(?:(?<![小社园宅校院厂])区|[县旗]))?(?:[^0-9]{1,8}?(?:街道|镇|乡))?"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=号|栋|幢|座|单元|门|楼)")
_DASHES = "[－‐‑‒–—―]"
_WRITTEN_IN_ONE = (
    (re.compile(rf"([0-9a-z]+){_DASHES}([0-9]+){_DASHES}([0-9]+)(?:室|户)?$"), r"\1号楼\2单元\3室"),
    (re.compile(rf"([0-9a-z]+){_DASHES}([0-9]+)(?:室|户)?$"), r"\1号楼\2室"),
    (re.compile(r"([0-9]+|[a-z])(?:栋|幢|座|＃楼?)"), r"\1号楼"),
    (re.compile(r"([0-9]+)楼(?=[0-9]+(?:单元|门|室))"), r"\1号楼"),
    (re.compile(r"([0-9]+)门(?=[0-9])"), r"\1单元"),
    (re.compile(r"(号楼|单元)([0-9]+[a-z]?)(?:室|户|号|房)?$"), r"\1\2室"),
)
_FLAT = re.compile(r"(?:[0-9]+单元)?(?:[0-9]+层)?[0-9]+[a-z]?(?:室|户|房)$|[0-9]+单元$")
_ALIKE = 0.7
_BEFORE_NUMBER = 4


@lru_cache(maxsize=4096)
def plain_address(address: str) -> str:
    """An address without city, district and street office, its numbers written in one way; "" if it names no house."""
    folded = fold(address)
    if not _DIGIT.search(folded) and not _NUMERAL.search(folded):
        return ""
    folded = _NUMERAL.sub(lambda found: str(read_numeral(found.group())), folded)
    for written, so in _WRITTEN_IN_ONE:
        folded = written.sub(so, folded)
    plain = _UPPER_PLACES.sub("", loosely(folded), count=1)
    return plain if len(plain) >= _SHORTEST and _DIGIT.search(plain) else ""


@lru_cache(maxsize=4096)
def house_of(plain: str) -> str:
    """A plain address without entrance and flat."""
    return _FLAT.sub("", plain) or plain


def same_flat(one: str, other: str) -> bool:
    """Whether two plain addresses name one and the same flat."""
    return one == other and house_of(one) != one


def same_house(one: str, other: str, alike: Callable[[str, str], float]) -> bool:
    """Whether two plain addresses lie in one house: the same numbers in words that are alike, from 0 to 1."""
    ours, theirs = house_of(one), house_of(other)
    if not ours or not theirs:
        return False
    return ours == theirs or (_NUMBER.findall(ours) == _NUMBER.findall(theirs) and alike(ours, theirs) >= _ALIKE)


def lives_elsewhere(one: str, other: str) -> bool:
    """Whether two plain addresses are of different houses for certain, not one house by two of its names."""
    ours, theirs = (set(_NUMBER.findall(house_of(each))) for each in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def pieces_of(plain: str) -> tuple[str, ...]:
    """Some of the search words under which every way to write this address is kept: up to its first number."""
    first = _NUMBER.search(plain)
    if first is None:
        return ()
    beginning = plain[max(first.start() - _BEFORE_NUMBER, 0) : first.end()]
    return tuple(dict.fromkeys((fours(beginning) or list(threes(beginning)))[-3:]))
