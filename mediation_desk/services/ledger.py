"""The ledger of all people from one day to another, month by month too, and what stands behind each of its numbers."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay, half_days
from mediation_desk.domain.ledger import (
    CALLS,
    CASES,
    DUTIES,
    Away,
    Difficulty,
    Duties,
    Ledger,
    LedgerLine,
    Terms,
    What,
    call_in_words,
    median_minutes,
    stand_ins,
)
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import half_days_there
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.working_days import add_months
from mediation_desk.services.act import Act, needs
from mediation_desk.services.calendar import opening
from mediation_desk.store.call_outs import CallRow
from mediation_desk.store.ledger import LeaveRow, PersonRow, SwapRow
from mediation_desk.store.records import Records

_FEN_A_YUAN = 100
_SATURDAY = 5


class Entry(NamedTuple):
    """One of the things a number counts. `case_id` opens the case, None where there is none."""

    day: date
    text: str
    case_id: int | None = None


@needs(Right.FIGURES)
def look_at_ledger(records: Records, act: Act, first: date, last: date) -> Ledger:
    """Everybody's numbers. People who were not there in the time, with nothing to show for it, are not in it."""
    read = _Read(records, act, first, last)
    cases = records.ledger.case_numbers(first, last, act.today, difficulty(act.rules, min(last, act.today)))
    lines = []
    for person in read.people:
        own, calls = read.duties[person.id], read.calls[person.id]
        answers = Counter(call.answer for call in calls)
        numbers = {what: len(own.counted(what, read.terms)) for what in DUTIES}
        numbers |= {what: sum(answers[each] for each in wanted) for what, wanted in CALLS.items()}
        numbers |= {what: cases.get((person.id, what), 0) for what in CASES}
        if any(numbers.values()) or _belongs(person, first, last):
            presence = Presence(person.presence).label
            minutes = median_minutes(calls)
            lines.append(LedgerLine(person.id, person.name, person.unit, presence, numbers, minutes))
    sums = {what: sum(line.number(what) for line in lines) for what in What}
    every = median_minutes(call for line in lines for call in read.calls[line.mediator_id])
    return Ledger(first, last, tuple(lines), LedgerLine(0, "合计", "", "", sums, every))


@needs(Right.FIGURES)
def lines_by_month(records: Records, act: Act, first: date, last: date) -> tuple[LedgerLine, ...]:
    """Everybody's numbers of each month, or of the part of it that lies in the time; the months of one person together.

    What is open is so at the end of each month: those numbers do not add up to the one of the whole time.
    """
    lines = [
        replace(line, month=begin.replace(day=1))
        for begin, end in months_between(first, last)
        for line in look_at_ledger(records, act, begin, end).lines
    ]
    order = {each.id: place for place, each in enumerate(records.ledger.people())}
    return tuple(sorted(lines, key=lambda line: order[line.mediator_id]))


def months_between(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first and last day of each month from `first` to `last`, which cut the first and the last of them."""
    while first <= last:
        following = add_months(first.replace(day=1), 1)
        yield first, min(last, following - timedelta(days=1))
        first = following


@needs(Right.FIGURES)
def entries(records: Records, act: Act, mediator_id: int | None, first: date, last: date, what: What) -> list[Entry]:
    """What one of somebody's numbers counts, or everybody's where `mediator_id` is None; the latest first."""
    read = _Read(records, act, first, last)
    people = [each for each in read.people if mediator_id in (None, each.id)]
    if what in CASES:
        found = list(_case_entries(records, act, people, first, last, what))
    elif what in CALLS:
        found = list(_call_entries(records, read, people, what))
    else:
        found = list(_duty_entries(read, people, what))
    named = mediator_id is None
    return [entry._replace(text=f"{name} {entry.text}" if named else entry.text) for _, name, entry in _latest(found)]


_Found = tuple[datetime, str, Entry]
"""When, whose, and what."""


def _latest(found: Iterable[_Found]) -> list[_Found]:
    return sorted(found, key=lambda each: (each[0], each[1]), reverse=True)


def _duty_entries(read: "_Read", people: Iterable[PersonRow], what: What) -> Iterator[_Found]:
    for person in people:
        own = read.duties[person.id]
        for slot in own.counted(what, read.terms):
            day, half = slot
            text = f"周{WEEKDAY_LABELS[day.weekday()]}{Half(half).label} {own.told(what, slot)}"
            yield datetime.combine(day, time(9 if half == Half.AM else 14)), person.name, Entry(day, text)


def _call_entries(records: Records, read: "_Read", people: Iterable[PersonRow], what: What) -> Iterator[_Found]:
    wanted = [(each, call) for each in people for call in read.calls[each.id] if call.answer in CALLS[what]]
    called = _called(records, (call.case_id for _, call in wanted))
    for person, call in wanted:
        text = " ".join(filter(None, (call_in_words(call), called.get(call.case_id or 0, ""))))
        yield call.called_at, person.name, Entry(call.called_at.date(), text, call.case_id)


def _case_entries(
    records: Records, act: Act, people: Sequence[PersonRow], first: date, last: date, what: What
) -> Iterator[_Found]:
    hard = difficulty(act.rules, min(last, act.today))
    one = people[0].id if len(people) == 1 else None
    rows = records.ledger.case_entries(what, first, last, act.today, hard, one)
    called = _called(records, (case_id for _, case_id, _ in rows))
    names = {each.id: each.name for each in people}
    for mediator_id, case_id, day in rows:
        entry = Entry(day, called.get(case_id, ""), case_id)
        yield datetime.combine(day, time.min), names[mediator_id], entry


def _called(records: Records, case_ids: Iterable[int | None]) -> dict[int, str]:
    wanted = sorted({each for each in case_ids if each is not None})
    return {row.id: row.called for row in records.cases.rows(wanted)} if wanted else {}


def difficulty(rules: Rules, day: date) -> Difficulty:
    """What makes a case complex that day (settings)."""
    yuan = rules.setting("complex_case_yuan", day)
    return Difficulty(rules.setting("complex_case_people", day), yuan * _FEN_A_YUAN)


def _belongs(person: PersonRow, first: date, last: date) -> bool:
    joined = person.joined_on is None or person.joined_on <= last
    return joined and (person.left_on is None or first < person.left_on)


@dataclass(frozen=True)
class _Read:
    """What is recorded of some days, by person. Numbers and entries come from here, so that they cannot differ."""

    records: Records
    act: Act
    first: date
    last: date

    @cached_property
    def people(self) -> list[PersonRow]:
        return self.records.ledger.people()

    @cached_property
    def names(self) -> dict[int, str]:
        return {each.id: each.name for each in self.people}

    @cached_property
    def calls(self) -> dict[int, list[CallRow]]:
        found: dict[int, list[CallRow]] = defaultdict(list)
        days = datetime.combine(self.first, time.min), datetime.combine(self.last, time.max)
        for call in self.records.call_outs.calls(*days):
            found[call.mediator_id].append(call)
        return found

    @cached_property
    def terms(self) -> Terms:
        unpopular = {each for each in self._half_days if self._opening.is_unpopular(each)}
        weekend = {each for each in self._half_days if each.day.weekday() >= _SATURDAY}
        return Terms(unpopular, weekend, HalfDay.of(self.act.at))

    @cached_property
    def duties(self) -> dict[int, Duties]:
        found = {each.id: Duties() for each in self.people}
        posts = {each.id: each.name for each in self.records.rosters.posts()}
        for mediator_id, post_id, day, half in self.records.ledger.shifts(self.first, self.last):
            found[mediator_id].planned[day, half] = posts[post_id]
        for mediator_id, came_at, left_at in self.records.ledger.comings(self.first, self.last):
            found[mediator_id].there.update(half_days_there(came_at, left_at))
        leaves = self.records.ledger.leaves(self.first, self.last)
        self._tell_of_leaves(found, leaves)
        stand_ins(found, self.names)
        for swap in self.records.ledger.swaps(self.first, self.last):
            self._tell_of_swap(found, swap)
        return found

    @cached_property
    def _opening(self) -> Opening:
        return opening(self.records, self.act, self.first, self.last)

    @cached_property
    def _half_days(self) -> list[HalfDay]:
        return list(half_days(HalfDay(self.first, Half.AM), HalfDay(self.last, Half.PM)))

    def _tell_of_leaves(self, found: dict[int, Duties], leaves: Iterable[LeaveRow]) -> None:
        """Of two leaves for one half-day the one recorded first counts, as in the fairness table."""
        labels = self.act.rules.table("absence_reason")
        people = {each.id: each for each in self.people}
        for leave in leaves:
            reason = f"（{labels.label(leave.reason)}）" if leave.reason else ""
            away = Away(f"{leave.kind.label}{reason}", leave.substitute_id)
            own, stand_in = found[leave.mediator_id], found.get(leave.substitute_id or 0)
            is_standing = people[leave.mediator_id].presence is Presence.STANDING
            for half_day in self._within(leave):
                own.away.setdefault(half_day, away)
                if stand_in and is_standing and self._comes_by_week(people[leave.mediator_id], half_day):
                    stand_in.stood_in_by_week[half_day] = f"代{people[leave.mediator_id].name}"

    def _within(self, leave: LeaveRow) -> list[HalfDay]:
        return self._half_days[bisect_left(self._half_days, leave.first) : bisect_right(self._half_days, leave.last)]

    def _comes_by_week(self, person: PersonRow, half_day: HalfDay) -> bool:
        meets = not person.weekly_pattern or half_day.in_week in person.weekly_pattern
        return meets and self._opening.is_open(half_day)

    def _tell_of_swap(self, found: dict[int, Duties], swap: SwapRow) -> None:
        handed_on = [(swap.asker_id, swap.taker_id, swap.day, swap.half)]
        if swap.back_day is not None and swap.back_half is not None:
            handed_on.append((swap.taker_id, swap.asker_id, swap.back_day, swap.back_half))
        for giver, taker, day, half in handed_on:
            if self.first <= day <= self.last:
                found[giver].swapped_away[day, half] = f"换给{self.names[taker]}"
                found[taker].swapped_in[day, half] = f"接自{self.names[giver]}"
