"""The one search box: what is found stands below it as one types, and is opened by a key."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.pinyin import ways_of_reading
from mediation_desk.domain.search_hits import excerpt, hits, name_hits
from mediation_desk.domain.stage import Stage
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_search_list import Ui_SearchListForm
from mediation_desk.gui.hits_delegate import HITS, HitsDelegate, Marked
from mediation_desk.services.act import Act
from mediation_desk.services.search import MOST_SHOWN, conditions_like, look_for, read_box
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records
from mediation_desk.store.search_upkeep import tend

ELSEWHERE = "相符处在其他内容中"
HINT = "可加条件：类型:邻里　状态:办理中　调解员:姓　2026-03..2026-05　　Ctrl+Enter 在案件页列出全部"

_UPKEEP_MS = 5 * 60 * 1000
_ROWS_SEEN = 8
_LEAST_WIDTH = 480
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS_SEEN, Qt.Key.Key_PageUp: -_ROWS_SEEN}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

Answer = tuple[list[str], list[CaseRow], tuple[str, ...]]
"""Conditions that are offered, the lines of cases, and the words that were looked for."""


class FoundModel(QAbstractListModel):
    """Conditions that can be added, then the cases that were found; the words that found them are marked."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: Sequence[str | CaseRow] = ()
        self._words: tuple[str, ...] = ()
        self._shown: dict[int, list[Marked]] = {}

    def show(self, answer: Answer) -> None:
        conditions, rows, self._words = answer
        self.beginResetModel()
        self._rows = [*conditions, *rows]
        self._shown.clear()
        self.endResetModel()

    def at(self, row: int) -> str | CaseRow:
        return self._rows[row]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == HITS:
            return self._lines(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(f"{line.text} {line.right}".rstrip() for line in self._lines(index.row()))
        return None

    def _lines(self, row: int) -> list[Marked]:
        """Only of rows that are painted."""
        if row not in self._shown:
            found = self._rows[row]
            self._shown[row] = [Marked(f"条件　{found}", [])] if isinstance(found, str) else self._of_case(found)
        return self._shown[row]

    def _of_case(self, row: CaseRow) -> list[Marked]:
        names = f"{row.claimants}、{row.respondents}" if row.respondents else row.claimants
        sides = f"{row.claimants} 与 {row.respondents}" if row.respondents else row.claimants
        in_names = _moved(name_hits(names, self._words), len(row.claimants), len(" 与 ") - len("、"))
        number = row.number or "未编号"
        kind = self._desk.rules.table("dispute_kind").label(row.dispute_kind) or "未分类"
        head = f"{show_day(row.registered_at.date())}　{kind}　{Stage(row.stage).label}　"
        matter = " ".join(row.matter.split())
        story, in_story = excerpt(matter, hits(matter, self._words))
        in_number = hits(number, self._words)
        below = f"{head}{story}"
        if self._words and not (in_names or in_story or in_number):
            below = f"{head}〔{ELSEWHERE}〕{story}"
        marks = [(begin + len(head), end + len(head)) for begin, end in in_story]
        first = f"{number}　{sides}"
        lead = len(number) + 1
        return [
            Marked(first, [*in_number, *((begin + lead, end + lead) for begin, end in in_names)]),
            Marked(below, marks, row.mediators),
        ]


def _moved(spans: list[tuple[int, int]], after: int, by: int) -> list[tuple[int, int]]:
    """The places in a text into which something longer was put `after` so many characters."""
    return [(begin + by * (begin > after), end + by * (end > after)) for begin, end in spans]


class SearchBox(QObject):
    """Looks for what is typed into `field` at each key, and shows what is found over the page below.

    `list_all` is called with the text to see all of it in the list of cases. Enter is the field's own as long as no
    line is chosen. A file answers at once; a server is asked on a thread, and only the newest answer counts.
    """

    def __init__(self, field: QLineEdit, desk: Desk, list_all: Callable[[str], None]) -> None:
        super().__init__(field)
        self._field, self._desk, self._list_all = field, desk, list_all
        self._asked = 0
        self._composing = self._is_warm = False
        window = field.window()
        self.panel = QFrame(window)
        self.panel.setFrameShape(QFrame.Shape.StyledPanel)
        self.ui = Ui_SearchListForm()
        self.ui.setupUi(self.panel)
        self.model = FoundModel(desk, self)
        self._background, self._tending = Background(window), Background(window)
        self._arrange(window)
        self._upkeep = QTimer(self, interval=_UPKEEP_MS)
        self._upkeep.timeout.connect(self._tend)
        self._upkeep.start()
        field.textEdited.connect(self._look)
        field.textChanged.connect(self._hide_if_empty)
        self.ui.search_results.clicked.connect(self._choose)

    def hide(self) -> None:
        """Nothing that is found stays in sight."""
        self._asked += 1
        self.panel.hide()

    def leave(self) -> None:
        """Wait for an answer that is under way: the store goes soon."""
        self._background.finish()
        self._tending.finish()

    def _arrange(self, window: QWidget) -> None:
        results = self.ui.search_results
        results.setModel(self.model)
        results.setItemDelegate(HitsDelegate(2, results))
        self.panel.hide()
        self._field.installEventFilter(self)
        window.installEventFilter(self)

    def _tend(self) -> None:
        """Keep the index quick while nobody looks for anything."""
        if self.panel.isHidden():
            self._tending.run(lambda: tend(self._desk.database), lambda _: None)

    def _warm_up(self) -> None:
        """Have the dictionary of pinyin loaded before the first name is marked."""
        self._is_warm = True
        self._tending.run(lambda: ways_of_reading("张"), lambda _: None)

    # ---- asking

    def _look(self) -> None:
        typed = self._field.text()
        self._asked += 1
        if not typed.strip():
            self.hide()
        elif self._desk.database.path is not None:
            self._show(self._ask(typed))
        else:
            asked = self._asked
            self._background.run(
                lambda: self._ask(typed) if asked == self._asked else "",
                lambda found: self._show(found) if asked == self._asked else None,
            )

    def _ask(self, typed: str) -> Answer | str:
        """What is found, or why nothing could be looked for: nobody closes a box in mid-typing."""
        try:
            return self._desk.look(answer, typed)
        except DeskError as error:
            return str(error)

    def _show(self, found: Answer | str) -> None:
        if isinstance(found, str):
            self._say(found)
            return
        self.model.show(found)
        number = len(found[1])
        if number == MOST_SHOWN:
            said = f"最新的{number}件，按 Ctrl+Enter 列出全部。"
        else:
            said = f"找到{number}件。" if number else "没有找到。"
        self._say(f"{said}　{HINT}" if number < MOST_SHOWN else said)

    def _say(self, sentence: str) -> None:
        self.ui.search_hint.setText(sentence)
        self._place()
        self.panel.show()
        self.panel.raise_()

    def _place(self) -> None:
        """Below the field, as wide as it, and never longer than the window."""
        window, results = self._field.window(), self.ui.search_results
        corner = self._field.mapTo(window, QPoint(0, self._field.height()))
        width = min(max(self._field.width(), _LEAST_WIDTH), window.width() - corner.x())
        rows = min(self.model.rowCount(), _ROWS_SEEN)
        height = results.sizeHintForRow(0) * rows + 2 if rows else 0
        results.setVisible(bool(rows))
        hint = self.ui.search_hint.heightForWidth(width)
        self.panel.setGeometry(corner.x(), corner.y(), width, min(height + hint + 4, window.height() - corner.y()))

    def _hide_if_empty(self, text: str) -> None:
        if not text.strip():
            self.hide()

    # ---- choosing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field:
            if event.type() == QEvent.Type.Resize and self.panel.isVisible():
                self._place()
            return False
        match event.type():
            case QEvent.Type.InputMethod:
                assert isinstance(event, QInputMethodEvent)
                self._composing = bool(event.preeditString())
            case QEvent.Type.FocusOut:
                self.panel.hide()
            case QEvent.Type.FocusIn:
                if not self._is_warm:
                    self._warm_up()
                if self._field.text().strip() and self._field.isModified():
                    self._look()
            case QEvent.Type.KeyPress if not self._composing:  # else the key belongs to the input method
                assert isinstance(event, QKeyEvent)
                return self._is_taken(event)
        return False

    def _is_taken(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.hide()
                self._list_all(self._field.text())
                return True
            chosen = self.ui.search_results.currentIndex()
            if self.panel.isVisible() and chosen.isValid():
                self._choose(chosen)
                return True
            self.hide()
            return False
        if key == Qt.Key.Key_Escape and self._field.text():
            if self.panel.isHidden():
                self._field.clear()
            self.hide()
            return True
        if key in _MOVES and self.panel.isVisible():
            self._move(_MOVES[key])
            return True
        return False

    def _move(self, by: int) -> None:
        results, last = self.ui.search_results, self.model.rowCount() - 1
        now = results.currentIndex().row()
        row = min(max(now + by, -1), last)
        results.setCurrentIndex(self.model.index(row, 0) if row >= 0 else _NOWHERE)

    def _choose(self, index: QModelIndex) -> None:
        chosen = self.model.at(index.row())
        if isinstance(chosen, CaseRow):
            self.hide()
            self._field.selectAll()
            self._desk.case_wanted.emit(chosen.id)
        else:
            whole = chosen if chosen.endswith(":") else f"{chosen} "
            self._field.setText(_without_last_word(self._field.text()) + whole)
            self._field.setModified(True)
            self._field.setFocus()
            self._look()


def _without_last_word(text: str) -> str:
    return text[: len(text) - len(text.split()[-1])]


def answer(records: Records, act: Act, typed: str) -> Answer:
    """All that is shown for what was typed so far."""
    words = read_box(records, act, typed).words
    return conditions_like(records, act, typed), look_for(records, act, typed), words
