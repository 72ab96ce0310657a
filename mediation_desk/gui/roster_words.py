"""What the roster page says of a month: how far it is proven, what state it is in, who is missing tomorrow."""

from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay
from mediation_desk.domain.roster_problem import Level, LevelName, Method
from mediation_desk.services.roster_view import RosterMonth, RosterShown

_REACHED = {LevelName.SHORTAGE: "缺{}人", LevelName.CHANGES: "改动{}个班次"}
"""What staff can read a number of; sums of squares say nothing to anybody."""

_ONLY_MANUAL = "手动改过，未证明"


def level_in_words(level: Level) -> str:
    """排满 已证明：缺0人."""
    reached = _REACHED.get(level.name)
    told = f"：{reached.format(level.value)}" if reached else ""
    if level.proven:
        return f"{level.name.label} 已证明{told}"
    gap = f"（与下界差{level.value - level.bound}）" if reached else ""
    return f"{level.name.label} 尚未证明最优{told}{gap}"


def progress_in_words(levels: Iterable[Level]) -> str:
    """How far a roster is while it is worked out."""
    done = "；".join(map(level_in_words, levels))
    return f"正在排班：{done}；正在算下一项…" if done else "正在排班…"


def state_in_words(month: RosterMonth) -> str:
    """Draft or published, how it was made, who is missing."""
    if month.draft is not None:
        return f"草案（{_how(month.draft)}）{_missing(month)}"
    if month.published is not None:
        return f"已发布第{month.published.version}版（{_published(month.published)}）{_missing(month)}"
    return "还没有排班"


def _how(roster: RosterShown) -> str:
    if roster.method is Method.GREEDY:
        return "简易排法，未证明最优"
    if roster.method is Method.SOLVER:
        return "自动排，已证明最优" if roster.proven else "自动排，未全部证明最优"
    return _ONLY_MANUAL


def _published(roster: RosterShown) -> str:
    if roster.published_at is None:
        return ""
    moment = f"{show_day(roster.published_at.date())} {show_time(roster.published_at.time())}"
    doubt = _how(roster) if roster.method is not None and not roster.proven else ""
    return "，".join(filter(None, (f"{moment} {roster.published_by}".strip(), doubt)))


def _missing(month: RosterMonth) -> str:
    short = sum(people for (half_day, _), people in month.short.items() if half_day not in month.past)
    return f"，还缺{short}人次" if short else "，没有缺口"


def next_open_day(month: RosterMonth, today: date) -> date | None:
    """The next day after `today` that is open at least half, as far as the month shows."""
    return min((half_day.day for half_day in month.open if half_day.day > today), default=None)


def day_in_short_words(month: RosterMonth, day: date, today: date) -> str:
    """Which posts are empty on a day: 明天11月24日（周二）：上午缺律师1人；下午不缺。"""
    name = {1: "明天", 2: "后天"}.get((day - today).days, "下一个开放日")
    head = f"{name}{day.month}月{day.day}日（周{WEEKDAY_LABELS[day.weekday()]}）"
    if month.draft is None and month.published is None:
        return f"{head}：还没有排班。"
    halves = [HalfDay(day, half) for half in Half]
    told = [f"{each.half.label}{shortage_in_words(month, each)}" for each in halves if each in month.open]
    return f"{head}：{'；'.join(told)}{'（按草案）' if month.draft else ''}。"


def shortage_in_words(month: RosterMonth, half_day: HalfDay) -> str:
    """缺律师1人、信访1人."""
    missing = [
        f"{post.name}{month.short[half_day, post.id]}人"
        for post in month.posts
        if post.id is not None and (half_day, post.id) in month.short
    ]
    return f"缺{'、'.join(missing)}" if missing else "不缺"


def is_short_on(month: RosterMonth, day: date) -> bool:
    return any(half_day.day == day for half_day, _ in month.short)
