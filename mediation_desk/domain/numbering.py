"""Numbers of cases and agreements: a template per committee and kind, a running number per committee, year and kind.

Default templates are a rule pack (domain 2.2); a committee may have its own.
"""

import re
from string import Formatter

from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import Fault, RuleBroken

_BLANK = re.compile(r"(year|seq):(0[1-9]d?)?|org_abbr:")


def check_template(template: str, place: str = "") -> None:
    """Refuse a template that cannot give unique numbers or that names an unknown blank.

    `{seq:04}` pads a number with zeros; no other way of Python to fill a blank is admitted.
    """
    try:
        blanks = [(name, form, how) for _, name, form, how in Formatter().parse(template) if name is not None]
    except ValueError:  # a brace without its other half
        blanks = [("?", "", None)]
    if any(how or not _BLANK.fullmatch(f"{name}:{form}") for name, form, how in blanks):
        raise RuleBroken(Fault("编号格式只能使用 {year}、{org_abbr}、{seq} 三种空格，补零写成 {seq:04}。", place))
    if not {"year", "seq"} <= {name for name, _, _ in blanks}:
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
