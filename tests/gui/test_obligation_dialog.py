"""The form of one obligation."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.agreement import Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.instalments_model import AMOUNT
from mediation_desk.gui.obligation_dialog import ObligationDialog
from tests.desk import Desk as Walk
from tests.desk import payment


@pytest.fixture
def case(desk: Desk) -> Case:
    walk = Walk(desk.database, desk.rules)
    return walk.case(walk.registered())


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    return owner


def open_form(desk: Desk, case: Case, owner: QWidget, obligation: Obligation | None = None) -> ObligationDialog:
    dialog = ObligationDialog(desk, case, obligation, owner)
    dialog.open()
    return dialog


def saved(dialog: ObligationDialog, qtbot: QtBot) -> Obligation:
    with qtbot.waitSignal(dialog.ready) as signal:
        dialog.ui.save_button.click()
    assert signal.args is not None
    obligation = signal.args[0]
    assert isinstance(obligation, Obligation)
    return obligation


def test_an_obligation_comes_back_as_it_was(desk: Desk, case: Case, owner: QWidget, qtbot: QtBot) -> None:
    before = payment(what="维修费")
    after = saved(open_form(desk, case, owner, before), qtbot)
    names = ("kind", "payer_no", "payer_name", "payee_no", "amount_fen", "what", "means", "due_on", "at_once")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    assert [(each.due_on, each.amount_fen) for each in after.instalments] == [
        (each.due_on, each.amount_fen) for each in before.instalments
    ]


def test_the_amount_is_read_out_in_capitals_while_it_is_typed(desk: Desk, case: Case, owner: QWidget) -> None:
    dialog = open_form(desk, case, owner)
    dialog.ui.amount.setText("1.2万")
    assert dialog.ui.amount_words.text() == "大写：壹万贰仟元整"
    dialog.ui.amount.setText("许多")
    assert "不是金额" in dialog.ui.amount_words.text()


def test_somebody_who_is_no_party_may_pay(desk: Desk, case: Case, owner: QWidget, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, owner)
    dialog.ui.payer.setEditText("王五（李四之子）")
    choose(dialog.ui.payee, 1)
    obligation = saved(dialog, qtbot)
    assert (obligation.payer_no, obligation.payer_name) == (None, "王五（李四之子）")
    assert (obligation.payee_no, obligation.payee_name) == (1, "")


def test_the_name_of_a_party_means_the_party(desk: Desk, case: Case, owner: QWidget, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, owner, Obligation(no=1, payer_name="王五"))
    assert dialog.ui.payer.currentText() == "王五"
    dialog.ui.payer.setEditText("李四")
    assert saved(dialog, qtbot).payer_no == 2


def test_a_sum_is_split_into_months(desk: Desk, case: Case, owner: QWidget, qtbot: QtBot) -> None:
    ui = (dialog := open_form(desk, case, owner)).ui
    ui.amount.setText("10000")
    ui.instalment_number.setText("3")
    ui.first_due.setText("2026-12-31")
    ui.split_equally.click()
    assert [(each.due_on, each.amount_fen) for each in saved(dialog, qtbot).instalments] == [
        (date(2026, 12, 31), 333_300),
        (date(2027, 1, 31), 333_300),
        (date(2027, 2, 28), 333_400),
    ]


@pytest.mark.parametrize("number", ["", "很多", "1"])
def test_a_number_of_parts_that_is_none_is_told_at_its_field(
    desk: Desk, case: Case, owner: QWidget, number: str
) -> None:
    ui = open_form(desk, case, owner).ui
    ui.amount.setText("10000")
    ui.instalment_number.setText(number)
    ui.first_due.setText("2026-12-31")
    ui.split_equally.click()
    assert "期数" in ui.instalment_number_caption.text().removeprefix("分期数(&N)")


def test_parts_that_do_not_sum_up_are_told_at_once(desk: Desk, case: Case, owner: QWidget) -> None:
    dialog = open_form(desk, case, owner, payment())
    assert "一致" in dialog.ui.instalments_sum.text()
    dialog.model.setData(dialog.model.index(0, AMOUNT), "900")
    assert "少100.00元" in dialog.ui.instalments_sum.text()
    dialog.ui.amount.setText("2000")
    assert "多900.00元" in dialog.ui.instalments_sum.text()
    dialog.ui.add_instalment.click()
    assert "第3期" in dialog.ui.instalments_sum.text()
    for _ in range(4):
        dialog.ui.remove_instalment.click()
    assert dialog.ui.instalments_sum.text() == "没有分期。"


def test_an_act_has_no_amount_and_what_is_done_on_the_spot_no_day(
    desk: Desk, case: Case, owner: QWidget, qtbot: QtBot
) -> None:
    dialog = open_form(desk, case, owner, payment(due_on=date(2026, 12, 31)))
    choose(dialog.ui.kind, ObligationKind.ACT)
    dialog.ui.what.setText("修复卫生间漏水")
    dialog.ui.at_once.setChecked(True)
    obligation = saved(dialog, qtbot)
    assert (obligation.amount_fen, obligation.due_on, obligation.instalments) == (None, None, [])
    assert obligation.at_once


def test_what_cannot_be_read_keeps_the_form_open(desk: Desk, case: Case, owner: QWidget, qtbot: QtBot) -> None:
    dialog = open_form(desk, case, owner)
    dialog.ui.amount.setText("三千")
    with qtbot.assertNotEmitted(dialog.ready):
        dialog.ui.save_button.click()
    assert dialog.isVisible()
    assert "不是金额" in dialog.ui.amount_caption.text()
