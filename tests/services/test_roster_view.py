"""What the roster page shows of a month."""

from datetime import date

import pytest

from mediation_desk.domain.duty_roster import RosterState, ShiftSource
from mediation_desk.domain.fairness import Carried
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.roster_problem import Blocker, LevelName, Method, Placing
from mediation_desk.services.duty_month import Need
from mediation_desk.services.roster_making import place
from mediation_desk.services.roster_view import RosterMonth, ShiftShown, look_at_month
from mediation_desk.services.wishes import wish
from tests.desk import Desk, statements
from tests.duty import MONTH, PM, Duty, at


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A post for one lawyer, and two lawyers."""
    duty = Duty(desk)
    duty.post()
    duty.people(["周一", "郑二"])
    return duty


def look(duty: Duty, month: date = MONTH) -> RosterMonth:
    return duty.desk.do(look_at_month, month)


def test_an_empty_month_shows_its_days_posts_and_people(duty: Duty) -> None:
    duty.post("旧岗位", "lawyer", until=date(2026, 11, 30))
    seen = look(duty, MONTH.replace(day=17))
    assert (seen.month, len(seen.days), len(seen.open), seen.confirmed) == (MONTH, 31, 46, True)
    assert seen.closed_why[at(5)] == "周六"
    assert at(4, PM) in seen.unpopular
    assert [post.name for post in seen.posts] == ["律师"]
    assert (seen.draft, seen.published, seen.shifts, seen.short) == (None, None, {}, {})
    [_, one, _] = seen.people  # 钱平 of the furnished desk is the first
    assert (one.name, one.unit, one.professions, one.presence) == ("周一", "周一所", ("lawyer",), Presence.ROTATING)
    assert (one.posts, one.month_count, one.unpopular_count, one.carried) == (frozenset([1]), 0, 0, Carried())
    assert seen.needs[at(1), 1] == Need(wanted=1, standing=0)
    assert seen.needs[at(1), 1].rotating == 1


def test_the_draft_is_shown_beside_what_was_published(duty: Duty) -> None:
    one, two = duty.ids["周一"], duty.ids["郑二"]
    duty.published(Placing(at(1), 1, one), Placing(at(4, PM), 1, one))
    seen = look(duty)
    assert seen.published is not None
    assert (seen.published.version, seen.published.state, seen.published.method) == (
        1,
        RosterState.PUBLISHED,
        Method.SOLVER,
    )
    assert (seen.published.by, seen.published.published_by, seen.published.proven) == ("登记员", "登记员", True)
    assert [level.name for level in seen.published.levels] == [LevelName.SHORTAGE]
    assert seen.shifts[one, at(1)] == ShiftShown(1, ShiftSource.SOLVER, locked=False)
    person = next(each for each in seen.people if each.id == one)
    assert (person.month_count, person.unpopular_count) == (2, 1)

    duty.desk.do(place, MONTH, two, at(2), 1)
    seen = look(duty)
    assert seen.draft is not None
    assert (seen.draft.version, seen.draft.method, seen.draft.proven, seen.draft.published_by) == (2, None, False, "")
    assert seen.shifts[two, at(2)] == ShiftShown(1, ShiftSource.MANUAL, locked=True)
    assert seen.published_shifts == {(one, at(1)): 1, (one, at(4, PM)): 1}


def test_leave_wishes_and_who_is_missing_are_shown(duty: Duty) -> None:
    one, two = duty.ids["周一"], duty.ids["郑二"]
    duty.published(Placing(at(1), 1, one), Placing(at(2), 1, one))
    duty.leave(one, at(1))
    duty.desk.do(wish, two, at(8), -2)
    seen = look(duty)
    assert seen.blocked[one, at(1)] is Blocker.ON_LEAVE
    assert seen.wishes == {(two, at(8)): -2}
    assert seen.short[at(1), 1] == 1  # the one on leave is not there
    assert (at(2), 1) not in seen.short
    assert len(seen.short) == 45


def test_what_has_begun_is_told(duty: Duty) -> None:
    duty.desk.now = duty.desk.now.replace(month=12, day=2)
    assert look(duty).past == {at(1), at(1, PM), at(2)}


def test_a_look_takes_as_many_statements_however_many_people_there_are(duty: Duty) -> None:
    def counted() -> int:
        with statements(duty.desk.database) as sent:
            look(duty)
        return len(sent)

    few = counted()
    duty.people(f"人{number}" for number in range(20))
    assert counted() == few
