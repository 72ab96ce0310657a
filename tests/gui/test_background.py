"""Work on another thread, its result and its errors on the window's."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, _base, thread, wait
from threading import Event, current_thread, main_thread
from types import SimpleNamespace
from typing import Any
from weakref import finalize

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotRead, Fault, RuleBroken
from mediation_desk.gui.background import Background
from mediation_desk.gui.errors import telling
from tests.gui.looking import refusal_at, said_in_a_box


@pytest.fixture
def background(place: QWidget) -> Iterator[Background]:
    made = Background(place)
    yield made
    made.finish()


def fail_with(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


class _AtOnce(ThreadPoolExecutor):
    """Work that is done as soon as it is handed over."""

    def submit(self, *args: Any, **kwargs: Any) -> "Future[Any]":
        future = super().submit(*args, **kwargs)
        wait([future])
        return future


class _Slow(Future[Any]):
    """The thread still holds its work long after the result was told."""

    def set_result(self, result: Any) -> None:
        super().set_result(result)
        Event().wait(0.2)


def test_what_was_worked_with_is_thrown_away_on_the_thread_of_the_window(
    background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dialog that was closed meanwhile lives on in the closures alone."""
    monkeypatch.setattr(thread, "_base", SimpleNamespace(**vars(_base) | {"Future": _Slow}))
    thrown_away: list[bool] = []
    came: list[str] = []

    def begin() -> None:
        dialog = _Dialog()
        finalize(dialog, lambda: thrown_away.append(current_thread() is main_thread()))
        background.run(lambda: dialog.name, lambda name: came.append(f"{name} {dialog.name}"))

    begin()
    qtbot.waitUntil(lambda: bool(came))
    background.run(lambda: "", came.append)
    qtbot.waitUntil(lambda: len(came) == 2)
    background.finish()
    assert thrown_away == [True]


class _Dialog:
    name = "甲"


def test_the_result_comes_back_on_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[bool, bool]] = []

    def work() -> bool:
        return current_thread() is main_thread()

    background.run(work, lambda worked_here: seen.append((worked_here, current_thread() is main_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_pieces_of_work_come_back_in_their_order_while_the_window_lives(background: Background, qtbot: QtBot) -> None:
    may_end, seen = Event(), list[int]()
    background.run(lambda: may_end.wait() and 1, seen.append)
    background.run(lambda: 2, seen.append)
    assert seen == []
    may_end.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [1, 2]


def test_nothing_comes_back_before_the_work_was_handed_over(background: Background, qtbot: QtBot) -> None:
    order: list[str] = []
    background._executor = _AtOnce()
    background.run(lambda: 1, lambda _: order.append("back"))
    order.append("handed over")
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["handed over", "back"]


def test_a_refusal_of_the_work_is_said_over_the_window(background: Background, place: QWidget, qtbot: QtBot) -> None:
    done: list[None] = []
    background.run(fail_with(CannotRead("磁盘读写失败。")), done.append)
    qtbot.waitUntil(lambda: said_in_a_box(place) == "磁盘读写失败。")
    assert not done


def test_a_refusal_of_what_follows_is_said_as_well(background: Background, place: QWidget, qtbot: QtBot) -> None:
    background.run(lambda: None, lambda _: fail_with(RuleBroken(Fault("画不出。")))())
    qtbot.waitUntil(lambda: said_in_a_box(place) == "画不出。")


def test_what_a_field_was_refused_with_meanwhile_stays(background: Background, place: QWidget, qtbot: QtBot) -> None:
    field, caption, done = QLineEdit(place), QLabel("事由", place), list[int]()
    field.setObjectName("matter")
    field.show()
    caption.setBuddy(field)
    with telling(place):
        raise RuleBroken(Fault("请填写事由。", "matter"))
    background.run(lambda: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert refusal_at(place, "matter") == "请填写事由。"


def test_a_defect_of_the_work_reaches_the_place_where_defects_are_told(
    background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    background.run(fail_with(ZeroDivisionError()), lambda _: None)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [ZeroDivisionError]


def test_finishing_waits_for_what_was_begun(place: QWidget) -> None:
    background, done = Background(place), list[int]()
    background.run(lambda: done.append(1), lambda _: None)
    background.finish()
    assert done == [1]
    background.run(lambda: done.append(2), lambda _: None)
    background.finish()
    assert done == [1, 2]


def test_long_work_tells_how_far_it_is_on_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    told, done = list[tuple[str, bool]](), list[str]()

    def work(tell: Callable[[str], None], stop: Event) -> str:
        for step in ("一", "二"):
            tell(step)
        return f"{stop.is_set()}"

    background.run_long(work, done.append, lambda step: told.append((step, current_thread() is main_thread())))
    qtbot.waitUntil(lambda: bool(done))
    assert told == [("一", True), ("二", True)]
    assert done == ["False"]


def test_long_work_that_is_stopped_tells_nothing_more_and_still_hands_over_what_it_has(
    background: Background, qtbot: QtBot
) -> None:
    begun, told, done = Event(), list[str](), list[str]()

    def work(tell: Callable[[str], None], stop: Event) -> str:
        begun.set()
        stop.wait()
        tell("太晚")
        return "半成品"

    stop = background.run_long(work, done.append, told.append)
    begun.wait()
    stop.set()
    qtbot.waitUntil(lambda: bool(done))
    assert (told, done) == ([], ["半成品"])


def test_a_refusal_of_long_work_is_said_over_the_window(background: Background, place: QWidget, qtbot: QtBot) -> None:
    done: list[None] = []

    def work(tell: Callable[[str], None], stop: Event) -> None:
        raise CannotRead("磁盘读写失败。")

    background.run_long(work, done.append, lambda _: None)
    qtbot.waitUntil(lambda: said_in_a_box(place) == "磁盘读写失败。")
    assert not done
