"""Gives a case to a mediator: who is here first, with what the clerk weighs beside the name."""

from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.case import AssignmentRole, Case, ChosenBy
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.gui.case_dialog import CaseDialog, offer_parties
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, fill_words, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_assign import Ui_AssignForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.mediator_choice import Candidate, candidates
from mediation_desk.gui.tick_list import ticked_people
from mediation_desk.services.assignment import Choice, assign

OWN_TITLES = ("people_mediation", "helper")
"""Codes of `mediator_document` that the role says already."""


class AssignDialog(CaseDialog):
    """Who has no appointment of the committee is proposed as a helper (人民调解法 art. 13, 14, 20)."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_AssignForm()
        self.ui.setupUi(self)
        self.model = LineModel(("姓名", "现在", "擅长此类", "本会聘任", "在办", "职业身份", "单位"), self)
        self._offer_choices()
        self.ui.assigned_on.setText(show_day(self.today))
        self.ui.assignment_role.currentIndexChanged.connect(self._suit_choices)
        self.ui.chosen_by.currentIndexChanged.connect(self._suit_choices)
        self._offer_candidates()
        self._suit_choices()
        self.wire(self.ui)

    def _offer_choices(self) -> None:
        ui = self.ui
        fill_words(ui.assignment_role, AssignmentRole)
        fill_words(ui.chosen_by, ChosenBy)
        for answer in (ui.kinship, ui.same_employer, ui.earlier_role):
            fill_words(answer, RecusalAnswer)
            choose(answer, RecusalAnswer.UNCHECKED)
        ui.assignment_title.addItem("人民调解", "")
        for title in self.desk.rules.table("mediator_document").valid_on(self.today):
            if title.code not in OWN_TITLES:
                ui.assignment_title.addItem(title.label, title.code)
        offer_parties(ui.chosen_by_parties, self.case)

    def _offer_candidates(self) -> None:
        table = self.ui.mediator
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.model.show([self._line(each) for each in self.desk.look(candidates, self.case)])
        table.selectionModel().currentRowChanged.connect(self._weigh)
        table.selectRow(0)
        if not self.model.lines:
            self.ui.fitness_text.setText("名册里没有可以指派的人。请先在“调解员”页登记调解员。")

    def _line(self, candidate: Candidate) -> Line:
        mediator = candidate.mediator
        cells = (
            mediator.name,
            "在岗" if candidate.is_here else mediator.presence.label,
            "是" if candidate.knows_such_matters else "",
            "有效" if candidate.may_preside else "无",
            f"{candidate.open_cases}件",
            self.desk.rules.table("mediator_profession").label(mediator.profession),
            mediator.unit,
        )
        return Line(cells, candidate)

    def _chosen(self) -> Candidate | None:
        index = self.ui.mediator.currentIndex()
        found: Candidate | None = self.model.lines[index.row()].key if index.isValid() else None
        return found

    def _weigh(self) -> None:
        candidate = self._chosen()
        if candidate is not None:
            presiding = candidate.may_preside
            choose(self.ui.assignment_role, AssignmentRole.PRESIDING if presiding else AssignmentRole.HELPER)
            self.ui.fitness_text.setText(
                ""
                if presiding
                else f"{candidate.mediator.name}没有本调委会的有效聘任：可以协助调解，或以其他身份调解。"
            )

    def _suit_choices(self) -> None:
        ui, rows = self.ui, self.ui.fields_layout
        rows.setRowVisible(ui.assignment_title, chosen(ui.assignment_role) == AssignmentRole.PRESIDING)
        rows.setRowVisible(ui.chosen_by_parties, chosen(ui.chosen_by) == ChosenBy.PARTIES)

    def record(self) -> None:
        ui, candidate = self.ui, self._chosen()
        if candidate is None or candidate.mediator.id is None:
            raise RuleBroken(Fault("请选择调解员。", "mediator"))
        role, chosen_by = AssignmentRole(chosen(ui.assignment_role)), ChosenBy(chosen(ui.chosen_by))
        choice = Choice(
            mediator_id=candidate.mediator.id,
            role=role,
            title=chosen(ui.assignment_title) if role is AssignmentRole.PRESIDING else "",
            chosen_by=chosen_by,
            chosen_by_nos=tuple(ticked_people(ui.chosen_by_parties)) if chosen_by is ChosenBy.PARTIES else (),
            kinship=RecusalAnswer(chosen(ui.kinship)),
            same_employer=RecusalAnswer(chosen(ui.same_employer)),
            earlier_role=RecusalAnswer(chosen(ui.earlier_role)),
            despite_reason=text_of(ui.despite_reason),
            assigned_on=needed_day_of(ui.assigned_on, self.today),
        )
        self.desk.do(assign, self.case_id, choice)
