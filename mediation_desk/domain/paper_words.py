"""How papers write numbers, times and lists of names."""

from collections.abc import Sequence
from datetime import time

_NUMERALS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Write the number of a clause: 一 … 九十九; from 100 on in figures."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    written = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return written + (_NUMERALS[ones] if ones or not tens else "")


def time_on_paper(moment: time) -> str:
    """Write a time of day: "9时05分"."""
    return f"{moment.hour}时{moment.minute:02}分"


def listed(names: Sequence[str]) -> str:
    return "、".join(names)
