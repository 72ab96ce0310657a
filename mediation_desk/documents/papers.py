"""The papers that can be printed, by the codes of the case file."""

from collections.abc import Callable
from typing import NamedTuple

from mediation_desk.documents.acceptance import ACCEPTANCE_TITLE, acceptance_paper
from mediation_desk.documents.agreement import (
    AGREEMENT_TITLE,
    ORAL_AGREEMENT_TITLE,
    agreement_paper,
    oral_agreement_paper,
)
from mediation_desk.documents.application import APPLICATION_TITLE, application_paper
from mediation_desk.documents.paper_input import PaperInput
from mediation_desk.documents.session import SESSION_TITLE, session_paper
from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import Session
from mediation_desk.domain.errors import NotFound


class Paper(NamedTuple):
    """A kind of paper. `make` takes the number of the session or agreement it is about; None means the latest.

    It raises `NotFound` when there is none, and `GlyphMissing` when a character cannot be printed.
    """

    title: str
    make: Callable[[PaperInput, int | None], bytes]


def _session(given: PaperInput, no: int | None) -> Session:
    sessions = [session for session in given.case.sessions if no in (None, session.no)]
    if not sessions:
        raise NotFound("本案没有这次调解记录，没有生成文书。请先登记调解经过。")
    return sessions[-1]


def _agreement(given: PaperInput, no: int | None, form: AgreementForm) -> Agreement:
    agreements = [
        agreement
        for agreement in given.case.agreements
        if agreement.form is form and (agreement.no == no or (no is None and agreement.withdrawn_at is None))
    ]
    if not agreements:
        raise NotFound(f"本案没有这份{form.label}，没有生成文书。请先起草协议。")
    return agreements[-1]


PAPERS: dict[str, Paper] = {
    "D03": Paper(APPLICATION_TITLE, lambda given, _: application_paper(given)),
    "D04": Paper(ACCEPTANCE_TITLE, lambda given, _: acceptance_paper(given)),
    "D07": Paper(SESSION_TITLE, lambda given, no: session_paper(given, _session(given, no))),
    "D08": Paper(
        AGREEMENT_TITLE, lambda given, no: agreement_paper(given, _agreement(given, no, AgreementForm.WRITTEN))
    ),
    "D09": Paper(
        ORAL_AGREEMENT_TITLE, lambda given, no: oral_agreement_paper(given, _agreement(given, no, AgreementForm.ORAL))
    ),
}
"""By code. 人民调解文书 are listed in the order of the case file."""
