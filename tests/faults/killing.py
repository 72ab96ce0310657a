"""Starts programs and kills them at any moment."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, SpawnContext
from random import Random
from time import sleep
from typing import NamedTuple

from tests.faults import killed

Heard = list[tuple[str, int]]


class Moment(NamedTuple):
    """When to kill: after so many words were heard, and so many seconds more."""

    words: int
    seconds: float


def soon(chance: Random) -> Moment:
    """Often in the midst of the work, sometimes while the program still begins."""
    return Moment(chance.randint(0, 4), chance.random() / 60)


class Nursery:
    """Forks programs from one that has everything ready, where there is such a way; else each starts by itself."""

    def __init__(self) -> None:
        self._context = _starting()
        self.kill("save", "plain", 1, Moment(2, 0))  # what they are forked from is ready from here on

    def kill(self, work: str, kind: str, first: int, moment: Moment) -> Heard:
        """Let a program work, kill it, and return all that it said; a word cut short was not said."""
        ours, theirs = self._context.Pipe(duplex=False)
        program = self._context.Process(target=killed.run, args=(work, kind, first, theirs))
        program.start()
        theirs.close()
        heard: Heard = []
        try:
            while len(heard) < moment.words:
                heard.append(ours.recv())
        except EOFError:
            pass  # its work was done before
        sleep(moment.seconds)
        program.kill()
        heard += _the_rest(ours.recv)
        program.join()
        ours.close()
        return heard


def _starting() -> SpawnContext | ForkServerContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([killed.__name__])
    return context


def _the_rest(receive: Callable[[], tuple[str, int]]) -> Heard:
    heard: Heard = []
    try:
        while True:
            heard.append(receive())
    except (EOFError, OSError):
        return heard
