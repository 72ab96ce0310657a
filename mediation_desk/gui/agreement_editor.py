"""The text of an agreement while it is a draft: what is typed here is the record, saved as one types."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent, QTextDocument
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QWidget

from mediation_desk.domain.agreement import Agreement, AgreementForm, Obligation, ObligationKind
from mediation_desk.domain.case import AssignmentRole, Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.money import figures
from mediation_desk.domain.performance_terms import proposed_terms
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import day_of
from mediation_desk.gui.form_content import line_of, name_of
from mediation_desk.gui.forms.ui_agreement_editor import Ui_AgreementEditorForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.live_checks import watch_name
from mediation_desk.gui.obligation_dialog import ObligationDialog
from mediation_desk.gui.tick_list import offer_people, ticked_people
from mediation_desk.services.agreements import AgreementText

_BETWEEN_HOLDERS = str.maketrans("，,；;", "、、、、")


class AgreementEditor(QWidget):
    """Shows a draft and says `typed` after each change by a person. It does not save: its page does."""

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AgreementEditorForm()
        self.ui.setupUi(self)
        self.desk: Desk | None = None
        self.case: Case | None = None
        self._obligations: list[Obligation] = []
        self._made_on: date | None = None
        self._filling = False
        self.model = LineModel(("项", "履行人", "接受人", "内容", "金额（元）", "期限", "方式"), self)
        self.ui.obligations.setModel(self.model)
        self.ui.obligations.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.obligations.activated.connect(self.edit_obligation)
        ui = self.ui
        ui.quote_matter.clicked.connect(self._quote_matter)
        add_action(self, "添加空白条款", "Ctrl+Shift+N", lambda: ui.clauses.add(""))
        add_action(self, "添加履行安排", "Ctrl+Shift+A", self.add_obligation, ui.add_obligation)
        add_action(self, "修改履行安排", "Ctrl+Shift+E", self.edit_obligation, ui.edit_obligation)
        add_action(self, "移除履行安排", "Ctrl+Shift+Delete", self.remove_obligation, ui.remove_obligation)
        add_action(self, "按履行安排填写履行方式、时限", "Ctrl+Shift+H", self._propose_terms, ui.propose_terms)
        for inputs in (ui.facts, ui.performance_terms):
            inputs.textChanged.connect(self._tell)
        for line in (ui.made_on, ui.recorder, ui.extra_holders):
            line.textChanged.connect(self._tell)
        ui.made_on.editingFinished.connect(self._check_day)
        watch_name(ui.recorder, ui.recorder_caption)
        for people in (ui.parties, ui.mediators):
            people.itemChanged.connect(self._tell)
        ui.clauses.changed.connect(self._tell)
        ui.confirmation_wanted.toggled.connect(self._tell)

    def showEvent(self, event: QShowEvent) -> None:
        """Be never narrower than the fields: they scroll up and down only."""
        bar = self.ui.fields_area.verticalScrollBar().sizeHint().width()
        self.ui.fields_area.setMinimumWidth(self.ui.fields.minimumSizeHint().width() + bar)
        super().showEvent(event)

    def fill(self, desk: Desk, case: Case, agreement: Agreement, mediators: Mapping[int, Mediator]) -> None:
        """Show a draft instead of what is there."""
        self.desk, self.case = desk, case
        self._filling = True
        ui = self.ui
        ui.facts.setPlainText(agreement.facts)
        ui.clauses.offer(desk.rules.clauses_for(case.dispute_kind, desk.now().date()))
        ui.clauses.show_clauses([clause.text for clause in agreement.clauses])
        ui.performance_terms.setPlainText(agreement.performance_terms)
        self._made_on = agreement.made_on
        ui.made_on.setText(show_day(agreement.made_on))
        ui.recorder.setText(agreement.recorder)
        ui.extra_holders.setText("、".join(agreement.extra_holders))
        ui.confirmation_wanted.setChecked(agreement.confirmation_wanted)
        self._offer_people(case, mediators, agreement.party_nos, agreement.mediator_ids)
        oral = agreement.form is AgreementForm.ORAL
        ui.parties_caption.setText("达成协议的当事人(&A)" if oral else "签署的当事人(&A)")
        self._obligations = list(agreement.obligations)
        self._show_obligations()
        self._filling = False
        self._show_copies()

    def offer_people(self, case: Case, mediators: Mapping[int, Mediator]) -> None:
        """Take over names and assignments that changed meanwhile; what is ticked stays."""
        self.case = case
        self._filling = True
        self._offer_people(case, mediators, ticked_people(self.ui.parties), ticked_people(self.ui.mediators))
        self._show_obligations()
        self._filling = False

    def _offer_people(
        self, case: Case, mediators: Mapping[int, Mediator], party_nos: list[int], mediator_ids: list[int]
    ) -> None:
        offer_people(self.ui.parties, {party.no: party.name for party in case.parties}, party_nos)
        offer_people(self.ui.mediators, self._signers(case, mediators, mediator_ids), mediator_ids)

    def read(self) -> AgreementText:
        """What stands in the form. A day that cannot be read yet leaves the last one that could."""
        ui = self.ui
        return AgreementText(
            facts=ui.facts.toPlainText(),
            clauses=ui.clauses.texts(),
            obligations=tuple(self._obligations),
            performance_terms=ui.performance_terms.toPlainText(),
            made_on=self._made_on,
            party_nos=tuple(ticked_people(ui.parties)),
            mediator_ids=tuple(ticked_people(ui.mediators)),
            recorder=name_of(ui.recorder),
            extra_holders=self._extra_holders(),
            confirmation_wanted=ui.confirmation_wanted.isChecked(),
        )

    def field_of(self, place: str) -> QWidget | None:
        """Where the fault of that place is mended: "facts", "clauses[2]", "obligations[0].amount"."""
        name, _, rest = place.partition("[")
        index = rest.partition("]")[0]
        if name == "clauses" and index:
            return self.ui.clauses.field(int(index)) or self.ui.clauses
        return self.findChild(QWidget, name) if name else None

    def go_to(self, place: str, excerpt: str = "") -> None:
        """Bring the field of a fault into sight and put the cursor on the words it is about; an obligation opens."""
        field = self.field_of(place)
        if field is None:
            return
        field.setFocus()
        self.ui.fields_area.ensureWidgetVisible(field)
        if excerpt and isinstance(field, QPlainTextEdit):
            found = field.document().find(excerpt, 0, QTextDocument.FindFlag.FindCaseSensitively)
            if not found.isNull():
                field.setTextCursor(found)
        name, _, rest = place.partition("[")
        if name == "obligations" and rest:
            self.ui.obligations.setCurrentIndex(self.model.index(int(rest.partition("]")[0]), 0))
            self.edit_obligation()

    # ---- obligations

    def add_obligation(self) -> None:
        self._open_obligation(None)

    def edit_obligation(self) -> None:
        row = self._chosen_row()
        if row is not None:
            self._open_obligation(row)

    def remove_obligation(self) -> None:
        row = self._chosen_row()
        if row is not None:
            self._obligations.pop(row)
            self._show_obligations()
            self._tell()

    def _chosen_row(self) -> int | None:
        row = self.ui.obligations.currentIndex().row()
        return row if 0 <= row < len(self._obligations) else None

    def _open_obligation(self, row: int | None) -> None:
        assert self.desk is not None
        assert self.case is not None
        if any(dialog.isVisible() for dialog in self.findChildren(ObligationDialog)):
            return
        dialog = ObligationDialog(self.desk, self.case, None if row is None else self._obligations[row], self)
        dialog.ready.connect(lambda obligation: self._put_obligation(row, obligation))
        dialog.open()

    def _put_obligation(self, row: int | None, obligation: Obligation) -> None:
        if row is None:
            self._obligations.append(obligation)
        else:
            self._obligations[row] = obligation
        self._show_obligations()
        self.ui.obligations.setCurrentIndex(self.model.index(len(self._obligations) - 1 if row is None else row, 0))
        self._tell()

    def _show_obligations(self) -> None:
        assert self.case is not None
        self.model.show(
            [obligation_line(self.case, each, number) for number, each in enumerate(self._obligations, start=1)]
        )

    # ---- the rest

    def _propose_terms(self) -> None:
        assert self.case is not None
        proposed = proposed_terms(self.case, self._obligations)
        kept = self.ui.performance_terms.toPlainText().strip()
        if proposed and proposed not in kept:
            self.ui.performance_terms.setPlainText("\n".join(filter(None, [kept, proposed])))
        self.ui.performance_terms.setFocus()

    def _quote_matter(self) -> None:
        assert self.case is not None
        kept = self.ui.facts.toPlainText().strip()
        if self.case.matter not in kept:
            self.ui.facts.setPlainText("\n".join(filter(None, [kept, self.case.matter])))
        self.ui.facts.setFocus()

    def _signers(self, case: Case, mediators: Mapping[int, Mediator], chosen: list[int]) -> dict[int, str]:
        """Those who preside; one without a valid appointment is offered with a word of warning."""
        assert self.desk is not None
        day = self._made_on or self.desk.now().date()
        presiding = [each.mediator_id for each in case.assignments if each.role is AssignmentRole.PRESIDING]
        return {
            number: mediators[number].name
            + ("" if mediators[number].may_preside(day, case.committee_id) else "（当日无有效聘任）")
            for number in [*presiding, *chosen]
            if number in mediators
        }

    def _extra_holders(self) -> tuple[str, ...]:
        typed = line_of(self.ui.extra_holders).translate(_BETWEEN_HOLDERS)
        return tuple(filter(None, (holder.strip() for holder in typed.split("、"))))

    def _check_day(self) -> None:
        assert self.desk is not None
        today = self.desk.now().date()
        with telling(self, {"made_on": self.ui.made_on}):
            self._made_on = day_of(self.ui.made_on, today)
            self.ui.made_on.setText(show_day(self._made_on))

    def _read_day(self) -> None:
        """Take over the day as soon as it can be read; until then the last one stands."""
        assert self.desk is not None
        try:
            self._made_on = day_of(self.ui.made_on, self.desk.now().date())
        except DeskError:
            return

    def _tell(self) -> None:
        if self._filling:
            return
        self._read_day()
        self._show_copies()
        self.typed.emit()

    def _show_copies(self) -> None:
        parties = len(ticked_people(self.ui.parties))
        copies = parties + 1 + len(self._extra_holders())
        self.ui.copies.setText(f"一式{copies}份")


def obligation_line(case: Case, obligation: Obligation, number: int) -> Line:
    """An obligation as a line of a list."""
    money = obligation.kind is ObligationKind.MONEY
    days = [show_day(due_on) for due_on, _ in obligation.due_parts]
    due = (
        "当场"
        if obligation.at_once
        else "；".join(days)
        if len(days) < 3
        else f"{len(days)}期：{days[0]} 至 {days[-1]}"
    )
    return Line(
        (
            str(number),
            case.party_name(obligation.payer_no, obligation.payer_name),
            case.party_name(obligation.payee_no, obligation.payee_name),
            obligation.what or ("付款" if money else ""),
            figures(obligation.amount_fen) if obligation.amount_fen is not None else "",
            due,
            obligation.means,
        ),
        number - 1,
    )
