"""What notices of the State Council say of single days, laid over the holidays of the rule packs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.presence import HolidayNotice
from mediation_desk.domain.rules import Holidays

YEARLY = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
"""The holidays that every year's notice arranges (全国年节及纪念日放假办法 art. 2)."""


class DayKind(Labelled):
    """What a notice says of a day. `PLAIN` gives back what an earlier notice had taken: the day follows its weekday."""

    OFF = "off", "放假"
    WORK = "work", "上班"
    PLAIN = "plain", "照常"


class DaySaid(NamedTuple):
    """One word on one day, for the sake of the holiday called `name`."""

    kind: DayKind
    name: str


def said_of(day: date, holidays: Holidays) -> DaySaid:
    """What is in force for a day, in the words of a notice."""
    if day in holidays.days_off:
        return DaySaid(DayKind.OFF, holidays.days_off[day])
    if day in holidays.make_up_days:
        return DaySaid(DayKind.WORK, holidays.make_up_days[day])
    return DaySaid(DayKind.PLAIN, "")


def days_of(notice: HolidayNotice) -> dict[date, DaySaid]:
    """What a kept notice says, day by day."""
    return {date.fromisoformat(day): DaySaid(DayKind(kind), name) for day, (kind, name) in notice.days.items()}


def with_notices(holidays: Holidays, notices: Iterable[HolidayNotice]) -> Holidays:
    """Lay notices over the holidays; `notices` in the order of their issue, as a later one goes before."""
    for notice in notices:
        holidays = with_days(holidays, notice.year, days_of(notice))
    return holidays


def with_days(holidays: Holidays, year: int, days: Mapping[date, DaySaid]) -> Holidays:
    """Lay one notice of `year` over the holidays. Only one that arranges every holiday makes the year known."""

    def named(kind: DayKind) -> dict[date, str]:
        return {day: said.name for day, said in days.items() if said.kind is kind}

    off = named(DayKind.OFF)
    whole = all(any(holiday in name for name in off.values()) for holiday in YEARLY)
    return holidays.overlaid(off, named(DayKind.WORK), plain=named(DayKind.PLAIN), years=[year] if whole else [])
