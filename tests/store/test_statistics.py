"""Counting for the statistics form in the store, held against cases counted by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.agreement import AgreementForm, AgreementKind
from mediation_desk.domain.case import Case, NumberKind, OutcomeKind
from mediation_desk.domain.ledger import Difficulty
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.report_period import Span, month_of
from mediation_desk.domain.statistics_form import Basis, CaseGroup, Where
from mediation_desk.services.afterwards import close_case, record_performance
from mediation_desk.services.agreements import draft_agreement, freeze_agreement, record_signatures, save_agreement
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import accept, triage
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY, TOMORROW, Desk, all_marks, claimant, payment, respondent, text

MONTH = month_of(TODAY)
HARD = Difficulty(10, 10_000_000)


def groups(desk: Desk, basis: Basis = Basis.ACCEPTED, span: Span = MONTH) -> list[CaseGroup]:
    with desk.database.reading() as records:
        return records.statistics.groups(basis, span, HARD)


def only(desk: Desk, basis: Basis = Basis.ACCEPTED, span: Span = MONTH) -> CaseGroup:
    [group] = groups(desk, basis, span)
    return group


def ids(desk: Desk, basis: Basis, where: Where | None = None, span: Span = MONTH) -> list[int]:
    with desk.database.reading() as records:
        return list(records.statistics.ids(basis, span, HARD, where or {}))


def add(desk: Desk, case_id: int, change: Callable[[Case], Any]) -> None:
    """Put a fact into a case that no service of these tests records."""

    def step(records: Records) -> None:
        change(records.cases.get(case_id))
        records.flush()

    desk.write(step)


def close(desk: Desk, case_id: int) -> None:
    desk.do(close_case, case_id, despite_reason="当事人要求先行结案。")


def test_a_case_counts_once_it_is_accepted(desk: Desk) -> None:
    desk.willing()
    assert groups(desk) == []
    desk.accepted(case_source="referral_court", people_involved=12)
    assert only(desk) == CaseGroup("", "referral_court", "02", "", True, False, False, 1, 12, 0)


def test_people_are_the_parties_unless_more_are_involved(desk: Desk) -> None:
    desk.accepted(parties=(claimant(), respondent(), respondent(3, "王五")), people_involved=2)
    assert only(desk).people == 3


def test_the_days_of_a_period_are_both_in_it(desk: Desk) -> None:
    desk.accepted()
    assert len(groups(desk, span=Span(TODAY, TODAY))) == 1
    assert groups(desk, span=Span(TODAY - timedelta(days=9), TODAY - timedelta(days=1))) == []
    assert groups(desk, span=Span(TOMORROW, TOMORROW)) == []


def test_a_case_that_was_settled_and_kept_is_a_success_with_its_sum(desk: Desk) -> None:
    case_id = desk.performing()
    assert only(desk) == CaseGroup("", "", "02", "written", False, False, False, 1, 2, 300_000)
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100_000)
    assert not only(desk).is_performed
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=200_000)
    assert only(desk).is_performed


def test_an_obligation_that_fell_away_need_not_be_performed(desk: Desk) -> None:
    case_id = desk.performing()

    def waive(case: Case) -> None:
        case.agreements[0].obligations[0].waived_on = TODAY

    add(desk, case_id, waive)
    assert only(desk).is_performed


def test_an_agreement_that_does_not_bind_yet_brings_no_sum(desk: Desk) -> None:
    desk.frozen()
    assert (only(desk).result, only(desk).fen, only(desk).is_performed) == ("written", 0, False)


def test_an_agreement_that_replaces_another_counts_in_its_place(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(draft_agreement, case_id, kind=AgreementKind.REPLACEMENT)
    less = payment(amount_fen=100_000, instalments=[], due_on=TOMORROW)
    clauses = ("李四赔偿张三人民币1,000.00元。",)
    desk.do(
        save_agreement, case_id, 2, text(obligations=(less,), clauses=clauses, performance_terms="银行转账，一次付清。")
    )
    assert only(desk).fen == 300_000
    desk.do(freeze_agreement, case_id, 2)
    desk.do(record_signatures, case_id, 2, all_marks())
    assert only(desk).fen == 100_000


def test_an_oral_agreement_is_told_from_a_written_one(desk: Desk) -> None:
    desk.performing_orally()
    assert (only(desk).result, only(desk).fen) == ("oral", 300_000)


@pytest.mark.parametrize("kind", [OutcomeKind.FAILED, OutcomeKind.TERMINATED])
def test_mediation_that_came_to_nothing_has_its_own_result(desk: Desk, kind: OutcomeKind) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, kind, reason_code="no_prospect")
    assert only(desk).result == kind


def test_a_case_taken_up_again_has_no_result_yet_and_counts_where_it_came_in_first(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now += timedelta(days=30)
    desk.do(accept, case_id, committee_id=1)
    assert only(desk).result == ""
    assert groups(desk, span=month_of(desk.now.date())) == []


def test_a_clock_set_back_changes_nothing_as_the_order_of_recording_counts(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now -= timedelta(hours=1)
    desk.do(accept, case_id, committee_id=1)
    assert desk.case(case_id).outcome is None
    assert only(desk).result == ""


def test_a_court_that_confirmed_is_counted(desk: Desk) -> None:
    case_id = desk.performing()

    def take(state: ConfirmationState) -> None:
        step = ConfirmationStep(agreement_no=1, state=state, happened_on=TODAY, by_id=1, recorded_at=NOW)
        add(desk, case_id, lambda case: case.confirmation_steps.append(step))

    take(ConfirmationState.APPLIED)
    assert not only(desk).is_confirmed
    take(ConfirmationState.CONFIRMED)
    assert only(desk).is_confirmed


def test_closing_counts_on_its_day_and_only_what_had_been_accepted(desk: Desk) -> None:
    open_id, closed_id = desk.performing(), desk.registered()
    close(desk, closed_id)
    assert groups(desk, Basis.CLOSED) == []
    desk.now += timedelta(days=30)
    close(desk, open_id)
    assert only(desk, Basis.CLOSED, month_of(desk.now.date())).result == "written"
    assert groups(desk, Basis.CLOSED) == []
    assert only(desk, Basis.ACCEPTED).cases == 1


def test_a_case_that_was_opened_again_is_not_closed_until_it_is_closed_again(desk: Desk) -> None:
    case_id = desk.closed()
    assert only(desk, Basis.CLOSED).cases == 1

    def reopen(case: Case) -> None:
        case.closings[-1].reopened_on = TODAY

    add(desk, case_id, reopen)
    assert groups(desk, Basis.CLOSED) == []
    close(desk, case_id)
    assert only(desk, Basis.CLOSED).cases == 1


def test_a_case_that_goes_on_in_another_is_not_counted_twice(desk: Desk) -> None:
    stays, goes = desk.accepted(), desk.accepted()
    merged = Relation(kind=RelationKind.MERGED, other_id=stays, main_id=stays, by_id=1, recorded_at=NOW)
    add(desk, goes, lambda case: case.relations.append(merged))
    assert only(desk).cases == 1
    assert ids(desk, Basis.ACCEPTED) == [stays]

    def part(case: Case) -> None:
        case.relations[-1].withdrawn_at = NOW

    add(desk, goes, part)
    assert only(desk).cases == 2


def test_who_mediated_is_the_committee_that_took_the_case(desk: Desk) -> None:
    def name_its_body(records: Records) -> None:
        records.centre.get().committees[0].body = "street"

    desk.write(name_its_body)
    desk.accepted()
    assert only(desk).body == "street"


def test_the_cases_behind_a_number_are_those_it_counts(desk: Desk) -> None:
    one, other, third = desk.accepted(), desk.performing(), desk.accepted(NumberKind.ORAL, case_source="application")
    desk.do(triage, third, path="M1", dispute_kind="1001")
    assert ids(desk, Basis.ACCEPTED) == [third, other, one]
    assert ids(desk, Basis.ACCEPTED, {"result": frozenset({OutcomeKind.WRITTEN})}) == [other]
    assert ids(desk, Basis.ACCEPTED, {"kind": frozenset({"10", "1001"})}) == [third]
    assert ids(desk, Basis.ACCEPTED, {"source": frozenset({""}), "is_performed": frozenset({False})}) == [other, one]
    assert ids(desk, Basis.CLOSED) == []


def test_who_sees_own_cases_only_counts_those(desk: Desk) -> None:
    from mediation_desk.store.sight import Sight

    own = desk.assigned()
    desk.accepted()
    with desk.database.reading(sight=Sight(mediator_id=1)) as records:
        [group] = records.statistics.groups(Basis.ACCEPTED, MONTH, HARD)
        assert group.cases == 1
        assert list(records.statistics.ids(Basis.ACCEPTED, MONTH, HARD, {})) == [own]


def test_a_form_of_agreement_is_not_asked_for_before_there_is_one(desk: Desk) -> None:
    case_id = desk.in_mediation(NumberKind.ORAL)
    desk.do(record_outcome, case_id, OutcomeKind.ORAL)
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    assert (only(desk).result, only(desk).fen) == ("oral", 0)


def test_a_year_holds_what_its_months_hold(desk: Desk) -> None:
    for month in (1, 3, 11):
        desk.now = desk.now.replace(month=month, day=9)
        desk.accepted(requested_on=desk.now.date())
    assert sum(each.cases for each in groups(desk, span=Span(date(2026, 1, 1), date(2026, 12, 31)))) == 3
    assert sum(each.cases for each in groups(desk, span=Span(date(2026, 3, 1), date(2026, 3, 31)))) == 1
