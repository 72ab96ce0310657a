"""What is due when of one obligation, and how far each part is performed."""

from datetime import date
from typing import NamedTuple

from mediation_desk.domain.agreement import Obligation, PerformanceState


class DuePart(NamedTuple):
    """One due part. `due_on` None: on the spot; `amount_fen` None: an act, not a payment."""

    due_on: date | None
    amount_fen: int | None
    state: PerformanceState


def schedule_on(obligation: Obligation, day: date) -> list[DuePart]:
    """The due parts in order of their dates, seen on `day`. What was paid covers the earliest part first."""
    parts: list[tuple[date | None, int | None]] = list(obligation.due_parts)
    left = obligation.paid_fen
    schedule = []
    for due_on, amount_fen in parts or [(None, obligation.amount_fen)]:
        covered = min(left, amount_fen or 0)
        left -= covered
        is_done = obligation.is_done or (amount_fen is not None and covered == amount_fen)
        schedule.append(DuePart(due_on, amount_fen, _state(due_on, day, is_done=is_done, begun=covered > 0)))
    return schedule


def _state(due_on: date | None, day: date, *, is_done: bool, begun: bool) -> PerformanceState:
    if is_done:
        return PerformanceState.DONE
    if due_on is not None and due_on < day:
        return PerformanceState.LATE
    if due_on == day:
        return PerformanceState.DUE
    return PerformanceState.PARTLY if begun else PerformanceState.NOT_DUE
