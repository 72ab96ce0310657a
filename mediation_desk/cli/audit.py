"""The commands for the log: show it, write it to a file, and hold it against the records."""

from datetime import date
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.at_the_desk import act_here, load_packs, note, opened, refuse_to_overwrite, write_whole
from mediation_desk.cli.console import Command, Misused, say
from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.errors import NotFound, RuleBroken

if TYPE_CHECKING:
    from mediation_desk.services.act import Act
    from mediation_desk.store.audit_log import LogFilter
    from mediation_desk.store.database import Database

_TENTH = 0.1


@click.command(cls=Command)
@click.option("--since", default="", metavar="DAY", help="自哪一天，如 2026-11-01。")
@click.option("--until", default="", metavar="DAY", help="至哪一天。")
@click.option("--user", default="", metavar="NAME", help="只看这位使用者。")
@click.option("--kind", default="", metavar="KIND", help="只看一种，如 view、print、export、change。")
@click.option("--case", "case", default="", metavar="NUMBER", help="只看一个案件，未编号的写序号。")
@click.option("-o", "--output", "target", default="", metavar="FILE.xlsx", help="写成表格文件。")
@click.option("--force", is_flag=True, help="覆盖已有的文件。")
@click.pass_context
def audit(
    context: click.Context, since: str, until: str, user: str, kind: str, case: str, target: str, *, force: bool
) -> None:
    """操作日志：谁在什么时候、在哪台电脑上做了什么；最新的在前。"""
    if kind and kind not in list(AuditKind):
        raise Misused(f"没有种类“{kind}”，应为 {'、'.join(AuditKind)} 之一。")
    first, last = _day(since), _day(until)
    if target:
        refuse_to_overwrite(target, force=force)
    with opened(context) as database:
        act = act_here(database, load_packs())
        wanted = _wanted(database, first, last, user, kind, case)
        if target:
            _export(database, act, wanted, target, force=force)
        else:
            _show(database, act, wanted)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Misused(f"看不懂日期“{text}”，请写成 2026-11-25 的样子。") from error


def _wanted(
    database: "Database", since: date | None, until: date | None, user: str, kind: str, case: str
) -> "LogFilter":
    from mediation_desk.store.audit_log import LogFilter

    with database.reading() as records:
        users = {each.name: each.id for each in records.centre.get().users}
        if user and user not in users:
            raise NotFound(f"没有使用者“{user}”。")
        case_id = records.audit.case_id_of(case) if case else None
    return LogFilter(since=since, until=until, by_id=users.get(user), kind=kind, case_id=case_id)


def _export(database: "Database", act: "Act", wanted: "LogFilter", target: str, *, force: bool) -> None:
    from mediation_desk.services.audit import note_export
    from mediation_desk.services.audit_log import log_workbook

    with database.reading() as records:
        content = log_workbook(records, act, wanted)
    write_whole(target, content, force=force)
    note(database, act, note_export, "操作日志", wanted.case_id)


def _show(database: "Database", act: "Act", wanted: "LogFilter") -> None:
    from mediation_desk.services.audit_log import AT_A_TIME, look_at_log

    before = None
    while True:
        with database.reading() as records:
            lines = look_at_log(records, act, wanted, before)
        for line in lines:
            at = f"{line.at:%Y-%m-%d %H:%M:%S}" if line.at else "（未记录）"
            said = (str(line.no), at, line.who, line.kind.label, line.what, line.case_called, line.origin)
            click.echo("  ".join(filter(None, said)))
        if len(lines) < AT_A_TIME:
            return
        before = lines[-1].no


def verify_store(context: click.Context) -> None:
    """Hold the log against itself and the records against the log. Raises `RuleBroken` that names what does not fit."""
    from mediation_desk.domain.errors import Fault
    from mediation_desk.services.audit_log import anchors_of, misfits_in_words, note_verified
    from mediation_desk.store.audit import verify

    told = 0.0

    def tell(done: float) -> None:
        nonlocal told
        if done >= told + _TENTH:
            told = done
            say(f"已核验 {done:.0%}")

    with opened(context) as database:
        act = act_here(database, load_packs())
        with database.reading() as records:
            misfits_in_words(records, act, [])  # whoever may not read the log is refused before it takes long
        misfits = verify(database, anchors=anchors_of(database), progress=tell)
        with database.reading() as records:
            sentences = misfits_in_words(records, act, misfits)
        note(database, act, note_verified, act, len(misfits))
    if sentences:
        raise RuleBroken(*(Fault(sentence) for sentence in sentences))
    click.echo("核验完毕：日志前后相接，数据与日志一致。")
