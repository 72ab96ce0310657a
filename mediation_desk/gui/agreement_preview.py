"""Draws the agreement anew whenever typing rests, on a thread of its own, from what was just saved."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.finding import Finding
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.paper_view import PaperView
from mediation_desk.services.act import Act
from mediation_desk.services.agreements import find_agreement, findings_of
from mediation_desk.services.papers import draw_agreement

PAUSE_MS = 600
"""Typing that rests this long is looked at."""


class Drawn(NamedTuple):
    """What came back: the paper, or the sentence that says why there is none, and what a review of it found."""

    turn: int
    pdf: bytes
    sentence: str
    findings: list[Finding]


class AgreementPreview(QObject):
    """Redraws a draft in `view`. `save` is called first and brings what was typed into the store.

    `drawn` comes after each drawing, with what a review found.
    """

    drawn = Signal(list)

    def __init__(self, desk: Desk, view: PaperView, save: Callable[[], object]) -> None:
        super().__init__(view)
        self._desk, self._view, self._save = desk, view, save
        self._draft: tuple[int, int] | None = None
        self._turn = 0
        self._background: Background | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.draw)

    def follow(self, case_id: int, no: int) -> None:
        """Show this draft from now on."""
        self._draft = (case_id, no)
        self.draw()

    def touch(self) -> None:
        """Something was typed: draw when it rests."""
        self._timer.start()

    def stop(self) -> None:
        """Draw no more, and wait for what was begun."""
        self._timer.stop()
        self._draft = None
        self._turn += 1
        if self._background is not None:
            self._background.finish()
            self._background.deleteLater()
            self._background = None

    def draw(self) -> None:
        """Draw now what is saved now."""
        self._timer.stop()
        self._save()
        if self._draft is None:
            return
        if self._background is None:
            self._background = Background(self._view)
        self._turn += 1
        turn, (case_id, no), act, desk = self._turn, self._draft, self._desk.act(), self._desk
        self._background.run(lambda: _draw(desk, act, turn, case_id, no), self._show)

    def _show(self, drawn: Drawn) -> None:
        if drawn.turn != self._turn:
            return  # something newer is on its way, or another agreement is shown
        if drawn.pdf:
            self._view.show_pdf(drawn.pdf)
        else:
            self._view.say(drawn.sentence)
        self.drawn.emit(drawn.findings)


def _draw(desk: Desk, act: Act, turn: int, case_id: int, no: int) -> Drawn:
    """Runs on the other thread: reads anew and touches no widget."""
    findings: list[Finding] = []
    try:
        with desk.database.reading() as records:
            case = records.cases.get(case_id)
            findings = findings_of(records, act, case_id, no)
            return Drawn(turn, draw_agreement(records, act, case, find_agreement(case, no)).pdf, "", findings)
    except DeskError as error:
        return Drawn(turn, b"", str(error), findings)
