"""The indicators: who is counted when, what prints, and that nobody is counted twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.indicators import (
    DEFINITIONS,
    STATUTORY_PATHS,
    Confirmable,
    Indicator,
    Mediated,
    More,
    PetitionItem,
    Promised,
    Rate,
    Timed,
    expired_windows,
    in_time,
    k1,
    k2,
    k3,
    k4,
    k4_by_domain,
    k9,
    k9_closing,
    k10,
    k11,
    k12,
    k13,
    percent,
    with_more_time,
)
from mediation_desk.domain.report_period import Span, month_of, year_of

REGISTERED = date(2026, 3, 2)
MARCH = month_of(REGISTERED)
TODAY = date(2026, 3, 20)


def day(number: int, since: date = REGISTERED) -> date:
    """The so-many-th day after registration."""
    return since + timedelta(days=number)


def item(case_id: int = 1, registered_on: date = REGISTERED, **facts: Any) -> PetitionItem:
    told: dict[str, Any] = {"kind": "redress_claim", "handle_by": registered_on + timedelta(days=15)}
    return PetitionItem(case_id=case_id, registered_on=registered_on, **told | facts)


# ---- printing


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (0, 0, "—"),
        (0, 3, "0.00%"),
        (2, 4, "50.00%"),
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 20_000, "0.01%"),  # 0.005, half up
        (95, 106, "89.62%"),
        (842, 869, "96.89%"),
        (6217, 6368, "97.63%"),
        (5, 5, "100.00%"),
        (99_999, 100_000, "99.99%"),
        (9_999, 10_000, "99.99%"),
    ],
)
def test_a_rate_prints_two_decimals_half_up_and_never_a_hundred_that_is_not_one(
    numerator: int, denominator: int, text: str
) -> None:
    assert percent(numerator, denominator) == text


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_hundred_per_cent_is_printed_for_all_of_them_alone(denominator: int, less: int) -> None:
    numerator = max(denominator - less, 0)
    assert (percent(numerator, denominator) == "100.00%") is (numerator == denominator)


def test_every_indicator_says_what_it_counts() -> None:
    assert DEFINITIONS.keys() == set(Indicator)
    assert all(text.endswith("。") for text in DEFINITIONS.values())
    assert Rate(Indicator.K9, [1], [1, 2]).definition == DEFINITIONS[Indicator.K9]


# ---- K1


FIVE = [
    item(1, handled_on=day(1)),
    item(2, handled_on=day(15)),
    item(3, handled_on=day(16)),
    item(4),
    item(5, registered_on=day(10)),
]
"""A handled on day 1, B on day 15, C on day 16; D open and over its time; E open and not yet due."""


def test_the_five_items_of_the_definition_give_one_half() -> None:
    rate = k1(FIVE, MARCH, TODAY)
    assert (rate.met, rate.counted, rate.text) == ([1, 2], [1, 2, 3, 4], "50.00%")


def test_an_item_in_time_counts_on_the_day_it_was_handled_and_a_late_one_on_its_last_day() -> None:
    last_day = day(15)
    assert k1(FIVE, Span(day(1), day(1)), TODAY).counted == [1]
    assert k1(FIVE, Span(last_day, last_day), TODAY).counted == [2, 3, 4]
    assert k1(FIVE, Span(day(16), day(16)), TODAY).counted == []


def test_of_whom_nothing_can_be_told_nobody_is_counted() -> None:
    unclear = [replace(each, contact_clear=False) for each in FIVE]
    assert k1(unclear, MARCH, TODAY).text == "—"


def test_what_is_due_today_may_still_be_done_today() -> None:
    due_today = day(15)
    assert k1([item()], MARCH, due_today).denominator == 0
    assert k1([item()], MARCH, due_today + timedelta(days=1)).text == "0.00%"
    assert k1([item(handled_on=due_today)], MARCH, due_today).text == "100.00%"


def test_the_report_of_a_closed_period_does_not_change_when_somebody_acts_late() -> None:
    before = k1([item()], MARCH, date(2026, 5, 1))
    after = k1([item(handled_on=date(2026, 4, 30))], MARCH, date(2026, 5, 1))
    assert before == after


_DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(_DAYS, st.none() | st.integers(0, 60)), max_size=30))
def test_every_item_is_counted_exactly_once_in_all_the_months_together(
    starts: list[tuple[date, int | None]],
) -> None:
    items = [
        Timed(number, start + timedelta(days=15), None if after is None else start + timedelta(days=after))
        for number, (start, after) in enumerate(starts)
    ]
    months = [month_of(date(2026 + at // 12, at % 12 + 1, 1)) for at in range(16)]
    today = date(2028, 1, 1)
    rates = [in_time(Indicator.K1, items, month, today) for month in months]
    assert sorted(case_id for rate in rates for case_id in rate.counted) == list(range(len(items)))
    for rate in rates:
        assert set(rate.met) <= set(rate.counted)


# ---- K2


def test_a_claim_led_into_its_path_counts_once_something_was_done_there() -> None:
    claims = [
        item(1, triaged_on=day(1), path="P4a", path_act_on=day(2)),
        item(2, triaged_on=day(1), path="P4a"),
        item(3, triaged_on=day(1), path="P6", path_act_on=day(2)),
        item(4, triaged_on=day(1), path="M1", path_act_on=day(2)),
        item(5, triaged_on=date(2026, 2, 28), path="P1", path_act_on=day(2)),
        item(6, path="P1", path_act_on=day(2)),
        item(7, kind="suggestion", triaged_on=day(1), path="N2", path_act_on=day(2)),
    ]
    rate = k2(claims, MARCH)
    assert (rate.met, rate.counted) == ([1], [1, 2, 3, 4])
    assert k2(claims, MARCH, paths=STATUTORY_PATHS | {"M1"}).met == [1, 4]


def test_every_path_of_article_31_before_the_last_is_a_statutory_one() -> None:
    assert {"P1", "P2", "P3", "P4a", "P4b", "P4c", "P5"} == STATUTORY_PATHS


# ---- K3


DUE = day(60)


def test_more_time_counts_only_if_it_was_approved_before_the_old_end() -> None:
    more = More(approved_on=DUE, until=DUE + timedelta(days=30))
    assert with_more_time(DUE, [more]) == DUE + timedelta(days=30)
    late = More(approved_on=DUE + timedelta(days=1), until=DUE + timedelta(days=30))
    assert with_more_time(DUE, [late]) == DUE
    further = More(approved_on=DUE + timedelta(days=30), until=DUE + timedelta(days=45))
    assert with_more_time(DUE, [further, more]) == DUE + timedelta(days=45)
    assert with_more_time(DUE, [further, late]) == DUE


def test_finished_within_the_time_as_it_was_lengthened_is_in_time() -> None:
    finished_on = DUE + timedelta(days=10)
    in_order = item(1, finish_by=DUE, finished_on=finished_on, more_time=(More(DUE, DUE + timedelta(days=30)),))
    too_late = replace(in_order, case_id=2, more_time=(More(finished_on, DUE + timedelta(days=30)),))
    today = DUE + timedelta(days=90)
    rate = k3([in_order, too_late], year_of(DUE), today)
    assert (rate.met, rate.counted, rate.text) == ([1], [1, 2], "50.00%")
    assert k3([in_order, too_late], Span(finished_on, finished_on), today).counted == [1]
    assert k3([in_order, too_late], Span(DUE, DUE), today).counted == [2]


def test_open_items_that_are_not_yet_due_are_in_neither_part() -> None:
    assert k3([item(finish_by=DUE)], year_of(DUE), DUE).text == "—"
    assert k3([item(finish_by=DUE)], year_of(DUE), DUE + timedelta(days=1)).text == "0.00%"
    assert k3([item()], year_of(DUE), DUE).text == "—"  # nothing runs yet


# ---- K4


def test_the_second_time_and_more_are_repetitions() -> None:
    items = [
        item(1),
        item(2, repeat_seq=2),
        item(3, repeat_seq=3),
        item(4, registered_on=date(2026, 4, 1), repeat_seq=2),
    ]
    rate = k4(items, MARCH)
    assert (rate.met, rate.counted, rate.text) == ([2, 3], [1, 2, 3], "66.67%")
    assert k4([], MARCH).text == "—"


def test_repetitions_are_told_by_domain_the_worst_first() -> None:
    items = [item(1, domain="10"), item(2, domain="04", repeat_seq=2), item(3, domain="04"), item(4, domain="10")]
    april = item(5, domain="01", registered_on=date(2026, 4, 1))
    rates = k4_by_domain([*items, april], MARCH)
    assert [(domain, rate.text) for domain, rate in rates.items()] == [("04", "50.00%"), ("10", "0.00%")]


# ---- K9, K12, K13


def mediated(case_id: int, result: str = "", taken: int | None = None, **facts: Any) -> Mediated:
    told: dict[str, Any] = {
        "accepted_on": REGISTERED,
        "ended_on": None if taken is None else day(taken),
        "due_on": day(30),
    }
    return Mediated(case_id=case_id, result=result, **told | facts)


MEDIATED = [
    mediated(1, OutcomeKind.WRITTEN, 3),
    mediated(2, OutcomeKind.ORAL, 8),
    mediated(3, OutcomeKind.FAILED, 31),
    mediated(4, OutcomeKind.WITHDRAWN, 2),
    mediated(5),
    mediated(6, OutcomeKind.WRITTEN, 5, accepted_on=date(2026, 2, 27)),
]


def test_success_is_told_of_what_came_in_and_of_what_ended() -> None:
    of_accepted = k9(MEDIATED, MARCH)
    assert (of_accepted.met, of_accepted.counted, of_accepted.text) == ([1, 2], [1, 2, 3, 4, 5], "40.00%")
    of_ended = k9_closing(MEDIATED, MARCH)
    assert (of_ended.met, of_ended.counted) == ([1, 2, 6], [1, 2, 6])
    assert k9_closing(MEDIATED, year_of(REGISTERED)).text == "75.00%"


def test_mediation_that_ends_by_its_day_is_in_time() -> None:
    rate = k12(MEDIATED, year_of(REGISTERED), date(2026, 6, 1))
    assert (rate.met, rate.counted) == ([1, 2, 4, 6], [1, 2, 3, 4, 5, 6])
    assert k12([mediated(1, due_on=None)], year_of(REGISTERED), date(2026, 6, 1)).text == "—"  # it stands still


def test_the_days_of_mediation_have_a_mean_and_a_median() -> None:
    days = k13(MEDIATED, MARCH)
    assert (days.cases, days.mean, days.median) == ([1, 2, 4, 6], "5.3", "5.5")  # 3, 8, 2, 8
    assert k13([], MARCH) == ((), "—", "—")


# ---- K10, K11


def test_performance_is_told_by_agreement_and_by_amount() -> None:
    promised = [
        Promised(1, day(1), is_performed=True, owed_fen=100_000, paid_fen=100_000),
        Promised(2, day(2), is_performed=False, owed_fen=300_000, paid_fen=50_000),
        Promised(3, date(2026, 4, 1), is_performed=False, owed_fen=100, paid_fen=0),
        Promised(4, day(3), is_performed=True, owed_fen=0, paid_fen=0),
    ]
    by_agreement, by_amount = k10(promised, MARCH)
    assert (by_agreement.met, by_agreement.counted, by_agreement.text) == ([1, 4], [1, 2, 4], "66.67%")
    assert (by_amount.numerator, by_amount.denominator, by_amount.text) == (150_000, 400_000, "37.50%")
    assert [rate.text for rate in k10([], MARCH)] == ["—", "—"]


def test_confirmation_is_told_of_agreements_that_took_effect_and_missed_windows_apart() -> None:
    agreements = [
        Confirmable(1, day(1), day(31), asked=True, confirmed=True),
        Confirmable(2, day(1), day(31), asked=True, confirmed=False),
        Confirmable(3, date(2026, 2, 1), day(1), asked=False, confirmed=False),
        Confirmable(4, date(2026, 2, 1), day(1), asked=True, confirmed=False),
    ]
    assert k11(agreements, MARCH).text == "50.00%"
    assert expired_windows(agreements, MARCH, TODAY) == [3]
    assert expired_windows(agreements, MARCH, day(1)) == []  # until the end of the day


@pytest.mark.parametrize("rate", [lambda: k1([], MARCH, TODAY), lambda: k2([], MARCH), lambda: k9([], MARCH)])
def test_a_rate_of_nothing_is_no_rate(rate: Callable[[], Rate]) -> None:
    assert (rate().numerator, rate().denominator, rate().text) == (0, 0, "—")
