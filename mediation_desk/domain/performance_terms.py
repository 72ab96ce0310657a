"""What is owed in words: short, for a choice; and the words proposed for 履行方式、时限, for a person to change."""

from mediation_desk.domain.agreement import Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words


def owed_in_short(case: Case, obligation: Obligation) -> str:
    """Such as "第1项 李四 → 张三 赔偿款"."""
    payer = case.party_name(obligation.payer_no, obligation.payer_name)
    payee = case.party_name(obligation.payee_no, obligation.payee_name)
    to_whom = f" → {payee}" if payee else ""
    return f"第{obligation.no}项 {payer}{to_whom} {obligation.what}".strip()


def proposed_terms(case: Case, obligations: list[Obligation]) -> str:
    """One line for each obligation: who, to whom, by when, how. "" without obligations.

    Sums are left out: the paper states each of them once, in its clause, so that nobody reads two debts.
    """
    lines = [_line(case, obligation) for obligation in obligations]
    numbered = [f"{number}．{line}" for number, line in enumerate(lines, start=1)] if len(lines) > 1 else lines
    return "\n".join(numbered)


def _line(case: Case, obligation: Obligation) -> str:
    payer = case.party_name(obligation.payer_no, obligation.payer_name)
    payee = case.party_name(obligation.payee_no, obligation.payee_name)
    money = obligation.kind is ObligationKind.MONEY
    what = (obligation.what.strip().rstrip("。") or "款项") if money else obligation.what.strip().rstrip("。")
    deed = f"支付{what}" if money else f"履行“{what}”"
    to_whom = f"向{payee}" if payee else ""
    means = f"，方式：{obligation.means.strip().rstrip('。')}" if obligation.means.strip() else ""
    return f"{payer}{to_whom}{deed}：{_by_when(obligation)}{means}。"


def _by_when(obligation: Obligation) -> str:
    if obligation.instalments:
        days = [due_on for due_on, _ in obligation.due_parts]
        return (
            f"分{len(days)}期，第一期{day_in_words(days[0])}前（含当日），"
            f"最后一期{day_in_words(days[-1])}前（含当日），各期日期和金额见前列安排"
        )
    if obligation.at_once:
        return "签订本协议时当场履行"
    return f"{day_in_words(obligation.due_on)}前（含当日）" if obligation.due_on else "　　年　　月　　日前（含当日）"
