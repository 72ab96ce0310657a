"""The papers of a case as a clerk looks for them: those of the file, others, and those that could be filled in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.forms import About, Form
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.domain.paper_input import subjects
from mediation_desk.gui.line_model import ORANGE
from mediation_desk.services.act import Act
from mediation_desk.services.case_papers import forms_in_order, papers_of
from mediation_desk.store.records import Records

IN_FILE, OTHERS, POSSIBLE = "卷内文书", "其他文书", "可填写的文书"

_FIRST_OUTSIDE = 200
"""From this place on a paper is not bound into the file."""

CODE, TITLE, COPIES, PRINTED = range(4)


class PaperLine(NamedTuple):
    """One line of the list. `no` is the number of what the paper is about, None for one that has yet to be begun."""

    form: Form
    title: str
    no: int | None
    copies: int
    printed_at: datetime | None = None
    has_entry: bool = False

    @property
    def key(self) -> tuple[str, int | None]:
        return self.form.code, self.no


Groups = Mapping[str, Sequence[PaperLine]]


def list_papers(records: Records, act: Act, case: Case) -> Groups:
    """The papers in the order of the file, by groups; of papers that are counted there can always be a further one."""
    assert case.id is not None
    forms = {form.code: form for form in forms_in_order(act)}
    printed = {(each.code, each.no): each.kept_at for each in records.versions.of_case(case.id) if each.copies}
    entered = {(each.code, each.no) for each in case.entries}
    groups: dict[str, list[PaperLine]] = {IN_FILE: [], OTHERS: [], POSSIBLE: []}
    for paper in papers_of(case, act):
        form, key = _asked_form(case, forms[paper.code], paper.no), (paper.code, paper.no)
        line = PaperLine(form, paper.title, paper.no, paper.copies, printed.get(key), key in entered)
        groups[IN_FILE if form.order < _FIRST_OUTSIDE else OTHERS].append(line)
    further = (form for form in forms.values() if form.about is About.ENTRY and form.inputs)
    groups[POSSIBLE] = [PaperLine(form, form.title, None, form.copies) for form in further]
    return groups


def _asked_form(case: Case, form: Form, no: int) -> Form:
    """The form as it asks for what is to be typed for this paper: of a fact less than of one that is only typed."""
    if not any(asked.told_by for asked in form.inputs):
        return form
    thing = next(each.thing for each in subjects(case, form.about, form.code) if each.no == no)
    return form if isinstance(thing, PaperEntry) else form.for_a_fact


class _Row(NamedTuple):
    line: PaperLine
    item: QTreeWidgetItem
    group: QTreeWidgetItem
    printed: str


class PaperList(QTreeWidget):
    """Shows the groups; what is chosen, folded and looked for stays so while the list is read anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[QTreeWidgetItem] = []
        self._rows: list[_Row] = []
        self._changed: set[tuple[str, int | None]] = set()
        self._folded = {POSSIBLE}
        self._sought = ""
        self.itemExpanded.connect(lambda group: self._fold(group, folded=False))
        self.itemCollapsed.connect(lambda group: self._fold(group, folded=True))

    def show_groups(self, groups: Groups, today: date, *, afresh: bool = False) -> None:
        """Show these papers, of another case `afresh`. Nobody is told that the current line is a new one."""
        chosen = None if afresh else self.chosen()
        place = self.verticalScrollBar().value()
        self.blockSignals(True)
        self._rows, self._groups = [], []
        if afresh:
            self._changed.clear()
        self.clear()
        for title, lines in groups.items():
            if lines:
                self._add_group(title, lines, today)
        self._set_columns()
        if chosen is not None:
            self.choose(*chosen.key)
        if self.chosen() is None:
            self._choose_newest()
        self._hide_and_fold()
        self.blockSignals(False)
        self.verticalScrollBar().setValue(0 if afresh else place)
        self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen paper in sight, also when the list first gets its size."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def chosen(self) -> PaperLine | None:
        now = self.currentItem()
        return next((row.line for row in self._rows if row.item is now), None)

    def choose(self, code: str, no: int | None) -> None:
        """Choose a paper, if it is there."""
        for row in self._rows:
            if row.line.key == (code, no):
                row.group.setExpanded(True)
                self.setCurrentItem(row.item)

    def _choose_newest(self) -> None:
        """Choose what was recorded last among the papers of the file: the agreement before the session before it."""
        happened = [row for row in self._rows if _tells_of_something(row.line)]
        if self._rows:
            self.setCurrentItem(happened[-1].item if happened else self._rows[0].item)

    def look_for(self, text: str) -> None:
        """Show only papers whose title or code has this in it."""
        self._sought = text.strip().casefold()
        self._hide_and_fold()

    def choose_first_found(self) -> None:
        found = next((row.item for row in self._rows if not row.item.isHidden()), None)
        if found is not None:
            self.setCurrentItem(found)
            self.setFocus()

    def mark(self, code: str, no: int, *, has_changed: bool) -> None:
        """Say at a paper whether its words are still those of its last print."""
        (self._changed.add if has_changed else self._changed.discard)((code, no))
        for row in self._rows:
            if row.line.key == (code, no):
                self._show_print(row)

    def _add_group(self, title: str, lines: Sequence[PaperLine], today: date) -> None:
        group = QTreeWidgetItem(self, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        self._groups.append(group)
        for line in lines:
            item = QTreeWidgetItem(group, [line.form.code, line.title, "" if line.no is None else str(line.copies)])
            item.setToolTip(TITLE, line.title)
            item.setTextAlignment(COPIES, Qt.AlignmentFlag.AlignHCenter)
            self._rows.append(_Row(line, item, group, _short_day(line.printed_at, today)))
            self._show_print(self._rows[-1])

    def _show_print(self, row: _Row) -> None:
        """The day of the last print, or that it does not say any more what the paper says."""
        has_changed = row.line.key in self._changed and row.line.printed_at is not None
        row.item.setText(PRINTED, "有改动" if has_changed else row.printed)
        row.item.setToolTip(PRINTED, f"上次打印：{row.printed}" if row.printed else "")
        row.item.setBackground(PRINTED, ORANGE.background if has_changed else QBrush())
        row.item.setForeground(PRINTED, ORANGE.ink if has_changed else QBrush())

    def _set_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        for column in (CODE, COPIES, PRINTED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)

    def _hide_and_fold(self) -> None:
        """While something is looked for every group is open, and those without a hit are gone."""
        for row in self._rows:
            row.item.setHidden(self._sought not in f"{row.line.form.code} {row.line.title}".casefold())
        hits = [row.group for row in self._rows if not row.item.isHidden()]
        for group in self._groups:
            group.setHidden(all(group is not each for each in hits))
            group.setExpanded(bool(self._sought) or group.text(CODE) not in self._folded)

    def _fold(self, group: QTreeWidgetItem, *, folded: bool) -> None:
        if not self._sought:
            (self._folded.add if folded else self._folded.discard)(group.text(CODE))


def _tells_of_something(line: PaperLine) -> bool:
    return line.form.order < _FIRST_OUTSIDE and line.form.about not in (About.CASE, About.ENTRY)


def _short_day(at: datetime | None, today: date) -> str:
    """11-20, with the year where it is another one."""
    if at is None:
        return ""
    return f"{at:%m-%d}" if at.year == today.year else f"{at:%Y-%m-%d}"
