"""The sessions of a case, and its confidential notes."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.session_dialog import SessionDialog
from mediation_desk.gui.sessions_tab import SessionsTab
from mediation_desk.services.case_papers import papers_of
from mediation_desk.services.mediation import add_confidential_note, record_session
from mediation_desk.services.papers import draw_paper
from tests.desk import Desk as Walk
from tests.desk import session

SECRET = "乙方愿意出到五千元"


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk.database, desk.rules)


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> SessionsTab:
    tab = SessionsTab(desk)
    qtbot.addWidget(tab)
    return tab


def show(tab: SessionsTab, case_id: int, qtbot: QtBot) -> Case:
    case = tab.desk.look(lambda records, _: records.cases.get(case_id))
    tab.show_case(case)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    return case


def test_sessions_are_listed_and_the_last_one_can_be_read(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    walk.do(record_session, case_id, session(record="第二次又谈。", participants="居委会", participants_agreed=True))
    show(tab, case_id, qtbot)
    assert [line.cells[0] for line in tab.model.lines] == ["1", "2"]
    text = tab.ui.record_text.toPlainText()
    assert text.startswith("第2次调解")
    assert "到场：张三、李四" in text
    assert "邀请参加：居委会（当事人同意）" in text
    assert text.endswith("第二次又谈。")


def test_the_chosen_session_stays_chosen_when_another_is_added(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    show(tab, case_id, qtbot)
    walk.do(record_session, case_id, session(record="第二次又谈。"))
    show(tab, case_id, qtbot)
    assert tab.chosen_no() == 1


def test_what_is_recorded_after_closing_is_marked_late(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.closed()
    walk.now += timedelta(hours=1)
    walk.do(record_session, case_id, session())
    show(tab, case_id, qtbot)
    assert [line.cells[-1] for line in tab.model.lines] == ["", "补记"]


def test_no_session_begins_before_everybody_agreed(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    show(tab, walk.triaged(), qtbot)
    tab.ui.record_session.click()
    assert tab.findChildren(SessionDialog) == []


def test_a_begun_record_is_announced(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    show(tab, walk.assigned(), qtbot)
    tab.ui.record_session.click()
    dialog = tab.findChild(SessionDialog)
    assert dialog is not None
    dialog.ui.record.setPlainText("正在写")
    dialog.reject()
    assert "草稿" in tab.ui.record_session.text()


def test_confidential_notes_are_hidden_until_asked_for(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    walk.do(add_confidential_note, case_id, SECRET)
    show(tab, case_id, qtbot)
    assert not tab.ui.notes_panel.isVisible()
    assert SECRET not in tab.ui.record_text.toPlainText() + tab.ui.notes.toPlainText()
    tab.ui.show_notes.click()
    assert SECRET in tab.ui.notes.toPlainText()


def test_confidential_notes_go_when_one_looks_away(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    walk.do(add_confidential_note, case_id, SECRET)
    show(tab, case_id, qtbot)
    tab.ui.show_notes.click()
    tab.hide()
    tab.show()
    assert not tab.ui.notes_panel.isVisible()
    assert tab.ui.notes.toPlainText() == ""


def test_confidential_notes_go_when_another_window_comes_up(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    show(tab, case_id, qtbot)
    tab.ui.show_notes.click()
    other = SessionsTab(tab.desk)
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert not tab.ui.show_notes.isChecked()


def test_a_note_is_kept_with_its_session(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    show(tab, case_id, qtbot)
    tab.ui.show_notes.click()
    tab.ui.confidential_note.setPlainText(SECRET)
    tab.ui.add_note.click()
    notes = tab.desk.look(lambda records, _: records.cases.notes(case_id))
    assert [(note.text, note.session_no) for note in notes] == [(SECRET, 1)]
    assert tab.ui.confidential_note.toPlainText() == ""


def test_an_empty_note_is_refused_at_its_field(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    show(tab, walk.in_mediation(), qtbot)
    tab.ui.show_notes.click()
    tab.ui.add_note.click()
    assert "请填写" in tab.ui.confidential_note_caption.text()


def test_a_half_typed_note_stays_with_its_own_case(tab: SessionsTab, walk: Walk, qtbot: QtBot) -> None:
    one, other = walk.in_mediation(), walk.in_mediation()
    show(tab, one, qtbot)
    tab.ui.show_notes.click()
    tab.ui.confidential_note.setPlainText(SECRET)
    show(tab, other, qtbot)
    assert tab.ui.confidential_note.toPlainText() == ""
    show(tab, one, qtbot)
    assert tab.ui.confidential_note.toPlainText() == SECRET


def test_no_paper_shows_a_confidential_note(walk: Walk) -> None:
    pypdf = pytest.importorskip("pypdf")
    from io import BytesIO

    case_id = walk.drafted()
    walk.do(add_confidential_note, case_id, SECRET)
    for paper in papers_of(walk.case(case_id), walk.act):
        pdf = walk.do(draw_paper, case_id, paper.code, paper.no)
        text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
        assert text
        assert SECRET not in text.replace("\n", "")
