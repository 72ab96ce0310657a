"""What a person sees of a form: the sentence at a field, the label that is chosen; and doing what a person does."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QMessageBox, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


def bring_up(window: QWidget, qtbot: QtBot) -> None:
    """Show a window and wait until keys reach it."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def found(window: QWidget, kind: type[W], name: str) -> W:
    widget = window.findChild(kind, name)
    assert widget is not None, name
    return widget


def refusal_at(window: QWidget, field: str) -> str:
    """The sentence a field was refused with, "" for none."""
    return found(window, QWidget, field).accessibleDescription()


def said_in_a_box(window: QWidget) -> str:
    """What a message box over `window` says; it is closed. "" for none."""
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    for box in boxes:
        box.close()
    return "\n".join(box.text() for box in boxes)


def pick(combo: QComboBox, label: str) -> None:
    """Choose what reads `label`, in whole or in part."""
    row = combo.findText(label)
    row = row if row >= 0 else combo.findText(label, Qt.MatchFlag.MatchContains)
    assert row >= 0, label
    combo.setCurrentIndex(row)


def set_ticks(field: QListWidget, *labels: str) -> None:
    """Tick what begins with these labels, and nothing else."""
    for row in range(field.count()):
        item = field.item(row)
        wanted = item.text().startswith(labels)
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)


def ticks(field: QListWidget) -> list[str]:
    items = [field.item(row) for row in range(field.count())]
    return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]


def items_of(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    """All items of a tree, from top to bottom."""
    return tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
