"""Finds days in free text: 2026年12月31日, 2026-12-31, 12月31日, 二〇二六年十二月三十一日; also those that are none."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.numerals import read_numeral

_N = "一二三四五六七八九十"
_DAY = re.compile(
    r"(?<![\d.])(?P<year>\d{1,6})\s{0,2}年\s{0,2}(?P<month>\d{1,3})\s{0,2}月(?:份|底|末)?"
    r"(?:\s{0,2}(?P<day>\d{1,3})(?:\s{0,2}[日号]|(?=[前之以起至到，。；])))?"
    r"|(?<![\d.\-/])(?P<iso_year>\d{4})(?P<dash>[-/.．])(?P<iso_month>\d{1,2})(?P=dash)(?P<iso_day>\d{1,2})(?![\d.\-/])"
    r"|(?<!\d)(?P<only_month>\d{1,2})\s{0,2}月\s{0,2}(?P<only_day>\d{1,2})\s{0,2}[日号]"
    rf"|(?P<said_year>[一二][〇零○Oo0{_N}]{{3}})年(?P<said_month>[{_N}]{{1,3}})月(?:(?P<said_day>[{_N}]{{1,3}})[日号])?"
)
_WEEKDAY = re.compile(r"\s*[（(，,]?\s*(?:星期|周|礼拜)([一二三四五六日天])")
_LEAP_YEAR = 2024


@dataclass(frozen=True)
class StatedDay:
    """A day and where it stands: `text[start:end]`.

    `day` is None where the year or the day of the month is not said, or where there is no such day: then it is not
    `is_possible`. `weekday` is the one stated with it (0 for Monday), None for none.
    """

    start: int
    end: int
    day: date | None
    is_possible: bool = True
    weekday: int | None = None


def days_in(text: str) -> Iterator[StatedDay]:
    """Give out all days of a text in their order. Its figures must be half-width (`names.clean_digits`)."""
    for match in _DAY.finditer(text):
        parts = match.groupdict()
        year = parts["year"] or parts["iso_year"] or parts["said_year"] or ""
        if parts["year"] and len(year) < 3 and not parts["day"]:
            continue  # 2年3月 is a length of time
        month = parts["month"] or parts["iso_month"] or parts["only_month"] or parts["said_month"]
        day = parts["day"] or parts["iso_day"] or parts["only_day"] or parts["said_day"]
        weekday = _WEEKDAY.match(text, match.end())
        yield _stated(
            match.span(),
            read_numeral(re.sub("[Oo]", "0", year)) if year else None,
            read_numeral(month) or 0,
            None if day is None else read_numeral(day) or 0,
            None if weekday is None else "一二三四五六日".index(weekday[1].replace("天", "日")),
        )


def _stated(span: tuple[int, int], year: int | None, month: int, day: int | None, weekday: int | None) -> StatedDay:
    if year is not None and year < 100:
        year = None  # 26年5月1日: which century is not for us to say
    possible = (year is None or 1000 <= year <= 9999) and 1 <= month <= 12
    if possible and day is not None:
        possible = 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]
    stated = date(year, month, day) if possible and year is not None and day is not None else None
    return StatedDay(*span, stated, possible, weekday)
