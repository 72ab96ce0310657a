"""Tells entries of the log, and what does not fit it, in sentences that a clerk understands."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Any

from mediation_desk.domain.audit import Misfit, MisfitKind
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.masking import masked_number, masked_phone
from mediation_desk.domain.money import figures
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import Stage
from mediation_desk.services.audit_terms import CODES, COLUMNS, TABLES
from mediation_desk.services.audit_words import DOINGS, TAKING_BACK
from mediation_desk.store.columns import kind_of

_MASKED: dict[str, Callable[[str], str]] = {
    "parties.id_number": masked_number,
    "parties.phone": masked_phone,
    "agents.id_number": masked_number,
    "agents.phone": masked_phone,
    "confidential_notes.text": lambda _: "（保密，不显示）",
    "users.password_digest": lambda _: "（不显示）",
}
"""What whoever reads the log has no need to know, by table and column, and how it is shown instead."""

_PLUMBING = frozenset({"id", "centre_id", "uid", "version_id"})
"""Columns that say nothing to anybody at the desk."""


def doing_in_words(what: str) -> str:
    """What a step is called: "分流"; one that took it back "撤销：分流", one that did it again "重做：分流"."""
    how, _, name = what.rpartition(" ")
    return TAKING_BACK.get(how, "") + DOINGS.get(name, name)


def change_in_words(rules: Rules, table: str, row_id: int, sign: str, told: Any) -> Iterator[str]:
    """A change as lines: "当事人 1 电话：（空） → 138****0001"; a row that came or went with all that it held.

    For a row that was added, `told` is what it held then, or its digest where that is not known.
    """
    called = f"{TABLES.get(table, table)} {row_id}"
    if sign == "~":
        for column, (before, after) in told.items():
            if column not in _PLUMBING:
                values = _both_in_words(rules, table, column, before, after)
                yield f"{called} {COLUMNS.get(column, column)}：{' → '.join(values)}"
        return
    held = []
    if isinstance(told, dict):
        for column, value in told.items():
            if column not in _PLUMBING and value not in (None, "", "[]", [], "{}", {}):
                held.append(f"{COLUMNS.get(column, column)} {value_in_words(rules, table, column, value)}")
    yield f"{'新增' if sign == '+' else '删除'} {called}" + (f"：{'；'.join(held)}" if held else "")


def _both_in_words(rules: Rules, table: str, column: str, before: Any, after: Any) -> tuple[str, str]:
    """What stood in a field and what stands there now, told apart even where they look alike once masked."""
    was, now = (value_in_words(rules, table, column, value) for value in (before, after))
    return was, f"{now}（遮住的部分不同）" if was == now and before != after else now


def value_in_words(rules: Rules, table: str, column: str, value: Any) -> str:
    """What stood in a field, as its own window would roughly say it."""
    if value in (None, "", "[]", [], "{}", {}):
        return "（空）"
    if mask := _MASKED.get(f"{table}.{column}"):
        return mask(str(value))
    kind = Stage if column == "stage" else kind_of(table, column)
    if kind is bool:
        return "是" if value else "否"
    if kind is not None and issubclass(kind, StrEnum):
        return _label(kind, str(value))
    if column.endswith("_fen") and isinstance(value, int) and value >= 0:
        return f"{figures(value)}元"
    if column.endswith("_at"):
        return str(value).replace("T", " ").removesuffix(".000000")
    codes = CODES.get(f"{table}.{column}", CODES.get(column, ""))
    return _plain(value, rules.tables[codes].label if codes in rules.tables else str)


def _label(kind: type[StrEnum], key: str) -> str:
    words = [each for each in kind if isinstance(each, Labelled)]
    return next((str(each.label) for each in words if each.value == key), key)


def _plain(value: object, label: Callable[[str], str]) -> str:
    """Codes by their labels, lists and the like as text; a file keeps them as JSON."""
    told = value
    if isinstance(value, str) and value[0] in "[{":
        with suppress(ValueError):
            told = json.loads(value)
    if isinstance(told, str):
        return label(told)
    if isinstance(told, list):
        return "、".join(
            label(each) if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in told
        )
    return json.dumps(told, ensure_ascii=False)


def misfit_in_words(rules: Rules, misfit: Misfit, case_called: str = "") -> str:
    """What an auditor is told: what does not fit, where, and what the log knows of it."""
    said = _SAID[misfit.kind](rules, misfit)
    whose = f"案件 {case_called}：" if case_called else ""
    return f"{misfit.kind.label}。{whose}{said}"


def _entries(misfit: Misfit) -> str:
    return f"第{misfit.no}条" if misfit.until in (None, misfit.no) else f"第{misfit.no}条至第{misfit.until}条"


def _row(misfit: Misfit) -> str:
    called = f"{TABLES.get(misfit.table, misfit.table)} {misfit.row_id}"
    return f"{called} {COLUMNS.get(misfit.column, misfit.column)}" if misfit.column else called


def _changed(rules: Rules, misfit: Misfit) -> str:
    if not misfit.column:
        return f"{_row(misfit)} 与日志记下的不一样，是绕过程序改的。"
    before, after = _both_in_words(rules, misfit.table, misfit.column, misfit.before, misfit.after)
    return f"{_row(misfit)}：日志记下的是 {before}，现在是 {after}，是绕过程序改的。"


def _external(rules: Rules, misfit: Misfit) -> str:
    when = f"日志第{misfit.no}条" if misfit.no else "尚未记入日志"
    did = {"+": "新增了", "-": "删除了"}.get(misfit.told, "改了")
    values = ""
    if misfit.column:
        before, after = _both_in_words(rules, misfit.table, misfit.column, misfit.before, misfit.after)
        values = f"：{before} → {after}"
    return f"别的程序{did} {_row(misfit)}{values}（{when}）。"


_SAID: dict[MisfitKind, Callable[[Rules, Misfit], str]] = {
    MisfitKind.GAP: lambda _, each: f"日志{_entries(each)}不见了。",
    MisfitKind.CONTENT: lambda _, each: f"日志{_entries(each)}记下的内容被改过或被删去。",
    MisfitKind.CHAIN: lambda _, each: f"日志{_entries(each)}与前一条接不上：这一条或前一条被改过、调换过。",
    MisfitKind.TAIL: lambda _, each: f"日志现在到第{each.no}条，应到第{each.until}条，末尾被改过。",
    MisfitKind.ANCHOR: lambda _, each: f"日志{_entries(each)}之中有被改写的，与“{each.told or '备份'}”留下的不符。",
    MisfitKind.CHANGED: _changed,
    MisfitKind.ADDED: lambda _, each: f"{_row(each)} 没有登记记录，是绕过程序加进来的。",
    MisfitKind.REMOVED: lambda _, each: f"{_row(each)} 不见了，是绕过程序删掉的。",
    MisfitKind.EXTERNAL: _external,
    MisfitKind.FILE: lambda _, each: f"{_row(each)} 的文件内容与收存时不一样，或已缺失。",
    MisfitKind.PASSWORD: lambda _, each: f"{_row(each)} 的口令被换过或删去，是绕过程序改的。请为其重设口令。",
    MisfitKind.UNWATCHED: lambda _, each: f"“{TABLES.get(each.table, each.table)}”的改动监视被拆掉或改过。",
}
