"""What a case has for the fields of upstream systems, by name; any text or day of a paper may be asked for too.

The items of GB/T 31000-2015, module 矛盾纠纷排查化解, begin with `event.`, `main.` (主要当事人) and `resolution.`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import AssignmentRole, Case, DecisionKind, OutcomeKind
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper_fields import DAYS, LISTS, TEXTS
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.paper_words import listed
from mediation_desk.domain.party import Party, PartyKind, Side
from mediation_desk.domain.petition import Petition
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.rules import Code
from mediation_desk.domain.time_facts import ClockKind

Value: TypeAlias = str | int | date | None
"""None is what could be known and nobody recorded, "" where there can be nothing."""


def value_of(given: PaperInput, name: str) -> Value:
    """What the case has under a name; of a paper's texts an empty one counts as not recorded."""
    if name in VALUES:
        return VALUES[name](given)
    if name in DAYS:
        return DAYS[name](given)
    return _or_none(listed(LISTS[name](given)) if name in LISTS else TEXTS[name](given))


def is_known(name: str) -> bool:
    """Whether a form may ask for it."""
    return name in VALUES or name in DAYS or name in LISTS or name in TEXTS


def _or_none(text: str) -> str | None:
    return text.strip() or None


# ---- the event


def _scale(given: PaperInput) -> str | None:
    """The code of `event_scale` that the number of people leads to. The standard's limits are not known: settings."""
    people, found = given.case.people_involved, None
    for code in given.rules.table("event_scale").valid_on(given.day) if people is not None else ():
        limit = code.extra.get("people_setting", "")
        fewest = given.rules.setting(limit, given.day) if limit else 0
        if limit and not fewest:
            return None
        if people is not None and people < fewest:
            break
        found = code.code
    return found


def _category(given: PaperInput) -> str | None:
    """As recorded; else what the kind of dispute stands for, where that is one category only."""
    if given.case.event_category:
        return given.case.event_category
    of_kind = given.rules.event_categories(given.case.dispute_kind)
    return of_kind[0] if len(of_kind) == 1 else None


def _organisations(given: PaperInput) -> str:
    return listed([each.name for each in given.case.parties if each.kind is PartyKind.ORGANISATION])


# ---- the parties


def main_party(case: Case) -> Party:
    """主要当事人: the first natural person, claimants first, as most of what is asked only a person has."""
    in_order = [party for side in Side for party in case.side(side)]
    return next((each for each in in_order if each.kind is PartyKind.NATURAL), in_order[0])


def _of_person(read: Callable[[Party], Value]) -> Callable[[PaperInput], Value]:
    """Of the chief party: what an organisation does not have."""

    def value(given: PaperInput) -> Value:
        party = main_party(given.case)
        return read(party) if party.kind is PartyKind.NATURAL else ""

    return value


def _id_paper(given: PaperInput) -> Value:
    """The code of GA/T 517; papers for which the standard has no code of their own go by its 990 or 414."""
    party, table = main_party(given.case), given.rules.table("id_paper")
    code = party.id_paper
    if party.kind is not PartyKind.NATURAL:
        return ""
    return (table[code].extra.get("gat517", code) if code in table else code) or None


def _id_number(party: Party) -> Value:
    return party.id_number if party.no_paper_reason else _or_none(party.id_number)


def _number_of_shown(given: PaperInput) -> Value:
    """A person's number; of an organisation its 统一社会信用代码."""
    party = given.shown_party
    if party is None:
        return ""
    return _id_number(party) if party.kind is PartyKind.NATURAL else _or_none(party.uscc)


def _gender_of_shown(given: PaperInput) -> Value:
    party = given.shown_party
    is_person = party is not None and party.kind is PartyKind.NATURAL
    return _or_none(TEXTS["party.gender"](given)) if is_person else ""


# ---- the petition


def _of_petition(read: Callable[[PaperInput, Petition], Value]) -> Callable[[PaperInput], Value]:
    def value(given: PaperInput) -> Value:
        return read(given, given.case.petition) if given.case.petition else ""

    return value


def _repeated(given: PaperInput) -> str | None:
    """Whether it goes back to an earlier dispute, once somebody decided how it stands to one."""
    kinds = {each.kind for each in given.case.relations if each.stands}
    if RelationKind.SAME_DISPUTE in kinds:
        return "是"
    return "否" if RelationKind.NEW_DISPUTE in kinds else None


# ---- how it was resolved


def _due_on(given: PaperInput) -> Value:
    """The end of the time for mediation (化解时限) of an accepted case, with what stopped or lengthened it."""
    if not given.case.is_accepted:
        return ""
    clock = next(each for each in clocks_of(given.case, given.rules) if each.kind is ClockKind.MEDIATION)
    return clock.ends_on or ""


def _way(given: PaperInput) -> Value:
    """The code of `resolution_way`: the standard's where the pack knows one (`gb31000`), else its name."""
    way = _way_of(given)
    return (way.extra.get("gb31000") or way.label) if way else None


def _way_of(given: PaperInput) -> Code | None:
    """By the head under which the mediator presides, by acceptance, by why it was refused, by the path; in this order.

    The table says at each way under which `heads`, `declined` reasons and `paths` it is meant.
    """
    case, presiding = given.case, _presiding(given)
    if case.is_accepted:
        asked = [("heads", presiding[1] if presiding and presiding[1] else "people_mediation")]
    else:
        declined = case.decision.reason_code if case.decision else ""
        asked = [("declined", declined), ("paths", case.triage.path if case.triage else "")]
    ways = given.rules.table("resolution_way").valid_on(given.day)
    for said, code in asked:
        found = next((way for way in ways if code and code in way.extra.get(said, "").split()), None)
        if found:
            return found
    return None


def _presiding(given: PaperInput) -> tuple[Mediator, str] | None:
    """Who presides, or presided last, and under which head ("" for people's mediation)."""
    heads = [each for each in given.case.assignments if each.role is AssignmentRole.PRESIDING]
    now = [each for each in heads if each.ended_on is None]
    chosen = (now or heads)[-1:]
    return next(((given.mediators[each.mediator_id], each.title) for each in chosen), None)


def _body(given: PaperInput) -> Value:
    """The committee that took the case, or the unit it was handed to."""
    decision = given.case.decision
    if decision is None:
        return ""
    if decision.kind is DecisionKind.HANDED_OVER:
        return decision.handed_to
    return given.committee.name if given.committee else ""


def _of_mediator(read: Callable[[Mediator], str]) -> Callable[[PaperInput], Value]:
    def value(given: PaperInput) -> Value:
        if not given.case.is_accepted:
            return ""
        presiding = _presiding(given)
        return _or_none(read(presiding[0])) if presiding else None

    return value


_SUCCESS = {
    OutcomeKind.WRITTEN: "1",
    OutcomeKind.ORAL: "1",
    OutcomeKind.FAILED: "0",
    OutcomeKind.TERMINATED: "0",
}
"""A request that was taken back is neither."""


def _success(given: PaperInput) -> str:
    outcome = given.case.outcome
    return _SUCCESS.get(outcome.kind, "") if outcome else ""


def _of_agreement(read: Callable[[Agreement], str]) -> Callable[[PaperInput], Value]:
    """Of the last agreement in effect: a draft settles nothing."""

    def value(given: PaperInput) -> Value:
        in_force = given.case.effective_agreements
        return _or_none(read(in_force[-1])) if in_force else ""

    return value


def _situation(given: PaperInput) -> str:
    """How it ended, and what was agreed or why not, as recorded. What was said in the sessions stays in the house."""
    outcome = given.case.outcome
    if outcome is None:
        return ""
    why = [given.label("termination_reason", outcome.reason_code), outcome.reason.strip()]
    in_force = given.case.effective_agreements
    terms = [clause.text.strip() for agreement in in_force for clause in agreement.clauses]
    return "\n".join(filter(None, ["：".join(filter(None, [outcome.kind.label, *why])), *terms]))


VALUES: Mapping[str, Callable[[PaperInput], Value]] = {
    "event.title": lambda given: TEXTS["case.file_title"](given),
    "event.occurred_on": lambda given: given.case.occurred_on,
    "event.occurred_at": lambda given: _or_none(given.case.occurred_at),
    "event.scale": _scale,
    "event.category": _category,
    "event.people": lambda given: given.case.people_involved,
    "event.matter": lambda given: _or_none(given.case.matter),
    "event.organisations": _organisations,
    "main.id_paper": _id_paper,
    "main.id_number": _of_person(_id_number),
    "main.name": lambda given: _or_none(main_party(given.case).name),
    "main.gender": _of_person(lambda party: _or_none(party.gender)),
    "main.ethnicity": _of_person(lambda party: _or_none(party.ethnicity)),
    "main.address": lambda given: _or_none(main_party(given.case).address),
    "resolution.due_on": _due_on,
    "resolution.way": _way,
    "resolution.body": _body,
    "resolution.mediator": _of_mediator(lambda mediator: mediator.name),
    "resolution.phone": _of_mediator(lambda mediator: mediator.phone),
    "resolution.success": _success,
    "resolution.situation": _situation,
    "resolution.form": _of_agreement(lambda agreement: agreement.form.label),
    "resolution.number": _of_agreement(lambda agreement: agreement.number),
    "resolution.terms": _of_agreement(lambda agreement: agreement.performance_terms),
    "petition.number": _of_petition(lambda _, petition: _or_none(petition.number)),
    "petition.kind": _of_petition(lambda given, petition: given.label("petition_kind", petition.kind)),
    "petition.domain": _of_petition(lambda given, petition: _or_none(given.label("petition_domain", petition.domain))),
    "petition.received_on": _of_petition(lambda _, petition: petition.received_on),
    "case.repeated": _repeated,
    "party.gender": _gender_of_shown,
    "party.number": _number_of_shown,
}
