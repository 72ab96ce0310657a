"""Notices of holidays: what a pasted one would change, taking it over, and what is known of each year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.errors import Fault, Faults
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.holiday_days import DaySaid, days_of, said_of, with_days
from mediation_desk.domain.holiday_notice import NoticeReading, read_notice
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import HolidayNotice
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Holidays
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records


class DayChange(NamedTuple):
    """What a notice makes of a day. The words are those of `Opening.why`: "国庆节", "调休上班", "工作日", "周六"."""

    day: date
    before: str
    after: str
    works_before: bool
    works_after: bool


@dataclass(frozen=True)
class NoticePreview:
    """What a pasted notice would change, before anybody takes it over.

    `changes` are the days on which something else counts than now. `is_known` tells whether the year is confirmed
    already, `makes_known` whether it is by this notice.
    `faults` must be mended, `reading.unread` be seen by a person, before it can be taken over. `rosters` are the months
    with a published roster in which days change.
    """

    reading: NoticeReading
    issued_on: date | None
    changes: tuple[DayChange, ...]
    faults: tuple[Fault, ...]
    is_known: bool = False
    makes_known: bool = False
    rosters: tuple[date, ...] = ()

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months in which the notice says something."""
        return tuple(dict.fromkeys(day.replace(day=1) for day in self.reading.days))


class YearKnown(NamedTuple):
    """A year with its days off and make-up days; `notices` are those somebody took in, not those of the packs."""

    year: int
    days_off: int
    make_up_days: int
    is_known: bool
    notices: tuple[HolidayNotice, ...]


def preview_notice(records: Records, act: Act, text: str, issued_on: date | None = None) -> NoticePreview:
    """Say what a pasted notice would change. `issued_on` counts where the text itself gives no day of issue."""
    in_force = act.rules.holidays
    reading = read_notice(text, in_force)
    issued_on = reading.issued_on or issued_on
    faults = Faults()
    for sentence in reading.faults:
        faults.add(sentence, "notice_text")
    if reading.year is None:
        return NoticePreview(reading, None, (), tuple(faults.noted))
    faults.check(issued_on, "没有找到发文日期，请填写。", "notice_issued_on")
    faults.check(not issued_on or issued_on <= act.today, "发文日期在今天以后，请核对。", "notice_issued_on")
    later = {day for each in records.own.notices() if issued_on and each.issued_on > issued_on for day in days_of(each)}
    days = {day: said for day, said in reading.days.items() if day not in later}
    after = with_days(in_force, reading.year, days)
    changes = _changes(days, in_force, after)
    months = dict.fromkeys(change.day.replace(day=1) for change in changes)
    return NoticePreview(
        reading,
        issued_on,
        changes,
        tuple(faults.noted),
        rosters=tuple(month for month in months if records.rosters.has_published(month)),
        is_known=reading.year in in_force.years,
        makes_known=reading.year in after.years - in_force.years,
    )


def _changes(days: Mapping[date, DaySaid], in_force: Holidays, after: Holidays) -> tuple[DayChange, ...]:
    now, then = Opening((), in_force, ()), Opening((), after, ())
    changed = [day for day in days if said_of(day, in_force).kind is not said_of(day, after).kind]
    return tuple(
        DayChange(day, now.why(morning), then.why(morning), now.is_open(morning), then.is_open(morning))
        for day in sorted(changed)
        if (morning := HalfDay(day, Half.AM))
    )


@needs(Right.SETTINGS)
def import_notice(
    records: Records, act: Act, text: str, issued_on: date | None = None, confirmed: Collection[str] = ()
) -> HolidayNotice:
    """Take a pasted notice over. Of several notices the one issued last counts, day by day.

    `confirmed` are the unread sentences that a person has seen. Raises `RuleBroken` while the text has faults, says
    nothing, or has an unread sentence that nobody has seen.
    """
    preview = preview_notice(records, act, text, issued_on)
    reading, faults = preview.reading, Faults()
    for fault in preview.faults:
        faults.add(fault.sentence, fault.place)
    unseen = "；".join(sentence for sentence in reading.unread if sentence not in confirmed)
    faults.check(not unseen, f"有读不懂的句子，请先看过再采用：{unseen}", "notice_text")
    faults.check(reading.days or faults.noted, "没有读懂任何一天，没有采用。", "notice_text")
    faults.refuse_if_any()
    assert reading.year is not None
    assert preview.issued_on is not None
    notice = HolidayNotice(
        year=reading.year,
        number=reading.number,
        issued_on=preview.issued_on,
        text=text.strip(),
        days={day.isoformat(): [said.kind.value, said.name] for day, said in reading.days.items()},
        by_id=act.by_id,
        recorded_at=act.at,
    )
    records.own.add(notice)
    return notice


def years(records: Records, act: Act) -> list[YearKnown]:
    """Every year of which something is known, and the one to come; the newest first."""
    holidays, notices = act.rules.holidays, records.own.notices()
    shown = holidays.years | {notice.year for notice in notices} | {act.today.year, act.today.year + 1}
    return [
        YearKnown(
            year,
            sum(day.year == year for day in holidays.days_off),
            sum(day.year == year for day in holidays.make_up_days),
            year in holidays.years,
            tuple(notice for notice in notices if notice.year == year),
        )
        for year in sorted(shown, reverse=True)
    ]
