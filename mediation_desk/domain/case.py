"""A dispute as the desk knows it: facts, each with the day it happened and who recorded it when.

Facts are only ever added. The stage of a case follows from them (`stage.py`). Where a later fact replaces an earlier
one (an answer changed, a decision taken anew), the last in the list counts and the earlier ones stay to be read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from mediation_desk.domain.aftermath import Breach, ConfirmationStep, Lawsuit, Rating
from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.choice import Ranking, RecusalAnswer, RecusalCheck, Stance
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.petition import Petition
from mediation_desk.domain.referral import Direction, Referral
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.responsibility import ResponsibilityTransfer
from mediation_desk.domain.risk import RedFlag, RedFlagReport, RiskAssessment, raised
from mediation_desk.domain.supervision import Conference, LeadCadre, Suggestion, SupervisionOrder
from mediation_desk.domain.time_facts import ClockStop, Extension
from mediation_desk.domain.upstream import UpstreamEntry


class Answer(Labelled):
    """What a party says to mediation (人民调解法 art. 17)."""

    AGREES = "agrees", "同意"
    REFUSES = "refuses", "拒绝"
    UNDECIDED = "undecided", "未表态"


class DecisionKind(Labelled):
    ACCEPTED = "accepted", "受理"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    HANDED_OVER = "handed_over", "转办"


class AssignmentRole(Labelled):
    """Presiding needs a committee's appointment (人民调解法 art. 13, 14); helpers are art. 20."""

    PRESIDING = "presiding", "主持调解"
    HELPER = "helper", "协助调解"


class ChosenBy(Labelled):
    """人民调解法 art. 19."""

    COMMITTEE = "committee", "委员会指定"
    PARTIES = "parties", "当事人选择"


class SessionResult(Labelled):
    SETTLED = "settled", "调解成功"
    FAILED = "failed", "调解不成"
    CONTINUES = "continues", "有待继续调解"


class OutcomeKind(Labelled):
    WRITTEN = "written", "达成书面协议"
    ORAL = "oral", "达成口头协议"
    FAILED = "failed", "调解不成"
    TERMINATED = "terminated", "终止调解"
    WITHDRAWN = "withdrawn", "申请人撤回"


AGREED = frozenset({OutcomeKind.WRITTEN, OutcomeKind.ORAL})


class NumberKind(Labelled):
    """What a running number is for; each kind counts by itself per committee and year (domain 2.2)."""

    CASE = "case", "案件"
    ORAL = "oral", "口头案件"
    AGREEMENT = "agreement", "协议"


class AttachmentKind(Labelled):
    SIGNED_AGREEMENT = "signed_agreement", "签署的协议书"
    SIGNED_RECORD = "signed_record", "签署的记录"
    IDENTITY = "identity", "身份证明"
    EVIDENCE = "evidence", "证据材料"
    RECEIPT = "receipt", "履行凭证"
    CONFIRMATION = "confirmation", "司法确认材料"
    OTHER = "other", "其他材料"


class EventKind(Labelled):
    """What happened to a case, for its timeline."""

    REGISTERED = "registered", "登记"
    CORRECTED = "corrected", "更正登记"
    ANSWERED = "answered", "调解意愿"
    TRIAGED = "triaged", "分流"
    DECIDED = "decided", "受理决定"
    NUMBERED = "numbered", "编号"
    NUMBER_VOIDED = "number_voided", "编号作废"
    ASSIGNED = "assigned", "指派调解员"
    RELIEVED = "relieved", "更换调解员"
    STANCE = "stance", "当事人对调解员的意见"
    RECUSAL = "recusal", "回避核实"
    CALL_OUT = "call_out", "呼叫随驻"
    SESSION = "session", "调解"
    OUTCOME = "outcome", "调解结果"
    FROZEN = "frozen", "协议定稿"
    UNFROZEN = "unfrozen", "协议定稿撤回"
    PRINTED = "printed", "打印"
    SIGNED = "signed", "签署"
    EFFECTIVE = "effective", "协议生效"
    PERFORMED = "performed", "履行"
    FOLLOWED_UP = "followed_up", "回访"
    ATTACHED = "attached", "收存附件"
    DETACHED = "detached", "移除附件"
    CLOSED = "closed", "结案"
    REOPENED = "reopened", "重新办理"
    PAPER = "paper", "文书录入"
    CLOCK_STOPPED = "clock_stopped", "停计期限"
    CLOCK_RESUMED = "clock_resumed", "恢复计期"
    EXTENDED = "extended", "延长期限"
    PETITION = "petition", "信访事项"
    REFERRED = "referred", "转办往来"
    SUPERVISED = "supervised", "督办"
    CONFERENCE = "conference", "会商"
    LEAD_CADRE = "lead_cadre", "领导包案"
    SUGGESTED = "suggested", "三项建议"
    RISK = "risk", "风险研判"
    RED_FLAG = "red_flag", "险情报告"
    TRANSFER = "transfer", "首问移交"
    CONFIRMATION = "confirmation", "司法确认"
    BREACH = "breach", "不履行协议"
    LAWSUIT = "lawsuit", "协议诉讼"
    WAIVED = "waived", "不需履行"
    RATED = "rated", "满意度评价"
    RELATED = "related", "关联案件"
    UPSTREAM = "upstream", "上级系统"


@dataclass(eq=False, kw_only=True)
class Willingness:
    """One answer, or one attempt to get one, of a party to the question whether it wants mediation."""

    party_no: int
    answer: Answer
    asked_at: datetime
    channel: str = ""
    note: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Triage:
    """Which lawful way the matter takes (table `statutory_path`), and why. The last one counts."""

    path: str
    reason: str = ""
    decided_on: date
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Decision:
    """Acceptance, non-acceptance or hand-over. `reason_code` from the table `non_acceptance_reason`."""

    kind: DecisionKind
    decided_on: date
    committee_id: int | None = None
    reason_code: str = ""
    reason: str = ""
    handed_to: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class IssuedNumber:
    """A number that was given out. Never edited, never given again; a voided one stays with its reason."""

    committee_id: int
    kind: NumberKind
    year: int
    seq: int
    text: str
    by_id: int
    issued_at: datetime
    voided_at: datetime | None = None
    void_reason: str = ""


@dataclass(eq=False, kw_only=True)
class Assignment:
    """A mediator given to the case, who chose, and what was asked about bias.

    `title` (table `mediator_document`) says under which head a person without appointment mediates; "" for people's
    mediation. `chosen_by_nos` are the parties who chose. `ranking_no` is the ranking the choice was made from.
    """

    mediator_id: int
    role: AssignmentRole = AssignmentRole.PRESIDING
    title: str = ""
    chosen_by: ChosenBy = ChosenBy.COMMITTEE
    chosen_by_nos: list[int] = field(default_factory=list)
    kinship: RecusalAnswer = RecusalAnswer.UNCHECKED
    same_employer: RecusalAnswer = RecusalAnswer.UNCHECKED
    earlier_role: RecusalAnswer = RecusalAnswer.UNCHECKED
    despite_reason: str = ""
    assigned_on: date
    ended_on: date | None = None
    end_reason: str = ""
    ranking_no: int | None = None
    by_id: int
    recorded_at: datetime

    @property
    def is_biased(self) -> bool:
        return RecusalAnswer.YES in (self.kinship, self.same_employer, self.earlier_role)


@dataclass(eq=False, kw_only=True)
class Session:
    """One mediation session (人民调解记录, D07). `present_nos` are the parties who came themselves or by an agent.

    Confidential notes are not here: they are a record apart (`ConfidentialNote`) that no paper and no export reads.
    """

    no: int
    held_on: date
    began: time | None = None
    ended: time | None = None
    place: str
    subject: str = ""
    is_open: bool = False
    present_nos: list[int] = field(default_factory=list)
    present_note: str = ""
    participants: str = ""
    participants_agreed: bool = False
    rights_told: bool = False
    record: str = ""
    result: SessionResult
    mediator_ids: list[int] = field(default_factory=list)
    recorder: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class ConfidentialNote:
    """What a mediator keeps for himself about a case. Never printed, never exported (人民调解法 art. 15)."""

    id: int | None = None
    centre_id: int
    case_id: int
    session_no: int | None = None
    text: str
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Outcome:
    """How mediation ended. `reason_code` from the table `termination_reason`."""

    kind: OutcomeKind
    ended_on: date
    reason_code: str = ""
    reason: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class FollowUp:
    """A planned look at whether the agreement is kept; what was found is typed by a person (D10)."""

    due_on: date
    subject: str
    done_on: date | None = None
    situation: str = ""
    visitor: str = ""
    by_id: int | None = None
    recorded_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Closing:
    """The end of the case at the desk, unless it was reopened. Facts may still come; they are marked late."""

    closed_on: date
    missing_papers: list[str] = field(default_factory=list)
    despite_reason: str = ""
    by_id: int
    recorded_at: datetime
    reopened_on: date | None = None
    reopened_reason: str = ""
    reopened_by_id: int | None = None
    reopened_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Attachment:
    """A file of the case. Its content lies apart in the store; `sha256` is its hash in hex.

    Of one that was removed the content is gone; that it was here, why it went and what its hash was stays.
    """

    id: int | None = None
    kind: AttachmentKind
    agreement_no: int | None = None
    file_name: str
    media_type: str
    size: int
    sha256: str
    by_id: int
    recorded_at: datetime
    removed_at: datetime | None = None
    removed_by_id: int | None = None
    removed_reason: str = ""


@dataclass(eq=False, kw_only=True)
class CaseEvent:
    """A line of the timeline: what was recorded when by whom, and on which day it happened."""

    kind: EventKind
    happened_on: date
    text: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Case:
    """One dispute with everything that belongs to it.

    `stage` is written by `stage.restage` only. `version_id` counts how often the registration data (the fields below
    and the parties) were written, so that a form filled from older ones is refused; other facts leave it alone.
    `requested_on` is the day protection was asked for: it interrupts the
    limitation period (法释〔2020〕17号 art. 12, 民法典 art. 195) and is never changed after registration.
    `first_contact_id` is the user who received the visitor (首问负责) and never changes.
    `query_code` stands on the visitor's receipt (`query_code.py`) and follows from the uid.
    `mediator_gender_wish` (GB/T 2261.1) is what the parties would like, never a rule; `has_interpreter`: somebody
    interprets, so that languages exclude nobody. `claimed_fen` in fen.
    Codes: `dispute_kind`, `event_category`, `case_source`, `channel`, `safety_flag`.
    """

    id: int | None = None
    uid: str
    centre_id: int
    version_id: int = 1
    stage: str = ""
    query_code: str = ""
    number: str = ""
    title: str = ""
    requested_on: date
    registered_at: datetime
    first_contact_id: int
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
    safety_flags: list[str] = field(default_factory=list)
    safety_note: str = ""
    remark: str = ""
    mediator_gender_wish: str = ""
    has_interpreter: bool = False
    committee_id: int | None = None
    petition: Petition | None = None
    triages: list[Triage] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    willingness: list[Willingness] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    numbers: list[IssuedNumber] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    recusal_checks: list[RecusalCheck] = field(default_factory=list)
    rankings: list[Ranking] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    entries: list[PaperEntry] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    clock_stops: list[ClockStop] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    supervision_orders: list[SupervisionOrder] = field(default_factory=list)
    conferences: list[Conference] = field(default_factory=list)
    lead_cadres: list[LeadCadre] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    risk_assessments: list[RiskAssessment] = field(default_factory=list)
    red_flags: list[RedFlag] = field(default_factory=list)
    red_flag_reports: list[RedFlagReport] = field(default_factory=list)
    transfers: list[ResponsibilityTransfer] = field(default_factory=list)
    confirmation_steps: list[ConfirmationStep] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    lawsuits: list[Lawsuit] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    upstream: list[UpstreamEntry] = field(default_factory=list)

    def party(self, no: int | None) -> Party | None:
        return next((party for party in self.parties if party.no == no), None)

    def party_name(self, no: int | None, otherwise: str = "") -> str:
        party = self.party(no)
        return party.name if party else otherwise

    def side(self, side: Side) -> list[Party]:
        return [party for party in self.parties if party.side is side]

    def answer_of(self, party_no: int) -> Answer:
        """The last answer of a party; UNDECIDED while there is none."""
        answers = [each.answer for each in self.willingness if each.party_no == party_no]
        return answers[-1] if answers else Answer.UNDECIDED

    def mark_flags(self, flags: Iterable[str], by_id: int, at: datetime) -> None:
        """Mark these dangers and no others. Of each that is new a report is owed from now on."""
        wanted = list(flags)
        for red_flag in self.red_flags:
            if red_flag.met_at is None and red_flag.flag not in wanted:
                red_flag.met_at = at
        self.red_flags += raised((each for each in wanted if each not in self.safety_flags), by_id, at)
        self.safety_flags = wanted

    @property
    def owed_reports(self) -> list[RedFlag]:
        """The dangers that nobody reported yet."""
        return [each for each in self.red_flags if each.met_at is None]

    @property
    def triage(self) -> Triage | None:
        return self.triages[-1] if self.triages else None

    @property
    def closing(self) -> Closing | None:
        """The end of the case; None while it is open, or open again."""
        last = self.closings[-1] if self.closings else None
        return last if last is not None and last.reopened_on is None else None

    def was_closed_before(self, day: date) -> bool:
        """Whether what happens on that day comes after the end of the case; what came before may still be told."""
        return self.closing is not None and self.closing.closed_on < day

    @property
    def is_back(self) -> bool:
        """Whether what was handed over came back, so that the desk has to decide anew."""
        out = [each for each in self.referrals if each.direction is Direction.OUT]
        return bool(out) and out[-1].came_back

    @property
    def merged_into(self) -> int | None:
        """The case that goes on in this one's place."""
        into = (each.other_id for each in self.relations if each.kind is RelationKind.MERGED and each.stands)
        return next(into, None)

    @property
    def responsible_id(self) -> int:
        """Who answers for the case towards the visitor: the first clerk, until another accepted it (首问负责)."""
        accepted = (each.to_id for each in reversed(self.transfers) if each.accepted)
        return next(accepted, self.first_contact_id)

    @property
    def open_offer(self) -> ResponsibilityTransfer | None:
        """The hand-over that somebody was offered and has not answered."""
        return next((each for each in self.transfers if each.is_open), None)

    @property
    def decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def is_accepted(self) -> bool:
        return self.decision is not None and self.decision.kind is DecisionKind.ACCEPTED

    @property
    def outcome(self) -> Outcome | None:
        """How mediation ended; None while it goes on. A newer decision than the last outcome begins anew."""
        return self.outcomes[-1] if self.outcomes and not self.is_decided_since(EventKind.OUTCOME) else None

    def is_decided_since(self, kind: EventKind) -> bool:
        """Whether the last decision came after the last event of the kind.

        The order of the timeline tells, not its moments: the clock of a PC may have been set back in between.
        """
        latest = next((each.kind for each in reversed(self.events) if each.kind in (EventKind.DECIDED, kind)), None)
        return latest is EventKind.DECIDED

    @property
    def is_agreed(self) -> bool:
        return self.outcome is not None and self.outcome.kind in AGREED

    @property
    def active_assignments(self) -> list[Assignment]:
        return [assignment for assignment in self.assignments if assignment.ended_on is None]

    def agreement(self, no: int) -> Agreement | None:
        return next((agreement for agreement in self.agreements if agreement.no == no), None)

    @property
    def standing_attachments(self) -> list[Attachment]:
        """Those that were not removed."""
        return [attachment for attachment in self.attachments if attachment.removed_at is None]

    def shows_withdrawn(self, attachment: Attachment) -> bool:
        """Whether an attachment belongs to an agreement that was withdrawn: it then proves nothing for another."""
        agreement = self.agreement(attachment.agreement_no) if attachment.agreement_no else None
        return agreement is not None and agreement.withdrawn_at is not None

    @property
    def effective_agreements(self) -> list[Agreement]:
        return [agreement for agreement in self.agreements if agreement.effective_on is not None]

    def is_late(self, recorded_at: datetime) -> bool:
        """Whether a fact was recorded while the case was closed."""
        return any(
            closing.recorded_at < recorded_at and (closing.reopened_at is None or recorded_at < closing.reopened_at)
            for closing in self.closings
        )

    def file_title(self, kind_label: str = "") -> str:
        """卷名: as typed, else parties and kind of dispute (张三与李四相邻纠纷); several on a side are counted."""
        if self.title:
            return self.title
        sides = [self.side(Side.CLAIMANT), self.side(Side.RESPONDENT)]
        names = [side[0].name + (f"等{len(side)}方" if len(side) > 1 else "") for side in sides if side]
        return "与".join(names) + (kind_label or "纠纷")
