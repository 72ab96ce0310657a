"""The list of what is due: all of it is counted and sorted, but the cases of it are read as they come into sight."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW, Line, LineModel, Tone
from mediation_desk.services.today import NAMED_AT_ONCE, Due, DueKind, Grade, named
from mediation_desk.store.cases import CaseRow

GRADES = {Grade.LATE: "逾期", Grade.TODAY: "今天", Grade.SOON: "临近", Grade.WEEK: "七日内", Grade.LATER: "一月内"}

_TONES: dict[Grade, Tone] = {Grade.LATE: RED, Grade.TODAY: ORANGE, Grade.SOON: YELLOW}
_UNCERTAIN = "节假日安排未导入，日期待核"
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class DueModel(LineModel):
    """Shows the first due dates; a view that comes to their end fetches more, with one look at their cases.

    The id of a case is the `Qt.ItemDataRole.UserRole` of its line.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(("紧急程度", "到期日", "事项", "等谁", "案件", "说明"), parent)
        self._desk = desk
        self._dues: Sequence[Due] = ()
        self._today = date.min

    def show_dues(self, dues: Sequence[Due], cases: Mapping[int, CaseRow], today: date) -> None:
        """Show these; `cases` are those of the first `NAMED_AT_ONCE`."""
        self._dues, self._today = dues, today
        self.show([due_line(due, cases.get(due.case_id), today) for due in dues[:NAMED_AT_ONCE]])

    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        return not parent.isValid() and len(self.lines) < len(self._dues)

    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        shown = len(self.lines)
        more, cases = self._read(self._dues[shown : shown + NAMED_AT_ONCE])
        self.beginInsertRows(_NOWHERE, shown, shown + len(more) - 1)
        self.lines = [*self.lines, *(due_line(due, cases.get(due.case_id), self._today) for due in more)]
        self.endInsertRows()

    def _read(self, dues: Sequence[Due]) -> tuple[Sequence[Due], Mapping[int, CaseRow]]:
        """Their names and cases; none after a failure: a view asks while it paints, when nobody can be told."""
        try:
            return self._desk.look(lambda records, _: named(records, dues))
        except DeskError:
            return dues, {}


def due_line(due: Due, row: CaseRow | None, today: date) -> Line:
    """A line of the list; the case is left out where it could not be read."""
    left = (due.due_on - today).days
    word = GRADES[due.grade]
    late = f"{word}{-left}天" if left else word  # what is counted in minutes may be late on its own day
    grade = {Grade.LATE: late, Grade.TODAY: f"{word}到期"}.get(due.grade, f"{word} 剩{left}天")
    remark = "；".join(filter(None, [due.text, "" if due.certain else _UNCERTAIN]))
    cells = (grade, show_day(due.due_on), due.kind.label, _whom(due, row), row.called if row else "", remark)
    return Line(cells, due.case_id, _TONES.get(due.grade))


def _whom(due: Due, row: CaseRow | None) -> str:
    """Whose turn it is; mediators are named by the case, all others by what is due."""
    match due.kind:
        case DueKind.MEDIATION | DueKind.FOLLOW_UP:
            return row.mediators if row and row.mediators else "中心"
        case DueKind.DECISION | DueKind.PETITION_NOTICE | DueKind.PETITION | DueKind.OBJECTION:
            return "中心"
        case DueKind.RULING:
            return "法院"
        case DueKind.CONFIRMATION:
            return "双方当事人"
    return due.whom
