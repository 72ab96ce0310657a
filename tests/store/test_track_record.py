"""What mediators did before: given, ended, and cases of the same parties; one statement each, by their indexes."""

from datetime import date, timedelta

import pytest

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.assignment import Choice, assign, relieve
from mediation_desk.services.mediation import record_outcome
from mediation_desk.store.track_record import EarlierMediation, Ended, Given
from tests.desk import APPOINTED, LAPSED, ON_CALL, TODAY, Desk, statements


def withdrawn(desk: Desk) -> int:
    case_id = desk.assigned()
    desk.do(record_outcome, case_id, OutcomeKind.WITHDRAWN)
    desk.do(close_case, case_id, despite_reason="撤回")
    return case_id


def test_everybody_of_the_directory_is_counted(desk: Desk) -> None:
    case_id = desk.assigned()
    desk.do(relieve, case_id, APPOINTED, reason="生病")
    desk.assigned()
    with desk.database.reading() as records:
        assert records.track.given(TODAY) == {
            APPOINTED: Given(2, TODAY),
            LAPSED: Given(0, None),
            ON_CALL: Given(0, None),
        }
        assert records.track.given(TODAY + timedelta(days=1))[APPOINTED] == Given(0, TODAY)


def test_closed_cases_of_a_kind_count_with_their_last_outcome(desk: Desk) -> None:
    desk.closed()
    desk.performing()
    withdrawn(desk)
    with desk.database.reading() as records:
        assert records.track.ended("02", TODAY) == {None: Ended(1, 1), APPOINTED: Ended(1, 1)}
        assert records.track.ended("01", TODAY) == {None: Ended(0, 0)}
        assert records.track.ended("02", TODAY + timedelta(days=1)) == {None: Ended(0, 0)}


def test_who_was_relieved_before_the_end_has_no_part_in_it(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(assign, case_id, Choice(mediator_id=ON_CALL, title="lawyer_mediation"))
    desk.do(relieve, case_id, ON_CALL, reason="外出")
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    desk.do(record_outcome, case_id, OutcomeKind.TERMINATED, reason_code="no_prospect")
    desk.do(close_case, case_id, despite_reason="终止")
    with desk.database.reading() as records:
        assert records.track.ended("02", TODAY) == {None: Ended(0, 1), APPOINTED: Ended(0, 1)}


def test_parties_of_other_cases_are_found_by_name_or_number(desk: Desk) -> None:
    here, there = desk.registered(), desk.registered()
    with desk.database.reading() as records:
        by_name = records.track.known_parties(names={"张三", ""}, id_numbers=set(), except_id=here)
        by_number = records.track.known_parties(names=set(), id_numbers={"110000200002290024"}, except_id=None)
    assert [(each.case_id, each.name) for each in by_name] == [(there, "张三")]
    assert {(each.case_id, each.name) for each in by_number} == {(here, "李四"), (there, "李四")}


def test_how_earlier_cases_ended_the_newest_first(desk: Desk) -> None:
    settled, ended_without, going_on = desk.closed(), withdrawn(desk), desk.in_mediation()
    with desk.database.reading() as records:
        found = records.track.mediated([settled, going_on, ended_without])
    assert [(each.case_id, each.settled) for each in found] == [
        (going_on, None),
        (ended_without, False),
        (settled, True),
    ]
    assert found[-1] == EarlierMediation(settled, desk.case(settled).number, APPOINTED, True)


@pytest.mark.parametrize("question", ["given", "ended"])
def test_each_question_is_one_statement(desk: Desk, question: str) -> None:
    desk.closed()
    with desk.database.reading() as records, statements(desk.database) as sent:
        if question == "given":
            records.track.given(date(2026, 11, 1))
        else:
            records.track.ended("02", date(2026, 1, 1))
    assert len(sent) == 1


@pytest.mark.file_only
def test_cases_given_are_counted_by_index_alone(desk: Desk) -> None:
    with desk.database.reading() as records, statements(desk.database) as sent:
        records.track.given(TODAY)
        plan = records.connection.exec_driver_sql(f"explain query plan {sent[0]}", (TODAY.isoformat(),))
        told = " ".join(row[3] for row in plan)
    assert told.count("USING COVERING INDEX ix_assignments_centre_id_mediator_id_assigned_on") == 2
