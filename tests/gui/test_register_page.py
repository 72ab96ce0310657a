from datetime import datetime
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer, Case, EventKind
from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.party import Party, PartyKind, Side
from mediation_desk.domain.relation import RelationKind
from mediation_desk.gui import register_page
from mediation_desk.gui.agent_dialog import AgentDialog
from mediation_desk.gui.blank_forms_dialog import BlankFormsDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.party_dialog import PartyDialog
from mediation_desk.gui.register_page import FORM, RegisterPage, register
from mediation_desk.services.blank_forms import find_blank, issue_blanks, use_blank
from mediation_desk.services.intake import Intake
from mediation_desk.services.scanning import ScannedBlank
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.draft import Draft
from tests.desk import Desk as Clerk
from tests.gui.looking import refusal_at, said_in_a_box
from tests.gui.people import told_in_log

MAN = "110000199001010013"
CTRL = Qt.KeyboardModifier.ControlModifier


def a_page(desk: Desk, qtbot: QtBot) -> RegisterPage:
    page = RegisterPage(desk)
    qtbot.addWidget(page)
    page.resize(910, 480)
    page.show()
    assert QTest.qWaitForWindowActive(page)
    return page


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RegisterPage:
    return a_page(desk, qtbot)


def fill(page: RegisterPage, claimant: str = "张三", respondent: str = "李四") -> None:
    ui = page.form.ui
    ui.claimant_name.setText(claimant)
    ui.respondent_name.setText(respondent)
    ui.matter.setPlainText("楼上漏水，半年没有修好。")
    ui.demand.setPlainText("修好并赔偿。")


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key, CTRL)


def cases(desk: Desk) -> list[Case]:
    """All cases, the oldest first."""
    return desk.look(
        lambda records, _: [records.cases.get(each) for each in sorted(records.cases.ids(CaseFilter()))],
    )


def drafts(desk: Desk) -> list[Draft]:
    return desk.look(lambda records, act: records.drafts.of_user(act.by_id))


def waiting(page: RegisterPage) -> list[str]:
    model = page.ui.waiting_drafts.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press_button(page: RegisterPage, text: str) -> None:
    """Answer the question that was asked last."""
    box = page.findChildren(QMessageBox, "question_box")[-1]
    next(button for button in box.findChildren(QPushButton) if button.text() == text).click()


def earlier(page: RegisterPage) -> list[str]:
    model = page.earlier.ui.earlier_cases.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


# ---- registering


def test_four_fields_and_ctrl_enter_register_a_case(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    press(page.form.ui.demand, Qt.Key.Key_Return)
    [case] = cases(desk)
    assert [(party.no, party.side, party.name) for party in case.parties] == [
        (1, Side.CLAIMANT, "张三"),
        (2, Side.RESPONDENT, "李四"),
    ]
    assert (case.matter, case.demand) == ("楼上漏水，半年没有修好。", "修好并赔偿。")
    assert case.requested_on == desk.now().date()
    assert drafts(desk) == []


def test_tab_goes_straight_through_the_four_fields(page: RegisterPage) -> None:
    ui = page.form.ui
    page.setFocus()
    order: list[QWidget | None] = [QApplication.focusWidget()]
    for _ in range(3):
        QTest.keyClick(cast("QWidget", QApplication.focusWidget()), Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    assert order == [ui.claimant_name, ui.respondent_name, ui.matter, ui.demand]


def test_enter_in_the_matter_is_a_new_line(page: RegisterPage) -> None:
    QTest.keyClick(page.form.ui.matter, Qt.Key.Key_Return)
    assert page.form.ui.matter.toPlainText() == "\n"


def test_after_registering_the_next_is_one_key_away(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page)
    page.ui.register_button.click()
    assert page.ui.states.currentWidget() is page.ui.registered_page
    assert "张三与李四" in page.ui.registered_text.text()
    assert QApplication.focusWidget() is page.ui.register_next
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        page.ui.open_case.click()
    assert wanted.args == [cases(desk)[0].id]
    press(page, Qt.Key.Key_Return)  # nothing to register here
    page.ui.register_next.click()
    assert page.form.is_blank
    assert QApplication.focusWidget() is page.form.ui.claimant_name
    assert len(cases(desk)) == 1


def test_everything_that_is_missing_is_told_at_once_at_its_field(page: RegisterPage, desk: Desk) -> None:
    ui = page.form.ui
    ui.occurred_on.setText("2027-1-1")
    ui.claimed_amount.setText("很多")
    ui.people_involved.setText("几")
    ui.requested_on.clear()
    page.ui.register_button.click()
    for label, sentence in (
        (ui.claimant_name_caption, "请填写来访人"),
        (ui.respondent_name_caption, "请填写对方"),
        (ui.matter_caption, "请写明纠纷情况"),
        (ui.demand_caption, "请写明诉求"),
        (ui.occurred_on_caption, "不能晚于今天"),
        (ui.claimed_amount_caption, "不是金额"),
        (ui.people_involved_caption, "请用数字"),
        (ui.requested_on_caption, "请填写日期"),
    ):
        assert sentence in label.text()
    assert cases(desk) == []
    assert ui.claimed_amount.text() == "很多"


def test_the_first_refused_field_is_scrolled_into_view(page: RegisterPage) -> None:
    fill(page)
    ui = page.form.ui
    ui.people_involved.setText("几")
    assert ui.people_involved.visibleRegion().isEmpty()
    page.ui.register_button.click()
    assert not ui.people_involved.visibleRegion().isEmpty()
    assert not ui.people_involved_caption.visibleRegion().isEmpty()


def test_a_name_that_is_too_long_is_refused_at_its_field(page: RegisterPage, desk: Desk) -> None:
    fill(page, respondent="长" * 51)
    page.ui.register_button.click()
    assert "超过50个字" in page.form.ui.respondent_name_caption.text()
    fill(page)
    page.form.ui.further_names.setText("王五、" + "长" * 51)
    page.ui.register_button.click()
    assert "超过50个字" in page.form.ui.further_caption.text()
    assert cases(desk) == []


def test_names_typed_but_not_yet_added_are_registered(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.form.ui.further_names.setText("王五")
    page.ui.register_button.click()
    assert [party.name for party in cases(desk)[0].parties] == ["张三", "李四", "王五"]


def test_a_phone_without_a_name_is_a_party_without_a_name(page: RegisterPage, desk: Desk) -> None:
    fill(page, claimant="")
    page.form.ui.claimant_phone.setText("13800000001")
    page.ui.register_button.click()
    assert "没有填写姓名" in page.form.ui.claimant_name_caption.text()
    assert cases(desk) == []


@pytest.mark.parametrize("name", ["𠮷䶮", "买买提江·吐尔逊", "Łukasz Nowak"])
def test_rare_names_are_kept_as_they_are(page: RegisterPage, desk: Desk, name: str) -> None:
    fill(page, claimant=name)
    page.ui.register_button.click()
    assert cases(desk)[0].parties[0].name == name


def test_pasted_control_characters_go_and_lines_stay(page: RegisterPage, desk: Desk) -> None:
    fill(page, claimant="张\u200b三\n")
    QApplication.clipboard().setText("第一行\x07\r\n第二行 <b>&</b>\t完\n\n")
    page.form.ui.matter.selectAll()
    page.form.ui.matter.paste()
    page.ui.register_button.click()
    [case] = cases(desk)
    assert case.parties[0].name == "张三"
    assert case.matter == "第一行\n第二行 <b>&</b>　完"


def test_everything_optional_is_kept_and_full_width_digits_are_understood(page: RegisterPage, desk: Desk) -> None:
    fill(page, respondent="幸福物业公司")
    ui = page.form.ui
    ui.claimant_id_number.setText("１１００００１９９００１０１００１３")
    ui.claimant_phone.setText("１３８ ００００ ０００１")
    choose(ui.respondent_kind, PartyKind.ORGANISATION)
    ui.respondent_id_number.setText("91110000802100433b")
    ui.respondent_phone.setText("010-12345678")
    choose(ui.dispute_kind, "02")
    choose(ui.channel, "visit")
    ui.source_document.setText("12345-1")
    ui.requested_on.setText("２０２６。１１。２０")
    ui.occurred_on.setText("5-16")
    ui.occurred_at.setText("幸福里3号楼")
    ui.people_involved.setText("１２人")
    ui.claimed_amount.setText("１．２万")
    ui.remark.setText("带有照片")
    ui.safety_note.setPlainText("情绪激动")
    ui.safety_flags.item(0).setCheckState(Qt.CheckState.Checked)
    page.ui.register_button.click()
    [case] = cases(desk)
    claimant, respondent = case.parties
    assert (claimant.id_paper, claimant.id_number, claimant.gender, claimant.phone) == ("111", MAN, "1", "13800000001")
    assert (respondent.kind, respondent.uscc) == (PartyKind.ORGANISATION, "91110000802100433B")
    assert (respondent.id_number, respondent.phone) == ("", "010-12345678")
    assert (case.dispute_kind, case.channel, case.source_document) == ("02", "visit", "12345-1")
    assert (str(case.requested_on), str(case.occurred_on), case.occurred_at) == (
        "2026-11-20",
        "2026-05-16",
        "幸福里3号楼",
    )
    assert (case.people_involved, case.claimed_fen, case.remark) == (12, 1_200_000, "带有照片")
    assert (case.safety_flags, case.safety_note) == (["violence"], "情绪激动")


def test_a_wrong_number_is_told_and_registered_all_the_same(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.form.ui.claimant_id_number.setText("110000199001010014")
    assert "校验位不对" in page.form.ui.claimant_id_number_caption.text()
    page.ui.register_button.click()
    assert cases(desk)[0].parties[0].id_number == "110000199001010014"


def test_the_number_of_a_minor_points_to_the_guardian(page: RegisterPage) -> None:
    page.form.ui.claimant_name.setText("小明")
    page.form.ui.claimant_id_number.setText("110000201812310036")
    assert "登记法定代理人" in page.form.ui.claimant_id_number_caption.text()


def test_answers_are_recorded_in_the_same_step(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page)
    ui = page.form.ui
    choose(ui.claimant_answer, Answer.AGREES)
    assert ui.claimant_answer_channel.currentText() == "来访"
    choose(ui.respondent_answer, Answer.REFUSES)
    choose(ui.respondent_answer_channel, "online")
    page.ui.register_button.click()
    [case] = cases(desk)
    assert [(each.party_no, each.answer, each.channel) for each in case.willingness] == [
        (1, Answer.AGREES, "visit"),
        (2, Answer.REFUSES, "online"),
    ]
    assert "张三：同意，李四：拒绝" in page.ui.registered_text.text()


def test_who_was_not_asked_has_no_answer(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.ui.register_button.click()
    assert cases(desk)[0].willingness == []


def test_registering_the_same_intake_twice_makes_one_case_with_one_answer(desk: Desk) -> None:
    parties = (Party(no=1, side=Side.CLAIMANT, name="张三"), Party(no=2, side=Side.RESPONDENT, name="李四"))
    day = desk.now().date()
    intake = Intake(uid=desk.new_uid(), parties=parties, matter="漏水", demand="修好", requested_on=day)
    for _ in range(2):
        desk.do(register, intake, [(1, Answer.AGREES, "visit")])
    [case] = cases(desk)
    assert len(case.willingness) == 1


def test_a_petition_is_registered_with_its_number(page: RegisterPage, desk: Desk) -> None:
    ui = page.form.ui
    fill(page)
    assert not ui.petition_number.isVisible()
    choose(ui.case_source, "referral_petition")
    assert ui.petition_number.isVisible()
    ui.petition_number.setText("XF 1")
    press(page, Qt.Key.Key_Return)
    assert refusal_at(page, "petition_kind") == "请选择信访事项的种类。"
    assert cases(desk) == []
    choose(ui.petition_kind, "redress_claim")
    press(page, Qt.Key.Key_Return)
    [case] = cases(desk)
    assert case.petition is not None
    assert (case.petition.number, case.petition.kind, case.petition.received_on) == (
        "XF1",
        "redress_claim",
        case.requested_on,
    )
    assert not ui.petition_number.isVisible()


def test_an_accusation_says_whom_it_is_about(page: RegisterPage, desk: Desk) -> None:
    ui = page.form.ui
    fill(page)
    choose(ui.case_source, "referral_petition")
    choose(ui.petition_kind, "accusation")
    ui.accused_unit.setText("示例所")
    press(page, Qt.Key.Key_Return)
    [case] = cases(desk)
    assert case.petition is not None
    assert case.petition.accused_unit == "示例所"


def test_what_a_petition_office_sent_may_get_its_number_later(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    choose(page.form.ui.case_source, "referral_petition")
    press(page, Qt.Key.Key_Return)
    [case] = cases(desk)
    assert case.petition is None


def test_what_was_said_of_a_petition_does_not_stick_to_another_source(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    choose(page.form.ui.case_source, "referral_petition")
    page.form.ui.petition_number.setText("XF1")
    choose(page.form.ui.case_source, "application")
    press(page, Qt.Key.Key_Return)
    [case] = cases(desk)
    assert case.petition is None


def test_a_full_disk_leaves_the_form_as_typed(page: RegisterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise CannotSave("磁盘已满，这一步没有保存。")

    fill(page)
    monkeypatch.setattr(page.desk, "do", full)
    page.ui.register_button.click()
    box = page.findChild(QMessageBox, "refusal_box")
    assert box is not None
    assert "磁盘已满" in box.text()
    assert page.form.ui.claimant_name.text() == "张三"
    assert page.ui.states.currentWidget() is page.ui.form_page


# ---- more about the parties


def test_more_about_the_visitor_comes_back_into_the_form(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.form.ui.claimant_phone.setText("13800000001")
    page.form.ui.claimant_more.click()
    dialog = page.findChild(PartyDialog)
    assert dialog is not None
    assert (dialog.ui.name.text(), dialog.ui.phone.text()) == ("张三", "13800000001")
    choose(dialog.ui.id_paper, "516")
    dialog.ui.id_number.setText("H12345678")
    dialog.ui.address.setText("幸福里1号")
    dialog.ui.save.click()
    assert page.form.ui.claimant_id_number.text() == "H12345678"
    assert page.form.ui.claimant_id_number_caption.text() == "来访人港澳居民来往内地通行证号码"
    page.ui.register_button.click()
    party = cases(desk)[0].parties[0]
    assert (party.id_paper, party.id_number, party.address) == ("516", "H12345678", "幸福里1号")


def test_a_guardian_named_in_the_dialog_is_kept(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.form.ui.respondent_id_number.setText("110000201812310036")
    page.form.ui.respondent_more.click()
    dialog = page.findChild(PartyDialog)
    assert dialog is not None
    dialog.ui.add_agent.click()
    agent = dialog.findChild(AgentDialog)
    assert agent is not None
    agent.ui.name.setText("李母")
    agent.ui.save.click()
    dialog.ui.save.click()
    page.ui.register_button.click()
    party = cases(desk)[0].parties[1]
    assert [guardian.name for guardian in party.guardians] == ["李母"]
    assert str(party.birth_date) == "2018-12-31"


def test_another_number_typed_in_the_form_brings_its_own_birth_date(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.form.claimant.show_party(
        Party(no=0, side=Side.CLAIMANT, name="张三", id_paper="111", id_number="110000201812310036", gender="1")
    )
    page.form.ui.claimant_id_number.setText("110000200002290024")
    page.ui.register_button.click()
    party = cases(desk)[0].parties[0]
    assert (str(party.birth_date), party.gender) == ("2000-02-29", "2")


def test_a_group_of_thirty_is_pasted_at_once(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    ui = page.form.ui
    names = [f"村民{number}" for number in range(2, 31)]
    ui.further_names.setText("\n".join(names[:10]) + "、" + "，".join(names[10:]))
    QTest.keyClick(ui.further_names, Qt.Key.Key_Return)
    assert ui.further_names.text() == ""
    page.ui.register_button.click()
    [case] = cases(desk)
    assert [party.name for party in case.side(Side.CLAIMANT)] == ["张三", *names]
    assert [party.no for party in case.parties] == list(range(1, 32))


def test_a_name_is_not_added_twice_to_the_same_side(page: RegisterPage) -> None:
    ui = page.form.ui
    for names in ("王五、王五", "王五、 、赵六"):
        ui.further_names.setText(names)
        ui.add_further.click()
    choose(ui.further_side, Side.OTHER)
    ui.further_names.setText("王五")
    ui.add_further.click()
    assert [(party.side, party.name) for party in page.form.further.parties] == [
        (Side.CLAIMANT, "王五"),
        (Side.CLAIMANT, "赵六"),
        (Side.OTHER, "王五"),
    ]


def test_the_sixth_representative_of_a_side_is_refused_at_the_list(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    ui = page.form.ui
    ui.further_names.setText("甲、乙、丙、丁、戊、己")
    ui.add_further.click()
    for row in range(6):
        ui.further_parties.setCurrentIndex(ui.further_parties.model().index(row, 0))
        assert ("超过5名" in ui.further_caption.text()) is False
        ui.mark_representative.click()
    assert "申请方推选了6名代表人，最多5名" in ui.further_caption.text()
    page.ui.register_button.click()
    assert "最多5名" in ui.further_caption.text()
    assert cases(desk) == []
    ui.mark_representative.click()
    assert "超过" not in ui.further_caption.text()
    page.ui.register_button.click()
    assert sum(party.represents_group for party in cases(desk)[0].parties) == 5


def test_a_further_party_is_completed_and_removed(page: RegisterPage) -> None:
    ui = page.form.ui
    ui.further_names.setText("王五、赵六")
    ui.add_further.click()
    ui.further_parties.setCurrentIndex(ui.further_parties.model().index(1, 0))
    ui.edit_further.click()
    dialog = page.findChild(PartyDialog)
    assert dialog is not None
    choose(dialog.ui.side, Side.RESPONDENT)
    dialog.ui.id_number.setText(MAN)
    dialog.ui.save.click()
    cells = [str(ui.further_parties.model().index(1, column).data()) for column in range(6)]
    assert cells[:2] == ["被申请方", "赵六"]
    assert MAN not in cells
    ui.further_parties.setCurrentIndex(ui.further_parties.model().index(0, 0))
    ui.remove_further.click()
    assert [party.name for party in page.form.further.parties] == ["赵六"]


# ---- earlier cases


def test_earlier_cases_say_what_is_the_same_and_hide_numbers(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page, claimant="王五", respondent="赵六")
    page.form.ui.claimant_id_number.setText(MAN)
    choose(page.form.ui.dispute_kind, "02")
    page.ui.register_button.click()
    page.ui.register_next.click()
    assert earlier(page) == []

    page.form.ui.claimant_id_number.setText(MAN)
    qtbot.waitUntil(lambda: len(earlier(page)) == 1)
    [shown] = earlier(page)
    assert "证件号相同" in shown
    assert "王五（申请方）" in shown
    assert "2026-11-23" in shown
    assert "邻里纠纷" in shown
    assert "已登记" in shown
    assert MAN not in shown
    assert f"{MAN[:6]}********{MAN[-4:]}" in shown

    page.form.ui.claimant_id_number.clear()
    page.form.ui.claimant_name.setText("赵六")
    qtbot.waitUntil(lambda: bool(earlier(page)) and "姓名相同" in earlier(page)[0])


def test_the_whole_number_of_an_earlier_case_is_shown_by_a_key_and_logged(
    page: RegisterPage, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(2):
        fill(page, claimant="王五", respondent="赵六")
        page.form.ui.claimant_id_number.setText(MAN)
        page.ui.register_button.click()
        page.ui.register_next.click()
    page.form.ui.claimant_id_number.setText(MAN)
    qtbot.waitUntil(lambda: len(earlier(page)) == 2)
    view = page.earlier.ui.earlier_cases
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert MAN not in "".join(earlier(page))

    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert [MAN in line for line in earlier(page)] == [True, False]
    assert told_in_log(desk) == ["证件号码和电话全号：王五"]
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert [MAN in line for line in earlier(page)] == [False, False]

    QTest.keyClick(page, Qt.Key.Key_F6)
    view.setCurrentIndex(view.model().index(1, 0))
    assert [MAN in line for line in earlier(page)] == [False, False]


def test_an_earlier_case_opens_and_the_draft_stays(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page)
    page.ui.register_button.click()
    page.ui.register_next.click()
    page.form.ui.claimant_name.setText("张三")
    qtbot.waitUntil(lambda: len(earlier(page)) == 1)
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        page.earlier.ui.earlier_cases.activated.emit(page.earlier.ui.earlier_cases.model().index(0, 0))
    assert wanted.args == [cases(desk)[0].id]
    assert page.form.ui.claimant_name.text() == "张三"


def test_nobody_known_is_said_in_words(page: RegisterPage, qtbot: QtBot) -> None:
    assert "填写姓名" in page.earlier.ui.earlier_empty.text()
    page.form.ui.claimant_name.setText("从未来过")
    qtbot.waitUntil(lambda: "没有找到" in page.earlier.ui.earlier_empty.text())


# ---- drafts


def test_what_is_typed_is_kept_without_being_asked(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.keeper.saved):
        page.form.ui.claimant_name.setText("张")
    assert page.ui.draft_state.text() == "草稿已保存 9:30"
    [draft] = drafts(desk)
    assert (draft.form, draft.label, draft.parked_at) == (FORM, "张", None)


def test_an_unfinished_registration_is_taken_up_again(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page, claimant="买买提江·吐尔逊", respondent="𠮷物业")
    ui = page.form.ui
    ui.occurred_on.setText("半")
    ui.safety_flags.item(1).setCheckState(Qt.CheckState.Checked)
    ui.further_names.setText("王五、赵六")
    ui.add_further.click()
    choose(ui.claimant_answer, Answer.AGREES)
    choose(ui.respondent_kind, PartyKind.ORGANISATION)
    page.leave()
    typed = page.form.content()

    again = a_page(desk, qtbot)
    assert again.form.content() == typed
    assert again.ui.restored_line.isVisible()
    assert "已恢复上次未完成的登记" in again.ui.restored_line.text()
    again.form.ui.occurred_on.clear()
    again.ui.register_button.click()
    assert len(cases(desk)) == 1
    assert drafts(desk) == []


def test_a_dialog_that_was_open_is_taken_up_again_too(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page)
    page.form.ui.respondent_more.click()
    dialog = page.findChild(PartyDialog)
    assert dialog is not None
    dialog.ui.address.setText("半句地址")
    dialog.ui.birth_date.setText("19")
    with qtbot.waitSignal(page.keeper.saved):
        dialog.ui.add_agent.click()
    content = page.form.content()
    page.close()

    again = a_page(desk, qtbot)
    taken_up = again.findChild(PartyDialog)
    assert taken_up is not None
    assert (taken_up.ui.address.text(), taken_up.ui.birth_date.text()) == ("半句地址", "19")
    assert again.form.content() == content
    for dialog_again in again.findChildren(QDialog):
        dialog_again.reject()


def test_a_draft_of_another_release_does_not_keep_the_page_from_opening(desk: Desk, qtbot: QtBot) -> None:
    centre_id = desk.centre.id
    assert centre_id is not None
    content = {"typed": {"claimant_name": "张三", "unheard_of": 1}}
    desk.keep(
        lambda records: records.drafts.save(
            desk.new_uid(), centre_id=centre_id, form=FORM, user_id=desk.user_id, content=content, now=desk.now()
        )
    )
    assert a_page(desk, qtbot).form.ui.claimant_name.text() == "张三"


def test_the_draft_of_another_user_is_not_taken_up(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page)
    page.leave()
    other = Desk(desk.database, desk.rules, user_id=desk.user_id + 1, clock=desk.now)
    assert other.user_id != desk.user_id
    assert a_page(other, qtbot).form.is_blank


def test_one_key_hides_and_parks(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    press(page.form.ui.matter, Qt.Key.Key_H)
    assert page.form.is_blank
    assert page.form.ui.matter.toPlainText() == ""
    [draft] = drafts(desk)
    assert draft.parked_at == desk.now()
    assert waiting(page) == ["9:30　张三 与 李四"]
    assert page.ui.draft_state.text() == ""
    assert QApplication.focusWidget() is page.form.ui.claimant_name


def test_an_empty_form_leaves_no_draft(page: RegisterPage, desk: Desk) -> None:
    page.begin_new()
    page.form.ui.claimant_name.setText("张")
    page.form.ui.claimant_name.clear()
    page.begin_new()
    assert [draft for draft in drafts(desk) if draft.parked_at] == []
    assert waiting(page) == []


def test_a_parked_registration_is_gone_on_with_and_registered_once(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.begin_new()
    fill(page, claimant="王五")
    page.ui.resume_draft.click()
    assert page.form.ui.claimant_name.text() == "张三"
    assert "已恢复暂存的登记" in page.ui.restored_line.text()
    assert waiting(page) == ["9:30　王五 与 李四"]
    page.ui.register_button.click()
    assert [case.parties[0].name for case in cases(desk)] == ["张三"]
    assert [draft.label for draft in drafts(desk)] == ["王五 与 李四"]


def test_another_page_may_ask_for_a_parked_registration(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    uid = page.keeper.uid
    page.begin_new()
    desk.draft_wanted.emit(uid)
    assert page.form.ui.claimant_name.text() == "张三"
    desk.draft_wanted.emit(uid)  # it is here already
    assert page.form.ui.claimant_name.text() == "张三"
    assert [draft.parked_at for draft in drafts(desk)] == [None]


def test_a_draft_that_is_gone_is_said(page: RegisterPage, desk: Desk) -> None:
    page.form.ui.claimant_name.setText("张三")
    desk.draft_wanted.emit("no-such-draft")
    box = page.findChild(QMessageBox, "refusal_box")
    assert box is not None
    assert "已经不在了" in box.text()
    assert page.form.ui.claimant_name.text() == "张三"


def test_discarding_is_asked_first(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.begin_new()
    page.ui.discard_draft.click()
    press_button(page, "取消")
    assert len(drafts(desk)) == 1
    page.ui.discard_draft.click()
    press_button(page, "丢弃")
    assert drafts(desk) == []
    assert waiting(page) == []
    assert not page.ui.waiting_panel.isVisible()


def test_what_cannot_be_kept_is_not_cleared(page: RegisterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise CannotSave("磁盘已满，这一步没有保存。")

    monkeypatch.setattr(page.desk, "keep", full)
    fill(page)
    press(page.form.ui.demand, Qt.Key.Key_H)
    assert page.form.ui.claimant_name.text() == "张三"
    assert page.ui.draft_state.text() == "磁盘已满，这一步没有保存。"


def test_hiding_closes_an_open_dialog_and_keeps_what_stands_in_it(page: RegisterPage) -> None:
    fill(page)
    page.form.ui.claimant_more.click()
    dialog = page.findChild(PartyDialog)
    assert dialog is not None
    dialog.ui.occupation.setText("瓦工")
    page.begin_new()
    assert not dialog.isVisible()
    page.ui.resume_draft.click()
    again = page.findChildren(PartyDialog)[-1]
    assert again.ui.occupation.text() == "瓦工"
    again.reject()


def test_a_form_that_stood_empty_over_night_is_of_the_new_day(desk: Desk, qtbot: QtBot) -> None:
    now = datetime(2026, 11, 23, 17, 0)
    over_night = Desk(desk.database, desk.rules, clock=lambda: now)
    page = a_page(over_night, qtbot)
    assert page.form.ui.requested_on.text() == "2026-11-23"
    now = datetime(2026, 11, 24, 8, 0)
    page.form.ui.claimant_name.setText("张三")
    assert page.form.ui.requested_on.text() == "2026-11-24"


# ---- papers of what was registered


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, bool]]:
    """What was asked to be printed: case, code, whether large."""
    asked: list[tuple[int, str, bool]] = []

    def note(_window: QWidget, _desk: Desk, case_id: int, code: str, *, large: bool) -> None:
        asked.append((case_id, code, large))

    monkeypatch.setattr(register_page, "print_case_paper", note)
    return asked


def test_receipt_and_slip_are_printed_after_registering(
    page: RegisterPage, desk: Desk, printed: list[tuple[int, str, bool]]
) -> None:
    fill(page)
    page.ui.print_receipt.click()  # nothing is registered yet
    page.ui.register_button.click()
    [case] = cases(desk)
    assert f"查询码 {case.query_code}" in page.ui.registered_text.text()
    press(page, Qt.Key.Key_P)
    page.ui.large_type.click()
    page.ui.print_slip.click()
    assert printed == [(case.id, "R2", False), (case.id, "E18", True)]
    page.ui.register_next.click()
    assert not page.ui.large_type.isChecked()


def test_empty_forms_are_printed_from_here(page: RegisterPage) -> None:
    press(page, Qt.Key.Key_B)
    dialog = page.findChild(BlankFormsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


# ---- from an empty form


@pytest.fixture
def blank(desk: Desk) -> ScannedBlank:
    """The second of three empty forms that were given out."""
    number = desk.do(issue_blanks, "E18", 3)[1].number
    return ScannedBlank(number, "案件登记单", begins_case=True)


def linked(desk: Desk, blank: ScannedBlank) -> int | None:
    return desk.look(lambda records, _: find_blank(records, blank.number).case_id)


def test_what_stands_on_an_empty_form_is_registered_and_the_form_linked(
    page: RegisterPage, desk: Desk, blank: ScannedBlank
) -> None:
    assert not page.ui.blank_panel.isVisible()
    page.begin_from_blank(blank)
    assert "来自空白表 BF2026-000002（案件登记单）" in page.ui.blank_line.text()
    assert QApplication.focusWidget() is page.form.ui.claimant_name
    fill(page)
    page.begin_from_blank(blank)  # scanned once more: nothing is put aside
    page.ui.register_button.click()
    [case] = cases(desk)
    assert linked(desk, blank) == case.id
    assert [event.text for event in case.events if event.kind is EventKind.PAPER] == ["由空白表BF2026-000002录入"]
    assert "由空白表BF2026-000002录入" in page.ui.registered_text.text()
    page.ui.register_next.click()
    assert not page.ui.blank_panel.isVisible()


def test_what_stood_in_the_form_is_put_aside_for_the_empty_form(
    page: RegisterPage, desk: Desk, blank: ScannedBlank
) -> None:
    fill(page, claimant="先来的")
    page.begin_from_blank(blank)
    assert page.form.is_blank
    assert "先来的" in waiting(page)[0]


def test_a_draft_remembers_its_empty_form(page: RegisterPage, desk: Desk, blank: ScannedBlank, qtbot: QtBot) -> None:
    page.begin_from_blank(blank)
    fill(page)
    page.leave()
    again = a_page(desk, qtbot)
    assert again.ui.blank_panel.isVisible()
    assert again.form.ui.claimant_name.text() == "张三"
    again.ui.register_button.click()
    assert linked(desk, blank) == cases(desk)[0].id


def test_an_empty_form_that_was_begun_is_gone_on_with(page: RegisterPage, desk: Desk, blank: ScannedBlank) -> None:
    page.begin_from_blank(blank)
    fill(page)
    page.begin_new()
    assert not page.ui.blank_panel.isVisible()
    page.begin_from_blank(blank)
    assert page.form.ui.claimant_name.text() == "张三"
    assert page.ui.blank_panel.isVisible()
    assert len(drafts(desk)) == 1


def test_a_form_scanned_by_mistake_is_let_go(page: RegisterPage, desk: Desk, blank: ScannedBlank, qtbot: QtBot) -> None:
    page.begin_from_blank(blank)
    fill(page)
    page.ui.leave_blank.click()
    assert not page.ui.blank_panel.isVisible()
    page.leave()
    assert not a_page(desk, qtbot).ui.blank_panel.isVisible()
    page.ui.register_button.click()
    assert linked(desk, blank) is None


def test_a_form_that_another_desk_entered_first_is_refused_and_nothing_is_registered(
    page: RegisterPage, desk: Desk, clerk: Clerk, blank: ScannedBlank
) -> None:
    page.begin_from_blank(blank)
    fill(page)
    other = clerk.registered()
    desk.do(use_blank, blank.number, other)
    page.ui.register_button.click()
    assert "不能再用" in said_in_a_box(page)
    assert [case.id for case in cases(desk)] == [other]
    assert page.form.ui.claimant_name.text() == "张三"


def test_registering_an_empty_form_twice_after_a_crash_links_it_once(desk: Desk, blank: ScannedBlank) -> None:
    parties = (Party(no=1, side=Side.CLAIMANT, name="张三"), Party(no=2, side=Side.RESPONDENT, name="李四"))
    day = desk.now().date()
    intake = Intake(uid=desk.new_uid(), parties=parties, matter="漏水", demand="修好", requested_on=day)
    for _ in range(2):
        desk.do(register, intake, [], blank.number)
    [case] = cases(desk)
    assert linked(desk, blank) == case.id


# ---- how the new case stands to earlier ones


def test_what_is_decided_about_an_earlier_case_is_recorded_with_the_new_one(
    page: RegisterPage, desk: Desk, qtbot: QtBot
) -> None:
    for other in ("赵六", "孙七"):
        fill(page, claimant="王五", respondent=other)
        page.ui.register_button.click()
        page.ui.register_next.click()
    fill(page, claimant="王五", respondent="赵六")
    qtbot.waitUntil(lambda: len(earlier(page)) == 2)
    view, panel = page.earlier.ui.earlier_cases, page.earlier.ui
    panel.same_dispute.click()
    view.setCurrentIndex(view.model().index(1, 0))
    panel.other_person.click()
    assert [line.partition("】")[0] for line in earlier(page)] == ["【同一纠纷", "【不是同一人"]
    panel.same_dispute.click()
    assert [line.startswith("【同一纠纷】") for line in earlier(page)] == [False, True]
    panel.same_dispute.click()
    panel.new_dispute.click()
    view.setCurrentIndex(view.model().index(0, 0))
    panel.other_person.click()
    page.ui.register_button.click()
    first, second, new = cases(desk)
    found = [(each.kind, each.other_id, each.party_no, each.other_party_no) for each in new.relations]
    assert found == [
        (RelationKind.OTHER_PERSON, first.id, 1, 1),
        (RelationKind.NEW_DISPUTE, second.id, None, None),
    ]
    page.ui.register_next.click()
    assert page.earlier.decisions() == []


def test_what_is_decided_waits_with_the_draft(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page, claimant="王五", respondent="赵六")
    page.ui.register_button.click()
    page.ui.register_next.click()
    fill(page, claimant="王五", respondent="赵六")
    qtbot.waitUntil(lambda: len(earlier(page)) == 1)
    page.earlier.ui.same_dispute.click()
    page.ui.park_button.click()
    assert earlier(page) == []
    page.ui.resume_draft.click()
    qtbot.waitUntil(lambda: len(earlier(page)) == 1)
    assert earlier(page)[0].startswith("【同一纠纷】")
    page.ui.register_button.click()
    assert [each.kind for each in cases(desk)[-1].relations] == [RelationKind.SAME_DISPUTE]


def test_a_decision_about_somebody_else_goes_with_them(page: RegisterPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page, claimant="王五", respondent="赵六")
    page.ui.register_button.click()
    page.ui.register_next.click()
    fill(page, claimant="王五", respondent="赵六")
    qtbot.waitUntil(lambda: len(earlier(page)) == 1)
    page.earlier.ui.same_dispute.click()
    fill(page, claimant="周八", respondent="吴九")
    qtbot.waitUntil(lambda: earlier(page) == [])
    page.ui.register_button.click()
    assert cases(desk)[-1].relations == []
