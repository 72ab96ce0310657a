"""Garbage is looked for, on the window's thread and nowhere else."""

import gc
from collections.abc import Iterator
from threading import Thread, get_ident
from weakref import ref

import pytest
from PySide6.QtCore import QObject

from mediation_desk.gui import garbage
from mediation_desk.gui.garbage import GarbageKeeper


class Knot(QObject):
    """Something that holds itself: only a look for garbage finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def keeper(qapp: object) -> Iterator[GarbageKeeper]:
    was_enabled = gc.isenabled()
    keeper = GarbageKeeper()
    yield keeper
    keeper.deleteLater()
    gc.unfreeze()
    if was_enabled:
        gc.enable()


def make_much() -> None:
    for _ in range(20_000):
        knot: list[object] = []
        knot.append(knot)


def test_what_holds_itself_is_thrown_away(keeper: GarbageKeeper) -> None:
    gone = ref(Knot())
    make_much()
    assert gone() is not None
    for _ in range(garbage.ROUNDS * 3):
        make_much()
        keeper.look()
    assert gone() is None


def test_little_is_left_for_later(keeper: GarbageKeeper) -> None:
    gc.collect()
    gone = ref(Knot())
    keeper.look()
    assert gone() is not None


def test_no_other_thread_ever_looks(keeper: GarbageKeeper) -> None:
    looking: list[int] = []

    def note(phase: str, _: dict[str, int]) -> None:
        looking.append(get_ident())

    gc.callbacks.append(note)
    try:
        other = Thread(target=make_much)
        other.start()
        other.join()
        assert looking == []
        keeper.look()
        assert set(looking) == {get_ident()}
    finally:
        gc.callbacks.remove(note)
