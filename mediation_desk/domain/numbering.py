"""Numbers of cases and agreements: a template per committee and kind, a running number per committee, year and kind.

Default templates are a rule pack (domain 2.2); a committee may have its own.
"""

import re
from string import Formatter

from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import Fault, RuleBroken

FIELDS = {"year", "org_abbr", "seq"}


def check_template(template: str, place: str = "") -> None:
    """Refuse a template that cannot give unique numbers or that names an unknown blank."""
    try:
        used = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        render(template, 2000, "", 1)
    except (ValueError, KeyError, IndexError):
        used = {"?"}
    if used - FIELDS:
        raise RuleBroken(Fault("编号格式只能使用 {year}、{org_abbr}、{seq} 三种空格。", place))
    if not {"year", "seq"} <= used:
        raise RuleBroken(Fault("编号格式须含年份 {year} 和流水号 {seq}，否则会重号。", place))


def render(template: str, year: int, short_name: str, seq: int) -> str:
    """`render("（{year}）{org_abbr}人调字第{seq}号", 2026, "东", 7)` → "（2026）东人调字第7号"."""
    return template.format(year=year, org_abbr=short_name, seq=seq)


def template_for(committee: Committee, kind: str, default: str) -> str:
    """The committee's own template for a kind of number, else the default of the rule pack."""
    return committee.number_formats.get(kind) or default


def loosely(number: str) -> str:
    """A number without brackets and spaces, so that a typed "2026 东人调字第7号" finds "（2026）东人调字第7号"."""
    return re.sub(r"[\s()（）〔〕\[\]【】]", "", number)
