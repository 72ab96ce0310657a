"""The preview of a paper."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.gui.paper_view import MOST_ZOOM, PaperView


def a_paper(folder: Path, text: str, pages: int = 3) -> bytes:
    path = folder / "paper.pdf"
    canvas = Canvas(str(path), pagesize=(595.28, 841.89))
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def view(qtbot: QtBot) -> PaperView:
    view = PaperView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


def test_pages_are_counted(view: PaperView, tmp_path: Path) -> None:
    view.show_pdf(a_paper(tmp_path, "one"))
    assert view.ui.page_mark.text() == "第 1 / 3 页"


def test_the_place_one_reads_stays_when_the_paper_is_drawn_anew(view: PaperView, tmp_path: Path) -> None:
    view.show_pdf(a_paper(tmp_path, "one"))
    bar = view.ui.pages.verticalScrollBar()
    bar.setValue(500)
    view.show_pdf(a_paper(tmp_path, "two"))
    assert bar.value() == 500


def test_zoom_starts_from_what_is_seen(view: PaperView, tmp_path: Path) -> None:
    view.show_pdf(a_paper(tmp_path, "one"))
    view.ui.zoom_in.click()
    larger = view.ui.pages.zoomFactor()
    view.ui.zoom_out.click()
    assert view.ui.pages.zoomFactor() == pytest.approx(larger / 1.25)
    for _ in range(20):
        view.ui.zoom_in.click()
    assert view.ui.pages.zoomFactor() == MOST_ZOOM


def test_without_a_paper_it_says_why(view: PaperView, tmp_path: Path) -> None:
    view.show_pdf(a_paper(tmp_path, "one"))
    view.clear("还没有文书。")
    assert view.page_count == 0
    assert view.ui.page_mark.text() == ""
    assert view.ui.paper_note.isVisible()


def test_what_is_no_pdf_is_told(view: PaperView) -> None:
    view.show_pdf(b"%PDF-1.4 broken")
    assert "无法显示" in view.ui.paper_note.text()
