"""The commands for encryption: how it stands, turn it on and off, a new sheet, another key.

Whoever changes something says the password once more (see `door.py`). The words of the sheet go into a PDF file or onto
the terminal.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mediation_desk.cli.at_the_desk import (
    act_here,
    load_packs,
    opened,
    refuse_to_overwrite,
    store_path,
    write_whole,
    writing,
)
from mediation_desk.cli.console import Console, Misused, say
from mediation_desk.cli.door import ask_password

if TYPE_CHECKING:
    from mediation_desk.domain.centre import User
    from mediation_desk.domain.recovery_words import RecoveryWords
    from mediation_desk.services.act import Act
    from mediation_desk.store.database import Database

_C = TypeVar("_C", bound=Callable[..., Any])


@click.group(cls=Console)
def encryption() -> None:
    """数据加密：查看、打开、换恢复单、换钥匙、取消。"""


def _makes_sheet(command: _C) -> _C:
    command = click.option("--show-words", is_flag=True, help="把恢复单上的词显示在屏幕上抄写。")(command)
    return click.option("--sheet", default="", metavar="FILE.pdf", help="把恢复单写成 PDF。")(command)


@encryption.command()
@click.pass_context
def status(context: click.Context) -> None:
    """数据是否加密，谁能打开，还有哪些未加密的旧文件。"""
    from mediation_desk.store import key_file
    from mediation_desk.store.left_behind import plain_copies

    path = store_path(context)
    if not key_file.is_encrypted(path):
        click.echo("未加密" if path.exists() else f"没有数据文件 {path}")
        return
    click.echo("已加密")
    for _, name in key_file.users(path):
        click.echo(f"能用口令打开：{name}")
    for copy in plain_copies(path):
        click.echo(f"未加密的旧文件：{copy}")


@encryption.command("on")
@_makes_sheet
@click.pass_context
def turn_it_on(context: click.Context, sheet: str, *, show_words: bool) -> None:
    """加密数据和以后的备份；旧的未加密备份在新备份做成以后清除。"""
    from mediation_desk.services.encryption import note_encryption, turn_on

    with _opened(context) as desk:
        words = _sheet_on_paper(desk, sheet, show_words=show_words)
        left = turn_on(desk.database, desk.act.rules, desk.act.at, desk.user, desk.password, words)
        desk.note(note_encryption, "加密数据")
    say("数据已加密。请把恢复单锁好。")
    if left:
        say(left)


@encryption.command("new-sheet")
@_makes_sheet
@click.pass_context
def make_new_sheet(context: click.Context, sheet: str, *, show_words: bool) -> None:
    """换一份恢复单；旧单作废，以前的备份仍用旧单。"""
    from mediation_desk.services.encryption import change_sheet, note_encryption

    with _opened(context) as desk:
        change_sheet(desk.database, _sheet_on_paper(desk, sheet, show_words=show_words))
        desk.note(note_encryption, "换恢复单")
    say("已换恢复单，旧单作废，请销毁。")


@encryption.command()
@_makes_sheet
@click.pass_context
def rekey(context: click.Context, sheet: str, *, show_words: bool) -> None:
    """用新钥匙重新加密；旧恢复单和其他人的口令作废。"""
    from mediation_desk.services.encryption import change_key, note_encryption

    with _opened(context) as desk:
        words = _sheet_on_paper(desk, sheet, show_words=show_words)
        change_key(desk.database, desk.act.rules, desk.act.at, desk.user, desk.password, words)
        desk.note(note_encryption, "换钥匙")
    say("已换钥匙。旧恢复单作废；请给其他人重新设口令。")


@encryption.command("off")
@click.option("--reason", required=True, metavar="TEXT", help="为什么取消加密，会记入日志。")
@click.pass_context
def turn_it_off(context: click.Context, reason: str) -> None:
    """取消加密：以后谁拿到数据文件都能看到全部内容。"""
    from mediation_desk.services.encryption import note_encryption, turn_off

    with _opened(context) as desk:
        turn_off(desk.database, desk.act.rules, desk.act.at)
        desk.note(note_encryption, f"取消加密：{reason}")
    say("数据已不加密。")


# ---- who does it


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """An open store, and somebody who came in and said the password once more."""

    database: "Database"
    act: "Act"
    user: "User"
    password: str

    def note(self, service: Callable[..., object], what: str) -> None:
        with writing(self.database, self.act, service) as records:
            service(records, self.act, what)


@contextmanager
def _opened(context: click.Context) -> Iterator[_Desk]:
    from mediation_desk.domain.rights import Right
    from mediation_desk.services.act import check
    from mediation_desk.services.encryption import confirm

    with opened(context) as database:
        act = act_here(database, load_packs())
        with database.reading() as records:
            check(records, act, Right.BACKUP)
            user = next(user for user in records.centre.get().users if user.id == act.by_id)
        password = _own_password(database, act, user)
        with writing(database, act, confirm) as records:
            verdict = confirm(records, act, password)
        verdict.insist()
        yield _Desk(database=database, act=act, user=user, password=password)


def _own_password(database: "Database", act: "Act", user: "User") -> str:
    """The password of this user; where nobody has one yet, the first one is chosen here."""
    from mediation_desk.services.passwords import has_passwords, set_own_password

    with database.reading() as records:
        guarded = has_passwords(records)
    if guarded:
        return ask_password("请再输一次口令，确认由您来做")
    password = ask_password(f"为{user.name}设一个口令", twice=True)
    with writing(database, act, set_own_password) as records:
        set_own_password(records, act, "", password)
    return password


def _sheet_on_paper(desk: _Desk, target: str, *, show_words: bool) -> "RecoveryWords":
    """New words, given out before anything relies on them."""
    from mediation_desk.store.key_file import fresh_words

    if bool(target) == show_words:
        raise Misused("请写明恢复单去哪里：--sheet 文件.pdf，或 --show-words 显示在屏幕上抄写。")
    words = fresh_words()
    if show_words:
        click.echo("\n".join(f"{number}  {' '.join(line)}" for number, line in enumerate(words.lines, start=1)))
        return words
    from mediation_desk.documents.recovery_sheet import recovery_sheet

    refuse_to_overwrite(target, force=False)
    with desk.database.reading() as records:
        centre = records.centre.get()
    pdf = recovery_sheet(centre.name, words, desk.act.today, is_practice=centre.is_practice)
    write_whole(target, pdf, force=False)
    say("见到这个文件的人就能打开全部数据：打印以后请把它删除。")
    return words
