"""Looks up what a form shows: under a name of the catalogue (`paper_fields.py`) or of one of the form's own inputs.

What is not recorded is empty, and stays open for the pen: nothing is ever made up. An empty form shows nothing of a
case at all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from typing import TypeVar

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.forms import Block, BlockKind, Form, Input, InputKind, names_in
from mediation_desk.domain.money import amount_on_paper
from mediation_desk.domain.paper import PaperEntry, Value
from mediation_desk.domain.paper_fields import (
    COLUMNS,
    DAYS,
    FURTHER,
    FURTHER_ROWS,
    LISTS,
    OF_BOTH_SIDES,
    OPTIONS,
    PARTIES,
    ROWS,
    TEXTS,
)
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.paper_words import listed, time_on_paper
from mediation_desk.domain.party import Party
from mediation_desk.domain.supervision import Conference, SupervisionOrder
from mediation_desk.domain.supervision_fields import TOLD

_T = TypeVar("_T")
_ENTRY = "entry."
_DIGEST = "digest"
_OF_THE_HOUSE = ("centre.", "committee.", "paper.", "role")


def with_told(form: Form, given: PaperInput) -> PaperInput:
    """The same, where the fact that the paper is about tells what would else be typed into the form."""
    fact = given.about
    if not isinstance(fact, SupervisionOrder | Conference):
        return given
    told = {asked.name: TOLD[asked.told_by](given) for asked in form.inputs if asked.told_by}
    typed = given.entry.values if given.entry else {}
    entry = PaperEntry(
        code=form.code, no=fact.no, values={**typed, **told}, by_id=fact.by_id, recorded_at=fact.recorded_at
    )
    return replace(given, entry=entry)


def text_of(given: PaperInput, name: str) -> str:
    """The text that stands under a name; "" for what is not recorded."""
    if given.is_blank and not name.startswith(_OF_THE_HOUSE):
        return ""
    if name.startswith(_ENTRY):
        return _entered(given, name)
    if name in DAYS:
        day = DAYS[name](given)
        return day_in_words(day) if day else ""
    if name in LISTS:
        return listed(LISTS[name](given))
    if name in given.further or name in FURTHER:
        return given.further.get(name, "")
    return TEXTS[name](given)


def is_day(form: Form, name: str) -> bool:
    """Whether a name stands for a day, so that an empty one is three blanks."""
    entered = _input(form, name)
    return name in DAYS or (entered is not None and entered.kind is InputKind.DAY)


def day_of(given: PaperInput, name: str) -> date | None:
    if given.is_blank or not name:
        return None
    if name.startswith(_ENTRY):
        value = _value(given, name)
        return _read(date.fromisoformat, value) if isinstance(value, str) and value else None
    return DAYS[name](given)


def list_of(given: PaperInput, name: str) -> list[str]:
    """The items under a name: a list, what was chosen of an input, or the lines of a text."""
    if given.is_blank:
        return []
    if name.startswith(_ENTRY):
        value = _value(given, name)
        if isinstance(value, str):
            return value.splitlines()
        return [each for each in value if isinstance(each, str)]
    if name in LISTS:
        return LISTS[name](given)
    return text_of(given, name).splitlines()


def options_of(given: PaperInput, form: Form, name: str) -> list[str]:
    """All that could be ticked under a name, on an empty form too."""
    entered = _input(form, name)
    if entered is None:
        return OPTIONS[name](given)
    if entered.table:
        return [code.label for code in given.rules.table(entered.table).valid_on(given.day)]
    return list(entered.options)


def rows_of(given: PaperInput, name: str) -> Sequence[Sequence[str]]:
    if given.is_blank:
        return []
    if name.startswith(_ENTRY):
        return [each for each in _value(given, name) if isinstance(each, list)]
    return ROWS[name](given) if name in ROWS else given.rows.get(name, [])


def parties_of(given: PaperInput, name: str) -> list[Party]:
    """The parties under a name; on an empty form one or two without a name."""
    if given.is_blank:
        return given.empty_parties(2 if name in OF_BOTH_SIDES else 1)
    if name.startswith(_ENTRY):
        value = _value(given, name)
        found = given.case.party(int(value)) if isinstance(value, str) and value.isdecimal() else None
        return [found] if found else []
    return PARTIES[name](given)


def is_there(given: PaperInput, condition: str) -> bool:
    """Whether what a condition names is recorded, which no party is on an empty form; "!name" asks for the contrary."""
    if condition.startswith("!"):
        return not is_there(given, condition[1:])
    if condition in PARTIES:
        return bool(parties_of(given, condition)) and not given.is_blank
    if condition in ROWS or condition in FURTHER_ROWS:
        return bool(rows_of(given, condition))
    return bool(text_of(given, condition).strip())


def asks_for_the_file(form: Form) -> bool:
    """Whether a form shows something of the case file as a whole."""
    names = (name for block in form.blocks for name in (*_shown_in(block), block.value, block.when.removeprefix("!")))
    return any(name in FURTHER or name in FURTHER_ROWS for name in names)


def _shown_in(block: Block) -> Iterator[str]:
    return (name for template in block.templates for name in names_in(template))


def unknown_in_head(form: Form) -> Iterator[str]:
    """The names that nobody knows in what heads every page, or those that go on with signatures."""
    return (name for name in names_in(form.head + form.continued) if name != _DIGEST and not _is_text(form, name))


def unknown_in(form: Form, block: Block) -> Iterator[str]:
    """The names that a block uses and nobody knows."""
    yield from (name for name in _shown_in(block) if not _is_text(form, name))
    if block.when and not _may_be_asked(form, block.when):
        yield block.when.removeprefix("!")
    for group in (*block.left, *block.right):
        if group.who and group.who not in PARTIES and not _is_text(form, group.who):
            yield group.who
    if block.dated and not is_day(form, block.dated):
        yield block.dated
    if block.value and block.kind in _KNOWN_LISTS and not _KNOWN_LISTS[block.kind](form, block.value):
        yield block.value
    if block.ticked and not _is_text(form, block.ticked):
        yield block.ticked


def columns_missing(form: Form, block: Block) -> int:
    """How many cells of its rows a table has no column for."""
    if block.kind is not BlockKind.TABLE or not block.value:
        return 0
    entered = _input(form, block.value)
    wanted = len(entered.columns) if entered else COLUMNS.get(block.value, 0)
    return max(0, wanted + block.counted - len(block.cells))


def _is_text(form: Form, name: str) -> bool:
    entered = _input(form, name)
    if entered is not None:
        return entered.kind is not InputKind.ROWS
    return name in TEXTS or name in DAYS or name in LISTS or name in FURTHER


def _may_be_asked(form: Form, condition: str) -> bool:
    name = condition.removeprefix("!")
    return name in PARTIES or name in ROWS or name in FURTHER_ROWS or _is_text(form, name)


def _has_rows(form: Form, name: str) -> bool:
    entered = _input(form, name)
    return name in ROWS or name in FURTHER_ROWS or (entered is not None and entered.kind is InputKind.ROWS)


def _has_parties(form: Form, name: str) -> bool:
    entered = _input(form, name)
    return name in PARTIES or (entered is not None and entered.kind is InputKind.PARTY)


def _has_options(form: Form, name: str) -> bool:
    entered = _input(form, name)
    return name in OPTIONS or (entered is not None and entered.kind in (InputKind.CHOICE, InputKind.TICKS))


_KNOWN_LISTS: dict[BlockKind, Callable[[Form, str], bool]] = {
    BlockKind.NUMBERED: _is_text,
    BlockKind.PARTIES: _has_parties,
    BlockKind.TABLE: _has_rows,
    BlockKind.TICKS: _has_options,
}


def _input(form: Form, name: str) -> Input | None:
    return form.input(name.removeprefix(_ENTRY)) if name.startswith(_ENTRY) else None


def _value(given: PaperInput, name: str) -> Value:
    return given.entry.values.get(name.removeprefix(_ENTRY), "") if given.entry else ""


def _entered(given: PaperInput, name: str) -> str:
    """What was typed, as papers write it: a day in words, an amount in figures and capitals, a party by its name.

    What the form asked for as something else when it was typed stays as it was typed.
    """
    value = _value(given, name)
    if not isinstance(value, str):
        return listed([each for each in value if isinstance(each, str)])
    form = given.rules.form(given.entry.code) if given.entry else None
    entered = _input(form, name) if form else None
    if not value.strip() or entered is None:
        return value.strip()
    match entered.kind:
        case InputKind.DAY:
            said = _read(lambda typed: day_in_words(date.fromisoformat(typed)), value)
        case InputKind.TIME:
            said = _read(lambda typed: time_on_paper(time.fromisoformat(typed)), value)
        case InputKind.AMOUNT:
            said = _read(lambda typed: amount_on_paper(int(typed)), value)
        case InputKind.PARTY:
            said = _read(lambda typed: given.case.party_name(int(typed)), value)
        case _:
            said = None
    return value.strip() if said is None else said


def _read(read: Callable[[str], _T], typed: str) -> _T | None:
    """What was typed, read as the form asks for it now; None where it was asked for as something else."""
    try:
        return read(typed)
    except ValueError:
        return None
