"""Numbered empty forms, and the counter they take their numbers from."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.domain.paper import BlankForm
from mediation_desk.store.centre import the_centre
from mediation_desk.store.insertion import insert_into
from mediation_desk.store.schema import blank_counters, blank_forms


class BlankRecords:
    """Reads and writes blank forms."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, blanks: Iterable[BlankForm]) -> None:
        self._session.add_all(blanks)

    def find(self, number: str) -> BlankForm | None:
        asked = blank_forms.c.centre_id == the_centre, blank_forms.c.number == number
        return self._session.scalars(select(BlankForm).where(*asked)).first()

    def next(self, centre_id: int, year: int, count: int) -> range:
        """The next `count` running numbers of this centre and year, counted from 1 without gaps. Take them last."""
        self._session.flush()
        raised = (
            insert_into(blank_counters, self._session.get_bind().dialect)
            .values(centre_id=centre_id, year=year, last=count)
            .on_conflict_do_update(index_elements=["centre_id", "year"], set_={"last": blank_counters.c.last + count})
            .returning(blank_counters.c.last)
        )
        last = int(self._session.execute(raised).scalar_one())
        return range(last - count + 1, last + 1)
