"""The ledger outside the program: as a workbook, and on paper; with who carries how much, and how many came (K18)."""

from datetime import date

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.ledger import MEANINGS, MEDIAN_CAPTION, MEDIAN_MEANING, LedgerLine, What
from mediation_desk.domain.rights import Right
from mediation_desk.exchange.workbook import Column, Table, Value, write_workbook
from mediation_desk.services.act import Act, needs
from mediation_desk.services.attendance import RATE_IN_WORDS, attendance_rate, rates_in_words
from mediation_desk.services.fairness import CAPTIONS, FAIR_IN_WORDS, fair_row, fairness_of
from mediation_desk.services.ledger import lines_by_month, look_at_ledger
from mediation_desk.store.records import Records

_PERSON = (Column("姓名", 12), Column("单位", 22), Column("驻点", 8))


@needs(Right.FIGURES)
def ledger_workbook(records: Records, act: Act, first: date, last: date) -> bytes:
    """The ledger as .xlsx: of the whole time, by month, who carries how much, who came, and what each number means."""
    ledger = look_at_ledger(records, act, first, last)
    heading = _heading(records, first, last)
    numbers = [*(Column(what.label, 8) for what in What), Column(MEDIAN_CAPTION, 10)]
    rows = [_row(line) for line in ledger.lines]
    months: list[list[Value]] = [[_month(line), *_row(line)] for line in lines_by_month(records, act, first, last)]
    return write_workbook(
        [
            Table("台账", heading, [*_PERSON, *numbers], rows, total=_row(ledger.total)),
            Table("分月", heading, [Column("月份", 9), *_PERSON, *numbers], months, columns_in_sight=2),
            _fairness_table(records, act, first, last),
            _rate_table(records, act, heading, first, last),
            _meanings_table(),
        ]
    )


@needs(Right.FIGURES)
def draw_ledger(records: Records, act: Act, first: date, last: date) -> bytes:
    """The ledger of the whole time as PDF, for the printer."""
    # ReportLab and the fonts cost a fifth of a second: loaded when a paper is wanted, not when the window opens.
    from mediation_desk.documents.ledger_sheet import draw_ledger_sheet

    ledger = look_at_ledger(records, act, first, last)
    captions = ["姓名", "单位", "驻点", *(what.label for what in What), MEDIAN_CAPTION]
    rows = [["" if value is None else str(value) for value in _row(line)] for line in (*ledger.lines, ledger.total)]
    fairness = fairness_of(records, act, first, last)
    told = [
        rates_in_words(attendance_rate(records, act, first, last)),
        RATE_IN_WORDS,
        f"{fairness.months_in_words}{''.join(fairness.sentences)}",
    ]
    notes = f"{What.DECLINED.label}：{MEANINGS[What.DECLINED]}。{MEDIAN_CAPTION}：{MEDIAN_MEANING}。"
    mark = "练习" if records.centre.get().is_practice else ""
    return draw_ledger_sheet(_heading(records, first, last), captions, rows[:-1], rows[-1], notes, mark, told)


def _fairness_table(records: Records, act: Act, first: date, last: date) -> Table:
    fairness = fairness_of(records, act, first, last)
    columns = [Column(caption, max(8, 2 * len(caption) + 2)) for caption in CAPTIONS]
    rows = [fair_row(line) for line in fairness.lines]
    return Table("均衡", fairness.months_in_words, columns, rows, notes=[*fairness.sentences, FAIR_IN_WORDS])


def _rate_table(records: Records, act: Act, heading: str, first: date, last: date) -> Table:
    columns = [Column("驻点", 10), Column("到岗、答复", 12), Column("应到、呼叫", 12), Column("到岗率", 10)]
    rates = attendance_rate(records, act, first, last)
    rows: list[list[Value]] = [[rate.presence.label, rate.done, rate.planned, rate.in_words] for rate in rates]
    return Table("到岗率", heading, columns, rows, notes=[RATE_IN_WORDS])


def _meanings_table() -> Table:
    meanings: list[list[Value]] = [[what.label, MEANINGS[what]] for what in What]
    meanings.append([MEDIAN_CAPTION, MEDIAN_MEANING])
    return Table("说明", "各项怎么算", [Column("项目", 16), Column("含义", 70)], meanings)


def _heading(records: Records, first: date, last: date) -> str:
    return f"{records.centre.get().name} 台账 {day_in_words(first)}至{day_in_words(last)}"


def _row(line: LedgerLine) -> list[Value]:
    minutes = None if line.median_minutes is None else round(line.median_minutes, 1)
    return [line.name, line.unit, line.presence, *(line.number(what) for what in What), minutes]


def _month(line: LedgerLine) -> str:
    return f"{line.month:%Y-%m}" if line.month else ""
