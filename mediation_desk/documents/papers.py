"""The papers that can be printed, by the codes of the case file (人民调解文书)."""

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

__all__ = [
    "PAPERS",
    "Paper",
    "PaperInput",
    "acceptance_paper",
    "agreement_paper",
    "application_paper",
    "oral_agreement_paper",
    "session_paper",
]


class Paper(NamedTuple):
    """A kind of paper. `draw` takes a `PaperInput`, and the `Session` or `Agreement` that the paper is about.

    It returns the PDF, or raises `GlyphMissing` when a character cannot be printed.
    """

    title: str
    draw: Callable[..., bytes]


PAPERS = {
    "D03": Paper(APPLICATION_TITLE, application_paper),
    "D04": Paper(ACCEPTANCE_TITLE, acceptance_paper),
    "D07": Paper(SESSION_TITLE, session_paper),
    "D08": Paper(AGREEMENT_TITLE, agreement_paper),
    "D09": Paper(ORAL_AGREEMENT_TITLE, oral_agreement_paper),
}
"""By code, in the order of the case file."""
