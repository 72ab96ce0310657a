"""Gives a case to a mediator: who comes first and why, who is kept out and why, and what nobody has asked yet."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QButtonGroup, QHeaderView, QPushButton, QWidget

from mediation_desk.domain.case import AssignmentRole, Case, ChosenBy
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.ranking import Bar, Candidate, Person, Ranked
from mediation_desk.domain.ranking_words import draw_in_words, ways_out, why_nobody
from mediation_desk.domain.recusal import TABLE, Relations, gives_way
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.bias_questions import BiasQuestions
from mediation_desk.gui.candidate_lines import CARDS, COLUMNS, CandidateLines
from mediation_desk.gui.case_dialog import CaseDialog, offer_parties
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, fill_codes, fill_words, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_assign import Ui_AssignForm
from mediation_desk.gui.line_model import LineModel
from mediation_desk.gui.tick_list import ticked_people
from mediation_desk.services.assignment import (
    Choice,
    assign,
    assign_all,
    decide_objection,
    record_recusal,
    record_stance,
)
from mediation_desk.services.ranking import OWN_TITLES, Considered, consider

_BEST_PAIR = "联合调解，按最佳搭配指派"


class AssignDialog(CaseDialog):
    """Answers and opinions are recorded at once and rank everybody anew; the assignment itself is the last step.

    Who has no appointment of the committee presides only under another head, or helps (人民调解法 art. 13, 14, 20).
    """

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_AssignForm()
        self.ui.setupUi(self)
        self.model = LineModel(COLUMNS, self)
        self.questions = BiasQuestions(desk.rules, self.today, self)
        self.ui.questions_layout.addWidget(self.questions, 0, 0)
        self._cards: list[QPushButton] = [getattr(self.ui, f"card_{number}") for number in range(1, CARDS + 1)]
        self._card_group = QButtonGroup(self)
        self._shown: Considered
        self._offer_choices()
        self._show_table()
        self._read()
        self._wire()
        self.wire(self.ui)

    def _offer_choices(self) -> None:
        ui, table = self.ui, self.desk.rules.table
        fill_words(ui.assignment_role, AssignmentRole)
        fill_words(ui.chosen_by, ChosenBy)
        fill_words(ui.stance, StanceKind)
        ui.assignment_title.addItem("人民调解", "")
        for title in table("mediator_document").valid_on(self.today):
            if title.code not in OWN_TITLES:
                ui.assignment_title.addItem(title.label, title.code)
        fill_codes(ui.partner_profession, table("mediator_profession"), self.today, blank="不需要")
        offer_parties(ui.chosen_by_parties, self.case)
        offer_parties(ui.stance_parties, self.case)
        ui.assigned_on.setText(show_day(self.today))

    def _show_table(self) -> None:
        table = self.ui.mediator
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _wire(self) -> None:
        ui = self.ui
        for number, card in enumerate(self._cards):
            self._card_group.addButton(card, number)
        self._card_group.idClicked.connect(ui.mediator.selectRow)
        ui.mediator.selectionModel().currentRowChanged.connect(self._weigh)
        ui.assignment_role.currentIndexChanged.connect(self._read)
        ui.partner_profession.currentIndexChanged.connect(self._read)
        ui.chosen_by.currentIndexChanged.connect(self._suit_choices)
        ui.stance.currentIndexChanged.connect(self._suit_choices)
        self.questions.answered.connect(self._answer)
        ui.record_stance.clicked.connect(self._record_stance)
        ui.uphold_objection.clicked.connect(lambda: self._decide(upheld=True))
        ui.overrule_objection.clicked.connect(lambda: self._decide(upheld=False))
        add_action(self, "按联合方案指派", "Ctrl+Shift+Return", self._assign_pair, ui.pair_button)

    def propose(self, mediator_id: int, why: str) -> None:
        """Choose somebody who is known already, e.g. who accepted a call; as a helper where presiding is barred.

        `why` is proposed as the line that says why it is not the first.
        """
        if mediator_id not in {candidate.person.id for candidate in self._shown.ranked.candidates}:
            choose(self.ui.assignment_role, AssignmentRole.HELPER)
        rows = [line.key.id for line in self.model.lines]
        if mediator_id in rows:
            self.ui.mediator.selectRow(rows.index(mediator_id))
        if self._passes_over_the_first():
            self.ui.override_reason.setText(why)

    # ---- reading and showing

    def _read(self) -> None:
        """Rank everybody anew; whoever was chosen stays chosen, else the first is."""
        before = self._chosen()
        role = AssignmentRole(chosen(self.ui.assignment_role))
        self._shown = self.desk.look(consider, self.case_id, role, chosen(self.ui.partner_profession))
        self.case = self._shown.case
        ranked = self._shown.ranked
        self._words = CandidateLines(ranked, self._shown.mediators, self.desk.rules)
        self.model.show(self._words.lines())
        self._show_cards(ranked)
        self._show_nobody(ranked)
        self._show_pair()
        rows = [line.key.id for line in self.model.lines]
        self.ui.mediator.selectRow(rows.index(before.id) if before and before.id in rows else 0)
        self._weigh()

    def _show_cards(self, ranked: Ranked) -> None:
        for place, card in enumerate(self._cards):
            text = self._words.card(place)
            card.setText(text)
            card.setAccessibleName(text.replace("\n", "，"))
            card.setVisible(bool(text))
        names = {each.person.id: each.person.name for each in ranked.candidates}
        first = {each.person.id for each in ranked.candidates[:CARDS]}
        drawn = [
            draw_in_words([names[each] for each in group], ranked.seed)
            for group in ranked.drawn
            if first.intersection(group)  # a tie further down decides nothing
        ]
        self.ui.draw_text.setText("；".join(drawn))
        self.ui.draw_text.setVisible(bool(drawn))

    def _show_nobody(self, ranked: Ranked) -> None:
        nobody = not ranked.candidates
        self.ui.nobody_text.setVisible(nobody)
        if nobody:
            ways = "、".join(way.said for way in ways_out(ranked.excluded)) if ranked.excluded else ""
            self.ui.nobody_text.setText(why_nobody(ranked.excluded) + (f"。可行办法：{ways}。" if ways else ""))

    def _show_pair(self) -> None:
        ui, shown = self.ui, self._shown
        asked = shown.partners is not None
        ui.pair_text.setVisible(asked)
        ui.pair_button.setVisible(asked and shown.pair is not None)
        if shown.partners is not None and shown.pair is not None:
            head, helper = shown.pair
            ui.pair_text.setText(
                f"联合方案：{head.person.name}主持（{head.score}分）＋{helper.person.name}协助（{helper.score}分）。"
            )
        elif shown.partners is not None:
            ui.pair_text.setText(f"没有合适的搭档：{why_nobody(shown.partners.excluded)}")

    def _chosen(self) -> Person | None:
        index = self.ui.mediator.currentIndex()
        known = index.isValid() and index.row() < len(self.model.lines)
        found: Person | None = self.model.lines[index.row()].key if known else None
        return found

    def _weigh(self) -> None:
        """Show what is to be known, asked and said of the one who is chosen."""
        ui, person = self.ui, self._chosen()
        ui.fitness_text.setText(self._words.told(person) if person else "")
        ui.fitness_text.setVisible(bool(ui.fitness_text.text()))
        self._card_group.setExclusive(False)
        for place, card in enumerate(self._cards):
            candidates = self._shown.ranked.candidates
            card.setChecked(person is not None and place < len(candidates) and candidates[place].person is person)
        self._card_group.setExclusive(True)
        self.questions.setEnabled(person is not None)
        if person is not None:
            mediator = self._shown.mediators[person.id]
            relations = Relations(self.case, self.desk.rules, self.today)
            self.questions.show_answers({code: answer for code, (answer, _) in relations.answers(mediator).items()})
            self._show_stances(relations, person)
            choose(ui.assignment_title, person.title)
        self._suit_choices()

    def _show_stances(self, relations: Relations, person: Person) -> None:
        stances = relations.stances(self._shown.mediators[person.id])
        decided = {True: "（异议成立）", False: "（异议不成立）", None: ""}
        told = [
            f"{self.case.party_name(no)}{each.kind.label}{person.name}"
            + (f"：{each.reason}" if each.reason else "")
            + decided[each.upheld]
            for no, each in stances.items()
            if each.kind is not StanceKind.WITHDRAWN
        ]
        self.ui.stances_text.setText("；".join(told))
        self.ui.stances_text.setVisible(bool(told))
        self._undecided = [
            no for no, each in stances.items() if each.kind is StanceKind.OPPOSES and each.upheld is None
        ]
        chose = [no for no, each in stances.items() if each.kind is StanceKind.CHOOSES]
        choose(self.ui.chosen_by, ChosenBy.PARTIES if chose else ChosenBy.COMMITTEE)
        offer_parties(self.ui.chosen_by_parties, self.case, chose)

    def _suit_choices(self) -> None:
        """Ask only for what this choice needs."""
        ui, person = self.ui, self._chosen()
        first = self._shown.ranked.candidates[:1]
        waits = bool(person and self._undecided)
        for fields, wanted in (
            ((ui.assignment_title_caption, ui.assignment_title), chosen(ui.assignment_role) == "presiding"),
            ((ui.chosen_by_parties_caption, ui.chosen_by_parties), chosen(ui.chosen_by) == ChosenBy.PARTIES),
            ((ui.despite_reason_caption, ui.despite_reason), bool(person and self._may_go_on(person))),
            ((ui.override_reason_caption, ui.override_reason), bool(first and first[0].person is not person)),
            ((ui.uphold_objection, ui.overrule_objection), waits),
            ((ui.stance_reason_caption, ui.stance_reason), chosen(ui.stance) == StanceKind.OPPOSES),
        ):
            for field in fields:
                field.setVisible(wanted)

    def _may_go_on(self, person: Person) -> bool:
        """Whether all that keeps a person out gives way where the parties agree."""
        return bool(person.barred) and all(
            each.bar is Bar.RECUSAL and gives_way(each.code, self.desk.rules) for each in person.barred
        )

    # ---- what is recorded at once

    def _answer(self, code: str, answer: str) -> None:
        person = self._chosen()
        if person is not None:
            with telling(self):
                self.desk.do(record_recusal, self.case_id, person.id, code, RecusalAnswer(answer))
            self._read()

    def _record_stance(self) -> None:
        person, ui = self._chosen(), self.ui
        with telling(self):
            if person is None:
                raise RuleBroken(Fault("请选择调解员。", "mediator"))
            kind, reason = StanceKind(chosen(ui.stance)), line_of(ui.stance_reason)
            self.desk.do(record_stance, self.case_id, ticked_people(ui.stance_parties), person.id, kind, reason)
            ui.stance_reason.clear()
            offer_parties(ui.stance_parties, self.case)
            self._read()

    def _decide(self, *, upheld: bool) -> None:
        person = self._chosen()
        with telling(self):
            if person is not None:
                for party_no in self._undecided:
                    self.desk.do(decide_objection, self.case_id, party_no, person.id, upheld=upheld)
            self._read()

    # ---- the assignment

    def save(self) -> None:
        """What nobody has asked is named before the case is given; then it is kept as 未核实."""
        if self._passes_over_the_first() and not line_of(self.ui.override_reason):
            super().save()  # is refused anyway: nothing is asked in vain
            return
        person = self._chosen()
        self._confirm([person] if person else [], super().save)

    def record(self) -> None:
        person = self._chosen()
        if person is None:
            raise RuleBroken(Fault("请选择调解员。", "mediator"))
        ui = self.ui
        role, chosen_by = AssignmentRole(chosen(ui.assignment_role)), ChosenBy(chosen(ui.chosen_by))
        choice = Choice(
            mediator_id=person.id,
            role=role,
            title=chosen(ui.assignment_title) if role is AssignmentRole.PRESIDING else "",
            chosen_by=chosen_by,
            chosen_by_nos=tuple(ticked_people(ui.chosen_by_parties)) if chosen_by is ChosenBy.PARTIES else (),
            despite_reason=text_of(ui.despite_reason),
            assigned_on=needed_day_of(ui.assigned_on, self.today),
            ranked=self._shown.ranked,
            override_reason=line_of(ui.override_reason),
        )
        self.desk.do(assign, self.case_id, choice)

    def _passes_over_the_first(self) -> bool:
        person, candidates = self._chosen(), self._shown.ranked.candidates
        return person is not None and bool(candidates) and candidates[0].person.id != person.id

    def _assign_pair(self) -> None:
        shown = self._shown
        if shown.pair is not None:
            self._confirm([each.person for each in shown.pair], self._save_pair)

    def _save_pair(self) -> None:
        with telling(self):
            self.desk.do(assign_all, self.case_id, list(self._pair_choices()))
            self.accept()

    def _pair_choices(self) -> Iterable[Choice]:
        shown = self._shown
        assert shown.pair is not None
        assert shown.partners is not None
        assert shown.heads is not None
        orders = (shown.heads, AssignmentRole.PRESIDING), (shown.partners, AssignmentRole.HELPER)
        for (order, role), candidate in zip(orders, shown.pair, strict=True):
            yield Choice(
                mediator_id=candidate.person.id,
                role=role,
                title=candidate.person.title,
                assigned_on=needed_day_of(self.ui.assigned_on, self.today),
                ranked=order,
                override_reason="" if _is_first(order, candidate) else _BEST_PAIR,
            )

    def _confirm(self, people: Iterable[Person], go_on: Callable[[], object]) -> None:
        table = self.desk.rules.table(TABLE)
        open_ = [
            f"{person.name}：{'、'.join(table[code].extra['question'] for code in person.unchecked)}"
            for person in people
            if person.unchecked and not person.barred
        ]
        if not open_:
            go_on()
            return
        told = "\n".join(open_)
        ask(self, f"未核实与当事人关系：\n{told}\n仍然指派的，按“未核实”留存。", "未核实，仍要指派", go_on)


def _is_first(order: Ranked, candidate: Candidate) -> bool:
    return order.candidates[0].person.id == candidate.person.id
