"""诉讼时效, told as a hint: what asking for mediation did to it, and when it is counted to end.

民法典 art. 188 and 195; 法释〔2020〕17号 art. 12. How long it is says the rule packs; a court may count otherwise, for
it also begins anew by a demand, a promise or a suit of which the desk knows nothing.
"""

from collections.abc import Iterator
from datetime import date

from mediation_desk.domain.breach import agreement_called
from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.clock_words import end_in_words, rule_in_words
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind


def time_bar(case: Case, rules: Rules, today: date) -> Iterator[str]:
    """A sentence or two about each thing that can be claimed, the interruption first."""
    yield (
        f"{show_day(case.requested_on)}申请调解。请求人民调解委员会保护民事权利的，诉讼时效从这一天起中断"
        "（民法典第195条，法释〔2020〕17号第12条）。"
    )
    for clock in clocks_of(case, rules):
        called = agreement_called(case, clock.no)
        match clock.kind:
            case ClockKind.LIMITATION:
                yield _limitation(case, clock, called, today)
            case ClockKind.ENFORCEMENT:
                yield f"{called}：法院已裁定有效，可以申请强制执行，{_until(clock, today)}"


def _limitation(case: Case, clock: Clock, called: str, today: date) -> str:
    if any(each.agreement_no == clock.no for each in case.lawsuits):
        return f"{called}：已有起诉；权利人起诉的，诉讼时效中断，诉讼程序终结时起重新计算（民法典第195条）。"
    what = f"{called}：还没履行的" if called else "调解没有达成协议"
    return (
        f"{what}，诉讼时效从{show_day(clock.started_on)}起算，{_until(clock, today)}"
        "另有催要、同意履行或者起诉的，从那时起重新计算，以法院认定为准。"
    )


def _until(clock: Clock, today: date) -> str:
    """Such as "到2029-12-31为止（民事诉讼时效，36个月；民法典第188条、第195条）。"."""
    over = "，已经过了" if clock.is_over(today) else ""
    source = clock.period.source.partition("；")[0]  # the articles; remarks follow
    return f"到{end_in_words(clock)}为止{over}（{rule_in_words(clock)}；{source}）。"
