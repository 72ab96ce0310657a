"""A review finds each fault that was put into a right agreement, and nothing in the right ones."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from mediation_desk.domain.agreement import Agreement, AgreementKind, Clause
from mediation_desk.domain.agreement_review import review
from mediation_desk.domain.case import Answer, Willingness
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.rules import Rules
from tests.domain import right_agreements as right
from tests.domain.drafts import HEARD_ON, NOW, TODAY, Draft, respondent
from tests.domain.right_agreements import RIGHT

Spoil = Callable[[Draft], object]
K = FindingKind


def findings(draft: Draft, rules: Rules) -> list[Finding]:
    return review(draft.case, draft.agreement, draft.mediators, rules, TODAY)


@pytest.mark.parametrize("made", RIGHT, ids=lambda made: made.__name__)
def test_a_right_agreement_passes(made: Callable[[], Draft], rules: Rules) -> None:
    assert findings(made(), rules) == []


def test_there_are_enough_right_agreements() -> None:
    assert len(RIGHT) >= 30


# ---- one fault each


def clause(index: int, old: str, new: str) -> Spoil:
    """Write `new` for `old` in one clause."""

    def spoil(draft: Draft) -> None:
        said = draft.agreement.clauses[index]
        assert old in said.text
        said.text = said.text.replace(old, new)

    return spoil


def further(text: str) -> Spoil:
    """Add a clause."""
    return lambda draft: draft.agreement.clauses.append(Clause(text=text))


def facts(old: str, new: str) -> Spoil:
    def spoil(draft: Draft) -> None:
        assert old in draft.agreement.facts
        draft.agreement.facts = draft.agreement.facts.replace(old, new)

    return spoil


def more_facts(text: str) -> Spoil:
    def spoil(draft: Draft) -> None:
        draft.agreement.facts += text

    return spoil


def terms(text: str) -> Spoil:
    """Write these 履行方式、时限."""

    def spoil(draft: Draft) -> None:
        draft.agreement.performance_terms = text

    return spoil


def agreement(**facts: object) -> Spoil:
    def spoil(draft: Draft) -> None:
        for name, value in facts.items():
            setattr(draft.agreement, name, value)

    return spoil


def obligation(index: int, **facts: object) -> Spoil:
    def spoil(draft: Draft) -> None:
        for name, value in facts.items():
            setattr(draft.agreement.obligations[index], name, value)

    return spoil


def both(*spoils: Spoil) -> Spoil:
    return lambda draft: [spoil(draft) for spoil in spoils]


def without_obligation(index: int) -> Spoil:
    return lambda draft: draft.agreement.obligations.pop(index)


def add_party(name: str, answer: Answer, *, signs: bool) -> Spoil:
    def spoil(draft: Draft) -> None:
        no = len(draft.case.parties) + 1
        draft.case.parties.append(respondent(name, no))
        draft.case.willingness.append(Willingness(party_no=no, answer=answer, asked_at=NOW, by_id=1, recorded_at=NOW))
        if signs:
            draft.agreement.party_nos.append(no)

    return spoil


def same_day_twice(draft: Draft) -> None:
    first, second = draft.agreement.obligations[0].instalments
    second.due_on = first.due_on


def appointed_until(day: date) -> Spoil:
    return lambda draft: setattr(draft.mediators[5].appointments[0], "until", day)


def biased(question: str) -> Spoil:
    return lambda draft: setattr(draft.case.assignments[0], question, RecusalAnswer.YES)


def mediator(**facts: object) -> Spoil:
    def spoil(draft: Draft) -> None:
        for name, value in facts.items():
            setattr(draft.mediators[5], name, value)

    return spoil


CONFIRMATION = agreement(confirmation_wanted=True)

FAULTS: list[tuple[FindingKind, str, Callable[[], Draft], Spoil]] = [
    # words easily confused
    (K.WORD, "clauses[0]", right.earnest_money, clause(0, "定金", "订金")),
    (K.WORD, "facts", right.earnest_money, facts("交付定金5,000元", "交付订金5,000元")),
    (K.WORD, "clauses[2]", right.earnest_money, further("试用家具城另退还押金的事，双方以后商量。")),
    (K.WORD, "clauses[4]", right.leak, further("张秀兰自愿不要精神补偿。")),
    (K.WORD, "clauses[3]", right.traffic, further("吴志明愿意给予适当补偿，以礼品代替。")),
    (K.WORD, "clauses[1]", right.inheritance, clause(1, "权利", "权力")),
    (K.WORD, "clauses[3]", right.traffic, further("双方的权力义务到此了结。")),
    (K.WORD, "facts", right.pledge_returned, facts("质押给安然并交其保管", "抵押给安然并交其保管")),
    (K.WORD, "clauses[3]", right.loan, further("高鹏以自己的房屋质押给徐文博作担保。")),
    (K.WORD, "clauses[2]", right.water_channel, further("本协议自愿签定。")),
    (K.WORD, "facts", right.water_channel, facts("双方就", "双方定立过口头约定，现就")),
    (K.WORD, "clauses[1]", right.earnest_money, clause(1, "账户", "帐户")),
    (K.WORD, "performance_terms", right.inheritance, terms("沈玉刚于2026年12月28日前转帐到二人的卡上。")),
    (K.WORD, "clauses[3]", right.leak, clause(3, "其他争议", "其它争议")),
    (K.WORD, "clauses[2]", right.rent_deposit, clause(2, "其他设施", "其它设施")),
    (K.WORD, "facts", right.wages, facts("公司尚欠", "截止2026年11月20日公司尚欠")),
    (K.WORD, "facts", right.water_channel, facts("致石有田秧苗受旱减产", "以至造成石有田秧苗减产")),
    (K.WORD, "clauses[1]", right.dog_bite, clause(1, "必须拴绳", "必需在人看管下拴绳")),
    (K.WORD, "clauses[2]", right.labour_compensation, clause(2, "法定代表人", "法人代表")),
    (K.WORD, "clauses[2]", right.labour_compensation, clause(2, "法定代表人", "公司法人")),
    (K.WORD, "clauses[1]", right.loan, clause(1, "年利率3.5%", "年利息3.5%")),
    (K.WORD, "clauses[0]", right.boundary, clause(0, "丈量埋设", "丈量做为界线埋设")),
    # 抚养, 扶养, 赡养
    (K.SUPPORT, "clauses[0]", right.support_of_a_mother, clause(0, "赡养费", "抚养费")),
    (K.SUPPORT, "clauses[0]", right.support_of_a_mother, clause(0, "赡养费", "扶养费")),
    (K.SUPPORT, "obligations[0].what", right.support_of_a_mother, obligation(0, what="抚养费")),
    (K.SUPPORT, "clauses[0]", right.spouse_support, clause(0, "扶养费", "赡养费")),
    (K.SUPPORT, "clauses[0]", right.spouse_support, clause(0, "扶养费", "抚养费")),
    (K.SUPPORT, "clauses[3]", right.child_support, further("蒋涛有赡养子女的义务。")),
    (
        K.SUPPORT,
        "clauses[0]",
        right.support_of_a_mother,
        both(facts("系其子女", "系邻居"), clause(0, "赡养费", "抚养费")),
    ),
    (K.SUPPORT, "clauses[2]", right.spouse_support, further("冯刚应当赡养韩梅。")),
    (K.SUPPORT, "clauses[3]", right.support_of_a_mother, further("周小燕抚养母亲的义务不因本协议免除。")),
    # words of an authority
    (K.AUTHORITY, "clauses[1]", right.tree, clause(1, "当场付清", "裁决当场付清")),
    (K.AUTHORITY, "clauses[4]", right.leak, further("逾期不修的，另行处罚。")),
    (K.AUTHORITY, "clauses[1]", right.dog_bite, clause(1, "不得让犬只单独外出", "再犯罚款500元")),
    (K.AUTHORITY, "facts", right.noise, facts("何静与罗勇", "原告何静与罗勇")),
    (K.AUTHORITY, "clauses[3]", right.noise, further("命令罗勇停止练琴。")),
    (K.AUTHORITY, "clauses[3]", right.noise, further("本协议签字后具有强制执行效力。")),
    (K.AUTHORITY, "clauses[3]", right.noise, further("调解费由罗勇承担。")),
    # rights that cannot be given up
    (K.RIGHT, "clauses[3]", right.fight, further("曹阳放弃向人民法院起诉的权利。")),
    (K.RIGHT, "clauses[3]", right.noise, further("何静今后不得以任何理由上访。")),
    (K.RIGHT, "clauses[3]", right.fight, further("曹阳不再追究邓超的刑事责任。")),
    (K.RIGHT, "clauses[3]", right.loan, further("高鹏以身份证作抵押，徐文博扣押其身份证至还清之日。")),
    # marriage, parents, adoption; property that is to be confirmed by a court
    (K.STATUS, "clauses[2]", right.spouse_support, further("韩梅与冯刚离婚。")),
    (K.STATUS, "clauses[3]", right.child_support, further("蒋涛与蒋小雨断绝父女关系。")),
    (K.STATUS, "clauses[2]", right.spouse_support, both(further("双方同意解除收养关系。"), CONFIRMATION)),
    (K.OWNERSHIP, "clauses[0]", right.partnership, CONFIRMATION),
    (K.OWNERSHIP, "clauses[2]", right.inheritance, both(further("老屋产权归沈玉刚。"), CONFIRMATION)),
    (K.INDEFINITE, "clauses[4]", right.leak, both(further("王建国尽快清理现场。"), CONFIRMATION)),
    (K.INDEFINITE, "performance_terms", right.wages, both(terms("工资酌情分三期付清。"), CONFIRMATION)),
    # interest
    (K.INTEREST, "clauses[1]", right.loan, clause(1, "年利率3.5%", "年利率24%")),
    (K.INTEREST, "clauses[1]", right.loan, clause(1, "年利率3.5%", "月息2分")),
    (K.INTEREST, "clauses[1]", right.court_case_withdrawn, clause(1, "1.5倍", "六倍")),
    # capitals
    (K.CAPITALS, "clauses[1]", right.leak, clause(1, "肆仟捌佰元整", "肆仟陆佰元整")),
    (K.CAPITALS, "clauses[0]", right.wages, clause(0, "叁万壹仟伍佰元整", "叁万壹千伍佰元整")),
    (K.CAPITALS, "clauses[1]", right.water_channel, clause(1, "人民币壹仟叁佰伍拾元整", "一千三百五十元")),
    (K.CAPITALS, "clauses[0]", right.pledge_returned, clause(0, "捌仟元整", "捌百元整")),
    (K.CAPITALS, "clauses[0]", right.foreign_names, clause(0, "2.4万元", "２.５万元")),
    (K.CAPITALS, "performance_terms", right.tree, terms("现场付清叁佰元整（200元）。")),
    # sums that differ
    (K.TOTAL, "clauses[0]", right.dog_bite, obligation(0, amount_fen=156_000)),
    (K.TOTAL, "clauses[0]", right.foreign_names, obligation(0, amount_fen=2_500_000)),
    (K.TOTAL, "clauses[0]", right.earnest_money, clause(0, "1万元（大写：壹万元整）", "12,000元")),
    (K.TOTAL, "clauses[0]", right.traffic, clause(0, "护理费1,800元", "护理费1,900元")),
    (K.TOTAL, "clauses[1]", right.leak, clause(1, "地板3,000.00元", "地板3,100.00元")),
    (K.TOTAL, "performance_terms", right.water_channel, terms("2026年12月31日前以现金支付1,450元。")),
    # instalments
    (K.INSTALMENTS, "clauses[0]", right.loan, clause(0, "分两期", "分三期")),
    (K.INSTALMENTS, "performance_terms", right.wages, terms("分四期银行转账，2027年2月28日前付清。")),
    (K.INSTALMENTS, "clauses[1]", right.prepaid_card, clause(1, "上述款项分2期支付", "上述款项2,246.67元分2期支付")),
    (K.INSTALMENTS, "clauses[1]", right.prepaid_card, clause(1, "分2期", "分3期")),
    (
        K.INSTALMENTS,
        "clauses[0]",
        right.support_of_a_mother,
        clause(0, "每月10日前", "共计2,000元，分三期，每期800元，每月10日前"),
    ),
    # payments nobody recorded
    (K.UNRECORDED, "clauses[1]", right.tree, without_obligation(0)),
    (K.UNRECORDED, "clauses[3]", right.traffic, further("吴志明另向孙丽娟支付营养费500元。")),
    # days that do not exist
    (K.DAY, "clauses[0]", right.leak, clause(0, "2026年12月10日", "2026年11月31日")),
    (K.DAY, "facts", right.traffic, facts("2026年8月16日", "2026年13月16日")),
    (K.DAY, "clauses[0]", right.tree, clause(0, "星期日", "星期五")),
    # days out of order
    (K.DAY_ORDER, "clauses[0]", right.water_channel, clause(0, "轮流放水", "于2026年10月8日前完成清淤并轮流放水")),
    (K.DAY_ORDER, "facts", right.wages, facts("至2026年7月31日", "至2025年7月31日")),
    (K.DAY_ORDER, "made_on", right.leak, lambda draft: setattr(draft.case, "occurred_on", date(2026, 11, 24))),
    (K.DAY_ORDER, "facts", right.leak, facts("2026年10月1日晚", "2026年12月1日晚")),
    (K.DAY_ORDER, "clauses[1]", right.wages, clause(1, "第二期于2027年1月31日", "第二期于2026年12月30日")),
    (K.DAY_ORDER, "obligations[0].instalments[1]", right.spouse_support, same_day_twice),
    # days too far ahead
    (K.FAR_DAY, "clauses[1]", right.boundary, clause(1, "2026", "2062")),
    (K.FAR_DAY, "obligations[0].due_on", right.noise, obligation(0, due_on=date(2062, 12, 31))),
    # terms that contradict each other
    (
        K.TERM,
        "performance_terms",
        right.boundary,
        both(clause(2, "签订本协议时当场付清", "现金支付"), terms("现金，2026年12月15日前付清。")),
    ),
    (K.TERM, "performance_terms", right.medical, terms("两项款项当场付清。")),
    (K.TERM, "performance_terms", right.water_channel, terms("赔偿款于2026年12月21日前以现金付清。")),
    # who signs
    (K.SIGNER, "parties", right.leak, add_party("王大伟", Answer.AGREES, signs=False)),
    (K.SIGNER, "parties", right.fight, agreement(party_nos=[1, 2])),
    (K.SIGNER, "parties", right.inheritance, agreement(party_nos=[1, 2], kind=AgreementKind.SUPPLEMENTARY)),
    (K.SIGNER, "obligations[0].payer", right.leak, obligation(0, payer_no=None, payer_name="示例财产保险公司")),
    (K.UNMENTIONED, "parties", right.fight, add_party("蓝天", Answer.AGREES, signs=True)),
    (K.UNMENTIONED, "parties", right.courtyard_house, add_party("蓝天", Answer.AGREES, signs=True)),
    # the mediator
    (K.MEDIATOR, "mediators", right.leak, biased("kinship")),
    (K.MEDIATOR, "mediators", right.noise, biased("same_employer")),
    (K.MEDIATOR, "mediators", right.noise, mediator(left_on=TODAY - timedelta(days=1))),
    (K.MEDIATOR, "mediators", right.noise, both(agreement(made_on=HEARD_ON), appointed_until(HEARD_ON))),
    # copies
    (K.COPIES, "performance_terms", right.leak, agreement(extra_holders=["社区居委会"])),
    (K.COPIES, "performance_terms", right.group_wages, terms("银行转账，2027年1月20日前付清。本协议一式肆份。")),
    # names
    (K.NAME, "clauses[1]", right.leak, clause(1, "王建国赔偿", "王建围赔偿")),
    (K.NAME, "facts", right.leak, facts("张秀兰与", "章秀兰与")),
    (K.NAME, "clauses[0]", right.dog_bite, clause(0, "龙海", "隆海")),
    (K.NAME, "clauses[0]", right.foreign_names, clause(0, "买买提江·吐尔逊", "买买提江.吐尔逊")),
    (K.NAME, "clauses[0]", right.foreign_names, clause(0, "约翰·史密斯", "约翰·史密司")),
    (K.NAME, "clauses[0]", right.wages, clause(0, "示例建筑劳务", "示例建筑老务")),
    (K.NAME, "obligations[0].payee", right.leak, obligation(0, payee_no=None, payee_name="张秀兰")),
    # numbers of persons
    (K.PRIVACY, "facts", right.leak, facts("张秀兰与", "张秀兰（110000199001010013）与")),
    (K.PRIVACY, "clauses[1]", right.bank_account, clause(1, "6222000000000000004", "6222000000000000040")),
    (K.PRIVACY, "performance_terms", right.noise, terms("2026年12月31日前铺设完毕，联系电话19900000001。")),
    (K.PRIVACY, "facts", right.leak, facts("王建国系", "王建国（身份证号110000900101001）系")),
    # what was not filled in
    (K.BLANK, "facts", right.leak, facts("卫生间水管", "XX水管")),
    (K.BLANK, "clauses[3]", right.leak, clause(3, "双方", "甲方和王建国")),
    (K.BLANK, "clauses[2]", right.wages, clause(2, "陈志强", "陈某")),
    (K.BLANK, "facts", right.noise, facts("钢琴", "（）")),
    # marks
    (K.PUNCTUATION, "clauses[3]", right.leak, clause(3, "争议。", "争议")),
    (K.PUNCTUATION, "clauses[2]", right.leak, clause(2, "，", "，，")),
    (K.PUNCTUATION, "facts", right.sides_defined, facts("乙方）", "乙方")),
    (K.PUNCTUATION, "facts", right.sides_defined, facts("（以下简称乙方）", "以下简称乙方）")),
    (K.PUNCTUATION, "clauses[0]", right.renovation, clause(0, "客厅墙面", "客厅的的墙面")),
    # numbers of clauses
    (K.NUMBERING, "clauses[0]", right.renovation, clause(0, "（三）", "（四）")),
    (K.NUMBERING, "clauses[1]", right.leak, clause(1, "王建国赔偿", "2、王建国赔偿")),
    (K.REFERENCE, "clauses[2]", right.renovation, clause(2, "第一条", "第九条")),
    (K.REFERENCE, "performance_terms", right.noise, terms("按上述第五条执行，2026年12月31日前铺设完毕。")),
    (K.DUPLICATE, "clauses[4]", right.leak, further("今后再发生渗漏，双方应及时告知、互相查看。")),
    (K.DUPLICATE, "clauses[3]", right.noise, further("双方今后遇到问题先当面沟通，也可以向社区居民委员会反映。")),
    # what must be there
    (K.REQUIRED, "facts", right.leak, agreement(facts="")),
    (K.REQUIRED, "clauses[0]", right.noise, clause(0, "每日16时", "每日＿＿时")),
    (K.REQUIRED, "obligations[0].means", right.leak, obligation(0, means="")),
    (K.REQUIRED, "mediators", right.leak, mediator(appointments=[])),
    (K.REQUIRED, "parties", right.injury_of_a_child, lambda draft: draft.case.parties[0].agents.clear()),
    (K.REQUIRED, "performance_terms", right.leak, terms("__年__月__日前付清。")),
]


def test_each_kind_is_seeded_twice_and_all_together_are_many() -> None:
    seeded = Counter(kind for kind, *_ in FAULTS)
    of_agreements = set(FindingKind) - {K.CONFIRMATION}  # that one is found before a court is asked
    assert [kind for kind in of_agreements if seeded[kind] < 2] == []
    assert len(FAULTS) >= 60


@pytest.mark.parametrize(("kind", "place", "made", "spoil"), FAULTS)
def test_a_seeded_fault_is_found_at_its_place_and_nothing_else(
    kind: FindingKind, place: str, made: Callable[[], Draft], spoil: Spoil, rules: Rules
) -> None:
    draft = made()
    spoil(draft)
    assert [(found.kind, found.place) for found in findings(draft, rules)] == [(kind, place)]


NO_FAULTS: list[tuple[Callable[[], Draft], Spoil]] = [
    # one payment recorded for two items of two clauses
    (right.medical, both(without_obligation(1), obligation(0, amount_fen=470_000))),
    # sums that nobody is to pay now
    (right.traffic, further("吴志明此前垫付的500元，孙丽娟不再返还。")),
    (right.traffic, further("如孙丽娟需要复查，吴志明再支付500元。")),
    (right.leak, further("双方各承担检测费150元，已各自付清。")),
    # articles of laws in a row; numbers of a list
    (right.noise, further("依照民法典第288条、第294条和第296条处理。")),
    (right.noise, further("（一）练琴关窗；（二）节假日协商。")),
    (right.noise, further("1）练琴关窗；2）节假日协商。")),
    # names of others that differ by a character
    (right.leak, more_facts("王建国之弟王建军在场。")),
    (right.leak, more_facts("王建军系王建国之弟。")),
    (right.wages, further("示例建筑公司指派专人联系。")),
    # numbers that are none of persons
    (right.leak, more_facts("房屋产权证号为110000139901010013，报修单号110000901301001。")),
    (right.leak, more_facts("报修单号110000900101001。")),
    # days of the past that are no deadlines
    (right.loan, further("2026年10月1日前的利息双方已结清。")),
    (right.loan, further("高鹏已于2026年10月1日支付的款项，徐文博予以确认。")),
    (right.loan, further("双方于2026年3月1日签订的借款合同，自还清之日起支付义务终止。")),
    # a party that stays away and is asked for nothing; a supplement between some of them
    (right.leak, add_party("蓝天", Answer.UNDECIDED, signs=False)),
    (right.leak, both(add_party("蓝天", Answer.AGREES, signs=False), agreement(kind=AgreementKind.SUPPLEMENTARY))),
    # due on the very day is on the spot
    (right.dog_bite, obligation(0, at_once=False, due_on=TODAY)),
    # a run of sums that nobody could read
    (right.noise, more_facts("支付费用100元，" * 200)),
    (right.noise, further("支付费用100元，" * 200 + "以上均为举例。")),
    # what is lawful, or somebody else's
    (right.spouse_support, further("双方到婚姻登记机关办理离婚手续。")),
    (right.fight, further("行政处罚由公安机关依法作出，与本协议无关。")),
    (right.loan, clause(1, "年利率3.5%", "月利率1%")),
    (right.court_case_withdrawn, clause(1, "1.5倍", "四倍")),
]


@pytest.mark.parametrize(("made", "change"), NO_FAULTS)
def test_what_only_looks_like_a_fault_is_left_alone(made: Callable[[], Draft], change: Spoil, rules: Rules) -> None:
    draft = made()
    change(draft)
    assert findings(draft, rules) == []


def test_findings_come_hard_ones_first_then_by_the_order_of_the_page(rules: Rules) -> None:
    draft = right.leak()
    for spoil in (
        further("订金不退。"),
        clause(0, "自费", "帐上"),
        facts("王建国", "王某"),
        agreement(mediator_ids=[]),
    ):
        spoil(draft)
    places = [(found.is_hard, found.place) for found in findings(draft, rules)]
    assert places == [
        (True, "mediators"),
        *((False, place) for place in ("facts", "clauses[0]", "clauses[4]")),
    ]


def test_an_empty_draft_and_one_without_a_day_are_reviewed_all_the_same(rules: Rules) -> None:
    draft = right.leak()
    draft.agreement = Agreement(no=1)
    assert {found.kind for found in findings(draft, rules)} == {K.REQUIRED, K.SIGNER}
    draft = right.wages()
    draft.agreement.made_on = None
    assert {found.kind for found in findings(draft, rules)} == {K.REQUIRED}
    draft.case.parties.clear()
    assert findings(draft, rules)


def test_the_words_found_stand_in_the_text_as_they_are(rules: Rules) -> None:
    draft = right.leak()
    draft.agreement.facts += "张秀兰交了　订金５００元（大写：五百元）。"
    assert [found.excerpt for found in findings(draft, rules)] == ["订金", "５００元（大写：五百元"]
