"""A closed file is hidden until it is said why it is opened: once for each user, window and case."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.closed_file_dialog import USUAL_REASONS, ClosedFileDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.afterwards import close_case
from tests.desk import Desk as Clerk
from tests.desk import draw_as_a_line
from tests.gui.looking import bring_up, refusal_at, said_in_a_box
from tests.gui.people import told_in_log, works_as


@pytest.fixture
def closed_id(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> int:
    from mediation_desk.services import agreements

    monkeypatch.setattr(agreements, "draw_agreement", draw_as_a_line)
    return clerk.closed()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> CasePage:
    page = CasePage(desk)
    qtbot.addWidget(page)
    bring_up(page, qtbot)
    return page


def asking(page: CasePage) -> ClosedFileDialog | None:
    return next((each for each in page.findChildren(ClosedFileDialog) if each.isVisible()), None)


def give_reason(page: CasePage, reason: str) -> None:
    dialog = asking(page)
    assert dialog is not None
    dialog.ui.closed_reason.setCurrentText(reason)
    dialog.ui.save_button.click()


def test_nothing_of_a_closed_file_is_shown_before_a_reason_is_given(page: CasePage, closed_id: int, desk: Desk) -> None:
    page.show_case(closed_id)
    assert page.ui.title_text.text() == ""
    assert not page.ui.tabs.isVisible()
    give_reason(page, USUAL_REASONS[0])
    assert page.ui.stage_text.text() == "已结案"
    assert page.ui.tabs.isEnabled()
    assert f"已结卷宗，理由：{USUAL_REASONS[0]}" in told_in_log(desk)


def test_without_a_reason_the_question_stays(page: CasePage, closed_id: int) -> None:
    page.show_case(closed_id)
    give_reason(page, "")
    dialog = asking(page)
    assert dialog is not None
    assert "请写明理由" in refusal_at(dialog, "closed_reason")


def test_whoever_gives_no_reason_goes_back_to_the_list(
    page: CasePage, closed_id: int, desk: Desk, qtbot: QtBot
) -> None:
    page.show_case(closed_id)
    dialog = asking(page)
    assert dialog is not None
    with qtbot.waitSignal(desk.page_wanted) as wanted:
        dialog.reject()
    assert wanted.args == ["cases"]
    assert page.ui.title_text.text() == ""


def test_a_reason_counts_for_this_window(page: CasePage, closed_id: int, clerk: Clerk) -> None:
    page.show_case(closed_id)
    give_reason(page, "回访")
    page.show_case(clerk.registered())
    page.show_case(closed_id)
    assert asking(page) is None
    assert page.ui.tabs.isEnabled()


def test_the_next_user_is_asked_again(page: CasePage, closed_id: int, desk: Desk) -> None:
    page.show_case(closed_id)
    give_reason(page, "回访")
    works_as(desk, Role.ARCHIVIST)
    assert asking(page) is not None
    assert not page.ui.tabs.isVisible()


def test_what_one_user_saw_is_not_there_for_the_next_who_may_not_see_it(
    page: CasePage, clerk: Clerk, desk: Desk
) -> None:
    page.show_case(clerk.registered())
    assert page.ui.tabs.isVisible()
    works_as(desk, Role.MEDIATOR)
    assert "不能查看" in said_in_a_box(page)
    assert not page.ui.tabs.isVisible()
    assert page.ui.parties_text.text() == ""


def test_a_change_while_it_is_asked_asks_no_second_time(page: CasePage, closed_id: int, desk: Desk) -> None:
    page.show_case(closed_id)
    desk.changed.emit()
    assert len([each for each in page.findChildren(ClosedFileDialog) if each.isVisible()]) == 1


@pytest.mark.usefixtures("closed_id")
def test_whoever_closes_a_case_goes_on_looking_at_it(page: CasePage, clerk: Clerk, desk: Desk) -> None:
    case_id = clerk.performing()
    page.show_case(case_id)
    desk.do(close_case, case_id, despite_reason="当事人要求先行结案。")
    assert asking(page) is None
    assert page.ui.stage_text.text() == "已结案"


def test_a_store_that_is_only_read_is_looked_at_without_a_trace(page: CasePage, closed_id: int, desk: Desk) -> None:
    desk.database.read_only = "只能查看。"
    page.show_case(closed_id)
    give_reason(page, "回访")
    assert page.ui.tabs.isEnabled()
    desk.database.read_only = ""
    assert "已结卷宗，理由：回访" not in told_in_log(desk)


def test_whoever_may_not_open_closed_files_is_told_whom_to_ask(page: CasePage, closed_id: int, desk: Desk) -> None:
    works_as(desk, Role.MEDIATOR, Role.AUDITOR)
    page.show_case(closed_id)
    assert asking(page) is None
    assert not page.ui.tabs.isEnabled()
    assert "不能查看" in said_in_a_box(page)
