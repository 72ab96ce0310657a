"""The registration form: four fields first, everything else below them and optional."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.domain.case import Answer
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.names import clean_digits
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.petition import ACCUSATION, PETITION_SOURCE
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, day_of, fill_codes, needed_day_of, yuan_of
from mediation_desk.gui.form_content import (
    content_of,
    line_of,
    offer_ticks,
    put_content,
    text_of,
    ticked,
    watch_inputs,
)
from mediation_desk.gui.forms.ui_intake import Ui_IntakeForm
from mediation_desk.gui.further_parties import FurtherFields, FurtherParties
from mediation_desk.gui.main_party import MainParty, PartyFields, on_answer
from mediation_desk.gui.party_dialog import PartyDialog
from mediation_desk.services.intake import Intake, check_intake
from mediation_desk.services.petitions import PetitionItem

T = TypeVar("T")

_CODES = ("dispute_kind", "channel", "case_source", "petition_kind")
_LINES = (
    "source_document",
    "petition_number",
    "accused_unit",
    "occurred_on",
    "occurred_at",
    "people_involved",
    "claimed_amount",
    "remark",
)
_LABEL_LENGTH = 16


class IntakeForm(QWidget):
    """What is asked at the window. `touched` comes with every change, also in a dialog that is open over the form."""

    touched = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_IntakeForm()
        self.ui.setupUi(self)
        self._dialog: PartyDialog | None = None
        self._dialog_of: str | int | None = None
        self.claimant = MainParty(desk, Side.CLAIMANT, "来访人", self._claimant_fields(), self)
        self.respondent = MainParty(desk, Side.RESPONDENT, "对方", self._respondent_fields(), self)
        self.further = FurtherParties(self._further_fields(), self)
        self._connect()
        self._blank: dict[str, Any] = {}
        self._stamp = ""
        self.clear()

    def _claimant_fields(self) -> PartyFields:
        ui = self.ui
        return PartyFields(
            ui.claimant_name,
            ui.claimant_name_caption,
            ui.claimant_kind,
            ui.claimant_id_number,
            ui.claimant_id_number_caption,
            ui.claimant_phone,
            ui.claimant_phone_caption,
            ui.claimant_answer,
            ui.claimant_answer_channel,
        )

    def _respondent_fields(self) -> PartyFields:
        ui = self.ui
        return PartyFields(
            ui.respondent_name,
            ui.respondent_name_caption,
            ui.respondent_kind,
            ui.respondent_id_number,
            ui.respondent_id_number_caption,
            ui.respondent_phone,
            ui.respondent_phone_caption,
            ui.respondent_answer,
            ui.respondent_answer_channel,
        )

    def _further_fields(self) -> FurtherFields:
        ui = self.ui
        return FurtherFields(
            ui.further_side,
            ui.further_names,
            ui.add_further,
            ui.further_parties,
            ui.further_caption,
            ui.edit_further,
            ui.mark_representative,
            ui.remove_further,
        )

    def _connect(self) -> None:
        ui = self.ui
        self.setFocusProxy(ui.claimant_name)
        add_action(self, "来访人更多资料", "Ctrl+I", lambda: self._open_dialog("claimant"), ui.claimant_more)
        add_action(self, "对方更多资料", "Ctrl+Shift+I", lambda: self._open_dialog("respondent"), ui.respondent_more)
        ui.claimant_answer.currentIndexChanged.connect(on_answer(self.claimant.fields, "visit"))
        ui.respondent_answer.currentIndexChanged.connect(on_answer(self.respondent.fields, "phone"))
        self.further.edit_wanted.connect(self._open_dialog)
        self.further.changed.connect(self._touch)
        for choice in (ui.case_source, ui.petition_kind):
            choice.currentIndexChanged.connect(self._suit_source)
        self._suit_source()
        watch_inputs(self, self._touch)

    # ---- filling and reading

    def clear(self) -> None:
        """Stand ready for the next visitor: nothing of the last one is left, and the choices are those of today."""
        if self._dialog is not None:
            self._dialog.reject()
        ui, today = self.ui, self._today
        for name in _CODES:
            fill_codes(getattr(ui, name), self.desk.rules.table(name), today)
        offer_ticks(ui.safety_flags, self.desk.rules.table("safety_flag"), today)
        for name in _LINES:
            getattr(ui, name).clear()
        for field in (ui.matter, ui.demand, ui.safety_note):
            field.clear()
        ui.further_names.clear()
        ui.further_side.setCurrentIndex(0)
        self.claimant.clear()
        self.respondent.clear()
        self.further.show_parties([])
        self._stamp = show_day(today)
        ui.requested_on.setText(self._stamp)
        ui.intake_scroll.verticalScrollBar().setValue(0)
        self._blank = self.content()

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed anything yet."""
        return self.content() == self._blank

    def parties(self) -> list[Party]:
        """Everybody named so far, numbered from 1, complete or not; a side of which nothing is known is left out."""
        named = [each.read() for each in (self.claimant, self.respondent) if not each.is_blank]
        parties = [*named, *self.further.parties]
        for no, party in enumerate(parties, start=1):
            party.no = no
        return parties

    def answers(self) -> list[tuple[int, Answer, str]]:
        """(number of the party, what it said to mediation, how it was asked) for those who were asked."""
        asked = []
        mains = [each for each in (self.claimant, self.respondent) if not each.is_blank]
        for no, main in enumerate(mains, start=1):
            if main.answer is not None:
                asked.append((no, main.answer, chosen(main.fields.answer_channel)))
        return asked

    def settle(self) -> None:
        """Add the names that were typed for further parties and not yet added."""
        if self.ui.further_names.text().strip():
            self.further.add_names()

    def places(self) -> dict[str, QWidget]:
        """The field for each place a refusal may name."""
        ui = self.ui
        names: list[QWidget] = [each.fields.name for each in (self.claimant, self.respondent) if not each.is_blank]
        names += [ui.further_parties] * len(self.further.parties)
        places: dict[str, QWidget] = {f"parties[{index}].name": field for index, field in enumerate(names)}
        return {**places, "representatives": ui.further_parties}

    def read(self, uid: str) -> Intake:
        """The intake under the uid of its draft. Raises `RuleBroken` with everything that keeps it from being taken."""
        ui, faults = self.ui, _Faults()
        requested_on = faults.ask(lambda: needed_day_of(ui.requested_on, self._today))
        intake = Intake(
            uid=uid,
            parties=tuple(self.parties()),
            matter=text_of(ui.matter),
            demand=text_of(ui.demand),
            requested_on=requested_on or self._today,
            occurred_on=faults.ask(lambda: day_of(ui.occurred_on, self._today)),
            occurred_at=line_of(ui.occurred_at),
            dispute_kind=chosen(ui.dispute_kind),
            case_source=chosen(ui.case_source),
            source_document=line_of(ui.source_document),
            channel=chosen(ui.channel),
            people_involved=faults.ask(lambda: _count_of(ui.people_involved)),
            claimed_fen=faults.ask(lambda: yuan_of(ui.claimed_amount)),
            safety_flags=tuple(ticked(ui.safety_flags)),
            safety_note=text_of(ui.safety_note),
            remark=line_of(ui.remark),
            from_draft=True,
        )
        if faults.found:
            faults.ask(lambda: check_intake(intake, self.desk.rules, self._today))
            raise RuleBroken(*faults.found)
        return intake

    def petition(self) -> PetitionItem | None:
        """What was said of a petition item, None where the matter is none or nothing was said yet."""
        ui = self.ui
        number, kind = line_of(ui.petition_number), chosen(ui.petition_kind)
        if chosen(ui.case_source) != PETITION_SOURCE or not (number or kind):
            return None
        received_on = needed_day_of(ui.requested_on, self._today)
        return PetitionItem(kind=kind, received_on=received_on, number=number, accused_unit=line_of(ui.accused_unit))

    def label(self) -> str:
        """What a draft of this form is called in lists: names, else the first words; never a number."""
        names = [each.read().name for each in (self.claimant, self.respondent)]
        said = " ".join(text_of(self.ui.matter).split())
        return " 与 ".join(name for name in names if name) or said[:_LABEL_LENGTH] or "未填姓名的登记"

    # ---- drafts

    def content(self) -> dict[str, Any]:
        """Everything as it was typed, in JSON values; a dialog that is open belongs to it."""
        content: dict[str, Any] = {
            "typed": content_of(self),
            "claimant": self.claimant.details(),
            "respondent": self.respondent.details(),
            "further": self.further.content(),
        }
        if self._dialog is not None:
            content["dialog"] = {"of": self._dialog_of, "content": self._dialog.content()}
        return content

    def put(self, content: dict[str, Any]) -> None:
        """Go on with what `content` gave; what another release left out stays as it is."""
        for main in (self.claimant, self.respondent):
            if main.side in content:
                main.put_details(content[main.side])
        self.further.put_content(content.get("further", []))
        put_content(self, content.get("typed", {}))
        if "dialog" in content:
            self._open_dialog(content["dialog"]["of"]).put(content["dialog"]["content"])

    # ---- what follows while somebody types

    @property
    def _today(self) -> date:
        return self.desk.now().date()

    def _touch(self) -> None:
        today = show_day(self._today)
        if self._stamp != today and self.ui.requested_on.text() == self._stamp and self._blank:
            self._stamp = today  # the form stood empty over night
            self.ui.requested_on.setText(today)
            self._blank["typed"]["requested_on"] = today
        everybody = [self.claimant.read(), self.respondent.read(), *self.further.parties]
        self.further.say_representatives(everybody, self.desk.rules.setting("most_representatives", self._today))
        self.touched.emit()

    def _suit_source(self) -> None:
        """Of a petition item more is asked, and of an accusation whom it is about."""
        ui = self.ui
        ui.petition_details.setVisible(chosen(ui.case_source) == PETITION_SOURCE)
        for part in (ui.accused_unit_caption, ui.accused_unit):
            part.setVisible(chosen(ui.petition_kind) == ACCUSATION)

    def _open_dialog(self, of: str | int) -> PartyDialog:
        """Ask for everything about the visitor, the other side, or the further party of a row."""
        main = {"claimant": self.claimant, "respondent": self.respondent}.get(str(of))
        party = main.read() if main else self.further.parties[int(of)]
        take: Callable[[Party], None] = main.show_party if main else lambda party: self.further.put(int(of), party)
        dialog = PartyDialog(self.desk, party, party.side, take, self)
        if main:
            dialog.ui.side.setEnabled(False)  # the visitor asks, the other side is asked
        self._dialog, self._dialog_of = dialog, of
        dialog.touched.connect(self.touched)
        dialog.finished.connect(self._dialog_done)
        dialog.open()
        return dialog

    def _dialog_done(self) -> None:
        self._dialog = self._dialog_of = None
        self._touch()


class _Faults:
    """Reads one field after the other and remembers what each refused, so that all is told at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def ask(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except RuleBroken as refusal:
            self.found += [fault for fault in refusal.faults if fault.place not in {each.place for each in self.found}]
            return None


def _count_of(field: QLineEdit) -> int | None:
    """A whole number of people as typed, "12", "１２人"; None for an empty field. Raises `RuleBroken` at this field."""
    typed = clean_digits(field.text()).strip().removesuffix("人").rstrip("。. ")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit():
        raise RuleBroken(Fault("请用数字填写人数。", field.objectName()))
    return int(typed)
