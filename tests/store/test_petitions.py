"""Petition items across cases: whose sender is still to be told, and which case has a number already."""

from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from mediation_desk.services.triage import decline
from mediation_desk.store.petitions import Untold
from tests.desk import TODAY, YESTERDAY, Desk


def a_petition(desk: Desk, *, clear: bool = True, number: str = "") -> int:
    case_id = desk.registered()
    item = PetitionItem(kind="redress_claim", received_on=YESTERDAY, contact_clear=clear, number=number)
    desk.do(record_petition, case_id, item)
    return case_id


def test_a_sender_who_can_be_told_is_to_be_told_until_that_is_done(desk: Desk) -> None:
    untold, told, finished, closed = [a_petition(desk) for _ in range(4)]
    a_petition(desk, clear=False)
    desk.do(record_petition_step, untold, PetitionStepKind.OFFERED)
    desk.do(record_petition_step, told, PetitionStepKind.NOTICE, text="受理告知书")
    desk.do(record_petition_step, finished, PetitionStepKind.FINISHED, text="当场答复")
    desk.do(close_case, closed, despite_reason="当事人撤回")
    assert desk.look(lambda records, _: records.petitions.untold(TODAY)) == [Untold(untold, YESTERDAY)]


def test_of_what_left_the_desk_long_ago_nobody_is_reminded(desk: Desk) -> None:
    case_id = a_petition(desk)
    desk.do(decline, case_id, reason_code="not_civil")
    with desk.database.reading() as records:
        assert records.petitions.untold(YESTERDAY) == [Untold(case_id, YESTERDAY)]
        assert records.petitions.untold(TODAY) == []


def test_a_number_belongs_to_one_case(desk: Desk) -> None:
    case_id = a_petition(desk, number="XF1")
    with desk.database.reading() as records:
        assert records.petitions.other_case("XF1", case_id) is None
        assert records.petitions.other_case("XF1", case_id + 1) == case_id
        assert records.petitions.other_case("XF2", case_id + 1) is None
