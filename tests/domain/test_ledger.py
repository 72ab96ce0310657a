"""Half-days, calls and their words in the ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from mediation_desk.domain.call_out import CallAnswer
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.ledger import (
    CALLS,
    CASES,
    DUTIES,
    MEANINGS,
    Away,
    Duties,
    Terms,
    What,
    call_in_words,
    median_minutes,
    stand_ins,
)

SATURDAY = HalfDay(date(2026, 12, 5), Half.AM)
MONDAY = HalfDay(date(2026, 12, 7), Half.AM)
TERMS = Terms({SATURDAY}, {SATURDAY}, HalfDay(date(2026, 12, 8), Half.AM))


@dataclass
class Called:
    answer: CallAnswer
    called_at: datetime = datetime(2026, 12, 1, 9, 5)
    answered_at: datetime | None = None
    late: bool = False
    reason: str = ""
    purpose: str = ""


def test_every_number_is_of_one_kind_and_has_a_meaning() -> None:
    assert {*DUTIES, *CALLS, *CASES} == set(What) == set(MEANINGS)
    assert len(DUTIES) + len(CALLS) + len(CASES) == len(What)


def test_who_was_away_carried_nothing_and_who_stood_in_did() -> None:
    people = {1: Duties(planned={SATURDAY: "律师岗"}, away={SATURDAY: Away("请假", 2)}), 2: Duties()}
    stand_ins(people, {1: "王芳"})
    weekends = {number: len(own.counted(What.WEEKEND, TERMS)) for number, own in people.items()}
    assert weekends == {1: 0, 2: 1}
    assert people[2].told(What.SUBSTITUTED, SATURDAY) == "律师岗，代王芳"
    assert people[1].told(What.ABSENT, SATURDAY) == "律师岗，请假"


def test_nobody_stands_in_where_nobody_was_named_or_known() -> None:
    people = {1: Duties(planned={SATURDAY: "甲", MONDAY: "甲"}, away={SATURDAY: Away("请假"), MONDAY: Away("请假", 9)})}
    stand_ins(people, {1: "王芳"})
    assert people[1].stood_in == {}


def test_who_serves_and_stands_in_at_once_has_both_told() -> None:
    own = Duties(planned={SATURDAY: "律师岗"}, stood_in={SATURDAY: "律师岗，代王芳"})
    assert len(own.counted(What.WEEKEND, TERMS)) == 1
    assert own.told(What.WEEKEND, SATURDAY) == "律师岗"
    assert own.told(What.SUBSTITUTED, SATURDAY) == "律师岗，代王芳"


def test_minutes_count_only_where_somebody_answered() -> None:
    accepted = Called(CallAnswer.ACCEPTED, answered_at=datetime(2026, 12, 1, 9, 9))
    declined = Called(CallAnswer.DECLINED, answered_at=datetime(2026, 12, 1, 9, 25))
    silent = Called(CallAnswer.NO_ANSWER, answered_at=datetime(2026, 12, 1, 9, 20))
    assert median_minutes([accepted, declined, silent]) == 12
    assert median_minutes([silent]) is None


def test_a_call_in_words_says_answer_lateness_reason_and_purpose() -> None:
    call = Called(CallAnswer.DECLINED, late=True, reason="出庭", purpose="心理疏导")
    assert call_in_words(call) == "09:05呼叫，谢绝，超时后答复，出庭，心理疏导"
