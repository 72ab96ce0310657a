"""What is due, straight from the tables."""

from datetime import date, timedelta

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.services.afterwards import close_case, follow_up
from mediation_desk.services.agreements import withdraw_agreement
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import accept, decline
from mediation_desk.store.dues import InEffect, Undecided, UnderWay
from tests.desk import NOW, TODAY, TOMORROW, Desk


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
    in_effect = InEffect(case_id, 1, "（2026）示人调协字第1号", TODAY)
    with desk.database.reading() as records:
        assert records.dues.in_effect_since(TODAY) == [in_effect]
        assert records.dues.in_effect_since(TOMORROW) == []


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
        [(found, _, owed)] = records.dues.obligations()
        assert found == case_id
        assert owed.next_due() == (date(2026, 12, 31), 100_000)
