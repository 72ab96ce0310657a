"""What stands in a form, exactly as it was typed: to keep it as a draft, and to put it back."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from mediation_desk.domain.names import clean_name, clean_text
from mediation_desk.domain.rules import CodeTable
from mediation_desk.gui.fields import choose, chosen

_BETWEEN_LANGUAGES = re.compile(r"[、，,；;\s]+")
_CODE = Qt.ItemDataRole.UserRole


def watch_inputs(window: QWidget, touched: Callable[[], Any] | SignalInstance) -> None:
    """Call, or emit, `touched` whenever somebody changes an input of `window`."""
    for field in window.findChildren(QWidget):
        match field:
            case QLineEdit() | QTextEdit() | QPlainTextEdit():
                field.textChanged.connect(touched)
            case QComboBox():
                field.currentIndexChanged.connect(touched)
            case QListWidget():
                field.itemChanged.connect(touched)
            case QAbstractSpinBox():
                field.editingFinished.connect(touched)
            case QAbstractButton() if field.isCheckable():
                field.toggled.connect(touched)


def content_of(window: QWidget) -> dict[str, Any]:
    """JSON values of all inputs of `window` by their names; dialogs that are open over it are not part of it."""
    content: dict[str, Any] = {}
    for field in window.findChildren(QWidget):
        if field.window() is not window.window() or not field.objectName() or field.objectName().startswith("qt_"):
            continue
        match field:
            case QLineEdit():
                content[field.objectName()] = field.text()
            case QTextEdit() | QPlainTextEdit():
                content[field.objectName()] = field.toPlainText()
            case QComboBox():
                content[field.objectName()] = chosen(field)
            case QListWidget() if _can_be_ticked(field):
                content[field.objectName()] = ticked(field)
            case QAbstractButton() if field.isCheckable():
                content[field.objectName()] = field.isChecked()
    return content


def put_content(window: QWidget, content: dict[str, Any]) -> None:
    """Put back what `content_of` gave; what it does not name stays as it is, what `window` does not have is left."""
    for name, value in content.items():
        match window.findChild(QWidget, name):
            case QLineEdit() as field:
                field.setText(value)
            case QTextEdit() | QPlainTextEdit() as field:
                field.setPlainText(value)
            case QComboBox() as field:
                choose(field, value)
            case QListWidget() as field:
                tick(field, value)
            case QAbstractButton() as field:
                field.setChecked(value)


def offer_ticks(field: QListWidget, table: CodeTable, day: date) -> None:
    """Offer the codes that are valid on `day`, to be ticked."""
    field.clear()
    for code in table.valid_on(day):
        _add_tick(field, table.full_label(code.code), code.code)


def ticked(field: QListWidget) -> list[str]:
    """The codes that are ticked, in the order of the list."""
    items = [field.item(row) for row in range(field.count())]
    return [str(item.data(_CODE)) for item in items if item.checkState() is Qt.CheckState.Checked]


def tick(field: QListWidget, codes: Iterable[str]) -> None:
    """Tick these codes and no others; one that is not offered any more is added, so that nothing changes unseen."""
    wanted = list(codes)
    offered = {str(field.item(row).data(_CODE)) for row in range(field.count())}
    for code in wanted:
        if code not in offered:
            _add_tick(field, code, code)
    for row in range(field.count()):
        item = field.item(row)
        item.setCheckState(Qt.CheckState.Checked if item.data(_CODE) in wanted else Qt.CheckState.Unchecked)


def languages_of(field: QLineEdit) -> list[str]:
    """Languages as people list them: parted by 、, commas or spaces."""
    return [each for each in _BETWEEN_LANGUAGES.split(field.text()) if each]


def name_of(field: QLineEdit | QComboBox) -> str:
    """A name as it is to be kept."""
    return clean_name(field.text() if isinstance(field, QLineEdit) else field.currentText())[0]


def line_of(field: QLineEdit) -> str:
    """A short text on one line, without control characters and padding."""
    return " ".join(clean_text(field.text())[0].split())


def text_of(field: QPlainTextEdit) -> str:
    """A long text, its lines as they were typed, without control characters and without blank ends."""
    return clean_text(field.toPlainText())[0].strip()


def _add_tick(field: QListWidget, label: str, code: str) -> None:
    item = QListWidgetItem(label)
    item.setData(_CODE, code)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    field.addItem(item)


def _can_be_ticked(field: QListWidget) -> bool:
    item = field.item(0)
    return item is not None and item.data(Qt.ItemDataRole.CheckStateRole) is not None
