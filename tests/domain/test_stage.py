"""Which stage follows from which facts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import (
    Assignment,
    Case,
    CaseEvent,
    Closing,
    Decision,
    DecisionKind,
    EventKind,
    Outcome,
    OutcomeKind,
    Session,
    SessionResult,
    Triage,
)
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.stage import OPEN_STAGES, Stage, restage, stage_of

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()


class Facts:
    """Adds facts to a case, each so long after the one before: a clock may be set back."""

    pace = timedelta(minutes=1)

    def __init__(self) -> None:
        self.at = NOW
        self.case = Case(
            uid="u",
            centre_id=1,
            requested_on=TODAY,
            registered_at=NOW,
            first_contact_id=1,
            matter="漏水",
            demand="赔偿",
        )

    def _now(self) -> datetime:
        self.at += self.pace
        return self.at

    def triaged(self) -> None:
        self.case.triages.append(Triage(path="M1", decided_on=TODAY, by_id=1, recorded_at=self._now()))

    def _noted(self, kind: EventKind) -> datetime:
        at = self._now()
        self.case.events.append(CaseEvent(kind=kind, happened_on=TODAY, by_id=1, recorded_at=at))
        return at

    def accepted(self, kind: DecisionKind = DecisionKind.ACCEPTED) -> None:
        at = self._noted(EventKind.DECIDED)
        self.case.decisions.append(Decision(kind=kind, decided_on=TODAY, by_id=1, recorded_at=at))

    def not_accepted(self) -> None:
        self.accepted(DecisionKind.NOT_ACCEPTED)

    def handed_over(self) -> None:
        self.accepted(DecisionKind.HANDED_OVER)

    def assigned(self) -> None:
        self.case.assignments.append(Assignment(mediator_id=1, assigned_on=TODAY, by_id=1, recorded_at=self._now()))

    def relieved(self) -> None:
        self.case.assignments[-1].ended_on = TODAY

    def session(self) -> None:
        self.case.sessions.append(
            Session(
                no=1,
                held_on=TODAY,
                place="第一调解室",
                result=SessionResult.CONTINUES,
                by_id=1,
                recorded_at=self._noted(EventKind.SESSION),
            )
        )

    def ended(self, kind: OutcomeKind) -> None:
        at = self._noted(EventKind.OUTCOME)
        self.case.outcomes.append(Outcome(kind=kind, ended_on=TODAY, by_id=1, recorded_at=at))

    def written(self) -> None:
        self.ended(OutcomeKind.WRITTEN)

    def orally(self) -> None:
        self.ended(OutcomeKind.ORAL)

    def failed(self) -> None:
        self.ended(OutcomeKind.FAILED)

    def terminated(self) -> None:
        self.ended(OutcomeKind.TERMINATED)

    def withdrawn(self) -> None:
        self.ended(OutcomeKind.WITHDRAWN)

    def drafted(self) -> None:
        self.case.agreements.append(Agreement(no=1, form=AgreementForm.ORAL, made_on=TODAY))

    def effective(self) -> None:
        self.drafted()
        self.case.agreements[-1].frozen_at = self._now()

    def closed(self) -> None:
        self.case.closings.append(Closing(closed_on=TODAY, by_id=1, recorded_at=self._now()))

    def merged(self) -> None:
        merged = Relation(kind=RelationKind.MERGED, other_id=1, main_id=1, by_id=1, recorded_at=self._now())
        self.case.relations.append(merged)

    def parted(self) -> None:
        self.case.relations[-1].withdrawn_at = self._now()


F = Facts
HEARD = (F.triaged, F.accepted, F.assigned, F.session)


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ((), Stage.REGISTERED),
        ((F.triaged,), Stage.TRIAGED),
        ((F.accepted,), Stage.ACCEPTED),
        ((F.triaged, F.not_accepted), Stage.NOT_ACCEPTED),
        ((F.triaged, F.handed_over), Stage.HANDED_OVER),
        ((F.not_accepted, F.accepted), Stage.ACCEPTED),
        ((F.accepted, F.assigned), Stage.ASSIGNED),
        ((F.accepted, F.assigned, F.relieved), Stage.ACCEPTED),
        (HEARD, Stage.IN_MEDIATION),
        ((*HEARD, F.relieved), Stage.IN_MEDIATION),
        ((*HEARD, F.written), Stage.AGREED_IN_WRITING),
        ((*HEARD, F.written, F.drafted), Stage.AGREED_IN_WRITING),
        ((*HEARD, F.written, F.effective), Stage.PERFORMING),
        ((*HEARD, F.orally), Stage.AGREED_ORALLY),
        ((*HEARD, F.orally, F.effective), Stage.PERFORMING),
        ((*HEARD, F.failed), Stage.FAILED),
        ((*HEARD, F.terminated), Stage.TERMINATED),
        ((F.accepted, F.withdrawn), Stage.WITHDRAWN),
        ((*HEARD, F.failed, F.written), Stage.AGREED_IN_WRITING),
        ((*HEARD, F.failed, F.accepted), Stage.ASSIGNED),
        ((*HEARD, F.failed, F.relieved, F.accepted), Stage.ACCEPTED),
        ((*HEARD, F.failed, F.accepted, F.session), Stage.IN_MEDIATION),
        ((*HEARD, F.failed, F.handed_over), Stage.HANDED_OVER),
        ((*HEARD, F.written, F.effective, F.session), Stage.PERFORMING),
        ((*HEARD, F.written, F.effective, F.closed), Stage.CLOSED),
        ((*HEARD, F.written, F.effective, F.closed, F.session), Stage.CLOSED),
        ((F.closed,), Stage.CLOSED),
        ((*HEARD, F.merged), Stage.MERGED),
        ((*HEARD, F.merged, F.parted), Stage.IN_MEDIATION),
    ],
)
@pytest.mark.parametrize("minutes", [1, 0, -1])
def test_the_stage_follows_from_the_facts_whatever_the_clock_says(
    facts: tuple[Callable[[Facts], None], ...], stage: Stage, minutes: int
) -> None:
    given = Facts()
    given.pace = timedelta(minutes=minutes)
    for fact in facts:
        fact(given)
    assert stage_of(given.case) is stage


def test_every_stage_is_reached_by_some_facts() -> None:
    tables = [mark.args for mark in test_the_stage_follows_from_the_facts_whatever_the_clock_says.pytestmark]  # type: ignore[attr-defined]  # pytest puts it there
    [ways] = [values for names, values in tables if "stage" in names]
    assert {stage for _, stage in ways} == set(Stage)


def test_restaging_stores_the_stage_as_a_word_and_the_day_of_effect() -> None:
    given = Facts()
    for fact in (*HEARD, F.orally, F.effective):
        fact(given)
    restage(given.case)
    assert given.case.stage == "performing"
    assert type(given.case.stage) is str
    assert given.case.agreements[0].effect_day == date(2026, 11, 23)


def test_four_stages_are_not_open() -> None:
    assert set(Stage) - OPEN_STAGES == {Stage.NOT_ACCEPTED, Stage.HANDED_OVER, Stage.CLOSED, Stage.MERGED}
