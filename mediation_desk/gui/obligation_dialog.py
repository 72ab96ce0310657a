"""One obligation of an agreement: who, to whom, how much or what, by when, how, in how many parts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mediation_desk.domain.agreement import Instalment, Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.instalments import equal_instalments
from mediation_desk.domain.money import figures, in_capitals, parse_yuan
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, day_of, fill_words, needed_day_of, yuan_of
from mediation_desk.gui.form_content import line_of, name_of
from mediation_desk.gui.forms.ui_obligation import Ui_ObligationForm
from mediation_desk.gui.instalments_model import InstalmentsModel
from mediation_desk.gui.live_checks import watch_name


class ObligationDialog(CaseDialog):
    """Emits `ready` with what stands in the form.

    It may be incomplete: the draft keeps it so, and the list of faults names what is missing.
    Payer and payee are chosen among the parties, or typed: then it is a third person.
    """

    ready = Signal(object)

    def __init__(self, desk: Desk, case: Case, obligation: Obligation | None, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_ObligationForm()
        self.ui.setupUi(self)
        self.model = InstalmentsModel(self.today, self)
        self.ui.instalments.setModel(self.model)
        self.ui.instalments.horizontalHeader().setStretchLastSection(True)
        fill_words(self.ui.kind, ObligationKind)
        for field in (self.ui.payer, self.ui.payee):
            field.addItem("", None)
            for party in case.parties:
                field.addItem(party.name, party.no)
        self._fill(obligation or Obligation(no=0))
        self._connect()
        self.wire(self.ui)
        self._show_kind()
        self._show_sum()

    def _connect(self) -> None:
        ui = self.ui
        watch_name(ui.payer, ui.payer_caption)
        watch_name(ui.payee, ui.payee_caption)
        ui.kind.currentIndexChanged.connect(self._show_kind)
        ui.amount.textChanged.connect(self._show_sum)
        ui.at_once.toggled.connect(self._show_kind)
        ui.split_equally.clicked.connect(self._split)
        ui.add_instalment.clicked.connect(self.model.add)
        ui.remove_instalment.clicked.connect(self._remove_instalment)
        self.model.dataChanged.connect(self._show_sum)
        self.model.modelReset.connect(self._show_sum)
        self.model.rowsInserted.connect(self._show_sum)
        self.model.rowsRemoved.connect(self._show_sum)

    def _fill(self, obligation: Obligation) -> None:
        ui = self.ui
        choose(ui.kind, obligation.kind)
        _show_person(ui.payer, obligation.payer_no, obligation.payer_name)
        _show_person(ui.payee, obligation.payee_no, obligation.payee_name)
        ui.what.setText(obligation.what)
        ui.amount.setText(figures(obligation.amount_fen) if obligation.amount_fen is not None else "")
        ui.means.setText(obligation.means)
        ui.due_on.setText(show_day(obligation.due_on))
        ui.at_once.setChecked(obligation.at_once)
        self.model.show(obligation.instalments)

    def _show_kind(self) -> None:
        """Only money has an amount and parts; what is done on the spot has no later day."""
        money, at_once = chosen(self.ui.kind) == ObligationKind.MONEY, self.ui.at_once.isChecked()
        self.ui.amount.setEnabled(money)
        self.ui.due_on.setEnabled(not at_once)
        for field in (
            self.ui.instalment_number,
            self.ui.first_due,
            self.ui.split_equally,
            self.ui.add_instalment,
            self.ui.remove_instalment,
            self.ui.instalments,
        ):
            field.setEnabled(money and not at_once)
        self._show_sum()

    def _show_sum(self) -> None:
        """Say the amount in capitals, and at once whether the parts sum to it."""
        total: int | None = None
        try:
            total = parse_yuan(self.ui.amount.text())
            self.ui.amount_words.setText(f"大写：{in_capitals(total)}")
        except ValueError as error:
            self.ui.amount_words.setText(str(error) if self.ui.amount.text().strip() else "大写：")
        try:
            self.ui.instalments_sum.setText(_compared(self.model.read(), total or 0))
        except RuleBroken as refusal:
            self.ui.instalments_sum.setText(str(refusal))

    def _split(self) -> None:
        """Propose equal monthly parts; each can be changed."""
        ui = self.ui
        with telling(self):
            total, first_due = yuan_of(ui.amount) or 0, needed_day_of(ui.first_due, self.today)
            try:
                self.model.show(equal_instalments(total, int(ui.instalment_number.text() or 0), first_due))
            except ValueError as error:
                sentence = str(error) if str(error).endswith("。") else "请填写期数，如 3。"
                raise RuleBroken(Fault(sentence, "instalment_number")) from error

    def _remove_instalment(self) -> None:
        row = self.ui.instalments.currentIndex().row()
        if self.model.rowCount():
            self.model.remove(row if row >= 0 else self.model.rowCount() - 1)

    def record(self) -> None:
        self.ready.emit(self.read())

    def read(self) -> Obligation:
        """What stands in the form. Raises `RuleBroken` at a field that cannot be read."""
        ui = self.ui
        money, at_once = chosen(ui.kind) == ObligationKind.MONEY, ui.at_once.isChecked()
        payer_no, payer_name = _person(ui.payer)
        payee_no, payee_name = _person(ui.payee)
        return Obligation(
            no=0,
            kind=ObligationKind(chosen(ui.kind)),
            payer_no=payer_no,
            payer_name=payer_name,
            payee_no=payee_no,
            payee_name=payee_name,
            amount_fen=yuan_of(ui.amount) if money else None,
            what=line_of(ui.what),
            means=line_of(ui.means),
            due_on=None if at_once else day_of(ui.due_on, self.today),
            at_once=at_once,
            instalments=self.model.read() if money and not at_once else [],
        )


def _compared(parts: list[Instalment], total: int) -> str:
    if not parts:
        return "没有分期。"
    added = sum(part.amount_fen for part in parts)
    if added == total:
        return f"{len(parts)}期合计{figures(added)}元，与金额一致。"
    less = "少" if added < total else "多"
    return f"{len(parts)}期合计{figures(added)}元，比金额{less}{figures(abs(total - added))}元，请核对。"


def _show_person(field: QComboBox, party_no: int | None, name: str) -> None:
    index = field.findData(party_no) if party_no is not None else 0
    field.setCurrentIndex(max(index, 0))
    if party_no is None and name:
        field.setCurrentIndex(-1)
        field.setEditText(name)


def _person(field: QComboBox) -> tuple[int | None, str]:
    """(number of the chosen party, "") or (None, the name typed)."""
    typed = name_of(field)
    index = field.currentIndex()
    if index < 0 or field.itemText(index) != typed:
        index = field.findText(typed)
    number = field.itemData(index) if index >= 0 else None
    return (int(number), "") if number is not None else (None, typed)
