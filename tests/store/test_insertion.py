"""A case inserted past the session lies in the tables exactly as the session would have written it."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import class_mapper

from mediation_desk.domain.case import AttachmentKind, Case
from mediation_desk.domain.choice import Ranking, RecusalAnswer, RecusalCheck, Stance, StanceKind
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.services.afterwards import close_case, follow_up, record_performance
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.attachments import attach
from mediation_desk.store import duty_schema, trust_schema
from mediation_desk.store.columns import metadata
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.insertion import insert_into, insert_whole, unsaved
from mediation_desk.store.schema import drafts
from tests.desk import NOW, ON_CALL, TODAY, Desk, claimant, respondent, uid
from tests.procedure_facts import add_procedure

_OF_NO_CASE = {table.name for table in vars(duty_schema).values() if isinstance(table, Table)}
_OF_TRUST = {table.name for table in vars(trust_schema).values() if isinstance(table, Table)}


def blown(desk: Desk) -> int:
    """A case with every kind of part."""
    guardian = Agent(kind=AgentKind.STATUTORY, name="王大五", relation="父亲", powers=["general"])
    case_id = desk.performing(parties=(claimant(agents=[guardian]), respondent()), safety_flags=("violence",))
    desk.do(assign, case_id, Choice(mediator_id=ON_CALL, title="律师调解协议", earlier_role=RecusalAnswer.NO))
    desk.do(attach, case_id, kind=AttachmentKind.IDENTITY, file_name="身份证.pdf", content=b"%PDF-1.7")
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100_000)
    desk.do(follow_up, case_id, done_on=TODAY, situation="已付一期", visitor="赵和")
    desk.do(close_case, case_id, despite_reason="余款按期付。")
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        add_procedure(case, case_id)
        by: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}
        case.entries.append(PaperEntry(code="D06", no=1, values={"asked": "张三"}, **by))
        case.stances.append(Stance(party_no=1, mediator_id=ON_CALL, kind=StanceKind.CHOOSES, **by))
        answer = RecusalCheck(mediator_id=ON_CALL, reason_code="kinship", answer=RecusalAnswer.NO, **by)
        case.recusal_checks.append(answer)
        case.rankings.append(Ranking(no=1, role="presiding", weights={"load": 20}, by_id=1, made_at=NOW))
    return case_id


def rows(database: Database) -> dict[str, list[Any]]:
    with database.reading() as records:
        return {
            name: list(records.connection.execute(select(table).order_by(*table.primary_key)))
            for name, table in metadata.tables.items()
        }


def plain_copy(record: Any) -> Any:
    """A record that no session knows, with copies of all its parts."""
    mapper = class_mapper(type(record))
    copy = {each.key: getattr(record, each.key) for each in mapper.column_attrs if each.key != "id"}
    for part in mapper.relationships:
        held = getattr(record, part.key)
        copy[part.key] = [plain_copy(each) for each in held] if part.uselist else held and plain_copy(held)
    made = mapper.class_manager.new_instance()
    for name, value in copy.items():
        setattr(made, name, value)
    return made


def test_both_ways_write_the_same_rows(desk: Desk, furnished_store: Path, tmp_path: Path) -> None:
    case = desk.case(blown(desk))
    empty = {part.key for part in class_mapper(Case).relationships if not getattr(case, part.key)}
    assert empty == set()
    stores = [open_store(Path(shutil.copy(furnished_store, tmp_path / name))) for name in ("whole.db", "session.db")]
    with stores[0].writing() as records:
        assert insert_whole(records.connection, plain_copy(case))
    with stores[1].writing() as records:
        records.session.add(plain_copy(case))
    whole, session = (rows(store) for store in stores)
    assert len(whole.pop("audit")) == len(session.pop("audit"))  # their order within a step may differ
    assert whole.pop("audit_heads")
    assert session.pop("audit_heads")
    assert whole == session
    assert {name for name, found in whole.items() if not found and name not in _OF_TRUST} == {
        "attachment_contents",
        "blank_counters",
        "blank_forms",
        "confidential_notes",
        "counters",
        "drafts",
        "follow_up_draws",
        "frozen_papers",
        "paper_versions",
        "saved_filters",
        *_OF_NO_CASE,
    }
    for store in stores:
        store.close()


def test_all_parts_know_their_ids_afterwards(desk: Desk) -> None:
    case = plain_copy(desk.case(desk.performing()))
    case.uid, case.number, case.numbers = uid(9), "", []
    with desk.database.writing() as records:
        insert_whole(records.connection, case)
        found = records.cases.get(case.id)
        assert [party.id for party in case.parties] == [party.id for party in found.parties]
        assert case.agreements[0].obligations[0].id == found.agreements[0].obligations[0].id  # type: ignore[attr-defined]  # the mapping adds it


def test_a_uid_that_is_there_already_is_not_written_again(desk: Desk) -> None:
    desk.registered()
    case = desk.case(1)
    before = rows(desk.database)
    with desk.database.writing() as records:
        assert not insert_whole(records.connection, plain_copy(case))
    assert rows(desk.database) == before


def test_another_fault_is_an_error_and_keeps_nothing(desk: Desk) -> None:
    desk.registered()
    case = plain_copy(desk.case(1))
    case.uid, case.first_contact_id = uid(9), 99
    before = rows(desk.database)
    with pytest.raises(Exception, match=r"(?i)foreign key"), desk.database.writing() as records:
        insert_whole(records.connection, case)
    assert rows(desk.database) == before


def test_an_unsaved_record_is_like_one_made_by_its_class() -> None:
    facts: dict[str, Any] = {
        "uid": uid(1),
        "centre_id": 1,
        "requested_on": TODAY,
        "registered_at": NOW,
        "first_contact_id": 1,
        "matter": "漏水",
        "demand": "赔偿",
        "parties": [claimant()],
    }
    made, usual = unsaved(Case)(**facts), Case(**facts)
    assert isinstance(made, Case)
    for each in class_mapper(Case).attrs:
        assert getattr(made, each.key) == getattr(usual, each.key)
    assert unsaved(Case)(**facts).events is not made.events


def test_a_shared_store_is_spoken_to_in_its_own_words() -> None:
    from sqlalchemy.dialects import postgresql

    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it so
    once = insert_into(drafts, dialect).on_conflict_do_nothing(index_elements=["centre_id", "uid"])
    assert "ON CONFLICT (centre_id, uid) DO NOTHING" in str(once.compile(dialect=dialect))
