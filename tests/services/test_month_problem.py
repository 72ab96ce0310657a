"""The problem that is posed for a month: people, needs, what is kept, what is left out."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.roster_check import Rule
from mediation_desk.domain.roster_problem import Blocker, Placing, RosterPerson, RosterProblem
from mediation_desk.services.act import Act
from mediation_desk.services.duty_month import read_month
from mediation_desk.services.month_problem import Posed, posed
from mediation_desk.services.posts import save_clash
from mediation_desk.services.roster_making import clear, lock, place, problem_of
from mediation_desk.services.wishes import wish
from mediation_desk.store.records import Records
from tests.desk import Desk
from tests.duty import AM, MONTH, PM, Duty, at

LAST_MONTH = date(2026, 11, 1)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A post for one lawyer, and three lawyers."""
    duty = Duty(desk)
    duty.post()
    duty.people(["周一", "郑二", "吴三"])
    return duty


def problem(duty: Duty, month: date = MONTH) -> RosterProblem:
    return duty.desk.do(problem_of, month)


def person(duty: Duty, name: str, month: date = MONTH) -> RosterPerson:
    return next(each for each in problem(duty, month).people if each.name == name)


def posed_for(duty: Duty) -> Posed:
    def pose(records: Records, act: Act) -> Posed:
        return posed(read_month(records, act, MONTH), {})

    return duty.desk.do(pose)


def shift(duty: Duty, name: str, day: int, half: object = AM, month: date = MONTH) -> Placing:
    return Placing(at(day, PM if half is PM else AM, month), 1, duty.ids[name])


def test_posts_want_people_on_open_half_days_only(duty: Duty) -> None:
    duty.post("周一上午", "counsellor", needed=2, weekly_pattern=["mon_am", "sat_am"])
    asked = problem(duty)
    assert len(asked.half_days) == 46
    assert {place: needed for place, needed in asked.needs.items() if place[1] == 2} == {
        (at(day), 2): 2 for day in (7, 14, 21, 28)
    }
    assert asked.unpopular == {at(day, PM) for day in (4, 11, 18, 25)}
    assert asked.published is None
    assert (asked.locked, asked.frozen) == (frozenset(), frozenset())


def test_standing_people_fill_posts_first_and_their_leave_opens_them_again(duty: Duty) -> None:
    standing = duty.person("常律", presence=Presence.STANDING)
    assert problem(duty).needs == {}
    duty.leave(standing, at(8), at(8, PM))
    assert set(problem(duty).needs) == {(at(8), 1), (at(8, PM), 1)}
    assert "常律" not in {each.name for each in problem(duty).people}


def test_who_stands_in_for_a_standing_person_fills_the_post_and_is_not_free_otherwise(duty: Duty) -> None:
    standing = duty.person("常律", presence=Presence.STANDING)
    duty.leave(standing, at(8), at(8, PM), substitute_id=duty.ids["周一"])
    duty.post("咨询", "counsellor")
    asked = problem(duty)
    assert not any(post_id == 1 for _, post_id in asked.needs)
    assert person(duty, "周一").unavailable == {at(8): Blocker.CALLED_AWAY, at(8, PM): Blocker.CALLED_AWAY}


def test_people_cannot_serve_on_leave_outside_their_week_or_before_they_join(duty: Duty) -> None:
    duty.person("钱四", weekly_pattern=["mon_am"], joined_on=date(2026, 12, 8))
    duty.leave(duty.ids["钱四"], at(14), at(14))
    free = set(problem(duty).half_days) - set(person(duty, "钱四").unavailable)
    assert free == {at(21), at(28)}
    blocked = person(duty, "钱四").unavailable
    assert (blocked[at(7)], blocked[at(14)], blocked[at(15)]) == (
        Blocker.NOT_COMING,
        Blocker.ON_LEAVE,
        Blocker.NOT_COMING,
    )


def test_limits_are_the_persons_own_or_the_settings_and_the_share_is_for_the_time_there(duty: Duty) -> None:
    duty.person("钱四", week_most=0, month_most=7, share=50, joined_on=date(2026, 12, 17))
    own, others = person(duty, "钱四"), person(duty, "周一")
    assert (own.day_cap, own.week_cap, own.month_cap, own.share) == (2, 0, 7, 24)  # 22 of 46 half-days
    assert (others.day_cap, others.week_cap, others.month_cap, others.share) == (2, 4, 20, 100)
    assert problem(duty).unit_most == 1


def test_shifts_of_the_week_that_began_last_month_count_without_those_not_served(duty: Duty) -> None:
    served = [shift(duty, "周一", day, month=LAST_MONTH) for day in (24, 26, 30)]
    duty.published(*served, shift(duty, "周一", 30, PM, LAST_MONTH), month=LAST_MONTH)
    assert person(duty, "周一").served_in_week == {(2026, 49): 2}
    duty.leave(duty.ids["周一"], at(30, month=LAST_MONTH), substitute_id=duty.ids["郑二"])
    assert person(duty, "周一").served_in_week == {(2026, 49): 1}
    assert person(duty, "郑二").served_in_week == {(2026, 49): 1}


def test_shifts_of_the_week_that_ends_next_month_count_too(duty: Duty) -> None:
    january = MONTH.replace(year=2027, month=1)
    duty.published(Placing(at(2, month=LAST_MONTH), 1, duty.ids["周一"]), month=LAST_MONTH)
    duty.published(shift(duty, "郑二", 4, month=january), month=january)
    assert person(duty, "郑二").served_in_week == {}
    december = [shift(duty, "郑二", 31)]
    duty.published(*december)
    assert person(duty, "郑二", january).served_in_week == {(2026, 53): 1}


def test_what_was_carried_in_the_last_months_is_brought_along(duty: Duty) -> None:
    duty.published(*(shift(duty, "周一", day, month=LAST_MONTH) for day in (24, 25, 26)), month=LAST_MONTH)
    assert [person(duty, name).carried for name in ("周一", "郑二", "吴三")] == [20, -10, -10]
    assert person(duty, "周一", date(2027, 3, 1)).carried == 0  # expired


def test_wishes_and_clashes_are_told(duty: Duty) -> None:
    duty.desk.do(wish, duty.ids["周一"], at(8), -2)
    duty.desk.do(save_clash, "周一所", "郑二所")
    assert person(duty, "周一").wishes == {at(8): -2}
    assert problem(duty).clashes == {frozenset({"周一所", "郑二所"})}


def test_what_has_begun_stands_and_misses_nobody(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1), shift(duty, "郑二", 10))
    duty.desk.now = datetime(2026, 12, 1, 14, 0)
    asked = problem(duty)
    assert asked.past == {at(1), at(1, PM)}
    assert asked.past <= asked.frozen
    assert shift(duty, "周一", 1) in asked.locked
    assert (asked.needs[at(1), 1], (at(1, PM), 1) in asked.needs) == (1, False)


def test_within_the_time_of_notice_published_shifts_stay_and_nothing_is_added(duty: Duty) -> None:
    kept = shift(duty, "周一", 2)
    duty.published(kept, shift(duty, "郑二", 10))
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    asked = problem(duty)
    assert asked.frozen == {at(1), at(1, PM), at(2), at(2, PM), at(3)}
    assert asked.locked == {kept}
    assert asked.published == frozenset({kept, shift(duty, "郑二", 10)})


def test_a_month_without_a_published_roster_is_frozen_only_where_it_has_begun(duty: Duty) -> None:
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    assert problem(duty).frozen == {at(1)}


def test_a_shift_that_leave_made_impossible_may_be_replaced_within_the_time_of_notice(duty: Duty) -> None:
    duty.post("咨询", "lawyer")
    beside = Placing(at(2), 2, duty.ids["郑二"])
    duty.published(shift(duty, "周一", 2), beside, shift(duty, "周一", 3))
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    duty.leave(duty.ids["周一"], at(2))
    asked = problem(duty)
    assert asked.frozen == {at(1), at(1, PM), at(2, PM), at(3)}
    assert asked.locked == {beside, shift(duty, "周一", 3)}
    assert asked.published is not None
    assert shift(duty, "周一", 2) in asked.published


def test_who_was_named_to_stand_in_takes_the_shift_even_from_outside_the_roster(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 2), shift(duty, "周一", 9))
    outsider = duty.person("孙外", presence=Presence.ON_CALL)
    duty.leave(duty.ids["周一"], at(2), substitute_id=outsider)
    duty.leave(duty.ids["周一"], at(9), substitute_id=duty.ids["郑二"])
    asked = problem(duty)
    assert asked.locked == {shift(duty, "孙外", 2), shift(duty, "郑二", 9)}
    stand_in = person(duty, "孙外")
    assert set(asked.half_days) - set(stand_in.unavailable) == {at(2)}
    assert stand_in.share == 0


def test_who_cannot_stand_in_is_not_put_there(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 2))
    layman = duty.person("钱四", "counsellor")
    duty.leave(duty.ids["周一"], at(2), substitute_id=layman)
    assert problem(duty).locked == frozenset()


def test_a_shift_of_somebody_who_has_left_is_given_up_but_stays_in_the_past(duty: Duty) -> None:
    gone = duty.person("钱四", left_on=date(2026, 12, 2))
    duty.published(Placing(at(1), 1, gone))
    duty.desk.now = datetime(2026, 12, 1, 14, 0)
    assert problem(duty).locked == {Placing(at(1), 1, gone)}


def test_more_may_serve_than_are_wanted_where_it_is_too_late_to_change(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 2), shift(duty, "周一", 10))
    duty.person("常律", presence=Presence.STANDING)
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    asked = problem(duty)
    assert asked.needs == {(at(2), 1): 1}
    assert asked.locked == {shift(duty, "周一", 2)}


def test_locks_of_the_draft_are_kept(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 2), shift(duty, "郑二", 3))
    duty.desk.do(lock, MONTH, duty.ids["周一"], at(2), True)
    assert problem(duty).locked == {shift(duty, "周一", 2)}


def test_what_was_changed_by_hand_within_the_time_of_notice_goes_before_what_was_published(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 2), shift(duty, "周一", 3))
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    duty.desk.do(clear, MONTH, duty.ids["周一"], at(2))
    duty.desk.do(place, MONTH, duty.ids["郑二"], at(2), 1)
    asked = problem(duty)
    assert asked.locked == {shift(duty, "郑二", 2), shift(duty, "周一", 3)}
    assert at(2) not in asked.frozen


def test_locks_against_a_rule_are_left_out_and_told(duty: Duty) -> None:
    duty.draft(*(shift(duty, "周一", day) for day in (7, 8, 9, 10)), shift(duty, "郑二", 14))
    for day in (7, 8, 9, 10):
        duty.desk.do(lock, MONTH, duty.ids["周一"], at(day), True)
    duty.desk.do(lock, MONTH, duty.ids["郑二"], at(14), True)
    duty.leave(duty.ids["周一"], at(7))
    found = posed_for(duty)
    assert [each.rule for each in found.refused_locks] == [Rule.NOT_AVAILABLE]
    assert found.problem.locked == {*(shift(duty, "周一", day) for day in (8, 9, 10)), shift(duty, "郑二", 14)}


def test_two_locks_in_conflict_are_both_left_out(duty: Duty) -> None:
    duty.post("咨询", "lawyer")
    duty.draft(shift(duty, "周一", 7), Placing(at(7), 2, duty.ids["郑二"]))
    for name in ("周一", "郑二"):
        duty.desk.do(lock, MONTH, duty.ids[name], at(7), True)
    duty.desk.do(save_clash, "周一所", "郑二所")
    found = posed_for(duty)
    assert [(each.rule, len(each.placings)) for each in found.refused_locks] == [(Rule.CLASH, 2)]
    assert found.problem.locked == frozenset()
