"""The marks that were really put on the paper, all in one go, each with its date."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.agreement import Agreement, SignatureKind, SignerRole
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Capacity, Party, PartyKind
from mediation_desk.gui.agreement_state import signer_in_words
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, fill_words, needed_day_of
from mediation_desk.gui.form_content import name_of
from mediation_desk.gui.forms.ui_mark import Ui_MarkForm
from mediation_desk.gui.forms.ui_signature import Ui_SignatureForm
from mediation_desk.gui.live_checks import watch_name
from mediation_desk.services.agreements import Mark, record_signatures


class MarkRow(QWidget):
    """One mark that is still needed. Nothing is ticked beforehand: a person says what is on the paper."""

    def __init__(self, role: SignerRole, number: int | None, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.role, self.number = role, number
        self.ui = Ui_MarkForm()
        self.ui.setupUi(self)
        self.ui.really_there.setText(name.replace("&", "&&"))
        self.ui.really_there.setAccessibleName(f"{name}已签署")
        fill_words(self.ui.signature_kind, SignatureKind)
        is_seal = role is SignerRole.SEAL
        choose(self.ui.signature_kind, SignatureKind.STAMP if is_seal else SignatureKind.HANDWRITTEN)
        self.ui.signer.setEnabled(not is_seal)
        self.ui.witness.setEnabled(role is SignerRole.PARTY)
        watch_name(self.ui.signer, self.ui.signer_caption)
        watch_name(self.ui.witness, self.ui.witness_caption)
        for field in (self.ui.signer, self.ui.signature_kind, self.ui.signed_on, self.ui.witness):
            field.setAccessibleName(f"{name}：{field.accessibleName()}")
            field.setObjectName(f"{field.objectName()}_{role.value}_{number or 0}")

    @property
    def is_there(self) -> bool:
        return self.ui.really_there.isChecked()


class SignatureDialog(CaseDialog):
    """Offers every mark that the agreement still needs, and the recorder's, whom nobody needs but the paper names."""

    def __init__(
        self, desk: Desk, case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], parent: QWidget
    ) -> None:
        super().__init__(desk, case, parent)
        self.agreement, self.mediators = agreement, mediators
        self.ui = Ui_SignatureForm()
        self.ui.setupUi(self)
        needed = agreement.missing_marks()
        if agreement.recorder and not agreement.signed_by(SignerRole.RECORDER):
            needed.append((SignerRole.RECORDER, None))
        self.rows = [self._row(role, number) for role, number in needed]
        self.ui.tick_all.clicked.connect(self._tick_all)
        self.wire(self.ui)
        self._show_missing()

    def _row(self, role: SignerRole, number: int | None) -> MarkRow:
        row = MarkRow(role, number, signer_in_words(self.case, role, number, self.mediators), self.ui.fields)
        row.ui.signer.addItems(self._signers(role, number))
        row.ui.signed_on.setText(show_day(self.today))
        row.ui.really_there.toggled.connect(self._show_missing)
        self.ui.marks.addWidget(row)
        row.show()  # now, not when the layout gets to it: the dialog takes its size from what is shown
        return row

    def _signers(self, role: SignerRole, number: int | None) -> list[str]:
        """Who may hold the pen, the likeliest first."""
        if role is SignerRole.PARTY:
            party = self.case.party(number)
            return signers_of(party, self.agreement.made_on or self.today) if party else []
        if role is SignerRole.MEDIATOR and number is not None and number in self.mediators:
            return [self.mediators[number].name]
        return [self.agreement.recorder] if role is SignerRole.RECORDER else []

    def _tick_all(self) -> None:
        for row in self.rows:
            row.ui.really_there.setChecked(True)

    def _show_missing(self) -> None:
        missing = [
            row.ui.really_there.text().replace("&&", "&")
            for row in self.rows
            if not row.is_there and row.role is not SignerRole.RECORDER
        ]
        self.ui.missing_line.setText(
            f"登记后还缺：{'、'.join(missing)}。协议暂不生效。" if missing else "登记后签署齐全，协议生效。"
        )

    def marks(self) -> list[Mark]:
        """The marks that are ticked. Raises `RuleBroken` at a date that cannot be read."""
        return [
            Mark(
                role=row.role,
                party_no=row.number if row.role is SignerRole.PARTY else None,
                mediator_id=row.number if row.role is SignerRole.MEDIATOR else None,
                signer_name=name_of(row.ui.signer),
                kind=SignatureKind(chosen(row.ui.signature_kind)),
                signed_on=needed_day_of(row.ui.signed_on, self.today),
                witness=name_of(row.ui.witness),
            )
            for row in self.rows
            if row.is_there
        ]

    def save(self) -> None:
        """Record the marks and close; a refused one is told at its own date."""
        there = [row for row in self.rows if row.is_there]
        with telling(self, {f"signatures[{index}]": row.ui.signed_on for index, row in enumerate(there)}):
            refuse_unless(there, "请勾选已经签署的。")
            self.desk.do(record_signatures, self.case_id, self.agreement.no, self.marks())
            self.accept()


def signers_of(party: Party, day: date) -> list[str]:
    """Who may sign for a party that day: itself or its agents; its guardians where it cannot alone (民法典 art. 23)."""
    agents = [agent.name for agent in party.agents]
    if party.capacity_on(day) is not Capacity.FULL:
        return [guardian.name for guardian in party.guardians]
    if party.kind is PartyKind.ORGANISATION:
        return [name for name in (party.legal_representative, *agents) if name] or [party.name]
    return [party.name, *agents]
