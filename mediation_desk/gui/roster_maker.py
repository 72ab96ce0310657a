"""Has the roster of a month worked out beside the window: level after level is told, and it can be stopped."""

from collections.abc import Callable
from datetime import date
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.roster_problem import Level, RosterSolution
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.roster_words import progress_in_words
from mediation_desk.services.roster_making import problem_of

_SETTLING = "正在停下，留用已得的排班…"


class RosterMaker(QObject):
    """`told` says how far it is, `made` brings the month and what was found, `stopped` comes when it was given up."""

    told = Signal(str)
    made = Signal(object, object)
    stopped = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._background = Background(window)
        self._stop: Event | None = None
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
        return self._stop is not None and not self._stop.is_set() and bool(self._levels)

    def settle(self) -> None:
        """Have it end with what was reached so far; that is then brought like any other."""
        if self._stop is not None and self.can_settle:
            self._stop.set()
            self.told.emit(_SETTLING)

    def stop(self) -> None:
        """Give up what is being worked out; nothing of it is kept."""
        if self._stop is not None:
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
        self._stop = None
        if isinstance(found, Exception):
            self.stopped.emit()
            raise found
        self.made.emit(month, found)
