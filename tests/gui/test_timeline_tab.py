"""过程 lists everything that was recorded, the newest last, and marks what came late."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer, Case, CaseEvent, EventKind
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.timeline_tab import TimelineTab
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.intake import ask_willingness
from tests.desk import NOW, TODAY, YESTERDAY
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


# --- a long case


LONG = "双方各自陈述，调解员提出三个方案，约定下次带报价再谈。" * 8


@pytest.fixture
def long_case() -> Case:
    events = [
        CaseEvent(kind=EventKind.SESSION, happened_on=TODAY, text=LONG, by_id=1, recorded_at=NOW) for _ in range(60)
    ]
    facts = {"uid": "0" * 36, "centre_id": 1, "requested_on": TODAY, "registered_at": NOW, "first_contact_id": 1}
    return Case(**facts, matter="漏水", demand="修复", events=events)  # type: ignore[arg-type]


def tall_rows(tab: TimelineTab) -> list[int]:
    usual = tab.ui.event_table.verticalHeader().defaultSectionSize()
    return [row for row in range(len(tab.model.lines)) if tab.ui.event_table.rowHeight(row) > usual]


def is_at_end(tab: TimelineTab) -> bool:
    bar = tab.ui.event_table.verticalScrollBar()
    return 0 < bar.maximum() == bar.value()


def test_a_long_case_shows_its_newest_lines_whole_and_measures_no_others(
    tab: TimelineTab, long_case: Case, qtbot: QtBot
) -> None:
    tab.resize(900, 400)
    tab.show()
    tab.show_case(long_case)
    qtbot.waitUntil(lambda: is_at_end(tab))
    assert tall_rows(tab)[-1] == 59
    assert len(tall_rows(tab)) < 20
    tab.ui.event_table.verticalScrollBar().setValue(0)
    assert tall_rows(tab)[0] == 0


def test_the_newest_line_stays_in_sight_when_the_window_changes(
    tab: TimelineTab, long_case: Case, qtbot: QtBot
) -> None:
    tab.show_case(long_case)  # before it was ever shown
    tab.resize(900, 600)
    tab.show()
    qtbot.waitUntil(lambda: is_at_end(tab))
    tall = tab.ui.event_table.rowHeight(59)
    tab.resize(500, 300)
    qtbot.waitUntil(lambda: is_at_end(tab) and tab.ui.event_table.rowHeight(59) > tall)
