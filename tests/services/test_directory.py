"""Mediators are added and changed; who may not be one is refused."""

from datetime import date

import pytest

from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.mediator import Appointment, AppointmentKind, Mediator, Presence
from mediation_desk.services.directory import save_mediator
from tests.desk import APPOINTED, TODAY, Desk, uid


def read(desk: Desk, mediator_id: int) -> Mediator:
    with desk.database.reading() as records:
        return records.mediators.get(mediator_id)


def test_a_new_mediator_is_added_with_appointments(desk: Desk) -> None:
    appointment = Appointment(committee_id=1, kind=AppointmentKind.MEMBER, since=TODAY)
    added = desk.do(save_mediator, Mediator(uid=uid(20), name="周安", appointments=[appointment]))
    assert added.id is not None
    held = read(desk, added.id)
    assert held.name == "周安"
    assert [(each.committee_id, each.kind, each.since, each.until) for each in held.appointments] == [
        (1, AppointmentKind.MEMBER, TODAY, None)
    ]


def test_a_new_mediator_without_appointments_can_be_looked_at_afterwards(desk: Desk) -> None:
    assert desk.do(save_mediator, Mediator(uid=uid(20), name="周安")).appointments == []


def test_what_was_read_and_changed_is_taken_over(desk: Desk) -> None:
    mediator = read(desk, APPOINTED)
    mediator.name, mediator.presence, mediator.weekly_pattern = "赵和平", Presence.ROTATING, ["fri_pm"]
    mediator.left_on = TODAY
    mediator.appointments.append(Appointment(committee_id=1, since=TODAY))
    desk.do(save_mediator, mediator)
    held = read(desk, APPOINTED)
    assert (held.uid, held.name, held.presence, held.left_on) == (uid(11), "赵和平", Presence.ROTATING, TODAY)
    assert held.weekly_pattern == ["fri_pm"]
    assert [each.since for each in held.appointments] == [date(2025, 1, 1), TODAY]


def test_a_mediator_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.do(save_mediator, Mediator(id=99, uid=uid(20), name="周安"))


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    appointments = [
        Appointment(committee_id=1, since=TODAY, until=date(2026, 1, 1)),
        Appointment(committee_id=9, since=TODAY),
    ]
    mediator = Mediator(uid=uid(20), name=" ", birth_date=date(2010, 1, 1), appointments=appointments)
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(save_mediator, mediator)
    assert [fault.place for fault in refused.value.faults] == [
        "mediator_name",
        "mediator_birth_date",
        "appointments[0]",
        "appointments[1]",
    ]
    assert desk.contents() == before


def test_a_mediator_is_of_age_from_the_eighteenth_birthday(desk: Desk) -> None:
    desk.do(save_mediator, Mediator(uid=uid(20), name="周安", birth_date=date(2008, 11, 23)))
    with desk.refuses("调解员应年满18周岁", "mediator_birth_date"):
        desk.do(save_mediator, Mediator(uid=uid(21), name="吴宁", birth_date=date(2008, 11, 24)))


def test_an_appointment_may_last_a_day(desk: Desk) -> None:
    desk.do(
        save_mediator,
        Mediator(uid=uid(20), name="周安", appointments=[Appointment(committee_id=1, since=TODAY, until=TODAY)]),
    )
