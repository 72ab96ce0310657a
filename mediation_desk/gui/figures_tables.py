"""The two tables of 统计: how each is read, shown, exported, and which cases stand behind a number."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from mediation_desk.domain.figures import Cell
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.statistics_form import Basis, Figure
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import Line
from mediation_desk.services import figures, statistics
from mediation_desk.services.figures import Figures, figures_workbook, look_at_figures
from mediation_desk.services.statistics import (
    Statistics,
    cases_counted,
    look_at_statistics,
    shown_number,
    statistics_workbook,
    unit_of,
)

INDICATOR_HEADERS = ("编号", "指标", "本期", "本期分子", "本期分母", "上期", "上期分子", "上期分母", "怎么算")
FORM_HEADERS = (
    "栏次",
    "项目",
    "单位",
    *(f"{period}{basis.label[2:]}" for period in ("本期", "上期") for basis in Basis),
)


class Behind(NamedTuple):
    """The cases behind a number, and what they are: "2026年第4季度 调解成功率，分子"."""

    cases: Sequence[int]
    called: str


class Read(Protocol):
    """A table as it was read."""

    @property
    def lines(self) -> list[Line]: ...
    @property
    def notes(self) -> str: ...
    def behind(self, desk: Desk, row: int, column: int) -> Behind | None: ...
    def definition(self, row: int) -> str: ...


class Indicators:
    """The indicators of a period."""

    title = figures.TITLE

    def __init__(self, told: Figures) -> None:
        self._told = told

    @classmethod
    def read(cls, desk: Desk, span: Span) -> "Indicators":
        return cls(desk.look(look_at_figures, span))

    @staticmethod
    def file(desk: Desk, span: Span) -> bytes:
        return desk.look(figures_workbook, span)

    @property
    def notes(self) -> str:
        return "".join(figures.notes_of(self._told))

    @property
    def lines(self) -> list[Line]:
        return [
            Line((each.no, each.label, *each.now[:3], *each.before[:3], each.definition)) for each in self._told.lines
        ]

    def behind(self, _desk: Desk, row: int, column: int) -> Behind | None:
        """A numerator leads to its own cases, everything else to all that were counted."""
        line, at = self._told.lines[row], column - _FIRST_NUMBER
        if not 0 <= at < 2 * _PARTS:
            return None
        cell, span = (line.now, self._told.span) if at < _PARTS else (line.before, self._told.span.before)
        part = _PART_NAMES[at % _PARTS] if cell.denominator else ""
        cases = cell.met if part == _NUMERATOR else cell.cases
        return Behind(cases, f"{span.in_words} {line.label}{f'，{part}' if part else ''}")

    def definition(self, row: int) -> str:
        line = self._told.lines[row]
        return f"{line.label}：{line.definition}{_made_of('本期', line.now)}{_made_of('上期', line.before)}"


_FIRST_NUMBER, _PARTS = 2, 3
_NUMERATOR = "分子"
_PART_NAMES = ("", _NUMERATOR, "分母")


def _made_of(period: str, cell: Cell) -> str:
    return (
        f"{period}{cell.text}（{cell.numerator}/{cell.denominator}）。"
        if cell.denominator
        else f"{period}{cell.text}。"
    )


class StatisticsForm:
    """The statistics form of people's mediation."""

    title = statistics.TITLE

    def __init__(self, told: Statistics) -> None:
        self._told = told

    @classmethod
    def read(cls, desk: Desk, span: Span) -> "StatisticsForm":
        return cls(desk.look(look_at_statistics, span))

    @staticmethod
    def file(desk: Desk, span: Span) -> bytes:
        return desk.look(statistics_workbook, span)

    @property
    def notes(self) -> str:
        return "".join(statistics.notes_of(self._told))

    @property
    def lines(self) -> list[Line]:
        rows = zip(self._told.figures, self._told.before, strict=True)
        return [Line((*_named(now), *_numbers(now), *_numbers(before))) for now, before in rows]

    def behind(self, desk: Desk, row: int, column: int) -> Behind | None:
        line, at = self._told.figures[row].line, column - _FIRST_OF_FORM
        if not 0 <= at < 2 * len(Basis) or line.measure is None:
            return None
        basis = list(Basis)[at % len(Basis)]
        span = self._told.span if at < len(Basis) else self._told.span.before
        cases = desk.look(cases_counted, span, basis, line)
        return Behind(cases, f"{span.in_words}{basis.label[2:]} {line.label}")

    def definition(self, row: int) -> str:
        line = self._told.figures[row].line
        return f"{line.label}：{line.definition}。" if line.definition else line.label


_FIRST_OF_FORM = 3


def _named(figure: Figure) -> tuple[str, str, str]:
    line = figure.line
    return line.no, "　" * line.level + line.label, unit_of(line)


def _numbers(figure: Figure) -> list[str]:
    return [shown_number(figure.line, figure.number(basis)) for basis in Basis]
