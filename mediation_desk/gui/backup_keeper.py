"""Keeps the records backed up while people work: looks every minute, on a thread of its own, and asks nothing."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressDialog, QWidget

from mediation_desk.domain.backup_standing import Light, Rehearsal, Remark
from mediation_desk.domain.errors import CannotSave, DeskError
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk

if TYPE_CHECKING:
    from mediation_desk.services.backup import BackedUp
    from mediation_desk.store.backup import Backup
    from mediation_desk.store.copying import Progress

A_MINUTE_MS = 60_000
_FIRST_ROUND_MS = 20_000  # after the start has settled
_IDLE_MS = 2 * A_MINUTE_MS
_WAIT_AFTER_TROUBLE_MS = 10 * A_MINUTE_MS
_LOOK_WHETHER_DONE_MS = 50
_PERMILLE = 1000


class BackupKeeper(QObject):
    """One for each desk; see `keeper_of`. Does one thing at a time.

    `told` comes when what is known of the back-ups may have changed, `moved` with how much is done, from 0 to 1.
    `remarks` are what went wrong in the last round; `doing` is what goes on now, in a word, "" for nothing. Whoever
    writes the whole store anew does it in `background` too: nothing is copied meanwhile.
    """

    told = Signal()
    moved = Signal(float)
    _moved = Signal(float)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk)
        self.desk = desk
        self.remarks: list[Remark] = []
        self.doing = ""
        self._stop = Event()
        self.background = Background(window)
        self._untouched = QElapsedTimer()
        self._untouched.start()
        self._since_trouble: QElapsedTimer | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(A_MINUTE_MS)
        self._timer.timeout.connect(self.look)
        self._moved.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)  # from the thread that works
        desk.changed.connect(self._untouched.restart)

    @property
    def is_wanted(self) -> bool:
        """Whether the store is to be backed up by itself: not one for practice, on a server, or that is only read."""
        database = self.desk.database
        return database.path is not None and not database.read_only and not self.desk.centre.is_practice

    def start(self) -> None:
        """Look every minute from now on."""
        if self.is_wanted:
            self._timer.start()
            QTimer.singleShot(_FIRST_ROUND_MS, self, self._begin)

    def _begin(self) -> None:
        store = self.desk.database.path
        assert store is not None

        def work(_progress: "Progress", _stop: Event) -> None:
            from mediation_desk.services.backup_round import sweep_up

            sweep_up(store)

        self.do("清理", work, lambda _: self.look(), is_asked=False)

    def look(self) -> None:
        """Make a round, unless something goes on or the last one failed just now."""
        waits = self._since_trouble is not None and self._since_trouble.elapsed() < _WAIT_AFTER_TROUBLE_MS
        if self.doing or waits or not self.is_wanted:
            return
        self._since_trouble = None
        desk, now, is_idle = self.desk, self.desk.now(), self._untouched.elapsed() > _IDLE_MS

        def work(progress: "Progress", stop: Event) -> list[Remark]:
            from mediation_desk.services.backup_round import Round, make_round

            this = Round(now, desk.rules, desk.packs, is_idle=is_idle)
            return make_round(desk.database, this, progress=progress, stop=stop)

        self.do("备份", work, self._after_round, is_asked=False)

    def look_anew(self) -> None:
        """Make a round although the last one failed: what was in its way may be gone."""
        self._since_trouble = None
        self.look()

    def _after_round(self, remarks: list[Remark]) -> None:
        if any(each.light is Light.RED for each in remarks):
            self._since_trouble = QElapsedTimer()
            self._since_trouble.start()
        self.remarks = remarks

    def back_up(
        self,
        then: Callable[["BackedUp"], None],
        refused: Callable[[DeskError], None],
        reason: BackupReason = BackupReason.ASKED,
    ) -> None:
        """Back up now, as quickly as the disk allows, as somebody waits for it."""
        desk, now = self.desk, self.desk.now()

        def work(progress: "Progress", stop: Event) -> "BackedUp":
            from mediation_desk.services.backup import back_up_now

            return back_up_now(desk.database, desk.rules, reason, now, pause=0, progress=progress, stop=stop)

        self.do("备份", work, then, refused)

    def rehearse(self, then: Callable[[Rehearsal], None], refused: Callable[[DeskError], None]) -> None:
        """Rehearse now with the newest back-up."""
        desk, now = self.desk, self.desk.now()

        def work(progress: "Progress", stop: Event) -> Rehearsal:
            from mediation_desk.services.rehearsal import rehearse_newest

            return rehearse_newest(desk.database, desk.packs, now, pause=0, progress=progress, stop=stop)

        self.do("演练", work, then, refused)

    def prepare_restoring(
        self, backup: "Backup", then: Callable[[None], None], refused: Callable[[DeskError], None]
    ) -> None:
        """Lay a back-up ready to be put in place of the store when it is opened next."""
        desk, now = self.desk, self.desk.now()

        def work(progress: "Progress", stop: Event) -> None:
            from mediation_desk.services.backup import prepare_restoring

            prepare_restoring(desk.database, desk.rules, backup, now, progress=progress, stop=stop)

        self.do("准备恢复", work, then, refused)

    def call_off(self) -> None:
        """Stop what goes on; it leaves nothing behind."""
        self._stop.set()

    def close_down(self, window: QWidget | None = None) -> None:
        """Make the last back-up of the day and let go; somebody who waits too long can go without it."""
        self._timer.stop()
        self.call_off()
        self.background.finish()
        if self.is_wanted and self._has_news():
            self._wait_for_last_backup(window)
        self.background.finish()

    def _has_news(self) -> bool:
        try:
            return self.desk.look(lambda records, _: records.backups.standing()).has_news
        except DeskError:
            return False

    def _wait_for_last_backup(self, window: QWidget | None) -> None:
        waiting, loop, ended = QProgressDialog(window), QEventLoop(), QTimer()
        waiting.setObjectName("closing_backup")
        waiting.setWindowTitle("备份")
        waiting.setLabelText("正在做关闭前的备份…")
        waiting.setCancelButtonText("不备份，直接关闭")
        waiting.setRange(0, _PERMILLE)
        waiting.setWindowModality(Qt.WindowModality.ApplicationModal)
        waiting.canceled.connect(self.call_off)
        self.moved.connect(lambda done: waiting.setValue(int(done * (_PERMILLE - 1))))
        ended.timeout.connect(lambda: None if self.doing else loop.quit())  # however it ended, by a defect too
        ended.start(_LOOK_WHETHER_DONE_MS)
        self.back_up(lambda _: None, lambda _: None, BackupReason.CLOSING)
        loop.exec()
        ended.stop()
        waiting.reset()
        waiting.deleteLater()

    def do(
        self,
        what: str,
        work: Callable[["Progress", Event], object],
        then: Callable[..., None],
        refused: Callable[[DeskError], None] = lambda _: None,
        *,
        is_asked: bool = True,
    ) -> None:
        """Have `work` done, unless something is being done. What nobody asked for is told of only at its end."""
        if self.doing:
            refused(CannotSave(f"正在{self.doing}，请等它做完再试。"))
            return

        def begin() -> object:
            try:
                return work(self._moved.emit, stop)
            finally:
                self.doing = ""

        def end(result: object) -> None:
            then(result)
            self.told.emit()

        def give_up(error: DeskError) -> None:
            refused(error)
            self.told.emit()

        stop = self._stop = Event()
        self.doing = what
        if is_asked:
            self.told.emit()
        self.background.run(begin, end, give_up)

    @Slot(float)
    def _pass_on(self, done: float) -> None:
        self.moved.emit(done)


def keeper_of(desk: Desk, window: QWidget) -> BackupKeeper:
    """The keeper of this desk's back-ups; made when it is first asked for. `window` is one that lasts."""
    return desk.findChild(BackupKeeper) or BackupKeeper(desk, window)
