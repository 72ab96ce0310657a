"""当事人: the parties by side with their papers and agents; adding, correcting and removing one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.masking import masked_number, masked_phone
from mediation_desk.domain.party import Agent, Capacity, Party, PartyKind, Side
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.as_registered import intake_of
from mediation_desk.gui.asking import ask
from mediation_desk.gui.conflict_dialog import correct_or_settle
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_parties import Ui_PartiesForm
from mediation_desk.gui.party_dialog import PartyDialog
from mediation_desk.services.disclosure import show_numbers
from mediation_desk.services.intake import next_party_no
from mediation_desk.store.draft import Draft

FORM = "party"
_NO = Qt.ItemDataRole.UserRole


class PartiesTab(QWidget):
    """Numbers of persons are masked until those of one are asked for, and again when one looks away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._revealed: int | None = None
        self.ui = Ui_PartiesForm()
        self.ui.setupUi(self)
        ui = self.ui
        ui.party_tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        ui.party_tree.currentItemChanged.connect(self._show_chosen)
        ui.party_tree.itemActivated.connect(lambda _: self.edit())
        for side, key, button in (
            (Side.CLAIMANT, "Ctrl+Shift+A", ui.add_claimant_button),
            (Side.RESPONDENT, "Ctrl+Shift+E", ui.add_respondent_button),
            (Side.OTHER, "Ctrl+Shift+O", ui.add_other_button),
        ):
            add_action(
                self,
                f"添加{side.label}",
                key,
                partial(self.add, side),
                button,
                needs=self.desk.needs(Right.REGISTER, Right.MEDIATE),
            )
        add_action(
            self, "修改当事人", "F2", self.edit, ui.edit_button, needs=self.desk.needs(Right.REGISTER, Right.MEDIATE)
        )
        add_action(
            self,
            "移除当事人",
            "Ctrl+Del",
            self.remove,
            ui.remove_button,
            needs=self.desk.needs(Right.REGISTER, Right.MEDIATE),
        )
        add_action(
            self,
            "显示或隐藏所选当事人的全号",
            "F6",
            self.reveal,
            ui.reveal_button,
            needs=self.desk.needs(Right.FULL_NUMBERS),
        )

    def show_case(self, case: Case) -> None:
        """Show the parties of `case`; the chosen one stays chosen."""
        if self.case is None or self.case.id != case.id:
            self._revealed = None
        self.case = case
        self._show_parties()

    def reveal(self) -> None:
        """Show the whole numbers of the chosen party and its agents, once it is logged; hide them when they are."""
        party = self._chosen()
        if party is None:
            return
        if self._revealed == party.no:
            self._revealed = None
        else:
            with telling(self):
                self.desk.disclose(show_numbers, self._case_id, party.name)
                self._revealed = party.no
        self._show_parties()

    def add(self, side: Side) -> None:
        """Ask for a further party and add it under a number that was never given before."""
        assert self.case is not None
        number = next_party_no(self.case)
        self._open_dialog(None, side, lambda parties, added: [*parties, replace(added, no=number)])

    def edit(self) -> None:
        """Correct the chosen party."""
        shown = self._chosen()
        if shown is not None:
            self._open_dialog(shown, shown.side, _replaced)

    def remove(self) -> None:
        """Ask, then take the chosen party out of the case; one that other facts refer to stays."""
        shown = self._chosen()
        if shown is None:
            return
        question = f"移除{shown.name}？其证件、住址和代理人信息一并删除，不能恢复。"
        ask(self, question, "移除", partial(self._remove, shown.no))

    def _remove(self, number: int) -> None:
        with telling(self):
            assert self.case is not None
            parties = [party for party in _parties(self.case) if party.no != number]
            self._correct(self.case, parties, self, lambda: None)

    def leave(self) -> None:
        """Keep what is half typed about a party."""
        for keeper in self.findChildren(DraftKeeper):
            keeper.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._revealed is not None:
            self._revealed = None
            self._show_parties()
        super().hideEvent(event)

    # ---- correcting

    def _open_dialog(self, party: Party | None, side: Side, put: Callable[[list[Party], Party], list[Party]]) -> None:
        """Ask for a party. What is typed is kept until it is saved or cancelled, and gone on with after a crash."""
        assert self.case is not None
        was = self.case  # what comes in from other desks while the dialog is open is not what it was filled from

        def take(read: Party) -> bool:
            return self._correct(was, put(_parties(was), read), dialog, dialog.accept)

        dialog = PartyDialog(self.desk, party, side, take, self)
        number = party.no if party else 0
        if party:
            self.desk.log.viewed(f"证件号码和电话全号：{party.name}", self._case_id)
        keeper = DraftKeeper(
            self.desk,
            FORM,
            lambda: {"no": number, "dialog": dialog.content()},
            lambda: f"当事人：{party.name if party else side.label}",
            case_id=self._case_id,
            parent=dialog,
        )
        dialog.open()
        draft = self._kept_draft(number)
        if draft is not None:
            keeper.take_up(draft)
            dialog.put(draft.content["dialog"])
        dialog.touched.connect(keeper.touch)
        dialog.finished.connect(lambda: self._forget(keeper))

    def _forget(self, keeper: DraftKeeper) -> None:
        with telling(self):
            keeper.forget()

    def _kept_draft(self, number: int) -> Draft | None:
        user_id, case_id = self.desk.user_id, self._case_id
        drafts = self.desk.look(lambda records, _: records.drafts.of_user(user_id, FORM, case_id))
        return next((draft for draft in drafts if draft.content["no"] == number), None)

    @property
    def _case_id(self) -> int:
        assert self.case is not None
        assert self.case.id is not None
        return self.case.id

    def _correct(self, was: Case, parties: list[Party], window: QWidget, then: Callable[[], object]) -> bool:
        intake = replace(intake_of(was, self.desk.new_uid()), parties=tuple(parties))
        return correct_or_settle(self.desk, was, intake, window, then)

    # ---- showing

    def _show_parties(self) -> None:
        assert self.case is not None
        tree, chosen = self.ui.party_tree, self._chosen()
        tree.clear()
        for side in Side:
            parties = self.case.side(side)
            if parties:
                top = QTreeWidgetItem(tree, [f"{side.label}（{len(parties)}）"])
                for party in parties:
                    self._add_party(top, party, is_chosen=chosen is not None and party.no == chosen.no)
        tree.expandAll()
        if tree.currentItem() is None:
            tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))

    def _add_party(self, top: QTreeWidgetItem, party: Party, *, is_chosen: bool) -> None:
        today = self.desk.now().date()
        age = party.age_on(today)
        in_full = party.no == self._revealed
        phone = party.phone if in_full else masked_phone(party.phone)
        cells = [party.name, f"{age}岁" if age is not None else "", self._paper(party, in_full=in_full), phone]
        item = QTreeWidgetItem(top, [*cells, self._hint(party)])
        item.setData(0, _NO, party.no)
        for agent in party.agents:
            relation = f"（{agent.relation}）" if agent.relation else ""
            number, phone = agent.id_number, agent.phone
            shown = (number, phone) if in_full else (masked_number(number), masked_phone(phone))
            cells = [f"{agent.kind.label}：{agent.name}{relation}", "", *shown]
            child = QTreeWidgetItem(item, [*cells, self._powers(agent)])
            child.setData(0, _NO, party.no)
        if is_chosen:
            self.ui.party_tree.setCurrentItem(item)

    def _paper(self, party: Party, *, in_full: bool) -> str:
        if party.kind is PartyKind.ORGANISATION:
            return party.uscc  # public, unlike the numbers of persons
        number = party.id_number if in_full else masked_number(party.id_number)
        return number or party.no_paper_reason

    def _hint(self, party: Party) -> str:
        today = self.desk.now().date()
        capacity = party.capacity_on(today)
        hints = ["代表人"] if party.represents_group else []
        if capacity is not Capacity.FULL:
            hints.append(capacity.label)
        if party.lacks_guardian(today):
            hints.append("签署前须登记法定代理人")
        if party.legal_representative:
            hints.append(f"{party.legal_representative_post or '法定代表人或负责人'}：{party.legal_representative}")
        return "，".join(hints)

    def _powers(self, agent: Agent) -> str:
        table = self.desk.rules.table("agent_power")
        return "、".join(filter(None, [*(table.label(power) for power in agent.powers), agent.powers_other]))

    def _chosen(self) -> Party | None:
        item = self.ui.party_tree.currentItem()
        return self.case.party(item.data(0, _NO)) if item is not None and self.case is not None else None

    def _show_chosen(self) -> None:
        party, table = self._chosen(), self.desk.rules.table
        self.ui.edit_button.setEnabled(party is not None)
        self.ui.remove_button.setEnabled(party is not None)
        is_shown = party is not None and party.no == self._revealed
        self.ui.reveal_button.setText("隐藏全号" if is_shown else "显示全号")
        self.ui.reveal_button.setEnabled(party is not None)
        if party is None:
            self.ui.party_text.setText("")
            return
        facts = (
            ("别名", party.aliases),
            ("性别", table("gender").label(party.gender)),
            ("民族", table("ethnicity").label(party.ethnicity)),
            ("国籍", party.nationality),
            ("证件", table("id_paper").label(party.id_paper)),
            ("职业", party.occupation),
            ("单位", party.workplace),
            ("住址", party.address),
            ("语言", "、".join(party.languages)),
        )
        told = "　".join(f"{caption}：{value}" for caption, value in facts if value)
        self.ui.party_text.setText(
            f"{party.name}　{told}" if told else f"{party.name}：还没有填写其他情况，按 F2 补充。"
        )


def _parties(case: Case) -> list[Party]:
    """Copies of the parties of a case."""
    return list(intake_of(case, "").parties)


def _replaced(parties: list[Party], corrected: Party) -> list[Party]:
    return [corrected if each.no == corrected.no else each for each in parties]
