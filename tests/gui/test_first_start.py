"""The wizard of the first start."""

from collections.abc import Callable
from datetime import date
from itertools import count
from random import Random

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rules import Rules
from mediation_desk.gui import sheet_form
from mediation_desk.gui.first_start import Beginning, FirstStart
from mediation_desk.gui.sheet_form import SheetForm
from mediation_desk.store.key_file import fresh_words

PASSWORD = "Kai1-men"


@pytest.fixture
def wizard(rules: Rules, qtbot: QtBot) -> FirstStart:
    numbers = count(1)
    made = FirstStart(
        rules, lambda: f"uid-{next(numbers)}", new_words=fresh_words, today=date(2026, 11, 23), chance=Random(3)
    )
    qtbot.addWidget(made)
    made.show()
    return made


def fill_centre(wizard: FirstStart) -> None:
    wizard.ui.begin_centre.click()
    wizard.centre_form.ui.centre_name.setText("东城街道综治中心")
    wizard.centre_form.ui.centre_area_code.setEditText("110101")
    wizard.ui.next.click()


def fill_committee(wizard: FirstStart, short_name: str = "东") -> None:
    form = wizard._shown_committee()
    form.ui.committee_name.setText(f"{short_name}城街道人民调解委员会")
    form.ui.committee_short_name.setText(short_name)


def fill_user(wizard: FirstStart, password: str = PASSWORD, again: str = PASSWORD) -> None:
    wizard.ui.user_name.setText(" 王窗口 ")
    wizard.ui.new_password.setText(password)
    wizard.ui.password_again.setText(again)
    wizard.ui.next.click()


def finished(wizard: FirstStart, qtbot: QtBot) -> Beginning:
    """What is handed over at the end."""
    with qtbot.waitSignal(wizard.set_up) as done:
        wizard.ui.next.click()
    (beginning,) = done.args
    assert isinstance(beginning, Beginning)
    return beginning


def at_the_sheet(wizard: FirstStart) -> SheetForm:
    fill_centre(wizard)
    fill_committee(wizard)
    wizard.ui.next.click()
    fill_user(wizard)
    wizard.ui.next.click()
    assert step(wizard) == "sheet_step"
    return wizard._shown_sheet()


def copy(sheet: SheetForm, *, first: str = "") -> None:
    """Copy the words that are asked for, or another one in place of the first."""
    for (line, place), field in zip(sheet._asked, (sheet.ui.first_word, sheet.ui.second_word), strict=True):
        field.setText(sheet.words.lines[line][place])
    if first:
        sheet.ui.first_word.setText(first)


def step(wizard: FirstStart) -> str:
    shown = wizard.ui.steps.currentWidget()
    assert shown is not None
    return shown.objectName()


def test_the_whole_centre_is_handed_over_and_the_dialog_waits_to_be_closed(wizard: FirstStart, qtbot: QtBot) -> None:
    fill_centre(wizard)
    fill_committee(wizard)
    wizard.ui.add_committee.click()
    fill_committee(wizard, "西")
    wizard.ui.next.click()
    fill_user(wizard)
    wizard.ui.stay_plain.setChecked(True)
    beginning = finished(wizard, qtbot)
    assert beginning.words is None
    assert beginning.password == PASSWORD
    assert PASSWORD not in repr(beginning)
    centre = beginning.centre
    assert (centre.name, centre.area_code, centre.is_practice) == ("东城街道综治中心", "110101", False)
    assert [each.short_name for each in centre.committees] == ["东", "西"]
    assert [each.name for each in centre.users] == ["王窗口"]
    uids = {centre.uid} | {each.uid for each in centre.committees} | {each.uid for each in centre.users}
    assert len(uids) == 4
    assert wizard.isVisible()


def test_practice_can_be_chosen_at_once(wizard: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wizard.practice_wanted):
        wizard.ui.begin_practice.click()


def test_each_step_refuses_at_the_field_what_is_missing(wizard: FirstStart) -> None:
    wizard.ui.begin_centre.click()
    wizard.ui.next.click()
    assert step(wizard) == "centre_step"
    assert "请填写综治中心名称。" in wizard.centre_form.ui.centre_name_caption.text()
    wizard.centre_form.ui.centre_name.setText("东城街道综治中心")
    wizard.ui.next.click()
    wizard.ui.next.click()
    assert step(wizard) == "committee_step"
    assert "请填写编号用的简称。" in wizard._shown_committee().ui.committee_short_name_caption.text()
    fill_committee(wizard)
    wizard.ui.next.click()
    assert step(wizard) == "user_step"
    wizard.ui.next.click()
    assert "请填写使用者姓名。" in wizard.ui.user_name_caption.text()


def test_two_committees_cannot_share_a_short_name(wizard: FirstStart) -> None:
    fill_centre(wizard)
    fill_committee(wizard)
    wizard.ui.add_committee.click()
    fill_committee(wizard)
    wizard.ui.committees.setCurrentIndex(0)
    wizard.ui.next.click()
    assert step(wizard) == "committee_step"
    assert wizard.ui.committees.currentIndex() == 1
    assert "重号" in wizard._committees[1].ui.committee_short_name_caption.text()
    assert "重号" not in wizard._committees[0].ui.committee_short_name_caption.text()
    wizard.ui.remove_committee.click()
    assert not wizard.ui.remove_committee.isVisible()
    wizard.ui.next.click()
    assert step(wizard) == "user_step"


def test_one_can_go_back_and_everything_is_still_there(wizard: FirstStart) -> None:
    fill_centre(wizard)
    wizard.ui.back.click()
    assert wizard.centre_form.name == "东城街道综治中心"
    wizard.ui.back.click()
    assert not wizard.ui.next.isVisible()
    assert not wizard.ui.back.isVisible()


def test_a_tab_is_called_after_its_committee(wizard: FirstStart) -> None:
    fill_centre(wizard)
    assert wizard.ui.committees.tabText(0) == "调委会1"
    fill_committee(wizard)
    assert wizard.ui.committees.tabText(0) == "东城街道人民调解委员会"


def test_leaving_with_nothing_typed_asks_nothing(wizard: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wizard.rejected):
        wizard.ui.leave.click()


@pytest.mark.parametrize(("answer", "stays"), [("退出", False), ("继续填写", True)])
def test_leaving_asks_before_what_was_typed_is_thrown_away(wizard: FirstStart, answer: str, stays: bool) -> None:
    fill_centre(wizard)
    wizard.reject()
    box = wizard.findChild(QMessageBox, "leave_box")
    assert box is not None
    assert wizard.isVisible()
    next(button for button in box.findChildren(QPushButton) if button.text() == answer).click()
    assert wizard.isVisible() is stays


# ---- the password


def test_all_that_a_password_lacks_is_said_at_once(wizard: FirstStart) -> None:
    fill_centre(wizard)
    fill_committee(wizard)
    wizard.ui.next.click()
    fill_user(wizard, "王窗口1", "王窗口2")
    assert step(wizard) == "user_step"
    said = wizard.ui.new_password_caption.text()
    assert all(each in said for each in ("口令太短", "口令太简单", "含有使用者姓名"))
    assert "两遍写得不一样" in wizard.ui.password_again_caption.text()
    wizard.ui.new_password.textEdited.emit("K")
    assert "口令太短" not in wizard.ui.new_password_caption.text()


# ---- encryption and its sheet


def test_it_is_encrypted_unless_somebody_says_otherwise(wizard: FirstStart) -> None:
    fill_centre(wizard)
    fill_committee(wizard)
    wizard.ui.next.click()
    fill_user(wizard)
    assert step(wizard) == "protection_step"
    assert wizard.ui.encrypt.isChecked()
    assert wizard.ui.next.text() == "下一步(&X)"
    assert not wizard.ui.plain_warning.isVisible()
    wizard.ui.stay_plain.setChecked(True)
    assert wizard.ui.plain_warning.isVisible()
    assert wizard.ui.next.text() == "完成设置(&X)"


def test_nothing_is_finished_before_two_words_prove_the_sheet(wizard: FirstStart, qtbot: QtBot) -> None:
    sheet = at_the_sheet(wizard)
    assert not sheet.ui.words_text.isVisible()
    wizard.ui.next.click()
    assert "请对照恢复单填写" in sheet.ui.first_word_caption.text()
    copy(sheet, first="不对")
    wizard.ui.next.click()
    assert "与恢复单上的不同" in sheet.ui.first_word_caption.text()
    copy(sheet)
    assert finished(wizard, qtbot).words is sheet.words


def test_the_words_can_be_copied_by_hand_and_go_from_the_screen_again(wizard: FirstStart) -> None:
    sheet = at_the_sheet(wizard)
    sheet.ui.show_words.click()
    assert all(word in sheet.ui.words_text.text() for line in sheet.words.lines for word in line)
    sheet.ui.show_words.click()
    assert sheet.ui.words_text.text() == ""


def test_going_back_keeps_the_sheet_unless_the_centre_gets_another_name(wizard: FirstStart) -> None:
    words = at_the_sheet(wizard).words
    wizard.ui.back.click()
    wizard.ui.next.click()
    assert wizard._shown_sheet().words is words
    wizard.centre_form.ui.centre_name.setText("西城街道综治中心")
    assert wizard._shown_sheet().words is not words


def test_the_sheet_goes_to_a_file(wizard: FirstStart, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = at_the_sheet(wizard)
    written: list[tuple[str, bytes]] = []

    def save(_window: object, content: bytes, name: str, saved: Callable[[], None]) -> None:
        written.append((name, content[:5]))
        saved()

    monkeypatch.setattr(sheet_form, "save_file", save)
    sheet.ui.save_sheet.click()
    assert written == [("数据恢复单.pdf", b"%PDF-")]
    assert "打印以后请把它删除" in sheet.ui.sheet_state.text()


def test_the_sheet_goes_to_the_printer(wizard: FirstStart, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = at_the_sheet(wizard)

    def print_it(_window: object, pdf: bytes, title: str, copies: int, printed: Callable[[int], None]) -> None:
        assert pdf.startswith(b"%PDF-")
        assert (title, copies) == ("数据恢复单", 1)
        printed(copies)

    monkeypatch.setattr(sheet_form, "print_paper", print_it)
    sheet.ui.print_sheet.click()
    assert "已送往打印机" in sheet.ui.sheet_state.text()


def test_nothing_can_be_changed_while_the_store_is_made(wizard: FirstStart, qtbot: QtBot) -> None:
    copy(at_the_sheet(wizard))
    wizard.wait(True)
    assert not wizard.ui.next.isEnabled()
    wizard.reject()
    assert wizard.isVisible()
    assert wizard.findChild(QMessageBox, "leave_box") is None
    wizard.wait(False)
    assert wizard.ui.next.text() == "完成设置(&X)"
    assert finished(wizard, qtbot).words is not None


def test_a_server_is_asked_nothing_about_encryption(rules: Rules, qtbot: QtBot) -> None:
    wizard = FirstStart(rules, lambda: "uid", today=date(2026, 11, 23))
    qtbot.addWidget(wizard)
    wizard.show()
    fill_centre(wizard)
    fill_committee(wizard)
    wizard.ui.next.click()
    assert wizard.ui.next.text() == "完成设置(&X)"
    with qtbot.waitSignal(wizard.set_up):
        fill_user(wizard)
