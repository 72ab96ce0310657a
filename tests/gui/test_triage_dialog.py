"""The lawful way of a matter: what the kind of dispute proposes, what the path says, what it refuses."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.triage_dialog import TriageDialog
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
    assert not ui.not_mediable_text.isVisible()
    pick(ui.statutory_path, "人民调解")
    assert ui.not_mediable_text.isVisible()
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
