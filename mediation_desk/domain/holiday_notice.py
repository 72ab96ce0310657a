"""Reads a pasted notice of the State Council on the holidays of a year, or on a change to one of them.

A sentence is taken over whole or not at all. One that speaks of days and cannot be read is told word for word; one
that contradicts itself, the calendar or another (共5天 that are six, 星期六 that is a Sunday) is told with the reason.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.half_day import WEEKDAY_LABELS
from mediation_desk.domain.holiday_days import YEARLY, DayKind, DaySaid, said_of
from mediation_desk.domain.notice_text import HOLIDAY, Piece, head_of, is_mere_form, pieces_of, without_head
from mediation_desk.domain.rules import Holidays

_ONE_DAY = timedelta(days=1)
_LONGEST = 31
_MOST_LINES = 12
"""Over how many lines a sentence may be broken."""

_BROKEN_OFF = re.compile(r"[\d年月,、至]$|\([^)]*$")
"""How a line ends that goes on in the next one, even if it could be read as it is."""

_ITEM = re.compile(r"^(?:[(]?[一二三四五六七八九十]+[)、.]+|\d{1,2}[、.](?!\d))")
_NAMED = re.compile(
    rf"^((?:{HOLIDAY})(?:[、和](?:{HOLIDAY}))*|[^:,\d]{{2,30}}[节日](?=:))(?:假期|放假)?(?:安排|时间)?(?::|(?=\d)|$)"
)
_INTRODUCED = re.compile(r"^(?:其中[:,]?|即|将|特作如下(?:调休|调整)(?:安排)?:)+")
_COMMA = re.compile(r",(?![^(]*\))")
_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?")
_TO = re.compile(r"(至|到|[-—–~]+|[、和及])(?=\d)")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_OFF = re.compile(r"(?:全国|全体公民)?(?:放假调休|调休放假|放假公休|放假|调休|补休|休息)(?:(\d+)天)?")
_WORK = re.compile(r"(?:照常|正常)?上班")
_WORK_AGAIN = re.compile(r"起(?:恢复)?(?:照常|正常)?上班")
_REST_ANYWAY = re.compile(r"照常公休|为?公休日?|为(?:.{2,3}节)?法定节?假日")
_MOVED = re.compile(r"(?:[两三四]个)?公休日?(?:及.{2,3}节)?(?:分别)?调至")
_TOTAL = re.compile(r"共(?:计)?(\d+)天")
_WITH_WEEKEND = re.compile(r"与周末连休|不调休")
_EXTENDED = re.compile(rf"^延长(?:\d{{4}}年)?({HOLIDAY})假期至")


@dataclass(frozen=True)
class NoticeReading:
    """What a notice says. `year` and `issued_on` are None, `number` is "" where it does not say them.

    `unread` are the sentences that speak of days and could not be read; `faults` tells contradictions, a sentence
    each, with the words they stand in. None of their days are in `days`.
    """

    year: int | None
    number: str
    issued_on: date | None
    days: Mapping[date, DaySaid]
    unread: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The yearly holidays that it does not arrange."""
        arranged = {said.name for said in self.days.values() if said.kind is DayKind.OFF}
        return tuple(holiday for holiday in YEARLY if not any(holiday in name for name in arranged))


def read_notice(text: str, in_force: Holidays) -> NoticeReading:
    """Read a pasted text. `in_force` tells how long a holiday was that is extended, and what a change gives back."""
    head = head_of(text)
    if head.year is None:
        return NoticeReading(None, head.number, head.issued_on, {}, (), ("看不出是哪一年的安排。请连同标题一起粘贴。",))
    reader = _Reader(head.year, head.holiday, in_force)
    reader.read(list(pieces_of(text)))
    if not reader.days and not reader.unread and not reader.faults:
        reader.faults.append("没有读到放假或上班的日期。请粘贴通知全文。")
    days = reader.days | reader.given_back()
    return NoticeReading(
        head.year, head.number, head.issued_on, dict(sorted(days.items())), tuple(reader.unread), tuple(reader.faults)
    )


class _CannotRead(Exception):
    """The sentence is not of a form that is known."""


class _Contradiction(Exception):
    """The sentence cannot be true; the text says why."""


class _Clause(NamedTuple):
    """One part of a sentence between commas: the days it begins with, and what it says of them."""

    days: list[date]
    rest: str


@dataclass
class _Sentence:
    """What one sentence says, until it is known that all of it can be read.

    `before` is the day named last, `off` the days off of this holiday until now.
    """

    name: str
    before: date | None = None
    off: list[date] = field(default_factory=list)
    days: dict[date, DaySaid] = field(default_factory=dict)
    joins_weekend: bool = False

    def say(self, kind: DayKind, days: Iterable[date]) -> None:
        self.days |= {day: DaySaid(kind, self.name) for day in days}


class _Reader:
    """Goes through the pieces of a text; each holiday's heading counts for the sentences after it."""

    def __init__(self, year: int, holiday: str, in_force: Holidays) -> None:
        self.days: dict[date, DaySaid] = {}
        self.unread: list[str] = []
        self.faults: list[str] = []
        self._year = year
        self._first, self._end = date(year - 1, 12, 1), date(year, 12, 31)
        self._in_force = in_force
        self._extended: set[str] = set()
        self._last = _Sentence(holiday)

    def read(self, pieces: list[Piece]) -> None:
        while pieces:
            lines = self._lines_of_next_sentence(pieces)
            if lines == 0 and not is_mere_form(without_head(pieces[0].plain)):
                self.unread.append(pieces[0].pasted)
            pieces = pieces[max(lines, 1) :]

    def _lines_of_next_sentence(self, pieces: list[Piece]) -> int:
        """Read the sentence that begins here and return over how many pieces it goes, 0 if it cannot be read."""
        piece = pieces[0]
        for lines in range(1, min(_MOST_LINES, len(pieces)) + 1):
            try:
                self._sentence(piece)
            except _CannotRead:
                if piece.is_whole or lines == len(pieces):
                    return 0
                piece = piece.joined(pieces[lines])
            except _Contradiction as reason:
                self.faults.append(f"{reason}：“{piece.pasted}”")
                return lines
            else:
                return lines
        return 0

    # ---- sentences

    def _sentence(self, piece: Piece) -> None:
        """Take over what a sentence says, all of it. Raises `_CannotRead` or `_Contradiction` before anything is."""
        text = without_head(piece.plain)
        text = text[item.end() :] if (item := _ITEM.match(text)) else text
        if not piece.is_whole and _BROKEN_OFF.search(text):
            raise _CannotRead
        if is_mere_form(text):
            return
        sentence = _Sentence(self._last.name, self._last.before, list(self._last.off))
        text = _INTRODUCED.sub("", text)
        if named := _NAMED.match(text):
            sentence = _Sentence("、".join(re.findall(HOLIDAY, named[1])) or named[1])
            text = text[named.end() :]
        for clause in _COMMA.split(text):
            self._clause(_INTRODUCED.sub("", clause), sentence)
        if not sentence.name:
            raise _CannotRead
        self._check_against_others(sentence)
        self.days |= sentence.days
        self._last = sentence

    def _check_against_others(self, sentence: _Sentence) -> None:
        for day, said in sentence.days.items():
            before = self.days.get(day, said)
            if before.kind is not said.kind:
                raise _Contradiction(f"{_words(day)}又放假又上班")
            if before.name != said.name:
                raise _Contradiction(f"{_words(day)}已写在“{before.name}”下")

    # ---- clauses

    def _clause(self, text: str, sentence: _Sentence) -> None:
        if extended := _EXTENDED.match(text):
            self._extend(extended[1], text[extended.end() :], sentence)
            return
        clause = self._with_days(text, sentence)
        if not clause.days:
            self._clause_without_days(text, sentence)
        elif off := _OFF.fullmatch(clause.rest):
            if off[1] and int(off[1]) != len(clause.days):
                raise _Contradiction(f"写明放假{off[1]}天，实际数出{len(clause.days)}天")
            sentence.say(DayKind.OFF, clause.days)
            sentence.off += clause.days
            sentence.joins_weekend |= "补休" in clause.rest
        elif _WORK.fullmatch(clause.rest):
            self._work(clause.days, sentence)
        elif _WORK_AGAIN.fullmatch(clause.rest):
            self._work([day for day in clause.days if not self._works_anyway(day)], sentence)
        elif _REST_ANYWAY.fullmatch(clause.rest):
            self._check_rest(clause.days, sentence)
        elif moved := _MOVED.match(clause.rest):
            self._move(clause.days, clause.rest[moved.end() :], sentence)
        else:
            raise _CannotRead

    def _clause_without_days(self, text: str, sentence: _Sentence) -> None:
        if total := _TOTAL.fullmatch(text):
            self._check_total(int(total[1]), sentence)
        elif _WITH_WEEKEND.fullmatch(text):
            sentence.joins_weekend |= "连休" in text
            if sentence.joins_weekend and not any(_near_weekend(day) for day in sentence.off):
                raise _Contradiction("所写日期不与周末相连")
        elif not is_mere_form(text):
            raise _CannotRead

    def _work(self, days: list[date], sentence: _Sentence) -> None:
        """A weekend is worked, or a weekday that was off is given back."""
        for day in days:
            if self._works_anyway(day):
                raise _Contradiction(f"{_words(day)}本来就上班")
        sentence.say(DayKind.WORK, (day for day in days if day.weekday() > 4))
        sentence.say(DayKind.PLAIN, (day for day in days if day.weekday() < 5))

    def _works_anyway(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._in_force.days_off

    def _check_rest(self, days: list[date], sentence: _Sentence) -> None:
        """Weekends and statutory days that only explain a longer holiday must lie in it."""
        for day in days:
            if not self._is_off(day, sentence):
                raise _Contradiction(f"{_words(day)}不在所写的放假日期内")

    def _move(self, weekends: list[date], text: str, sentence: _Sentence) -> None:
        """Weekends are moved to weekdays of the holiday, and are worked unless they lie in it themselves."""
        target = self._with_days(text, sentence)
        if target.rest or not target.days:
            raise _CannotRead
        self._check_rest(target.days, sentence)
        sentence.say(DayKind.WORK, (day for day in weekends if not self._is_off(day, sentence)))

    def _is_off(self, day: date, sentence: _Sentence) -> bool:
        said = sentence.days.get(day) or self.days.get(day)
        return said is not None and said.kind is DayKind.OFF

    def _extend(self, name: str, text: str, sentence: _Sentence) -> None:
        """A holiday goes on to a later day: from its first day in force all days are off."""
        target = self._with_days(text, sentence)
        if target.rest or len(target.days) != 1:
            raise _CannotRead
        off = [day for day in self._window() if name in self._in_force.days_off.get(day, "")]
        last = target.days[0]
        if not off:
            raise _Contradiction(f"还没有{self._year}年{name}原来的放假安排，不知道从哪天起延长")
        if last < off[0]:
            raise _Contradiction(f"{_words(last)}早于{name}原来的第一天")
        sentence.name = name
        sentence.off = _every_day(off[0], last)
        sentence.say(DayKind.OFF, sentence.off)
        self._extended.add(name)

    def _check_total(self, total: int, sentence: _Sentence) -> None:
        """共3天 counts the days named; where they join a weekend it may count that as well."""
        days = set(sentence.off)
        if not days:
            raise _CannotRead
        if total != len(days) and not (sentence.joins_weekend and total == len(_with_weekends(days))):
            raise _Contradiction(f"写明共{total}天，实际数出{len(days)}天")

    # ---- days

    def _with_days(self, text: str, sentence: _Sentence) -> _Clause:
        """Read the days a clause begins with: one, a row (9月28日、10月11日) or from one to another."""
        days: list[date] = []
        joint = None
        while found := _DATE.match(text):
            day = self._day(found, sentence)
            if joint is None or joint[1] in "、和及":
                days.append(day)
            elif 0 < (day - days[-1]).days < _LONGEST:
                days += _every_day(days[-1] + _ONE_DAY, day)
            else:
                raise _Contradiction(f"{_words(days[-1])}至{_words(day)}不成一段假期")
            text = text[found.end() :]
            if (joint := _TO.match(text)) is None:
                break
            text = text[joint.end() :]
        return _Clause(days, text)

    def _day(self, found: re.Match[str], sentence: _Sentence) -> date:
        """Make a day of what is written; a missing month is that of the day named before, a missing year the nearest.

        Where no day was named before, New Year is near the first of January, everything else within the year.
        """
        if not found[2] and sentence.before is None:
            raise _CannotRead
        near = sentence.before or date(self._year, 1 if "元旦" in sentence.name else 7, 1)
        month, number = int(found[2] or near.month), int(found[3])
        years = [int(found[1])] if found[1] else [near.year - 1, near.year, near.year + 1]
        days = [day for year in years if (day := _date(year, month, number))]
        if not days:
            raise _Contradiction(f"没有{month}月{number}日这一天")
        day = min(days, key=lambda each: abs(each - near))
        if not self._first <= day <= self._end:
            raise _Contradiction(f"{day_in_words(day)}不在{self._year}年内")
        weekday = _WEEKDAY.search(found[4] or "")
        if weekday and WEEKDAY_LABELS.index(weekday[1].replace("天", "日")) != day.weekday():
            raise _Contradiction(f"{_words(day)}不是星期{weekday[1]}")
        sentence.before = day
        return day

    def _window(self) -> list[date]:
        """The days whose holidays this notice arranges: those of late December are the next one's."""
        return _every_day(self._first, date(self._year, 11, 30))

    def given_back(self) -> dict[date, DaySaid]:
        """Days in force under the name of a holiday that this notice arranges anew and no longer mentions."""
        anew = {part for said in self.days.values() if said.kind is DayKind.OFF for part in _parts(said.name)}
        anew -= self._extended
        plain = {}
        for day in self._window():
            said = said_of(day, self._in_force)
            counts = (said.kind is DayKind.OFF) == (day.weekday() < 5)
            if said.kind is not DayKind.PLAIN and counts and day not in self.days and anew & _parts(said.name):
                plain[day] = DaySaid(DayKind.PLAIN, said.name)
        return plain


def _parts(name: str) -> set[str]:
    return set(re.split("[、和]", name))


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _near_weekend(day: date) -> bool:
    """Whether a weekend lies on the day or beside it: everything but Tuesday, Wednesday and Thursday."""
    return day.weekday() not in (1, 2, 3)


def _with_weekends(days: set[date]) -> set[date]:
    """The days and the weekends that join them."""
    joined = set(days)
    for step in (_ONE_DAY, -_ONE_DAY):
        for day in days:
            while (day := day + step).weekday() > 4:
                joined.add(day)
    return joined


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _words(day: date) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAY_LABELS[day.weekday()]}）"
