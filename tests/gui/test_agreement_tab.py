"""Drafting, freezing, signing and keeping an agreement on the case page."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import get_ident

import pypdf
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.documents.page import Finished
from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import Case, EventKind, OutcomeKind
from mediation_desk.domain.errors import CannotSave, RuleBroken
from mediation_desk.gui import agreement_preview, agreement_tab, case_printing, printing
from mediation_desk.gui.agreement_tab import AgreementTab
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.follow_up_dialog import FollowUpDialog
from mediation_desk.gui.freeze_dialog import FreezeDialog
from mediation_desk.gui.obligation_dialog import ObligationDialog
from mediation_desk.gui.outcome_dialog import OutcomeDialog
from mediation_desk.gui.performance_dialog import PerformanceDialog
from mediation_desk.gui.signature_dialog import SignatureDialog
from mediation_desk.gui.withdraw_dialog import WithdrawDialog
from mediation_desk.services.agreement_drafts import save_draft
from mediation_desk.services.agreements import AgreementText, save_agreement
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.paper_log import note_printed, versions_of
from mediation_desk.services.papers import draw_agreement
from mediation_desk.store.records import Records
from tests.desk import Desk as Walk
from tests.desk import text


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk.database, desk.rules)


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> Iterator[AgreementTab]:
    """The tab, told of every change as the case page tells it."""
    tab = AgreementTab(desk)
    qtbot.addWidget(tab)
    tab.resize(910, 400)

    def show_again() -> None:
        if tab.case is not None:
            tab.show_case(now(tab))

    desk.changed.connect(show_again)
    yield tab
    tab.leave()


def now(tab: AgreementTab) -> Case:
    assert tab.case is not None
    case_id = tab.case.id or 0
    return tab.desk.look(lambda records, _: records.cases.get(case_id))


def kept(tab: AgreementTab, no: int = 1) -> Agreement:
    agreement = now(tab).agreement(no)
    assert agreement is not None
    return agreement


def show(tab: AgreementTab, walk: Walk, case_id: int) -> None:
    tab.show_case(walk.case(case_id))
    tab.show()


def show_drawn(tab: AgreementTab, walk: Walk, case_id: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.preview.drawn):
        show(tab, walk, case_id)


def printed(tab: AgreementTab) -> str:
    pages = pypdf.PdfReader(BytesIO(tab.ui.preview.pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def steps(tab: AgreementTab) -> set[str]:
    return {name for name, action in tab._steps.items() if action.isEnabled() and getattr(tab.ui, name).isVisible()}


def press(tab: AgreementTab, answer: str) -> None:
    """Answer the question that is asked."""
    box = next(box for box in tab.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == answer).click()


# ---- before there is one


def test_a_case_without_an_agreement_says_what_to_do(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.agreed())
    assert "起草" in tab.ui.empty_text.text()
    assert steps(tab) == {"begin_written", "begin_oral"}


def test_nothing_is_drafted_before_everybody_agreed_to_mediate(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.triaged())
    tab.ui.begin_written.click()
    assert now(tab).agreements == []
    assert tab.findChild(QMessageBox) is not None


@pytest.mark.parametrize(
    ("button", "form"), [("begin_written", AgreementForm.WRITTEN), ("begin_oral", AgreementForm.ORAL)]
)
def test_a_draft_begins_with_parties_mediator_and_day(
    tab: AgreementTab, walk: Walk, qtbot: QtBot, button: str, form: AgreementForm
) -> None:
    show(tab, walk, walk.agreed())
    with qtbot.waitSignal(tab.preview.drawn):
        getattr(tab.ui, button).click()
    assert kept(tab).form is form
    said = tab.ui.editor.read()
    assert (said.party_nos, said.mediator_ids, tab.ui.editor.ui.made_on.text()) == ((1, 2), (1,), "2026-11-23")
    assert tab.ui.editor.ui.copies.text() == "一式3份"


# ---- the draft


def test_what_is_typed_is_the_record_without_any_button(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    tab.ui.editor.ui.facts.setPlainText("第一句")
    qtbot.waitUntil(lambda: kept(tab).facts == "第一句")
    assert "已保存 9:30" in tab.ui.state_line.text()


def test_typing_survives_closing_at_once(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    ui = tab.ui.editor.ui
    ui.facts.setPlainText("<b>甲</b> & 乙\n第二行")
    ui.clauses.add("新的一条")
    ui.extra_holders.setText("区人民法院，社区")
    ui.recorder.setText("王窗口")
    tab.leave()
    agreement = kept(tab)
    assert agreement.facts == "<b>甲</b> & 乙\n第二行"
    assert agreement.clauses[-1].text == "新的一条"
    assert agreement.extra_holders == ["区人民法院", "社区"]
    assert agreement.recorder == "王窗口"
    assert agreement.copies == 5


def test_typing_stays_with_its_own_case(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    one, other = walk.drafted(), walk.drafted()
    show_drawn(tab, walk, one, qtbot)
    tab.ui.editor.ui.facts.setPlainText("只属于第一个案件")
    show_drawn(tab, walk, other, qtbot)
    assert [walk.agreement(each).facts for each in (one, other)] == ["只属于第一个案件", text().facts]


def test_other_news_of_the_case_leaves_the_typing_alone(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.drafted()
    show_drawn(tab, walk, case_id, qtbot)
    field = tab.ui.editor.ui.facts
    field.setPlainText("还在打字")
    cursor = field.textCursor()
    cursor.setPosition(2)
    field.setTextCursor(cursor)
    tab.desk.do(note_printed, case_id, "D03", 0, "申请书", ["申请"], "0" * 64, 1)
    assert field.toPlainText() == "还在打字"
    assert field.textCursor().position() == 2


def test_a_store_that_refuses_is_told_and_tried_again(
    tab: AgreementTab, walk: Walk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    refusals = iter(["磁盘已满，这一步没有保存。"])

    def full_once(records: Records, *args: object) -> AgreementText:
        for sentence in refusals:
            raise CannotSave(sentence)
        return save_draft(records, *args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(agreement_tab, "save_draft", full_once)
    tab.ui.editor.ui.facts.setPlainText("不能丢")
    qtbot.waitUntil(lambda: "磁盘已满" in tab.ui.state_line.text())
    assert tab.ui.editor.ui.facts.toPlainText() == "不能丢"
    qtbot.waitUntil(lambda: kept(tab).facts == "不能丢")


def test_a_day_is_taken_over_when_it_can_be_read_and_told_when_not(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    field = tab.ui.editor.ui.made_on
    field.setText("2026-11")
    field.editingFinished.emit()
    assert "看不懂日期" in tab.ui.editor.ui.made_on_caption.text()
    tab.leave()
    assert kept(tab).made_on == text().made_on
    show_drawn(tab, walk, now(tab).id or 0, qtbot)
    field.setText("昨天")
    field.editingFinished.emit()
    tab.leave()
    assert str(kept(tab).made_on) == "2026-11-22"


def test_the_matter_and_the_terms_are_proposed_once(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    ui = tab.ui.editor.ui
    ui.performance_terms.setPlainText("")
    for _ in range(2):
        ui.propose_terms.click()
        ui.quote_matter.click()
    assert ui.performance_terms.toPlainText().count("分2期") == 1
    assert ui.facts.toPlainText().splitlines() == [text().facts, now(tab).matter]


def test_obligations_are_added_changed_and_removed(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    ui = tab.ui.editor.ui
    ui.add_obligation.click()
    dialog = tab.findChild(ObligationDialog)
    assert dialog is not None
    dialog.ui.payer.setEditText("王五")
    dialog.ui.amount.setText("500")
    dialog.ui.save_button.click()
    assert [line.cells[1] for line in tab.ui.editor.model.lines] == ["李四", "王五"]
    assert tab.ui.editor.model.lines[0].cells[5] == "2026-12-31；2027-01-31"
    ui.obligations.setCurrentIndex(tab.ui.editor.model.index(0, 0))
    ui.remove_obligation.click()
    tab.leave()
    assert [each.payer_name for each in kept(tab).obligations] == ["王五"]


def test_the_preview_is_drawn_once_a_pause_on_a_thread_of_its_own(
    tab: AgreementTab, walk: Walk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    drawings: list[int] = []

    def counted(records: Records, *args: object) -> Finished:
        drawings.append(get_ident())
        return draw_agreement(records, *args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(agreement_preview, "draw_agreement", counted)
    with qtbot.waitSignal(tab.preview.drawn):
        for letter in "一个字一个字地打":
            tab.ui.editor.ui.facts.insertPlainText(letter)
    assert len(drawings) == 1
    assert drawings != [get_ident()]
    assert "一个字一个字地打" in printed(tab)


def test_a_paper_that_cannot_be_drawn_leaves_the_last_one_and_says_why(
    tab: AgreementTab, walk: Walk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)

    def refused(*args: object) -> bytes:
        raise CannotSave("没有这个字的字形。")

    monkeypatch.setattr(agreement_preview, "draw_agreement", refused)
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.editor.ui.facts.setPlainText("新字")
    assert tab.ui.preview.ui.paper_note.text() == "没有这个字的字形。"
    assert tab.ui.preview.page_count > 0
    assert tab.findChildren(QMessageBox) == []


def test_faults_are_listed_live_and_lead_to_their_fields(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    assert not tab.ui.findings_panel.ui.findings.isVisible()
    ui = tab.ui.editor.ui
    with qtbot.waitSignal(tab.preview.drawn):
        ui.facts.setPlainText("")
        ui.clauses.add("＿＿应付款。")
    listed = [
        tab.ui.findings_panel.ui.findings.item(row).text() for row in range(tab.ui.findings_panel.ui.findings.count())
    ]
    assert len(listed) == 2
    assert "第3条" in listed[1]
    went = [
        tab.ui.editor.field_of(place) for place in ("facts", "clauses[2]", "clauses[9]", "obligations[0].amount", "")
    ]
    assert went == [ui.facts, ui.clauses.field(2), ui.clauses, ui.obligations, None]
    with qtbot.waitActive(tab):
        tab.activateWindow()
    tab.ui.findings_panel.ui.findings.itemClicked.emit(tab.ui.findings_panel.ui.findings.item(0))
    assert ui.facts.hasFocus()


def test_a_finding_leads_to_its_very_words(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.editor.ui.clauses.add("𠮷样的订金不退。")
    panel = tab.ui.findings_panel.ui
    assert panel.findings_caption.text() == "请核对1项；不改的，定稿时写明理由(&Q)"
    assert panel.findings.item(0).text().startswith("！请核对")
    panel.findings.itemActivated.emit(panel.findings.item(0))
    field = tab.ui.editor.ui.clauses.field(2)
    assert field is not None
    assert field.textCursor().selectedText() == "订金"


def test_a_finding_whose_words_are_gone_leads_to_the_field(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    tab.ui.editor.go_to("facts", "没有这几个字")
    assert not tab.ui.editor.ui.facts.textCursor().hasSelection()


def test_the_wish_for_confirmation_is_saved_and_changes_what_is_found(
    tab: AgreementTab, walk: Walk, qtbot: QtBot
) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.editor.ui.clauses.add("旧衣柜归张三所有。")
    assert tab.ui.findings_panel.ui.findings.count() == 0
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.editor.ui.confirmation_wanted.setChecked(True)
    assert kept(tab).confirmation_wanted
    assert "司法确认" in tab.ui.findings_panel.ui.findings.item(0).text()
    case_id = now(tab).id or 0
    show_drawn(tab, walk, walk.drafted(), qtbot)
    assert not tab.ui.editor.ui.confirmation_wanted.isChecked()
    show_drawn(tab, walk, case_id, qtbot)
    assert tab.ui.editor.ui.confirmation_wanted.isChecked()


def test_a_fault_of_an_obligation_opens_it(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    tab.ui.editor.go_to("obligations[0].amount")
    tab.ui.editor.go_to("obligations[0].amount")
    assert len(tab.findChildren(ObligationDialog)) == 1


def test_a_missing_outcome_can_be_recorded_from_the_list(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.in_mediation()
    show(tab, walk, case_id)
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.begin_written.click()
    places = [
        tab.ui.findings_panel.ui.findings.item(row).text() for row in range(tab.ui.findings_panel.ui.findings.count())
    ]
    assert "请先登记调解结果" in places[0]
    tab.ui.findings_panel.ui.findings.itemClicked.emit(tab.ui.findings_panel.ui.findings.item(0))
    assert tab.findChild(OutcomeDialog) is not None
    with qtbot.waitSignal(tab.preview.drawn):
        tab.desk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    assert "请先登记调解结果" not in tab.ui.findings_panel.ui.findings.item(0).text()


def test_a_draft_can_be_thrown_away_after_asking(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    tab.ui.drop_draft.click()
    assert len(now(tab).agreements) == 1
    press(tab, "删除草稿")
    assert now(tab).agreements == []
    assert steps(tab) == {"begin_written", "begin_oral"}


# ---- freezing


def test_what_is_missing_is_told_at_its_field_instead_of_freezing(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    ui = tab.ui.editor.ui
    ui.facts.setPlainText("")
    ui.clauses.add("＿＿")
    tab.ui.freeze.click()
    assert "请写明" in ui.facts_caption.text()
    assert "空白" in ui.clauses._rows[2].ui.number.text()
    assert kept(tab).is_draft


def test_freezing_asks_first_then_locks_the_text(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    tab.ui.editor.ui.facts.setPlainText("最后一刻的改动")
    tab.ui.freeze.click()
    assert kept(tab).is_draft
    press(tab, "定稿")
    assert kept(tab).facts == "最后一刻的改动"
    assert not kept(tab).is_draft
    assert tab.ui.state_stack.currentWidget() is tab.ui.state
    assert not tab.ui.editor.isVisible()
    assert kept(tab).number in printed(tab)
    assert "未生效，还缺：张三、李四" in tab.ui.state.ui.effect_line.text()
    assert steps(tab) == {"sign", "withdraw", "print_paper", "save_pdf"}


def test_what_was_found_is_frozen_only_for_a_reason(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show_drawn(tab, walk, walk.drafted(), qtbot)
    tab.ui.editor.ui.clauses.add("订金不退。")
    tab.ui.freeze.click()
    dialog = tab.findChild(FreezeDialog)
    assert dialog is not None
    assert dialog.ui.open_findings.count() == 1
    dialog.ui.save_button.click()
    assert "请写明理由" in dialog.ui.despite_reason_caption.text()
    assert kept(tab).is_draft
    dialog.ui.despite_reason.setPlainText("各方确认写的是预付款")
    dialog.ui.save_button.click()
    assert kept(tab).despite_reason == "各方确认写的是预付款"
    assert not kept(tab).is_draft


def test_a_frozen_text_cannot_be_edited_behind_the_desks_back(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.drafted()
    show_drawn(tab, walk, case_id, qtbot)
    tab.ui.editor.ui.facts.setPlainText("改")
    with walk.database.writing() as records:
        records.cases.get(case_id).agreements[0].frozen_at = walk.now
    assert not tab.save()
    assert "已定稿" in tab.ui.state_line.text()
    assert kept(tab).facts == text().facts
    with pytest.raises(RuleBroken):
        walk.do(save_agreement, case_id, 1, text())


def test_a_refusal_that_comes_late_is_told(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.drafted()
    show_drawn(tab, walk, case_id, qtbot)
    tab.ui.freeze.click()
    walk.do(record_outcome, case_id, OutcomeKind.ORAL)
    press(tab, "定稿")
    assert kept(tab).is_draft
    assert any("更正结果" in box.text() for box in tab.findChildren(QMessageBox))


def test_a_frozen_text_is_withdrawn_with_a_reason_and_goes_on_as_a_draft(
    tab: AgreementTab, walk: Walk, qtbot: QtBot
) -> None:
    show(tab, walk, walk.frozen())
    tab.ui.withdraw.click()
    dialog = tab.findChild(WithdrawDialog)
    assert dialog is not None
    dialog.ui.save_button.click()
    assert "请写明" in dialog.ui.withdraw_reason_caption.text()
    dialog.ui.withdraw_reason.setPlainText("金额写错")
    with qtbot.waitSignal(tab.preview.drawn):
        dialog.ui.save_button.click()
    assert tab.agreement is not None
    assert (tab.agreement.no, tab.agreement.is_draft) == (2, True)
    assert tab.ui.editor.ui.facts.toPlainText() == text().facts
    tab.ui.agreement_choice.setCurrentIndex(0)
    tab.ui.agreement_choice.activated.emit(0)
    assert "已撤回" in tab.ui.state.ui.effect_line.text()
    assert tab.ui.preview.page_count == 0


# ---- signing and after


def test_all_marks_are_recorded_in_one_go_and_the_agreement_binds(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.frozen())
    tab.ui.sign.click()
    dialog = tab.findChild(SignatureDialog)
    assert dialog is not None
    assert not any(row.is_there for row in dialog.rows)
    dialog.ui.tick_all.click()
    dialog.ui.save_button.click()
    assert kept(tab).effective_on is not None
    assert tab.ui.state.ui.effect_line.text() == "2026年11月23日起生效"
    assert "2026年12月23日" in tab.ui.state.ui.confirmation_line.text()
    assert [line.cells[:3] for line in tab.ui.state.schedule.lines] == [
        ("未到期", "2026-12-31", "1,000.00"),
        ("未到期", "2027-01-31", "2,000.00"),
    ]
    assert len(tab.ui.state.signatures.lines) == 4
    assert steps(tab) == {"begin_written", "begin_oral", "perform", "follow_up", "print_paper", "save_pdf"}


def test_marks_that_are_missing_are_named_and_nothing_binds(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.frozen())
    tab.ui.sign.click()
    dialog = tab.findChild(SignatureDialog)
    assert dialog is not None
    dialog.ui.save_button.click()
    assert kept(tab).signatures == []
    dialog.rows[0].ui.really_there.click()
    assert "还缺：李四、赵" not in dialog.ui.missing_line.text()
    assert "李四" in dialog.ui.missing_line.text()
    dialog.rows[0].ui.signed_on.setText("2026-11-01")
    dialog.ui.save_button.click()
    assert kept(tab).signatures == []
    dialog.rows[0].ui.signed_on.setText("今天")
    dialog.ui.save_button.click()
    assert [each.signer_name for each in kept(tab).signatures] == ["张三"]
    assert tab.ui.state.ui.effect_line.text().startswith("未生效，还缺：李四")


def test_payments_are_recorded_part_by_part(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.performing())
    tab.ui.perform.click()
    dialog = tab.findChild(PerformanceDialog)
    assert dialog is not None
    assert "尚未履行3,000.00元，最近一期2026-12-31应付1,000.00元" in dialog.ui.still_owed.text()
    dialog.ui.paid_amount.setText("4000")
    dialog.ui.save_button.click()
    assert "超过未付金额" in dialog.ui.paid_amount_caption.text()
    dialog.ui.paid_amount.setText("1500")
    dialog.ui.remark.setPlainText("微信转账截图")
    dialog.ui.save_button.click()
    assert [line.cells[0] for line in tab.ui.state.schedule.lines] == ["已履行", "部分履行（已付500.00元）"]
    assert tab.ui.state.performances.lines[0].cells == ("2026-11-23", "1", "1,500.00", "微信转账截图")


def test_a_line_of_the_schedule_opens_its_own_obligation(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.performing())
    view = tab.ui.state.ui.schedule
    view.setCurrentIndex(tab.ui.state.schedule.index(1, 0))
    view.activated.emit(view.currentIndex())
    dialog = tab.findChild(PerformanceDialog)
    assert dialog is not None
    assert dialog.ui.obligation.currentData() == 1


def test_a_follow_up_is_recorded_in_a_persons_words(tab: AgreementTab, walk: Walk) -> None:
    show(tab, walk, walk.performing())
    planned = len(now(tab).follow_ups)
    tab.ui.follow_up.click()
    dialog = tab.findChild(FollowUpDialog)
    assert dialog is not None
    dialog.ui.save_button.click()
    assert "请写回访情况" in dialog.ui.situation_caption.text()
    dialog.ui.situation.setPlainText("双方表示满意。")
    dialog.ui.save_button.click()
    made = [each for each in now(tab).follow_ups if each.done_on]
    assert [(each.situation, each.visitor) for each in made] == [("双方表示满意。", "王窗口")]
    assert len(now(tab).follow_ups) == planned


def test_a_change_of_what_binds_is_a_supplementary_agreement(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    show(tab, walk, walk.performing())
    assert tab.ui.begin_written.text() == "起草补充协议"
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.begin_written.click()
    assert tab.ui.agreement_choice.currentText() == "2．补充协议（草稿）"
    assert "补充协议" in printed(tab)


# ---- out of the house


def test_printing_without_a_printer_says_so(tab: AgreementTab, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    show(tab, walk, walk.frozen())
    tab.ui.print_paper.click()
    assert any("没有安装打印机" in box.text() for box in tab.findChildren(QMessageBox))


def test_as_many_copies_are_proposed_as_the_agreement_has_and_printing_is_noted(
    tab: AgreementTab, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(tab, walk, walk.frozen())

    def printed_at_once(window: object, pdf: bytes, title: str, copies: int, done: object) -> None:
        assert pdf.startswith(b"%PDF")
        assert callable(done)
        done(copies)

    monkeypatch.setattr(case_printing, "print_paper", printed_at_once)
    tab.ui.print_paper.click()
    event = now(tab).events[-1]
    assert event.kind is EventKind.PRINTED
    assert event.text.endswith("3份")
    assert kept(tab).number in event.text


def test_the_paper_is_saved_under_its_number(
    tab: AgreementTab, walk: Walk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("papers")
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(printing, "QSettings", lambda: settings)
    show(tab, walk, walk.frozen())
    tab.ui.save_pdf.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    assert kept(tab).number in dialog.selectedFiles()[0]
    dialog.fileSelected.emit(str(folder / "协议.pdf"))
    assert (folder / "协议.pdf").read_bytes() == tab.ui.preview.pdf


def test_a_draft_that_was_saved_is_known_when_it_is_brought_back(
    tab: AgreementTab, walk: Walk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(printing, "QSettings", lambda: settings)
    case_id = walk.drafted()
    show(tab, walk, case_id)
    tab.ui.save_pdf.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "协议.pdf"))
    kept = [
        (each.title, each.copies) for each in tab.desk.look(lambda records, _: versions_of(records, case_id, "D08", 1))
    ]
    assert kept == [("人民调解协议书 草稿", 0)]


def test_a_store_that_is_read_only_is_shown_but_not_typed_into(tab: AgreementTab, walk: Walk, qtbot: QtBot) -> None:
    case_id = walk.drafted()
    tab.desk.database.read_only = "只能查看。"
    show_drawn(tab, walk, case_id, qtbot)
    assert not tab.ui.editor.ui.facts.isEnabled()


def draft_question(tab: AgreementTab) -> QMessageBox:
    [box] = tab.findChildren(QMessageBox, "draft_question")
    return box


@pytest.mark.parametrize(("answer", "holds"), [("用我的", "我写的。"), ("用对方的", "对方写的。")])
def test_two_windows_that_write_one_draft_lose_no_words(
    tab: AgreementTab, walk: Walk, qtbot: QtBot, answer: str, holds: str
) -> None:
    case_id = walk.drafted()
    show(tab, walk, case_id)
    walk.do(save_agreement, case_id, 1, text(facts="对方写的。"))
    tab.ui.editor.ui.facts.setPlainText("我写的。")
    assert not tab.save()
    assert "另一个窗口刚改过" in tab.ui.state_line.text()
    assert walk.agreement(case_id).facts == "对方写的。"
    box = draft_question(tab)
    [button] = [each for each in box.buttons() if each.text() == answer]
    button.click()
    qtbot.waitUntil(lambda: walk.agreement(case_id).facts == holds)
    assert tab.ui.editor.ui.facts.toPlainText() == holds
    assert tab.save()


def test_words_that_another_window_saved_are_shown_where_nobody_writes(tab: AgreementTab, walk: Walk) -> None:
    case_id = walk.drafted()
    show(tab, walk, case_id)
    walk.do(save_agreement, case_id, 1, text(facts="对方写的。"))
    tab.show_case(walk.case(case_id))
    assert tab.ui.editor.ui.facts.toPlainText() == "对方写的。"
