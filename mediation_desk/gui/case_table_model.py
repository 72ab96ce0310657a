"""The list of cases: all their ids, and only those pages of lines that were looked at last."""

from array import array
from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.search_hits import excerpt, hits, name_hits
from mediation_desk.domain.stage import Stage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.hits_delegate import HITS, Marked
from mediation_desk.store.cases import CaseRow, SortKey

PAGE = 64
MOST_PAGES = 128
SORTED_BY = {0: SortKey.NUMBER, 3: SortKey.KIND, 4: SortKey.STAGE, 6: SortKey.REGISTERED}
"""The columns that the list can be sorted by; the others have no index."""

HEADERS = ("案号", "申请方", "被申请方", "类型", "阶段", "调解员", "登记时间", "案情")

_NAMES = (1, 2)
SEARCHED = (0, *_NAMES, 7)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TOLD = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole), HITS})
_Page = dict[int, tuple[str, ...]]


class CaseTableModel(QAbstractTableModel):
    """Eight bytes for each case of the list; the lines are read by the page, three statements each.

    The id of a case is the `Qt.ItemDataRole.UserRole` of its line.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: array[int] = array("q")
        self._words: Sequence[str] = ()
        self._pages: OrderedDict[int, _Page] = OrderedDict()

    def show(self, ids: "array[int]", words: Sequence[str] = ()) -> None:
        """Show the cases of these ids, in their order, read anew; mark the words that they were found by."""
        self.beginResetModel()
        self._ids = ids
        self._words = words
        self._pages.clear()
        self.endResetModel()

    def extend(self, ids: "array[int]") -> None:
        """Show all of a list of which the first lines are shown already; read anew if it begins otherwise by now."""
        shown = len(self._ids)
        if ids[:shown] != self._ids:
            self.show(ids, self._words)
        elif len(ids) > shown:
            self._pages.pop((shown - 1) // PAGE, None)  # it was read with fewer lines
            self.beginInsertRows(_NOWHERE, shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()

    def row_of(self, case_id: int) -> int | None:
        """Where a case stands in the list, None when it is not in it."""
        return self._ids.index(case_id) if case_id in self._ids else None

    def rows_of(self, case_ids: Collection[int]) -> list[int]:
        """Where these cases stand in the list, in its order; those that are not in it are left out."""
        return [row for row, case_id in enumerate(self._ids) if case_id in case_ids]

    def id_at(self, row: int) -> int:
        return self._ids[row]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _TOLD:  # most questions of a view that paints
            return self._ids[index.row()] if role == Qt.ItemDataRole.UserRole else None
        page = self._page(index.row() // PAGE)
        cells = page.get(self._ids[index.row()])
        cell = cells[index.column()] if cells else ""
        return cell if role != HITS else self._marked(cell, index.column())

    def _marked(self, cell: str, column: int) -> list[Marked] | None:
        """The cell with its hits; None where nothing is to be marked."""
        if not self._words or column not in SEARCHED:
            return None
        found = name_hits(cell, self._words) if column in _NAMES else hits(cell, self._words)
        return [Marked(*excerpt(cell, found))] if found else None

    def _page(self, number: int) -> _Page:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(self._ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _read(self, ids: "array[int]") -> _Page:
        """The lines of these cases; none after a failure: a view asks while it paints, when nobody can be told."""
        try:
            rows = self._desk.look(lambda records, _: records.cases.rows(ids))
        except DeskError:
            return {}
        return {row.id: self._cells(row) for row in rows}

    def _cells(self, row: CaseRow) -> tuple[str, ...]:
        rules = self._desk.rules
        flags = "、".join(rules.table("safety_flag").label(flag) for flag in row.safety_flags)
        registered = row.registered_at
        return (
            row.number or "未编号",
            row.claimants,
            row.respondents,
            rules.table("dispute_kind").label(row.dispute_kind),
            Stage(row.stage).label,
            row.mediators,
            f"{show_day(registered.date())} {show_time(registered.time())}",
            (f"【{flags}】" if flags else "") + " ".join(row.matter.split()),
        )
