"""Counts cases for the statistics form in the store itself: however many cases there are, few lines come back."""

from array import array

from sqlalchemy import CTE, ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session

from mediation_desk.domain.case import DecisionKind
from mediation_desk.domain.ledger import Difficulty
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.statistics_form import Basis, CaseGroup, Where
from mediation_desk.store.case_conditions import (
    AGREED_KINDS,
    agreed_fen,
    confirmed,
    in_effect,
    merged,
    of_case,
    result,
    unperformed,
)
from mediation_desk.store.centre import the_centre
from mediation_desk.store.ledger import is_complex
from mediation_desk.store.schema import cases, closings, committees, decisions, parties
from mediation_desk.store.sight import seen_in


class StatisticsRecords:
    """Asks how many cases are of which sort."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def groups(self, basis: Basis, span: Span, difficulty: Difficulty) -> list[CaseGroup]:
        """The cases of a period, put together by all that the form tells apart."""
        told = self._told(basis, span, difficulty)
        dimensions = [told.c[name] for name in CaseGroup._fields[:-3]]
        sums = [func.count(), func.sum(told.c.people), func.sum(told.c.fen)]
        found = self._session.execute(select(*dimensions, *sums).group_by(*dimensions))
        return [
            CaseGroup(*codes, *(bool(each) for each in marks), *(int(each) for each in numbers))
            for codes, marks, numbers in ((row[:4], row[4:7], row[7:]) for row in found)
        ]

    def ids(self, basis: Basis, span: Span, difficulty: Difficulty, where: Where) -> "array[int]":
        """The cases that one of the numbers counts, the newest first."""
        told = self._told(basis, span, difficulty)
        query = select(told.c.id).order_by(told.c.id.desc())
        for name, values in where.items():
            plain = [str(each) if isinstance(each, str) else each for each in values]
            query = query.where(told.c[name].in_(plain))
        return array("q", self._session.scalars(query))

    def results(self, span: Span) -> dict[int, str]:
        """How mediation ended in each case that was accepted in the period, "" where it has not."""
        told = self._told(Basis.ACCEPTED, span, Difficulty(0, 0))
        return dict(self._session.execute(select(told.c.id, told.c.result)).all())

    def _told(self, basis: Basis, span: Span, difficulty: Difficulty) -> CTE:
        """What is to be told of each case of the period."""
        chosen = _accepted_in(span) if basis is Basis.ACCEPTED else _closed_in(span)
        ended = result()
        asked = (
            select(
                cases.c.id,
                func.coalesce(committees.c.body, "").label("body"),
                cases.c.case_source.label("source"),
                cases.c.dispute_kind.label("kind"),
                ended.label("result"),
                is_complex(difficulty).label("is_complex"),
                and_(ended.in_(AGREED_KINDS), exists(in_effect()), ~exists(unperformed())).label("is_performed"),
                exists(confirmed()).label("is_confirmed"),
                _people().label("people"),
                func.coalesce(agreed_fen(), 0).label("fen"),
            )
            .outerjoin(
                committees, and_(committees.c.centre_id == cases.c.centre_id, committees.c.id == cases.c.committee_id)
            )
            .where(
                cases.c.centre_id == the_centre,
                cases.c.id.in_(chosen),
                cases.c.id.not_in(merged()),
                seen_in(self._session, cases.c.id),
            )
        )
        return asked.cte("told")


def _accepted_in(span: Span) -> Select[tuple[int]]:
    """Cases that were accepted in the period, and not before it."""
    earlier = decisions.alias()
    before = exists().where(
        earlier.c.centre_id == decisions.c.centre_id,
        earlier.c.case_id == decisions.c.case_id,
        earlier.c.kind == DecisionKind.ACCEPTED,
        earlier.c.decided_on < span.first,
    )
    return select(decisions.c.case_id).where(
        decisions.c.centre_id == the_centre,
        decisions.c.kind == DecisionKind.ACCEPTED,
        decisions.c.decided_on.between(span.first, span.last),
        ~before,
    )


def _closed_in(span: Span) -> Select[tuple[int]]:
    """Cases that were closed in the period and not opened again, of those that had been accepted."""
    accepted = exists().where(
        decisions.c.centre_id == closings.c.centre_id,
        decisions.c.case_id == closings.c.case_id,
        decisions.c.kind == DecisionKind.ACCEPTED,
    )
    return select(closings.c.case_id).where(
        closings.c.centre_id == the_centre,
        closings.c.closed_on.between(span.first, span.last),
        closings.c.reopened_on.is_(None),
        accepted,
    )


def _people() -> ColumnElement[int]:
    """Parties, or people involved where more of them are recorded."""
    counted = select(func.count()).where(of_case(parties)).scalar_subquery()
    involved = func.coalesce(cases.c.people_involved, 0)
    return case((involved > counted, involved), else_=counted)
