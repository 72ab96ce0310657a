"""Gives every action its key, its button and its line in the list of keys, and reserves it for whoever may take it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.rights import Right, lacking

if TYPE_CHECKING:
    from mediation_desk.gui.desk import Desk


class Needs(NamedTuple):
    """One of these rights is needed of whoever works at this desk. Made by `Desk.needs`."""

    desk: "Desk"
    any_of: Sequence[Right]

    @property
    def are_met(self) -> bool:
        return self.desk.may(*self.any_of)

    def check(self) -> None:
        """Raise `NotAllowed` unless they are met."""
        if not self.are_met:
            raise NotAllowed(self.why_not)

    @property
    def why_not(self) -> str:
        """Says what the user who works lacks, and whom to ask."""
        return lacking(self.desk.user, self.desk.centre.users, self.any_of)


def add_action(
    owner: QWidget,
    text: str,
    keys: str,
    do: Callable[[], object],
    button: QAbstractButton | None = None,
    needs: Needs | None = None,
) -> QAction:
    """An action of `owner`, reached by `keys` while `owner` is shown, and by `button`, whose tool tip names them.

    The Enter of the number pad does what Return does. Whoever does not meet `needs` finds both disabled, and the tool
    tip says why.
    """
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(each) for each in dict.fromkeys((keys, keys.replace("Return", "Enter")))])
    action.triggered.connect(lambda: do())
    owner.addAction(action)
    if button is not None:
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text}（{shown}）")
        button.clicked.connect(lambda: do())
    if needs is not None:
        reserve(needs, action)
        if button is not None:
            reserve(needs, button)
    return action


def reserve(needs: Needs, *parts: QAction | QWidget) -> None:
    """Keep actions and widgets disabled for whoever may not use them, whatever their page says, and tell why."""
    for part in parts:
        _Reserved(needs, part)


class _Reserved(QObject):
    """Watches one action or widget. While it is kept disabled it remembers what its page wanted of it last."""

    def __init__(self, needs: Needs, part: QAction | QWidget) -> None:
        super().__init__(part)
        self._needs, self._part = needs, part
        self._own_tip = part.toolTip()
        self._wanted = True
        self._is_kept = False
        if isinstance(part, QAction):
            part.enabledChanged.connect(self._keep)
        else:
            part.installEventFilter(self)
        needs.desk.changed.connect(self._follow)
        needs.desk.centre_changed.connect(self._follow)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange:
            self._keep()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        if self._is_kept and self._part.isEnabled():
            self._wanted = True
            self._part.setEnabled(False)

    def _is_wanted(self) -> bool:
        """Whether the page wants it enabled, even if all around it is disabled just now."""
        part = self._part
        if isinstance(part, QAction) or (around := part.parentWidget()) is None:
            return part.isEnabled()
        return part.isEnabledTo(around)

    def _follow(self) -> None:
        """The user who works may be another one now."""
        is_met = self._needs.are_met
        if is_met and self._is_kept:
            self._is_kept = False
            self._part.setToolTip(self._own_tip)
            self._part.setEnabled(self._wanted)
        elif not is_met:
            if not self._is_kept:
                self._own_tip, self._wanted, self._is_kept = self._part.toolTip(), self._is_wanted(), True
                self._part.setEnabled(False)
            self._part.setToolTip(self._needs.why_not)
