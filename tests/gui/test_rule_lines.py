"""The rules in force as lines."""

from dataclasses import replace
from datetime import date

from mediation_desk.domain.rules import Certainty, Rules
from mediation_desk.gui.line_model import YELLOW, Line
from mediation_desk.gui.rule_lines import HEADERS, rule_lines


def called(lines: list[Line], title: str) -> Line:
    return next(line for line in lines if line.cells[1] == title)


def test_every_line_fills_every_column(rules: Rules) -> None:
    lines = rule_lines(rules)
    assert {len(line.cells) for line in lines} == {len(HEADERS)}
    assert {line.cells[0] for line in lines} == {"期限", "数值", "编号格式", "代码表", "节假日", "条款", "附件"}


def test_a_rule_shows_what_it_says_and_where_it_stands_written(rules: Rules) -> None:
    period = rules.period("T11")
    line = called(rule_lines(rules), period.title)
    assert tuple(line.cells) == ("期限", period.title, "30日", "已核对原文", "", period.source)
    assert line.tone is None


def test_what_is_not_sure_is_seen_and_a_dated_rule_says_since_when(rules: Rules) -> None:
    unsure = replace(rules.period("T11"), certainty=Certainty.UNSURE, effective_from=date(2026, 1, 1))
    line = called(rule_lines(replace(rules, periods={"T11": (unsure,)})), unsure.title)
    assert line.tone is YELLOW
    assert line.cells[3:5] == ("待核实", "2026-01-01")


def test_the_days_off_are_counted_by_year(rules: Rules) -> None:
    off = sum(day.year == 2026 for day in rules.holidays.days_off)
    assert called(rule_lines(rules), "2026年放假安排").cells[2] == f"{off}天放假"
