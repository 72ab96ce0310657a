"""The month of the roster as somebody at the desk reads and walks it: who serves when, cell by cell, by keyboard."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from tests.driven.desk_steps import Clerk
from tests.driven.driver import press_keys, wait_for


class Duty(NamedTuple):
    """A shift as its cell says it: whose, when ("12月11日（周五）上午"), at which post; and where the cell is."""

    who: str
    when: str
    post: str
    day: date
    row: int

    @property
    def half(self) -> str:
        return self.when[-2:]


def first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def show_month(clerk: Clerk, month: date) -> None:
    """Turn to a month: this one or the next."""
    clerk.page("排班")
    title = clerk.window.find("month_title")
    today = date.today()
    press_keys("ctrl+t")
    wait_for(lambda: title.text == f"{today.year}年{today.month}月", "this month")
    if month > today:
        press_keys("ctrl+Next")
    wait_for(lambda: title.text == f"{month.year}年{month.month}月", f"the month {month:%Y-%m}")


def duties_on(clerk: Clerk, day: date) -> list[Duty]:
    """Who serves on a day, as the cells say; those who will not come are left out."""
    grid = clerk.window.find("half_days")
    found = []
    for column in _columns_of(day):
        for row in range(grid.rows):
            said = re.fullmatch(r"(.+?) (\d+月\d+日（周.）[上下]午)：([^；]+)；.*排.*", grid.cell(row, column).name)
            if said and "没有人上" not in said[0]:
                found.append(Duty(said[1], said[2], said[3], day, row))
    return found


def first_duty(clerk: Clerk, since: date, *, but: str = "") -> Duty:
    """The first shift from a day of the shown month on; of anybody but the one named."""
    day = since
    while day.month == since.month:
        for duty in duties_on(clerk, day):
            if duty.who != but:
                return duty
        day += timedelta(days=1)
    raise AssertionError(f"nobody serves from {since} on")


def go_to(clerk: Clerk, duty: Duty) -> None:
    """Walk to a cell with the arrow keys, and read below the grid that it is the one."""
    grid = clerk.window.find("half_days")
    grid.focus()
    column = _columns_of(duty.day)[duty.half == "下午"]
    press_keys("ctrl+Home", *["Down"] * duty.row, *["Right"] * column)
    said = clerk.window.find("cell_text")
    wait_for(lambda: said.text == grid.cell(duty.row, column).name, f"the cell of {duty.who} {duty.when}")


def state_has(clerk: Clerk, words: str) -> str:
    """Wait for what the roster says of itself."""
    state = clerk.window.find("state_text")
    wait_for(lambda: words in state.text, f"a roster that is “{words}”")
    return state.text


def printed(clerk: Clerk, month: date) -> list[str]:
    """The roster of a month as the console program prints it: one line for each open half-day."""
    lines: list[str] = clerk.records("roster", f"{month:%Y-%m}").splitlines()
    return [line for line in lines if re.match(r"\d+月\d+日（周.）[上下]午  ", line)]


def _columns_of(day: date) -> tuple[int, int]:
    """Morning and afternoon."""
    return 2 * (day.day - 1), 2 * day.day - 1
