from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mediation_desk.documents.obligations import obligation_paragraphs
from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.agreement import Clause, Instalment, Obligation, ObligationKind
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party


@pytest.fixture
def said(given: Callable[..., PaperInput], party: Callable[..., Party]) -> Callable[..., list[str]]:
    """What the paper says of an obligation; a blank is shown as ＿."""

    def make(*clauses: str, **facts: Any) -> list[str]:
        case = given(party(1, name="张三"), party(2, name="李四")).case
        obligation = Obligation(no=1, **({"payer_no": 2, "payee_no": 1} | facts))
        paragraphs = obligation_paragraphs(case, obligation, [Clause(text=text) for text in clauses])
        return ["".join("＿" if isinstance(part, Blank) else part for part in paragraph) for paragraph in paragraphs]

    return make


MONEY = {"amount_fen": 1_200_000, "what": "医疗费", "means": "银行转账。", "due_on": date(2026, 6, 30)}


def test_a_payment_is_one_precise_sentence(said: Callable[..., list[str]]) -> None:
    assert said(**MONEY) == [
        "李四向张三支付医疗费人民币12,000.00元（大写：壹万贰仟元整），于2026年6月30日前（含当日）付清，支付方式：银行转账。"
    ]


def test_a_payment_on_the_spot_needs_no_day(said: Callable[..., list[str]]) -> None:
    assert "于签订本协议时当场付清，支付方式：现金。" in said(**MONEY | {"at_once": True, "means": "现金"})[0]


def test_instalments_are_listed_with_their_sums(said: Callable[..., list[str]]) -> None:
    parts = [
        Instalment(due_on=date(2026, 7, 1), amount_fen=700_000),
        Instalment(due_on=date(2026, 6, 1), amount_fen=500_000),
    ]
    assert said(**MONEY | {"instalments": parts}) == [
        "李四向张三支付医疗费人民币12,000.00元（大写：壹万贰仟元整），支付方式：银行转账，分2期支付：",
        "（1）2026年6月1日前（含当日）支付人民币5,000.00元（大写：伍仟元整）；",
        "（2）2026年7月1日前（含当日）支付人民币7,000.00元（大写：柒仟元整）。",
    ]


def test_third_persons_are_named_as_such(said: Callable[..., list[str]]) -> None:
    assert said(**MONEY, payer_no=None, payer_name="某保险公司")[0].startswith("第三人某保险公司向张三支付")
    assert said(**MONEY, payee_no=None, payee_name="某医院")[0].startswith("李四向第三人某医院支付")


def test_what_is_not_recorded_is_left_to_the_pen(said: Callable[..., list[str]]) -> None:
    assert said(payer_no=None, payee_no=None) == ["＿向＿支付人民币＿元，于＿前（含当日）付清，支付方式：＿。"]


def test_a_sum_that_a_clause_states_is_not_stated_again(said: Callable[..., list[str]]) -> None:
    clause = "李四赔偿张三人民币12,000.00元（大写：壹万贰仟元整）。"
    assert said("另有约定。", clause, **MONEY)[0] == (
        "第二条所列医疗费，由李四向张三支付，于2026年6月30日前（含当日）付清，支付方式：银行转账。"
    )
    assert said(clause, **MONEY | {"what": ""})[0].startswith("第一条所列款项，由李四")
    assert "人民币12,000.00元" in said(clause, clause, **MONEY)[0]
    assert "人民币12,000.00元" in said("赔偿人民币212,000.00元（大写：贰拾壹万贰仟元整）", **MONEY)[0]


def test_an_act_says_who_does_what_for_whom_by_when(said: Callable[..., list[str]]) -> None:
    act = {"kind": ObligationKind.ACT, "what": "修复防水层。", "due_on": date(2026, 6, 1)}
    assert said(**act) == ["李四向张三履行：修复防水层，于2026年6月1日前（含当日）完成。"]
    assert said(**act | {"payee_no": None, "means": "自行委托施工", "at_once": True}) == [
        "李四履行：修复防水层，于签订本协议时当场完成，履行方式：自行委托施工。"
    ]
    assert said(kind=ObligationKind.ACT) == ["李四向张三履行：＿，于＿前（含当日）完成。"]
