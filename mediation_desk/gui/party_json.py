"""A party as JSON, for drafts: what was half typed is kept as it stands, by whichever release wrote it."""

from dataclasses import fields
from datetime import date
from typing import Any

from mediation_desk.domain.party import Agent, AgentKind, Capacity, Party, PartyKind, Side


def party_to_json(party: Party) -> dict[str, Any]:
    """Everything of a party and its agents but the store's own id; days as 2026-05-16."""
    values = {each.name: getattr(party, each.name) for each in fields(Party) if each.name != "id"}
    values["birth_date"] = party.birth_date.isoformat() if party.birth_date else None
    values["agents"] = [agent_to_json(agent) for agent in party.agents]
    return values


def party_from_json(values: dict[str, Any]) -> Party:
    """Read what `party_to_json` wrote. What another release left out or added does no harm."""
    known = {each.name: values[each.name] for each in fields(Party) if each.name in values}
    known["side"] = Side(known["side"])
    known["kind"] = PartyKind(known.get("kind", PartyKind.NATURAL))
    known["capacity"] = Capacity(known["capacity"]) if known.get("capacity") else None
    known["birth_date"] = date.fromisoformat(known["birth_date"]) if known.get("birth_date") else None
    known["agents"] = [agent_from_json(agent) for agent in known.get("agents", [])]
    return Party(**known)


def agent_to_json(agent: Agent) -> dict[str, Any]:
    """Everything of an agent."""
    return {**{each.name: getattr(agent, each.name) for each in fields(Agent)}, "powers": list(agent.powers)}


def agent_from_json(values: dict[str, Any]) -> Agent:
    """Read what `agent_to_json` wrote."""
    known = {each.name: values[each.name] for each in fields(Agent) if each.name in values}
    return Agent(**{**known, "kind": AgentKind(known["kind"])})
