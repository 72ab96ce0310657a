"""Reads and writes the exchange file of one case (`resources/schemas/case.schema.json`).

Reading tells every fault at once, with its place, and takes over nothing if there is one. What was typed elsewhere is
cleaned as if it had been typed here; `CaseFile.changes` says what was changed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, NoReturn, TypeVar

from mediation_desk.domain.agreement import Agreement, Obligation, Signature
from mediation_desk.domain.case import Assignment, Case, Decision, NumberKind, Session
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import Fault, FileRefused
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.names import clean_name, clean_text
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.case_checks import sense_faults
from mediation_desk.exchange.case_schema import structure_faults
from mediation_desk.exchange.filed_case import (
    FORMAT,
    FORMAT_VERSION,
    CaseFile,
    FiledAgreement,
    FiledAnswer,
    FiledAppointment,
    FiledAssignment,
    FiledClosing,
    FiledDecision,
    FiledEntry,
    FiledFollowUp,
    FiledMediator,
    FiledObligation,
    FiledOutcome,
    FiledPerformance,
    FiledRecusalCheck,
    FiledSession,
    FiledSignature,
    FiledStance,
    FiledTriage,
    Registration,
)
from mediation_desk.exchange.json_members import NameTwice, no_name_twice
from mediation_desk.exchange.plain_objects import below, from_plain, to_plain

_T = TypeVar("_T")
_LARGEST = 20_000_000
_NAMES = {"name", "legal_representative"}
REFUSED = "案件文件有误，没有导入，原有数据没有改动。请改正后重新导入："


def read_case_file(content: str | bytes, rules: Rules, today: date) -> CaseFile:
    """The case that a file describes. Raises `FileRefused` with all its faults."""
    changes: list[str] = []
    plain = _cleaned(_parsed(content), "", changes)
    faults = structure_faults(plain)
    file = from_plain(CaseFile, plain, {fault.place for fault in faults})
    if isinstance(plain, dict):
        faults += sense_faults(file, rules, today, faults)
    if faults:
        raise FileRefused(REFUSED, dict.fromkeys(faults))
    return replace(file, changes=tuple(changes))


def _parsed(content: str | bytes) -> object:
    if len(content) > _LARGEST:
        _refuse(f"文件超过{_LARGEST // 1_000_000}兆，不会是一个案件。")
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        plain: object = json.loads(text, object_pairs_hook=no_name_twice, parse_constant=_no_constant)
    except UnicodeDecodeError:
        _refuse("不是 UTF-8 编码的文件。")
    except json.JSONDecodeError as error:
        _refuse(f"第{error.lineno}行第{error.colno}列不符合 JSON 格式。")
    except NameTwice as error:
        _refuse(f"同一对象中“{error}”出现两次。")
    except (RecursionError, ValueError) as error:
        _refuse(str(error) if isinstance(error, _NotTaken) else "不符合 JSON 格式：层次过深或数字过长。")
    return plain


def _refuse(sentence: str) -> NoReturn:
    raise FileRefused(REFUSED, [Fault(sentence)]) from None


class _NotTaken(ValueError):
    """Something Python's reader of JSON takes, but we do not."""


def _no_constant(word: str) -> NoReturn:
    raise _NotTaken(f"“{word}”不是 JSON 中的数字。")


def _cleaned(plain: Any, place: str, changes: list[str]) -> Any:
    if isinstance(plain, dict):
        return {key: _cleaned(value, below(place, key), changes) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_cleaned(value, below(place, index), changes) for index, value in enumerate(plain)]
    if isinstance(plain, str):
        clean = clean_name if place.rpartition(".")[2] in _NAMES else clean_text
        plain, sentences = clean(plain)
        changes += [f"{place}：{sentence}" for sentence in sentences]
    return plain


def write_case_file(case: Case, centre: Centre, mediators: Mapping[int, Mediator]) -> str:
    """The file of a case, ready to be read by `read_case_file`. `mediators` by id, all that the case names.

    Confidential notes are a record apart, and nothing here knows them; rankings stay behind.
    """
    head = {"format": FORMAT, "format_version": FORMAT_VERSION}
    filed = filed_case(case, centre, mediators)
    return json.dumps(head | to_plain(filed), ensure_ascii=False, indent=2) + "\n"


def filed_case(case: Case, centre: Centre, mediators: Mapping[int, Mediator]) -> CaseFile:
    """What the file of a case says."""
    committees = {committee.id: committee.name for committee in centre.committees}
    numbers = {mediator_id: index + 1 for index, mediator_id in enumerate(named_mediators(case))}
    number_kinds = {number.text: number.kind for number in case.numbers}
    return CaseFile(
        uid=case.uid,
        governance_centre=centre.name,
        number=case.number,
        number_kind=number_kinds.get(case.number, NumberKind.CASE),
        mediators=tuple(_mediator(mediators[each], no, committees) for each, no in numbers.items()),
        registration=_same(Registration, case, safety_flags=tuple(case.safety_flags)),
        parties=tuple(case.parties),
        willingness=_all_same(FiledAnswer, case.willingness),
        triage=_same(FiledTriage, case.triage) if case.triage else None,
        decisions=tuple(_decision(each, committees) for each in case.decisions),
        stances=tuple(_same(FiledStance, each, mediator_no=numbers[each.mediator_id]) for each in case.stances),
        recusal_checks=_recusal_checks(case, numbers),
        assignments=tuple(_assignment(each, numbers) for each in case.assignments),
        sessions=tuple(_session(each, numbers) for each in case.sessions),
        outcomes=_all_same(FiledOutcome, case.outcomes),
        agreements=tuple(_agreement(each, numbers) for each in case.agreements),
        follow_ups=_all_same(FiledFollowUp, (each for each in case.follow_ups if each.done_on)),
        entries=_all_same(FiledEntry, case.entries),
        closing=_same(FiledClosing, case.closing) if case.closing else None,
    )


def named_mediators(case: Case) -> list[int]:
    """Ids of the mediators a case names, each once, in the order in which they come."""
    named = [each.mediator_id for each in case.assignments]
    named += [each.mediator_id for each in case.stances]
    for session in case.sessions:
        named += session.mediator_ids
    for agreement in case.agreements:
        named += agreement.mediator_ids
        named += [each.mediator_id for each in agreement.signatures if each.mediator_id is not None]
    return list(dict.fromkeys(named))


def _same(kind: type[_T], record: object, **others: object) -> _T:
    """A part of the file that has the fields of a record, apart from `others`."""
    taken = {each.name: getattr(record, each.name) for each in fields(kind) if each.name not in others}  # type: ignore[arg-type]  # only dataclasses come here
    return kind(**taken, **others)


def _all_same(kind: type[_T], records: Iterable[object]) -> tuple[_T, ...]:
    return tuple(_same(kind, record) for record in records)


def _mediator(mediator: Mediator, no: int, committees: Mapping[int | None, str]) -> FiledMediator:
    appointments = tuple(
        _same(FiledAppointment, each, mediation_committee=committees.get(each.committee_id, ""))
        for each in mediator.appointments
    )
    others = tuple(mediator.other_professions)
    return _same(FiledMediator, mediator, no=no, other_professions=others, appointments=appointments)


def _decision(decision: Decision, committees: Mapping[int | None, str]) -> FiledDecision:
    return _same(FiledDecision, decision, mediation_committee=committees.get(decision.committee_id, ""))


def _recusal_checks(case: Case, numbers: Mapping[int, int]) -> tuple[FiledRecusalCheck, ...]:
    """Of those whom the case was given to: what was asked of others is nobody else's business."""
    given = {each.mediator_id for each in case.assignments}
    asked = [each for each in case.recusal_checks if each.mediator_id in given]
    return tuple(_same(FiledRecusalCheck, each, mediator_no=numbers[each.mediator_id]) for each in asked)


def _assignment(assignment: Assignment, numbers: Mapping[int, int]) -> FiledAssignment:
    return _same(
        FiledAssignment,
        assignment,
        mediator_no=numbers[assignment.mediator_id],
        chosen_by_nos=tuple(assignment.chosen_by_nos),
    )


def _session(session: Session, numbers: Mapping[int, int]) -> FiledSession:
    present, mediators = tuple(session.present_nos), tuple(numbers[each] for each in session.mediator_ids)
    return _same(FiledSession, session, present_nos=present, mediator_nos=mediators)


def _agreement(agreement: Agreement, numbers: Mapping[int, int]) -> FiledAgreement:
    return _same(
        FiledAgreement,
        agreement,
        draft=agreement.is_draft,
        clauses=tuple(clause.text for clause in agreement.clauses),
        party_nos=tuple(agreement.party_nos),
        mediator_nos=tuple(numbers[each] for each in agreement.mediator_ids),
        extra_holders=tuple(agreement.extra_holders),
        obligations=tuple(_obligation(each) for each in agreement.obligations),
        signatures=tuple(_signature(each, numbers) for each in agreement.signatures),
    )


def _obligation(obligation: Obligation) -> FiledObligation:
    performances = _all_same(FiledPerformance, obligation.performances)
    return _same(FiledObligation, obligation, instalments=tuple(obligation.instalments), performances=performances)


def _signature(signature: Signature, numbers: Mapping[int, int]) -> FiledSignature:
    mediator_no = None if signature.mediator_id is None else numbers[signature.mediator_id]
    return _same(FiledSignature, signature, mediator_no=mediator_no)
