"""Swaps of shifts: who could take one, asking, answering, carrying out, and what stays to be read."""

from datetime import datetime

import pytest

from mediation_desk.domain.duty_roster import DutyRoster, ShiftSource, SwapState
from mediation_desk.domain.roster_problem import Blocker, Placing
from mediation_desk.services.roster_making import place, publish
from mediation_desk.services.swaps import (
    Effect,
    answer_swap,
    ask_swap,
    carry_out_swap,
    returns,
    swaps_of,
    takers,
    withdraw_swap,
)
from tests.desk import Desk
from tests.duty import MONTH, Duty, at, placings


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A published roster of one post: 周一 serves on 1, 2 and 3, 郑二 on 8 and 9 December, 吴三 never."""
    duty = Duty(desk)
    duty.post()
    duty.people(["周一", "郑二", "吴三"])
    duty.published(*(shift(duty, "周一", day) for day in (1, 2, 3)), *(shift(duty, "郑二", day) for day in (8, 9)))
    return duty


def shift(duty: Duty, name: str, day: int) -> Placing:
    return Placing(at(day), 1, duty.ids[name])


def in_force(duty: Duty) -> DutyRoster:
    with duty.desk.database.reading() as records:
        roster = records.rosters.published(MONTH)
    assert roster is not None
    return roster


def agreed(duty: Duty, given: Placing, taker: str, back: Placing | None = None) -> int:
    swap = duty.desk.do(ask_swap, duty.swap(given, duty.ids[taker], back))
    assert swap.id is not None
    duty.desk.do(answer_swap, swap.id, agrees=True)
    return swap.id


def test_who_could_take_a_shift_comes_first_least_loaded_before_others(duty: Duty) -> None:
    duty.person("钱四")
    duty.leave(duty.ids["钱四"], at(2))
    duty.person("孙五", "counsellor")
    found = duty.desk.do(takers, MONTH, duty.ids["周一"], at(2))
    assert [(each.name, each.blocker) for each in found] == [
        ("吴三", None),
        ("郑二", None),
        ("钱四", Blocker.ON_LEAVE),
    ]
    assert (found[0].asker, found[0].taker) == (Effect(17, 7), Effect(-13, -3))
    assert found[0].asker.in_words == "多1.7班→多0.7班"
    assert found[0].taker.in_words == "少1.3班→少0.3班"
    assert Effect(0, 10).in_words == "正好→多1班"


def test_only_a_published_shift_to_come_can_be_given_away(duty: Duty) -> None:
    with duty.desk.refuses("已发布的排班中2026年12月4日（周五）上午没有这个班次。"):
        duty.desk.do(takers, MONTH, duty.ids["周一"], at(4))
    duty.desk.now = datetime(2026, 12, 1, 10, 0)
    with duty.desk.refuses("2026年12月1日（周二）上午已过，不能再换班。"):
        duty.desk.do(takers, MONTH, duty.ids["周一"], at(1))


def test_what_can_be_given_in_return_breaks_no_rule(duty: Duty) -> None:
    duty.leave(duty.ids["周一"], at(9))
    found = duty.desk.do(returns, MONTH, duty.ids["周一"], at(2), duty.ids["郑二"])
    assert found == [shift(duty, "郑二", 8)]
    duty.desk.now = datetime(2026, 12, 8, 10, 0)
    with duty.desk.refuses("2026年12月2日（周三）上午已过"):
        duty.desk.do(returns, MONTH, duty.ids["周一"], at(2), duty.ids["郑二"])


def test_both_agree_and_a_new_version_carries_the_swap_out(duty: Duty) -> None:
    swap = duty.desk.do(ask_swap, duty.swap(shift(duty, "周一", 2), duty.ids["吴三"]))
    assert swap.id is not None
    assert (swap.state, swap.month, swap.by_id) == (SwapState.ASKED, MONTH, 1)
    with duty.desk.refuses("这条换班申请待对方同意；双方同意后才能换班。"):
        duty.desk.do(carry_out_swap, swap.id)
    duty.desk.do(answer_swap, swap.id, agrees=True, note=" 可以 ")
    roster = duty.desk.do(carry_out_swap, swap.id)
    assert (roster.version, roster.reason) == (2, "换班：12月2日（周三）上午 周一→吴三")
    assert in_force(duty).version == 2
    assert placings(in_force(duty)) >= {shift(duty, "吴三", 2), shift(duty, "周一", 1)}
    assert {each.mediator_id for each in in_force(duty).shifts if each.source is ShiftSource.SWAP} == {duty.ids["吴三"]}
    with duty.desk.database.reading() as records:
        [kept] = records.rosters.swaps(MONTH)
        assert [each.state.value for each in records.rosters.versions(MONTH)] == ["replaced", "published"]
    assert (kept.state, kept.roster_version, kept.answer_note, kept.done_at) == (
        SwapState.DONE,
        2,
        "可以",
        duty.desk.now,
    )


def test_one_shift_is_exchanged_for_another(duty: Duty) -> None:
    given, back = shift(duty, "周一", 2), shift(duty, "郑二", 8)
    roster = duty.desk.do(carry_out_swap, agreed(duty, given, "郑二", back))
    assert roster.reason == "换班：12月2日（周三）上午 周一→郑二；12月8日（周二）上午 郑二→周一"
    assert placings(roster) == {
        *(shift(duty, "周一", day) for day in (1, 3, 8)),
        *(shift(duty, "郑二", day) for day in (2, 9)),
    }


def test_a_refused_or_withdrawn_request_changes_nothing_and_stays(duty: Duty) -> None:
    refused = duty.desk.do(ask_swap, duty.swap(shift(duty, "周一", 2), duty.ids["吴三"]))
    assert refused.id is not None
    duty.desk.do(answer_swap, refused.id, agrees=False, note="要开庭")
    again = duty.desk.do(ask_swap, duty.swap(shift(duty, "周一", 2), duty.ids["郑二"]))
    assert again.id is not None
    duty.desk.do(withdraw_swap, again.id)
    for swap_id, sentence in (
        (refused.id, "这条换班申请对方不同意，不能再答复。"),
        (again.id, "这条换班申请已撤回，不能再答复。"),
    ):
        with duty.desk.refuses(sentence):
            duty.desk.do(answer_swap, swap_id, agrees=True)
    with duty.desk.refuses("这条换班申请对方不同意，不能再撤回。"):
        duty.desk.do(withdraw_swap, refused.id)
    shown = duty.desk.do(swaps_of, MONTH)
    assert [(each.swap.id, each.swap.state, each.against) for each in shown] == [
        (again.id, SwapState.WITHDRAWN, ()),
        (refused.id, SwapState.REFUSED, ()),
    ]
    assert in_force(duty).version == 1


def test_a_swap_against_a_rule_is_not_even_asked(duty: Duty) -> None:
    layman = duty.person("孙五", "counsellor")
    given = shift(duty, "周一", 2)
    for taker, back, sentence in (
        (layman, None, "2026年12月2日（周三）上午“律师”孙五：没有该岗位的职业身份。"),
        (duty.ids["周一"], None, "请选择另一位调解员。"),
        (duty.ids["郑二"], shift(duty, "郑二", 10), "12月10日（周四）上午郑二已不在班上，不能换班。"),
    ):
        with duty.desk.refuses(sentence):
            duty.desk.do(ask_swap, duty.swap(given, taker, back))


def test_a_shift_is_offered_once_at_a_time(duty: Duty) -> None:
    duty.desk.do(ask_swap, duty.swap(shift(duty, "周一", 2), duty.ids["吴三"]))
    with duty.desk.refuses("这个班次已有换班申请在办，请先撤回。"):
        duty.desk.do(ask_swap, duty.swap(shift(duty, "周一", 2), duty.ids["郑二"]))


def test_a_swap_that_became_impossible_says_why(duty: Duty) -> None:
    on_leave = agreed(duty, shift(duty, "周一", 2), "吴三")
    overtaken = agreed(duty, shift(duty, "周一", 3), "吴三")
    duty.leave(duty.ids["吴三"], at(2))
    with duty.desk.refuses("2026年12月2日（周三）上午“律师”吴三：请假。"):
        duty.desk.do(carry_out_swap, on_leave)
    duty.desk.now = datetime(2026, 12, 3, 10, 0)
    with duty.desk.refuses("12月3日（周四）上午已过，不能再换班。"):
        duty.desk.do(carry_out_swap, overtaken)
    assert [each.against for each in duty.desk.do(swaps_of, MONTH)] == [
        ("12月3日（周四）上午已过，不能再换班。",),
        ("12月2日（周三）上午已过，不能再换班。",),
    ]


def test_a_shift_that_somebody_else_has_by_now_is_not_swapped(duty: Duty) -> None:
    swap_id = agreed(duty, shift(duty, "周一", 2), "吴三")
    duty.published(*(shift(duty, "周一", day) for day in (1, 3)), shift(duty, "郑二", 2), reason="调整")
    with duty.desk.refuses("12月2日（周三）上午周一已不在班上，不能换班。"):
        duty.desk.do(carry_out_swap, swap_id)


def test_the_draft_takes_the_swap_over_and_is_published_after_it(duty: Duty) -> None:
    draft = duty.desk.do(place, MONTH, duty.ids["吴三"], at(4), 1)
    assert draft.version == 2
    duty.desk.do(carry_out_swap, agreed(duty, shift(duty, "周一", 2), "吴三", None))
    assert in_force(duty).version == 3
    roster = duty.desk.do(publish, MONTH, "加一班")
    assert roster.version == 4
    assert placings(roster) >= {shift(duty, "吴三", 2), shift(duty, "吴三", 4)}
    swapped = next(each for each in roster.shifts if each.placing == shift(duty, "吴三", 2))
    assert (swapped.source, swapped.locked) == (ShiftSource.SWAP, True)


def test_a_draft_in_which_the_shift_is_gone_stays_as_it_is(duty: Duty) -> None:
    duty.draft(shift(duty, "吴三", 1))
    back = shift(duty, "郑二", 9)
    duty.desk.do(carry_out_swap, agreed(duty, shift(duty, "周一", 2), "郑二", back))
    with duty.desk.database.reading() as records:
        draft = records.rosters.draft(MONTH)
        assert draft is not None
        assert placings(draft) == {shift(duty, "吴三", 1)}
