"""The form of one mediation session."""

from datetime import time

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case, SessionResult
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.form_content import content_of, tick
from mediation_desk.gui.session_dialog import SessionDialog, kept_draft
from tests.desk import Desk as Walk


@pytest.fixture
def case(desk: Desk) -> Case:
    walk = Walk(desk.database, desk.rules)
    return walk.case(walk.assigned())


def open_form(desk: Desk, case: Case, qtbot: QtBot) -> SessionDialog:
    dialog = SessionDialog(desk, case)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def read_again(desk: Desk, case: Case) -> Case:
    case_id = case.id or 0
    return desk.look(lambda records, _: records.cases.get(case_id))


def fill(dialog: SessionDialog) -> None:
    ui = dialog.ui
    ui.began.setText("９：００")
    ui.ended.setText("10点半")
    ui.place.setText("第一调解室")
    tick(ui.present_parties, ["1", "2"])
    ui.record.setPlainText("双方陈述了经过。\n<b>李四</b> & 张三同意修复。")
    choose(ui.result, SessionResult.CONTINUES)


def test_it_begins_with_what_is_known(desk: Desk, case: Case, qtbot: QtBot) -> None:
    ui = open_form(desk, case, qtbot).ui
    assert ui.held_on.text() == "2026-11-23"
    assert ui.place.text() == desk.centre.name
    assert ui.recorder.text() == desk.centre.user_name(desk.user_id)
    assert "张三" in ui.subject.text()


def test_nobody_is_said_to_have_come_or_been_told_before_the_clerk_says_so(
    desk: Desk, case: Case, qtbot: QtBot
) -> None:
    dialog = open_form(desk, case, qtbot)
    assert content_of(dialog)["present_parties"] == []
    assert content_of(dialog)["rights_told"] is False
    assert content_of(dialog)["result"] == ""


def test_what_was_typed_is_recorded_as_typed(desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, qtbot)
    fill(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.save.click()
    session = read_again(desk, case).sessions[-1]
    assert session.record == "双方陈述了经过。\n<b>李四</b> & 张三同意修复。"
    assert (session.began, session.ended) == (time(9), time(10, 30))
    assert session.present_nos == [1, 2]
    assert kept_draft(desk, case.id or 0) is None


def test_every_refusal_stands_at_its_field_and_the_form_stays(desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, qtbot)
    choose(dialog.ui.result, SessionResult.SETTLED)
    dialog.ui.place.setText("")
    dialog.ui.participants.setText("社区干部")
    dialog.ui.save.click()
    captions = {
        dialog.ui.place_caption: "请填写调解地点",
        dialog.ui.record_caption: "请写调解记录",
        dialog.ui.present_parties_caption: "请勾选到场",
        dialog.ui.participants_agreed_caption: "第二十条",
    }
    assert {label.objectName() for label, sentence in captions.items() if sentence not in label.text()} == set()
    assert dialog.isVisible()
    assert dialog.ui.participants.text() == "社区干部"


@pytest.mark.parametrize(("field", "typed"), [("held_on", "2026-2-30"), ("began", "早上好"), ("held_on", "")])
def test_days_and_times_nobody_can_read_are_told_at_their_field(
    desk: Desk, case: Case, qtbot: QtBot, field: str, typed: str
) -> None:
    dialog = open_form(desk, case, qtbot)
    fill(dialog)
    getattr(dialog.ui, field).setText(typed)
    dialog.ui.save.click()
    assert "。" in getattr(dialog.ui, f"{field}_caption").text()
    assert read_again(desk, case).sessions == []


def test_escape_loses_nothing(desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, qtbot)
    fill(dialog)
    typed = content_of(dialog)
    dialog.reject()
    assert content_of(open_form(desk, case, qtbot)) == typed


def test_a_crash_loses_nothing_that_was_typed_a_moment_ago(desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, qtbot)
    with qtbot.waitSignal(dialog.keeper.saved):
        fill(dialog)
    draft = kept_draft(desk, case.id or 0)
    assert draft is not None
    assert draft.content == content_of(dialog)


def test_a_draft_can_be_thrown_away(desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, qtbot)
    fill(dialog)
    dialog.keeper.save()
    dialog.ui.discard.click()
    assert kept_draft(desk, case.id or 0) is None
    assert not dialog.isVisible()


def test_the_form_fits_a_small_screen(desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, qtbot)
    smallest = dialog.minimumSizeHint()
    assert smallest.height() <= 480
    assert smallest.width() <= 910
    assert isinstance(dialog.ui.save.parent(), QWidget)
