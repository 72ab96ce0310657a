"""排班: the page as a whole."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.services.presence import LeaveAsked, take_leave
from mediation_desk.services.roster_making import place
from tests.desk import statements
from tests.gui.looking import said_in_a_box
from tests.gui.rosters import MEDIATORS, MONTH, OFFICER, PM, Month, at, opened, press, said

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(month: Month, qtbot: QtBot) -> RosterPage:
    month.publish(month.placing("卫和", 24, PM), month.placing(OFFICER, 24), month.placing("蒋平", 25))
    return opened(month, qtbot)


def names(page: RosterPage) -> list[str]:
    return [person.name for person in page.ui.grid.model.people]


def test_the_page_opens_with_this_month_and_today(page: RosterPage) -> None:
    assert page.ui.month_title.text() == "<b>2026年11月</b>"
    chosen = page.ui.grid.chosen()
    assert chosen is not None
    assert chosen[1] == at(23)
    assert page.ui.grid.ui.half_days.days.today == date(2026, 11, 23)


def test_who_is_missing_tomorrow_is_said_at_the_top(page: RosterPage) -> None:
    assert page.ui.tomorrow_text.text() == "明天11月24日（周二）：上午缺调解员1人；下午不缺。"
    assert "#b3261e" in page.ui.tomorrow_text.styleSheet()
    QTest.keyClick(page, Key.Key_PageDown, CONTROL)
    assert page.ui.month_title.text() == "<b>2026年12月</b>"
    assert page.ui.tomorrow_text.text() == ""
    page.show_month(date(2026, 10, 1))
    chosen = page.ui.grid.chosen()
    assert chosen is not None
    assert chosen[1] == HalfDay(date(2026, 10, 8), Half.AM)


def test_at_the_end_of_a_month_tomorrow_is_in_the_next_one(month: Month, qtbot: QtBot) -> None:
    last_day = Desk(month.desk.database, month.desk.rules, clock=lambda: datetime(2026, 11, 30, 9, 30))
    page = RosterPage(last_day)
    qtbot.addWidget(page, before_close_func=lambda page: page.leave())
    page.show()
    assert page.ui.month_title.text() == "<b>2026年11月</b>"
    assert page.ui.tomorrow_text.text() == "明天12月1日（周二）：还没有排班。"


def test_months_are_turned_by_button_and_key(page: RosterPage) -> None:
    page.ui.previous_month.click()
    assert page.ui.month_title.text() == "<b>2026年10月</b>"
    QTest.keyClick(page, Key.Key_T, CONTROL)
    assert page.month == MONTH
    page.ui.next_month.click()
    page.ui.this_month.click()
    assert page.month == MONTH


def test_people_are_found_by_typing_and_grouped(page: RosterPage, qtbot: QtBot) -> None:
    QTest.keyClick(page, Key.Key_F, CONTROL)
    qtbot.waitUntil(page.ui.filter_text.hasFocus)
    page.ui.filter_text.setText("韩")
    assert names(page) == [OFFICER]
    QTest.keyClick(page.ui.filter_text, Key.Key_Return)
    qtbot.waitUntil(page.ui.grid.ui.half_days.hasFocus)
    page.ui.filter_text.clear()
    assert [name for name in names(page) if name in (*MEDIATORS, OFFICER)] == [*MEDIATORS, OFFICER]
    assert page.ui.grid.model.group_rows
    choose(page.ui.group_by, "none")
    assert not page.ui.grid.model.group_rows


def test_the_chosen_cell_stays_chosen_while_things_change(page: RosterPage, month: Month) -> None:
    page.ui.grid.choose(month.ids["沈安"], at(26))
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    assert page.ui.grid.chosen() == (month.ids["沈安"], at(26))
    assert said(page) == "沈安 11月26日（周四）上午：调解员；已锁定；手动；已发布的是空"
    choose(page.ui.group_by, "none")
    assert page.ui.grid.chosen() == (month.ids["沈安"], at(26))


def test_a_hidden_page_does_not_read(page: RosterPage, month: Month) -> None:
    page.hide()
    with statements(month.desk.database) as sent:
        month.desk.changed.emit()
    assert sent == []
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    assert page.ui.state_text.text().startswith("已发布")
    page.show()
    assert page.ui.state_text.text().startswith("草案")


def test_the_statements_of_a_look_do_not_grow_with_people(page: RosterPage, month: Month) -> None:
    def asked() -> int:
        with statements(month.desk.database) as sent:
            page.refresh()
        return len(sent)

    before = asked()
    ids = month.duty.people([f"新人{number}" for number in range(12)], "people_mediator")
    for person_id in ids:
        month.desk.do(take_leave, LeaveAsked(mediator_id=person_id, first_day=date(2026, 11, 26)))
    assert asked() == before


def test_what_the_keys_do_is_listed_for_the_grid(page: RosterPage) -> None:
    table = page.ui.grid.ui.half_days
    listed = {action.text() for action in table.actions() if action.isEnabled()}
    assert {"排到调解员", "排到司法所", "空出", "锁定或解锁", "请假", "换班", "选岗位", "复制为文字"} <= listed
    assert table.accessibleName() == "排班格"


def test_everything_to_be_pressed_has_a_name(page: RosterPage) -> None:
    for widget in (page.ui.previous_month, page.ui.next_month, page.ui.show_why, page.ui.draft_menu):
        assert any("\u3400" < letter < "\u9fff" for letter in widget.accessibleName())
    for button in (page.ui.draft_menu, page.ui.people_menu, page.ui.rules_menu, page.ui.paper_menu):
        assert button.menu().actions()
        assert all(action.shortcut().toString() for action in button.menu().actions())


def test_the_month_is_copied_as_text(page: RosterPage) -> None:
    press(page, Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("姓名\t11-1上午")
    assert said(page) == "排班表已复制，可以粘贴到表格里。"


def test_a_click_on_a_name_or_a_need_goes_there(page: RosterPage, month: Month) -> None:
    grid = page.ui.grid
    row = next(row for row, each in enumerate(grid.model.people) if each.name == "沈安")
    grid.ui.people.clicked.emit(grid.people.index(row, 0))
    assert grid.chosen() == (month.ids["沈安"], at(23))
    grid.ui.needs.clicked.emit(grid.needs.index(1, 48))
    assert grid.chosen() == (month.ids["沈安"], at(25))


def test_the_parts_of_the_grid_scroll_together(page: RosterPage, month: Month) -> None:
    month.duty.people([f"新人{number}" for number in range(40)], "people_mediator")
    page.resize(700, 400)
    page.refresh()
    ui = page.ui.grid.ui
    ui.half_days.verticalScrollBar().setValue(60)
    assert ui.people.verticalScrollBar().value() == 60
    ui.needs.horizontalScrollBar().setValue(90)
    assert ui.half_days.horizontalScrollBar().value() == 90
    assert ui.people.rowHeight(0) == ui.half_days.rowHeight(0)
    assert ui.needs.columnWidth(46) == ui.half_days.columnWidth(46)


def test_on_a_small_screen_today_is_in_sight_and_less_is_said_of_people(month: Month, qtbot: QtBot) -> None:
    page = RosterPage(month.desk)
    qtbot.addWidget(page, before_close_func=lambda page: page.leave())
    page.resize(770, 400)
    page.show()
    qtbot.waitExposed(page)
    grid = page.ui.grid
    assert page.width() == 770
    assert grid.ui.people.isColumnHidden(1)
    qtbot.waitUntil(lambda: grid.ui.half_days.viewport().rect().contains(grid.ui.half_days.visualRect(grid.current())))
    page.resize(1300, 700)
    assert not grid.ui.people.isColumnHidden(1)


def test_an_unconfirmed_month_says_so_and_offers_the_notice(page: RosterPage) -> None:
    assert not page.ui.notice_strip.isVisible()
    page.show_month(date(2027, 1, 1))
    assert page.ui.notice_strip.isVisible()
    assert page.ui.notice_text.text() == "2027年放假安排未导入，暂按周一至周五；草案"
    page.ui.import_notice.click()
    dialog = page.findChild(QWidget, "HolidayNoticeDialog")
    assert dialog is not None
    assert dialog.isVisible()


def test_without_posts_the_first_step_is_named(desk: Desk, qtbot: QtBot) -> None:
    page = RosterPage(desk)
    qtbot.addWidget(page, before_close_func=lambda page: page.leave())
    page.show()
    assert page.ui.empty_text.text().startswith("还没有岗位。请先设岗位")
    assert (page.ui.split.isVisible(), page.ui.make_roster.isEnabled()) == (False, False)
    page.make_roster()
    assert not page.maker.is_making
    page.ui.empty_posts.click()
    dialog = page.findChild(QWidget, "PostsForm")
    assert dialog is not None
    assert dialog.isVisible()


def test_without_rotating_people_the_directory_is_the_next_step(desk: Desk, qtbot: QtBot) -> None:
    from mediation_desk.domain.duty_roster import Post
    from mediation_desk.services.directory import save_mediator
    from mediation_desk.services.posts import save_post

    desk.do(save_post, Post(uid=desk.new_uid(), name="律师", profession="lawyer"))
    rotating = desk.look(lambda records, _: records.mediators.all())[1]
    rotating.left_on = date(2026, 1, 1)
    desk.do(save_mediator, rotating)
    page = RosterPage(desk)
    qtbot.addWidget(page, before_close_func=lambda page: page.leave())
    page.show()
    assert "驻点选“轮驻”" in page.ui.empty_text.text()
    with qtbot.waitSignal(desk.page_wanted) as asked:
        page.ui.empty_people.click()
    assert asked.args == ["mediators"]


def test_a_store_that_cannot_be_read_is_told(page: RosterPage, month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    from mediation_desk.domain.errors import CannotRead

    def fail(*_: object) -> None:
        raise CannotRead("磁盘读写失败。")

    monkeypatch.setattr(month.desk, "look", fail)
    page.refresh()
    assert said_in_a_box(page) == "磁盘读写失败。"
