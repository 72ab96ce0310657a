"""Two people changed the same record: what each of them changed, and what comes of both."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import EditedMeanwhile, Fault
from mediation_desk.domain.labelled import Labelled

ABSENT = None
"""The value of a part that one of them does not have."""


@dataclass(frozen=True)
class Parting:
    """One value that somebody changed: as it was when the form was opened, as it is kept by now, as it was typed."""

    name: str
    was: Any
    theirs: Any
    mine: Any

    @property
    def is_conflict(self) -> bool:
        """Whether both changed it, each in another way: only a person can say which holds."""
        return self.was not in (self.theirs, self.mine) and self.theirs != self.mine

    def settled(self, *, mine: bool) -> Any:
        """What holds: whatever one of them alone changed; of a conflict, the one that is wanted."""
        if self.is_conflict:
            return self.mine if mine else self.theirs
        return self.theirs if self.mine == self.was else self.mine


def partings(was: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Parting]:
    """All values that are not the same in the three, in their order; a name that one lacks counts as `ABSENT`."""
    names = dict.fromkeys([*was, *theirs, *mine])
    found = [Parting(name, was.get(name), theirs.get(name), mine.get(name)) for name in names]
    return [each for each in found if each.theirs != each.was or each.mine != each.was]


def merged(theirs: Mapping[str, Any], parted: Collection[Parting], wanted: Collection[str]) -> dict[str, Any]:
    """What is kept by now with what was typed laid over it; of conflicts, mine for the names in `wanted`."""
    return {**theirs, **{each.name: each.settled(mine=each.name in wanted) for each in parted}}


def take_over(held: Any, mine: Any, was: Any, names: Iterable[str], place: str) -> None:
    """Put into `held` what stands otherwise in `mine` than in `was`, the record that its form was filled from.

    What somebody else changed since stays. Raises `EditedMeanwhile` where both changed the same thing, with a fault at
    the field of each (`place` is what its name begins with), and changes nothing then. Without `was` all is taken over.
    """
    changed = [name for name in names if was is None or getattr(mine, name) != getattr(was, name)]
    theirs = {
        name: getattr(held, name)
        for name in changed
        if was is not None and getattr(held, name) not in (getattr(was, name), getattr(mine, name))
    }
    if theirs:
        said = {name: in_plain_words(value) or "空白" for name, value in theirs.items()}
        faults = [
            Fault(f"别人刚改成“{value}”；再按一次保存，以您填的为准。", place + name) for name, value in said.items()
        ]
        raise EditedMeanwhile(theirs, *faults)
    for name in changed:
        setattr(held, name, getattr(mine, name))


def in_plain_words(value: Any) -> str:
    """A value as it is read on the screen, "" for none. Codes of rule packs stay codes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, time):
        return show_time(value)
    if isinstance(value, Mapping):
        return str(value["name"])
    if isinstance(value, list | tuple):
        return "、".join(in_plain_words(each) for each in value)
    return str(value)
