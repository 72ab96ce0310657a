"""Figures as they are shown: each with the period before beside it, what it counts, and the cases behind it."""

from collections.abc import Sequence
from typing import NamedTuple

from mediation_desk.domain.indicators import DEFINITIONS, Indicator, Rate
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.money import figures


class CountKind(Labelled):
    """Figures that are no rates, by their numbers in the list of indicators."""

    CONFERENCES = "K6", "协调会议次数"
    JOINT = "K6a", "其中联席会议"
    CASE = "K6b", "其中专题会商"
    ON_SITE = "K6c", "其中现场协调"
    OFFERED = "K8a", "访调对接：告知可以调解"
    TAKEN_UP = "K8b", "访调对接：转入调解"
    AGREED = "K8c", "访调对接：达成协议"
    EXPIRED = "K11e", "司法确认逾期未申请"
    MEAN_DAYS = "K13", "平均调解天数"
    MEDIAN_DAYS = "K13m", "调解天数中位数"
    SUGGESTED = "K17a", "三项建议：提出"
    ANSWERED = "K17b", "三项建议：已答复"
    ADOPTED = "K17c", "三项建议：已采纳"


_PETITION = "本期作出这一步的信访事项，同一事项只计一次。"
_SUGGESTION = "本期提出的改进工作、完善政策、追究责任的建议。"
COUNTED = {
    CountKind.CONFERENCES: "本期召开的会议，同一次会议研究几个案件的只计一次。",
    CountKind.JOINT: "本期召开的联席会议。",
    CountKind.CASE: "本期召开的专题会商。",
    CountKind.ON_SITE: "本期召开的现场协调会。",
    CountKind.OFFERED: _PETITION,
    CountKind.TAKEN_UP: _PETITION,
    CountKind.AGREED: _PETITION,
    CountKind.EXPIRED: "共同申请司法确认的期限在本期届满、没有申请的书面协议。",
    CountKind.MEAN_DAYS: "本期调解结束的案件，从受理到结束的天数之和÷件数。",
    CountKind.MEDIAN_DAYS: "本期调解结束的案件，从受理到结束的天数的中位数。",
    CountKind.SUGGESTED: _SUGGESTION,
    CountKind.ANSWERED: f"{_SUGGESTION}其中收到答复的。",
    CountKind.ADOPTED: f"{_SUGGESTION}其中采纳的。",
}


IN_ORDER: tuple[Indicator | CountKind, ...] = (
    Indicator.K1,
    Indicator.K1M,
    Indicator.K2,
    Indicator.K3,
    Indicator.K4,
    CountKind.CONFERENCES,
    CountKind.JOINT,
    CountKind.CASE,
    CountKind.ON_SITE,
    Indicator.K7,
    CountKind.OFFERED,
    CountKind.TAKEN_UP,
    CountKind.AGREED,
    Indicator.K9,
    Indicator.K9C,
    Indicator.K10,
    Indicator.K10F,
    Indicator.K11,
    CountKind.EXPIRED,
    Indicator.K12,
    CountKind.MEAN_DAYS,
    CountKind.MEDIAN_DAYS,
    Indicator.K14,
    Indicator.K16,
    CountKind.SUGGESTED,
    CountKind.ANSWERED,
    CountKind.ADOPTED,
)
"""As they stand in the list of indicators."""


class Cell(NamedTuple):
    """A figure of one period, with the cases behind it. A rate has its numerator, whose cases are `met`, and its
    denominator.
    """

    text: str
    numerator: str = ""
    denominator: str = ""
    cases: Sequence[int] = ()
    met: Sequence[int] = ()


class FigureLine(NamedTuple):
    """A figure with that of the period before; `definition` is printed wherever the figure is."""

    no: str
    label: str
    definition: str
    now: Cell
    before: Cell


NO_CELL = Cell("—")


def line_of(about: Indicator | CountKind, now: Cell, before: Cell) -> FigureLine:
    definition = DEFINITIONS[about] if isinstance(about, Indicator) else COUNTED[about]
    return FigureLine(str(about), about.label, definition, now, before)


def cell_of(rate: Rate) -> Cell:
    """A rate with what it is made of: 89.62%, 95, 106; sums of money in yuan."""
    numerator, denominator = (figures(each) if rate.fen else str(each) for each in (rate.numerator, rate.denominator))
    return Cell(rate.text, numerator, denominator, rate.counted, rate.met)


def counted_cell(cases: Sequence[int], text: str = "") -> Cell:
    """A number of things, and the cases they belong to, each once."""
    return Cell(text or str(len(cases)), cases=tuple(dict.fromkeys(cases)))
