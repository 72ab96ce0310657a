"""What the parties and receiving units carry home: the rights card, the receipt, slips to tear off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mediation_desk.documents.form import draw
from mediation_desk.documents.page import Finished, Frame, Sheet
from mediation_desk.domain.agreement import Agreement, Obligation, ObligationKind
from mediation_desk.domain.case import Answer, Outcome, OutcomeKind, Willingness
from mediation_desk.domain.paper import is_digest_of
from mediation_desk.domain.paper_fields import OPTIONS, ROWS, TEXTS
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.query_code import query_code, read_query_code
from mediation_desk.domain.rules import Rules
from mediation_desk.services.papers import LARGE
from mediation_desk.services.verification import parse_qr
from tests.documents.cases import blank, empty, full
from tests.documents.reading import DAY, NOW, Paper

UID = "0193575e-2a10-7abc-8def-0123456789ab"
CODE = query_code(UID)

Read = Callable[[bytes], Paper]


@pytest.fixture
def card(rules: Rules) -> PaperInput:
    """The case of a rights card: two instalments, something to be done before, and something at once."""
    given = full(rules, rules.form("R1"))
    agreement = _agreement(given)
    act = Obligation(no=2, kind=ObligationKind.ACT, payer_no=2, payee_no=1, what="修好水管", due_on=date(2026, 6, 1))
    at_once = Obligation(no=3, payer_no=2, payee_no=3, amount_fen=5_000, at_once=True)
    agreement.obligations += [act, at_once]
    return given


@pytest.fixture
def receipt(rules: Rules) -> PaperInput:
    given = full(rules, rules.form("R2"))
    given.case.query_code = CODE
    return given


def _agreement(given: PaperInput) -> Agreement:
    assert given.agreement is not None
    return given.agreement


def _drawn(code: str, given: PaperInput, scale: float = 1.0) -> Finished:
    return draw(given.rules.form(code), given, scale=scale)


def test_the_rights_card_shows_each_due_date_in_the_order_of_the_days(card: PaperInput) -> None:
    rows = [said.split("\t") for said in _drawn("R1", card).content if said.count("\t") > 2]
    assert rows == [
        ["最后日期", "由谁", "给谁", "做什么", "金额"],
        ["签订时当场", "示例物业有限公司", "王小五", "付款", "50.00元"],
        ["2026年6月1日", "示例物业有限公司", "张三", "修好水管", ""],
        ["2026年6月30日", "示例物业有限公司", "张三", "赔偿款", "1,000.00元"],
        ["2026年7月31日", "示例物业有限公司", "张三", "赔偿款", "2,000.00元"],
    ]


def test_an_obligation_without_a_day_sends_the_reader_to_the_agreement(card: PaperInput) -> None:
    _agreement(card).obligations = [Obligation(no=1, payer_no=2, payee_no=1, amount_fen=100)]
    assert ROWS["agreement.dues"](card) == [["见协议条款", "示例物业有限公司", "张三", "付款", "1.00元"]]


def test_a_rights_card_without_obligations_has_no_empty_table(card: PaperInput, read: Read) -> None:
    _agreement(card).obligations = []
    said = read(_drawn("R1", card).pdf).text
    assert "各方应当做的事，请看协议条款。" in said
    assert "最后日期" not in said


def test_the_rights_card_names_the_last_day_for_a_court_to_confirm(card: PaperInput, read: Read) -> None:
    """人民调解法 art. 33: thirty days from effect; 2026-05-15 and thirty days is a Sunday."""
    assert "最后一天是2026年6月15日" in read(_drawn("R1", card).pdf).text


def test_a_usual_rights_card_is_one_page(card: PaperInput, read: Read) -> None:
    assert len(read(_drawn("R1", card).pdf).pages) == 1


@pytest.mark.parametrize("code", ["D08", "D10", "E2"])
def test_seal_and_date_stand_on_a_line_each_in_large_type(code: str, rules: Rules, read: Read) -> None:
    paper = read(_drawn(code, blank(rules, rules.form(code)), LARGE).pdf)
    lines = ["".join(word.text for word in row) for page in paper.lines() for row in page]
    assert [line for line in lines if "印章" in line] == ["（人民调解委员会印章）"]
    assert "年月日" in [line.replace("　", "") for line in lines]


def test_a_card_in_large_type_says_the_same(card: PaperInput, read: Read) -> None:
    usual, large = _drawn("R1", card), _drawn("R1", card, LARGE)
    assert (large.content, large.digest) == (usual.content, usual.digest)
    assert len(read(large.pdf).pages) > 1


def test_the_code_on_the_rights_card_is_what_verification_reads(card: PaperInput, read: Read) -> None:
    agreement = _agreement(card)
    text = TEXTS["agreement.qr"](card)
    found = parse_qr(text)
    assert found is not None
    assert found[0] == card.case.query_code
    assert text.endswith(agreement.number)
    assert is_digest_of(found[1], agreement.content_digest)
    assert _modules(read(_drawn("R1", card).pdf)) == _modules_of(text)


def test_an_agreement_without_a_digest_has_no_code_to_scan(card: PaperInput, read: Read) -> None:
    _agreement(card).content_digest = ""
    paper = read(_drawn("R1", card).pdf)
    assert _modules(paper) == []
    assert "校验码：" not in paper.text


def test_every_party_gets_a_rights_card(rules: Rules) -> None:
    form = rules.form("R1")
    assert (form.copies, form.copies_per_party) == (0, 1)


def test_the_receipt_shows_the_query_code_on_both_parts(receipt: PaperInput, read: Read) -> None:
    paper = read(_drawn("R2", receipt).pdf)
    kept_by_the_visitor, stub = paper.text.split("存根")
    assert f"查询码：{CODE}" in kept_by_the_visitor
    assert f"查询码：{CODE}" in stub
    assert "您于2026年5月1日提出上述请求" in kept_by_the_visitor
    assert "来访人（签名或按指印）" in stub
    assert len(paper.pages) == 1


def test_the_code_on_the_receipt_is_the_query_code(receipt: PaperInput, read: Read) -> None:
    text = f"MDESK:{CODE}"
    assert _modules(read(_drawn("R2", receipt).pdf)) == _modules_of(text)
    assert parse_qr(text) is None
    assert read_query_code(text.removeprefix("MDESK:")) == CODE


def test_a_receipt_written_by_hand_has_room_for_the_request_and_no_code(rules: Rules, read: Read) -> None:
    paper = read(draw(rules.form("R2"), blank(rules, rules.form("R2")), blank_number="BF2026-000001").pdf)
    assert "事项和请求：" in paper.text
    assert "您于年月日提出上述请求" in paper.text
    assert "凭查询码到窗口" not in paper.text


def test_only_the_empty_intake_sheet_tells_the_clerk_to_scan_it_later(rules: Rules, read: Read) -> None:
    form = rules.form("E18")
    assert "扫描本单条码" in read(draw(form, blank(rules, form), blank_number="BF2026-000001").pdf).text
    assert "扫描本单条码" not in read(_drawn("E18", empty(rules, form)).pdf).text


@pytest.mark.parametrize(("lines", "page"), [(1, 1), (14, 2)])
def test_a_slip_to_tear_off_is_on_one_page(lines: int, page: int, rules: Rules, read: Read) -> None:
    given = replace(full(rules, rules.form("E6")), entry=None)
    given.case.matter = "\n".join("楼上漏水。" for _ in range(lines))
    given.case.demand = "修好水管"
    pages = read(_drawn("E6", given).pdf).pages
    for first_or_last in ("回执联", "办理情况："):
        assert [number for number, said in enumerate(pages, 1) if first_or_last in said] == [page]


@pytest.mark.parametrize("lines", range(9, 14))
def test_nobody_signs_a_row_apart_from_what_is_signed(lines: int, rules: Rules, read: Read) -> None:
    given = empty(rules, rules.form("E18"))
    given.case.matter = "\n".join("楼上漏水。" for _ in range(lines))
    signed = next(page for page in read(_drawn("E18", given).pdf).pages if "登记人（签名）" in page)
    assert "对方是否愿意调解" in signed


def test_the_organ_that_writes_a_notice_stands_in_its_corner_not_the_committee(rules: Rules, read: Read) -> None:
    given = full(rules, rules.form("E15-1"))
    assert given.entry is not None
    given.entry.values["organ"] = "示例区信访办公室"
    paper = read(_drawn("E15-1", given).pdf)
    assert all("示例区信访办公室" in said for said in paper.pages)
    assert "人民调解委员会" not in paper.text


def test_choices_beside_each_other_are_not_divided(rules: Rules, read: Read) -> None:
    [page] = read(_drawn("S1", empty(rules, rules.form("S1"))).pdf).lines()
    lines = ["".join(word.text for word in line) for line in page]
    for option in ("伪造签名", "缺当事人签名", "协议内容违法", "缺人民调解委员会印章"):
        assert any(f"）{option}" in line.replace("　", "") for line in lines)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({2: Answer.AGREES, 3: Answer.AGREES, 4: Answer.AGREES}, "同意"),
        ({2: Answer.AGREES, 3: Answer.REFUSES, 4: Answer.AGREES}, ""),
        ({2: Answer.AGREES}, ""),
    ],
)
def test_a_side_has_an_answer_where_all_of_it_gave_the_same(
    answers: dict[int, Answer], said: str, rules: Rules
) -> None:
    given = full(rules, rules.form("E18"))
    given.case.willingness = [
        Willingness(party_no=no, answer=answer, asked_at=NOW, by_id=1, recorded_at=NOW)
        for no, answer in answers.items()
    ]
    assert TEXTS["case.others_answer"](given) == said
    assert TEXTS["case.claimants_answer"](given) == ""


def test_the_reply_to_a_court_ticks_how_it_ended(rules: Rules) -> None:
    given = full(rules, rules.form("E5-2"))
    given.case.outcomes = [Outcome(kind=OutcomeKind.FAILED, ended_on=DAY, by_id=1, recorded_at=NOW)]
    assert TEXTS["case.result"](given) == "调解不成"
    assert set(OPTIONS["case.all_results"](given)) > {"调解不成", "不予受理"}
    assert TEXTS["case.result"](full(rules, rules.form("E1"))) == "达成书面协议"
    given.case.outcomes = []
    assert TEXTS["case.result"](given) == ""


def _modules(paper: Paper) -> list[tuple[float, ...]]:
    """The dark areas of the pages, as far from the leftmost and topmost as they are."""
    areas = [area for number in range(len(paper.pages)) for area in paper.drawn(number).areas]
    if not areas:
        return []
    left, top = min(area[0] for area in areas), max(area[1] for area in areas)
    return sorted((round(x - left, 1), round(top - y, 1), round(w, 1), round(h, 1)) for x, y, w, h in areas)


def _modules_of(text: str) -> list[tuple[float, ...]]:
    sheet = Sheet(Frame("", "", ""))
    sheet.add_qr(text)
    return _modules(Paper(sheet.pdf()))
