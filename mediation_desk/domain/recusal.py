"""Who has to stay out of a case, as far as it is known, and which questions about bias nobody has answered yet.

人民调解法 has no article on recusal, but the parties choose or accept the mediator (art. 19, 23). The table
`recusal_reason` follows 法释〔2016〕14号 art. 15 and 深圳矛盾纠纷多元化解条例 art. 23, and is the centre's to vary:
a code with a `question` is asked of everybody, one with `consent` gives way where all parties know of it and agree.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.case import Case
from mediation_desk.domain.choice import RecusalAnswer, Stance, StanceKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import PartyKind
from mediation_desk.domain.rules import Code, Rules

TABLE = "recusal_reason"
INTEREST, SAME_EMPLOYER, EARLIER_ROLE, OBJECTION = "interest", "same_employer", "earlier_role", "objection"
MEDIATED_BEFORE = "mediated_before"


class Ground(NamedTuple):
    """A reason to stay out (code of `recusal_reason`), and what shows it: "李四的工作单位", or a note."""

    code: str
    shown_by: str = ""


def grounds(case: Case, mediator: Mediator, rules: Rules, *, mediated_before: str = "") -> list[Ground]:
    """Every reason that is known, in the order of the table. An answer goes before what only the records suggest.

    `mediated_before` says which earlier case shows that, where the centre's rule is to avoid it.
    """
    assert mediator.id is not None
    answers = last_answers(case, mediator.id)
    suggested = dict(_suggested_by_records(case, mediator))
    if mediated_before:
        suggested[MEDIATED_BEFORE] = mediated_before
    found = []
    for code in dict.fromkeys([*(each.code for each in rules.table(TABLE).codes), *suggested, *answers]):
        answer, note = answers.get(code, (RecusalAnswer.UNCHECKED, ""))
        if answer is RecusalAnswer.YES:
            found.append(Ground(code, note))
        elif answer is RecusalAnswer.UNCHECKED and code in suggested:
            found.append(Ground(code, suggested[code]))
    return found


def unasked(case: Case, mediator: Mediator, rules: Rules, day: date) -> list[str]:
    """The codes of the questions that nobody answered for this mediator: 未核实, which is not "no"."""
    assert mediator.id is not None
    answers = last_answers(case, mediator.id)
    return [
        code.code
        for code in questions(rules, day)
        if answers.get(code.code, (RecusalAnswer.UNCHECKED, ""))[0] is RecusalAnswer.UNCHECKED
    ]


def questions(rules: Rules, day: date) -> list[Code]:
    """What is asked about every mediator of a case."""
    return [code for code in rules.table(TABLE).valid_on(day) if code.extra.get("question")]


def gives_way(code: str, rules: Rules) -> bool:
    """Whether a reason stands back where all parties know of it and agree."""
    table = rules.table(TABLE)
    return code in table and bool(table[code].extra.get("consent"))


def last_answers(case: Case, mediator_id: int) -> dict[str, tuple[RecusalAnswer, str]]:
    """The last answer to each question, with its note."""
    return {
        check.reason_code: (check.answer, check.note)
        for check in case.recusal_checks
        if check.mediator_id == mediator_id
    }


def last_stances(case: Case, mediator_id: int) -> dict[int, Stance]:
    """The last word of each party (by its number) to a mediator."""
    return {stance.party_no: stance for stance in case.stances if stance.mediator_id == mediator_id}


def as_compared(name: str) -> str:
    """A name of a person or a house as it is compared: width, case, spaces and brackets do not matter."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def _suggested_by_records(case: Case, mediator: Mediator) -> Iterator[tuple[str, str]]:
    assert mediator.id is not None
    name, unit = as_compared(mediator.name), as_compared(mediator.unit)
    for party in case.parties:
        if as_compared(party.name) == name:
            yield INTEREST, f"与当事人{party.name}同名"
        employer = party.name if party.kind is PartyKind.ORGANISATION else party.workplace
        if unit and as_compared(employer) == unit:
            yield SAME_EMPLOYER, f"{party.name}{'' if party.kind is PartyKind.ORGANISATION else '的工作单位'}"
        for agent in party.agents:
            if as_compared(agent.name) == name:
                yield EARLIER_ROLE, f"与{party.name}的{agent.kind.label}同名"
    for no, stance in last_stances(case, mediator.id).items():
        if stance.kind is StanceKind.OPPOSES and stance.upheld:
            yield OBJECTION, "：".join(filter(None, (case.party_name(no), stance.reason)))
