"""What the desk says when something cannot be done: sentences for a person, never for a programmer.

Everything else that is raised is a defect and goes to the crash dialog and the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class DeskError(Exception):
    """Something a person can mend. Its text says in Chinese what happened, what is kept and what to do."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where.

    `place` is a field of a form ("claimant_name") or a path in a file ("parties[1].name"); empty means the whole.
    """

    sentence: str
    place: str = ""


class RuleBroken(DeskError):
    """One or several rules of the trade refuse the step. Nothing was recorded; what was typed stays."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(fault.sentence for fault in faults))
        self.faults = faults


class NotAllowed(DeskError):
    """The user has no right to do or to see this. Nothing was recorded; what was typed stays."""


class WrongPassword(DeskError):
    """The password is not that of this user. The failure was counted."""


class LockedOut(DeskError):
    """Too many wrong passwords: none is tried until some time has passed."""


class WrongWords(RuleBroken):
    """Recovery words that cannot be right, each line named ("line_2"), or that are not those of this store ("")."""


class NotFound(DeskError):
    """What was asked for is not in this store."""


class CannotOpen(DeskError):
    """The store cannot be opened as it is; it is left untouched."""


class NotLetIn(CannotOpen):
    """The server wants another user or password."""


class CannotRead(DeskError):
    """The store could not be read just now. Nothing was changed."""


class CannotSave(DeskError):
    """The store refused to write (full, locked, read-only). Nothing of the step was recorded."""


class MaybeSaved(DeskError):
    """The server went away just when a step was being kept: nobody can tell yet whether it was. Look before redoing."""


class TryAgain(CannotSave):
    """Two desks stood in each other's way; the step can be taken again as it is."""


class ReadOnly(CannotSave):
    """The store is open for reading only."""


class ChangedMeanwhile(CannotSave):
    """Somebody else changed the same record since it was shown."""


class EditedMeanwhile(RuleBroken):
    """Somebody else changed the same fields since the form was filled; `theirs` is what stands there now, by name."""

    def __init__(self, theirs: Mapping[str, object], *faults: Fault) -> None:
        super().__init__(*faults)
        self.theirs = dict(theirs)


class FileRefused(DeskError):
    """A file that came in from outside is not what it should be. Nothing of it was taken over."""

    def __init__(self, headline: str, faults: Iterable[Fault] = ()) -> None:
        self.faults = tuple(faults)
        lines = [f"{fault.place}：{fault.sentence}" if fault.place else fault.sentence for fault in self.faults]
        super().__init__("\n".join([headline, *lines]))


class RulePackBroken(FileRefused):
    """A rule pack has faults. All of them are named at once."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("规则包有错误，没有采用；请改正后重新启动：", [Fault(sentence) for sentence in faults])


class Faults:
    """Collects what is wrong, so that a person is told everything at once."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, sentence: str, place: str = "") -> None:
        self._faults.append(Fault(sentence, place))

    def check(self, holds: object, sentence: str, place: str = "") -> None:
        """Note `sentence` unless `holds` is true."""
        if not holds:
            self.add(sentence, place)

    @property
    def noted(self) -> list[Fault]:
        return list(self._faults)

    def refuse_if_any(self) -> None:
        """Raise `RuleBroken` with all that was noted."""
        if self._faults:
            raise RuleBroken(*self._faults)


def refuse_unless(holds: object, sentence: str, place: str = "") -> None:
    """Raise `RuleBroken` with one sentence unless `holds` is true."""
    if not holds:
        raise RuleBroken(Fault(sentence, place))
