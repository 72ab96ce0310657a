"""The plain classes and the tables say the same."""

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from sqlalchemy import Table
from sqlalchemy.orm import Mapper

from mediation_desk.store import trust_schema
from mediation_desk.store.columns import metadata
from mediation_desk.store.mapping import needed_at_start, needed_for_cases, needed_for_rosters

MAPPERS: list[Mapper[Any]] = sorted(
    needed_at_start.mappers | needed_for_cases.mappers | needed_for_rosters.mappers,
    key=lambda mapper: mapper.class_.__name__,
)
PARTS = {
    "Centre": {"committees", "users"},
    "Committee": {"members"},
    "Mediator": {"appointments"},
    "Party": {"agents"},
    "DutyRoster": {"shifts"},
    "CallOut": {"calls"},
    "Obligation": {"instalments", "performances"},
    "Agreement": {"clauses", "obligations", "signatures"},
    "Petition": {"steps"},
    "Referral": {"steps"},
    "Conference": {"decisions"},
    "LeadCadre": {"visits"},
    "Case": {
        "petition",
        "triages",
        "closings",
        "parties",
        "willingness",
        "decisions",
        "numbers",
        "stances",
        "recusal_checks",
        "rankings",
        "assignments",
        "sessions",
        "outcomes",
        "agreements",
        "follow_ups",
        "attachments",
        "entries",
        "events",
        "clock_stops",
        "extensions",
        "referrals",
        "supervision_orders",
        "conferences",
        "lead_cadres",
        "suggestions",
        "risk_assessments",
        "red_flags",
        "red_flag_reports",
        "transfers",
        "confirmation_steps",
        "breaches",
        "lawsuits",
        "ratings",
        "relations",
        "upstream",
    },
}

every_class = pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: str(mapper.class_.__name__))


@every_class
def test_a_relationship_is_there_for_parts_only_and_comes_along(mapper: Mapper[Any]) -> None:
    assert {each.key for each in mapper.relationships} == PARTS.get(mapper.class_.__name__, set())
    for each in mapper.relationships:
        assert each.lazy == "selectin"
        assert each.cascade.delete_orphan
        assert each.uselist is (each.key != "petition")


@every_class
def test_every_field_is_mapped(mapper: Mapper[Any]) -> None:
    assert is_dataclass(mapper.class_)
    assert {each.name for each in fields(mapper.class_)} <= {each.key for each in mapper.attrs}


@every_class
def test_mapped_classes_are_told_apart_by_identity_and_can_be_changed(mapper: Mapper[Any]) -> None:
    parameters = mapper.class_.__dataclass_params__
    assert not parameters.eq
    assert not parameters.frozen
    assert "__slots__" not in vars(mapper.class_)


@every_class
def test_a_table_holds_nothing_but_fields_and_keys(mapper: Mapper[Any]) -> None:
    own = {each.name for each in fields(mapper.class_)} | set(mapper.exclude_properties or ())
    for column in mapper.local_table.columns:
        assert column.name in own or column.name == "id" or column.name.endswith("_id")


def test_every_table_is_mapped_but_those_of_bytes_and_counters() -> None:
    mapped = {mapper.local_table.name for mapper in MAPPERS if hasattr(mapper.local_table, "name")}
    of_trust = {table.name for table in vars(trust_schema).values() if isinstance(table, Table)}
    assert set(metadata.tables) - mapped - of_trust == {
        "attachment_contents",
        "blank_counters",
        "counters",
        "frozen_papers",
    }
