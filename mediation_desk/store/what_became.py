"""What is told of earlier cases beside the registration form: of all of them in a few statements, however many."""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from mediation_desk.domain.aftermath import Breach
from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Decision, Outcome
from mediation_desk.domain.what_became import Facts
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import breaches
from mediation_desk.store.schema import agreements, decisions, outcomes, parties
from mediation_desk.store.sight import seen_of

_T = TypeVar("_T")


class BecameRecords:
    """Reads the facts that tell what came of cases."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def facts(self, case_ids: Collection[int]) -> dict[int, Facts]:
        """By case, for those that may be seen. Of decisions and outcomes the last counts."""
        ids = seen_of(self._session, case_ids)
        decided, ended = self._parts(Decision, decisions, ids), self._parts(Outcome, outcomes, ids)
        agreed, broken = self._parts(Agreement, agreements, ids), self._parts(Breach, breaches, ids)
        names = self._names(ids)
        return {
            each: Facts(
                decided.get(each, [None])[-1],
                ended.get(each, [None])[-1],
                agreed.get(each, []),
                broken.get(each, []),
                names.get(each, {}),
            )
            for each in ids
        }

    def _parts(self, kind: type[_T], table: Table, ids: Collection[int]) -> dict[int, list[Any]]:
        query = select(table.c.case_id, kind).where(table.c.centre_id == the_centre, table.c.case_id.in_(ids))
        found: dict[int, list[Any]] = {}
        for case_id, part in self._session.execute(query.order_by(table.c.id)):
            found.setdefault(case_id, []).append(part)
        return found

    def _names(self, ids: Collection[int]) -> dict[int, dict[int, str]]:
        query = select(parties.c.case_id, parties.c.no, parties.c.name)
        found: dict[int, dict[int, str]] = {}
        for case_id, no, name in self._session.execute(
            query.where(parties.c.centre_id == the_centre, parties.c.case_id.in_(ids))
        ):
            found.setdefault(case_id, {})[no] = name
        return found
