"""The roster on paper and in files: wall sheet, workbook, calendar, the offices' workbook."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.gui import roster_wall_dialog
from mediation_desk.gui.roster_import_dialog import RosterImportDialog
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.gui.roster_wall_dialog import RosterWallDialog
from mediation_desk.services.availability import availability_template
from mediation_desk.services.roster_making import place
from tests.gui.looking import found, said_in_a_box
from tests.gui.rosters import MONTH, Month, at, opened, said

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """How each wall sheet was wanted; an empty page stands for it."""
    found: list[dict[str, object]] = []

    def draw(*_: object, **how: object) -> bytes:
        found.append(how)
        return _a_page()

    monkeypatch.setattr(roster_wall_dialog, "draw_wall", draw)
    return found


@pytest.fixture
def page(month: Month, settings: QSettings, qtbot: QtBot) -> RosterPage:
    month.publish(month.placing("卫和", 25))
    return opened(month, qtbot)


def saved(page: RosterPage, step: Callable[[], None], folder: Path) -> Path:
    """Take the name that is offered, in another folder."""
    step()
    dialog = found(page, QFileDialog, "save_dialog")
    path = folder / Path(dialog.selectedFiles()[0]).name
    dialog.fileSelected.emit(str(path))
    dialog.close()
    return path


def test_the_workbook_holds_the_roster_that_is_shown(page: RosterPage, month: Month, tmp_path: Path) -> None:
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    path = saved(page, page.papers.save_workbook, tmp_path)
    assert path.name == "2026年11月值班表.xlsx"
    text = [cell.value for row in openpyxl.load_workbook(path)["名单"].iter_rows() for cell in row]
    assert {"卫和", "沈安"} <= set(text)


def test_the_calendar_holds_what_was_published(page: RosterPage, month: Month, tmp_path: Path) -> None:
    path = saved(page, page.papers.save_calendar, tmp_path)
    assert path.name == "2026年11月值班.ics"
    assert "20261125" in path.read_text(encoding="utf-8")


def test_the_calendar_of_one_person_is_given_without_a_name_on_the_file(
    page: RosterPage, month: Month, tmp_path: Path
) -> None:
    month.publish(month.placing("卫和", 25), month.placing("蒋平", 26))
    page.ui.grid.choose(month.ids["蒋平"], at(26))
    path = saved(page, page.papers.save_calendar_of_one, tmp_path)
    assert path.name == "2026年11月本人值班.ics"
    text = path.read_text(encoding="utf-8")
    assert ("20261126" in text, "20261125" in text, "卫和" in text) == (True, False, False)


def test_without_a_person_or_a_shift_there_is_no_calendar_of_one(page: RosterPage, month: Month) -> None:
    page.ui.grid.choose(month.ids["沈安"], at(26))
    page.papers.save_calendar_of_one()
    assert said_in_a_box(page) == "2026年11月已发布的排班中没有沈安的班次，没有生成日历。"
    page.ui.filter_text.setText("没有这个人")
    page.papers.save_calendar_of_one()
    assert said(page) == "请先在排班格中选一个人。"


def test_what_cannot_be_made_is_told(page: RosterPage) -> None:
    page.show_month(MONTH.replace(month=12))
    page.papers.save_calendar()
    assert "还没有发布排班" in said_in_a_box(page)
    page.papers.show_wall()
    assert said(page) == "本月还没有排班，没有墙贴可印。"


# ---- the wall sheet


def wall(page: RosterPage, qtbot: QtBot) -> RosterWallDialog:
    QTest.keyClick(page, Qt.Key.Key_P, CONTROL)
    dialog = found(page, RosterWallDialog, "RosterWallForm")
    qtbot.waitUntil(dialog.ui.print_wall.isEnabled)
    return dialog


def test_the_wall_sheet_is_seen_in_both_sizes(page: RosterPage, qtbot: QtBot, drawn: list[dict[str, object]]) -> None:
    dialog = wall(page, qtbot)
    assert not dialog.ui.print_draft.isVisible()
    dialog.ui.paper_size.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn == [{"a3": True, "draft": False}, {"a3": False, "draft": False}]
    qtbot.waitUntil(dialog.ui.save_wall.isEnabled)
    dialog.reject()


def test_the_draft_goes_on_the_wall_only_where_asked(
    page: RosterPage, month: Month, qtbot: QtBot, drawn: list[dict[str, object]]
) -> None:
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    dialog = wall(page, qtbot)
    dialog.ui.print_draft.setChecked(True)
    qtbot.waitUntil(lambda: [each["draft"] for each in drawn] == [False, True])
    dialog.reject()


def test_the_wall_sheet_is_printed_and_saved(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = wall(page, qtbot)
    assert dialog.ui.preview.page_count == 1
    printed: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster_wall_dialog, "print_paper", lambda _w, _pdf, title, *_: printed.append(title))
        dialog.ui.print_wall.click()
    assert printed == ["2026年11月值班表"]
    dialog.ui.save_wall.click()
    box = found(dialog, QFileDialog, "save_dialog")
    box.fileSelected.emit(str(tmp_path / "wall.pdf"))
    box.close()
    assert (tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()


def test_a_wall_sheet_that_cannot_be_drawn_is_told(
    page: RosterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise RuleBroken(Fault("有字印不出。"))

    monkeypatch.setattr(roster_wall_dialog, "draw_wall", fail)
    page.papers.show_wall()
    dialog = found(page, RosterWallDialog, "RosterWallForm")
    qtbot.waitUntil(lambda: said_in_a_box(dialog) == "有字印不出。")
    assert not dialog.ui.print_wall.isEnabled()
    dialog.print_wall()
    dialog.save_wall()
    assert dialog.findChild(QFileDialog) is None
    dialog.reject()


def _a_page() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, pagesize=(842, 595))
    canvas.showPage()
    canvas.save()
    return file.getvalue()


# ---- the workbook of the offices


def filled(month: Month, *marks: tuple[str, int, str]) -> bytes:
    """The template with marks in it: (name, day, mark)."""
    book = openpyxl.load_workbook(BytesIO(month.desk.look(availability_template, MONTH)))
    sheet = book["可排情况"]
    rows = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    for name, day, mark in marks:
        sheet.cell(rows[name], 5 + 2 * (day - 1)).value = mark
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def imported(page: RosterPage, content: bytes, folder: Path) -> RosterImportDialog:
    path = folder / "可排.xlsx"
    path.write_bytes(content)
    page.papers.import_availability()
    dialog = found(page, QFileDialog, "open_dialog")
    dialog.fileSelected.emit(str(path))
    dialog.close()
    return found(page, RosterImportDialog, "RosterImportForm")


def test_the_template_is_saved_for_the_offices(page: RosterPage, tmp_path: Path) -> None:
    path = saved(page, page.papers.save_template, tmp_path)
    assert path.name == "2026年11月可排情况.xlsx"
    assert "可排情况" in openpyxl.load_workbook(path).sheetnames


def test_what_an_office_sent_is_seen_before_it_counts(page: RosterPage, month: Month, tmp_path: Path) -> None:
    dialog = imported(page, filled(month, ("沈安", 26, "假"), ("蒋平", 26, "愿")), tmp_path)
    assert dialog.ui.import_text.text().startswith("会改2处")
    assert len(dialog.changes.lines) == 2
    assert not dialog.ui.accept_all.isEnabled()
    assert month.look().wishes == {}
    dialog.ui.take_over.click()
    shown = month.look()
    assert shown.wishes == {(month.ids["蒋平"], at(26)): 1} or len(shown.wishes) == 1
    assert (month.ids["沈安"], at(26)) in shown.blocked


def test_a_suggestion_counts_only_when_somebody_accepts_it(page: RosterPage, month: Month, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(filled(month, ("沈安", 26, "假"))))
    people = book["人员"]
    row = next(row for row in range(1, people.max_row + 1) if people.cell(row, 2).value == "沈安")
    people.cell(row, 4).value = "人民調解員"
    file = BytesIO()
    book.save(file)
    dialog = imported(page, file.getvalue(), tmp_path)
    assert "看不准，暂不导入" in dialog.ui.import_text.text()
    [line] = dialog.remarks.lines
    assert (line.cells[0], line.cells[2]) == ("暂不导入", "人民调解员")
    dialog.ui.accept_suggestion.click()
    assert len(dialog.remarks.lines) == 1
    dialog.ui.remarks.setCurrentIndex(dialog.remarks.index(0, 0))
    dialog.ui.accept_suggestion.click()
    assert dialog.remarks.lines == []
    dialog.reject()


def test_all_suggestions_can_be_accepted_at_once(page: RosterPage, month: Month, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(filled(month)))
    people = book["人员"]
    for row in range(1, people.max_row + 1):
        if people.cell(row, 2).value in ("沈安", "蒋平"):
            people.cell(row, 4).value = "人民調解員"
    file = BytesIO()
    book.save(file)
    dialog = imported(page, file.getvalue(), tmp_path)
    assert len(dialog.remarks.lines) == 2
    assert not dialog.ui.take_over.isEnabled()
    dialog.ui.accept_all.click()
    assert dialog.remarks.lines == []
    dialog.reject()


def test_what_changed_since_the_preview_is_not_taken_over(page: RosterPage, month: Month, tmp_path: Path) -> None:
    dialog = imported(page, filled(month, ("沈安", 26, "假")), tmp_path)
    month.duty.leave(month.ids["沈安"], at(26))
    dialog.accept()
    assert "没有导入" in said_in_a_box(dialog)
    dialog.reject()


def test_a_file_that_is_no_such_workbook_is_refused(page: RosterPage, tmp_path: Path) -> None:
    page.papers._preview(str(tmp_path / "没有.xlsx"))
    assert "没有导入" in said_in_a_box(page)
    (tmp_path / "图.xlsx").write_bytes(b"no workbook")
    page.papers._preview(str(tmp_path / "图.xlsx"))
    assert "没有导入" in said_in_a_box(page)
    assert page.findChild(RosterImportDialog) is None
