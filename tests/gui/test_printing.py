"""Papers on their way to a printer or into a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.gui import printing
from mediation_desk.gui.printing import (
    CannotPrint,
    file_name,
    make_printer,
    page_count,
    print_paper,
    save_file,
    send_pages,
)

A4 = (595, 842)


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
    send_pages(pdf, printer)
    document = QPdfDocument()
    document.load(str(path))
    return document


def test_the_printer_gets_every_page_on_a4(qapp: object, pdf: bytes, tmp_path: Path) -> None:
    document = printed_to(tmp_path / "printed.pdf", pdf)
    sizes = [document.pagePointSize(index).toSize().toTuple() for index in range(document.pageCount())]
    assert sizes == [A4, A4]


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


@pytest.mark.parametrize(("answer", "copies"), [(QDialog.DialogCode.Accepted, [3]), (QDialog.DialogCode.Rejected, [])])
def test_it_is_printed_when_the_dialog_says_so_and_the_copies_are_told(
    window: QWidget,
    pdf: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: QDialog.DialogCode,
    copies: list[int],
) -> None:
    def a_printer(title: str, copies: int) -> QPrinter:
        printer = make_printer(title, copies)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(printing, "make_printer", a_printer)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["一楼打印机"])
    told: list[int] = []
    print_paper(window, pdf, "人民调解协议书", 3, told.append)
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    QDialog.done(dialog, answer)
    assert told == copies
    assert (tmp_path / "printed.pdf").exists() == bool(copies)


def test_a_printer_that_refuses_is_told(window: QWidget, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPainter, "begin", lambda *_: False)
    with pytest.raises(CannotPrint, match="没有打印"):
        send_pages(pdf, make_printer("人民调解协议书"))


def test_a_paper_is_saved_where_one_says_and_the_folder_is_kept(
    window: QWidget, pdf: bytes, settings: QSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "卷 宗"
    folder.mkdir()
    save_file(window, pdf, "张三与李四.pdf")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
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
