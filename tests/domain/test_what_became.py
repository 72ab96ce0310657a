"""What came of an earlier case is told as it stands today."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.aftermath import Breach
from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    Clause,
    Instalment,
    Obligation,
    ObligationKind,
    Performance,
)
from mediation_desk.domain.case import Decision, DecisionKind, Outcome, OutcomeKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.what_became import Facts, Kept, WhatBecame, kept_on, what_became
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY

BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}
NAMES = {1: "张三", 2: "李四"}


def owes(*paid: date, **facts: Any) -> Obligation:
    """李四 owes 张三 two parts, of which each payment is one."""
    parts = [Instalment(due_on=day, amount_fen=100_000) for day in (YESTERDAY - timedelta(days=9), TOMORROW)]
    performed = [Performance(done_on=day, amount_fen=100_000, **BY) for day in paid]
    told: dict[str, Any] = {
        "no": 1,
        "payer_no": 2,
        "payee_no": 1,
        "amount_fen": 200_000,
        "instalments": parts,
        "performances": performed,
    }
    return Obligation(**told | facts)


def agreed(*obligations: Obligation, **facts: Any) -> Agreement:
    told: dict[str, Any] = {
        "no": 1,
        "form": AgreementForm.ORAL,
        "number": "（2026）东人调协字第7号",
        "made_on": YESTERDAY,
        "frozen_at": NOW,
        "clauses": [Clause(text="李四分两期付张三人民币2,000.00元。"), Clause(text="再" * 80)],
        "obligations": list(obligations),
    }
    return Agreement(**told | facts)


def told(rules: Rules, **facts: Any) -> WhatBecame:
    every: dict[str, Any] = {"decision": None, "outcome": None, "agreements": [], "breaches": [], "names": NAMES}
    return what_became(Facts(**every | facts), rules, TODAY)


def outcome(kind: OutcomeKind, **facts: Any) -> Outcome:
    return Outcome(kind=kind, ended_on=YESTERDAY, **BY | facts)


def decision(kind: DecisionKind, **facts: Any) -> Decision:
    return Decision(kind=kind, decided_on=YESTERDAY, **BY | facts)


@pytest.mark.parametrize(
    ("obligation", "kept"),
    [
        (owes(), Kept.LATE),
        (owes(YESTERDAY), Kept.PARTLY),
        (owes(YESTERDAY, TODAY), Kept.DONE),
        (owes(YESTERDAY, TODAY, instalments=[], due_on=YESTERDAY), Kept.DONE_LATE),
        (owes(instalments=[], due_on=TOMORROW), Kept.OPEN),
        (owes(waived_on=TODAY), Kept.NOT_NEEDED),
        (owes(kind=ObligationKind.ACT, amount_fen=None, instalments=[], what="修好水管", at_once=True), Kept.OPEN),
    ],
)
def test_how_far_something_is_kept(obligation: Obligation, kept: Kept) -> None:
    assert kept_on(obligation, TODAY) is kept


def test_an_agreement_is_told_with_its_gist_and_what_was_kept(rules: Rules) -> None:
    act = owes(kind=ObligationKind.ACT, amount_fen=None, instalments=[], what="修好水管", due_on=YESTERDAY)
    became = told(rules, outcome=outcome(OutcomeKind.ORAL), agreements=[agreed(owes(YESTERDAY), act)])
    assert became.kept is Kept.LATE
    assert became.way is OutcomeKind.ORAL
    assert became.in_words() == [
        "结果：2026-11-22达成口头协议",
        "口头协议（2026）东人调协字第7号，2026-11-22起生效",
        "　1. 李四分两期付张三人民币2,000.00元。",
        f"　2. {'再' * 60}…",
        "　部分履行：李四付张三2,000.00元，已付1,000.00元",
        "　逾期未履行：李四修好水管",
    ]


def test_drafts_and_what_was_withdrawn_are_no_agreements(rules: Rules) -> None:
    some = [agreed(frozen_at=None), agreed(withdrawn_at=NOW), agreed(owes(), form=AgreementForm.WRITTEN)]
    became = told(rules, outcome=outcome(OutcomeKind.WRITTEN), agreements=some)
    assert [each.effective_on for each in became.agreed] == [None]
    assert became.kept is None
    assert "没有生效" in became.in_words()[1]


def test_what_was_broken_worries_most_until_it_is_kept(rules: Rules) -> None:
    breach = Breach(agreement_no=1, found_on=YESTERDAY, situation="第一期没有付", **BY)
    broken = told(rules, agreements=[agreed(owes(YESTERDAY))], breaches=[breach])
    assert broken.kept is Kept.BROKEN
    assert broken.in_words()[-1] == "不履行：2026-11-22 第一期没有付"
    assert told(rules, agreements=[agreed(owes(YESTERDAY, TODAY))], breaches=[breach]).kept is Kept.DONE


def test_why_nothing_was_agreed_is_told(rules: Rules) -> None:
    failed = told(rules, outcome=outcome(OutcomeKind.TERMINATED, reason_code="no_prospect", reason="只肯出一半"))
    assert failed.why_not == "经调解认为没有达成协议的可能：只肯出一半"
    assert failed.in_words() == ["结果：2026-11-22终止调解", f"原因：{failed.why_not}"]
    assert told(rules, outcome=outcome(OutcomeKind.WITHDRAWN)).in_words() == ["结果：2026-11-22申请人撤回"]


def test_what_was_not_accepted_or_handed_over_says_why_and_to_whom(rules: Rules) -> None:
    code = rules.table("non_acceptance_reason").valid_on(TODAY)[0]
    declined = told(rules, decision=decision(DecisionKind.NOT_ACCEPTED, reason_code=code.code, reason="已起诉"))
    assert declined.ended == "2026-11-22不予受理"
    assert declined.why_not == f"{code.label}：已起诉"
    handed = told(rules, decision=decision(DecisionKind.HANDED_OVER, handed_to="示例所"))
    assert handed.ended == "2026-11-22转办给示例所"


def test_what_goes_on_has_no_result_yet_or_one_of_before(rules: Rules) -> None:
    assert told(rules).in_words() == ["结果：还没有结果"]
    assert told(rules, decision=decision(DecisionKind.ACCEPTED)).ended == ""
    failed = outcome(OutcomeKind.FAILED, reason="谈不拢")
    again = decision(DecisionKind.ACCEPTED, recorded_at=NOW + timedelta(hours=1))
    became = told(rules, decision=again, outcome=failed)
    assert became.ended == "2026-11-22调解不成，2026-11-22重新受理"
    assert became.why_not == "谈不拢"
