"""Asks for one person who acts for a party: a guardian, or somebody it entrusted, and with which powers."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.errors import Faults
from mediation_desk.domain.identity import check_paper, check_phone
from mediation_desk.domain.names import LONGEST_NAME, clean_name
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, fill_codes, fill_words
from mediation_desk.gui.form_content import content_of, line_of, offer_ticks, put_content, tick, ticked, watch_inputs
from mediation_desk.gui.forms.ui_agent import Ui_AgentForm
from mediation_desk.gui.live_checks import NumberCheck, in_words, watch_name, watch_phone


class AgentDialog(QDialog):
    """Hands the agent to `take` when it is confirmed; what `take` refuses is told here, and the form stays."""

    touched = Signal()

    def __init__(self, desk: Desk, agent: Agent | None, take: Callable[[Agent], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self._take = desk, take
        self.ui = Ui_AgentForm()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = desk.now().date()
        fill_words(self.ui.kind, AgentKind)
        fill_codes(self.ui.id_paper, desk.rules.table("id_paper"), today, blank=None)
        offer_ticks(self.ui.powers, desk.rules.table("agent_power"), today)
        self._watch()
        self.show_agent(agent or Agent(kind=AgentKind.ENTRUSTED, name=""))

    def _watch(self) -> None:
        ui, today, genders = self.ui, self.desk.now().date(), self.desk.rules.table("gender")
        watch_name(ui.name, ui.name_caption)
        watch_phone(ui.phone, ui.phone_caption)
        number = NumberCheck(
            ui.id_number,
            ui.id_number_caption,
            lambda typed: check_paper(chosen(ui.id_paper), typed, today),
            lambda facts: in_words(facts, genders, today),
        )
        ui.id_paper.currentIndexChanged.connect(number.tell)
        ui.kind.currentIndexChanged.connect(self._suit_kind)
        ui.cancel.clicked.connect(self.reject)
        add_action(self, "确定", "Ctrl+Return", self._save, ui.save)
        watch_inputs(self, self.touched)

    def _suit_kind(self) -> None:
        """A guardian acts by law: there are no powers to be named."""
        self.ui.powers_fields.setVisible(chosen(self.ui.kind) == AgentKind.ENTRUSTED)

    def show_agent(self, agent: Agent) -> None:
        ui = self.ui
        for name in ("name", "relation", "phone", "id_number", "address", "powers_other"):
            getattr(ui, name).setText(getattr(agent, name))
        choose(ui.kind, agent.kind)
        choose(ui.id_paper, agent.id_paper or "111")
        tick(ui.powers, agent.powers)
        self._suit_kind()

    def read(self) -> Agent:
        """The agent as it will be kept. Raises `RuleBroken` at its fields."""
        ui = self.ui
        name, kind = clean_name(ui.name.text())[0], AgentKind(chosen(ui.kind))
        faults = Faults()
        faults.check(name, "请填写代理人姓名。", "name")
        faults.check(len(name) <= LONGEST_NAME, f"姓名超过{LONGEST_NAME}个字，请核对。", "name")
        faults.refuse_if_any()
        number = check_paper(chosen(ui.id_paper), ui.id_number.text(), self.desk.now().date()).number
        entrusted = kind is AgentKind.ENTRUSTED
        return Agent(
            kind=kind,
            name=name,
            relation=line_of(ui.relation),
            powers=ticked(ui.powers) if entrusted else [],
            powers_other=line_of(ui.powers_other) if entrusted else "",
            phone=check_phone(ui.phone.text())[0],
            id_paper=chosen(ui.id_paper) if number else "",
            id_number=number,
            address=line_of(ui.address),
        )

    def content(self) -> dict[str, Any]:
        """What stands in the dialog as it was typed, for a draft."""
        return content_of(self)

    def put(self, content: dict[str, Any]) -> None:
        """Go on with what `content` gave."""
        put_content(self, content)

    def _save(self) -> None:
        with telling(self, {"name": self.ui.name}):
            self._take(self.read())
            self.accept()
