"""What goes to the systems above the desk: the cases of a period in the columns of GB/T 31000, and one case by fields.

It holds personal data (个人信息保护法 art. 25): whoever takes it out of the house needs the right to print and to see
whole numbers, and the log keeps what went to whom.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.people_of_case import mediators_of
from mediation_desk.domain.rights import Right
from mediation_desk.domain.upstream import UpstreamEntry
from mediation_desk.domain.upstream_filling import Filled, Filling, fill
from mediation_desk.domain.upstream_form import UpstreamForm
from mediation_desk.exchange.gb31000 import events_csv, events_workbook, is_defused
from mediation_desk.exchange.workbook import Column, Table, write_workbook
from mediation_desk.services.act import Act, check, needs, note
from mediation_desk.services.audit import note_export
from mediation_desk.store.cases import CaseFilter, Order
from mediation_desk.store.records import Records

GB31000 = "gb31000"
"""The form whose fields are the columns of the export of cases."""

_PRACTICE = "练习 "
_STEP = 50


class FileKind(Labelled):
    XLSX = "xlsx", "Excel 工作簿"
    CSV = "csv", "CSV（UTF-8）"


class Lacking(NamedTuple):
    """A case with the fields that nobody recorded. `called` is its number, or its query code while it has none."""

    case_id: int
    called: str
    labels: tuple[str, ...]


class Cut(NamedTuple):
    """A field that was cut to so many characters, and in which cases: their ids, and how they are called."""

    label: str
    longest: int
    case_ids: tuple[int, ...]
    called: tuple[str, ...]

    @property
    def in_words(self) -> str:
        return f"{self.label}超过{self.longest}字，截去了后面的"


@dataclass(frozen=True)
class EventReport:
    """The cases registered in a period, each a row of values, and everything that is to be known of it beforehand.

    `not_kept` are the columns of which the desk keeps nothing, so that they are empty for every case. `is_partial`:
    whoever asked does not see all cases, and so these are not all.
    """

    first: date
    last: date
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    lacking: Sequence[Lacking]
    cuts: Sequence[Cut]
    not_kept: Sequence[str]
    is_practice: bool
    is_partial: bool

    @property
    def defused(self) -> int:
        """How many values stand with an apostrophe before them in a CSV."""
        return sum(is_defused(value) for row in self.rows for value in row)


@needs(Right.PRINT)
def gather_events(
    records: Records, act: Act, first: date, last: date, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> EventReport:
    """The cases registered from `first` to `last`, the oldest first. `progress` may raise to break off."""
    check(records, act, Right.FULL_NUMBERS)
    refuse_unless(first <= last, "结束日期早于开始日期。", "last_day")
    form = act.rules.upstream_form(GB31000, act.today)
    ids = records.cases.ids(CaseFilter(since=first, until=last), Order(descending=False))
    centre, people = records.centre.get(), {each.id: each for each in records.mediators.all() if each.id is not None}
    rows, lacking, cuts = [], [], defaultdict[tuple[str, int], list[tuple[int, str]]](list)
    for done, case in enumerate(records.cases.whole(ids)):
        if done % _STEP == 0:
            progress(done, len(ids))
        assert case.id is not None
        filled, called = _filled(act, case, form, centre, people), _called(case)
        rows.append([each.value for each in filled])
        missing = tuple(each.label for each in filled if each.filling is Filling.MISSING)
        if missing:
            lacking.append(Lacking(case.id, called, missing))
        for each in filled:
            if each.cut:
                cuts[each.label, len(str(each.value))].append((case.id, called))
    progress(len(ids), len(ids))
    return EventReport(
        first=first,
        last=last,
        columns=[field.label for field in form.fields],
        rows=rows,
        lacking=lacking,
        cuts=[Cut(*about, *zip(*found, strict=True)) for about, found in cuts.items()],
        not_kept=[field.label for field in form.fields if not field.value],
        is_practice=centre.is_practice,
        is_partial=Right.ALL_CASES not in act.rights,
    )


def events_file(report: EventReport, kind: FileKind) -> bytes:
    """The file for the upstream system."""
    if kind is FileKind.CSV:
        return events_csv(report.columns, report.rows)
    return events_workbook(f"{_PRACTICE if report.is_practice else ''}矛盾纠纷排查化解", report.columns, report.rows)


def lacking_file(report: EventReport) -> bytes:
    """What is missing in which case, as a workbook to go through. It names nobody."""
    columns = [Column("案号或查询码", 28), Column("缺少", 80)]
    rows = [[each.called, "、".join(each.labels)] for each in report.lacking]
    cut = [f"{each.in_words}：{'、'.join(each.called)}" for each in report.cuts]
    return write_workbook([Table("缺项", f"缺项清单 {report.first} 至 {report.last}", columns, rows, notes=cut)])


@needs(Right.PRINT)
def note_events(records: Records, _act: Act, report: EventReport, kind: FileKind, receiver: str) -> None:
    """Log that the file was saved and for whom: handing data on is recorded (网络数据安全管理条例 art. 12)."""
    refuse_unless(receiver.strip(), "请填写报送给哪个单位。", "receiver")
    days = f"{report.first} 至 {report.last}"
    note_export(records, f"GB/T 31000 {days} {len(report.rows)}件 {kind.value} 报送：{receiver.strip()}")


@needs(Right.PRINT)
def upstream_fields(records: Records, act: Act, case_id: int, form_code: str) -> list[Filled]:
    """What a case has for each field of an upstream form, in the order of that system."""
    check(records, act, Right.FULL_NUMBERS)
    case = records.cases.get(case_id)
    people = records.mediators.some(mediators_of(case))
    return _filled(act, case, act.rules.upstream_form(form_code, act.today), records.centre.get(), people)


@needs(Right.PRINT)
def record_upstream(
    records: Records,
    act: Act,
    case_id: int,
    system: str,
    number: str,
    *,
    entered_on: date | None = None,
    remark: str = "",
) -> Case:
    """Record that the case stands in an upstream system too, and its number there. The last record of a system counts.

    `system` is the code of an upstream form. A number that another case has there is refused: it was pasted wrongly.
    """
    case = records.cases.get(case_id)
    day, plain = entered_on or act.today, number.strip()
    faults = Faults()
    faults.check(system in act.rules.upstream_forms, "请选择上级系统。", "upstream_form")
    faults.check(plain, "请粘贴上级系统给的编号。", "upstream_number")
    faults.check("\n" not in plain, "粘贴的内容有好几行，不像编号；请只粘贴编号。", "upstream_number")
    faults.check(case.requested_on <= day <= act.today, "录入日期应在登记日期之后、不晚于今天。", "entered_on")
    other = records.upstream.other_case(system, plain, except_id=case_id) if plain else None
    called = "".join(f"（{each.called}）" for each in records.upstream.listed([other] if other else []))
    faults.check(other is None, f"编号“{plain}”已经记在另一个案件{called}，请核对。", "upstream_number")
    faults.refuse_if_any()
    case.upstream.append(
        UpstreamEntry(
            system=system, number=plain, entered_on=day, note=remark.strip(), by_id=act.by_id, recorded_at=act.at
        )
    )
    note(case, act, EventKind.UPSTREAM, day, f"{act.rules.upstream_form(system).system} {plain}")
    records.flush()
    return case


def standing_entry(case: Case, system: str) -> UpstreamEntry | None:
    """How the case stands in that system: the last record."""
    return next((each for each in reversed(case.upstream) if each.system == system), None)


def _filled(
    act: Act, case: Case, form: UpstreamForm, centre: Centre, mediators: Mapping[int, Mediator]
) -> list[Filled]:
    given = PaperInput(
        case=case,
        centre=centre,
        committee=centre.committee(case.committee_id),
        mediators=mediators,
        rules=act.rules,
        day=act.today,
    )
    return fill(form, given)


def _called(case: Case) -> str:
    return case.number or f"查询码 {case.query_code}"
