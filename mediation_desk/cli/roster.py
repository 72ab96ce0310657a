"""The command for duty rosters: show a month, work it out, publish it, check it, write it to a file."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.at_the_desk import (
    act_here,
    act_of_user,
    load_packs,
    note,
    opened,
    refuse_to_overwrite,
    write_whole,
    writing,
)
from mediation_desk.cli.console import Command, Misused, say
from mediation_desk.domain.errors import RuleBroken

if TYPE_CHECKING:
    from mediation_desk.domain.roster_problem import Level
    from mediation_desk.domain.rules import Rules
    from mediation_desk.services.roster_view import RosterMonth
    from mediation_desk.store.database import Database


_ENDINGS = (".pdf", ".xlsx", ".ics")


@click.command(cls=Command)
@click.argument("month", metavar="MONTH")
@click.option("--generate", is_flag=True, help="自动排班，存为草案。")
@click.option("--publish", "publishes", is_flag=True, help="发布草案。")
@click.option("--reason", default="", metavar="WORDS", help="发布新版的原因。")
@click.option("--check", "checks", is_flag=True, help="逐条核对硬性规则，有违反时退出码为 1。")
@click.option(
    "-o", "--output", "target", default="", metavar="FILE", help="写成文件：.pdf 上墙，.xlsx 表格，.ics 日历。"
)
@click.option("--force", is_flag=True, help="覆盖已有的文件。")
@click.pass_context
def roster(
    context: click.Context,
    month: str,
    reason: str,
    target: str,
    *,
    generate: bool,
    publishes: bool,
    checks: bool,
    force: bool,
) -> None:
    """一个月的排班：显示、自动排、发布、核对、写成文件。MONTH 如 2026-12。"""
    first = _month(month)
    if target:
        _check_ending(target)
        refuse_to_overwrite(target, force=force)
    from mediation_desk.services.audit import note_export

    rules = load_packs()
    with opened(context) as database:
        if generate:
            _generate(database, rules, first)
        if publishes:
            _publish(database, rules, first, reason)
        if checks:
            _check(database, rules, first)
        if target:
            write_whole(target, _content(database, rules, first, target), force=force)
            note(database, act_here(database, rules), note_export, f"排班表 {first:%Y-%m}")
        if not (generate or publishes or checks or target):
            _show(database, rules, first)


def _month(text: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise Misused(f"看不懂月份“{text}”，请写成 2026-12 的样子。")
    return date(int(found[1]), int(found[2]), 1)


def _check_ending(target: str) -> None:
    if Path(target).suffix.lower() not in _ENDINGS:
        raise Misused(f"不知道“{target}”该写成什么，请用 .pdf、.xlsx 或 .ics 结尾。")


def _generate(database: "Database", rules: "Rules", month: date) -> None:
    """Read, work out with nothing locked, and keep."""
    from mediation_desk.services.roster_making import keep_draft, problem_of
    from mediation_desk.services.roster_warnings import after_solving
    from mediation_desk.solver.relief import what_would_help
    from mediation_desk.solver.roster import solve_roster

    with database.reading() as records:
        act = act_of_user(records, rules)
        problem = problem_of(records, act, month)
    seconds = float(act.rules.setting("roster_seconds_a_level", act.today))
    solution = solve_roster(problem, on_level=_tell_level, seconds=seconds)
    with writing(database, act, keep_draft) as records:
        draft = keep_draft(records, act, month, solution)
    help_ = [relief.words for relief in what_would_help(problem, solution, seconds=seconds)]
    for sentence in after_solving(problem, solution, help_):
        say(sentence)
    proven = "，已证明最优" if solution.proven else ""
    click.echo(f"已排{len(draft.shifts)}个班次，存为第{draft.version}版草案{proven}")


def _tell_level(level: "Level") -> None:
    say(f"{level.name.label}：{'已证明最优' if level.proven else '尚未证明最优'}")


def _publish(database: "Database", rules: "Rules", month: date, reason: str) -> None:
    from mediation_desk.services.roster_making import publish
    from mediation_desk.services.roster_warnings import before_publishing, draft_in_words

    act = act_here(database, rules)
    with writing(database, act, publish) as records:
        told = before_publishing(records, act, month)
        if records.rosters.has_published(month):
            told += draft_in_words(records, act, month)
        published = publish(records, act, month, reason)
    for sentence in told:
        say(sentence)
    click.echo(f"已发布第{published.version}版")


def _check(database: "Database", rules: "Rules", month: date) -> None:
    from mediation_desk.services.roster_making import check_month

    with database.reading() as records:
        broken = check_month(records, act_of_user(records, rules), month)
    if broken:
        raise RuleBroken(*broken)
    click.echo("没有违反硬性规则")


def _content(database: "Database", rules: "Rules", month: date, target: str) -> bytes:
    from mediation_desk.services.roster_files import draw_wall, roster_calendar, roster_workbook

    ending = Path(target).suffix.lower()
    with database.reading() as records:
        act = act_of_user(records, rules)
        if ending == ".pdf":
            return draw_wall(records, act, month)
        return roster_workbook(records, act, month) if ending == ".xlsx" else roster_calendar(records, act, month)


def _show(database: "Database", rules: "Rules", month: date) -> None:
    from mediation_desk.services.roster_view import look_at_month

    with database.reading() as records:
        seen = look_at_month(records, act_of_user(records, rules), month)
    click.echo("\n".join(_described(seen)))


def _described(seen: "RosterMonth") -> Iterator[str]:
    head = seen.draft or seen.published
    yield f"{seen.month.year}年{seen.month.month}月  " + (
        f"第{head.version}版  {head.state.label}" if head else "还没有排班"
    )
    yield from seen.warnings
    if head is None:
        return
    names = {person.id: person.name for person in seen.people}
    for half_day in sorted(seen.open):
        parts = []
        for post in seen.posts:
            assert post.id is not None
            there = [
                names[person_id]
                for (person_id, when), shift in seen.shifts.items()
                if when == half_day and shift.post_id == post.id
            ]
            short = seen.short.get((half_day, post.id), 0)
            if there or short:
                parts.append(f"{post.name}：{'、'.join(there)}{f'（缺{short}人）' if short else ''}")
        yield f"{half_day.in_month}  {'；'.join(parts)}".rstrip()
