"""程序 of the case page: what runs around mediation, by topic. Each is made when it is first looked at."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.forms.ui_procedure import Ui_ProcedureForm
from mediation_desk.gui.procedure_topics import TOPICS, make_topic, mark_of


class Topic(Protocol):
    """What a topic's widget can do."""

    def show_case(self, case: Case) -> None: ...


class ProcedureTab(QWidget):
    """Topics at the left, each with a mark that tells how it stands; the chosen one at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.ui = Ui_ProcedureForm()
        self.ui.setupUi(self)
        self._made: dict[str, QWidget] = {}
        for key, label in TOPICS:
            item = QListWidgetItem(label)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.ui.topics.addItem(item)
        self.ui.split.setStretchFactor(1, 1)
        self.ui.topics.setCurrentRow(0)
        self.ui.topics.currentRowChanged.connect(lambda: self._show_topic())

    def show_case(self, case: Case) -> None:
        """Show the case; the topic that was looked at stays."""
        self.case = case
        today = self.desk.now().date()
        for row, (key, label) in enumerate(TOPICS):
            mark = mark_of(key, case, self.desk.rules, today)
            self.ui.topics.item(row).setText(f"{label}　{mark}" if mark else label)
        self._show_topic()

    def leave(self) -> None:
        """Keep what is half typed in a dialog."""
        for keeper in self.findChildren(DraftKeeper):
            keeper.flush()

    def open_topic(self, key: str) -> None:
        self.ui.topics.setCurrentRow([each for each, _ in TOPICS].index(key))

    def _show_topic(self) -> None:
        key = TOPICS[self.ui.topics.currentRow()][0]
        if self.case is None:
            return
        if key not in self._made:
            self._made[key] = make_topic(key, self.desk)
            self.ui.pages.addWidget(self._made[key])
        topic = self._made[key]
        topic.show_case(self.case)  # type: ignore[attr-defined]  # each is a Topic
        self.ui.pages.setCurrentWidget(topic)
