"""What the commands share: the store, the rules, who acts, and files that are written whole or not at all."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mediation_desk.cli.console import say
from mediation_desk.cli.door import first_or_named, open_here, store_path, wanted
from mediation_desk.domain.errors import CannotSave

if TYPE_CHECKING:
    from mediation_desk.domain.rules import Rules
    from mediation_desk.services.act import Act
    from mediation_desk.store.database import Database
    from mediation_desk.store.records import Records

__all__ = ["store_path"]

_C = TypeVar("_C", bound=Callable[..., Any])


def load_packs() -> "Rules":
    from mediation_desk.exchange.rule_packs import load_rules
    from mediation_desk.resources import resource
    from mediation_desk.store.places import rules_folder

    return load_rules(resource("rules"), rules_folder())


@contextmanager
def opened(context: click.Context) -> "Iterator[Database]":
    """The store, with somebody in it who may be there (see `door.py`)."""
    from mediation_desk.documents.font_files import look_also_in
    from mediation_desk.store.places import fonts_folder

    look_also_in(fonts_folder())
    database = open_here(context, load_packs())
    try:
        yield database
    finally:
        database.close()


def act_of_user(records: "Records", rules: "Rules") -> "Act":
    """An act of who came in; where nobody logs in, of the one who was named, else of the first."""
    from mediation_desk.services.act import act_of
    from mediation_desk.services.own_rules import rules_here

    centre, said = records.centre.get(), wanted(click.get_current_context())
    user = next((user for user in centre.users if user.uid == said.uid), None) or first_or_named(said, centre.users)
    return act_of(centre, user, datetime.now(), rules_here(records, rules))


def act_here(database: "Database", rules: "Rules") -> "Act":
    """An act of whoever acts in this store."""
    with database.reading() as records:
        return act_of_user(records, rules)


@contextmanager
def writing(database: "Database", act: "Act", service: Callable[..., Any]) -> "Iterator[Records]":
    """One step of `act`; the log names it after its service, and where it was done after this PC."""
    from platform import node

    from mediation_desk.services.audit import doing

    with database.writing(doing=doing(act, service, node()), sight=act.sight) as records:
        yield records


def note(database: "Database", act: "Act", service: Callable[..., object], *what: Any) -> None:
    """Log that something was shown or written to a file; in a store that is only read nothing can be logged."""
    if not database.read_only:
        with writing(database, act, service) as records:
            service(records, *what)


def refuse_to_overwrite(target: str, *, force: bool) -> None:
    if target != "-" and Path(target).exists() and not force:
        raise CannotSave(f"文件“{target}”已经存在，没有改动它。请换一个文件名，或加上 --force 覆盖。")


def write_whole(target: str, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; `-` is the standard output."""
    if target == "-":
        sys.stdout.buffer.write(content)
        return
    refuse_to_overwrite(target, force=force)
    path = Path(target)
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise CannotSave(f"文件“{target}”写不进去（{error.strerror}）。请换一个可写的位置。") from error
    say(f"已写入 {target}")


def writes_file(command: _C) -> _C:
    """Options of every command that writes a file."""
    command = click.option("--force", is_flag=True, help="覆盖已有的文件。")(command)
    return click.option("-o", "--output", "target", required=True, metavar="FILE", help="写到哪个文件；- 为标准输出。")(
        command
    )


def may_tell_json(command: _C) -> _C:
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON。")(command)


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
