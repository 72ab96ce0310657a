"""Whether what a form wants to show can be shown. Apart from reading it, because this loads all that papers can say."""

from collections.abc import Iterable, Sequence

from mediation_desk.domain.form_values import columns_missing, unknown_in, unknown_in_head
from mediation_desk.domain.forms import Form, misread_in
from mediation_desk.domain.supervision_fields import TOLD
from mediation_desk.exchange.json_members import Members


def check_form(form: Form, pack: Members, blocks: Sequence[Members]) -> None:
    """Note the names that nobody knows, braces that name nothing, and tables with too few columns.

    `pack` and `blocks` are what the form and each of its blocks was read from.
    """
    _check(pack, [form.head, form.continued], unknown_in_head(form))
    _check(pack, [], (asked.told_by for asked in form.inputs if asked.told_by and asked.told_by not in TOLD))
    for entry, block in zip(blocks, form.blocks, strict=True):
        _check(entry, block.templates, unknown_in(form, block))
        if missing := columns_missing(form, block):
            entry.fault(f"表格少了{missing}栏，“{block.value}”的内容会印不全")


def _check(entry: Members, templates: Iterable[str], unknown: Iterable[str]) -> None:
    for name in unknown:
        entry.fault(f"不认识的填写项“{name}”")
    for words in (words for template in templates for words in misread_in(template)):
        entry.fault(
            f"“{words}”中的花括号应写成 {{session.place}}、{{session.place?140}} 或 {{session.place:140}} 的样子"
        )
