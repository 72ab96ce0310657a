"""Relations between cases, and whom a case accuses, for tests of what follows from them."""

from mediation_desk.domain.petition import ACCUSATION, Petition
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records
from tests.desk import TODAY, Desk


def relate(desk: Desk, case_id: int, other_id: int, main_id: int, kind: RelationKind) -> None:
    """Record how a case stands to an earlier one."""

    def record(records: Records, act: Act) -> None:
        relation = Relation(kind=kind, other_id=other_id, main_id=main_id, by_id=act.by_id, recorded_at=act.at)
        case = records.cases.get(case_id)
        case.relations.append(relation)

    desk.do(record)


def merge(desk: Desk, case_id: int, into: int) -> int:
    """Let the case go on in another one."""
    relate(desk, case_id, into, into, RelationKind.MERGED)
    return case_id


def accuse(desk: Desk, case_id: int, unit: str) -> int:
    """Let the case be an accusation of that unit."""

    def record(records: Records, act: Act) -> None:
        case = records.cases.get(case_id)
        case.petition = Petition(
            kind=ACCUSATION, received_on=TODAY, accused_unit=unit, by_id=act.by_id, recorded_at=act.at
        )

    desk.do(record)
    return case_id
