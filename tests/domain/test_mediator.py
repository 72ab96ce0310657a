"""Who may preside, and who has left."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.mediator import Appointment, Mediator

SINCE, UNTIL = date(2025, 1, 1), date(2026, 6, 30)


def a_mediator() -> Mediator:
    return Mediator(uid="u", name="赵和", appointments=[Appointment(committee_id=1, since=SINCE, until=UNTIL)])


@pytest.mark.parametrize(
    ("day", "covered"),
    [(date(2024, 12, 31), False), (SINCE, True), (UNTIL, True), (date(2026, 7, 1), False)],
)
def test_an_appointment_covers_its_first_and_its_last_day(day: date, covered: bool) -> None:
    assert a_mediator().may_preside(day) is covered
    assert a_mediator().may_preside(day, 1) is covered


def test_an_open_appointment_has_no_end() -> None:
    assert Appointment(committee_id=1, since=SINCE).covers(date(2099, 1, 1))


def test_the_appointment_of_another_committee_does_not_count() -> None:
    assert not a_mediator().may_preside(SINCE, 2)


def test_who_was_never_appointed_may_not_preside() -> None:
    assert not Mediator(uid="u", name="孙律").may_preside(SINCE)


def test_who_has_left_is_gone_from_that_day_on() -> None:
    mediator = a_mediator()
    assert mediator.is_active(date(2026, 11, 23))
    mediator.left_on = date(2026, 11, 23)
    assert mediator.is_active(date(2026, 11, 22))
    assert not mediator.is_active(date(2026, 11, 23))


def test_the_afternoon_begins_at_noon() -> None:
    assert HalfDay.of(datetime(2026, 11, 27, 11, 59)).in_week == "fri_am"
    assert HalfDay.of(datetime(2026, 11, 27, 12)).in_week == "fri_pm"
