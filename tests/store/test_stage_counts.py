"""The numbers of cases by stage are kept true by every step."""

import pytest
from sqlalchemy import text

from mediation_desk.services.act import Act
from mediation_desk.services.triage import decline
from mediation_desk.store import stage_counts
from mediation_desk.store.records import Records
from tests.desk import Desk


def test_cases_that_come_and_move_on_are_counted_where_they_stand(desk: Desk) -> None:
    desk.registered()
    desk.registered()
    desk.do(decline, desk.triaged(), reason_code="not_civil")
    with desk.database.reading() as records:
        assert stage_counts.kept_counts(records.session) == {"registered": 2, "not_accepted": 1}


def test_what_another_program_changed_is_counted_by_the_next_step(desk: Desk) -> None:
    desk.registered()
    gone = desk.registered()
    with desk.database.writing() as records:
        records.connection.execute(text("delete from events where case_id = :gone"), {"gone": gone})
        records.connection.execute(text("delete from parties where case_id = :gone"), {"gone": gone})
        records.connection.execute(text("delete from cases where id = :gone"), {"gone": gone})
    with desk.database.reading() as records:
        assert stage_counts.kept_counts(records.session) == {"registered": 1}


def close_and_fail(records: Records, _: Act, case_id: int) -> None:
    records.cases.get(case_id).stage = "closed"
    records.flush()
    raise RuntimeError


def test_a_step_that_is_taken_back_counts_nothing(desk: Desk) -> None:
    case_id = desk.registered()
    with pytest.raises(RuntimeError):
        desk.do(close_and_fail, case_id)
    with desk.database.reading() as records:
        assert stage_counts.kept_counts(records.session) == {"registered": 1}


def test_wrong_numbers_are_put_right_from_the_cases(desk: Desk) -> None:
    desk.registered()
    with desk.database.writing() as records:
        records.connection.execute(text("update stage_counts set number = 7"))
        assert stage_counts.kept_counts(records.session) != stage_counts.counted(records.session)
        stage_counts.recount(records.session)
        assert stage_counts.kept_counts(records.session) == stage_counts.counted(records.session) == {"registered": 1}
