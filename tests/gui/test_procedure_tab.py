"""Topics around mediation: their marks, and how the days of a time limit were counted."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.gui.clocks_topic import ClocksTopic
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records
from tests.desk import NOW
from tests.desk import Desk as Walk
from tests.procedure_facts import add_procedure


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk.database, desk.rules)


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> ProcedureTab:
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)
    return tab


def show(tab: ProcedureTab, case_id: int) -> ClocksTopic:
    tab.show_case(tab.desk.look(lambda records, _: records.cases.get(case_id)))
    topic = tab.ui.pages.currentWidget()
    assert isinstance(topic, ClocksTopic)
    return topic


def test_each_time_limit_tells_which_days_counted(tab: ProcedureTab, walk: Walk) -> None:
    topic = show(tab, walk.accepted())
    lines = topic.page.model.lines
    assert [line.cells[0] for line in lines] == ["决定是否受理", "调解期限"]
    text = topic.page.ui.fact_text.toPlainText()
    assert "起算日，不计" in text
    assert "第30日" in text


def test_a_clock_that_stands_still_is_marked(tab: ProcedureTab, walk: Walk) -> None:
    case_id = walk.in_mediation()

    def stop(records: Records, _: Act) -> None:
        add_procedure(records.cases.get(case_id), case_id)

    walk.do(stop)
    topic = show(tab, case_id)
    [cells] = [line.cells for line in topic.page.model.lines if line.cells[0] == "调解期限"]
    assert cells[2:] == ("停计中", "停计中，已计0天")
    assert tab.ui.topics.item(0).text() == "期限　1项停计"


def test_a_late_one_is_marked_too(tab: ProcedureTab, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = walk.accepted()
    monkeypatch.setattr(tab.desk, "now", lambda: NOW + timedelta(days=60))
    topic = show(tab, case_id)
    assert "逾期" in topic.page.model.lines[-1].cells[3]
    assert tab.ui.topics.item(0).text() == "期限　1项逾期"
