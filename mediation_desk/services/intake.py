"""Registering a walk-in, correcting what was registered, and asking each party whether it wants mediation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from mediation_desk.domain.case import Answer, Case, CaseEvent, EventKind, Willingness
from mediation_desk.domain.errors import ChangedMeanwhile, Faults, refuse_unless
from mediation_desk.domain.forms import About, InputKind
from mediation_desk.domain.money import MOST_FEN
from mediation_desk.domain.names import LONGEST_NAME
from mediation_desk.domain.paper_input import AgentOf, subjects
from mediation_desk.domain.party import Agent, Party, Side, representative_faults
from mediation_desk.domain.rights import Right
from mediation_desk.domain.risk import raised
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import Stage
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.insertion import unsaved
from mediation_desk.store.records import Records


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What the registration form says. Four things are enough: a claimant, a respondent, matter, demand.

    `uid` comes from the draft, so that saving twice after a crash registers once. Parties are numbered 1, 2, …
    """

    uid: str
    parties: tuple[Party, ...]
    matter: str
    demand: str
    requested_on: date
    title: str = ""
    occurred_on: date | None = None
    occurred_at: str = ""
    dispute_kind: str = ""
    event_category: str = ""
    case_source: str = ""
    source_document: str = ""
    channel: str = ""
    people_involved: int | None = None
    claimed_fen: int | None = None
    safety_flags: tuple[str, ...] = ()
    safety_note: str = ""
    remark: str = ""
    mediator_gender_wish: str = ""
    has_interpreter: bool = False
    from_draft: bool = field(default=False, compare=False)


_new_case = unsaved(Case)
_COPIED = [
    each.name
    for each in fields(Intake)
    if each.name not in ("uid", "parties", "requested_on", "safety_flags", "from_draft")
]
_PARTY_FIELDS = [each.name for each in fields(Party) if each.name not in ("id", "agents")]
_AGENT_FIELDS = [each.name for each in fields(Agent)]


@needs(Right.REGISTER)
def take_in(records: Records, act: Act, intake: Intake) -> Case:
    """Register a dispute. The day protection was asked for is kept for ever (民法典 art. 195).

    Registering the same intake twice gives the case that is already there.
    """
    check_intake(intake, act.rules, act.today)
    case = records.cases.add(
        _new_case(
            uid=intake.uid,
            centre_id=act.centre_id,
            stage=Stage.REGISTERED.value,
            registered_at=act.at,
            first_contact_id=act.by_id,
            requested_on=intake.requested_on,
            parties=list(intake.parties),
            red_flags=raised(intake.safety_flags, act.by_id, act.at),
            safety_flags=list(intake.safety_flags),
            events=[
                CaseEvent(
                    kind=EventKind.REGISTERED, happened_on=intake.requested_on, by_id=act.by_id, recorded_at=act.at
                )
            ],
            **_registration_data(intake),
        )
    )
    if intake.from_draft:
        records.drafts.drop(intake.uid)
    return case


def _registration_data(intake: Intake) -> dict[str, Any]:
    """The fields of a case that a form may set and set again."""
    return {name: getattr(intake, name) for name in _COPIED}


def check_intake(intake: Intake, rules: Rules, today: date) -> None:
    """Refuse what cannot be registered, everything at once, each sentence at its field."""
    faults = Faults()
    sides = {party.side for party in intake.parties}
    faults.check(Side.CLAIMANT in sides, "请填写来访人（申请方）姓名。", "claimant_name")
    faults.check(Side.RESPONDENT in sides, "请填写对方姓名或名称。", "respondent_name")
    faults.check(intake.matter.strip(), "请写明纠纷情况（来访人的话即可）。", "matter")
    faults.check(intake.demand.strip(), "请写明诉求。", "demand")
    faults.check(intake.requested_on <= today, "登记日期不能晚于今天。", "requested_on")
    faults.check(intake.occurred_on is None or intake.occurred_on <= today, "发生日期不能晚于今天。", "occurred_on")
    faults.check(
        intake.claimed_fen is None or 0 <= intake.claimed_fen <= MOST_FEN,
        "金额不能为负，也不能太大。",
        "claimed_amount",
    )
    faults.check(intake.people_involved is None or intake.people_involved > 0, "涉及人数应大于零。", "people_involved")
    numbers = {party.no for party in intake.parties}
    faults.check(len(numbers) == len(intake.parties), "有两位当事人用了同一个序号。", "parties")
    for index, party in enumerate(intake.parties):
        place = f"parties[{index}].name"
        faults.check(party.name.strip(), "有当事人没有填写姓名。", place)
        faults.check(len(party.name) <= LONGEST_NAME, f"姓名超过{LONGEST_NAME}个字，请核对。", place)
    most = rules.setting("most_representatives", today)
    for fault in representative_faults(intake.parties, most, "representatives"):
        faults.add(fault.sentence, fault.place)
    faults.refuse_if_any()


@needs(Right.REGISTER, Right.MEDIATE)
def correct(records: Records, act: Act, case_id: int, version_id: int, intake: Intake) -> Case:
    """Take over what was corrected or added later.

    `version_id` is that of the case the form was filled from; another correction or triage since then refuses this one,
    other facts (an answer, a session) do not. Parties are matched by number; a party other facts refer to cannot be
    removed. `requested_on` stays.
    Frozen agreements keep their printed text.
    """
    case = records.cases.get(case_id)
    if case.version_id != version_id:
        raise ChangedMeanwhile("这个案件刚被修改过，您的更正没有保存，窗口里的文字还在。请刷新后核对再保存。")
    check_intake(intake, act.rules, act.today)
    for name, value in _registration_data(intake).items():
        setattr(case, name, value)
    case.mark_flags(intake.safety_flags, act.by_id, act.at)
    _correct_parties(case, intake.parties, act.rules)
    case.version_id += 1
    note(case, act, EventKind.CORRECTED, act.today)
    records.drafts.drop(intake.uid)
    records.flush()
    return case


def _correct_parties(case: Case, wanted: Iterable[Party], rules: Rules) -> None:
    by_no = {party.no: party for party in wanted}
    agents = _agents(case)
    for party in [party for party in case.parties if party.no not in by_no]:
        refuse_unless(
            party.no not in _referred_parties(case), f"{party.name}已有调解意愿、记录或协议，不能移除。", "parties"
        )
        refuse_unless(
            party.no not in _chosen_for_papers(case, rules), f"{party.name}是录入文书时选定的，不能移除。", "parties"
        )
        case.parties.remove(party)
    for no, party in by_no.items():
        held = case.party(no)
        if held is None:
            held = Party(no=no, side=party.side, name=party.name)
            case.parties.append(held)
        for name in _PARTY_FIELDS:
            setattr(held, name, getattr(party, name))
        # Copies: the form may hold the very agents that were read from the store.
        held.agents = [Agent(**{name: getattr(agent, name) for name in _AGENT_FIELDS}) for agent in party.agents]
    _refuse_to_move_agents(case, agents, rules)


def _agents(case: Case) -> dict[int, str]:
    """The names of those who were entrusted, by the numbers that papers know them by."""
    return {each.no: each.thing.agent.name for each in subjects(case, About.AGENT) if isinstance(each.thing, AgentOf)}


def _refuse_to_move_agents(case: Case, before: Mapping[int, str], rules: Rules) -> None:
    """What was typed for the power of one agent must not come to stand on that of another."""
    now = _agents(case)
    for entry in case.entries:
        form = rules.form(entry.code) if entry.code in rules.forms else None
        name = before.get(entry.no) if form and form.about is About.AGENT else None
        if form and name is not None and name != now.get(entry.no):
            refuse_unless(
                entry.no in now and name not in now.values(),
                f"为{name}录入过{form.title}的内容，不能移除或者调换代理人；请先在文书中删除录入的内容。",
                "parties",
            )


def _referred_parties(case: Case) -> set[int]:
    """The numbers of parties that other facts refer to."""
    referred = {answer.party_no for answer in case.willingness}
    for assignment in case.assignments:
        referred.update(assignment.chosen_by_nos)
    for session in case.sessions:
        referred.update(session.present_nos)
    for agreement in case.agreements:
        referred.update(agreement.party_nos)
        for obligation in agreement.obligations:
            referred.update(no for no in (obligation.payer_no, obligation.payee_no) if no is not None)
    return referred


def _chosen_for_papers(case: Case, rules: Rules) -> set[int]:
    """The numbers of parties that were chosen for what a paper is about (whom an inquiry questioned)."""
    typed = [
        entry.values.get(asked.name)
        for entry in case.entries
        if entry.code in rules.forms
        for asked in rules.form(entry.code).inputs
        if asked.kind is InputKind.PARTY
    ]
    return {int(value) for value in typed if isinstance(value, str) and value.isdecimal()}


def next_party_no(case: Case) -> int:
    """A number for a further party: never one that was given before."""
    return max([party.no for party in case.parties] + sorted(_referred_parties(case)), default=0) + 1


@needs(Right.REGISTER, Right.TRIAGE, Right.MEDIATE)
def ask_willingness(
    records: Records,
    act: Act,
    case_id: int,
    party_nos: Iterable[int],
    answer: Answer,
    *,
    asked_at: datetime,
    channel: str = "",
    remark: str = "",
) -> Case:
    """Record what parties said to mediation, or that they could not be reached (UNDECIDED). 人民调解法 art. 17."""
    case = records.cases.get(case_id)
    numbers = list(dict.fromkeys(party_nos))
    faults = Faults()
    faults.check(asked_at <= act.at, "征询时间不能晚于现在。", "asked_at")
    faults.check(numbers and all(case.party(no) for no in numbers), "请选择当事人。", "willing_parties")
    faults.refuse_if_any()
    for no in numbers:
        case.willingness.append(
            Willingness(
                party_no=no,
                answer=answer,
                asked_at=asked_at,
                channel=channel,
                note=remark,
                by_id=act.by_id,
                recorded_at=act.at,
            )
        )
        note(case, act, EventKind.ANSWERED, asked_at.date(), f"{case.party_name(no)}：{answer.label}")
    records.flush()
    return case
