"""Gives many cases out at once: the best plan for all of them together, looked over by a person before it counts."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from mediation_desk.domain.backlog import BacklogPerson, BacklogPlace, BacklogProblem
from mediation_desk.domain.case import AssignmentRole, Case, ChosenBy
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.ranking import Candidate, Ranked
from mediation_desk.domain.ranking_words import why_nobody
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import Stage
from mediation_desk.domain.willingness import refusals
from mediation_desk.services.act import Act, needs
from mediation_desk.services.assignment import Choice, assign, choosers
from mediation_desk.services.ranking import Situation
from mediation_desk.solver.backlog import plan_backlog
from mediation_desk.store.cases import CaseFilter, CaseRow
from mediation_desk.store.records import Records

IN_THE_WHOLE = "统筹全部待指派案件的专长和在办件数"
"""Why somebody else than the first of a single case is taken where many are given out together."""

ONLY_UNDER_ANOTHER_HEAD = "没有本调委会聘任的人可选；律师等以其他身份调解的，请打开案件单独指派。"
"""Why nobody is proposed where all who could take the case would mediate under another head."""


@dataclass(frozen=True)
class Task:
    """A part in a case that somebody has to take, with everybody ranked for it.

    `refusal` says why nobody can be given now, "" where somebody can.
    """

    row: CaseRow
    role: AssignmentRole
    ranked: Ranked
    refusal: str = ""

    @property
    def able(self) -> list[Candidate]:
        """Whom a plan may choose: of the best tier there is, and only who needs no other head to preside under."""
        fit = [] if self.refusal else [each for each in self.ranked.candidates if not each.person.title]
        return [each for each in fit if each.person.tier is fit[0].person.tier]


@dataclass(frozen=True)
class Tasks:
    tasks: tuple[Task, ...]
    people: tuple[BacklogPerson, ...]


@dataclass(frozen=True)
class Proposal:
    """Who should take a task, who else could, and why nobody where there is nobody."""

    task: Task
    candidate: Candidate | None
    alternative: Candidate | None
    why: str = ""


@dataclass(frozen=True)
class Proposals:
    """`trouble` says in Chinese why the plan is not proven to be the best; "" where it is."""

    proposals: tuple[Proposal, ...]
    trouble: str = ""


@needs(Right.ASSIGN)
def waiting_cases(records: Records, act: Act, among: Collection[int] | None = None) -> Tasks:
    """Accepted cases without a mediator, the newest first, with everybody ranked for each; only those `among`."""
    wanted = CaseFilter(stages=frozenset({Stage.ACCEPTED.value}), among=None if among is None else frozenset(among))
    ids = records.cases.ids(wanted)
    situation = Situation(records, act)
    parts = [(records.cases.get(case_id), AssignmentRole.PRESIDING) for case_id in ids]
    return tasks_of(records, situation, parts, begins=True)


def tasks_of(
    records: Records, situation: Situation, parts: Sequence[tuple[Case, AssignmentRole]], *, begins: bool
) -> Tasks:
    """Rank everybody for each part. Where mediation `begins`, a case in which somebody refused waits."""
    rows = {row.id: row for row in records.cases.rows(case.id for case, _ in parts if case.id is not None)}
    people = tuple(
        BacklogPerson(number, situation.open_cases(each), situation.case_most(each))
        for number, each in situation.mediators.items()
    )
    tasks = tuple(
        Task(rows[case.id], role, situation.ranked(case, role), _refusal(case) if begins else "")
        for case, role in parts
        if case.id is not None
    )
    return Tasks(tasks, people)


def _refusal(case: Case) -> str:
    return "；".join(each.sentence for each in refusals(case))


def propose(tasks: Tasks, stop: Event | None = None) -> Proposals:
    """The plan that costs least for all tasks together. Needs no store, so it may run beside the window."""
    places = tuple(
        BacklogPlace(
            task.row.id,
            task.role.value,
            {each.person.id: each.score for each in task.able},
            urgent=bool(task.row.safety_flags),
        )
        for task in tasks.tasks
    )
    plan = plan_backlog(BacklogProblem(places, tasks.people), stop=stop)
    found = [_proposal(task, plan.given.get((task.row.id, task.role.value))) for task in tasks.tasks]
    return Proposals(tuple(found), plan.trouble)


def _proposal(task: Task, mediator_id: int | None) -> Proposal:
    others = [each for each in task.able if each.person.id != mediator_id]
    alternative = others[0] if others else None
    if mediator_id is not None:
        return Proposal(task, task.ranked.candidate(mediator_id), alternative)
    if task.refusal:
        return Proposal(task, None, None, task.refusal)
    if alternative is not None:
        return Proposal(task, None, alternative, "能办此案的人在办件数都已到上限。")
    if task.ranked.candidates:
        return Proposal(task, None, None, ONLY_UNDER_ANOTHER_HEAD)
    return Proposal(task, None, None, why_nobody(task.ranked.excluded))


@needs(Right.ASSIGN)
def give_out(records: Records, act: Act, tasks: Tasks, given: Mapping[int, int]) -> int:
    """Give cases to the mediators a person agreed to (by case id), all or none. Returns how many were given."""
    check_room(tasks, given)
    for task in tasks.tasks:
        if task.row.id in given:
            give(records, act, task, given[task.row.id], IN_THE_WHOLE)
    return len(given)


def check_room(tasks: Tasks, given: Mapping[int, int]) -> None:
    """Refuse to give anybody more cases than may be open at a time."""
    more = Counter(given.values())
    names = {each.person.id: each.person.name for task in tasks.tasks for each in task.ranked.candidates}
    faults = Faults()
    for person in tasks.people:
        then = person.open_cases + more[person.id]
        fits = not more[person.id] or person.most is None or then <= person.most
        name = names.get(person.id, "")
        faults.check(fits, f"{name}将有{then}件在办，上限{person.most}件，请改选几件。", "proposals")
    faults.refuse_if_any()


@needs(Right.ASSIGN)
def give(
    records: Records, act: Act, task: Task, mediator_id: int, override_reason: str, *, takes_over: bool = False
) -> None:
    """Give one task; the reason is kept where somebody else than the first of its order takes it."""
    chose = choosers(records.cases.get(task.row.id), mediator_id)
    candidate = task.ranked.candidate(mediator_id)
    is_first = candidate is not None and candidate is task.ranked.candidates[0]
    choice = Choice(
        mediator_id=mediator_id,
        role=task.role,
        title=candidate.person.title if candidate else "",
        chosen_by=ChosenBy.PARTIES if chose else ChosenBy.COMMITTEE,
        chosen_by_nos=chose,
        ranked=task.ranked,
        override_reason="" if is_first else override_reason,
        takes_over=takes_over,
    )
    assign(records, act, task.row.id, choice)
