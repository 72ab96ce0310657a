"""Light rows for the ledger: what happened from one day to another, one statement a kind, whoever it was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from mediation_desk.domain.duty_roster import RosterState, SwapState
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.ledger import Difficulty, What
from mediation_desk.domain.presence import LeaveKind
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.duty_schema import attendances, duty_rosters, duty_shifts, leaves, swap_requests
from mediation_desk.store.schema import assignments, cases, closings, mediators
from mediation_desk.store.sight import seen_in


class PersonRow(NamedTuple):
    """Somebody of the directory."""

    id: int
    name: str
    unit: str
    presence: Any
    weekly_pattern: Sequence[str]
    joined_on: date | None
    left_on: date | None


class LeaveRow(NamedTuple):
    """A leave or absence that counts."""

    mediator_id: int
    kind: LeaveKind
    first_day: date
    first_half: Half
    last_day: date
    last_half: Half
    reason: str
    substitute_id: int | None

    @property
    def first(self) -> HalfDay:
        return HalfDay(self.first_day, self.first_half)

    @property
    def last(self) -> HalfDay:
        return HalfDay(self.last_day, self.last_half)


class SwapRow(NamedTuple):
    """A swap that was carried out."""

    asker_id: int
    taker_id: int
    day: date
    half: Half
    back_day: date | None
    back_half: Half | None


_PERSON = [mediators.c[name] for name in PersonRow._fields]
_LEAVE = [leaves.c[name] for name in LeaveRow._fields]
_SWAP = [swap_requests.c[name] for name in SwapRow._fields]
_NEVER_OPEN = (Stage.NOT_ACCEPTED.value, Stage.HANDED_OVER.value, Stage.MERGED.value)


class LedgerRecords:
    """Asks what the ledger counts. Days from `first` to `last` include both."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def people(self) -> list[PersonRow]:
        """Everybody ever entered, in order of entry."""
        query = select(*_PERSON).where(mediators.c.centre_id == the_centre).order_by(mediators.c.id)
        return [PersonRow(*row) for row in self._session.execute(query)]

    def shifts(self, first: date, last: date) -> Sequence[Any]:
        """(mediator id, post id, day, half as its key) of the rosters in force: seven thousand a year."""
        query = (
            select(
                duty_shifts.c.mediator_id,
                duty_shifts.c.post_id,
                duty_shifts.c.day,
                type_coerce(duty_shifts.c.half, String),
            )
            .join(
                duty_rosters,
                and_(duty_rosters.c.centre_id == duty_shifts.c.centre_id, duty_rosters.c.id == duty_shifts.c.roster_id),
            )
            .where(
                duty_shifts.c.centre_id == the_centre,
                duty_shifts.c.day.between(first, last),
                duty_rosters.c.state == RosterState.PUBLISHED,
            )
        )
        return self._session.execute(query).all()

    def leaves(self, first: date, last: date) -> list[LeaveRow]:
        """Leave and absence that touches those days, withdrawn ones left out; in order of recording."""
        query = (
            select(*_LEAVE)
            .where(
                leaves.c.centre_id == the_centre,
                leaves.c.last_day >= first,
                leaves.c.first_day <= last,
                leaves.c.withdrawn_at.is_(None),
            )
            .order_by(leaves.c.id)
        )
        return [LeaveRow(*row) for row in self._session.execute(query)]

    def comings(self, first: date, last: date) -> Sequence[Any]:
        """(mediator id, came at, left at), mistaken records included."""
        query = select(attendances.c.mediator_id, attendances.c.came_at, attendances.c.left_at).where(
            attendances.c.centre_id == the_centre, attendances.c.day.between(first, last)
        )
        return self._session.execute(query).all()

    def swaps(self, first: date, last: date) -> list[SwapRow]:
        """Swaps that were carried out, of which one of the shifts is on those days."""
        query = (
            select(*_SWAP)
            .where(
                swap_requests.c.centre_id == the_centre,
                swap_requests.c.state == SwapState.DONE,
                or_(swap_requests.c.day.between(first, last), swap_requests.c.back_day.between(first, last)),
            )
            .order_by(swap_requests.c.id)
        )
        return [SwapRow(*row) for row in self._session.execute(query)]

    def case_numbers(self, first: date, last: date, today: date, difficulty: Difficulty) -> dict[tuple[int, What], int]:
        """How many assignments count as what, by mediator; what is not there is 0."""
        conditions = _counting(first, last, today)
        sums = [func.sum(case((condition, 1), else_=0)) for condition, _ in conditions.values()]
        query = (
            select(assignments.c.mediator_id, is_complex(difficulty).label("is_complex"), *sums)
            .select_from(_ASSIGNED)
            .where(
                assignments.c.centre_id == the_centre,
                assignments.c.assigned_on <= last,
                seen_in(self._session, assignments.c.case_id),
            )
            .group_by(assignments.c.mediator_id, "is_complex")  # PostgreSQL takes two parameters for different ones
        )
        return {
            (mediator_id, whats[bool(hard)]): number
            for mediator_id, hard, *numbers in self._session.execute(query)
            for whats, number in zip(conditions, numbers, strict=True)
        }

    def case_entries(
        self, what: What, first: date, last: date, today: date, difficulty: Difficulty, mediator_id: int | None
    ) -> list[tuple[int, int, date]]:
        """(mediator id, case id, the day that counts) of what `case_numbers` counts, of one mediator or of all."""
        [(whats, (condition, day))] = [each for each in _counting(first, last, today).items() if what in each[0]]
        is_hard = is_complex(difficulty)
        query = (
            select(assignments.c.mediator_id, assignments.c.case_id, day)
            .select_from(_ASSIGNED)
            .where(
                assignments.c.centre_id == the_centre,
                assignments.c.assigned_on <= last,
                condition,
                is_hard if what is whats[True] else ~is_hard,
                seen_in(self._session, assignments.c.case_id),
            )
        )
        if mediator_id is not None:
            query = query.where(assignments.c.mediator_id == mediator_id)
        return [(row[0], row[1], row[2]) for row in self._session.execute(query)]


_ASSIGNED: FromClause = assignments.join(
    cases, and_(cases.c.centre_id == assignments.c.centre_id, cases.c.id == assignments.c.case_id)
).outerjoin(
    closings,
    and_(
        closings.c.centre_id == assignments.c.centre_id,
        closings.c.case_id == assignments.c.case_id,
        closings.c.reopened_on.is_(None),
    ),
)


def is_complex(difficulty: Difficulty) -> ColumnElement[bool]:
    """The condition that a case is complex."""
    return or_(
        func.coalesce(cases.c.people_involved, 0) >= difficulty.people,
        func.coalesce(cases.c.claimed_fen, 0) >= difficulty.fen,
    )


def _counting(
    first: date, last: date, today: date
) -> Mapping[tuple[What, What], tuple[ColumnElement[bool], ColumnElement[date]]]:
    """When an assignment counts as what, simple or complex, and the day to show for it.

    Open is what the mediator still had at the end of the time, or has today; closed what was closed in the
    mediator's hands.
    """
    given, ended, closed = assignments.c.assigned_on, assignments.c.ended_on, closings.c.closed_on
    end = min(last, today)
    is_open = and_(
        given <= end,
        or_(ended.is_(None), ended > end),
        or_(closed.is_(None), closed > end),
        cases.c.stage.not_in(_NEVER_OPEN),
    )
    was_closed = and_(closed.between(first, last), or_(ended.is_(None), ended >= closed))
    return {
        (What.ASSIGNED_SIMPLE, What.ASSIGNED_COMPLEX): (given.between(first, last), given),
        (What.OPEN_SIMPLE, What.OPEN_COMPLEX): (is_open, given),
        (What.CLOSED_SIMPLE, What.CLOSED_COMPLEX): (was_closed, closed),
    }
