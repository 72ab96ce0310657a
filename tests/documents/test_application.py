from collections.abc import Callable

import pytest

from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party, Side
from tests.documents.drawing import drawn
from tests.documents.reading import Paper

Given = Callable[..., PaperInput]
MakeParty = Callable[..., Party]
Read = Callable[[bytes], Paper]


def test_every_applicant_and_respondent_is_printed(given: Given, party: MakeParty, read: Read) -> None:
    people = [
        party(1, name="张三"),
        party(2, name="张四", side=Side.CLAIMANT),
        party(3, name="买买提江·吐尔逊"),
        party(4, name="王五", side=Side.OTHER),
    ]
    text = read(drawn("D03", given(*people))).text
    for words in ("申请人姓名张三", "申请人姓名张四", "被申请人姓名买买提江·吐尔逊性别男民族维吾尔族年龄36岁职业"):
        assert words in text
    assert "其他当事人姓名王五" in text
    assert text.count("申请人（签名盖章或按指印）") == 2
    assert "印章" not in text
    assert "人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解委员会进行调解。" in text


@pytest.mark.parametrize("length", [0, 10, 900])
def test_the_story_is_never_cut_off(length: int, given: Given, party: MakeParty, read: Read) -> None:
    matter = "".join(chr(0x4E00 + step) for step in range(length))
    text = "".join(read(drawn("D03", given(party(1), matter=matter))).text.split("某某街道人民调解委员会案号"))
    assert matter[:500] in text.replace("：（2026）东人调字第7号第1/2页", "").replace("：（2026）东人调字第7号", "")
    assert matter[-1:] in text


@pytest.mark.parametrize(
    ("demand", "printed"),
    [
        ("道歉\n\n赔偿", "1．道歉2．赔偿3．人民"),
        ("1、道歉\n2、赔偿", "：1、道歉2、赔偿3．"),
        ("", "：1．2．3．"),
        ("一\n二\n三\n四", "1．一2．二3．三4．四人民"),
    ],
)
def test_demands_are_numbered_unless_the_clerk_did(
    demand: str, printed: str, given: Given, party: MakeParty, read: Read
) -> None:
    assert printed in read(drawn("D03", given(party(1), demand=demand))).text


def test_without_applicant_a_place_to_sign_stays(given: Given, read: Read) -> None:
    assert "申请人（签名盖章或按指印）" in read(drawn("D03", given())).text
