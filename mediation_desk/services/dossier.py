"""The case file (卷宗) of a case: what belongs to it, what is missing, and all of it bound into one PDF.

The order of the file and what must be in it are rules (table `file_paper`, domain 2.1). Nothing bound is kept: a file
is made anew whenever it is wanted; what was bound last is remembered by the digests of its parts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mediation_desk.domain.agreement_review import review
from mediation_desk.domain.case import Attachment, AttachmentKind, Case, EventKind
from mediation_desk.domain.file_scoring import FileToScore, ScoreSheet, score, score_rows
from mediation_desk.domain.paper import PaperVersion, content_digest
from mediation_desk.domain.retention import Retention, keep_until, propose_retention
from mediation_desk.domain.rules import Code
from mediation_desk.services.act import Act
from mediation_desk.services.paper_log import keep_version, note_printed
from mediation_desk.services.papers import CasePaper, find_paper, finished_paper, papers_of, see_paper
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.documents.dossier import BoundEntry, Part
    from mediation_desk.documents.page import Finished

COVER, CONTENTS, BACK_COVER, SCORE_SHEET = "D01", "D02", "D13", "S1"
DOSSIER = "dossier"
"""The code under which is kept what was bound last."""

TITLE = "调解卷宗"
_AGREEMENTS = ("D08", "D09")
_APPLICATION, _OWN_INITIATIVE = "D03", "2"
_NOT_A_CHANGE = (EventKind.PRINTED,)


@dataclass(frozen=True)
class DossierRow:
    """A line of the contents, or, without paper and attachments, something that must be in the file and is not.

    `code` is that of the table `file_paper`. Where `paper` and `attachments` are both there, the signed scans take the
    place of the paper. `was_printed` is False for a paper that nobody can have signed, as it never left the house.
    """

    code: str
    title: str
    is_must: bool
    paper: CasePaper | None = None
    attachments: tuple[Attachment, ...] = ()
    was_printed: bool = True

    @property
    def is_missing(self) -> bool:
        return self.paper is None and not self.attachments


@dataclass(frozen=True)
class DossierPlan:
    """What a case file holds now. `changed` names what was recorded since it was bound last.

    `keep_until` is the last day of the proposed class, None for ever; while the case is open, as if closed today.
    """

    title: str
    rows: Sequence[DossierRow]
    retention: Retention
    keep_until: date | None
    is_closed: bool
    last: PaperVersion | None
    changed: Sequence[str]

    @property
    def missing(self) -> list[DossierRow]:
        return [row for row in self.rows if row.is_missing]


class DrawnPaper(NamedTuple):
    """What one of our own papers in a bound file says."""

    code: str
    no: int
    title: str
    content: Sequence[str]
    digest: str


@dataclass(frozen=True)
class Dossier:
    """A bound case file: its lines with their pages, what is missing or could not be printed, and the scoring sheet.

    `papers` are those that were drawn; `content` holds for each part its title and the digest of what it says, and
    `digest` is that of them all.
    """

    pdf: bytes
    rows: Sequence["BoundEntry"]
    pages: int
    missing: Sequence[str]
    troubles: Sequence[str]
    papers: Sequence[DrawnPaper]
    content: Sequence[str]
    digest: str
    scores: ScoreSheet


def plan_dossier(records: Records, act: Act, case_id: int) -> DossierPlan:
    """What belongs to the file of a case, in order, and which papers that must be there are missing."""
    case = records.cases.get(case_id)
    last = records.versions.last(case_id, DOSSIER, 0)
    events = case.events if last else []
    changed = [each.kind.label for each in events if last and each.recorded_at > last.kept_at]
    unchanged = {kind.label for kind in _NOT_A_CHANGE}
    kind = act.rules.table("dispute_kind").label(case.dispute_kind) if case.dispute_kind else ""
    retention = propose_retention(case, act.rules, act.today)
    closed_on = case.closing.closed_on if case.closing else act.today
    return DossierPlan(
        title=case.file_title(kind),
        rows=list(_rows(records, act, case)),
        retention=retention,
        keep_until=keep_until(closed_on, retention.code, act.rules),
        is_closed=case.closing is not None,
        last=last,
        changed=[label for label in dict.fromkeys(changed) if label not in unchanged],
    )


def make_dossier(
    records: Records,
    act: Act,
    case_id: int,
    *,
    double_sided: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Dossier:
    """Bind the file of a case. `progress` is told what is being bound, and may raise to break off."""
    # ReportLab, pypdf and Pillow cost a third of a second: loaded when a file is wanted.
    from mediation_desk.documents.dossier import Entry, bind

    case = records.cases.get(case_id)
    plan = plan_dossier(records, act, case_id)
    binder = _Binder(records, act, case, plan)
    entries = [Entry(row.title, binder.parts(row), _remark(row)) for row in plan.rows if not row.is_missing]
    bound = bind(
        f"{TITLE} {case.number}".strip(),
        entries,
        cover=binder.cover,
        contents=binder.contents,
        back_cover=binder.back_cover,
        double_sided=double_sided,
        progress=progress,
    )
    troubles = [f"{caption}：{reason.rstrip('。')}。" for caption, reason in bound.refused]
    return Dossier(
        bound.pdf,
        bound.entries,
        bound.pages,
        [row.title for row in plan.missing],
        troubles,
        binder.papers,
        binder.content,
        content_digest(binder.content),
        _scores(records, act, case, plan, troubles),
    )


def note_dossier(records: Records, act: Act, case_id: int, dossier: Dossier, copies: int = 0) -> None:
    """Remember what was bound when a file leaves the program: printed so many times, or saved.

    The wording of each paper is kept too, so that it is known when somebody brings it back.
    """
    for paper in dossier.papers:
        if paper.content:
            keep_version(records, act, case_id, *paper)
    about = (case_id, DOSSIER, 0, TITLE, dossier.content, dossier.digest)
    if copies:
        note_printed(records, act, *about, copies)
    else:
        keep_version(records, act, *about)


def score_file(records: Records, act: Act, case_id: int) -> ScoreSheet:
    """The scoring sheet of a file that is not bound: page numbers and binding are left open."""
    return _scores(records, act, records.cases.get(case_id), plan_dossier(records, act, case_id), None)


def draw_score_sheet(records: Records, act: Act, case_id: int, sheet: ScoreSheet) -> "Finished":
    """The scoring sheet on paper (S1)."""
    case = records.cases.get(case_id)
    further = {"file.total": sheet.in_words(act.rules)}
    form, subject = find_paper(case, act, SCORE_SHEET)
    rows = {"file.scores": score_rows(sheet)}
    return finished_paper(records, act, case, form, subject, further=further, rows=rows)


def _scores(
    records: Records, act: Act, case: Case, plan: DossierPlan, binding_faults: Sequence[str] | None
) -> ScoreSheet:
    mediator_ids = {each.mediator_id for each in case.assignments}
    mediator_ids.update(each for agreement in case.agreements for each in agreement.mediator_ids)
    mediators = {each.id: each for each in records.mediators.some(mediator_ids).values() if each.id is not None}
    final = [each for each in case.agreements if not each.is_draft and each.withdrawn_at is None]
    file = FileToScore(
        case=case,
        mediators=mediators,
        rules=act.rules,
        today=act.today,
        missing=frozenset(row.code for row in plan.missing),
        agreement_findings=[
            finding.sentence
            for agreement in final
            for finding in review(case, agreement, mediators, act.rules, act.today)
        ],
        binding_faults=binding_faults,
    )
    return score(file)


# ---- what belongs to the file


def _rows(records: Records, act: Act, case: Case) -> Iterator[DossierRow]:
    assert case.id is not None
    printed = {(each.code, each.no) for each in records.versions.of_case(case.id) if each.copies}
    typed = {(entry.code, entry.no) for entry in case.entries}
    papers = [paper for paper in papers_of(case, act) if _is_of_the_file(case, act, paper)]
    for line in act.rules.table("file_paper").valid_on(act.today):
        always, also = line.extra.get("papers", "").split(), line.extra.get("also", "").split()
        if BACK_COVER in always:
            continue
        is_must = line.extra.get("need") == "must" and (line.extra.get("when") != "agreed" or case.is_agreed)
        rows = []
        for paper in papers:
            known = (paper.code, paper.no) in printed
            if paper.code in always or (paper.code in also and (known or (paper.code, paper.no) in typed)):
                scans = tuple(_scans_of(case, paper))
                rows.append(DossierRow(line.code, paper.title, is_must, paper, scans, known))
        rows += _attached(case, line, is_must, [each for row in rows for each in row.attachments])
        yield from rows or ([DossierRow(line.code, line.label, is_must)] if is_must else [])


def _is_of_the_file(case: Case, act: Act, paper: CasePaper) -> bool:
    """Drafts are none of it, and where the committee began of itself (人民调解法 art. 17) nobody applied."""
    if paper.code in _AGREEMENTS:
        agreement = case.agreement(paper.no)
        return agreement is not None and not agreement.is_draft
    if paper.code == _APPLICATION:
        sources = act.rules.table("case_source")
        return case.case_source not in sources or sources[case.case_source].extra.get("d04") != _OWN_INITIATIVE
    return True


def _scans_of(case: Case, paper: CasePaper) -> Iterator[Attachment]:
    """The scans that show this agreement signed; one that names none shows the only one there is."""
    if paper.code not in _AGREEMENTS:
        return
    final = [each.no for each in case.agreements if not each.is_draft and each.withdrawn_at is None]
    for attachment in case.attachments:
        shown = attachment.agreement_no or (final[0] if len(final) == 1 else None)
        if attachment.kind is AttachmentKind.SIGNED_AGREEMENT and shown == paper.no:
            yield attachment


def _attached(case: Case, line: Code, is_must: bool, shown: Sequence[Attachment]) -> Iterator[DossierRow]:
    """Attachments of a line that stand for themselves, one row for each kind."""
    for kind in line.extra.get("attachments", "").split():
        rest = tuple(each for each in case.attachments if each.kind == kind and each not in shown)
        if rest:
            title = AttachmentKind(kind).label if "papers" in line.extra else line.label
            yield DossierRow(line.code, title, is_must, None, rest)


# ---- binding it


def _remark(row: DossierRow) -> str:
    said = ["签署件"] if row.paper and row.attachments else []
    said += [f"共{len(row.attachments)}件"] if len(row.attachments) > 1 else []
    return "，".join(said)


@dataclass(frozen=True)
class _Binder:
    """Draws and reads what is bound, and notes what it says."""

    records: Records
    act: Act
    case: Case
    plan: DossierPlan
    papers: list[DrawnPaper] = field(default_factory=list)
    content: list[str] = field(default_factory=list)

    def parts(self, row: DossierRow) -> list["Part"]:
        from mediation_desk.documents.dossier import Part

        draw = partial(self._draw, row.paper) if row.paper else None
        if not row.attachments:
            assert draw is not None
            return [Part(draw, caption=row.title)]
        first, *_ = row.attachments
        return [
            Part(
                partial(self._read, attachment),
                attachment.media_type,
                f"{attachment.kind.label} {number}",
                draw if attachment is first else None,
            )
            for number, attachment in enumerate(row.attachments, start=1)
        ]

    def cover(self, pages: int) -> bytes:
        label = self.act.rules.table("retention_class").label(self.plan.retention.code)
        return self._form(COVER, {"file.retention": label, "file.pages": str(pages)})

    def contents(self, entries: Sequence["BoundEntry"]) -> bytes:
        rows = [[str(no), each.title, str(each.first), each.remark] for no, each in enumerate(entries, start=1)]
        if rows and entries[-1].last > entries[-1].first:
            rows[-1][2] = f"{entries[-1].first}—{entries[-1].last}"
        return self._form(CONTENTS, {}, rows)

    def back_cover(self, pages: int) -> bytes:
        return self._form(BACK_COVER, {"file.pages": str(pages)})

    def _draw(self, paper: CasePaper) -> bytes:
        assert self.case.id is not None
        seen = see_paper(self.records, self.act, self.case.id, paper.code, paper.no)
        self._note(DrawnPaper(paper.code, paper.no, paper.title, seen.content, seen.digest))
        return seen.pdf

    def _read(self, attachment: Attachment) -> bytes:
        self.content.append(f"{attachment.kind.label}\t{attachment.sha256}")
        return self.records.attachments.content(attachment)

    def _form(self, code: str, further: dict[str, str], rows: Sequence[Sequence[str]] = ()) -> bytes:
        form, subject = find_paper(self.case, self.act, code)
        finished = finished_paper(
            self.records, self.act, self.case, form, subject, further=further, rows={"file.contents": rows}
        )
        self._note(DrawnPaper(code, subject.no, form.title, finished.content, finished.digest))
        return finished.pdf

    def _note(self, paper: DrawnPaper) -> None:
        self.papers.append(paper)
        self.content.append(f"{paper.title}\t{paper.digest}")
