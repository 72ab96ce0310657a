from dataclasses import replace

import pytest

from mediation_desk.domain.half_day import Half
from mediation_desk.domain.roster_check import Rule, broken_locks, broken_rules
from mediation_desk.domain.roster_problem import Blocker, RosterProblem
from tests.solver.instances import placings, small_problem

AM, PM = Half


def changed(problem: RosterProblem, person_id: int, **changes: object) -> RosterProblem:
    """The problem with one person changed."""
    people = tuple(
        replace(each, **changes) if each.id == person_id else each  # type: ignore[arg-type]  # fields by name
        for each in problem.people
    )
    return replace(problem, people=people)


def sentences(problem: RosterProblem, *shifts: tuple[int, Half, int, int]) -> list[tuple[Rule, str]]:
    return [(each.rule, each.sentence) for each in broken_rules(problem, placings(*shifts))]


def test_a_right_roster_breaks_nothing() -> None:
    assert sentences(small_problem(), (1, AM, 1, 1), (1, PM, 1, 1), (2, AM, 1, 2)) == []


@pytest.mark.parametrize("shift", [(1, AM, 1, 9), (1, AM, 9, 1), (29, AM, 1, 1)])
def test_what_is_not_in_the_problem_is_named(shift: tuple[int, Half, int, int]) -> None:
    rules = [rule for rule, _ in sentences(small_problem(), shift)]
    assert Rule.UNKNOWN in rules


def test_a_stranger_is_named_by_number() -> None:
    found = sentences(small_problem(), (1, AM, 1, 9))
    assert found == [(Rule.UNKNOWN, "2026年9月1日（周二）上午“调解岗”9号人员：人员、岗位或半天不在本月排班之中。")]


def test_somebody_without_the_profession_is_named() -> None:
    problem = changed(small_problem(), 1, posts=frozenset())
    assert sentences(problem, (1, AM, 1, 1)) == [
        (Rule.NOT_QUALIFIED, "2026年9月1日（周二）上午“调解岗”演示1：没有该岗位的职业身份。")
    ]


def test_somebody_on_leave_is_named() -> None:
    problem = small_problem()
    away = changed(problem, 1, unavailable={problem.half_days[0]: Blocker.ON_LEAVE})
    assert sentences(away, (1, AM, 1, 1)) == [(Rule.NOT_AVAILABLE, "2026年9月1日（周二）上午“调解岗”演示1：请假。")]


def test_more_people_than_needed_are_named() -> None:
    found = sentences(small_problem(), (1, AM, 1, 1), (1, AM, 1, 2))
    assert found == [(Rule.OVER_COVERED, "2026年9月1日（周二）上午“调解岗”只需轮驻1人，排了2人。")]


def test_two_posts_at_a_time_are_named() -> None:
    found = sentences(small_problem(), (1, AM, 1, 1), (1, AM, 2, 1))
    assert (Rule.TWO_POSTS, "2026年9月1日（周二）上午“调解岗”演示1：同一半天还在另一岗位。") in found


def test_caps_of_day_week_and_month_are_named() -> None:
    shifts = ((1, AM, 1, 1), (1, PM, 1, 1), (2, AM, 1, 1))
    problem = small_problem()
    assert sentences(changed(problem, 1, day_cap=1), *shifts) == [
        (Rule.DAY_CAP, "演示12026年9月1日排了2班，每日上限1班。")
    ]
    assert sentences(changed(problem, 1, week_cap=4, served_in_week={(2026, 36): 2}), *shifts) == [
        (Rule.WEEK_CAP, "演示1第36周排了5班，每周上限4班。")
    ]
    assert sentences(changed(problem, 1, month_cap=2), *shifts) == [(Rule.MONTH_CAP, "演示1本月排了3班，每月上限2班。")]


def test_too_many_of_one_unit_and_clashing_units_are_named() -> None:
    problem = replace(small_problem(), clashes=frozenset({frozenset("甲乙")}))
    problem = replace(problem, needs=dict.fromkeys(problem.needs, 3))
    same = changed(changed(problem, 1, unit="甲"), 2, unit="甲")
    assert sentences(same, (1, AM, 1, 1), (1, AM, 1, 2), (1, AM, 1, 3)) == [
        (Rule.SAME_UNIT, "2026年9月1日（周二）上午“甲”有2人同时当班，至多1人。")
    ]
    clashing = changed(same, 2, unit="乙")
    assert sentences(clashing, (1, AM, 1, 1), (1, AM, 1, 2)) == [
        (Rule.CLASH, "2026年9月1日（周二）上午“乙”与“甲”同时当班，两单位互斥。")
    ]
    assert sentences(clashing, (1, AM, 1, 1), (1, PM, 1, 2)) == []


def test_a_lost_lock_is_named() -> None:
    locked = placings((1, AM, 1, 1))
    assert sentences(small_problem(locked=locked)) == [
        (Rule.LOCK_LOST, "2026年9月1日（周二）上午“调解岗”演示1已锁定，却不在班表中。")
    ]


def test_something_new_on_a_frozen_half_day_is_named() -> None:
    problem = small_problem()
    frozen = replace(problem, frozen=frozenset(problem.half_days[:1]))
    assert sentences(frozen, (1, AM, 1, 1)) == [
        (Rule.FROZEN, "2026年9月1日（周二）上午“调解岗”演示1：该半天已过或临近，不能再改动。")
    ]
    assert sentences(replace(frozen, locked=placings((1, AM, 1, 1))), (1, AM, 1, 1)) == []


def test_what_locks_break_by_themselves_is_told_apart() -> None:
    problem = small_problem()
    locked = placings((1, AM, 1, 1), (1, AM, 1, 2))
    away = changed(problem, 1, unavailable={problem.half_days[0]: Blocker.ON_LEAVE})
    problem = replace(away, locked=locked)
    assert broken_rules(problem, locked) == []
    assert [each.rule for each in broken_locks(problem)] == [Rule.NOT_AVAILABLE, Rule.OVER_COVERED]
    assert broken_locks(small_problem()) == []


def test_what_is_added_to_locks_is_not_excused_by_them() -> None:
    problem = changed(small_problem(locked=placings((1, AM, 1, 1))), 1, day_cap=1)
    found = broken_rules(problem, placings((1, AM, 1, 1), (1, PM, 1, 1)))
    assert [each.rule for each in found] == [Rule.DAY_CAP]
