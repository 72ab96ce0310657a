"""The console program: the desk without windows, for scripts, imports and practice data.

Exit codes: 0 done, 1 refused with a sentence, 2 used wrongly, 3 a defect (see the log). Only click is loaded at once;
each command loads what it needs. In a store the first active user acts.
"""

import errno
import io
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from mediation_desk import __version__
from mediation_desk.domain.errors import CannotSave, DeskError, FileRefused, NotFound, ReadOnly

if TYPE_CHECKING:
    from mediation_desk.domain.case import Case
    from mediation_desk.domain.rules import Rules
    from mediation_desk.services.act import Act
    from mediation_desk.store.cases import CaseRow
    from mediation_desk.store.database import Database
    from mediation_desk.store.records import Records

_C = TypeVar("_C", bound=Callable[..., Any])

REFUSED, MISUSED, DEFECT = 1, 2, 3
_AT_A_TIME = 500
_READER_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}

_HELP_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本。",
}


class _Help(click.HelpFormatter):
    """Puts click's own words on help pages into Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's signature
        super().write_usage(prog, args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …"), "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HELP_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _HELP_WORDS.get(text, text)) for term, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Help


class _Misused(click.UsageError):
    """Wrong use, told in Chinese."""


class _Command(click.Command):
    context_class = _Context


class _Console(click.Group):
    """The commands, with every ending told in a sentence."""

    context_class = _Context
    command_class = _Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            raise _Misused(f"没有命令“{args[0]}”。")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if error.errno not in _READER_GONE:
                raise
            return _let_go_of_output()
        return result

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run a command line and leave with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # Windows would write what its code page has, and fail on the rest
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        code = 0
        try:
            super().main(*args, **kwargs | {"standalone_mode": False})
        except click.UsageError as error:
            _say(_usage_sentence(error))
            code = MISUSED
        except click.Abort:
            _say("已取消，没有改动。")
            code = REFUSED
        except DeskError as error:
            _say(str(error))
            code = REFUSED
        except Exception:  # noqa: BLE001 - the last resort: one sentence, and the rest into the log
            _say(_log_defect())
            code = DEFECT
        sys.exit(code)


def _say(sentence: str) -> None:
    with suppress(OSError):
        click.echo(sentence, err=True)


def _usage_sentence(error: click.UsageError) -> str:
    """Tell what was wrong with the command line."""
    parameter = getattr(error, "param", None)
    option = " / ".join(parameter.opts) if isinstance(parameter, click.Option) else getattr(parameter, "metavar", "")
    if isinstance(error, _Misused):
        return error.format_message()
    if isinstance(error, click.MissingParameter):
        sentence = f"缺少“{option}”。"
    elif isinstance(error, click.NoSuchOption):
        sentence = f"没有选项“{error.option_name}”。"
    elif isinstance(error, click.BadParameter):
        sentence = f"“{option}”的值不对。"
    elif isinstance(error, click.BadOptionUsage):
        sentence = f"选项“{error.option_name}”后面缺少或多了内容。"
    else:
        sentence = "写多了内容。"
    return f"{sentence}用 --help 查看用法。"


def _let_go_of_output() -> None:
    """Whoever read our output has seen enough: point it elsewhere, so that Python's last flush does not complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log_defect() -> str:
    import logging

    from mediation_desk.logs import start_logging, stop_logging

    try:
        file = start_logging()
    except OSError:
        return "程序出错，这一步没有保存；日志也写不进去。请联系维护人员。"
    logging.getLogger("mediation_desk.cli").exception("the command ended in a defect")
    stop_logging()
    return f"程序出错，这一步没有保存。请把日志交给维护人员：{file}"


@click.group(cls=_Console, invoke_without_command=True)
@click.version_option(__version__, message="mediation-desk %(version)s")
@click.option("--store", type=click.Path(path_type=Path), metavar="PATH", help="数据文件（默认在用户数据文件夹）。")
@click.pass_context
def main(context: click.Context, store: Path | None) -> None:
    """调解工作台的命令行程序：不开窗口，做同样的事。"""
    context.obj = store
    if context.invoked_subcommand is None:
        raise _Misused(context.get_help())


def _store(context: click.Context) -> Path:
    from mediation_desk.store.places import desk_store

    path: Path | None = context.obj
    return path or desk_store()


def _rules() -> "Rules":
    from mediation_desk.exchange.rule_packs import load_rules
    from mediation_desk.resources import resource
    from mediation_desk.store.places import rules_folder

    return load_rules(resource("rules"), rules_folder())


@contextmanager
def _open(context: click.Context) -> "Iterator[Database]":
    from mediation_desk.store.database import open_store

    database = open_store(_store(context))
    try:
        yield database
    finally:
        database.close()


def _act(records: "Records", rules: "Rules") -> "Act":
    from mediation_desk.services.act import Act

    centre = records.centre.get()
    user = next((user for user in centre.users if user.active), None)
    if user is None or user.id is None or centre.id is None:
        raise NotFound("这份数据没有在用的使用者，不能操作。请先在窗口的设置中登记。")
    return Act(centre_id=centre.id, by_id=user.id, at=datetime.now(), rules=rules)


def _case_id(records: "Records", number: str) -> int:
    """The case of a number, or, for one that has none yet, of the id that `list` shows."""
    try:
        return records.cases.id_of_number(number)
    except NotFound:
        if not number.isdecimal():
            raise
        case_id = records.cases.get(int(number)).id
        assert case_id is not None
        return case_id


def _refuse_to_overwrite(target: str, *, force: bool) -> None:
    if target != "-" and Path(target).exists() and not force:
        raise CannotSave(f"文件“{target}”已经存在，没有改动它。请换一个文件名，或加上 --force 覆盖。")


def _write(target: str, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; `-` is the standard output."""
    if target == "-":
        sys.stdout.buffer.write(content)
        return
    _refuse_to_overwrite(target, force=force)
    path = Path(target)
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise CannotSave(f"文件“{target}”写不进去（{error.strerror}）。请换一个可写的位置。") from error
    _say(f"已写入 {target}")


def _target(command: _C) -> _C:
    """Options of every command that writes a file."""
    command = click.option("--force", is_flag=True, help="覆盖已有的文件。")(command)
    return click.option("-o", "--output", "target", required=True, metavar="FILE", help="写到哪个文件；- 为标准输出。")(
        command
    )


def _as_json(command: _C) -> _C:
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON。")(command)


def _number(command: _C) -> _C:
    return click.argument("number", metavar="NUMBER")(command)


@main.command()
@click.option("--centre", prompt="综治中心名称", help="综治中心名称。")
@click.option("--committee", prompt="人民调解委员会名称（与印章一致）", help="人民调解委员会名称（与印章一致）。")
@click.option("--short-name", prompt="编号用的简称", help="编号用的简称，如“东”。")
@click.option("--user", prompt="使用者姓名", help="第一位使用者姓名。")
@click.pass_context
def init(context: click.Context, centre: str, committee: str, short_name: str, user: str) -> None:
    """建立数据文件，登记综治中心、调委会和第一位使用者。"""
    from mediation_desk.domain.centre import Centre, Committee, User
    from mediation_desk.domain.uid import uuid7
    from mediation_desk.services.setting_up import set_up
    from mediation_desk.store.creation import new_store

    def uid() -> str:
        return uuid7(datetime.now(), secrets.token_bytes(10))

    path = _store(context)
    with new_store(path) as records:
        committees = [Committee(uid=uid(), name=committee.strip(), short_name=short_name.strip())]
        users = [User(uid=uid(), name=user.strip())]
        set_up(records, Centre(uid=uid(), name=centre.strip(), committees=committees, users=users))
    _say(f"已建立数据文件 {path}")


@main.command("import-case")
@click.argument("file", metavar="FILE.json")
@click.pass_context
def take_over(context: click.Context, file: str) -> None:
    """导入一个案件文件；有一处错误就什么也不导入。"""
    from mediation_desk.services.exchange import import_case

    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except FileNotFoundError:
        raise FileRefused(f"找不到文件“{file}”，没有导入。请检查路径。") from None
    except OSError as error:
        raise FileRefused(f"文件“{file}”读不出来（{error.strerror}），没有导入。请检查路径。") from error
    rules = _rules()
    with _open(context) as database:
        with database.writing() as records:
            case = import_case(records, _act(records, rules), content)
        click.echo(f"已导入：{case.number or '尚未编号'}（序号 {case.id}）")


@main.command("export-case")
@_number
@_target
@click.pass_context
def give_away(context: click.Context, number: str, target: str, *, force: bool) -> None:
    """把一个案件写成案件文件；不含保密备注和附件。"""
    from mediation_desk.services.exchange import export_case

    _refuse_to_overwrite(target, force=force)
    with _open(context) as database, database.reading() as records:
        content = export_case(records, _case_id(records, number))
    _write(target, content.encode(), force=force)


@main.command("list")
@click.option("--query", default="", metavar="WORDS", help="在编号、姓名、电话、证件号码、纠纷情况中查找。")
@click.option("--stage", default="", metavar="STAGE", help="只列某一阶段，如 accepted。")
@_as_json
@click.pass_context
def list_cases(context: click.Context, query: str, stage: str, *, as_json: bool) -> None:
    """列出案件，新的在前。"""
    from mediation_desk.domain.stage import Stage
    from mediation_desk.store.cases import CaseFilter

    if stage and stage not in list(Stage):
        raise _Misused(f"没有阶段“{stage}”，应为 {'、'.join(Stage)} 之一。")
    wanted = CaseFilter(query=query, stages=frozenset([stage] if stage else []))
    with _open(context) as database, database.reading() as records:
        ids = records.cases.ids(wanted)
        parts = (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))
        rows = (row for part in parts for row in records.cases.rows(part))
        if as_json:
            click.echo(_json([_plain_row(row) for row in rows]))
            return
        for row in rows:
            sides = f"{row.claimants} / {row.respondents}"
            click.echo(f"{row.id}  {row.number or '尚未编号'}  {Stage(row.stage).label}  {sides}")


def _plain_row(row: "CaseRow") -> dict[str, Any]:
    return row._asdict() | {"registered_at": row.registered_at.isoformat(timespec="seconds")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@main.command()
@_number
@_as_json
@click.pass_context
def show(context: click.Context, number: str, *, as_json: bool) -> None:
    """显示一个案件；不含保密备注。"""
    from mediation_desk.services.exchange import export_case

    with _open(context) as database, database.reading() as records:
        case_id = _case_id(records, number)
        case = records.cases.get(case_id)
        if as_json:
            click.echo(_json({"id": case_id, "stage": case.stage} | json.loads(export_case(records, case_id))))
        else:
            click.echo("\n".join(_described(case)))


def _described(case: "Case") -> Iterator[str]:
    from mediation_desk.domain.stage import Stage

    yield f"{case.number or '尚未编号'}  {Stage(case.stage).label}  {case.file_title()}"
    for party in case.parties:
        yield f"{party.side.label}：{party.name}"
    yield f"纠纷情况：{case.matter}"
    yield f"诉求：{case.demand}"
    for event in case.events:
        yield f"{event.happened_on}  {event.kind.label}  {event.text}".rstrip()


@main.command()
@_number
@_target
@click.pass_context
def agreement(context: click.Context, number: str, target: str, *, force: bool) -> None:
    """把最近一份协议写成 PDF。"""
    from mediation_desk.services.papers import papers_of

    def latest(case: "Case") -> tuple[str, int]:
        papers = [paper for paper in papers_of(case) if paper.code in ("D08", "D09")]
        if not papers:
            raise NotFound("这个案件还没有协议。")
        return papers[-1].code, papers[-1].no

    _draw(context, number, target, latest, force=force)


@main.command()
@_number
@click.argument("code", metavar="CODE")
@click.option("--no", default=0, metavar="NO", help="第几次调解或第几份协议；不写则为最近一次。")
@_target
@click.pass_context
def paper(context: click.Context, number: str, code: str, no: int, target: str, *, force: bool) -> None:
    """把一份文书写成 PDF，CODE 如 D03（申请书）、D04、D07、D08、D09。"""
    _draw(context, number, target, lambda _: (code.upper(), no), force=force)


def _draw(
    context: click.Context, number: str, target: str, which: "Callable[[Case], tuple[str, int]]", *, force: bool
) -> None:
    from mediation_desk.services.papers import draw_paper

    _refuse_to_overwrite(target, force=force)
    rules = _rules()
    with _open(context) as database, database.reading() as records:
        case_id = _case_id(records, number)
        code, no = which(records.cases.get(case_id))
        pdf = draw_paper(records, _act(records, rules), case_id, code, no)
    _write(target, pdf, force=force)


@main.command()
@click.option("--cases", type=click.IntRange(min=0), default=50, metavar="N", help="多少个案件。")
@click.option("--seed", "chance", default=1, metavar="S", help="同一个数生成同样的数据。")
@click.pass_context
def seed(context: click.Context, cases: int, chance: int) -> None:
    """生成练习数据；数据文件不存在时先建立一个练习用的。"""
    from mediation_desk.services import practice

    path, rules = _store(context), _rules()
    if not path.exists():
        practice.make_practice_store(path, rules, datetime.now(), cases=cases, chance=chance)
    else:
        with _open(context) as database, database.writing() as records:
            if not records.centre.get().is_practice:
                raise ReadOnly("这不是练习用的数据文件，没有改动它。请另选一个文件名。")
            practice.seed(records, _act(records, rules), cases, chance)
    _say(f"已生成{cases}个练习案件：{path}")
    if cases > practice.MOST_WITH_PAPERS:
        _say(f"一次超过{practice.MOST_WITH_PAPERS}个时不生成协议书文件，这些案件的协议书不能打印。")


if __name__ == "__main__":
    main()
