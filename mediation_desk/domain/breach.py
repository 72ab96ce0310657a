"""An agreement that is not kept, and a suit about it: what may be recorded, and how each stands, in the clerk's words.

人民调解法 art. 31 (the committee urges the parties to perform) and 32 (each may sue about performance or content).
Nothing is judged here: what was found, what was done about it and what a court held is recorded as somebody told it.
"""

from datetime import date

from mediation_desk.domain.aftermath import Breach, Lawsuit
from mediation_desk.domain.agreement import Agreement, Obligation
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.performance_terms import owed_in_short
from mediation_desk.domain.rules import CodeTable, Rules
from mediation_desk.domain.supervision_words import Called, recorded

RESULTS = "agreement_lawsuit"
"""The table of what courts hold."""
SUED = "sued"
"""The code of that table that is no result: the suit goes on."""
_OTHERWISE = "ended_otherwise"


class BreachState(Labelled):
    """What became of a breach. That the debt was paid after all, or that somebody sued, follows from other facts."""

    UNATTENDED = "unattended", "未处理"
    ATTENDED = "attended", "已处理"
    SUED = "sued", "已起诉"
    PERFORMED = "performed", "已履行"
    NOT_NEEDED = "not_needed", "不需履行"


# --- what may be recorded


def check_breach(agreement: Agreement, breach: Breach, today: date) -> None:
    """Raise `RuleBroken` unless this may be recorded of the agreement."""
    effective_on = _effect_day(agreement, "登记不履行")
    faults = Faults()
    no = breach.obligation_no
    faults.check(no is None or obligation_of(agreement, no), "协议里没有这一项，请重新选择。", "broken")
    _check_day(faults, breach.found_on, effective_on, today, "发现日期", "found_on")
    faults.check(breach.situation, "请写明怎样不履行。", "situation")
    faults.refuse_if_any()


def check_measures(breach: Breach, measures: str, taken_on: date, today: date) -> None:
    """Raise `RuleBroken` unless something was done about the breach on that day."""
    faults = Faults()
    faults.check(
        taken_on >= breach.found_on, f"处理日期早于发现日期（{show_day(breach.found_on)}），请核对。", "taken_on"
    )
    faults.check(taken_on <= today, "处理日期不能晚于今天。", "taken_on")
    faults.check(measures, "请写明怎样处理的，如当面督促、约谈。", "measures")
    faults.refuse_if_any()


def check_lawsuit(case: Case, agreement: Agreement, lawsuit: Lawsuit, today: date) -> None:
    """Raise `RuleBroken` unless this may be recorded of the agreement."""
    effective_on = _effect_day(agreement, "登记起诉")
    faults = Faults()
    faults.check(case.party(lawsuit.plaintiff_no), "请选择哪一方当事人起诉。", "plaintiff")
    _check_day(faults, lawsuit.filed_on, effective_on, today, "起诉日期", "filed_on")
    faults.check(lawsuit.court, "请写明是哪个人民法院。", "court")
    faults.refuse_if_any()


def check_result(lawsuit: Lawsuit, result_code: str, result_on: date, text: str, rules: Rules, today: date) -> None:
    """Raise `RuleBroken` unless the suit may be said to have ended so. A result is recorded once and stands."""
    table = rules.table(RESULTS)
    refuse_unless(
        not has_ended(lawsuit),
        f"这起诉讼的结果已登记为{show_day(lawsuit.result_on)}“{table.label(lawsuit.result_code)}”，不能再改。"
        "刚登记错的，请用“撤销”；又上诉、再审的，请另外登记起诉。",
    )
    faults = Faults()
    faults.check(result_code in table and result_code != SUED, "请选择诉讼结果。", "lawsuit_result_code")
    faults.check(result_on >= lawsuit.filed_on, f"结果日期早于起诉日期（{show_day(lawsuit.filed_on)}）。", "result_on")
    faults.check(result_on <= today, "结果日期不能晚于今天。", "result_on")
    faults.check(text or result_code != _OTHERWISE, "请写明是怎样结案的，如撤诉、法院调解结案。", "lawsuit_result")
    faults.refuse_if_any()


def _effect_day(agreement: Agreement, what: str) -> date:
    effective_on = agreement.effective_on
    refuse_unless(effective_on, f"协议还没有生效，不能{what}；签名盖章齐全之日起生效。")
    assert effective_on is not None
    return effective_on


def _check_day(faults: Faults, day: date, effective_on: date, today: date, called: str, place: str) -> None:
    faults.check(day >= effective_on, f"{called}早于协议生效日（{show_day(effective_on)}），请核对。", place)
    faults.check(day <= today, f"{called}不能晚于今天。", place)


# --- how each stands


def obligation_of(agreement: Agreement, no: int | None) -> Obligation | None:
    """The obligation that was broken; None where it is the agreement as a whole."""
    return next((each for each in agreement.obligations if each.no == no), None)


def breach_state(case: Case, breach: Breach) -> BreachState:
    """How it stands. A breach of something that is no obligation ends by no payment, so only what was done counts."""
    agreement = case.agreement(breach.agreement_no)
    owed = obligation_of(agreement, breach.obligation_no) if agreement else None
    if owed is not None and owed.is_done:
        return BreachState.PERFORMED if owed.is_performed else BreachState.NOT_NEEDED
    if any(each.agreement_no == breach.agreement_no and each.filed_on >= breach.found_on for each in case.lawsuits):
        return BreachState.SUED
    return BreachState.ATTENDED if breach.measures else BreachState.UNATTENDED


def has_ended(lawsuit: Lawsuit) -> bool:
    return lawsuit.result_code not in ("", SUED)


def lawsuit_state(lawsuit: Lawsuit, table: CodeTable) -> str:
    """Such as "诉讼中", "判决维持"."""
    return table.label(lawsuit.result_code) if has_ended(lawsuit) else "诉讼中"


def breach_mark(case: Case) -> str:
    """What is seen beside the topic."""
    if any(breach_state(case, each) is BreachState.UNATTENDED for each in case.breaches):
        return "违约未处理"
    return "诉讼中" if any(not has_ended(each) for each in case.lawsuits) else ""


def what_is_broken(case: Case, breach: Breach) -> str:
    """Such as "第1项 李四 → 张三 赔偿款"."""
    agreement = case.agreement(breach.agreement_no)
    owed = obligation_of(agreement, breach.obligation_no) if agreement else None
    return owed_in_short(case, owed) if owed else "协议约定"


def breach_in_words(case: Case, breach: Breach, called: Called) -> str:
    """The whole of it; `called` names a user by id."""
    lines = [
        f"{show_day(breach.found_on)}发现不履行{agreement_called(case, breach.agreement_no)}："
        f"{what_is_broken(case, breach)}" + recorded(called, breach.by_id, breach.recorded_at),
        breach.situation,
        "",
        f"处理情况（{breach_state(case, breach).label}）：",
        breach.measures or "还没有登记督促、约谈等处理。对方仍不履行的，可以就协议起诉（人民调解法第三十二条）。",
    ]
    return "\n".join(lines)


def lawsuit_in_words(case: Case, lawsuit: Lawsuit, table: CodeTable, called: Called) -> str:
    """The whole of it; `called` names a user by id."""
    lines = [
        f"{lawsuit_in_short(case, lawsuit)}" + recorded(called, lawsuit.by_id, lawsuit.recorded_at),
        f"诉讼请求：{lawsuit.claim}" if lawsuit.claim else "",
    ]
    if has_ended(lawsuit):
        lines += [f"{show_day(lawsuit.result_on)}{lawsuit_state(lawsuit, table)}", lawsuit.result]
    return "\n".join(filter(None, lines))


def lawsuit_in_short(case: Case, lawsuit: Lawsuit) -> str:
    """Such as "2026-11-25 张三就〔2026〕1号向示例区人民法院起诉"."""
    who = case.party_name(lawsuit.plaintiff_no)
    return f"{show_day(lawsuit.filed_on)} {who}就{agreement_called(case, lawsuit.agreement_no)}向{lawsuit.court}起诉"


def agreement_called(case: Case, agreement_no: int) -> str:
    """Its number; an oral one that has none by its form."""
    agreement = case.agreement(agreement_no)
    return (agreement.number or agreement.form.label) if agreement else ""
