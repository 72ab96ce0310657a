"""A case with one of every fact of procedure, for tests of how facts are kept rather than of how they come about."""

from datetime import timedelta
from typing import Any

from mediation_desk.domain.aftermath import Breach, ConfirmationState, ConfirmationStep, Lawsuit, Rating
from mediation_desk.domain.case import Case
from mediation_desk.domain.petition import Petition, PetitionStep, PetitionStepKind
from mediation_desk.domain.referral import Direction, Referral, ReferralKind, ReferralStep, ReferralStepKind
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.responsibility import ResponsibilityTransfer
from mediation_desk.domain.risk import RedFlag, RedFlagReport, RiskAssessment
from mediation_desk.domain.supervision import (
    CadreVisit,
    Conference,
    ConferenceDecision,
    ConferenceKind,
    LeadCadre,
    Suggestion,
    SuggestionKind,
    SupervisionOrder,
)
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension
from mediation_desk.domain.upstream import UpstreamEntry
from tests.desk import NOW, TODAY, uid

_BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}
_WEEK = timedelta(days=7)


def add_procedure(case: Case, other_id: int) -> None:
    """Add one of each; `other_id` is the case it is related to."""
    case.clock_stops.append(ClockStop(clock=ClockKind.MEDIATION, reason_code="appraisal", since=TODAY, **_BY))
    more = Extension(
        clock=ClockKind.MEDIATION, days=10, approved_on=TODAY, approved_by="各方同意", reason="等鉴定", **_BY
    )
    case.extensions.append(more)
    case.petition = Petition(
        number="XF0001",
        kind="redress_claim",
        domain="01",
        received_on=TODAY,
        steps=[PetitionStep(kind=PetitionStepKind.OFFERED, happened_on=TODAY, text="当面告知", **_BY)],
        **_BY,
    )
    signed = ReferralStep(kind=ReferralStepKind.SIGNED_FOR, happened_on=TODAY, person="示例人", **_BY)
    case.referrals.append(
        Referral(
            no=1,
            direction=Direction.IN,
            kind=ReferralKind.PRE_FILING,
            unit="示例法院",
            sent_on=TODAY,
            steps=[signed],
            **_BY,
        )
    )
    case.supervision_orders.append(
        SupervisionOrder(
            no=1, unit="示例所", fault_code="overdue", demand="说明", issued_on=TODAY, due_on=TODAY + _WEEK, **_BY
        )
    )
    decided = ConferenceDecision(no=1, text="先鉴定", unit="示例所", due_on=TODAY + _WEEK)
    case.conferences.append(
        Conference(
            no=1,
            meeting=uid(80),
            kind=ConferenceKind.CASE,
            held_on=TODAY,
            chair="示例主任",
            units=["示例所"],
            minutes="研究了漏水原因。",
            decisions=[decided],
            **_BY,
        )
    )
    visit = CadreVisit(visited_on=TODAY, situation="看了现场", **_BY)
    case.lead_cadres.append(LeadCadre(no=1, name="示例领导", post="副主任", since=TODAY, visits=[visit], **_BY))
    case.suggestions.append(
        Suggestion(no=1, kind=SuggestionKind.IMPROVE_WORK, unit="示例所", text="按期答复", made_on=TODAY, **_BY)
    )
    case.risk_assessments.append(RiskAssessment(level="low", reason="情绪平稳", assessed_at=NOW, **_BY))
    case.red_flags.append(RedFlag(flag="violence", met_at=NOW, **_BY))
    case.red_flag_reports.append(RedFlagReport(flag="violence", reported_at=NOW, reported_to="派出所值班室", **_BY))
    case.transfers.append(ResponsibilityTransfer(to_id=1, **_BY))
    case.confirmation_steps.append(
        ConfirmationStep(agreement_no=1, state=ConfirmationState.CONSIDERING, happened_on=TODAY, **_BY)
    )
    case.breaches.append(Breach(agreement_no=1, found_on=TODAY, situation="第一期没有付", **_BY))
    case.lawsuits.append(Lawsuit(agreement_no=1, filed_on=TODAY, court="示例法院", **_BY))
    case.ratings.append(Rating(party_no=1, level="", rated_on=TODAY, **_BY))
    case.relations.append(Relation(kind=RelationKind.NEW_DISPUTE, other_id=other_id, main_id=other_id, **_BY))
    case.upstream.append(UpstreamEntry(system="petition", number="P-1", entered_on=TODAY, **_BY))
