"""Files of a case: what is taken, what is refused, and that they come back unchanged."""

from typing import Any

import pytest

from mediation_desk.domain.case import AttachmentKind, EventKind
from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.services.afterwards import missing_for_closing
from mediation_desk.services.attachments import attach, attached, remove_attachment
from mediation_desk.store.audit import verify
from tests.desk import NOW, Desk, photo

PDF = b"%PDF-1.7 \x00\xff"


def take(desk: Desk, case_id: int, **facts: Any) -> None:
    given: dict[str, Any] = {"kind": AttachmentKind.EVIDENCE, "file_name": "证据.pdf", "content": PDF}
    desk.do(attach, case_id, **given | facts)


@pytest.mark.parametrize(
    ("file_name", "content", "media_type"),
    [
        ("扫描.pdf", PDF, "application/pdf"),
        ("照片.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("照片.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("截图.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("传真.tif", b"II*\x00", "image/tiff"),
        ("传真.tiff", b"MM\x00*", "image/tiff"),
        ("图.bmp", b"BM", "image/bmp"),
        ("图.webp", b"RIFF", "image/webp"),
    ],
)
def test_scans_and_pictures_are_kept_with_size_and_hash(
    desk: Desk, file_name: str, content: bytes, media_type: str
) -> None:
    case_id = desk.registered()
    take(desk, case_id, file_name=file_name, content=content)
    case = desk.case(case_id)
    [held] = case.attachments
    assert held.id is not None
    assert (held.kind, held.file_name, held.media_type, held.size) == (
        AttachmentKind.EVIDENCE,
        file_name,
        media_type,
        len(content),
    )
    assert (held.by_id, held.recorded_at, len(held.sha256)) == (1, NOW, 64)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.ATTACHED, "证据材料")
    with desk.database.reading() as records:
        found, returned = attached(records, case_id, held.id)
        assert (found.sha256, returned) == (held.sha256, content)


@pytest.mark.parametrize("path", ["C:\\扫描\\合同.pdf", "/home/desk/合同.pdf", "../../合同.pdf"])
def test_only_the_name_of_a_file_is_kept(desk: Desk, path: str) -> None:
    case_id = desk.registered()
    take(desk, case_id, file_name=path)
    assert desk.case(case_id).attachments[0].file_name == "合同.pdf"


def test_a_scan_may_belong_to_an_agreement(desk: Desk) -> None:
    case_id = desk.performing()
    take(desk, case_id, kind=AttachmentKind.SIGNED_AGREEMENT, agreement_no=1)
    assert desk.case(case_id).attachments[0].agreement_no == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"content": b""}, "这是一个空文件，没有收存。"),
        ({"content": b"MZ\x90"}, "文件内容与扩展名不符或已损坏，没有收存。"),
        ({"file_name": "合同.png"}, "文件内容与扩展名不符或已损坏，没有收存。"),
        ({"file_name": "程序.exe"}, "只收图片和 PDF（bmp、jpeg、jpg、pdf、png、tif、tiff、webp），没有收存这个文件。"),
        ({"file_name": "没有扩展名"}, "只收图片和 PDF"),
        ({"content": PDF + bytes(20_971_520)}, "文件超过20兆，没有收存。"),
        ({"agreement_no": 1}, "找不到这份协议，请重新选择。"),
    ],
)
def test_what_is_not_kept(desk: Desk, facts: dict[str, Any], sentence: str) -> None:
    case_id = desk.registered()
    with desk.refuses(sentence, "attachment"):
        take(desk, case_id, **facts)


def test_an_empty_file_of_a_foreign_kind_has_two_faults(desk: Desk) -> None:
    case_id = desk.registered()
    with pytest.raises(RuleBroken) as refused:
        take(desk, case_id, file_name="空.txt", content=b"")
    assert len(refused.value.faults) == 2


def test_an_attachment_of_another_case_is_not_found(desk: Desk) -> None:
    case_id, other = desk.registered(), desk.registered()
    take(desk, case_id)
    take(desk, other)
    second = desk.case(other).attachments[0].id
    assert second is not None
    with desk.database.reading() as records, pytest.raises(NotFound, match="找不到这个附件"):
        attached(records, case_id, second)


def test_an_attachment_is_removed_with_a_reason_and_only_its_content_goes(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(attach, case_id, kind=AttachmentKind.EVIDENCE, file_name="照片.png", content=photo())
    with desk.refuses("请写明移除的原因", "removed_reason"):
        desk.do(remove_attachment, case_id, 1, "  ")
    desk.do(remove_attachment, case_id, 1, " 误传了别人的证件 ")
    case = desk.case(case_id)
    [attachment] = case.attachments
    assert (attachment.removed_reason, attachment.removed_by_id, attachment.removed_at) == (
        "误传了别人的证件",
        1,
        desk.now,
    )
    assert attachment.sha256
    assert case.standing_attachments == []
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.DETACHED, "证据材料：误传了别人的证件")
    assert desk.contents()["attachment_contents"] == []
    assert verify(desk.database) == []
    with pytest.raises(NotFound, match="这个附件已于 2026-11-23 移除：误传了别人的证件"):
        desk.look(lambda records, _: attached(records, case_id, 1))
    with pytest.raises(NotFound, match="移除"):
        desk.do(remove_attachment, case_id, 1, "再来一次")


def test_a_removed_scan_does_not_stand_for_the_signed_agreement(desk: Desk) -> None:
    case_id, missing = desk.performing(), "签署的协议书扫描件"
    take(desk, case_id, kind=AttachmentKind.SIGNED_AGREEMENT, agreement_no=1)
    assert missing not in missing_for_closing(desk.case(case_id), desk.act)
    desk.do(remove_attachment, case_id, 1, "扫错了")
    assert missing in missing_for_closing(desk.case(case_id), desk.act)
