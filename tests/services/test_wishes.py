"""Wishes for the roster, and how many of them somebody may have."""

import pytest

from mediation_desk.services.wishes import WishTyped, take_wishes, wish
from tests.desk import Desk
from tests.duty import MONTH, PM, Duty, at


@pytest.fixture
def duty(desk: Desk) -> Duty:
    duty = Duty(desk)
    duty.person("周一")
    return duty


def kept(duty: Duty) -> dict[tuple[int, str], int]:
    with duty.desk.database.reading() as records:
        wishes = records.rosters.wishes(MONTH, MONTH.replace(day=31))
        return {(each.day.day, each.half.value): each.weight for each in wishes}


def test_a_wish_is_kept_changed_and_taken_back(duty: Duty) -> None:
    who = duty.ids["周一"]
    duty.desk.do(wish, who, at(8), 2)
    duty.desk.do(wish, who, at(8, PM), -1)
    assert kept(duty) == {(8, "am"): 2, (8, "pm"): -1}
    duty.desk.do(wish, who, at(8), -3)
    assert kept(duty) == {(8, "am"): -3, (8, "pm"): -1}
    duty.desk.do(wish, who, at(8), 0)
    duty.desk.do(wish, who, at(9), 0)
    assert kept(duty) == {(8, "pm"): -1}


def test_a_fifth_wish_is_refused_but_one_of_the_four_may_change(duty: Duty) -> None:
    who = duty.ids["周一"]
    for day in (1, 2, 3, 4):
        duty.desk.do(wish, who, at(day), 1)
    with duty.desk.refuses("周一 12月7日（周一）上午：本月愿望已满4条，请先取消一条，没有登记。"):
        duty.desk.do(wish, who, at(7), 1)
    duty.desk.do(wish, who, at(4), -2)
    assert kept(duty)[4, "am"] == -2


def test_wishes_may_not_be_stronger_together_than_six(duty: Duty) -> None:
    who = duty.ids["周一"]
    duty.desk.do(wish, who, at(1), 3)
    duty.desk.do(wish, who, at(2), -3)
    with duty.desk.refuses("周一 12月3日（周四）上午：本月愿望强度合计7，超过6"):
        duty.desk.do(wish, who, at(3), 1)


def test_nobody_wishes_for_closed_or_past_half_days_for_own_leave_or_beyond_three(duty: Duty) -> None:
    who = duty.ids["周一"]
    duty.leave(who, at(8), at(8, PM))
    for half_day, weight, sentence in (
        (at(5), 1, "周一 12月5日（周六）上午：该半天不开放（周六）"),
        (at(8, PM), 1, "周一 12月8日（周二）下午：与请假重复"),
        (at(23, month=MONTH.replace(month=11)), 1, "周一 11月23日（周一）上午：该半天已过"),
        (at(9), 4, "愿望强度应为-3至3。"),
    ):
        with duty.desk.refuses(sentence):
            duty.desk.do(wish, who, half_day, weight)


def test_of_a_list_the_first_four_wishes_are_kept_and_the_rest_is_named(duty: Duty) -> None:
    one, two = duty.ids["周一"], duty.person("郑二")
    duty.leave(two, at(2))
    told = [WishTyped(one, at(day), 1) for day in (1, 2, 3, 4, 7, 8)]
    told += [WishTyped(two, at(2), 2), WishTyped(two, at(3), 3), WishTyped(two, at(3), -3), WishTyped(two, at(5), 1)]
    assert duty.desk.do(take_wishes, told) == [
        "周一 愿望超过4条，取前4条",
        "郑二 12月2日（周三）上午 与请假重复，忽略",
        "郑二 12月5日（周六）上午 该半天不开放（周六），忽略",
    ]
    with duty.desk.database.reading() as records:
        wishes = records.rosters.wishes(MONTH, MONTH.replace(day=31))
    assert [(each.mediator_id, each.day.day, each.weight) for each in wishes] == [
        (one, 1, 1),
        (one, 2, 1),
        (one, 3, 1),
        (one, 4, 1),
        (two, 3, -3),
    ]
    assert duty.desk.do(take_wishes, []) == []
