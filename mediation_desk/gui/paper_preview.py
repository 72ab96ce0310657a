"""Draws the chosen paper on a thread of its own, and tells what is known of earlier prints."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.paper_view import PaperView
from mediation_desk.services.act import Act
from mediation_desk.services.papers import SeenPaper, paper_to_print, see_paper


class Wanted(NamedTuple):
    """The paper that is wanted: of this case, with this code, about this."""

    case_id: int
    code: str
    no: int


class PaperPreview(QObject):
    """Shows one paper in `view`. `drawn` comes after each drawing; `seen` is then the paper, None where there is none.

    `marks` has what changed since the last print marked: on the screen only. `checked` tells of a printed paper
    whether it has changed since.
    """

    drawn = Signal()
    checked = Signal(Wanted, bool)

    def __init__(self, desk: Desk, view: PaperView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._wanted: Wanted | None = None
        self._turn = 0
        self._background: Background | None = None
        self.seen: SeenPaper | None = None
        self.marks = True

    def show(self, wanted: Wanted, *, large: bool) -> None:
        """Draw this paper. Another one's place is cleared at once; the same one stays in sight until it is drawn."""
        if wanted != self._wanted:
            self.clear()
        self._wanted = wanted
        self._turn += 1
        turn, act, desk = self._turn, self._desk.act(), self._desk
        self._thread().run(lambda: _see(desk, act, wanted, large=large), lambda drawn: self._take(turn, drawn))

    def check(self, papers: Iterable[Wanted]) -> None:
        """Find out which of these have changed since they were printed, until another paper is wanted."""
        turn, act, desk = self._turn, self._desk.act(), self._desk

        def look_at(paper: Wanted) -> SeenPaper | str:
            return _see(desk, act, paper) if turn == self._turn else ""

        for paper in papers:
            self._thread().run(partial(look_at, paper), partial(self._tell, turn, paper))

    def draw_for_printer(self, wanted: Wanted, *, large: bool, then: Callable[[SeenPaper | str], None]) -> None:
        """Draw this paper as the printer gets it, then hand it over, or the sentence why there is none."""
        act, desk = self._desk.act(), self._desk
        self._thread().run(lambda: _see(desk, act, wanted, large=large, for_printer=True), then)

    def clear(self, sentence: str = "") -> None:
        """Show no paper, and say why."""
        self._turn += 1
        self._wanted, self.seen = None, None
        self._view.clear(sentence)

    def set_marks(self, wanted: bool) -> None:
        self.marks = wanted
        if self.seen is not None:
            self._show(self.seen)

    def stop(self) -> None:
        """Draw no more, and wait for what was begun."""
        self._turn += 1
        if self._background is not None:
            self._background.finish()
            self._background.deleteLater()
            self._background = None

    def _thread(self) -> Background:
        if self._background is None:
            self._background = Background(self._view)
        return self._background

    def _tell(self, turn: int, paper: Wanted, drawn: SeenPaper | str) -> None:
        if turn == self._turn and not isinstance(drawn, str):
            self.checked.emit(paper, drawn.last_printed is not None and not drawn.is_reprint)

    def _take(self, turn: int, drawn: SeenPaper | str) -> None:
        if turn != self._turn:
            return  # something newer is on its way, or nothing is wanted any more
        if isinstance(drawn, str):
            self.seen = None
            self._view.clear(drawn)
        else:
            self.seen = drawn
            self._show(drawn)
        self.drawn.emit()

    def _show(self, seen: SeenPaper) -> None:
        self._view.show_pdf(seen.changes_marked if self.marks and seen.changes_marked else seen.pdf)


def _see(desk: Desk, act: Act, wanted: Wanted, *, large: bool = False, for_printer: bool = False) -> SeenPaper | str:
    """Runs on the other thread: reads anew and touches no widget. Returns the sentence where there is no paper."""
    try:
        with desk.database.reading() as records:
            if for_printer:
                return paper_to_print(records, act, *wanted, large=large)
            return see_paper(records, act, *wanted, large=large, marked=True)
    except DeskError as error:
        return str(error)
