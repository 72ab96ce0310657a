"""The figures of a period: rates and counts with the period before beside them, and the cases behind each number."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeAlias

from mediation_desk.domain.case import AGREED
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.figures import IN_ORDER, NO_CELL, Cell, CountKind, FigureLine, cell_of, counted_cell, line_of
from mediation_desk.domain.indicators import (
    Confirmable,
    Indicator,
    Mediated,
    Rate,
    Timed,
    expired_windows,
    in_time,
    k1,
    k2,
    k3,
    k4,
    k4_by_domain,
    k9_closing,
    k10,
    k11,
    k12,
    k13,
    with_more_time,
)
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.procedure_clock import acceptance_clock, mediation_clock
from mediation_desk.domain.rating import LEVELS, is_content
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import ConferenceKind
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.working_days import period_end
from mediation_desk.exchange.workbook import Column, Table, write_workbook
from mediation_desk.services.act import Act, needs
from mediation_desk.services.petition_figures import petition_items, time_of
from mediation_desk.store.records import Records

TITLE = "统计指标"
LONGEST_WINDOW = timedelta(days=60)
"""So long before a period may have begun what ends in it: a window for the court, the time to decide on a request."""

_CONFIRMATION = "T11"

_Cells: TypeAlias = dict[Indicator | CountKind, Cell]


class Figures(NamedTuple):
    """All figures of a period, each with that of the period before."""

    span: Span
    lines: Sequence[FigureLine]


@needs(Right.FIGURES)
def look_at_figures(
    records: Records, act: Act, span: Span, progress: Callable[[str], None] = lambda _: None
) -> Figures:
    """The figures of a period and of the one before. `progress` is told what is counted, and may raise to break off."""
    progress("正在统计本期…")
    now = _count(records, act, span)
    progress("正在统计上期…")
    before = _count(records, act, span.before)
    lines = []
    for each in IN_ORDER:
        lines.append(line_of(each, now.cells[each], before.cells[each]))
        if each is Indicator.K4:
            lines += _by_domain(act, lines[-1], now.domains, before.domains)
    return Figures(span, lines)


def _by_domain(
    act: Act, whole: FigureLine, now: Mapping[str, Cell], before: Mapping[str, Cell]
) -> Iterator[FigureLine]:
    """The share of repetition by what the petitions were about, the worst of this period first."""
    table = act.rules.table("petition_domain")
    for domain in dict.fromkeys([*now, *before]):
        label = f"　其中：{table.label(domain) if domain else '没有分类'}"
        cells = now.get(domain, NO_CELL), before.get(domain, NO_CELL)
        yield FigureLine(whole.no, label, whole.definition, *cells)


@needs(Right.FIGURES)
def figures_workbook(records: Records, act: Act, span: Span) -> bytes:
    """The figures as .xlsx: each with what it is made of, the period before, and its definition."""
    figures, centre = look_at_figures(records, act, span), records.centre.get()
    heading = f"{centre.name} {TITLE}{'（练习）' if centre.is_practice else ''} {span.in_words}"
    columns = [
        Column("编号", 7),
        Column("指标", 26),
        *(Column(f"{period}{what}", 14) for period in ("本期", "上期") for what in ("", "分子", "分母")),
        Column("怎么算", 80),
    ]
    rows = [[line.no, line.label, *line.now[:3], *line.before[:3], line.definition] for line in figures.lines]
    return write_workbook([Table("指标", heading, columns, rows, notes=notes_of(figures), columns_in_sight=2)])


def notes_of(figures: Figures) -> list[str]:
    """What belongs under the figures, wherever they are shown."""
    return [
        f"上期：{figures.span.before.in_words}。分母是零的显示“—”，不是百分之百。",
        "国家没有公布全国统一的计算公式，各项按法律规定的期限和程序计算。",
    ]


class _Counted(NamedTuple):
    """The figures of one period, and repetition by the domain of the petition."""

    cells: _Cells
    domains: Mapping[str, Cell]


def _count(records: Records, act: Act, span: Span) -> _Counted:
    """Every figure of one period. Of a running one what is over counts: nobody knows the rest."""
    petitions = list(petition_items(records, act, span))
    ended = list(_mediated(records, act, span))
    by_agreement, by_amount = k10(records.indicators.promised(span), span)
    days = k13(ended, span)
    confirmable = list(_confirmable(records, act, span))
    rates = [
        k1(petitions, span, act.today),
        k2(petitions, span),
        k3(petitions, span, act.today),
        k4(petitions, span),
        in_time(Indicator.K1M, _applications(records, act, span), span, act.today),
        in_time(Indicator.K7, records.indicators.conference_decisions(span.first), span, act.today),
        _k9(records, span),
        k9_closing(ended, span),
        by_agreement,
        by_amount,
        k11(confirmable, span),
        k12(ended, span, act.today),
        _k14(records, act, span),
        in_time(Indicator.K16, records.indicators.orders(span.first), span, act.today),
    ]
    cells: _Cells = {
        **{rate.indicator: cell_of(rate) for rate in rates},
        CountKind.EXPIRED: counted_cell(expired_windows(confirmable, span, act.today)),
        CountKind.MEAN_DAYS: counted_cell(days.cases, days.mean),
        CountKind.MEDIAN_DAYS: counted_cell(days.cases, days.median),
        **_conferences(records, span),
        **_petition_steps(records, span),
        **_suggestions(records, span),
    }
    domains = {domain: cell_of(rate) for domain, rate in k4_by_domain(petitions, span).items()}
    return _Counted(cells, domains)


# ---- mediation


def _applications(records: Records, act: Act, span: Span) -> Iterator[Timed]:
    """Requests, by when it was to be decided whether to take them, and when it was."""

    @cache
    def due_on(requested_on: date) -> date | None:
        return acceptance_clock(act.rules, requested_on).ends_on

    for case_id, requested_on, decided_on in records.indicators.applications(span.first - LONGEST_WINDOW, span.last):
        end = due_on(requested_on)
        if end is not None:
            yield Timed(case_id, end, decided_on)


def _k9(records: Records, span: Span) -> Rate:
    results = records.statistics.results(span)
    return Rate(Indicator.K9, [each for each, result in results.items() if result in AGREED], list(results))


def _mediated(records: Records, act: Act, span: Span) -> Iterator[Mediated]:
    """Cases in which mediation ended, or goes on, with the last day it should have ended by.

    That day follows from a few facts; where somebody stopped or lengthened the time, it is asked of the whole case.
    """

    @cache
    def due_on(source: str, kind: str, requested_on: date, accepted_on: date) -> date | None:
        return mediation_clock(
            act.rules, case_source=source, dispute_kind=kind, requested_on=requested_on, accepted_on=accepted_on
        ).ends_on

    found = [*records.indicators.ended(span.first, span.last), *records.indicators.under_way(span.last)]
    special = _special_dues(records, act, [each.case_id for each in found])
    for each in found:
        plain = (each.case_source, each.dispute_kind, each.requested_on, each.accepted_on)
        due = special[each.case_id] if each.case_id in special else due_on(*plain)
        yield Mediated(each.case_id, each.accepted_on, each.result, each.ended_on, due)


def _special_dues(records: Records, act: Act, case_ids: Sequence[int]) -> Mapping[int, date | None]:
    special = sorted(records.indicators.with_special_time(case_ids))
    dues: dict[int, date | None] = {}
    for case in records.cases.whole(special):
        clocks = [each for each in clocks_of(case, act.rules) if each.kind is ClockKind.MEDIATION]
        first, more = time_of(case, clocks[-1], act.rules) if clocks else (None, ())
        assert case.id is not None
        dues[case.id] = with_more_time(first, more) if first else None
    return dues


def _confirmable(records: Records, act: Act, span: Span) -> Iterator[Confirmable]:
    for each in records.indicators.effective(span.first - LONGEST_WINDOW, span.last):
        period = act.rules.period(_CONFIRMATION, each.effective_on)
        ask_by = period_end(each.effective_on, period, act.rules.holidays).effective
        yield Confirmable(each.case_id, each.effective_on, ask_by, asked=each.asked, confirmed=each.confirmed)


def _k14(records: Records, act: Act, span: Span) -> Rate:
    levels = act.rules.table(LEVELS)
    rated = [each for each in records.indicators.rated(span) if each.level in levels]
    met = [each.case_id for each in rated if is_content(each.level, levels)]
    return Rate(Indicator.K14, met, [each.case_id for each in rated])


# ---- what was done about hard matters


def _conferences(records: Records, span: Span) -> _Cells:
    held = records.indicators.held(span)

    def cell(kind: ConferenceKind | None) -> Cell:
        some = [each for each in held if kind in (None, each.kind)]
        return counted_cell([each.case_id for each in some], str(len({each.meeting for each in some})))

    return {
        CountKind.CONFERENCES: cell(None),
        CountKind.JOINT: cell(ConferenceKind.JOINT),
        CountKind.CASE: cell(ConferenceKind.CASE),
        CountKind.ON_SITE: cell(ConferenceKind.ON_SITE),
    }


def _petition_steps(records: Records, span: Span) -> _Cells:
    steps = {
        CountKind.OFFERED: PetitionStepKind.OFFERED,
        CountKind.TAKEN_UP: PetitionStepKind.TAKEN_UP,
        CountKind.AGREED: PetitionStepKind.AGREED,
    }
    return {count: counted_cell(records.indicators.petition_steps(step, span)) for count, step in steps.items()}


def _suggestions(records: Records, span: Span) -> _Cells:
    made = records.indicators.suggested(span)
    return {
        CountKind.SUGGESTED: counted_cell([each.case_id for each in made]),
        CountKind.ANSWERED: counted_cell([each.case_id for each in made if each.answered_on is not None]),
        CountKind.ADOPTED: counted_cell([each.case_id for each in made if each.adopted]),
    }
