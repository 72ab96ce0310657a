"""A form that asks for something of every kind, and a desk that knows it."""

from dataclasses import replace

from mediation_desk.domain.forms import About, Block, BlockKind, Form, Input, InputKind
from mediation_desk.gui.desk import Desk

EVERY_KIND = (
    Input("line", "地点"),
    Input("text", "记录", InputKind.TEXT),
    Input("day", "日期", InputKind.DAY),
    Input("time", "时间", InputKind.TIME),
    Input("amount", "金额", InputKind.AMOUNT),
    Input("choice", "性质", InputKind.CHOICE, options=("一般", "重大")),
    Input("coded", "性别", InputKind.CHOICE, table="gender"),
    Input("ticks", "材料", InputKind.TICKS, options=("照片", "收据", "合同")),
    Input("party", "被调查人", InputKind.PARTY),
    Input("rows", "清单 A&B", InputKind.ROWS, columns=("名称", "页数")),
)
_BLOCKS = (Block(BlockKind.TITLE), Block(BlockKind.NARRATIVE, caption="记录：", value="{entry.text}"))


def form(about: About = About.ENTRY, code: str = "T1", order: int = 61) -> Form:
    return Form(code=code, title="人民调解调查记录", about=about, blocks=_BLOCKS, inputs=EVERY_KIND, order=order)


def teach(desk: Desk, *forms: Form) -> None:
    """From now on the desk has these forms too."""
    known = {**desk.rules.forms, **{each.code: (each,) for each in forms}}
    desk.rules = replace(desk.rules, forms=known)


def teach_only(desk: Desk, *forms: Form, codes: tuple[str, ...]) -> None:
    """From now on the desk has these forms, and of its own only those of `codes`."""
    kept = {code: versions for code, versions in desk.rules.forms.items() if code in codes or "." in code}
    desk.rules = replace(desk.rules, forms={**kept, **{each.code: (each,) for each in forms}})
