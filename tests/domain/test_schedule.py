"""The due parts of an obligation and how far they are performed."""

from datetime import date, datetime

from mediation_desk.domain.agreement import Instalment, Obligation, ObligationKind, Performance, PerformanceState
from mediation_desk.domain.schedule import schedule_on

DAYS = [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
NOT_DUE, DUE, PARTLY, LATE, DONE = (
    PerformanceState.NOT_DUE,
    PerformanceState.DUE,
    PerformanceState.PARTLY,
    PerformanceState.LATE,
    PerformanceState.DONE,
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
    assert schedule_on(owed, DAYS[0]) == [(None, 100, NOT_DUE)]
    owed.performances = paid(100)
    assert schedule_on(owed, DAYS[0]) == [(None, 100, DONE)]


def test_an_act_is_late_until_somebody_reports_it() -> None:
    act = Obligation(no=1, kind=ObligationKind.ACT, what="修复水管", due_on=DAYS[0])
    assert states(act, DAYS[1]) == [LATE]
    act.performances = [Performance(done_on=DAYS[1], by_id=1, recorded_at=datetime(2027, 1, 1))]
    assert states(act, DAYS[1]) == [DONE]
