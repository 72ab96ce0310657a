"""Petition items as K1 to K4 see them, read off the facts of a case; and the definition's five items in a store."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Case
from mediation_desk.domain.day_count import Stop, count
from mediation_desk.domain.indicators import Indicator, More, with_more_time
from mediation_desk.domain.petition import Petition, PetitionStep, PetitionStepKind
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.referral import Direction, Referral, ReferralKind
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.report_period import month_of
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind, Extension
from mediation_desk.services import petition_figures
from mediation_desk.services.figures import look_at_figures
from mediation_desk.services.petition_figures import item_of, time_of
from tests.desk import Desk
from tests.domain.upstream_cases import RECORDED, TODAY, accepted, given, handed_over, petitioned, related, routed
from tests.store.test_indicators import BY, add

RECEIVED = TODAY - timedelta(days=30)
DUE = date(2026, 12, 22)


def step(kind: PetitionStepKind, day: date) -> PetitionStep:
    return PetitionStep(kind=kind, happened_on=day, **RECORDED)


def sent(day: date, kind: ReferralKind = ReferralKind.FORWARD, **facts: Any) -> Referral:
    told: dict[str, Any] = {"no": 1, "direction": Direction.OUT, "unit": "区住建委"}
    return Referral(kind=kind, sent_on=day, **told | facts, **RECORDED)


def case_with(rules: Rules, *steps: PetitionStep, **facts: Any) -> tuple[Case, Petition]:
    petition = petitioned(received_on=RECEIVED, steps=list(steps), domain="04")
    case = given(rules, id=7, petition=petition, **facts).case
    return case, petition


def test_an_item_is_to_be_handled_within_fifteen_days_of_its_coming(rules: Rules) -> None:
    item = item_of(*case_with(rules), rules)
    assert (item.case_id, item.kind, item.domain, item.contact_clear) == (7, "redress_claim", "04", True)
    assert (item.registered_on, item.handle_by, item.handled_on) == (RECEIVED, RECEIVED + timedelta(days=15), None)
    assert (item.triaged_on, item.path, item.path_act_on, item.repeat_seq) == (None, "", None, 1)


@pytest.mark.parametrize(
    ("facts", "handled_after"),
    [
        (lambda: {"referrals": [sent(RECEIVED + timedelta(days=5))]}, 3),
        (lambda: {"referrals": [sent(RECEIVED + timedelta(days=2))]}, 2),
        (lambda: {"referrals": [sent(RECEIVED + timedelta(days=2), direction=Direction.IN)]}, 3),
        (lambda: {"referrals": [sent(RECEIVED + timedelta(days=2), ReferralKind.ENTRUSTED)]}, 3),
    ],
)
def test_it_is_handled_by_the_first_notice_or_by_being_sent_on(
    rules: Rules, facts: Callable[[], dict[str, Any]], handled_after: int
) -> None:
    steps = [
        step(PetitionStepKind.OFFERED, RECEIVED + timedelta(days=1)),
        step(PetitionStepKind.NOTICE, RECEIVED + timedelta(days=3)),
    ]
    item = item_of(*case_with(rules, *steps, **facts()), rules)
    assert item.handled_on == RECEIVED + timedelta(days=handled_after)


@pytest.mark.parametrize(
    ("facts", "acted_on"),
    [
        (lambda: {"triages": [routed("P4a")]}, None),
        (lambda: {"triages": [routed("P4a")], "referrals": [sent(TODAY, path="P4a")]}, TODAY),
        (lambda: {"triages": [routed("P4a")], "referrals": [sent(TODAY, path="P1")]}, None),
        (lambda: {"triages": [routed("P4a")], "referrals": [sent(RECEIVED, path="P4a")]}, None),
        (lambda: {"triages": [routed("P4a")], "decisions": [handed_over("区住建委")]}, TODAY),
        (lambda: {"triages": [routed("P4a")], "decisions": [accepted()]}, None),
        (lambda: {"triages": [routed("M1")], "decisions": [accepted()]}, TODAY),
        (lambda: {"referrals": [sent(TODAY)]}, None),
    ],
)
def test_something_was_done_in_the_path_it_was_led_to(
    rules: Rules, facts: Callable[[], dict[str, Any]], acted_on: date | None
) -> None:
    assert item_of(*case_with(rules, **facts()), rules).path_act_on == acted_on


def test_what_goes_back_to_an_earlier_dispute_is_a_repetition_while_that_stands(rules: Rules) -> None:
    relation = related(RelationKind.SAME_DISPUTE)
    case, petition = case_with(rules, relations=[relation, related(RelationKind.NEW_DISPUTE)])
    assert item_of(case, petition, rules).repeat_seq == 2
    relation.withdrawn_at = relation.recorded_at
    assert item_of(case, petition, rules).repeat_seq == 1


def finishing(rules: Rules, *stops: Stop, met_on: date | None = None) -> Clock:
    """Sixty days from the notice."""
    period, began = rules.period("T23"), date(2026, 10, 23)
    counted = count(began, period, rules.holidays, stops=stops)
    return Clock(
        kind=ClockKind.PETITION, period=period, started_on=began, stops=stops, further=0, count=counted, met_on=met_on
    )


def more(days: int, approved_on: date) -> Extension:
    told: dict[str, Any] = {"approved_by": "负责人", "reason": "情况复杂"}
    return Extension(clock=ClockKind.PETITION, days=days, approved_on=approved_on, **told, **RECORDED)


def test_more_time_counts_from_the_old_end_and_only_if_it_was_approved_before(rules: Rules) -> None:
    case, _ = case_with(rules, extensions=[more(30, DUE + timedelta(days=1)), more(10, DUE)])
    first, added = time_of(case, finishing(rules), rules)
    assert (first, added) == (
        DUE,
        (More(DUE, DUE + timedelta(days=10)), More(DUE + timedelta(days=1), DUE + timedelta(days=40))),
    )
    assert with_more_time(DUE, added) == DUE + timedelta(days=40)
    case, _ = case_with(rules, extensions=[more(30, DUE + timedelta(days=1))])
    assert time_of(case, finishing(rules), rules) == (DUE, ())


def test_a_time_limit_that_stands_still_has_no_last_day(rules: Rules) -> None:
    case, _ = case_with(rules)
    stop = Stop(since=date(2026, 11, 1), until=None, reason="鉴定")
    assert time_of(case, finishing(rules, stop), rules) == (None, ())


def test_finishing_in_time_is_read_off_the_time_limit_of_the_case(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = finishing(rules, met_on=DUE)
    monkeypatch.setattr(petition_figures, "clocks_of", lambda *_: [clock])
    item = item_of(*case_with(rules), rules)
    assert (item.finish_by, item.more_time, item.finished_on) == (DUE, (), DUE)


def test_the_five_items_of_the_definition_give_one_half_in_a_store_too(desk: Desk) -> None:
    """A handled on day 1, B on day 15, C on day 16; D open and over its time; E open and not yet due."""
    came = date(2026, 11, 2)
    for handled_after, received_on in ((1, came), (15, came), (16, came), (None, came), (None, date(2026, 11, 20))):
        steps = []
        if handled_after:
            steps.append(step(PetitionStepKind.NOTICE, came + timedelta(days=handled_after)))
        petition = Petition(kind="redress_claim", domain="10", received_on=received_on, steps=steps, **BY)
        add(desk, desk.registered(requested_on=received_on), petition=petition)
    add(desk, 2, relations=related(RelationKind.SAME_DISPUTE))
    lines = desk.look(look_at_figures, month_of(came)).lines
    told = {line.no: line.now for line in lines if not line.label.startswith("　")}
    handled = told[Indicator.K1]
    assert (handled.text, list(handled.met), list(handled.cases)) == ("50.00%", [1, 2], [1, 2, 3, 4])
    repeated = told[Indicator.K4]
    assert (repeated.text, list(repeated.met), list(repeated.cases)) == ("20.00%", [2], [1, 2, 3, 4, 5])
    [by_domain] = [line for line in lines if line.label.startswith("　")]
    assert (by_domain.label, by_domain.now.text, by_domain.before.text) == ("　其中：经济管理", "20.00%", "—")
