"""Records how a case stands to an earlier one, or one of its parties to a party there."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.relation import OF_PERSONS, RelationKind
from mediation_desk.domain.repeats import Person
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_words
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_relate import Ui_RelateForm
from mediation_desk.services.act import Act
from mediation_desk.services.relations import merge, relate
from mediation_desk.services.similar import repeat_candidates
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records

_NOTES = {
    RelationKind.SAME_DISPUTE: "计为再次来访，记明首次和直接前案。",
    RelationKind.NEW_DISPUTE: "当事人来过，这次是另一件事，不计为重复。",
    RelationKind.SAME_PERSON: "两边写法不同，是同一个人；各案的当事人不变。",
    RelationKind.OTHER_PERSON: "姓名等相同，不是同一个人。",
    RelationKind.MERGED: "同一件事登记了两次：以后都在那个案件里办理，本案的资料都保留，可以撤回。",
}


class RelateDialog(CaseDialog):
    """Offers the cases that are found by the parties; any other one is named by its number."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = ui = Ui_RelateForm()
        ui.setupUi(self)
        ui.other_case.addItem("请选择", None)
        for row in desk.look(_perhaps_earlier, case):
            day = show_day(row.registered_at.date())
            ui.other_case.addItem(f"{day}　{row.called}", row.id)
        fill_words(ui.relation_kind, _NOTES)
        for party in case.parties:
            ui.own_party.addItem(f"{party.name}（{party.side.label}）", party.no)
        ui.relation_kind.currentIndexChanged.connect(self._suit_kind)
        ui.other_case.currentIndexChanged.connect(self._offer_people)
        ui.other_number.editingFinished.connect(self._offer_people)
        self._suit_kind()
        self._offer_people()
        self.wire(ui)

    def _suit_kind(self) -> None:
        ui, kind = self.ui, RelationKind(chosen(self.ui.relation_kind))
        ui.relation_note.setText(_NOTES[kind])
        for field in (ui.own_party, ui.other_party):
            ui.fields_layout.setRowVisible(field, kind in OF_PERSONS)
        ui.relation_reason_caption.setText("并入的原因(&R)" if kind is RelationKind.MERGED else "说明(&R)")

    def _offer_people(self) -> None:
        """The parties of the other case; nobody while it is not known, or cannot be found."""
        self.ui.other_party.clear()
        for person in self.desk.look(_people_of, self.ui.other_case.currentData(), line_of(self.ui.other_number)):
            self.ui.other_party.addItem(person.name, int(person.no))

    def record(self) -> None:
        ui, kind = self.ui, RelationKind(chosen(self.ui.relation_kind))
        number, other_id = line_of(ui.other_number), ui.other_case.currentData()
        if number:
            other_id = self.desk.look(lambda records, _: records.cases.id_of_number(number))
        refuse_unless(other_id is not None, "请选择一个以往案件，或者填它的编号。", "other_case")
        if kind is RelationKind.MERGED:
            self.desk.do(merge, self.case_id, other_id, reason=text_of(ui.relation_reason))
            return
        self.desk.do(
            relate,
            self.case_id,
            other_id,
            kind,
            party_no=ui.own_party.currentData(),
            other_party_no=ui.other_party.currentData(),
            reason=text_of(ui.relation_reason),
        )


def _perhaps_earlier(records: Records, act: Act, case: Case) -> list[CaseRow]:
    found = repeat_candidates(records, act, case.parties, f"{case.matter}\n{case.demand}", except_id=case.id)
    return records.cases.rows(each.case_id for each in found)


def _people_of(records: Records, _act: Act, case_id: int | None, number: str) -> list[Person]:
    wanted = records.numbers.case_id_of(number) if number else case_id
    return records.party_keys.people([wanted]).get(wanted, []) if wanted is not None else []
