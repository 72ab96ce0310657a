"""Steps with a month's roster as a whole: publishing, comparing, throwing away, posts, opening days, swaps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.duty_roster import SwapState
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.roster_changes_dialog import RosterChangesDialog
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.gui.roster_steps import PublishForm
from mediation_desk.gui.swap_form import SwapForm
from mediation_desk.services.roster_making import place
from mediation_desk.services.swaps import swaps_of
from tests.gui.looking import found, refusal_at
from tests.gui.rosters import MONTH, OFFICER, PM, Month, at, opened, said

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(month: Month, qtbot: QtBot) -> RosterPage:
    month.publish(month.placing("卫和", 25), month.placing("蒋平", 26, PM))
    month.desk.do(place, MONTH, month.ids["沈安"], at(27), month.main)
    return opened(month, qtbot)


def dialog_of(page: RosterPage) -> EditDialog:
    return found(page, EditDialog, "EditDialog")


def answer(page: RosterPage, text: str) -> None:
    """Press a button of the question."""
    box = found(page, QMessageBox, "question_box")
    next(button for button in box.findChildren(QPushButton) if button.text() == text).click()


def test_publishing_asks_for_the_reason_of_a_newer_version(page: RosterPage, month: Month) -> None:
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, PublishForm)
    assert dialog.windowTitle() == "发布2026年11月排班"
    assert "手动改动过，没有证明是最优排班" in form.ui.publish_text.text()
    assert form.ui.reason_area.isVisible()
    dialog.ui.save.click()
    assert refusal_at(dialog, "roster_reason") == "请写明改动的原因。"
    form.ui.roster_reason.setText("沈安补位")
    dialog.ui.save.click()
    published = month.look().published
    assert published is not None
    assert (published.version, published.reason) == (2, "沈安补位")
    assert said(page) == "已发布第2版。"
    assert not page.ui.publish.isEnabled()
    page.editing.undo()
    assert said(page) == "没有可以撤销的改动。"


def test_the_first_version_needs_no_reason(month: Month, qtbot: QtBot) -> None:
    month.desk.do(place, MONTH, month.ids["沈安"], at(27), month.main)
    page = opened(month, qtbot)
    page.steps.publish()
    form = dialog_of(page).form
    assert isinstance(form, PublishForm)
    assert not form.ui.reason_area.isVisible()
    dialog_of(page).ui.save.click()
    assert month.look().published is not None


def test_the_draft_is_compared_with_what_was_published(page: RosterPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_D, CONTROL)
    dialog = found(page, RosterChangesDialog, "RosterChangesForm")
    assert dialog.ui.changes_text.text() == "影响0个班次，将改动1个班次，名单如下"
    assert [tuple(line.cells) for line in dialog.model.lines] == [("11月27日（周五）上午", "调解员", "（缺）", "沈安")]
    dialog.ui.close_button.click()


def test_the_draft_is_thrown_away_only_after_asking(page: RosterPage, month: Month) -> None:
    page.steps.drop_draft()
    answer(page, "取消")
    assert month.look().draft is not None
    page.steps.drop_draft()
    assert "已发布的排班不变" in page.findChildren(QMessageBox, "question_box")[-1].text()
    page.steps._drop()
    assert month.look().draft is None
    assert said(page) == "草案已放弃。"


def test_without_a_draft_there_is_nothing_to_compare_or_throw_away(page: RosterPage) -> None:
    page.steps._drop()
    page.steps.compare()
    assert said(page) == "没有草案可以对比。"
    page.steps.drop_draft()
    assert said(page) == "没有草案。"
    assert page.findChild(RosterChangesDialog) is None


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_G, "PostsForm"),
        (Qt.Key.Key_O, "OpeningDialog"),
        (Qt.Key.Key_J, "HolidayNoticeDialog"),
        (Qt.Key.Key_H, "SwapsForm"),
        (Qt.Key.Key_L, "LedgerForm"),
    ],
)
def test_each_dialog_is_one_key_away(page: RosterPage, key: Qt.Key, name: str) -> None:
    QTest.keyClick(page, key, CONTROL)
    assert found(page, QWidget, name).isVisible()


def test_a_swap_is_asked_for_with_its_effect_on_both(page: RosterPage, month: Month) -> None:
    page.steps.ask_swap(month.ids["卫和"], at(25))
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, SwapForm)
    assert form.ui.given_text.text().startswith("卫和换出：11月25日（周三）上午 调解员。")
    lines = {str(line.cells[0]): tuple(line.cells[1:]) for line in form.takers.lines}
    assert set(lines) == {"蒋平", "沈安"}
    assert lines["蒋平"][0] == "能换"
    assert "→" in lines["蒋平"][1]
    row = list(lines).index("蒋平")
    form.ui.taker.setCurrentIndex(form.takers.index(row, 0))
    assert [form.ui.back_shift.itemText(each) for each in range(form.ui.back_shift.count())] == [
        "不换回",
        "11月26日（周四）下午 调解员",
    ]
    form.ui.back_shift.setCurrentIndex(1)
    form.ui.swap_reason.setText(" 出差 ")
    dialog.ui.save.click()
    [shown] = month.desk.look(swaps_of, MONTH)
    assert (shown.swap.state, shown.swap.reason, shown.swap.back_day) == (SwapState.ASKED, "出差", at(26).day)
    assert said(page).startswith("换班申请已登记")


def test_who_cannot_take_a_shift_is_listed_with_the_reason_and_not_taken(page: RosterPage, month: Month) -> None:
    month.duty.leave(month.ids["沈安"], at(25))
    month.duty.leave(month.ids["蒋平"], at(25))
    page.steps.ask_swap(month.ids["卫和"], at(25))
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, SwapForm)
    assert {line.cells[1] for line in form.takers.lines} == {"不能：请假"}
    assert form.ui.back_shift.count() == 1
    dialog.ui.save.click()
    assert refusal_at(dialog, "taker") == "请选一位能换的人。"
    assert month.desk.look(swaps_of, MONTH) == []


def test_steps_before_a_month_is_shown_do_nothing(month: Month, qtbot: QtBot) -> None:
    page = RosterPage(month.desk)
    qtbot.addWidget(page, before_close_func=lambda page: page.leave())
    for step in (page.steps.publish, page.steps.show_opening, page.steps.show_swaps, page.papers.show_wall):
        step()
    page.papers.save_template()
    page._arrange()
    assert not page.findChildren(QDialog)
    assert OFFICER in month.ids
