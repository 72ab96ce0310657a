"""Takes a JSON object apart by type and remembers every fault with its place, so that all can be told at once."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from mediation_desk.domain.labelled import Labelled

_L = TypeVar("_L", bound=Labelled)


class Members:
    """The members of one JSON object. What is missing or wrong is noted in `faults`, a sentence each.

    A faulty member is given out as an empty value: whoever reads must look at `faults` before using anything.
    `inherited` is where a member is looked up that the object itself does not have; a null of its own counts as "none".
    """

    def __init__(
        self, value: object, place: str, faults: list[str], inherited: Mapping[str, object] | None = None
    ) -> None:
        self.place = place
        self._faults = faults
        if not isinstance(value, dict):
            self.fault("应为一个对象（花括号）")
            value, self._faults = {}, []  # that says it all: its members are not asked after
        self._own: dict[str, object] = value
        self._inherited = inherited or {}
        self._left = set(value)

    def fault(self, sentence: str) -> None:
        """Note a fault, once however often the member is asked for."""
        if (fault := f"{self.place}：{sentence}") not in self._faults:
            self._faults.append(fault)

    def _fault_of(self, key: str, sentence: str) -> None:
        """Note a fault of a member; where it was only inherited, it was noted there."""
        if key in self._own or key not in self._inherited:
            self.fault(sentence)

    def _take(self, key: str, kind: type, named: str) -> object:
        """Return a member of that kind, or None: it is not there, or it is wrong, which is then noted."""
        self._left.discard(key)
        value = self._own[key] if key in self._own else self._inherited.get(key)
        if value is None or (isinstance(value, kind) and isinstance(value, bool) is (kind is bool)):
            return value
        self._fault_of(key, f"“{key}”应为{named}")
        return None

    def has(self, key: str) -> bool:
        """Whether the member is there and not null."""
        return self._own.get(key, self._inherited.get(key)) is not None

    def _need(self, key: str) -> None:
        if not self.has(key):
            self._fault_of(key, f"缺少“{key}”")

    def text(self, key: str) -> str:
        """Return a text that must be there and not be blank."""
        value = self._take(key, str, "文字")
        if not isinstance(value, str):
            self._need(key)
            return ""
        if not value.strip():
            self._fault_of(key, f"“{key}”不能为空")
        return value

    def optional_text(self, key: str) -> str:
        return str(self._take(key, str, "文字") or "")

    def whole(self, key: str, least: int = 0) -> int:
        """Return a whole number that must be there and not be less than `least`."""
        self._need(key)
        value = self._take(key, int, "整数")
        if not isinstance(value, int):
            return least
        if value < least:
            self._fault_of(key, f"“{key}”不能小于{least}")
        return value

    def optional_whole(self, key: str, otherwise: int = 0) -> int:
        return self.whole(key) if self.has(key) else otherwise

    def optional_flag(self, key: str) -> bool:
        return self.flag(key) if self.has(key) else False

    def flag(self, key: str) -> bool:
        self._need(key)
        return bool(self._take(key, bool, "true 或 false"))

    def optional_day(self, key: str) -> date | None:
        """Return a day written as 2026-01-31."""
        text = self.optional_text(key)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text:
            self._fault_of(key, f"“{key}”应为日期，如 2026-01-31，现为“{text}”")
        return day

    def day(self, key: str) -> date:
        """Return a day that must be there."""
        self._need(key)
        return self.optional_day(key) or date.min

    def choice(self, key: str, choices: type[_L]) -> _L:
        """Return one of the words of the trade, by its key."""
        text = self.text(key)
        try:
            return choices(text)
        except ValueError:
            if text:
                self._fault_of(key, f"“{key}”应为 {'、'.join(choices)} 之一，现为“{text}”")
            return next(iter(choices))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a missing one is empty."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            self._fault_of(key, f"“{key}”的每一项应为文字")
        return tuple(str(value) for value in values)

    def objects(self, key: str, inherited: tuple[str, ...] = ()) -> Iterator["Members"]:
        """Give out a list of objects one by one, each of which takes over the `inherited` members of this one."""
        self._need(key)
        passed_on = {name: self._own[name] for name in inherited if name in self._own}
        for number, value in enumerate(self._list(key), 1):
            entry = Members(value, f"{self.place}，{key} 第{number}项", self._faults, passed_on)
            yield entry
            entry.finish()

    def _list(self, key: str) -> list[object]:
        values = self._take(key, list, "列表（方括号）")
        return values if isinstance(values, list) else []

    def mapping(self, key: str) -> dict[str, str]:
        """Return an object whose members are all texts."""
        self._need(key)
        return Members(self._take(key, dict, "对象（花括号）") or {}, f"{self.place}，{key}", self._faults).rest()

    def rest(self) -> dict[str, str]:
        """Return all members of its own that were not asked for until now; they must be texts."""
        return {key: self.optional_text(key) for key in self._own if key in self._left}

    def finish(self) -> None:
        """Note the members nobody asked for."""
        for key in sorted(self._left):
            self.fault(f"不认识“{key}”")


def read_json(file: Path, faults: list[str]) -> object:
    """Return what a JSON file holds; None, and a fault, when it cannot be read."""
    try:
        value: object = json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=no_name_twice)
    except OSError:
        faults.append(f"{file.name}：文件读不出来")
    except UnicodeDecodeError:
        faults.append(f"{file.name}：不是 UTF-8 编码的文件")
    except json.JSONDecodeError as error:
        faults.append(f"{file.name}：第{error.lineno}行第{error.colno}列不符合 JSON 格式")
    except NameTwice as error:
        faults.append(f"{file.name}：同一对象中“{error}”出现两次")
    else:
        return value
    return None


class NameTwice(ValueError):
    """A JSON object has two members of one name; plain `json` would silently keep the last."""


def no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object of its members, for `json.loads`; raises `NameTwice` with the name."""
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise NameTwice(next(name for name in names if names.count(name) > 1))
    return members
