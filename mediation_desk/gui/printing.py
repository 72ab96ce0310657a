"""Brings papers out of the house: to a printer, or into a PDF file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSettings, QStandardPaths
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.errors import tell, telling

DPI = 300
"""Fine enough for 四号 type, and a page of A4 is drawn in a blink."""

FOLDER = "paper_folder"
"""Key of the folder papers were last saved to, among the settings of this PC."""


class CannotPrint(DeskError):
    """The printer does not take the paper."""


def make_printer(title: str, copies: int = 1) -> QPrinter:
    """A printer set to A4 upright without margins of its own: the paper brings its margins with it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setResolution(DPI)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    return printer


def print_paper(window: QWidget, pdf: bytes, title: str, copies: int, printed: Callable[[int], None]) -> None:
    """Ask for the printer, then print; `printed` is told how many copies went there."""
    if not QPrinterInfo.availablePrinterNames():
        tell(window, "这台电脑没有安装打印机，没有打印。请先安装打印机，或用“另存为 PDF”拿到别处打印。")
        return
    printer = make_printer(title, copies)
    dialog = QPrintDialog(printer, window)
    dialog.setObjectName("print_dialog")
    dialog.setWindowTitle(f"打印：{title}")
    dialog.setMinMax(1, page_count(pdf))

    def send(answer: int) -> None:
        dialog.deleteLater()
        if answer == QDialog.DialogCode.Accepted:
            with telling(window):
                send_pages(pdf, printer)
                printed(printer.copyCount())

    dialog.finished.connect(send)
    QDialog.open(dialog)  # its own `open` wants a receiver by the name of a slot


def page_count(pdf: bytes) -> int:
    return _Pages(pdf).document.pageCount()


def send_pages(pdf: bytes, printer: QPrinter) -> None:
    """Draw the wanted pages on `printer`, as often as wanted where it cannot copy by itself. Raises `CannotPrint`."""
    pages = _Pages(pdf)
    first = printer.fromPage() or 1
    last = min(printer.toPage() or pages.document.pageCount(), pages.document.pageCount())
    times = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotPrint("打印机没有接受这份文书，没有打印。请检查打印机后再试，或另存为 PDF。")
    wanted = [number for _ in range(times) for number in range(first, last + 1)]
    for position, number in enumerate(wanted):
        if position:
            printer.newPage()
        painter.drawImage(printer.pageLayout().fullRectPixels(DPI), pages.image(number - 1))
    painter.end()


class _Pages:
    """The pages of a PDF as images."""

    def __init__(self, pdf: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)

    def image(self, index: int) -> QImage:
        """Page `index`, from 0, on white."""
        size = (self.document.pagePointSize(index) * DPI / 72).toSize()
        drawn = self.document.render(index, size)
        sheet = QImage(size, QImage.Format.Format_RGB32)
        sheet.fill(QColor("white"))
        painter = QPainter(sheet)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return sheet


def save_file(
    window: QWidget,
    content: bytes,
    name: str,
    what: str = "PDF 文件 (*.pdf)",
    saved: Callable[[], object] = lambda: None,
) -> None:
    """Ask where to, then save `content` there; `saved` is called when it is done.

    The dialog asks before it writes over a file; the folder is kept.
    """
    start = Path(str(QSettings().value(FOLDER, "") or _documents()))
    dialog = QFileDialog(window, "另存为", str(start / file_name(name)), what)
    dialog.setObjectName("save_dialog")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))

    def write(chosen: str) -> None:
        with telling(window):
            write_file(Path(chosen), content)
            QSettings().setValue(FOLDER, str(Path(chosen).parent))
            saved()

    dialog.fileSelected.connect(write)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def write_file(path: Path, content: bytes) -> None:
    """Write the whole file or none: what was there stays until the new one is complete. Raises `CannotWrite`."""
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CannotWrite(f"无法写入“{path}”（{error.strerror}），没有保存。请换一个文件夹。") from error


class CannotWrite(DeskError):
    """The chosen file cannot be written."""


def file_name(title: str) -> str:
    """`title` without what Windows does not admit in a file name."""
    return "".join("_" if letter in '<>:"/\\|?*' or letter < " " else letter for letter in title).strip(" .")


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
