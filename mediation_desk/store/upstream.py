"""Where cases stand in the systems above the desk, as light rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import upstream_entries
from mediation_desk.store.schema import cases
from mediation_desk.store.sight import seen_in

_IDS_AT_A_TIME = 500


class ListedCase(NamedTuple):
    """A case without names; it is called by its number, or by its query code while it has none."""

    id: int
    number: str
    query_code: str
    registered_at: datetime
    stage: str
    dispute_kind: str
    case_source: str

    @property
    def called(self) -> str:
        return self.number or f"查询码 {self.query_code}"


class Entered(NamedTuple):
    """A case stands in a system under a number since a day."""

    case_id: int
    system: str
    number: str
    entered_on: date


class UpstreamRecords:
    """Asks where cases were entered by hand; of a case that is out of sight no more than its id is told."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def other_case(self, system: str, number: str, *, except_id: int) -> int | None:
        """The id of another case of the centre that was recorded under that number of a system."""
        query = select(upstream_entries.c.case_id).where(
            upstream_entries.c.centre_id == the_centre,
            upstream_entries.c.system == system,
            upstream_entries.c.number == number,
            upstream_entries.c.case_id != except_id,
        )
        return self._session.execute(query).scalars().first()

    def listed(self, ids: Sequence[int]) -> list[ListedCase]:
        """Light rows of these cases, in their order; those out of sight are left out."""
        columns = [cases.c[name] for name in ListedCase._fields]
        found: dict[int, ListedCase] = {}
        for at in range(0, len(ids), _IDS_AT_A_TIME):
            some = ids[at : at + _IDS_AT_A_TIME]
            query = select(*columns).where(
                cases.c.centre_id == the_centre, cases.c.id.in_(some), seen_in(self._session, cases.c.id)
            )
            found |= {row[0]: ListedCase(*row) for row in self._session.execute(query)}
        return [found[each] for each in ids if each in found]

    def entered(self, ids: Sequence[int]) -> dict[tuple[int, str], Entered]:
        """By case and system: the last record, which counts."""
        columns = [upstream_entries.c[name] for name in Entered._fields]
        found: dict[tuple[int, str], Entered] = {}
        for at in range(0, len(ids), _IDS_AT_A_TIME):
            some = ids[at : at + _IDS_AT_A_TIME]
            query = (
                select(*columns)
                .where(
                    upstream_entries.c.centre_id == the_centre,
                    upstream_entries.c.case_id.in_(some),
                    seen_in(self._session, upstream_entries.c.case_id),
                )
                .order_by(upstream_entries.c.id)
            )
            found |= {(row[0], row[1]): Entered(*row) for row in self._session.execute(query)}
        return found
