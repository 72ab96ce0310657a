"""What the cell of a spreadsheet says: days, half-days, numbers and texts, in the shapes people type them."""

import re
from datetime import date, datetime, timedelta
from unicodedata import normalize

from mediation_desk.domain.dates import parse_day
from mediation_desk.domain.half_day import WEEKDAY_LABELS, WEEKDAYS, Half

_SERIALS = range(36526, 73051)
"""2000-01-01 to 2099-12-31 as Excel numbers days; ECMA-376 part 1, 18.17.4.1."""
_BEFORE_SERIAL_1 = date(1899, 12, 30)
_YEAR = re.compile(r"\d{4}\D|\d{8}$")
_HALVES = {"": None, "上午": Half.AM, "下午": Half.PM, "全天": None, "am": Half.AM, "pm": Half.PM}
_IN_WEEK = re.compile(rf"(?:周|星期)([{WEEKDAY_LABELS}天])(上午|下午)?")
_BETWEEN = re.compile(r"[、，,;；\n]+")
_UNREADABLE = "：看不懂这个日期，请写成 2026-9-4 的样子。"


def shown(value: object) -> str:
    """What somebody reads in the cell, white around it left out."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def day_of(value: object, month: date) -> date | None:
    """The day a cell means, None for an empty one; one without a year is the nearest to the middle of `month`.

    Raises `ValueError` with a sentence that follows on the cell: “9.31”：没有这一天.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        raise ValueError(_UNREADABLE)
    if isinstance(value, int | float):
        if int(value) in _SERIALS:
            return _BEFORE_SERIAL_1 + timedelta(days=int(value))
        _refuse_lost_zero(value)
    text = normalize("NFKC", shown(value)).replace("号", "日")
    if not text:
        return None
    if re.fullmatch(r"\d{5}", text) and int(text) in _SERIALS:
        return _BEFORE_SERIAL_1 + timedelta(days=int(text))
    if not re.search(r"\d", text):
        raise ValueError(_UNREADABLE)
    return _typed_day(text, month)


def _refuse_lost_zero(number: float) -> None:
    """A spreadsheet keeps the typed 9.10 as the number 9.1, so nobody can tell the 1st from the 10th."""
    month, _, day = str(number).partition(".")
    if len(day) == 1 and day in "123":
        raise ValueError(f"：可能是{month}月{day}日，也可能是{month}月{day}0日，请写成“{month}月{day}日”的样子。")


def _typed_day(text: str, month: date) -> date:
    middle = month.replace(day=15)
    years = [month.year] if _YEAR.match(text) else [month.year - 1, month.year, month.year + 1]
    found: list[date] = []
    trouble = ""
    for year in years:
        try:
            found += filter(None, [parse_day(text, date(year, 1, 1))])
        except ValueError as error:
            trouble = str(error)
    if not found:
        raise ValueError("：没有这一天，请核对日期。" if trouble.startswith("没有") else _UNREADABLE)
    return min(found, key=lambda day: abs(day - middle))


def half_of(value: object) -> Half | None:
    """上午 or 下午; None for an empty cell and for 全天. Raises `ValueError` with what follows on the cell."""
    text = normalize("NFKC", shown(value)).lower()
    if text not in _HALVES:
        raise ValueError("：半天只能写“上午”“下午”，整天就空着。")
    return _HALVES[text]


def whole_number(value: object, least: int, most: int) -> int | None:
    """A whole number within bounds; None for an empty cell. Raises `ValueError` with what follows on the cell."""
    text = normalize("NFKC", shown(value))
    if not text:
        return None
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,9}", text) or not least <= int(text) <= most:
        raise ValueError(f"：应当是{least}至{most}的整数。")
    return int(text)


def pattern_of(value: object) -> tuple[str, ...] | None:
    """Half-days of a week ("mon_am") of 周一上午、周三; None for an empty cell.

    Raises `ValueError` with what follows on the cell.
    """
    text = normalize("NFKC", shown(value))
    if not text:
        return None
    found: set[str] = set()
    for part in filter(None, _BETWEEN.split(text)):
        meant = _IN_WEEK.fullmatch("".join(part.split()))
        if meant is None:
            raise ValueError("：看不懂固定半天，请写成“周一上午、周三”的样子。")
        day = WEEKDAYS[WEEKDAY_LABELS.index("日" if meant[1] == "天" else meant[1])]
        halves = [half for half in Half if meant[2] in (None, half.label)]
        found |= {f"{day}_{half.value}" for half in halves}
    return tuple(f"{day}_{half.value}" for day in WEEKDAYS for half in Half if f"{day}_{half.value}" in found)


def pattern_in_words(pattern: list[str] | tuple[str, ...]) -> str:
    """The other way round: 周一上午、周三."""
    words = []
    for day, label in zip(WEEKDAYS, WEEKDAY_LABELS, strict=True):
        halves = [half for half in Half if f"{day}_{half.value}" in pattern]
        if halves:
            words.append(f"周{label}{halves[0].label if len(halves) == 1 else ''}")
    return "、".join(words)
