"""The time limits that run in a case: from which day, what stopped or lengthened them, and what ended them.

Which limit holds for mediation is said by the rule packs, at the source of a case or at its kind of dispute. All of it
is read off the facts of the case; nothing is kept that could differ from them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.day_count import Count, CountedDay, Stop, count, days_of
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.rules import Holidays, Period, Rules

MEDIATION_PERIOD = "mediation_period"
"""What a code of `case_source` or `dispute_kind` calls the time limit that holds for it."""

_ACCEPTANCE = "T01"
USUAL_MEDIATION = "T02"
"""The time limits that hold where nothing else is said."""


class ClockKind(Labelled):
    ACCEPTANCE = "acceptance", "决定是否受理"
    MEDIATION = "mediation", "调解期限"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time limit as it runs, or ran, in a case. `met_on` is the day of what ended it, None while it runs."""

    kind: ClockKind
    period: Period
    started_on: date
    stops: tuple[Stop, ...]
    further: int
    count: Count
    met_on: date | None = None

    @property
    def ends_on(self) -> date | None:
        """The last day; None while the clock stands still."""
        return self.count.end.effective if self.count.end else None

    def is_late(self, today: date) -> bool:
        """Whether it ran out before what should have ended it, or before today."""
        return self.ends_on is not None and self.ends_on < (self.met_on or today)

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


def acceptance_clock(rules: Rules, requested_on: date, decided_on: date | None = None) -> Clock:
    """From the request to the first decision whether to take the matter."""
    period = rules.period(_ACCEPTANCE, requested_on)
    return _running(ClockKind.ACCEPTANCE, rules, period, requested_on, met_on=decided_on)


def mediation_clock(
    rules: Rules,
    *,
    case_source: str,
    dispute_kind: str,
    requested_on: date,
    accepted_on: date,
    stops: Iterable[Stop] = (),
    further: int = 0,
    ended_on: date | None = None,
) -> Clock:
    """From acceptance to the outcome; a case that was taken up again starts anew.

    Mediation of a labour dispute runs from the request already (劳动争议调解仲裁法 art. 14). `further` days of the
    period's unit were added to it.
    """
    period = mediation_period(rules, case_source, dispute_kind, accepted_on)
    started_on = requested_on if period.from_request else accepted_on
    left_out = tuple(each for each in stops if each.until is None or each.until > started_on)
    return _running(ClockKind.MEDIATION, rules, period, started_on, left_out, further, ended_on)


def _running(
    kind: ClockKind,
    rules: Rules,
    period: Period,
    started_on: date,
    stops: tuple[Stop, ...] = (),
    further: int = 0,
    met_on: date | None = None,
) -> Clock:
    return Clock(
        kind=kind,
        period=period,
        started_on=started_on,
        stops=stops,
        further=further,
        count=count(started_on, period, rules.holidays, stops=stops, further=further),
        met_on=met_on,
    )
