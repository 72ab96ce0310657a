"""Giving a case to mediators, and taking it from them again."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case import Assignment, AssignmentRole, Case, ChosenBy, EventKind
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.willingness import refuse_if_somebody_refused
from mediation_desk.services.act import Act, note
from mediation_desk.store.records import Records


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Who is to mediate, who chose (人民调解法 art. 19), and the three questions about bias.

    `title` (table `mediator_document`) is the head under which a person without appointment mediates.
    """

    mediator_id: int
    role: AssignmentRole = AssignmentRole.PRESIDING
    title: str = ""
    chosen_by: ChosenBy = ChosenBy.COMMITTEE
    chosen_by_nos: tuple[int, ...] = ()
    kinship: RecusalAnswer = RecusalAnswer.UNCHECKED
    same_employer: RecusalAnswer = RecusalAnswer.UNCHECKED
    earlier_role: RecusalAnswer = RecusalAnswer.UNCHECKED
    despite_reason: str = ""
    assigned_on: date | None = None


def assign(records: Records, act: Act, case_id: int, choice: Choice) -> Case:
    """Give the case to a mediator.

    Presiding over people's mediation needs the committee's valid appointment on that day (人民调解法 art. 13, 14);
    others help (art. 20) or mediate under another title. A bias that is known needs a reason to go on.
    """
    case = records.cases.get(case_id)
    mediator = records.mediators.get(choice.mediator_id)
    day = choice.assigned_on or act.today
    refuse_unless(case.is_accepted, "案件还没有受理，不能指派调解员。")
    refuse_if_somebody_refused(case)
    assignment = Assignment(
        mediator_id=choice.mediator_id,
        role=choice.role,
        title=choice.title,
        chosen_by=choice.chosen_by,
        chosen_by_nos=list(choice.chosen_by_nos),
        kinship=choice.kinship,
        same_employer=choice.same_employer,
        earlier_role=choice.earlier_role,
        despite_reason=choice.despite_reason.strip(),
        assigned_on=day,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    faults = Faults()
    faults.check(day <= act.today, "指派日期不能晚于今天。", "assigned_on")
    assert case.decision is not None
    faults.check(day >= case.decision.decided_on, "指派日期早于受理日期。", "assigned_on")
    _check_fitness(case, mediator, assignment, faults)
    faults.refuse_if_any()
    case.assignments.append(assignment)
    note(case, act, EventKind.ASSIGNED, day, f"{mediator.name}（{choice.role.label}，{choice.chosen_by.label}）")
    records.flush()
    return case


def _check_fitness(case: Case, mediator: Mediator, assignment: Assignment, faults: Faults) -> None:
    day = assignment.assigned_on
    faults.check(mediator.is_active(day), f"{mediator.name}已离开名册，不能指派。", "mediator")
    faults.check(
        all(each.mediator_id != mediator.id for each in case.active_assignments),
        f"{mediator.name}已在本案中。",
        "mediator",
    )
    if assignment.role is AssignmentRole.PRESIDING and not assignment.title:
        faults.check(
            mediator.may_preside(day, case.committee_id),
            f"{mediator.name}没有本调委会的有效聘任，不能主持人民调解；可改为协助调解，或以其他身份调解。",
            "assignment_role",
        )
    if assignment.chosen_by is ChosenBy.PARTIES:
        chose = [case.party(no) for no in assignment.chosen_by_nos]
        faults.check(chose and all(chose), "请勾选是哪一方当事人选择的。", "chosen_by_parties")
    faults.check(
        not assignment.is_biased or assignment.despite_reason,
        f"{mediator.name}与本案有利害关系。请另选，或写明各方知情同意等继续的理由。",
        "despite_reason",
    )


def relieve(
    records: Records, act: Act, case_id: int, mediator_id: int, *, reason: str, ended_on: date | None = None
) -> Case:
    """End a mediator's part in the case; who was responsible until then stays to be read."""
    refuse_unless(reason.strip(), "请写明更换的原因。", "end_reason")
    case = records.cases.get(case_id)
    day = ended_on or act.today
    held = next((each for each in case.active_assignments if each.mediator_id == mediator_id), None)
    refuse_unless(held, "这位调解员不在本案中。", "mediator")
    assert held is not None
    refuse_unless(held.assigned_on <= day <= act.today, "结束日期应在指派之后、不晚于今天。", "ended_on")
    held.ended_on, held.end_reason = day, reason.strip()
    name = records.mediators.get(mediator_id).name
    note(case, act, EventKind.RELIEVED, day, f"{name}：{reason.strip()}")
    records.flush()
    return case
