"""The command for passwords: one's own is changed, or set anew by whoever holds the recovery sheet."""

from datetime import datetime
from pathlib import Path
from platform import node

import click

from mediation_desk.cli.at_the_desk import load_packs
from mediation_desk.cli.console import Command, say
from mediation_desk.cli.door import ask_password, ask_words, choose, store_address, store_path, wanted


@click.command(cls=Command)
@click.option("--with-sheet", is_flag=True, help="忘记了口令：用恢复单打开数据，重设口令。")
@click.pass_context
def password(context: click.Context, *, with_sheet: bool) -> None:
    """改自己的口令；忘记了的用恢复单重设。"""
    if with_sheet:
        _set_anew(context)
    else:
        _change(context)
    say("口令已改。")


def _change(context: click.Context) -> None:
    from mediation_desk.services.entrance import Entrance, open_file, people_of_file
    from mediation_desk.store.database import open_at
    from mediation_desk.store.key_file import is_encrypted

    address, packs = store_address(context), load_packs()
    if isinstance(address, Path) and address.exists() and is_encrypted(address):
        uid = choose(wanted(context), [(name, uid) for uid, name in people_of_file(address)])
        old = ask_password("现在的口令")
        database, _ = open_file(address, uid, old, packs, node(), datetime.now)
        entrance = Entrance(database, packs, node())
    else:
        database = open_at(address)
        entrance = Entrance(database, packs, node())
        uid = choose(wanted(context), [(name, uid) for uid, name in entrance.people()])
        old = ask_password("现在的口令")
    try:
        entrance.change_password(uid, old, _ask_new())
    finally:
        database.close()


def _set_anew(context: click.Context) -> None:
    from mediation_desk.services.entrance import Entrance, people_of_file
    from mediation_desk.store.database import open_store
    from mediation_desk.store.key_file import unlock_with_words

    path = store_path(context)
    uid = choose(wanted(context), [(name, uid) for uid, name in people_of_file(path)])
    database = open_store(path, unlock_with_words(path, ask_words()))
    try:
        Entrance(database, load_packs(), node()).set_anew(uid, _ask_new())
    finally:
        database.close()


def _ask_new() -> str:
    """Never from the environment: there stands the old one."""
    return str(click.prompt("新口令", hide_input=True, confirmation_prompt="再写一遍", err=True))
