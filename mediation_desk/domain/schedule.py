"""What is due when of one obligation, and how far each part and the whole of it are performed."""

from datetime import date
from typing import NamedTuple

from mediation_desk.domain.agreement import Obligation, PerformanceState


class DuePart(NamedTuple):
    """One due part. `due_on` None: on the spot; `amount_fen` None: an act, not a payment. `paid_fen` was paid of it."""

    due_on: date | None
    amount_fen: int | None
    state: PerformanceState
    paid_fen: int = 0


def schedule_on(obligation: Obligation, day: date) -> list[DuePart]:
    """The due parts in order of their dates, seen on `day`. What was paid covers the earliest part first."""
    parts: list[tuple[date | None, int | None]] = list(obligation.due_parts)
    left = obligation.paid_fen
    schedule = []
    for due_on, amount_fen in parts or [(None, obligation.amount_fen)]:
        covered = min(left, amount_fen or 0)
        left -= covered
        is_performed = obligation.is_performed or (amount_fen is not None and covered == amount_fen)
        if is_performed:
            state = PerformanceState.ON_THE_SPOT if obligation.at_once else PerformanceState.DONE
        elif obligation.waived_on is not None:
            state = PerformanceState.NOT_NEEDED
        else:
            state = _open(due_on, day, begun=covered > 0)
        schedule.append(DuePart(due_on, amount_fen, state, covered))
    return schedule


def state_on(obligation: Obligation, day: date) -> PerformanceState:
    """How far the whole of it is performed, seen on `day`: something late tells more than what was paid already."""
    states = [part.state for part in schedule_on(obligation, day)]
    telling = (PerformanceState.NOT_NEEDED, PerformanceState.LATE, PerformanceState.DUE)
    if found := next((state for state in telling if state in states), None):
        return found
    if obligation.is_performed:
        return states[-1]
    begun = bool(obligation.performances)
    return PerformanceState.PARTLY if begun else PerformanceState.NOT_DUE


def _open(due_on: date | None, day: date, *, begun: bool) -> PerformanceState:
    if due_on is not None and due_on < day:
        return PerformanceState.LATE
    if due_on == day:
        return PerformanceState.DUE
    return PerformanceState.PARTLY if begun else PerformanceState.NOT_DUE
