"""The list of the cases of a period without names: number, stage, kind, and where each stands in the systems above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import Stage
from mediation_desk.exchange.workbook import Column, Value, write_lines
from mediation_desk.services.act import Act, needs
from mediation_desk.store.cases import CaseFilter, Order
from mediation_desk.store.records import Records
from mediation_desk.store.upstream import Entered

TITLE = "案件清单"


class CaseLine(NamedTuple):
    """A case in words; `entered` by the code of the upstream form."""

    case_id: int
    number: str
    query_code: str
    registered_on: str
    stage: str
    kind: str
    source: str
    entered: Mapping[str, Entered]
    called: str


@dataclass(frozen=True)
class CaseList:
    """The cases registered in a period, the oldest first. `systems` gives the names of the upstream forms by code.

    `mark` stands before the name of everything that comes from a practice store.
    """

    span: Span
    mark: str
    lines: Sequence[CaseLine]
    systems: Mapping[str, str]

    def standing(self, line: CaseLine) -> str:
        """信访信息系统 XF1（2026-11-23）; 没有录入."""
        told = [
            f"{name} {line.entered[code].number}（{show_day(line.entered[code].entered_on)}）"
            for code, name in self.systems.items()
            if code in line.entered
        ]
        return "、".join(told) or "没有录入"


@needs(Right.PRINT)
def list_cases(records: Records, act: Act, span: Span) -> CaseList:
    """What whoever asks may see of the cases registered in the period."""
    refuse_unless(span.first <= span.last, "结束日期早于开始日期。", "last_day")
    ids = records.cases.ids(CaseFilter(since=span.first, until=span.last), Order(descending=False))
    entered = records.upstream.entered(ids)
    systems = {form.code: form.system for form in act.rules.upstream_forms_on(act.today)}
    kinds, sources = act.rules.table("dispute_kind"), act.rules.table("case_source")
    lines = [
        CaseLine(
            row.id,
            row.number,
            row.query_code,
            show_day(row.registered_at.date()),
            Stage(row.stage).label,
            kinds.full_label(row.dispute_kind),
            sources.label(row.case_source),
            {code: entered[row.id, code] for code in systems if (row.id, code) in entered},
            row.called,
        )
        for row in records.upstream.listed(ids)
    ]
    return CaseList(span, "练习 " if records.centre.get().is_practice else "", lines, systems)


def case_list_file(found: CaseList) -> bytes:
    """The list as .xlsx, with a number and a day for each upstream system."""
    columns = [
        Column("案号", 26),
        Column("查询码", 12),
        Column("登记日期", 12),
        Column("阶段", 14),
        Column("纠纷类型", 26),
        Column("案件来源", 20),
        *(Column(f"{name}{what}", 20) for name in found.systems.values() for what in ("编号", "录入日期")),
    ]
    return write_lines(f"{found.mark}{TITLE}", columns, (list(_cells(found, line)) for line in found.lines))


def _cells(found: CaseList, line: CaseLine) -> Iterator[Value]:
    yield from (line.number, line.query_code, line.registered_on, line.stage, line.kind, line.source)
    for code in found.systems:
        entry = line.entered.get(code)
        yield from (entry.number, show_day(entry.entered_on)) if entry else ("", "")
