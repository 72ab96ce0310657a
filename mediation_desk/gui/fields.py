"""Reads and fills plain Qt fields: codes of a rule pack, days, times and amounts as people type them."""

from collections.abc import Callable, Iterable
from datetime import date, time
from enum import StrEnum
from typing import TypeVar
from unicodedata import normalize

from PySide6.QtWidgets import QComboBox, QLineEdit

from mediation_desk.domain.dates import parse_day, parse_time
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.money import parse_yuan
from mediation_desk.domain.rules import CodeTable

T = TypeVar("T")


def fill_codes(combo: QComboBox, table: CodeTable, day: date, *, blank: str | None = "") -> None:
    """Offer the codes that are valid on `day`, sub-codes after their parents; first a blank one unless None."""
    combo.clear()
    if blank is not None:
        combo.addItem(blank, "")
    for code in table.valid_on(day):
        combo.addItem(table.full_label(code.code), code.code)


def fill_words(combo: QComboBox, words: Iterable[Labelled], *, blank: str | None = None) -> None:
    """Offer words of the trade by their labels; first a blank one where asked."""
    combo.clear()
    if blank is not None:
        combo.addItem(blank, "")
    for word in words:
        combo.addItem(word.label, word.value)


def choose(combo: QComboBox, code: str | StrEnum | int | None) -> None:
    """Show `code`; one that is not offered (an old or unknown code) is added, so that nothing is changed unseen."""
    wanted = code.value if isinstance(code, StrEnum) else code
    index = combo.findData(wanted if wanted is not None else "")
    if index < 0 and wanted not in (None, ""):
        combo.addItem(str(wanted), wanted)
        index = combo.count() - 1
    combo.setCurrentIndex(max(index, 0) if combo.count() else -1)


def chosen(combo: QComboBox) -> str:
    """The code shown, "" for none."""
    return str(combo.currentData() or "")


def day_of(field: QLineEdit, today: date) -> date | None:
    """The day typed, None for an empty field. Raises `RuleBroken` at this field."""
    return _typed(field, lambda text: parse_day(text, today))


def needed_day_of(field: QLineEdit, today: date) -> date:
    """The day typed. Raises `RuleBroken` at this field, also when it is empty."""
    day = day_of(field, today)
    if day is None:
        raise RuleBroken(Fault("请填写日期。", field.objectName()))
    return day


def time_of(field: QLineEdit) -> time | None:
    """The time typed, None for an empty field. Raises `RuleBroken` at this field."""
    return _typed(field, parse_time)


def yuan_of(field: QLineEdit) -> int | None:
    """The amount typed in yuan, as fen; None for an empty field. Raises `RuleBroken` at this field."""
    return _typed(field, lambda text: parse_yuan(text) if text.strip() else None)


def whole_of(field: QLineEdit) -> int | None:
    """The whole number typed, full-width digits too; None for an empty field. Raises `RuleBroken` at this field."""
    return _typed(field, _parse_whole)


def _parse_whole(text: str) -> int | None:
    plain = normalize("NFKC", text).strip()
    if plain and not plain.isdecimal():
        raise ValueError(f"“{text.strip()}”不是整数，请只写数字。")
    return int(plain) if plain else None


def _typed(field: QLineEdit, read: Callable[[str], T]) -> T:
    try:
        return read(field.text())
    except ValueError as error:
        raise RuleBroken(Fault(str(error), field.objectName())) from error
