"""Obligations as sentences: who pays or does what to whom, by when and how, and nothing that was not recorded."""

from collections.abc import Sequence
from typing import TypeAlias

from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.agreement import Clause, Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.money import amount_on_paper, in_capitals
from mediation_desk.domain.paper_words import numeral

Paragraph: TypeAlias = list[str | Blank]

_TO_BE_FILLED = Blank("", 98)


def obligation_paragraphs(case: Case, obligation: Obligation, clauses: Sequence[Clause]) -> list[Paragraph]:
    """Return one sentence, and one for each instalment. What is not recorded is a blank on a ruled line.

    A sum that one of the `clauses` states in capitals is referred to by the number of that clause, so that nobody can
    read two debts where there is one. "之前" a day includes the day (民法典 art. 1259 leaves 前 open, so it is said).
    """
    if obligation.kind is ObligationKind.ACT:
        return [_act(case, obligation)]
    sentence = _payment(case, obligation, clauses)
    if not obligation.instalments:
        return [[*sentence, "，", *_by_when(obligation, "付清"), "，支付方式：", _said(obligation.means), "。"]]
    parts: list[Paragraph] = [
        [f"（{number}）{day_in_words(due_on)}前（含当日）支付{amount_on_paper(fen or 0)}"]
        for number, (due_on, fen) in enumerate(obligation.due_parts, start=1)
    ]
    for part in parts:
        part.append("。" if part is parts[-1] else "；")
    return [[*sentence, "，支付方式：", _said(obligation.means), f"，分{len(parts)}期支付："], *parts]


def _payment(case: Case, obligation: Obligation, clauses: Sequence[Clause]) -> Paragraph:
    payer = _named(case, obligation.payer_no, obligation.payer_name)
    payee = _named(case, obligation.payee_no, obligation.payee_name)
    what = obligation.what.strip()
    if obligation.amount_fen is None:
        return [payer, "向", payee, f"支付{what}人民币", _TO_BE_FILLED, "元"]
    in_words = in_capitals(obligation.amount_fen)
    stated_in = [number for number, clause in enumerate(clauses, start=1) if f"：{in_words}" in clause.text]
    if len(stated_in) == 1:
        return [f"第{numeral(stated_in[0])}条所列{what or '款项'}，由", payer, "向", payee, "支付"]
    return [payer, "向", payee, f"支付{what}{amount_on_paper(obligation.amount_fen)}"]


def _act(case: Case, obligation: Obligation) -> Paragraph:
    sentence: Paragraph = [_named(case, obligation.payer_no, obligation.payer_name)]
    if obligation.payee_no or obligation.payee_name:
        sentence += ["向", _named(case, obligation.payee_no, obligation.payee_name)]
    sentence += ["履行：", _said(obligation.what), "，", *_by_when(obligation, "完成")]
    if obligation.means:
        sentence += ["，履行方式：", _said(obligation.means)]
    return [*sentence, "。"]


def _named(case: Case, no: int | None, name: str) -> str | Blank:
    party_name = case.party_name(no)
    if party_name:
        return party_name
    return f"第三人{name}" if name else _TO_BE_FILLED


def _said(text: str) -> str | Blank:
    return text.strip().rstrip("。；，") or _TO_BE_FILLED


def _by_when(obligation: Obligation, done: str) -> Paragraph:
    if obligation.at_once:
        return [f"于签订本协议时当场{done}"]
    if obligation.due_on:
        return [f"于{day_in_words(obligation.due_on)}前（含当日）{done}"]
    return ["于", _TO_BE_FILLED, f"前（含当日）{done}"]
