"""Reads the entries of rule packs of kind "path_questions" (see `domain/path_aid.py`), and looks up what they name."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from mediation_desk.domain.path_aid import Closure, Guide, PathPack, PathRule, Question, When
from mediation_desk.domain.rules import CodeTable
from mediation_desk.exchange.json_members import Members

Entry: TypeAlias = Question | PathRule | Closure | Guide
_E = TypeVar("_E", bound=Entry)
Days: TypeAlias = tuple[date | None, date | None]
Codes: TypeAlias = Mapping[str, Container[str]]
"""The codes that the packs have, by the name of their table; the time limits under "periods"."""


@dataclass
class PathEntries:
    """What was read until now, by key and by the day it begins to be in force, and the place of each entry."""

    questions: dict[str, dict[date, Question]] = field(default_factory=dict)
    rules: dict[str, dict[date, PathRule]] = field(default_factory=dict)
    closures: dict[str, dict[date, Closure]] = field(default_factory=dict)
    guides: dict[str, dict[date, Guide]] = field(default_factory=dict)
    otherwise: str = ""
    places: list[tuple[Entry, Members]] = field(default_factory=list)
    is_proven: bool = True
    """Whether all of it comes from a folder whose rules were walked through before they were shipped."""

    def pack(self) -> PathPack:
        return PathPack(
            questions={key: _by_day(versions) for key, versions in self.questions.items()},
            rules={key: _by_day(versions) for key, versions in self.rules.items()},
            closures={key: _by_day(versions) for key, versions in self.closures.items()},
            guides={key: _by_day(versions) for key, versions in self.guides.items()},
            otherwise=self.otherwise,
        )

    def standing(self) -> list[tuple[Entry, Members]]:
        """The entries that no later folder replaced, with their places."""
        parts: tuple[Mapping[str, Mapping[date, Entry]], ...] = (
            self.questions, self.rules, self.closures, self.guides,
        )  # fmt: skip
        kept = {id(each) for part in parts for versions in part.values() for each in versions.values()}
        return [(entry, place) for entry, place in self.places if id(entry) in kept]


def read_question(entry: Members, days: Days) -> Question:
    return Question(
        key=entry.text("key"),
        text=entry.text("text"),
        short=entry.text("short"),
        sources=entry.texts("sources"),
        categories=entry.texts("categories"),
        effective_from=days[0],
        effective_to=days[1],
    )


def read_rule(entry: Members, days: Days) -> PathRule:
    return PathRule(
        key=entry.text("key"),
        order=entry.whole("order"),
        when=_when(entry),
        path=entry.text("path"),
        reason=entry.text("reason"),
        law=entry.optional_text("law"),
        group=entry.optional_text("group"),
        effective_from=days[0],
        effective_to=days[1],
    )


def read_closure(entry: Members, days: Days) -> Closure:
    return Closure(
        key=entry.text("key"),
        when=_when(entry),
        reason=entry.text("reason"),
        law=entry.text("law"),
        reason_code=entry.text("reason_code"),
        effective_from=days[0],
        effective_to=days[1],
    )


def read_guide(entry: Members, days: Days) -> Guide:
    return Guide(
        key=entry.text("key"),
        path=entry.text("path"),
        categories=entry.texts("categories"),
        organ=entry.text("organ"),
        how=entry.text("how"),
        law=entry.optional_text("law"),
        limits=entry.texts("limits"),
        bring=entry.texts("bring"),
        instead=entry.texts("instead"),
        effective_from=days[0],
        effective_to=days[1],
    )


def _when(entry: Members) -> When:
    when = When(
        kinds=entry.texts("kinds"),
        categories=entry.texts("categories"),
        civil=entry.optional_flag("civil"),
        yes=entry.texts("yes"),
        no=entry.texts("no"),
    )
    for key in sorted(set(when.yes) & set(when.no)):
        entry.fault(f"问题“{key}”不能同时在“yes”和“no”中")
    return when


def check_paths(read: PathEntries, tables: Mapping[str, CodeTable], periods: Container[str], faults: list[str]) -> None:
    """Note what the entries name and is not there, then whether the rules are whole and agree."""
    if not read.places:
        return
    if missing := [name for name in ("petition_kind", "event_category") if name not in tables]:
        faults += [f"办理途径：没有代码表“{name}”" for name in missing]
        return
    before = len(faults)
    for entry, place in read.standing():
        for sort, named, known in _named(entry, read, {**tables, "periods": periods}):
            if named not in known:
                place.fault(f"没有{sort}“{named}”")
    if read.otherwise not in tables["event_category"]:
        faults.append(f"办理途径：“otherwise”应为一个事件类别，现为“{read.otherwise}”")
    if not read.is_proven and len(faults) == before:
        from mediation_desk.exchange.path_checks import check_ways  # not needed at the start

        faults += check_ways(read, tables["petition_kind"], tables["event_category"])


def _named(entry: Entry, read: PathEntries, codes: Codes) -> Iterator[tuple[str, str, Container[str]]]:
    def each(sort: str, names: Iterable[str], known: Container[str]) -> Iterator[tuple[str, str, Container[str]]]:
        return ((sort, name, known) for name in names if name)

    def coded(sort: str, names: Iterable[str], table: str) -> Iterator[tuple[str, str, Container[str]]]:
        return each(sort, names, codes.get(table, ()))

    if isinstance(entry, Question):
        yield from coded("案件来源", entry.sources, "case_source")
        yield from coded("事件类别", entry.categories, "event_category")
        return
    if isinstance(entry, Guide):
        yield from coded("办理途径", [entry.path, *entry.instead], "statutory_path")
        yield from coded("事件类别", entry.categories, "event_category")
        yield from coded("期限", entry.limits, "periods")
        return
    yield from coded("信访事项种类", entry.when.kinds, "petition_kind")
    yield from coded("事件类别", entry.when.categories, "event_category")
    yield from each("问题", entry.when.questions, read.questions)
    if isinstance(entry, Closure):
        yield from coded("不予受理原因", [entry.reason_code], "non_acceptance_reason")
    else:
        yield from coded("办理途径", [entry.path], "statutory_path")
        yield from coded("七类", [entry.group], "path_group")


def _by_day(versions: Mapping[date, _E]) -> tuple[_E, ...]:
    return tuple(versions[day] for day in sorted(versions))
