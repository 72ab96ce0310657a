"""Everybody whose name a paper of a case may bear, each once, with what they are in it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case, Session
from mediation_desk.domain.mediator import Mediator


class Named(NamedTuple):
    """A name as it is recorded, and what its bearer is: "申请方", "张三的委托代理人、记录人"."""

    name: str
    role: str


def mediators_of(case: Case) -> list[int]:
    """The ids of all who were assigned, held a session or stand in an agreement."""
    assigned = [each.mediator_id for each in case.assignments]
    held = [number for each in _sittings_and_agreements(case) for number in each.mediator_ids]
    return list(dict.fromkeys(assigned + held))


def people_of(case: Case, mediators: Mapping[int, Mediator]) -> list[Named]:
    """Parties and those who act for them first, then who else the agreements name, then mediators and recorders.

    `mediators` are at least those of the case, by id.
    """
    roles: dict[str, dict[str, None]] = {}
    for role, name in [*_of_parties(case), *_of_agreements(case), *_of_mediation(case, mediators)]:
        if name:
            roles.setdefault(name, {})[role] = None
    return [Named(name, "、".join(held)) for name, held in roles.items()]


def _of_parties(case: Case) -> Iterator[tuple[str, str]]:
    for party in case.parties:
        yield party.side.label, party.name
        yield f"{party.name}的曾用名", party.aliases
        yield f"{party.name}的法定代表人", party.legal_representative
        for agent in party.agents:
            yield f"{party.name}的{agent.kind.label}", agent.name


def _of_agreements(case: Case) -> Iterator[tuple[str, str]]:
    for agreement in case.agreements:
        for obligation in agreement.obligations:
            yield "履行人", "" if obligation.payer_no else obligation.payer_name
            yield "接受人", "" if obligation.payee_no else obligation.payee_name
        for signature in agreement.signatures:
            yield "签名的人", signature.signer_name
            yield "见证人", signature.witness


def _of_mediation(case: Case, mediators: Mapping[int, Mediator]) -> Iterator[tuple[str, str]]:
    for number in mediators_of(case):
        if number in mediators:
            yield "调解员", mediators[number].name
    for each in _sittings_and_agreements(case):
        yield "记录人", each.recorder


def _sittings_and_agreements(case: Case) -> list[Session | Agreement]:
    return [*case.sessions, *case.agreements]
