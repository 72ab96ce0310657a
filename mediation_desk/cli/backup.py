"""The commands for back-ups: make one, list those that are there, rehearse the emergency."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.at_the_desk import act_here, json_text, load_packs, may_tell_json, note, opened, store_path
from mediation_desk.cli.console import Console, say
from mediation_desk.domain.errors import CannotRead

if TYPE_CHECKING:
    from mediation_desk.services.act import Act
    from mediation_desk.store.backup import Backup
    from mediation_desk.store.database import Database


@click.group(cls=Console, invoke_without_command=True)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="备份到这个文件夹，不清理旧的。"
)
@click.pass_context
def backup(context: click.Context, folder: Path | None) -> None:
    """备份数据到备份文件夹和第二备份位置，按规则清理旧备份；list 列出，rehearse 演练。"""
    if context.invoked_subcommand is not None:
        return
    from mediation_desk.domain.thinning import BackupReason
    from mediation_desk.services.backup import back_up_now

    packs = load_packs()
    with opened(context) as database:
        act = act_here(database, packs)
        if folder is not None:
            made = _to(database, act, folder)
        else:
            done = back_up_now(database, act.rules, BackupReason.ASKED, act.at, pause=0)
            made = done.backup
            if done.trouble:
                say(done.trouble)
    say(f"已备份 {made.path}")


def _to(database: "Database", act: "Act", folder: Path) -> "Backup":
    """A copy that leaves the usual places: only for whoever keeps the back-ups, and told in the log."""
    from mediation_desk.domain.rights import Right
    from mediation_desk.domain.thinning import BackupReason
    from mediation_desk.services.act import check
    from mediation_desk.services.audit import note_export
    from mediation_desk.store.backup import back_up

    with database.reading() as records:
        check(records, act, Right.BACKUP)
    note(database, act, note_export, f"整份数据的备份，到{folder}")
    return back_up(database, folder, reason=BackupReason.ASKED, now=act.at, pause=0)


@backup.command("list")
@may_tell_json
@click.pass_context
def list_all(context: click.Context, *, as_json: bool) -> None:
    """列出备份，新的在前；数据文件打不开时也能用。"""
    from mediation_desk.store.backup_places import all_backups

    there = all_backups(store_path(context))
    if as_json:
        click.echo(json_text([_told(each) for each in there]))
        return
    if not there:
        say("还没有备份。")
    for each in there:
        reason = each.reason.label if each.sha256 else "没有清单"
        mark = "加密" if each.encrypted else "未加密"
        click.echo(f"{each.made_at:%Y-%m-%d %H:%M}  {reason}  {each.size // 1024} KB  {mark}  {each.path}")


def _told(each: "Backup") -> dict[str, object]:
    return {
        "file": str(each.path),
        "made_at": each.made_at.isoformat(),
        "reason": each.reason.value,
        "size": each.size,
        "sha256": each.sha256,
        "encrypted": each.encrypted,
        "revision": each.revision,
        "audit_no": each.audit_no,
    }


@backup.command()
@click.pass_context
def rehearse(context: click.Context) -> None:
    """演练：把最近的备份恢复到临时文件夹，检查、打印一件文书再删除；不通过时退出码为 1。"""
    from mediation_desk.services.rehearsal import rehearse_newest

    packs = load_packs()
    with opened(context) as database:
        held = rehearse_newest(database, packs, act_here(database, packs).at, pause=0)
    if not held.passed:
        raise CannotRead(f"演练没有通过：{held.trouble}")
    say(f"演练通过：{held.file_name}，{held.counts.get('cases', 0)}个案件")
