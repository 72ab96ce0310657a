"""Making the roster of a month: by the solver's word, by hand, against the rules, version after version."""

from datetime import datetime

import pytest

from mediation_desk.domain.duty_roster import RosterState, ShiftSource
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.domain.roster_reasons import ReasonCode
from mediation_desk.services.roster_making import (
    Change,
    affected_by,
    changes,
    clear,
    drop_draft,
    explain_month,
    lock,
    move,
    place,
    problem_of,
    publish,
)
from tests.desk import Desk
from tests.duty import AM, MONTH, PM, Duty, at, placings


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A post for one lawyer, and three lawyers."""
    duty = Duty(desk)
    duty.post()
    duty.people(["周一", "郑二", "吴三"])
    return duty


def shift(duty: Duty, name: str, day: int, half: object = AM, post_id: int = 1) -> Placing:
    return Placing(at(day, PM if half is PM else AM), post_id, duty.ids[name])


def test_a_month_is_worked_out_kept_and_published(duty: Duty) -> None:
    draft = duty.draft()
    assert draft.state is RosterState.DRAFT
    assert draft.method == "greedy"
    assert len(draft.shifts) == 46  # 23 working days
    assert {each.source for each in draft.shifts} == {ShiftSource.SOLVER}
    roster = duty.desk.do(publish, MONTH)
    assert (roster.state, roster.version, roster.reason) == (RosterState.PUBLISHED, 1, "")
    assert (roster.published_at, roster.published_by_id, roster.unconfirmed) == (duty.desk.now, 1, False)


def test_a_later_version_replaces_the_one_before_and_both_stay(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1))
    duty.draft(shift(duty, "郑二", 1))
    with duty.desk.refuses("请写明改动的原因。", "roster_reason"):
        duty.desk.do(publish, MONTH)
    duty.desk.do(publish, MONTH, " 周一出差 ")
    with duty.desk.database.reading() as records:
        versions = [(each.version, each.state.value, each.reason) for each in records.rosters.versions(MONTH)]
        assert versions == [(1, "replaced", "调整"), (2, "published", "周一出差")]
        published = records.rosters.published(MONTH)
        assert published is not None
        assert placings(published) == {shift(duty, "郑二", 1)}


def test_nothing_is_published_without_a_draft_or_unchanged(duty: Duty) -> None:
    with duty.desk.refuses("本月没有草案可以发布。"):
        duty.desk.do(publish, MONTH)
    duty.published(shift(duty, "周一", 1))
    duty.draft(shift(duty, "周一", 1))
    with duty.desk.refuses("草案与已发布的排班相同，不用再发布。"):
        duty.desk.do(publish, MONTH, "再发")


def test_a_draft_that_leave_has_overtaken_is_not_published(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 8), shift(duty, "郑二", 9))
    duty.leave(duty.ids["周一"], at(8))
    with duty.desk.refuses("2026年12月8日（周二）上午“律师”周一：请假。"):
        duty.desk.do(publish, MONTH)


def test_a_month_that_nobody_has_announced_is_published_as_unconfirmed(duty: Duty) -> None:
    january = MONTH.replace(year=2027, month=1)
    roster = duty.published(Placing(at(5, month=january), 1, duty.ids["周一"]), month=january)
    assert roster.unconfirmed


def test_a_shift_made_by_hand_is_locked_and_no_longer_said_to_be_proven(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 1))
    draft = duty.desk.do(place, MONTH, duty.ids["郑二"], at(2), 1)
    by_hand = next(each for each in draft.shifts if each.mediator_id == duty.ids["郑二"])
    assert (by_hand.source, by_hand.locked) == (ShiftSource.MANUAL, True)
    assert (draft.method, draft.levels) == ("", [])


def test_what_is_changed_by_hand_begins_as_the_published_roster(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1), shift(duty, "周一", 2))
    draft = duty.desk.do(clear, MONTH, duty.ids["周一"], at(2))
    assert (draft.version, placings(draft)) == (2, {shift(duty, "周一", 1)})
    assert duty.desk.do(changes, MONTH) == [Change(at(2), 1, duty.ids["周一"], None)]
    duty.desk.do(drop_draft, MONTH)
    assert duty.desk.do(changes, MONTH) == []
    with duty.desk.refuses("本月没有草案。"):
        duty.desk.do(drop_draft, MONTH)


def test_changes_tell_who_goes_and_who_comes(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1), shift(duty, "周一", 2))
    duty.draft(shift(duty, "郑二", 1), shift(duty, "吴三", 3))
    one, two, three = (duty.ids[name] for name in ("周一", "郑二", "吴三"))
    assert duty.desk.do(changes, MONTH) == [
        Change(at(1), 1, one, two),
        Change(at(2), 1, one, None),
        Change(at(3), 1, None, three),
    ]


def test_a_placed_shift_comes_in_place_of_the_persons_other_post(duty: Duty) -> None:
    other = duty.post("法律咨询")
    duty.draft(shift(duty, "周一", 1))
    draft = duty.desk.do(place, MONTH, duty.ids["周一"], at(1), other)
    assert placings(draft) == {shift(duty, "周一", 1, post_id=other)}


def test_a_shift_moves_to_somebody_else(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 1))
    draft = duty.desk.do(move, MONTH, duty.ids["周一"], duty.ids["吴三"], at(1))
    assert placings(draft) == {shift(duty, "吴三", 1)}
    with duty.desk.refuses("2026年12月1日（周二）上午没有这个班次。"):
        duty.desk.do(move, MONTH, duty.ids["周一"], duty.ids["吴三"], at(1))
    with duty.desk.refuses("2026年12月1日（周二）上午没有这个班次。"):
        duty.desk.do(clear, MONTH, duty.ids["周一"], at(1))


def test_hard_rules_hold_for_shifts_made_by_hand(duty: Duty) -> None:
    counsel = duty.post("咨询", "counsellor")
    sunday = at(6)
    duty.leave(duty.ids["周一"], at(1))
    kept = [shift(duty, "郑二", day) for day in (7, 8, 9, 10)]
    duty.draft(*kept, shift(duty, "郑二", 2))
    for person, half_day, post_id, sentence in (
        ("周一", at(1), 1, "2026年12月1日（周二）上午“律师”周一：请假。"),
        ("周一", at(2), 1, "2026年12月2日（周三）上午“律师”只需轮驻1人，排了2人。"),
        ("周一", at(3), counsel, "2026年12月3日（周四）上午“咨询”周一：没有该岗位的职业身份。"),
        ("郑二", at(11), 1, "郑二第50周排了5班，每周上限4班。"),
    ):
        with duty.desk.refuses(sentence):
            duty.desk.do(place, MONTH, duty.ids[person], half_day, post_id)
    with duty.desk.refuses("2026年12月6日（周日）上午周日休息，不排班；若开放请先改开放日。"):
        duty.desk.do(place, MONTH, duty.ids["周一"], sunday, 1)


def test_what_only_worsens_fairness_is_allowed_by_hand(duty: Duty) -> None:
    duty.draft(*(shift(duty, "周一", day) for day in (1, 2, 3)))
    draft = duty.desk.do(place, MONTH, duty.ids["周一"], at(4), 1)
    assert len(draft.shifts) == 4


def test_a_rule_that_is_broken_elsewhere_hinders_nobody(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 8))
    duty.leave(duty.ids["周一"], at(8))
    duty.desk.do(place, MONTH, duty.ids["郑二"], at(9), 1)


def test_what_has_begun_is_not_changed_and_other_months_are_not_touched(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1))
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    with duty.desk.refuses("2026年12月1日（周二）上午已过，不能再改。"):
        duty.desk.do(clear, MONTH, duty.ids["周一"], at(1))
    with duty.desk.refuses("2027年1月5日（周二）上午不在这个月。"):
        duty.desk.do(place, MONTH, duty.ids["周一"], at(5, month=MONTH.replace(year=2027, month=1)), 1)


def test_a_lock_is_set_and_taken_off_and_proves_nothing_less(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 1))
    for locked in (True, False):
        draft = duty.desk.do(lock, MONTH, duty.ids["周一"], at(1), locked)
        assert [each.locked for each in draft.shifts] == [locked]
        assert draft.levels
    with duty.desk.refuses("2026年12月1日（周二）上午没有这个班次。"):
        duty.desk.do(lock, MONTH, duty.ids["郑二"], at(1), True)


def test_working_out_anew_keeps_where_a_shift_came_from_and_what_has_begun(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1), shift(duty, "周一", 2))
    duty.desk.do(place, MONTH, duty.ids["郑二"], at(3), 1)
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    draft = duty.draft(shift(duty, "郑二", 3), shift(duty, "吴三", 2))
    assert {(each.day.day, each.mediator_id, each.source, each.locked) for each in draft.shifts} == {
        (1, duty.ids["周一"], ShiftSource.SOLVER, False),
        (2, duty.ids["吴三"], ShiftSource.SOLVER, False),
        (3, duty.ids["郑二"], ShiftSource.MANUAL, True),
    }


def test_leave_names_the_shifts_to_come_that_it_makes_impossible(duty: Duty) -> None:
    duty.published(*(shift(duty, "周一", day) for day in (1, 2, 3)), shift(duty, "郑二", 4))
    duty.desk.now = datetime(2026, 12, 1, 13, 0)
    leave = duty.leave(duty.ids["周一"], at(1), at(3, PM))
    assert duty.desk.do(affected_by, leave) == [shift(duty, "周一", 2), shift(duty, "周一", 3)]


def reasons(duty: Duty, placing: Placing) -> list[ReasonCode]:
    _, explanation = duty.desk.do(explain_month, MONTH)
    return [reason.code for reason in explanation.reasons(placing)]


def test_a_published_shift_is_explained_as_it_was_made(duty: Duty) -> None:
    with duty.desk.refuses("本月还没有排班。"):
        duty.desk.do(explain_month, MONTH)
    duty.published(shift(duty, "周一", 1), shift(duty, "郑二", 2))
    problem, _ = duty.desk.do(explain_month, MONTH)
    assert problem == duty.desk.do(problem_of, MONTH)
    assert reasons(duty, shift(duty, "周一", 1)) == [ReasonCode.LEAST_LOADED, ReasonCode.TIE]
    duty.published(shift(duty, "周一", 1), shift(duty, "吴三", 2))
    assert reasons(duty, shift(duty, "周一", 1)) == [ReasonCode.KEPT]
    duty.desk.now = datetime(2026, 12, 10, 9, 0)
    assert reasons(duty, shift(duty, "周一", 1)) == [ReasonCode.KEPT]


def test_a_draft_is_explained_by_what_is_asked_now(duty: Duty) -> None:
    duty.draft(shift(duty, "周一", 1))
    duty.desk.do(place, MONTH, duty.ids["郑二"], at(2), 1)
    assert reasons(duty, shift(duty, "郑二", 2)) == [ReasonCode.LOCKED]
