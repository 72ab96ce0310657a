"""The rule packs once they are read: code tables, periods, holidays, clauses, number formats, limits and settings.

Nothing here is fixed in code: `exchange.rule_packs` reads it from dated files. An entry may come in several versions,
each in force from one day to another; the version that began last by a given day is the one that counts on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from mediation_desk.domain.dated import Dated, version_on
from mediation_desk.domain.forms import Form
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.path_aid import PathAid, PathPack
from mediation_desk.domain.upstream_form import UpstreamForm
from mediation_desk.domain.word_check import WordCheck


class Certainty(Labelled):
    """How far the source of a rule was checked."""

    VERIFIED = "V", "已核对原文"
    SECOND_HAND = "V2", "见于转引"
    MEMORY = "M", "凭经验"
    UNSURE = "U", "待核实"


class Unit(Labelled):
    """What a period is counted in."""

    CALENDAR_DAY = "calendar_day", "日"
    WORKING_DAY = "working_day", "个工作日"
    MONTH = "month", "个月"


_D = TypeVar("_D", bound=Dated)


@dataclass(frozen=True)
class Code(Dated):
    """One entry of a code table. `extra` holds what belongs to that table only (`{"mediable": "no"}`)."""

    code: str
    label: str
    parent: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeTable:
    """A list to choose from. A code that was ever valid keeps its label, so that old records stay readable."""

    name: str
    title: str
    source: str
    certainty: Certainty
    codes: tuple[Code, ...]

    @cached_property
    def _versions(self) -> Mapping[str, list[Code]]:
        versions: dict[str, list[Code]] = {}
        for code in self.codes:
            versions.setdefault(code.code, []).append(code)
        return versions

    def __contains__(self, code: object) -> bool:
        """Whether the code is or ever was in the table."""
        return code in self._versions

    def __getitem__(self, code: str) -> Code:
        """Return the newest version of a code; `KeyError` when the table does not know it."""
        return self._versions[code][-1]

    def label(self, code: str) -> str:
        """Return the label of a code; an unknown code is shown as it is."""
        return self[code].label if code in self else code

    def full_label(self, code: str) -> str:
        """Return the label with that of its parents before it: "劳动争议纠纷·拖欠农民工工资纠纷"."""
        parent = self[code].parent if code in self else ""
        return f"{self.full_label(parent)}·{self.label(code)}" if parent else self.label(code)

    def inherited(self, code: str, name: str) -> str:
        """Return what the code, or else the nearest of its parents, says in `extra` under `name`; "" if none does."""
        while code in self:
            if said := self[code].extra.get(name, ""):
                return said
            code = self[code].parent
        return ""

    def lineage(self, code: str) -> tuple[str, ...]:
        """Return the code and all above it, the code first; nothing for an unknown one."""
        found: list[str] = []
        while code in self:
            found.append(code)
            code = self[code].parent
        return tuple(found)

    def is_mediable(self, code: str) -> bool:
        """Whether the table leaves people's mediation open for a code; for unknown and empty ones it does."""
        return self.inherited(code, "mediable") != "no"

    def valid_on(self, day: date) -> list[Code]:
        """Return what may be chosen that day, in the order of the table."""
        return [valid for versions in self._versions.values() if (valid := version_on(versions, day))]

    def children(self, parent: str, day: date) -> list[Code]:
        """Return the sub-codes of `parent` that may be chosen that day; the top level for ""."""
        return [code for code in self.valid_on(day) if code.parent == parent]


@dataclass(frozen=True)
class Period(Dated):
    """A time limit. `rollover`: a last day that is a rest day moves to the next working day (民法典 art. 203).

    A period of mediation may run from the request already (`from_request`), or from the day the papers of whoever
    referred the matter were signed for (`from_receipt`); else it runs from acceptance.
    `stop_reasons` are the codes of `clock_stop_reason` for which it stands still; without any it never does.
    `extension` says who may lengthen it, "" where nobody may: by all parties (`by_consent`), by so many days of its
    unit at most (`most_further`, 0 for no bound), no more than once (`extended_once`).
    `paths` are the codes of `statutory_path` on which it runs; without any it runs on all.
    """

    id: str
    title: str
    length: int
    unit: Unit
    rollover: bool
    source: str
    certainty: Certainty
    starts_from: str = ""
    extension: str = ""
    from_request: bool = False
    from_receipt: bool = False
    stop_reasons: tuple[str, ...] = ()
    by_consent: bool = False
    most_further: int = 0
    extended_once: bool = False
    paths: tuple[str, ...] = ()

    @property
    def days_called(self) -> str:
        """What its single days are called; months are laid down as days when they begin."""
        return Unit.WORKING_DAY.label if self.unit is Unit.WORKING_DAY else "天"


@dataclass(frozen=True)
class Clause(Dated):
    """A sentence ready to be put into an agreement; `＿＿` is to be filled in.

    `kinds` are codes of the table `dispute_kind`; none means that the clause suits every kind.
    """

    key: str
    title: str
    text: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class NumberFormat(Dated):
    """How a number of one kind looks; the template knows `{year}`, `{org_abbr}` and `{seq}`."""

    kind: str
    title: str
    template: str
    source: str
    certainty: Certainty


@dataclass(frozen=True)
class NumberFormats:
    """The templates of all kinds of numbers ("case", "oral", "agreement")."""

    formats: tuple[NumberFormat, ...]

    def template(self, kind: str, day: date | None = None) -> str:
        """Return the template in force on `day`, or the newest; `KeyError` for a kind without one."""
        found = version_on((entry for entry in self.formats if entry.kind == kind), day)
        if found is None:
            raise KeyError(kind)
        return found.template

    def __iter__(self) -> Iterator[NumberFormat]:
        return iter(self.formats)


@dataclass(frozen=True)
class AttachmentLimits:
    """What may be attached to a case: `media_types` by file ending in lower case without the dot."""

    max_bytes: int
    media_types: Mapping[str, str]

    def media_type(self, file_name: str) -> str | None:
        """Return the media type that the ending of a file name stands for, None for an ending not admitted."""
        return self.media_types.get(file_name.rpartition(".")[2].lower()) if "." in file_name else None


@dataclass(frozen=True)
class Holidays:
    """The days off and the make-up working days of the years whose notice is known.

    `days_off` gives the name of the holiday, `make_up_days` the one for whose sake a weekend is worked.
    """

    days_off: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def knows(self, day: date) -> bool:
        """Whether the notice of that year is known. Other years are counted as plain Monday to Friday."""
        return day.year in self.years

    def overlaid(
        self,
        days_off: Mapping[date, str],
        make_up_days: Mapping[date, str],
        *,
        plain: Iterable[date] = (),
        years: Iterable[int] = (),
    ) -> "Holidays":
        """Return these holidays with a later word on single days; `plain` ones are again what their weekday says."""
        said = {*days_off, *make_up_days, *plain}
        kept_off = {day: name for day, name in self.days_off.items() if day not in said}
        kept_work = {day: name for day, name in self.make_up_days.items() if day not in said}
        return Holidays({**kept_off, **days_off}, {**kept_work, **make_up_days}, self.years | frozenset(years))


@dataclass(frozen=True)
class Setting(Dated):
    """A whole number that local rules vary, not below `least` and, unless that is None, not above `most`.

    `is_own`: the centre itself set it, and `source` is the reason it gave.
    """

    name: str
    title: str
    value: int
    source: str
    certainty: Certainty
    least: int = 0
    most: int | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Rules:
    """All rule packs together. What is asked for by an unknown name raises `KeyError`: that is a defect."""

    tables: Mapping[str, CodeTable]
    periods: Mapping[str, tuple[Period, ...]]
    settings: Mapping[str, tuple[Setting, ...]]
    clauses: tuple[Clause, ...]
    number_formats: NumberFormats
    attachment_limits: AttachmentLimits
    holidays: Holidays
    forms: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    word_checks: Mapping[str, tuple[WordCheck, ...]] = field(default_factory=dict)
    upstream_forms: Mapping[str, tuple[UpstreamForm, ...]] = field(default_factory=dict)
    paths: PathPack = field(default_factory=PathPack)

    def table(self, name: str) -> CodeTable:
        return self.tables[name]

    def period(self, period_id: str, day: date | None = None) -> Period:
        """Return the time limit as it was in force on `day` (the day it starts to run), or the newest."""
        return _required(self.periods, period_id, day)

    def setting(self, name: str, day: date | None = None) -> int:
        """Return the value of a setting on `day`, or the newest."""
        return _required(self.settings, name, day).value

    def form(self, code: str, day: date | None = None) -> Form:
        """Return the form of a paper as it is valid on `day`, or the newest."""
        return _required(self.forms, code, day)

    def forms_on(self, day: date) -> list[Form]:
        """Return every form as it is valid on `day`."""
        return [form for versions in self.forms.values() if (form := version_on(versions, day))]

    def upstream_form(self, code: str, day: date | None = None) -> UpstreamForm:
        """Return the form of an upstream system as it is valid on `day`, or the newest."""
        return _required(self.upstream_forms, code, day)

    def upstream_forms_on(self, day: date) -> list[UpstreamForm]:
        """Return every form of an upstream system as it is valid on `day`."""
        return [form for versions in self.upstream_forms.values() if (form := version_on(versions, day))]

    def word_checks_on(self, day: date) -> list[WordCheck]:
        """Return the entries of the word pack in force on `day`, in the order of the pack."""
        return [check for versions in self.word_checks.values() if (check := version_on(versions, day))]

    def path_aid(self, day: date) -> PathAid:
        """Return the questions and rules that lead to the lawful way of a matter, as in force on `day`."""
        return self.paths.on(day)

    def clauses_for(self, dispute_kind: str, day: date) -> list[Clause]:
        """Return the clauses in force for a kind of dispute or its parent, in the order of the library."""
        kinds = {dispute_kind}
        if dispute_kind in (table := self.table("dispute_kind")):
            kinds.add(table[dispute_kind].parent)
        by_key: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            by_key.setdefault(clause.key, []).append(clause)
        in_force = (version_on(versions, day) for versions in by_key.values())
        return [clause for clause in in_force if clause and (not clause.kinds or kinds.intersection(clause.kinds))]

    def event_categories(self, dispute_kind: str) -> tuple[str, ...]:
        """Return the codes of `event_category` (GB/T 31000) a kind of dispute may be counted under, likeliest first."""
        table = self.table("dispute_kind")
        if dispute_kind not in table:
            return ()
        code = table[dispute_kind]
        return tuple(code.extra.get("event_categories", "").split()) or self.event_categories(code.parent)


def _required(entries: Mapping[str, tuple[_D, ...]], key: str, day: date | None) -> _D:
    found = version_on(entries[key], day)
    if found is None:
        raise KeyError(f"{key}: nothing in force on {day}")
    return found
