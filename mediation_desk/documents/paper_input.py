"""What every paper is made from, and how papers write days and name people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from mediation_desk.documents.page import Frame
from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.case import Case
from mediation_desk.domain.centre import Centre, Committee
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.rules import Rules

PRACTICE_MARK = "练习"
DRAFT_MARK = "草稿"

Part: TypeAlias = str | Blank


@dataclass(frozen=True, kw_only=True)
class PaperInput:
    """A case with its house. `mediators` by id; `day` is the day of the paper, which ages are counted on."""

    case: Case
    centre: Centre
    committee: Committee | None
    mediators: Mapping[int, Mediator]
    rules: Rules
    day: date

    def frame(self, title: str, *, is_draft: bool = False) -> Frame:
        """What stands on every page of a paper of this case."""
        marks = [PRACTICE_MARK] if self.centre.is_practice else []
        marks += [DRAFT_MARK] if is_draft else []
        house = self.committee.name if self.committee else self.centre.name
        return Frame(title, house, f"案号：{self.case.number}" if self.case.number else "", tuple(marks))

    def mediator_names(self, ids: Iterable[int]) -> list[str]:
        return [self.mediators[each].name for each in ids]


def day_on_paper(day: date) -> str:
    """Write a day as papers do: "2026年5月16日"."""
    return f"{day.year}年{day.month}月{day.day}日"


def time_on_paper(moment: time) -> str:
    """Write a time of day: "9时05分"."""
    return f"{moment.hour}时{moment.minute:02}分"


def blank_date() -> list[Part]:
    """A day to be filled in with the pen."""
    return [Blank("", 48), "年", Blank("", 30), "月", Blank("", 30), "日"]


_NUMERALS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Write the number of a clause: 一 … 九十九; from 100 on in figures."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    written = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return written + (_NUMERALS[ones] if ones or not tens else "")


def listed(names: Sequence[str]) -> str:
    return "、".join(names)
