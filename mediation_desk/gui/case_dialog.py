"""What all small dialogs of a case have in common: one step each, done by Ctrl+Enter and left by Escape."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QScrollArea, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.tick_list import offer_people

_CHARACTERS_WIDE = 44
_ROOM_AROUND = 72
"""What frame, title and buttons take besides the fields."""


class StepForm(Protocol):
    """A compiled form with its fields in a scroll area and its buttons below."""

    fields_area: QScrollArea
    fields: QWidget
    save_button: QPushButton
    cancel_button: QPushButton


class CaseDialog(QDialog):
    """Shown with `open()`. A refusal stands at its field, and everything that was typed stays."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(parent)
        assert case.id is not None
        self.desk, self.case, self.case_id = desk, case, case.id
        self.today = desk.now().date()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def wire(self, form: StepForm) -> None:
        """Connect the buttons and keys of the form and give the dialog the room it needs. Call it last."""
        add_action(self, form.save_button.text(), "Ctrl+Return", self.save, form.save_button)
        form.cancel_button.clicked.connect(self.reject)
        take_room(self, form.fields)

    def save(self) -> None:
        """Record the step and close, or say what keeps it from being recorded."""
        with telling(self):
            self.record()
            self.accept()

    def leave(self) -> None:
        """Keep what is half typed, where that is worth keeping; called before the window goes."""

    def record(self) -> None:
        """Call the service of this step. Raises `DeskError`."""
        raise NotImplementedError


def take_room(dialog: QDialog, fields: QWidget, around: int = _ROOM_AROUND) -> None:
    """Give a dialog the room its fields want, as far as the screen has it; they scroll where it has not."""
    if (layout := fields.layout()) is not None:
        layout.activate()  # else what was filled in since it was made is not counted
    wanted, room = fields.sizeHint(), dialog.screen().availableSize() * 0.9
    width = max(wanted.width() + around, _CHARACTERS_WIDE * dialog.fontMetrics().horizontalAdvance("字"))
    dialog.resize(min(width, room.width()), min(wanted.height() + around, room.height()))


def offer_parties(field: QListWidget, case: Case, ticked: Iterable[int] = ()) -> None:
    """Offer the parties of the case by their numbers, those of `ticked` ticked."""
    offer_people(field, {party.no: f"{party.name}（{party.side.label}）" for party in case.parties}, ticked)
