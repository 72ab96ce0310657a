"""The ledger: numbers that open into what they count, fair to who was away and to who declined."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut
from mediation_desk.domain.duty_roster import SwapRequest, SwapState
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.ledger import CASES, Ledger, LedgerLine, What
from mediation_desk.domain.presence import Attendance
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.ledger import entries, lines_by_month, look_at_ledger
from mediation_desk.services.presence import LeaveAsked, note_absence, withdraw_leave
from mediation_desk.store.duty_schema import attendances
from mediation_desk.store.records import Records
from tests.desk import APPOINTED, NOW, ON_CALL, TODAY, Desk, statements, uid
from tests.duty import AM, MONTH, PM, Duty, at

LAST = date(2026, 12, 31)
WEEKDAYS = [day for day in range(1, 32) if MONTH.replace(day=day).weekday() < 5]
AFTERWARDS = datetime(2027, 1, 4, 9)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


def ledger_of(desk: Desk, first: date = MONTH, last: date = LAST) -> Ledger:
    with desk.database.reading() as records:
        return look_at_ledger(records, desk.act, first, last)


def line_of(ledger: Ledger, mediator_id: int) -> LedgerLine:
    return next(line for line in ledger.lines if line.mediator_id == mediator_id)


def told(desk: Desk, mediator_id: int | None, what: What, first: date = MONTH, last: date = LAST) -> list[str]:
    with desk.database.reading() as records:
        return [entry.text for entry in entries(records, desk.act, mediator_id, first, last, what)]


def came(desk: Desk, mediator_id: int, came_at: datetime, left_at: datetime | None = None) -> None:
    attendance = Attendance(mediator_id=mediator_id, day=came_at.date(), came_at=came_at, left_at=left_at, by_id=1)
    desk.write(lambda records: records.presence.add(attendance))


def called(desk: Desk, mediator_id: int, answer: CallAnswer, minutes: int | None, **facts: object) -> None:
    """One call on 1 December at nine."""
    begun = datetime(2026, 12, 1, 9)
    answered = None if minutes is None else begun + timedelta(minutes=minutes)
    call = Call(
        mediator_id=mediator_id,
        place=1,
        called_at=begun,
        answer_by=begun + timedelta(minutes=15),
        answer=answer,
        answered_at=answered,
        by_id=1,
    )
    told = {"uid": uid(700 + (minutes or 0)), "began_at": begun, "by_id": 1, "calls": [call]} | facts
    desk.write(lambda records: records.call_outs.add(CallOut(**told)))  # type: ignore[arg-type]  # any field


def test_a_shift_was_kept_missed_not_recorded_or_is_still_to_come(duty: Duty) -> None:
    post = duty.post()
    person = duty.person("王芳")
    duty.published(*(Placing(at(day), post, person) for day in (1, 2, 3, 30)))
    desk = duty.desk
    desk.now = datetime(2026, 12, 3, 15)
    came(desk, person, datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12))
    day_before = LeaveAsked(
        mediator_id=person, first_day=date(2026, 12, 2), first_half=AM, last_half=AM, reason="private"
    )
    desk.do(note_absence, day_before)
    line = line_of(ledger_of(desk), person)
    assert {what: line.number(what) for what in What if line.number(what)} == {
        What.PLANNED: 4,
        What.KEPT: 1,
        What.ABSENT: 1,
        What.UNRECORDED: 1,
    }
    assert told(desk, person, What.ABSENT) == ["周三上午 律师，缺勤（事假）"]
    assert told(desk, person, What.UNRECORDED) == ["周四上午 律师"]


def test_weekends_and_unpopular_half_days_go_to_who_carried_them(duty: Duty) -> None:
    duty.desk.write(_also_open_on_saturday)
    post = duty.post()
    away, stand_in = duty.people(["王芳", "李平"])
    duty.published(*(Placing(each, post, away) for each in (at(5), at(12), at(4, PM), at(7))))
    duty.leave(away, at(12), reason="sick", substitute_id=stand_in)
    ledger = ledger_of(duty.desk)
    assert [line_of(ledger, each).number(What.WEEKEND) for each in (away, stand_in)] == [1, 1]
    assert [line_of(ledger, each).number(What.UNPOPULAR) for each in (away, stand_in)] == [2, 1]
    assert [line_of(ledger, each).number(What.SUBSTITUTED) for each in (away, stand_in)] == [0, 1]
    assert {line.name for line in ledger.most(What.WEEKEND)} == {"王芳", "李平"}
    assert told(duty.desk, stand_in, What.WEEKEND) == ["周六上午 律师，代王芳"]
    assert told(duty.desk, away, What.ABSENT) == ["周六上午 律师，请假（病假）"]


def _also_open_on_saturday(records: Records) -> None:
    records.centre.get().opening_pattern = ["mon_am", "fri_pm", "sat_am"]


def test_a_withdrawn_leave_counts_for_nothing(duty: Duty) -> None:
    post, person = duty.post(), duty.person("王芳")
    duty.published(Placing(at(7), post, person))
    leave = duty.leave(person, at(7))
    assert leave.id is not None
    duty.desk.do(withdraw_leave, leave.id)
    assert line_of(ledger_of(duty.desk), person).number(What.ABSENT) == 0


def test_standing_in_for_a_standing_person_counts_on_open_half_days_of_their_week(duty: Duty) -> None:
    stand_in = duty.person("李平")
    duty.leave(APPOINTED, at(4, PM), at(7), substitute_id=stand_in)
    assert told(duty.desk, stand_in, What.SUBSTITUTED) == [
        "周一上午 代赵和",
        "周五下午 代赵和",
    ]


def test_of_two_leaves_for_a_half_day_the_first_recorded_counts(duty: Duty) -> None:
    post, person = duty.post(), duty.person("王芳")
    duty.published(Placing(at(7), post, person))
    duty.desk.now = AFTERWARDS
    asked = LeaveAsked(mediator_id=person, first_day=date(2026, 12, 7), reason="private")
    duty.desk.do(note_absence, asked)
    duty.desk.write(lambda records: _leave_behind_its_back(records, person))
    assert told(duty.desk, person, What.ABSENT) == ["周一上午 律师，缺勤（事假）"]


def _leave_behind_its_back(records: Records, person: int) -> None:
    from mediation_desk.domain.presence import Leave

    day = date(2026, 12, 7)
    records.presence.add(Leave(mediator_id=person, first_day=day, last_day=day, by_id=1, recorded_at=NOW))


def test_a_swap_counts_for_both_whichever_half_lies_in_the_time(duty: Duty) -> None:
    post = duty.post()
    asker, taker = duty.people(["王芳", "李平"])
    swap = duty.swap(Placing(at(7), post, asker), taker, Placing(at(14, PM), post, taker))
    swap.state = SwapState.DONE
    refused = duty.swap(Placing(at(8), post, asker), taker)
    refused.state = SwapState.REFUSED
    for each in (swap, refused):
        duty.desk.write(_add, each)
    whole, later = ledger_of(duty.desk), ledger_of(duty.desk, date(2026, 12, 10))
    swapped = (What.SWAPPED_AWAY, What.SWAPPED_IN)
    assert [line_of(whole, each).number(what) for each in (asker, taker) for what in swapped] == [1, 1, 1, 1]
    assert [line_of(later, each).number(what) for each in (asker, taker) for what in swapped] == [0, 1, 1, 0]
    assert told(duty.desk, asker, What.SWAPPED_AWAY) == ["周一上午 换给李平"]
    assert told(duty.desk, asker, What.SWAPPED_IN) == ["周一下午 接自李平"]


def _add(records: Records, swap: SwapRequest) -> None:
    records.rosters.add(swap)


def test_calls_are_counted_by_their_answer_and_declining_touches_nothing_else(desk: Desk) -> None:
    case_id = desk.assigned()
    called(desk, ON_CALL, CallAnswer.ACCEPTED, 4, case_id=case_id)
    called(desk, ON_CALL, CallAnswer.DECLINED, 10, purpose="心理疏导")
    called(desk, ON_CALL, CallAnswer.NO_ANSWER, None)
    line = line_of(ledger_of(desk), ON_CALL)
    assert {what: line.number(what) for what in What if line.number(what)} == {
        What.CALLED: 3,
        What.ACCEPTED: 1,
        What.DECLINED: 1,
        What.NO_ANSWER: 1,
    }
    assert line.median_minutes == 7
    assert told(desk, ON_CALL, What.DECLINED) == ["09:00呼叫，谢绝，心理疏导"]
    assert told(desk, ON_CALL, What.ACCEPTED)[0].startswith("09:00呼叫，接受 张三与李四")


def test_cases_are_counted_by_difficulty_and_open_themselves(desk: Desk) -> None:
    simple = desk.assigned()
    many = desk.assigned(people_involved=10)
    dear = desk.accepted(claimed_fen=10_000_000)
    desk.do(assign, dear, Choice(mediator_id=APPOINTED))
    closed = desk.closed()
    line = line_of(ledger_of(desk, TODAY, TODAY), APPOINTED)
    assert {what: line.number(what) for what in CASES} == {
        What.ASSIGNED_SIMPLE: 2,
        What.ASSIGNED_COMPLEX: 2,
        What.OPEN_SIMPLE: 1,
        What.OPEN_COMPLEX: 2,
        What.CLOSED_SIMPLE: 1,
        What.CLOSED_COMPLEX: 0,
    }
    with desk.database.reading() as records:
        found = {
            what: {each.case_id for each in entries(records, desk.act, APPOINTED, TODAY, TODAY, what)} for what in CASES
        }
    assert found[What.OPEN_COMPLEX] == found[What.ASSIGNED_COMPLEX] == {many, dear}
    assert found[What.ASSIGNED_SIMPLE] == {simple, closed}
    assert (found[What.OPEN_SIMPLE], found[What.CLOSED_SIMPLE]) == ({simple}, {closed})


def test_a_case_counts_as_open_as_it_was_at_the_end_of_the_time(desk: Desk) -> None:
    desk.closed()
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert line_of(ledger_of(desk, before, after), APPOINTED).number(What.OPEN_SIMPLE) == 0
    desk.assigned()
    assert line_of(ledger_of(desk, before, before), APPOINTED).number(What.OPEN_SIMPLE) == 0
    assert line_of(ledger_of(desk, after, after), APPOINTED).number(What.OPEN_SIMPLE) == 1


def test_every_number_is_as_many_as_its_entries(duty: Duty) -> None:
    desk = duty.desk
    post = duty.post("律师", "lawyer", needed=3)
    ids = duty.people(["王芳", "李平", "赵青", "钱蓝"])
    duty.published(*(Placing(at(day, half), post, ids[day % 4]) for day in WEEKDAYS for half in (AM, PM)))
    duty.leave(ids[1], at(9), at(14, PM), substitute_id=ids[0])
    called(desk, ON_CALL, CallAnswer.ACCEPTED, 4)
    called(desk, ON_CALL, CallAnswer.WITHDRAWN, None)
    desk.closed()
    desk.assigned(people_involved=30)
    desk.now = AFTERWARDS
    came(desk, ids[2], datetime(2026, 12, 2, 9))
    ledger = ledger_of(desk, TODAY, LAST)
    for what in What:
        for line in ledger.lines:
            assert line.number(what) == len(told(desk, line.mediator_id, what, TODAY)), (what, line.name)
        assert ledger.total.number(what) == len(told(desk, None, what, TODAY))
        assert ledger.total.number(what) == sum(line.number(what) for line in ledger.lines)
    assert told(desk, None, What.KEPT, TODAY)[0].startswith("赵青 周三下午")


def test_who_left_before_the_time_is_not_in_it_unless_there_is_something_to_show(duty: Duty) -> None:
    post = duty.post()
    gone, late = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, gone))
    desk = duty.desk

    def leave_and_come(records: Records) -> None:
        records.mediators.get(gone).left_on = date(2026, 12, 20)
        records.mediators.get(late).joined_on = date(2027, 2, 1)

    desk.write(leave_and_come)
    assert {line.mediator_id for line in ledger_of(desk).lines} >= {gone}
    names = {line.name for line in ledger_of(desk, date(2027, 1, 1), date(2027, 1, 31)).lines}
    assert names.isdisjoint({"王芳", "李平"})


def test_the_numbers_of_each_month_stand_by_themselves(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(*(Placing(at(day), post, one) for day in (1, 7)), Placing(at(8), post, other))
    january = date(2027, 1, 1)
    duty.published(Placing(at(5, month=january), post, one), month=january)
    first, last = date(2026, 12, 7), date(2027, 1, 31)
    with duty.desk.database.reading() as records:
        lines = lines_by_month(records, duty.desk.act, first, last)
    planned = [(line.name, line.month, line.number(What.PLANNED)) for line in lines if line.mediator_id in (one, other)]
    assert planned == [("王芳", MONTH, 1), ("王芳", january, 1), ("李平", MONTH, 1), ("李平", january, 0)]
    whole = line_of(ledger_of(duty.desk, first, last), one)
    assert (whole.month, whole.number(What.PLANNED)) == (None, 2)


def test_an_empty_time_has_lines_of_nothing(desk: Desk) -> None:
    ledger = ledger_of(desk)
    assert {line.name for line in ledger.lines} == {"赵和", "钱平", "孙律"}
    assert ledger.most(What.WEEKEND) == []
    assert (ledger.total.number(What.PLANNED), ledger.total.median_minutes) == (0, None)


def test_the_ledger_takes_few_statements_however_many_people(duty: Duty) -> None:
    post = duty.post()
    ids = duty.people(f"王芳{number}" for number in range(20))
    duty.published(*(Placing(at(day), post, person) for day, person in zip(WEEKDAYS, ids, strict=False)))
    with statements(duty.desk.database) as sent:
        ledger_of(duty.desk)
    assert len([each for each in sent if each.startswith("SELECT")]) <= 13


def test_a_mistaken_coming_is_no_coming(duty: Duty) -> None:
    post, person = duty.post(), duty.person("王芳")
    duty.published(Placing(at(7), post, person))
    duty.desk.now = AFTERWARDS
    moment = datetime(2026, 12, 7, 9)
    row = {
        "centre_id": 1,
        "mediator_id": person,
        "day": moment.date(),
        "came_at": moment,
        "left_at": moment,
        "by_id": 1,
    }
    duty.desk.write(lambda records: records.connection.execute(insert(attendances).values(**row)))
    line = line_of(ledger_of(duty.desk), person)
    assert (line.number(What.KEPT), line.number(What.UNRECORDED)) == (0, 1)


def test_half_days_of_rows_and_of_the_domain_are_the_same() -> None:
    assert {HalfDay(MONTH, AM)} == {(MONTH, "am")}
