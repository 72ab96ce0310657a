"""过程 lists everything that was recorded, the newest last, and marks what came late."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.timeline_tab import TimelineTab
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.intake import ask_willingness
from tests.desk import YESTERDAY
from tests.desk import Desk as Clerk


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> TimelineTab:
    tab = TimelineTab(desk)
    qtbot.addWidget(tab)
    return tab


def test_every_event_is_told_with_its_day_and_its_recorder(tab: TimelineTab, clerk: Clerk) -> None:
    tab.show_case(clerk.case(clerk.accepted(requested_on=YESTERDAY)))
    lines = [list(line.cells) for line in tab.model.lines]
    assert lines[0] == ["2026-11-22", "2026-11-23 9:30", "王窗口", "登记", ""]
    assert [line[3] for line in lines[1:]] == ["分流", "调解意愿", "调解意愿", "受理决定", "编号"]
    assert lines[-1][4] == "（2026）东人调字第1号"
    assert tab.ui.timeline_text.text() == "共6条。最新的在最后；记录只增不改。"


def test_what_was_recorded_after_closing_is_marked(tab: TimelineTab, clerk: Clerk) -> None:
    case_id = clerk.in_mediation()
    clerk.do(close_case, case_id, despite_reason="当事人要求")
    clerk.now = clerk.now.replace(hour=10)
    clerk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    tab.show_case(clerk.case(case_id))
    closing, late = tab.model.lines[-2:]
    assert (closing.cells[3], closing.tone) == ("结案", None)
    assert late.cells[3] == "补记：调解意愿"
    assert late.tone is not None
    assert "其中1条是结案后补记的" in tab.ui.timeline_text.text()
