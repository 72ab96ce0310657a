"""人民调解受理登记表 (D04): that and how the committee took up the dispute."""

from mediation_desk.documents.page import CAPTION, FIELDS, LINES_BESIDE_SIGNATURES, PAPER_TITLE, SMALL, Sheet
from mediation_desk.documents.paper_input import PaperInput, Part, blank_date, day_on_paper, listed
from mediation_desk.documents.paragraph import Blank
from mediation_desk.documents.signatures import Signer, add_signatures, party_signers
from mediation_desk.domain.case import Answer
from mediation_desk.domain.party import Side

ACCEPTANCE_TITLE = "人民调解受理登记表"
_BY_APPLICATION, _OWN_INITIATIVE = "1", "2"  # how the rule pack marks the two choices of the form


def acceptance_paper(given: PaperInput) -> bytes:
    """Make the register of acceptance. What is not recorded (day, consent, kind) stays blank for the pen."""
    case = given.case
    sheet = Sheet(given.frame(ACCEPTANCE_TITLE))
    sheet.add(ACCEPTANCE_TITLE, style=PAPER_TITLE)
    sheet.add_gap(8)
    sheet.add(*_opening(given), place="受理情况")
    kind = given.rules.table("dispute_kind").full_label(case.dispute_kind)
    sheet.add(Blank(kind, caption="纠纷类型：", grow=1), style=FIELDS, place="纠纷类型")
    sheet.add(*_source(given), style=FIELDS, place="案件来源")
    sheet.add("纠纷简要情况：", style=CAPTION, keep=True)
    sheet.add_ruled(case.matter, least=6, place="纠纷简要情况")
    sheet.keep_last(LINES_BESIDE_SIGNATURES)
    signers = party_signers(case.parties, given.day, "当事人（签名）")
    add_signatures(sheet, signers, [Signer("登记人（签名）")], seal=True)
    sheet.keep_last(1)
    sheet.add("备注：此表由人民调解委员会填写", style=SMALL)
    return sheet.pdf()


def _opening(given: PaperInput) -> list[Part]:
    """The sentence of the form: when, on whose initiative, with whose consent, between whom."""
    case = given.case
    accepted_on: list[Part] = blank_date()
    if case.decision and case.is_accepted:
        accepted_on = [day_on_paper(case.decision.decided_on)]
    initiative = {
        _BY_APPLICATION: "依当事人申请",
        _OWN_INITIATIVE: "主动调解",
    }.get(_choice(given), "依当事人申请（人民调解委员会主动调解）")
    agreed = all(case.answer_of(party.no) is Answer.AGREES for party in case.parties)
    others = [party.name for party in case.parties if party.side is not Side.CLAIMANT]
    return [
        *accepted_on,
        f"，人民调解委员会{initiative}，经当事人",
        "同意" if agreed else Blank("", 56),
        "，调解",
        Blank(listed([party.name for party in case.side(Side.CLAIMANT)]), 84, centred=True),
        "、",
        Blank(listed(others), 84, centred=True),
        "之间的纠纷。",
    ]


def _source(given: PaperInput) -> list[Part]:
    """The two choices of the form; another source (a referral) is written after them, with its document."""
    choice, case = _choice(given), given.case
    first, second = ("√" if choice == each else "　" for each in (_BY_APPLICATION, _OWN_INITIATIVE))
    choices: list[Part] = [f"案件来源：①当事人申请（{first}）②人民调解委员会主动调解（{second}）"]
    referral = "" if choice else given.rules.table("case_source").label(case.case_source)
    written = " ".join(word for word in (referral, case.source_document) if word)
    return [*choices, Blank(written, grow=1)] if written else choices


def _choice(given: PaperInput) -> str:
    table = given.rules.table("case_source")
    source = given.case.case_source
    return table[source].extra.get("d04", "") if source in table else ""
