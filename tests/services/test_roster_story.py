"""A month from the posts to the swap: worked out, published, somebody falls ill, worked out anew, swapped."""

from datetime import datetime

import pytest

from mediation_desk.domain.duty_roster import RosterState, SwapState
from mediation_desk.domain.roster_check import broken_rules
from mediation_desk.domain.roster_problem import RosterSolution
from mediation_desk.services.fairness import fairness_of
from mediation_desk.services.posts import save_clash
from mediation_desk.services.roster_making import affected_by, changes, keep_draft, lock, problem_of, publish
from mediation_desk.services.roster_view import look_at_month
from mediation_desk.services.roster_warnings import after_solving, before_publishing, draft_in_words
from mediation_desk.services.swaps import answer_swap, ask_swap, carry_out_swap, takers
from mediation_desk.services.wishes import wish
from mediation_desk.solver.roster import solve_roster
from tests.desk import Desk
from tests.duty import MONTH, PM, Duty, at, placings

LAWYERS = ["周一", "郑二", "吴三", "钱四", "孙五", "李六"]
COUNSELLORS = ["冯七", "陈八", "褚九", "卫十"]


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A lawyer every half-day, a counsellor every morning; two units that do not meet; leave and wishes."""
    duty = Duty(desk)
    duty.post("律师", "lawyer")
    duty.post("心理咨询师", "counsellor", priority=2, weekly_pattern=[f"{day}_am" for day in ("mon", "wed", "fri")])
    duty.people(LAWYERS)
    duty.people(COUNSELLORS, "counsellor")
    duty.desk.do(save_clash, "周一所", "冯七所", "代理过对方")
    duty.leave(duty.ids["周一"], at(14), at(18, PM))
    duty.desk.do(wish, duty.ids["郑二"], at(1), 3)
    duty.desk.do(wish, duty.ids["吴三"], at(4, PM), -3)
    return duty


def solved(duty: Duty) -> RosterSolution:
    problem = duty.desk.do(problem_of, MONTH)
    solution = solve_roster(problem)
    assert broken_rules(problem, solution.placings) == []
    assert after_solving(problem, solution) == []
    return solution


def test_a_month_from_the_posts_to_the_swap(duty: Duty) -> None:
    # worked out and published
    solution = solved(duty)
    assert solution.proven
    duty.desk.do(keep_draft, MONTH, solution)
    assert duty.desk.do(before_publishing, MONTH) == []
    first = duty.desk.do(publish, MONTH)
    assert len(first.shifts) == 46 + 13
    seen = duty.desk.do(look_at_month, MONTH)
    assert (seen.short, seen.warnings) == ({}, ())
    assert seen.shifts[duty.ids["郑二"], at(1)].post_id == 1  # as wished
    assert (duty.ids["吴三"], at(4, PM)) not in seen.shifts

    # somebody falls ill in the middle of the month
    duty.desk.now = datetime(2026, 12, 10, 8, 0)
    ill = max(LAWYERS[1:], key=lambda name: sum(lost(duty, name)))
    leave = duty.leave(duty.ids[ill], at(10, PM), at(18, PM))
    affected = duty.desk.do(affected_by, leave)
    assert len(affected) == sum(lost(duty, ill)) > 0
    solution = solved(duty)
    duty.desk.do(keep_draft, MONTH, solution, reason="请假")
    changed = duty.desk.do(changes, MONTH)
    assert len(changed) == len(affected)  # no shift more than need be
    assert {each.before for each in changed} == {duty.ids[ill]}
    told = duty.desk.do(draft_in_words, MONTH)
    assert told[0] == f"影响{len(affected)}个班次，将改动{len(affected)}个班次，名单如下"
    second = duty.desk.do(publish, MONTH)
    assert (second.version, second.reason) == (2, "请假")

    # two people swap
    given = next(shift for shift in sorted(placings(second)) if shift.half_day == at(28))
    taker = duty.desk.do(takers, MONTH, given.person_id, given.half_day)[0]
    assert taker.blocker is None
    swap = duty.desk.do(ask_swap, duty.swap(given, taker.person_id))
    assert swap.id is not None
    duty.desk.do(answer_swap, swap.id, agrees=True)
    third = duty.desk.do(carry_out_swap, swap.id)
    assert (third.version, third.state) == (3, RosterState.PUBLISHED)
    assert placings(third) == placings(second) - {given} | {given._replace(person_id=taker.person_id)}

    # every version stays, and all that was served is counted once
    with duty.desk.database.reading() as records:
        states = [each.state for each in records.rosters.versions(MONTH)]
        [kept] = records.rosters.swaps(MONTH)
    assert states == [RosterState.REPLACED, RosterState.REPLACED, RosterState.PUBLISHED]
    assert (kept.state, kept.roster_version) == (SwapState.DONE, 3)
    table = duty.desk.do(fairness_of, MONTH, MONTH)
    assert sum(line.duties for line in table.lines) == len(third.shifts)


def lost(duty: Duty, name: str) -> list[bool]:
    """Which shifts of somebody lie in the days of the illness."""
    seen = duty.desk.do(look_at_month, MONTH)
    return [at(10, PM) <= half_day <= at(18, PM) for person, half_day in seen.shifts if person == duty.ids[name]]


def test_what_is_locked_stays_when_the_month_is_worked_out_anew(duty: Duty) -> None:
    duty.desk.do(keep_draft, MONTH, solved(duty))
    seen = duty.desk.do(look_at_month, MONTH)
    person, half_day = next(cell for cell in seen.shifts if cell[1] == at(22))
    duty.desk.do(lock, MONTH, person, half_day, True)
    duty.desk.do(wish, person, half_day, -3)
    draft = duty.desk.do(keep_draft, MONTH, solved(duty))
    kept = next(each for each in draft.shifts if (each.mediator_id, each.half_day) == (person, half_day))
    assert kept.locked
