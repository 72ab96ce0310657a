"""人民调解记录 (D07): one mediation session. Confidential notes are no part of it."""

from mediation_desk.documents.page import BODY, CAPTION, FIELDS, LINES_BESIDE_SIGNATURES, PAPER_TITLE, Sheet
from mediation_desk.documents.paper_input import PaperInput, Part, day_on_paper, listed, time_on_paper
from mediation_desk.documents.paragraph import Blank
from mediation_desk.documents.signatures import Signer, add_signatures, mediator_signers, party_signers
from mediation_desk.domain.case import AssignmentRole, Session

SESSION_TITLE = "人民调解记录"


def session_paper(given: PaperInput, session: Session) -> bytes:
    """Make the record of a session; those who were present sign."""
    sheet = Sheet(given.frame(SESSION_TITLE))
    present = [party for no in session.present_nos if (party := given.case.party(no))]
    kind = given.rules.table("dispute_kind").label(given.case.dispute_kind)
    names = listed([party.name for party in present])
    fields = {
        "时间": _when(session),
        "地点": session.place,
        "事由": session.subject or given.case.file_title(kind),
        "当事人": "；".join(each for each in (names, session.present_note) if each),
        "参加人": session.participants,
    }
    sheet.add(SESSION_TITLE, style=PAPER_TITLE)
    sheet.add_gap(8)
    for caption, text in fields.items():
        sheet.add(Blank(text, caption=f"{caption}：", grow=1), style=FIELDS, place=caption)
    sheet.add_gap(4)
    sheet.add(*_rights_told(session), style=BODY)
    sheet.add("调解记录：", style=CAPTION, keep=True)
    sheet.add_ruled(session.record, least=8, place="调解记录")
    sheet.add(Blank(session.result.label, caption="调解结果：", grow=1), style=FIELDS)
    sheet.keep_last(LINES_BESIDE_SIGNATURES)
    presiding, helping = _mediators(given, session)
    officials = [
        *mediator_signers(presiding),
        *(Signer("参加人（签名）", name) for name in helping),
        Signer("记录人（签名）", session.recorder),
    ]
    add_signatures(sheet, party_signers(present, session.held_on), officials, seal=False)
    return sheet.pdf()


def _mediators(given: PaperInput, session: Session) -> tuple[list[str], list[str]]:
    """(who presided, who helped): only the first sign as 人民调解员 (人民调解法 art. 13, 14 and 20)."""
    presiding = {
        each.mediator_id for each in given.case.assignments if each.role is AssignmentRole.PRESIDING and not each.title
    }
    return (
        given.mediator_names(each for each in session.mediator_ids if each in presiding),
        given.mediator_names(each for each in session.mediator_ids if each not in presiding),
    )


def _when(session: Session) -> str:
    times = [time_on_paper(moment) for moment in (session.began, session.ended) if moment]
    return day_on_paper(session.held_on) + "至".join(times)


def _rights_told(session: Session) -> list[Part]:
    """The fixed sentence of the form; where it was not recorded that the rights were told, "已" is left to the pen."""
    told: Part = "已" if session.rights_told else Blank("", 28)
    return ["人民调解委员会", told, "将人民调解的相关规定告知各方当事人。"]
