"""What goes to the court with an application for judicial confirmation: what is there, and what is missing.

民事诉讼法解释 art. 353 and 354. The codes are those of the table `confirmation_enclosure`. What the desk has no record
of counts as missing: it may be on paper, and nobody but a person can tell.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Attachment, AttachmentKind, Case
from mediation_desk.domain.party import AgentKind, Party, PartyKind
from mediation_desk.domain.rules import Rules

TABLE = "confirmation_enclosure"


class Enclosure(NamedTuple):
    """One thing that goes with the application. Not `is_needed`: only where there is such a thing."""

    code: str
    label: str
    is_needed: bool
    is_there: bool
    remark: str

    @property
    def is_missing(self) -> bool:
        return self.is_needed and not self.is_there


def enclosures_of(case: Case, agreement: Agreement, rules: Rules, day: date) -> list[Enclosure]:
    """All of them, in the order of the table."""
    told = _Told(case, agreement)
    found = []
    for code in rules.table(TABLE).valid_on(day):
        is_needed, is_there = _READ[code.code](told) if code.code in _READ else (False, False)
        remark = code.extra.get("there" if is_there else "missing", "")
        found.append(Enclosure(code.code, code.label, is_needed, is_there, remark))
    return found


def signed_scans(case: Case, agreement: Agreement) -> list[Attachment]:
    """The scans that show this agreement signed; one that names none shows the only one there is."""
    final = [each.no for each in case.agreements if not each.is_draft and each.withdrawn_at is None]
    only = final[0] if len(final) == 1 else None
    return [
        each
        for each in case.standing_attachments
        if each.kind is AttachmentKind.SIGNED_AGREEMENT and (each.agreement_no or only) == agreement.no
    ]


def proofs(case: Case, kind: AttachmentKind) -> list[Attachment]:
    """The attachments of a kind that go to the court: of the material for confirmation what was there before it."""
    answers = (ConfirmationState.ACCEPTED, ConfirmationState.CONFIRMED, ConfirmationState.DISMISSED)
    answered = min((each.recorded_at for each in case.confirmation_steps if each.state in answers), default=None)
    return [
        each
        for each in case.standing_attachments
        if each.kind is kind
        and not case.shows_withdrawn(each)
        and (kind is not AttachmentKind.CONFIRMATION or answered is None or each.recorded_at < answered)
    ]


class _Told(NamedTuple):
    case: Case
    agreement: Agreement

    @property
    def applicants(self) -> Iterator[Party]:
        return (party for no in self.agreement.party_nos if (party := self.case.party(no)))


_Said = tuple[bool, bool]
"""Whether it is needed, and whether it is there."""


def _identity(told: _Told, kind: PartyKind) -> _Said:
    is_needed = any(each.kind is kind for each in told.applicants)
    return is_needed, is_needed and bool(proofs(told.case, AttachmentKind.IDENTITY))


def _authority(told: _Told) -> _Said:
    return any(agent.kind is AgentKind.ENTRUSTED for party in told.applicants for agent in party.agents), False


_READ: Mapping[str, Callable[[_Told], _Said]] = {
    "agreement": lambda told: (True, bool(signed_scans(told.case, told.agreement))),
    "proof": lambda _: (True, True),
    "identity": lambda told: _identity(told, PartyKind.NATURAL),
    "unit": lambda told: _identity(told, PartyKind.ORGANISATION),
    "authority": _authority,
    "property": lambda told: (False, bool(proofs(told.case, AttachmentKind.CONFIRMATION))),
    "address": lambda _: (True, False),
}
