"""Taking back what was changed by hand in a draft."""

import pytest

from mediation_desk.domain.duty_roster import DutyRoster
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.roster_making import clear, drop_draft, lock, move, place
from mediation_desk.services.roster_undo import Edit, edit_draft, take_back
from tests.desk import Desk
from tests.duty import MONTH, Duty, at


@pytest.fixture
def duty(desk: Desk) -> Duty:
    duty = Duty(desk)
    duty.post()
    duty.people(["周一", "郑二"])
    return duty


def draft(duty: Duty) -> DutyRoster | None:
    with duty.desk.database.reading() as records:
        return records.rosters.draft(MONTH)


def told(roster: DutyRoster | None) -> tuple[object, ...]:
    """All that a draft says."""
    assert roster is not None
    shifts = sorted((each.placing, each.source, each.locked) for each in roster.shifts)
    return shifts, roster.method, roster.levels, roster.reason, roster.by_id, roster.made_at


def test_each_step_is_taken_back_exactly(duty: Duty) -> None:
    duty.draft(*(Placing(at(day), 1, duty.ids["周一"]) for day in (1, 2)))
    before = told(draft(duty))
    edits: list[Edit] = []
    for step, *args in (
        (clear, duty.ids["周一"], at(1)),
        (place, duty.ids["郑二"], at(1), 1),
        (move, duty.ids["郑二"], duty.ids["周一"], at(1)),
        (lock, duty.ids["周一"], at(1), False),
    ):
        edits.append(duty.desk.do(edit_draft, MONTH, step, *args))
    after = draft(duty)
    assert after is not None
    assert (after.method, after.levels) == ("", [])
    for edit in reversed(edits):
        duty.desk.do(take_back, edit)
    assert told(draft(duty)) == before


def test_a_draft_that_a_step_began_goes_with_it(duty: Duty) -> None:
    edit = duty.desk.do(edit_draft, MONTH, place, duty.ids["周一"], at(1), 1)
    assert draft(duty) is not None
    duty.desk.do(take_back, edit)
    assert draft(duty) is None


def test_a_step_is_not_taken_back_over_another(duty: Duty) -> None:
    edit = duty.desk.do(edit_draft, MONTH, place, duty.ids["周一"], at(1), 1)
    duty.desk.do(lock, MONTH, duty.ids["周一"], at(1), False)
    with duty.desk.refuses("草案后来又有改动，不能撤销这一步。"):
        duty.desk.do(take_back, edit)


def test_a_step_of_a_draft_that_is_gone_cannot_be_taken_back(duty: Duty) -> None:
    edit = duty.desk.do(edit_draft, MONTH, place, duty.ids["周一"], at(1), 1)
    duty.desk.do(drop_draft, MONTH)
    with duty.desk.refuses("草案后来又有改动"):
        duty.desk.do(take_back, edit)


def test_where_nothing_was_before_and_nothing_after_nothing_is_done(duty: Duty) -> None:
    duty.desk.do(take_back, Edit(MONTH, None, None))
    assert draft(duty) is None


def test_a_refused_step_leaves_the_draft_alone(duty: Duty) -> None:
    with pytest.raises(RuleBroken):
        duty.desk.do(edit_draft, MONTH, clear, duty.ids["周一"], at(1))
    assert draft(duty) is None
