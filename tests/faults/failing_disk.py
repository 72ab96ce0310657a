"""Does one piece of work again and again on a disk that fails at its first write, its second, … and at its last.

A program of its own, as the failing disk is loaded before everything else (see `failing_disk.c`):

    LD_PRELOAD=failing_disk.so python -m tests.faults.failing_disk WORK KIND FOLDER EVERY

It prints one line of JSON: how many write points there were, how many writes failed in all, and the troubles, each with
its point. A trouble is a defect instead of a sentence, or anything in the store that is not as was said.
"""

import ctypes
import errno
import json
import os
import sys
from pathlib import Path

from mediation_desk.domain.errors import DeskError
from tests.faults.encrypting import CONVERTING
from tests.faults.stores import Place
from tests.faults.work import WORK

_FAIL_ONCE, _FAIL_FROM_NOW_ON, _WRITE_SHORT = range(3)
WAYS = ((errno.EIO, _FAIL_ONCE), (errno.ENOSPC, _FAIL_FROM_NOW_ON), (errno.ENOSPC, _WRITE_SHORT))
"""A bad sector; a full disk; a disk that gets full in the middle of a page."""


class Disk:
    """The disk below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._functions = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._functions.disk_heal.restype = ctypes.c_long
        self._folder = str(folder.resolve()).encode()

    def fail(self, nth: int, error: int, way: int) -> None:
        self._functions.disk_fail(self._folder, ctypes.c_long(nth), error, way)

    def heal(self) -> int:
        """How many calls there were."""
        return int(self._functions.disk_heal())


def main(work: str, kind: str, folder: Path, every: int) -> None:
    disk, place = Disk(folder), Place(folder, kind)
    task = (WORK | CONVERTING)[work](place)
    points = failed = 0
    troubles: list[str] = []
    for error, way in WAYS:
        nth = 1
        while True:
            task.prepare()
            disk.fail(nth, error, way)
            said = outcome = ""
            try:
                task.do()
            except DeskError as refusal:
                said = str(refusal)
            except Exception as defect:  # noqa: BLE001 - whatever it is, it is no sentence
                outcome = f"{type(defect).__name__}: {defect}"
            seen = disk.heal()
            try:
                task.check(said)
            except Exception as wrong:  # noqa: BLE001 - told with its point
                outcome = outcome or f"{type(wrong).__name__}: {wrong}"
            if outcome:
                troubles.append(f"write {nth} of {seen}, error {error}, way {way}: {outcome}; said: {said}")
            if seen < nth:
                points = max(points, seen)
                break
            failed += 1
            nth += every
    print(json.dumps({"points": points, "failed": failed, "troubles": troubles}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
