"""期限计算说明: how a time limit was counted, day by day, as the answer to whoever asks why it is late or is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.documents.page import CAPTION, FIELDS, PAPER_TITLE, SMALL, Finished, Frame, Sheet, TableColumn
from mediation_desk.domain.clock_words import Run, clock_called, runs_of, state_in_words, uncertainty
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.day_count import CountedDay, DayKind
from mediation_desk.domain.half_day import WEEKDAY_LABELS
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rules import Certainty, Holidays, Unit
from mediation_desk.domain.time_facts import Extension

TITLE = "期限计算说明"
_RUNS = (
    TableColumn("起止日期", 5.2, centred=True),
    TableColumn("天数", 1.2, centred=True),
    TableColumn("怎样计算", 3.6, centred=True),
    TableColumn("原因", 3.8),
)
_WEEK = tuple(TableColumn(f"星期{label}", 1.0, centred=True) for label in WEEKDAY_LABELS)
_MOST_WEEKS = 26
_BELOW_TABLE = 6.0
_IN_A_CELL = {
    DayKind.FIRST: "起算",
    DayKind.REST: "休息",
    DayKind.STOPPED: "停计",
    DayKind.MOVED: "顺延",
}
_HOW = "起算的当日和停计的日子不计入；休息日照样计入。"
_HOW_IN_WORK = "起算的当日、休息日和停计的日子不计入；调休上班的周末是工作日。"


@dataclass(frozen=True)
class ClockSheet:
    """What the sheet says. `orders` names the orders of supervision it answers, if any."""

    centre: str
    case_number: str
    file_title: str
    clock: Clock
    holidays: Holidays
    today: date
    extensions: Sequence[Extension] = ()
    orders: Sequence[str] = ()
    made_by: str = ""
    is_practice: bool = False


def draw_clock_sheet(said: ClockSheet) -> Finished:
    """The PDF, its wording and digest. Raises `GlyphMissing`."""
    frame = Frame(TITLE, said.centre, said.case_number, ("练习",) if said.is_practice else (), closes=True)
    sheet = Sheet(frame)
    days = list(said.clock.days(said.holidays, said.today))
    sheet.add(TITLE, style=PAPER_TITLE)
    for line in _head(said):
        sheet.add(line, style=FIELDS, place="期限的说明")
    sheet.add_gap(_BELOW_TABLE)
    runs, weeks = list(runs_of(days)), list(_weeks(days))
    if len(weeks) <= _MOST_WEEKS:
        sheet.add("逐日表", style=CAPTION, keep=True)
        sheet.add_table(_WEEK, weeks, place="逐日表")
        sheet.add_gap(_BELOW_TABLE)
        runs = [run for run in runs if _is_out_of_the_ordinary(run)]
    if runs:
        caption = "需要说明的日子" if len(weeks) <= _MOST_WEEKS else "分段表（期限较长，逐日表从略）"
        sheet.add(caption, style=CAPTION, keep=True)
        sheet.add_table(_RUNS, [_row(run) for run in runs], place="分段表")
    sheet.add_gap(_BELOW_TABLE)
    sheet.add(_HOW_IN_WORK if said.clock.period.unit is Unit.WORKING_DAY else _HOW, style=SMALL)
    with sheet.together():
        sheet.add(f"制表：{said.made_by}　{day_in_words(said.today)}", style=FIELDS, place="制表人")
        sheet.add("核对人（签名）：　　　　　　　　　　日期：", style=FIELDS)
    return sheet.finish()


def _head(said: ClockSheet) -> Iterator[str]:
    clock, period = said.clock, said.clock.period
    yield f"案件：{said.file_title}"
    for order in said.orders:
        yield f"用于答复：{order}"
    yield f"期限：{clock_called(clock)}"
    if period.id:
        moves = "" if period.unit is Unit.WORKING_DAY else _moves(rollover=period.rollover)
        yield f"规则：{period.title}，{period.length}{period.unit.label}{moves}"
    unsure = "" if period.certainty is Certainty.VERIFIED else f"（{period.certainty.label}）"
    yield f"依据：{period.source}{unsure}"
    yield "，".join(filter(None, (f"起算：{day_in_words(clock.started_on)}", period.starts_from)))
    for stop in clock.stops:
        until = f"至{day_in_words(stop.until)}" if stop.until else "起，尚未恢复"
        yield f"停计：{day_in_words(stop.since)}{until}，{stop.reason}"
    for each in said.extensions:
        approved = f"{day_in_words(each.approved_on)}批准（{each.approved_by}）"
        yield f"延长：{each.days}{period.days_called}，{approved}，理由：{each.reason}"
    yield f"届满：{_end(clock)}"
    yield f"情况：截至{day_in_words(said.today)}，{state_in_words(clock, said.today, said.holidays)}"
    if not clock.is_certain:
        yield uncertainty(clock)


def _moves(*, rollover: bool) -> str:
    return "，末日逢休息日顺延" if rollover else "，末日逢休息日不顺延"


def _end(clock: Clock) -> str:
    if clock.ends_on is None:
        counted = f"已计{clock.count.counted}{clock.period.days_called}"
        return f"停计中，{counted}，尚余{clock.count.length - clock.count.counted}{clock.period.days_called}"
    return day_in_words(clock.ends_on)


def _is_out_of_the_ordinary(run: Run) -> bool:
    """Whether a calendar alone does not tell why these days count or do not."""
    return (bool(run.why) and not run.is_weekend) or run.first.kind is DayKind.MOVED


def _row(run: Run) -> Sequence[str]:
    return (run.days_in_words, str(run.length), run.kind_in_words, run.why)


def _weeks(days: Sequence[CountedDay]) -> Iterator[Sequence[str]]:
    """The days as a calendar, a week a row; what lies before the first and after the last day stays empty."""
    known = {each.day: each for each in days}
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    while monday <= days[-1].day:
        yield [_cell(known.get(monday + timedelta(days=each))) for each in range(7)]
        monday += timedelta(days=7)


def _cell(day: CountedDay | None) -> str:
    if day is None:
        return ""
    told = f"第{day.number}日" if day.kind is DayKind.COUNTED else _IN_A_CELL[day.kind]
    return f"{day.day.month}-{day.day.day}\n{told}"
