"""Two people changed the same record: what each of them changed, and what comes of both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

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
