from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.roster_check import broken_rules
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import Blocker, Placing, RosterPost, RosterProblem
from mediation_desk.domain.roster_reasons import (
    Other,
    Reason,
    ReasonCode,
    explain,
    other_in_words,
    reason_in_words,
)
from mediation_desk.domain.roster_value import RosterValue, value_of
from tests.solver.instances import Size, placings, roster_problem, small_problem

AM, PM = Half
NAMES = {1: "演示1", 2: "演示2", 3: "演示3"}
FIRST = next(iter(placings((1, AM, 1, 1))))


def with_people(problem: RosterProblem, changes: Mapping[int, Mapping[str, Any]]) -> RosterProblem:
    people = tuple(replace(each, **changes.get(each.id, {})) for each in problem.people)
    return replace(problem, people=people)


def reasons_in_words(problem: RosterProblem, *shifts: tuple[int, Half, int, int]) -> list[str]:
    """Why person 1 has the first half-day."""
    placed = placings((1, AM, 1, 1), *shifts)
    return [reason_in_words(each, NAMES) for each in explain(problem, placed).reasons(FIRST)]


def others_in_words(problem: RosterProblem, *shifts: tuple[int, Half, int, int]) -> list[str]:
    """Why 2 and 3 do not have the first half-day, which 1 has."""
    placed = placings((1, AM, 1, 1), *shifts)
    return [other_in_words(each, NAMES) for each in explain(problem, placed).others(FIRST)]


@pytest.mark.parametrize("seed", range(4))
def test_a_delta_is_exactly_what_the_value_changes_by(seed: int) -> None:
    problem = roster_problem(seed, Size(9, days=10))
    placed = fill(problem).placings
    problem = replace(problem, published=fill(replace(problem, clashes=frozenset())).placings)
    explanation = explain(problem, placed)
    now = value_of(problem, placed)
    seen = 0
    for placing in placed:
        for other in explanation.others(placing):
            taken = placed - {placing} | {placing._replace(person_id=other.person_id)}
            if other.blocker:
                assert broken_rules(problem, taken) or len(taken) < len(placed)
            else:
                seen += 1
                then = value_of(problem, taken)
                assert other.delta == tuple(b - a for a, b in zip(now, then, strict=True))
    assert seen


def test_a_locked_shift_says_so_and_whether_it_is_near() -> None:
    locked = placings((1, AM, 1, 1))
    assert reasons_in_words(small_problem(locked=locked)) == ["该班次已锁定"]
    frozen = frozenset({FIRST.half_day})
    assert reasons_in_words(small_problem(locked=locked, frozen=frozen)) == ["该半天已过或临近，保持不变"]


def test_the_only_one_says_so() -> None:
    problem = with_people(small_problem(), {2: {"posts": frozenset()}, 3: {"posts": frozenset()}})
    assert reasons_in_words(problem) == ["只有此人可排"]


def test_the_lighter_load_is_told_beside_the_fair_part() -> None:
    problem = with_people(small_problem(), {2: {"carried": 20}, 3: {"carried": 30}})
    shifts = ((1, PM, 1, 2), (2, AM, 1, 3))
    assert reasons_in_words(problem, *shifts) == ["负担较轻：不算这一班，累计比应排少1班，可排的3人中最少"]


def test_a_load_that_is_not_the_least_says_which_it_is() -> None:
    problem = with_people(small_problem(published=placings((1, AM, 1, 1))), {1: {"carried": 33}, 3: {"carried": 60}})
    # kept although 2 carries less, as keeping comes first
    placed = placings((1, AM, 1, 1), (1, PM, 1, 3))
    reason = explain(problem, placed).reasons(FIRST)[0]
    assert reason == Reason(ReasonCode.KEPT, {"than": 2})
    light = Reason(ReasonCode.LEAST_LOADED, {"than": 1, "z": 5, "rank": 2, "of": 3})
    assert reason_in_words(light, NAMES) == "负担较轻：不算这一班，累计比应排多0.5班，可排的3人中第2少"
    even = Reason(ReasonCode.LEAST_LOADED, {"than": 1, "z": 0, "rank": 1, "of": 2})
    assert reason_in_words(even, NAMES) == "负担较轻：不算这一班，累计与应排持平，可排的2人中最少"


def test_a_published_shift_is_kept() -> None:
    problem = small_problem(published=placings((1, AM, 1, 1)))
    assert reasons_in_words(problem) == ["已发布的班表中就是此人，尽量少改"]
    assert others_in_words(problem) == ["换成此人要多改1个已发布的班次"] * 2


def test_a_turn_of_unpopular_shifts_is_told() -> None:
    problem = small_problem(unpopular=frozenset({FIRST.half_day}))
    problem = with_people(problem, {2: {"carried_unpopular": 10}, 3: {"posts": frozenset()}})
    # one shift of six is unpopular: its fair part for each of two people is 1 / 12 of a shift
    told = "轮到值周末等班：不算这一班，这类班累计比应排少0.1班，可排的2人中最少"
    assert reasons_in_words(problem) == [told]
    assert others_in_words(problem) == ["换成此人，周末等班更不均", "没有该岗位的职业身份"]


def test_a_wish_is_told() -> None:
    problem = with_people(small_problem(), {1: {"wishes": {FIRST.half_day: 2}}})
    assert reasons_in_words(problem) == ["本人愿意值这一班（愿望2）"]
    assert others_in_words(problem) == ["换成此人，愿望少满足2分"] * 2
    unwilling = {person_id: {"wishes": {FIRST.half_day: -1}} for person_id in (2, 3)}
    assert reasons_in_words(with_people(small_problem(), unwilling)) == ["其他可排的人更不愿意值这一班"]


def test_a_tie_is_told() -> None:
    assert reasons_in_words(small_problem()) == ["与演示2等2人条件相同，按编号排"]
    assert others_in_words(small_problem()) == ["条件相同，按编号排"] * 2
    alone = with_people(small_problem(), {3: {"posts": frozenset()}})
    assert reasons_in_words(alone) == ["与演示2条件相同，按编号排"]


def test_a_shift_set_by_hand_says_that_somebody_fits_better() -> None:
    problem = with_people(small_problem(), {1: {"carried": 50}})
    assert reasons_in_words(problem) == ["此班未按最优排：换成另外2人之一会更合适"]
    assert others_in_words(problem) == ["换成此人更好（均衡）"] * 2


def test_several_reasons_come_in_the_order_of_their_weight() -> None:
    problem = with_people(small_problem(), {1: {"wishes": {FIRST.half_day: 1}}, 2: {"carried": 20}})
    assert [code for code, _ in explain(problem, placings((1, AM, 1, 1))).reasons(FIRST)] == [
        ReasonCode.LEAST_LOADED,
        ReasonCode.WISH_MET,
    ]


def test_blockers_name_those_in_the_way() -> None:
    problem = small_problem(clashes=frozenset({frozenset("甲乙")}))
    problem = replace(problem, needs=dict.fromkeys(problem.needs, 3))
    units = with_people(problem, {1: {"unit": "丙"}, 2: {"unit": "甲"}, 3: {"unit": "甲"}})
    assert others_in_words(units, (1, AM, 1, 2)) == ["同一半天在其他岗位", "与当班者同单位（演示2）"]
    clashing = with_people(units, {3: {"unit": "乙"}})
    assert others_in_words(clashing, (1, AM, 1, 2))[1] == "与当班者单位互斥（演示2）"
    # who leaves for them is in nobody's way
    own_unit = with_people(problem, {1: {"unit": "甲"}, 2: {"unit": "甲"}, 3: {"unit": "乙"}})
    assert others_in_words(own_unit) == ["条件相同，按编号排"] * 2


def test_caps_and_absences_are_blockers() -> None:
    problem = small_problem()
    away = with_people(problem, {2: {"unavailable": {FIRST.half_day: Blocker.CALLED_AWAY}}, 3: {"day_cap": 1}})
    assert others_in_words(away, (1, PM, 1, 3)) == ["该半天另有安排", "当日已满"]
    week = with_people(problem, {2: {"week_cap": 0}, 3: {"month_cap": 0}})
    assert others_in_words(week) == ["本周已满", "本月已满"]


def test_everybody_who_holds_a_post_that_is_short_has_a_blocker() -> None:
    problem = with_people(small_problem(), {1: {"day_cap": 1}, 2: {"posts": frozenset()}})
    explanation = explain(problem, placings((1, AM, 1, 1)))
    afternoon = HalfDay(FIRST.half_day.day, PM)
    found = explanation.blockers_of_shortage(afternoon, 1)
    assert found == (Other(1, Blocker.DAY_CAP), Other(3))
    assert [other_in_words(each, NAMES) for each in found] == ["当日已满", "可以排到这里"]


def test_on_a_frozen_half_day_nobody_is_added() -> None:
    problem = small_problem(frozen=frozenset({FIRST.half_day}))
    found = explain(problem, frozenset()).blockers_of_shortage(FIRST.half_day, 1)
    assert {each.blocker for each in found} == {Blocker.FROZEN}


def test_a_shift_of_somebody_who_left_can_be_explained() -> None:
    problem = small_problem(posts=(RosterPost(1, "调解岗", "people"),))
    gone = Placing(FIRST.half_day, 1, 99)
    explanation = explain(problem, {gone})
    assert explanation.reasons(gone) == (Reason(ReasonCode.NOT_BEST, {"than": 3}),)
    assert all(other.delta is not None for other in explanation.others(gone))
    assert explanation.others(gone)[0].delta != RosterValue()
