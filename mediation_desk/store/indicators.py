"""What the indicators are counted from, as light rows: each question brings what may count in a period, no more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union,
)
from sqlalchemy.orm import Session

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import DecisionKind
from mediation_desk.domain.indicators import Promised, Timed
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.referral import Direction
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.stage import Stage
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.store.case_conditions import begun_anew, in_effect, is_done, merged, of_agreement, of_case, paid_fen
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import (
    clock_stops,
    conference_decisions,
    conferences,
    confirmation_steps,
    extensions,
    petition_steps,
    petitions,
    ratings,
    referrals,
    suggestions,
    supervision_orders,
)
from mediation_desk.store.schema import agreements, cases, decisions, instalments, obligations, outcomes
from mediation_desk.store.sight import seen_in

_ASKED = (
    ConfirmationState.APPLIED,
    ConfirmationState.ACCEPTED,
    ConfirmationState.CONFIRMED,
    ConfirmationState.DISMISSED,
    ConfirmationState.WITHDRAWN,
)


class Mediation(NamedTuple):
    """A case that was accepted, with what its time limit follows from; `result` is "" while it goes on."""

    case_id: int
    result: str
    ended_on: date | None
    accepted_on: date
    requested_on: date
    case_source: str
    dispute_kind: str


class Effective(NamedTuple):
    """A written agreement in effect, and what came of asking the court."""

    case_id: int
    effective_on: date
    asked: bool
    confirmed: bool


class Held(NamedTuple):
    """A conference: the same `meeting` stands at each case it was about."""

    case_id: int
    meeting: str
    kind: str


class Rated(NamedTuple):
    case_id: int
    level: str


class Suggested(NamedTuple):
    case_id: int
    kind: str
    made_on: date
    answered_on: date | None
    adopted: bool | None


class IndicatorRecords:
    """Asks for what is counted. Cases that go on in another one are left out."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def applications(self, since: date, until: date) -> list[tuple[int, date, date | None]]:
        """(case, day of the request, day of the first decision) of what was requested from one day to another."""
        first = (
            select(decisions.c.decided_on).where(of_case(decisions)).order_by(decisions.c.id).limit(1)
        ).scalar_subquery()
        query = select(cases.c.id, cases.c.requested_on, first).where(
            cases.c.centre_id == the_centre,
            cases.c.registered_at >= datetime.combine(since, time.min),  # nobody registers before the request
            cases.c.requested_on.between(since, until),
            *self._counted(cases.c.id),
        )
        return [(row[0], row[1], row[2]) for row in self._session.execute(query)]

    def under_way(self, accepted_until: date) -> list[Mediation]:
        """Cases that were accepted by then and whose mediation has not ended."""
        query = select(*_of_mediation(literal(""), null())).where(
            cases.c.centre_id == the_centre,
            cases.c.stage.in_([Stage.ACCEPTED.value, Stage.ASSIGNED.value, Stage.IN_MEDIATION.value]),
            accepted_until >= _ACCEPTED_ON,
            *self._counted(cases.c.id),
        )
        return [Mediation(*row) for row in self._session.execute(query)]

    def ended(self, since: date, accepted_until: date) -> list[Mediation]:
        """Cases in which mediation ended on `since` or later, of those that were accepted by then."""
        later = outcomes.alias()
        is_last = ~exists().where(
            later.c.centre_id == outcomes.c.centre_id,
            later.c.case_id == outcomes.c.case_id,
            later.c.id > outcomes.c.id,
        )
        query = (
            select(*_of_mediation(cast(outcomes.c.kind, String), outcomes.c.ended_on))
            .join(outcomes, of_case(outcomes))
            .where(
                cases.c.centre_id == the_centre,
                outcomes.c.ended_on >= since,
                is_last,
                ~begun_anew(),
                accepted_until >= _ACCEPTED_ON,
                *self._counted(cases.c.id),
            )
        )
        return [Mediation(*row) for row in self._session.execute(query)]

    def with_special_time(self, case_ids: Collection[int]) -> set[int]:
        """Those of the cases whose time for mediation is not told by source, kind and acceptance alone."""
        several = (
            select(decisions.c.case_id)
            .where(decisions.c.centre_id == the_centre, decisions.c.kind == DecisionKind.ACCEPTED)
            .group_by(decisions.c.case_id)
            .having(func.count() > 1)
        )
        special = union(
            _cases_with(clock_stops, clock_stops.c.clock == ClockKind.MEDIATION),
            _cases_with(extensions, extensions.c.clock == ClockKind.MEDIATION),
            _cases_with(referrals, referrals.c.direction == Direction.IN),
            several,
        )
        return set(case_ids).intersection(self._session.scalars(special))

    def promised(self, span: Span) -> list[Promised]:
        """Agreements in effect of which the last thing is owed in the period; what was waived is not owed."""
        last_instalment = (
            select(func.max(instalments.c.due_on))
            .where(instalments.c.centre_id == obligations.c.centre_id, instalments.c.obligation_id == obligations.c.id)
            .scalar_subquery()
        )
        last_due_on = func.max(func.coalesce(last_instalment, obligations.c.due_on, agreements.c.effect_day))
        is_owed = and_(obligations.c.waived_on.is_(None), obligations.c.amount_fen.is_not(None))
        query = (
            in_effect()
            .join(cases, of_case(agreements))
            .join(obligations, of_agreement)
            .with_only_columns(
                agreements.c.case_id,
                last_due_on,
                func.min(case((is_done(), 1), else_=0)),
                func.sum(case((is_owed, obligations.c.amount_fen), else_=0)),
                func.sum(case((is_owed, paid_fen()), else_=0)),
            )
            .where(agreements.c.centre_id == the_centre, *self._counted(agreements.c.case_id))
            .group_by(agreements.c.case_id, agreements.c.id)
            .having(last_due_on.between(span.first, span.last))
        )
        return [
            Promised(case_id, due_on, bool(done), int(owed), int(paid))
            for case_id, due_on, done, owed, paid in self._session.execute(query)
        ]

    def effective(self, since: date, until: date) -> list[Effective]:
        """Written agreements that took effect from one day to another."""

        def came_to(*states: ConfirmationState) -> ColumnElement[bool]:
            return exists().where(
                confirmation_steps.c.centre_id == agreements.c.centre_id,
                confirmation_steps.c.case_id == agreements.c.case_id,
                confirmation_steps.c.agreement_no == agreements.c.no,
                confirmation_steps.c.state.in_(states),
            )

        query = select(
            agreements.c.case_id,
            agreements.c.effect_day,
            came_to(*_ASKED),
            came_to(ConfirmationState.CONFIRMED),
        ).where(
            agreements.c.centre_id == the_centre,
            agreements.c.effect_day.between(since, until),
            agreements.c.form == AgreementForm.WRITTEN,
            *self._counted(agreements.c.case_id),
        )
        return [Effective(row[0], row[1], bool(row[2]), bool(row[3])) for row in self._session.execute(query)]

    def orders(self, since: date) -> list[Timed]:
        """Supervision orders that are due on `since` or later, with their reply."""
        table = supervision_orders.c
        query = select(table.case_id, table.due_on, table.replied_on).where(
            table.centre_id == the_centre, table.due_on >= since, *self._counted(table.case_id)
        )
        return [Timed(*row) for row in self._session.execute(query)]

    def conference_decisions(self, since: date) -> list[Timed]:
        """What conferences decided and is due on `since` or later."""
        query = (
            select(conferences.c.case_id, conference_decisions.c.due_on, conference_decisions.c.done_on)
            .join(
                conferences,
                and_(
                    conferences.c.centre_id == conference_decisions.c.centre_id,
                    conferences.c.id == conference_decisions.c.conference_id,
                ),
            )
            .where(
                conference_decisions.c.centre_id == the_centre,
                conference_decisions.c.due_on >= since,
                *self._counted(conferences.c.case_id),
            )
        )
        return [Timed(*row) for row in self._session.execute(query)]

    def held(self, span: Span) -> list[Held]:
        """Conferences of the period."""
        columns = conferences.c.case_id, conferences.c.meeting, conferences.c.kind
        return [Held(*row) for row in self._of_days(conferences, conferences.c.held_on, span, *columns)]

    def petitioned(self, since: date, until: date) -> list[int]:
        """Cases whose petition item came from one day to another, in the order of their coming."""
        query = (
            select(petitions.c.case_id)
            .where(
                petitions.c.centre_id == the_centre,
                petitions.c.received_on.between(since, until),
                *self._counted(petitions.c.case_id),
            )
            .order_by(petitions.c.case_id)
        )
        return list(self._session.scalars(query))

    def petition_steps(self, kind: PetitionStepKind, span: Span) -> list[int]:
        """Cases whose petition item took that step in the period."""
        query = (
            select(petitions.c.case_id)
            .join(
                petition_steps,
                and_(
                    petition_steps.c.centre_id == petitions.c.centre_id,
                    petition_steps.c.petition_id == petitions.c.id,
                ),
            )
            .where(
                petitions.c.centre_id == the_centre,
                petition_steps.c.kind == kind,
                petition_steps.c.happened_on.between(span.first, span.last),
                *self._counted(petitions.c.case_id),
            )
            .distinct()
            .order_by(petitions.c.case_id.desc())
        )
        return list(self._session.scalars(query))

    def rated(self, span: Span) -> list[Rated]:
        """What parties said of the service in the period."""
        columns = ratings.c.case_id, ratings.c.level
        return [Rated(*row) for row in self._of_days(ratings, ratings.c.rated_on, span, *columns)]

    def suggested(self, span: Span) -> list[Suggested]:
        """The three suggestions that were made in the period."""
        columns = [suggestions.c[name] for name in Suggested._fields]
        return [Suggested(*row) for row in self._of_days(suggestions, suggestions.c.made_on, span, *columns)]

    def _of_days(
        self, table: Table, day: ColumnElement[date], span: Span, *columns: ColumnElement[Any]
    ) -> Sequence[Any]:
        query = (
            select(*columns)
            .where(table.c.centre_id == the_centre, day.between(span.first, span.last), *self._counted(table.c.case_id))
            .order_by(table.c.id)
        )
        return self._session.execute(query).all()

    def _counted(self, case_id: ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
        return case_id.not_in(merged()), seen_in(self._session, case_id)


_ACCEPTED_ON = (
    select(func.max(decisions.c.decided_on))
    .where(of_case(decisions), decisions.c.kind == DecisionKind.ACCEPTED)
    .scalar_subquery()
)


def _of_mediation(result: ColumnElement[str], ended_on: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """The columns of a `Mediation`."""
    facts = cases.c.requested_on, cases.c.case_source, cases.c.dispute_kind
    return [cases.c.id, result, ended_on, _ACCEPTED_ON, *facts]


def _cases_with(table: Table, condition: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(table.c.case_id).where(table.c.centre_id == the_centre, condition)
