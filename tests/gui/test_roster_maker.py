"""Working a month out beside the window: progress, result, cancelling."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotRead, CannotSave
from mediation_desk.domain.roster_problem import Level, LevelName, Method, RosterSolution
from mediation_desk.gui import roster_maker
from mediation_desk.gui.roster_changes_dialog import RosterChangesDialog
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.services.presence import LeaveAsked, take_leave
from mediation_desk.services.roster_undo import Edit, edit_draft
from mediation_desk.solver import roster
from tests.gui.looking import said_in_a_box
from tests.gui.rosters import MONTH, OFFICER, Month, at, opened, said

Solve = Callable[..., RosterSolution]


@pytest.fixture
def page(month: Month, qtbot: QtBot) -> RosterPage:
    return opened(month, qtbot)


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Solve], None]:
    return lambda solve: monkeypatch.setattr(roster, "solve_roster", solve)


class Slow:
    """A solver that tells one level and then works until it is stopped or let go."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.runs = Event(), Event(), 0

    def __call__(self, problem: Any, *, on_level: Any, stop: Event, seconds: float) -> RosterSolution:
        self.runs += 1
        on_level(Level(LevelName.SHORTAGE, 0, 0, proven=True))
        self.begun.set()
        while not stop.wait(0.01) and not self.may_end.is_set():
            pass
        return RosterSolution(frozenset(), {}, (), Method.SOLVER)


def test_a_roster_is_worked_out_and_kept_as_a_draft(page: RosterPage, month: Month, qtbot: QtBot) -> None:
    page.ui.make_roster.click()
    assert page.ui.progress_strip.isVisible()
    assert page.ui.progress_text.text() == "正在排班…"
    qtbot.waitUntil(lambda: not page.maker.is_making)
    draft = month.look().draft
    assert draft is not None
    assert (draft.method, draft.proven) == (Method.SOLVER, True)
    assert not page.ui.progress_strip.isVisible()
    assert said(page).startswith("已排好，存为草案（自动排，已证明最优）")
    assert page.ui.publish.isEnabled()
    assert page.findChild(RosterChangesDialog) is None


def test_a_worked_out_roster_can_be_taken_back(page: RosterPage, month: Month, qtbot: QtBot) -> None:
    page.make_roster()
    qtbot.waitUntil(lambda: not page.maker.is_making)
    page.editing.undo()
    assert month.look().draft is None


def test_each_level_is_told_while_it_works(page: RosterPage, solver: Callable[[Solve], None], qtbot: QtBot) -> None:
    slow = Slow()
    solver(slow)
    page.make_roster()
    qtbot.waitUntil(lambda: page.ui.progress_text.text() == "正在排班：排满 已证明：缺0人；正在算下一项…")
    page.make_roster()
    slow.may_end.set()
    qtbot.waitUntil(lambda: not page.maker.is_making)
    assert slow.runs == 1


@pytest.mark.parametrize("by_key", [True, False])
def test_cancelling_keeps_everything_as_it_was(
    page: RosterPage, month: Month, solver: Callable[[Solve], None], qtbot: QtBot, by_key: bool
) -> None:
    slow = Slow()
    solver(slow)
    page.make_roster()
    slow.begun.wait()
    assert page.editing.is_held
    if by_key:
        QTest.keyClick(page, Qt.Key.Key_Escape)
    else:
        page.ui.stop_making.click()
    assert said(page) == "已取消，排班没有改动。"
    assert (page.maker.is_making, page.editing.is_held, page.ui.progress_strip.isVisible()) == (False, False, False)
    page.maker.finish()
    assert month.look().draft is None


def test_what_was_reached_so_far_can_be_kept(
    page: RosterPage, month: Month, solver: Callable[[Solve], None], qtbot: QtBot
) -> None:
    slow = Slow()
    solver(slow)
    page.maker.settle()
    page.make_roster()
    assert not page.ui.settle_making.isEnabled()
    qtbot.waitUntil(page.ui.settle_making.isEnabled)
    page.ui.settle_making.click()
    assert page.ui.progress_text.text() == "正在停下，留用已得的排班…"
    assert not page.ui.settle_making.isEnabled()
    qtbot.waitUntil(lambda: not page.maker.is_making)
    assert month.look().draft is not None
    assert not page.ui.progress_strip.isVisible()


def test_what_was_given_up_never_comes_in_place_of_what_is_wanted_now(
    page: RosterPage, month: Month, solver: Callable[[Solve], None], qtbot: QtBot
) -> None:
    slow = Slow()
    solver(slow)
    page.make_roster()
    slow.begun.wait()
    page.maker.stop()
    slow.may_end.set()
    page.make_roster()
    qtbot.waitUntil(lambda: not page.maker.is_making)
    assert slow.runs == 2


def test_trouble_of_the_solver_is_said(
    page: RosterPage, month: Month, solver: Callable[[Solve], None], qtbot: QtBot
) -> None:
    trouble = "求解组件不可用（缺少文件），已用简易排法，结果未证明最优。"
    solver(lambda *_, **__: RosterSolution(frozenset(), {}, (), Method.GREEDY, trouble))
    page.make_roster()
    qtbot.waitUntil(lambda: said(page) == trouble)


def test_what_cannot_be_read_is_told_and_the_page_goes_on(
    page: RosterPage, solver: Callable[[Solve], None], qtbot: QtBot
) -> None:
    def fail(*_: object, **__: object) -> RosterSolution:
        raise CannotRead("磁盘读写失败。")

    solver(fail)
    page.make_roster()
    qtbot.waitUntil(lambda: said_in_a_box(page) == "磁盘读写失败。")
    assert not page.ui.progress_strip.isVisible()


def test_a_store_that_refuses_the_draft_is_told_and_the_page_goes_on(
    page: RosterPage, month: Month, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(*_: object) -> None:
        raise CannotSave("磁盘已满，没有保存。")

    monkeypatch.setattr(roster_maker, "edit_draft", refuse)
    page.make_roster()
    qtbot.waitUntil(lambda: said_in_a_box(page) == "磁盘已满，没有保存。")
    assert (page.maker.is_making, page.editing.is_held, page.ui.progress_strip.isVisible()) == (False, False, False)
    assert month.look().draft is None


def test_what_is_being_written_is_not_given_up_any_more(
    page: RosterPage, month: Month, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    writing, may_go_on = Event(), Event()

    def wait_and_keep(*step: Any) -> Edit:
        writing.set()
        may_go_on.wait()
        return edit_draft(*step)

    monkeypatch.setattr(roster_maker, "edit_draft", wait_and_keep)
    page.make_roster()
    qtbot.waitUntil(writing.is_set)
    page.maker.stop()
    assert page.maker.is_making
    may_go_on.set()
    qtbot.waitUntil(lambda: not page.maker.is_making)
    assert month.look().draft is not None


def test_sick_leave_after_publishing_changes_few_shifts_and_shows_them(
    page: RosterPage, month: Month, qtbot: QtBot
) -> None:
    half_days = [at(day) for day in (24, 25, 26, 27)]
    month.publish(*(month.placing("卫和", each.day.day) for each in half_days), month.placing(OFFICER, 24))
    month.desk.do(take_leave, LeaveAsked(mediator_id=month.ids["卫和"], first_day=at(26).day))
    page.make_roster()
    qtbot.waitUntil(lambda: page.findChild(RosterChangesDialog) is not None)
    dialog = page.findChild(RosterChangesDialog)
    assert dialog is not None
    lines = [tuple(line.cells) for line in dialog.model.lines]
    assert dialog.ui.changes_text.text().startswith("影响1个班次，将改动")
    assert any(line[:3] == ("11月26日（周四）上午", "调解员", "卫和") and line[3] != "（缺）" for line in lines)
    dialog.reject()
    assert month.look().month == MONTH
