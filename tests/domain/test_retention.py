"""A file is proposed to be kept as long as the strongest reason in it asks, and the reason is told."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from mediation_desk.domain.agreement import Agreement, AgreementForm, Instalment, Obligation
from mediation_desk.domain.case import Case, Outcome, OutcomeKind
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.retention import keep_until, propose_retention
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()


def a_case(**facts: Any) -> Case:
    known: dict[str, Any] = {
        "uid": "case",
        "centre_id": 1,
        "requested_on": TODAY,
        "registered_at": NOW,
        "first_contact_id": 1,
        "matter": "楼上漏水。",
        "demand": "赔偿。",
        "dispute_kind": "02",
    }
    return Case(**known | facts)


def agreed(due_on: date, **facts: Any) -> Agreement:
    """In effect since today, with something due."""
    known: dict[str, Any] = {"no": 1, "form": AgreementForm.ORAL, "frozen_at": NOW, "made_on": TODAY}
    return Agreement(**known | facts, obligations=[Obligation(no=1, due_on=due_on)])


def proposed(case: Case, rules: Rules) -> tuple[str, str]:
    code, reason = propose_retention(case, rules, TODAY)
    return code, reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"dispute_kind": "07"}, "山林土地纠纷"),
        ({"dispute_kind": "03"}, "房屋宅基地纠纷"),
        ({"safety_flags": ["violence", "group"]}, "群体事件风险"),
        ({"people_involved": 10}, "涉及10人"),
        ({"parties": [Party(no=no, side=Side.OTHER, name="某") for no in range(12)]}, "涉及12人"),
        ({"matter": "其父死亡后发生争议。"}, "案情写有“死亡”"),
        ({"agreements": [Agreement(no=1, facts="收养关系存续期间")]}, "案情写有“收养”"),
    ],
)
def test_what_concerns_land_death_family_or_many_is_kept_for_ever(
    facts: dict[str, Any], reason: str, rules: Rules
) -> None:
    assert proposed(a_case(**facts), rules) == ("permanent", reason)


def test_a_kind_takes_the_class_of_the_kind_above_it(rules: Rules) -> None:
    table = rules.table("dispute_kind")
    below = replace(table["1001"], code="0701", parent="07", label="林权纠纷")
    tables = {**rules.tables, "dispute_kind": replace(table, codes=(*table.codes, below))}
    assert proposed(a_case(dispute_kind="0701"), replace(rules, tables=tables)) == (
        "permanent",
        "山林土地纠纷·林权纠纷",
    )


def test_performance_over_more_than_a_year_or_a_court_asks_for_long(rules: Rules) -> None:
    assert proposed(a_case(agreements=[agreed(date(2027, 11, 24))]), rules) == (
        "long_term",
        "协议履行到2027年11月24日，超过365天",
    )
    assert proposed(a_case(agreements=[agreed(date(2027, 11, 23))]), rules)[0] == "short_term"
    confirmed = agreed(TODAY, confirmation_wanted=True)
    assert proposed(a_case(agreements=[confirmed]), rules) == ("long_term", "申请司法确认")


def test_the_last_instalment_counts(rules: Rules) -> None:
    agreement = agreed(TODAY)
    agreement.obligations[0].instalments = [Instalment(due_on=date(year, 1, 1), amount_fen=1) for year in (2027, 2029)]
    assert proposed(a_case(agreements=[agreement]), rules)[1] == "协议履行到2029年1月1日，超过365天"


def test_a_draft_asks_for_nothing(rules: Rules) -> None:
    assert proposed(a_case(agreements=[agreed(date(2030, 1, 1), frozen_at=None)]), rules)[0] == "short_term"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(OutcomeKind.ORAL, "口头协议"), (OutcomeKind.FAILED, "没有需要长期或者永久保管的情形")],
)
def test_the_rest_is_kept_for_short(kind: OutcomeKind, reason: str, rules: Rules) -> None:
    outcome = Outcome(kind=kind, ended_on=TODAY, by_id=1, recorded_at=NOW)
    assert proposed(a_case(outcomes=[outcome]), rules) == ("short_term", reason)
    assert proposed(a_case(dispute_kind=""), rules)[0] == "short_term"


def test_the_years_run_from_the_january_after_closing(rules: Rules) -> None:
    assert keep_until(date(2026, 1, 1), "short_term", rules) == date(2031, 12, 31)
    assert keep_until(date(2026, 12, 31), "long_term", rules) == date(2036, 12, 31)
    assert keep_until(TODAY, "permanent", rules) is None
