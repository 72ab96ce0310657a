"""A case in every stage, and as it stands over that: suspended, referred, returned, reopened."""

from collections.abc import Callable

from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import NumberKind, OutcomeKind
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.services.afterwards import close_case, reopen
from mediation_desk.services.agreements import draft_agreement
from mediation_desk.services.clocks import stop_clock
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.referrals import send_back, sign_for
from mediation_desk.services.relations import merge
from mediation_desk.services.triage import decline, hand_over
from tests.desk import TODAY, Desk


def _not_accepted(desk: Desk) -> int:
    case_id = desk.willing()
    desk.do(decline, case_id, reason_code="not_civil")
    return case_id


def _handed_over(desk: Desk) -> int:
    """As before there were referrals: only the decision is known."""
    case_id = desk.willing()
    desk.do(hand_over, case_id, handed_to="示例局", kind=None)
    return case_id


def _referred(desk: Desk) -> int:
    case_id = desk.willing()
    desk.do(hand_over, case_id, handed_to="示例局")
    desk.do(sign_for, case_id, 1, person="周收发")
    return case_id


def _returned(desk: Desk) -> int:
    case_id = _referred(desk)
    desk.do(send_back, case_id, 1, text="不属于本局")
    return case_id


def _ended(kind: OutcomeKind, reason_code: str = "") -> Callable[[Desk], int]:
    def bring(desk: Desk) -> int:
        case_id = desk.in_mediation()
        desk.do(record_outcome, case_id, kind, reason_code=reason_code)
        return case_id

    return bring


def _agreed_orally(desk: Desk) -> int:
    case_id = desk.in_mediation(NumberKind.ORAL)
    desk.do(record_outcome, case_id, OutcomeKind.ORAL)
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    return case_id


def _suspended(desk: Desk) -> int:
    case_id = desk.in_mediation()
    desk.do(stop_clock, case_id, ClockKind.MEDIATION, reason_code="appraisal", since=TODAY)
    return case_id


def _reopened(desk: Desk) -> int:
    case_id = _ended(OutcomeKind.FAILED, "no_prospect")(desk)
    desk.do(close_case, case_id, despite_reason="双方同意先结案")
    desk.do(reopen, case_id, reason="一方要求再调")
    return case_id


def _merged(desk: Desk) -> int:
    """Registered twice."""
    case_id = desk.in_mediation()
    desk.do(merge, case_id, desk.in_mediation(), reason="重复登记")
    return case_id


STATES: dict[str, Callable[[Desk], int]] = {
    "registered": lambda desk: desk.registered(),
    "triaged": lambda desk: desk.willing(),
    "accepted": lambda desk: desk.accepted(),
    "not_accepted": _not_accepted,
    "handed_over": _handed_over,
    "referred": _referred,
    "returned": _returned,
    "assigned": lambda desk: desk.assigned(),
    "in_mediation": lambda desk: desk.in_mediation(),
    "suspended": _suspended,
    "agreed_in_writing": lambda desk: desk.drafted(),
    "frozen": lambda desk: desk.frozen(),
    "agreed_orally": _agreed_orally,
    "failed": _ended(OutcomeKind.FAILED, "no_prospect"),
    "terminated": _ended(OutcomeKind.TERMINATED, "refused"),
    "withdrawn": _ended(OutcomeKind.WITHDRAWN),
    "performing": lambda desk: desk.performing(),
    "closed": lambda desk: desk.closed(),
    "reopened": _reopened,
    "merged": _merged,
}
"""How a case comes into each state."""
