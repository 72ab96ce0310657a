"""A time limit in the clerk's words."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.case_clocks import as_stop
from mediation_desk.domain.clock_words import (
    clock_called,
    clock_in_words,
    end_in_words,
    rule_in_words,
    runs_of,
    state_in_words,
)
from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.procedure_clock import Clock, acceptance_clock, running, until_day
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind, Extension

START = date(2026, 2, 12)


def a_clock(rules: Rules, rule: str = "T02", since: date = START, **facts: object) -> Clock:
    kind = facts.pop("kind", ClockKind.MEDIATION)
    return running(kind, rules, rules.period(rule), since, **facts)  # type: ignore[arg-type]  # any fact


def stop(since: date, until: date | None) -> Stop:
    return Stop(since=since, until=until, reason="委托鉴定")


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 12), "还有30天"),
        (date(2026, 3, 14), "今天届满"),
        (date(2026, 3, 16), "逾期2天"),
    ],
)
def test_one_that_runs_says_how_much_is_left(rules: Rules, today: date, state: str) -> None:
    assert state_in_words(a_clock(rules), today, rules.holidays) == state


def test_working_days_are_said_to_be_such(rules: Rules) -> None:
    clock = acceptance_clock(rules, START)
    assert state_in_words(clock, START, rules.holidays) == "还有3个工作日"


def test_one_that_was_met_says_by_what_and_whether_in_time(rules: Rules) -> None:
    def state(met_on: date, met_by: str = "", *stops: Stop) -> str:
        return state_in_words(a_clock(rules, stops=stops, met_on=met_on, met_by=met_by), START, rules.holidays)

    assert state(date(2026, 3, 14), "调解不成") == "2026-03-14调解不成，未逾期"
    assert state(date(2026, 3, 16)) == "2026-03-16完成，逾期2天"
    assert state(date(2026, 3, 16), "终止调解", stop(date(2026, 3, 1), None)) == "2026-03-16终止调解，停计期间"


def test_a_stop_without_end_says_how_far_it_came(rules: Rules) -> None:
    clock = a_clock(rules, stops=(stop(date(2026, 2, 20), None),))
    assert (state_in_words(clock, date(2026, 12, 1), rules.holidays), end_in_words(clock)) == (
        "停计中，已计7天",
        "停计中",
    )


def test_a_right_nobody_used_is_not_called_late(rules: Rules) -> None:
    clock = a_clock(rules, "T11", kind=ClockKind.CONFIRMATION, about="示调字第1号")
    assert state_in_words(clock, date(2026, 12, 1), rules.holidays) == "已过期，未提出"
    assert clock_called(clock) == "申请司法确认（示调字第1号）"


def test_brackets_do_not_stand_in_brackets(rules: Rules) -> None:
    clock = a_clock(rules, "T11", kind=ClockKind.CONFIRMATION, about="（2026）东人调协字第1号")
    assert clock_called(clock) == "申请司法确认 （2026）东人调协字第1号"


def test_the_rule_is_told_with_what_was_added(rules: Rules) -> None:
    assert rule_in_words(a_clock(rules, further=15)) == "人民调解期限，30日，已延长15天"
    assert rule_in_words(a_clock(rules, "T03", further=5)).endswith("30个工作日，已延长5个工作日")
    set_day = until_day("督办单的答复期限", "督办单", START, date(2026, 2, 20))
    clock = running(ClockKind.SUPERVISION, rules, set_day, START)
    assert rule_in_words(clock) == "督办单的答复期限，至2026-02-20"


def test_days_of_one_kind_and_reason_stand_together(rules: Rules) -> None:
    clock = a_clock(rules, "T03", stops=(stop(date(2026, 3, 2), date(2026, 3, 8)),))
    runs = list(runs_of(clock.days(rules.holidays, START)))
    told = [(run.days_in_words, run.kind_in_words, run.why) for run in runs]
    assert told[:7] == [
        ("2026-02-12", "起算日，不计", ""),
        ("2026-02-13", "第1日", ""),
        ("2026-02-14", "第2日", "春节调休上班"),
        ("2026-02-15 至 2026-02-23", "休息日，不计", "春节"),
        ("2026-02-24 至 2026-02-27", "第3日至第6日", ""),
        ("2026-02-28", "第7日", "春节调休上班"),
        ("2026-03-01", "休息日，不计", "周末"),
    ]
    assert told[7] == ("2026-03-02 至 2026-03-08", "停计", "委托鉴定")
    assert sum(run.length for run in runs) == (clock.ends_on - START).days + 1 if clock.ends_on else 0


def test_all_of_it_is_told_with_source_and_what_nobody_announced_yet(rules: Rules) -> None:
    more = Extension(
        clock=ClockKind.MEDIATION,
        days=5,
        approved_on=date(2026, 12, 2),
        approved_by="各方当事人同意",
        reason="等账单",
        by_id=1,
        recorded_at=datetime(2026, 12, 2, 9),
    )
    clock = a_clock(rules, "T03", date(2026, 12, 1), further=5)
    words = clock_in_words(clock, [more], rules.holidays, START).splitlines()
    assert words[0].startswith("医疗纠纷调解期限（鉴定时间不计入），30个工作日，已延长5个工作日（医疗纠纷")
    assert words[1] == "延长5个工作日，2026-12-02批准（各方当事人同意），理由：等账单"
    assert words[-1] == "未确认：2027年的放假安排尚未导入，暂按周一至周五推算，请核对。"
    assert end_in_words(a_clock(rules, "T03", date(2026, 12, 1))) == "2027-01-12（未确认）"


def test_a_stop_is_told_by_its_reason_and_what_was_added_to_it(rules: Rules) -> None:
    assert as_stop(rules, "waiting", "", START, None).reason == "等待对方答复或补充材料"
    assert as_stop(rules, "waiting", "李四的账单", START, None).reason == "等待对方答复或补充材料：李四的账单"
