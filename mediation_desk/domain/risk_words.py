"""The dangers of a case in the clerk's words: what was marked, reported when and to whom, and what is owed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.risk import RedFlag, RedFlagReport, RiskAssessment, report_due_at
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision_words import Called, counted, recorded

RiskFact: TypeAlias = RiskAssessment | RedFlag | RedFlagReport


class RiskLine(NamedTuple):
    """One fact about the dangers of a case; `is_late`: a report of it is owed for longer than allowed."""

    at: datetime
    kind: str
    text: str
    state: str
    fact: RiskFact
    is_late: bool = False


def risk_lines(case: Case, rules: Rules, now: datetime) -> list[RiskLine]:
    """What was assessed, marked and reported, in the order of time."""
    return sorted(_lines(case, rules, now), key=lambda line: line.at)


def _lines(case: Case, rules: Rules, now: datetime) -> Iterable[RiskLine]:
    flags, levels = rules.table("safety_flag"), rules.table("risk_level")
    for assessed in case.risk_assessments:
        stands = "现行" if assessed is case.risk_assessments[-1] else "已被后来的研判代替"
        yield RiskLine(assessed.assessed_at, "风险等级", levels.label(assessed.level), stands, assessed)
    for red_flag in case.red_flags:
        state, is_late = _state(red_flag, case, rules, now)
        yield RiskLine(red_flag.recorded_at, "标记风险", flags.label(red_flag.flag), state, red_flag, is_late)
    for report in case.red_flag_reports:
        yield RiskLine(report.reported_at, "已报告", flags.label(report.flag), report.reported_to, report)


def _state(red_flag: RedFlag, case: Case, rules: Rules, now: datetime) -> tuple[str, bool]:
    if red_flag.met_at is None:
        due_at = report_due_at(red_flag.recorded_at, rules)
        return f"应在{moment(due_at)}前报告", now > due_at
    was_reported = any(
        report.flag == red_flag.flag and report.recorded_at == red_flag.met_at for report in case.red_flag_reports
    )
    return ("已报告" if was_reported else "标记已取消"), False


def fact_in_words(fact: RiskFact, case: Case, rules: Rules, called: Called, now: datetime) -> str:
    flags = rules.table("safety_flag")
    match fact:
        case RiskAssessment():
            label = rules.table("risk_level").label(fact.level)
            lines = [f"{moment(fact.assessed_at)}研判为{label}", fact.reason]
        case RedFlagReport():
            lines = [f"{moment(fact.reported_at)}报告“{flags.label(fact.flag)}”", f"报告给：{fact.reported_to}"]
            lines += [f"采取的措施：{fact.measures}"] if fact.measures else []
        case _:
            state, _ = _state(fact, case, rules, now)
            lines = [f"{moment(fact.recorded_at)}标记“{flags.label(fact.flag)}”：{state}"]
            extra = flags[fact.flag].extra if fact.flag in flags else {}
            lines += [f"应报告：{extra['report_to']}"] if "report_to" in extra else []
            lines += [f"依据：{extra['article']}"] if "article" in extra else []
            lines += [case.safety_note] if case.safety_note else []
    return "\n".join([*lines, recorded(called, fact.by_id, fact.recorded_at)])


def risk_mark(case: Case, rules: Rules) -> str:
    """What is seen beside the topic: what nobody reported yet, else the level."""
    level = rules.table("risk_level").label(case.risk_assessments[-1].level) if case.risk_assessments else ""
    return counted([(len(case.owed_reports), "未报告")]) or level


def moment(at: datetime) -> str:
    """2026-11-23 9:30."""
    return f"{show_day(at.date())} {show_time(at.time())}"
