"""协议与履行 of the case page: drafting beside the paper itself, freezing, signing, and what comes after."""

from collections.abc import Callable, Mapping
from functools import partial, wraps

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from mediation_desk.domain.agreement import Agreement, AgreementForm, outstanding
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import CannotSave, ChangedMeanwhile, DeskError, Fault, RuleBroken
from mediation_desk.domain.finding import Finding
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.people_of_case import mediators_of
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.agreement_preview import AgreementPreview
from mediation_desk.gui.asking import ask
from mediation_desk.gui.case_printing import print_agreement, save_agreement_pdf
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import PAUSE_MS
from mediation_desk.gui.errors import show_refusals, tell, telling
from mediation_desk.gui.follow_up_dialog import FollowUpDialog
from mediation_desk.gui.forms.ui_agreement import Ui_AgreementForm
from mediation_desk.gui.performance_dialog import PerformanceDialog
from mediation_desk.gui.signature_dialog import SignatureDialog
from mediation_desk.gui.withdraw_dialog import WithdrawDialog
from mediation_desk.services.agreement_drafts import save_draft, says_the_same, settle_draft
from mediation_desk.services.agreements import (
    AgreementText,
    draft_agreement,
    drop_draft,
    findings_of,
    freeze_agreement,
    text_of,
)
from mediation_desk.services.case_papers import code_of
from mediation_desk.services.papers import draw_paper
from mediation_desk.store.records import Records

_PLACE = Qt.ItemDataRole.UserRole


class AgreementTab(QWidget):
    """Shows one agreement of the case at a time.

    A draft is the record itself: it is saved while one types, and there is no button for it. A frozen text is shown,
    never edited; what can be done with it depends on how far it has come.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.agreement: Agreement | None = None
        self._is_unsaved = False
        self.ui = Ui_AgreementForm()
        self.ui.setupUi(self)
        self.ui.split.setStretchFactor(0, 1)
        self.ui.split.setStretchFactor(1, 1)
        self.ui.split.setSizes([1100, 900])
        self.ui.paper_side.setStretchFactor(0, 1)
        self._kept = AgreementText()
        self._question: QMessageBox | None = None
        self.preview = AgreementPreview(desk, self.ui.preview, self.save)
        self.preview.drawn.connect(self._show_findings)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.save)
        self.ui.editor.typed.connect(self._typed)
        self.ui.agreement_choice.activated.connect(self._choose)
        self.ui.findings_panel.chosen.connect(self._mend)
        self.ui.state.ui.schedule.activated.connect(self._perform_chosen)
        self._add_actions()

    def _add_actions(self) -> None:
        steps: tuple[tuple[str, str, str, Callable[[], object], Right], ...] = (
            (
                "begin_written",
                "起草书面协议",
                "Ctrl+Shift+W",
                partial(self.begin, AgreementForm.WRITTEN),
                Right.AGREEMENTS,
            ),
            ("begin_oral", "起草口头协议", "Ctrl+Shift+O", partial(self.begin, AgreementForm.ORAL), Right.AGREEMENTS),
            ("freeze", "定稿", "Ctrl+Shift+F", self.freeze, Right.AGREEMENTS),
            ("drop_draft", "删除草稿", "Ctrl+Shift+K", self.drop_draft, Right.AGREEMENTS),
            ("sign", "登记签署", "Ctrl+Shift+G", self.sign, Right.AGREEMENTS),
            ("withdraw", "撤回定稿", "Ctrl+Shift+K", self.withdraw, Right.AGREEMENTS),
            ("perform", "登记履行", "Ctrl+Shift+P", self.perform, Right.FOLLOW_UP),
            ("follow_up", "登记回访", "Ctrl+Shift+V", self.follow_up, Right.FOLLOW_UP),
            ("print_paper", "打印协议", "Ctrl+P", self.print_paper, Right.PRINT),
            ("save_pdf", "另存 PDF", "Ctrl+Shift+S", self.save_pdf, Right.PRINT),
        )
        self._steps = {
            name: add_action(self, text, keys, do, getattr(self.ui, name), needs=self.desk.needs(right))
            for name, text, keys, do, right in steps
        }

    # ---- showing

    def show_case(self, case: Case) -> None:
        """Show `case`. A draft that is being typed is not disturbed when something else of the case changed."""
        if self.case is None or case.id != self.case.id:
            self._let_go()
        self.case = case
        agreements = case.agreements
        shown = next((each for each in agreements if self.agreement and each.no == self.agreement.no), None)
        newest = agreements[-1] if agreements else None
        was_left_for_newer = shown is not None and shown.withdrawn_at is not None and self._was_frozen()
        self._show(newest if shown is None or was_left_for_newer else shown)

    def _was_frozen(self) -> bool:
        """Whether the agreement that was on the screen stood frozen and not withdrawn."""
        return self.agreement is not None and not self.agreement.is_draft and self.agreement.withdrawn_at is None

    def leave(self) -> None:
        """Keep what is typed; nothing is drawn any more until a case is shown again. Raises `CannotSave`."""
        self.save()
        if self._timer.isActive():
            raise CannotSave(self.ui.state_line.text())
        self._let_go()

    def _let_go(self) -> None:
        self.save()
        self._forget_what_is_typed()
        self.agreement = None

    def _forget_what_is_typed(self) -> None:
        """Neither save nor draw any more what stands in the editor."""
        self._timer.stop()
        self._is_unsaved = False
        self.preview.stop()

    def _show(self, agreement: Agreement | None) -> None:
        assert self.case is not None
        same_draft = bool(
            agreement and self.agreement and agreement.is_draft and self.agreement.is_draft
            and agreement.no == self.agreement.no
        )  # fmt: skip
        if not same_draft:
            self.save()
            self._forget_what_is_typed()
        self.agreement = agreement
        self._fill_choice()
        self._offer_steps()
        self.ui.paper_side.setVisible(agreement is not None)
        if agreement is None:
            self._show_nothing()
        elif agreement.is_draft:
            if same_draft and (self._is_unsaved or says_the_same(text_of(agreement), self._kept)):
                self.ui.editor.offer_people(self.case, self._mediators())
                self.preview.draw()
            else:
                self._show_draft(agreement)
        else:
            self._show_frozen(agreement)

    def _fill_choice(self) -> None:
        assert self.case is not None
        choice = self.ui.agreement_choice
        choice.clear()
        for each in self.case.agreements:
            choice.addItem(_called(each), each.no)
        choice.setCurrentIndex(choice.findData(self.agreement.no) if self.agreement else -1)
        choice.setEnabled(choice.count() > 0)

    def _choose(self) -> None:
        assert self.case is not None
        self._show(self.case.agreement(int(self.ui.agreement_choice.currentData())))

    def _offer_steps(self) -> None:
        """Show the buttons of the steps that can be taken now, and let their keys work."""
        assert self.case is not None
        agreement = self.agreement
        binding = agreement is not None and agreement.effective_on is not None
        frozen = agreement is not None and not agreement.is_draft and agreement.withdrawn_at is None
        draft = agreement is not None and agreement.is_draft
        has_draft = any(each.is_draft for each in self.case.agreements)
        waiting = any(
            not each.is_draft and each.withdrawn_at is None and each.effective_on is None
            for each in self.case.agreements
        )
        offered = {
            "begin_written": not has_draft and not waiting,
            "begin_oral": not has_draft and not waiting,
            "freeze": draft,
            "drop_draft": draft,
            "sign": frozen and not binding,
            "withdraw": frozen and not binding,
            "perform": binding and agreement is not None and bool(outstanding(agreement.obligations)),
            "follow_up": binding,
            "print_paper": draft or frozen,
            "save_pdf": draft or frozen,
        }
        for name, can_be_taken in offered.items():
            self._steps[name].setEnabled(can_be_taken)
            getattr(self.ui, name).setVisible(can_be_taken)
        further = bool(self.case.effective_agreements)
        self.ui.begin_written.setText("起草补充协议" if further else "起草书面协议")
        self.ui.begin_oral.setText("口头补充协议" if further else "起草口头协议")

    def _show_nothing(self) -> None:
        self.ui.state_stack.setCurrentWidget(self.ui.empty_page)
        self.ui.empty_text.setText("还没有协议。登记调解记录和调解结果后，按“起草书面协议”或“起草口头协议”。")
        self.ui.state_line.setText("")
        self.ui.preview.clear()
        self.ui.findings_panel.hide()

    def _show_draft(self, agreement: Agreement) -> None:
        case = self.case
        assert case is not None
        self._kept = text_of(agreement)
        self.ui.editor.ui.fields.setEnabled(not self.desk.database.read_only and self.desk.may(Right.AGREEMENTS))
        self.ui.editor.fill(self.desk, case, agreement, self._mediators())
        self.ui.state_stack.setCurrentWidget(self.ui.editor)
        self.ui.state_line.setText(f"{agreement.form.label}草稿，写下的内容自动保存。")
        self.ui.preview.clear()
        self.preview.follow(self._case_id, agreement.no)

    def _show_frozen(self, agreement: Agreement) -> None:
        assert self.case is not None
        self.ui.findings_panel.hide()
        self.ui.state.show_agreement(self.desk, self.case, agreement, self._mediators())
        self.ui.state_stack.setCurrentWidget(self.ui.state)
        assert agreement.frozen_at is not None
        self.ui.state_line.setText(f"{agreement.frozen_at:%Y-%m-%d} {show_time(agreement.frozen_at.time())} 定稿")
        if agreement.withdrawn_at is not None:
            self.ui.preview.clear("这份定稿已撤回，不再打印。")
            return
        with telling(self):
            self.ui.preview.show_pdf(self.desk.look(draw_paper, self._case_id, code_of(agreement), agreement.no))

    def _mediators(self) -> Mapping[int, Mediator]:
        assert self.case is not None
        numbers = mediators_of(self.case)
        return self.desk.look(lambda records, _: records.mediators.some(numbers))

    # ---- the draft

    def begin(self, form: AgreementForm) -> None:
        with telling(self):
            agreement = self.desk.do(draft_agreement, self._case_id, form=form)
            self._turn_to(agreement.no)

    def _typed(self) -> None:
        self._is_unsaved = True
        if not self._timer.isActive():
            self._timer.start()
        self.preview.touch()

    def save(self) -> bool:
        """Keep the draft as it stands. When the store refuses, the text stays on the screen and is tried again."""
        self._timer.stop()
        if not self._is_unsaved or self.agreement is None:
            return True
        case_id, no, text, was = self._case_id, self.agreement.no, self.ui.editor.read(), self._kept

        @wraps(save_draft)
        def keep(records: Records) -> None:
            self._kept = save_draft(records, self.desk.act(), case_id, no, text, was)

        try:
            self.desk.keep(keep)
        except ChangedMeanwhile as error:
            self._kept = was
            self.ui.state_line.setText(f"没有保存：{error}")
            self._ask_which_holds(str(error))
            return False
        except DeskError as error:
            self._kept = was
            self.ui.state_line.setText(f"没有保存：{error}")
            if isinstance(error, CannotSave):
                self._timer.start()
            return False
        self._is_unsaved = False
        self.ui.state_line.setText(f"{self.agreement.form.label}草稿，已保存 {show_time(self.desk.now().time())}")
        return True

    def _ask_which_holds(self, what_happened: str) -> None:
        """Two windows wrote this draft: somebody says which words hold; the others stay among its versions."""
        if self._question is not None:
            return
        box = QMessageBox(
            QMessageBox.Icon.Question, "两个窗口改了同一份草稿", "", QMessageBox.StandardButton.NoButton, self
        )
        box.setText(f"{what_happened}\n\n用哪一份？没有采用的一份留在“对比版本”里。")
        box.setObjectName("draft_question")
        later = box.addButton("先不保存", QMessageBox.ButtonRole.RejectRole)
        box.addButton("用我的", QMessageBox.ButtonRole.AcceptRole).clicked.connect(partial(self._settle, mine=True))
        box.addButton("用对方的", QMessageBox.ButtonRole.AcceptRole).clicked.connect(partial(self._settle, mine=False))
        box.setDefaultButton(later)
        box.setEscapeButton(later)
        box.finished.connect(self._question_answered)
        self._question = box
        box.open()

    def _question_answered(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    def _settle(self, *_: object, mine: bool) -> None:
        no = self._agreement.no
        with telling(self):
            self._kept = self.desk.do(settle_draft, self._case_id, no, self.ui.editor.read(), mine=mine)
            self._is_unsaved = False
            self._turn_to(no)
            if self.agreement is not None and self.agreement.is_draft:
                self._show_draft(self.agreement)

    def _show_findings(self, findings: list[Finding]) -> None:
        if self.agreement is None or not self.agreement.is_draft:
            return
        if self.ui.findings_panel.show_findings(findings):
            self.ui.paper_side.setSizes([self.height(), self.ui.findings_panel.sizeHint().height()])

    def _mend(self, finding: Finding) -> None:
        if finding.place == "outcome":
            self._record_outcome()
        else:
            self.ui.editor.go_to(finding.place, finding.excerpt)

    def _record_outcome(self) -> None:
        assert self.case is not None
        from mediation_desk.gui.outcome_dialog import OutcomeDialog

        OutcomeDialog(self.desk, self.case, self).open()

    def freeze(self) -> None:
        """Make the text final after asking; what must be mended is told at its field, what was found wants a reason."""
        if not self.save():
            return
        with telling(self):
            no = self._agreement.no
            findings = self.desk.look(findings_of, self._case_id, no)
            if hard := [finding for finding in findings if finding.is_hard]:
                self._refuse(RuleBroken(*(Fault(finding.sentence, finding.place) for finding in hard)))
                return
            if findings:
                self._freeze_in_spite_of(findings)
                return
            question = "定稿后文本不能再改，并取得正式编号。请先与各方当事人核对内容、金额和日期。\n现在定稿吗？"
            ask(self, question, "定稿", partial(self._freeze, no))

    def _freeze_in_spite_of(self, findings: list[Finding]) -> None:
        assert self.case is not None
        from mediation_desk.gui.freeze_dialog import FreezeDialog

        FreezeDialog(self.desk, self.case, self._agreement, findings, self).open()

    def _freeze(self, no: int) -> None:
        if not self.save():
            return
        try:
            self.desk.do(freeze_agreement, self._case_id, no)
        except RuleBroken as refusal:
            self._refuse(refusal)
        except DeskError as error:
            tell(self, str(error))

    def _refuse(self, refusal: RuleBroken) -> None:
        fields = {fault.place: self.ui.editor.field_of(fault.place) for fault in refusal.faults}
        show_refusals(self, refusal, {place: field for place, field in fields.items() if field is not None})

    def drop_draft(self) -> None:
        no = self._agreement.no
        ask(self, "删除这份草稿？删除后不能恢复。", "删除草稿", partial(self._drop, no))

    def _drop(self, no: int) -> None:
        self._forget_what_is_typed()
        with telling(self):
            self.desk.do(drop_draft, self._case_id, no)

    # ---- the frozen text

    def sign(self) -> None:
        assert self.case is not None
        SignatureDialog(self.desk, self.case, self._agreement, self._mediators(), self).open()

    def withdraw(self) -> None:
        assert self.case is not None
        WithdrawDialog(self.desk, self.case, self._agreement, self).open()

    def perform(self, obligation_no: int | None = None) -> None:
        assert self.case is not None
        PerformanceDialog(self.desk, self.case, self._agreement, self, obligation_no).open()

    def _perform_chosen(self) -> None:
        if self._steps["perform"].isEnabled():
            self.perform(self.ui.state.ui.schedule.currentIndex().data(_PLACE))

    def follow_up(self) -> None:
        assert self.case is not None
        FollowUpDialog(self.desk, self.case, self).open()

    def print_paper(self) -> None:
        with telling(self):
            if self.save():
                print_agreement(self, self.desk, self._case_id, self._agreement)

    def save_pdf(self) -> None:
        with telling(self):
            if self.save():
                save_agreement_pdf(self, self.desk, self._case_id, self._agreement)

    # ---- what is at hand

    def _turn_to(self, no: int) -> None:
        """Show another agreement of the case as it is now."""
        self._read_anew()
        assert self.case is not None
        self._show(self.case.agreement(no))

    def _read_anew(self) -> None:
        case_id = self._case_id
        self.show_case(self.desk.look(lambda records, _: records.cases.get(case_id)))

    @property
    def _case_id(self) -> int:
        assert self.case is not None
        assert self.case.id is not None
        return self.case.id

    @property
    def _agreement(self) -> Agreement:
        assert self.agreement is not None
        return self.agreement


def _called(agreement: Agreement) -> str:
    """An agreement as the list names it."""
    if agreement.is_draft:
        standing = "草稿"
    elif agreement.withdrawn_at is not None:
        standing = "已撤回"
    else:
        standing = "已生效" if agreement.effective_on else "未生效"
    oral = "口头" if agreement.form is AgreementForm.ORAL else ""
    return f"{agreement.no}．{oral}{agreement.kind.label}（{standing}）{agreement.number}"
