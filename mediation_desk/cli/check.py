"""The command that checks the store against its own rules, and mends what only repeats other records."""

from typing import TYPE_CHECKING

import click

from mediation_desk.cli.at_the_desk import act_here, json_text, load_packs, may_tell_json, opened
from mediation_desk.cli.console import Command, say
from mediation_desk.domain.errors import NotFound

if TYPE_CHECKING:
    from mediation_desk.domain.checkup import Trouble


@click.command("check", cls=Command)
@click.option("--repair", is_flag=True, help="先备份，再修复能由其他记录推出的内容；其余只列出。")
@may_tell_json
@click.pass_context
def check(context: click.Context, *, repair: bool, as_json: bool) -> None:
    """检查数据前后是否一致，如阶段、编号、合计、附件、查找索引；有问题时退出码为 1。"""
    from platform import node

    from mediation_desk.services.checking import check_store, mend_store

    rules = load_packs()
    with opened(context) as database:
        act = act_here(database, rules)
        troubles: list[Trouble] = []
        for trouble in check_store(database, act):
            troubles.append(trouble)
            if not as_json:
                click.echo(f"[{trouble.check.label}] {trouble.sentence}{'（可修复）' if trouble.can_be_mended else ''}")
        mended = mend_store(database, act, node(), troubles) if repair and troubles else 0
    if as_json:
        told = [
            {"check": each.check.value, "sentence": each.sentence, "can_be_mended": each.can_be_mended}
            for each in troubles
        ]
        click.echo(json_text(told))
    if mended:
        say(f"已修复{mended}处；修复前的数据在备份里。")
    left = len(troubles) - mended
    if left:
        raise NotFound(f"还有{left}处问题，请按上面写的办。")
    say("没有发现问题。" if not troubles else "都已修复。")
