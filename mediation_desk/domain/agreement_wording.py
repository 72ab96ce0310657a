"""What an agreement says, paragraph by paragraph, to compare one version of a draft with another.

Not the paper: clauses go unnumbered, so that one put in between does not make all that follow look changed.
"""

from collections.abc import Iterator
from decimal import Decimal

from mediation_desk.domain.agreement import Agreement, Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words

_LACKING = "＿＿"


def wording(case: Case, agreement: Agreement) -> list[str]:
    """The paragraphs of an agreement: a heading, then what stands below it; what is empty is left out."""
    parties = [case.party_name(no, f"第{no}位当事人") for no in agreement.party_nos]
    parts = {
        "当事人": ["、".join(parties)],
        "纠纷主要事实、争议事项": agreement.facts.splitlines(),
        "协议内容": [line for clause in agreement.clauses for line in clause.text.splitlines()],
        "义务": [line for obligation in agreement.obligations for line in _owed(case, obligation)],
        "履行方式、时限": agreement.performance_terms.splitlines(),
        "协议日期": [day_in_words(agreement.made_on)] if agreement.made_on else [],
        "记录人": [agreement.recorder],
        "另存": ["、".join(agreement.extra_holders)],
    }
    told: list[str] = []
    for heading, lines in parts.items():
        if said := [line.strip() for line in lines if line.strip()]:
            told += [f"{heading}：", *said]
    if agreement.confirmation_wanted:
        told.append("当事人愿意申请司法确认。")
    return told


def _owed(case: Case, obligation: Obligation) -> Iterator[str]:
    payer = case.party_name(obligation.payer_no, obligation.payer_name) or _LACKING
    payee = case.party_name(obligation.payee_no, obligation.payee_name)
    to_whom = f"向{payee}" if payee else ""
    means = f"，方式：{obligation.means.strip()}" if obligation.means.strip() else ""
    if obligation.kind is ObligationKind.ACT:
        yield f"{payer}{to_whom}履行：{obligation.what.strip() or _LACKING}，{_by_when(obligation)}{means}"
        return
    yield f"{payer}{to_whom}支付{obligation.what.strip()}{_yuan(obligation.amount_fen)}，{_by_when(obligation)}{means}"
    for number, each in enumerate(obligation.instalments, 1):
        yield f"第{number}期：{day_in_words(each.due_on)}前支付{_yuan(each.amount_fen)}"


def _yuan(fen: int | None) -> str:
    """Any number of fen: a draft may still hold one that no paper could state."""
    return f"人民币{_LACKING if fen is None else format(Decimal(fen).scaleb(-2), ',')}元"


def _by_when(obligation: Obligation) -> str:
    if obligation.instalments:
        return f"分{len(obligation.instalments)}期"
    if obligation.at_once:
        return "当场履行"
    return f"{day_in_words(obligation.due_on) if obligation.due_on else _LACKING}前"
