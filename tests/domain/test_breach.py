"""An agreement that is not kept: what may be recorded of it, what became of it, and how a suit ends."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.aftermath import Breach, Lawsuit
from mediation_desk.domain.agreement import AgreementForm, Performance
from mediation_desk.domain.breach import (
    RESULTS,
    SUED,
    BreachState,
    breach_in_words,
    breach_mark,
    breach_state,
    check_breach,
    check_lawsuit,
    check_measures,
    check_result,
    lawsuit_in_words,
    lawsuit_state,
    what_is_broken,
)
from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rules import Rules
from tests.domain.drafts import NOW, TODAY, in_effect
from tests.domain.right_agreements import leak

DAY = timedelta(days=1)
LATER = TODAY + 10 * DAY
BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}


def breach(**facts: Any) -> Breach:
    said: dict[str, Any] = {"agreement_no": 1, "obligation_no": 1, "found_on": TODAY, "situation": "到期没有付"}
    return Breach(**said | facts, **BY)


def lawsuit(**facts: Any) -> Lawsuit:
    said: dict[str, Any] = {"agreement_no": 1, "filed_on": TODAY, "plaintiff_no": 1, "court": "示例区人民法院"}
    return Lawsuit(**said | facts, **BY)


def agreed(*facts: Breach | Lawsuit) -> Case:
    """Signed on TODAY: 王建国 pays 张秀兰, and repairs the pipe."""
    case = in_effect(leak()).case
    case.breaches = [each for each in facts if isinstance(each, Breach)]
    case.lawsuits = [each for each in facts if isinstance(each, Lawsuit)]
    return case


def refusals(check: Callable[[], None]) -> list[tuple[str, str]]:
    """What it is refused with, and at which field."""
    with pytest.raises(RuleBroken) as refused:
        check()
    return [(fault.sentence, fault.place) for fault in refused.value.faults]


def called(user_id: int | None) -> str:
    return f"用户{user_id}"


# --- what may be recorded


def test_a_breach_of_one_thing_owed_or_of_the_whole_may_be_recorded() -> None:
    [agreement] = agreed().agreements
    for no in (1, 2, None):
        check_breach(agreement, breach(obligation_no=no), TODAY)


@pytest.mark.parametrize(
    ("facts", "sentence", "place"),
    [
        ({"obligation_no": 9}, "协议里没有这一项，请重新选择。", "broken"),
        ({"found_on": TODAY - DAY}, "发现日期早于协议生效日（2026-11-23），请核对。", "found_on"),
        ({"found_on": LATER + DAY}, "发现日期不能晚于今天。", "found_on"),
        ({"situation": ""}, "请写明怎样不履行。", "situation"),
    ],
)
def test_what_a_breach_is_refused_for(facts: dict[str, Any], sentence: str, place: str) -> None:
    [agreement] = agreed().agreements
    assert refusals(lambda: check_breach(agreement, breach(**facts), LATER)) == [(sentence, place)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    [agreement] = agreed().agreements
    wrong = breach(obligation_no=9, found_on=TODAY - DAY, situation="")
    assert len(refusals(lambda: check_breach(agreement, wrong, TODAY))) == 3


def test_what_does_not_bind_is_neither_broken_nor_sued_about() -> None:
    case = leak().case
    [agreement] = case.agreements
    for check, what in (
        (lambda: check_breach(agreement, breach(), TODAY), "不履行"),
        (lambda: check_lawsuit(case, agreement, lawsuit(), TODAY), "起诉"),
    ):
        assert refusals(check) == [(f"协议还没有生效，不能登记{what}；签名盖章齐全之日起生效。", "")]


@pytest.mark.parametrize(
    ("taken_on", "measures", "sentence", "place"),
    [
        (TODAY - DAY, "督促", "处理日期早于发现日期（2026-11-23），请核对。", "taken_on"),
        (LATER + DAY, "督促", "处理日期不能晚于今天。", "taken_on"),
        (TODAY, "", "请写明怎样处理的，如当面督促、约谈。", "measures"),
    ],
)
def test_what_measures_are_refused_for(taken_on: date, measures: str, sentence: str, place: str) -> None:
    assert refusals(lambda: check_measures(breach(), measures, taken_on, LATER)) == [(sentence, place)]
    check_measures(breach(), "督促", TODAY, LATER)


@pytest.mark.parametrize(
    ("facts", "sentence", "place"),
    [
        ({"plaintiff_no": None}, "请选择哪一方当事人起诉。", "plaintiff"),
        ({"plaintiff_no": 9}, "请选择哪一方当事人起诉。", "plaintiff"),
        ({"filed_on": TODAY - DAY}, "起诉日期早于协议生效日（2026-11-23），请核对。", "filed_on"),
        ({"filed_on": LATER + DAY}, "起诉日期不能晚于今天。", "filed_on"),
        ({"court": ""}, "请写明是哪个人民法院。", "court"),
    ],
)
def test_what_a_suit_is_refused_for(facts: dict[str, Any], sentence: str, place: str) -> None:
    case = agreed()
    assert refusals(lambda: check_lawsuit(case, case.agreements[0], lawsuit(**facts), LATER)) == [(sentence, place)]
    for no in (1, 2):
        check_lawsuit(case, case.agreements[0], lawsuit(plaintiff_no=no), LATER)


@pytest.mark.parametrize(
    ("code", "result_on", "text", "sentence", "place"),
    [
        ("", LATER, "", "请选择诉讼结果。", "lawsuit_result_code"),
        (SUED, LATER, "", "请选择诉讼结果。", "lawsuit_result_code"),
        ("no_such", LATER, "", "请选择诉讼结果。", "lawsuit_result_code"),
        ("upheld", TODAY - DAY, "", "结果日期早于起诉日期（2026-11-23）。", "result_on"),
        ("upheld", LATER + DAY, "", "结果日期不能晚于今天。", "result_on"),
        ("ended_otherwise", LATER, "", "请写明是怎样结案的，如撤诉、法院调解结案。", "lawsuit_result"),
    ],
)
def test_what_a_result_is_refused_for(
    code: str, result_on: date, text: str, sentence: str, place: str, rules: Rules
) -> None:
    assert refusals(lambda: check_result(lawsuit(), code, result_on, text, rules, LATER)) == [(sentence, place)]


def test_every_other_code_of_the_table_is_a_result(rules: Rules) -> None:
    codes = [each.code for each in rules.table(RESULTS).valid_on(TODAY) if each.code != SUED]
    assert codes == ["upheld", "changed", "revoked", "void", "ended_otherwise"]
    for code in codes:
        check_result(lawsuit(), code, TODAY, "撤诉", rules, TODAY)


def test_a_result_stands_and_whoever_would_change_it_is_told_what_to_do(rules: Rules) -> None:
    ended = lawsuit(result_code="upheld", result_on=LATER)
    sentence = (
        "这起诉讼的结果已登记为2026-12-03“判决维持”，不能再改。刚登记错的，请用“撤销”；又上诉、再审的，请另外登记起诉。"
    )
    assert refusals(lambda: check_result(ended, "void", LATER, "", rules, LATER)) == [(sentence, "")]


# --- how each stands


@pytest.mark.parametrize(
    ("found", "sued", "state", "mark"),
    [
        ({}, None, BreachState.UNATTENDED, "违约未处理"),
        ({"measures": "电话督促"}, None, BreachState.ATTENDED, ""),
        ({}, {}, BreachState.SUED, "诉讼中"),
        ({}, {"agreement_no": 2}, BreachState.UNATTENDED, "违约未处理"),
        ({"found_on": LATER}, {}, BreachState.UNATTENDED, "违约未处理"),
        ({}, {"result_code": "upheld", "result_on": LATER}, BreachState.SUED, ""),
    ],
)
def test_a_breach_is_unattended_until_something_is_done_or_somebody_sues(
    found: dict[str, Any], sued: dict[str, Any] | None, state: BreachState, mark: str
) -> None:
    case = agreed(breach(**found), *([] if sued is None else [lawsuit(**sued)]))
    assert breach_state(case, case.breaches[0]) is state
    assert breach_mark(case) == mark


def test_what_was_performed_or_waived_after_all_is_open_no_more() -> None:
    case = agreed(breach(), breach(obligation_no=2), breach(obligation_no=None, measures="约谈"))
    paid, repaired = case.agreements[0].obligations
    paid.performances.append(Performance(done_on=LATER, amount_fen=480_000, **BY))
    repaired.waived_on = LATER
    states = [breach_state(case, each) for each in case.breaches]
    assert states == [BreachState.PERFORMED, BreachState.NOT_NEEDED, BreachState.ATTENDED]


def test_a_part_payment_ends_no_breach() -> None:
    case = agreed(breach())
    case.agreements[0].obligations[0].performances.append(Performance(done_on=LATER, amount_fen=1, **BY))
    assert breach_state(case, case.breaches[0]) is BreachState.UNATTENDED


def test_nothing_is_marked_where_nothing_was_recorded() -> None:
    assert breach_mark(agreed()) == ""


@pytest.mark.parametrize(("code", "state"), [("", "诉讼中"), (SUED, "诉讼中"), ("changed", "判决变更")])
def test_a_suit_goes_on_until_it_has_a_result(code: str, state: str, rules: Rules) -> None:
    assert lawsuit_state(lawsuit(result_code=code), rules.table(RESULTS)) == state


def test_a_breach_is_told_whole() -> None:
    case = agreed(breach())
    case.agreements[0].number = "示调字第1号"
    assert breach_in_words(case, case.breaches[0], called) == (
        "2026-11-23发现不履行示调字第1号：第1项 王建国 → 张秀兰 天花板、地板损失（用户1 2026-11-23 9:30登记）\n"
        "到期没有付\n\n"
        "处理情况（未处理）：\n"
        "还没有登记督促、约谈等处理。对方仍不履行的，可以就协议起诉（人民调解法第三十二条）。"
    )
    attended = breach(obligation_no=None, measures="2026-11-24　约谈")
    assert what_is_broken(case, attended) == "协议约定"
    assert breach_in_words(case, attended, called).endswith("处理情况（已处理）：\n2026-11-24　约谈")


def test_a_suit_is_told_whole(rules: Rules) -> None:
    case = agreed()
    case.agreements[0].form = AgreementForm.ORAL
    ended = lawsuit(claim="请求给付4,800元", result_code="upheld", result_on=LATER, result="十日内付清")
    assert lawsuit_in_words(case, ended, rules.table(RESULTS), called) == (
        "2026-11-23 张秀兰就口头协议向示例区人民法院起诉（用户1 2026-11-23 9:30登记）\n"
        "诉讼请求：请求给付4,800元\n"
        "2026-12-03判决维持\n"
        "十日内付清"
    )
