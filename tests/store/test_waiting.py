"""How open cases stand, told for all of them at once, is what their facts say one by one."""

from datetime import timedelta

from mediation_desk.domain.case import Answer
from mediation_desk.domain.time_facts import ClockKind, ClockStop
from mediation_desk.domain.waiting import Waiting, waiting, waiting_for
from mediation_desk.services.afterwards import record_performance
from mediation_desk.services.agreements import withdraw_agreement
from mediation_desk.services.assignment import relieve
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.referrals import feed_back, sign_for
from mediation_desk.services.triage import hand_over, triage
from tests.desk import APPOINTED, NOW, TODAY, Desk, statements


def whom(desk: Desk, *case_ids: int) -> list[Waiting]:
    """For whom these cases wait, as the list says it; what the whole case says is the same."""
    with desk.database.reading() as records:
        standings = records.waiting.standings()
        told = [waiting(standings[each]) if each in standings else Waiting.NOBODY for each in case_ids]
        assert told == [waiting_for(records.cases.get(each)) for each in case_ids]
    return told


def test_before_the_decision_it_is_the_turn_of_the_parties_and_then_of_the_centre(desk: Desk) -> None:
    registered, willing, refused, other_way = desk.triaged(), desk.willing(), desk.willing(), desk.triaged()
    desk.do(ask_willingness, refused, [2], Answer.REFUSES, asked_at=desk.now)
    desk.do(triage, other_way, path="P5", reason="要求复议")
    answer, decision = Waiting.ANSWER, Waiting.DECISION
    assert whom(desk, registered, willing, refused, other_way) == [answer, decision, decision, decision]
    desk.do(ask_willingness, refused, [2], Answer.UNDECIDED, asked_at=desk.now)
    assert whom(desk, refused) == [answer]


def test_under_way_it_is_the_turn_of_the_mediator_once_there_is_one(desk: Desk) -> None:
    accepted, assigned, relieved, stopped = desk.accepted(), desk.assigned(), desk.in_mediation(), desk.in_mediation()
    desk.do(relieve, relieved, APPOINTED, reason="回避")
    stop = ClockStop(clock=ClockKind.MEDIATION, reason_code="appraisal", since=TODAY, by_id=1, recorded_at=NOW)
    with desk.database.writing() as records:
        case = records.cases.get(stopped)
        case.clock_stops.append(stop)
    nobody_yet, mediator = Waiting.ASSIGNMENT, Waiting.MEDIATOR
    assert whom(desk, accepted, assigned, relieved, stopped) == [nobody_yet, mediator, nobody_yet, Waiting.STOPPED]
    with desk.database.writing() as records:
        case = records.cases.get(stopped)
        case.clock_stops[0].until = TODAY
    assert whom(desk, stopped) == [mediator]


def test_after_agreeing_it_is_the_turn_of_who_signs_and_performs(desk: Desk) -> None:
    drafted, frozen, withdrawn, performing = desk.drafted(), desk.frozen(), desk.frozen(), desk.performing()
    desk.do(withdraw_agreement, withdrawn, 1, reason="写错")
    oral, failed, closed = desk.performing_orally(), desk.agreed(), desk.closed()
    assert whom(desk, drafted, frozen, withdrawn, performing) == [
        Waiting.MEDIATOR, Waiting.SIGNATURES, Waiting.MEDIATOR, Waiting.PERFORMANCE,
    ]  # fmt: skip
    assert whom(desk, oral, failed, closed)[1:] == [Waiting.MEDIATOR, Waiting.NOBODY]


def test_what_is_performed_is_looked_after_and_closed(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    assert whom(desk, case_id) == [Waiting.FOLLOW_UP]
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        for visit in case.follow_ups:
            visit.done_on = TODAY
    assert whom(desk, case_id) == [Waiting.CLOSING]


def test_what_was_handed_over_waits_for_the_other_unit_until_it_answered(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(hand_over, case_id, handed_to="示例局")
    assert whom(desk, case_id) == [Waiting.OTHER_UNIT]
    desk.do(sign_for, case_id, 1, person="周收发")
    assert whom(desk, case_id) == [Waiting.OTHER_UNIT]
    desk.do(feed_back, case_id, 1, text="已办结")
    assert whom(desk, case_id) == [Waiting.NOBODY]


def test_it_takes_the_same_statements_however_many_cases(desk: Desk) -> None:
    desk.performing()
    with statements(desk.database) as few, desk.database.reading() as records:
        records.waiting.standings()
    desk.now += timedelta(minutes=1)
    desk.performing()
    desk.in_mediation()
    with statements(desk.database) as many, desk.database.reading() as records:
        records.waiting.standings()
    assert len(few) == len(many)
