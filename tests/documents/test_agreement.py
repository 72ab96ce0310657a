import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from mediation_desk.documents.breaking import NO_END, NO_START
from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.page import LEFT, TEXT_WIDTH
from mediation_desk.domain.agreement import Agreement, AgreementForm, AgreementKind, Instalment, Obligation
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Agent, AgentKind, Capacity, Party, PartyKind
from tests.documents.drawing import drawn
from tests.documents.reading import DAY, Paper, Word

Given = Callable[..., PaperInput]
MakeParty = Callable[..., Party]
MakeAgreement = Callable[..., Agreement]
Read = Callable[[bytes], Paper]

SIGN = "当事人（签名盖章或按指印）"
STORY = "经查，双方于2026年3月1日签订《租赁合同》（编号：ZL-2026-01），租金12,000.00元；承租人称：“已付清。”"


def test_the_paper_says_all_in_the_order_of_the_national_form(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    paper = read(drawn("D08", given(party(1, name="张三"), party(2, name="李四")), agreement(2, "李四修复防水层。")))
    order = [
        "人民调解协议书",
        "编号：（2026）东人调协字第9号",
        "当事人姓名张三性别男民族维吾尔族年龄36岁职业或职务职员联系方式13800000000单位或住址北京市东城区某某胡同1号",
        "当事人姓名李四",
        "纠纷主要事实、争议事项：双方因漏水发生争议。",
        "经调解，自愿达成如下协议：一、李四修复防水层。",
        "履行方式、时限：按约定的日期履行，逾期承担相应责任。",
        "本协议一式3份，当事人、人民调解委员会各持一份。",
        SIGN,
        "（人民调解委员会印章）",
        "年月日",
    ]
    for text in (paper.text, paper.poppler_text()):
        assert [text.find(words) for words in order] == sorted(text.find(words) for words in order)
        assert all(words in text for words in [*order, "人民调解员（签名）", "魏调解", "记录人（签名）", "马调解"])
        assert text.count(SIGN) == 2
    assert "练习" not in paper.text
    assert "草稿" not in paper.text


@pytest.mark.parametrize("name", ["𠮷田䶮", "买买提江·吐尔逊", "Łukasz O’Neil", "<b>&amp;</b>", "欧" * 50])
def test_every_name_is_read_back_as_it_was_typed(
    name: str, given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    paper = read(drawn("D08", given(party(1, name=name), party(2)), agreement(2, f"{name}付款。")))
    typed = name.replace(" ", "")
    times = (
        3 if len(name) < 20 else 2
    )  # a name that takes several lines at its place to sign is read with its neighbour
    assert paper.text.count(typed) == times
    assert paper.poppler_text().count(typed) == times


@pytest.mark.parametrize(
    ("parties", "length"),
    [*((parties, length) for parties in (2, 6, 30) for length in (30, 400, 1500, 6000)), (120, 6000)],
)
def test_nothing_is_lost_and_signatures_are_never_alone(
    parties: int, length: int, given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    clauses = _clauses(length)
    content = drawn("D08", given(*(party(no) for no in range(1, parties + 1))), agreement(parties, *clauses))
    paper = read(content)
    body = "".join(_without_margins(page) for page in paper.pages)
    assert all(clause in body for clause in clauses)
    assert body.count(SIGN) == parties
    assert all(f"姓名当事人{no}性别" in body for no in range(1, parties + 1))
    total = len(paper.pages)
    assert [re.findall(r"第(\d+)/(\d+)页", page) for page in paper.pages] == [
        [(str(number), str(total))] for number in range(1, total + 1)
    ]
    beginning = next(page for page in paper.pages if SIGN in page)
    assert "逾期承担相应责任。" in beginning.split(SIGN)[0]
    assert "印章" in paper.pages[-1]
    assert paper.pages[-1].count("（签名") >= 2


@pytest.mark.parametrize("length", range(30, 1100, 43))
def test_two_lines_of_terms_stand_above_the_signatures(
    length: int, given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    terms = "字" * length + "完。"
    signed = agreement(2, "甲乙两方和好。", performance_terms=terms)
    pages = read(drawn("D08", given(party(1), party(2)), signed)).lines()
    page = next(rows for rows in pages if any(SIGN in _text(row) for row in rows))
    before = [_text(row) for row in page[: next(index for index, row in enumerate(page) if SIGN in _text(row))]]
    term_lines = [row for row in before if re.fullmatch("字*(字|完。|字。)", row) or "和好" in row]
    assert len(term_lines) >= 2


def _text(row: Sequence[Word]) -> str:
    return "".join(word.text for word in row)


def _clauses(length: int) -> list[str]:
    """Clauses of so many characters in all, each recognisable."""
    text = (STORY * (length // len(STORY) + 1))[:length]
    return [f"第{start}款{text[start : start + 300]}" for start in range(0, length, 300)]


def _without_margins(page: str) -> str:
    return re.sub(
        r"某某街道人民调解委员会|案号：（2026）东人调字第7号|第\d+/\d+页|骑缝\d+/\d+|（以下空白）"
        r"|（续签名页）《人民调解协议书》编号：（2026）东人调协字第9号校验码：[-0-9A-F]{14}|校验码[-0-9A-F]{14}",
        "",
        page,
    )


def test_no_line_is_too_long_or_begins_or_ends_wrongly(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    clauses = [STORY[start:] + STORY * 3 for start in range(len(STORY))]
    paper = read(drawn("D08", given(party(1), party(2)), agreement(2, *clauses)))
    rows = [[word for word in row if word.left < LEFT + TEXT_WIDTH] for page in paper.lines() for row in page]
    rows = [row for row in rows if row]  # without the marks for the seal at the edge
    assert len(rows) > 300
    assert max(word.right for row in rows for word in row) <= LEFT + TEXT_WIDTH + 0.1
    assert min(word.left for row in rows for word in row) >= LEFT - 0.1
    texts = [_text(row) for row in rows]
    assert not [text for text in texts if text[0] in NO_START]
    assert not [text for text in texts if text[-1] in NO_END]


def test_a_draft_says_so_and_leaves_its_number_open(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    draft = agreement(2, number="", frozen_at=None, facts="", performance_terms="", mediator_ids=[], recorder="")
    paper = read(drawn("D08", given(party(1), party(2), is_practice=True), draft))
    assert all("草稿" in page and "练习" in page for page in paper.pages)
    assert "编号：当事人姓名" in paper.text
    body = "".join(_without_margins(page) for page in paper.pages)
    assert "如下协议：履行方式、时限：本协议一式3份" in re.sub("练习|草稿", "", body)
    assert "人民调解员（签名）" in body


def test_identical_facts_make_identical_bytes(given: Given, party: MakeParty, agreement: MakeAgreement) -> None:
    def make() -> bytes:
        return drawn("D08", given(party(1, name="𠮷"), party(2)), agreement(2, "付款。"))

    assert make() == make()


def test_a_name_that_cannot_be_printed_is_refused_with_character_and_party(
    given: Given, party: MakeParty, agreement: MakeAgreement
) -> None:
    with pytest.raises(GlyphMissing) as refused:
        drawn("D08", given(party(1), party(2, name="王\U0002ebf0")), agreement(2, "付款。"))
    assert refused.value.missing[0] == ("\U0002ebf0", "当事人“王\U0002ebf0”")
    assert "U+2EBF0" in str(refused.value)


def test_invisible_characters_are_left_out(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    paper = read(drawn("D08", given(party(1, name="葛\U000e0100\u200b三"), party(2)), agreement(2, "付\x07款。")))
    assert "姓名葛三性别" in paper.text
    assert "一、付款。" in paper.text


def test_the_age_is_that_of_the_day_of_the_agreement(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    people = [party(1, birth_date=date(1990, 5, 17)), party(2, birth_date=None)]
    later = given(*people, day=date(2030, 1, 1))
    assert "年龄35岁" in read(drawn("D08", later, agreement(2))).text
    assert "年龄35岁" in read(drawn("D08", later, agreement(2, made_on=None))).text
    assert "年龄39岁" in read(drawn("D08", later, agreement(2, made_on=None, frozen_at=None))).text
    assert "年龄职业" in read(drawn("D08", later, agreement(2))).text


def test_no_identity_number_is_printed(given: Given, party: MakeParty, agreement: MakeAgreement, read: Read) -> None:
    person = party(1, id_paper="111", id_number="11010519491231002X")
    assert "11010519491231002X" not in read(drawn("D08", given(person, party(2)), agreement(2))).text


def test_an_organisation_stands_with_its_representative(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    facts = {"kind": PartyKind.ORGANISATION, "name": "某某物业公司", "legal_representative": "赵六"}
    firm = party(2, **facts, legal_representative_post="经理", uscc="91350100M000100Y43")
    text = read(drawn("D08", given(party(1), firm), agreement(2))).text
    assert "当事人名称某某物业公司法定代表人（负责人）赵六职务经理统一社会信用代码91350100M000100Y43联系方式" in text
    assert "住所北京市东城区某某胡同1号" in text
    bare = read(drawn("D08", given(party(1), party(2, **facts)), agreement(2))).text
    assert "统一社会信用代码" not in bare


def test_agents_stand_below_their_party_and_sign_beside_it(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    powers = ["claims", "other"]
    lawyer = Agent(kind=AgentKind.ENTRUSTED, name="孙七", relation="律师", powers=powers, powers_other="代收款项")
    named = Agent(kind=AgentKind.ENTRUSTED, name="周八", powers=["other"])
    text = read(drawn("D08", given(party(1, name="张三", agents=[lawyer, named]), party(2)), agreement(2))).text
    assert "委托代理人姓名孙七与当事人关系律师代理权限承认、变更、放弃调解请求、代收款项联系方式" in text
    assert "委托代理人姓名周八与当事人关系代理权限其他联系方式" in text
    assert "委托代理人（签名）" in text
    assert "张三的委托代理人：孙七" in text


@pytest.mark.parametrize(
    ("facts", "own_place"),
    [
        ({"birth_date": date(2012, 1, 1)}, True),
        ({"birth_date": date(2020, 1, 1)}, False),
        ({"capacity": Capacity.LIMITED}, True),
    ],
)
def test_a_guardian_signs_for_those_who_cannot_alone(
    facts: dict[str, object], own_place: bool, given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    father = Agent(kind=AgentKind.STATUTORY, name="李父", relation="父亲")
    text = read(drawn("D08", given(party(1), party(2, name="李小", agents=[father], **facts)), agreement(2))).text
    assert "法定代理人姓名李父与当事人关系父亲联系方式" in text
    assert "法定代理人（签名盖章或按指印）" in text
    assert "李小的法定代理人：李父" in text
    assert text.count(SIGN) == 1 + own_place


def test_a_missing_guardian_is_a_blank(given: Given, party: MakeParty, agreement: MakeAgreement, read: Read) -> None:
    text = read(drawn("D08", given(party(1), party(2, birth_date=date(2015, 1, 1))), agreement(2))).text
    assert "法定代理人姓名与当事人关系联系方式" in text


def test_representatives_of_a_group_are_called_so(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    text = read(drawn("D08", given(party(1, name="张三", represents_group=True), party(2)), agreement(2))).text
    assert "当事人代表姓名张三" in text


def test_the_sentence_on_copies_counts_and_names_all_holders(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    people = [party(no) for no in range(1, 4)]
    text = read(drawn("D08", given(*people), agreement(3, extra_holders=["某某法院"]))).text
    assert "本协议一式5份，当事人、人民调解委员会、某某法院各持一份。" in text
    undecided = read(drawn("D08", given(*people), agreement(0))).text
    assert "本协议一式4份" in undecided


def test_only_those_who_agree_are_printed(given: Given, party: MakeParty, agreement: MakeAgreement, read: Read) -> None:
    people = [party(no, name=f"某{no}号") for no in range(1, 4)]
    text = read(drawn("D08", given(*people), agreement(2))).text
    assert "某2号" in text
    assert "某3号" not in text


def test_obligations_are_numbered_on_after_the_clauses(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    money = Obligation(no=1, payer_no=2, payee_no=1, amount_fen=200_000, means="现金", due_on=DAY)
    both = read(drawn("D08", given(party(1), party(2)), agreement(2, "和好。", obligations=[money]))).text
    assert "一、和好。付款（履行）安排（与前列条款为同一义务的，不重复计算）：二、当事人2向当事人1支付" in both
    alone = agreement(2, obligations=[money])
    text = read(drawn("D08", given(party(1), party(2)), alone)).text
    assert "如下协议：一、当事人2向当事人1支付人民币2,000.00元（大写：贰仟元整），于2026年5月16日前" in text


def test_instalments_are_listed_on_the_paper(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    parts = [Instalment(due_on=date(2026, month, 1), amount_fen=100_000) for month in (6, 7)]
    money = Obligation(no=1, payer_no=2, payee_no=1, amount_fen=200_000, means="现金", instalments=parts)
    text = read(drawn("D08", given(party(1), party(2)), agreement(2, obligations=[money]))).text
    assert "分2期支付：（1）2026年6月1日前（含当日）支付人民币1,000.00元（大写：壹仟元整）；（2）2026年7月1日" in text


def test_another_kind_of_agreement_says_so(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    text = read(drawn("D08", given(party(1), party(2)), agreement(2, kind=AgreementKind.SUPPLEMENTARY))).text
    assert "人民调解协议书（补充协议）编号" in text


def test_the_register_of_an_oral_agreement_is_signed_by_mediators_and_dated(
    given: Given, party: MakeParty, agreement: MakeAgreement, read: Read
) -> None:
    oral = agreement(2, "当场道歉。", form=AgreementForm.ORAL, mediator_ids=[1, 2])
    text = read(drawn("D09", given(party(1), party(2)), oral)).text
    assert "人民调解口头协议登记表" in text
    assert "口头协议内容：一、当场道歉。" in text
    assert SIGN not in text
    assert text.count("人民调解员（签名）") == 2
    assert "（人民调解委员会印章）2026年5月16日备注：此表由人民调解委员会填写" in text
