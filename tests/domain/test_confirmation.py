"""Judicial confirmation: every state with every step that might be recorded, the last day, and the court."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.aftermath import ConfirmationState as State
from mediation_desk.domain.aftermath import ConfirmationStep
from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import Case
from mediation_desk.domain.confirmation import (
    Confirmation,
    advice,
    application_end,
    competent_court,
    confirmation_of,
    confirmations_of,
    is_wanted,
    next_steps,
    why_not,
    why_too_late,
)
from mediation_desk.domain.referral import Direction, Referral, ReferralKind
from mediation_desk.domain.rules import Rules
from tests.domain.drafts import NOW, in_effect
from tests.domain.right_agreements import leak

DAY = date(2026, 11, 23)
LAST = date(2026, 12, 23)
BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}

YES = ""
FIRST = "还没有登记各方共同申请"
WITHDRAW = "已经向法院申请；不再申请的，请登记“撤回申请”。"
DONE = "法院已裁定协议有效"
LOST = "法院已裁定驳回，不能再登记其他进展；可以变更协议、重新调解或者起诉。"
BACK = "申请已经撤回；各方重新申请的"
FOLLOWS = "是否逾期由申请期限得出，不用登记。"


def same(state: State) -> str:
    return f"已经登记为“{state.label}”。"


TABLE: dict[State | None, tuple[str, ...]] = {
    # to:           不申请          考虑中          已申请          受理            有效            驳回            撤回
    None: (YES, YES, YES, FIRST, FIRST, FIRST, FIRST),
    State.NOT_WANTED: (same(State.NOT_WANTED), YES, YES, FIRST, FIRST, FIRST, FIRST),
    State.CONSIDERING: (YES, same(State.CONSIDERING), YES, FIRST, FIRST, FIRST, FIRST),
    State.APPLIED: (WITHDRAW, WITHDRAW, same(State.APPLIED), YES, YES, YES, YES),
    State.ACCEPTED: (WITHDRAW, WITHDRAW, "法院已经受理，不用再登记申请。", same(State.ACCEPTED), YES, YES, YES),
    State.CONFIRMED: (DONE, DONE, DONE, DONE, same(State.CONFIRMED), DONE, DONE),
    State.DISMISSED: (LOST, LOST, LOST, LOST, LOST, same(State.DISMISSED), LOST),
    State.WITHDRAWN: (BACK, BACK, YES, FIRST, FIRST, FIRST, same(State.WITHDRAWN)),
}
TO = [state for state in State if state is not State.EXPIRED]


@pytest.mark.parametrize("state", TABLE, ids=lambda state: state.value if state else "nothing")
def test_every_step_from_every_state_is_taken_or_refused_with_its_sentence(state: State | None) -> None:
    for to, expected in zip(TO, TABLE[state], strict=True):
        said = why_not(state, to)
        assert bool(said) == bool(expected), to
        assert said.startswith(expected), to
    assert why_not(state, State.EXPIRED) == FOLLOWS
    assert next_steps(state) == [to for to, expected in zip(TO, TABLE[state], strict=True) if not expected]


def test_after_the_window_only_what_happened_within_it_can_still_be_recorded(rules: Rules) -> None:
    assert next_steps(State.EXPIRED) == next_steps(None)
    end = application_end(DAY, rules)
    assert end.effective == LAST
    assert why_too_late(LAST, end, State.APPLIED) == ""
    for to in (State.NOT_WANTED, State.CONSIDERING, State.APPLIED):
        assert why_too_late(LAST + timedelta(days=1), end, to).startswith("申请期限到2026年12月23日为止")
    for to in (State.ACCEPTED, State.CONFIRMED, State.DISMISSED, State.WITHDRAWN):
        assert why_too_late(LAST + timedelta(days=90), end, to) == ""


@pytest.mark.parametrize(
    ("effective_on", "last"),
    [(date(2025, 9, 8), date(2025, 10, 9)), (date(2025, 10, 11), date(2025, 11, 10))],
)
def test_the_thirty_days_pass_over_rest_days_at_their_end(effective_on: date, last: date, rules: Rules) -> None:
    assert application_end(effective_on, rules).effective == last


def step(state: State, happened_on: date = DAY, **facts: Any) -> ConfirmationStep:
    return ConfirmationStep(agreement_no=1, state=state, happened_on=happened_on, **facts, **BY)


def agreed(*steps: ConfirmationStep) -> Case:
    case = in_effect(leak()).case
    case.confirmation_steps = list(steps)
    return case


def standing(case: Case, rules: Rules, today: date = DAY) -> Confirmation:
    found = confirmation_of(case, case.agreements[0], rules, today)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("recorded", "after"),
    [
        (None, State.EXPIRED),
        (State.NOT_WANTED, State.NOT_WANTED),
        (State.CONSIDERING, State.EXPIRED),
        (State.APPLIED, State.APPLIED),
        (State.ACCEPTED, State.ACCEPTED),
        (State.CONFIRMED, State.CONFIRMED),
        (State.DISMISSED, State.DISMISSED),
        (State.WITHDRAWN, State.WITHDRAWN),
    ],
)
def test_it_expires_by_itself_where_nothing_was_asked(recorded: State | None, after: State, rules: Rules) -> None:
    case = agreed(*([step(recorded)] if recorded else []))
    assert standing(case, rules, LAST).state is recorded
    assert standing(case, rules, LAST + timedelta(days=1)).state is after


def test_neither_an_oral_agreement_nor_one_that_does_not_bind_can_be_confirmed(rules: Rules) -> None:
    case = leak().case
    assert confirmations_of(case, rules, DAY) == []
    case = agreed()
    case.agreements[0].form = AgreementForm.ORAL
    assert confirmations_of(case, rules, DAY) == []
    assert not is_wanted(case, case.agreements[0])


def test_court_and_number_are_those_told_last(rules: Rules) -> None:
    case = agreed(
        step(State.CONSIDERING, court="甲区人民法院"),
        step(State.APPLIED, court="乙区人民法院"),
        step(State.ACCEPTED, court_number="（2026）示特1号"),
        step(State.CONFIRMED),
    )
    told = standing(case, rules)
    assert (told.court, told.court_number, told.label) == ("乙区人民法院", "（2026）示特1号", "裁定有效")
    assert standing(agreed(), rules).label == "未登记意向"


@pytest.mark.parametrize(
    ("wanted", "steps", "offered"),
    [
        (False, [], False),
        (True, [], True),
        (False, [State.CONSIDERING], True),
        (True, [State.NOT_WANTED], False),
        (False, [State.NOT_WANTED, State.APPLIED], True),
    ],
)
def test_papers_for_the_court_are_offered_to_who_wants_them(wanted: bool, steps: list[State], offered: bool) -> None:
    case = agreed(*map(step, steps))
    case.agreements[0].confirmation_wanted = wanted
    assert is_wanted(case, case.agreements[0]) is offered


def came_from(unit: str, kind: ReferralKind = ReferralKind.PRE_FILING) -> Referral:
    return Referral(no=1, direction=Direction.IN, kind=kind, unit=unit, sent_on=DAY, **BY)


def test_the_court_is_the_one_that_sent_the_matter_else_that_of_the_place(rules: Rules) -> None:
    case = agreed()
    assert competent_court(case, "东城街道调委会", rules).startswith(
        "向一方当事人住所地、标的物所在地或者东城街道调委会"
    )
    case.case_source = "referral_court_pre_filing"
    assert competent_court(case, "", rules).startswith("本案由法院委派调解，应向委派的法院申请")
    case.referrals = [came_from("甲区人民法院"), came_from("示例派出所"), came_from("乙院", ReferralKind.POST_FILING)]
    assert competent_court(case, "", rules).startswith("本案由甲区人民法院委派调解")
    assert standing(case, rules).court == "甲区人民法院"


@pytest.mark.parametrize(
    ("steps", "today", "words"),
    [
        ([], DAY, "各方共同申请的最后一天是2026年12月23日（还有30天）。"),
        ([State.CONSIDERING], LAST, "2026年12月23日（就是今天）。"),
        ([State.WITHDRAWN], LAST, "就是今天"),
        ([], LAST + timedelta(days=1), "没有登记申请，已按逾期未申请计。"),
        ([State.ACCEPTED], DAY, "法院一般应在2026年12月23日以前裁定"),
        ([State.CONFIRMED], DAY, "二年内申请强制执行"),
        ([State.DISMISSED], DAY, "也可以起诉"),
        ([State.NOT_WANTED], DAY, ""),
        ([State.APPLIED], DAY, ""),
        ([State.WITHDRAWN], LAST + timedelta(days=1), ""),
    ],
)
def test_what_comes_next_is_told(steps: list[State], today: date, words: str, rules: Rules) -> None:
    said = "".join(advice(standing(agreed(*map(step, steps)), rules, today), rules, today))
    assert words in said
    assert bool(words) == bool(said)
