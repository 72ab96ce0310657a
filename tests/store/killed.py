"""What the program that gets killed does: it saves until the end, and tells what it has saved only then."""

from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.intake import take_in
from mediation_desk.services.triage import accept
from mediation_desk.store.database import open_store
from tests.desk import NOW, Desk, intake, uid

RULES = load_rules(resource("rules"))


def save_for_ever(path: Path, first: int, told: Connection) -> None:
    """Save a draft of registration `first`, then that registration with its number, then the next one, and so on."""
    desk = Desk(open_store(path), RULES)
    for number in count(first):
        with desk.database.writing() as records:
            content = {"number": number}
            records.drafts.save(uid(number), centre_id=1, form="intake", user_id=1, content=content, now=NOW)
        told.send(("draft", number))
        with desk.database.writing() as records:
            case_id = take_in(records, desk.act, intake(number, from_draft=number % 2 == 0)).id
            assert case_id is not None
            accept(records, desk.act, case_id, committee_id=1)
        told.send(("case", number))
