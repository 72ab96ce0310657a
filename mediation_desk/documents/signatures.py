"""The signature block: a ruled place for everyone who signs, the place of the seal, and the date for the pen.

No mark is ever drawn here. The name under a ruled line says whose place it is; the mark goes on the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from mediation_desk.documents.fonts import TEXT
from mediation_desk.documents.page import SUBTITLE, TEXT_WIDTH, Column, Sheet
from mediation_desk.documents.paragraph import Blank, Style
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.paper_words import listed
from mediation_desk.domain.party import AgentKind, Capacity, Party

_CELL_WIDTH = 205.0
_OFFSET = TEXT_WIDTH - _CELL_WIDTH
_SEAL_WIDTH = 240.0  # room for the words at the seal and for the date in large type
_CAPTION = Style(TEXT, 12, 20)
_PLACE_TO_SIGN = Style(TEXT, 12, 34)
_WHOSE = Style(TEXT, 10.5, 15)
_BETWEEN_ROWS = 9.0
_FEW_ROWS = 4
_DATE_FOR_THE_PEN = "　　　　年　　月　　日"


@dataclass(frozen=True)
class Signer:
    """A place to sign: its caption and whose place it is ("" where nobody is named yet)."""

    caption: str
    name: str = ""


def party_signers(parties: Sequence[Party], day: date, caption: str, *, entrusted: bool = True) -> list[Signer]:
    """Who signs for the parties: each itself, with its guardian where it cannot act alone, and whom it `entrusted`.

    民法典 art. 19 to 23: for a person without capacity the guardian signs instead.
    """
    signers = []
    for party in parties:
        capacity = party.capacity_on(day)
        if capacity is not Capacity.NONE:
            signers.append(Signer(caption, party.name))
        if capacity is not Capacity.FULL:
            guardians = listed([agent.name for agent in party.guardians])
            signers.append(Signer("法定代理人（签名盖章或按指印）", f"{party.name}的法定代理人：{guardians}"))
        signers += [
            Signer("委托代理人（签名）", f"{party.name}的委托代理人：{agent.name}")
            for agent in party.agents
            if entrusted and agent.kind is AgentKind.ENTRUSTED
        ]
    return signers


def add_signatures(
    sheet: Sheet, left: Sequence[Signer], right: Sequence[Signer], *, seal: str, dated: date | None = None
) -> None:
    """Add the places to sign, `left` and `right` of each other as in the national form, the seal and the date.

    All of it stays on one page, with what is held to it, if it fits there. Otherwise it begins with at least two rows
    and ends with at least one row beside the seal. `seal` is what stands at its place, "" for none; `dated` is only
    given when the day is a fact.
    """
    start = len(sheet.lines)
    row_starts = []
    for first, second in _rows(left, right):
        row_starts.append(len(sheet.lines))
        sheet.add_gap(_BETWEEN_ROWS)
        sheet.add_beside(_cell(first), _cell(second), _OFFSET, _CELL_WIDTH)
    _add_seal_and_date(sheet, dated, seal=seal)
    if sheet.fits_with_company(start) or len(row_starts) < _FEW_ROWS:
        sheet.keep(start)
    else:
        sheet.keep(start, row_starts[2] - 1)
        sheet.keep(row_starts[-1 - len(_pairs(right))])


def _rows(left: Sequence[Signer], right: Sequence[Signer]) -> list[tuple[Signer | None, Signer | None]]:
    if len(left) <= len(right) + 2:
        return list(zip_longest(left, right))
    return [*_pairs(left), *_pairs(right)]


def _pairs(signers: Sequence[Signer]) -> list[tuple[Signer | None, Signer | None]]:
    return list(zip_longest(signers[::2], signers[1::2]))


def _cell(signer: Signer | None) -> Column:
    if signer is None:
        return []
    place = f"签名处“{signer.name}”"
    return [
        (signer.caption, _CAPTION, place),
        (Blank("", _CELL_WIDTH), _PLACE_TO_SIGN, place),
        (signer.name, _WHOSE, place),
    ]


def _add_seal_and_date(sheet: Sheet, dated: date | None, *, seal: str) -> None:
    sheet.add_gap(20)
    words = [seal] if seal else []
    words.append(day_in_words(dated) if dated else _DATE_FOR_THE_PEN)
    sheet.add_beside([], [(each, SUBTITLE, "落款") for each in words], TEXT_WIDTH - _SEAL_WIDTH, _SEAL_WIDTH)
