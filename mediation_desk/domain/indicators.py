"""The indicators of a desk (domain 10): rates with what they count, how many, and which cases these are.

Every item is counted once, on its counting date, so that the report of a period that is over never changes. What is not
yet due and not done is in neither part. A rate of nothing is no rate: it prints "—".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from mediation_desk.domain.case import AGREED, OutcomeKind
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.report_period import Span

NOTHING = "—"
_WHOLE = 10_000  # hundredths of a per cent
REDRESS_CLAIM = "redress_claim"
"""Code of 申诉求决 in the table `petition_kind`."""

STATUTORY_PATHS = frozenset({"P1", "P2", "P3", "P4a", "P4b", "P4c", "P5"})
"""信访工作条例 art. 31 items 1 to 5."""


class Indicator(Labelled):
    """Rates, by their numbers in the list of indicators."""

    K1 = "K1", "及时受理率（信访）"
    K1M = "K1m", "及时受理率（调解）"
    K2 = "K2", "依法分类导入率"
    K3 = "K3", "按期办结率"
    K4 = "K4", "重复信访占比"
    K7 = "K7", "会商决定按期落实率"
    K9 = "K9", "调解成功率（按受理）"
    K9C = "K9c", "调解成功率（按结案）"
    K10 = "K10", "协议履行率（按件）"
    K10F = "K10f", "协议履行率（按金额）"
    K11 = "K11", "司法确认率"
    K12 = "K12", "按期调结率"
    K14 = "K14", "群众满意率"
    K16 = "K16", "督办办结率"


DEFINITIONS = {
    Indicator.K1: (
        "登记之日起15日内有书面告知、转送或者交办的信访事项÷计入本期的信访事项。"
        "在期限内办理的按办理日计入，没有的按期限届满日计入；姓名、住址不清的不计。"
    ),
    Indicator.K1M: (
        "在规定期限内决定是否受理的调解申请÷计入本期的申请。在期限内决定的按决定日计入，没有的按期限届满日计入。"
    ),
    Indicator.K2: (
        "本期分流的申诉求决事项中，导入法定途径并且已经在该途径办理的÷本期分流的全部申诉求决事项（含走信访程序的）。"
    ),
    Indicator.K3: (
        "在期限内办结的信访事项÷计入本期的信访事项。期限含届满以前批准的延长；"
        "在期限内办结的按办结日计入，没有的按期限届满日计入。"
    ),
    Indicator.K4: "本期登记的信访事项中，同一人、同一事项第二次及以上的÷本期登记的全部信访事项。",
    Indicator.K7: "按期落实的会商决定÷计入本期的会商决定。按期落实的按落实日计入，没有的按期限届满日计入。",
    Indicator.K9: "本期受理的案件中达成书面或者口头协议的÷本期受理的案件。",
    Indicator.K9C: "本期调解结束的案件中达成协议的÷达成协议、调解不成和终止调解的。申请人撤回的不计。",
    Indicator.K10: "最后履行日在本期的生效协议中，各项义务都已履行或者不需履行的÷全部。",
    Indicator.K10F: "最后履行日在本期的生效协议中，已付金额÷应付金额。",
    Indicator.K11: "本期生效的书面协议中，法院裁定有效的÷全部。",
    Indicator.K12: (
        "在期限内结束的调解÷计入本期的调解。期限含届满以前同意的延长；"
        "在期限内结束的按结束日计入，没有的按期限届满日计入。"
    ),
    Indicator.K14: "本期评价中满意（含很满意、基本满意）的÷作出评价的。不愿评价的不计。",
    Indicator.K16: "按期答复的督办÷计入本期的督办。按期答复的按答复日计入，没有的按期限届满日计入。",
}
"""What is printed under each figure. The national formulas are not published: these follow the statute."""


def percent(numerator: int, denominator: int) -> str:
    """89.62%, half up; "—" for nothing of nothing. What only rounds to the whole prints 99.99%."""
    if not denominator:
        return NOTHING
    hundredths = (2 * _WHOLE * numerator + denominator) // (2 * denominator)
    if hundredths >= _WHOLE and numerator < denominator:
        hundredths = _WHOLE - 1
    return f"{hundredths // 100}.{hundredths % 100:02}%"


@dataclass(frozen=True)
class Rate:
    """So many of so many: `met` and `counted` are the cases; sums of money stand for them where `fen` is set."""

    indicator: Indicator
    met: Sequence[int]
    counted: Sequence[int]
    fen: tuple[int, int] | None = None

    @property
    def numerator(self) -> int:
        return self.fen[0] if self.fen else len(self.met)

    @property
    def denominator(self) -> int:
        return self.fen[1] if self.fen else len(self.counted)

    @property
    def text(self) -> str:
        return percent(self.numerator, self.denominator)

    @property
    def definition(self) -> str:
        return DEFINITIONS[self.indicator]


# ---- what is to be done by a day


class Timed(NamedTuple):
    """Something that was to be done by a day, and when it was."""

    case_id: int
    due_on: date
    done_on: date | None


class More(NamedTuple):
    """More time: the new last day, and when it was approved."""

    approved_on: date
    until: date


def with_more_time(due_on: date, further: Iterable[More]) -> date:
    """The last day with what was approved in time: on or before the last day as it was then."""
    for more in sorted(further):
        if more.approved_on <= due_on:
            due_on = max(due_on, more.until)
    return due_on


def in_time(indicator: Indicator, items: Iterable[Timed], span: Span, today: date) -> Rate:
    """Those done by their day, of those whose counting date is in the period: the day they were done, else their last.

    Of a running period only what is over counts: something due today may still be done today.
    """
    met, counted = [], []
    for item in items:
        is_met = item.done_on is not None and item.done_on <= item.due_on
        counts_on = item.done_on if is_met and item.done_on is not None else item.due_on
        if not span.first <= counts_on <= span.last or (not is_met and item.due_on >= today):
            continue
        counted.append(item.case_id)
        if is_met:
            met.append(item.case_id)
    return Rate(indicator, met, counted)


# ---- petitions


@dataclass(frozen=True, kw_only=True)
class PetitionItem:
    """A petition item as K1 to K4 see it.

    `handled_on` is the day of the first written act (受理告知, 不受理告知, 转送, 交办), due on `handle_by`.
    `path_act_on` is when something was done in the path it was led to. `finish_by` is the last day without more time.
    `repeat_seq` is 1 for the first time that this person comes with this matter.
    """

    case_id: int
    registered_on: date
    kind: str
    domain: str = ""
    contact_clear: bool = True
    handled_on: date | None = None
    handle_by: date
    triaged_on: date | None = None
    path: str = ""
    path_act_on: date | None = None
    finish_by: date | None = None
    more_time: tuple[More, ...] = ()
    finished_on: date | None = None
    repeat_seq: int = 1


def k1(items: Iterable[PetitionItem], span: Span, today: date) -> Rate:
    """及时受理率 (信访工作条例 art. 22, 23)."""
    timed = (Timed(each.case_id, each.handle_by, each.handled_on) for each in items if each.contact_clear)
    return in_time(Indicator.K1, timed, span, today)


def k2(items: Iterable[PetitionItem], span: Span, *, paths: Collection[str] = STATUTORY_PATHS) -> Rate:
    """依法分类导入率 (信访工作条例 art. 31): into one of `paths`, and something was done there."""
    triaged = [
        each
        for each in items
        if each.kind == REDRESS_CLAIM and each.triaged_on is not None and span.first <= each.triaged_on <= span.last
    ]
    met = [each.case_id for each in triaged if each.path in paths and each.path_act_on is not None]
    return Rate(Indicator.K2, met, [each.case_id for each in triaged])


def k3(items: Iterable[PetitionItem], span: Span, today: date) -> Rate:
    """按期办结率 (信访工作条例 art. 34)."""
    timed = (
        Timed(each.case_id, with_more_time(each.finish_by, each.more_time), each.finished_on)
        for each in items
        if each.finish_by is not None
    )
    return in_time(Indicator.K3, timed, span, today)


def k4(items: Iterable[PetitionItem], span: Span) -> Rate:
    """重复信访占比: the second time or more."""
    registered = [each for each in items if span.first <= each.registered_on <= span.last]
    again = [each.case_id for each in registered if each.repeat_seq >= 2]
    return Rate(Indicator.K4, again, [each.case_id for each in registered])


def k4_by_domain(items: Iterable[PetitionItem], span: Span) -> dict[str, Rate]:
    """The same by code of the table `petition_domain`, most repetitions first."""
    by_domain: dict[str, list[PetitionItem]] = {}
    for each in items:
        by_domain.setdefault(each.domain, []).append(each)
    rates = {domain: k4(some, span) for domain, some in by_domain.items()}
    shown = [(domain, rate) for domain, rate in rates.items() if rate.denominator]
    return dict(sorted(shown, key=lambda each: (-each[1].numerator, each[0])))


# ---- mediation


class Mediated(NamedTuple):
    """A case that was accepted: when, how it ended and when, and by when it should have (None: nobody can say now)."""

    case_id: int
    accepted_on: date
    result: str
    ended_on: date | None
    due_on: date | None


_FAILED = frozenset({OutcomeKind.FAILED, OutcomeKind.TERMINATED})


def k9(cases: Iterable[Mediated], span: Span) -> Rate:
    """调解成功率 after the official habit: of the cases accepted in the period."""
    return _agreed(Indicator.K9, (each for each in cases if span.first <= each.accepted_on <= span.last))


def k9_closing(cases: Iterable[Mediated], span: Span) -> Rate:
    """调解成功率 of what ended in the period; a request that was taken back is neither."""
    ended = (each for each in cases if each.ended_on is not None and span.first <= each.ended_on <= span.last)
    return _agreed(Indicator.K9C, (each for each in ended if each.result in AGREED or each.result in _FAILED))


def _agreed(indicator: Indicator, cases: Iterable[Mediated]) -> Rate:
    counted = list(cases)
    met = [each.case_id for each in counted if each.result in AGREED]
    return Rate(indicator, met, [each.case_id for each in counted])


def k12(cases: Iterable[Mediated], span: Span, today: date) -> Rate:
    """按期调结率."""
    timed = (Timed(each.case_id, each.due_on, each.ended_on) for each in cases if each.due_on is not None)
    return in_time(Indicator.K12, timed, span, today)


class Days(NamedTuple):
    """How long mediation took in the cases that ended in a period. `mean` to a tenth, half up."""

    cases: Sequence[int]
    mean: str
    median: str


def k13(cases: Iterable[Mediated], span: Span) -> Days:
    """平均调解天数: from acceptance to the end, in days."""
    ended = [
        (each.case_id, (each.ended_on - each.accepted_on).days)
        for each in cases
        if each.ended_on is not None and span.first <= each.ended_on <= span.last
    ]
    if not ended:
        return Days((), NOTHING, NOTHING)
    taken = [days for _, days in ended]
    tenths = (20 * sum(taken) + len(taken)) // (2 * len(taken))
    return Days([case_id for case_id, _ in ended], f"{tenths // 10}.{tenths % 10}", f"{median(taken):g}")


class Promised(NamedTuple):
    """An agreement in effect: the last day of what is owed in it, whether all is performed, and sums in fen."""

    case_id: int
    last_due_on: date
    is_performed: bool
    owed_fen: int
    paid_fen: int


def k10(agreements: Iterable[Promised], span: Span) -> tuple[Rate, Rate]:
    """协议履行率 by agreement and by amount. Two agreements of one case count as two."""
    due = [each for each in agreements if span.first <= each.last_due_on <= span.last]
    all_of_them = [each.case_id for each in due]
    met = [each.case_id for each in due if each.is_performed]
    fen = sum(min(each.paid_fen, each.owed_fen) for each in due), sum(each.owed_fen for each in due)
    return Rate(Indicator.K10, met, all_of_them), Rate(Indicator.K10F, met, all_of_them, fen)


class Confirmable(NamedTuple):
    """A written agreement in effect, with the last day for asking the court for its confirmation."""

    case_id: int
    effective_on: date
    ask_by: date
    asked: bool
    confirmed: bool


def k11(agreements: Iterable[Confirmable], span: Span) -> Rate:
    """司法确认率 of the agreements that took effect in the period."""
    eligible = [each for each in agreements if span.first <= each.effective_on <= span.last]
    met = [each.case_id for each in eligible if each.confirmed]
    return Rate(Indicator.K11, met, [each.case_id for each in eligible])


def expired_windows(agreements: Iterable[Confirmable], span: Span, today: date) -> list[int]:
    """The cases whose 30 days for asking the court ran out in the period, and nobody asked."""
    return [
        each.case_id
        for each in agreements
        if not each.asked and each.ask_by < today and span.first <= each.ask_by <= span.last
    ]
