"""Lists are narrowed to what presses, and to whose turn it is."""

from datetime import date, timedelta

import pytest

from mediation_desk.domain.waiting import Waiting
from mediation_desk.services.narrowing import DueIn, cases_due, cases_waiting
from tests.desk import NOW, Desk


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, {DueIn.WEEK}),
        (3, {DueIn.TODAY, DueIn.WEEK}),
        (4, {DueIn.LATE}),
    ],
)
def test_a_decision_that_is_due_is_a_time_limit_of_the_desk(desk: Desk, days: int, found: set[DueIn]) -> None:
    case_id = desk.registered()  # a Monday; three working days
    desk.now = NOW + timedelta(days=days)
    for due_in in DueIn:
        assert desk.look(cases_due, due_in, of_limits=True) == ({case_id} if due_in in found else set())
        assert desk.look(cases_due, due_in, of_limits=False) == set()


def test_what_follows_from_agreements_is_something_to_be_done(desk: Desk) -> None:
    case_id = desk.performing()
    desk.now = NOW.replace(year=2027, month=6)
    assert desk.look(cases_due, DueIn.LATE, of_limits=False) == {case_id}
    assert desk.look(cases_due, DueIn.LATE, of_limits=True) == set()


def test_a_case_long_late_stays(desk: Desk) -> None:
    case_id = desk.registered(requested_on=date(2024, 11, 2))
    assert desk.look(cases_due, DueIn.LATE, of_limits=True) == {case_id}


def test_cases_are_found_by_whose_turn_it_is(desk: Desk) -> None:
    answering, assigned = desk.triaged(), desk.assigned()
    desk.closed()
    assert desk.look(cases_waiting, Waiting.ANSWER) == {answering}
    assert desk.look(cases_waiting, Waiting.MEDIATOR) == {assigned}
    assert desk.look(cases_waiting, Waiting.SIGNATURES) == set()
