"""What should be looked at before the parties ask a court to confirm an agreement (domain 1.3).

民事诉讼法 art. 205; 民事诉讼法解释 art. 353 (what the court wants to see), 355 (what it does not take) and 358 (what it
dismisses). It warns; whether to apply is for the parties, and what was applied for is recorded in any case.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mediation_desk.domain.agreement import Agreement, AgreementForm, Obligation, ObligationKind, outstanding
from mediation_desk.domain.case import Case
from mediation_desk.domain.confirmation import confirmation_of
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.paper_words import listed
from mediation_desk.domain.party import Party, PartyKind
from mediation_desk.domain.passages import passages_of
from mediation_desk.domain.review_people import signer_findings
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.word_check import word_findings

_UNCONFIRMABLE = (FindingKind.STATUS, FindingKind.OWNERSHIP, FindingKind.INDEFINITE)


def check_before_court(case: Case, agreement: Agreement, rules: Rules, today: date) -> list[Finding]:
    """All findings, what makes an application impossible first."""
    found = [
        *_formal(case, agreement, rules, today),
        *_of_the_content(agreement, rules, today),
        *signer_findings(case, agreement, passages_of(agreement)),
        *_of_the_applicants(case, agreement),
    ]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.is_hard)


def _finding(sentence: str, place: str = "", *, is_hard: bool = False) -> Finding:
    return Finding(kind=FindingKind.CONFIRMATION, sentence=sentence, place=place, is_hard=is_hard)


def _formal(case: Case, agreement: Agreement, rules: Rules, today: date) -> Iterator[Finding]:
    if agreement.form is AgreementForm.ORAL:
        yield _finding("口头协议没有协议书，不能申请；各方愿意的，先订立书面协议。", is_hard=True)
        return
    if agreement.effective_on is None:
        yield _finding("协议还没有生效，签名盖章齐全、生效以后才能申请。", is_hard=True)
        return
    confirmation = confirmation_of(case, agreement, rules, today)
    assert confirmation is not None
    end = confirmation.last_day.effective
    if end < today and not confirmation.was_asked:
        sentence = f"申请期限到{day_in_words(end)}为止，已经过了（民事诉讼法第205条）。"
        yield _finding(sentence, is_hard=True)
    if any(each.agreement_no == agreement.no for each in case.lawsuits):
        yield _finding("已经就这份协议起诉，法院一般不再受理确认申请，请先向法院询问。")
    if agreement.obligations and not outstanding(agreement.obligations):
        yield _finding("各项都已履行或者不需履行，没有要靠法院执行的内容。")


def _of_the_content(agreement: Agreement, rules: Rules, today: date) -> Iterator[Finding]:
    checks = rules.word_checks_on(agreement.made_on or today)
    for finding in word_findings(checks, passages_of(agreement), confirmation_wanted=True):
        if finding.kind in _UNCONFIRMABLE:
            yield replace(finding, is_hard=False)
    if not agreement.obligations:
        yield _indefinite("没有登记履行安排：由谁、在哪一天以前、做什么、付多少。", "obligations")
    for index, obligation in enumerate(agreement.obligations):
        if missing := list(_not_definite(obligation)):
            yield _indefinite(f"第{index + 1}项履行安排没有写明{listed(missing)}。", f"obligations[{index}]")


def _indefinite(what: str, place: str) -> Finding:
    sentence = f"{what}内容不明确的，法院裁定驳回（民诉法解释第358条）。"
    return Finding(kind=FindingKind.INDEFINITE, sentence=sentence, place=place)


def _not_definite(obligation: Obligation) -> Iterator[str]:
    if obligation.kind is ObligationKind.MONEY and not obligation.amount_fen:
        yield "金额"
    if not obligation.due_parts and not obligation.at_once:
        yield "日期"


def _of_the_applicants(case: Case, agreement: Agreement) -> Iterator[Finding]:
    for no in agreement.party_nos:
        party = case.party(no)
        if party is not None and (lacking := list(_lacking(party))):
            sentence = f"{party.name}没有登记{listed(lacking)}，法院要核对（民诉法解释第353条）。"
            yield _finding(sentence, "parties")


def _lacking(party: Party) -> Iterator[str]:
    if party.kind is PartyKind.ORGANISATION:
        if not party.uscc:
            yield "统一社会信用代码"
        if not party.legal_representative:
            yield "法定代表人或者负责人"
    elif not party.id_number:
        yield "证件号码"
    if not party.address:
        yield "住址"
    if not party.phone:
        yield "联系电话"
