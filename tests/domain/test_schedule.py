"""The due parts of an obligation and how far they are performed."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.agreement import Instalment, Obligation, ObligationKind, Performance, PerformanceState
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.schedule import DuePart, schedule_on, state_on

DAYS = [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
NOT_DUE, DUE, PARTLY, LATE, DONE, ON_THE_SPOT, NOT_NEEDED = (
    PerformanceState.NOT_DUE,
    PerformanceState.DUE,
    PerformanceState.PARTLY,
    PerformanceState.LATE,
    PerformanceState.DONE,
    PerformanceState.ON_THE_SPOT,
    PerformanceState.NOT_NEEDED,
)


def paid(*amounts: int) -> list[Performance]:
    at = datetime(2026, 12, 1, 9)
    return [Performance(done_on=at.date(), amount_fen=amount, by_id=1, recorded_at=at) for amount in amounts]


def in_three_parts(*payments: int) -> Obligation:
    parts = [Instalment(due_on=day, amount_fen=100_000) for day in reversed(DAYS)]
    return Obligation(no=1, amount_fen=300_000, instalments=parts, performances=paid(*payments))


def states(obligation: Obligation, day: date) -> list[PerformanceState]:
    return [part.state for part in schedule_on(obligation, day)]


def test_parts_come_in_the_order_of_their_dates() -> None:
    assert [part.due_on for part in schedule_on(in_three_parts(), DAYS[0])] == DAYS


def test_what_was_paid_covers_the_earliest_part_first() -> None:
    assert states(in_three_parts(150_000), date(2026, 12, 15)) == [DONE, PARTLY, NOT_DUE]


def test_a_part_is_due_on_its_day_and_late_after_it() -> None:
    assert states(in_three_parts(50_000), DAYS[1]) == [LATE, DUE, NOT_DUE]


def test_all_is_done_when_all_is_paid() -> None:
    assert states(in_three_parts(100_000, 200_000), DAYS[2]) == [DONE] * 3


def test_what_is_done_on_the_spot_has_no_day() -> None:
    owed = Obligation(no=1, amount_fen=100, at_once=True)
    assert schedule_on(owed, DAYS[0]) == [DuePart(None, 100, NOT_DUE)]
    owed.performances = paid(100)
    assert schedule_on(owed, DAYS[0]) == [DuePart(None, 100, ON_THE_SPOT, 100)]


def test_an_act_is_late_until_somebody_reports_it() -> None:
    act = Obligation(no=1, kind=ObligationKind.ACT, what="修复水管", due_on=DAYS[0])
    assert states(act, DAYS[1]) == [LATE]
    act.performances = [Performance(done_on=DAYS[1], by_id=1, recorded_at=datetime(2027, 1, 1))]
    assert states(act, DAYS[1]) == [DONE]


def waived(obligation: Obligation) -> Obligation:
    obligation.waived_on, obligation.waived_reason = DAYS[0], "李四：不要了"
    return obligation


def test_what_is_waived_need_not_be_performed_but_what_was_paid_stays_paid() -> None:
    obligation = waived(in_three_parts(120_000))
    assert states(obligation, DAYS[2]) == [DONE, NOT_NEEDED, NOT_NEEDED]
    assert schedule_on(obligation, DAYS[2])[1].paid_fen == 20_000


@pytest.mark.parametrize(
    ("obligation", "day", "state"),
    [
        (in_three_parts(), date(2026, 11, 1), NOT_DUE),
        (in_three_parts(50_000), date(2026, 11, 1), PARTLY),
        (in_three_parts(100_000), date(2026, 12, 15), PARTLY),
        (in_three_parts(), DAYS[0], DUE),
        (in_three_parts(100_000), DAYS[2], LATE),
        (in_three_parts(300_000), DAYS[2], DONE),
        (Obligation(no=1, amount_fen=100, at_once=True), DAYS[0], NOT_DUE),
        (Obligation(no=1, amount_fen=100, at_once=True, performances=paid(100)), DAYS[0], ON_THE_SPOT),
        (waived(in_three_parts(50_000)), DAYS[2], NOT_NEEDED),
        (waived(in_three_parts(300_000)), DAYS[2], DONE),
    ],
)
def test_the_whole_is_as_far_as_what_presses_most(obligation: Obligation, day: date, state: PerformanceState) -> None:
    assert state_on(obligation, day) is state


def test_every_word_of_the_statistics_is_a_state(rules: Rules) -> None:
    table = rules.table("performance_state")
    assert {code.code for code in table.codes} == set(PerformanceState) - {DUE}
