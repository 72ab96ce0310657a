"""A table of shifts whose shifts can be dragged from one person to another of the same half-day."""

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTableView, QWidget

from mediation_desk.gui.roster_model import GridModel
from mediation_desk.gui.roster_table import MonthTable

FORMAT = "application/x-mediation-desk-shift"

_Index = QModelIndex | QPersistentModelIndex


class ShiftTable(MonthTable):
    """`shift_dropped` tells from which cell to which person; `drop_refused` why a shift cannot be let go of there."""

    shift_dropped = Signal(QModelIndex, QModelIndex)
    drop_refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QTableView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)

    def startDrag(self, actions: Qt.DropAction) -> None:
        index = self.currentIndex()
        model = self.model()
        if not isinstance(model, GridModel) or self.pictures is None:
            return
        if not model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled:
            return
        drag = QDrag(self)
        drag.setMimeData(shift_at(index))
        area = self.visualRect(index)
        drag.setPixmap(self.pictures.of(model.look(index.row(), index.column()), area.width(), area.height()))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(FORMAT))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Let a shift go anywhere: where it cannot stay, that is said."""
        event.setAccepted(event.mimeData().hasFormat(FORMAT))

    def dropEvent(self, event: QDropEvent) -> None:
        source = self._source(event.mimeData())
        target = self.indexAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the desk moves it, not the view
        event.accept()
        if not source.isValid() or not target.isValid() or source == target:
            return
        if source.column() != target.column():
            self.drop_refused.emit("没有移动：班次只能拖给同一半天的另一个人；换时间请先空出，再另排。")
            return
        self.shift_dropped.emit(source, target)

    def _source(self, data: QMimeData) -> QModelIndex:
        """The cell that is dragged; an invalid index for anything else, or when the list has changed meanwhile."""
        model = self.model()
        if not data.hasFormat(FORMAT) or not isinstance(model, GridModel):
            return QModelIndex()
        person_id, column = (int(number) for number in data.data(FORMAT).toStdString().split())
        row = next((row for row, each in enumerate(model.people) if each.id == person_id), -1)
        return model.index(row, column)


def shift_at(index: _Index) -> QMimeData:
    """A shift on its way: its person and column."""
    model = index.model()
    assert isinstance(model, GridModel)
    data = QMimeData()
    data.setData(FORMAT, f"{model.people[index.row()].id} {index.column()}".encode())
    return data
