"""Writes made-up cases whole, thousands at a time: the facts are as `replay` would have recorded them.

Only the papers of the agreements are left out: drawing them would cost more than all the rest.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from mediation_desk.domain.agreement import Agreement, AgreementForm, Clause, Obligation, Performance, Signature
from mediation_desk.domain.case import (
    Assignment,
    Case,
    CaseEvent,
    Closing,
    Decision,
    DecisionKind,
    EventKind,
    FollowUp,
    IssuedNumber,
    NumberKind,
    Outcome,
    Session,
    Triage,
    Willingness,
)
from mediation_desk.domain.choice import RecusalAnswer, RecusalCheck
from mediation_desk.domain.money import figures
from mediation_desk.domain.numbering import render, template_for
from mediation_desk.domain.risk import raised
from mediation_desk.domain.stage import restage
from mediation_desk.exchange.filed_case import (
    CaseFile,
    FiledAgreement,
    FiledAssignment,
    FiledDecision,
    FiledFollowUp,
    FiledObligation,
    FiledSession,
)
from mediation_desk.exchange.plain_objects import members_of
from mediation_desk.services.act import Act
from mediation_desk.services.afterwards import missing_for_closing
from mediation_desk.services.agreements import planned_follow_ups
from mediation_desk.services.assignment import ASKED_AT_LEAST
from mediation_desk.services.practice_house import House
from mediation_desk.store.records import Records


class Bulk:
    """Writes cases of one house."""

    def __init__(self, records: Records, house: House) -> None:
        self.records = records
        self.rules = house.rules
        self.committees = {each.name: each for each in house.committees}
        self.mediators = {(each.name, each.unit): each for each in house.mediators}

    def add(self, file: CaseFile, act_on: Callable[[date], Act]) -> None:
        """Write the case of a file whose facts keep the rules and come in the order of their days: no rule is asked."""
        whole = _Whole(self, file, act_on)
        whole.tell()
        self.records.cases.add(whole.case)


class _Whole:
    """One case while its facts are put together."""

    def __init__(self, bulk: Bulk, file: CaseFile, act_on: Callable[[date], Act]) -> None:
        self.bulk = bulk
        self.file = file
        self.act_on = act_on
        self.mediators = {each.no: bulk.mediators[each.name, each.unit] for each in file.mediators}
        self.mediator_ids = {no: mediator.id or 0 for no, mediator in self.mediators.items()}
        act = act_on(file.registration.requested_on)
        self.case = Case(
            uid=file.uid,
            centre_id=act.centre_id,
            registered_at=act.at,
            first_contact_id=act.by_id,
            parties=list(file.parties),
            safety_flags=list(file.registration.safety_flags),
            red_flags=raised(file.registration.safety_flags, act.by_id, act.at),
            **members_of(file.registration, "safety_flags"),
        )
        self._event(act, EventKind.REGISTERED, file.registration.requested_on)

    def tell(self) -> None:
        """All facts, in the order in which the desk would have recorded them."""
        for answer in self.file.willingness:
            text = f"{self.case.party_name(answer.party_no)}：{answer.answer.label}"
            by = self._note(EventKind.ANSWERED, answer.asked_at.date(), text)
            self.case.willingness.append(Willingness(**members_of(answer), **by))
        if self.file.triage:
            text = self.bulk.rules.table("statutory_path").label(self.file.triage.path)
            by = self._note(EventKind.TRIAGED, self.file.triage.decided_on, text)
            self.case.triages.append(Triage(**members_of(self.file.triage), **by))
        for decision in self.file.decisions:
            self._decide(decision)
        for assignment in self.file.assignments:
            self._assign(assignment)
        for no, session in enumerate(self.file.sessions, 1):
            self._hold(no, session)
        for outcome in self.file.outcomes:
            reasons = self.bulk.rules.table("termination_reason")
            reason = reasons.label(outcome.reason_code) if outcome.reason_code else ""
            by = self._note(EventKind.OUTCOME, outcome.ended_on, f"{outcome.kind.label} {reason}".strip())
            self.case.outcomes.append(Outcome(**members_of(outcome), **by))
        for no, agreement in enumerate(self.file.agreements, 1):
            self._agree(no, agreement)
        for follow_up in self.file.follow_ups:
            self._follow_up(follow_up)
        closing = self.file.closing
        if closing:
            missing = missing_for_closing(self.case, self.act_on(closing.closed_on))
            by = self._note(EventKind.CLOSED, closing.closed_on, closing.despite_reason)
            self.case.closings.append(Closing(**members_of(closing), missing_papers=missing, **by))
        restage(self.case)

    def _note(self, kind: EventKind, happened_on: date, text: str = "") -> dict[str, Any]:
        """Add a line to the timeline, and say who recorded it when."""
        act = self.act_on(happened_on)
        self._event(act, kind, happened_on, text)
        return {"by_id": act.by_id, "recorded_at": act.at}

    def _event(self, act: Act, kind: EventKind, happened_on: date, text: str = "") -> None:
        event = CaseEvent(kind=kind, happened_on=happened_on, text=text, by_id=act.by_id, recorded_at=act.at)
        self.case.events.append(event)

    def _decide(self, filed: FiledDecision) -> None:
        rules = self.bulk.rules
        reason = rules.table("non_acceptance_reason").label(filed.reason_code) if filed.reason_code else ""
        by = self._note(EventKind.DECIDED, filed.decided_on, f"{filed.kind.label} {filed.handed_to or reason}".strip())
        committee = self.bulk.committees.get(filed.mediation_committee)
        committee_id = committee.id if committee else None
        facts = members_of(filed, "mediation_committee")
        self.case.decisions.append(Decision(**facts, committee_id=committee_id, **by))
        if filed.kind is DecisionKind.ACCEPTED:
            self.case.committee_id = committee_id
            self.case.number = self._number(self.file.number_kind, filed.decided_on)

    def _number(self, kind: NumberKind, day: date) -> str:
        [committee] = [each for each in self.bulk.committees.values() if each.id == self.case.committee_id]
        act = self.act_on(day)
        assert committee.id is not None
        seq = self.bulk.records.numbers.next(act.centre_id, committee.id, kind, day.year)
        template = template_for(committee, kind, self.bulk.rules.number_formats.template(kind, day))
        text = render(template, day.year, committee.short_name, seq)
        number = IssuedNumber(
            committee_id=committee.id, kind=kind, year=day.year, seq=seq, text=text, by_id=act.by_id, issued_at=act.at
        )
        self.case.numbers.append(number)
        self._event(act, EventKind.NUMBERED, day, text)
        return text

    def _assign(self, filed: FiledAssignment) -> None:
        mediator = self.mediators[filed.mediator_no]
        text = f"{mediator.name}（{filed.role.label}，{filed.chosen_by.label}）"
        by = self._note(EventKind.ASSIGNED, filed.assigned_on, text)
        facts = members_of(filed, "mediator_no", "chosen_by_nos")
        mediator_id, chosen_by_nos = self.mediator_ids[filed.mediator_no], list(filed.chosen_by_nos)
        self.case.assignments.append(Assignment(mediator_id=mediator_id, chosen_by_nos=chosen_by_nos, **facts, **by))
        for code in ASKED_AT_LEAST:
            answer: RecusalAnswer = getattr(filed, code)
            if answer is not RecusalAnswer.UNCHECKED:
                check = RecusalCheck(mediator_id=mediator_id, reason_code=code, answer=answer, **by)
                self.case.recusal_checks.append(check)

    def _hold(self, no: int, filed: FiledSession) -> None:
        by = self._note(EventKind.SESSION, filed.held_on, f"第{no}次，{filed.result.label}")
        facts = members_of(filed, "mediator_nos", "present_nos")
        mediator_ids = [self.mediator_ids[each] for each in filed.mediator_nos]
        present_nos = list(filed.present_nos)
        self.case.sessions.append(Session(no=no, mediator_ids=mediator_ids, present_nos=present_nos, **facts, **by))

    def _agree(self, no: int, filed: FiledAgreement) -> None:
        assert filed.made_on is not None
        oral = filed.form is AgreementForm.ORAL
        number = self.case.number if oral else self._number(NumberKind.AGREEMENT, filed.made_on)
        by = self._note(EventKind.FROZEN, filed.made_on, f"{filed.form.label} {number}")
        agreement = Agreement(
            no=no,
            form=filed.form,
            kind=filed.kind,
            facts=filed.facts,
            performance_terms=filed.performance_terms,
            made_on=filed.made_on,
            party_nos=list(filed.party_nos),
            mediator_ids=[self.mediator_ids[each] for each in filed.mediator_nos],
            recorder=filed.recorder,
            number=number,
            frozen_at=by["recorded_at"],
            frozen_by_id=by["by_id"],
            clauses=[Clause(text=text) for text in filed.clauses],
            obligations=[each.as_owed(no) for no, each in enumerate(filed.obligations, 1)],
        )
        self.case.agreements.append(agreement)
        for mark in filed.signatures:
            by = self._note(EventKind.SIGNED, mark.signed_on, f"{mark.role.label} {mark.signer_name}".strip())
            mediator_id = self.mediator_ids.get(mark.mediator_no or 0)
            agreement.signatures.append(Signature(mediator_id=mediator_id, **members_of(mark, "mediator_no"), **by))
        if agreement.effective_on:
            self._note(EventKind.EFFECTIVE, agreement.effective_on, number)
            self.case.follow_ups += planned_follow_ups(agreement, self.bulk.rules, agreement.effective_on)
        for owed, obligation in zip(agreement.obligations, filed.obligations, strict=True):
            self._perform(owed, obligation)

    def _perform(self, owed: Obligation, filed: FiledObligation) -> None:
        for each in filed.performances:
            paid = f"{figures(each.amount_fen)}元" if each.amount_fen else "已完成"
            by = self._note(EventKind.PERFORMED, each.done_on, f"第{owed.no}项 {paid}")
            owed.performances.append(Performance(**members_of(each), **by))

    def _follow_up(self, filed: FiledFollowUp) -> None:
        follow_ups = self.case.follow_ups
        planned = next((each for each in follow_ups if each.done_on is None and each.due_on == filed.due_on), None)
        if planned is None:
            planned = FollowUp(due_on=filed.done_on, subject="临时回访")
            follow_ups.append(planned)
        by = self._note(EventKind.FOLLOWED_UP, filed.done_on, planned.subject)
        planned.done_on, planned.situation, planned.visitor = filed.done_on, filed.situation, filed.visitor
        planned.by_id, planned.recorded_at = by["by_id"], by["recorded_at"]
