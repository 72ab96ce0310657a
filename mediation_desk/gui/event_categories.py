"""Offers the event categories of GB/T 31000, those that fit the kind of dispute before all others."""

from datetime import date

from PySide6.QtWidgets import QComboBox

from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose


def offer_event_categories(combo: QComboBox, rules: Rules, dispute_kind: str, day: date) -> None:
    """Fill `combo` and choose the likeliest category of `dispute_kind`, none for a kind without one."""
    table = rules.table("event_category")
    likely = [code for code in rules.event_categories(dispute_kind) if code in table]
    fitting = [code for each in likely for code in (table[each], *table.children(each, day))]
    others = [code for code in table.valid_on(day) if code not in fitting]
    combo.clear()
    combo.addItem("", "")
    for code in fitting:
        combo.addItem(table.full_label(code.code), code.code)
    if fitting:
        combo.insertSeparator(combo.count())
    for code in others:
        combo.addItem(table.full_label(code.code), code.code)
    choose(combo, likely[0] if likely else "")
