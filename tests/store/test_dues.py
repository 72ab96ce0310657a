"""What is due, straight from the tables."""

from datetime import date, timedelta

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement_clocks import ConfirmationFacts
from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.referral import Direction, ReferralStep, ReferralStepKind
from mediation_desk.services.afterwards import close_case, follow_up
from mediation_desk.services.agreements import withdraw_agreement
from mediation_desk.services.confirmation import record_confirmation
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import accept, decline
from mediation_desk.store.dues import DueAnswer, ForCourt, Undecided, UnderWay
from tests.desk import NOW, TODAY, TOMORROW, Desk
from tests.procedure_facts import add_procedure


def test_registered_and_triaged_cases_wait_for_a_decision(desk: Desk) -> None:
    registered, triaged = desk.registered(), desk.triaged()
    desk.accepted()
    declined = desk.registered()
    desk.do(decline, declined, reason_code="other")
    with desk.database.reading() as records:
        assert records.dues.undecided() == [Undecided(registered, TODAY), Undecided(triaged, TODAY)]


def test_accepted_cases_are_under_way_until_mediation_ends(desk: Desk) -> None:
    under_way = [desk.accepted(), desk.assigned(), desk.in_mediation()]
    desk.agreed()
    with desk.database.reading() as records:
        assert records.dues.under_way() == [UnderWay(case_id, "", "02", TODAY, TODAY) for case_id in under_way]


def test_a_case_taken_up_again_is_under_way_from_then(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now = NOW + timedelta(days=1)
    desk.do(accept, case_id, committee_id=1)
    with desk.database.reading() as records:
        assert records.dues.under_way() == [UnderWay(case_id, "", "02", TODAY, TOMORROW)]


def test_only_written_agreements_in_effect_are_told(desk: Desk) -> None:
    case_id = desk.performing()
    desk.performing_orally()
    frozen = desk.frozen()
    desk.do(withdraw_agreement, frozen, 1, reason="写错")
    in_effect = ForCourt(case_id, ConfirmationFacts(1, "（2026）示人调协字第1号", TODAY, ()))
    with desk.database.reading() as records:
        assert records.dues.for_court(TODAY) == [in_effect]
        assert records.dues.for_court(TOMORROW) == []


def test_an_older_agreement_is_told_with_its_steps_while_its_case_is_performing(desk: Desk) -> None:
    case_id, closed = desk.performing(), desk.performing()
    for each in (case_id, closed):
        desk.do(record_confirmation, each, 1, ConfirmationState.APPLIED, happened_on=TODAY, court="示例区人民法院")
    desk.do(close_case, closed, despite_reason="当事人要求")
    steps = [(ConfirmationState.APPLIED, TODAY)]
    with desk.database.reading() as records:
        assert [(each.case_id, each.facts.steps) for each in records.dues.for_court(TODAY)] == [
            (case_id, steps),
            (closed, steps),
        ]
        assert [(each.case_id, each.facts.steps) for each in records.dues.for_court(TOMORROW)] == [(case_id, steps)]


def test_follow_ups_are_told_until_they_are_made_or_the_case_is_closed(desk: Desk) -> None:
    case_id, closed = desk.performing(), desk.performing()
    desk.do(close_case, closed, despite_reason="当事人要求")
    planned = desk.case(case_id).follow_ups
    with desk.database.reading() as records:
        found = records.dues.follow_ups(planned[-1].due_on)
        assert [(each.case_id, each.due_on, each.subject) for each in found] == [
            (case_id, each.due_on, each.subject) for each in planned
        ]
        assert len(records.dues.follow_ups(planned[0].due_on)) == 1
        assert records.dues.follow_ups(planned[0].due_on - timedelta(days=1)) == []
    desk.now = NOW + timedelta(days=40)
    done_on = planned[0].due_on
    desk.do(follow_up, case_id, done_on=done_on, situation="按期履行", visitor="赵和", due_on=done_on)
    with desk.database.reading() as records:
        assert len(records.dues.follow_ups(planned[-1].due_on)) == len(planned) - 1


def test_obligations_of_performing_cases_are_told_with_what_was_paid(desk: Desk) -> None:
    case_id = desk.performing()
    desk.frozen()
    desk.closed()
    with desk.database.reading() as records:
        [(found, _, owed, payer_no, payer_name)] = records.dues.obligations()
        assert (found, payer_no, payer_name) == (case_id, 2, "")
        assert owed.next_due() == (date(2026, 12, 31), 100_000)


def test_an_obligation_that_fell_away_is_not_told(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.database.writing() as records:
        records.cases.get(case_id).agreements[0].obligations[0].waived_on = TODAY
    with desk.database.reading() as records:
        assert records.dues.obligations() == []


def test_what_stopped_or_lengthened_mediation_is_told_with_it(desk: Desk) -> None:
    case_id, other_id = desk.in_mediation(), desk.accepted()
    with desk.database.writing() as records:
        add_procedure(records.cases.get(case_id), other_id)
    with desk.database.reading() as records:
        told = {each.case_id: (each.stops, each.further) for each in records.dues.under_way()}
    assert told == {case_id: (((TODAY, None),), 10), other_id: ((), 0)}


def test_what_units_are_to_answer_is_told_until_they_did_or_the_case_is_closed(desk: Desk) -> None:
    case_id, closed = desk.performing(), desk.closed()
    with desk.database.writing() as records:
        for each in (case_id, closed):
            case = records.cases.get(each)
            add_procedure(case, 1)
            case.referrals[0].due_on = TODAY + timedelta(days=7)
    answer = DueAnswer(case_id, TODAY + timedelta(days=7), "示例所")
    with desk.database.writing() as records:
        assert records.dues.supervision() == [answer]
        assert records.dues.conference_decisions() == [answer]
        assert records.dues.referrals(Direction.IN) == [answer._replace(unit="示例法院")]
        assert records.dues.referrals(Direction.OUT) == []
        case = records.cases.get(case_id)
        case.supervision_orders[0].replied_on = TODAY
        case.conferences[0].decisions[0].done_on = TODAY
        fed_back = ReferralStep(kind=ReferralStepKind.FED_BACK, happened_on=TODAY, by_id=1, recorded_at=NOW)
        case.referrals[0].steps.append(fed_back)
        records.flush()
        assert not records.dues.supervision() + records.dues.conference_decisions()
        assert records.dues.referrals(Direction.IN) == []
