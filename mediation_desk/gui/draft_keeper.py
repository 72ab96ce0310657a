"""Keeps what stands in a form while it is being typed, so that no crash and no power cut costs more than a second."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import CannotSave, DeskError
from mediation_desk.gui.desk import Desk
from mediation_desk.store.draft import Draft

PAUSE_MS = 400
"""A draft is saved so soon after something was typed, however steadily the typing goes on."""

AGAIN_MS = 2000
"""When it is tried again after the store refused."""


class DraftKeeper(QObject):
    """Saves one form. `read` says what stands in it (JSON values), `label` what the draft is called in lists.

    `saved` is emitted after each save; `not_saved` with a sentence when the store refuses: what is typed stays in the
    form, and it is tried again. Until then `trouble` holds that sentence.
    """

    saved = Signal()
    not_saved = Signal(str)

    def __init__(
        self,
        desk: Desk,
        form: str,
        read: Callable[[], dict[str, Any]],
        label: Callable[[], str],
        *,
        case_id: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._form, self._read, self._label, self._case_id = desk, form, read, label, case_id
        self.uid = desk.new_uid()
        self.is_kept = False
        self.trouble = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Something was typed: save it soon. A running timer is not put off, so steady typing is saved as well."""
        if not self._timer.isActive():
            self._timer.start(PAUSE_MS)

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft that was kept before."""
        self.uid, self.is_kept = draft.uid, True

    def save(self, *, parked: bool = False) -> bool:
        """Save now. Says whether it could be done."""
        self._timer.stop()
        content, label, now, desk = self._read(), self._label(), self._desk.now(), self._desk
        assert desk.centre.id is not None
        centre_id = desk.centre.id
        try:
            desk.keep(
                lambda records: records.drafts.save(
                    self.uid,
                    centre_id=centre_id,
                    form=self._form,
                    user_id=desk.user_id,
                    content=content,
                    now=now,
                    case_id=self._case_id,
                    label=label,
                    parked=parked,
                )
            )
        except DeskError as error:
            self.trouble = str(error)
            self._timer.start(AGAIN_MS)
            self.not_saved.emit(self.trouble)
            return False
        self.trouble, self.is_kept = "", True
        self.saved.emit()
        return True

    def flush(self) -> bool:
        """Save what is not saved yet; call it before the form goes. Says whether everything is kept now."""
        return not self._timer.isActive() or self.save()

    def forget(self) -> None:
        """The form became a record, or was given up: begin a new draft next time something is typed."""
        self._timer.stop()
        self.trouble = ""
        if self.is_kept:
            uid = self.uid
            self._desk.keep(lambda records: records.drafts.drop(uid))
        self.let_go()

    def let_go(self) -> None:
        """Leave the draft as it is kept (it was parked), and begin a new one next time something is typed."""
        self._timer.stop()
        self.trouble = ""
        self.uid, self.is_kept = self._desk.new_uid(), False


def refuse_to_lose(window: QWidget) -> None:
    """Raise `CannotSave` if the store did not take what was typed in some form of `window`: it must not go yet."""
    for keeper in window.findChildren(DraftKeeper):
        if keeper.trouble:
            raise CannotSave(keeper.trouble)
