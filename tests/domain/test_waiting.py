"""Whose turn it is follows from how a case stands."""

import pytest

from mediation_desk.domain.case import Answer
from mediation_desk.domain.party import Side
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from mediation_desk.domain.waiting import Standing, Waiting, waiting

SIDES = {1: Side.CLAIMANT, 2: Side.RESPONDENT}
BOTH = {1: Answer.AGREES, 2: Answer.AGREES}
ONE = {1: Answer.AGREES, 2: Answer.UNDECIDED}
REFUSED = {1: Answer.AGREES, 2: Answer.REFUSES}


@pytest.mark.parametrize(
    ("standing", "whom"),
    [
        (Standing(Stage.REGISTERED, SIDES, {}), Waiting.ANSWER),
        (Standing(Stage.TRIAGED, SIDES, ONE), Waiting.ANSWER),
        (Standing(Stage.TRIAGED, SIDES, BOTH), Waiting.DECISION),
        (Standing(Stage.TRIAGED, SIDES, REFUSED), Waiting.DECISION),
        (Standing(Stage.TRIAGED, SIDES, {}, takes_other_way=True), Waiting.DECISION),
        (Standing(Stage.ACCEPTED, SIDES, BOTH), Waiting.ASSIGNMENT),
        (Standing(Stage.ASSIGNED, SIDES, BOTH, is_assigned=True), Waiting.MEDIATOR),
        (Standing(Stage.ASSIGNED, SIDES, ONE, is_assigned=True), Waiting.ANSWER),
        (Standing(Stage.IN_MEDIATION, SIDES, BOTH), Waiting.ASSIGNMENT),
        (Standing(Stage.IN_MEDIATION, SIDES, REFUSED, is_assigned=True), Waiting.MEDIATOR),
        (Standing(Stage.IN_MEDIATION, SIDES, BOTH, is_assigned=True, is_stopped=True), Waiting.STOPPED),
        (Standing(Stage.AGREED_IN_WRITING), Waiting.MEDIATOR),
        (Standing(Stage.AGREED_IN_WRITING, is_signing=True), Waiting.SIGNATURES),
        (Standing(Stage.AGREED_ORALLY), Waiting.MEDIATOR),
        (Standing(Stage.PERFORMING, owes=True, visits=True), Waiting.PERFORMANCE),
        (Standing(Stage.PERFORMING, visits=True), Waiting.FOLLOW_UP),
        (Standing(Stage.PERFORMING), Waiting.CLOSING),
        (Standing(Stage.FAILED), Waiting.CLOSING),
        (Standing(Stage.HANDED_OVER, is_out=True), Waiting.OTHER_UNIT),
        (Standing(Stage.HANDED_OVER), Waiting.NOBODY),
        (Standing(Stage.NOT_ACCEPTED), Waiting.NOBODY),
        (Standing(Stage.CLOSED, owes=True), Waiting.NOBODY),
    ],
)
def test_whose_turn_it_is(standing: Standing, whom: Waiting) -> None:
    assert waiting(standing) is whom


@pytest.mark.parametrize("stage", Stage)
def test_every_open_case_waits_for_somebody(stage: Stage) -> None:
    assert (waiting(Standing(stage)) is not Waiting.NOBODY) is (stage in OPEN_STAGES)
