"""What the indicators are counted from, asked of a small store."""

from datetime import date, timedelta
from typing import Any

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep, Rating
from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.indicators import Promised, Timed
from mediation_desk.domain.petition import Petition, PetitionStep, PetitionStepKind
from mediation_desk.domain.referral import Direction, Referral, ReferralKind
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.report_period import Span, month_of
from mediation_desk.domain.supervision import (
    Conference,
    ConferenceDecision,
    ConferenceKind,
    Suggestion,
    SuggestionKind,
    SupervisionOrder,
)
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension
from mediation_desk.services.afterwards import record_performance
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import accept
from mediation_desk.store.indicators import Effective, IndicatorRecords, Mediation
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk, uid

MONTH = month_of(TODAY)
BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}
WEEK = timedelta(days=7)


def ask(desk: Desk, question: Any) -> Any:
    with desk.database.reading() as records:
        return question(records.indicators)


def add(desk: Desk, case_id: int, **facts: Any) -> None:
    """Put facts into the lists of a case, or into its one place for them."""

    def step(records: Any) -> None:
        case = records.cases.get(case_id)
        for name, fact in facts.items():
            if isinstance(getattr(case, name), list):
                getattr(case, name).append(fact)
            else:
                setattr(case, name, fact)
        records.flush()

    desk.write(step)


def merge(desk: Desk, case_id: int, into: int) -> None:
    add(desk, case_id, relations=Relation(kind=RelationKind.MERGED, other_id=into, main_id=into, **BY))


def test_a_request_is_told_with_its_first_decision(desk: Desk) -> None:
    undecided, decided = desk.registered(requested_on=YESTERDAY), desk.accepted()

    def asked(indicators: IndicatorRecords) -> Any:
        return sorted(indicators.applications(YESTERDAY, TODAY))

    assert ask(desk, asked) == [(undecided, YESTERDAY, None), (decided, TODAY, TODAY)]
    desk.now += timedelta(days=1)
    desk.do(record_outcome, decided, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(accept, decided, committee_id=1)
    assert ask(desk, asked)[1] == (decided, TODAY, TODAY)
    assert ask(desk, lambda indicators: indicators.applications(TOMORROW, TOMORROW)) == []


def test_mediation_is_told_while_it_goes_on_and_once_it_ended(desk: Desk) -> None:
    running, done = desk.assigned(case_source="application"), desk.agreed()
    desk.triaged()
    facts = (TODAY, TODAY, "", "02")
    assert ask(desk, lambda each: each.under_way(TODAY)) == [
        Mediation(running, "", None, TODAY, TODAY, "application", "02")
    ]
    assert ask(desk, lambda each: each.ended(TODAY, TODAY)) == [Mediation(done, "written", TODAY, *facts)]
    assert ask(desk, lambda each: each.ended(TOMORROW, TOMORROW)) == []
    assert ask(desk, lambda each: [each.ended(TODAY, YESTERDAY), each.under_way(YESTERDAY)]) == [[], []]


def test_mediation_that_was_taken_up_again_goes_on(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now += timedelta(days=1)
    desk.do(accept, case_id, committee_id=1)
    assert ask(desk, lambda each: each.ended(TODAY, TOMORROW)) == []
    [again] = ask(desk, lambda each: each.under_way(TOMORROW))
    assert (again.case_id, again.accepted_on) == (case_id, TOMORROW)


def test_a_case_that_goes_on_in_another_is_told_nowhere(desk: Desk) -> None:
    stays, goes = desk.agreed(), desk.agreed()
    merge(desk, goes, stays)
    assert [each.case_id for each in ask(desk, lambda each: each.ended(TODAY, TODAY))] == [stays]
    assert [row[0] for row in ask(desk, lambda each: each.applications(TODAY, TODAY))] == [stays]


def test_cases_whose_time_is_not_told_by_source_and_kind_are_named(desk: Desk) -> None:
    plain, stopped, longer, referred = (desk.accepted() for _ in range(4))
    add(desk, stopped, clock_stops=ClockStop(clock=ClockKind.MEDIATION, reason_code="agreed", since=TODAY, **BY))
    more = Extension(clock=ClockKind.MEDIATION, days=9, approved_on=TODAY, approved_by="各方", reason="等鉴定", **BY)
    add(desk, longer, extensions=more)
    kind = ReferralKind.PRE_FILING
    add(desk, referred, referrals=Referral(no=1, direction=Direction.IN, kind=kind, unit="法院", sent_on=TODAY, **BY))
    named = ask(desk, lambda each: each.with_special_time([plain, stopped, longer, referred]))
    assert named == {stopped, longer, referred}


def test_an_agreement_is_told_with_its_last_day_and_what_was_paid(desk: Desk) -> None:
    case_id = desk.performing()
    last = date(2027, 1, 31)

    def promised() -> Any:
        return ask(desk, lambda each: each.promised(month_of(last)))

    assert promised() == [Promised(case_id, last, is_performed=False, owed_fen=300_000, paid_fen=0)]
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    assert promised() == [Promised(case_id, last, is_performed=True, owed_fen=300_000, paid_fen=300_000)]
    assert ask(desk, lambda each: each.promised(MONTH)) == []


def test_what_was_waived_is_not_owed(desk: Desk) -> None:
    case_id = desk.performing()

    def waive(records: Any) -> None:
        records.cases.get(case_id).agreements[0].obligations[0].waived_on = TODAY
        records.flush()

    desk.write(waive)
    [promised] = ask(desk, lambda each: each.promised(Span(TODAY, date(2028, 1, 1))))
    assert (promised.is_performed, promised.owed_fen) == (True, 0)


def test_written_agreements_are_told_with_what_came_of_asking_the_court(desk: Desk) -> None:
    case_id = desk.performing()
    desk.performing_orally()

    def effective() -> Any:
        return ask(desk, lambda each: each.effective(TODAY, TODAY))

    assert effective() == [Effective(case_id, TODAY, asked=False, confirmed=False)]
    for state, came_to in (
        (ConfirmationState.CONSIDERING, (False, False)),
        (ConfirmationState.APPLIED, (True, False)),
        (ConfirmationState.CONFIRMED, (True, True)),
    ):
        add(desk, case_id, confirmation_steps=ConfirmationStep(agreement_no=1, state=state, happened_on=TODAY, **BY))
        assert effective()[0][2:] == came_to
    assert ask(desk, lambda each: each.effective(TOMORROW, TOMORROW)) == []


def test_orders_and_decisions_are_told_by_when_they_are_due(desk: Desk) -> None:
    case_id = desk.accepted()
    order = SupervisionOrder(
        no=1,
        unit="某所",
        fault_code="overdue",
        demand="说明",
        issued_on=TODAY,
        due_on=TODAY + WEEK,
        replied_on=TODAY,
        **BY,
    )
    decision = ConferenceDecision(no=1, text="先鉴定", unit="某所", due_on=TODAY + WEEK)
    add(desk, case_id, supervision_orders=order, conferences=conference(ConferenceKind.CASE, uid(80), decision))
    assert ask(desk, lambda each: each.orders(TODAY)) == [Timed(case_id, TODAY + WEEK, TODAY)]
    assert ask(desk, lambda each: each.conference_decisions(TODAY)) == [Timed(case_id, TODAY + WEEK, None)]
    later = TODAY + 2 * WEEK
    assert ask(desk, lambda each: [each.orders(later), each.conference_decisions(later)]) == [[], []]


def conference(kind: ConferenceKind, meeting: str, *decisions: ConferenceDecision) -> Conference:
    return Conference(
        no=1, meeting=meeting, kind=kind, held_on=TODAY, chair="主任", minutes="研究", decisions=list(decisions), **BY
    )


def test_conferences_suggestions_and_ratings_are_told_by_their_day(desk: Desk) -> None:
    case_id = desk.accepted()
    add(
        desk,
        case_id,
        conferences=conference(ConferenceKind.JOINT, uid(81)),
        suggestions=Suggestion(no=1, kind=SuggestionKind.IMPROVE_WORK, unit="某所", text="改进", made_on=TODAY, **BY),
        ratings=Rating(party_no=1, level="satisfied", rated_on=TODAY, **BY),
    )

    def told(indicators: IndicatorRecords, span: Span) -> list[Any]:
        return [
            [(each.case_id, each.kind) for each in indicators.held(span)],
            [(each.case_id, each.kind, each.adopted) for each in indicators.suggested(span)],
            [(each.case_id, each.level) for each in indicators.rated(span)],
        ]

    assert ask(desk, lambda each: told(each, MONTH)) == [
        [(case_id, ConferenceKind.JOINT)],
        [(case_id, SuggestionKind.IMPROVE_WORK, None)],
        [(case_id, "satisfied")],
    ]
    assert ask(desk, lambda each: told(each, MONTH.before)) == [[], [], []]


def test_steps_of_petitions_are_told_once_for_each_case(desk: Desk) -> None:
    case_id = desk.registered()
    step = PetitionStepKind.OFFERED
    steps = [PetitionStep(kind=step, happened_on=day, **BY) for day in (YESTERDAY, TODAY)]
    add(desk, case_id, petition=Petition(kind="redress_claim", received_on=TODAY, steps=steps, **BY))
    assert ask(desk, lambda each: each.petition_steps(step, MONTH)) == [case_id]
    assert ask(desk, lambda each: each.petition_steps(PetitionStepKind.AGREED, MONTH)) == []
    assert ask(desk, lambda each: each.petition_steps(step, MONTH.before)) == []
