"""Who has to stay out of a case, as far as it is known, and which questions about bias nobody has answered yet.

人民调解法 has no article on recusal, but the parties choose or accept the mediator (art. 19, 23). The table
`recusal_reason` follows 法释〔2016〕14号 art. 15 and 深圳矛盾纠纷多元化解条例 art. 23, and is the centre's to vary:
a code with a `question` is asked of everybody, one with `consent` gives way where all parties know of it and agree.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mediation_desk.domain.case import Case
from mediation_desk.domain.choice import RecusalAnswer, Stance, StanceKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Party, PartyKind
from mediation_desk.domain.rules import Code, Rules

TABLE = "recusal_reason"
INTEREST, SAME_EMPLOYER, EARLIER_ROLE, OBJECTION = "interest", "same_employer", "earlier_role", "objection"
MEDIATED_BEFORE = "mediated_before"


class Ground(NamedTuple):
    """A reason to stay out (code of `recusal_reason`), and what shows it: "李四的工作单位", or a note."""

    code: str
    shown_by: str = ""


class Relations:
    """What is known of how mediators stand to one case: answers, what parties said, what the records suggest."""

    def __init__(self, case: Case, rules: Rules, day: date) -> None:
        self._asked = tuple(code.code for code in questions(rules, day))
        self._order = [code.code for code in rules.table(TABLE).codes]
        self._answers: dict[int, dict[str, tuple[RecusalAnswer, str]]] = {}
        for check in case.recusal_checks:
            self._answers.setdefault(check.mediator_id, {})[check.reason_code] = check.answer, check.note
        self._stances: dict[int, dict[int, Stance]] = {}
        for stance in case.stances:
            self._stances.setdefault(stance.mediator_id, {})[stance.party_no] = stance
        self._case = case
        self._names: dict[str, Ground] = {}
        self._employers: dict[str, Ground] = {}
        for party in case.parties:
            self._note_names(party)
        if accused := as_compared(case.petition.accused_unit) if case.petition else "":
            self._employers[accused] = Ground(INTEREST, "被检举控告的单位")  # 信访工作条例 art. 30

    def _note_names(self, party: Party) -> None:
        is_house = party.kind is PartyKind.ORGANISATION
        employer, said = (party.name, party.name) if is_house else (party.workplace, f"{party.name}的工作单位")
        for agent in party.agents:
            told = f"与{party.name}的{agent.kind.label}同名"
            self._names.setdefault(as_compared(agent.name), Ground(EARLIER_ROLE, told))
        self._names[as_compared(party.name)] = Ground(INTEREST, f"与当事人{party.name}同名")
        self._employers.setdefault(as_compared(employer), Ground(SAME_EMPLOYER, said))

    def grounds(self, mediator: Mediator, *, mediated_before: str = "") -> list[Ground]:
        """Every reason that is known, in the order of the table. An answer goes before what records suggest.

        `mediated_before` says which earlier case shows that, where the centre's rule is to avoid it.
        """
        suggested = dict(self._suggested(mediator))
        if mediated_before:
            suggested[MEDIATED_BEFORE] = mediated_before
        answers = self.answers(mediator)
        if not suggested and not answers:
            return []
        known = suggested | {code: note for code, (answer, note) in answers.items() if answer is RecusalAnswer.YES}
        denied = {code for code, (answer, _) in answers.items() if answer is RecusalAnswer.NO}
        codes = [code for code in known if code not in denied]
        return [Ground(code, known[code]) for code in sorted(codes, key=self._place)]

    def _place(self, code: str) -> int:
        return self._order.index(code) if code in self._order else len(self._order)

    def answers(self, mediator: Mediator) -> Mapping[str, tuple[RecusalAnswer, str]]:
        """The last answer to each question about a mediator, with its note."""
        return self._answers.get(mediator.id or 0, {})

    def unasked(self, mediator: Mediator) -> tuple[str, ...]:
        """The codes of the questions that nobody answered for this mediator: 未核实, which is not "no"."""
        answers = self.answers(mediator)
        if not answers:
            return self._asked
        unchecked = RecusalAnswer.UNCHECKED, ""
        return tuple(code for code in self._asked if answers.get(code, unchecked)[0] is RecusalAnswer.UNCHECKED)

    def stances(self, mediator: Mediator) -> Mapping[int, Stance]:
        """The last word of each party (by its number) to a mediator."""
        return self._stances.get(mediator.id or 0, {})

    def _suggested(self, mediator: Mediator) -> Iterator[Ground]:
        if same := self._names.get(as_compared(mediator.name)):
            yield same
        unit = as_compared(mediator.unit)
        if unit and unit in self._employers:
            yield self._employers[unit]
        for no, stance in self.stances(mediator).items():
            if stance.kind is StanceKind.OPPOSES and stance.upheld:
                yield Ground(OBJECTION, "：".join(filter(None, (self._case.party_name(no), stance.reason))))


def questions(rules: Rules, day: date) -> list[Code]:
    """What is asked about every mediator of a case."""
    return [code for code in rules.table(TABLE).valid_on(day) if code.extra.get("question")]


def gives_way(code: str, rules: Rules) -> bool:
    """Whether a reason stands back where all parties know of it and agree."""
    table = rules.table(TABLE)
    return code in table and bool(table[code].extra.get("consent"))


@lru_cache(maxsize=4096)
def as_compared(name: str) -> str:
    """A name of a person or a house as it is compared: width, case, spaces and brackets do not matter."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())
