"""The commands for days off: show a year, take in a notice of the State Council."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.at_the_desk import (
    act_here,
    act_of_user,
    json_text,
    load_packs,
    may_tell_json,
    opened,
    writing,
)
from mediation_desk.cli.console import Console, Misused, say
from mediation_desk.domain.errors import FileRefused
from mediation_desk.domain.half_day import WEEKDAY_LABELS
from mediation_desk.domain.holiday_days import DaySaid, said_of

if TYPE_CHECKING:
    from mediation_desk.domain.rules import Holidays
    from mediation_desk.services.holiday_notices import NoticePreview


@click.group(cls=Console)
def holidays() -> None:
    """放假和调休：查看一年，导入国务院的放假通知。"""


@holidays.command()
@click.argument("year", type=click.IntRange(2000, 2999), metavar="YEAR")
@may_tell_json
@click.pass_context
def show(context: click.Context, year: int, *, as_json: bool) -> None:
    """列出一年的放假日和调休上班日。"""
    with opened(context) as database, database.reading() as records:
        known = act_of_user(records, load_packs()).rules.holidays
    days = _days(known, year)
    if as_json:
        told = [{"day": day.isoformat(), "kind": said.kind.value, "name": said.name} for day, said in days]
        click.echo(json_text({"year": year, "confirmed": year in known.years, "days": told}))
        return
    click.echo(f"{year}年  {'已确认' if year in known.years else '未确认，暂按周一至周五'}")
    for day, said in days:
        click.echo(f"{_words(day)}  {said.kind.label}  {said.name}")


def _days(known: "Holidays", year: int) -> list[tuple[date, DaySaid]]:
    days = sorted(day for day in {*known.days_off, *known.make_up_days} if day.year == year)
    return [(day, said_of(day, known)) for day in days]


@holidays.command("import")
@click.argument("file", metavar="FILE")
@click.option("--issued-on", "issued", default="", metavar="DAY", help="发文日期，通知里没有时填写，如 2026-11-25。")
@click.option("--seen", is_flag=True, help="没有读懂的句子已经看过，照样采用。")
@click.option("--preview", "only_preview", is_flag=True, help="只显示会改变哪些日子，不采用。")
@click.pass_context
def take_in(context: click.Context, file: str, issued: str, *, seen: bool, only_preview: bool) -> None:
    """导入放假通知的文本文件（UTF-8，- 为标准输入）；有矛盾就什么也不采用。"""
    from mediation_desk.services.holiday_notices import import_notice, preview_notice

    text, issued_on, packs = _text(file), _issue_day(issued), load_packs()
    with opened(context) as database:
        with database.reading() as records:
            preview = preview_notice(records, act_of_user(records, packs), text, issued_on)
        _tell(preview)
        if only_preview:
            return
        act = act_here(database, packs)
        with writing(database, act, import_notice) as records:
            confirmed = preview.reading.unread if seen else ()
            notice = import_notice(records, act, text, issued_on, confirmed)
    say(f"已采用：{notice.year}年 {notice.number}".rstrip())


def _tell(preview: "NoticePreview") -> None:
    for change in preview.changes:
        click.echo(f"{_words(change.day)}  {change.before} → {change.after}")
    for sentence in preview.reading.unread:
        say(f"没有读懂：{sentence}")
    if not preview.changes and not preview.faults:
        say("没有要改变的日子。")


def _words(day: date) -> str:
    return f"{day} 周{WEEKDAY_LABELS[day.weekday()]}"


def _text(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise FileRefused(f"文件“{file}”读不出来（{error.strerror}），没有导入。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise FileRefused(f"文件“{file}”不是 UTF-8 文本，没有导入。请另存为 UTF-8 后再试。") from error


def _issue_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Misused(f"看不懂日期“{text}”，请写成 2026-11-25 的样子。") from error
