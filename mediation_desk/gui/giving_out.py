"""Many cases given out at once: proposals are worked out beside the window, looked over, and carried out."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.ranking import Candidate
from mediation_desk.domain.ranking_words import reasons
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.proposal_model import ProposalModel
from mediation_desk.services.act import Act
from mediation_desk.services.backlog import Proposals, Tasks, propose
from mediation_desk.store.records import Records


class GivingOut(QDialog):
    """Shown with `open()`. `ui` is a compiled form with the table `proposals`, the choice `taker` and the texts."""

    nothing = "现在没有需要指派的案件。"
    doing = "指派"

    def __init__(self, desk: Desk, ui: Any, parent: QWidget, *, can_wait: bool) -> None:
        super().__init__(parent)
        self.desk = desk
        self.today = desk.now().date()
        self.form = ui
        ui.setupUi(self)
        self.model = ProposalModel(self, can_wait=can_wait)
        self.tasks = Tasks((), ())
        self._trouble = ""
        self._stop = Event()
        self._background = Background(self)
        table = ui.proposals
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.selectionModel().currentRowChanged.connect(self._show_row)
        self.model.dataChanged.connect(self._show_state)
        ui.taker.activated.connect(self._change_taker)
        ui.cancel_button.clicked.connect(self.reject)
        add_action(self, ui.save_button.text(), "Ctrl+Return", self.save, ui.save_button)
        self.finished.connect(self._let_go)
        self.resize(self.screen().availableSize() * 0.8)

    def work_out(self, read: Callable[[Records, Act], Tasks]) -> None:
        """Read what is to be given out, and propose somebody for each case."""
        desk = self.desk
        self.form.save_button.setEnabled(False)
        self.form.state_text.setText("正在统筹人选…")

        def work(_: Callable[[object], None], stop: Event) -> tuple[Tasks, Proposals]:
            tasks = desk.look(read)
            return tasks, propose(tasks, stop)

        self._stop = self._background.run_long(work, self._take, lambda _: None)

    def _take(self, found: tuple[Tasks, Proposals]) -> None:
        self.tasks, proposals = found
        self.model.show(proposals.proposals)
        self._trouble = proposals.trouble
        self.form.proposals.selectRow(0)
        self._show_state()

    def _show_state(self) -> None:
        number, taken = len(self.model.rows), len(self.model.takers())
        left = sum(row.taker is None for row in self.model.rows)
        said = [f"共{number}件，将{self.doing}{taken}件", f"{left}件没有人选" if left else "", self._trouble]
        self.form.state_text.setText("；".join(filter(None, said)) if number else self.nothing)
        self.form.save_button.setEnabled(self.is_ready())
        self._show_row()

    def is_ready(self) -> bool:
        """Whether there is anything to carry out."""
        return bool(self.model.takers())

    def _row(self) -> int:
        index = self.form.proposals.currentIndex()
        return index.row() if index.isValid() and index.row() < len(self.model.rows) else -1

    def _show_row(self) -> None:
        """Offer everybody who could take the case, with the reasons of the one who takes it now."""
        combo, number = self.form.taker, self._row()
        combo.clear()
        combo.setEnabled(number >= 0)
        self.form.reasons_text.setText("")
        if number < 0:
            return
        row = self.model.rows[number]
        combo.addItem("暂不指派" if self.model.can_wait else "未选定", None)
        for place, each in enumerate(self._offered(number), start=1):
            combo.addItem(f"{place}. {each.person.name}　{each.score}分", each.person.id)
        combo.setCurrentIndex(max(combo.findData(row.taker.person.id), 0) if row.taker else 0)
        if row.taker is not None:
            unchecked = "；未核实与当事人关系" if row.taker.person.unchecked else ""
            self.form.reasons_text.setText("；".join(reasons(row.taker)) + unchecked)

    def _offered(self, number: int) -> tuple[Candidate, ...]:
        task = self.model.rows[number].proposal.task
        return () if task.refusal else task.ranked.candidates

    def _change_taker(self) -> None:
        number, wanted = self._row(), self.form.taker.currentData()
        taker = next((each for each in self._offered(number) if each.person.id == wanted), None)
        self.model.give(number, taker)

    def save(self) -> None:
        """Carry out what is ticked, or say what keeps it from being done."""
        with telling(self):
            self.record()
            self.accept()

    def record(self) -> None:
        """Call the service. Raises `DeskError`."""
        raise NotImplementedError

    def _let_go(self) -> None:
        self._stop.set()
        self._background.finish()
        self.deleteLater()
