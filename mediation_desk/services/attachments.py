"""Files that belong to a case: scans of signed papers, identity papers, evidence."""

from hashlib import sha256
from pathlib import PureWindowsPath

from mediation_desk.domain.case import Attachment, AttachmentKind, Case, EventKind
from mediation_desk.domain.errors import Faults, NotFound
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
    for attachment in records.cases.get(case_id).attachments:
        if attachment.id == attachment_id:
            return attachment, records.attachments.content(attachment)
    raise NotFound("找不到这个附件。请刷新案件。")
