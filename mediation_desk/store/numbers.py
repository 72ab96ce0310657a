"""Running numbers without gaps or doubles: a counter row, raised in the transaction that uses the number.

Take it last: the counter is the one row every desk wants, and it is held until the commit.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.domain.case import NumberKind
from mediation_desk.domain.numbering import loosely
from mediation_desk.store.centre import the_centre
from mediation_desk.store.insertion import insert_into
from mediation_desk.store.schema import counters, issued_numbers
from mediation_desk.store.sight import seen_in


class NumberRecords:
    """The counters."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_issued(self, centre_id: int, text: str) -> bool:
        """Whether that very number was ever given out, a voided one included."""
        issued = select(issued_numbers.c.id).where(
            issued_numbers.c.centre_id == centre_id, issued_numbers.c.text == text
        )
        return self._session.execute(issued).first() is not None

    def case_id_of(self, text: str) -> int | None:
        """The case to which a number was given, of the case itself or of one of its agreements, a voided one included.

        Brackets and spaces do not matter. None for a case out of sight too.
        """
        here, seen = issued_numbers.c.centre_id == the_centre, seen_in(self._session, issued_numbers.c.case_id)
        exact = self._session.execute(
            select(issued_numbers.c.case_id).where(here, issued_numbers.c.text == text, seen)
        ).scalar()
        if exact is not None:
            return int(exact)
        wanted = loosely(text)
        every = self._session.execute(select(issued_numbers.c.case_id, issued_numbers.c.text).where(here, seen))
        return next((int(case_id) for case_id, issued in every if wanted and loosely(issued) == wanted), None)

    def next(self, centre_id: int, committee_id: int, kind: NumberKind, year: int) -> int:
        """The next number of this committee, kind and year, counted from 1."""
        self._session.flush()
        raised = (
            insert_into(counters, self._session.get_bind().dialect)
            .values(centre_id=centre_id, committee_id=committee_id, kind=kind, year=year, last=1)
            .on_conflict_do_update(
                index_elements=["centre_id", "committee_id", "kind", "year"], set_={"last": counters.c.last + 1}
            )
            .returning(counters.c.last)
        )
        return int(self._session.execute(raised).scalar_one())
