"""Reads rule packs: the program's own folder first, then the user's, whose entries replace ours by key and date.

A pack is a JSON object with `pack` (what it holds), `title`, `source`, `certainty` and, if it does not hold for ever,
`effective_from` and `effective_to`; its entries take these over unless they say otherwise. Nothing is half-read:
every fault of every pack is told at once, with its file and place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from mediation_desk.domain.dated import Dated
from mediation_desk.domain.errors import RuleBroken, RulePackBroken
from mediation_desk.domain.forms import Form
from mediation_desk.domain.numbering import check_template
from mediation_desk.domain.procedure_clock import MEDIATION_PERIOD
from mediation_desk.domain.rules import (
    AttachmentLimits,
    Certainty,
    Clause,
    Code,
    CodeTable,
    Holidays,
    NumberFormat,
    NumberFormats,
    Period,
    Rules,
    Setting,
    Unit,
)
from mediation_desk.domain.upstream_form import UpstreamForm
from mediation_desk.domain.word_check import WordCheck
from mediation_desk.exchange.form_packs import read_form
from mediation_desk.exchange.json_members import Members, read_json
from mediation_desk.exchange.path_packs import (
    Days,
    Entry,
    PathEntries,
    check_paths,
    read_closure,
    read_guide,
    read_question,
    read_rule,
)
from mediation_desk.exchange.upstream_forms import read_upstream_form
from mediation_desk.exchange.word_checks import read_word_check

_D = TypeVar("_D", bound=Dated)
_E = TypeVar("_E", bound=Entry)
_Versions = dict[str, dict[date, _D]]


def load_rules(*folders: Path, proven: Path | None = None) -> Rules:
    """Read every `*.json` in and below the folders, a later one overriding an earlier; a missing one holds nothing.

    What the forms in the folder `proven` want to show is not looked up: that was done before they were shipped.
    Raises `RulePackBroken` with all faults found.
    """
    found = _Found()
    for folder in folders:
        found.said_here.clear()
        found.is_proven = folder == proven
        for file in sorted(folder.rglob("*.json")):
            _read_pack(file, found)
    rules = found.rules()
    if found.faults:
        raise RulePackBroken(found.faults)
    return rules


@dataclass
class _Found:
    """What was read until now. Entries are kept by key and by the day they begin to be in force."""

    faults: list[str] = field(default_factory=list)
    said_here: set[tuple[object, ...]] = field(default_factory=set)
    is_proven: bool = False
    tables: dict[str, CodeTable] = field(default_factory=dict)
    codes: dict[str, _Versions[Code]] = field(default_factory=dict)
    periods: _Versions[Period] = field(default_factory=dict)
    settings: _Versions[Setting] = field(default_factory=dict)
    clauses: _Versions[Clause] = field(default_factory=dict)
    number_formats: _Versions[NumberFormat] = field(default_factory=dict)
    forms: _Versions[Form] = field(default_factory=dict)
    word_checks: _Versions[WordCheck] = field(default_factory=dict)
    upstream_forms: _Versions[UpstreamForm] = field(default_factory=dict)
    attachment_limits: AttachmentLimits | None = None
    holidays: dict[int, Holidays] = field(default_factory=dict)
    paths: PathEntries = field(default_factory=PathEntries)

    def put(self, versions: _Versions[_D], key: str, entry: _D, read_from: Members) -> None:
        begins = entry.effective_from or date.min
        if key:
            self.say_once(read_from, id(versions), key, begins)
        versions.setdefault(key, {})[begins] = entry

    def say_once(self, read_from: Members, *what: object) -> None:
        """Note a fault when one folder says the same thing twice: nobody could tell which one counts."""
        if what in self.said_here:
            read_from.fault("与同一文件夹中的另一项重复")
        self.said_here.add(what)

    def rules(self) -> Rules:
        if self.attachment_limits is None:
            self.faults.append("规则包中没有附件限制（attachment_limits）")
            self.attachment_limits = AttachmentLimits(0, {})
        self._check_forms()
        self._check_upstream_forms()
        tables = {name: self._table(head) for name, head in self.tables.items()}
        check_paths(self.paths, tables, self.periods, self.faults)
        return Rules(
            tables=tables,
            periods=_in_order(self.periods),
            settings=_in_order(self.settings),
            clauses=_flat(self.clauses),
            number_formats=NumberFormats(_flat(self.number_formats)),
            attachment_limits=self.attachment_limits,
            holidays=self._all_holidays(),
            forms=_in_order(self.forms),
            word_checks=_in_order(self.word_checks),
            upstream_forms=_in_order(self.upstream_forms),
            paths=self.paths.pack(),
        )

    def _all_holidays(self) -> Holidays:
        """The years together. What the notice of a year says of the December before goes before the older notice."""
        together = Holidays()
        for _, year in sorted(self.holidays.items()):
            together = together.overlaid(year.days_off, year.make_up_days, years=year.years)
        return together

    def _check_forms(self) -> None:
        """Note what a form takes from elsewhere and is not there: code tables, and the parts of a party's block."""
        for form in (form for versions in self.forms.values() for form in versions.values()):
            tables = (asked.table for asked in form.inputs if asked.table)
            self.faults += [
                f"表格“{form.code}”：没有代码表“{name}”" for name in dict.fromkeys(tables) if name not in self.tables
            ]
            parts = (part for block in form.blocks for part in block.parts)
            self.faults += [
                f"表格“{form.code}”：没有表格“{code}”" for code in dict.fromkeys(parts) if code not in self.forms
            ]

    def _check_upstream_forms(self) -> None:
        """Note settings that say how long a text may be, and are not there."""
        for form in (form for versions in self.upstream_forms.values() for form in versions.values()):
            named = dict.fromkeys(each.longest_setting for each in form.fields if each.longest_setting)
            self.faults += [f"上级表“{form.code}”：没有数值“{name}”" for name in named if name not in self.settings]

    def _table(self, head: CodeTable) -> CodeTable:
        table = replace(head, codes=_flat(self.codes[head.name]))
        for code in table.codes:
            if not _leads_to_the_top(table, code.code):
                self.faults.append(f"代码表“{head.name}”：代码“{code.code}”的上级不存在或互为上级")
            period = code.extra.get(MEDIATION_PERIOD, "")
            if period and period not in self.periods:
                self.faults.append(f"代码表“{head.name}”：代码“{code.code}”的调解期限“{period}”不在期限表中")
        return table


def _leads_to_the_top(table: CodeTable, code: str) -> bool:
    for _ in table.codes:
        if code not in table:
            return False
        code = table[code].parent
        if not code:
            return True
    return False


def _in_order(versions: _Versions[_D]) -> dict[str, tuple[_D, ...]]:
    return {key: tuple(by_date[day] for day in sorted(by_date)) for key, by_date in versions.items()}


def _flat(versions: _Versions[_D]) -> tuple[_D, ...]:
    return tuple(entry for entries in _in_order(versions).values() for entry in entries)


def _read_pack(file: Path, found: _Found) -> None:
    faults_before = len(found.faults)
    value = read_json(file, found.faults)
    if len(found.faults) > faults_before:
        return
    pack = Members(value, file.name, found.faults)
    kind = pack.text("pack")
    pack.text("title")
    _provenance(pack)
    _dates(pack)
    if kind in _READERS:
        _READERS[kind](pack, found)
        pack.finish()
    elif kind:
        pack.fault(f"“pack”应为 {'、'.join(_READERS)} 之一，现为“{kind}”")


def _entries(pack: Members, key: str) -> Iterator[Members]:
    return pack.objects(key, inherited=("source", "certainty", "effective_from", "effective_to"))


def _provenance(entry: Members) -> tuple[str, Certainty]:
    return entry.text("source"), entry.choice("certainty", Certainty)


def _dates(entry: Members) -> tuple[date | None, date | None]:
    begins, ends = entry.optional_day("effective_from"), entry.optional_day("effective_to")
    if begins and ends and ends < begins:
        entry.fault("“effective_to”早于“effective_from”")
    return begins, ends


def _read_codes(pack: Members, found: _Found) -> None:
    name, title = pack.text("name"), pack.text("title")
    source, certainty = _provenance(pack)
    if name in found.tables:
        ours = found.tables[name]
        source = f"{ours.source}；{source}"
        certainty = max(ours.certainty, certainty, key=list(Certainty).index)
    found.tables[name] = CodeTable(name, title, source, certainty, ())
    versions = found.codes.setdefault(name, {})
    for entry in _entries(pack, "codes"):
        begins, ends = _dates(entry)
        code, label, parent = entry.text("code"), entry.text("label"), entry.optional_text("parent")
        found.put(
            versions, code, Code(code, label, parent, entry.rest(), effective_from=begins, effective_to=ends), entry
        )


def _read_periods(pack: Members, found: _Found) -> None:
    for entry in _entries(pack, "periods"):
        begins, ends = _dates(entry)
        source, certainty = _provenance(entry)
        period = Period(
            id=entry.text("id"),
            title=entry.text("title"),
            length=entry.whole("length", least=1),
            unit=entry.choice("unit", Unit),
            rollover=entry.flag("rollover"),
            source=source,
            certainty=certainty,
            starts_from=entry.optional_text("starts_from"),
            extension=entry.optional_text("extension"),
            from_request=entry.optional_flag("from_request"),
            from_receipt=entry.optional_flag("from_receipt"),
            stop_reasons=entry.texts("stop_reasons"),
            by_consent=entry.optional_flag("by_consent"),
            most_further=entry.optional_whole("most_further"),
            extended_once=entry.optional_flag("extended_once"),
            paths=entry.texts("paths"),
            effective_from=begins,
            effective_to=ends,
        )
        found.put(found.periods, period.id, period, entry)


def _read_settings(pack: Members, found: _Found) -> None:
    for entry in _entries(pack, "settings"):
        begins, ends = _dates(entry)
        least = entry.optional_whole("least")
        most = entry.whole("most", least) if entry.has("most") else None
        setting = Setting(
            entry.text("name"),
            entry.text("title"),
            entry.whole("value", least),
            *_provenance(entry),
            least=least,
            most=most,
            effective_from=begins,
            effective_to=ends,
        )
        if most is not None and setting.value > most:
            entry.fault(f"“value”不能大于{most}")
        found.put(found.settings, setting.name, setting, entry)


def _read_clauses(pack: Members, found: _Found) -> None:
    for entry in _entries(pack, "clauses"):
        begins, ends = _dates(entry)
        key, title, text, kinds = entry.text("key"), entry.text("title"), entry.text("text"), entry.texts("kinds")
        found.put(found.clauses, key, Clause(key, title, text, kinds, effective_from=begins, effective_to=ends), entry)


def _read_number_formats(pack: Members, found: _Found) -> None:
    for entry in _entries(pack, "formats"):
        begins, ends = _dates(entry)
        kind, title, template = entry.text("kind"), entry.text("title"), entry.text("template")
        try:
            check_template(template)
        except RuleBroken as broken:
            entry.fault(str(broken))
        number_format = NumberFormat(
            kind, title, template, *_provenance(entry), effective_from=begins, effective_to=ends
        )
        found.put(found.number_formats, kind, number_format, entry)


def _read_attachment_limits(pack: Members, found: _Found) -> None:
    found.say_once(pack, "attachment_limits")
    found.attachment_limits = AttachmentLimits(pack.whole("max_bytes", least=1), pack.mapping("media_types"))


def _read_holidays(pack: Members, found: _Found) -> None:
    """What the notice of one year says: of that year, and of the last days of the year before."""
    year = pack.whole("year", least=2000)

    def is_elsewhere(day: date) -> bool:
        return day.year != year and (day.year, day.month) != (year - 1, 12)

    days_off: dict[date, str] = {}
    make_up_days: dict[date, str] = {}
    for entry in pack.objects("days_off"):
        first, last, name = entry.day("from"), entry.day("to"), entry.text("name")
        if last < first:
            entry.fault("“to”早于“from”")
        elif is_elsewhere(first) or is_elsewhere(last):
            entry.fault(f"不在{year}年或上年12月内")
        else:
            days_off |= {first + timedelta(number): name for number in range((last - first).days + 1)}
    for entry in pack.objects("make_up_days"):
        day, name = entry.day("day"), entry.text("name")
        if is_elsewhere(day):
            entry.fault(f"不在{year}年或上年12月内")
        elif day.weekday() < 5 or day in days_off:
            entry.fault("调休上班日应是周六或周日，并且不在放假日内")
        make_up_days[day] = name
    found.say_once(pack, "holidays", year)
    found.holidays[year] = Holidays(days_off, make_up_days, frozenset({year}))


def _read_form(pack: Members, found: _Found) -> None:
    form, blocks = read_form(pack, _dates(pack))
    if not found.is_proven:
        from mediation_desk.exchange.form_checks import check_form  # not needed at the start

        check_form(form, pack, blocks)
    found.put(found.forms, form.code, form, pack)


def _read_word_checks(pack: Members, found: _Found) -> None:
    for entry in _entries(pack, "checks"):
        _provenance(entry)
        check = read_word_check(entry, _dates(entry))
        found.put(found.word_checks, check.key, check, entry)


def _read_upstream_forms(pack: Members, found: _Found) -> None:
    for entry in _entries(pack, "forms"):
        _provenance(entry)
        form = read_upstream_form(entry, _dates(entry), is_proven=found.is_proven)
        found.put(found.upstream_forms, form.code, form, entry)


def _read_path_questions(pack: Members, found: _Found) -> None:
    paths = found.paths
    paths.is_proven = paths.is_proven and found.is_proven
    paths.otherwise = pack.optional_text("otherwise") or paths.otherwise
    _read_paths(pack, found, "questions", read_question, paths.questions)
    _read_paths(pack, found, "rules", read_rule, paths.rules)
    _read_paths(pack, found, "closures", read_closure, paths.closures)
    _read_paths(pack, found, "guides", read_guide, paths.guides)


def _read_paths(
    pack: Members, found: _Found, member: str, read: Callable[[Members, Days], _E], versions: _Versions[_E]
) -> None:
    if pack.has(member):
        for entry in _entries(pack, member):
            _provenance(entry)
            said = read(entry, _dates(entry))
            found.paths.places.append((said, entry))
            found.put(versions, said.key, said, entry)


_READERS: dict[str, Callable[[Members, _Found], None]] = {
    "codes": _read_codes,
    "periods": _read_periods,
    "settings": _read_settings,
    "clauses": _read_clauses,
    "number_formats": _read_number_formats,
    "attachment_limits": _read_attachment_limits,
    "holidays": _read_holidays,
    "form": _read_form,
    "word_checks": _read_word_checks,
    "upstream_forms": _read_upstream_forms,
    "path_questions": _read_path_questions,
}
