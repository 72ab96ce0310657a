"""The agreements: 人民调解协议书 (D08) and 人民调解口头协议登记表 (D09).

人民调解法 art. 28 to 30. The text is the parties' own; the program adds the captions of the national form, the
obligations as they were recorded, and places to sign. It never adds a fact.
"""

from collections.abc import Sequence
from datetime import date

from mediation_desk.documents.obligations import obligation_paragraphs
from mediation_desk.documents.page import (
    CAPTION,
    LINES_BESIDE_SIGNATURES,
    PAPER_TITLE,
    RIGHT_SIDE,
    SMALL,
    SUBTITLE,
    Sheet,
)
from mediation_desk.documents.paper_input import PaperInput, listed, numeral
from mediation_desk.documents.paragraph import Blank
from mediation_desk.documents.party_block import add_party
from mediation_desk.documents.signatures import Signer, add_signatures, mediator_signers, party_signers
from mediation_desk.domain.agreement import Agreement, AgreementKind, Clause
from mediation_desk.domain.party import Party

AGREEMENT_TITLE = "人民调解协议书"
ORAL_AGREEMENT_TITLE = "人民调解口头协议登记表"
_NUMBER_WIDTH = 140


def agreement_paper(given: PaperInput, agreement: Agreement) -> bytes:
    """Make the written agreement. Whoever holds a page with signatures sees at least two lines of the terms there."""
    sheet = Sheet(given.frame(AGREEMENT_TITLE, is_draft=agreement.is_draft))
    day = _day_of(given, agreement)
    parties = _parties(given, agreement)
    _add_head(sheet, AGREEMENT_TITLE, agreement)
    for party in parties:
        add_party(sheet, given, party, day, "当事人")
    _add_text(sheet, "纠纷主要事实、争议事项：", agreement.facts, "纠纷主要事实、争议事项")
    _add_terms(sheet, "经调解，自愿达成如下协议：", given, agreement)
    _add_performance(sheet, agreement)
    sheet.keep_last(LINES_BESIDE_SIGNATURES)
    sheet.add(_copies(agreement, parties), keep=True)
    sheet.add_gap(6, keep=True)
    officials = [
        *mediator_signers(given.mediator_names(agreement.mediator_ids)),
        Signer("记录人（签名）", agreement.recorder),
    ]
    add_signatures(sheet, party_signers(parties, day), officials, seal=True)
    return sheet.pdf()


def oral_agreement_paper(given: PaperInput, agreement: Agreement) -> bytes:
    """Make the register of an oral agreement. The parties need not sign it (人民调解法 art. 28 and 30)."""
    sheet = Sheet(given.frame(ORAL_AGREEMENT_TITLE, is_draft=agreement.is_draft))
    day = _day_of(given, agreement)
    _add_head(sheet, ORAL_AGREEMENT_TITLE, agreement)
    for party in _parties(given, agreement):
        add_party(sheet, given, party, day, "当事人")
    _add_text(sheet, "纠纷主要事实、争议事项：", agreement.facts, "纠纷主要事实、争议事项")
    _add_terms(sheet, "口头协议内容：", given, agreement)
    _add_performance(sheet, agreement)
    sheet.keep_last(LINES_BESIDE_SIGNATURES)
    sheet.add_gap(6, keep=True)
    add_signatures(
        sheet, [], mediator_signers(given.mediator_names(agreement.mediator_ids)), seal=True, dated=agreement.made_on
    )
    sheet.keep_last(1)
    sheet.add("备注：此表由人民调解委员会填写", style=SMALL)
    return sheet.pdf()


def _day_of(given: PaperInput, agreement: Agreement) -> date:
    """The day ages are counted on: of the agreement, so that a copy made later says the same."""
    if agreement.made_on:
        return agreement.made_on
    return agreement.frozen_at.date() if agreement.frozen_at else given.day


def _parties(given: PaperInput, agreement: Agreement) -> list[Party]:
    """Those who agree; all parties of the case while nobody is chosen yet."""
    chosen = [party for no in agreement.party_nos if (party := given.case.party(no))]
    return chosen or given.case.parties


def _add_head(sheet: Sheet, title: str, agreement: Agreement) -> None:
    sheet.add(title, style=PAPER_TITLE)
    if agreement.kind is not AgreementKind.MAIN:
        sheet.add(f"（{agreement.kind.label}）", style=SUBTITLE)
    number = agreement.number or Blank("", _NUMBER_WIDTH)
    sheet.add("编号：", number, style=RIGHT_SIDE, place="编号")


def _add_text(sheet: Sheet, caption: str, text: str, place: str, *, least: int = 4) -> None:
    sheet.add(caption, style=CAPTION, keep=True)
    if text.strip():
        sheet.add(text.strip("\n"), place=place)
    else:
        sheet.add_ruled("", least=least)


def _add_terms(sheet: Sheet, caption: str, given: PaperInput, agreement: Agreement) -> None:
    clauses = [clause for clause in agreement.clauses if clause.text.strip()]
    if not clauses and not agreement.obligations:
        _add_text(sheet, caption, "", "")
        return
    sheet.add(caption, style=CAPTION, keep=True)
    for number, clause in enumerate(clauses, start=1):
        sheet.add(f"{numeral(number)}、{clause.text.strip()}", place=f"协议第{numeral(number)}条")
    if agreement.obligations:
        _add_obligations(sheet, given, agreement, clauses)


def _add_obligations(sheet: Sheet, given: PaperInput, agreement: Agreement, clauses: Sequence[Clause]) -> None:
    if clauses:
        sheet.add("付款（履行）安排（与前列条款为同一义务的，不重复计算）：", keep=True)
    for number, obligation in enumerate(agreement.obligations, start=len(clauses) + 1):
        place = f"协议第{numeral(number)}条"
        first, *instalments = obligation_paragraphs(given.case, obligation, clauses)
        sheet.add(f"{numeral(number)}、", *first, place=place, keep=bool(instalments))
        for instalment in instalments:
            sheet.add(*instalment, place=place)


def _add_performance(sheet: Sheet, agreement: Agreement) -> None:
    terms = agreement.performance_terms
    if not terms.strip() and agreement.obligations:
        terms = "按前列付款（履行）安排履行。"
    _add_text(sheet, "履行方式、时限：", terms, "履行方式、时限", least=2)


def _copies(agreement: Agreement, parties: Sequence[Party]) -> str:
    """The sentence on copies: one for each party and for the committee (art. 29 ¶2), and for each further holder."""
    copies = len(parties) + 1 + len(agreement.extra_holders)
    holders = listed(["当事人", "人民调解委员会", *agreement.extra_holders])
    return f"本协议一式{copies}份，{holders}各持一份。"
