"""The visitor, or the other side: a name first, then as much as there is time for, and whether it wants mediation."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from mediation_desk.domain.case import Answer
from mediation_desk.domain.identity import PaperFacts, check_paper, check_phone, check_uscc
from mediation_desk.domain.names import clean_name
from mediation_desk.domain.party import Party, PartyKind, Side
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, fill_codes, fill_words
from mediation_desk.gui.live_checks import NumberCheck, asks_for_reason, caption, in_words, watch_name, watch_phone
from mediation_desk.gui.party_dialog import ID_CARD
from mediation_desk.gui.party_json import party_from_json, party_to_json

_NOT_ASKED = "尚未征询"


class PartyFields(NamedTuple):
    """The inputs of one side on the registration form."""

    name: QLineEdit
    name_caption: QLabel
    kind: QComboBox
    id_number: QLineEdit
    id_number_caption: QLabel
    phone: QLineEdit
    phone_caption: QLabel
    answer: QComboBox
    answer_channel: QComboBox


class MainParty(QObject):
    """The first party of a side. What the form has no field for is kept from the dialog (更多资料)."""

    def __init__(self, desk: Desk, side: Side, who: str, fields: PartyFields, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.side, self._who, self.fields = desk, side, who, fields
        self._details = Party(no=0, side=side, name="")
        fill_words(fields.kind, PartyKind)
        fill_words(fields.answer, Answer, blank=_NOT_ASKED)
        watch_name(fields.name, fields.name_caption)
        watch_phone(fields.phone, fields.phone_caption)
        self._number = NumberCheck(fields.id_number, fields.id_number_caption, self._facts, self._words)
        fields.kind.currentIndexChanged.connect(self._suit_kind)
        self.clear()

    def clear(self) -> None:
        """Stand ready for the next person."""
        fields = self.fields
        fill_codes(fields.answer_channel, self._desk.rules.table("channel"), self._today)
        fields.answer.setCurrentIndex(0)
        self.show_party(Party(no=0, side=self.side, name=""))

    def show_party(self, party: Party) -> None:
        """Take over all of a party, also what is not to be seen here."""
        self._details = party
        fields = self.fields
        choose(fields.kind, party.kind)
        fields.name.setText(party.name)
        fields.id_number.setText(party.uscc if party.kind is PartyKind.ORGANISATION else party.id_number)
        fields.phone.setText(party.phone)
        self._suit_kind()

    def read(self) -> Party:
        """The party as it stands, complete or not; its number within the case is still 0."""
        fields = self.fields
        party = party_from_json(party_to_json(self._details))
        party.kind = PartyKind(chosen(fields.kind))
        party.name, _ = clean_name(fields.name.text())
        party.phone, _ = check_phone(fields.phone.text())
        facts = self._facts(fields.id_number.text())
        if party.kind is PartyKind.ORGANISATION:
            party.uscc = facts.number
            party.id_paper = party.id_number = party.gender = ""
            party.birth_date = None
            return party
        party.uscc = ""
        if facts.number != party.id_number:  # typed here, not in the dialog: the facts of the new number count
            party.birth_date, party.gender = facts.birth_date, facts.gender
        party.id_number = facts.number
        if facts.number:
            party.id_paper = self._paper
        elif not asks_for_reason(self._desk.rules.table("id_paper"), party.id_paper):
            party.id_paper = ""
        return party

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known yet about anybody here."""
        blank = Party(no=0, side=self.side, kind=PartyKind(chosen(self.fields.kind)), name="")
        return party_to_json(self.read()) == party_to_json(blank)

    @property
    def answer(self) -> Answer | None:
        """What this party said to mediation; None when it was not asked."""
        answer = chosen(self.fields.answer)
        return Answer(answer) if answer else None

    def details(self) -> dict[str, Any]:
        """What came from the dialog, for a draft."""
        return party_to_json(self._details)

    def put_details(self, values: dict[str, Any]) -> None:
        """Go on with what `details` gave."""
        self.show_party(party_from_json(values))

    @property
    def _today(self) -> date:
        return self._desk.now().date()

    @property
    def _paper(self) -> str:
        known = self._details.id_paper
        return ID_CARD if not known or asks_for_reason(self._desk.rules.table("id_paper"), known) else known

    def _facts(self, typed: str) -> PaperFacts:
        if chosen(self.fields.kind) == PartyKind.ORGANISATION:
            return check_uscc(typed)
        return check_paper(self._paper, typed, self._today)

    def _words(self, facts: PaperFacts) -> str:
        words = in_words(facts, self._desk.rules.table("gender"), self._today)
        lacking = facts.birth_date is not None and self.read().lacks_guardian(self._today)
        return f"{words}；请在“更多资料”登记法定代理人" if lacking else words

    def _suit_kind(self) -> None:
        if chosen(self.fields.kind) == PartyKind.ORGANISATION:
            text = "统一社会信用代码"
        else:
            text = f"{self._desk.rules.table('id_paper').label(self._paper)}号码"
        caption(self.fields.id_number_caption, f"{self._who}{text}")
        if self.fields.id_number.text():
            self._number.tell()


def on_answer(fields: PartyFields, channel: str) -> Callable[[], None]:
    """Propose how a party was asked as soon as its answer is chosen; it can be seen and changed."""

    def propose() -> None:
        if chosen(fields.answer) and not chosen(fields.answer_channel):
            choose(fields.answer_channel, channel)

    return propose
