"""How the people who could mediate a case are shown: cards for the first three, a line for everybody."""

from collections.abc import Mapping

from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.ranking import Bar, Candidate, Person, Ranked
from mediation_desk.domain.ranking_words import bars_in_words, reasons, short_bar, tier_in_words
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.line_model import ORANGE, RED, Line

COLUMNS = ("姓名", "分数", "依据", "未核实", "在办", "职业身份", "单位")
CARDS = 3


class CandidateLines:
    """Words for one ranking."""

    def __init__(self, ranked: Ranked, mediators: Mapping[int, Mediator], rules: Rules) -> None:
        self._ranked, self._mediators, self._rules = ranked, mediators, rules

    def card(self, place: int) -> str:
        """Name, score and every reason of the candidate at that place, a line each; "" where there is none."""
        if place >= len(self._ranked.candidates):
            return ""
        candidate = self._ranked.candidates[place]
        person = candidate.person
        tier = tier_in_words(person.tier)
        unchecked = f"未核实{len(person.unchecked)}项" if person.unchecked else ""
        head = f"{place + 1}. {person.name}　{candidate.score}分"
        marks = "　".join(filter(None, (tier, self._head(person), unchecked)))
        lines = [head, self._calling(person), *reasons(candidate), marks]
        return "\n".join(filter(None, lines)).replace("&", "&&")

    def lines(self) -> list[Line]:
        """Candidates in their order, then those who are kept out, with the reason."""
        found = [self._line(each.person, str(each.score), self._said(each)) for each in self._ranked.candidates]
        return found + [self._excluded(each) for each in self._ranked.excluded]

    def told(self, person: Person) -> str:
        """What is to be known of the one who is chosen."""
        if person.barred:
            return f"{person.name}不可指派：{bars_in_words(person)}"
        title = self._head(person)
        return f"{person.name}没有本调委会的有效聘任，以{title.removeprefix('以')}主持。" if title else ""

    def _said(self, candidate: Candidate) -> str:
        return "；".join(filter(None, (tier_in_words(candidate.person.tier), *reasons(candidate))))

    def _excluded(self, person: Person) -> Line:
        line = self._line(person, short_bar(person), bars_in_words(person))
        return line._replace(tone=RED if person.barred[0].bar is Bar.RECUSAL else ORANGE)

    def _line(self, person: Person, score: str, said: str) -> Line:
        mediator = self._mediators[person.id]
        cells = (
            person.name,
            score,
            said,
            f"{len(person.unchecked)}项" if person.unchecked else "",
            f"{person.open_cases}件",
            self._profession(mediator),
            mediator.unit,
        )
        return Line(cells, person)

    def _calling(self, person: Person) -> str:
        mediator = self._mediators[person.id]
        return " · ".join(filter(None, (self._profession(mediator), mediator.unit)))

    def _profession(self, mediator: Mediator) -> str:
        return self._rules.table("mediator_profession").label(mediator.profession)

    def _head(self, person: Person) -> str:
        return f"以{self._rules.table('mediator_document').label(person.title)}名义" if person.title else ""
