"""What belongs to the papers of a case besides its facts: typed entries, printed versions, blank forms, digests.

A paper shows facts of the case. What only the paper itself needs (whom an inquiry questioned, what the statement on
the file says) is typed into its form and kept as a `PaperEntry`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

Value: TypeAlias = str | list[str] | list[list[str]]
"""What was typed: a line or text; several chosen codes or numbers; rows of cells."""

_SHORT = 12
_GROUP = 4
_BLANK_NUMBER = re.compile(r"BF(\d{4})-(\d{6})")


@dataclass(eq=False, kw_only=True)
class PaperEntry:
    """What was typed for one paper: `values` by the names of the form's inputs.

    `code` is the form's. `no` is the number of what the paper is about (a session, an agreement), 0 for the case
    itself; papers that are about nothing but what is typed are counted 1, 2, … within the case and their code.
    """

    id: int | None = None
    code: str
    no: int
    values: dict[str, Value] = field(default_factory=dict)
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class PaperVersion:
    """The wording of a paper as it was kept at one moment; `copies` is 0 when it was kept without being printed.

    `content` holds its paragraphs in order, `digest` their SHA-256 in hex.
    """

    id: int | None = None
    centre_id: int
    case_id: int
    code: str
    no: int
    title: str
    content: list[str]
    digest: str
    copies: int = 0
    by_id: int
    kept_at: datetime


@dataclass(eq=False, kw_only=True)
class BlankForm:
    """A numbered empty form that was printed for a power cut. `case_id` once its content was entered."""

    id: int | None = None
    centre_id: int
    code: str
    number: str
    by_id: int
    printed_at: datetime
    case_id: int | None = None
    used_at: datetime | None = None


def content_digest(content: Sequence[str]) -> str:
    """SHA-256 of the paragraphs of a paper in hex: the same words give the same digest, however they are set."""
    return sha256("\n".join(content).encode("utf-8", "surrogatepass")).hexdigest()


def short_digest(digest: str) -> str:
    """The digest as it is printed and read out: "3F2A-91BC-07DE" (48 bits of it)."""
    short = digest[:_SHORT].upper()
    return "-".join(short[start : start + _GROUP] for start in range(0, len(short), _GROUP))


def is_digest_of(typed: str, digest: str) -> bool:
    """Whether what was typed from a paper is its short digest; dashes, spaces and case do not matter."""
    return bool(digest) and re.sub(r"[\s—–-]", "", typed).upper() == digest[:_SHORT].upper()


def blank_number(year: int, seq: int) -> str:
    """The number of a blank form, as its barcode says it: "BF2026-000123"."""
    return f"BF{year}-{seq:06}"


def is_blank_number(text: str) -> bool:
    """Whether a scanned or typed text is the number of a blank form."""
    return _BLANK_NUMBER.fullmatch(text.strip().upper()) is not None
