"""What the desk sees when it opens: who is here, who waits, what is late or soon due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.money import figures
from mediation_desk.domain.procedure_clock import USUAL_MEDIATION, acceptance_clock, mediation_clock
from mediation_desk.domain.working_days import PeriodEnd, period_end
from mediation_desk.services.act import Act
from mediation_desk.services.running_call_outs import RunningCallOut, running_call_outs
from mediation_desk.services.who_is_here import Presences, who_is_here
from mediation_desk.store.cases import CaseFilter, CaseRow
from mediation_desk.store.records import Records

WEEK = 7
AHEAD = 31
"""How many days ahead what follows from an agreement is shown, so that its dates are seen as soon as it binds."""
LONGEST_CONFIRMATION_WAIT = 60
"""Agreements older than this cannot still be inside the confirmation period, whatever holidays came in between."""


class Grade(IntEnum):
    """How pressing a due date is; sorts by urgency."""

    LATE = 0
    TODAY = 1
    SOON = 2
    WEEK = 3
    LATER = 4


class DueKind(Labelled):
    """What a due date is about."""

    DECISION = "decision", "决定是否受理"
    MEDIATION = "mediation", "调解期限"
    CONFIRMATION = "confirmation", "共同申请司法确认"
    PERFORMANCE = "performance", "履行"
    FOLLOW_UP = "follow_up", "回访"


_LASTING = (DueKind.CONFIRMATION, DueKind.PERFORMANCE, DueKind.FOLLOW_UP)


class Due(NamedTuple):
    """Something due. `certain` is False where the holidays of that year are not known yet."""

    case_id: int
    kind: DueKind
    due_on: date
    grade: Grade
    text: str
    certain: bool = True


@dataclass(frozen=True)
class Today:
    """Everything 今日 shows. `cases` gives the light row of every case that a due date or list names.

    `newest_at` is when something was kept last, by any desk and whatever the clock said then.
    """

    presences: Presences
    call_outs: Sequence[RunningCallOut]
    registered: Sequence[CaseRow]
    dues: Sequence[Due]
    cases: dict[int, CaseRow]
    newest_at: datetime | None


def look_at_today(records: Records, act: Act) -> Today:
    """Gather 今日. Late things never fall off the list.

    Time limits of the desk itself are shown a week ahead, what follows from agreements a month.
    """
    dues = sorted(_dues(records, act), key=lambda due: (due.grade, due.due_on, due.case_id))
    horizon = act.today + timedelta(days=AHEAD)
    dues = [due for due in dues if due.grade is not Grade.LATER or (due.kind in _LASTING and due.due_on <= horizon)]
    registered = records.cases.ids(CaseFilter(since=act.today, until=act.today))
    rows = {row.id: row for row in records.cases.rows({*registered, *(due.case_id for due in dues)})}
    presences = who_is_here(records, act, act.at)
    return Today(
        presences=presences,
        call_outs=running_call_outs(records, act),
        registered=[rows[case_id] for case_id in registered],
        dues=dues,
        cases=rows,
        newest_at=records.backups.newest_at(),
    )


def grade_of(due_on: date, today: date, soon_days: int) -> Grade:
    """Late, today, within the warning days, within a week, or later."""
    left = (due_on - today).days
    if left < 0:
        return Grade.LATE
    if left == 0:
        return Grade.TODAY
    if left <= soon_days:
        return Grade.SOON
    return Grade.WEEK if left <= WEEK else Grade.LATER


def _dues(records: Records, act: Act) -> Iterable[Due]:
    rules, today = act.rules, act.today
    soon = rules.setting("due_soon_days", today)

    def due(case_id: int, kind: DueKind, end: PeriodEnd, text: str, warning: int = soon) -> Due:
        return Due(case_id, kind, end.effective, grade_of(end.effective, today, warning), text, end.certain)

    for undecided in records.dues.undecided():
        end = acceptance_clock(rules, undecided.requested_on).count.end
        if end is not None:
            yield due(undecided.case_id, DueKind.DECISION, end, "")
    for under_way in records.dues.under_way():
        clock = mediation_clock(
            rules,
            case_source=under_way.case_source,
            dispute_kind=under_way.dispute_kind,
            requested_on=under_way.requested_on,
            accepted_on=under_way.accepted_on,
        )
        if clock.count.end is not None:
            text = "" if clock.period.id == USUAL_MEDIATION else clock.period.title
            yield due(under_way.case_id, DueKind.MEDIATION, clock.count.end, text)
    confirmation_warning = rules.setting("confirmation_warning_days", today)
    for in_effect in records.dues.in_effect_since(today - timedelta(days=LONGEST_CONFIRMATION_WAIT)):
        end = period_end(in_effect.effect_day, rules.period("T11", in_effect.effect_day), rules.holidays)
        if end.effective >= today:
            text = f"{in_effect.number}，逾期不能再申请"
            yield due(in_effect.case_id, DueKind.CONFIRMATION, end, text, confirmation_warning)
    for planned in records.dues.follow_ups(today + timedelta(days=AHEAD)):
        grade = grade_of(planned.due_on, today, soon)
        yield Due(planned.case_id, DueKind.FOLLOW_UP, planned.due_on, grade, planned.subject)
    for case_id, what, owed in records.dues.obligations():
        upcoming = owed.next_due()
        if upcoming:
            due_on, amount_fen = upcoming
            text = what if amount_fen is None else f"应付{figures(amount_fen)}元"
            yield Due(case_id, DueKind.PERFORMANCE, due_on, grade_of(due_on, today, soon), text)
