"""The one search box: what stands below it after each key, and what the keys do."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotRead
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.hits_delegate import HITS
from mediation_desk.gui.search_box import ELSEWHERE, FoundModel, SearchBox
from mediation_desk.store.cases import CaseRow
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent
from tests.gui.looking import bring_up


class Window(QWidget):
    """A window with the field at its top, and something else to go to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.resize(700, 400)
        self.field, self.other = QLineEdit(self), QLineEdit(self)
        self.field.setGeometry(10, 10, 400, 24)
        self.other.setGeometry(10, 360, 400, 24)
        self.listed: list[str] = []
        self.opened: list[int] = []
        self.box = SearchBox(self.field, desk, self.listed.append)
        desk.case_wanted.connect(self.opened.append)

    @property
    def cases(self) -> list[int]:
        found = (self.box.model.at(row) for row in range(self.box.model.rowCount()))
        return [each.id for each in found if isinstance(each, CaseRow)]

    @property
    def conditions(self) -> list[str]:
        found = (self.box.model.at(row) for row in range(self.box.model.rowCount()))
        return [each for each in found if isinstance(each, str)]

    def say(self) -> str:
        return self.box.ui.search_hint.text()


@pytest.fixture
def window(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Window:
    """Over three cases: 张三/李四, 单艳/王五 and 𠮷野家/赵六."""
    clerk.registered()
    clerk.assigned(parties=(claimant(name="单艳"), respondent(name="王五")), matter="狗叫扰民，𠮷野家门口漏水。")
    clerk.registered(parties=(claimant(name="𠮷野家", phone="13800000001"), respondent(name="赵六")), matter="欠钱")
    window = Window(desk)
    qtbot.addWidget(window)
    bring_up(window, qtbot)
    window.field.setFocus()
    return window


def commit(window: Window, text: str) -> None:
    """What an input method does when its text is chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(window.field, event)


def press(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.field, key, modifier)


def test_each_key_narrows_what_is_found(window: Window) -> None:
    found = []
    for key in "shan":
        QTest.keyClicks(window.field, key)
        found.append(window.cases)
    assert found[-1] == [2]
    assert window.box.panel.isVisible()
    assert window.say().startswith("找到1件。")
    commit(window, "不")
    assert window.cases == []
    assert window.say().startswith("没有找到。")


def test_the_newest_stands_first_and_shows_what_was_found(window: Window) -> None:
    commit(window, "𠮷")
    assert window.cases == [3, 2]
    [first, below] = window.box.model.index(0, 0).data(HITS)
    assert [first.text[begin:end] for begin, end in first.hits] == ["𠮷"]
    assert first.text == "未编号　𠮷野家 与 赵六"
    assert below.hits == []
    [_, story] = window.box.model.index(1, 0).data(HITS)
    assert [story.text[begin:end] for begin, end in story.hits] == ["𠮷"]
    assert story.right == "钱律师"


def test_a_hit_on_the_other_side_is_marked_where_it_stands(window: Window) -> None:
    commit(window, "赵六")
    [line, _] = window.box.model.index(0, 0).data(HITS)
    assert [line.text[begin:end] for begin, end in line.hits] == ["赵六"]


def test_no_number_is_shown_for_a_case_that_was_found_by_one(window: Window) -> None:
    commit(window, "13800000001")
    assert window.cases == [3]
    said = window.box.model.index(0, 0).data()
    assert ELSEWHERE in said
    assert "0001" not in said


def test_a_line_is_chosen_and_opened_by_keys(window: Window) -> None:
    commit(window, "漏水")
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_PageDown)
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Return)
    assert window.opened == [2]
    assert window.box.panel.isHidden()
    assert window.field.selectedText() == "漏水"


def test_a_click_opens_a_line(window: Window) -> None:
    commit(window, "漏水")
    results = window.box.ui.search_results
    place = results.visualRect(window.box.model.index(1, 0)).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.opened == [1]


def test_enter_is_the_field_s_own_while_nothing_is_chosen(window: Window, qtbot: QtBot) -> None:
    commit(window, "漏水")
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.field.returnPressed):
        press(window, Qt.Key.Key_Return)
    assert window.opened == []
    assert window.box.panel.isHidden()


def test_all_that_is_found_is_listed_by_ctrl_enter(window: Window) -> None:
    commit(window, "漏水")
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert window.listed == ["漏水"]
    assert window.opened == []


def test_a_second_escape_takes_away_what_was_typed(window: Window) -> None:
    window.field.setFocus()
    commit(window, "漏水")
    press(window, Qt.Key.Key_Escape)
    assert window.field.text() == "漏水"
    press(window, Qt.Key.Key_Escape)
    assert window.field.text() == ""


def test_escape_an_empty_field_and_another_field_hide_what_is_found(window: Window) -> None:
    ways: list[Callable[[], object]] = [
        lambda: press(window, Qt.Key.Key_Escape),
        window.field.clear,
        window.other.setFocus,
    ]
    for way in ways:
        window.field.setFocus()
        window.field.clear()
        commit(window, "漏水")
        assert window.box.panel.isVisible()
        way()
        assert window.box.panel.isHidden()
    window.field.setFocus()
    assert window.box.panel.isVisible(), "what was typed is still looked for"


def test_keys_are_the_input_method_s_while_it_composes(window: Window) -> None:
    commit(window, "漏水")
    QApplication.sendEvent(window.field, QInputMethodEvent("zhang", []))
    press(window, Qt.Key.Key_Down)
    assert not window.box.ui.search_results.currentIndex().isValid()
    assert window.cases == [2, 1], "what is not chosen yet is not looked for"


def test_conditions_are_offered_and_taken_by_keys(window: Window) -> None:
    commit(window, "漏水 状")
    assert window.conditions == ["状态:"]
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert window.field.text() == "漏水 状态:"
    assert "状态:办理中" in window.conditions
    commit(window, "已指")
    assert window.conditions == ["状态:已指派"]
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert window.field.text() == "漏水 状态:已指派 "
    assert window.cases == [2]


def test_a_store_that_cannot_be_read_is_told_below_the_field(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise CannotRead("数据文件读不出来。")

    monkeypatch.setattr(window.box._desk, "look", refuse)
    commit(window, "漏水")
    assert window.say() == "数据文件读不出来。"


def test_a_server_is_asked_on_a_thread_and_the_newest_answer_counts(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(window.box._desk.database, "path", None)
    for character in ("漏", "水", "单"):
        commit(window, character)
    qtbot.waitUntil(lambda: window.say().startswith("没有找到。"))
    commit(window, " ")
    window.field.clear()
    window.box.leave()
    QApplication.processEvents()
    assert window.box.panel.isHidden()


def test_the_list_fits_into_the_window(window: Window) -> None:
    commit(window, "漏水")
    for size in ((700, 400), (320, 90)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(window.box.panel.geometry())


def test_the_model_is_a_sound_model(window: Window) -> None:
    model = FoundModel(window.box._desk, window)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show((["状态:"], [], ()))
    commit(window, "漏水")
    assert tester.model() is model


def test_lines_are_painted_with_their_marks(window: Window) -> None:
    commit(window, "𠮷")
    results = window.box.ui.search_results
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.initFrom(results)
    option.rect = image.rect()
    painter = QPainter(image)
    results.itemDelegate().paint(painter, option, window.box.model.index(0, 0))
    painter.end()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert "#ffe08a" in colours
