"""The reports of 上级报表: how each is read, told in words and lines, made a file, and noted in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.rights import Right
from mediation_desk.domain.statistics_form import Basis
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import YELLOW, Line
from mediation_desk.services.audit import note_export
from mediation_desk.services.case_list import TITLE as LIST_TITLE
from mediation_desk.services.case_list import CaseList, case_list_file, list_cases
from mediation_desk.services.statistics import (
    TITLE,
    Statistics,
    look_at_statistics,
    shown_number,
    statistics_workbook,
)
from mediation_desk.services.upstream import (
    GB31000,
    EventReport,
    FileKind,
    events_file,
    gather_events,
    note_events,
)

Progress: TypeAlias = Callable[[int, int], None]

_NAMED = 5


class Gathered(Protocol):
    """A report of a period as it was read. `title` names its file, without the ending."""

    @property
    def title(self) -> str: ...
    @property
    def in_words(self) -> str: ...
    @property
    def lines(self) -> list[Line]: ...
    def file(self, desk: Desk, kind: FileKind) -> bytes: ...
    def note(self, desk: Desk, kind: FileKind, receiver: str) -> None: ...


@dataclass(frozen=True)
class GatheredEvents:
    """The cases of a period in the columns of GB/T 31000; what is missing in them, and what did not fit."""

    report: EventReport

    @property
    def days(self) -> str:
        return f"{show_day(self.report.first)} 至 {show_day(self.report.last)}"

    @property
    def title(self) -> str:
        return f"{'练习 ' if self.report.is_practice else ''}矛盾纠纷排查化解 {self.days}"

    @property
    def in_words(self) -> str:
        report = self.report
        sentences = [f"{self.days}登记的案件共{len(report.rows)}件"]
        found = f"其中{len(report.lacking)}件有缺项（见下表，双击打开案件）"
        sentences.append(found if report.lacking else "没有缺项")
        if report.is_partial:
            sentences.append("只含您能看到的案件，不是全部")
        told = "，".join(sentences) + "。"
        for cut in report.cuts:
            named = "、".join(cut.called[:_NAMED]) + ("等" if len(cut.called) > _NAMED else "")
            told += f"{cut.in_words}，共{len(cut.called)}件：{named}。"
        if report.defused:
            told += f"有{report.defused}处以 = + - @ 开头，CSV 中会在前面加'，以免被当成公式。"
        return told + f"本系统不记、留空的栏目：{'、'.join(report.not_kept)}。"

    @property
    def lines(self) -> list[Line]:
        missing = [Line((each.called, f"缺：{'、'.join(each.labels)}"), each.case_id) for each in self.report.lacking]
        cut = [
            Line((called, each.in_words), case_id, YELLOW)
            for each in self.report.cuts
            for case_id, called in zip(each.case_ids, each.called, strict=True)
        ]
        return missing + cut

    def file(self, _desk: Desk, kind: FileKind) -> bytes:
        return events_file(self.report, kind)

    def note(self, desk: Desk, kind: FileKind, receiver: str) -> None:
        desk.do(note_events, self.report, kind, receiver)


@dataclass(frozen=True)
class GatheredFigures:
    """The statistics form."""

    told: Statistics

    @property
    def title(self) -> str:
        return f"{TITLE} {self.told.span.in_words}"

    @property
    def in_words(self) -> str:
        total = self.told.figures[0]
        told = "、".join(f"{basis.label}{shown_number(total.line, total.number(basis))}件" for basis in Basis)
        return f"{self.told.span.in_words}：{told}；上期（{self.told.span.before.in_words}）列在旁边。"

    @property
    def lines(self) -> list[Line]:
        return []

    def file(self, desk: Desk, _kind: FileKind) -> bytes:
        return desk.look(statistics_workbook, self.told.span)

    def note(self, desk: Desk, _kind: FileKind, _receiver: str) -> None:
        desk.log.note(note_export, self.title)


@dataclass(frozen=True)
class GatheredList:
    """The list of the cases with their numbers in the systems above."""

    found: CaseList

    @property
    def title(self) -> str:
        return f"{self.found.mark}{LIST_TITLE} {self.found.span.in_words}"

    @property
    def in_words(self) -> str:
        entered = sum(bool(line.entered) for line in self.found.lines)
        told = f"{self.found.span.in_words}登记的案件共{len(self.found.lines)}件"
        return f"{told}，{entered}件已记下上级系统编号。"

    @property
    def lines(self) -> list[Line]:
        return [Line((line.called, self.found.standing(line)), line.case_id) for line in self.found.lines]

    def file(self, _desk: Desk, _kind: FileKind) -> bytes:
        return case_list_file(self.found)

    def note(self, desk: Desk, _kind: FileKind, _receiver: str) -> None:
        desk.log.note(note_export, self.title)


@dataclass(frozen=True)
class Report:
    """A report that may be asked for. One with people in it is for somebody, who is named in the log."""

    label: str
    read: Callable[[Desk, Span, Progress], Gathered]
    files: tuple[FileKind, ...] = (FileKind.XLSX,)
    has_people: bool = False


def reports_for(desk: Desk) -> list[Report]:
    """Those that the rights of the user lead to."""
    found = []
    if desk.may(Right.PRINT) and desk.may(Right.FULL_NUMBERS):
        form = desk.rules.upstream_form(GB31000, desk.now().date())
        label = f"{form.title}：案件明细（{len(form.fields)}项）"
        found.append(Report(label, _read_events, tuple(FileKind), has_people=True))
    if desk.may(Right.FIGURES):
        found.append(Report(f"{TITLE}（数字，不含姓名）", _read_figures))
    if desk.may(Right.PRINT):
        found.append(Report(f"{LIST_TITLE}（不含姓名，有上级系统编号）", _read_list))
    return found


def _read_events(desk: Desk, span: Span, progress: Progress) -> Gathered:
    return GatheredEvents(desk.look(gather_events, *span, progress))


def _read_figures(desk: Desk, span: Span, _progress: Progress) -> Gathered:
    return GatheredFigures(desk.look(look_at_statistics, span))


def _read_list(desk: Desk, span: Span, _progress: Progress) -> Gathered:
    return GatheredList(desk.look(list_cases, span))
