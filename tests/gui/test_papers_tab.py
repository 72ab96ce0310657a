"""The papers of a case: listed, filled in, seen, printed, saved."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.gui import paper_preview, papers_tab, printing
from mediation_desk.gui.compare_dialog import CompareDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.name_proof import NameProofDialog
from mediation_desk.gui.paper_entry_dialog import PaperEntryDialog
from mediation_desk.gui.paper_list import PRINTED, PaperLine
from mediation_desk.gui.papers_tab import PapersTab
from mediation_desk.services.agreements import save_agreement
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import last_printed, note_printed
from tests.desk import Desk as Clerk
from tests.desk import text
from tests.gui.every_kind import form, teach_only
from tests.gui.looking import found, said_in_a_box


@pytest.fixture(autouse=True)
def forms(desk: Desk, clerk: Clerk) -> None:
    teach_only(desk, form(), codes=("D03", "D04", "D07", "D08"))
    clerk.rules = desk.rules


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> Iterator[PapersTab]:
    tab = PapersTab(desk)
    qtbot.addWidget(tab)
    tab.resize(910, 400)
    yield tab
    tab.leave()


Show = Callable[[int], None]


@pytest.fixture
def show(tab: PapersTab, clerk: Clerk, qtbot: QtBot) -> Show:
    """Show a case as it is now, and wait until its paper is drawn."""

    def show(case_id: int) -> None:
        tab.show_case(clerk.case(case_id))
        with qtbot.waitSignal(tab.preview.drawn):
            tab.show() if tab.isHidden() else tab.show_case(clerk.case(case_id))

    return show


@pytest.fixture
def choose(tab: PapersTab, qtbot: QtBot) -> Callable[[str, int], None]:
    def choose(code: str, no: int) -> None:
        with qtbot.waitSignal(tab.preview.drawn):
            tab.ui.papers.choose(code, no)

    return choose


@pytest.fixture
def print_chosen(tab: PapersTab, qtbot: QtBot) -> Callable[[], None]:
    """Presses 打印 and waits until the paper is drawn for the printer."""

    def press() -> None:
        tab.ui.print_paper.click()
        assert tab._is_going_to_print
        qtbot.waitUntil(lambda: not tab._is_going_to_print)

    return press


Choose = Callable[[str, int], None]
Print = Callable[[], None]


def chosen(tab: PapersTab) -> PaperLine:
    paper = tab.chosen()
    assert paper is not None
    return paper


def now(tab: PapersTab) -> Case:
    assert tab.case is not None
    case_id = tab.case.id or 0
    return tab.desk.look(lambda records, _: records.cases.get(case_id))


def printed_events(tab: PapersTab) -> list[str]:
    return [event.text for event in now(tab).events if event.kind is EventKind.PRINTED]


def cell(tab: PapersTab, code: str) -> str:
    return next(row.item.text(PRINTED) for row in tab.ui.papers._rows if row.line.form.code == code)


def change_matter(clerk: Clerk, case_id: int, matter: str = "补充了情况") -> None:
    with clerk.database.writing() as records:
        records.cases.get(case_id).matter = matter


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


# ---- seeing


def test_the_newest_paper_is_seen_at_once_and_others_on_choice(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose
) -> None:
    show(clerk.frozen())
    assert chosen(tab).key == ("D08", 1)
    assert tab.ui.preview.page_count > 0
    for code, no in (("D03", 0), ("D04", 0), ("D07", 1)):
        choose(code, no)
        assert tab.ui.preview.page_count > 0


def test_the_chosen_paper_stays_chosen_and_is_drawn_anew(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose
) -> None:
    case_id = clerk.frozen()
    show(case_id)
    choose("D03", 0)
    before = tab.ui.preview.pdf
    change_matter(clerk, case_id)
    show(case_id)
    assert chosen(tab).key == ("D03", 0)
    assert tab.ui.preview.pdf != before


def test_another_case_begins_with_its_own_newest_paper(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose
) -> None:
    show(clerk.frozen())
    choose("D03", 0)
    tab.ui.paper_filter.setText("申请书")
    show(clerk.accepted())
    assert chosen(tab).key == ("D04", 0)
    assert tab.ui.paper_filter.text() == ""


def test_a_paper_that_cannot_be_drawn_says_why_and_is_not_printed(
    tab: PapersTab, clerk: Clerk, show: Show, monkeypatch: pytest.MonkeyPatch, printer: list[tuple[str, int]]
) -> None:
    def refused(*args: object, **kwargs: object) -> object:
        raise NotFound("没有可打印的正式文本。")

    monkeypatch.setattr(paper_preview, "see_paper", refused)
    show(clerk.accepted())
    assert tab.ui.preview.ui.paper_note.text() == "没有可打印的正式文本。"
    assert not tab.ui.print_paper.isEnabled()
    tab.print_paper()
    tab.save_pdf()
    assert printer == []
    assert tab.findChild(QFileDialog) is None


def test_a_draft_that_was_typed_meanwhile_is_seen_as_it_is_now(
    tab: PapersTab, clerk: Clerk, show: Show, qtbot: QtBot
) -> None:
    case_id = clerk.drafted()
    show(case_id)
    before = tab.ui.preview.pdf
    tab.hide()
    clerk.do(save_agreement, case_id, 1, text(facts="改过的事实", extra_holders=("区人民法院",)))
    with qtbot.waitSignal(tab.preview.drawn):
        tab.show()
    assert tab.ui.preview.pdf != before
    assert chosen(tab).copies == 4


def test_what_is_noted_elsewhere_does_not_move_the_page_one_reads(tab: PapersTab, clerk: Clerk, show: Show) -> None:
    case_id = clerk.frozen()
    show(case_id)
    bar = tab.ui.preview.ui.pages.verticalScrollBar()
    bar.setValue(100)
    clerk.do(note_printed, case_id, "D03", 0, "申请书", ["甲"], "0" * 64, 1)
    show(case_id)
    assert bar.value() == 100


def test_large_type_needs_more_room(tab: PapersTab, clerk: Clerk, show: Show, choose: Choose, qtbot: QtBot) -> None:
    show(clerk.frozen())
    choose("D03", 0)
    assert tab.preview.seen is not None
    plain = tab.preview.seen
    with qtbot.waitSignal(tab.preview.drawn):
        tab.ui.large_type.setChecked(True)
    assert tab.preview.seen.content == plain.content
    assert tab.preview.seen.pdf != plain.pdf


# ---- since the last print


def test_it_is_told_what_the_next_print_will_be(
    tab: PapersTab,
    clerk: Clerk,
    show: Show,
    choose: Choose,
    printer: list[tuple[str, int]],
    qtbot: QtBot,
    print_chosen: Print,
) -> None:
    case_id = clerk.accepted()
    show(case_id)
    choose("D03", 0)
    assert tab.ui.print_state.text() == "还没有打印过。"
    assert not tab.ui.mark_changes.isEnabled()
    print_chosen()
    show(case_id)
    assert "第2次打印将注明重印" in tab.ui.print_state.text()
    change_matter(clerk, case_id)
    show(case_id)
    assert tab.ui.print_state.text() == "自上次打印（2026年11月23日）后有改动。"
    qtbot.waitUntil(lambda: cell(tab, "D03") == "有改动")


def test_changes_are_marked_on_the_screen_only_and_can_be_hidden(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose, printer: list[tuple[str, int]], print_chosen: Print
) -> None:
    case_id = clerk.accepted()
    show(case_id)
    choose("D03", 0)
    print_chosen()
    change_matter(clerk, case_id)
    show(case_id)
    seen = tab.preview.seen
    assert seen is not None
    assert tab.ui.mark_changes.isEnabled()
    assert tab.ui.preview.pdf == seen.changes_marked
    tab.ui.mark_changes.setChecked(False)
    assert tab.ui.preview.pdf == seen.pdf
    tab.ui.mark_changes.setChecked(True)
    assert tab.ui.preview.pdf == seen.changes_marked


def test_every_printed_paper_that_changed_is_marked_in_the_list(
    tab: PapersTab,
    clerk: Clerk,
    show: Show,
    choose: Choose,
    printer: list[tuple[str, int]],
    qtbot: QtBot,
    print_chosen: Print,
) -> None:
    case_id = clerk.frozen()
    show(case_id)
    for code, no in (("D03", 0), ("D07", 1)):
        choose(code, no)
        print_chosen()
    choose("D08", 1)
    change_matter(clerk, case_id)
    show(case_id)
    qtbot.waitUntil(lambda: cell(tab, "D03") == "有改动")
    qtbot.waitUntil(lambda: not tab._unchecked)
    assert cell(tab, "D07") == "11-23"


# ---- printing and saving


def test_an_agreement_is_printed_in_its_number_of_copies_and_others_once(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose, printer: list[tuple[str, int]], print_chosen: Print
) -> None:
    show(clerk.frozen())
    print_chosen()
    choose("D07", 1)
    print_chosen()
    assert printer == [("人民调解协议书", 3), ("人民调解记录（第1次）", 1)]
    assert printed_events(tab) == ["人民调解协议书 3份", "人民调解记录（第1次） 1份"]


def test_what_is_noted_is_what_went_to_the_printer(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose, monkeypatch: pytest.MonkeyPatch, print_chosen: Print
) -> None:
    waiting: list[Callable[[int], None]] = []
    monkeypatch.setattr(papers_tab, "print_paper", lambda *args: waiting.append(args[-1]))
    case_id = clerk.accepted(matter="起初的说法")
    show(case_id)
    choose("D03", 0)
    print_chosen()
    change_matter(clerk, case_id, "后来的说法")
    waiting[0](2)
    kept = tab.desk.look(lambda records, _: last_printed(records, case_id, "D03", 0))
    assert kept is not None
    assert kept.copies == 2
    assert any("起初的说法" in paragraph for paragraph in kept.content)
    assert not any("后来的说法" in paragraph for paragraph in kept.content)


def test_a_paper_that_is_asked_for_twice_is_printed_once(
    tab: PapersTab, clerk: Clerk, show: Show, printer: list[tuple[str, int]], print_chosen: Print
) -> None:
    show(clerk.accepted())
    tab.print_paper()
    print_chosen()
    assert len(printer) == 1


def test_a_paper_that_is_gone_when_it_is_to_be_printed_is_told(
    tab: PapersTab,
    clerk: Clerk,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
    printer: list[tuple[str, int]],
    print_chosen: Print,
) -> None:
    def gone(*args: object, **kwargs: object) -> object:
        raise NotFound("没有可打印的正式文本。")

    show(clerk.accepted())
    monkeypatch.setattr(paper_preview, "paper_to_print", gone)
    print_chosen()
    assert said_in_a_box(tab) == "没有可打印的正式文本。"
    assert printer == []


def test_without_a_printer_nothing_is_noted(
    tab: PapersTab, clerk: Clerk, show: Show, monkeypatch: pytest.MonkeyPatch, print_chosen: Print
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    show(clerk.accepted())
    print_chosen()
    assert "没有安装打印机" in said_in_a_box(tab)
    assert printed_events(tab) == []


def test_a_paper_is_saved_under_title_and_number_without_marks(
    tab: PapersTab,
    clerk: Clerk,
    show: Show,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path_factory.mktemp("papers")
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(printing, "QSettings", lambda: settings)
    show(clerk.accepted())
    tab.ui.save_pdf.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    assert f"人民调解受理登记表 {now(tab).number}" in dialog.selectedFiles()[0]
    dialog.fileSelected.emit(str(folder / "登记表.pdf"))
    assert tab.preview.seen is not None
    assert (folder / "登记表.pdf").read_bytes() == tab.preview.seen.pdf


# ---- what is typed for a paper


def entry_dialog(tab: PapersTab) -> PaperEntryDialog:
    return next(each for each in tab.findChildren(PaperEntryDialog) if each.isVisible())


def menu(tab: PapersTab) -> QMenu:
    return found(tab, QMenu, "new_paper_menu")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus without a screen
def test_a_new_paper_is_chosen_from_the_menu_typed_and_then_seen(
    tab: PapersTab, clerk: Clerk, show: Show, qtbot: QtBot
) -> None:
    show(clerk.accepted())
    tab.ui.new_paper.click()
    [offered] = menu(tab).actions()
    assert offered.text() == "T1　人民调解调查记录"
    offered.trigger()
    menu(tab).close()
    tab.desk.changed.connect(lambda: tab.show_case(now(tab)))
    found(entry_dialog(tab), QLineEdit, "line").setText("门口")
    entry_dialog(tab).accept()
    assert chosen(tab).key == ("T1", 1)
    qtbot.waitUntil(lambda: tab.preview.seen is not None)
    assert tab.ui.drop_entry.isEnabled()


def test_a_paper_that_is_only_possible_says_how_to_begin_it(tab: PapersTab, clerk: Clerk, show: Show) -> None:
    show(clerk.accepted())
    tab.ui.papers.choose("T1", None)
    assert "还没有人民调解调查记录" in tab.ui.preview.ui.paper_note.text()
    assert not tab.ui.print_paper.isEnabled()
    assert not tab.ui.compare.isEnabled()
    tab.ui.papers.itemActivated.emit(tab.ui.papers.currentItem(), 0)
    assert entry_dialog(tab).no is None


def test_enter_opens_what_is_typed_and_prints_what_is_not(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose, printer: list[tuple[str, int]], qtbot: QtBot
) -> None:
    case_id = clerk.accepted()
    clerk.do(save_entry, case_id, "T1", None, {"line": "门口"})
    show(case_id)
    choose("T1", 1)
    tab.ui.papers.itemActivated.emit(tab.ui.papers.currentItem(), 0)
    assert found(entry_dialog(tab), QLineEdit, "line").text() == "门口"
    entry_dialog(tab).reject()
    choose("D03", 0)
    tab.ui.papers.itemActivated.emit(tab.ui.papers.currentItem(), 0)
    qtbot.waitUntil(lambda: [title for title, _ in printer] == ["人民调解申请书"])


def test_a_begun_entry_is_seen_at_its_button(tab: PapersTab, clerk: Clerk, show: Show) -> None:
    show(clerk.accepted())
    tab.ui.papers.choose("T1", None)
    assert tab.ui.enter.text() == "录入"
    tab.ui.enter.click()
    found(entry_dialog(tab), QLineEdit, "line").setText("一半")
    entry_dialog(tab).reject()
    assert tab.ui.enter.text() == "继续录入"


def test_leaving_keeps_what_is_half_typed(tab: PapersTab, clerk: Clerk, show: Show) -> None:
    show(clerk.accepted())
    tab.ui.papers.choose("T1", None)
    tab.enter()
    found(entry_dialog(tab), QLineEdit, "line").setText("一半")
    tab.leave()
    entry_dialog(tab).close()
    tab.enter()
    assert found(entry_dialog(tab), QLineEdit, "line").text() == "一半"


def test_what_was_typed_is_removed_only_after_asking(tab: PapersTab, clerk: Clerk, show: Show, choose: Choose) -> None:
    case_id = clerk.accepted()
    clerk.do(save_entry, case_id, "T1", None, {"line": "门口"})
    show(case_id)
    choose("T1", 1)
    tab.ui.drop_entry.click()
    box = found(tab, QMessageBox, "question_box")
    assert "不能恢复" in box.text()
    assert len(now(tab).entries) == 1
    next(button for button in box.findChildren(QPushButton) if button.text() == "删除").click()
    assert now(tab).entries == []


def test_what_was_printed_is_not_removed(
    tab: PapersTab, clerk: Clerk, show: Show, choose: Choose, printer: list[tuple[str, int]], print_chosen: Print
) -> None:
    case_id = clerk.accepted()
    clerk.do(save_entry, case_id, "T1", None, {"line": "门口"})
    show(case_id)
    choose("T1", 1)
    print_chosen()
    tab._drop_entry(case_id, "T1", 1)
    assert "已经打印过" in said_in_a_box(tab)
    assert len(now(tab).entries) == 1


def test_a_paper_without_inputs_has_nothing_to_type(tab: PapersTab, clerk: Clerk, show: Show, choose: Choose) -> None:
    show(clerk.accepted())
    choose("D03", 0)
    assert not tab.ui.enter.isEnabled()
    assert not tab.ui.drop_entry.isEnabled()
    tab.enter()
    tab.drop_entry()
    assert tab.findChild(PaperEntryDialog) is None
    assert tab.findChild(QMessageBox) is None


def test_versions_are_opened_beside_each_other(tab: PapersTab, clerk: Clerk, show: Show, choose: Choose) -> None:
    show(clerk.accepted())
    choose("D03", 0)
    tab.ui.compare.click()
    dialog = tab.findChild(CompareDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "对比版本：人民调解申请书"
    dialog.accept()


def test_the_names_of_the_case_are_opened_to_be_proved(tab: PapersTab, clerk: Clerk, show: Show) -> None:
    tab.prove_names()
    assert tab.findChild(NameProofDialog) is None
    show(clerk.accepted())
    tab.ui.prove_names.click()
    dialog = tab.findChild(NameProofDialog)
    assert dialog is not None
    assert len(dialog.strips) >= 2
    dialog.accept()


# ---- by keyboard


def test_every_button_has_a_key_of_its_own(tab: PapersTab) -> None:
    keys = [action.shortcut().toString() for action in tab.actions()]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    for button in tab.findChildren(QPushButton):
        assert "（" in button.toolTip()


def test_typing_in_the_filter_narrows_the_list_and_enter_goes_there(tab: PapersTab, clerk: Clerk, show: Show) -> None:
    show(clerk.frozen())
    tab.ui.paper_filter.setText("调解记录")
    tab.ui.paper_filter.returnPressed.emit()
    assert chosen(tab).key == ("D07", 1)


def test_marks_and_type_have_keys(tab: PapersTab) -> None:
    by_key: dict[str, QAction] = {action.shortcut().toString(): action for action in tab.actions()}
    by_key["Ctrl+G"].trigger()
    assert tab.ui.large_type.isChecked()
    by_key["Ctrl+M"].trigger()
    assert not tab.ui.mark_changes.isChecked()
