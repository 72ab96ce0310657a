"""A line to a server that can be cut at the very moment of a commit, before or after the server heard of it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from threading import Thread

from mediation_desk.store.address import PORT, ServerAddress


class Cut(Enum):
    """What the line does with the next commit."""

    NOTHING = "passes it on"
    UNHEARD = "is cut before the server hears of it"
    UNANSWERED = "is cut when the server has done it"


class Line:
    """Goes between desks and a server's socket. `is_dead`: nobody new gets through any more."""

    def __init__(self, server: ServerAddress) -> None:
        self._server = str(Path(server.host) / f".s.PGSQL.{PORT}")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = replace(server, host="127.0.0.1", port=self._listener.getsockname()[1])
        self.at_commit = Cut.NOTHING
        self.is_dead = False
        _begin(self._accept)

    def close(self) -> None:
        self._listener.close()

    def cut_at(self) -> Cut:
        """What is to be done with this commit; the ones after it pass."""
        cut, self.at_commit = self.at_commit, Cut.NOTHING
        return cut

    def _accept(self) -> None:
        while True:
            desk, _ = self._listener.accept()
            if self.is_dead:
                desk.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            call = _Call(self, desk, server)
            _begin(call.to_server)
            _begin(call.to_desk)


@dataclass
class _Call:
    """One connection that goes through the line."""

    line: Line
    desk: socket.socket
    server: socket.socket
    is_deaf: bool = False

    def to_server(self) -> None:
        try:
            while said := self.desk.recv(65536):
                if b"COMMIT" in said:
                    cut = self.line.cut_at()
                    if cut is Cut.UNHEARD:
                        break
                    self.is_deaf = cut is Cut.UNANSWERED
                self.server.sendall(said)
        finally:
            self._hang_up()

    def to_desk(self) -> None:
        try:
            while said := self.server.recv(65536):
                if self.is_deaf:
                    break
                self.desk.sendall(said)
        finally:
            self._hang_up()

    def _hang_up(self) -> None:
        for end in (self.desk, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _begin(work: Callable[[], None]) -> None:
    def quietly() -> None:
        with suppress(OSError):
            work()

    Thread(target=quietly, daemon=True).start()


@contextmanager
def line_to(server: ServerAddress) -> Iterator[Line]:
    line = Line(server)
    try:
        yield line
    finally:
        line.close()
