"""Mediation is voluntary on every side (人民调解法 art. 3 and 17)."""

from datetime import datetime

import pytest

from mediation_desk.domain.case import Answer, Case, Willingness
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.willingness import refuse_if_somebody_refused, refuse_unless_willing

NOW = datetime(2026, 11, 23, 9, 30)


def a_case(*answers: Answer | None) -> Case:
    return Case(
        uid="u",
        centre_id=1,
        requested_on=NOW.date(),
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        parties=[
            Party(no=1, side=Side.CLAIMANT, name="张三"),
            Party(no=2, side=Side.RESPONDENT, name="李四"),
        ],
        willingness=[
            Willingness(party_no=no, answer=answer, asked_at=NOW, by_id=1, recorded_at=NOW)
            for no, answer in enumerate(answers, 1)
            if answer
        ],
    )


def test_one_refusal_ends_it() -> None:
    case = a_case(Answer.AGREES, Answer.REFUSES)
    for refuse in (refuse_if_somebody_refused, refuse_unless_willing):
        with pytest.raises(RuleBroken, match="李四已拒绝调解") as refused:
            refuse(case)
        assert [fault.place for fault in refused.value.faults] == ["willingness"]


@pytest.mark.parametrize("answer", [None, Answer.UNDECIDED])
def test_silence_lets_a_case_in_but_not_a_session(answer: Answer | None) -> None:
    case = a_case(Answer.AGREES, answer)
    refuse_if_somebody_refused(case)
    with pytest.raises(RuleBroken, match="李四尚未表示同意调解"):
        refuse_unless_willing(case)


def test_everybody_who_keeps_it_from_beginning_is_named() -> None:
    with pytest.raises(RuleBroken) as refused:
        refuse_unless_willing(a_case(Answer.UNDECIDED, Answer.REFUSES))
    assert [fault.sentence[:2] for fault in refused.value.faults] == ["李四", "张三"]


def test_when_all_agree_it_may_begin() -> None:
    case = a_case(Answer.AGREES, Answer.AGREES)
    refuse_if_somebody_refused(case)
    refuse_unless_willing(case)


def test_a_third_party_that_keeps_silent_and_stays_away_keeps_the_others_from_nothing() -> None:
    case = a_case(Answer.AGREES, Answer.AGREES)
    case.parties.append(Party(no=3, side=Side.OTHER, name="王五"))
    refuse_unless_willing(case, taking_part=[1, 2])
    with pytest.raises(RuleBroken, match="王五尚未表示同意调解"):
        refuse_unless_willing(case, taking_part=[1, 2, 3])
