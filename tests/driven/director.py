"""What the director asks while standing there: who is missing tomorrow, why this one, who carried most weekends."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tests.driven.desk_steps import Clerk, gone, open_case
from tests.driven.driver import wait_for
from tests.driven.month_grid import Duty, printed, show_month

WEEKEND = "周末"
A_MINUTE = 60


@contextmanager
def within_a_minute(question: str) -> Iterator[None]:
    """The window has answered before a minute is over."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < A_MINUTE, question


def who_is_missing_tomorrow(clerk: Clerk, lost: Duty) -> None:
    """今日 says that nobody is at the post of a lost shift; so does 排班 while it shows the month of that day."""
    with within_a_minute("明天哪个岗空着"):
        clerk.page("今日")
        empty = clerk.window.find("empty_posts")
        wait_for(lambda: _lines_of(empty.lines, lost), f"{lost.post} to be empty {lost.when}")
        clerk.picture("今日空岗")
    [(when, _, missing)] = _lines_of(empty.lines, lost)
    assert when.startswith(("明天", "后天", lost.when.partition("（")[0])), when
    assert missing == "缺1人", missing
    with within_a_minute("明天哪个岗空着，看排班"):
        show_month(clerk, date.today())
        told = clerk.window.look_for(id="tomorrow_text")
        clerk.picture("排班明天")
    if lost.day.month == date.today().month:
        assert told is not None
        assert lost.when.partition("（")[0] in told.text, told.text
        assert f"{lost.post}1人" in told.text.partition(lost.half)[2], told.text


def _lines_of(lines: list[list[str]], lost: Duty) -> list[list[str]]:
    """Of the empty posts, the one that was lost: the first of that post on that half of the day is the next one."""
    return [line for line in lines if line[0].endswith(lost.half) and line[1] == lost.post][:1]


def why_this_one(clerk: Clerk, visitor: str, name: str, why: str) -> None:
    """案件, then 概况: the line of the assignment, and the order as it stood when the case was given."""
    with within_a_minute("这个案件为什么派给他"):
        open_case(clerk, visitor)
        told = clerk.window.find("mediators_text").text
        clerk.window.find("facts_area").scroll_down_to(clerk.window.find("call_out_button"))
        clerk.picture("概况为什么")
        clerk.window.find("why_button").press()
        dialog = clerk.dialog("为什么")
        chosen = dialog.find("chosen_text").text
        clerk.picture("为什么是他")
    assert f"{name}　主持调解" in told, told
    assert "次序第2，" in told, told
    assert f"没有选首位：{why}" in told, told
    assert f"{name}：排第2位" in chosen, chosen
    assert f"没有选首位的原因：{why}" in chosen, chosen
    order = dialog.find("ranking_lines").lines
    assert [line[0] for line in order[:3]] == ["1", "2", "3"], order
    assert order[1][1] == name, order
    dialog.find("close_button").press()
    gone(dialog)


def who_carried_most_weekends(clerk: Clerk) -> None:
    """台账 begins with this quarter, sorted by weekends; the number opens into the half-days."""
    with within_a_minute("本季度谁值周末最多"):
        clerk.page("调解员")
        clerk.window.find("show_ledger").press()
        dialog = clerk.dialog("台账")
        summary = dialog.find("summary").text
        clerk.picture("台账")
    found = re.match(r"周末值班最多：(.+?)（(\d+)个半天）", summary)
    assert found, summary
    names, most = found[1].split("、"), int(found[2])
    numbers = dialog.find("numbers")
    column = numbers.headings.index(WEEKEND)
    people = numbers.lines[:-1]  # the last are the totals
    counts = [int(line[column]) for line in people]
    assert counts == sorted(counts, reverse=True), counts
    assert [line[0] for line in people if int(line[column]) == most] == names, names
    numbers.cell(0, column).double_click()
    entries = dialog.find("entries")
    wait_for(lambda: entries.rows == most, "the half-days behind the number")
    clerk.picture("台账明细")
    assert all("周六" in told or "周日" in told for _, told in entries.lines), entries.lines
    assert weekends_in_rosters(clerk, names[0]) == most, names
    dialog.find("close_button").press()
    gone(dialog)


def weekends_in_rosters(clerk: Clerk, name: str) -> int:
    """How many half-days at weekends somebody serves in this quarter, by the printed rosters."""
    today = date.today()
    first = today.month - (today.month - 1) % 3
    lines = [line for month in range(first, first + 3) for line in printed(clerk, date(today.year, month, 1))]
    posts = [post for line in lines if re.search("（周[六日]）", line) for post in line.split("  ")[1].split("；")]
    return sum(name in re.split("[：、]", post) for post in posts)  # who does not come is "name（缺1人）"
