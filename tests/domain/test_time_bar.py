"""诉讼时效 as a hint: interrupted by the request, counted by the rule packs, left to the court."""

from datetime import date

from mediation_desk.domain.aftermath import ConfirmationState, Lawsuit
from mediation_desk.domain.agreement import Agreement, Obligation
from mediation_desk.domain.case import Case
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_bar import time_bar
from tests.domain.casework import a_case, confirmation, decide, end, in_effect, recorded

ASKED, EFFECT = date(2026, 11, 2), date(2026, 11, 23)
INTERRUPTED = (
    "2026-11-02申请调解。请求人民调解委员会保护民事权利的，诉讼时效从这一天起中断"
    "（民法典第195条，法释〔2020〕17号第12条）。"
)


def agreed(*agreements: Agreement) -> Case:
    return a_case(ASKED, agreements=[*agreements])


def owing(due_on: date) -> Agreement:
    return in_effect(EFFECT, Obligation(no=1, payer_no=2, payee_no=1, amount_fen=300_000, due_on=due_on))


def test_the_day_of_the_request_is_told_for_every_case(rules: Rules) -> None:
    assert list(time_bar(a_case(ASKED), rules, ASKED)) == [INTERRUPTED]
    assert list(time_bar(agreed(in_effect(EFFECT)), rules, EFFECT)) == [INTERRUPTED]


def test_what_is_owed_is_counted_by_the_rule_of_the_pack_and_may_be_counted_otherwise(rules: Rules) -> None:
    period = rules.period("T45", EFFECT)
    _, said = time_bar(agreed(owing(date(2025, 12, 31))), rules, EFFECT)
    assert said.startswith("示调字第1号：还没履行的，诉讼时效从2025-12-31起算，到2029-01-01（未确认）为止")
    assert f"（{period.title}，{period.length}个月；民法典第188条、第195条）。" in said
    assert "另有催要、同意履行或者起诉的，从那时起重新计算，以法院认定为准。" in said


def test_that_it_passed_is_told(rules: Rules) -> None:
    case = agreed(owing(date(2020, 12, 31)))
    _, said = time_bar(case, rules, EFFECT)
    assert "为止，已经过了（民事诉讼时效，36个月" in said


def test_once_somebody_sued_no_end_is_told(rules: Rules) -> None:
    case = agreed(owing(date(2025, 12, 31)))
    case.lawsuits.append(Lawsuit(agreement_no=1, filed_on=EFFECT, court="示例区人民法院", **recorded(EFFECT)))
    _, said = time_bar(case, rules, EFFECT)
    assert said.startswith("示调字第1号：已有起诉；权利人起诉的，诉讼时效中断")
    assert "起算" not in said


def test_what_a_court_confirmed_is_enforced_instead(rules: Rules) -> None:
    case = agreed(owing(date(2026, 12, 31)))
    confirmation(case, (ConfirmationState.APPLIED, EFFECT), (ConfirmationState.CONFIRMED, EFFECT))
    _, said = time_bar(case, rules, EFFECT)
    assert said.startswith(
        "示调字第1号：法院已裁定有效，可以申请强制执行，到2029-01-01（未确认）为止（申请强制执行，24个月；民事诉讼法第250条）。"
    )


def test_after_mediation_that_came_to_nothing_it_begins_anew(rules: Rules) -> None:
    case = a_case(ASKED)
    decide(case, ASKED)
    end(case, EFFECT)
    _, said = time_bar(case, rules, EFFECT)
    assert said.startswith("调解没有达成协议，诉讼时效从2026-11-23起算，到2029-11-23（未确认）为止")
