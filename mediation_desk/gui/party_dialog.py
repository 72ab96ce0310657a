"""Asks for everything about one party: who it is, its papers, and who acts for it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from mediation_desk.domain.dates import parse_day, show_day
from mediation_desk.domain.errors import Faults, RuleBroken
from mediation_desk.domain.identity import PaperFacts, check_paper, check_phone, check_uscc
from mediation_desk.domain.names import LONGEST_NAME
from mediation_desk.domain.party import Agent, AgentKind, Capacity, Party, PartyKind, Side
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.agent_dialog import AgentDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, fill_words
from mediation_desk.gui.form_content import content_of, languages_of, line_of, name_of, put_content, watch_inputs
from mediation_desk.gui.forms.ui_party import Ui_PartyForm
from mediation_desk.gui.live_checks import (
    NumberCheck,
    asks_for_nationality,
    asks_for_reason,
    caption,
    in_words,
    remark,
    watch_name,
    watch_phone,
)
from mediation_desk.gui.party_json import agent_from_json, agent_to_json

ID_CARD = "111"
_NAMES = ("aliases", "legal_representative")
_LINES = ("no_paper_reason", "nationality", "occupation", "workplace", "address")
_BY_AGE = "按年龄"


NOT_YET = False
"""What `take` returns where the dialog has to stay open: it is accepted by whoever settles the rest."""


class PartyDialog(QDialog):
    """Hands the party to `take` when it is confirmed; what `take` refuses is told here, and the form stays.

    Open it with `open()`. `touched` comes with every change, also of an agent's dialog: `content` is then worth
    keeping, and `put` goes on with it.
    """

    touched = Signal()

    def __init__(
        self, desk: Desk, party: Party | None, side: Side, take: Callable[[Party], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.desk, self._take = desk, take
        self.today: date = desk.now().date()
        self.ui = Ui_PartyForm()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown = party or Party(no=0, side=side, name="")
        self._agents: list[Agent] = []
        self._agent_dialog: AgentDialog | None = None
        self._agent_row: int | None = None
        self._offer_choices()
        self._watch()
        self.show_party(self._shown)

    def _offer_choices(self) -> None:
        ui, table = self.ui, self.desk.rules.table
        fill_words(ui.kind, PartyKind)
        fill_words(ui.side, Side)
        fill_codes(ui.id_paper, table("id_paper"), self.today, blank=None)
        fill_codes(ui.gender, table("gender"), self.today)
        fill_codes(ui.ethnicity, table("ethnicity"), self.today)
        fill_words(ui.capacity, Capacity, blank=_BY_AGE)

    def _watch(self) -> None:
        ui, genders = self.ui, self.desk.rules.table("gender")
        for each in ("name", *_NAMES):
            watch_name(getattr(ui, each), getattr(ui, f"{each}_caption"))
        watch_phone(ui.phone, ui.phone_caption)
        number = NumberCheck(
            ui.id_number,
            ui.id_number_caption,
            lambda typed: check_paper(chosen(ui.id_paper), typed, self.today),
            lambda facts: in_words(facts, genders, self.today),
            self._fill_in,
        )
        NumberCheck(ui.uscc, ui.uscc_caption, check_uscc, lambda facts: facts.area and f"登记地：{facts.area}")
        ui.id_paper.currentIndexChanged.connect(number.tell)
        ui.kind.currentIndexChanged.connect(self._suit_kind)
        ui.cancel.clicked.connect(self.reject)
        ui.agents.itemActivated.connect(lambda _: self._edit_agent())
        add_action(self, "确定", "Ctrl+Return", self._save, ui.save)
        add_action(self, "添加代理人", "Ctrl+D", self._add_agent, ui.add_agent)
        edit = add_action(ui.agents, "修改代理人", "F2", self._edit_agent, ui.edit_agent)
        remove = add_action(ui.agents, "移除代理人", "Del", self._remove_agent, ui.remove_agent)
        for action in (edit, remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        watch_inputs(self, self._look)

    # ---- showing and reading

    def show_party(self, party: Party) -> None:
        """Show a party; its agents are copied, so that nothing changes before it is confirmed.

        Birth date and gender that were not stated are taken from the number of its paper.
        """
        self._shown = party
        ui = self.ui
        ui.birth_date.clear()
        choose(ui.gender, "")
        choose(ui.kind, party.kind)
        choose(ui.side, party.side)
        choose(ui.id_paper, party.id_paper or ID_CARD)
        for name in ("name", "phone", "id_number", "uscc", "legal_representative_post", *_NAMES, *_LINES):
            getattr(ui, name).setText(getattr(party, name))
        if party.birth_date:
            ui.birth_date.setText(show_day(party.birth_date))
        if party.gender:
            choose(ui.gender, party.gender)
        ui.languages.setText("、".join(party.languages))
        choose(ui.ethnicity, party.ethnicity)
        choose(ui.capacity, party.capacity)
        ui.self_supporting.setChecked(party.self_supporting)
        ui.represents_group.setChecked(party.represents_group)
        self._list_agents([agent_from_json(agent_to_json(agent)) for agent in party.agents])
        self._suit_kind()

    def read(self) -> Party:
        """The party as it will be kept, with the number it had in its case. Raises `RuleBroken` at its fields."""
        ui = self.ui
        name, kind = name_of(ui.name), PartyKind(chosen(ui.kind))
        faults = Faults()
        faults.check(name, "请填写姓名或名称。", "name")
        faults.check(len(name) <= LONGEST_NAME, f"姓名超过{LONGEST_NAME}个字，请核对。", "name")
        natural = kind is PartyKind.NATURAL
        born: date | None = None
        try:
            born = day_of(ui.birth_date, self.today) if natural else None
        except RuleBroken as refusal:
            faults.add(str(refusal), "birth_date")
        faults.check(born is None or born <= self.today, "出生日期不能晚于今天。", "birth_date")
        faults.refuse_if_any()
        party = Party(id=self._shown.id, no=self._shown.no, side=Side(chosen(ui.side)), kind=kind, name=name)
        party.phone = check_phone(ui.phone.text())[0]
        party.aliases, party.address = name_of(ui.aliases), line_of(ui.address)
        party.represents_group = ui.represents_group.isChecked()
        party.agents = list(self._agents)
        if natural:
            party.birth_date = born
            self._read_person(party)
        else:
            party.uscc = check_uscc(ui.uscc.text()).number
            party.legal_representative = name_of(ui.legal_representative)
            party.legal_representative_post = line_of(ui.legal_representative_post)
        return party

    def _read_person(self, party: Party) -> None:
        ui = self.ui
        for each in _LINES:
            setattr(party, each, line_of(getattr(ui, each)))
        party.languages = languages_of(ui.languages)
        paper = chosen(ui.id_paper)
        party.id_number = check_paper(paper, ui.id_number.text(), self.today).number
        party.id_paper = paper if party.id_number or self._has_no_paper() else ""
        party.gender, party.ethnicity = chosen(ui.gender), chosen(ui.ethnicity)
        party.capacity = Capacity(chosen(ui.capacity)) if chosen(ui.capacity) else None
        party.self_supporting = ui.self_supporting.isEnabled() and ui.self_supporting.isChecked()

    def content(self) -> dict[str, Any]:
        """What stands in the dialog as it was typed, for a draft; an agent that is being typed belongs to it."""
        content = {"typed": content_of(self), "agents": [agent_to_json(agent) for agent in self._agents]}
        if self._agent_dialog is not None:
            content["agent"] = {"row": self._agent_row, "typed": self._agent_dialog.content()}
        return content

    def put(self, content: dict[str, Any]) -> None:
        """Go on with what `content` gave. The dialog must be open if an agent was being typed."""
        self._list_agents([agent_from_json(agent) for agent in content["agents"]])
        put_content(self, content["typed"])
        if "agent" in content:
            self._open_agent(content["agent"]["row"]).put(content["agent"]["typed"])

    # ---- what follows while somebody types

    def _fill_in(self, facts: PaperFacts) -> None:
        if facts.birth_date:
            self.ui.birth_date.setText(show_day(facts.birth_date))
        if facts.gender:
            choose(self.ui.gender, facts.gender)

    def _suit_kind(self) -> None:
        natural = chosen(self.ui.kind) == PartyKind.NATURAL
        self.ui.person_fields.setVisible(natural)
        self.ui.organisation_fields.setVisible(not natural)
        caption(self.ui.name_caption, "姓名(&N)" if natural else "单位全称(&N)")
        self._look()

    def _has_no_paper(self) -> bool:
        return asks_for_reason(self.desk.rules.table("id_paper"), chosen(self.ui.id_paper))

    def _look(self) -> None:
        """Show what the choices made so far ask for; nothing here refuses anything."""
        ui, papers, paper = self.ui, self.desk.rules.table("id_paper"), chosen(self.ui.id_paper)
        no_paper = self._has_no_paper()
        for widget in (ui.no_paper_reason, ui.no_paper_reason_caption):
            widget.setVisible(no_paper)
        ui.id_number.setEnabled(not no_paper)
        nationless = asks_for_nationality(papers, paper) and not ui.nationality.text().strip()
        remark(ui.nationality_caption, "持这种证件请注明国籍" if nationless else "")
        age = self._as_typed().age_on(self.today)
        ui.self_supporting.setEnabled(age is not None and 16 <= age < 18)
        self._hint_at_guardian()
        self.touched.emit()

    def _as_typed(self) -> Party:
        """As much of the person as capacity depends on, whatever state the other fields are in."""
        try:
            born = parse_day(self.ui.birth_date.text(), self.today)
        except ValueError:
            born = None
        return Party(
            no=0,
            side=Side.OTHER,
            kind=PartyKind(chosen(self.ui.kind)),
            name="",
            birth_date=born,
            capacity=Capacity(chosen(self.ui.capacity)) if chosen(self.ui.capacity) else None,
            self_supporting=self.ui.self_supporting.isChecked(),
            agents=self._agents,
        )

    def _hint_at_guardian(self) -> None:
        typed = self._as_typed()
        capacity = typed.capacity_on(self.today)
        lacking = typed.kind is PartyKind.NATURAL and typed.lacks_guardian(self.today)
        self.ui.guardian_hint.setText(
            f"{capacity.label}：签字前须登记法定代理人（民法典第二十三条）。现在可以先保存，以后补。" if lacking else ""
        )
        self.ui.guardian_hint.setVisible(lacking)

    # ---- agents

    def _list_agents(self, agents: list[Agent]) -> None:
        self._agents = agents
        row = self.ui.agents.currentRow()
        self.ui.agents.clear()
        for agent in agents:
            relation = f"（{agent.relation}）" if agent.relation else ""
            self.ui.agents.addItem(QListWidgetItem(f"{agent.kind.label}　{agent.name}{relation}　{agent.phone}"))
        self.ui.agents.setCurrentRow(min(max(row, 0), len(agents) - 1))
        for button in (self.ui.edit_agent, self.ui.remove_agent):
            button.setEnabled(bool(agents))
        self._look()

    def _add_agent(self) -> None:
        self._open_agent(None)

    def _edit_agent(self) -> None:
        if self._agents:
            self._open_agent(self.ui.agents.currentRow())

    def _remove_agent(self) -> None:
        row = self.ui.agents.currentRow()
        if row >= 0:
            self._list_agents([agent for each, agent in enumerate(self._agents) if each != row])

    def _open_agent(self, row: int | None) -> AgentDialog:
        """Ask for an agent: the one of that row, or a new one, a guardian if that is what the party lacks."""
        lacking = self._as_typed().lacks_guardian(self.today)
        new = Agent(kind=AgentKind.STATUTORY if lacking else AgentKind.ENTRUSTED, name="")
        dialog = AgentDialog(self.desk, new if row is None else self._agents[row], self._take_agent, self)
        self._agent_dialog, self._agent_row = dialog, row
        dialog.touched.connect(self.touched)
        dialog.finished.connect(self._agent_done)
        dialog.open()
        return dialog

    def _take_agent(self, agent: Agent) -> None:
        agents = list(self._agents)
        if self._agent_row is None:
            agents.append(agent)
        else:
            agents[self._agent_row] = agent
        self._list_agents(agents)

    def _agent_done(self) -> None:
        self._agent_dialog = self._agent_row = None
        self.touched.emit()

    def _save(self) -> None:
        with telling(self, {"name": self.ui.name, "birth_date": self.ui.birth_date}):
            if self._take(self.read()) is not NOT_YET:
                self.accept()
