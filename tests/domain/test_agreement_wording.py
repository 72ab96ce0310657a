"""What an agreement says, to be laid beside what it said before."""

from datetime import date

from mediation_desk.domain.agreement import Agreement, Clause, Instalment, Obligation, ObligationKind
from mediation_desk.domain.agreement_wording import wording
from mediation_desk.domain.case import Case
from tests.desk import NOW, TODAY, claimant, payment, respondent

CASE = Case(
    uid="",
    centre_id=1,
    requested_on=TODAY,
    registered_at=NOW,
    first_contact_id=1,
    matter="",
    demand="",
    parties=[claimant(), respondent()],
)


def owed(obligation: Obligation) -> list[str]:
    heading, *lines = wording(CASE, Agreement(no=1, obligations=[obligation]))
    assert heading == "义务："
    return lines


def test_everything_that_was_written_is_there_under_its_heading() -> None:
    agreement = Agreement(
        no=1,
        facts="水管漏水。\n\n  天花板泡坏。",
        clauses=[Clause(text="李四赔偿。"), Clause(text="再无争议。\n以此为准。")],
        obligations=[payment()],
        performance_terms="分两期。",
        made_on=TODAY,
        party_nos=[1, 2],
        recorder="登记员",
        extra_holders=["居委会", "派出所"],
        confirmation_wanted=True,
    )
    assert wording(CASE, agreement) == [
        "当事人：",
        "张三、李四",
        "纠纷主要事实、争议事项：",
        "水管漏水。",
        "天花板泡坏。",
        "协议内容：",
        "李四赔偿。",
        "再无争议。",
        "以此为准。",
        "义务：",
        "李四向张三支付人民币3,000.00元，分2期，方式：银行转账",
        "第1期：2026年12月31日前支付人民币1,000.00元",
        "第2期：2027年1月31日前支付人民币2,000.00元",
        "履行方式、时限：",
        "分两期。",
        "协议日期：",
        "2026年11月23日",
        "记录人：",
        "登记员",
        "另存：",
        "居委会、派出所",
        "当事人愿意申请司法确认。",
    ]


def test_an_empty_draft_says_nothing() -> None:
    assert wording(CASE, Agreement(no=1)) == []


def test_a_party_that_is_gone_is_still_counted() -> None:
    assert wording(CASE, Agreement(no=1, party_nos=[1, 7])) == ["当事人：", "张三、第7位当事人"]


def test_what_an_obligation_lacks_is_seen() -> None:
    assert owed(Obligation(no=1)) == ["＿＿支付人民币＿＿元，＿＿前"]
    act = Obligation(no=1, kind=ObligationKind.ACT, payer_no=2, what=" ")
    assert owed(act) == ["李四履行：＿＿，＿＿前"]


def test_acts_and_third_persons_are_told_by_name() -> None:
    act = Obligation(
        no=1, kind=ObligationKind.ACT, payer_name="物业公司", payee_no=1, what="修好水管", means="上门", at_once=True
    )
    assert owed(act) == ["物业公司向张三履行：修好水管，当场履行，方式：上门"]
    gift = Obligation(no=1, payer_no=1, payee_name="居委会", what="清洁费", amount_fen=50, due_on=date(2026, 12, 1))
    assert owed(gift) == ["张三向居委会支付清洁费人民币0.50元，2026年12月1日前"]


def test_a_sum_that_no_paper_could_state_is_told_all_the_same() -> None:
    wrong = [Instalment(due_on=TODAY, amount_fen=-150)]
    assert owed(payment(amount_fen=10**18, instalments=wrong)) == [
        "李四向张三支付人民币10,000,000,000,000,000.00元，分1期，方式：银行转账",
        "第1期：2026年11月23日前支付人民币-1.50元",
    ]
