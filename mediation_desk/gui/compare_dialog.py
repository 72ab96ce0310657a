"""Two versions of a paper side by side: what was struck out, what was added, line beside line."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.comparison import Pair, Runs, compare
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_compare import Ui_CompareForm
from mediation_desk.gui.paper_versions import Versions, Wording, content_of_version, versions

_REMOVED = "background-color:#fde7e9; color:#6e0811; text-decoration:line-through;"
_ADDED = "background-color:#d9f2dc; color:#0b4a1b; text-decoration:underline;"
_LEFT_OUT = "color:#5f5f5f;"

_TABLE = 4000
"""Letters of a table, its markup included: laid out in some milliseconds."""


class CompareDialog(QDialog):
    """Reads and compares on a thread of its own: a paper may have 30,000 characters."""

    def __init__(self, desk: Desk, case_id: int, code: str, no: int, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ui = Ui_CompareForm()
        self.ui.setupUi(self)
        self.setWindowTitle(f"对比版本：{title}")
        self._kinds: Sequence[Versions] = ()
        self._pairs: Sequence[Pair] = ()
        self._turn = self._changes = self._place = 0
        self._rest: list[str] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._show_more)
        self._background = Background(self)
        ui = self.ui
        ui.kind_row.hide()
        ui.version_kind.activated.connect(self._offer_versions)
        ui.version_before.activated.connect(self._compare)
        ui.version_after.activated.connect(self._compare)
        ui.only_changes.toggled.connect(self._show)
        ui.close_button.clicked.connect(self.accept)
        add_action(self, "只看有改动处", "Ctrl+M", ui.only_changes.toggle)
        add_action(self, "下一处改动", "F3", lambda: self.go_to_change(1), ui.next_change)
        add_action(self, "上一处改动", "Shift+F3", lambda: self.go_to_change(-1), ui.previous_change)
        self.finished.connect(self._let_go)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.9))
        ui.change_count.setText("正在读取各个版本…")
        user_name = desk.centre.user_name
        self._background.run(lambda: desk.look(versions, case_id, code, no, user_name), self._take_versions)

    def _take_versions(self, kinds: Sequence[Versions]) -> None:
        self._kinds = kinds
        self.ui.kind_row.setVisible(len(kinds) > 1)
        self.ui.version_kind.clear()
        self.ui.version_kind.addItems([each.kind for each in kinds])
        several = [place for place, each in enumerate(kinds) if len(each.wordings) > 1]
        if kinds:
            self.ui.version_kind.setCurrentIndex(several[0] if several else 0)
        self._offer_versions()

    def _offer_versions(self) -> None:
        """Offer the versions of the chosen kind, and compare those that are most likely meant."""
        choices = self.ui.version_before, self.ui.version_after
        for choice in choices:
            choice.clear()
            choice.addItems([each.label for each in self._wordings()])
        if len(self._wordings()) < 2:
            self._pairs, self._rest = (), []
            self.ui.differences.clear()
            self.ui.change_count.setText("这份文书只有一个版本。打印或再次修改后，就可以对比。")
            return
        for choice, place in zip(choices, self._kinds[self.ui.version_kind.currentIndex()].proposed(), strict=True):
            choice.setCurrentIndex(place)
        self._compare()

    def _wordings(self) -> Sequence[Wording]:
        chosen = self.ui.version_kind.currentIndex()
        return self._kinds[chosen].wordings if 0 <= chosen < len(self._kinds) else ()

    def _compare(self) -> None:
        wordings, desk = self._wordings(), self.desk
        if len(wordings) < 2:
            return
        before, after = wordings[self.ui.version_before.currentIndex()], wordings[self.ui.version_after.currentIndex()]
        self._turn += 1
        turn = self._turn

        def read_and_compare() -> list[Pair]:
            with desk.database.reading() as records:
                old, new = content_of_version(records, before), content_of_version(records, after)
            return compare(old, new)

        self._background.run(read_and_compare, lambda pairs: self._take(turn, pairs))

    def _take(self, turn: int, pairs: Sequence[Pair]) -> None:
        if turn == self._turn:  # else another pair was chosen meanwhile
            self._pairs = pairs
            self._changes = sum(pair.differs for pair in pairs)
            self.ui.change_count.setText(f"有{self._changes}处不同。" if self._changes else "两版内容相同。")
            self._show()

    def _show(self) -> None:
        """Begin to show the pairs: a little at a time, as a long table takes long to be laid out."""
        self._place = 0
        self._rest = list(in_html(self._pairs, only_changes=self.ui.only_changes.isChecked()))
        self.ui.differences.clear()
        self._show_more()

    def _show_more(self) -> None:
        if self._rest:
            end = QTextCursor(self.ui.differences.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            end.insertHtml(self._rest.pop(0))
            self._timer.start()

    def go_to_change(self, step: int) -> None:
        """Scroll to the next change, or to the one before; after the last comes the first."""
        while self._rest:
            self._show_more()
        if self._changes:
            last = self._changes
            self._place = (self._place + step - 1) % last + 1 if self._place else (1 if step > 0 else last)
            self.ui.differences.scrollToAnchor(f"change{self._place}")
            self.ui.change_count.setText(f"第{self._place}处，共{last}处不同。")

    def _let_go(self) -> None:
        self._turn += 1
        self._background.finish()
        self.deleteLater()


def in_html(pairs: Sequence[Pair], *, only_changes: bool) -> Iterator[str]:
    """The pairs as tables of two columns, each of a few thousand letters at most.

    Each change can be gone to by its anchor "change1", "change2", …
    """
    rows: list[str] = []
    for row in _rows(pairs, only_changes):
        rows.append(row)
        if sum(map(len, rows)) > _TABLE:
            yield _table(rows)
            rows = []
    if rows:
        yield _table(rows)


def _table(rows: Sequence[str]) -> str:
    return f'<table width="100%" cellspacing="0" cellpadding="4">{"".join(rows)}</table>'


def _rows(pairs: Sequence[Pair], only_changes: bool) -> Iterator[str]:
    change = same = 0
    for pair in pairs:
        if only_changes and not pair.differs:
            same += not pair.continues
            continue
        if same:
            yield _left_out(same)
            same = 0
        change += pair.differs
        anchor = f'<a name="change{change}"></a>' if pair.differs else ""
        yield f"<tr>{_cell(pair.before, _REMOVED, anchor)}{_cell(pair.after, _ADDED)}</tr>"
    if same:
        yield _left_out(same)


def _left_out(count: int) -> str:
    return f'<tr><td colspan="2" align="center"><span style="{_LEFT_OUT}">（{count}段相同，略）</span></td></tr>'


def _cell(runs: Runs | None, style: str, anchor: str = "") -> str:
    told = "".join(
        f'<span style="{style}">{_text(run.text)}</span>' if run.differs else _text(run.text) for run in runs or ()
    )
    return f'<td width="50%" valign="top">{anchor}{told}</td>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
