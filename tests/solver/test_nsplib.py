"""Public nurse rosters (NSPLib, Vanhoucke and Maenhout) on our model: every one is proven optimal within 30 seconds.

Runs where the environment variable MEDIATION_DESK_NSPLIB names the folder with `N30/*.nsp` and `Cases/*.gen`.
The reading is the strict one: nobody has an early shift the day after a late or a night shift.
"""

import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from mediation_desk.solver.model import Model

FOLDER = os.environ.get("MEDIATION_DESK_NSPLIB")
EARLY, LATE, NIGHT, FREE = range(4)

pytestmark = pytest.mark.skipif(FOLDER is None, reason="MEDIATION_DESK_NSPLIB names no folder with NSPLib files")


@pytest.mark.parametrize("case", [9, 10, 12, 14])
@pytest.mark.parametrize("file", range(1, 11))
def test_a_public_roster_is_proven_optimal(case: int, file: int) -> None:
    wards = Path(FOLDER or "")
    nurses = read_nurses(wards / "N30" / f"{file}.nsp")
    limits = read_limits(wards / "Cases" / f"{case}.gen")
    begun = time.perf_counter()
    value, roster = solve(nurses, limits)
    print(f"\nNSPLib N30/{file} case {case}: {value}, proven in {time.perf_counter() - begun:.2f} s")
    assert list(broken(nurses, limits, roster)) == []
    assert sum(nurses.costs[n][d][s] for n, days in enumerate(roster) for d, s in enumerate(days)) == value


class Nurses(NamedTuple):
    """`cover` by day and shift; `costs` by nurse, day and shift; the last shift is a day off."""

    cover: list[list[int]]
    costs: list[list[list[int]]]


class Limits(NamedTuple):
    """Pairs of least and most: working days, working days in a row, and for each shift in a row and in all."""

    days: tuple[int, int]
    row: tuple[int, int]
    shift_rows: list[tuple[int, int]]
    shift_days: list[tuple[int, int]]


def read_nurses(path: Path) -> Nurses:
    numbers = iter(int(word) for word in path.read_text(encoding="ascii").split())
    people, days, shifts = next(numbers), next(numbers), next(numbers)
    cover = [[next(numbers) for _ in range(shifts)] for _ in range(days)]
    return Nurses(cover, [[[next(numbers) for _ in range(shifts)] for _ in range(days)] for _ in range(people)])


def read_limits(path: Path) -> Limits:
    numbers = iter(int(word) for word in path.read_text(encoding="ascii").split())
    _, shifts = next(numbers), next(numbers)
    days, row = (next(numbers), next(numbers)), (next(numbers), next(numbers))
    each = [((next(numbers), next(numbers)), (next(numbers), next(numbers))) for _ in range(shifts)]
    return Limits(days, row, [rows for rows, _ in each], [total for _, total in each])


def solve(nurses: Nurses, limits: Limits) -> tuple[int, list[list[int]]]:
    """The least cost and, by nurse, the shift of each day."""
    model = Model()
    takes = [[[model.column() for _ in shifts] for shifts in days] for days in nurses.costs]
    for own in takes:
        for day in own:
            model.row(day, least=1, most=1)
        working = [day[:FREE] for day in own]
        model.row([column for day in working for column in day], *limits.days)
        for first in range(len(own) - limits.row[1]):
            model.row([c for day in working[first : first + limits.row[1] + 1] for c in day], most=limits.row[1])
        for shift, ((_, longest), (least, most)) in enumerate(zip(limits.shift_rows, limits.shift_days, strict=True)):
            model.row([day[shift] for day in own], least, most)
            for first in range(len(own) - longest):
                model.row([day[shift] for day in own[first : first + longest + 1]], most=longest)
        for today, tomorrow in pairwise(own):
            model.row([today[LATE], today[NIGHT], tomorrow[EARLY]], most=1)
    for number, wanted in enumerate(nurses.cover):
        for shift in (EARLY, LATE, NIGHT):
            model.row([own[number][shift] for own in takes], least=wanted[shift])
    costs = {
        takes[n][d][s]: cost
        for n, days in enumerate(nurses.costs)
        for d, shifts in enumerate(days)
        for s, cost in enumerate(shifts)
    }
    outcome = model.minimise(costs, seconds=30)
    assert outcome is not None
    assert outcome.proven
    roster = [[max(range(len(day)), key=lambda s: outcome.columns[day[s]]) for day in own] for own in takes]
    return outcome.value, roster


def broken(nurses: Nurses, limits: Limits, roster: list[list[int]]) -> Iterator[str]:
    """What the roster breaks, counted anew."""
    for day, wanted in enumerate(nurses.cover):
        for shift in (EARLY, LATE, NIGHT):
            if sum(own[day] == shift for own in roster) < wanted[shift]:
                yield f"day {day} shift {shift}"
    for nurse, own in enumerate(roster):
        works = "".join("-" if shift == FREE else "w" for shift in own)
        if not limits.days[0] <= works.count("w") <= limits.days[1] or "w" * (limits.row[1] + 1) in works:
            yield f"nurse {nurse} working days"
        shifts = "".join(map(str, own))
        for shift, (least, most) in enumerate(limits.shift_days):
            longest = limits.shift_rows[shift][1]
            if not least <= shifts.count(str(shift)) <= most or str(shift) * (longest + 1) in shifts:
                yield f"nurse {nurse} shift {shift}"
        if f"{LATE}{EARLY}" in shifts or f"{NIGHT}{EARLY}" in shifts:
            yield f"nurse {nurse} rest"
