"""A time limit that runs in a case: from which day, what stopped or lengthened it, and what ended it.

Here are those of acceptance and of mediation. Which one holds for mediation is said by the rule packs, at the source
of a case or at its kind of dispute.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mediation_desk.domain.day_count import Count, CountedDay, Stop, count, days_of
from mediation_desk.domain.rules import Certainty, Holidays, Period, Rules, Unit
from mediation_desk.domain.time_facts import RIGHTS, ClockKind

MEDIATION_PERIOD = "mediation_period"
"""What a code of `case_source` or `dispute_kind` calls the time limit that holds for it."""

_ACCEPTANCE = "T01"
USUAL_MEDIATION = "T02"
"""The time limits that hold where nothing else is said."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time limit as it runs, or ran, in a case.

    `met_on` is the day of what ended it, None while it runs; `met_by` says in a word what that was. `no` is the number
    of the referral, order or agreement it belongs to, 0 for the case itself; `about` is whose, or of what.
    """

    kind: ClockKind
    period: Period
    started_on: date
    stops: tuple[Stop, ...]
    further: int
    count: Count
    met_on: date | None = None
    met_by: str = ""
    no: int = 0
    about: str = ""

    @property
    def ends_on(self) -> date | None:
        """The last day; None while the clock stands still."""
        return self.count.end.effective if self.count.end else None

    @property
    def is_running(self) -> bool:
        """Whether it still waits for what would end it; also while it stands still."""
        return self.met_on is None

    @property
    def is_certain(self) -> bool:
        """Whether the holidays of every year it touches are known."""
        return self.count.end is None or self.count.end.certain

    def is_over(self, today: date) -> bool:
        """Whether it ran out before what should have ended it, or before today."""
        return self.ends_on is not None and self.ends_on < (self.met_on or today)

    def is_late(self, today: date) -> bool:
        """Whether somebody's duty is or was overdue. A right that nobody used is not late, only gone."""
        return self.kind not in RIGHTS and self.is_over(today)

    def days(self, holidays: Holidays, today: date) -> Iterator[CountedDay]:
        """Every day of it, and why it counts or not."""
        return days_of(self.started_on, self.period, holidays, stops=self.stops, further=self.further, today=today)


def mediation_period(rules: Rules, case_source: str, dispute_kind: str, day: date) -> Period:
    """The time limit of mediation: that of the source goes before that of the kind, and the usual one is for the rest.

    A court says how long mediation may take that it refers (法释〔2016〕14号 art. 27), whatever the dispute is about.
    """
    named = rules.table("case_source").inherited(case_source, MEDIATION_PERIOD)
    named = named or rules.table("dispute_kind").inherited(dispute_kind, MEDIATION_PERIOD)
    return rules.period(named or USUAL_MEDIATION, day)


def acceptance_clock(rules: Rules, requested_on: date, decided_on: date | None = None, decided: str = "") -> Clock:
    """From the request to the first decision whether to take the matter."""
    period = rules.period(_ACCEPTANCE, requested_on)
    return running(ClockKind.ACCEPTANCE, rules, period, requested_on, met_on=decided_on, met_by=decided)


def mediation_clock(
    rules: Rules,
    *,
    case_source: str,
    dispute_kind: str,
    requested_on: date,
    accepted_on: date,
    received_on: date | None = None,
    is_anew: bool = False,
    stops: Iterable[Stop] = (),
    further: int = 0,
    ended_on: date | None = None,
    ended_by: str = "",
) -> Clock:
    """From acceptance to the outcome; of a case that was taken up again (`is_anew`), from then.

    Mediation of a labour dispute runs from the request already (劳动争议调解仲裁法 art. 14), that for a court from the
    day its papers were signed for (`received_on`). `further` days of the period's unit were added to it.
    """
    period = mediation_period(rules, case_source, dispute_kind, accepted_on)
    started_on = accepted_on
    if not is_anew and period.from_request:
        started_on = requested_on
    elif not is_anew and period.from_receipt and received_on:
        started_on = min(received_on, accepted_on)
    left_out = tuple(each for each in stops if each.until is None or each.until > started_on)
    return running(
        ClockKind.MEDIATION,
        rules,
        period,
        started_on,
        stops=left_out,
        further=further,
        met_on=ended_on,
        met_by=ended_by,
    )


def running(
    kind: ClockKind,
    rules: Rules,
    period: Period,
    started_on: date,
    *,
    stops: tuple[Stop, ...] = (),
    further: int = 0,
    met_on: date | None = None,
    met_by: str = "",
    no: int = 0,
    about: str = "",
) -> Clock:
    """A clock of that period, counted by the holidays of the rules."""
    return Clock(
        kind=kind,
        period=period,
        started_on=started_on,
        stops=stops,
        further=further,
        count=count(started_on, period, rules.holidays, stops=stops, further=further),
        met_on=met_on,
        met_by=met_by,
        no=no,
        about=about,
    )


def lengthened(clock: Clock, days: int, rules: Rules) -> Clock:
    """The same clock with so many days more."""
    further = clock.further + days
    longer = count(clock.started_on, clock.period, rules.holidays, stops=clock.stops, further=further)
    return replace(clock, further=further, count=longer)


def until_day(title: str, source: str, since: date, last: date) -> Period:
    """The time limit that somebody set by naming its last day."""
    return Period("", title, (last - since).days, Unit.CALENDAR_DAY, False, source, Certainty.VERIFIED)
