"""Words proposed for manner and time of performance."""

from datetime import date, datetime

from mediation_desk.domain.agreement import Instalment, Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.performance_terms import owed_in_short, proposed_terms

CASE = Case(
    uid="0" * 32,
    centre_id=1,
    requested_on=date(2026, 11, 2),
    registered_at=datetime(2026, 11, 2, 9),
    first_contact_id=1,
    matter="楼上漏水",
    demand="赔偿",
    parties=[Party(no=1, side=Side.CLAIMANT, name="张三"), Party(no=2, side=Side.RESPONDENT, name="李四")],
)


def payment(**said: object) -> Obligation:
    return Obligation(**{"no": 1, "payer_no": 2, "payee_no": 1, "amount_fen": 200_000, **said})  # type: ignore[arg-type]  # each test names what matters to it


def test_a_day_and_a_manner_are_told() -> None:
    terms = proposed_terms(CASE, [payment(what="维修费", due_on=date(2026, 12, 31), means="银行转账")])
    assert terms == "李四向张三支付维修费：2026年12月31日前（含当日），方式：银行转账。"


def test_sums_are_not_repeated() -> None:
    assert "2,000" not in proposed_terms(CASE, [payment(at_once=True)])


def test_what_is_paid_on_the_spot_says_so() -> None:
    assert proposed_terms(CASE, [payment(at_once=True)]) == "李四向张三支付款项：签订本协议时当场履行。"


def test_several_obligations_are_numbered() -> None:
    deed = Obligation(no=2, kind=ObligationKind.ACT, payer_name="王五", what="修复水管", due_on=date(2026, 12, 1))
    lines = proposed_terms(CASE, [payment(at_once=True), deed]).splitlines()
    assert [line[:2] for line in lines] == ["1．", "2．"]
    assert lines[1] == "2．王五履行“修复水管”：2026年12月1日前（含当日）。"


def test_instalments_are_told_by_their_first_and_last_day() -> None:
    parts = [Instalment(due_on=date(2026, month, 1), amount_fen=100_000) for month in (12, 11)]
    terms = proposed_terms(CASE, [payment(instalments=parts)])
    assert "分2期，第一期2026年11月1日前（含当日），最后一期2026年12月1日前（含当日）" in terms


def test_a_day_nobody_named_is_left_to_be_filled_in() -> None:
    assert "　　年　　月　　日前" in proposed_terms(CASE, [payment()])


def test_nothing_is_proposed_from_nothing() -> None:
    assert proposed_terms(CASE, []) == ""


def test_for_a_choice_it_is_told_in_short() -> None:
    deed = Obligation(no=2, kind=ObligationKind.ACT, payer_name="王五", what="修复水管")
    assert owed_in_short(CASE, payment(what="维修费")) == "第1项 李四 → 张三 维修费"
    assert owed_in_short(CASE, deed) == "第2项 王五 修复水管"
