"""The papers of a case, drawn by `documents` from what is recorded, after the forms of the rule packs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.form_values import asks_for_the_file
from mediation_desk.domain.forms import About, Form
from mediation_desk.domain.paper import BlankForm, PaperVersion
from mediation_desk.domain.paper_input import PaperInput, Subject
from mediation_desk.domain.people_of_case import mediators_of
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import Conference
from mediation_desk.services.act import Act, needs
from mediation_desk.services.case_file import FileValues, file_values
from mediation_desk.services.case_papers import code_of, find_paper
from mediation_desk.services.conferences import cases_of_meeting
from mediation_desk.services.paper_log import last_printed, times_printed
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.documents.page import Finished

LARGE = 1.35
"""How much larger the type of a large-type paper is: 四号 becomes 小二."""


def draw_paper(records: Records, act: Act, case_id: int, code: str, no: int = 0, *, large: bool = False) -> bytes:
    """The PDF of a paper (`code` after domain 2.5); of the latest of its kind when `no` is 0.

    Raises `NotFound` when the case has nothing for that paper, and the refusal of a character no font can draw.
    """
    return see_paper(records, act, case_id, code, no, large=large).pdf


@dataclass(frozen=True)
class SeenPaper:
    """A paper as it would be printed now, and what is known of earlier prints of it.

    `changes_marked` is the same paper with what differs from the last print marked at the margin, None where nothing
    does. `times_printed` counts all prints, `is_reprint` tells whether these very words were printed before.
    """

    pdf: bytes
    content: Sequence[str]
    digest: str
    last_printed: PaperVersion | None
    times_printed: int
    changes_marked: bytes | None = None

    @property
    def is_reprint(self) -> bool:
        return self.last_printed is not None and self.last_printed.digest == self.digest


def see_paper(
    records: Records, act: Act, case_id: int, code: str, no: int = 0, *, large: bool = False, marked: bool = False
) -> SeenPaper:
    """Draw a paper, and with `marked` also mark its changes since the last print. Raises as `draw_paper`.

    A frozen agreement comes as the very bytes that were kept when it was frozen; in large type only while that says
    the same word for word, else it is refused.
    """
    case = records.cases.get(case_id)
    form, subject = find_paper(case, act, code, no)
    last = last_printed(records, case_id, code, subject.no)
    times = times_printed(records, case_id, code, subject.no)
    agreement = subject.thing if form.about in _KEPT and isinstance(subject.thing, Agreement) else None
    is_kept = agreement is not None and not agreement.is_draft
    if agreement and is_kept and not large:
        kept = records.versions.with_digest(case_id, code, subject.no, agreement.content_digest)
        content = kept.content if kept else []
        return SeenPaper(records.cases.kept_paper(agreement), content, agreement.content_digest, last, times)
    paper = finished_paper(records, act, case, form, subject, large=large)
    refuse_unless(
        not (agreement and is_kept) or paper.digest == agreement.content_digest,
        "协议定稿后，登记的内容或者文书格式有变，大字版会与存档的协议不同，不能打印。请打印原版。",
    )
    seen = SeenPaper(paper.pdf, paper.content, paper.digest, last, times)
    if marked and last is not None and not seen.is_reprint:
        with_marks = finished_paper(records, act, case, form, subject, before=last.content, large=large)
        return replace(seen, changes_marked=with_marks.pdf)
    return seen


@needs(Right.PRINT)
def paper_to_print(records: Records, act: Act, case_id: int, code: str, no: int, *, large: bool = False) -> SeenPaper:
    """The paper for the printer: one whose words were printed before says so in its foot."""
    seen = see_paper(records, act, case_id, code, no, large=large)
    if not seen.is_reprint:
        return seen
    from mediation_desk.documents.stamping import Mark, Place, stamp

    mark = Mark(f"重印（第{seen.times_printed + 1}次打印，{day_in_words(act.today)}）", Place.FOOT)
    return replace(seen, pdf=stamp(seen.pdf, lambda _page, _pages: [mark]))


_KEPT = (About.AGREEMENT, About.ORAL_AGREEMENT)


def finished_paper(
    records: Records,
    act: Act,
    case: Case,
    form: Form,
    subject: Subject,
    *,
    before: Sequence[str] | None = None,
    large: bool = False,
    file: FileValues | None = None,
) -> "Finished":
    """Draw a paper anew: its PDF, its wording and digest. `before` is the wording it is compared with.

    `file` is what a paper about the whole file shows; where nothing is given, what can be said of it unbound.
    """
    # ReportLab and the fonts cost a fifth of a second: loaded when a paper is wanted, not when the window opens.
    from mediation_desk.documents.form import draw

    given = paper_input(records, act, case, form.code, subject)
    if file is None and asks_for_the_file(form):
        file = file_values(records, act, case)
    if file is not None:
        given = replace(given, further=file.texts, rows=file.rows)
    return draw(form, given, before=before, scale=LARGE if large else 1.0)


def draw_agreement(
    records: Records, act: Act, case: Case, agreement: Agreement, before: Sequence[str] | None = None
) -> "Finished":
    """An agreement as it stands now, marked as a draft until it is frozen."""
    form = act.rules.form(code_of(agreement), agreement.made_on or act.today)
    return finished_paper(records, act, case, form, Subject(agreement.no, "", agreement), before=before)


def paper_input(records: Records, act: Act, case: Case, code: str, subject: Subject) -> PaperInput:
    """All that a paper of this case may show."""
    centre = records.centre.get()
    return PaperInput(
        case=case,
        centre=centre,
        committee=centre.committee(case.committee_id),
        mediators=records.mediators.some(mediators_of(case)),
        rules=act.rules,
        day=act.today,
        about=subject.thing,
        entry=next((each for each in case.entries if (each.code, each.no) == (code, subject.no)), None),
        meeting=cases_of_meeting(records, act, subject.thing) if isinstance(subject.thing, Conference) else (),
    )


@needs(Right.PRINT)
def draw_blanks(records: Records, act: Act, blanks: Sequence[BlankForm]) -> bytes:
    """One PDF with these empty forms, each on pages of its own under its number and barcode."""
    from mediation_desk.documents.form import draw
    from mediation_desk.documents.joining import joined

    given = _nothing_yet(records, act)
    forms = {blank.code: act.rules.form(blank.code, act.today) for blank in blanks}
    papers = (draw(forms[blank.code], given, blank_number=blank.number).pdf for blank in blanks)
    return joined("、".join(form.title for form in forms.values()), papers)


def _nothing_yet(records: Records, act: Act) -> PaperInput:
    """What an empty form may show: the house, and its committee where there is no doubt which."""
    centre = records.centre.get()
    committees = [each for each in centre.committees if each.active]
    nobody = Case(
        uid="",
        centre_id=act.centre_id,
        requested_on=act.today,
        registered_at=act.at,
        first_contact_id=act.by_id,
        matter="",
        demand="",
    )
    return PaperInput(
        case=nobody,
        centre=centre,
        committee=committees[0] if len(committees) == 1 else None,
        mediators={},
        rules=act.rules,
        day=act.today,
        is_blank=True,
    )
