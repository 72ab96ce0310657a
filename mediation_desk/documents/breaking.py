"""Where a line of Chinese text may end: 避头尾, and numbers and words that stay whole (GB/T 15834 section 5)."""

import re

NO_START = frozenset(
    "!%),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—々ー－»‐–‑\"'"
)
"""Characters that never begin a line."""

NO_END = frozenset("$(£¥[{‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥#@＃＠№§«\"'")
"""Characters that never end a line."""

_COUNTED = frozenset("元万亿角分年月日时号")
_FULL_WIDTH_LETTERS = re.compile("[０-９Ａ-Ｚａ-ｚ]")

_CLOSING = frozenset("，。、；：）》」』】〕〗”’")
_OPENING = frozenset("（《「『【〔〖“‘")


def is_letter(char: str) -> bool:
    """Whether a character is part of words and numbers: not a Hanzi, not Chinese punctuation, not a space."""
    return " " < char < "\u2000" or char == "’" or _FULL_WIDTH_LETTERS.match(char) is not None


def units(text: str) -> list[str]:
    """Cut a line of text into what must not be divided. Spaces stay at the end of the unit before them."""
    found = []
    start = 0
    before = ""  # the last character that is not a space
    for index, char in enumerate(text):
        if char == " ":
            continue
        if before and _may_break(before, char, spaced=text[index - 1] == " "):
            found.append(text[start:index])
            start = index
        before = char
    if start < len(text):
        found.append(text[start:])
    return found


def _may_break(before: str, after: str, *, spaced: bool) -> bool:
    if after in NO_START or before in NO_END:
        return False
    if spaced:
        return True
    if is_letter(before) and is_letter(after):
        return False
    return not (before.isdigit() and after in _COUNTED) and not (before == "第" and after.isdigit())


def closes_up(before: str, after: str) -> bool:
    """Whether two full-width marks leave half a character of white between them that should go, as in "），"."""
    return (before in _CLOSING and (after in _CLOSING or after in _OPENING)) or (
        before in _OPENING and after in _OPENING
    )
