"""Undoing a step by its name, and doing it again: for whoever did it, while nothing came after it and nothing left.

A step is taken back row by row, in one step of its own that the log tells of. Nothing is ever struck from the log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mediation_desk.domain.audit import AuditEntry, AuditKind
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import stage_of
from mediation_desk.services.act import Act, check
from mediation_desk.services.audit_sentences import doing_in_words
from mediation_desk.services.undo_rules import KEPT, why_not
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Change, Sealed
from mediation_desk.store.taking_back import take_back

MOST_ROWS = 5000
"""What changed more rows than this is not kept in mind."""


@dataclass(frozen=True)
class Step:
    """What a step of a user left behind: its entries in the log, and the rows that it changed.

    `what` is the name of its service. Of one that cannot be undone `refusal` says why, and the rows are not kept.
    """

    what: str
    by_id: int
    needs: tuple[Right, ...]
    nos: range
    changes: tuple[Change, ...]
    refusal: str = ""

    @property
    def words(self) -> str:
        """As the clerk calls it: "记调解意愿"."""
        return doing_in_words(self.what)


def step_done(act: Act, what: str, needs: tuple[Right, ...], sealed: Sealed) -> Step | None:
    """The step that was just taken; None where it changed nothing."""
    if sealed.head is None or not sealed.changes:
        return None
    refusal = why_not(what, sealed.changes)
    if not refusal and len(sealed.changes) > MOST_ROWS:
        refusal = "这一步改动太多，不能撤销。"
    changes = tuple(each for each in sealed.changes if each.table not in KEPT)
    if not changes:
        refusal = refusal or "这一步的记录要留存，不能撤销。"
    changes = () if refusal else changes
    return Step(what, act.by_id, needs, range(sealed.head.first_no, sealed.head.no + 1), changes, refusal)


class Trail:
    """The steps that were taken back, and by which: what both left in the log cancels out."""

    def __init__(self) -> None:
        self._step_of: dict[int, int] = {}
        self._takes_back: dict[int, int] = {}

    def keep(self, step: Step, taken: Step) -> None:
        """Remember that `taken` took `step` back."""
        for each in (step, taken):
            self._step_of.update(dict.fromkeys(each.nos, each.nos.start))
        self._takes_back[taken.nos.start] = step.nos.start

    def left_over(self, entries: Iterable[AuditEntry]) -> list[AuditEntry]:
        """Those that no other one cancels out, case by case, the oldest first."""
        stacks: dict[int | None, list[AuditEntry]] = {}
        for entry in entries:
            stack = stacks.setdefault(entry.case_id, [])
            undone = self._takes_back.get(self._step_of.get(entry.no, 0))
            if stack and undone is not None and self._step_of.get(stack[-1].no) == undone:
                stack.pop()
            else:
                stack.append(entry)
        return sorted((entry for stack in stacks.values() for entry in stack), key=lambda entry: entry.no)


def undo(records: Records, act: Act, step: Step, trail: Trail) -> list[str]:
    """Take a step back; also one that took another back. Returns what the cases are called that it was about.

    Raises `RuleBroken` where the step cannot be undone, or not any more; then nothing is changed.
    """
    refuse_unless(not step.refusal, step.refusal)
    refuse_unless(step.by_id == act.by_id, "只有办理的人自己能撤销。请让办理的人撤销，或补记新的事实更正。")
    if step.needs:
        check(records, act, *step.needs)
    case_ids = sorted({each.case_id for each in step.changes if each.case_id is not None})
    for case_id in case_ids:
        records.cases.get(case_id)  # holds it, so that nothing comes in between
    later = records.audit.touching(case_ids, step.nos[-1])
    _refuse_after(records, act, trail.left_over(later))
    misfit = take_back(records.connection, step.changes)
    refuse_unless(misfit is None, "后来又有改动，这一步不能撤销。请补记新的事实更正，原记录保留。")
    records.session.expire_all()
    return [_checked_name(records, act, case_id) for case_id in case_ids]


def _refuse_after(records: Records, act: Act, later: list[AuditEntry]) -> None:
    """What came after a step may rest on it; and what left the house is corrected and not undone."""
    if not later:
        return
    has_left = any(entry.kind in (AuditKind.PRINT, AuditKind.EXPORT) for entry in later)
    refuse_unless(not has_left, "此后已打印或另存过本案文书，不能撤销。请补记新的事实更正，原记录保留。")
    last = later[-1]
    who = records.centre.get().user_name(last.by_id) or "另一个程序"
    when = _moment(last.at, act.at) if last.at else ""
    told = " ".join(filter(None, (who, when, doing_in_words(last.what))))
    refuse_unless(False, f"此后本案又有记录（{told}），不能撤销。请补记新的事实更正，原记录保留。")


def _moment(at: datetime, now: datetime) -> str:
    day = "" if at.date() == now.date() else f"{show_day(at.date())} "
    return day + show_time(at.time())


def _checked_name(records: Records, act: Act, case_id: int) -> str:
    """What the case is called, whose stage must be what follows from the facts that are left."""
    case = records.cases.get(case_id)
    is_sound = case.stage == stage_of(case) and all(each.effect_day == each.effective_on for each in case.agreements)
    refuse_unless(is_sound, "撤销后案件的阶段与事实不符，没有撤销。请补记新的事实更正，原记录保留。")
    return case.number or case.file_title(act.rules.table("dispute_kind").label(case.dispute_kind))
