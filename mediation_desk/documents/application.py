"""人民调解申请书 (D03): who applies, what happened, what is asked for."""

import re
from collections.abc import Iterator

from mediation_desk.documents.page import CAPTION, LINES_BESIDE_SIGNATURES, PAPER_TITLE, Sheet
from mediation_desk.documents.paper_input import PaperInput
from mediation_desk.documents.paragraph import Blank
from mediation_desk.documents.party_block import add_party
from mediation_desk.documents.signatures import Signer, add_signatures, party_signers
from mediation_desk.domain.party import Side

APPLICATION_TITLE = "人民调解申请书"
_ROLES = {Side.CLAIMANT: "申请人", Side.RESPONDENT: "被申请人", Side.OTHER: "其他当事人"}
_FEWEST_DEMANDS = 3
_already_numbered = re.compile(r"\s*[（(]?[0-9０-９一二三四五六七八九十]+[)）.．、，]")


def application_paper(given: PaperInput) -> bytes:
    """Make the application. It bears no number and no seal; every applicant signs."""
    sheet = Sheet(given.frame(APPLICATION_TITLE))
    sheet.add(APPLICATION_TITLE, style=PAPER_TITLE)
    for side, role in _ROLES.items():
        for party in given.case.side(side):
            add_party(sheet, given, party, given.day, role)
    sheet.add("纠纷简要情况：", style=CAPTION, keep=True)
    sheet.add_ruled(given.case.matter, least=6, place="纠纷简要情况")
    sheet.add("当事人申请事项：", style=CAPTION, keep=True)
    for demand in _numbered(given.case.demand):
        sheet.add(Blank(demand, whole_lines=True), place="当事人申请事项")
    sheet.add_gap(6)
    sheet.add("人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解委员会进行调解。")
    sheet.keep_last(LINES_BESIDE_SIGNATURES)
    applicants = party_signers(given.case.side(Side.CLAIMANT), given.day, "申请人（签名盖章或按指印）")
    add_signatures(sheet, [], applicants or [Signer("申请人（签名盖章或按指印）")], seal=False)
    return sheet.pdf()


def _numbered(demand: str) -> Iterator[str]:
    """Each line of the demand with its number, if the clerk has not numbered them; empty numbers up to three."""
    lines = [line.strip() for line in demand.splitlines() if line.strip()]
    numbered = any(_already_numbered.match(line) for line in lines)
    for number, line in enumerate(lines, start=1):
        yield line if numbered else f"{number}．{line}"
    for number in range(len(lines) + 1, _FEWEST_DEMANDS + 1):
        yield f"{number}．"
