"""A case answers from its facts: the last one of a kind counts, the earlier ones stay to be read."""

from datetime import date, datetime, timedelta

import pytest

from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import (
    Answer,
    Assignment,
    Case,
    CaseEvent,
    Closing,
    Decision,
    DecisionKind,
    EventKind,
    Outcome,
    OutcomeKind,
    Willingness,
)
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.party import Party, Side

NOW = datetime(2026, 11, 23, 9, 30)
LATER = NOW + timedelta(minutes=1)
TODAY = NOW.date()


def a_case(*names: tuple[str, Side]) -> Case:
    return Case(
        uid="u",
        centre_id=1,
        requested_on=TODAY,
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        parties=[Party(no=no, side=side, name=name) for no, (name, side) in enumerate(names, 1)],
    )


def decided(kind: DecisionKind) -> Decision:
    return Decision(kind=kind, decided_on=TODAY, by_id=1, recorded_at=NOW)


def ended(kind: OutcomeKind) -> Outcome:
    return Outcome(kind=kind, ended_on=TODAY, by_id=1, recorded_at=NOW)


def noted(kind: EventKind) -> CaseEvent:
    return CaseEvent(kind=kind, happened_on=TODAY, by_id=1, recorded_at=NOW)


TWO = (("张三", Side.CLAIMANT), ("李四", Side.RESPONDENT))


def test_parties_are_found_by_number_and_by_side() -> None:
    case = a_case(*TWO)
    assert case.party(2) is case.parties[1]
    assert case.party(None) is None
    assert case.party_name(1) == "张三"
    assert case.party_name(9, "某人") == "某人"
    assert [party.name for party in case.side(Side.RESPONDENT)] == ["李四"]


def test_the_last_answer_of_a_party_counts() -> None:
    case = a_case(*TWO)
    assert case.answer_of(1) is Answer.UNDECIDED
    for no, answer in ((1, Answer.REFUSES), (2, Answer.AGREES), (1, Answer.AGREES)):
        case.willingness.append(Willingness(party_no=no, answer=answer, asked_at=NOW, by_id=1, recorded_at=NOW))
    assert case.answer_of(1) is Answer.AGREES
    assert case.answer_of(2) is Answer.AGREES


def test_the_last_decision_counts() -> None:
    case = a_case(*TWO)
    assert case.decision is None
    assert not case.is_accepted
    case.decisions = [decided(DecisionKind.NOT_ACCEPTED), decided(DecisionKind.ACCEPTED)]
    assert case.is_accepted


def test_the_last_outcome_counts() -> None:
    case = a_case(*TWO)
    assert case.outcome is None
    assert not case.is_agreed
    case.outcomes = [ended(OutcomeKind.FAILED), ended(OutcomeKind.ORAL)]
    assert case.outcome is case.outcomes[1]
    assert case.is_agreed


def test_a_case_taken_up_again_has_not_ended() -> None:
    case = a_case(*TWO)
    case.decisions = [decided(DecisionKind.ACCEPTED)]
    case.outcomes = [ended(OutcomeKind.FAILED)]
    case.events = [noted(EventKind.DECIDED), noted(EventKind.OUTCOME)]
    assert case.outcome is not None
    case.decisions.append(decided(DecisionKind.ACCEPTED))
    case.events.append(noted(EventKind.DECIDED))
    assert case.outcome is None


@pytest.mark.parametrize("which", ["kinship", "same_employer", "earlier_role"])
def test_one_yes_is_bias(which: str) -> None:
    assignment = Assignment(mediator_id=1, assigned_on=TODAY, by_id=1, recorded_at=NOW)
    assert not assignment.is_biased
    setattr(assignment, which, RecusalAnswer.YES)
    assert assignment.is_biased


def test_an_assignment_that_ended_is_not_active() -> None:
    case = a_case(*TWO)
    still, over = (Assignment(mediator_id=no, assigned_on=TODAY, by_id=1, recorded_at=NOW) for no in (1, 2))
    over.ended_on = TODAY
    case.assignments = [over, still]
    assert case.active_assignments == [still]


def test_agreements_are_found_by_number_and_by_effect() -> None:
    case = a_case(*TWO)
    draft = Agreement(no=1, form=AgreementForm.ORAL, made_on=TODAY)
    binding = Agreement(no=2, form=AgreementForm.ORAL, made_on=TODAY, frozen_at=NOW)
    case.agreements = [draft, binding]
    assert case.agreement(2) is binding
    assert case.agreement(3) is None
    assert case.effective_agreements == [binding]


def test_what_is_recorded_after_closing_is_late() -> None:
    case = a_case(*TWO)
    assert not case.is_late(LATER)
    case.closings.append(Closing(closed_on=date(2026, 11, 20), by_id=1, recorded_at=NOW))
    assert not case.is_late(NOW)
    assert case.is_late(LATER)


def test_the_title_is_as_typed() -> None:
    case = a_case(*TWO)
    case.title = "张三家漏水一事"
    assert case.file_title("邻里纠纷") == "张三家漏水一事"


@pytest.mark.parametrize(
    ("parties", "title"),
    [
        (TWO, "张三与李四邻里纠纷"),
        ((*TWO, ("王五", Side.RESPONDENT), ("赵六", Side.OTHER)), "张三与李四等2方邻里纠纷"),
        (TWO[:1], "张三邻里纠纷"),
    ],
)
def test_else_the_title_names_parties_and_kind(parties: tuple[tuple[str, Side], ...], title: str) -> None:
    assert a_case(*parties).file_title("邻里纠纷") == title


def test_a_title_without_a_kind_says_dispute() -> None:
    assert a_case(*TWO).file_title() == "张三与李四纠纷"
