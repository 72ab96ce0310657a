"""The lawful way of a matter: asks only what still matters, then says the way (信访工作条例 art. 28 to 33).

Questions, rules, closures and guides are dated data (rule pack "path_questions"). The first rule that fits says the
way; a closure says why people's mediation is not open; a guide says how to go a way, whoever chose it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from mediation_desk.domain.dated import Dated, version_on

MEDIATION_PATH = "M1"
"""Code of people's or administrative mediation in the table `statutory_path`."""
REFUSES = "refuses"
"""The question whether somebody refuses mediation: what the parties were asked answers it (人民调解法 art. 17)."""

_D = TypeVar("_D", bound=Dated)


@dataclass(frozen=True, kw_only=True)
class Question(Dated):
    """A question for yes or no. `short` is how the answer is written down: "已由其他机关受理：否".

    A matter from one of the `sources` (table `case_source`), or of one of the `categories`, answers it with yes.
    """

    key: str
    text: str
    short: str
    sources: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class When:
    """What must be so. No `kinds` or `categories` means any; `civil` wants a category that is open to mediation."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    civil: bool = False
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        return self.yes + self.no

    def is_out(self, situation: "Situation") -> bool:
        """Whether it is known not to hold."""
        return (
            bool(self.kinds and situation.kind not in self.kinds)
            or bool(self.categories and not set(self.categories).intersection(situation.categories))
            or (self.civil and not situation.is_civil)
            or any(situation.answers.get(key) is False for key in self.yes)
            or any(situation.answers.get(key) is True for key in self.no)
        )

    def open_question(self, situation: "Situation") -> str:
        """The first question whose answer is not known yet; "" when none is left."""
        return next((key for key in self.questions if key not in situation.answers), "")

    def holds(self, situation: "Situation") -> bool:
        return not self.is_out(situation) and not self.open_question(situation)


@dataclass(frozen=True, kw_only=True)
class PathRule(Dated):
    """Where `when` holds and no rule of a lower `order` did, the matter goes this way, for this reason.

    `law` is the article besides the one of the way itself; `group` the group of ways where it is not the usual one.
    """

    key: str
    order: int
    when: When
    path: str
    reason: str
    law: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Closure(Dated):
    """Why people's mediation is not open. `reason_code` is from the table `non_acceptance_reason`."""

    key: str
    when: When
    reason: str
    law: str
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class Guide(Dated):
    """How to go a way: who is competent, how to ask, which limits (ids of periods) and what to bring.

    The first guide of a way that has the category, or names none, is the one. `instead` are the ways that are open
    where this one is not.
    """

    key: str
    path: str
    categories: tuple[str, ...] = ()
    organ: str
    how: str
    law: str = ""
    limits: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of a matter: kind of petition, its category with all above it, and answers to questions."""

    kind: str
    categories: tuple[str, ...]
    is_civil: bool
    answers: Mapping[str, bool] = field(default_factory=dict)

    def answering(self, key: str, answer: bool) -> "Situation":
        answers = {**self.answers, key: answer}
        return Situation(kind=self.kind, categories=self.categories, is_civil=self.is_civil, answers=answers)


class Proposal(NamedTuple):
    """The way, and all that keeps people's mediation from being open as far as it is known."""

    rule: PathRule
    closures: tuple[Closure, ...]


class Asked(NamedTuple):
    """How far the questions have come: what was `told`, in order, then the next `question` or else a `proposal`.

    Neither is there where no rule fits.
    """

    told: tuple[tuple[Question, bool], ...]
    question: Question | None
    proposal: Proposal | None


@dataclass(frozen=True, kw_only=True)
class PathAid:
    """The questions and rules of one day, the rules in their order. `otherwise` stands for an unknown category."""

    questions: Mapping[str, Question] = field(default_factory=dict)
    rules: tuple[PathRule, ...] = ()
    closures: tuple[Closure, ...] = ()
    guides: tuple[Guide, ...] = ()
    otherwise: str = ""

    def situation(
        self,
        kind: str,
        categories: Iterable[str],
        *,
        is_civil: bool,
        sources: Iterable[str] = (),
        facts: Mapping[str, bool] | None = None,
    ) -> Situation:
        """What is known before anything is asked; `categories` and `sources` are codes with all above them."""
        lineage, from_ = tuple(categories), set(sources)
        answers = {
            each.key: True
            for each in self.questions.values()
            if from_.intersection(each.sources) or set(lineage).intersection(each.categories)
        }
        return Situation(kind=kind, categories=lineage, is_civil=is_civil, answers={**answers, **(facts or {})})

    def ask(self, situation: Situation, given: Mapping[str, bool]) -> Asked:
        """Go on as far as what is known and the answers `given` reach; an answer nobody asks for is left out."""
        told: list[tuple[Question, bool]] = []
        for rule in self.rules:
            while not rule.when.is_out(situation) and (key := rule.when.open_question(situation)):
                if key not in given:
                    return Asked(tuple(told), self.questions[key], None)
                told.append((self.questions[key], given[key]))
                situation = situation.answering(key, given[key])
            if not rule.when.is_out(situation):
                return Asked(tuple(told), None, Proposal(rule, self.closed_by(situation)))
        return Asked(tuple(told), None, None)

    def closed_by(self, situation: Situation) -> tuple[Closure, ...]:
        """Why people's mediation is not open, as far as it is known."""
        return tuple(closure for closure in self.closures if closure.when.holds(situation))

    def guide(self, path: str, categories: Iterable[str]) -> Guide | None:
        fitting = set(categories)
        ways = (each for each in self.guides if each.path == path)
        return next((each for each in ways if not each.categories or fitting.intersection(each.categories)), None)

    def every_end(self, situation: Situation) -> Iterator[Asked]:
        """Give every answer to every question that is asked, and say where each way of answering leads."""
        waiting: list[dict[str, bool]] = [{}]
        while waiting:
            given = waiting.pop()
            asked = self.ask(situation, given)
            if asked.question is None:
                yield asked
            else:
                waiting += [{**given, asked.question.key: answer} for answer in (True, False)]


@dataclass(frozen=True, kw_only=True)
class PathPack:
    """What the rule packs say of paths, each entry in its versions."""

    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    rules: Mapping[str, tuple[PathRule, ...]] = field(default_factory=dict)
    closures: Mapping[str, tuple[Closure, ...]] = field(default_factory=dict)
    guides: Mapping[str, tuple[Guide, ...]] = field(default_factory=dict)
    otherwise: str = ""

    def on(self, day: date) -> PathAid:
        """What is in force on `day`."""
        return PathAid(
            questions={each.key: each for each in _on(day, self.questions)},
            rules=tuple(sorted(_on(day, self.rules), key=lambda rule: rule.order)),
            closures=tuple(_on(day, self.closures)),
            guides=tuple(_on(day, self.guides)),
            otherwise=self.otherwise,
        )


def _on(day: date, entries: Mapping[str, tuple[_D, ...]]) -> list[_D]:
    return [found for versions in entries.values() if (found := version_on(versions, day))]
