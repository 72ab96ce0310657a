"""Every time limit of a case follows from its facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from mediation_desk.domain.case import Case, DecisionKind, OutcomeKind, Triage
from mediation_desk.domain.case_clocks import clocks_of, open_stop, running_clock, suspension
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.procedure_clock import Clock, mediation_period
from mediation_desk.domain.referral import Direction, ReferralKind, ReferralStepKind
from mediation_desk.domain.rules import Rules, Unit
from mediation_desk.domain.time_facts import ClockKind
from tests.domain import wall_calendar
from tests.domain.casework import (
    a_case,
    close,
    decide,
    end,
    extend,
    in_effect,
    order,
    petition,
    recorded,
    referral,
    stop,
)

REQUESTED, ACCEPTED = date(2026, 2, 26), date(2026, 3, 2)
_DAY = timedelta(days=1)


def clock_of(case: Case, rules: Rules, kind: ClockKind) -> Clock:
    [clock] = [each for each in clocks_of(case, rules) if each.kind is kind]
    return clock


def mediated(**facts: object) -> Case:
    case = a_case(REQUESTED, **facts)
    decide(case, ACCEPTED)
    return case


def test_a_new_case_waits_for_a_decision_and_nothing_else(rules: Rules) -> None:
    [clock] = clocks_of(a_case(REQUESTED), rules)
    assert (clock.kind, clock.ends_on, clock.is_running) == (ClockKind.ACCEPTANCE, date(2026, 3, 2), True)


def test_the_first_decision_ends_it_whatever_it_was(rules: Rules) -> None:
    case = a_case(REQUESTED)
    decide(case, date(2026, 2, 28), DecisionKind.NOT_ACCEPTED)
    decide(case, date(2026, 3, 20))
    clock = clock_of(case, rules, ClockKind.ACCEPTANCE)
    assert (clock.met_on, clock.met_by) == (date(2026, 2, 28), "不予受理")


def test_what_came_back_has_to_be_decided_on_anew(rules: Rules) -> None:
    case = a_case(REQUESTED)
    decide(case, date(2026, 2, 27), DecisionKind.HANDED_OVER)
    case.referrals.append(referral(date(2026, 2, 27), (ReferralStepKind.RETURNED, date(2026, 3, 9))))
    first, anew = (each for each in clocks_of(case, rules) if each.kind is ClockKind.ACCEPTANCE)
    assert (first.met_by, anew.started_on, anew.ends_on) == ("转办", date(2026, 3, 9), date(2026, 3, 12))
    assert anew.is_running
    decide(case, date(2026, 3, 10))
    assert clock_of(case, rules, ClockKind.ACCEPTANCE).met_by == "转办"


def test_mediation_ends_with_its_outcome(rules: Rules) -> None:
    case = mediated()
    assert running_clock(case, rules, ClockKind.MEDIATION) is not None
    end(case, date(2026, 4, 2), OutcomeKind.TERMINATED)
    clock = clock_of(case, rules, ClockKind.MEDIATION)
    assert (clock.met_on, clock.met_by, clock.is_late(date(2026, 4, 2))) == (date(2026, 4, 2), "终止调解", True)
    assert running_clock(case, rules, ClockKind.MEDIATION) is None


def test_a_case_that_was_closed_without_an_end_is_not_late_for_ever(rules: Rules) -> None:
    undecided, case = a_case(REQUESTED), mediated()
    for each in (undecided, case):
        close(each, date(2026, 3, 20))
    assert clock_of(undecided, rules, ClockKind.ACCEPTANCE).met_by == "结案"
    clock = clock_of(case, rules, ClockKind.MEDIATION)
    assert (clock.met_on, clock.met_by, clock.is_late(date(2027, 1, 1))) == (date(2026, 3, 20), "结案", False)


def test_a_petition_runs_on_in_a_closed_case_until_it_is_finished(rules: Rules) -> None:
    case = a_case(REQUESTED, petition=petition(REQUESTED, (PetitionStepKind.NOTICE, ACCEPTED)))
    close(case, date(2026, 3, 20))
    assert clock_of(case, rules, ClockKind.PETITION).is_running


def test_a_case_taken_up_again_begins_anew_with_nothing_of_the_time_before(rules: Rules) -> None:
    case = mediated()
    stop(case, date(2026, 3, 10), None)
    extend(case, 15, date(2026, 3, 12))
    assert clock_of(case, rules, ClockKind.MEDIATION).ends_on is None
    end(case, date(2026, 4, 20))
    decide(case, date(2026, 5, 6))
    clock = clock_of(case, rules, ClockKind.MEDIATION)
    assert (clock.started_on, clock.stops, clock.further) == (date(2026, 5, 6), (), 0)
    assert (clock.ends_on, open_stop(case, ClockKind.MEDIATION)) == (date(2026, 6, 5), None)
    stop(case, date(2026, 5, 11), date(2026, 5, 20))
    extend(case, 10, date(2026, 5, 21))
    assert clock_of(case, rules, ClockKind.MEDIATION).ends_on == date(2026, 6, 25)


def test_what_was_decided_after_mediation_failed_does_not_let_it_run_on(rules: Rules) -> None:
    case = mediated()
    end(case, date(2026, 3, 20))
    decide(case, date(2026, 3, 23), DecisionKind.HANDED_OVER)
    assert clock_of(case, rules, ClockKind.MEDIATION).met_by == "调解不成"


def test_a_labour_dispute_taken_up_again_does_not_run_from_the_first_request(rules: Rules) -> None:
    case = mediated(dispute_kind="1001")
    assert clock_of(case, rules, ClockKind.MEDIATION).started_on == REQUESTED
    end(case, date(2026, 3, 20))
    decide(case, date(2026, 5, 6))
    assert clock_of(case, rules, ClockKind.MEDIATION).started_on == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("source", "signed_on", "began"),
    [
        ("referral_court_pre_filing", date(2026, 2, 27), date(2026, 2, 27)),
        ("referral_court_pre_filing", date(2026, 3, 5), ACCEPTED),
        ("referral_police", date(2026, 2, 27), ACCEPTED),
    ],
)
def test_mediation_for_a_court_runs_from_the_day_its_papers_were_signed_for(
    rules: Rules, source: str, signed_on: date, began: date
) -> None:
    """法释〔2016〕14号 art. 27. Nothing lets it begin later than acceptance."""
    signed = (ReferralStepKind.SIGNED_FOR, signed_on)
    kind = ReferralKind.PRE_FILING
    case = mediated(case_source=source, referrals=[referral(REQUESTED, signed, direction=Direction.IN, kind=kind)])
    assert clock_of(case, rules, ClockKind.MEDIATION).started_on == began


def test_stops_and_extensions_are_of_one_time_limit_each(rules: Rules) -> None:
    case = mediated(petition=petition(REQUESTED, (PetitionStepKind.NOTICE, ACCEPTED)))
    extend(case, 30, date(2026, 3, 10), ClockKind.PETITION)
    stop(case, date(2026, 3, 10), date(2026, 3, 19))
    assert clock_of(case, rules, ClockKind.PETITION).ends_on == ACCEPTED + timedelta(days=90)
    assert clock_of(case, rules, ClockKind.MEDIATION).ends_on == ACCEPTED + timedelta(days=40)


def test_more_time_for_a_petition_item_ends_with_the_handling_it_was_given_for(rules: Rules) -> None:
    finished, back = (PetitionStepKind.FINISHED, date(2026, 4, 20)), (PetitionStepKind.RETURNED, date(2026, 6, 1))
    case = mediated(petition=petition(REQUESTED, (PetitionStepKind.NOTICE, ACCEPTED), finished, back))
    extend(case, 30, date(2026, 3, 10), ClockKind.PETITION)
    assert clock_of(case, rules, ClockKind.PETITION).ends_on == date(2026, 7, 31)
    extend(case, 15, date(2026, 6, 2), ClockKind.PETITION)
    assert clock_of(case, rules, ClockKind.PETITION).ends_on == date(2026, 8, 15)


def test_the_way_of_the_matter_says_whether_a_petition_has_its_sixty_days(rules: Rules) -> None:
    case = a_case(REQUESTED, petition=petition(REQUESTED, (PetitionStepKind.NOTICE, ACCEPTED)))
    case.triages.append(Triage(path="P4a", decided_on=ACCEPTED, **recorded(ACCEPTED)))
    assert ClockKind.PETITION not in {each.kind for each in clocks_of(case, rules)}


def test_every_time_limit_is_told_with_what_it_belongs_to(rules: Rules) -> None:
    case = mediated(
        petition=petition(REQUESTED, (PetitionStepKind.NOTICE, ACCEPTED)),
        referrals=[referral(REQUESTED, (ReferralStepKind.SIGNED_FOR, ACCEPTED), due_on=date(2026, 3, 31))],
        supervision_orders=[order(ACCEPTED, date(2026, 3, 9))],
        agreements=[in_effect(ACCEPTED)],
    )
    assert [(each.kind, each.no) for each in clocks_of(case, rules)] == [
        (ClockKind.ACCEPTANCE, 0),
        (ClockKind.MEDIATION, 0),
        (ClockKind.PETITION_NOTICE, 0),
        (ClockKind.PETITION, 0),
        (ClockKind.OBJECTION, 1),
        (ClockKind.FEEDBACK, 1),
        (ClockKind.SUPERVISION, 1),
        (ClockKind.CONFIRMATION, 1),
    ]


def test_a_stop_that_has_not_ended_suspends_a_case_while_mediation_goes_on(rules: Rules) -> None:
    case = mediated()
    assert suspension(case) is None
    stop(case, date(2026, 3, 10), date(2026, 3, 12))
    stop(case, date(2026, 3, 20), None, reason="房屋安全鉴定")
    suspended = suspension(case)
    assert suspended is not None
    assert suspended.since == date(2026, 3, 20)
    assert clock_of(case, rules, ClockKind.MEDIATION).stops[-1].reason == "委托鉴定或专家咨询：房屋安全鉴定"
    end(case, date(2026, 4, 20))
    assert suspension(case) is None


def test_a_clock_of_the_pc_that_was_set_back_makes_no_count_negative(rules: Rules) -> None:
    """The case was accepted by a clock that ran a day ahead; the right day comes before everything that is recorded."""
    case = mediated()
    stop(case, ACCEPTED, None)
    extend(case, 10, ACCEPTED)
    yesterday = ACCEPTED - _DAY
    for clock in clocks_of(case, rules):
        assert 0 <= clock.count.counted <= clock.count.length
        assert not clock.is_late(yesterday)
        assert len(list(clock.days(rules.holidays, yesterday))) >= 1


# --- ten thousand cases against the calendar on the wall

_COURT = ("referral_court_pre_filing", "referral_court_post_filing", "referral_court_summary")
_SOURCES = ("", "application", "referral_police", *_COURT)
_KINDS = ("02", "13", "1001", "")


def as_elsewhere(rules: Rules) -> Rules:
    """Rules of a place that counts mediation in a month, and moves a last day that is a rest day."""
    moved = {key: tuple(replace(each, rollover=True) for each in versions) for key, versions in rules.periods.items()}
    month = tuple(replace(each, length=1, unit=Unit.MONTH) for each in moved["T02"])
    return replace(rules, periods=moved | {"T02": month})


def a_random_case(draw: Random) -> tuple[Case, Callable[[date], bool | None], int, bool]:
    """A case in mediation, taken up once or twice; how it stood still since, and how it was lengthened since."""
    requested_on = date(2023, 6, 1) + timedelta(days=draw.randrange(1200))
    case = a_case(requested_on, case_source=draw.choice(_SOURCES), dispute_kind=draw.choice(_KINDS))
    if draw.random() < 0.3:
        signed = (ReferralStepKind.SIGNED_FOR, requested_on + timedelta(days=draw.randrange(6)))
        case.referrals.append(referral(requested_on, signed, direction=Direction.IN, kind=ReferralKind.PRE_FILING))
    day = requested_on
    rounds = draw.choice((1, 1, 1, 2, 3))
    for round_no in range(rounds):
        day += timedelta(days=draw.randrange(1, 20))
        decide(case, day)
        stopped: list[tuple[date, date | None]] = []
        further = 0
        for _ in range(draw.choice((0, 0, 1, 2, 3))):
            day += timedelta(days=draw.randrange(1, 15))
            until = None if draw.random() < 0.05 else day + timedelta(days=draw.randrange(12))
            stop(case, day, until)
            stopped.append((day, until))
            day = until or day
        for _ in range(draw.choice((0, 0, 0, 1, 2))):
            further += (days := draw.choice((5, 10, 30)))
            extend(case, days, day)
        if round_no < rounds - 1:
            day += timedelta(days=draw.randrange(1, 30))
            end(case, day)

    def is_stopped(day: date) -> bool | None:
        for since, until in stopped:
            if since <= day and (until is None or day <= until):
                return None if until is None else True
        return False

    return case, is_stopped, further, rounds > 1


def test_ten_thousand_cases_end_where_a_count_on_the_wall_calendar_ends(rules: Rules) -> None:
    draw = Random(20261124)
    everywhere = (rules, as_elsewhere(rules))
    seen: set[tuple[str, bool]] = set()
    for _ in range(10_000):
        rules = draw.choice(everywhere)
        case, is_stopped, further, is_anew = a_random_case(draw)
        accepted_on = case.decisions[-1].decided_on
        limit = mediation_period(rules, case.case_source, case.dispute_kind, accepted_on)
        start = accepted_on
        if not is_anew and limit.id == "T04":
            start = case.requested_on
        elif not is_anew and limit.id in ("T05", "T06", "T06b") and case.referrals:
            start = min(start, case.referrals[0].steps[0].happened_on)
        expected = wall_calendar.last_day(start, limit, rules.holidays, is_stopped, further)
        clock = running_clock(case, rules, ClockKind.MEDIATION)
        assert clock is not None
        assert clock.ends_on == expected, (start, limit.id, case.clock_stops, further)
        seen.add((limit.id, limit.rollover))
    assert seen == {(rule, moves) for rule in ("T02", "T03", "T04", "T05", "T06", "T06b") for moves in (True, False)}
