"""The case file (卷宗) of a case, bound into one PDF: cover, contents, papers and attachments, back cover.

Nothing bound is kept: a file is made anew whenever it is wanted; what was bound last is remembered by the digests of
its parts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mediation_desk.domain.case import Attachment, Case
from mediation_desk.domain.file_scoring import ScoreSheet
from mediation_desk.domain.paper import content_digest
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.services.case_file import (
    DOSSIER,
    DossierPlan,
    DossierRow,
    FileValues,
    plan_dossier,
    retention_label,
    score_plan,
    score_values,
)
from mediation_desk.services.case_papers import CasePaper, find_paper
from mediation_desk.services.paper_log import keep_version, note_exported, note_printed
from mediation_desk.services.papers import finished_paper, see_paper
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.documents.dossier import BoundEntry, Part, Refused
    from mediation_desk.documents.page import Finished

COVER, CONTENTS, BACK_COVER, SCORE_SHEET = "D01", "D02", "D13", "S1"
TITLE = "调解卷宗"


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

    `troubles` name the files, as no paper does. `papers` are those that were drawn; `content` holds for each part its
    title and the digest of what it says, and `digest` is that of them all.
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


@needs(Right.PRINT)
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
    entries = [Entry(row.title, binder.parts(row), row.remark) for row in plan.rows if not row.is_missing]
    bound = bind(
        f"{TITLE} {case.number}".strip(),
        entries,
        cover=binder.cover,
        contents=binder.contents,
        back_cover=binder.back_cover,
        double_sided=double_sided,
        progress=progress,
    )
    return Dossier(
        bound.pdf,
        bound.entries,
        bound.pages,
        [row.title for row in plan.missing],
        [
            _told(f"{each.caption}（{each.file_name}）" if each.file_name else each.caption, each)
            for each in bound.refused
        ],
        binder.papers,
        binder.content,
        content_digest(binder.content),
        score_plan(records, act, case, plan, [_told(each.caption, each) for each in bound.refused]),
    )


def _told(called: str, refused: "Refused") -> str:
    return f"{called}：{refused.reason.rstrip('。')}。"


@needs(Right.PRINT)
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
        note_exported(records, act, *about)


@needs(Right.PRINT)
def draw_score_sheet(records: Records, act: Act, case_id: int, sheet: ScoreSheet) -> "Finished":
    """The scoring sheet on paper (S1)."""
    case = records.cases.get(case_id)
    form, subject = find_paper(case, act, SCORE_SHEET)
    return finished_paper(records, act, case, form, subject, file=score_values(act, sheet))


# ---- binding it


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
                attachment.file_name,
            )
            for number, attachment in enumerate(row.attachments, start=1)
        ]

    def cover(self, pages: int) -> bytes:
        label = retention_label(self.act, self.plan)
        return self._form(COVER, FileValues({"file.retention": label, "file.pages": str(pages)}))

    def contents(self, entries: Sequence["BoundEntry"]) -> bytes:
        rows = [[str(no), each.title, str(each.first), each.remark] for no, each in enumerate(entries, start=1)]
        end = entries[-1].last if entries else 0
        if rows and end > entries[-1].first:
            rows[-1][2] = f"{entries[-1].first}—{end}"
        return self._form(CONTENTS, FileValues({"file.pages": str(end)}, {"file.contents": rows}))

    def back_cover(self, pages: int) -> bytes:
        return self._form(BACK_COVER, FileValues({"file.pages": str(pages)}))

    def _draw(self, paper: CasePaper) -> bytes:
        assert self.case.id is not None
        seen = see_paper(self.records, self.act, self.case.id, paper.code, paper.no)
        self._note(DrawnPaper(paper.code, paper.no, paper.title, seen.content, seen.digest))
        return seen.pdf

    def _read(self, attachment: Attachment) -> bytes:
        self.content.append(f"{attachment.kind.label}\t{attachment.sha256}")
        return self.records.attachments.content(attachment)

    def _form(self, code: str, values: FileValues) -> bytes:
        form, subject = find_paper(self.case, self.act, code)
        finished = finished_paper(self.records, self.act, self.case, form, subject, file=values)
        self._note(DrawnPaper(code, subject.no, form.title, finished.content, finished.digest))
        return finished.pdf

    def _note(self, paper: DrawnPaper) -> None:
        self.papers.append(paper)
        self.content.append(f"{paper.title}\t{paper.digest}")
