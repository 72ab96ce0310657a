"""The texts of an agreement, each with its place, as a review reads them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.amounts_in_text import StatedSum, sums_in
from mediation_desk.domain.days_in_text import StatedDay, days_in
from mediation_desk.domain.finding import CLAUSES, FACTS, OBLIGATIONS, TERMS, Finding, FindingKind
from mediation_desk.domain.names import clean_digits

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_SENTENCE_MARK = re.compile(r"[。；;！？!?\n]")


@dataclass(frozen=True)
class Passage:
    """One text of an agreement. `label` names it to the clerk."""

    place: str
    label: str
    text: str

    @property
    def part(self) -> str:
        """One of `PARTS`."""
        return re.split(r"[\[.]", self.place, maxsplit=1)[0]

    @property
    def is_binding(self) -> bool:
        """Whether it says what is to be done, rather than what was."""
        return self.part in (CLAUSES, TERMS)

    @cached_property
    def plain(self) -> str:
        """The text with half-width figures and letters, of the same length."""
        return clean_digits(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """From where to where each sentence or half of one (；) goes, without its mark."""
        return [match.span() for match in _SENTENCE.finditer(self.text)]

    def sentence_end(self, start: int) -> int:
        """Where the sentence, or half of one, that `start` is in comes to its mark."""
        mark = _SENTENCE_MARK.search(self.text, start)
        return mark.start() if mark else len(self.text)

    @cached_property
    def sums(self) -> list[StatedSum]:
        return sums_in(self.plain)

    @cached_property
    def days(self) -> list[StatedDay]:
        return list(days_in(self.plain))

    def sums_within(self, start: int, end: int) -> list[StatedSum]:
        """The sums that begin from `start` to before `end`."""
        first = bisect_left(self.sums, start, key=lambda stated: stated.start)
        return self.sums[first : bisect_left(self.sums, end, lo=first, key=lambda stated: stated.start)]

    def between(self, before: StatedSum | None, after: StatedSum) -> str:
        """The words from the end of one sum, or of nothing, to the beginning of another."""
        return self.plain[before.end if before else 0 : after.start]

    def finding(self, kind: FindingKind, sentence: str, start: int, end: int) -> Finding:
        """Make a finding about `text[start:end]`."""
        return Finding(
            kind=kind, sentence=f"{self.label}：{sentence}", place=self.place, excerpt=self.text[start:end].strip()
        )


def passages_of(agreement: Agreement) -> list[Passage]:
    """Return all texts that say something, in the order of the paper."""
    return [passage for passage in _all(agreement) if passage.text.strip()]


def _all(agreement: Agreement) -> Iterator[Passage]:
    yield Passage(FACTS, "纠纷主要事实", agreement.facts)
    for index, clause in enumerate(agreement.clauses):
        yield Passage(f"{CLAUSES}[{index}]", f"第{index + 1}条", clause.text)
    for index, obligation in enumerate(agreement.obligations):
        label = f"第{index + 1}项履行安排"
        yield Passage(f"{OBLIGATIONS}[{index}].what", label, obligation.what)
        yield Passage(f"{OBLIGATIONS}[{index}].means", label, obligation.means)
    yield Passage(TERMS, "履行方式、时限", agreement.performance_terms)
