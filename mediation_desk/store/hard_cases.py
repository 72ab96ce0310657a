"""Which cases have waited for long or keep coming back: asked of the tables at once."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mediation_desk.domain.case import Case
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import relations
from mediation_desk.store.schema import cases
from mediation_desk.store.sight import refuse_unless_seen, seen_in

_SAME = (
    relations.c.centre_id == the_centre,
    relations.c.kind == RelationKind.SAME_DISPUTE,
    relations.c.withdrawn_at.is_(None),
)
"""What says that a dispute came back, and still stands."""


class HardCaseRecords:
    """Asks about 积案."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ids(self, stages: Iterable[Stage], asked_until: date, repeats: int) -> frozenset[int]:
        """The cases in these stages that were asked for by that day, or whose dispute came back so often."""
        mains = select(relations.c.main_id).where(*_SAME).group_by(relations.c.main_id)
        often = mains.having(func.count() >= repeats)
        query = select(cases.c.id).where(
            cases.c.centre_id == the_centre,
            cases.c.stage.in_(list(stages)),
            seen_in(self._session, cases.c.id),
            or_(
                cases.c.requested_on <= asked_until,
                cases.c.id.in_(often),
                cases.c.id.in_(select(relations.c.case_id).where(*_SAME, relations.c.main_id.in_(often))),
            ),
        )
        return frozenset(self._session.scalars(query))

    def times_repeated(self, case: Case) -> int:
        """How often the dispute of a case came back, wherever in the row of them it stands."""
        refuse_unless_seen(self._session, case.id)
        mains = (each.main_id for each in case.relations if each.kind is RelationKind.SAME_DISPUTE and each.stands)
        main_id = next(mains, case.id)
        query = select(func.count()).select_from(relations).where(*_SAME, relations.c.main_id == main_id)
        return self._session.execute(query).scalar_one()
