"""The lawful way of a matter: what the kind of dispute proposes, what the path says, what it refuses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.triage_dialog import TriageDialog
from mediation_desk.services.triage import triage as send
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> TriageDialog:
    dialog = TriageDialog(desk, clerk.case(clerk.registered()), place)
    dialog.open()
    return dialog


def test_a_matter_is_sent_its_lawful_way(dialog: TriageDialog, clerk: Clerk) -> None:
    ui = dialog.ui
    pick(ui.dispute_kind, "邻里纠纷")
    pick(ui.statutory_path, "人民调解")
    pick(ui.case_source, "依申请调解")
    pick(ui.channel, "来访")
    ui.triage_reason.setPlainText("双方是邻居")
    ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert case.triage is not None
    assert (case.triage.path, case.triage.reason, case.triage.decided_on) == ("M1", "双方是邻居", clerk.now.date())
    assert (case.dispute_kind, case.event_category, case.case_source, case.channel) == (
        "02", "02", "application", "visit",
    )  # fmt: skip
    assert case.stage == "triaged"


def test_the_kind_proposes_its_event_category(dialog: TriageDialog) -> None:
    pick(dialog.ui.dispute_kind, "损害赔偿纠纷")
    assert dialog.ui.event_category.currentData() == "05"
    pick(dialog.ui.dispute_kind, "拖欠农民工工资纠纷")
    assert dialog.ui.event_category.currentData().startswith("07")


def test_the_path_says_its_article_and_who_is_competent(dialog: TriageDialog) -> None:
    assert not dialog.ui.article_text.isVisible()
    pick(dialog.ui.statutory_path, "仲裁")
    assert "信访工作条例第31条第2项" in dialog.ui.article_text.text()
    assert "仲裁机构" in dialog.ui.article_text.text()


def test_a_matter_not_open_to_mediation_needs_a_reason(dialog: TriageDialog, clerk: Clerk) -> None:
    ui = dialog.ui
    pick(ui.dispute_kind, "征地拆迁纠纷")
    pick(ui.statutory_path, "仲裁")
    assert not ui.warning_text.isVisible()
    pick(ui.statutory_path, "人民调解")
    assert ui.warning_text.isVisible()
    ui.save_button.click()
    assert "不属于人民调解范围" in refusal_at(dialog, "triage_reason")
    ui.triage_reason.setPlainText("只争补偿款在家人之间的分配")
    ui.save_button.click()
    assert clerk.case(dialog.case_id).triage is not None


@pytest.mark.parametrize(
    ("path", "day", "field"),
    [("请选择", "今天", "statutory_path"), ("人民调解", "明天", "decided_on"), ("人民调解", "", "decided_on")],
)
def test_what_is_wrong_is_said_at_its_field(
    dialog: TriageDialog, clerk: Clerk, path: str, day: str, field: str
) -> None:
    pick(dialog.ui.statutory_path, path)
    dialog.ui.decided_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, field)
    assert clerk.case(dialog.case_id).triage is None


def test_what_was_decided_before_is_shown_again(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    ui = TriageDialog(desk, clerk.case(clerk.triaged(event_category="0203")), place).ui
    assert (ui.statutory_path.currentData(), ui.dispute_kind.currentData()) == ("M1", "02")
    assert ui.event_category.currentData() == "0203"


# --- the aid


def answer(dialog: TriageDialog, *answers: bool) -> None:
    for each in answers:
        (dialog.ui.path_aid.ui.yes_button if each else dialog.ui.path_aid.ui.no_button).click()


def test_the_proposed_path_is_taken_over_with_its_reason_and_what_was_answered(
    dialog: TriageDialog, clerk: Clerk
) -> None:
    pick(dialog.ui.dispute_kind, "征地拆迁纠纷")
    answer(dialog, False, True)
    dialog.ui.path_aid.ui.take_button.click()
    dialog.ui.save_button.click()
    triage = clerk.case(dialog.case_id).triage
    assert triage is not None
    assert triage.path == "P4a"
    assert triage.reason.startswith("不服征收决定、补偿决定或者补偿协议，可以申请行政复议，也可以直接起诉。（经询问，")
    assert "争征收或者补偿决定：是；建议途径：行政复议；不能人民调解：" in triage.reason


def test_another_path_than_the_proposed_one_needs_a_reason_that_is_kept(dialog: TriageDialog, clerk: Clerk) -> None:
    ui = dialog.ui
    pick(ui.dispute_kind, "征地拆迁纠纷")
    answer(dialog, False, True)
    pick(ui.statutory_path, "信访程序")
    ui.save_button.click()
    assert "按所答问题应走“行政复议”" in refusal_at(dialog, "triage_reason")
    ui.triage_reason.setPlainText("复议期限已过，来访人要求按信访办理")
    ui.save_button.click()
    triage = clerk.case(dialog.case_id).triage
    assert triage is not None
    assert triage.reason.startswith("复议期限已过，来访人要求按信访办理（经询问，")
    assert "建议途径：行政复议" in triage.reason


def test_typed_words_are_not_written_over_by_a_proposal(dialog: TriageDialog) -> None:
    ui = dialog.ui
    ui.triage_reason.setPlainText("来访人自己也要求复议")
    pick(ui.dispute_kind, "征地拆迁纠纷")
    answer(dialog, False, True)
    ui.path_aid.ui.take_button.click()
    assert ui.statutory_path.currentData() == "P4a"
    assert ui.triage_reason.toPlainText() == "来访人自己也要求复议"


def test_the_reason_of_one_proposal_gives_way_to_that_of_the_next(dialog: TriageDialog) -> None:
    aid = dialog.ui.path_aid.ui
    pick(dialog.ui.dispute_kind, "征地拆迁纠纷")
    answer(dialog, False, True)
    aid.take_button.click()
    aid.back_button.click()
    answer(dialog, False, True)
    aid.take_button.click()
    assert dialog.ui.triage_reason.toPlainText().startswith("不服行政机关的决定")


def test_other_codes_lead_to_other_questions(dialog: TriageDialog) -> None:
    question = dialog.ui.path_aid.ui.question_text
    pick(dialog.ui.dispute_kind, "邻里纠纷")
    answer(dialog, False)
    assert question.text().startswith("有没有犯罪")
    pick(dialog.ui.dispute_kind, "劳动争议纠纷")
    assert question.text().startswith("争的是不是医疗损害")


def test_nothing_is_added_to_the_reason_where_nothing_was_asked(dialog: TriageDialog, clerk: Clerk) -> None:
    pick(dialog.ui.statutory_path, "仲裁")
    dialog.ui.save_button.click()
    triage = clerk.case(dialog.case_id).triage
    assert triage is not None
    assert triage.reason == ""


def test_the_chosen_path_says_limits_and_how_it_is_gone(dialog: TriageDialog) -> None:
    pick(dialog.ui.dispute_kind, "劳动争议纠纷")
    pick(dialog.ui.statutory_path, "仲裁")
    said = dialog.ui.article_text.text()
    assert "劳动人事争议仲裁委员会" in said
    assert "申请劳动争议仲裁的时效：自知道或者应当知道权利被侵害之日起1年内" in said


def test_another_path_does_not_keep_the_reason_of_the_earlier_one(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    clerk.do(send, case_id, path="M1", reason="双方是邻居")
    ui = TriageDialog(desk, clerk.case(case_id), place).ui
    assert ui.triage_reason.toPlainText() == "双方是邻居"
    pick(ui.statutory_path, "仲裁")
    assert ui.triage_reason.toPlainText() == ""
    pick(ui.statutory_path, "人民调解")
    assert ui.triage_reason.toPlainText() == "双方是邻居"


def test_leaving_mediation_that_runs_is_said_to_need_a_reason_and_an_end(
    desk: Desk, clerk: Clerk, place: QWidget
) -> None:
    dialog = TriageDialog(desk, clerk.case(clerk.in_mediation()), place)
    dialog.open()
    ui = dialog.ui
    assert not ui.warning_text.isVisible()
    pick(ui.statutory_path, "诉讼")
    assert "保存后请登记终止调解或者申请人撤回" in ui.warning_text.text()
    assert ui.warning_text.isVisible()
    ui.save_button.click()
    assert "案件正在调解，改走其他途径请写明理由。" in refusal_at(dialog, "triage_reason")
    ui.triage_reason.setPlainText("对方已向法院起诉")
    ui.save_button.click()
    assert [each.path for each in clerk.case(dialog.case_id).triages] == ["M1", "P1"]


def test_tab_leads_from_the_codes_through_the_aid_to_the_path(dialog: TriageDialog) -> None:
    stops: list[QWidget] = [dialog.ui.event_category]
    while stops[-1] is not dialog.ui.statutory_path:
        after = stops[-1].nextInFocusChain()
        assert after is not None
        stops.append(after)
    names = [each.objectName() for each in stops if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert names[1:-1] == ["petition_kind", "yes_button", "no_button", "back_button", "take_button"]
