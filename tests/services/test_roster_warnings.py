"""What people are told of a roster: every sentence of the stages before, after and in between."""

from dataclasses import replace
from datetime import datetime

import pytest

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import (
    Blocker,
    Level,
    LevelName,
    Method,
    Placing,
    RosterPerson,
    RosterPost,
    RosterProblem,
    RosterSolution,
)
from mediation_desk.services.act import Act
from mediation_desk.services.calendar import set_opening
from mediation_desk.services.posts import save_clash
from mediation_desk.services.roster_making import keep_draft, lock, place, problem_of
from mediation_desk.services.roster_view import look_at_month
from mediation_desk.services.roster_warnings import after_solving, before_publishing, draft_in_words
from mediation_desk.store.records import Records
from tests.desk import Desk
from tests.duty import AM, MONTH, PM, Duty, at

JANUARY = MONTH.replace(year=2027, month=1)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


def warnings(duty: Duty) -> tuple[str, ...]:
    return duty.desk.do(look_at_month, MONTH).warnings


def _come_on(records: Records, _act: Act, person_id: int, pattern: list[str]) -> None:
    records.mediators.get(person_id).weekly_pattern = pattern


def _change_profession(records: Records, _act: Act, person_id: int) -> None:
    records.mediators.get(person_id).profession = "other"


def staffed(duty: Duty, names: str = "甲乙丙丁戊己庚", **facts: object) -> None:
    """A post for one lawyer, with lawyers enough."""
    duty.post()
    duty.people(names, **facts)


def test_nothing_is_said_where_all_can_be_filled(duty: Duty) -> None:
    staffed(duty)
    assert warnings(duty) == ()


def test_nothing_is_said_where_nobody_is_wanted(duty: Duty) -> None:
    assert warnings(duty) == ()


def test_nobody_may_come_at_all(duty: Duty) -> None:
    duty.post()
    assert warnings(duty) == ("本月无人可排",)
    duty.person("甲")
    duty.leave(duty.ids["甲"], at(1), at(31, PM))
    assert warnings(duty) == ("本月无人可排",)


def test_nobody_holds_a_post(duty: Duty) -> None:
    staffed(duty)
    duty.post("心理咨询师", "counsellor")
    assert warnings(duty) == ("岗位“心理咨询师”没有任何轮驻人员，共46个半天必缺",)


def test_more_are_wanted_than_hold_the_post(duty: Duty) -> None:
    duty.post("律师", "lawyer", needed=4)
    duty.people("甲乙丙", week_most=14)
    assert warnings(duty)[0] == "每半天需律师4人，名册只有3人，每半天至少缺1人"


def test_more_are_wanted_than_hold_the_post_while_standing_people_are_away(duty: Duty) -> None:
    duty.post("律师", "lawyer", needed=2)
    standing = duty.person("常律", presence=Presence.STANDING)
    duty.person("甲", week_most=14)
    duty.leave(standing, at(8), at(8, PM))
    assert warnings(duty) == ("有的半天需律师2人，名册只有1人，当时至少缺1人",)


def test_all_who_hold_a_post_are_on_leave(duty: Duty) -> None:
    staffed(duty, "甲乙丙丁")
    for name in "甲乙丙丁":
        duty.leave(duty.ids[name], at(8), at(9))
    assert warnings(duty)[0] == "12月8日上午、下午，12月9日上午 律师4人全部请假，必缺"


def test_long_absence_of_all_is_cut_and_counted(duty: Duty) -> None:
    staffed(duty, "甲", weekly_pattern=["mon_am", "mon_pm"])
    days = "，".join(f"12月{day}日上午、下午" for day in (1, 2, 3, 4))
    assert warnings(duty)[0] == f"{days}等38个半天 律师1人都不能到岗，必缺"


def test_fewer_can_come_than_are_wanted(duty: Duty) -> None:
    duty.post("律师", "lawyer", needed=2, weekly_pattern=["tue_am"])
    duty.people("甲乙")
    duty.leave(duty.ids["甲"], at(8))
    assert warnings(duty) == ("12月8日上午 律师需2人，只有1人可排，至少缺1人",)


def test_weekly_caps_are_too_small_in_sum(duty: Duty) -> None:
    duty.post("律师", "lawyer", needed=1, weekly_pattern=[f"{day}_am" for day in ("mon", "tue", "wed", "thu", "fri")])
    duty.person("甲")
    assert warnings(duty) == (
        "第50周律师需5班，1人×上限4=4班，至少缺1班",
        "第51周律师需5班，1人×上限4=4班，至少缺1班",
        "第52周律师需5班，1人×上限4=4班，至少缺1班",
    )
    duty.person("乙", week_most=0)
    assert warnings(duty)[0] == "第50周律师需5班，1人×上限4=4班，至少缺1班"


def test_what_was_served_of_a_week_counts_on_both_sides_and_a_stand_in_adds_to_his_week_only(duty: Duty) -> None:
    duty.post("律师", "lawyer", weekly_pattern=[f"{day}_am" for day in ("mon", "tue", "wed", "thu", "fri")])
    duty.person("甲")
    duty.published(*(Placing(at(day), 1, duty.ids["甲"]) for day in (7, 8, 9, 10, 14)))
    outsider = duty.person("孙外", presence=Presence.ON_CALL)
    duty.leave(duty.ids["甲"], at(14), at(14, PM), substitute_id=outsider)
    duty.desk.now = datetime(2026, 12, 10, 14, 0)
    assert warnings(duty) == (
        "第50周律师需5班，1人×上限4=4班，至少缺1班",
        "第52周律师需5班，1人×上限4=4班，至少缺1班",
    )


def test_weekly_caps_that_differ_are_added_up_for_those_who_can_come(duty: Duty) -> None:
    duty.post("律师", "lawyer", weekly_pattern=["mon_am", "tue_am", "wed_am", "thu_am"])
    duty.person("甲", week_most=1)
    duty.person("乙", week_most=2)
    duty.leave(duty.person("丙"), at(1), at(31, PM))
    assert warnings(duty)[0] == "第50周律师需4班，2人合计还能值3班，至少缺1班"


def test_a_shift_of_somebody_who_no_longer_holds_the_post_is_not_asked_of_the_others(duty: Duty) -> None:
    duty.post("律师", "lawyer", weekly_pattern=["tue_am", "wed_am"])
    duty.people("甲乙", week_most=1)
    duty.published(Placing(at(1), 1, duty.ids["甲"]))
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    duty.desk.do(_change_profession, duty.ids["甲"])
    assert [each[:4] for each in warnings(duty)] == ["第50周", "第51周", "第52周", "第53周"]


def test_a_lock_against_leave(duty: Duty) -> None:
    staffed(duty)
    duty.draft(Placing(at(8), 1, duty.ids["甲"]))
    duty.desk.do(lock, MONTH, duty.ids["甲"], at(8), True)
    duty.leave(duty.ids["甲"], at(8), at(8, PM))
    assert warnings(duty) == ("锁定：12月8日（周二）上午 甲，但其该半天请假；暂不采用，请改动或解锁",)


def test_a_lock_on_a_day_that_closed_and_on_a_place_that_is_filled(duty: Duty) -> None:
    staffed(duty)
    duty.draft(Placing(at(8), 1, duty.ids["甲"]), Placing(at(9), 1, duty.ids["乙"]))
    duty.desk.do(lock, MONTH, duty.ids["甲"], at(8), True)
    duty.desk.do(lock, MONTH, duty.ids["乙"], at(9), True)
    duty.desk.do(set_opening, [at(8)], False, "停电检修")
    standing = duty.person("常律", presence=Presence.STANDING)
    duty.leave(standing, at(10), at(31, PM))
    found = warnings(duty)
    assert "锁定：12月8日（周二）上午 甲，但该半天不开放或该岗位已停用；暂不采用，请改动或解锁" in found
    assert "锁定：12月9日（周三）上午 乙，但该岗位已不需要；暂不采用，请改动或解锁" in found


def test_a_lock_against_the_week_of_the_person(duty: Duty) -> None:
    staffed(duty)
    duty.draft(Placing(at(8), 1, duty.ids["甲"]))
    duty.desk.do(lock, MONTH, duty.ids["甲"], at(8), True)
    duty.desk.do(_come_on, duty.ids["甲"], ["mon_am"])
    assert warnings(duty) == ("锁定：12月8日（周二）上午 甲，但其该半天不来；暂不采用，请改动或解锁",)


def test_two_locks_in_conflict(duty: Duty) -> None:
    staffed(duty)
    duty.post("法律咨询")
    duty.draft(Placing(at(8), 1, duty.ids["甲"]), Placing(at(8), 2, duty.ids["乙"]))
    for name in "甲乙":
        duty.desk.do(lock, MONTH, duty.ids[name], at(8), True)
    duty.desk.do(save_clash, "甲所", "乙所")
    assert warnings(duty)[0] == (
        "锁定：12月8日（周二）上午 甲、12月8日（周二）上午 乙，"
        "互相冲突：2026年12月8日（周二）上午“乙所”与“甲所”同时当班，两单位互斥；暂不采用，请改动或解锁"
    )


def test_a_month_nobody_has_announced(duty: Duty) -> None:
    seen = duty.desk.do(look_at_month, JANUARY)
    assert seen.warnings == ("2027年放假安排未导入，暂按周一至周五；草案",)
    assert not seen.confirmed


def test_who_is_missing_is_told_with_what_hinders_everybody(duty: Duty) -> None:
    """Everybody who holds the post has a reason, and those with the same one stand together."""
    noon = HalfDay(MONTH.replace(day=4), PM)
    morning = HalfDay(MONTH.replace(day=4), AM)
    earlier = [HalfDay(MONTH.replace(day=day), AM) for day in (1, 2)]

    def person(number: int, unit: str = "", **facts: object) -> RosterPerson:
        return RosterPerson(number, f"M{number:03}", unit, **({"posts": frozenset([1])} | facts))  # type: ignore[arg-type]  # any field

    problem = RosterProblem(
        half_days=(*earlier, morning, noon),
        posts=(RosterPost(1, "人民调解员", "people_mediator"), RosterPost(2, "律师", "lawyer")),
        people=(
            person(1, week_cap=2),
            person(2, "同所", posts=frozenset([2])),
            person(3, "同所"),
            person(4, "同所"),
            person(5, "对所"),
            person(6, unavailable={noon: Blocker.ON_LEAVE}),
            person(7, day_cap=1),
            person(8, month_cap=1),
        ),
        needs={(noon, 1): 1, (noon, 2): 1},
        clashes=frozenset([frozenset(["同所", "对所"])]),
    )
    there = {Placing(noon, 2, 2), Placing(morning, 2, 7), Placing(earlier[0], 2, 8)}
    there |= {Placing(half_day, 1, 1) for half_day in earlier}
    solution = RosterSolution(frozenset(there), {(noon, 1): 1}, (), Method.SOLVER)
    why = "M001 本周已满2班；M003、M004 与当班者同单位；M005 单位互斥；M006 请假；M007 当日已满1班；M008 本月已满1班"
    assert after_solving(problem, solution, ["取消互斥→缺0", "加1名→缺12"]) == [
        f"12月4日（周五）下午 人民调解员 缺1人：{why}",
        "可行办法：取消互斥→缺0；加1名→缺12",
    ]


def test_a_place_nobody_holds_or_that_was_simply_left_out_is_told_too(duty: Duty) -> None:
    noon = HalfDay(MONTH.replace(day=4), PM)
    free = RosterPerson(1, "甲", posts=frozenset([1]))
    posts = (RosterPost(1, "律师", "lawyer"), RosterPost(2, "咨询", "counsellor"))
    problem = RosterProblem((noon,), posts, (free,), {(noon, 1): 1, (noon, 2): 1})
    solution = RosterSolution(frozenset(), {}, (), Method.GREEDY, "求解组件不可用，已用简易排法，结果未证明最优。")
    assert after_solving(problem, solution) == [
        "求解组件不可用，已用简易排法，结果未证明最优",
        "12月4日（周五）下午 律师 缺1人：甲 可排而未排",
        "12月4日（周五）下午 咨询 缺1人：没有轮驻人员可排",
    ]


def test_leave_after_publishing_is_told_before_and_after(duty: Duty) -> None:
    staffed(duty, "甲乙")
    duty.published(*(Placing(at(day), 1, duty.ids["甲"]) for day in (8, 9, 10, 14)))
    duty.leave(duty.ids["甲"], at(8), at(10, PM))
    kept = Placing(at(14), 1, duty.ids["甲"])
    duty.draft(kept, *(Placing(at(day), 1, duty.ids["乙"]) for day in (8, 9)))
    assert duty.desk.do(draft_in_words, MONTH) == [
        "影响3个班次，将改动3个班次，名单如下",
        "12月8日（周二）上午 律师：甲 → 乙",
        "12月9日（周三）上午 律师：甲 → 乙",
        "12月10日（周四）上午 律师：甲 → （缺）",
    ]
    assert duty.desk.do(draft_in_words, JANUARY) == ["影响0个班次，将改动0个班次"]


def test_a_day_that_closed_affects_its_shifts_and_what_has_begun_is_not_affected(duty: Duty) -> None:
    staffed(duty, "甲乙")
    duty.published(*(Placing(at(day), 1, duty.ids["甲"]) for day in (1, 8)))
    duty.desk.do(set_opening, [at(1), at(8)], False, "停电检修")
    duty.desk.now = datetime(2026, 12, 1, 9, 0)
    assert duty.desk.do(draft_in_words, MONTH) == ["影响1个班次，将改动0个班次"]


def test_who_publishes_is_told_what_is_missing_and_what_is_not_proven(duty: Duty) -> None:
    duty.post("律师", "lawyer", weekly_pattern=["tue_am"])
    duty.people("甲乙")
    with duty.desk.refuses("本月没有草案可以发布。"):
        duty.desk.do(before_publishing, MONTH)
    shifts = [Placing(at(day), 1, duty.ids["甲"]) for day in (1, 8, 15, 22)]
    duty.draft(*shifts)
    assert duty.desk.do(before_publishing, MONTH) == ["还缺1人次"]
    duty.desk.do(place, MONTH, duty.ids["乙"], at(29), 1)
    assert duty.desk.do(before_publishing, MONTH) == ["手动改动过，没有证明是最优排班"]
    duty.draft()
    assert duty.desk.do(before_publishing, MONTH) == ["用简易排法排成，没有证明是最优排班"]


def test_who_publishes_is_told_what_the_solver_did_not_finish_and_that_days_are_not_known(duty: Duty) -> None:
    duty.post("律师", "lawyer", weekly_pattern=["tue_am"])
    duty.people("甲")
    problem = duty.desk.do(problem_of, JANUARY)
    unfinished = (Level(LevelName.TOTAL, 300, 100, proven=False),)
    solution = replace(fill(problem), method=Method.SOLVER, levels=unfinished)
    duty.desk.do(keep_draft, JANUARY, solution)
    assert duty.desk.do(before_publishing, JANUARY) == [
        "2027年放假安排未导入，发布后仍标“草案”",
        "已得可用排班；均衡一项尚未证明最优（差≤2）",
    ]
