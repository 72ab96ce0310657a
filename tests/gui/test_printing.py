"""Papers on their way to a printer or into a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.gui import printing
from mediation_desk.gui.printing import (
    FEW_PAGES,
    CannotPrint,
    Sending,
    file_name,
    lay_as,
    make_printer,
    page_count,
    print_paper,
    save_file,
)
from tests.gui.looking import said_in_a_box

A4 = (595, 842)
MANY = FEW_PAGES + 2
Print: TypeAlias = Callable[[bytes, int], list[int]]


def a_paper(path: Path, pages: int = 2) -> bytes:
    canvas = Canvas(str(path), pagesize=(595.28, 841.89))
    for page in range(pages):
        canvas.drawString(72, 700, f"{page + 1}")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return a_paper(tmp_path / "paper.pdf")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def settings(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """Settings of no real person."""
    kept = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(printing, "QSettings", lambda: kept)
    return kept


def printed_to(path: Path, pdf: bytes, *, first: int = 0, last: int = 0) -> QPdfDocument:
    printer = make_printer("人民调解协议书")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    if first:
        printer.setFromTo(first, last)
    Sending(pdf, printer).finish()
    document = QPdfDocument()
    document.load(str(path))
    return document


def test_the_printer_gets_every_page_on_a4(qapp: object, pdf: bytes, tmp_path: Path) -> None:
    document = printed_to(tmp_path / "printed.pdf", pdf)
    sizes = [document.pagePointSize(index).toSize().toTuple() for index in range(document.pageCount())]
    assert sizes == [A4, A4]


@pytest.mark.parametrize(
    ("points", "sheet", "lies"),
    [
        ((595.28, 841.89), QPageSize.PageSizeId.A4, False),
        ((841.89, 595.28), QPageSize.PageSizeId.A4, True),
        ((1190.55, 841.89), QPageSize.PageSizeId.A3, True),
        ((400, 400), QPageSize.PageSizeId.A4, False),
    ],
)
def test_the_sheet_is_the_one_that_the_paper_wants(
    qapp: object, tmp_path: Path, points: tuple[float, float], sheet: QPageSize.PageSizeId, lies: bool
) -> None:
    canvas = Canvas(str(tmp_path / "large.pdf"), pagesize=points)
    canvas.showPage()
    canvas.save()
    printer = make_printer("墙贴")
    lay_as(printer, (tmp_path / "large.pdf").read_bytes())
    layout = printer.pageLayout()
    assert (layout.pageSize().id(), layout.orientation() is QPageLayout.Orientation.Landscape) == (sheet, lies)


def test_ink_lands_where_the_paper_has_it(qapp: object, pdf: bytes, tmp_path: Path) -> None:
    image = printed_to(tmp_path / "printed.pdf", pdf).render(
        0, (make_printer("").pageRect(QPrinter.Unit.Point)).size().toSize()
    )
    dark = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 128 and image.pixelColor(x, y).alpha() > 128
    ]
    assert dark
    assert all(70 <= x <= 80 and 130 <= y <= 145 for x, y in dark)


def test_single_pages_can_be_printed(qapp: object, pdf: bytes, tmp_path: Path) -> None:
    assert printed_to(tmp_path / "printed.pdf", pdf, first=2, last=2).pageCount() == 1


def test_pages_are_counted(qapp: object, pdf: bytes) -> None:
    assert page_count(pdf) == 2


def test_without_a_printer_one_is_told_what_to_do(window: QWidget, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    told: list[int] = []
    print_paper(window, pdf, "人民调解协议书", 3, told.append)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "没有安装打印机" in box.text()
    assert told == []


@pytest.fixture
def print_it(window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Print:
    """Asks for copies and accepts the dialog; what is returned will hold the copies that were told."""

    def a_printer(title: str, copies: int) -> QPrinter:
        printer = make_printer(title, copies)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(printing, "make_printer", a_printer)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["一楼打印机"])

    def start(pdf: bytes, copies: int) -> list[int]:
        told: list[int] = []
        print_paper(window, pdf, "人民调解协议书", copies, told.append)
        dialog = window.findChild(QPrintDialog)
        assert dialog is not None
        QDialog.done(dialog, QDialog.DialogCode.Accepted)
        return told

    return start


def progress(window: QWidget) -> QProgressDialog | None:
    return window.findChild(QProgressDialog, "print_progress")


def pages_in(path: Path) -> int:
    return page_count(path.read_bytes())


def test_a_short_paper_is_printed_at_once_and_the_copies_are_told(
    window: QWidget, pdf: bytes, print_it: Print, tmp_path: Path
) -> None:
    assert print_it(pdf, 2) == [2]
    assert pages_in(tmp_path / "printed.pdf") == 4
    assert progress(window) is None


def test_nothing_is_printed_when_the_dialog_is_left(
    window: QWidget, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["一楼打印机"])
    monkeypatch.setattr(QPainter, "begin", lambda *_: pytest.fail("something was printed"))
    print_paper(window, pdf, "人民调解协议书", 3, lambda _: pytest.fail("something was told"))
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    QDialog.done(dialog, QDialog.DialogCode.Rejected)


def test_many_pages_are_printed_beside_the_window_and_told_when_all_are_sent(
    window: QWidget, print_it: Print, tmp_path: Path, qtbot: QtBot
) -> None:
    told = print_it(a_paper(tmp_path / "long.pdf", MANY), 1)
    shown = progress(window)
    assert shown is not None
    assert shown.labelText() == f"正在打印第1页，共{MANY}页"
    assert told == []
    qtbot.waitUntil(lambda: shown.value() == MANY - 1)
    assert shown.labelText() == f"正在打印第{MANY}页，共{MANY}页"
    assert told == []
    qtbot.waitUntil(lambda: told == [1])
    assert pages_in(tmp_path / "printed.pdf") == MANY
    qtbot.waitUntil(lambda: progress(window) is None)


def test_whoever_cancels_is_told_how_many_whole_pages_were_sent(
    window: QWidget, print_it: Print, tmp_path: Path, qtbot: QtBot
) -> None:
    told = print_it(a_paper(tmp_path / "long.pdf", MANY), 1)
    shown = progress(window)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.value() == 2)
    shown.cancel()
    qtbot.waitUntil(lambda: progress(window) is None)
    assert said_in_a_box(window).startswith(f"已取消打印：共{MANY}页，前3页已送往打印机，其余没有打印")
    assert pages_in(tmp_path / "printed.pdf") == 3
    assert told == []


def test_a_printer_that_stops_halfway_is_told(
    window: QWidget, print_it: Print, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
    told = print_it(a_paper(tmp_path / "long.pdf", MANY), 1)
    qtbot.waitUntil(lambda: progress(window) is None)
    assert said_in_a_box(window).startswith(f"打印机中途停止：共{MANY}页，前1页已送往打印机")
    assert told == []


def test_no_line_shows_where_a_page_was_drawn_in_strips(qapp: object, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "black.pdf"), pagesize=(595.28, 841.89))
    canvas.rect(-10, -10, 700, 900, fill=1)
    canvas.save()
    document = printed_to(tmp_path / "printed.pdf", (tmp_path / "black.pdf").read_bytes())
    image = document.render(0, make_printer("").pageLayout().fullRectPixels(printing.DPI).size())
    column = [image.pixelColor(image.width() // 2, y).lightness() for y in range(2, image.height() - 2)]
    assert max(column) < 16


def test_a_printer_that_refuses_is_told(window: QWidget, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPainter, "begin", lambda *_: False)
    with pytest.raises(CannotPrint, match="没有打印"):
        Sending(pdf, make_printer("人民调解协议书")).finish()


def test_a_paper_is_saved_where_one_says_and_the_folder_is_kept(
    window: QWidget, pdf: bytes, settings: QSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "卷 宗"
    folder.mkdir()
    save_file(window, pdf, "张三与李四.pdf")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    captions = [dialog.labelText(each) for each in (QFileDialog.DialogLabel.LookIn, QFileDialog.DialogLabel.FileType)]
    assert captions == ["位置：", "文件类型："]
    dialog.fileSelected.emit(str(folder / "协议.pdf"))
    assert (folder / "协议.pdf").read_bytes() == pdf
    assert [file.name for file in folder.iterdir()] == ["协议.pdf"]
    assert settings.value(printing.FOLDER) == str(folder)


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(
    window: QWidget, pdf: bytes, settings: QSettings, tmp_path: Path
) -> None:
    done: list[str] = []
    save_file(window, pdf, "协议.pdf", saved=lambda: done.append("saved"))
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "没有这个文件夹" / "协议.pdf"))
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "没有保存" in box.text()
    assert done == []
    dialog.fileSelected.emit(str(tmp_path / "协议.pdf"))
    assert done == ["saved"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("东民调〔2026〕1号.pdf", "东民调〔2026〕1号.pdf"), ("甲/乙:丙?.pdf", "甲_乙_丙_.pdf"), (" 甲\n乙. ", "甲_乙")],
)
def test_a_file_name_holds_what_windows_admits(title: str, name: str) -> None:
    assert file_name(title) == name
