"""The commands. Each loads what it needs when it runs; in a store the first active user acts."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mediation_desk import __version__
from mediation_desk.cli.at_the_desk import (
    act_here,
    json_text,
    load_packs,
    may_tell_json,
    note,
    opened,
    refuse_to_overwrite,
    store_path,
    write_whole,
    writes_file,
    writing,
)
from mediation_desk.cli.audit import audit, verify_store
from mediation_desk.cli.backup import backup
from mediation_desk.cli.check import check
from mediation_desk.cli.console import Console, Misused, say
from mediation_desk.cli.door import Wanted
from mediation_desk.cli.encryption import encryption
from mediation_desk.cli.holidays import holidays
from mediation_desk.cli.init import init
from mediation_desk.cli.password import password
from mediation_desk.cli.roster import roster
from mediation_desk.domain.errors import FileRefused, NotFound, ReadOnly

if TYPE_CHECKING:
    from mediation_desk.domain.case import Case
    from mediation_desk.services.act import Act
    from mediation_desk.store.cases import CaseRow
    from mediation_desk.store.database import Database
    from mediation_desk.store.records import Records

_C = TypeVar("_C", bound=Callable[..., Any])
_AT_A_TIME = 500


@click.group(cls=Console, invoke_without_command=True)
@click.version_option(__version__, message="mediation-desk %(version)s")
@click.option("--store", default="", metavar="ADDRESS", help="数据文件或服务器地址（默认在用户数据文件夹）。")
@click.option("--user", default="", metavar="NAME", help="谁在操作（姓名）；口令另外询问，或放在环境变量里。")
@click.pass_context
def main(context: click.Context, store: str, user: str) -> None:
    """调解工作台的命令行程序：不开窗口，做同样的事。"""
    context.obj = Wanted(store, user)
    if context.invoked_subcommand is None:
        raise Misused(context.get_help())


main.add_command(roster)
main.add_command(holidays)
main.add_command(audit)
main.add_command(backup)
main.add_command(check)
main.add_command(encryption)
main.add_command(password)
main.add_command(init)


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


def _open_case(database: "Database", act: "Act", records: "Records", number: str, reason: str) -> int:
    """The case of a number. Of a closed one it is logged first why it is opened; see `disclosure.py`."""
    from mediation_desk.services.disclosure import is_closed_file, open_closed_file

    case_id = _case_id(records, number)
    if is_closed_file(records.cases.get(case_id)):
        if not reason.strip():
            raise Misused("案件已结案，查阅要写明理由：加上 --reason。")
        if database.read_only:
            open_closed_file(records, act, case_id, reason)
        else:
            with writing(database, act, open_closed_file) as logging:
                open_closed_file(logging, act, case_id, reason)
    return case_id


def _of_case(command: _C) -> _C:
    """What every command about one case is told."""
    command = click.option("--reason", default="", metavar="TEXT", help="查阅已结案件的理由，记入日志。")(command)
    return click.argument("number", metavar="NUMBER")(command)


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
    rules = load_packs()
    with opened(context) as database:
        act = act_here(database, rules)
        with writing(database, act, import_case) as records:
            case = import_case(records, act, content)
        click.echo(f"已导入：{case.number or '尚未编号'}（序号 {case.id}）")


@main.command("export-case")
@_of_case
@writes_file
@click.pass_context
def give_away(context: click.Context, number: str, target: str, *, reason: str, force: bool) -> None:
    """把一个案件写成案件文件；不含保密备注和附件。"""
    from mediation_desk.services.audit import note_export
    from mediation_desk.services.exchange import export_case

    refuse_to_overwrite(target, force=force)
    with opened(context) as database:
        act = act_here(database, load_packs())
        with database.reading(act.sight) as records:
            case_id = _open_case(database, act, records, number, reason)
            content = export_case(records, act, case_id)
        write_whole(target, content.encode(), force=force)
        note(database, act, note_export, "案件文件", case_id)


@main.command("list")
@click.option("--query", default="", metavar="WORDS", help="要查找的词和条件，写法同窗口的查找框。")
@click.option("--stage", default="", metavar="STAGE", help="只列某一阶段，如 accepted。")
@may_tell_json
@click.pass_context
def list_cases(context: click.Context, query: str, stage: str, *, as_json: bool) -> None:
    """列出案件，新的在前。"""
    from mediation_desk.domain.stage import Stage
    from mediation_desk.services.audit import note_export
    from mediation_desk.services.search import read_box
    from mediation_desk.store.cases import CaseFilter

    if stage and stage not in list(Stage):
        raise Misused(f"没有阶段“{stage}”，应为 {'、'.join(Stage)} 之一。")
    with opened(context) as database:
        act = act_here(database, load_packs())
        with database.reading(act.sight) as records:
            stages = frozenset([stage] if stage else [])
            ids = records.cases.ids(CaseFilter(query=read_box(records, act, query), stages=stages))
            parts = (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))
            rows = (row for part in parts for row in records.cases.rows(part))
            if as_json:
                click.echo(json_text([_plain_row(row) for row in rows]))
            else:
                for row in rows:
                    sides = f"{row.claimants} / {row.respondents}"
                    click.echo(f"{row.id}  {row.number or '尚未编号'}  {Stage(row.stage).label}  {sides}")
        note(database, act, note_export, f"案件清单 {len(ids)}件")


def _plain_row(row: "CaseRow") -> dict[str, Any]:
    return row._asdict() | {"registered_at": row.registered_at.isoformat(timespec="seconds")}


@main.command()
@_of_case
@may_tell_json
@click.pass_context
def show(context: click.Context, number: str, *, reason: str, as_json: bool) -> None:
    """显示一个案件；不含保密备注。"""
    from mediation_desk.services.audit import note_view
    from mediation_desk.services.exchange import export_case

    with opened(context) as database:
        act = act_here(database, load_packs())
        with database.reading(act.sight) as records:
            case_id = _open_case(database, act, records, number, reason)
            case = records.cases.get(case_id)
            if as_json:
                content = json.loads(export_case(records, act, case_id))
                click.echo(json_text({"id": case_id, "stage": case.stage} | content))
            else:
                click.echo("\n".join(_described(case)))
        note(database, act, note_view, "案件", case_id)


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
@_of_case
@writes_file
@click.pass_context
def agreement(context: click.Context, number: str, target: str, *, reason: str, force: bool) -> None:
    """把最近一份协议写成 PDF。"""
    from mediation_desk.services.case_papers import code_of

    def latest(case: "Case") -> tuple[str, int]:
        standing = [each for each in case.agreements if each.withdrawn_at is None]
        if not standing:
            raise NotFound("这个案件还没有协议。")
        return code_of(standing[-1]), standing[-1].no

    _draw(context, number, target, latest, reason=reason, force=force)


@main.command()
@_of_case
@click.argument("code", metavar="CODE")
@click.option("--no", default=0, metavar="NO", help="第几次调解或第几份协议；不写则为最近一次。")
@writes_file
@click.pass_context
def paper(context: click.Context, number: str, code: str, no: int, target: str, *, reason: str, force: bool) -> None:
    """把一份文书写成 PDF，CODE 如 D03（申请书）、D04、D07、D08、D09。"""
    _draw(context, number, target, lambda _: (code.upper(), no), reason=reason, force=force)


@main.command()
@_of_case
@click.option("--single-sided", is_flag=True, help="单面打印：页码都在右上角，背面不另留空白页。")
@writes_file
@click.pass_context
def dossier(context: click.Context, number: str, target: str, *, single_sided: bool, reason: str, force: bool) -> None:
    """把整个卷宗写成一个 PDF；缺少的文书和印不出的附件在屏幕上列出。"""
    from mediation_desk.services.dossier import make_dossier, note_dossier

    refuse_to_overwrite(target, force=force)
    rules = load_packs()
    with opened(context) as database:
        act = act_here(database, rules)
        with database.reading(act.sight) as records:
            case_id = _open_case(database, act, records, number, reason)
            file = make_dossier(records, act, case_id, double_sided=not single_sided)
        write_whole(target, file.pdf, force=force)
        if not database.read_only:
            with writing(database, act, note_dossier) as records:
                note_dossier(records, act, case_id, file)
    say(f"全卷{file.pages}页，{len(file.rows)}件文书")
    if file.missing:
        say(f"缺必须文书：{'、'.join(file.missing)}")
    for trouble in file.troubles:
        say(f"未能印出：{trouble}")


def _draw(
    context: click.Context,
    number: str,
    target: str,
    which: "Callable[[Case], tuple[str, int]]",
    *,
    reason: str,
    force: bool,
) -> None:
    from mediation_desk.domain.rights import Right
    from mediation_desk.services.act import check
    from mediation_desk.services.case_papers import find_paper
    from mediation_desk.services.paper_log import note_exported
    from mediation_desk.services.papers import see_paper

    refuse_to_overwrite(target, force=force)
    rules = load_packs()
    with opened(context) as database:
        act = act_here(database, rules)
        with database.reading(act.sight) as records:
            check(records, act, Right.PRINT)
            case_id = _open_case(database, act, records, number, reason)
            case = records.cases.get(case_id)
            form, subject = find_paper(case, act, *which(case))
            seen = see_paper(records, act, case_id, form.code, subject.no)
        write_whole(target, seen.pdf, force=force)
        if not database.read_only:
            with writing(database, act, note_exported) as records:
                title = form.title + subject.mark
                note_exported(records, act, case_id, form.code, subject.no, title, seen.content, seen.digest)


@main.command()
@click.argument("code", metavar="CODE")
@click.option("--copies", default=1, metavar="N", help="多少份，每份有自己的编号。")
@writes_file
@click.pass_context
def blank(context: click.Context, code: str, copies: int, target: str, *, force: bool) -> None:
    """把带编号和条码的空白表写成 PDF，CODE 如 E18（案件登记单）；写不成就不发编号。"""
    from mediation_desk.services.blank_forms import make_blanks

    refuse_to_overwrite(target, force=force)
    with opened(context) as database:
        act = act_here(database, load_packs())
        with writing(database, act, make_blanks) as records:
            blanks, pdf = make_blanks(records, act, {code.upper(): copies})
            write_whole(target, pdf, force=force)
    say("编号 " + " 至 ".join(dict.fromkeys((blanks[0].number, blanks[-1].number))))


@main.command()
@click.argument("number", metavar="[NUMBER]", default="")
@click.argument("digest", metavar="[DIGEST]", default="")
@click.pass_context
def verify(context: click.Context, number: str, digest: str) -> None:
    """不写参数：核验操作日志和全部数据有没有被绕过程序改动，有则逐条列出，退出码为 1。

    写参数：核对手中的文书是不是存档的那一份。NUMBER 为协议或案件编号，DIGEST 为页脚的校验码；也可只写二维码的内容。
    """
    if not number:
        verify_store(context)
        return
    from mediation_desk.services.verification import parse_qr
    from mediation_desk.services.verification import verify as verify_paper

    asked = (number, digest) if digest else parse_qr(number)
    if asked is None:
        raise Misused("缺少页脚的校验码，如 3F2A-91BC-07DE。")
    with opened(context) as database, database.reading() as records:
        verdict = verify_paper(records, *asked)
    if not verdict.is_current:
        raise NotFound(verdict.sentence)
    click.echo(verdict.sentence)


@main.command()
@click.option("--cases", type=click.IntRange(min=0), default=50, metavar="N", help="多少个案件。")
@click.option("--people", type=click.IntRange(min=0), default=0, metavar="N", help="另加多少名轮驻人员。")
@click.option("--seed", "chance", default=1, metavar="S", help="同一个数生成同样的数据。")
@click.pass_context
def seed(context: click.Context, cases: int, people: int, chance: int) -> None:
    """生成练习数据；数据文件不存在时先建立一个练习用的。"""
    from mediation_desk.services import practice

    path, rules = store_path(context), load_packs()
    if not path.exists():
        practice.make_practice_store(path, rules, datetime.now(), cases=cases, chance=chance, people=people)
    else:
        with opened(context) as database:
            act = act_here(database, rules)
            with writing(database, act, practice.seed) as records:
                if not records.centre.get().is_practice:
                    raise ReadOnly("这不是练习用的数据文件，没有改动它。请另选一个文件名。")
                if people:
                    practice.add_to_the_rosters(records, act, people, chance)
                practice.seed(records, act, cases, chance)
    also = f"、{people}名轮驻人员" if people else ""
    say(f"已生成{cases}个练习案件{also}：{path}")
    if cases > practice.MOST_WITH_PAPERS:
        say(f"一次超过{practice.MOST_WITH_PAPERS}个时不生成协议书文件，这些案件的协议书不能打印。")
