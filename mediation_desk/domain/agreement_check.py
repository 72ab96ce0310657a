"""What keeps an agreement from being final: everything that is wrong, with its place, in one go.

人民调解法 art. 28, 29 and 31; 民法典 art. 18 to 23 for those who cannot sign alone. Places are paths as the agreement
page and the exchange file use them: "facts", "clauses", "obligations[0].payer".
"""

import re
from collections.abc import Mapping
from datetime import date

from mediation_desk.domain.agreement import Agreement, AgreementForm, Obligation, ObligationKind
from mediation_desk.domain.case import AssignmentRole, Case, OutcomeKind
from mediation_desk.domain.errors import Fault, Faults
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.money import MOST_FEN, figures
from mediation_desk.domain.willingness import unwilling

_BLANK = re.compile("＿{2,}|_{2,}")


def obligation_faults(obligation: Obligation, place: str, made_on: date | None) -> list[Fault]:
    """What is missing in one obligation: payer, payee, what or how much, when, how; instalments that do not add up."""
    faults = Faults()
    money = obligation.kind is ObligationKind.MONEY
    faults.check(obligation.payer_no or obligation.payer_name, "请写明由谁履行。", f"{place}.payer")
    faults.check(obligation.payee_no or obligation.payee_name or not money, "请写明付给谁。", f"{place}.payee")
    faults.check(
        obligation.payer_no is None or obligation.payer_no != obligation.payee_no,
        "付给谁和由谁履行是同一人，请核对。",
        f"{place}.payee",
    )
    if money:
        faults.check((obligation.amount_fen or 0) > 0, "请写明金额。", f"{place}.amount")
        faults.check((obligation.amount_fen or 0) <= MOST_FEN, "金额太大，请核对。", f"{place}.amount")
    else:
        faults.check(obligation.what, "请写明履行什么。", f"{place}.what")
    faults.check(
        obligation.due_on or obligation.at_once or obligation.instalments, "请写明履行期限。", f"{place}.due_on"
    )
    faults.check(obligation.means or not money, "请写明付款方式。", f"{place}.means")
    for index, (due_on, _) in enumerate(obligation.due_parts):
        faults.check(
            made_on is None or due_on >= made_on,
            f"履行日{due_on:%Y-%m-%d}早于协议日期。",
            f"{place}.instalments[{index}]" if obligation.instalments else f"{place}.due_on",
        )
    if obligation.instalments:
        _check_instalments(obligation, f"{place}.instalments", faults)
    return faults.noted


def _check_instalments(obligation: Obligation, place: str, faults: Faults) -> None:
    amounts = [instalment.amount_fen for instalment in obligation.instalments]
    total, owed = sum(amounts), obligation.amount_fen or 0
    if obligation.kind is not ObligationKind.MONEY:
        faults.add("只有付款可以分期。", place)
    elif min(amounts) <= 0 or total > MOST_FEN:
        faults.add("每期金额应大于零，合计不能太大。", place)
    elif total != owed and 0 < owed <= MOST_FEN:
        faults.add(f"各期合计{figures(total)}元，与总额{figures(owed)}元不一致。", place)


def agreement_faults(case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], today: date) -> list[Fault]:
    """All that must be mended before the text can be final and get its number; nothing when it can be frozen."""
    faults = Faults()
    for refusal in unwilling(case, agreement.party_nos):
        faults.add(refusal.sentence, refusal.place)
    _check_outcome(case, agreement, faults)
    faults.check(agreement.facts.strip(), "请写明纠纷主要事实、争议事项。", "facts")
    faults.check(any(clause.text.strip() for clause in agreement.clauses), "请写明协议内容。", "clauses")
    faults.check(agreement.performance_terms.strip(), "请写明履行方式、时限。", "performance_terms")
    faults.check(len(set(agreement.party_nos)) >= 2, "协议至少要有两方当事人。", "parties")
    for index, clause in enumerate(agreement.clauses):
        faults.check(not _BLANK.search(clause.text), f"第{index + 1}条还有空白“＿＿”没有填写。", f"clauses[{index}]")
    faults.check(not _BLANK.search(agreement.facts), "纠纷主要事实还有空白“＿＿”没有填写。", "facts")
    faults.check(
        not _BLANK.search(agreement.performance_terms), "履行方式、时限还有空白“＿＿”没有填写。", "performance_terms"
    )
    for index, obligation in enumerate(agreement.obligations):
        for fault in obligation_faults(obligation, f"obligations[{index}]", agreement.made_on):
            faults.add(f"第{index + 1}项履行安排：{fault.sentence}", fault.place)
        for no in (obligation.payer_no, obligation.payee_no):
            faults.check(
                no is None or case.party(no),
                f"第{index + 1}项履行安排引用了不存在的当事人（{no}）。",
                f"obligations[{index}]",
            )
    _check_day(case, agreement, today, faults)
    _check_parties(case, agreement, faults)
    _check_mediators(case, agreement, mediators, faults)
    return faults.noted


def _check_outcome(case: Case, agreement: Agreement, faults: Faults) -> None:
    if case.outcome is None or not case.is_agreed:
        faults.add("请先登记调解结果（达成协议）。", "outcome")
        return
    fitting = OutcomeKind.ORAL if agreement.form is AgreementForm.ORAL else OutcomeKind.WRITTEN
    faults.check(
        case.outcome.kind is fitting or case.effective_agreements,  # a further agreement may take the other form
        f"调解结果登记为“{case.outcome.kind.label}”，与本协议形式不符，请先更正结果。",
        "outcome",
    )


def _check_day(case: Case, agreement: Agreement, today: date, faults: Faults) -> None:
    day = agreement.made_on
    if day is None:
        faults.add("请填写协议日期。", "made_on")
        return
    faults.check(day <= today, "协议日期不能晚于今天。", "made_on")
    first = min((session.held_on for session in case.sessions), default=None)
    faults.check(first is not None, "还没有调解记录，请先登记调解经过。", "made_on")
    faults.check(first is None or day >= first, "协议日期早于第一次调解的日期，请核对。", "made_on")


def _check_parties(case: Case, agreement: Agreement, faults: Faults) -> None:
    day = agreement.made_on
    for no in agreement.party_nos:
        party = case.party(no)
        if party is None:
            faults.add(f"协议引用了不存在的当事人（{no}）。", "parties")
        elif day and party.lacks_guardian(day):
            faults.add(f"{party.name}不能独立签署，请先登记其法定代理人（监护人）。", "parties")


def _check_mediators(case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], faults: Faults) -> None:
    if not agreement.mediator_ids:
        faults.add("请选择在协议上签名的人民调解员。", "mediators")
    presiding = {each.mediator_id for each in case.assignments if each.role is AssignmentRole.PRESIDING}
    for mediator_id in agreement.mediator_ids:
        mediator = mediators.get(mediator_id)
        if mediator is None:
            faults.add(f"协议引用了不存在的调解员（{mediator_id}）。", "mediators")
            continue
        faults.check(mediator_id in presiding, f"{mediator.name}没有被指派主持本案，不能签署协议。", "mediators")
        if agreement.made_on and not mediator.may_preside(agreement.made_on, case.committee_id):
            paper = "人民调解协议书" if agreement.form is AgreementForm.WRITTEN else "口头协议登记表"
            faults.add(f"{mediator.name}在协议当日没有本调委会的有效聘任，不能在{paper}上签名。", "mediators")
