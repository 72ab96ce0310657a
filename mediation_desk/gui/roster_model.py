"""Models of the roster: people in the frozen columns, their half-days in the grid, posts and what they lack below."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.domain.fairness import in_shifts
from mediation_desk.domain.half_day import WEEKDAY_LABELS, HalfDay
from mediation_desk.gui.roster_cells import CellLook, MonthCells, NeedLook
from mediation_desk.services.roster_view import PersonShown

PEOPLE_HEADERS = ("姓名", "职业身份", "本月", "冷门", "结转")
NAME, PROFESSION, COUNT, UNPOPULAR, CARRIED = range(5)
_MEANINGS = (
    "姓名",
    "职业身份",
    "本月班次（半天为一班）",
    "少有人愿上的半天：周末、调休日、周五下午、节前",
    "以前几个月比应担的多值（+）或少值（-）的班次",
)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SHOWN = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class MonthModel(QAbstractTableModel):
    """A table whose columns are the half-days of a month; a view draws the looks, `data` says them in words.

    `group_rows` are parted from the row above.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: MonthCells | None = None
        self.group_rows: frozenset[int] = frozenset()

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self.cells.half_days) if self.cells and not parent.isValid() else 0

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self.cells is None:
            return None
        half_day = self.cells.half_days[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{half_day.day.day}日周{WEEKDAY_LABELS[half_day.day.weekday()]}{half_day.half.label}"
        if role == Qt.ItemDataRole.ToolTipRole:
            closed = self.cells.month.closed_why.get(half_day)
            return f"{half_day.label}{f'：休息（{closed}）' if closed is not None else ''}"
        return None

    def look(self, row: int, column: int) -> CellLook | NeedLook:
        """How a cell looks."""
        raise NotImplementedError


class GridModel(MonthModel):
    """One row for each person that is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: Sequence[PersonShown] = ()
        self._looks: list[list[CellLook] | None] = []

    def show(self, cells: MonthCells, people: Sequence[PersonShown], group_rows: frozenset[int] = frozenset()) -> None:
        self.beginResetModel()
        self.cells, self.people, self.group_rows = cells, people, group_rows
        self._looks = [None] * len(people)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self.cells is not None
        if role == Qt.ItemDataRole.DisplayRole:
            look = self.look(index.row(), index.column())
            return look.post.name if look.post else look.mark
        if role in _SHOWN:
            return self.cells.words(self.people[index.row()], index.column())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A shift can be dragged, and dropped on anybody."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        dragged = Qt.ItemFlag.ItemIsDragEnabled if self.cell(index) in self._shifts() else Qt.ItemFlag.NoItemFlags
        return flags | Qt.ItemFlag.ItemIsDropEnabled | dragged

    def look(self, row: int, column: int) -> CellLook:
        assert self.cells is not None
        looks = self._looks[row]
        if looks is None:
            person_id = self.people[row].id
            looks = self._looks[row] = [self.cells.look(person_id, each) for each in range(self.columnCount())]
        return looks[column]

    def cell(self, index: _Index) -> tuple[int, HalfDay]:
        """The person and the half-day of a cell."""
        assert self.cells is not None
        return self.people[index.row()].id, self.cells.half_days[index.column()]

    def index_of(self, person_id: int, half_day: HalfDay) -> QModelIndex:
        """Where a cell is shown, an invalid index where it is not."""
        row = next((row for row, each in enumerate(self.people) if each.id == person_id), None)
        if row is None or self.cells is None or half_day not in self.cells.half_days:
            return QModelIndex()
        return self.index(row, self.cells.half_days.index(half_day))

    def as_text(self) -> str:
        """What is shown, as a table with tabs: people by half-days, for a spreadsheet."""
        assert self.cells is not None
        heads = [f"{each.day.month}-{each.day.day}{each.half.label}" for each in self.cells.half_days]
        lines = [["姓名", *heads]]
        for row, person in enumerate(self.people):
            looks = [self.look(row, column) for column in range(self.columnCount())]
            lines.append([person.name, *(look.post.name if look.post else look.mark.strip("·") for look in looks)])
        return "\n".join("\t".join(line) for line in lines)

    def _shifts(self) -> Any:
        assert self.cells is not None
        return self.cells.month.shifts


class PeopleModel(QAbstractTableModel):
    """The frozen columns: who it is and how much it is already. Counts of the roster that is shown."""

    def __init__(self, profession: Callable[[str], str], parent: QObject | None = None) -> None:
        """`profession` gives the word for a code."""
        super().__init__(parent)
        self._profession = profession
        self._people: Sequence[PersonShown] = ()

    def show(self, people: Sequence[PersonShown]) -> None:
        self.beginResetModel()
        self._people = people
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(PEOPLE_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return PEOPLE_HEADERS[section]
            if role == Qt.ItemDataRole.ToolTipRole:
                return _MEANINGS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person = self._people[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts(person)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return self._in_words(person)
            case Qt.ItemDataRole.TextAlignmentRole if index.column() >= COUNT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.UserRole:
                return person.id
        return None

    def _texts(self, person: PersonShown) -> tuple[str, ...]:
        return (
            person.name,
            "、".join(map(self._profession, person.professions)),
            str(person.month_count),
            str(person.unpopular_count),
            in_signed_shifts(person.carried.total),
        )

    def _in_words(self, person: PersonShown) -> str:
        unit = f"，{person.unit}" if person.unit else ""
        return (
            f"{person.name}（{'、'.join(map(self._profession, person.professions)) or '未填职业身份'}{unit}，"
            f"{person.presence.label}）\n本月{person.month_count}班，其中冷门{person.unpopular_count}班；"
            f"以前结转{in_signed_shifts(person.carried.total)}班，冷门{in_signed_shifts(person.carried.unpopular)}班"
        )


class NeedsModel(MonthModel):
    """What the posts lack: all together in the first row, then one row for each post."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.post_ids: Sequence[int | None] = ()

    def show(self, cells: MonthCells) -> None:
        self.beginResetModel()
        self.cells = cells
        self.post_ids = [None, *cells.signs] if cells.signs else []
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.post_ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self.cells is not None
        if role == Qt.ItemDataRole.DisplayRole:
            look = self.look(index.row(), index.column())
            return f"{look.wanted - look.short}/{look.wanted}" if look.wanted and look.is_planned else ""
        if role in _SHOWN:
            return self.cells.need_words(self.post_ids[index.row()], index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical and self.cells is not None:
            post_id = self.post_ids[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return "合计" if post_id is None else self.cells.signs[post_id].name
            return None
        return super().headerData(section, orientation, role)

    def look(self, row: int, column: int) -> NeedLook:
        assert self.cells is not None
        post_id = self.post_ids[row]
        return self.cells.total_look(column) if post_id is None else self.cells.need_look(post_id, column)


def in_signed_shifts(tenths: int) -> str:
    """+1.2, -0.5, 0."""
    return f"+{in_shifts(tenths)}" if tenths > 0 else in_shifts(tenths)
