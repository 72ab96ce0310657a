"""Beginning a call-out: who can be called is ticked, the order is the clerk's, a refusal stands at its field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.call_out import CallOut, Urgency
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.gui.call_out_begin_dialog import CallOutBeginDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.directory import save_mediator
from tests.gui.conftest import new_uid
from tests.gui.looking import pick, refusal_at

OFFICIAL = 3


@pytest.fixture
def lawyer(desk: Desk) -> int:
    person = Mediator(
        uid=new_uid(), name="吴律师", profession="lawyer", presence=Presence.ON_CALL, travel_minutes=20, phone="1990"
    )
    kept = desk.do(save_mediator, person)
    assert kept.id is not None
    return kept.id


@pytest.fixture
def dialog(desk: Desk, lawyer: int, place: QWidget) -> CallOutBeginDialog:
    dialog = CallOutBeginDialog(desk, place, purpose="协助普法")
    dialog.open()
    return dialog


def lines(dialog: CallOutBeginDialog) -> list[str]:
    return [dialog.ui.order.item(row).text() for row in range(dialog.ui.order.count())]


def began(desk: Desk, call_out_id: int = 1) -> CallOut:
    return desk.look(lambda records, _: records.call_outs.get(call_out_id))


def test_people_on_call_are_offered_with_what_matters_for_a_call(dialog: CallOutBeginDialog) -> None:
    assert [line.split("　")[0] for line in lines(dialog)] == ["吴律师", "周干部"]
    assert lines(dialog)[0] == "吴律师　1990　律师　路程20分钟　近期呼叫0次"
    assert "路程未登记" in lines(dialog)[1]


def test_the_search_begins_with_those_ticked_in_the_order_of_the_list(
    dialog: CallOutBeginDialog, desk: Desk, lawyer: int, qtbot: QtBot
) -> None:
    dialog.ui.order.setCurrentRow(1)
    dialog.ui.up_button.click()
    pick(dialog.ui.urgency, "紧急")
    with qtbot.waitSignal(dialog.begun) as begun:
        dialog.ui.save_button.click()
    call_out = began(desk, begun.args[0])
    assert (call_out.order, call_out.purpose, call_out.urgency) == ([OFFICIAL, lawyer], "协助普法", Urgency.URGENT)
    assert len(call_out.calls) == 2


def test_who_is_not_ticked_is_not_called_and_the_way_can_be_chosen(dialog: CallOutBeginDialog, desk: Desk) -> None:
    dialog.ui.order.item(0).setCheckState(Qt.CheckState.Unchecked)
    pick(dialog.ui.at_a_time, "全部同时")
    dialog.ui.save_button.click()
    assert began(desk).order == [OFFICIAL]
    assert began(desk).at_a_time == 0


def test_the_terms_of_each_urgency_are_said(dialog: CallOutBeginDialog) -> None:
    assert dialog.ui.at_a_time.itemText(0) == "按设置：逐个呼叫，每次等15分钟"
    pick(dialog.ui.urgency, "紧急")
    assert dialog.ui.at_a_time.itemText(0) == "按设置：2人一组，每次等10分钟"


def test_the_list_is_narrowed_by_profession(dialog: CallOutBeginDialog) -> None:
    pick(dialog.ui.profession, "律师")
    assert [line.split("　")[0] for line in lines(dialog)] == ["吴律师"]
    pick(dialog.ui.profession, "心理咨询师")
    assert lines(dialog) == []


def test_the_ends_of_the_list_stay_where_they_are(dialog: CallOutBeginDialog) -> None:
    dialog.ui.order.setCurrentRow(0)
    dialog.ui.up_button.click()
    dialog.ui.order.setCurrentRow(1)
    dialog.ui.down_button.click()
    assert [line.split("　")[0] for line in lines(dialog)] == ["吴律师", "周干部"]


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(dialog: CallOutBeginDialog) -> None:
    dialog.ui.purpose.clear()
    dialog.ui.save_button.click()
    assert "请写明呼叫来做什么" in refusal_at(dialog, "purpose")
    assert dialog.isVisible()
