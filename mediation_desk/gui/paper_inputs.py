"""The fields of a paper, made from what its form asks for: one for each input, named and captioned as the form says."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from string import ascii_uppercase
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.forms import Form, Input, InputKind
from mediation_desk.domain.money import figures
from mediation_desk.domain.paper import Value
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose, chosen, day_of, time_of, yuan_of
from mediation_desk.gui.form_content import content_of, line_of, put_content, text_of, tick, ticked, watch_inputs
from mediation_desk.gui.rows_field import RowsField

_WIDE = (InputKind.TEXT, InputKind.TICKS, InputKind.ROWS)
_HINTS = {
    InputKind.DAY: "如 2026-5-16 或 今天",
    InputKind.TIME: "如 9:30",
    InputKind.AMOUNT: "元，如 1,200.50",
}
_TEXT_LINES, _MOST_TICKS = 7, 10


class PaperInputs(QWidget):
    """Two short fields beside each other, long ones below. `touched` comes whenever something is typed."""

    touched = Signal()

    def __init__(self, form: Form, case: Case, rules: Rules, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_inputs")
        self._form, self._case, self._rules, self._today = form, case, rules, today
        self.fields: dict[str, QWidget] = {asked.name: self._made(asked) for asked in form.inputs}
        self._lay_out()
        self.show_values({})
        watch_inputs(self, self.touched)
        for field in self.findChildren(RowsField):
            field.changed.connect(self.touched)

    # ---- showing and reading

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show what is kept for the paper; what is not named is empty."""
        for asked in self._form.inputs:
            _show(self.fields[asked.name], asked.kind, values.get(asked.name, ""))

    def read(self) -> dict[str, Value]:
        """What stands in the fields, as it is kept. Raises `RuleBroken` at every field that cannot be read."""
        values: dict[str, Value] = {}
        faults: list[Fault] = []
        for asked in self._form.inputs:
            try:
                values[asked.name] = self._read(asked)
            except RuleBroken as refusal:
                faults += refusal.faults
        if faults:
            raise RuleBroken(*faults)
        return values

    def content(self) -> dict[str, Any]:
        """What stands in the fields exactly as it was typed, for a draft."""
        rows = {name: field.table.rows() for name, field in self.fields.items() if isinstance(field, RowsField)}
        return {"typed": content_of(self), "rows": rows}

    def put(self, content: dict[str, Any]) -> None:
        """Put back what `content` gave; what the form does not ask for any more is left."""
        put_content(self, content["typed"])
        for name, rows in content["rows"].items():
            field = self.fields.get(name)
            if isinstance(field, RowsField):
                field.show_rows(rows)

    def _read(self, asked: Input) -> Value:
        match self.fields[asked.name]:
            case RowsField() as rows:
                return rows.rows()
            case QListWidget() as ticks:
                return ticked(ticks)
            case QComboBox() as choice:
                return chosen(choice)
            case QPlainTextEdit() as text:
                return text_of(text)
            case QLineEdit() as line:
                return self._read_line(asked.kind, line)
        raise AssertionError(asked.kind)

    def _read_line(self, kind: InputKind, line: QLineEdit) -> str:
        if kind is InputKind.DAY:
            day = day_of(line, self._today)
            return day.isoformat() if day else ""
        if kind is InputKind.TIME:
            at = time_of(line)
            return f"{at:%H:%M}" if at else ""
        if kind is InputKind.AMOUNT:
            fen = yuan_of(line)
            return "" if fen is None else str(fen)
        return line_of(line)

    # ---- making

    def _made(self, asked: Input) -> QWidget:
        if asked.kind is InputKind.ROWS:
            return RowsField(asked.name, asked.caption, asked.columns, self)
        field = self._plain(asked)
        field.setObjectName(asked.name)
        field.setAccessibleName(asked.caption)
        return field

    def _plain(self, asked: Input) -> QWidget:
        match asked.kind:
            case InputKind.TEXT:
                text = QPlainTextEdit(self)
                text.setTabChangesFocus(True)
                text.setMinimumHeight(text.fontMetrics().lineSpacing() * _TEXT_LINES)
                return text
            case InputKind.CHOICE:
                return self._choice({option: option for option in self._options(asked)})
            case InputKind.PARTY:
                return self._choice({str(party.no): party.name for party in self._case.parties})
            case InputKind.TICKS:
                return self._ticks(self._options(asked))
        line = QLineEdit(self)
        line.setPlaceholderText(_HINTS.get(asked.kind, ""))
        return line

    def _choice(self, labels: Mapping[str, str]) -> QComboBox:
        choice = QComboBox(self)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(8)
        choice.addItem("", "")
        for value, label in labels.items():
            choice.addItem(label, value)
        return choice

    def _ticks(self, options: Sequence[str]) -> QListWidget:
        ticks = QListWidget(self)
        ticks.setWordWrap(True)
        for option in options:
            item = QListWidgetItem(option, ticks)
            item.setData(Qt.ItemDataRole.UserRole, option)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        ticks.setMinimumHeight((ticks.sizeHintForRow(0) + 1) * min(len(options), _MOST_TICKS) + 2 * ticks.frameWidth())
        return ticks

    def _options(self, asked: Input) -> list[str]:
        if asked.table:
            return [code.label for code in self._rules.table(asked.table).valid_on(self._today)]
        return list(asked.options)

    def _lay_out(self) -> None:
        """Two columns; what is wide, or short without a neighbour, takes both."""
        grid = QGridLayout(self)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(2)
        row = 0
        for cells in _in_rows(self._form.inputs):
            for column, asked in enumerate(cells):
                span = 2 // len(cells)
                grid.addWidget(self._caption(asked), 2 * row, column, 1, span, Qt.AlignmentFlag.AlignBottom)
                grid.addWidget(self.fields[asked.name], 2 * row + 1, column, 1, span)
            row += 1
        grid.setRowStretch(2 * row, 1)

    def _caption(self, asked: Input) -> QLabel:
        position = self._form.inputs.index(asked)
        letter = f"(&{ascii_uppercase[position]})" if position < len(ascii_uppercase) else ""
        caption = QLabel(asked.caption.replace("&", "&&") + letter, self)
        caption.setObjectName(f"{asked.name}_caption")
        caption.setWordWrap(True)
        caption.setBuddy(self.fields[asked.name])
        return caption


def _in_rows(inputs: Sequence[Input]) -> list[list[Input]]:
    rows: list[list[Input]] = []
    for asked in inputs:
        has_room = rows and len(rows[-1]) == 1 and rows[-1][0].kind not in _WIDE
        if has_room and asked.kind not in _WIDE:
            rows[-1].append(asked)
        else:
            rows.append([asked])
    return rows


def _show(field: QWidget, kind: InputKind, value: Value) -> None:
    items = [] if isinstance(value, str) else value
    match field:
        case RowsField():
            field.show_rows([row for row in items if isinstance(row, list)])
        case QListWidget():
            tick(field, [item for item in items if isinstance(item, str)])
        case QComboBox():
            choose(field, str(value))
        case QPlainTextEdit():
            field.setPlainText(str(value))
        case QLineEdit():
            field.setText(_as_typed(kind, str(value)))


def _as_typed(kind: InputKind, value: str) -> str:
    if value and kind is InputKind.AMOUNT:
        return figures(int(value))
    if value and kind is InputKind.TIME:
        return show_time(time.fromisoformat(value))
    return value
