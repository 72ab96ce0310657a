"""The wizard of the first start."""

from datetime import date
from itertools import count

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import Centre
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.first_start import FirstStart


@pytest.fixture
def wizard(rules: Rules, qtbot: QtBot) -> FirstStart:
    numbers = count(1)
    made = FirstStart(rules, lambda: f"uid-{next(numbers)}", today=date(2026, 11, 23))
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
    wizard.ui.user_name.setText(" 王窗口 ")
    with qtbot.waitSignal(wizard.set_up) as done:
        wizard.ui.next.click()
    (centre,) = done.args
    assert isinstance(centre, Centre)
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
