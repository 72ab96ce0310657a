"""The statistics form of people's mediation for a month, a quarter or a year, with the cases behind each number."""

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mediation_desk.domain.report_period import Span
from mediation_desk.domain.rights import Right
from mediation_desk.domain.statistics_form import DEFINITIONS, Basis, CaseGroup, Figure, Measure, StatLine, figures_of
from mediation_desk.exchange.workbook import Column, Table, Value, write_workbook
from mediation_desk.services.act import Act, needs
from mediation_desk.services.ledger import difficulty
from mediation_desk.store.records import Records

TITLE = "人民调解案件情况统计表"
UNKNOWN = "—"
"""Stands where no fact of the desk tells: never nought."""

_FEN_IN_10_000_YUAN = 1_000_000


class Statistics(NamedTuple):
    """The form of a period, and that of the period before with the same lines."""

    span: Span
    figures: Sequence[Figure]
    before: Sequence[Figure]


@needs(Right.FIGURES)
def look_at_statistics(records: Records, act: Act, span: Span) -> Statistics:
    """The numbers of a period and of the one before. Lines that either needs are in both."""
    accepted, closed = (_groups(records, act, basis, span) for basis in Basis)
    earlier, ended = (_groups(records, act, basis, span.before) for basis in Basis)
    return Statistics(
        span,
        figures_of(accepted, closed, act.rules, span.last, also=[*earlier, *ended]),
        figures_of(earlier, ended, act.rules, span.last, also=[*accepted, *closed]),
    )


def _groups(records: Records, act: Act, basis: Basis, span: Span) -> list[CaseGroup]:
    return records.statistics.groups(basis, span, difficulty(act.rules, min(span.last, act.today)))


@needs(Right.FIGURES)
def cases_counted(records: Records, act: Act, span: Span, basis: Basis, line: StatLine) -> "array[int]":
    """The cases that a number of the form counts, the newest first."""
    hard = difficulty(act.rules, min(span.last, act.today))
    return records.statistics.ids(basis, span, hard, line.where)


@needs(Right.FIGURES)
def statistics_workbook(records: Records, act: Act, span: Span) -> bytes:
    """The form as .xlsx, with the period before beside it and what each line counts."""
    told = look_at_statistics(records, act, span)
    centre = records.centre.get()
    mark = "（练习）" if centre.is_practice else ""
    columns = [
        Column("栏次", 6),
        Column("项目", 44),
        Column("单位", 6),
        *(Column(f"{name}{basis.label[2:]}", 12) for name in ("本期", "上期") for basis in Basis),
    ]
    heading = f"{centre.name} {TITLE}{mark} {span.in_words}"
    return write_workbook(
        [
            Table("统计表", heading, columns, list(_rows(told)), notes=notes_of(told), columns_in_sight=3),
            Table(
                "说明", "各栏怎么算", [Column("栏次", 6), Column("项目", 44), Column("含义", 60)], list(_meanings(told))
            ),
        ]
    )


def notes_of(told: Statistics) -> list[str]:
    """What belongs under the table, wherever it is shown."""
    return [f"上期：{told.span.before.in_words}。", *DEFINITIONS, f"“{UNKNOWN}”表示本系统没有这项记录，不是零。"]


def shown_number(line: StatLine, number: int | None) -> str:
    """A number of the form as it is shown: 12, 3.50 (万元), — where nothing tells."""
    if number is None:
        return UNKNOWN
    return f"{number / _FEN_IN_10_000_YUAN:.2f}" if line.measure is Measure.FEN else str(number)


def _rows(told: Statistics) -> Iterator[list[Value]]:
    for now, before in zip(told.figures, told.before, strict=True):
        numbers = [_value(now.line, each.number(basis)) for each in (now, before) for basis in Basis]
        yield [now.line.no, f"{'　' * now.line.level}{now.line.label}", unit_of(now.line), *numbers]


def _value(line: StatLine, number: int | None) -> Value:
    if number is None:
        return UNKNOWN
    return number / _FEN_IN_10_000_YUAN if line.measure is Measure.FEN else number


def unit_of(line: StatLine) -> str:
    return line.measure.label if line.measure else ""


def _meanings(told: Statistics) -> Iterator[list[Value]]:
    for figure in told.figures:
        if figure.line.definition:
            yield [figure.line.no, figure.line.label, figure.line.definition]
