"""Tells the facts of a filed case to the services, one after the other in the order of their days.

A step that a rule refuses stops it with `FileRefused`, which names the place in the file; the caller's transaction
then keeps nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import TypeVar

from mediation_desk.domain.case import AGREED, Case, DecisionKind, Session
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import Fault, FileRefused, RuleBroken
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.uid import uuid7
from mediation_desk.exchange.case_file import REFUSED
from mediation_desk.exchange.filed_case import (
    CaseFile,
    FiledAgreement,
    FiledAnswer,
    FiledAssignment,
    FiledDecision,
    FiledEntry,
    FiledMediator,
    FiledRecusalCheck,
    FiledSession,
    FiledSignature,
    FiledStance,
    Registration,
)
from mediation_desk.exchange.plain_objects import keys_of, members_of
from mediation_desk.services.act import Act
from mediation_desk.services.afterwards import close_case, follow_up, missing_for_closing, record_performance
from mediation_desk.services.agreements import (
    AgreementText,
    Mark,
    draft_agreement,
    drop_draft,
    freeze_agreement,
    record_signatures,
    save_agreement,
    withdraw_agreement,
)
from mediation_desk.services.assignment import (
    Choice,
    assign,
    decide_objection,
    record_recusal,
    record_stance,
    relieve,
)
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import Intake, ask_willingness, take_in
from mediation_desk.services.mediation import record_outcome, record_session
from mediation_desk.services.paper_entries import take_over_entry
from mediation_desk.services.triage import accept, decline, hand_over, triage
from mediation_desk.store.records import Records

CAME_WITH_A_FILE = "由案件文件带入名册，请核对聘任，补充联系方式和到岗方式。"
WITHOUT_ATTACHMENTS = "附件没有随案件文件移交。"
FROZEN_ELSEWHERE = "随案件文件移交，按移交时的文本定稿。"

_T = TypeVar("_T")


def replay(records: Records, file: CaseFile, act_on: Callable[[date], Act]) -> Case:
    """Record what the file says, and give the case back.

    `act_on` gives who records a fact of that day; each act is to be later than the one before.
    """
    begin = file.registration.requested_on
    case_id = _told("registration", Registration, partial(_take_in, records, file, act_on(begin)))
    case = records.cases.get(case_id)
    teller = _Teller(records, file, case_id, _find_mediators(records, file, act_on(begin)))
    for step in sorted(teller.steps(), key=lambda step: (step.not_before, step.turn)):
        _told(step.place, step.kind, partial(step.record, act_on(step.day)))
    return case


def _told(place: str, kind: type, record: Callable[[], _T]) -> _T:
    """Do it; a rule that is broken is told as a fault at that place of the file, where a `kind` stands."""
    try:
        return record()
    except RuleBroken as broken:
        faults = [Fault(fault.sentence, _in_file(fault.place, place, kind)) for fault in broken.faults]
        raise FileRefused(REFUSED, faults) from broken


def _in_file(field: str, place: str, kind: type) -> str:
    key = field.partition("[")[0].partition(".")[0]
    if key in keys_of(kind):
        return f"{place}.{field}"
    return field if "[" in field and key in keys_of(CaseFile) else place


def _take_in(records: Records, file: CaseFile, act: Act) -> int:
    case = take_in(records, act, Intake(uid=file.uid, parties=file.parties, **members_of(file.registration)))
    assert case.id is not None
    return case.id


def _find_mediators(records: Records, file: CaseFile, act: Act) -> dict[int, int]:
    """Ids in the directory by the numbers of the file; who is not there yet is added."""
    known = {(each.name, each.unit): each.id for each in records.mediators.all() if each.is_active(act.today)}
    found = {}
    for index, filed in enumerate(file.mediators):
        mediator_id = known.get((filed.name, filed.unit))
        if mediator_id is None:
            fresh = _mediator(filed, file, records.centre.get(), act)
            add = partial(save_mediator, records, act, fresh)
            mediator_id = _told(f"mediators[{index}]", FiledMediator, add).id
        assert mediator_id is not None
        found[filed.no] = mediator_id
    return found


def _mediator(filed: FiledMediator, file: CaseFile, centre: Centre, act: Act) -> Mediator:
    """Appointments by committees of another centre are left out: here nobody could preside by them.

    Whether the person is ever at this centre the file cannot know, so that he or she is only on call.
    """
    accepting = next((each.mediation_committee for each in file.decisions if each.kind is DecisionKind.ACCEPTED), "")
    appointments = [
        Appointment(committee_id=committee.id, kind=each.kind, since=each.since, until=each.until)
        for each in filed.appointments
        for committee in centre.committees
        if committee.id is not None and committee.name == (each.mediation_committee or accepting or committee.name)
    ]
    return Mediator(
        uid=uuid7(act.at, sha256(f"{file.uid} {filed.no}".encode()).digest()),
        name=filed.name,
        unit=filed.unit,
        gender=filed.gender,
        profession=filed.profession,
        other_professions=list(filed.other_professions),
        presence=Presence.ON_CALL,
        note=CAME_WITH_A_FILE,
        appointments=appointments,
    )


@dataclass(frozen=True)
class _Step:
    """A fact of a `kind` at a `place` of the file, and how to record it on its `day`.

    `not_before` is that day too, or a later one if something else must be recorded first; `turn` orders what falls
    on the same.
    """

    not_before: date
    turn: int
    day: date
    place: str
    kind: type
    record: Callable[[Act], object]


# The turns of one day. What follows from an earlier step on the same day has the higher number.
(_FIRST_ANSWER, _ANSWER, _TRIAGE, _DECISION, _ASSIGNMENT, _SESSION, _OUTCOME, _TAKEN_UP_AGAIN) = range(8)
(_AGREEMENT, _PERFORMANCE, _FOLLOW_UP, _RELIEF, _SAID, _ENTRY, _CLOSING) = range(8, 15)


class _Teller:
    """Makes steps of the facts of one case."""

    def __init__(self, records: Records, file: CaseFile, case_id: int, mediator_ids: Mapping[int, int]) -> None:
        self.records = records
        self.file = file
        self.case_id = case_id
        self.mediator_ids = mediator_ids

    def steps(self) -> Iterator[_Step]:
        facts = [
            *self._answers(),
            *self._triage(),
            *self._decisions(),
            *self._assignments(),
            *self._sessions(),
            *self._outcomes(),
            *self._agreements(),
            *self._follow_ups(),
        ]
        yield from facts
        last_day = max((step.day for step in facts), default=self.file.registration.requested_on)
        yield from self._said_of_mediators(last_day)
        yield from self._entries(last_day)
        yield from self._closing()

    def _answers(self) -> Iterator[_Step]:
        """The first answer of each comes before all: who joined the case later was asked later too."""
        heard: set[int] = set()
        for index, answer in enumerate(self.file.willingness):
            day = answer.asked_at.date()
            first = answer.party_no not in heard
            heard.add(answer.party_no)
            place, turn = f"willingness[{index}]", _FIRST_ANSWER if first else _ANSWER
            yield _Step(date.min if first else day, turn, day, place, FiledAnswer, partial(self._ask, answer))

    def _ask(self, filed: FiledAnswer, act: Act) -> None:
        ask_willingness(
            self.records,
            act,
            self.case_id,
            [filed.party_no],
            filed.answer,
            asked_at=filed.asked_at,
            channel=filed.channel,
            remark=filed.note,
        )

    def _triage(self) -> Iterator[_Step]:
        filed = self.file.triage
        if filed:
            day = filed.decided_on
            category = self.file.registration.event_category  # whether mediation is open for it is asked here
            record = self._call(triage, event_category=category, **members_of(filed))
            yield _Step(day, _TRIAGE, day, "triage", type(filed), record)

    def _decisions(self) -> Iterator[_Step]:
        accepted = False
        for index, filed in enumerate(self.file.decisions):
            turn = _TAKEN_UP_AGAIN if accepted else _DECISION
            accepted = filed.kind is DecisionKind.ACCEPTED
            day, place = filed.decided_on, f"decisions[{index}]"
            yield _Step(day, turn, day, place, FiledDecision, partial(self._decide, filed))

    def _decide(self, filed: FiledDecision, act: Act) -> None:
        day, reason = filed.decided_on, filed.reason
        if filed.kind is DecisionKind.ACCEPTED:
            committee_id = self._committee_id(filed.mediation_committee)
            kind = self.file.number_kind
            accept(self.records, act, self.case_id, committee_id=committee_id, decided_on=day, kind=kind)
        elif filed.kind is DecisionKind.NOT_ACCEPTED:
            decline(self.records, act, self.case_id, reason_code=filed.reason_code, reason=reason, decided_on=day)
        else:
            goes_to = filed.handed_to  # how it went there no file tells
            hand_over(self.records, act, self.case_id, handed_to=goes_to, reason=reason, decided_on=day, kind=None)

    def _committee_id(self, name: str) -> int:
        committees = [each for each in self.records.centre.get().committees if each.active]
        fitting = [each for each in committees if not name or each.name == name]
        if len(fitting) == 1 and fitting[0].id is not None:
            return fitting[0].id
        sentence = (
            f"本中心没有名为“{name}”的人民调解委员会。请先在设置中登记，或改成本中心受理的调委会。"
            if name
            else "本中心有几个人民调解委员会，请写明由哪一个受理。"
        )
        raise RuleBroken(Fault(sentence, "mediation_committee"))

    def _assignments(self) -> Iterator[_Step]:
        for index, filed in enumerate(self.file.assignments):
            place = f"assignments[{index}]"
            mediator_id = self.mediator_ids[filed.mediator_no]
            choice = Choice(mediator_id=mediator_id, **members_of(filed, "mediator_no", "ended_on", "end_reason"))
            day = filed.assigned_on
            yield _Step(day, _ASSIGNMENT, day, place, FiledAssignment, self._call(assign, choice))
            if filed.ended_on:
                relief = self._call(relieve, mediator_id, reason=filed.end_reason, ended_on=filed.ended_on)
                yield _Step(filed.ended_on, _RELIEF, filed.ended_on, place, FiledAssignment, relief)

    def _sessions(self) -> Iterator[_Step]:
        for index, filed in enumerate(self.file.sessions):
            day, place = filed.held_on, f"sessions[{index}]"
            yield _Step(day, _SESSION, day, place, FiledSession, partial(self._hold, filed))

    def _hold(self, filed: FiledSession, act: Act) -> None:
        session = Session(
            no=0,
            mediator_ids=[self.mediator_ids[no] for no in filed.mediator_nos],
            present_nos=list(filed.present_nos),
            by_id=act.by_id,
            recorded_at=act.at,
            **members_of(filed, "mediator_nos", "present_nos"),
        )
        record_session(self.records, act, self.case_id, session)

    def _outcomes(self) -> Iterator[_Step]:
        for index, filed in enumerate(self.file.outcomes):
            day, place = filed.ended_on, f"outcomes[{index}]"
            yield _Step(day, _OUTCOME, day, place, type(filed), self._call(record_outcome, **members_of(filed)))

    def _agreements(self) -> Iterator[_Step]:
        """Text, marks, performance: none before the one that it rests on, whatever the days say. A further agreement
        is not begun before the one before it is final.
        """
        agreed_on = min((each.ended_on for each in self.file.outcomes if each.kind in AGREED), default=date.min)
        begun_on = agreed_on
        for index, filed in enumerate(self.file.agreements):
            day = filed.made_on or self.file.registration.requested_on
            begun_on = max(filed.made_on or date.max, begun_on)
            place = f"agreements[{index}]"
            yield _Step(begun_on, _AGREEMENT, day, place, FiledAgreement, partial(self._write, filed))
            last_mark = begun_on
            for number, mark in enumerate(filed.signatures):
                last_mark = max(last_mark, mark.signed_on)
                sign, where = (
                    self._call(record_signatures, index + 1, [self._mark(mark)]),
                    f"{place}.signatures[{number}]",
                )
                yield _Step(last_mark, _AGREEMENT, mark.signed_on, where, FiledSignature, sign)
            if filed.withdrawn_reason:
                begun_on = last_mark
                withdraw = partial(self._withdraw, index + 1, filed)
                yield _Step(last_mark, _AGREEMENT, max(day, agreed_on), place, FiledAgreement, withdraw)
            yield from self._performances(index, filed, last_mark)

    def _performances(self, index: int, filed: FiledAgreement, last_mark: date) -> Iterator[_Step]:
        for number, obligation in enumerate(filed.obligations):
            for paid, each in enumerate(obligation.performances):
                place = f"agreements[{index}].obligations[{number}].performances[{paid}]"
                named = {"done_on": each.done_on, "amount_fen": each.amount_fen, "remark": each.note}
                perform = self._call(record_performance, index + 1, number + 1, **named)
                yield _Step(max(last_mark, each.done_on), _PERFORMANCE, each.done_on, place, type(each), perform)

    def _write(self, filed: FiledAgreement, act: Act) -> None:
        no = draft_agreement(self.records, act, self.case_id, form=filed.form, kind=filed.kind).no
        text = AgreementText(
            facts=filed.facts,
            clauses=filed.clauses,
            obligations=tuple(each.as_owed(number) for number, each in enumerate(filed.obligations, 1)),
            performance_terms=filed.performance_terms,
            made_on=filed.made_on,
            party_nos=filed.party_nos,
            mediator_ids=tuple(self.mediator_ids[each] for each in filed.mediator_nos),
            recorder=filed.recorder,
            extra_holders=filed.extra_holders,
            confirmation_wanted=filed.confirmation_wanted,
        )
        agreement = save_agreement(self.records, act, self.case_id, no, text)
        agreement.despite_reason = filed.despite_reason
        if not filed.draft:
            reason = filed.despite_reason or FROZEN_ELSEWHERE
            freeze_agreement(self.records, act, self.case_id, no, despite_reason=reason)

    def _mark(self, filed: FiledSignature) -> Mark:
        mediator_id = None if filed.mediator_no is None else self.mediator_ids[filed.mediator_no]
        return Mark(mediator_id=mediator_id, **members_of(filed, "mediator_no"))

    def _withdraw(self, no: int, filed: FiledAgreement, act: Act) -> None:
        """Without the draft that a withdrawal begins: what followed it, if anything did, is in the file itself."""
        begun = withdraw_agreement(self.records, act, self.case_id, no, reason=filed.withdrawn_reason)
        drop_draft(self.records, act, self.case_id, begun.no)

    def _follow_ups(self) -> Iterator[_Step]:
        for index, filed in enumerate(self.file.follow_ups):
            day, place = filed.done_on, f"follow_ups[{index}]"
            yield _Step(day, _FOLLOW_UP, day, place, type(filed), self._call(follow_up, **members_of(filed)))

    def _said_of_mediators(self, last_day: date) -> Iterator[_Step]:
        """Has no day of its own and comes after the assignments, which it may have ended since."""
        for index, stance in enumerate(self.file.stances):
            record = partial(self._say, stance)
            yield _Step(last_day, _SAID, last_day, f"stances[{index}]", FiledStance, record)
        yield _Step(last_day, _SAID, last_day, "recusal_checks", FiledRecusalCheck, self._leave_answers_to_the_file)
        for index, check in enumerate(self.file.recusal_checks):
            record = partial(self._ask_about_bias, check)
            yield _Step(last_day, _SAID, last_day, f"recusal_checks[{index}]", FiledRecusalCheck, record)

    def _say(self, filed: FiledStance, act: Act) -> None:
        mediator_id = self.mediator_ids[filed.mediator_no]
        record_stance(self.records, act, self.case_id, [filed.party_no], mediator_id, filed.kind, filed.reason)
        if filed.upheld is not None:
            decide_objection(self.records, act, self.case_id, filed.party_no, mediator_id, upheld=filed.upheld)

    def _leave_answers_to_the_file(self, _: Act) -> None:
        """Those that came with an assignment: the file tells them again, with what was noted."""
        told = {(self.mediator_ids[each.mediator_no], each.reason_code) for each in self.file.recusal_checks}
        checks = self.records.cases.get(self.case_id).recusal_checks
        checks[:] = [each for each in checks if (each.mediator_id, each.reason_code) not in told]

    def _ask_about_bias(self, filed: FiledRecusalCheck, act: Act) -> None:
        mediator_id = self.mediator_ids[filed.mediator_no]
        record_recusal(self.records, act, self.case_id, mediator_id, filed.reason_code, filed.answer, filed.note)

    def _entries(self, last_day: date) -> Iterator[_Step]:
        """What was typed for papers has no day of its own and comes after all that a paper can be about."""
        for index, filed in enumerate(self.file.entries):
            record = self._call(take_over_entry, filed.code, filed.no, filed.values)
            yield _Step(last_day, _ENTRY, last_day, f"entries[{index}]", FiledEntry, record)

    def _closing(self) -> Iterator[_Step]:
        filed = self.file.closing
        if filed:
            yield _Step(filed.closed_on, _CLOSING, filed.closed_on, "closing", type(filed), self._close)

    def _close(self, act: Act) -> None:
        filed = self.file.closing
        assert filed is not None
        lacking = WITHOUT_ATTACHMENTS if missing_for_closing(self.records.cases.get(self.case_id), act) else ""
        reason = filed.despite_reason or lacking
        close_case(self.records, act, self.case_id, closed_on=filed.closed_on, despite_reason=reason)

    def _call(self, service: Callable[..., object], *arguments: object, **named: object) -> Callable[[Act], object]:
        return lambda act: service(self.records, act, self.case_id, *arguments, **named)
