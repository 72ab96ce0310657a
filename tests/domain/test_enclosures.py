"""What goes to the court: what is needed of whom, what is there, and nothing that was withdrawn or came later."""

from datetime import timedelta

import pytest

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.case import Attachment, AttachmentKind
from mediation_desk.domain.enclosures import enclosures_of, proofs, signed_scans
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.domain.rules import Rules
from tests.domain.drafts import NOW, TODAY, Draft, in_effect
from tests.domain.right_agreements import leak, wages


def attached(kind: AttachmentKind, **facts: object) -> Attachment:
    given: dict[str, object] = {
        "kind": kind,
        "file_name": "a.png",
        "media_type": "image/png",
        "size": 1,
        "sha256": "",
        "by_id": 1,
        "recorded_at": NOW,
    }
    return Attachment(**given | facts)  # type: ignore[arg-type]  # any field


def told(draft: Draft, rules: Rules) -> dict[str, tuple[bool, bool]]:
    return {
        each.code: (each.is_needed, each.is_there)
        for each in enclosures_of(draft.case, draft.agreement, rules, TODAY)
        if each.is_needed or each.is_there
    }


def test_of_people_their_papers_are_needed_of_a_company_its_own(rules: Rules) -> None:
    nothing_yet = {"agreement": (True, False), "proof": (True, True), "address": (True, False)}
    assert told(in_effect(leak()), rules) == nothing_yet | {"identity": (True, False)}
    assert told(in_effect(wages()), rules) == nothing_yet | {"identity": (True, False), "unit": (True, False)}


def test_whoever_has_an_agent_needs_the_authority(rules: Rules) -> None:
    draft = in_effect(leak())
    draft.case.parties[0].agents = [Agent(kind=AgentKind.STATUTORY, name="张母")]
    assert "authority" not in told(draft, rules)
    draft.case.parties[0].agents.append(Agent(kind=AgentKind.ENTRUSTED, name="孙七"))
    assert told(draft, rules)["authority"] == (True, False)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (AttachmentKind.SIGNED_AGREEMENT, "agreement"),
        (AttachmentKind.IDENTITY, "identity"),
        (AttachmentKind.CONFIRMATION, "property"),
    ],
)
def test_what_is_attached_is_there(kind: AttachmentKind, code: str, rules: Rules) -> None:
    draft = in_effect(leak())
    draft.case.attachments.append(attached(kind))
    assert told(draft, rules)[code][1]
    draft.case.attachments[0].removed_at = NOW
    assert not told(draft, rules).get(code, (False, False))[1]


def test_a_scan_shows_the_agreement_it_names_else_the_only_one(rules: Rules) -> None:
    draft, other = in_effect(leak()), in_effect(leak()).agreement
    draft.case.attachments = [attached(AttachmentKind.SIGNED_AGREEMENT)]
    assert len(signed_scans(draft.case, draft.agreement)) == 1
    other.no = 2
    draft.case.agreements.append(other)
    assert signed_scans(draft.case, draft.agreement) == []
    draft.case.attachments[0].agreement_no = 2
    assert signed_scans(draft.case, other) == draft.case.attachments


def test_what_the_court_sent_does_not_go_back_to_it() -> None:
    case = leak().case
    case.attachments = [
        attached(AttachmentKind.CONFIRMATION),
        attached(AttachmentKind.CONFIRMATION, recorded_at=NOW + timedelta(days=9)),
    ]
    assert proofs(case, AttachmentKind.CONFIRMATION) == case.attachments
    case.confirmation_steps = [
        ConfirmationStep(
            agreement_no=1,
            state=ConfirmationState.ACCEPTED,
            happened_on=TODAY,
            by_id=1,
            recorded_at=NOW + timedelta(days=5),
        )
    ]
    assert proofs(case, AttachmentKind.CONFIRMATION) == case.attachments[:1]
