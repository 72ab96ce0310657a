"""A desk in a program of its own: saves cases with numbers at a server, and tells every number it was sure of.

    python -m tests.store.saving ADDRESS DESK COUNT

Whatever a clerk would do again, it does again: a server that is gone, a step whose end nobody could tell.
"""

import sys
from time import sleep

from mediation_desk.domain.case import Answer, NumberKind
from mediation_desk.domain.errors import CannotRead, CannotSave, MaybeSaved
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.intake import ask_willingness, take_in
from mediation_desk.services.triage import accept, triage
from mediation_desk.store.address import read_address
from mediation_desk.store.database import Database, open_at
from mediation_desk.store.records import Records
from tests.desk import Desk, intake

_AT_A_DESK = 1_000_000


def main(address: str, number: int, count: int) -> None:
    rules = load_rules(resource("rules"))
    database = open_at(read_address(address))
    print("ready", flush=True)
    for each in range(count):
        print(saved(database, rules, number * _AT_A_DESK + each), flush=True)
    database.close()


def saved(database: Database, rules: Rules, number: int) -> str:
    """The number of that case, once it is certain."""
    act = Desk(database, rules).act

    def save(records: Records) -> str:
        case = take_in(records, act, intake(number))
        if not case.number:
            assert case.id is not None
            triage(records, act, case.id, path="M1", dispute_kind="02")
            ask_willingness(records, act, case.id, [1, 2], Answer.AGREES, asked_at=act.at)
            case = accept(records, act, case.id, committee_id=1, kind=NumberKind.CASE)
        return case.number

    while True:
        try:
            return database.do(save)
        except (CannotSave, CannotRead, MaybeSaved):
            sleep(0.05)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
