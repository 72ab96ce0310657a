"""Conditions about a case that several questions share: how it ended, what binds in it, and what of that is performed.

Each is asked of the row of `cases` that stands around it.
"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement import AgreementKind, ObligationKind
from mediation_desk.domain.case import AGREED, EventKind
from mediation_desk.domain.relation import RelationKind
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import confirmation_steps, relations
from mediation_desk.store.schema import agreements, cases, decisions, events, obligations, outcomes, performances

AGREED_KINDS = [str(kind) for kind in AGREED]  # drivers of servers write an enumeration their own way


def of_case(table: FromClause) -> ColumnElement[bool]:
    return and_(table.c.centre_id == cases.c.centre_id, table.c.case_id == cases.c.id)


def merged() -> Select[tuple[int]]:
    """Cases in whose place another one goes on."""
    return select(relations.c.case_id).where(
        relations.c.centre_id == the_centre,
        relations.c.kind == RelationKind.MERGED,
        relations.c.withdrawn_at.is_(None),
    )


def begun_anew() -> ColumnElement[bool]:
    """Whether a decision came after the last outcome (see `Case.outcome`); asked only where there were several."""
    times = select(func.count()).where(of_case(decisions)).scalar_subquery()
    return and_(times > 1, _last_event(EventKind.DECIDED) > _last_event(EventKind.OUTCOME))


def result() -> ColumnElement[str]:
    """How mediation ended, "" where it goes on."""
    last = (
        select(cast(outcomes.c.kind, String)).where(of_case(outcomes)).order_by(outcomes.c.id.desc()).limit(1)
    ).scalar_subquery()
    return func.coalesce(case((begun_anew(), ""), else_=last), "")


def _last_event(kind: EventKind) -> ScalarSelect[int]:
    return select(func.max(events.c.id)).where(of_case(events), events.c.kind == kind).scalar_subquery()


def in_effect() -> Select[tuple[int]]:
    """Agreements of the case that bind, and that no later one replaces."""
    later = agreements.alias()
    replaced = exists().where(
        later.c.centre_id == agreements.c.centre_id,
        later.c.case_id == agreements.c.case_id,
        later.c.kind == AgreementKind.REPLACEMENT,
        later.c.effect_day.is_not(None),
        later.c.no > agreements.c.no,
    )
    return select(agreements.c.id).where(of_case(agreements), agreements.c.effect_day.is_not(None), ~replaced)


of_agreement = and_(obligations.c.centre_id == agreements.c.centre_id, obligations.c.agreement_id == agreements.c.id)


def agreed_fen() -> ScalarSelect[int]:
    sums = in_effect().with_only_columns(func.sum(obligations.c.amount_fen))
    return sums.join(obligations, of_agreement).scalar_subquery()


def unperformed() -> Select[tuple[int]]:
    """Obligations of the case that are neither waived nor performed in full."""
    return in_effect().with_only_columns(obligations.c.id).join(obligations, of_agreement).where(~is_done())


_performed = and_(performances.c.centre_id == obligations.c.centre_id, performances.c.obligation_id == obligations.c.id)


def paid_fen() -> ColumnElement[int]:
    """What was paid of an obligation."""
    return select(func.coalesce(func.sum(performances.c.amount_fen), 0)).where(_performed).scalar_subquery()


def is_done() -> ColumnElement[bool]:
    """Whether an obligation is waived, or performed in full (see `Obligation.is_done`)."""
    is_act = or_(obligations.c.kind == ObligationKind.ACT, obligations.c.amount_fen.is_(None))
    performed = case((is_act, exists().where(_performed)), else_=paid_fen() >= obligations.c.amount_fen)
    return or_(obligations.c.waived_on.is_not(None), performed)


def confirmed() -> Select[tuple[int]]:
    return select(confirmation_steps.c.id).where(
        of_case(confirmation_steps), confirmation_steps.c.state == ConfirmationState.CONFIRMED
    )
