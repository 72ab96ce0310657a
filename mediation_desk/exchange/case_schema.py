"""Holds what a case file says against the published schema, and tells what is wrong in Chinese, each with its place."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediation_desk.domain.errors import Fault
from mediation_desk.exchange.plain_objects import below
from mediation_desk.resources import resource

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

LONGEST_QUOTE = 30

_KINDS = {"object": "对象（花括号）", "array": "列表（方括号）", "string": "文字（引号）", "integer": "整数"}
_FORMATS: dict[str, tuple[Callable[[str], object], str]] = {
    "date": (lambda text: _same(text, date.fromisoformat(text).isoformat()), "日期，如 2026-01-31"),
    "local-time": (time.fromisoformat, "时间，如 09:30"),
    "local-date-time": (datetime.fromisoformat, "日期和时间，如 2026-01-31T09:30"),
    "uuid": (UUID, "UUID，如 01890a5d-ac96-774b-bcce-b302099a8057"),
}


def structure_faults(plain: Any) -> list[Fault]:
    """Everything in a parsed JSON text that is not as the schema wants it."""
    found: dict[Fault, None] = {}
    for error in _validator().iter_errors(plain):
        place = ""
        for key in error.absolute_path:
            place = below(place, key)
        found.update(dict.fromkeys(_told(error, place)))
    return list(found)


def _told(error: "ValidationError", place: str) -> Iterator[Fault]:
    """A fault, or several: what is missing or unknown is named one by one at its own place."""
    members: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "required":
        yield from (Fault("缺少这一项。", below(place, key)) for key in wanted if key not in members)
    elif error.validator == "additionalProperties":
        known: Mapping[str, object] = error.schema["properties"]  # type: ignore[index]  # a schema that says this is an object
        yield from (Fault("不认识这一项，请核对拼写或删去。", below(place, key)) for key in members if key not in known)
    elif error.validator == "dependentRequired":
        for key, needed in wanted.items():
            if key in members:
                yield from (
                    Fault(f"写了 {key} 就要写这一项。", below(place, each)) for each in needed if each not in members
                )
    else:
        yield Fault(SENTENCES[str(error.validator)](wanted, members), place)


def _type(wanted: str | list[str], value: object) -> str:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return f"应为{'或'.join(_KINDS.get(each, 'true 或 false') for each in kinds)}，现为 {_quoted(value)}。"


def _enum(wanted: list[str], value: object) -> str:
    return f"应为 {'、'.join(wanted)} 之一，现为 {_quoted(value)}。"


def _const(wanted: object, _: object) -> str:
    return f"应为“{wanted}”；这不是调解工作台的案件文件。"


def _pattern(wanted: str, value: object) -> str:
    return "不能为空。" if wanted == r"\S" else f'应为以元为单位、写成文字的金额，如 "1200.00"，现为 {_quoted(value)}。'


def _format(wanted: str, value: object) -> str:
    return f"应为{_FORMATS[wanted][1]}，现为 {_quoted(value)}。"


SENTENCES: dict[str, Callable[[Any, object], str]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "format": _format,
    "minimum": lambda wanted, value: f"不能小于{wanted}，现为 {_quoted(value)}。",
    "maximum": lambda wanted, value: f"这个案件文件是第 {_quoted(value)} 版，本程序只能读到第 {wanted} 版。",
    "minItems": lambda wanted, _: f"至少要有{wanted}项。",
    "uniqueItems": lambda *_: "有重复的项。",
}
"""What to say for each keyword of the schema that names one thing only."""


def _quoted(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _same(text: str, again: str) -> None:
    if text != again:  # Python also reads 20260131 and 2026-W05-6
        raise ValueError(text)


@cache
def _validator() -> "Validator":
    from jsonschema import Draft202012Validator, FormatChecker  # 0.1 s, and few starts read a case file

    checker = FormatChecker(formats=())
    for name, (read, _) in _FORMATS.items():
        checker.checks(name, raises=ValueError)(_reads(read))
    schema = json.loads(resource("schemas", "case.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=checker)


def _reads(read: Callable[[str], object]) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        found = read(value) if isinstance(value, str) else None
        return getattr(found, "tzinfo", None) is None  # local time has no zone

    return check
