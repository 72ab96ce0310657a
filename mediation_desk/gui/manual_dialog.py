"""The manual for staff: chapters in Markdown with pictures, from `resources/manual/`."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QShowEvent, QTextDocument
from PySide6.QtWidgets import QDialog, QListWidgetItem, QTextBrowser, QWidget

from mediation_desk.gui.forms.ui_manual import Ui_ManualForm
from mediation_desk.resources import resource

WIDE = QSize(980, 680)
_LIST_PART, _TEXT_PART = 1, 4


class ManualDialog(QDialog):
    """Each file is a chapter, named by its first line; pictures are shrunk to the width of the page."""

    def __init__(self, parent: QWidget, chapter: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.ui = Ui_ManualForm()
        self.ui.setupUi(self)
        self.ui.parts.setStretchFactor(0, _LIST_PART)
        self.ui.parts.setStretchFactor(1, _TEXT_PART)
        self.resize(WIDE.boundedTo(self.screen().availableSize()))
        for file in sorted(resource("manual").glob("*.md"), key=_number):
            item = QListWidgetItem(_title(file))
            item.setData(Qt.ItemDataRole.UserRole, str(file))
            self.ui.chapters.addItem(item)
        self.ui.close_button.clicked.connect(self.accept)
        wanted = [row for row in range(self.ui.chapters.count()) if chapter and chapter in self._file(row).stem]
        self.ui.chapters.setCurrentRow(wanted[0] if wanted else 0)
        self.ui.chapters.currentItemChanged.connect(self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known how wide the page is."""
        super().showEvent(event)
        self._show(self.ui.chapters.currentItem())

    def _file(self, row: int) -> Path:
        return Path(self.ui.chapters.item(row).data(Qt.ItemDataRole.UserRole))

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        file = Path(item.data(Qt.ItemDataRole.UserRole))
        page, shown = self.ui.chapter, self.ui.chapter.document()
        page.setMarkdown(file.read_text(encoding="utf-8"))
        for picture in sorted((file.parent / "pictures").glob("*.png")):
            name = QUrl(f"pictures/{picture.name}")
            shown.addResource(QTextDocument.ResourceType.ImageResource.value, name, _fitting(picture, page))
        shown.markContentsDirty(0, shown.characterCount())  # so that the pictures are laid out


def _number(file: Path) -> int:
    """The chapter's number, which its name begins with."""
    return int(file.stem.partition("_")[0])


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("# ").strip()


def _fitting(picture: Path, page: QTextBrowser) -> QImage:
    """The picture, no wider than the page."""
    image = QImage()
    image.loadFromData(QByteArray(picture.read_bytes()))
    room = max(page.viewport().width() - 2 * page.fontMetrics().averageCharWidth(), 1)
    mode = Qt.TransformationMode.SmoothTransformation
    return image.scaledToWidth(room, mode) if image.width() > room else image
