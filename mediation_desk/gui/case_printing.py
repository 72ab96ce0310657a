"""Prints or saves a paper of a case from wherever it is offered, and notes what left the house."""

from functools import partial

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.errors import NotFound
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.act import Act
from mediation_desk.services.case_papers import CasePaper, code_of, papers_of
from mediation_desk.services.paper_log import note_exported, note_printed
from mediation_desk.services.papers import SeenPaper, paper_to_print, see_paper
from mediation_desk.store.records import Records


def print_case_paper(window: QWidget, desk: Desk, case_id: int, code: str, no: int = 0, *, large: bool = False) -> None:
    """Ask for the printer, in the copies the form says; of the latest of its kind when `no` is 0."""
    with telling(window):
        paper, seen = desk.look(_as_recorded_now, case_id, code, no, large=large)
        print_paper(window, seen.pdf, paper.title, paper.copies, partial(_note, desk, case_id, paper, seen))


def _as_recorded_now(
    records: Records, act: Act, case_id: int, code: str, no: int, *, large: bool
) -> tuple[CasePaper, SeenPaper]:
    fitting = [paper for paper in papers_of(records.cases.get(case_id), act) if paper.code == code]
    paper = next((each for each in reversed(fitting) if no in (0, each.no)), None)
    if paper is None:
        raise NotFound(f"这个案件现在没有可打印的 {code}。")
    return paper, paper_to_print(records, act, case_id, code, paper.no, large=large)


def print_agreement(window: QWidget, desk: Desk, case_id: int, agreement: Agreement) -> None:
    """Ask for the printer, in as many copies as there are holders."""
    paper = _as_paper(desk, agreement)
    seen = desk.look(paper_to_print, case_id, paper.code, paper.no)
    print_paper(window, seen.pdf, paper.title, paper.copies, partial(_note, desk, case_id, paper, seen))


def save_agreement_pdf(window: QWidget, desk: Desk, case_id: int, agreement: Agreement) -> None:
    """Ask for the file; it bears the agreement's number."""
    paper = _as_paper(desk, agreement)
    seen = desk.look(see_paper, case_id, paper.code, paper.no)
    saved = partial(note_saved, desk, case_id, paper.code, paper.no, paper.title, seen)
    save_file(window, seen.pdf, f"{paper.title}.pdf", saved=saved)


def note_saved(desk: Desk, case_id: int, code: str, no: int, title: str, seen: SeenPaper) -> None:
    """Keep what was saved, so that it is known when somebody brings it back."""
    if not desk.database.read_only:
        desk.do(note_exported, case_id, code, no, title, seen.content, seen.digest)


def _as_paper(desk: Desk, agreement: Agreement) -> CasePaper:
    code = code_of(agreement)
    state = "草稿" if agreement.is_draft else agreement.number
    title = f"{desk.rules.form(code, agreement.made_on).title} {state}".strip()
    return CasePaper(code, title, agreement.no, agreement.copies)


def _note(desk: Desk, case_id: int, paper: CasePaper, seen: SeenPaper, copies: int) -> None:
    desk.do(note_printed, case_id, paper.code, paper.no, paper.title, seen.content, seen.digest, copies)
