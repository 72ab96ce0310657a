"""What the exchange file of a case says, as dataclasses: the schema's twin.

Facts come with their own days; who recorded them when at the desk that wrote the file is not carried over, nor are
confidential notes (人民调解法 art. 15) and contents of attachments. Rankings and call-outs stay behind too, as do the
centre's own procedure around mediation (time limits, petition, referrals, supervision, what came after) and answers
about bias of anybody the case was not given to: they tell of people who have no part in it. Mediators are
numbered within the file (`mediator_no`), parties as within the case (`party_no`). Fields are named as in the domain.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    AgreementKind,
    Instalment,
    Obligation,
    ObligationKind,
    Signature,
    SignatureKind,
    SignerRole,
)
from mediation_desk.domain.case import (
    Answer,
    AssignmentRole,
    ChosenBy,
    DecisionKind,
    NumberKind,
    OutcomeKind,
    SessionResult,
)
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.mediator import AppointmentKind
from mediation_desk.domain.paper import Value
from mediation_desk.domain.party import Party

FORMAT = "mediation-desk-case"
FORMAT_VERSION = 3


@dataclass(frozen=True, kw_only=True)
class FiledAppointment:
    """`mediation_committee` is its name; "" stands for the one that accepted the case."""

    mediation_committee: str = ""
    kind: AppointmentKind = AppointmentKind.APPOINTED
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class FiledMediator:
    no: int
    name: str
    unit: str = ""
    gender: str = ""
    profession: str = ""
    other_professions: tuple[str, ...] = ()
    appointments: tuple[FiledAppointment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What was registered, parties apart."""

    requested_on: date
    title: str = ""
    matter: str
    demand: str
    occurred_on: date | None = None
    occurred_at: str = ""
    dispute_kind: str = ""
    event_category: str = ""
    case_source: str = ""
    source_document: str = ""
    channel: str = ""
    people_involved: int | None = None
    claimed_fen: int | None = None
    safety_flags: tuple[str, ...] = ()
    safety_note: str = ""
    remark: str = ""
    mediator_gender_wish: str = ""
    has_interpreter: bool = False


@dataclass(frozen=True, kw_only=True)
class FiledAnswer:
    party_no: int
    answer: Answer
    asked_at: datetime
    channel: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledTriage:
    path: str
    reason: str = ""
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class FiledDecision:
    """`mediation_committee` is the name of the one that accepts; "" where the desk has only one."""

    kind: DecisionKind
    decided_on: date
    mediation_committee: str = ""
    reason_code: str = ""
    reason: str = ""
    handed_to: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledStance:
    """What a party says to a mediator (人民调解法 art. 19, 23). The last one of a party to a mediator counts."""

    party_no: int
    mediator_no: int
    kind: StanceKind
    reason: str = ""
    upheld: bool | None = None


@dataclass(frozen=True, kw_only=True)
class FiledRecusalCheck:
    """An answer to a question about bias of a mediator whom the case was given to; the last one counts."""

    mediator_no: int
    reason_code: str
    answer: RecusalAnswer
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledAssignment:
    mediator_no: int
    role: AssignmentRole = AssignmentRole.PRESIDING
    title: str = ""
    chosen_by: ChosenBy = ChosenBy.COMMITTEE
    chosen_by_nos: tuple[int, ...] = ()
    kinship: RecusalAnswer = RecusalAnswer.UNCHECKED
    same_employer: RecusalAnswer = RecusalAnswer.UNCHECKED
    earlier_role: RecusalAnswer = RecusalAnswer.UNCHECKED
    despite_reason: str = ""
    assigned_on: date
    ended_on: date | None = None
    end_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledSession:
    held_on: date
    began: time | None = None
    ended: time | None = None
    place: str
    subject: str = ""
    is_open: bool = False
    present_nos: tuple[int, ...] = ()
    present_note: str = ""
    participants: str = ""
    participants_agreed: bool = False
    rights_told: bool = False
    record: str
    result: SessionResult
    mediator_nos: tuple[int, ...] = ()
    recorder: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledOutcome:
    kind: OutcomeKind
    ended_on: date
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledPerformance:
    done_on: date
    amount_fen: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledObligation:
    kind: ObligationKind = ObligationKind.MONEY
    payer_no: int | None = None
    payer_name: str = ""
    payee_no: int | None = None
    payee_name: str = ""
    amount_fen: int | None = None
    what: str = ""
    means: str = ""
    due_on: date | None = None
    at_once: bool = False
    instalments: tuple[Instalment, ...] = ()
    performances: tuple[FiledPerformance, ...] = ()

    def as_owed(self, no: int) -> Obligation:
        """What is owed, without what was performed."""
        return Obligation(
            no=no,
            kind=self.kind,
            payer_no=self.payer_no,
            payer_name=self.payer_name,
            payee_no=self.payee_no,
            payee_name=self.payee_name,
            amount_fen=self.amount_fen,
            what=self.what,
            means=self.means,
            due_on=self.due_on,
            at_once=self.at_once,
            instalments=[Instalment(due_on=each.due_on, amount_fen=each.amount_fen) for each in self.instalments],
        )


@dataclass(frozen=True, kw_only=True)
class FiledSignature:
    role: SignerRole
    party_no: int | None = None
    mediator_no: int | None = None
    signer_name: str = ""
    kind: SignatureKind = SignatureKind.HANDWRITTEN
    signed_on: date
    witness: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledAgreement:
    """An agreement in the order in which they were made. `draft` marks a text that is not final;
    `withdrawn_reason` a final one that was given up before it took effect. `number` is for information.
    """

    form: AgreementForm = AgreementForm.WRITTEN
    kind: AgreementKind = AgreementKind.MAIN
    draft: bool = False
    withdrawn_reason: str = ""
    number: str = ""
    facts: str = ""
    clauses: tuple[str, ...] = ()
    performance_terms: str = ""
    made_on: date | None = None
    party_nos: tuple[int, ...] = ()
    mediator_nos: tuple[int, ...] = ()
    recorder: str = ""
    extra_holders: tuple[str, ...] = ()
    confirmation_wanted: bool = False
    despite_reason: str = ""
    obligations: tuple[FiledObligation, ...] = ()
    signatures: tuple[FiledSignature, ...] = ()

    @property
    def effective_on(self) -> date | None:
        """The day it took effect by the marks in the file (人民调解法 art. 29, 30), mediators by their number there."""
        marks = [
            Signature(
                role=each.role,
                party_no=each.party_no,
                mediator_id=each.mediator_no,
                signed_on=each.signed_on,
                by_id=0,
                recorded_at=datetime.min,
            )
            for each in self.signatures
        ]
        agreement = Agreement(
            no=1,
            form=self.form,
            made_on=self.made_on,
            party_nos=list(self.party_nos),
            mediator_ids=list(self.mediator_nos),
            signatures=marks,
            frozen_at=None if self.draft else datetime.min,
            withdrawn_at=datetime.min if self.withdrawn_reason else None,
        )
        return agreement.effective_on


@dataclass(frozen=True, kw_only=True)
class FiledFollowUp:
    """A follow-up that was made. `due_on` is the day it was planned for, None for one outside the plan.

    Follow-ups still to come are not in the file: they follow from the agreement.
    """

    due_on: date | None = None
    done_on: date
    situation: str
    visitor: str


@dataclass(frozen=True, kw_only=True)
class FiledEntry:
    """What was typed for a paper. `no` as in `PaperEntry`: of what the paper is about."""

    code: str
    no: int
    values: dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class FiledClosing:
    closed_on: date
    despite_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One case. `number` is the one of the desk that wrote the file, for information; `number_kind` says of which
    kind the desk that reads it shall issue its own. `changes` tells what had to be cleaned while it was read.
    """

    uid: str
    governance_centre: str = ""
    number: str = ""
    number_kind: NumberKind = NumberKind.CASE
    mediators: tuple[FiledMediator, ...] = ()
    registration: Registration
    parties: tuple[Party, ...]
    willingness: tuple[FiledAnswer, ...] = ()
    triage: FiledTriage | None = None
    decisions: tuple[FiledDecision, ...] = ()
    stances: tuple[FiledStance, ...] = ()
    recusal_checks: tuple[FiledRecusalCheck, ...] = ()
    assignments: tuple[FiledAssignment, ...] = ()
    sessions: tuple[FiledSession, ...] = ()
    outcomes: tuple[FiledOutcome, ...] = ()
    agreements: tuple[FiledAgreement, ...] = ()
    follow_ups: tuple[FiledFollowUp, ...] = ()
    entries: tuple[FiledEntry, ...] = ()
    closing: FiledClosing | None = None
    changes: tuple[str, ...] = field(default=(), compare=False)
