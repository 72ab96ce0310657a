"""Hands all open cases of a mediator over to others in one step; who was responsible until then stays to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case import AssignmentRole, Case
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import OPEN_STAGES
from mediation_desk.services.act import Act, needs
from mediation_desk.services.assignment import relieve
from mediation_desk.services.backlog import Tasks, check_room, give, tasks_of
from mediation_desk.services.ranking import Situation
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.records import Records


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """Who leaves, why, and who takes which case (mediator ids by case id). With `left_on` it is for good."""

    mediator_id: int
    reason: str
    takers: Mapping[int, int]
    left_on: date | None = None


@needs(Right.ASSIGN)
def cases_to_hand_over(records: Records, act: Act, mediator_id: int) -> Tasks:
    """The open cases of a mediator, each with everybody else ranked for the part he has in it."""
    parts = [(case, _part_of(case, mediator_id)) for case in _open_cases(records, mediator_id)]
    return tasks_of(records, Situation(records, act), parts, begins=False)


@needs(Right.ASSIGN)
def hand_over(records: Records, act: Act, wanted: HandOver) -> int:
    """Relieve the mediator of every open case and give each to its taker, all or none. Returns how many there were.

    Everybody is ranked anew, so that nobody takes a case who was excluded meanwhile.
    """
    mediator = records.mediators.get(wanted.mediator_id)
    tasks = cases_to_hand_over(records, act, wanted.mediator_id)
    without = [task.row.called for task in tasks.tasks if task.row.id not in wanted.takers]
    faults = Faults()
    faults.check(wanted.reason.strip(), "请写明移交的原因。", "hand_over_reason")
    faults.check(not without, f"还有{len(without)}件没有选定接手的人：{'、'.join(without)}。", "proposals")
    joined = mediator.joined_on
    is_after = wanted.left_on is None or joined is None or wanted.left_on >= joined
    faults.check(is_after, "离册日期早于入册日期。", "hand_over_left_on")
    faults.refuse_if_any()
    check_room(tasks, wanted.takers)
    for task in tasks.tasks:
        taker = wanted.takers[task.row.id]
        relieve(records, act, task.row.id, wanted.mediator_id, reason=f"移交：{wanted.reason.strip()}")
        give(records, act, task, taker, f"{mediator.name}移交，由主管选定", takes_over=True)
    if wanted.left_on is not None:
        mediator.left_on = wanted.left_on
    records.flush()
    return len(tasks.tasks)


def _open_cases(records: Records, mediator_id: int) -> list[Case]:
    stages = frozenset(stage.value for stage in OPEN_STAGES)
    ids = records.cases.ids(CaseFilter(stages=stages, mediator_id=mediator_id))
    return [records.cases.get(case_id) for case_id in ids]


def _part_of(case: Case, mediator_id: int) -> AssignmentRole:
    return next(each.role for each in case.active_assignments if each.mediator_id == mediator_id)
