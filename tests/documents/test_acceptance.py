from collections.abc import Callable

import pytest

from mediation_desk.domain.case import Answer, Decision, DecisionKind, Willingness
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party
from tests.documents.drawing import drawn
from tests.documents.reading import DAY, NOW, Paper

Given = Callable[..., PaperInput]
MakeParty = Callable[..., Party]
Read = Callable[[bytes], Paper]


def accepted() -> Decision:
    return Decision(kind=DecisionKind.ACCEPTED, decided_on=DAY, by_id=1, recorded_at=NOW)


def willing(*numbers: int) -> list[Willingness]:
    return [Willingness(party_no=no, answer=Answer.AGREES, asked_at=NOW, by_id=1, recorded_at=NOW) for no in numbers]


@pytest.mark.parametrize(
    ("source", "initiative", "ticks"),
    [
        ("application", "依当事人申请", "①当事人申请（√）②人民调解委员会主动调解（）"),
        ("own_initiative", "主动调解", "①当事人申请（）②人民调解委员会主动调解（√）"),
        (
            "referral_court_pre_filing",
            "依当事人申请（人民调解委员会主动调解）",
            "①当事人申请（）②人民调解委员会主动调解（）法院委派（立案前）某号",
        ),
        ("", "依当事人申请（人民调解委员会主动调解）", "①当事人申请（）②人民调解委员会主动调解（）某号"),
    ],
)
def test_the_form_says_on_whose_initiative(
    source: str, initiative: str, ticks: str, given: Given, party: MakeParty, read: Read
) -> None:
    facts = {"case_source": source, "source_document": "某号", "dispute_kind": "1001", "decisions": [accepted()]}
    people = [party(1, name="张三"), party(2, name="李四"), party(3, name="王五")]
    text = read(drawn("D04", given(*people, willingness=willing(1, 2, 3), **facts))).text
    assert f"2026年5月16日，人民调解委员会{initiative}，经当事人同意，调解张三、李四、王五之间的纠纷。" in text
    assert f"案件来源：{ticks}" in text
    assert "纠纷类型：劳动争议纠纷·拖欠农民工工资纠纷" in text
    assert text.count("当事人（签名）") == 3
    assert "登记人（签名）" in text
    assert "备注：此表由人民调解委员会填写" in text


def test_what_is_not_recorded_is_not_claimed(given: Given, party: MakeParty, read: Read) -> None:
    paper = read(drawn("D04", given(party(1), party(2), willingness=willing(1))))
    assert "年月日，人民调解委员会" in paper.text
    assert "经当事人，调解" in paper.text
    assert "同意" not in paper.text


@pytest.mark.parametrize("lines", range(3, 9))
def test_the_remark_stays_with_the_seal(lines: int, given: Given, party: MakeParty, read: Read) -> None:
    paper = read(drawn("D04", given(*(party(no) for no in range(1, 4)), matter="漏水争议。\n" * lines)))
    page = next(page for page in paper.pages if "备注：此表由人民调解委员会填写" in page)
    assert "（人民调解委员会印章）" in page


def test_signatures_are_in_company(given: Given, party: MakeParty, read: Read) -> None:
    paper = read(drawn("D04", given(*(party(no) for no in range(1, 9)), matter="漏水争议。" * 60)))
    page = next(page for page in paper.pages if "当事人（签名）" in page)
    assert "漏水争议。" in page.split("当事人（签名）")[0]
