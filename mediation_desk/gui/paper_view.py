"""Shows a PDF beside a form: zoomed, with its page numbers, staying where one reads when it is drawn anew."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.forms.ui_paper_view import Ui_PaperViewForm

ZOOM_STEP = 1.25
LEAST_ZOOM, MOST_ZOOM = 0.25, 5.0


class PaperView(QWidget):
    """A paper as it will be printed. Its bytes stay in memory: no file is left behind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_PaperViewForm()
        self.ui.setupUi(self)
        self.pdf = b""
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.ui.pages.setPageMode(QPdfView.PageMode.MultiPage)
        self.ui.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.ui.pages.setDocument(self._document)
        self.ui.pages.pageNavigator().currentPageChanged.connect(self._show_page_number)
        self.ui.zoom_in.clicked.connect(lambda: self._zoom(ZOOM_STEP))
        self.ui.zoom_out.clicked.connect(lambda: self._zoom(1 / ZOOM_STEP))
        self.ui.fit_width.clicked.connect(lambda: self.ui.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth))
        self.clear()

    @property
    def page_count(self) -> int:
        return self._document.pageCount()

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper, or the same one drawn anew: the place that is being read stays in sight."""
        self.say("")
        if pdf == self.pdf:
            return
        bar = self.ui.pages.verticalScrollBar()
        place = bar.value()
        self._load(pdf)
        bar.setValue(place)
        if pdf and self._document.error() is not QPdfDocument.Error.None_:
            self.say("这份 PDF 无法显示，可另存后用其他程序查看。")

    def clear(self, sentence: str = "") -> None:
        """Show no paper, and say why."""
        self._load(b"")
        self.say(sentence)

    def say(self, sentence: str) -> None:
        """Say something above the paper; what is shown stays."""
        self.ui.paper_note.setText(sentence)
        self.ui.paper_note.setVisible(bool(sentence))

    def _load(self, pdf: bytes) -> None:
        self.pdf = pdf
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        if pdf:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._document.load(self._buffer)
        self._show_page_number()

    def _zoom(self, factor: float) -> None:
        pages = self.ui.pages
        shown = pages.zoomFactor()
        if pages.zoomMode() is QPdfView.ZoomMode.FitToWidth and self.page_count:
            points = self._document.pagePointSize(0).width()
            shown = pages.viewport().width() / (points * self.logicalDpiX() / 72)
        pages.setZoomMode(QPdfView.ZoomMode.Custom)
        pages.setZoomFactor(min(max(shown * factor, LEAST_ZOOM), MOST_ZOOM))

    def _show_page_number(self) -> None:
        page = self.ui.pages.pageNavigator().currentPage() + 1
        self.ui.page_mark.setText(f"第 {page} / {self.page_count} 页" if self.page_count else "")
