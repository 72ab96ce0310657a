"""Turns dataclasses into plain JSON objects and back, by the types of their fields.

Empty members and those that are as the class has them anyway are left out. Money: a field `…_fen` holds whole fen and
stands in the file as text in yuan ("1200.00"), `claimed_fen` under the key "claimed_amount", `amount_fen` under
"amount".
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_NOT_IN_FILES = ("id", "changes")


class Leaf(NamedTuple):
    """One value in a tree of dataclasses: where it stands, the class and the field it belongs to."""

    place: str
    owner: type
    name: str
    value: object


def key_of(name: str) -> str:
    """The key of a field in a file."""
    if not name.endswith("_fen"):
        return name
    stem = name.removesuffix("_fen")
    return stem if stem == "amount" else f"{stem}_amount"


def keys_of(kind: type) -> list[str]:
    """The keys a dataclass has in a file, in their order."""
    return [key_of(each.name) for each in _fields(kind)]


def below(place: str, key: str | int) -> str:
    """The place of a member: `below("parties", 1)` is "parties[1]", `below("parties[1]", "name")` "parties[1].name"."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if place else key


def members_of(record: Any, *except_for: str) -> dict[str, Any]:
    """The fields of a dataclass by their names, to make another of them."""
    return {each.name: getattr(record, each.name) for each in fields(record) if each.name not in except_for}


def to_plain(record: Any) -> dict[str, Any]:
    """The JSON object of a dataclass."""
    plain = {}
    for each in _fields(type(record)):
        value = getattr(record, each.name)
        if value != _default(each) and value not in (None, "", (), []):
            plain[key_of(each.name)] = _yuan(value) if each.name.endswith("_fen") else _plain(value)
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return to_plain(value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def from_plain(kind: type[_T], plain: object, faulty: Container[str] = (), place: str = "") -> _T:
    """The dataclass that a JSON object describes. What was found `faulty` (by place) or is not there is left empty:
    None where the class has no default. Such a record may be looked at, but never given out. What lies in a dict is
    taken as it is.
    """
    members: Mapping[str, object] = plain if isinstance(plain, dict) else {}
    hints = get_type_hints(kind)
    values = {}
    for each in _fields(kind):
        key = key_of(each.name)
        there = below(place, key)
        if key in members and there not in faulty:
            values[each.name] = _from(hints[each.name], members[key], each.name, faulty, there)
        elif each.default is MISSING and each.default_factory is MISSING:
            values[each.name] = _nothing(hints[each.name])
    return kind(**values)


def _nothing(hint: Any) -> Any:
    if _is_part(hint):
        return from_plain(hint, {})
    return get_origin(hint)() if get_origin(hint) in (tuple, list) else None


def _from(hint: Any, value: Any, name: str, faulty: Container[str], place: str) -> Any:
    if isinstance(hint, UnionType):
        [hint] = [each for each in get_args(hint) if each is not type(None)]
    if get_origin(hint) in (tuple, list):
        of = get_args(hint)[0]
        items = [_from(of, each, name, faulty, below(place, index)) for index, each in enumerate(value)]
        return get_origin(hint)(items)
    if _is_part(hint):
        return from_plain(hint, value, faulty, place)
    if get_origin(hint) is dict:
        return dict(value)
    if place in faulty:
        return None
    if name.endswith("_fen"):
        return int(Decimal(value) * 100)
    if issubclass(hint, (StrEnum, int)) and hint is not bool:
        return hint(value)  # 1.0 is a whole number too
    return hint.fromisoformat(value) if issubclass(hint, (date, time)) else value


def leaves(record: Any, place: str = "") -> Iterator[Leaf]:
    """Every single value below a dataclass, lists item by item."""
    for each in _fields(type(record)):
        there = below(place, key_of(each.name))
        value = getattr(record, each.name)
        items = (
            [(below(there, index), item) for index, item in enumerate(value)] if _is_list(value) else [(there, value)]
        )
        for where, item in items:
            if is_dataclass(item):
                yield from leaves(item, where)
            else:
                yield Leaf(where, type(record), each.name, item)


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _is_part(hint: object) -> bool:
    return isinstance(hint, type) and is_dataclass(hint)


def _fields(kind: Any) -> list[Field[Any]]:
    return [each for each in fields(kind) if each.name not in _NOT_IN_FILES]


def _default(each: Field[Any]) -> object:
    return each.default if each.default is not MISSING else None
