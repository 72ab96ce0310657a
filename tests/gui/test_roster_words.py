"""What the roster page says of a month in words."""

from datetime import date

import pytest

from mediation_desk.domain.roster_problem import Level, LevelName
from mediation_desk.gui.roster_words import (
    day_in_short_words,
    is_short_on,
    level_in_words,
    next_open_day,
    progress_in_words,
    shortage_in_words,
    state_in_words,
)
from mediation_desk.services.roster_making import clear, place, publish
from tests.gui.rosters import MONTH, OFFICER, PM, Month, at

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level(LevelName.SHORTAGE, 0, 0, proven=True), "排满 已证明：缺0人"),
        (Level(LevelName.SHORTAGE, 3, 1, proven=False), "排满 尚未证明最优：缺3人（与下界差2）"),
        (Level(LevelName.CHANGES, 2, 2, proven=True), "少改 已证明：改动2个班次"),
        (Level(LevelName.TOTAL, 640, 640, proven=True), "均衡 已证明"),
        (Level(LevelName.TOTAL, 640, 600, proven=False), "均衡 尚未证明最优"),
    ],
)
def test_a_level_says_how_far_it_is_proven(level: Level, words: str) -> None:
    assert level_in_words(level) == words


def test_progress_names_what_is_done() -> None:
    assert progress_in_words(()) == "正在排班…"
    done = [Level(LevelName.SHORTAGE, 0, 0, proven=True), Level(LevelName.TOTAL, 1, 1, proven=True)]
    assert progress_in_words(done) == "正在排班：排满 已证明：缺0人；均衡 已证明；正在算下一项…"


def test_the_state_says_draft_or_published_and_who_is_missing(month: Month) -> None:
    assert state_in_words(month.look()) == "还没有排班"
    month.duty.draft(*(month.placing("卫和", day) for day in (24, 25)), month=MONTH)
    assert state_in_words(month.look()).startswith("草案（自动排，已证明最优），还缺")
    month.desk.do(publish, MONTH)
    assert state_in_words(month.look()).startswith("已发布第1版（2026-11-23 9:30 王窗口），还缺")
    month.desk.do(clear, MONTH, month.ids["卫和"], at(25))
    assert state_in_words(month.look()).startswith("草案（手动改过，未证明）")


def test_the_simple_way_is_never_called_proven(month: Month) -> None:
    month.duty.draft(month=MONTH)
    assert state_in_words(month.look()).startswith("草案（简易排法，未证明最优）")
    month.desk.do(publish, MONTH)
    assert state_in_words(month.look()).startswith("已发布第1版（2026-11-23 9:30 王窗口，简易排法，未证明最优）")


def test_tomorrow_is_told_post_by_post(month: Month) -> None:
    month.publish(month.placing(OFFICER, 24), month.placing("卫和", 24, PM))
    shown = month.look()
    day = next_open_day(shown, TODAY)
    assert day == date(2026, 11, 24)
    assert day_in_short_words(shown, day, TODAY) == "明天11月24日（周二）：上午缺调解员1人；下午不缺。"
    assert is_short_on(shown, day)
    assert shortage_in_words(shown, at(25)) == "缺调解员1人"


def test_the_next_open_day_is_called_by_how_far_it_is(month: Month) -> None:
    shown = month.look()
    assert day_in_short_words(shown, date(2026, 11, 25), TODAY) == "后天11月25日（周三）：还没有排班。"
    assert day_in_short_words(shown, date(2026, 11, 30), TODAY).startswith("下一个开放日11月30日（周一）")
    assert next_open_day(shown, date(2026, 11, 30)) is None


def test_a_draft_says_that_it_is_one(month: Month) -> None:
    month.desk.do(place, MONTH, month.ids["卫和"], at(24), month.main)
    told = day_in_short_words(month.look(), date(2026, 11, 24), TODAY)
    assert told.endswith("（按草案）。")
