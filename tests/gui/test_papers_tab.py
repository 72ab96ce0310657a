"""The papers of a case: listed, seen, printed, saved."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.gui import papers_tab, printing
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.papers_tab import PapersTab
from mediation_desk.services.agreements import save_agreement
from mediation_desk.services.papers import note_printed
from tests.desk import Desk as Walk
from tests.desk import text


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk.database, desk.rules)


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> PapersTab:
    tab = PapersTab(desk)
    qtbot.addWidget(tab)
    tab.resize(910, 400)
    return tab


def now(tab: PapersTab) -> Case:
    assert tab.case is not None
    case_id = tab.case.id or 0
    return tab.desk.look(lambda records, _: records.cases.get(case_id))


def show(tab: PapersTab, walk: Walk, case_id: int) -> None:
    tab.show_case(walk.case(case_id))
    tab.show()


def choose(tab: PapersTab, code: str) -> None:
    row = [line.cells[0] for line in tab.model.lines].index(code)
    tab.ui.papers.setCurrentIndex(tab.model.index(row, 0))


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """A printer that takes everything at once; what went there."""
    sent: list[tuple[str, int]] = []

    def take(window: object, pdf: bytes, title: str, copies: int, done: Callable[[int], None]) -> None:
        assert pdf.startswith(b"%PDF")
        sent.append((title, copies))
        done(copies)

    monkeypatch.setattr(papers_tab, "print_paper", take)
    return sent


def test_every_paper_is_listed_and_the_newest_is_seen(tab: PapersTab, walk: Walk) -> None:
    show(tab, walk, walk.frozen())
    assert [line.cells[0] for line in tab.model.lines] == ["D03", "D04", "D07", "D08"]
    assert tab.ui.preview.page_count > 0
    for code in ("D03", "D04", "D07"):
        choose(tab, code)
        assert tab.ui.preview.page_count > 0


def test_the_chosen_paper_stays_chosen_and_is_drawn_anew(tab: PapersTab, walk: Walk) -> None:
    case_id = walk.frozen()
    show(tab, walk, case_id)
    choose(tab, "D03")
    before = tab.ui.preview.pdf
    with walk.database.writing() as records:
        records.cases.get(case_id).matter = "补充了情况"
    tab.show_case(walk.case(case_id))
    paper = tab.chosen()
    assert paper is not None
    assert paper.code == "D03"
    assert tab.ui.preview.pdf != before


def test_another_case_begins_with_its_own_newest_paper(tab: PapersTab, walk: Walk) -> None:
    show(tab, walk, walk.frozen())
    choose(tab, "D03")
    show(tab, walk, walk.accepted())
    paper = tab.chosen()
    assert paper is not None
    assert paper.code == "D04"


def test_an_agreement_is_printed_in_its_number_of_copies_and_others_once(
    tab: PapersTab, walk: Walk, printer: list[tuple[str, int]]
) -> None:
    show(tab, walk, walk.frozen())
    tab.ui.print_paper.click()
    choose(tab, "D07")
    tab.ui.print_paper.click()
    assert printer == [("人民调解协议书", 3), ("人民调解记录（第1次）", 1)]
    events = [event.text for event in now(tab).events if event.kind is EventKind.PRINTED]
    assert events == ["人民调解协议书 3份", "人民调解记录（第1次） 1份"]


def test_without_a_printer_nothing_is_noted(tab: PapersTab, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    show(tab, walk, walk.accepted())
    tab.ui.print_paper.click()
    assert tab.findChild(QMessageBox) is not None
    assert all(event.kind is not EventKind.PRINTED for event in now(tab).events)


def test_a_paper_is_saved_under_title_and_number(
    tab: PapersTab, walk: Walk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("papers")
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(printing, "QSettings", lambda: settings)
    show(tab, walk, walk.accepted())
    tab.ui.save_pdf.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    assert f"人民调解受理登记表 {now(tab).number}" in dialog.selectedFiles()[0]
    dialog.fileSelected.emit(str(folder / "登记表.pdf"))
    assert (folder / "登记表.pdf").read_bytes() == tab.ui.preview.pdf


def test_a_paper_that_cannot_be_drawn_says_why_and_is_not_printed(
    tab: PapersTab, walk: Walk, monkeypatch: pytest.MonkeyPatch, printer: list[tuple[str, int]]
) -> None:
    def refused(*args: object) -> bytes:
        raise NotFound("没有可打印的正式文本。")

    monkeypatch.setattr(papers_tab, "draw_paper", refused)
    show(tab, walk, walk.accepted())
    assert tab.ui.preview.ui.paper_note.text() == "没有可打印的正式文本。"
    assert not tab.ui.print_paper.isEnabled()
    tab.print_paper()
    tab.save_pdf()
    assert printer == []
    assert tab.findChild(QFileDialog) is None


def test_a_draft_that_was_typed_meanwhile_is_seen_as_it_is_now(tab: PapersTab, walk: Walk) -> None:
    case_id = walk.drafted()
    show(tab, walk, case_id)
    before = tab.ui.preview.pdf
    tab.hide()
    walk.do(save_agreement, case_id, 1, text(facts="改过的事实", extra_holders=("区人民法院",)))
    tab.show()
    assert tab.ui.preview.pdf != before
    paper = tab.chosen()
    assert paper is not None
    assert tab._copies(paper) == 4


def test_what_is_noted_elsewhere_does_not_move_the_page_one_reads(tab: PapersTab, walk: Walk) -> None:
    case_id = walk.frozen()
    show(tab, walk, case_id)
    bar = tab.ui.preview.ui.pages.verticalScrollBar()
    bar.setValue(100)
    walk.do(note_printed, case_id, "申请书", 1)
    tab.show_case(walk.case(case_id))
    assert bar.value() == 100
