"""Taking back what was changed by hand in a draft, step by step, exactly as it was before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Concatenate, NamedTuple, ParamSpec

from mediation_desk.domain.duty_roster import DutyRoster, DutyShift
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records

P = ParamSpec("P")

_Shift = tuple[object, ...]


@dataclass(frozen=True)
class DraftKept:
    """A draft as it stood at a moment."""

    reason: str
    method: str
    levels: tuple[dict[str, object], ...]
    by_id: int
    made_at: datetime
    shifts: tuple[DutyShift, ...]

    @property
    def content(self) -> frozenset[_Shift]:
        return frozenset((each.placing, each.source, each.locked) for each in self.shifts)


class Edit(NamedTuple):
    """The draft of a month before and after a step; None where there was none."""

    month: date
    before: DraftKept | None
    after: DraftKept | None


@needs(Right.ROSTER)
def edit_draft(
    records: Records,
    act: Act,
    /,
    month: date,
    step: Callable[Concatenate[Records, Act, date, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Edit:
    """Do a step that changes the draft of a month, and tell how to take it back."""
    month = month.replace(day=1)
    before = _kept(records.rosters.draft(month))
    step(records, act, month, *args, **kwargs)
    records.flush()
    return Edit(month, before, _kept(records.rosters.draft(month)))


@needs(Right.ROSTER)
def take_back(records: Records, _act: Act, edit: Edit) -> None:
    """Let the draft be as it was before a step. Raises `RuleBroken` when it was changed in another way since."""
    draft = records.rosters.draft(edit.month)
    now, after = _kept(draft), edit.after
    same = (now.content if now else None) == (after.content if after else None)
    refuse_unless(same, "草案后来又有改动，不能撤销这一步。")
    if draft is None:
        return
    if edit.before is None:
        records.rosters.remove(draft)
        return
    before = edit.before
    draft.reason, draft.method, draft.levels = before.reason, before.method, list(before.levels)
    draft.by_id, draft.made_at = before.by_id, before.made_at
    draft.shifts = [replace(each) for each in before.shifts]
    records.flush()


def _kept(draft: DutyRoster | None) -> DraftKept | None:
    if draft is None:
        return None
    shifts = tuple(replace(each) for each in draft.shifts)
    levels = tuple(draft.levels)
    return DraftKept(draft.reason, draft.method, levels, draft.by_id, draft.made_at, shifts)
