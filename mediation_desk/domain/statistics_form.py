"""人民调解案件情况统计表 (domain 5.6): its lines, and what counts in each. Numbers without names.

Cases are counted by the day they were first accepted, for what came in, and by the day they were closed, for what came
of it. A line says which cases it counts by what stands in their groups; the store asks for the very same cases when
somebody wants to see them, so that a number and its cases cannot differ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from mediation_desk.domain.case import AGREED, OutcomeKind
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.rules import Code, CodeTable, Rules

COLUMN = "statistics_column"
"""What a code of the three tables calls the column of the form that it is counted in."""

Where: TypeAlias = Mapping[str, frozenset[str | bool]]
"""Which cases: of each field of their group, the values that count. Nothing said means all."""


class Basis(Labelled):
    """By which day a case belongs to a period."""

    ACCEPTED = "accepted", "本期受理"
    CLOSED = "closed", "本期结案"


class Measure(Labelled):
    """What is summed up of the cases that count, with its unit."""

    CASES = "cases", "件"
    PEOPLE = "people", "人"
    FEN = "fen", "万元"


class CaseGroup(NamedTuple):
    """So many cases alike: codes of who mediated, source and kind, how it ended ("" where it has not), and sums.

    `people` counts parties, or people involved where more of them are recorded. `fen` is what was agreed.
    """

    body: str
    source: str
    kind: str
    result: str
    is_complex: bool
    is_performed: bool
    is_confirmed: bool
    cases: int
    people: int
    fen: int


@dataclass(frozen=True, kw_only=True)
class StatLine:
    """A line of the form. `no` is the number of its column, "" for what the form has no column for.

    `measure` is None for what no fact of the desk tells. `level` is 1 below another line.
    """

    label: str
    no: str = ""
    measure: Measure | None = Measure.CASES
    where: Where = field(default_factory=dict)
    level: int = 0
    definition: str = ""


class Figure(NamedTuple):
    """A line with its numbers: in cases, in people, or in fen; None where nothing tells."""

    line: StatLine
    accepted: int | None
    closed: int | None

    def number(self, basis: Basis) -> int | None:
        return self.accepted if basis is Basis.ACCEPTED else self.closed


DEFINITIONS = (
    "本期受理：第一次决定受理的日期在这段时间里的案件。",
    "本期结案：受理过、结案日期在这段时间里的案件；结案后又重新办理、还没有再结案的不计。",
    "并入另一案的不计。两栏都按案件现在的记录统计，以后补记的内容也计入。",
)


def figures_of(
    accepted: Sequence[CaseGroup],
    closed: Sequence[CaseGroup],
    rules: Rules,
    day: date,
    also: Sequence[CaseGroup] = (),
) -> list[Figure]:
    """The form with its numbers. Lines for what nobody stated are there only when there is such a case.

    `also` are cases of another period that stand beside these: what they need has a line too.
    """
    seen = [*accepted, *closed, *also]
    return [
        Figure(line, _sum(line, accepted), _sum(line, closed))
        for line, is_always in _lines(seen, rules, day)
        if is_always or _sum(line, seen)
    ]


def _sum(line: StatLine, groups: Iterable[CaseGroup]) -> int | None:
    if line.measure is None:
        return None
    return sum(int(getattr(group, line.measure)) for group in groups if _counts(line.where, group))


def _counts(where: Where, group: CaseGroup) -> bool:
    return all(getattr(group, name) in values for name, values in where.items())


_SUCCESS: Where = {"result": frozenset(AGREED)}
_YES: frozenset[str | bool] = frozenset({True})

_HEAD = (
    StatLine(no="1", label="调解案件总数"),
    StatLine(
        no="2",
        label="涉及当事人数",
        measure=Measure.PEOPLE,
        definition="登记的当事人数；登记的涉及人数更多的，按涉及人数",
    ),
    StatLine(no="3", label="调解成功", where=_SUCCESS, definition="达成书面或者口头协议"),
    StatLine(
        no="4",
        label="疑难复杂案件",
        where={"is_complex": _YES},
        definition="涉及人数或者涉及金额达到设置中的标准；没有全国统一标准",
    ),
    StatLine(
        no="5",
        label="协议涉及金额",
        measure=Measure.FEN,
        definition="已生效协议中的付款义务之和；重新达成协议的，按重新达成的",
    ),
)
_TAIL = (
    StatLine(no="38", label="口头协议", where={"result": frozenset({OutcomeKind.ORAL})}),
    StatLine(no="39", label="书面协议", where={"result": frozenset({OutcomeKind.WRITTEN})}),
    StatLine(
        no="40", label="履行", where={"is_performed": _YES}, definition="已生效协议的各项义务都已履行或者不需履行"
    ),
    StatLine(no="41", label="司法确认", where={"is_confirmed": _YES}, definition="法院裁定协议有效"),
    *(
        StatLine(label=label, measure=None, definition="本系统不记，请另行统计")
        for label in (
            "排查纠纷（次、件）",
            "预防纠纷（件）",
            "防止民间纠纷引起自杀（件、人）",
            "防止民间纠纷转化为刑事案件（件、人）",
            "防止群体性上访（件、人）",
            "防止群体性械斗（件、人）",
        )
    ),
)


def _lines(seen: Sequence[CaseGroup], rules: Rules, day: date) -> Iterator[tuple[StatLine, bool]]:
    """Every line, and whether it is there without a number too."""
    yield from ((line, True) for line in _HEAD)
    for name, table, unknown in (
        ("body", "mediating_body", "调解主体未注明"),
        ("source", "case_source", "来源未注明"),
        ("kind", "dispute_kind", "类型未注明"),
    ):
        yield from _coded(name, rules.table(table), day)
        strange = {getattr(group, name) for group in seen if getattr(group, name) not in rules.table(table)}
        yield StatLine(label=unknown, where={name: frozenset({"", *strange})}), False
    yield from ((line, True) for line in _TAIL)


def _coded(name: str, table: CodeTable, day: date, parent: str = "", level: int = 0) -> Iterator[tuple[StatLine, bool]]:
    """A line for each code of a table, in the order of the columns; codes without a column of their own come last.

    Below a code whose sub-codes have columns, there is a line for the cases that are in none of these.
    """
    valid = {code.code for code in table.valid_on(day)}
    codes = [code for code in _newest(table) if code.parent == parent]
    for code in sorted(codes, key=lambda code: _place(table, code)):
        if level and COLUMN not in code.extra:
            continue
        within = _with_below(table, code.code)
        line = StatLine(no=code.extra.get(COLUMN, ""), label=code.label, where={name: within}, level=level)
        yield line, code.code in valid
        below = [each.code for each in _newest(table) if each.parent == code.code and COLUMN in each.extra]
        if below:
            yield from _coded(name, table, day, code.code, level + 1)
            rest = within.difference(*(_with_below(table, each) for each in below))
            yield StatLine(label=f"{code.label}（未分小类）", where={name: rest}, level=level + 1), False


def _newest(table: CodeTable) -> list[Code]:
    return [table[code] for code in dict.fromkeys(each.code for each in table.codes)]


def _with_below(table: CodeTable, code: str) -> frozenset[str | bool]:
    below = {each.code for each in table.codes if each.parent == code}
    return frozenset({code}).union(*(_with_below(table, each) for each in below))


def _place(table: CodeTable, code: Code) -> int:
    """The column of a code, or the first of those below it."""
    own = [code.extra[COLUMN]] if COLUMN in code.extra else []
    below = [each.extra[COLUMN] for each in table.codes if each.parent == code.code and COLUMN in each.extra]
    return min((int(column) for column in own or below), default=len(table.codes) * 1000)
