"""Cases as an upstream system asks for them: two people, and whatever else a test tells of."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mediation_desk.domain.agreement import Agreement, AgreementForm, Clause
from mediation_desk.domain.case import Assignment, Case, Decision, DecisionKind, Outcome, OutcomeKind, Triage
from mediation_desk.domain.centre import Centre, Committee
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party, PartyKind, Side
from mediation_desk.domain.petition import Petition
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind, Extension

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
RECORDED: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}


def person(no: int = 1, side: Side = Side.CLAIMANT, name: str = "张三", **facts: Any) -> Party:
    return Party(no=no, side=side, name=name, **facts)


def company(no: int = 2, side: Side = Side.RESPONDENT, name: str = "示例物业公司", **facts: Any) -> Party:
    return Party(no=no, side=side, name=name, kind=PartyKind.ORGANISATION, **facts)


def given(rules: Rules, **facts: Any) -> PaperInput:
    """A case that was just registered, with its house and a mediator of number 1."""
    told: dict[str, Any] = {
        "uid": "c1",
        "centre_id": 1,
        "requested_on": TODAY,
        "registered_at": NOW,
        "first_contact_id": 1,
        "matter": "楼上漏水。",
        "demand": "赔偿。",
        "parties": [person(), person(2, Side.RESPONDENT, "李四")],
    }
    committee = Committee(id=1, uid="k1", name="示例街道人民调解委员会", short_name="示")
    return PaperInput(
        case=Case(**told | facts),
        centre=Centre(uid="centre", name="示例街道综治中心", committees=[committee]),
        committee=committee,
        mediators={1: Mediator(id=1, uid="m1", name="赵和", phone="13800000009")},
        rules=rules,
        day=TODAY,
    )


def accepted(decided_on: date = TODAY) -> Decision:
    return Decision(kind=DecisionKind.ACCEPTED, decided_on=decided_on, committee_id=1, **RECORDED)


def declined(reason_code: str) -> Decision:
    return Decision(kind=DecisionKind.NOT_ACCEPTED, decided_on=TODAY, reason_code=reason_code, **RECORDED)


def handed_over(handed_to: str) -> Decision:
    return Decision(kind=DecisionKind.HANDED_OVER, decided_on=TODAY, handed_to=handed_to, **RECORDED)


def presiding(title: str = "") -> Assignment:
    return Assignment(mediator_id=1, title=title, assigned_on=TODAY, **RECORDED)


def routed(path: str) -> Triage:
    return Triage(path=path, decided_on=TODAY, **RECORDED)


def ended(kind: OutcomeKind, **facts: Any) -> Outcome:
    return Outcome(kind=kind, ended_on=TODAY, **RECORDED | facts)


def extended(days: int) -> Extension:
    told: dict[str, Any] = {"approved_on": TODAY, "approved_by": "各方同意", "reason": "等鉴定"}
    return Extension(clock=ClockKind.MEDIATION, days=days, **told, **RECORDED)


def petitioned(**facts: Any) -> Petition:
    told: dict[str, Any] = {"kind": "redress_claim", "received_on": TODAY}
    return Petition(**told | facts, **RECORDED)


def related(kind: RelationKind) -> Relation:
    return Relation(kind=kind, other_id=1, main_id=1, **RECORDED)


def agreed(*clauses: str, **facts: Any) -> Agreement:
    """An oral agreement in effect."""
    return Agreement(
        no=1,
        form=AgreementForm.ORAL,
        made_on=TODAY,
        frozen_at=NOW,
        clauses=[Clause(text=each) for each in clauses],
        **facts,
    )


def with_setting(rules: Rules, name: str, value: int) -> Rules:
    changed = tuple(replace(each, value=value) for each in rules.settings[name])
    return replace(rules, settings={**rules.settings, name: changed})
