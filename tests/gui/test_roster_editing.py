"""Changing the roster by hand with keys, menus and the mouse; what is refused is said below the grid."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.half_day import Half
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.leave_dialog import LeaveDialog
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.services.roster_making import place
from tests.gui.rosters import AM, MONTH, OFFICER, PM, Month, at, opened, press, said

Key = Qt.Key


@pytest.fixture
def page(month: Month, qtbot: QtBot) -> RosterPage:
    month.publish(month.placing("卫和", 25), month.placing("蒋平", 26, PM))
    return opened(month, qtbot)


def go_to(page: RosterPage, month: Month, name: str, day: int, half: Half = AM) -> None:
    page.ui.grid.choose(month.ids[name], at(day, half))


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(text))


def test_a_digit_puts_somebody_on_a_post_and_delete_takes_them_off(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_1)
    assert month.shift("沈安", 26) == "调解员"
    assert page.ui.state_text.text().startswith("草案（手动改过，未证明）")
    press(page, Key.Key_Delete)
    assert month.shift("沈安", 26) == ""
    press(page, Key.Key_Delete)
    press(page, Key.Key_Backspace)
    assert page.ui.grid.chosen() == (month.ids["沈安"], at(26))


def test_what_a_rule_forbids_is_said_below_the_grid_and_nothing_changes(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_2)
    assert "没有“司法所”的职业身份" in said(page) or "没有该岗位的职业身份" in said(page)
    assert "#b3261e" in page.ui.cell_text.styleSheet()
    assert month.shift("沈安", 26) == ""
    assert month.look().draft is None
    assert not page.findChildren(QMessageBox)


def test_a_shift_is_locked_and_unlocked(page: RosterPage, month: Month) -> None:
    go_to(page, month, "卫和", 25)
    for locked in (True, False):
        press(page, Key.Key_L)
        assert month.look().shifts[month.ids["卫和"], at(25)].locked is locked
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_L)
    assert month.shift("沈安", 26) == ""


def test_a_wish_goes_round_and_its_limit_is_said(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    for weight, words in ((1, "愿意来（1级）"), (-1, "不愿来（1级）"), (0, "没有愿望")):
        press(page, Key.Key_W)
        assert month.look().wishes.get((month.ids["沈安"], at(26)), 0) == weight
        assert words in said(page)
    for day in (24, 25, 26, 27):
        go_to(page, month, "沈安", day)
        press(page, Key.Key_W)
    go_to(page, month, "沈安", 30)
    press(page, Key.Key_W)
    assert "本月愿望已满4条" in said(page)


def test_steps_are_taken_back_one_after_the_other(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_1)
    go_to(page, month, "卫和", 25)
    press(page, Key.Key_Delete)
    page.editing.undo()
    assert (month.shift("卫和", 25), month.shift("沈安", 26)) == ("调解员", "调解员")
    assert said(page) == "已撤销上一步。"
    page.editing.undo()
    assert month.look().draft is None
    page.editing.undo()
    assert said(page) == "没有可以撤销的改动。"


def test_a_step_that_somebody_else_changed_is_not_taken_back(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_1)
    month.desk.do(place, MONTH, month.ids["蒋平"], at(30), month.main)
    page.editing.undo()
    assert said(page) == "草案后来又有改动，不能撤销这一步。"
    assert month.shift("沈安", 26) == "调解员"


def test_another_month_has_its_own_steps(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_1)
    page.show_month(at(26).day.replace(month=12))
    page.editing.undo()
    assert said(page) == "没有可以撤销的改动。"


def test_a_closed_day_takes_nobody(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 28)
    press(page, Key.Key_1)
    assert said(page).endswith("休息（周六），不排班；若开放请先改开放日。")
    assert month.look().draft is None


def test_what_is_over_cannot_be_changed(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 20)
    press(page, Key.Key_1)
    assert "已过，不能再改" in said(page)


def test_a_shift_that_is_dropped_on_somebody_moves(page: RosterPage, month: Month) -> None:
    model = page.ui.grid.model
    source, target = (model.index_of(month.ids[name], at(25)) for name in ("卫和", "沈安"))
    page.ui.grid.ui.half_days.shift_dropped.emit(source, target)
    assert (month.shift("卫和", 25), month.shift("沈安", 25)) == ("", "调解员")
    assert page.ui.grid.chosen() == (month.ids["沈安"], at(25))


def test_a_refused_drop_says_why_below_the_grid(page: RosterPage, month: Month) -> None:
    model = page.ui.grid.model
    source, target = (model.index_of(month.ids[name], at(25)) for name in ("卫和", OFFICER))
    page.ui.grid.ui.half_days.shift_dropped.emit(source, target)
    assert month.shift("卫和", 25) == "调解员"
    assert "职业身份" in said(page)
    page.ui.grid.ui.half_days.drop_refused.emit("没有移动。")
    assert said(page) == "没有移动。"


def test_while_a_roster_is_worked_out_nothing_is_changed_by_hand(page: RosterPage, month: Month) -> None:
    page.editing.is_held = True
    go_to(page, month, "沈安", 26)
    model = page.ui.grid.model
    moved = model.index_of(month.ids["卫和"], at(25)), model.index_of(month.ids["沈安"], at(25))
    steps: tuple[Callable[[], None], ...] = (
        lambda: press(page, Key.Key_1),
        page.editing.undo,
        page.editing.offer_posts,
        lambda: page.ui.grid.ui.half_days.shift_dropped.emit(*moved),
    )
    for step in steps:
        page.say("")
        step()
        assert said(page) == "正在排班，请等它排完，或先取消。"
    assert month.look().draft is None


# ---- the menu of a cell


def test_the_menu_offers_the_posts_somebody_is_qualified_for(page: RosterPage, month: Month) -> None:
    go_to(page, month, "卫和", 25)
    menu = page.editing.menu()
    texts = [(action.text(), action.isEnabled(), action.isChecked()) for action in menu.actions() if action.text()]
    assert texts == [
        ("卫和 2026年11月25日（周三）上午", False, False),
        ("调 调解员\t1", True, True),
        ("司 司法所（没有该职业身份）\t2", False, False),
        ("空出\tDel", True, False),
        ("锁定\tL", True, False),
        ("请假…\tQ", True, False),
        ("换班…\tH", True, False),
        ("愿望", True, False),
    ]
    assert menu.accessibleName() == "卫和 2026年11月25日（周三）上午"


def test_what_is_chosen_in_the_menu_is_done(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    entry(page.editing.menu(), "调 调解员").trigger()
    assert month.shift("沈安", 26) == "调解员"
    menu = page.editing.menu()
    assert entry(menu, "解锁").isEnabled()
    wishes = entry(menu, "愿望").menu()
    assert isinstance(wishes, QMenu)
    assert [action.text() for action in wishes.actions() if action.isChecked()] == ["没有愿望"]
    entry(wishes, "愿意来（3级）").trigger()
    assert month.look().wishes[month.ids["沈安"], at(26)] == 3


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """The menus that were opened."""
    found: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: found.append(menu))
    return found


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_the_menu_opens_by_key(page: RosterPage, month: Month, menus: list[QMenu], key: Qt.Key) -> None:
    go_to(page, month, "卫和", 25)
    press(page, key)
    assert [menu.accessibleName() for menu in menus] == ["卫和 2026年11月25日（周三）上午"]


def test_the_menu_opens_by_mouse(page: RosterPage, month: Month, menus: list[QMenu]) -> None:
    go_to(page, month, "卫和", 25)
    table = page.ui.grid.ui.half_days
    table.doubleClicked.emit(page.ui.grid.current())
    table.customContextMenuRequested.emit(table.rect().center())
    assert len(menus) == 2


# ---- leave and swaps


def test_q_asks_for_leave_of_the_person_from_that_half_day_on(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26, PM)
    press(page, Key.Key_Q)
    dialog = page.findChild(LeaveDialog)
    assert dialog is not None
    assert "沈安" in dialog.windowTitle()
    assert dialog._form.ui.first_day.text() == "2026-11-26"
    dialog.reject()


def test_h_asks_for_a_swap_of_a_published_shift_only(page: RosterPage, month: Month) -> None:
    go_to(page, month, "沈安", 26)
    press(page, Key.Key_H)
    assert said(page) == "已发布的排班中没有这个班次，不能换班。"
    go_to(page, month, "卫和", 25)
    press(page, Key.Key_H)
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "申请换班"
    dialog.reject()


def test_without_anybody_shown_keys_do_nothing(page: RosterPage, month: Month) -> None:
    page.ui.filter_text.setText("没有这个人")
    for key in (Key.Key_1, Key.Key_Delete, Key.Key_L, Key.Key_W, Key.Key_Q, Key.Key_H, Key.Key_Space):
        press(page, key)
    assert month.look().draft is None
    assert page.findChild(EditDialog) is None
