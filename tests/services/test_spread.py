"""What services ask begins with the centre, so that a shared store can be spread by centre; here are the exceptions.

A statement that does not name the centre would be sent to every part of a store that is spread (see `store/centre.py`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from mediation_desk.domain.case import AttachmentKind
from mediation_desk.domain.rules import Rules
from mediation_desk.services.attachments import attach, attached
from mediation_desk.services.backlog import waiting_cases
from mediation_desk.services.ranking import rank_for
from mediation_desk.services.today import look_at_today
from mediation_desk.services.verification import verify
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY, Desk, claimant, intake, uid

OF_ALL_CENTRES = frozenset({"centres", "alembic_version", "watched_columns", "row_changes"})
"""Tables that are on every part, or of one step only: a step's notes are gone before it ends."""

_NAMED = re.compile(r"\bcentre_id (?:=|IN) |\(\w+\.centre_id, \w+\.\w+\) IN ", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:FROM|UPDATE)\b.*", re.IGNORECASE | re.DOTALL)
_TABLES = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+([a-z_]+)", re.IGNORECASE)


@contextmanager
def crossing(database: Database) -> Iterator[set[str]]:
    """Collects the statements that name tables of centres, but no centre."""
    found: set[str] = set()

    def look(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        asked = _ASKED.search(statement)
        tables = set(_TABLES.findall(asked[0])) - OF_ALL_CENTRES if asked else set()
        if asked and tables and not statement.startswith("INSERT") and not _NAMED.search(asked[0]):
            found.add(" ".join(statement.split()))

    event.listen(database._engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(database._engine, "before_cursor_execute", look)


def test_no_step_of_a_case_crosses_centres(desk: Desk) -> None:
    with crossing(desk.database) as found:
        case_id = desk.closed()
        desk.do(attach, case_id, kind=AttachmentKind.IDENTITY, file_name="身份证.pdf", content=b"%PDF-1.7")
    assert found == set()


def test_no_look_at_a_case_crosses_centres(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(attach, case_id, kind=AttachmentKind.IDENTITY, file_name="身份证.pdf", content=b"%PDF-1.7")
    case = desk.case(case_id)
    assert case.number
    with crossing(desk.database) as found:
        desk.look(lambda records, _: ask_for_a_case(records, case_id, case.number, case.query_code))
        desk.look(lambda records, _: attached(records, case_id, case.attachments[0].id or 0))
        desk.look(lambda records, _: verify(records, case.number, "0000-0000-0000"))
    assert found == set()


def ask_for_a_case(records: Records, case_id: int, number: str, code: str) -> None:
    records.cases.get(case_id)
    assert records.cases.id_of_number(number) == case_id
    assert records.cases.id_of_query_code(code) == case_id
    assert records.numbers.case_id_of(number) == case_id
    records.cases.id_of_uid(uid(1))
    records.cases.notes(case_id)
    records.versions.of_case(case_id)
    records.blanks.find("BF2026-000001")


def test_no_list_crosses_centres(desk: Desk) -> None:
    desk.performing()
    desk.registered()
    with crossing(desk.database) as found:
        desk.look(look_at_today)
        desk.look(lambda records, _: records.cases.rows(records.cases.ids(CaseFilter(mediator_id=1))))
        desk.look(waiting_cases)
    assert found == set()


def test_no_look_at_the_house_crosses_centres(desk: Desk) -> None:
    case_id = desk.triaged(parties=(claimant(), *intake().parties[1:]))
    with crossing(desk.database) as found:
        desk.look(rank_for, case_id)
        desk.look(lambda records, _: ask_for_the_house(records))
    assert found == set()


def ask_for_the_house(records: Records) -> None:
    records.centre.get()
    records.mediators.all()
    records.mediators.some([1, 2])
    records.mediators.open_cases()
    records.presence.leaves(TODAY, TODAY)
    records.presence.attendances(TODAY, TODAY)
    records.rosters.posts()
    records.rosters.clashes()
    records.rosters.shifts(TODAY, TODAY)
    records.call_outs.running()
    records.own.settings()
    records.own.notices()
    records.drafts.find(uid(1))
    records.drafts.parked()
    records.drafts.of_user(1)
    records.ledger.people()
    records.track.given(TODAY)


def test_drafts_are_kept_within_the_centre(desk: Desk) -> None:
    with crossing(desk.database) as found, desk.database.writing() as records:
        records.drafts.save(uid(5), centre_id=1, form="intake", user_id=1, content={}, now=NOW)
        records.flush()
        records.drafts.drop(uid(5))
    assert found == set()


@pytest.mark.parametrize(
    ("statement", "crosses"),
    [
        ("select id from cases where uid = 'x'", True),
        ("select id from cases where centre_id = 1 and uid = 'x'", False),
        ("update cases set stage = 'x' where id = 1", True),
        ("select id from centres limit 1", False),
    ],
)
def test_a_statement_that_crosses_is_seen(desk: Desk, rules: Rules, statement: str, crosses: bool) -> None:
    with crossing(desk.database) as found, desk.database.writing() as records:
        records.connection.exec_driver_sql(statement)
    assert found == ({statement} if crosses else set())
