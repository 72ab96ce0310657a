"""Nobody at the desk: noticed after the minutes that are set, whatever the clock or a sleeping PC does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui.idle import IdleWatch
from tests.gui.looking import bring_up

NOW = datetime(2026, 11, 23, 9, 30)


class Time:
    """Seconds that pass, for the counter of the system and for its clock."""

    def __init__(self) -> None:
        self.counted = self.passed = 0.0

    def counter(self) -> float:
        return self.counted

    def clock(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    def go_on(self, seconds: float) -> None:
        self.counted += seconds
        self.passed += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    bring_up(window, qtbot)
    return window


@pytest.fixture
def watch(time: Time, window: QWidget) -> IdleWatch:
    made = IdleWatch(lambda: 10, time.clock, time.counter, window)
    made.start()
    return made


def says_so(watch: IdleWatch) -> bool:
    said: list[int] = []

    def hear() -> None:
        said.append(1)

    watch.idle.connect(hear)
    watch.look()
    watch.idle.disconnect(hear)
    return bool(said)


def test_it_is_said_once_the_minutes_are_over(watch: IdleWatch, time: Time) -> None:
    time.go_on(599)
    assert not says_so(watch)
    time.go_on(1)
    assert says_so(watch)
    assert not watch._timer.isActive()
    watch.start()
    assert not says_so(watch)


def test_a_key_or_the_mouse_begins_anew(watch: IdleWatch, time: Time, window: QWidget) -> None:
    handle = window.windowHandle()
    assert handle is not None
    touches: list[Callable[[], object]] = [
        lambda: QTest.keyClick(handle, Qt.Key.Key_A),
        lambda: QTest.mouseMove(handle, QPoint(5, 5)),
        lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton),
    ]
    for touch in touches:
        time.go_on(599)
        touch()
        time.go_on(599)
        assert not says_so(watch)
        time.go_on(1)
        assert says_so(watch)


def test_another_window_of_the_program_counts_too(watch: IdleWatch, time: Time, window: QWidget, qtbot: QtBot) -> None:
    other = QWidget(window, Qt.WindowType.Dialog)
    bring_up(other, qtbot)
    time.go_on(599)
    handle = other.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    time.go_on(599)
    assert not says_so(watch)


def test_time_that_the_pc_slept_through_counts(watch: IdleWatch, time: Time) -> None:
    time.passed += 3600
    assert says_so(watch)


def test_a_clock_that_is_set_back_keeps_nothing_open(watch: IdleWatch, time: Time) -> None:
    time.passed -= 3600
    time.counted += 600
    assert says_so(watch)


def test_no_minutes_mean_never(time: Time, window: QWidget) -> None:
    watch = IdleWatch(lambda: 0, time.clock, time.counter, window)
    watch.start()
    time.go_on(1e6)
    assert not says_so(watch)
