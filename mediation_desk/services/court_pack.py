"""What the parties take to the court to have an agreement confirmed, as one PDF: list, application, agreement, proofs.

民事诉讼法解释 art. 353 and 354. What the desk has not is named in the list, and nothing is made up in its place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import Attachment, AttachmentKind, Case
from mediation_desk.domain.enclosures import enclosures_of, proofs, signed_scans
from mediation_desk.domain.errors import NotFound, refuse_unless
from mediation_desk.domain.paper import content_digest
from mediation_desk.domain.paper_input import Subject
from mediation_desk.domain.party import PartyKind
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.services.agreements import find_agreement
from mediation_desk.services.dossier import DrawnPaper
from mediation_desk.services.paper_log import keep_version, note_exported, note_printed
from mediation_desk.services.papers import finished_paper, see_paper
from mediation_desk.store.records import Records

PACK = "court_pack"
"""The code under which is kept what a pack held."""

TITLE = "司法确认申请材料"
_LIST, _PROOF = "D11-3", "D11-4"
_OF_PERSONS, _OF_A_UNIT = "D11-1", "D11-2"


@dataclass(frozen=True)
class CourtPack:
    """A finished pack. `missing` names what the court wants and the desk has not, `troubles` what could not be printed.

    `content` holds for each part its title and the digest of what it says.
    """

    title: str
    pdf: bytes
    agreement_no: int
    missing: Sequence[str]
    troubles: Sequence[str]
    papers: Sequence[DrawnPaper]
    content: Sequence[str]
    digest: str


@needs(Right.PRINT)
def make_court_pack(
    records: Records,
    act: Act,
    case_id: int,
    agreement_no: int,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> CourtPack:
    """Put the pack together. `progress` is told what is being added, and may raise to break off."""
    from mediation_desk.documents.joining import joined  # pypdf is loaded when a pack is wanted

    case = records.cases.get(case_id)
    agreement = find_agreement(case, agreement_no)
    refuse_unless(
        agreement.form is AgreementForm.WRITTEN and agreement.effective_on,
        "只有生效的书面协议可以申请司法确认。",
    )
    maker = _Maker(records, act, case, agreement, progress)
    pages = list(maker.parts())
    title = f"{TITLE} {agreement.number}"
    return CourtPack(
        title=title,
        pdf=joined(title, pages),
        agreement_no=agreement.no,
        missing=[each.label for each in enclosures_of(case, agreement, act.rules, act.today) if each.is_missing],
        troubles=maker.troubles,
        papers=maker.papers,
        content=maker.content,
        digest=content_digest(maker.content),
    )


@needs(Right.PRINT)
def note_court_pack(records: Records, act: Act, case_id: int, pack: CourtPack, copies: int = 0) -> None:
    """Remember what a pack held when it leaves the program: printed so many times, or saved."""
    for paper in pack.papers:
        if paper.content:
            keep_version(records, act, case_id, *paper)
    about = (case_id, PACK, pack.agreement_no, pack.title, pack.content, pack.digest)
    if copies:
        note_printed(records, act, *about, copies)
    else:
        note_exported(records, act, *about)


@dataclass
class _Maker:
    """Draws and reads the parts of a pack, and notes what they say."""

    records: Records
    act: Act
    case: Case
    agreement: Agreement
    progress: Callable[[str], None]
    papers: list[DrawnPaper] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def parts(self) -> Iterator[bytes]:
        """Each part as a PDF, in the order of the list."""
        yield self._form(_LIST)
        yield self._form(self._application())
        yield from self._signed_agreement()
        yield self._form(_PROOF)
        for kind in (AttachmentKind.IDENTITY, AttachmentKind.CONFIRMATION):
            yield from self._attached(proofs(self.case, kind))

    def _application(self) -> str:
        applicants = (self.case.party(no) for no in self.agreement.party_nos)
        has_unit = any(each.kind is PartyKind.ORGANISATION for each in applicants if each)
        return _OF_A_UNIT if has_unit else _OF_PERSONS

    def _form(self, code: str) -> bytes:
        form = self.act.rules.form(code, self.act.today)
        self.progress(form.title)
        subject = Subject(self.agreement.no, "", self.agreement)
        finished = finished_paper(self.records, self.act, self.case, form, subject)
        self._note(DrawnPaper(code, self.agreement.no, form.title, finished.content, finished.digest))
        return finished.pdf

    def _signed_agreement(self) -> Iterator[bytes]:
        """The signed scans; the final text too where there are none, or where one of them cannot be printed."""
        scans, before = signed_scans(self.case, self.agreement), len(self.troubles)
        yield from self._attached(scans)
        if scans and len(self.troubles) == before:
            return
        assert self.case.id is not None
        self.progress("调解协议书")
        seen = see_paper(self.records, self.act, self.case.id, "D08", self.agreement.no)
        self._note(DrawnPaper("D08", self.agreement.no, "人民调解协议书", seen.content, seen.digest))
        yield seen.pdf

    def _attached(self, attachments: Sequence[Attachment]) -> Iterator[bytes]:
        """The pages of attachments; of one that cannot be printed, a page that says so."""
        from mediation_desk.documents.attachment_pages import Unprintable, attachment_pages
        from mediation_desk.documents.dossier import notice

        for number, attachment in enumerate(attachments, start=1):
            called = f"{attachment.kind.label} {number}"
            self.progress(called)
            try:
                pages = attachment_pages(self.records.attachments.content(attachment), attachment.media_type)
            except (Unprintable, NotFound) as refusal:
                reason = str(refusal).rstrip("。")
                self.troubles.append(f"{called}（{attachment.file_name}）：{reason}。")
                yield notice(called, reason)
                continue
            self.content.append(f"{attachment.kind.label}\t{attachment.sha256}")
            yield pages

    def _note(self, paper: DrawnPaper) -> None:
        self.papers.append(paper)
        self.content.append(f"{paper.title}\t{paper.digest}")
