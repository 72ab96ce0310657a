"""The rules in force, a line each, so that everybody can see what the program counts by and where it stands written."""

from collections.abc import Iterable

from mediation_desk.domain.dated import Dated
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rules import Certainty, Rules
from mediation_desk.gui.line_model import YELLOW, Line

HEADERS = ("种类", "名称", "内容", "可信度", "自何日起", "来源")


def rule_lines(rules: Rules) -> list[Line]:
    """What still has to be checked against its source is coloured."""
    lines = [
        _line("期限", period.title, f"{period.length}{period.unit.label}", period.certainty, period.source, [period])
        for versions in rules.periods.values()
        for period in versions
    ]
    lines += [
        _line("数值", setting.title, str(setting.value), setting.certainty, setting.source, [setting])
        for versions in rules.settings.values()
        for setting in versions
    ]
    lines += [
        _line("编号格式", each.title, each.template, each.certainty, each.source, [each])
        for each in rules.number_formats
    ]
    lines += [
        _line("代码表", table.title, f"{len(table.codes)}项", table.certainty, table.source, table.codes)
        for table in rules.tables.values()
    ]
    lines += [
        Line(("节假日", f"{year}年放假安排", f"{_days_off(rules, year)}天放假", "", show_day(None), ""))
        for year in sorted(rules.holidays.years)
    ]
    lines.append(Line(("条款", "协议条款库", f"{len(rules.clauses)}条", "", _since(rules.clauses), "")))
    megabytes = rules.attachment_limits.max_bytes / 1_000_000
    lines.append(Line(("附件", "单个附件的大小上限", f"{megabytes:.0f} MB", "", "", "")))
    return lines


def _line(kind: str, title: str, content: str, certainty: Certainty, source: str, entries: Iterable[Dated]) -> Line:
    tone = YELLOW if certainty is Certainty.UNSURE else None
    return Line((kind, title, content, certainty.label, _since(entries), source), tone=tone)


def _since(entries: Iterable[Dated]) -> str:
    """The day the newest version came into force, "" when it always was."""
    days = [entry.effective_from for entry in entries if entry.effective_from]
    return show_day(max(days, default=None))


def _days_off(rules: Rules, year: int) -> int:
    return sum(day.year == year for day in rules.holidays.days_off)
