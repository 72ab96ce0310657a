"""Agreements: what was settled, who owes what by when, who has signed, and from which day it binds.

人民调解法 art. 28 to 31. An oral agreement is the same record with `form` ORAL: it needs no signatures and takes
effect on the day the parties agree (art. 30).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from mediation_desk.domain.labelled import Labelled


class AgreementForm(Labelled):
    WRITTEN = "written", "书面协议"
    ORAL = "oral", "口头协议"


class AgreementKind(Labelled):
    MAIN = "main", "调解协议"
    SUPPLEMENTARY = "supplementary", "补充协议"
    REPLACEMENT = "replacement", "重新达成的协议"


class ObligationKind(Labelled):
    MONEY = "money", "付款"
    ACT = "act", "行为"


class SignerRole(Labelled):
    PARTY = "party", "当事人"
    MEDIATOR = "mediator", "人民调解员"
    RECORDER = "recorder", "记录人"
    SEAL = "seal", "人民调解委员会印章"


class SignatureKind(Labelled):
    HANDWRITTEN = "handwritten", "签名"
    STAMP = "stamp", "盖章"
    FINGERPRINT = "fingerprint", "按指印"
    ELECTRONIC = "electronic", "电子签名"


class PerformanceState(Labelled):
    """How far something owed is performed. The words are the codes of the table `performance_state`; DUE is ours."""

    NOT_DUE = "not_due", "未到期"
    DUE = "due", "今天到期"
    PARTLY = "partly", "部分履行"
    LATE = "not_done", "逾期未履行"
    DONE = "done", "已履行"
    ON_THE_SPOT = "on_the_spot", "当场履行"
    NOT_NEEDED = "not_needed", "不需履行"


@dataclass(eq=False, kw_only=True)
class Clause:
    """One numbered term of the agreement."""

    text: str


@dataclass(eq=False, kw_only=True)
class Instalment:
    """One due part of a money obligation. `amount_fen` in fen (0.01 yuan)."""

    due_on: date
    amount_fen: int


@dataclass(eq=False, kw_only=True)
class Performance:
    """Something that was really paid or done, as somebody reported it; never created by the program."""

    done_on: date
    amount_fen: int | None = None
    note: str = ""
    by_id: int
    recorded_at: datetime


class Owed(NamedTuple):
    """An obligation and what was performed of it, without the rest: enough to say what is due next.

    `instalments` are (due date, fen). `performed` has the fen of each performance, None where it was an act.
    `is_waived`: what is not performed need not be any more.
    """

    kind: ObligationKind
    amount_fen: int | None
    due_on: date | None
    instalments: Sequence[tuple[date, int]]
    performed: Sequence[int | None]
    is_waived: bool = False

    @property
    def paid_fen(self) -> int:
        return sum(amount_fen or 0 for amount_fen in self.performed)

    @property
    def due_parts(self) -> list[tuple[date, int | None]]:
        """(due date, amount in fen or None for an act), in order of the dates."""
        if self.instalments:
            return sorted(self.instalments)
        return [(self.due_on, self.amount_fen)] if self.due_on else []

    @property
    def is_performed(self) -> bool:
        if self.kind is ObligationKind.ACT or self.amount_fen is None:
            return bool(self.performed)
        return self.paid_fen >= self.amount_fen

    @property
    def is_done(self) -> bool:
        """Whether nothing is owed any more: performed in full, or waived."""
        return self.is_waived or self.is_performed

    def next_due(self) -> tuple[date, int | None] | None:
        """The first due part that what was paid so far does not cover: (due date, fen still missing of it)."""
        if self.is_done:
            return None
        covered = self.paid_fen
        for due_on, amount_fen in self.due_parts:
            if amount_fen is None:
                return due_on, None
            if covered < amount_fen:
                return due_on, amount_fen - covered
            covered -= amount_fen
        return None


@dataclass(eq=False, kw_only=True)
class Obligation:
    """Who owes what to whom, by when, how.

    Payer and payee are parties of the case (`…_no`) or, where the number is None, a third person by name.
    `amount_fen` is the total in fen, None for an act. `instalments`, when there are any, must sum to it.
    `at_once` means performed on the spot (当场履行). `waived_on` is when it fell away
    or the payee gave it up (不需履行), `waived_reason` who said so and why.
    """

    no: int
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
    waived_on: date | None = None
    waived_reason: str = ""
    waived_by_id: int | None = None
    instalments: list[Instalment] = field(default_factory=list)
    performances: list[Performance] = field(default_factory=list)

    @property
    def owed(self) -> Owed:
        return Owed(
            self.kind,
            self.amount_fen,
            self.due_on,
            [(each.due_on, each.amount_fen) for each in self.instalments],
            [each.amount_fen for each in self.performances],
            is_waived=self.waived_on is not None,
        )

    @property
    def paid_fen(self) -> int:
        return self.owed.paid_fen

    @property
    def due_parts(self) -> list[tuple[date, int | None]]:
        """(due date, amount in fen or None for an act), in order of the dates."""
        return self.owed.due_parts

    @property
    def is_performed(self) -> bool:
        return self.owed.is_performed

    @property
    def is_done(self) -> bool:
        return self.owed.is_done

    def next_due(self) -> tuple[date, int | None] | None:
        """The first due part that what was paid so far does not cover: (due date, fen still missing of it)."""
        return self.owed.next_due()


@dataclass(eq=False, kw_only=True)
class Signature:
    """A mark that a person really put on paper, with its date. The program records it and never draws one.

    `party_no` for a party, `mediator_id` for a mediator; `signer_name` held the pen (an agent may sign for a party).
    `witness` is named where the signer cannot write.
    """

    role: SignerRole
    party_no: int | None = None
    mediator_id: int | None = None
    signer_name: str = ""
    kind: SignatureKind = SignatureKind.HANDWRITTEN
    signed_on: date
    witness: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Agreement:
    """An agreement of the parties, from the first draft to the day it binds.

    It is a draft until `frozen_at`; then text and number are fixed. `withdrawn_at` marks a frozen text that was given
    up before it took effect (its number is voided); a new draft may follow. Once in effect nothing can be changed: a
    change is a supplementary or a new agreement.
    `party_nos`, `mediator_ids`: who signs. `copies` counts parties + 1 + extra holders (art. 29 ¶2).
    `digest` is the SHA-256 of the frozen paper, `content_digest` of its paragraphs: that one stands on the paper.
    `confirmation_wanted` says that the parties want it confirmed by a court (人民调解法 art. 33); `despite_reason` why
    it was frozen in spite of soft findings. `effect_day` is `effective_on`, stored so that lists can ask for it;
    only `stage.restage` writes it.
    """

    id: int | None = None
    no: int
    form: AgreementForm = AgreementForm.WRITTEN
    kind: AgreementKind = AgreementKind.MAIN
    facts: str = ""
    performance_terms: str = ""
    made_on: date | None = None
    party_nos: list[int] = field(default_factory=list)
    mediator_ids: list[int] = field(default_factory=list)
    recorder: str = ""
    extra_holders: list[str] = field(default_factory=list)
    number: str = ""
    frozen_at: datetime | None = None
    frozen_by_id: int | None = None
    digest: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    confirmation_wanted: bool = False
    despite_reason: str = ""
    content_digest: str = ""
    effect_day: date | None = None
    clauses: list[Clause] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        return self.frozen_at is None

    @property
    def copies(self) -> int:
        """Each party holds one, the committee keeps one (art. 29 ¶2), and one for each extra holder."""
        return len(self.party_nos) + 1 + len(self.extra_holders)

    def signed_by(
        self, role: SignerRole, *, party_no: int | None = None, mediator_id: int | None = None
    ) -> date | None:
        """The day this signer first signed; None while the mark is missing."""
        return min(
            (
                signature.signed_on
                for signature in self.signatures
                if signature.role is role
                and signature.party_no == party_no
                and (role is not SignerRole.MEDIATOR or signature.mediator_id == mediator_id)
            ),
            default=None,
        )

    def missing_marks(self) -> list[tuple[SignerRole, int | None]]:
        """Whose mark is still needed for effect: (role, party number or mediator id). 人民调解法 art. 29 ¶2."""
        if self.form is AgreementForm.ORAL:
            return []
        missing: list[tuple[SignerRole, int | None]] = [
            (SignerRole.PARTY, no) for no in self.party_nos if not self.signed_by(SignerRole.PARTY, party_no=no)
        ]
        missing += [
            (SignerRole.MEDIATOR, mediator_id)
            for mediator_id in self.mediator_ids
            if not self.signed_by(SignerRole.MEDIATOR, mediator_id=mediator_id)
        ]
        if not self.mediator_ids:
            missing.append((SignerRole.MEDIATOR, None))
        if not self.signed_by(SignerRole.SEAL):
            missing.append((SignerRole.SEAL, None))
        return missing

    @property
    def effective_on(self) -> date | None:
        """The day the agreement takes effect, None while it has not: the day of the last mark (art. 29 ¶2),
        for an oral one the day the parties agreed (art. 30).
        """
        if self.is_draft or self.withdrawn_at is not None:
            return None
        if self.form is AgreementForm.ORAL:
            return self.made_on
        if self.missing_marks():
            return None
        needed = [
            *(self.signed_by(SignerRole.PARTY, party_no=no) for no in self.party_nos),
            *(self.signed_by(SignerRole.MEDIATOR, mediator_id=mediator_id) for mediator_id in self.mediator_ids),
            self.signed_by(SignerRole.SEAL),
        ]
        return max(day for day in needed if day is not None)


def outstanding(obligations: Iterable[Obligation]) -> list[Obligation]:
    """The obligations of which something is still owed."""
    return [obligation for obligation in obligations if not obligation.is_done]
