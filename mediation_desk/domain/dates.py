"""Days and times of day as people type and read them: 2026-5-16, 2026年5月16日, 5-16, 今天; 9:30, 0930, 下午3点."""

import re
from datetime import date, time, timedelta
from unicodedata import normalize

_NEAR = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "后天": 2}
_DAY = re.compile(r"(?:(\d{4})\D+)?(\d{1,2})\D+(\d{1,2})\D*")
_PARTS_OF_DAY = {
    "": range(24),
    "凌晨": range(6),
    "早上": range(4, 12),
    "上午": range(5, 13),
    "中午": range(11, 15),
    "下午": range(12, 20),
    "晚上": range(17, 24),
}
_TIME = re.compile(rf"({'|'.join(_PARTS_OF_DAY)})(\d{{1,2}})(?:[:点时。.]+(\d{{1,2}}|半)?分?)?")


def parse_day(text: str, today: date) -> date | None:
    """Read a typed day; None for an empty field. A day without a year is of this year.

    Raises `ValueError` with a sentence in Chinese when it is no day.
    """
    plain = normalize("NFKC", text).strip().rstrip("。.")
    if not plain:
        return None
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    found = _DAY.fullmatch(plain)
    try:
        if found:
            return date(int(found[1] or today.year), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValueError(f"没有“{text.strip()}”这一天，请核对日期。") from error
    raise ValueError(f"看不懂日期“{text.strip()}”，请写成 2026-5-16 的样子。")


def parse_time(text: str) -> time | None:
    """Read a typed time of day; None for an empty field. Raises `ValueError` with a sentence in Chinese.

    A part of the day tells which half is meant. Where that leaves the day itself open (晚上12点) it is refused.
    """
    plain = re.sub(r"\s", "", normalize("NFKC", text))
    if not plain:
        return None
    if re.fullmatch(r"\d{3,4}", plain):
        plain = f"{plain[:-2]}:{plain[-2:]}"
    found = _TIME.fullmatch(plain)
    if found:
        minute = 30 if found[3] == "半" else int(found[3] or 0)
        for hour in (int(found[2]), int(found[2]) + 12):
            if hour in _PARTS_OF_DAY[found[1]] and minute < 60:
                return time(hour, minute)
    raise ValueError(f"看不懂时间“{text.strip()}”，请写成 9:30 的样子。")


def show_day(day: date | None) -> str:
    """2026-05-16, "" for None: short, for the screen. Papers write 2026年5月16日."""
    return day.isoformat() if day else ""


def day_in_words(day: date) -> str:
    """2026年5月16日, as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def show_time(at: time | None) -> str:
    """9:30, "" for None."""
    return f"{at.hour}:{at.minute:02}" if at else ""
