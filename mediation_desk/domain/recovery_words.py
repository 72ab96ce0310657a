"""The words of the recovery sheet: a secret of 128 bits that can be written down, read out and typed.

Four lines of five words; each word is a byte, four bytes of the secret and one that checks them. The check is a code
over GF(256) with another weight for each place and another start for each line: it notices every single wrong word,
every two words that changed places and every line typed in another's place, and others but for one in 256.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mediation_desk.domain.errors import Fault, WrongWords
from mediation_desk.domain.nearest import nearest, simplified

LINES = 4
WORDS_IN_LINE = 5
SECRET_BYTES = LINES * (WORDS_IN_LINE - 1)

_LINE_MARK = re.compile(r"[\r\n]+|第?[1-4]行?|第?[一二三四](?:行|[、.:)])")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True)
class RecoveryWords:
    """What stands on a sheet, line by line. Its `repr` tells nothing."""

    lines: tuple[tuple[str, ...], ...] = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The words as they can be read in again."""
        return "\n".join(" ".join(line) for line in self.lines)


class WordList:
    """The 256 words, each standing for the byte of its place in the list."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._values = {word: value for value, word in enumerate(self.words)}

    def words_for(self, secret: bytes) -> RecoveryWords:
        """The words for `SECRET_BYTES` of chance."""
        size = WORDS_IN_LINE - 1
        parts = [secret[start : start + size] for start in range(0, SECRET_BYTES, size)]
        coded = [part + bytes([_check_byte(number, part)]) for number, part in enumerate(parts, start=1)]
        return RecoveryWords(tuple(tuple(self.words[value] for value in line) for line in coded), secret)

    def read(self, text: str) -> RecoveryWords:
        """Read a whole sheet, however it was typed: lines, their numbers, spaces and marks do not matter.

        Raises `WrongWords` that names each line that is wrong.
        """
        lines = [line for part in _LINE_MARK.split(_half_width(text)) if (line := list(self._words_in(part)))]
        if len(lines) != LINES:
            flow = [word for line in lines for word in line]
            lines = [flow[start : start + WORDS_IN_LINE] for start in range(0, len(flow), WORDS_IN_LINE)]
            lines = [*lines[: LINES - 1], [word for line in lines[LINES - 1 :] for word in line]]
        return self._put_together(lines + [[]] * (LINES - len(lines)))

    def read_lines(self, lines: Sequence[str]) -> RecoveryWords:
        """Read a sheet line by line. Raises `WrongWords` with a fault at the place `line_1`, `line_2`, … of each."""
        return self._put_together([list(self._words_in(line)) for line in lines])

    def fault_of_line(self, number: int, line: str) -> str:
        """What is wrong with line `number` (1 to 4) as it was typed, as a sentence; "" when nothing is."""
        return self._fault(number, list(self._words_in(line)))

    def _put_together(self, lines: Sequence[list[str]]) -> RecoveryWords:
        told = [(number, self._fault(number, line)) for number, line in enumerate(lines, start=1)]
        faults = [Fault(sentence, f"line_{number}") for number, sentence in told if sentence]
        if faults:
            raise WrongWords(*faults)
        secret = bytes(self._values[word] for line in lines for word in line[:-1])
        return RecoveryWords(tuple(map(tuple, lines)), secret)

    def _fault(self, number: int, line: list[str]) -> str:
        for place, word in enumerate(line, start=1):
            if word not in self._values:
                meant = nearest(word, self.words)
                advice = f"是不是“{meant}”？" if meant else "请对照恢复单再看一遍。"
                return f"第{number}行第{place}个词“{word}”不是恢复单上的词，{advice}"
        if len(line) != WORDS_IN_LINE:
            return f"第{number}行有{len(line)}个词，应有{WORDS_IN_LINE}个。"
        fits = [each for each in range(1, LINES + 1) if self._fits(each, line)]
        if number in fits:
            return ""
        if fits:
            return f"第{number}行填的是恢复单的第{fits[0]}行。"
        return f"第{number}行有词写错，或次序不对，请对照恢复单逐词核对。"

    def _fits(self, number: int, line: list[str]) -> bool:
        *data, check = (self._values[word] for word in line)
        return check == _check_byte(number, data)

    def _words_in(self, text: str) -> Iterator[str]:
        """Words with or without white between them; a character too many or too few spoils only the word it is in."""
        for run in map(simplified, _HAN.findall(_LINE_MARK.sub(" ", _half_width(text)))):
            at = 0
            while at < len(run):
                is_stray = run[at : at + 2] not in self._values and run[at + 1 : at + 3] in self._values
                length = 1 if is_stray else 2
                yield run[at : at + length]
                at += length


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _check_byte(number: int, data: Sequence[int]) -> int:
    check = number
    for value in data:
        check = _doubled(check ^ value)
    return check


def _doubled(value: int) -> int:
    """`value` times x, in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    return value << 1 ^ (0x11D if value & 0x80 else 0)
