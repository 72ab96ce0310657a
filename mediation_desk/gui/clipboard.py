"""Takes from the clipboard what was copied in this program, before somebody else pastes it."""

from collections.abc import Callable
from hashlib import sha256

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication


class ClipboardWatch(QObject):
    """Empties the clipboard `seconds` after something was copied here; 0 leaves it until `clear`.

    What another program put there since is not touched. Windows says whose a content is; where the system does not, it
    is ours if it came while one of our windows was active, and still is while it is the same.
    """

    def __init__(self, seconds: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._clipboard = QGuiApplication.clipboard()
        self._ours = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._look)

    def clear(self) -> None:
        """Empty it now, if it still holds what was copied here."""
        self._timer.stop()
        if self._ours and _fingerprint(self._clipboard) == self._ours:
            self._ours = b""
            self._clipboard.clear()
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _look(self) -> None:
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        is_ours = self._clipboard.ownsClipboard() or active
        self._ours = _fingerprint(self._clipboard) if is_ours else b""
        self._timer.stop()
        if self._ours and self._seconds():
            self._timer.start(self._seconds() * 1000)


def _fingerprint(clipboard: QClipboard) -> bytes:
    """Tells contents apart without keeping them; empty for nothing that can be read."""
    text = clipboard.text()
    return _digest(text) if text else b""


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


class LentText(QObject):
    """Puts one text at a time on the clipboard, and takes it back unless somebody put something else there since.

    `changed` comes when it is there, and when it is no longer.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._lent = b""
        self._clipboard.dataChanged.connect(self.changed)

    def put(self, text: str) -> None:
        """Lend another text; "" takes the last one back."""
        if not text:
            self.take_back()
            return
        content = QMimeData()
        content.setText(text)
        content.setData(_NOT_FOR_THE_HISTORY, b"1")
        self._lent = _digest(text)
        self._clipboard.setMimeData(content)

    def take_back(self) -> None:
        """Empty the clipboard if what was lent is still on it."""
        if self.is_there:
            self._clipboard.clear()
        self._lent = b""

    @property
    def is_there(self) -> bool:
        return bool(self._lent) and _fingerprint(self._clipboard) == self._lent


_NOT_FOR_THE_HISTORY = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
"""Windows keeps a history of the clipboard, and hands it on to other devices, unless this stands beside a content."""
