"""Keeps what stands in a form while it is being typed, so that no crash and no power cut costs more than a second."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.form_content import watch_inputs
from mediation_desk.store.draft import Draft

PAUSE_MS = 400
"""A draft is saved when typing rests this long, and at the latest twice a second while it does not."""


class DraftKeeper(QObject):
    """Saves one form. `read` says what stands in it (JSON values), `label` what the draft is called in lists.

    `saved` is emitted after each save; `not_saved` with a sentence when the store refuses: what is typed stays in the
    form, and it is tried again.
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
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.save)

    def watch(self, window: QWidget) -> None:
        """Save whenever somebody changes an input of `window`."""
        watch_inputs(window, self.touch)

    def touch(self) -> None:
        """Something was typed: save it soon. A running timer is not put off, so steady typing is saved as well."""
        if not self._timer.isActive():
            self._timer.start()

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
            self.not_saved.emit(str(error))
            self._timer.start()
            return False
        self.is_kept = True
        self.saved.emit()
        return True

    def flush(self) -> None:
        """Save what is not saved yet; call it before the form goes."""
        if self._timer.isActive():
            self.save()

    def forget(self) -> None:
        """The form became a record, or was given up: begin a new draft next time something is typed."""
        self._timer.stop()
        if self.is_kept:
            uid = self.uid
            self._desk.keep(lambda records: records.drafts.drop(uid))
        self.let_go()

    def let_go(self) -> None:
        """Leave the draft as it is kept (it was parked), and begin a new one next time something is typed."""
        self._timer.stop()
        self.uid, self.is_kept = self._desk.new_uid(), False
