"""The memory of what was printed: wordings kept at printing and freezing, and of drafts while they are written."""

from collections.abc import Sequence
from datetime import timedelta

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.agreement_wording import wording
from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.paper import PaperVersion, content_digest
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.audit import note_export, note_print
from mediation_desk.store.records import Records
from mediation_desk.store.versions import VersionRow

DRAFT = "draft"
"""The code under which wordings of an agreement are kept while it is written. They are no papers: nobody has them."""

AGREEMENT_PAPERS = ("D08", "D09")
"""The codes of the papers that are about an agreement's text, written or oral."""

SITTING = timedelta(minutes=30)
"""After so long a pause, or by another user, the changes to a draft are a new sitting."""


@needs(Right.PRINT)
def keep_version(
    records: Records,
    act: Act,
    case_id: int,
    code: str,
    no: int,
    title: str,
    content: Sequence[str],
    digest: str,
    copies: int = 0,
) -> None:
    """Keep the wording of a paper. Without being printed the same words are not kept a second time running."""
    if not copies:
        last = records.versions.last(case_id, code, no)
        if last and last.digest == digest:
            return
    version = PaperVersion(
        centre_id=act.centre_id,
        case_id=case_id,
        code=code,
        no=no,
        title=title,
        content=list(content),
        digest=digest,
        copies=copies,
        by_id=act.by_id,
        kept_at=act.at,
    )
    records.versions.keep(version)
    records.flush()


@needs(Right.PRINT)
def note_printed(
    records: Records,
    act: Act,
    case_id: int,
    code: str,
    no: int,
    title: str,
    content: Sequence[str],
    digest: str,
    copies: int,
) -> None:
    """Record that a paper was sent to the printer, and what it said: "人民调解申请书 2份（重印，第3次）"."""
    keep_version(records, act, case_id, code, no, title, content, digest, copies)
    times = times_printed(records, case_id, code, no)
    again = f"（重印，第{times}次）" if times > 1 else ""
    note(records.cases.get(case_id), act, EventKind.PRINTED, act.today, f"{title} {copies}份{again}")
    note_print(records, title + again, case_id, copies=copies)


@needs(Right.PRINT)
def note_exported(
    records: Records,
    act: Act,
    case_id: int,
    code: str,
    no: int,
    title: str,
    content: Sequence[str],
    digest: str,
) -> None:
    """Record that a paper was saved as a file, and keep what it said, so that it is known when it comes back."""
    keep_version(records, act, case_id, code, no, title, content, digest)
    note_export(records, title, case_id)


def last_printed(records: Records, case_id: int, code: str, no: int) -> PaperVersion | None:
    """What the paper said when it was last printed; None while it never was."""
    return records.versions.last(case_id, code, no, printed=True)


def versions_of(records: Records, case_id: int, code: str, no: int) -> list[VersionRow]:
    """Every kept version of a paper without its wording, the oldest first; `records.versions.get` has the wording."""
    return records.versions.of_paper(case_id, code, no)


def times_printed(records: Records, case_id: int, code: str, no: int) -> int:
    """How often a paper was sent to the printer; from the second time on it is a reprint."""
    return records.versions.times_printed(case_id, code, no)


def keep_draft_version(records: Records, act: Act, case: Case, agreement: Agreement, title: str) -> None:
    """Keep what an agreement says at this moment; where it still says what was kept last, that holds until now."""
    assert case.id is not None
    content = wording(case, agreement)
    digest = content_digest(content)
    last = records.versions.last(case.id, DRAFT, agreement.no)
    if last and last.digest == digest:
        last.title, last.by_id, last.kept_at = title, act.by_id, act.at
    else:
        keep_version(records, act, case.id, DRAFT, agreement.no, title, content, digest)


def forget_draft(records: Records, case_id: int, no: int) -> None:
    """A draft is given up: its versions go; what was printed of it is still known, as of nothing that is left."""
    records.versions.drop(case_id, DRAFT, no)
    for code in AGREEMENT_PAPERS:
        records.versions.orphan(case_id, code, no)


def keep_draft_version_if_due(records: Records, act: Act, case: Case, agreement: Agreement) -> None:
    """Keep what a draft says before the first change of a sitting. Call it before anything is changed."""
    assert case.id is not None
    last = records.versions.last(case.id, DRAFT, agreement.no)
    if last is None or last.by_id != act.by_id or act.at - last.kept_at >= SITTING:
        keep_draft_version(records, act, case, agreement, "修改前")
