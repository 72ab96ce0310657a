"""The papers of a case, drawn by `documents` from what is recorded."""

from typing import TYPE_CHECKING, NamedTuple

from mediation_desk.domain.agreement import Agreement, AgreementForm, AgreementKind
from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services.act import Act, note
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.documents.papers import PaperInput


class CasePaper(NamedTuple):
    """A paper that can be drawn for a case now. `no` is the session's or agreement's, 0 for the case itself."""

    code: str
    title: str
    no: int


def papers_of(case: Case) -> list[CasePaper]:
    """What can be printed for this case, in the order of the file."""
    papers = [CasePaper("D03", "人民调解申请书", 0)]
    if case.is_accepted:
        papers.append(CasePaper("D04", "人民调解受理登记表", 0))
    for session in case.sessions:
        papers.append(CasePaper("D07", f"人民调解记录（第{session.no}次）", session.no))
    for agreement in case.agreements:
        if agreement.withdrawn_at is None:
            oral = agreement.form is AgreementForm.ORAL
            title = "人民调解口头协议登记表" if oral else "人民调解协议书"
            mark = f"（{agreement.kind.label}）" if agreement.kind is not AgreementKind.MAIN else ""
            mark += "（草稿）" if agreement.is_draft else ""
            papers.append(CasePaper("D09" if oral else "D08", title + mark, agreement.no))
    return papers


def draw_paper(records: Records, act: Act, case_id: int, code: str, no: int = 0) -> bytes:
    """The PDF of a paper (`code` after domain 2.5); of the latest session or agreement when `no` is 0.

    A frozen agreement comes as the very bytes that were kept when it was frozen.
    Raises `NotFound` when the case has nothing for that paper.
    """
    case = records.cases.get(case_id)
    fitting = [paper for paper in papers_of(case) if paper.code == code and no in (0, paper.no)]
    if not fitting:
        raise NotFound(f"这个案件现在没有可打印的 {code}。")
    paper = fitting[-1]
    if code in ("D08", "D09"):
        agreement = case.agreement(paper.no)
        assert agreement is not None
        return (
            draw_agreement(records, act, case, agreement) if agreement.is_draft else records.cases.kept_paper(agreement)
        )
    # ReportLab and the fonts cost a fifth of a second: loaded when a paper is wanted, not when the window opens.
    from mediation_desk.documents.papers import PAPERS

    about = [session for session in case.sessions if code == "D07" and session.no == paper.no]
    return PAPERS[code].draw(_facts(records, act, case), *about)


def draw_agreement(records: Records, act: Act, case: Case, agreement: Agreement) -> bytes:
    """The PDF of an agreement as it stands now, marked as a draft until it is frozen."""
    from mediation_desk.documents.papers import PAPERS

    code = "D09" if agreement.form is AgreementForm.ORAL else "D08"
    return PAPERS[code].draw(_facts(records, act, case), agreement)


def _facts(records: Records, act: Act, case: Case) -> "PaperInput":
    from mediation_desk.documents.papers import PaperInput

    centre = records.centre.get()
    mediator_ids = {each.mediator_id for each in case.assignments}
    for agreement in case.agreements:
        mediator_ids.update(agreement.mediator_ids)
    return PaperInput(
        case=case,
        centre=centre,
        committee=centre.committee(case.committee_id),
        mediators=records.mediators.some(mediator_ids),
        rules=act.rules,
        day=act.today,
    )


def note_printed(records: Records, act: Act, case_id: int, title: str, copies: int) -> None:
    """Record that a paper was sent to the printer."""
    note(records.cases.get(case_id), act, EventKind.PRINTED, act.today, f"{title} {copies}份")
