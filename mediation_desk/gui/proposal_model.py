"""Cases with the person proposed for each, to be ticked, changed and agreed to."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.domain.ranking import Candidate
from mediation_desk.gui.line_model import ORANGE
from mediation_desk.services.backlog import Proposal

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HEADERS = ("案件", "人选", "分数", "备选", "说明")


class ProposalRow(NamedTuple):
    """A proposal as it stands: who takes the case now, and whether it is to be carried out."""

    proposal: Proposal
    taker: Candidate | None
    ticked: bool

    @property
    def case_id(self) -> int:
        return self.proposal.task.row.id


class ProposalModel(QAbstractTableModel):
    """Where cases can be left for later (`can_wait`) each has a tick; else all are carried out."""

    def __init__(self, parent: QObject, *, can_wait: bool) -> None:
        super().__init__(parent)
        self.can_wait = can_wait
        self.rows: list[ProposalRow] = []

    def show(self, proposals: Sequence[Proposal]) -> None:
        self.beginResetModel()
        self.rows = [ProposalRow(each, each.candidate, each.candidate is not None) for each in proposals]
        self.endResetModel()

    def takers(self) -> dict[int, int]:
        """Mediator ids by case id, of what is to be carried out."""
        return {row.case_id: row.taker.person.id for row in self.rows if row.ticked and row.taker is not None}

    def give(self, number: int, taker: Candidate | None) -> None:
        """Let somebody else take the case of that row; nobody leaves it for later."""
        row = self.rows[number]
        if taker is not row.taker:
            self.rows[number] = row._replace(taker=taker, ticked=taker is not None)
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(_HEADERS) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        ticks = self.can_wait and index.column() == 0 and self.rows[index.row()].taker is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticks else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _cells(row)[index.column()]
            case Qt.ItemDataRole.UserRole:
                return row.case_id
            case Qt.ItemDataRole.CheckStateRole if self.can_wait and index.column() == 0 and row.taker is not None:
                return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.BackgroundRole if row.taker is None and index.column() == 0:
                return ORANGE.background
            case Qt.ItemDataRole.ForegroundRole if row.taker is None and index.column() == 0:
                return ORANGE.ink
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        row = self.rows[index.row()]
        self.rows[index.row()] = row._replace(ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        self.dataChanged.emit(index, index)
        return True


def _cells(row: ProposalRow) -> tuple[str, ...]:
    taker, other = row.taker, row.proposal.alternative
    changed = taker is not row.proposal.candidate and taker is not None
    return (
        row.proposal.task.row.called,
        taker.person.name if taker else "未指派",
        str(taker.score) if taker else "",
        f"{other.person.name} {other.score}分" if other and other is not taker else "",
        "改选" if changed else row.proposal.why if taker is None else "",
    )
