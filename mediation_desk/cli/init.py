"""The command that makes a store: encrypted, unless somebody says that it is to be plain."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.at_the_desk import load_packs, refuse_to_overwrite, write_whole
from mediation_desk.cli.console import Command, Misused, say
from mediation_desk.cli.door import ask_password, store_path

if TYPE_CHECKING:
    from mediation_desk.domain.recovery_words import RecoveryWords


@click.command(cls=Command)
@click.option("--centre", prompt="综治中心名称", help="综治中心名称。")
@click.option("--committee", prompt="人民调解委员会名称（与印章一致）", help="人民调解委员会名称（与印章一致）。")
@click.option("--short-name", prompt="编号用的简称", help="编号用的简称，如“东”。")
@click.option("--user", prompt="使用者姓名", help="第一位使用者姓名，也是管理员。")
@click.option("--sheet", default="", metavar="FILE.pdf", help="把恢复单写成 PDF，打印后锁好。")
@click.option("--show-words", is_flag=True, help="把恢复单上的词显示在屏幕上抄写。")
@click.option("--plain", is_flag=True, help="不加密，也不设口令：拿到数据文件的人都能读出全部内容。")
@click.pass_context
def init(
    context: click.Context,
    centre: str,
    committee: str,
    short_name: str,
    user: str,
    sheet: str,
    *,
    show_words: bool,
    plain: bool,
) -> None:
    """建立加密的数据文件，登记综治中心、调委会和第一位使用者。"""
    from mediation_desk.domain.centre import Centre, Committee, User
    from mediation_desk.domain.errors import Faults
    from mediation_desk.domain.passwords import password_faults
    from mediation_desk.domain.uid import uuid7
    from mediation_desk.services.first_desk import make_store
    from mediation_desk.store.database import refuse_to_replace

    def uid() -> str:
        return uuid7(datetime.now(), secrets.token_bytes(10))

    if [bool(sheet), show_words, plain].count(True) != 1:
        raise Misused("请写明恢复单去哪里：--sheet 文件.pdf，或 --show-words 抄写；不加密的写 --plain。")
    path, packs, now = store_path(context), load_packs(), datetime.now().replace(microsecond=0)
    refuse_to_replace(path)
    committees = [Committee(uid=uid(), name=committee.strip(), short_name=short_name.strip())]
    house = Centre(uid=uid(), name=centre.strip(), committees=committees, users=[User(uid=uid(), name=user.strip())])
    if plain:
        make_store(path, house, packs, now)
    else:
        password = ask_password(f"为{user.strip()}设一个口令", twice=True)
        faults = Faults()
        for sentence in password_faults(password, user.strip(), packs, now.date()):
            faults.add(sentence)
        faults.refuse_if_any()
        make_store(path, house, packs, now, password, _sheet_on_paper(house.name, sheet))
    say(f"已建立数据文件 {path}" + ("，没有加密。" if plain else "，已加密。请把恢复单锁好。"))


def _sheet_on_paper(centre_name: str, target: str) -> "RecoveryWords":
    """The words of a new sheet, given out before anything relies on them."""
    from mediation_desk.store.key_file import fresh_words

    words = fresh_words()
    if not target:
        click.echo("\n".join(f"{number}  {' '.join(line)}" for number, line in enumerate(words.lines, start=1)))
        return words
    from mediation_desk.documents.recovery_sheet import recovery_sheet

    refuse_to_overwrite(target, force=False)
    write_whole(target, recovery_sheet(centre_name, words, datetime.now().date()), force=False)
    say("见到这个文件的人就能打开全部数据：打印以后请把它删除。")
    return words
