"""Light rows for the ledger: one statement each, in force only, by an index."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from mediation_desk.domain.ledger import Difficulty, What
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.afterwards import close_case, reopen
from mediation_desk.services.presence import withdraw_leave
from mediation_desk.store.records import Records
from tests.desk import APPOINTED, TODAY, Desk, statements
from tests.duty import MONTH, PM, Duty, at

LAST = date(2026, 12, 31)
HARD = Difficulty(10, 10_000_000)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


def test_shifts_are_those_of_rosters_in_force(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one))
    duty.published(Placing(at(8, PM), post, other))
    duty.draft(Placing(at(9), post, one))
    with duty.desk.database.reading() as records:
        assert [tuple(row) for row in records.ledger.shifts(MONTH, LAST)] == [(other, post, at(8).day, "pm")]
        assert records.ledger.shifts(MONTH, at(7).day) == []


def test_withdrawn_leave_is_left_out(duty: Duty) -> None:
    person = duty.person("王芳")
    kept, withdrawn = duty.leave(person, at(1), at(2)), duty.leave(person, at(9))
    assert withdrawn.id is not None
    duty.desk.do(withdraw_leave, withdrawn.id)
    with duty.desk.database.reading() as records:
        [row] = records.ledger.leaves(at(2).day, LAST)
    assert (row.mediator_id, row.first, row.last) == (person, kept.first, kept.last)


def test_people_come_with_what_the_ledger_asks_of_them(desk: Desk) -> None:
    with desk.database.reading() as records:
        people = records.ledger.people()
    assert [(each.name, each.presence) for each in people] == [
        ("赵和", Presence.STANDING),
        ("钱平", Presence.ROTATING),
        ("孙律", Presence.ON_CALL),
    ]
    assert people[1].weekly_pattern == ["mon_am"]


def test_cases_are_counted_and_listed_alike(desk: Desk) -> None:
    desk.assigned()
    hard = desk.assigned(people_involved=10)
    closed = desk.closed()
    with desk.database.reading() as records:
        numbers = records.ledger.case_numbers(TODAY, TODAY, TODAY, HARD)
        listed = {
            what: records.ledger.case_entries(what, TODAY, TODAY, TODAY, HARD, APPOINTED)
            for what in (What.ASSIGNED_SIMPLE, What.ASSIGNED_COMPLEX, What.CLOSED_SIMPLE, What.CLOSED_COMPLEX)
        }
        nobody = records.ledger.case_entries(What.ASSIGNED_SIMPLE, TODAY, TODAY, TODAY, HARD, APPOINTED + 1)
    assert {what: numbers.get((APPOINTED, what), 0) for what in listed} == {
        what: len(rows) for what, rows in listed.items()
    }
    assert listed[What.ASSIGNED_COMPLEX] == [(APPOINTED, hard, TODAY)]
    assert listed[What.CLOSED_SIMPLE] == [(APPOINTED, closed, TODAY)]
    assert nobody == []


def test_a_case_taken_up_again_is_open_and_counted_once_when_it_is_closed_again(desk: Desk) -> None:
    case_id = desk.closed()
    desk.do(reopen, case_id, reason="又漏水")
    with desk.database.reading() as records:
        numbers = records.ledger.case_numbers(TODAY, TODAY, TODAY, HARD)
    assert (numbers[APPOINTED, What.OPEN_SIMPLE], numbers.get((APPOINTED, What.CLOSED_SIMPLE), 0)) == (1, 0)
    desk.do(close_case, case_id, despite_reason="已修好")
    with desk.database.reading() as records:
        numbers = records.ledger.case_numbers(TODAY, TODAY, TODAY, HARD)
    assert (numbers[APPOINTED, What.ASSIGNED_SIMPLE], numbers[APPOINTED, What.CLOSED_SIMPLE]) == (1, 1)


def test_nothing_is_counted_before_it_was_given(desk: Desk) -> None:
    desk.assigned()
    yesterday = TODAY - timedelta(days=1)
    with desk.database.reading() as records:
        assert records.ledger.case_numbers(yesterday, yesterday, TODAY, HARD) == {}


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("ask", "table"),
    [
        (lambda records: records.ledger.shifts(MONTH, LAST), "duty_shifts"),
        (lambda records: records.ledger.leaves(MONTH, LAST), "leaves"),
        (lambda records: records.ledger.comings(MONTH, LAST), "attendances"),
    ],
)
def test_each_question_is_one_statement_answered_by_an_index(
    desk: Desk, ask: Callable[[Records], object], table: str
) -> None:
    with desk.database.reading() as records:
        with statements(desk.database) as sent:
            ask(records)
        [query] = [each for each in sent if each.startswith("SELECT")]
        values = tuple("x" for _ in range(query.count("?")))
        plan = [str(row) for row in records.connection.exec_driver_sql(f"explain query plan {query}", values)]
    assert any(f"SEARCH {table} USING" in row for row in plan), plan
