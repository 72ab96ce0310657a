"""Has the roster of a month worked out beside the window: level after level is told, and it can be stopped."""

from collections.abc import Callable
from datetime import date
from threading import Event
from typing import NoReturn

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.roster_problem import Level, RosterSolution
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk, this_pc
from mediation_desk.gui.roster_words import progress_in_words
from mediation_desk.services.audit import doing
from mediation_desk.services.roster_making import keep_draft, problem_of
from mediation_desk.services.roster_undo import Edit, edit_draft

_KEEPING = "已排好，正在存为草案…"
_SETTLING = "正在停下，留用已得的排班…"


class RosterMaker(QObject):
    """`told` says how far it is, `stopped` comes when it was given up.

    `made` comes when the draft is kept: the month, what was found, and the edit by which it can be taken back. Reading
    and writing are done beside the window as well: with many people each would hold it up.
    """

    told = Signal(str)
    made = Signal(object, object, object)
    stopped = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._background = Background(window)
        self._stop: Event | None = None
        self._is_keeping = False
        self._levels: list[Level] = []

    @property
    def is_making(self) -> bool:
        return self._stop is not None

    def begin(self, month: date) -> None:
        """Read what is known of a month, then work its roster out; one at a time."""
        if self.is_making:
            return
        act, database = self._desk.act(), self._desk.database
        seconds = float(act.rules.setting("roster_seconds_a_level", max(month, act.today)))
        self._levels = []

        def work(tell: Callable[[Level], None], stop: Event) -> RosterSolution | Exception:
            from mediation_desk.solver.roster import solve_roster  # it brings what is only needed here

            try:
                with database.reading() as records:
                    problem = problem_of(records, act, month)
                return solve_roster(problem, on_level=tell, stop=stop, seconds=seconds)
            except Exception as error:  # noqa: BLE001 - raised on the window's thread
                return error

        self.told.emit(progress_in_words(()))
        stop = self._background.run_long(work, lambda found: self._bring(stop, month, found), self._tell)
        self._stop = stop

    @property
    def can_settle(self) -> bool:
        """Whether something was reached that is worth keeping."""
        is_working = self._stop is not None and not self._stop.is_set() and not self._is_keeping
        return is_working and bool(self._levels)

    def settle(self) -> None:
        """Have it end with what was reached so far; that is then brought like any other."""
        if self._stop is not None and self.can_settle:
            self._stop.set()
            self.told.emit(_SETTLING)

    def stop(self) -> None:
        """Give up what is being worked out; nothing of it is kept. What is being written already stays."""
        if self._stop is not None and not self._is_keeping:
            self._stop.set()
            self._stop = None
            self.stopped.emit()

    def finish(self) -> None:
        """Give up, and wait for the end; call it before the window goes."""
        self.stop()
        self._background.finish()

    def _tell(self, level: Level) -> None:
        self._levels.append(level)
        self.told.emit(progress_in_words(self._levels))

    def _bring(self, stop: Event, month: date, found: RosterSolution | Exception) -> None:
        if stop is not self._stop:
            return
        if isinstance(found, Exception):
            self._give_up(found)
        act, database = self._desk.act(), self._desk.database
        told = doing(act, keep_draft, this_pc())
        self._is_keeping = True
        self.told.emit(_KEEPING)

        def keep() -> Edit | Exception:
            try:
                with database.writing(doing=told) as records:
                    return edit_draft(records, act, month, keep_draft, found)
            except Exception as error:  # noqa: BLE001 - raised on the window's thread
                return error

        self._background.run(keep, lambda kept: self._end(month, found, kept))

    def _end(self, month: date, found: RosterSolution, kept: Edit | Exception) -> None:
        if isinstance(kept, Exception):
            self._give_up(kept)
        self._stop, self._is_keeping = None, False
        self._desk.changed.emit()
        self.made.emit(month, found, kept)

    def _give_up(self, error: Exception) -> NoReturn:
        self._stop, self._is_keeping = None, False
        self.stopped.emit()
        raise error
