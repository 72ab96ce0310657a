"""F1 lists every key that can be pressed now, and none that cannot."""

from PySide6.QtWidgets import QDialog, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.key_list import EVERYWHERE, show_keys
from tests.gui.looking import found, items_of


def shown_keys(window: QWidget) -> dict[str, dict[str, str]]:
    """The keys by group and by what they do."""
    show_keys(window)
    groups: dict[str, dict[str, str]] = {}
    for item in items_of(found(window, QTreeWidget, "keys")):
        top = item.parent()
        if top is None:
            groups[item.text(0)] = {}
        else:
            groups[top.text(0)][item.text(0)] = item.text(1)
    return groups


def test_keys_of_window_and_visible_pages_are_listed_by_group(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pages = [QWidget(window), QWidget(window), QWidget(window)]
    pages[0].setAccessibleName("概况")
    pages[1].setAccessibleName("文书")
    add_action(window, "新登记", "Ctrl+N", lambda: None)
    add_action(pages[0], "分流", "Ctrl+L", lambda: None)
    add_action(pages[0], "结案", "Ctrl+E", lambda: None).setEnabled(False)
    add_action(pages[1], "打印", "Ctrl+P", lambda: None)
    add_action(pages[2], "刷新", "F5", lambda: None)
    window.show()
    pages[1].hide()
    groups = shown_keys(window)
    assert groups["窗口"] == {"新登记": "Ctrl+N"}
    assert groups["概况"] == {"分流": "Ctrl+L"}
    assert groups["本页"] == {"刷新": "F5"}
    assert "文书" not in groups
    assert groups["各处通用"] == dict(EVERYWHERE)


def test_the_list_closes_by_its_button(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    show_keys(window)
    dialog = found(window, QDialog, "KeyListForm")
    assert dialog.isVisible()
    found(window, QPushButton, "close_button").click()
    assert not dialog.isVisible()
