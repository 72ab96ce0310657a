"""Which steps a petition item may take in which state, and what is said of all the others."""

from datetime import datetime
from typing import Any

import pytest

from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import (
    Answer,
    Case,
    CaseEvent,
    Decision,
    DecisionKind,
    EventKind,
    Outcome,
    OutcomeKind,
    Triage,
    Willingness,
)
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.petition import Petition, PetitionStep
from mediation_desk.domain.petition import PetitionStepKind as Step
from mediation_desk.domain.petition_flow import (
    PetitionState,
    needs_words,
    petition_state,
    petition_step_faults,
    result_in_words,
)
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}

WAYS: dict[PetitionState, tuple[Step, ...]] = {
    PetitionState.OPEN: (),
    PetitionState.OFFERED: (Step.OFFERED,),
    PetitionState.DECLINED: (Step.OFFERED, Step.DECLINED),
    PetitionState.IN_MEDIATION: (Step.OFFERED, Step.TAKEN_UP),
    PetitionState.AGREED: (Step.OFFERED, Step.TAKEN_UP, Step.AGREED),
    PetitionState.RETURNED: (Step.OFFERED, Step.TAKEN_UP, Step.RETURNED),
    PetitionState.ANSWERED: (Step.OPINION,),
    PetitionState.FINISHED: (Step.OPINION, Step.FINISHED),
}
YES = ""
TABLE: dict[PetitionState, dict[Step, str]] = {
    PetitionState.OPEN: {
        Step.NOTICE: YES,
        Step.OFFERED: YES,
        Step.DECLINED: "还没有告知当事人可以调解",
        Step.TAKEN_UP: "还没有告知当事人可以调解",
        Step.AGREED: "信访事项没有转入调解",
        Step.RETURNED: "信访事项没有转入调解，不需要转回。",
        Step.OPINION: YES,
        Step.FINISHED: YES,
    },
    PetitionState.OFFERED: {
        Step.NOTICE: YES,
        Step.OFFERED: "已告知可以调解，还没有答复",
        Step.DECLINED: YES,
        Step.TAKEN_UP: YES,
        Step.AGREED: "信访事项没有转入调解",
        Step.RETURNED: "信访事项没有转入调解，不需要转回。",
        Step.OPINION: "已告知可以调解，还没有答复",
        Step.FINISHED: "已告知可以调解，还没有答复",
    },
    PetitionState.DECLINED: {
        Step.NOTICE: YES,
        Step.OFFERED: YES,
        Step.DECLINED: "已登记不愿调解；当事人改变意愿的",
        Step.TAKEN_UP: "已登记不愿调解；当事人改变意愿的",
        Step.AGREED: "信访事项没有转入调解",
        Step.RETURNED: "信访事项没有转入调解，不需要转回。",
        Step.OPINION: YES,
        Step.FINISHED: YES,
    },
    PetitionState.IN_MEDIATION: {
        Step.NOTICE: YES,
        Step.OFFERED: "信访事项已转入调解。",
        Step.DECLINED: "信访事项已转入调解；不愿继续的，请登记调解结果",
        Step.TAKEN_UP: "信访事项已转入调解。",
        Step.AGREED: YES,
        Step.RETURNED: YES,
        Step.OPINION: "信访事项正在调解",
        Step.FINISHED: "信访事项正在调解",
    },
    PetitionState.AGREED: {
        Step.NOTICE: YES,
        Step.OFFERED: "已登记调解达成协议；协议不履行的",
        Step.DECLINED: "已登记调解达成协议；协议不履行的",
        Step.TAKEN_UP: "已登记调解达成协议；协议不履行的",
        Step.AGREED: "已登记调解达成协议。",
        Step.RETURNED: YES,
        Step.OPINION: "已登记调解达成协议；协议不履行的",
        Step.FINISHED: YES,
    },
    PetitionState.RETURNED: {
        Step.NOTICE: YES,
        Step.OFFERED: YES,
        Step.DECLINED: "已转回信访程序；再次调解的",
        Step.TAKEN_UP: "已转回信访程序；再次调解的",
        Step.AGREED: "已转回信访程序；再次调解的",
        Step.RETURNED: "已转回信访程序。",
        Step.OPINION: YES,
        Step.FINISHED: YES,
    },
    PetitionState.ANSWERED: {
        Step.NOTICE: YES,
        Step.OFFERED: "已出具处理意见",
        Step.DECLINED: "已出具处理意见",
        Step.TAKEN_UP: "已出具处理意见",
        Step.AGREED: "已出具处理意见",
        Step.RETURNED: YES,
        Step.OPINION: "已出具处理意见",
        Step.FINISHED: YES,
    },
    PetitionState.FINISHED: {
        Step.NOTICE: YES,
        Step.OFFERED: "信访事项已办结",
        Step.DECLINED: "信访事项已办结",
        Step.TAKEN_UP: "信访事项已办结",
        Step.AGREED: "信访事项已办结",
        Step.RETURNED: YES,
        Step.OPINION: "信访事项已办结",
        Step.FINISHED: "信访事项已办结",
    },
}


def a_case(*steps: Step, path: str = "M1", **facts: Any) -> Case:
    """A petition item of two who both want mediation, with these steps behind it."""
    item = {"kind": "redress_claim", "received_on": TODAY, **BY, **facts}
    return Case(
        uid="u",
        centre_id=1,
        requested_on=TODAY,
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        petition=Petition(steps=[PetitionStep(kind=kind, happened_on=TODAY, **BY) for kind in steps], **item),
        triages=[Triage(path=path, decided_on=TODAY, **BY)] if path else [],
        parties=[
            Party(no=1, side=Side.CLAIMANT, name="张三"),
            Party(no=2, side=Side.RESPONDENT, name="李四"),
        ],
        willingness=[Willingness(party_no=no, answer=Answer.AGREES, asked_at=NOW, **BY) for no in (1, 2)],
    )


def decided(case: Case, kind: DecisionKind = DecisionKind.ACCEPTED) -> Case:
    case.decisions.append(Decision(kind=kind, decided_on=TODAY, **BY))
    case.events.append(CaseEvent(kind=EventKind.DECIDED, happened_on=TODAY, **BY))
    return case


def ended(case: Case, kind: OutcomeKind, *, in_effect: bool = False) -> Case:
    decided(case).outcomes.append(Outcome(kind=kind, ended_on=TODAY, **BY))
    case.events.append(CaseEvent(kind=EventKind.OUTCOME, happened_on=TODAY, **BY))
    if in_effect:
        case.agreements.append(Agreement(no=1, form=AgreementForm.ORAL, made_on=TODAY, frozen_at=NOW))
    return case


def fitting(state: PetitionState, step: Step) -> Case:
    """A case in that state of which all else that the step needs is known."""
    case = a_case(*WAYS[state])
    if step is Step.AGREED:
        return ended(case, OutcomeKind.ORAL, in_effect=True)
    if step is Step.RETURNED and state is PetitionState.IN_MEDIATION:
        return ended(case, OutcomeKind.FAILED)
    return case


@pytest.mark.parametrize(("state", "step"), [(state, step) for state in PetitionState for step in Step])
def test_every_state_and_step(state: PetitionState, step: Step, rules: Rules) -> None:
    case = fitting(state, step)
    assert case.petition is not None
    assert petition_state(case.petition) is state
    said = petition_step_faults(case, step, rules)
    expected = TABLE[state][step]
    assert (len(said), said[0] if said else "") == (1, said[0]) if expected else said == []
    assert "".join(said).startswith(expected)


def test_notices_leave_an_item_where_it_stands(rules: Rules) -> None:
    case = a_case(Step.OFFERED, Step.NOTICE)
    assert case.petition is not None
    assert petition_state(case.petition) is PetitionState.OFFERED


def test_nobody_can_be_told_while_name_or_address_is_unclear(rules: Rules) -> None:
    [said] = petition_step_faults(a_case(contact_clear=False), Step.NOTICE, rules)
    assert said.startswith("姓名或者住址不清，无法告知")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("suggestion", "“建议意见”不进入调解；"), ("accusation", "“检举控告”不进入调解，依法由有权机关处理；")],
)
def test_only_claims_go_to_mediation_and_get_an_opinion(kind: str, sentence: str, rules: Rules) -> None:
    assert petition_step_faults(a_case(kind=kind), Step.OFFERED, rules)[0].startswith(sentence)
    assert petition_step_faults(a_case(Step.OFFERED, kind=kind), Step.TAKEN_UP, rules)[0].startswith(sentence)
    assert petition_step_faults(a_case(kind=kind), Step.OPINION, rules) == ["信访处理意见书只对申诉求决类事项出具。"]
    assert petition_step_faults(a_case(kind=kind), Step.FINISHED, rules) == []


def test_the_lawful_way_says_whether_a_matter_suits_mediation(rules: Rules) -> None:
    [said] = petition_step_faults(a_case(path="P4a"), Step.OFFERED, rules)
    assert said.startswith("已分流到“行政复议”，不属于可以调解的事项")
    assert petition_step_faults(a_case(path="P6"), Step.OFFERED, rules) == []
    [said] = petition_step_faults(a_case(Step.OFFERED, path="P6"), Step.TAKEN_UP, rules)
    assert said == "请先分流到“人民调解或者行政调解”，再转入调解。"


def test_before_that_the_category_says_it(rules: Rules) -> None:
    case = a_case(path="")
    assert petition_step_faults(case, Step.OFFERED, rules) == []
    case.event_category = "1401"
    [said] = petition_step_faults(case, Step.OFFERED, rules)
    assert "一般不属于可以调解的事项" in said
    assert len(petition_step_faults(a_case(Step.OFFERED, path=""), Step.TAKEN_UP, rules)) == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(Answer.REFUSES, "李四已拒绝调解"), (Answer.UNDECIDED, "李四尚未表示同意调解")],
)
def test_mediation_needs_the_consent_of_both_sides(answer: Answer, sentence: str, rules: Rules) -> None:
    case = a_case(Step.OFFERED)
    case.willingness.append(Willingness(party_no=2, answer=answer, asked_at=NOW, **BY))
    [said] = petition_step_faults(case, Step.TAKEN_UP, rules)
    assert said.startswith(sentence)


@pytest.mark.parametrize("kind", [DecisionKind.NOT_ACCEPTED, DecisionKind.HANDED_OVER])
def test_what_was_not_taken_is_not_taken_up(kind: DecisionKind, rules: Rules) -> None:
    [said] = petition_step_faults(decided(a_case(Step.OFFERED), kind), Step.TAKEN_UP, rules)
    assert said.endswith("不能转入调解；情况有变的请重新作出受理决定。")


def test_an_agreement_is_recorded_when_it_binds(rules: Rules) -> None:
    case = ended(a_case(*WAYS[PetitionState.IN_MEDIATION]), OutcomeKind.WRITTEN)
    assert petition_step_faults(case, Step.AGREED, rules) == ["调解协议还没有生效，不能登记达成协议。"]


def test_what_goes_back_has_its_result(rules: Rules) -> None:
    case = a_case(*WAYS[PetitionState.IN_MEDIATION])
    assert petition_step_faults(case, Step.RETURNED, rules) == []  # a mistake, or the committee never took it
    assert needs_words(case, Step.RETURNED)
    decided(case)
    assert petition_step_faults(case, Step.RETURNED, rules) == ["调解还没有结束，请先登记调解结果，再转回信访程序。"]
    ended(case, OutcomeKind.WRITTEN)
    assert petition_step_faults(case, Step.RETURNED, rules)[0].startswith("调解结果登记为达成协议；")
    ended(case, OutcomeKind.ORAL, in_effect=True)
    assert petition_step_faults(case, Step.RETURNED, rules) == ["调解已达成协议，请登记“调解达成协议”。"]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (a_case(), ""),
        (decided(a_case()), ""),
        (decided(a_case(), DecisionKind.NOT_ACCEPTED), "不予受理"),
        (ended(a_case(), OutcomeKind.TERMINATED), "终止调解"),
    ],
)
def test_the_case_tells_how_mediation_ended(case: Case, words: str) -> None:
    assert result_in_words(case) == words


def test_the_petition_procedure_ends_with_an_opinion(rules: Rules) -> None:
    [said] = petition_step_faults(a_case(path="P6"), Step.FINISHED, rules)
    assert "应先出具信访处理意见" in said
    assert petition_step_faults(a_case(Step.OPINION, path="P6"), Step.FINISHED, rules) == []
    assert petition_step_faults(a_case(*WAYS[PetitionState.AGREED], path="P6"), Step.FINISHED, rules) == []


@pytest.mark.parametrize(
    ("state", "step", "asked"),
    [
        (PetitionState.OPEN, Step.NOTICE, True),
        (PetitionState.OPEN, Step.OFFERED, False),
        (PetitionState.OPEN, Step.OPINION, True),
        (PetitionState.OPEN, Step.FINISHED, True),
        (PetitionState.OFFERED, Step.DECLINED, False),
        (PetitionState.AGREED, Step.FINISHED, False),
        (PetitionState.AGREED, Step.RETURNED, True),
        (PetitionState.ANSWERED, Step.FINISHED, False),
        (PetitionState.FINISHED, Step.RETURNED, True),
    ],
)
def test_words_are_asked_for_what_no_other_fact_tells(state: PetitionState, step: Step, asked: bool) -> None:
    assert needs_words(a_case(*WAYS[state]), step) is asked
