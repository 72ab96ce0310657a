"""The first start from the wizard to the open store; the wizard keeps what was typed until that is there."""

from collections.abc import Callable
from datetime import datetime
from os import urandom
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.uid import uuid7
from mediation_desk.gui.background import Background
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.first_start import Beginning, FirstStart
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.services.first_desk import begin_desk
from mediation_desk.store.database import Database
from mediation_desk.store.key_file import fresh_words


class FirstSteps(QObject):
    """`place` is where the store is to be made, or one that is open and that nobody has set up.

    `begun` carries the open store, the uid of its first user, and None: nothing is to be said of a password that was
    just chosen. `server_wanted` asks for a store on a server instead; the wizard is closed then.
    """

    begun = Signal(object, str, object)
    server_wanted = Signal()

    def __init__(
        self,
        place: Path | Database,
        packs: Rules,
        window: MainWindow,
        work: Background,
        *,
        claim: Callable[[Path], None],
        practise: Callable[[], None],
    ) -> None:
        """`claim` makes the path this program's own, `practise` opens 练习模式; both may raise `DeskError`."""
        super().__init__(window)
        self._place, self._packs, self._work = place, packs, work
        self._claim, self._practise = claim, practise
        is_new_file = isinstance(place, Path)  # it is encrypted unless somebody says otherwise; a server sees to that
        self.wizard = FirstStart(
            packs,
            lambda: uuid7(datetime.now(), urandom(10)),
            window,
            new_words=fresh_words if is_new_file else None,
        )
        self.wizard.ui.begin_server.setVisible(is_new_file)
        self.wizard.set_up.connect(self._set_up)
        self.wizard.practice_wanted.connect(self._leave_for_practice)
        self.wizard.server_wanted.connect(self._leave_for_server)
        self.wizard.rejected.connect(window.close)
        self.wizard.open()

    def _set_up(self, beginning: Beginning) -> None:
        """Make the store on a thread of its own."""
        place, packs, now, wizard = self._place, self._packs, datetime.now(), self.wizard
        centre, password, words = beginning.centre, beginning.password, beginning.words

        def go_in(database: Database) -> None:
            wizard.accept()
            self.begun.emit(database, centre.users[0].uid, None)

        def refuse(error: DeskError) -> None:
            wizard.wait(False)
            tell(wizard, str(error))

        with telling(wizard):
            if isinstance(place, Path):
                self._claim(place)
            wizard.wait(True)
            self._work.run(lambda: begin_desk(place, centre, packs, now, password, words), go_in, refuse)

    def _leave_for_practice(self) -> None:
        """What was typed into the wizard stays until 练习模式 is open."""
        with telling(self.wizard):
            self._practise()
            self.wizard.accept()

    def _leave_for_server(self) -> None:
        self.wizard.accept()
        self.server_wanted.emit()
