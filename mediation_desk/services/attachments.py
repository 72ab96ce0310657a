"""Files that belong to a case: scans of signed papers, identity papers, evidence."""

from hashlib import sha256
from pathlib import PureWindowsPath

from mediation_desk.domain.case import Attachment, AttachmentKind, Case, EventKind
from mediation_desk.domain.errors import Faults, NotFound, refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records

_BEGINNINGS = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
    "image/bmp": (b"BM",),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF-",),
}
"""How the content of each admitted type begins: a renamed file is told at once, not in front of the judge."""


@needs(Right.PAPERS)
def attach(
    records: Records,
    act: Act,
    case_id: int,
    *,
    kind: AttachmentKind,
    file_name: str,
    content: bytes,
    agreement_no: int | None = None,
) -> Case:
    """Keep a file with the case, with its hash. Types and size are limited by the rule pack."""
    case = records.cases.get(case_id)
    limits = act.rules.attachment_limits
    media_type = limits.media_type(file_name)
    faults = Faults()
    faults.check(content, "这是一个空文件，没有收存。", "attachment")
    faults.check(
        len(content) <= limits.max_bytes,
        f"文件超过{limits.max_bytes // 1_000_000}兆，没有收存。请降低扫描分辨率后再试。",
        "attachment",
    )
    if media_type is None:
        allowed = "、".join(sorted(limits.media_types))
        faults.add(f"只收图片和 PDF（{allowed}），没有收存这个文件。", "attachment")
    elif content and media_type in _BEGINNINGS:
        faults.check(
            content.startswith(_BEGINNINGS[media_type]),
            "文件内容与扩展名不符或已损坏，没有收存。请重新扫描。",
            "attachment",
        )
    faults.check(agreement_no is None or case.agreement(agreement_no), "找不到这份协议，请重新选择。", "attachment")
    faults.refuse_if_any()
    attachment = Attachment(
        kind=kind,
        agreement_no=agreement_no,
        file_name=PureWindowsPath(file_name).name,  # it knows both kinds of slashes; folders are nobody's business
        media_type=media_type or "",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        by_id=act.by_id,
        recorded_at=act.at,
    )
    records.attachments.keep(case, attachment, content)
    note(case, act, EventKind.ATTACHED, act.today, kind.label)
    records.flush()
    return case


def attached(records: Records, case_id: int, attachment_id: int) -> tuple[Attachment, bytes]:
    """An attachment with its bytes, checked against the hash. Raises `NotFound`."""
    attachment = _find(records.cases.get(case_id), attachment_id)
    return attachment, records.attachments.content(attachment)


@needs(Right.PAPERS)
def remove_attachment(records: Records, act: Act, case_id: int, attachment_id: int, reason: str) -> Case:
    """Take the content of an attachment out of the store: it was not of this case, or shows what must not be kept.

    That it was here, its hash, who removed it and why stay with the case (个人信息保护法 arts. 6, 47). Back-ups that
    were made before still hold the content until they are thinned out.
    """
    case = records.cases.get(case_id)
    attachment = _find(case, attachment_id)
    refuse_unless(reason.strip(), "请写明移除的原因；原因会留在案件里。", "removed_reason")
    attachment.removed_at, attachment.removed_by_id = act.at, act.by_id
    attachment.removed_reason = reason.strip()
    records.attachments.drop_content(attachment)
    note(case, act, EventKind.DETACHED, act.today, f"{attachment.kind.label}：{attachment.removed_reason}")
    records.flush()
    return case


def _find(case: Case, attachment_id: int) -> Attachment:
    attachment = next((each for each in case.attachments if each.id == attachment_id), None)
    if attachment is None:
        raise NotFound("找不到这个附件。请刷新案件。")
    if attachment.removed_at is not None:
        raise NotFound(f"这个附件已于 {attachment.removed_at:%Y-%m-%d} 移除：{attachment.removed_reason}")
    return attachment
