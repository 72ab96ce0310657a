"""What a form can show of a party and those who act for it, by name: a part of the catalogue in `paper_fields.py`."""

from collections.abc import Callable, Mapping

from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.paper_words import listed
from mediation_desk.domain.party import Agent, Party

_PRINTED_GENDERS = ("男", "女")
_OTHER_POWER = "other"


def powers(given: PaperInput) -> list[str]:
    """What the agent may do; under 其他 what was typed."""
    agent = given.shown_agent
    if agent is None:
        return []
    table = given.rules.table("agent_power")
    named = [table.label(code) for code in agent.powers if code != _OTHER_POWER or not agent.powers_other]
    return [*named, agent.powers_other] if agent.powers_other else named


def all_powers(given: PaperInput) -> list[str]:
    """The whole tick list; what was typed under 其他 stands in its place."""
    other = given.shown_agent.powers_other if given.shown_agent else ""
    return [
        other if other and code.code == _OTHER_POWER else code.label
        for code in given.rules.table("agent_power").valid_on(given.day)
    ]


def _gender(given: PaperInput) -> str:
    label = given.label("gender", given.shown_party.gender) if given.shown_party else ""
    return label if label in _PRINTED_GENDERS else ""


def _age(given: PaperInput) -> str:
    age = given.shown_party.age_on(given.paper_day) if given.shown_party else None
    return "" if age is None else f"{age}岁"


_OF_PARTY: Mapping[str, Callable[[Party], str]] = {
    "party.name": lambda party: party.name,
    "party.occupation": lambda party: party.occupation,
    "party.workplace": lambda party: party.workplace,
    "party.occupation_or_workplace": lambda party: listed(
        [each for each in (party.occupation, party.workplace) if each]
    ),
    "party.phone": lambda party: party.phone,
    "party.address": lambda party: party.address,
    "party.address_or_workplace": lambda party: party.address or party.workplace,
    "party.id_number": lambda party: party.id_number,
    "party.uscc": lambda party: party.uscc,
    "party.legal_representative": lambda party: party.legal_representative,
    "party.legal_representative_post": lambda party: party.legal_representative_post,
    "party.represents": lambda party: "代表" if party.represents_group else "",
}

_OF_AGENT: Mapping[str, Callable[[Agent], str]] = {
    "agent.kind": lambda agent: agent.kind.label,
    "agent.name": lambda agent: agent.name,
    "agent.relation": lambda agent: agent.relation,
    "agent.phone": lambda agent: agent.phone,
    "agent.id_number": lambda agent: agent.id_number,
    "agent.address": lambda agent: agent.address,
}


def _of_party(read: Callable[[Party], str]) -> Callable[[PaperInput], str]:
    return lambda given: read(given.shown_party) if given.shown_party else ""


def _of_agent(read: Callable[[Agent], str]) -> Callable[[PaperInput], str]:
    return lambda given: read(given.shown_agent) if given.shown_agent else ""


PARTY_TEXTS: Mapping[str, Callable[[PaperInput], str]] = {
    **{name: _of_party(read) for name, read in _OF_PARTY.items()},
    **{name: _of_agent(read) for name, read in _OF_AGENT.items()},
    "party.gender": _gender,
    "party.age": _age,
    "party.ethnicity": lambda given: given.label("ethnicity", given.shown_party.ethnicity) if given.shown_party else "",
    "party.id_paper": lambda given: given.label("id_paper", given.shown_party.id_paper) if given.shown_party else "",
    "agent.id_paper": lambda given: given.label("id_paper", given.shown_agent.id_paper) if given.shown_agent else "",
}
