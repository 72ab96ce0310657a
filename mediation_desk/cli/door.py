"""Comes in from the command line: which store, who works with it, and the password where it asks for one.

A password is asked for or stands in the environment variable MEDIATION_DESK_PASSWORD; it is never part of a command
line, which other people at the PC could read.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, TypeVar

import click

from mediation_desk.cli.console import Misused, say
from mediation_desk.domain.errors import CannotOpen, NotAllowed, NotFound

if TYPE_CHECKING:
    from mediation_desk.domain.centre import User
    from mediation_desk.domain.recovery_words import RecoveryWords
    from mediation_desk.domain.rules import Rules
    from mediation_desk.services.passwords import Verdict
    from mediation_desk.store.address import Address
    from mediation_desk.store.database import Database

PASSWORD = "MEDIATION_DESK_PASSWORD"

T = TypeVar("T")


@dataclass
class Wanted:
    """What was said before the command: the address of a store and somebody's name. `uid` is of who came in."""

    store: str = ""
    user: str = ""
    uid: str = ""


def wanted(context: click.Context) -> Wanted:
    """What was said before the command."""
    return context.find_root().ensure_object(Wanted)


def store_address(context: click.Context) -> "Address":
    from mediation_desk.store.address import read_address
    from mediation_desk.store.places import chosen_store

    said = wanted(context).store
    return read_address(said) if said else chosen_store()


def store_path(context: click.Context) -> Path:
    """The file of the store. Raises `CannotOpen` for one on a server."""
    address = store_address(context)
    if not isinstance(address, Path):
        raise CannotOpen("这个命令用于本机的数据文件，不能用于服务器上的共享数据。没有改动任何内容。")
    return address


def open_here(context: click.Context, packs: "Rules") -> "Database":
    """Open the store and let somebody in: by password where it has passwords, else whoever it is.

    Raises `WrongPassword`, `LockedOut`, `NotAllowed` (a password that must be changed first) or `CannotOpen`.
    """
    from mediation_desk.store.database import open_at

    address = store_address(context)
    if isinstance(address, Path) and _is_encrypted(address):
        return _open_encrypted(wanted(context), address, packs)
    database = open_at(address, password=None if isinstance(address, Path) else _server_password(address))
    try:
        _let_in(wanted(context), database, packs)
    except BaseException:
        database.close()
        raise
    return database


def ask_password(what: str, *, twice: bool = False) -> str:
    """The password from the environment, else typed unseen."""
    again = "再写一遍" if twice else False
    return os.environ.get(PASSWORD) or str(click.prompt(what, hide_input=True, confirmation_prompt=again, err=True))


def ask_words() -> "RecoveryWords":
    """The words of the recovery sheet, typed line by line. Raises `WrongWords` that names what is wrong."""
    from mediation_desk.domain.recovery_words import LINES
    from mediation_desk.store.key_file import word_list

    lines = [str(click.prompt(f"恢复单第{number}行", hide_input=True, err=True)) for number in range(1, LINES + 1)]
    return word_list().read_lines(lines)


def choose(said: Wanted, people: list[tuple[str, T]]) -> T:
    """The one of the name that was said; where there is but one, nobody needs to be named."""
    fitting = [one for each, one in people if said.user in {"", each}]
    names = "、".join(each for each, _ in people)
    if not fitting:
        raise NotFound(f"没有叫“{said.user}”的使用者。可以是：{names}。" if people else "没有人能登录这份数据。")
    if len(fitting) > 1:
        raise Misused(f"请用 --user 写明是谁：{names}。")
    return fitting[0]


def first_or_named(said: Wanted, users: "list[User]") -> "User":
    """Who acts where nobody logs in."""
    active = [user for user in users if user.active]
    if not active:
        raise NotFound("这份数据没有在用的使用者，不能操作。请先在窗口的设置中登记。")
    return choose(said, [(user.name, user) for user in active]) if said.user else active[0]


def _is_encrypted(path: Path) -> bool:
    from mediation_desk.store.key_file import is_encrypted

    return path.exists() and is_encrypted(path)


def _open_encrypted(said: Wanted, path: Path, packs: "Rules") -> "Database":
    from mediation_desk.services.entrance import open_file, people_of_file

    uid = choose(said, [(name, uid) for uid, name in people_of_file(path)])
    database, verdict = open_file(path, uid, ask_password("口令"), packs, node(), _now)
    try:
        _come_in(said, uid, verdict)
    except BaseException:
        database.close()
        raise
    return database


def _let_in(said: Wanted, database: "Database", packs: "Rules") -> None:
    from mediation_desk.services.entrance import Entrance

    with database.reading() as records:
        is_set_up = records.centre.find() is not None
    entrance = Entrance(database, packs, node(), _now)
    if is_set_up and entrance.is_guarded():
        uid = choose(said, [(name, uid) for uid, name in entrance.people()])
        _come_in(said, uid, entrance.judge(uid, ask_password("口令")))


def _come_in(said: Wanted, uid: str, verdict: "Verdict") -> None:
    if verdict.why_change:
        raise NotAllowed(f"{verdict.why_change}请在窗口里登录更改，或用命令 password。")
    if verdict.hint:
        say(verdict.hint)
    said.uid = uid


def _server_password(address: "Address") -> str | None:
    from mediation_desk.store.address import ServerAddress
    from mediation_desk.store.pc_keys import recall_password

    return recall_password(address) if isinstance(address, ServerAddress) else None


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
