"""What a well-formed case file may still have wrong: codes, numbers, days, sums, references. All is told at once.

The file may be incomplete where the schema has already found faults: what is None there is passed over.
"""

from collections.abc import Iterable
from datetime import date, datetime

from mediation_desk.domain.agreement_check import obligation_faults
from mediation_desk.domain.case import DecisionKind
from mediation_desk.domain.entry_check import entry_faults
from mediation_desk.domain.errors import Fault, Faults
from mediation_desk.domain.identity import PaperFacts, Severity, check_paper, check_uscc
from mediation_desk.domain.names import name_faults
from mediation_desk.domain.party import Agent, Party, Side, representative_faults
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.filed_case import (
    CaseFile,
    FiledAgreement,
    FiledAnswer,
    FiledAssignment,
    FiledDecision,
    FiledMediator,
    FiledObligation,
    FiledOutcome,
    FiledRecusalCheck,
    FiledTriage,
    Registration,
)
from mediation_desk.exchange.plain_objects import leaves

CODES: dict[tuple[type, str], str] = {
    (Registration, "dispute_kind"): "dispute_kind",
    (Registration, "event_category"): "event_category",
    (Registration, "case_source"): "case_source",
    (Registration, "channel"): "channel",
    (Registration, "safety_flags"): "safety_flag",
    (Registration, "mediator_gender_wish"): "gender",
    (Party, "gender"): "gender",
    (Party, "ethnicity"): "ethnicity",
    (Party, "id_paper"): "id_paper",
    (Agent, "id_paper"): "id_paper",
    (Agent, "powers"): "agent_power",
    (FiledMediator, "gender"): "gender",
    (FiledMediator, "profession"): "mediator_profession",
    (FiledMediator, "other_professions"): "mediator_profession",
    (FiledAnswer, "channel"): "channel",
    (FiledTriage, "path"): "statutory_path",
    (FiledDecision, "reason_code"): "non_acceptance_reason",
    (FiledOutcome, "reason_code"): "termination_reason",
    (FiledRecusalCheck, "reason_code"): "recusal_reason",
    (FiledAssignment, "title"): "mediator_document",
}
"""Which code table the values of a field come from."""

_PARTY_NUMBERS = {"party_no", "party_nos", "payer_no", "payee_no", "chosen_by_nos", "present_nos"}
_MEDIATOR_NUMBERS = {"mediator_no", "mediator_nos"}
_MAY_BE_TO_COME = {"due_on", "until"}


def sense_faults(file: CaseFile, rules: Rules, today: date, known: Iterable[Fault] = ()) -> list[Fault]:
    """All faults beyond the schema's. `known` are those: parts that have one are not looked at as a whole."""
    faults = Faults()
    _check_values(file, rules, today, faults)
    _check_people(file, rules, today, faults)
    _check_days(file, faults)
    broken = tuple(fault.place for fault in known)
    for index, agreement in enumerate(file.agreements):
        place = f"agreements[{index}]"
        if not agreement.draft and not any(each.startswith(place) for each in broken):
            _check_agreement(agreement, place, faults)
    _check_entries(file, rules, today, broken, faults)
    return faults.noted


def _check_entries(file: CaseFile, rules: Rules, today: date, broken: tuple[str, ...], faults: Faults) -> None:
    """What was typed for papers is as their forms ask, and only once for each paper."""
    parties = {party.no for party in file.parties}
    seen: set[tuple[str, int]] = set()
    for index, entry in enumerate(file.entries):
        place = f"entries[{index}]"
        if any(each.startswith(place) for each in broken):
            continue
        faults.check((entry.code, entry.no) not in seen, "同一份文书的录入内容写了两次。", place)
        seen.add((entry.code, entry.no))
        if entry.code not in rules.forms:
            faults.add(f"没有代码为“{entry.code}”的文书。", f"{place}.code")
            continue
        for fault in entry_faults(rules.form(entry.code), entry.values, parties, rules, today):
            faults.add(fault.sentence, f"{place}.values.{fault.place}")


def _check_values(file: CaseFile, rules: Rules, today: date, faults: Faults) -> None:
    """Every single value: codes are in their tables, numbers refer to somebody, facts are not in the future."""
    parties, mediators = {party.no for party in file.parties}, {mediator.no for mediator in file.mediators}
    for place, owner, name, value in leaves(file):
        table = CODES.get((owner, name))
        if not value:
            continue
        if table:
            faults.check(value in rules.table(table), f"代码表 {table} 中没有“{value}”。", place)
        elif name in _PARTY_NUMBERS:
            faults.check(value in parties, f"没有序号为{value}的当事人。", place)
        elif name in _MEDIATOR_NUMBERS:
            faults.check(value in mediators, f"没有序号为{value}的调解员。", place)
        elif isinstance(value, date) and name not in _MAY_BE_TO_COME:
            day = value.date() if isinstance(value, datetime) else value
            faults.check(day <= today, f"日期 {day} 晚于今天（{today}）。", place)


def _check_people(file: CaseFile, rules: Rules, today: date, faults: Faults) -> None:
    sides = {party.side for party in file.parties}
    if None not in sides:
        faults.check({Side.CLAIMANT, Side.RESPONDENT} <= sides, "至少要有一个申请方和一个被申请方。", "parties")
    for fault in representative_faults(file.parties, rules.setting("most_representatives", today), "parties"):
        faults.add(fault.sentence, fault.place)
    _check_numbers((party.no for party in file.parties), "parties", "当事人", faults)
    _check_numbers((mediator.no for mediator in file.mediators), "mediators", "调解员", faults)
    for index, party in enumerate(file.parties):
        place = f"parties[{index}]"
        _check_person(party, place, today, faults)
        _tell(check_uscc(party.uscc), f"{place}.uscc", faults)
        for number, agent in enumerate(party.agents):
            _check_person(agent, f"{place}.agents[{number}]", today, faults)
    for index, mediator in enumerate(file.mediators):
        place = f"mediators[{index}]"
        _check_name(mediator.name, place, faults)
        for number, each in enumerate(mediator.appointments):
            _check_order(
                each.since, each.until, "聘任结束日早于开始日。", f"{place}.appointments[{number}].until", faults
            )


def _check_numbers(numbers: Iterable[int], place: str, who: str, faults: Faults) -> None:
    seen: set[int] = set()
    for index, no in enumerate(numbers):
        faults.check(no is None or no not in seen, f"{who}序号{no}重复。", f"{place}[{index}].no")
        seen.add(no)


def _check_person(person: Party | Agent, place: str, today: date, faults: Faults) -> None:
    _check_name(person.name, place, faults)
    _tell(check_paper(person.id_paper, person.id_number, today), f"{place}.id_number", faults)


def _check_name(name: str | None, place: str, faults: Faults) -> None:
    for sentence in name_faults(name) if name else ():
        faults.add(sentence, f"{place}.name")


def _tell(paper: PaperFacts, place: str, faults: Faults) -> None:
    for finding in paper.findings:
        faults.check(finding.severity is not Severity.WRONG, finding.sentence, place)


def _check_days(file: CaseFile, faults: Faults) -> None:
    """One thing after the other: request, decision, assignment, session, agreement."""
    requested = file.registration.requested_on
    accepted = min(
        (each.decided_on for each in file.decisions if each.kind is DecisionKind.ACCEPTED and each.decided_on),
        default=None,
    )
    first_session = min((each.held_on for each in file.sessions if each.held_on), default=None)
    for index, decision in enumerate(file.decisions):
        place = f"decisions[{index}].decided_on"
        _check_order(requested, decision.decided_on, "决定日期早于登记日期。", place, faults)
    for index, assignment in enumerate(file.assignments):
        place = f"assignments[{index}]"
        _check_order(accepted, assignment.assigned_on, "指派日期早于受理日期。", f"{place}.assigned_on", faults)
        _check_order(assignment.assigned_on, assignment.ended_on, "结束日期早于指派日期。", f"{place}.ended_on", faults)
    for index, session in enumerate(file.sessions):
        place = f"sessions[{index}]"
        _check_order(accepted, session.held_on, "调解日期早于受理日期。", f"{place}.held_on", faults)
        if session.began and session.ended:
            faults.check(session.began <= session.ended, "结束时间早于开始时间。", f"{place}.ended")
    for index, outcome in enumerate(file.outcomes):
        _check_order(accepted, outcome.ended_on, "调解结束日期早于受理日期。", f"outcomes[{index}].ended_on", faults)
    for index, agreement in enumerate(file.agreements):
        place = f"agreements[{index}]"
        made_on = agreement.made_on
        _check_order(first_session, made_on, "协议日期早于第一次调解。", f"{place}.made_on", faults)
        for number, mark in enumerate(agreement.signatures):
            where = f"{place}.signatures[{number}].signed_on"
            _check_order(made_on, mark.signed_on, "签署日期早于协议日期。", where, faults)
    if file.closing:
        _check_order(requested, file.closing.closed_on, "结案日期早于登记日期。", "closing.closed_on", faults)


def _check_order(first: date | None, then: date | None, sentence: str, place: str, faults: Faults) -> None:
    faults.check(first is None or then is None or first <= then, sentence, place)


def _check_agreement(agreement: FiledAgreement, place: str, faults: Faults) -> None:
    """A final text is complete, its sums are right, and nothing was performed before it bound."""
    faults.check(agreement.made_on, "请写明协议日期；没有定稿的请注明 draft。", f"{place}.made_on")
    faults.check(agreement.facts.strip(), "请写明纠纷主要事实、争议事项。", f"{place}.facts")
    faults.check(any(clause.strip() for clause in agreement.clauses), "请写明协议内容。", f"{place}.clauses")
    faults.check(agreement.performance_terms.strip(), "请写明履行方式、时限。", f"{place}.performance_terms")
    effective = agreement.effective_on
    for index, obligation in enumerate(agreement.obligations):
        where = f"{place}.obligations[{index}]"
        for fault in obligation_faults(obligation.as_owed(index + 1), where, agreement.made_on):
            faults.add(fault.sentence, _in_file(fault.place))
        _check_performances(obligation, agreement.made_on, effective, where, faults)


def _in_file(place: str) -> str:
    return f"{place}_no" if place.endswith((".payer", ".payee")) else place


def _check_performances(
    obligation: FiledObligation, made_on: date | None, effective: date | None, place: str, faults: Faults
) -> None:
    # What is paid on the spot may be paid before the last mark is on the paper.
    earliest = made_on if obligation.at_once else effective
    for index, performance in enumerate(obligation.performances):
        where = f"{place}.performances[{index}]"
        faults.check(effective, "协议还没有生效，不能有履行。", where)
        _check_order(earliest, performance.done_on, "履行日期早于协议生效日期。", f"{where}.done_on", faults)
