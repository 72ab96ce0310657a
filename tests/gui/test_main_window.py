"""The window around the pages: keys, navigation, search, users, and leaving without loss."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import CannotRead
from mediation_desk.domain.paper import short_digest
from mediation_desk.domain.rules import Rules
from mediation_desk.gui import pages
from mediation_desk.gui.agreement_tab import AgreementTab
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.figures_tables import Behind
from mediation_desk.gui.main_window import PAGES, MainWindow
from mediation_desk.gui.register_page import RegisterPage
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.gui.verify_dialog import VerifyDialog
from mediation_desk.services.blank_forms import find_blank, issue_blanks, use_blank
from mediation_desk.store.database import open_store
from mediation_desk.store.draft import Draft
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent
from tests.gui.conftest import NOW
from tests.gui.looking import bring_up, found, pick, said_in_a_box

KEY = {number: Qt.Key(Qt.Key.Key_0 + number) for number in range(1, len(PAGES) + 1)}


@pytest.fixture
def window(desk: Desk, settings: QSettings, qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    bring_up(window, qtbot)
    window.begin(desk)
    return window


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
    QTest.keyClick(window, key, modifier)


def shown(window: MainWindow) -> str:
    """The kind of the page that is shown, and what the navigation marks."""
    return f"{type(window.ui.stack.currentWidget()).__name__} {window.ui.navigation.currentItem().text()}"


def register_page(window: MainWindow) -> RegisterPage:
    window.open_page("register")
    return found(window, RegisterPage, "RegisterPage")


def drafts(desk: Desk) -> list[Draft]:
    return desk.look(lambda records, act: records.drafts.of_user(act.by_id))


def kept_matters(desk: Desk) -> list[str]:
    return [draft.content["typed"]["matter"] for draft in drafts(desk) if draft.form == "intake"]


@contextmanager
def another_program_writes(desk: Desk) -> Iterator[None]:
    with closing(driver.connect(str(desk.database.path), isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


# ---- from page to page


def test_the_window_is_painted_before_it_has_pages(settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert window.ui.stack.currentWidget() is window.ui.waiting_page
    assert window.close()


def test_today_comes_first_and_is_filled_once(desk: Desk, settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.filled):
        window.begin(desk)
    assert shown(window) == "TodayPage 今日"
    assert window.windowTitle() == "东城街道综治中心 · 调解工作台"
    assert not window.ui.practice_mark.isVisible()
    assert not window.ui.read_only_mark.isVisible()


@pytest.mark.parametrize(
    ("number", "page"),
    [
        (1, "TodayPage 今日"),
        (2, "RegisterPage 登记"),
        (3, "CasesPage 案件"),
        (4, "RosterPage 排班"),
        (5, "MediatorsPage 调解员"),
        (6, "FiguresPage 统计"),
        (7, "SettingsPage 设置"),
    ],
)
def test_every_page_has_a_number(window: MainWindow, number: int, page: str) -> None:
    press(window, KEY[number])
    assert shown(window) == page
    press(window, KEY[1])
    assert shown(window) == "TodayPage 今日"


def test_the_navigation_opens_pages_and_keeps_them(window: MainWindow) -> None:
    typed = register_page(window).form.ui.matter
    typed.setPlainText("漏水")
    window.ui.navigation.setCurrentRow(4)
    assert shown(window) == "MediatorsPage 调解员"
    window.ui.navigation.setCurrentRow(1)
    assert shown(window) == "RegisterPage 登记"
    assert register_page(window).form.ui.matter is typed
    assert typed.toPlainText() == "漏水"


def test_a_page_may_ask_for_another(window: MainWindow, desk: Desk) -> None:
    desk.page_wanted.emit("mediators")
    assert shown(window) == "MediatorsPage 调解员"


def test_the_roster_of_another_month_is_opened_where_it_is_asked_for(window: MainWindow, desk: Desk) -> None:
    desk.month_wanted.emit(date(2026, 12, 7))
    page = window.ui.stack.currentWidget()
    assert isinstance(page, RosterPage)
    assert page.month == date(2026, 12, 1)


def test_the_cases_behind_a_number_are_opened_as_a_list(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    for _ in range(3):
        clerk.registered()
    desk.cases_wanted.emit(Behind([2], "2026年11月 调解成功率"))
    page = window.ui.stack.currentWidget()
    assert isinstance(page, CasesPage)
    assert page.model.rowCount() == 1
    assert page.ui.count_text.text() == "共1件　2026年11月 调解成功率"


def test_a_page_that_cannot_be_read_is_told_and_the_old_one_stays(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> QWidget:
        raise CannotRead("磁盘读写失败。")

    with monkeypatch.context() as patched:
        patched.setattr(pages, "make_page", refuse)
        press(window, KEY[2])
        assert shown(window) == "TodayPage 今日"
        assert said_in_a_box(window) == "磁盘读写失败。"
        press(window, Qt.Key.Key_N)
        window.ui.search_box.setFocus()
        QTest.keyClick(window.ui.search_box, Qt.Key.Key_Return)
        assert shown(window) == "TodayPage 今日"
    said_in_a_box(window)
    press(window, KEY[2])
    assert shown(window) == "RegisterPage 登记"


def test_a_case_opens_as_a_page_and_marks_the_cases(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    case_id, other = clerk.registered(), clerk.registered()
    desk.case_wanted.emit(case_id)
    assert shown(window) == "CasePage 案件"
    desk.case_wanted.emit(other)
    assert len(window.findChildren(CasePage)) == 1
    press(window, KEY[3])
    assert shown(window) == "CasesPage 案件"


def test_a_case_can_be_opened_at_one_of_its_tabs(window: MainWindow, clerk: Clerk) -> None:
    window.open_case(clerk.registered(), "timeline")
    page = found(window, CasePage, "CaseForm")
    assert page.ui.tabs.tabText(page.ui.tabs.currentIndex()) == "过程"


def test_a_case_that_is_gone_is_said_to_be(window: MainWindow, desk: Desk) -> None:
    desk.case_wanted.emit(4711)
    assert "找不到这个案件" in said_in_a_box(window)


# ---- keys


def test_one_key_goes_to_the_search_and_enter_narrows_the_list(window: MainWindow, clerk: Clerk) -> None:
    clerk.registered(parties=(claimant(name="张三"), respondent(name="李四")))
    clerk.registered(parties=(claimant(name="买买提江·吐尔逊"), respondent(name="王五")))
    press(window, Qt.Key.Key_K)
    assert window.focusWidget() is window.ui.search_box
    window.ui.search_box.setText(" 吐尔逊 ")
    QTest.keyClick(window.ui.search_box, Qt.Key.Key_Return)
    assert shown(window) == "CasesPage 案件"
    page = window.ui.stack.currentWidget()
    assert isinstance(page, CasesPage)
    assert page.ui.count_text.text() == "共1件"
    press(window, Qt.Key.Key_K)
    assert window.ui.search_box.selectedText() == " 吐尔逊 "
    window.ui.search_box.clear()
    QTest.keyClick(window.ui.search_box, Qt.Key.Key_Return)
    assert page.ui.count_text.text() == "共2件"


def scan(window: MainWindow, code: str) -> None:
    """What a scanner does: it types into the search box, then presses Enter."""
    press(window, Qt.Key.Key_K)
    QTest.keyClicks(window.ui.search_box, code)
    QTest.keyClick(window.ui.search_box, Qt.Key.Key_Return)


def test_the_code_of_a_receipt_opens_its_case(window: MainWindow, clerk: Clerk) -> None:
    case = clerk.case(clerk.registered())
    for code in (case.query_code, f"MDESK:{case.query_code}"):
        press(window, KEY[1])
        scan(window, code)
        assert shown(window) == "CasePage 案件"
    scan(window, "MDESK:7K3M-9QXA")
    assert "没有查询码为“7K3M-9QXA”的案件" in said_in_a_box(window)


def test_an_empty_form_opens_the_registration(window: MainWindow, desk: Desk) -> None:
    desk.do(issue_blanks, "E18", 1)
    scan(window, "BF2026-000001")
    assert shown(window) == "RegisterPage 登记"
    assert register_page(window).ui.blank_panel.isVisible()
    scan(window, "BF2026-000009")
    assert "没有编号为“BF2026-000009”的空白表" in said_in_a_box(window)


def test_an_empty_form_that_was_entered_opens_its_case(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    desk.do(issue_blanks, "E18", 1)
    desk.do(use_blank, "BF2026-000001", clerk.registered())
    scan(window, "BF2026-000001")
    assert shown(window) == "CasePage 案件"
    assert "已经录入这个案件" in said_in_a_box(window)


def test_an_empty_form_for_a_case_is_linked_to_the_one_that_is_shown(
    window: MainWindow, desk: Desk, clerk: Clerk
) -> None:
    desk.do(issue_blanks, "D07", 1)
    scan(window, "BF2026-000001")
    assert shown(window) == "CasesPage 案件"
    assert "请打开那个案件，再扫描一次" in said_in_a_box(window)
    case_id = clerk.accepted()
    window.open_case(case_id)
    scan(window, "BF2026-000001")
    box = found(window, QMessageBox, "question_box")
    assert clerk.case(case_id).number in box.text()
    next(button for button in box.findChildren(QPushButton) if button.text() == "录入这个案件").click()
    assert desk.look(lambda records, _: find_blank(records, "BF2026-000001").case_id) == case_id
    page = found(window, CasePage, "CaseForm")
    assert page.ui.tabs.tabText(page.ui.tabs.currentIndex()) == "文书"


def test_the_code_of_a_paper_is_compared_with_what_is_on_file(window: MainWindow, clerk: Clerk) -> None:
    agreement = clerk.agreement(clerk.frozen())
    window.ui.search_box.setText(f"MDESK:{agreement.number}:{short_digest(agreement.content_digest)}")
    QTest.keyClick(window.ui.search_box, Qt.Key.Key_Return)
    dialog = found(window, VerifyDialog, "VerifyForm")
    assert dialog.ui.verdict_headline.text() == "√ 就是本台存档的那一份"
    dialog.reject()


def test_a_paper_can_be_compared_without_a_scanner(window: MainWindow) -> None:
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = found(window, VerifyDialog, "VerifyForm")
    assert not dialog.ui.verdict_panel.isVisible()
    dialog.reject()


def test_a_new_registration_is_one_key_away_and_puts_the_old_one_aside(window: MainWindow, desk: Desk) -> None:
    register_page(window).form.ui.matter.setPlainText("漏水")
    press(window, KEY[1])
    press(window, Qt.Key.Key_N)
    assert shown(window) == "RegisterPage 登记"
    assert register_page(window).form.ui.matter.toPlainText() == ""
    [draft] = drafts(desk)
    assert draft.parked_at is not None


def test_f1_lists_the_keys(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    tree = found(window, QTreeWidget, "keys")
    listed = {item.text(0) for item in tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)}
    assert {"今日页", "查找", "新登记", "刷新", "快捷键一览"} <= listed


def test_f5_reads_anew_what_another_window_changed(window: MainWindow, clerk: Clerk) -> None:
    press(window, KEY[3])
    page = window.ui.stack.currentWidget()
    assert isinstance(page, CasesPage)
    assert page.ui.count_text.text() == "共0件"
    clerk.registered()
    press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert page.ui.count_text.text() == "共1件"


def test_no_key_does_two_things_on_any_page(window: MainWindow, clerk: Clerk) -> None:
    def refuse_doubles() -> None:
        keys = Counter(
            key.toString()
            for widget in [window, *window.findChildren(QWidget)]
            if widget.isVisible()
            for action in widget.actions()
            if isinstance(action, QAction) and action.shortcutContext() is not Qt.ShortcutContext.WidgetShortcut
            for key in action.shortcuts()
        )
        doubled = [key for key, times in keys.items() if times > 1]
        assert not doubled, (shown(window), doubled)

    for key, _ in PAGES:
        window.open_page(key)
        refuse_doubles()
    window.open_case(clerk.drafted())
    page = found(window, CasePage, "CaseForm")
    for tab in range(page.ui.tabs.count()):
        page.ui.tabs.setCurrentIndex(tab)
        refuse_doubles()


# ---- who works, and where


def test_another_user_takes_over_and_is_remembered_for_this_store(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    assert [window.ui.user_choice.itemText(row) for row in range(2)] == ["王窗口", "李窗口"]
    with qtbot.waitSignal(desk.changed):
        pick(window.ui.user_choice, "李窗口")
    assert desk.act().by_id == 2
    assert QSettings().value(f"last_user/{desk.centre.uid}", type=int) == 2


@pytest.mark.parametrize(("kept", "works"), [("2", 2), ("99", 1), ("无", 1), ("", 1)])
def test_the_last_user_works_on_unless_the_note_is_nonsense(
    desk: Desk, settings: QSettings, qtbot: QtBot, kept: str, works: int
) -> None:
    settings.setValue(f"last_user/{desk.centre.uid}", kept)
    settings.setValue("last_user/another-centre", 2)
    window = MainWindow()
    qtbot.addWidget(window)
    window.begin(desk)
    assert (desk.user_id, window.ui.user_choice.currentData()) == (works, works)


def test_a_practice_store_is_marked(desk: Desk, settings: QSettings, qtbot: QtBot) -> None:
    desk.centre.is_practice = True
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.begin(desk)
    assert window.ui.practice_mark.isVisible()
    assert window.windowTitle().endswith("（练习）")


def test_a_read_only_store_is_marked_and_every_page_opens(
    finished_store: Path, rules: Rules, settings: QSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(finished_store, tmp_path / "desk.db"))
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    database = open_store(path)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.begin(Desk(database, rules, clock=lambda: NOW))
    assert "只能查看" in window.ui.read_only_mark.text()
    assert window.ui.read_only_mark.isVisible()
    for key, _ in PAGES:
        window.open_page(key)
        assert said_in_a_box(window) == ""
    assert window.close()
    database.close()


# ---- the window itself


def test_size_and_place_are_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.setGeometry(50, 40, 712, 553)
    qtbot.waitUntil(lambda: window.width() == 712)
    assert window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (712, 553)


@pytest.mark.parametrize(
    "nonsense", ["rubbish", "", 7, ["a", "b"], QByteArray(), QByteArray(b"\x01\xd9\xd0\xcb"), QByteArray(b"x" * 66)]
)
def test_nonsense_for_a_size_is_harmless(settings: QSettings, qtbot: QtBot, nonsense: object) -> None:
    settings.setValue("window_geometry", nonsense)
    window = MainWindow()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert 300 < window.width() <= room.width()
    assert 300 < window.height() <= room.height()


def test_a_window_on_a_screen_that_is_gone_comes_back_into_view(settings: QSettings, qtbot: QtBot) -> None:
    away = QWidget()
    qtbot.addWidget(away)
    away.setGeometry(5000, 3000, 900, 600)
    settings.setValue("window_geometry", away.saveGeometry())
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    assert any(each.availableGeometry().contains(window.geometry().center()) for each in QApplication.screens())
    assert window.pos() != QPoint(5000, 3000)


# ---- leaving


def test_closing_keeps_what_is_half_typed_on_every_page(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.drafted()
    window.open_case(case_id, "agreement")
    tab = window.findChildren(AgreementTab)[0]
    tab.ui.editor.ui.facts.setPlainText("水管漏水。")
    register_page(window).form.ui.matter.setPlainText("噪声")
    assert window.close()
    assert kept_matters(desk) == ["噪声"]
    agreement = desk.look(lambda records, _: records.cases.get(case_id)).agreement(1)
    assert agreement is not None
    assert agreement.facts == "水管漏水。"


def test_closing_asks_before_something_is_lost(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    window.open_case(clerk.drafted(), "agreement")
    facts = window.findChildren(AgreementTab)[0].ui.editor.ui.facts
    register_page(window).form.ui.matter.setPlainText("噪声")
    with another_program_writes(desk):
        assert not window.close()
        assert window.isVisible()
        box = found(window, QMessageBox, "question_box")
        assert "另一个程序正在写入数据" in box.text()
        assert "现在退出，最后输入的内容会丢失" in box.text()
        box.close()
        assert register_page(window).form.ui.matter.toPlainText() == "噪声"
    window.open_case(1, "agreement")
    facts.setPlainText("照旧可以写。")
    assert window.close()
    agreement = desk.look(lambda records, _: records.cases.get(1)).agreement(1)
    assert agreement is not None
    assert agreement.facts == "照旧可以写。"
    assert kept_matters(desk) == ["噪声"]


def test_who_insists_may_leave_what_cannot_be_kept(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    register_page(window).form.ui.matter.setPlainText("噪声")
    with another_program_writes(desk):
        window.close()
        box = found(window, QMessageBox, "question_box")
        next(button for button in box.findChildren(QPushButton) if button.text() == "仍然退出").click()
        qtbot.waitUntil(lambda: not window.isVisible())
    assert drafts(desk) == []


def test_a_case_whose_agreement_cannot_be_kept_does_not_give_way_to_another(
    window: MainWindow, desk: Desk, clerk: Clerk
) -> None:
    case_id, other = clerk.drafted(), clerk.registered()
    window.open_case(case_id, "agreement")
    facts = window.findChildren(AgreementTab)[0].ui.editor.ui.facts
    facts.setPlainText("水管漏水。")
    with another_program_writes(desk):
        desk.case_wanted.emit(other)
        assert "另一个程序正在写入数据" in said_in_a_box(window)
        assert facts.toPlainText() == "水管漏水。"
    desk.case_wanted.emit(other)
    kept: Case = desk.look(lambda records, _: records.cases.get(case_id))
    agreement = kept.agreement(1)
    assert agreement is not None
    assert agreement.facts == "水管漏水。"


def test_every_page_is_left_even_if_one_fails(window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    register_page(window).form.ui.matter.setPlainText("噪声")
    window.open_page("settings")
    page = window.ui.stack.currentWidget()

    def fail() -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(page, "leave", fail, raising=False)
        with pytest.raises(ZeroDivisionError):
            window.leave_pages()
    assert kept_matters(desk) == ["噪声"]
