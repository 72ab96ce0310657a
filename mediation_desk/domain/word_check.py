"""Words that an agreement should not use, or not there: the entries of the word pack, and how they are found.

A word is written as it stands in a text, with two signs: … for up to twelve characters of the same sentence, # for a
figure. "归…所有" finds 归李四所有; "截止#" finds 截止2026.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mediation_desk.domain.dated import Dated
from mediation_desk.domain.finding import PARTS, Finding, FindingKind

if TYPE_CHECKING:  # the rules read at the start have words, but nothing to look for them in
    from mediation_desk.domain.passages import Passage

GAP, FIGURE = "…", "#"
_SIGNS = {GAP: "[^。；！？\n]{0,12}?", FIGURE: "[0-9]"}


@dataclass(frozen=True, kw_only=True)
class WordCheck(Dated):
    """One entry of the word pack.

    Any of `words` is found unless it is part of one of `exceptions` (权力 is right in 权力机关), and only in `parts` of
    the agreement. `with_words`: only where one of them stands somewhere in the same parts. `near`, `not_near`: only
    where one, or none, of them stands in the same sentence.
    `suggestion` is the word to write instead, "" for none. `only_for_confirmation`: only where the parties want the
    agreement confirmed by a court; then `reason_for_confirmation`, if there is one, is told instead of `reason`.
    """

    key: str
    kind: FindingKind
    words: tuple[str, ...]
    reason: str
    suggestion: str = ""
    is_hard: bool = False
    parts: tuple[str, ...] = PARTS
    exceptions: tuple[str, ...] = ()
    with_words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    only_for_confirmation: bool = False
    reason_for_confirmation: str = ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(_as_pattern(word) for word in longest_first))

    @cached_property
    def _exception_pattern(self) -> re.Pattern[str] | None:
        return re.compile("|".join(map(_as_pattern, self.exceptions))) if self.exceptions else None

    @cached_property
    def _anchors(self) -> tuple[str, ...]:
        """The longest plain piece of each word: where none of them stands, nothing need be searched."""
        return tuple(max(re.split(f"[{GAP}{FIGURE}]", word), key=len) for word in self.words)

    def occurs_in(self, text: str) -> bool:
        return any(anchor in text for anchor in self._anchors)

    def places_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Give out where the words stand and are wrong, as far as the text alone can tell."""
        if not self.occurs_in(text):
            return
        right = [match.span() for match in self._exception_pattern.finditer(text)] if self._exception_pattern else []
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if not any(first <= start and end <= last for first, last in right) and self._fits(text, start, end):
                yield start, end

    def _fits(self, text: str, start: int, end: int) -> bool:
        if not self.near and not self.not_near:
            return True
        sentence = _sentence_around(text, start, end)
        is_near = not self.near or any(word in sentence for word in self.near)
        return is_near and not any(word in sentence for word in self.not_near)

    def sentence(self, found: str, *, confirmation_wanted: bool) -> str:
        """What is told about the words found."""
        reason = (confirmation_wanted and self.reason_for_confirmation) or self.reason
        return f"“{found}”{f'一般应写“{self.suggestion}”' if self.suggestion else '请核对'}：{reason}"


def word_findings(
    checks: Iterable[WordCheck], passages: Sequence["Passage"], *, confirmation_wanted: bool
) -> Iterator[Finding]:
    """Find what the word pack says against the texts of an agreement; each entry once in each text."""
    for check in checks:
        if check.only_for_confirmation and not confirmation_wanted:
            continue
        read = [passage for passage in passages if passage.part in check.parts]
        if check.with_words and not any(word in passage.plain for word in check.with_words for passage in read):
            continue
        for passage in read:
            for start, end in check.places_in(passage.plain):
                told = check.sentence(passage.text[start:end], confirmation_wanted=confirmation_wanted)
                yield Finding(
                    kind=check.kind,
                    sentence=f"{passage.label}：{told}",
                    place=passage.place,
                    excerpt=passage.text[start:end],
                    is_hard=check.is_hard,
                )
                break


def _as_pattern(word: str) -> str:
    return "".join(_SIGNS.get(piece) or re.escape(piece) for piece in re.split(f"([{GAP}{FIGURE}])", word))


def _sentence_around(text: str, start: int, end: int) -> str:
    before = max(text.rfind(mark, 0, start) for mark in "。；！？\n")
    after = min((place for mark in "。；！？\n" if (place := text.find(mark, end)) >= 0), default=len(text))
    return text[before + 1 : after]
