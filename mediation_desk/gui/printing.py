"""Brings papers out of the house: to a printer, or into a PDF file."""

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressDialog, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.file_dialog import file_dialog

DPI = 300
"""Fine enough for 四号 type."""

STRIPS = 8
"""A page is drawn in so many strips; while many pages are printed, a window waits for no more than one of them."""

FEW_PAGES = 5
"""So many are printed at once; more are told one by one."""

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


def lay_as(printer: QPrinter, pdf: bytes) -> None:
    """Take the sheet that the first page wants: A3 for large ones, on its side for those that lie."""
    size = _opened(pdf).pagePointSize(0)
    if size.width() > size.height():
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        size.transpose()
    if QPageSize.id(size, QPageSize.Unit.Point) is QPageSize.PageSizeId.A3:
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))


def print_paper(window: QWidget, pdf: bytes, title: str, copies: int, printed: Callable[[int], None]) -> None:
    """Ask for the printer, then print; `printed` is told how many copies went there, once all of them did."""
    if not QPrinterInfo.availablePrinterNames():
        tell(window, "这台电脑没有安装打印机，没有打印。请先安装打印机，或用“另存为 PDF”拿到别处打印。")
        return
    printer = make_printer(title, copies)
    lay_as(printer, pdf)
    dialog = QPrintDialog(printer, window)
    dialog.setObjectName("print_dialog")
    dialog.setWindowTitle(f"打印：{title}")
    dialog.setMinMax(1, page_count(pdf))

    def send(answer: int) -> None:
        dialog.deleteLater()
        if answer == QDialog.DialogCode.Accepted:
            with telling(window):
                sending = Sending(pdf, printer)
                if sending.pages <= FEW_PAGES:
                    sending.finish()
                    printed(printer.copyCount())
                else:
                    _Progress(window, title, sending, lambda: printed(printer.copyCount())).begin()

    dialog.finished.connect(send)
    QDialog.open(dialog)  # its own `open` wants a receiver by the name of a slot


def page_count(pdf: bytes) -> int:
    return _opened(pdf).pageCount()


class Sending:
    """Pages on their way to a printer, one strip after another. Each method raises `CannotPrint`.

    A strip takes a few hundredths of a second and little memory. No other thread does this: drawing holds the lock of
    the interpreter, and every cell of a table that is painted meanwhile would wait for it anew.
    """

    def __init__(self, pdf: bytes, printer: QPrinter) -> None:
        self._document = _opened(pdf)
        self._printer = printer
        count = self._document.pageCount()
        times = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        self._wanted = [*range((printer.fromPage() or 1) - 1, min(printer.toPage() or count, count))] * times
        self._strips = self._draw()
        self.sent = 0
        """Whole pages that the printer has got."""

    @property
    def pages(self) -> int:
        """All that are to be sent, every copy counted."""
        return len(self._wanted)

    def step(self) -> bool:
        """Do the next piece. False when there was none left, and the printer has all."""
        return next(self._strips, False)

    def stop(self) -> None:
        """Send no more than was drawn; call it when a page is whole."""
        self._strips.close()

    def finish(self) -> None:
        """Do all that is left at once."""
        while self.step():
            pass

    def _draw(self) -> Generator[bool, None, None]:
        """Says True after each piece; whatever happens, the printer gets what was drawn."""
        painter = QPainter()
        if not painter.begin(self._printer):
            raise CannotPrint("打印机没有接受这份文书，没有打印。请检查打印机后再试，或另存为 PDF。")
        try:
            for page in self._wanted:
                if self.sent and not self._printer.newPage():
                    raise CannotPrint(self.where_it_stopped("打印机中途停止"))
                paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
                for strip in range(STRIPS):
                    image = self._image(page, strip)
                    yield True
                    painter.drawImage(_strip_of(paper, strip), image)
                    self.sent += strip == STRIPS - 1
                    yield True
        finally:
            painter.end()

    def _image(self, page: int, strip: int) -> QImage:
        """One strip of a page from edge to edge, on white."""
        whole = (self._document.pagePointSize(page) * DPI / 72).toSize()
        wanted = _strip_of(QRect(QPoint(), whole), strip)
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        options.setScaledClipRect(wanted)
        image = QImage(wanted.size(), QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as ink:
            ink.drawImage(0, 0, self._document.render(page, wanted.size(), options))
        return image

    def where_it_stopped(self, why: str) -> str:
        return (
            f"{why}：共{self.pages}页，前{self.sent}页已送往打印机，其余没有打印，也没有记为已打印。"
            "要补印，请在打印时选择页码范围。"
        )


class _Progress(QProgressDialog):
    """Sends many pages while the window stays alive, and says which is under way."""

    def __init__(self, window: QWidget, title: str, sending: Sending, printed: Callable[[], None]) -> None:
        super().__init__("", "取消", 0, sending.pages, window)
        self._window, self._sending, self._printed = window, sending, printed
        self.setObjectName("print_progress")
        self.setAccessibleName("打印进度")
        self.setWindowTitle(f"打印：{title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAutoReset(False)
        self.setAutoClose(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)  # to show a value lets other events in, the next step must not be among them
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        self._tell_page()
        QDialog.open(self)  # its own `open` wants a receiver by the name of a slot
        self._timer.start()

    def _go_on(self) -> None:
        goes_on = False
        try:
            goes_on = self._step()
        except DeskError as error:
            tell(self._window, str(error))
        finally:
            if goes_on:
                self._timer.start()
            else:
                self.hide()
                self.deleteLater()

    def _step(self) -> bool:
        """Draw the next strip; says whether there is more to do. A page that was begun becomes whole in any case."""
        sent = self._sending.sent
        if not self._sending.step():
            self._printed()
            return False
        is_page_whole = sent < self._sending.sent < self._sending.pages
        if is_page_whole and self.wasCanceled():
            self._sending.stop()
            raise CannotPrint(self._sending.where_it_stopped("已取消打印"))
        if is_page_whole:
            self._tell_page()
        return True

    def _tell_page(self) -> None:
        self.setLabelText(f"正在打印第{self._sending.sent + 1}页，共{self._sending.pages}页")
        self.setValue(self._sending.sent)


def _opened(pdf: bytes) -> QPdfDocument:
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def _strip_of(area: QRect, strip: int) -> QRect:
    """Strip 0, 1, … of `area`, from the top: together they are the whole of it, without a gap."""
    top, below = (area.height() * number // STRIPS for number in (strip, strip + 1))
    return QRect(area.left(), area.top() + top, area.width(), below - top)


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
    dialog = file_dialog(window, "save_dialog", "另存为", str(start / file_name(name)), what)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))

    def write(chosen: str) -> None:
        with telling(window):
            write_file(Path(chosen), content)
            QSettings().setValue(FOLDER, str(Path(chosen).parent))
            saved()

    dialog.fileSelected.connect(write)
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
