"""The pack for the court holds what the desk has, names what it has not, and makes up nothing."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.case import AttachmentKind, EventKind
from mediation_desk.domain.party import PartyKind
from mediation_desk.services import agreements
from mediation_desk.services.attachments import attach
from mediation_desk.services.confirmation import record_confirmation
from mediation_desk.services.court_pack import PACK, CourtPack, make_court_pack, note_court_pack
from mediation_desk.services.papers import draw_agreement
from mediation_desk.store.records import Records
from tests.desk import TODAY, Desk

LIST, APPLICATION, PROOF = "司法确认申请材料清单", "司法确认申请书", "主持调解证明"
TERMS = "李四赔偿张三人民币3,000.00元"


@pytest.fixture
def printing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    return desk


def made(desk: Desk, case_id: int) -> CourtPack:
    with desk.database.reading() as records:
        return make_court_pack(records, desk.act, case_id, 1)


def pages(pack: CourtPack) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pack.pdf)).pages]


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "PNG")
    return file.getvalue()


def add(desk: Desk, case_id: int, kind: AttachmentKind, content: bytes | None = None) -> None:
    desk.do(attach, case_id, kind=kind, file_name="a.png", content=content or photo())


def test_what_the_desk_has_not_is_named_and_the_final_text_stands_in_for_the_signed_agreement(printing: Desk) -> None:
    pack = made(printing, printing.performing())
    said = pages(pack)
    assert [title for title in (LIST, APPLICATION, PROOF) if any(title in page for page in said)] == [
        LIST,
        APPLICATION,
        PROOF,
    ]
    assert LIST in said[0]
    assert TERMS in "".join(said)
    assert pack.missing == ["调解协议书", "申请人的身份证明", "送达地址和联系方式确认材料"]
    assert "还缺：调解协议书、申请人的身份证明、送达地址和联系方式确认材料" in said[0]


def test_what_is_there_goes_with_it(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    without = len(pages(made(desk, case_id)))
    for kind in (AttachmentKind.SIGNED_AGREEMENT, AttachmentKind.IDENTITY, AttachmentKind.CONFIRMATION):
        add(desk, case_id, kind)
    add(desk, case_id, AttachmentKind.EVIDENCE)
    pack = made(desk, case_id)
    assert pack.missing == ["送达地址和联系方式确认材料"]
    assert TERMS not in "".join(pages(pack))  # the scan is the agreement
    with desk.database.reading() as records:
        final_text = PdfReader(BytesIO(records.cases.kept_paper(desk.agreement(case_id))))
    assert len(pages(pack)) == without - len(final_text.pages) + 3
    assert [line.partition("\t")[0] for line in pack.content] == [
        LIST,
        "司法确认申请书（个人与个人）",
        "签署的协议书",
        PROOF,
        "身份证明",
        "司法确认材料",
    ]


def test_a_unit_has_an_application_of_its_own(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    with desk.database.writing() as records:
        records.cases.get(case_id).parties[1].kind = PartyKind.ORGANISATION
    pack = made(desk, case_id)
    assert "申请人是单位的，加盖公章" in "".join(pages(pack))
    assert "申请人（单位）的主体资格证明、法定代表人身份证明" in pack.missing


def test_the_court_that_is_known_is_named(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    state = ConfirmationState.CONSIDERING
    desk.do(record_confirmation, case_id, 1, state, happened_on=TODAY, court="示例区人民法院")
    assert sum("示例区人民法院" in page for page in pages(made(desk, case_id))) >= 3


def test_what_cannot_be_printed_is_named_and_a_page_says_so(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    add(desk, case_id, AttachmentKind.SIGNED_AGREEMENT, photo()[:60])
    pack = made(desk, case_id)
    assert pack.troubles == ["签署的协议书 1（a.png）：文件已损坏或不完整，无法读出。"]
    said = "".join(pages(pack))
    assert "此处应为：签署的协议书1" in said
    assert TERMS in said


def test_only_a_binding_written_agreement_has_a_pack(desk: Desk) -> None:
    for case_id in (desk.frozen(), desk.performing_orally()):
        with desk.refuses("只有生效的书面协议可以申请司法确认。"):
            made(desk, case_id)


def test_what_left_the_house_is_remembered_with_what_it_said(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    pack = made(desk, case_id)
    desk.do(note_court_pack, case_id, pack, 2)

    def kept(records: Records) -> list[tuple[str, int]]:
        return [
            (each.code, each.copies) for each in records.versions.of_case(case_id) if each.code[:3] in ("D11", PACK[:3])
        ]

    with desk.database.reading() as records:
        assert sorted(kept(records)) == [("D11-1", 0), ("D11-3", 0), ("D11-4", 0), (PACK, 2)]
    assert (desk.case(case_id).events[-1].kind, desk.case(case_id).events[-1].text) == (
        EventKind.PRINTED,
        f"司法确认申请材料 {desk.agreement(case_id).number} 2份",
    )


def test_the_same_pack_is_the_same_bytes_and_may_be_broken_off(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    assert made(desk, case_id).pdf == made(desk, case_id).pdf

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with desk.database.reading() as records, pytest.raises(KeyboardInterrupt):
        make_court_pack(records, desk.act, case_id, 1, progress=stop)
