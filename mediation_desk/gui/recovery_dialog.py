"""Leads somebody whose data do not open back to work: what happened, what is kept, what can be done and at what price.

Looking, reading back-ups and salvaging take as long as the store is large, so all of it happens on another thread. No
step is taken before somebody chose it, and the file as it was is always kept.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from os import urandom
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QPushButton, QWidget

from mediation_desk.domain.damage import Damage, Diagnosis, WayOut
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.uid import uuid7
from mediation_desk.gui.asking import ask
from mediation_desk.gui.background import Background
from mediation_desk.gui.forms.ui_recovery import Ui_Recovery
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.store import rescue
from mediation_desk.store.copying import Progress, Stopped
from mediation_desk.store.diagnosis import diagnose
from mediation_desk.store.rescue import Choice, Offer, Rescued

_T = TypeVar("_T")

_TO_BE_TRIED = "先试读一遍，告诉您读出多少，再由您决定。"
_WORTH_A_TRY = frozenset({Damage.LOCKED, Damage.NO_ACCESS, Damage.NONE, Damage.MISSING, Damage.LOG_LOST})
"""Somebody may close the other program or put the file back meanwhile."""


class RecoveryDialog(QDialog):
    """`recovered` comes when the store is to be opened anew, and says whether it now is as it was at an earlier time;
    `anew_wanted` when a new one is to be set up instead of one that is gone. Rejected, there is nothing to work on.
    """

    recovered = Signal(bool)
    anew_wanted = Signal()

    def __init__(
        self,
        path: Path,
        error: DeskError,
        key: bytes | None,
        parent: QWidget,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_Recovery()
        self.ui.setupUi(self)
        self._path, self._error, self._key, self._clock = path, error, key, clock
        self._background = Background(self)
        self._stop: Event | None = None
        self._rescued: Rescued | None = None
        self._put_back = False
        self._diagnosis = Diagnosis(damage=Damage.NONE)
        self.ways = LineModel(("办法", "结果"), self)
        self.ui.ways.setModel(self.ways)
        self.ui.ways.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for label in (self.ui.what_happened, self.ui.what_is_kept, self.ui.recovery_said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._connect()
        self.look()

    def _connect(self) -> None:
        ui = self.ui
        ui.retry.clicked.connect(self.retry)
        ui.go.clicked.connect(self.go)
        ui.ways.activated.connect(self.go)
        ui.use_salvaged.clicked.connect(self.use_salvaged)
        ui.back.clicked.connect(self.back)
        ui.stop_recovery.clicked.connect(self.stop)
        ui.open_store.clicked.connect(self.open_store)
        ui.leave.clicked.connect(self.reject)

    # ---- what is wrong, and what can be done

    def look(self) -> None:
        """Find out what is wrong, and what can be done about it."""
        path, key = self._path, self._key
        self.ui.what_happened.setText("正在检查数据文件…")
        self.ui.what_is_kept.setText("只是查看，没有改动任何文件。")

        def work(tell: Progress, stop: Event) -> tuple[Diagnosis, Offer]:
            diagnosis = diagnose(path, key, stop=stop)
            return diagnosis, rescue.offer(path, key, diagnosis, progress=tell, stop=stop)

        self._begin(work, self._show)

    def _show(self, found: tuple[Diagnosis, Offer]) -> None:
        self._diagnosis, offer = found
        ui, diagnosis = self.ui, self._diagnosis
        if diagnosis.is_harmed:
            ui.what_happened.setText(f"{diagnosis.damage.label}。{diagnosis.detail}\n{self._path}")
            ui.what_is_kept.setText("没有改动任何文件。不管用哪个办法，现在的文件都改名留在原处，不会删除。")
        else:
            ui.what_happened.setText(str(self._error))
            ui.what_is_kept.setText("数据没有损坏，也没有改动。")
        self.ways.show([Line((_named(choice), _told(choice)), choice) for choice in offer.choices])
        ui.ways.setCurrentIndex(self.ways.index(0, 0))
        self._say(_about_backups(offer, diagnosis))
        self._offer(*([ui.go] if offer.choices else []))

    def _offer(self, *buttons: QPushButton) -> None:
        ui = self.ui
        may_retry = self._diagnosis.damage in _WORTH_A_TRY and ui.open_store not in buttons and self._rescued is None
        shown = {*buttons, ui.leave} | ({ui.retry} if may_retry else set())
        for button in (ui.retry, ui.go, ui.use_salvaged, ui.back, ui.stop_recovery, ui.open_store, ui.leave):
            button.setVisible(button in shown)
        ui.recovery_progress.setVisible(False)
        has_ways = bool(self.ways.lines) and ui.go in buttons
        ui.ways.setVisible(has_ways)
        ui.ways_caption.setVisible(has_ways)
        first = next(iter(buttons), ui.leave)
        first.setDefault(True)
        (ui.ways if has_ways else first).setFocus()

    def _say(self, sentence: str) -> None:
        self.ui.recovery_said.setText(sentence)
        self.ui.recovery_said.setVisible(bool(sentence))

    # ---- work, and calling it off

    def _begin(self, work: Callable[[Progress, Event], _T], then: Callable[[_T], None]) -> None:
        ui = self.ui
        for button in (ui.retry, ui.go, ui.use_salvaged, ui.back, ui.open_store, ui.leave):
            button.setVisible(False)
        ui.ways.setEnabled(False)
        ui.stop_recovery.setVisible(True)
        ui.stop_recovery.setEnabled(True)
        ui.recovery_progress.setValue(0)
        ui.recovery_progress.setVisible(True)
        self._stop = self._background.run_long(partial(_kept, work), partial(self._end, then), self._show_progress)

    def _show_progress(self, done: float) -> None:
        self.ui.recovery_progress.setValue(int(done * self.ui.recovery_progress.maximum()))

    def _end(self, then: Callable[[_T], None], result: "_T | DeskError") -> None:
        self._stop = None
        self.ui.stop_recovery.setVisible(False)
        self.ui.ways.setEnabled(True)
        if isinstance(result, DeskError):
            stopped = isinstance(result, Stopped)
            self._say("已停止，没有改动任何文件。" if stopped else str(result))
            self._offer(self.ui.go if self.ways.lines else self.ui.retry)
        else:
            then(result)

    def stop(self) -> None:
        if self._stop is not None:
            self.ui.stop_recovery.setEnabled(False)
            self._stop.set()

    # ---- the ways out

    def go(self) -> None:
        """Do what is chosen in the list."""
        choice = self.ui.ways.currentIndex().data(Qt.ItemDataRole.UserRole)
        if not isinstance(choice, Choice) or self._stop is not None:
            return
        path, key, now = self._path, self._key, self._clock()
        self._put_back = choice.way in {WayOut.BACKUP, WayOut.WITHOUT_LOG}
        match choice.way:
            case WayOut.BACKUP:
                self._begin(
                    lambda tell, stop: rescue.restore(choice, path, now=now, progress=tell, stop=stop), self._done
                )
            case WayOut.KEYS:
                self._begin(lambda _tell, _stop: rescue.take_keys(choice, path, now=now), self._done)
            case WayOut.AS_IT_IS:
                self._begin(lambda _tell, _stop: rescue.open_as_it_is(path), self._done)
            case WayOut.HEADER:
                self._begin(
                    lambda tell, stop: rescue.put_in_place(
                        rescue.mend_header(path, progress=tell, stop=stop), path, now=now
                    ),
                    self._done,
                )
            case WayOut.WITHOUT_LOG:
                self._begin(
                    lambda tell, stop: rescue.put_in_place(
                        rescue.leave_log_out(path, key, progress=tell, stop=stop), path, now=now
                    ),
                    self._done,
                )
            case WayOut.ANEW:
                question = "原来的记录都不会在新的里面；备份和别的文件都不动。确定从头建一份新的吗？"
                ask(self, question, "从头建", self._begin_anew)
            case WayOut.SALVAGE:
                self._begin(
                    lambda tell, stop: rescue.salvage(path, key, now=now, new_uid=_new_uid, progress=tell, stop=stop),
                    self._show_salvaged,
                )

    def _begin_anew(self) -> None:
        self.accept()
        self.anew_wanted.emit()

    def _show_salvaged(self, rescued: Rescued) -> None:
        self._rescued = rescued
        self.ui.what_happened.setText(rescued.sentence)
        self.ui.what_is_kept.setText("还没有换上。换上以后，损坏的文件仍改名留在原处，可以再从里面找。")
        self._say("")
        self._offer(self.ui.use_salvaged, self.ui.back)

    def use_salvaged(self) -> None:
        rescued, path, now = self._rescued, self._path, self._clock()
        assert rescued is not None
        self._rescued = None
        self._begin(lambda _tell, _stop: rescue.put_in_place(rescued.fresh, path, now=now), self._done)

    def back(self) -> None:
        """What was salvaged is not wanted: choose anew."""
        self._give_up_salvaged()
        self.look()

    def _give_up_salvaged(self) -> None:
        if self._rescued is not None:
            rescue.give_up(self._rescued.fresh)
            self._rescued = None

    def _done(self, aside: Path | None) -> None:
        self.ui.what_happened.setText("已经做好，可以打开了。")
        kept = f"原来的文件留在：\n{aside}\n请保留到核对无误为止。" if aside else "原来的文件没有改动。"
        self.ui.what_is_kept.setText(kept)
        self._say("打开后请先核对最近的登记，缺少的照登记簿补录。")
        self._offer(self.ui.open_store)

    # ---- out

    def retry(self) -> None:
        """Try to open the store as it lies there now; where nothing is wrong, earlier signs count no more."""
        if self._diagnosis.damage is Damage.NONE:
            rescue.open_as_it_is(self._path)
        self.accept()
        self.recovered.emit(False)

    def open_store(self) -> None:
        self.accept()
        self.recovered.emit(self._put_back)

    def reject(self) -> None:
        self.stop()
        self._background.finish()
        self._give_up_salvaged()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()


def offer_recovery(
    path: Path,
    error: DeskError,
    key: bytes | None,
    parent: QWidget,
    on_done: Callable[[bool], object],
    on_anew: Callable[[], object],
) -> RecoveryDialog:
    """Open the dialog over `parent`.

    `on_done` is called when the store at `path` is to be opened anew, and told whether it is as it was earlier;
    `on_anew` when somebody wants a new one in place of a store that is gone.
    """
    dialog = RecoveryDialog(path, error, key, parent)
    dialog.recovered.connect(lambda put_back: on_done(put_back))
    dialog.anew_wanted.connect(lambda: on_anew())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _kept(work: Callable[[Progress, Event], _T], tell: Progress, stop: Event) -> "_T | DeskError":
    """What is refused is told in the dialog itself."""
    try:
        return work(tell, stop)
    except DeskError as error:
        return error


def _named(choice: Choice) -> str:
    backup = choice.backup
    if backup is None:
        return choice.way.label
    size = QLocale().formattedDataSize(backup.size)
    return f"{choice.way.label}\n（{backup.made_at:%Y-%m-%d %H:%M}，{size}）"


def _told(choice: Choice) -> str:
    if choice.way is WayOut.SALVAGE:
        return _TO_BE_TRIED
    if choice.way is WayOut.ANEW:
        return "原来的记录都没有了；备份和别的文件都不动。"
    if choice.way is WayOut.KEYS:
        return f"{choice.loss.sentence}口令用做那次备份时的。"
    return choice.loss.sentence


def _about_backups(offer: Offer, diagnosis: Diagnosis) -> str:
    told = [f"备份“{each.file_name}”也已损坏，没有列出。" for each in offer.bad_backups]
    if diagnosis.is_harmed and not any(choice.backup for choice in offer.choices):
        told.append("没有找到能用的备份。备份若在别的磁盘或 U 盘上，请接上以后再打开程序。")
    if diagnosis.is_harmed and not offer.choices:
        told.append("请联系管理员，不要删除这个文件夹里的任何文件。")
    return "\n".join(told)


def _new_uid() -> str:
    return uuid7(datetime.now(), urandom(10))
