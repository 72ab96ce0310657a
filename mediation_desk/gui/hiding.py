"""Takes everything off the screen, and puts it back exactly as it was: half-typed fields, open dialogs, the focus."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid


class Hiding(QObject):
    """Hides all windows of the program, but the one that is told to stay and what opens over it.

    Dialogs stay open though nobody sees them; one that ends meanwhile does not come back, one that wants to open
    meanwhile (background work is done, a paper is printed) waits off the screen. What belongs to the moment, such as a
    menu or a list of proposals, is closed.
    """

    def __init__(self, stays: QWidget) -> None:
        super().__init__()
        self._stays = stays
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None

    def hide_all(self) -> None:
        self._focus = QApplication.focusWidget()
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in sorted(QApplication.topLevelWidgets(), key=lambda each: len(_line_of(each)), reverse=True):
            if window.isVisible() and not self._may_be_seen(window):
                self._remember(window)
                window.hide()
        _application().installEventFilter(self)

    def show_all(self) -> None:
        """Put everything back, what lies below first."""
        _application().removeEventFilter(self)
        for window in self._waiting():
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
            window.show()
        if self._focus is not None and isValid(self._focus):
            self._focus.activateWindow()
            self._focus.setFocus()

    def give_up_dialogs(self) -> None:
        """Let none of the dialogs come back, as somebody else works from now on.

        They are not closed, which would be to cancel them: what is kept of them as drafts stays kept.
        """
        for window in self._waiting():
            if window.parentWidget() is not None:
                self._drop(window)
                window.deleteLater()

    def _waiting(self) -> list[QWidget]:
        """What is hidden and still there, what lies below first."""
        return sorted(filter(isValid, self._hidden), key=lambda each: len(_line_of(each)))

    def _remember(self, window: QWidget) -> None:
        if window not in self._hidden:
            self._hidden.append(window)
            if isinstance(window, QDialog):
                window.finished.connect(partial(self._drop, window))

    def _drop(self, window: QWidget, _result: int = 0) -> None:
        if window in self._hidden:
            self._hidden.remove(window)

    def _may_be_seen(self, window: QWidget) -> bool:
        return self._stays in _line_of(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that opens while all is hidden gets nothing on the screen, and is hidden with the others."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not self._may_be_seen(watched)
        ):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._remember(watched)
            QTimer.singleShot(0, watched, watched.hide)
        return False


def _line_of(window: QWidget) -> list[QWidget]:
    """The window itself and those it stands over, up to the first."""
    line = [window]
    while (below := line[-1].parentWidget()) is not None:
        line.append(below.window())
    return line


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None
    return app
