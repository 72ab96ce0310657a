"""日历 in 设置: what is known of each year, and the ways to the notice and to single days."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.gui.calendar_section import CalendarSection
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.holiday_notice_dialog import HolidayNoticeDialog
from mediation_desk.gui.line_model import YELLOW
from mediation_desk.gui.opening_dialog import OpeningDialog
from mediation_desk.services.holiday_notices import import_notice
from tests.notices import AMENDMENT, NOTICE_2027


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> CalendarSection:
    made = CalendarSection(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_year_nobody_announced_is_seen_first(section: CalendarSection) -> None:
    coming, now = section.years.lines[:2]
    assert coming.cells == ("2027年", "", "", "未确认", "尚未导入", "", "")
    assert coming.tone is YELLOW
    assert now.cells == ("2026年", "33", "6", "已确认", "随程序提供", "", "")
    assert now.tone is None


def test_every_notice_that_was_taken_in_is_listed_under_its_year(section: CalendarSection, desk: Desk) -> None:
    desk.do(import_notice, NOTICE_2027)
    desk.refresh_rules()
    desk.do(import_notice, AMENDMENT)
    desk.refresh_rules()
    year, first, second = section.years.lines[:3]
    assert year.cells == ("2027年", "25", "4", "已确认", "", "", "")
    assert first.cells[4:] == ("国办发明电〔2026〕8号，2026-11-20", "王窗口", "2026-11-23 09:30")
    assert second.cells[4] == "（无文号），2026-11-22"


def test_a_section_that_is_not_shown_waits(desk: Desk, qtbot: QtBot) -> None:
    hidden = CalendarSection(desk)
    qtbot.addWidget(hidden)
    desk.refresh_rules()
    assert list(hidden.years.lines) == []


def test_the_buttons_open_their_dialogs(section: CalendarSection) -> None:
    section.ui.paste_notice.click()
    assert section.findChild(HolidayNoticeDialog) is not None
    section.ui.show_opening.click()
    dialog = section.findChild(OpeningDialog)
    assert dialog is not None
    assert dialog.ui.month_shown.text() == "2026年11月"
