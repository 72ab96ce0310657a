"""Making the roster of a month: by the solver's word, by hand, against the rules, version after version."""


import pytest

from mediation_desk.domain.duty_roster import RosterState
from mediation_desk.services.roster_making import publish
from mediation_desk.services.roster_view import look_at_month
from tests.desk import Desk
from tests.duty import MONTH, Duty


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


def test_a_month_is_worked_out_kept_and_published(duty: Duty) -> None:
    post = duty.post()
    duty.people(["周一", "郑二", "吴三"], month_most=40, week_most=10)
    draft = duty.draft()
    assert draft.state is RosterState.DRAFT
    assert len(draft.shifts) == 46  # 23 working days
    assert {shift.post_id for shift in draft.shifts} == {post}
    roster = duty.desk.do(publish, MONTH)
    assert (roster.state, roster.version, roster.published_at) == (RosterState.PUBLISHED, 1, duty.desk.now)
    seen = duty.desk.do(look_at_month, MONTH)
    assert seen.draft is None
    assert seen.published is not None
    assert seen.warnings == ()
