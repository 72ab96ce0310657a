"""All keys that can be pressed now, in one list: those of the window, of the page that is shown, and of every form."""

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidgetItem, QWidget

from mediation_desk.gui.forms.ui_key_list import Ui_KeyListForm

EVERYWHERE = (
    ("到下一栏、上一栏", "Tab、Shift+Tab"),
    ("到标有字母的一栏", "Alt+字母"),
    ("打开列表中选中的一行", "Enter"),
    ("保存并关闭窗口", "Ctrl+Enter"),
    ("不保存，关闭窗口", "Esc"),
)


def show_keys(window: QWidget) -> None:
    """Open the list over `window`. It does not block."""
    dialog = QDialog(window)
    ui = Ui_KeyListForm()
    ui.setupUi(dialog)
    for title, keys in _groups(window):
        top = QTreeWidgetItem(ui.keys, [title])
        for what, key in keys:
            QTreeWidgetItem(top, [what, key])
    ui.keys.expandAll()
    ui.keys.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    ui.close_button.clicked.connect(dialog.accept)
    dialog.finished.connect(dialog.deleteLater)
    line = dialog.fontMetrics().lineSpacing()
    dialog.resize(line * 24, min(line * 28, dialog.screen().availableSize().height()))
    dialog.open()


def _groups(window: QWidget) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "窗口", _keys_of(window)
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window:
            keys = _keys_of(widget)
            if keys:
                yield widget.accessibleName() or "本页", keys
    yield "各处通用", list(EVERYWHERE)


def _keys_of(widget: QWidget) -> list[tuple[str, str]]:
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (action.text(), "、".join(key.toString(native) for key in action.shortcuts()))
        for action in widget.actions()
        if action.shortcuts() and action.isEnabled()
    ]
