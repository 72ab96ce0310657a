"""Giving a case to mediators and taking it from them again; what parties say to them, what was asked about bias."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case import Assignment, AssignmentRole, Case, ChosenBy, EventKind
from mediation_desk.domain.choice import RecusalAnswer, RecusalCheck, Stance, StanceKind
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.ranking import Bar, Ranked
from mediation_desk.domain.ranking_words import kept_ranking
from mediation_desk.domain.recusal import TABLE, Relations, gives_way
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.willingness import refuse_if_somebody_refused
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records

ASKED_AT_LEAST = ("kinship", "same_employer", "earlier_role")
"""The questions about bias whose answers are kept with the assignment itself."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Who is to mediate, and who chose (人民调解法 art. 19).

    `title` (table `mediator_document`) is the head under which a person without appointment mediates. `ranked` is the
    order that was shown; whoever takes another than its first says why (`override_reason`). `despite_reason` tells how
    the parties agreed to somebody with a bias that gives way to that. Answers left unchecked are those of the case.
    Who `takes_over` from another has to see also a case to its end in which somebody refused mediation meanwhile.
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
    ranked: Ranked | None = None
    override_reason: str = ""
    takes_over: bool = False


@needs(Right.ASSIGN)
def assign(records: Records, act: Act, case_id: int, choice: Choice) -> Case:
    """Give the case to a mediator.

    Presiding over people's mediation needs the committee's valid appointment on that day (人民调解法 art. 13, 14);
    others help (art. 20) or mediate under another title. Who is to stay out stays out; only a bias that the table of
    reasons marks so gives way, where it is told how all parties agreed.
    """
    case = records.cases.get(case_id)
    mediator = records.mediators.get(choice.mediator_id)
    day = choice.assigned_on or act.today
    refuse_unless(case.is_accepted, "案件还没有受理，不能指派调解员。")
    if not choice.takes_over:
        refuse_if_somebody_refused(case)
    _take_over_answers(case, act, mediator, choice)
    answers = Relations(case, act.rules, act.today).answers(mediator)
    assignment = Assignment(
        mediator_id=choice.mediator_id,
        role=choice.role,
        title=choice.title,
        chosen_by=choice.chosen_by,
        chosen_by_nos=list(choice.chosen_by_nos),
        despite_reason=choice.despite_reason.strip(),
        kinship=_answer(answers, "kinship"),
        same_employer=_answer(answers, "same_employer"),
        earlier_role=_answer(answers, "earlier_role"),
        assigned_on=day,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    faults = Faults()
    faults.check(day <= act.today, "指派日期不能晚于今天。", "assigned_on")
    assert case.decision is not None
    faults.check(day >= case.decision.decided_on, "指派日期早于受理日期。", "assigned_on")
    faults.check(
        not case.was_closed_before(day), "案件已结案，结案后不再指派；补记的请写结案以前的日期。", "assigned_on"
    )
    _check_fitness(case, mediator, assignment, act.rules, faults)
    if choice.ranked:
        _check_order(mediator, choice, choice.ranked, faults)
    faults.refuse_if_any()
    if choice.ranked:
        assignment.ranking_no = _keep_ranking(case, act, choice, choice.ranked)
    case.assignments.append(assignment)
    note(case, act, EventKind.ASSIGNED, day, f"{mediator.name}（{choice.role.label}，{choice.chosen_by.label}）")
    records.flush()
    return case


@needs(Right.ASSIGN)
def assign_all(records: Records, act: Act, case_id: int, choices: Sequence[Choice]) -> Case:
    """Give the case to several mediators in one step, or to none of them."""
    for choice in choices:
        assign(records, act, case_id, choice)
    return records.cases.get(case_id)


def choosers(case: Case, mediator_id: int) -> tuple[int, ...]:
    """The numbers of the parties who chose that mediator (人民调解法 art. 19)."""
    last = {each.party_no: each.kind for each in case.stances if each.mediator_id == mediator_id}
    return tuple(no for no, kind in last.items() if kind is StanceKind.CHOOSES)


def _take_over_answers(case: Case, act: Act, mediator: Mediator, choice: Choice) -> None:
    """Record what was answered along with the choice, as far as it is not recorded already."""
    known = Relations(case, act.rules, act.today).answers(mediator)
    for code in ASKED_AT_LEAST:
        answer: RecusalAnswer = getattr(choice, code)
        if answer not in (RecusalAnswer.UNCHECKED, _answer(known, code)):
            case.recusal_checks.append(_check(act, choice.mediator_id, code, answer, ""))


def _answer(answers: Mapping[str, tuple[RecusalAnswer, str]], code: str) -> RecusalAnswer:
    return answers[code][0] if code in answers else RecusalAnswer.UNCHECKED


def _check_fitness(case: Case, mediator: Mediator, assignment: Assignment, rules: Rules, faults: Faults) -> None:
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
    known = Relations(case, rules, day).grounds(mediator)
    table = rules.table(TABLE)
    firm = [each for each in known if not gives_way(each.code, rules)]
    told = "、".join(table.label(each.code) for each in firm or known)
    faults.check(not firm, f"{mediator.name}与本案有利害关系（{told}），应当回避，不能指派。请另选。", "despite_reason")
    faults.check(
        firm or not known or assignment.despite_reason,
        f"{mediator.name}与本案有利害关系（{told}）。请另选，或写明各方知情同意等继续的理由。",
        "despite_reason",
    )


def _check_order(mediator: Mediator, choice: Choice, ranked: Ranked, faults: Faults) -> None:
    """Whether the one who was taken could be chosen, and is the first or taken for a reason.

    Recusal is checked with the case itself, so that an answer given since counts.
    """
    excluded, found = ranked.kept_out(choice.mediator_id), ranked.candidate(choice.mediator_id)
    others = [each.said for each in excluded.barred if each.bar is not Bar.RECUSAL] if excluded else []
    faults.check(not others, f"{mediator.name}现在不能指派：{'；'.join(others)}。请另选。", "mediator")
    faults.check(excluded or found, "名册已有变化，请关闭后重新选择。", "mediator")
    first = ranked.candidates[0] if ranked.candidates else None
    faults.check(
        first is None or first is found or choice.override_reason.strip(),
        f"没有选排在首位的{first.person.name if first else ''}，请用一句话写明原因。",
        "override_reason",
    )


def _keep_ranking(case: Case, act: Act, choice: Choice, ranked: Ranked) -> int:
    no = max((each.no for each in case.rankings), default=0) + 1
    case.rankings.append(
        kept_ranking(
            ranked,
            no,
            choice.role,
            choice.mediator_id,
            override_reason=choice.override_reason.strip(),
            by_id=act.by_id,
            made_at=act.at,
        )
    )
    return no


@needs(Right.ASSIGN)
def record_stance(
    records: Records,
    act: Act,
    case_id: int,
    party_nos: Iterable[int],
    mediator_id: int,
    kind: StanceKind,
    reason: str = "",
) -> Case:
    """Record that parties choose, oppose or no longer choose or oppose a mediator (人民调解法 art. 19, 23)."""
    case = records.cases.get(case_id)
    mediator = records.mediators.get(mediator_id)
    numbers = list(party_nos)
    faults = Faults()
    faults.check(numbers and all(case.party(no) for no in numbers), "请勾选是哪一方当事人。", "stance_parties")
    faults.check(kind is not StanceKind.OPPOSES or reason.strip(), "请写明当事人反对的理由。", "stance_reason")
    faults.refuse_if_any()
    case.stances += [
        Stance(
            party_no=no,
            mediator_id=mediator_id,
            kind=kind,
            reason=reason.strip(),
            by_id=act.by_id,
            recorded_at=act.at,
        )
        for no in numbers
    ]
    said = "：".join(filter(None, (f"{kind.label}{mediator.name}", reason.strip())))
    note(case, act, EventKind.STANCE, act.today, f"{'、'.join(case.party_name(no) for no in numbers)}{said}")
    records.flush()
    return case


@needs(Right.ASSIGN)
def decide_objection(
    records: Records, act: Act, case_id: int, party_no: int, mediator_id: int, *, upheld: bool
) -> Case:
    """Follow a party's objection, then the mediator stays out of the case, or overrule it."""
    case = records.cases.get(case_id)
    mediator = records.mediators.get(mediator_id)
    said = [each for each in case.stances if (each.party_no, each.mediator_id) == (party_no, mediator_id)]
    refuse_unless(said and said[-1].kind is StanceKind.OPPOSES, "这一方当事人没有反对这位调解员。", "stance_parties")
    said[-1].upheld = upheld
    decided = "成立，回避" if upheld else "不成立"
    note(case, act, EventKind.STANCE, act.today, f"{case.party_name(party_no)}对{mediator.name}的异议{decided}")
    records.flush()
    return case


@needs(Right.ASSIGN)
def record_recusal(
    records: Records,
    act: Act,
    case_id: int,
    mediator_id: int,
    reason_code: str,
    answer: RecusalAnswer,
    answer_note: str = "",
) -> Case:
    """Record the answer to one question about bias of one mediator; the last answer counts."""
    case = records.cases.get(case_id)
    mediator = records.mediators.get(mediator_id)
    table = act.rules.table(TABLE)
    refuse_unless(reason_code in table, "请选择要核实的事项。", "recusal_reason")
    case.recusal_checks.append(_check(act, mediator_id, reason_code, answer, answer_note.strip()))
    said = "：".join(filter(None, (mediator.name, table.label(reason_code), answer.label, answer_note.strip())))
    note(case, act, EventKind.RECUSAL, act.today, said)
    records.flush()
    return case


def _check(act: Act, mediator_id: int, code: str, answer: RecusalAnswer, said: str) -> RecusalCheck:
    return RecusalCheck(
        mediator_id=mediator_id, reason_code=code, answer=answer, note=said, by_id=act.by_id, recorded_at=act.at
    )


@needs(Right.ASSIGN)
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
