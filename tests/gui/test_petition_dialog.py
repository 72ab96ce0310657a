"""Registering a petition item, correcting it, and taking it back."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.petition import Petition
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.petition_dialog import PetitionDialog, WithdrawPetitionDialog
from mediation_desk.services.petitions import PetitionItem, correct_petition, item_of, record_petition
from tests.desk import TODAY, YESTERDAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, said_in_a_box

ITEM = PetitionItem(kind="redress_claim", received_on=YESTERDAY, number="XF1", domain="04")


def opened(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> PetitionDialog:
    dialog = PetitionDialog(desk, clerk.case(case_id), place)
    dialog.open()
    return dialog


def petition_of(clerk: Clerk, case_id: int) -> Petition:
    petition = clerk.case(case_id).petition
    assert petition is not None
    return petition


def test_what_was_typed_is_registered(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    dialog = opened(desk, clerk, case_id, place)
    dialog.ui.petition_number.setText("ＸＦ 1")
    pick(dialog.ui.petition_kind, "申诉求决")
    pick(dialog.ui.petition_domain, "城乡建设")
    dialog.ui.received_on.setText("昨天")
    dialog.ui.save_button.click()
    assert item_of(petition_of(clerk, case_id)) == ITEM


def test_only_an_accusation_asks_whom_it_is_about(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    dialog = opened(desk, clerk, case_id, place)
    assert not dialog.ui.accused_unit.isVisible()
    pick(dialog.ui.petition_kind, "检举控告")
    assert dialog.ui.accused_unit.isVisible()
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "accused_unit").startswith("请填写被检举、控告的单位")
    dialog.ui.accused_unit.setText("示例所")
    dialog.ui.contact_clear.setChecked(False)
    dialog.ui.save_button.click()
    petition = petition_of(clerk, case_id)
    assert (petition.accused_unit, petition.contact_clear, petition.received_on) == ("示例所", False, TODAY)


def test_without_a_kind_nothing_is_registered_and_all_stays(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    dialog = opened(desk, clerk, case_id, place)
    dialog.ui.petition_number.setText("XF1")
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "petition_kind") == "请选择信访事项的种类。"
    assert dialog.ui.petition_number.text() == "XF1"
    assert clerk.case(case_id).petition is None


def test_a_correction_begins_with_what_is_registered(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    clerk.do(record_petition, case_id, ITEM)
    dialog = opened(desk, clerk, case_id, place)
    assert dialog.windowTitle() == "更正信访事项"
    assert (dialog.ui.petition_number.text(), dialog.ui.received_on.text()) == ("XF1", "2026-11-22")
    dialog.ui.petition_number.setText("XF2")
    dialog.ui.save_button.click()
    assert petition_of(clerk, case_id).number == "XF2"


def test_what_another_desk_corrected_is_not_written_over(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    clerk.do(record_petition, case_id, ITEM)
    dialog = opened(desk, clerk, case_id, place)
    theirs = PetitionItem(kind="redress_claim", received_on=TODAY, number="XF3")
    clerk.do(correct_petition, case_id, ITEM, theirs)
    dialog.ui.petition_number.setText("XF2")
    dialog.ui.save_button.click()
    assert "刚被修改过" in said_in_a_box(dialog)
    assert item_of(petition_of(clerk, case_id)) == theirs


def test_an_item_of_the_wrong_case_is_taken_back(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    clerk.do(record_petition, case_id, ITEM)
    dialog = WithdrawPetitionDialog(desk, clerk.case(case_id), place)
    dialog.open()
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "withdraw_reason") == "请写明撤销登记的原因。"
    dialog.ui.withdraw_reason.setText("登记错了案件")
    dialog.ui.save_button.click()
    assert clerk.case(case_id).petition is None
