"""Where a line of Chinese text may end, and how much white stands between two characters (GB/T 15834 section 5).

避头尾, numbers and words that stay whole, 标点挤压 between marks, and a little white between Hanzi and letters.
"""

import re
from enum import IntEnum
from functools import cache

NO_START = frozenset(
    "!%),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—々ー－»‐–‑\"'"
)
"""Characters that never begin a line."""

NO_END = frozenset("$(£¥[{‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥#@＃＠№§«\"'")
"""Characters that never end a line."""

_OPENING = frozenset("（《「『【〔〖“‘")
_CLOSING = frozenset("，。、；：）》」』】〕〗”’")

_LETTER = r"!-\u1fff’０-９Ａ-Ｚａ-ｚ"
_is_letter = re.compile(f"[{_LETTER}]").match
_no_start, _no_end = (re.escape("".join(sorted(marks))) for marks in (NO_START, NO_END))
_unit = re.compile(
    rf" *[^ ](?: *[{_no_start}]|(?<=[{_no_end}]) *[^ ]|(?<=[{_LETTER}])[{_LETTER}]"
    r"|(?<=\d)[元万亿角分年月日时号]|(?<=第)\d)* *| +",
    re.DOTALL,
)


class Kind(IntEnum):
    """What a character is to its neighbours. Marks of full width have white on one half of it."""

    OTHER = 0
    HANZI = 1
    LETTER = 2  # or figure
    OPENING = 3  # white at the left
    CLOSING = 4  # white at the right


@cache
def kind(char: str) -> Kind:
    """Tell what a character is to its neighbours."""
    if char in _OPENING:
        return Kind.OPENING
    if char in _CLOSING:
        return Kind.CLOSING
    if char.isalnum():
        return Kind.LETTER if char < "\u2000" else Kind.HANZI if char.isalpha() and char < "\uff00" else Kind.OTHER
    return Kind.OTHER


_LITTLE, _HALF = 0.08, -0.5  # em; from 0.1 em on, programs that read the paper find a space there
_WHITE = {
    (Kind.HANZI, Kind.LETTER): _LITTLE,
    (Kind.LETTER, Kind.HANZI): _LITTLE,
    (Kind.OPENING, Kind.OPENING): _HALF,
    (Kind.CLOSING, Kind.OPENING): _HALF,
    (Kind.CLOSING, Kind.CLOSING): _HALF,
}


def white_between(before: Kind, after: Kind) -> float:
    """The white between two characters in em; negative where half a character of it goes, as in "），"."""
    return _WHITE.get((before, after), 0.0)


def is_letter(char: str) -> bool:
    """Whether a character is part of words and numbers: not a Hanzi, not Chinese punctuation, not a space."""
    return _is_letter(char) is not None


def units(text: str) -> list[str]:
    """Cut a line of text into what must not be divided. Spaces stay at the end of the unit before them."""
    return _unit.findall(text)
