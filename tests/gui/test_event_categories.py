"""The event categories that fit a kind of dispute are offered before all others, none twice."""

from datetime import date

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rules import Rules
from mediation_desk.gui.event_categories import offer_event_categories

TODAY = date(2026, 11, 23)


def test_what_fits_stands_first_with_what_is_below_it(rules: Rules, qtbot: QtBot) -> None:
    combo = QComboBox()
    qtbot.addWidget(combo)
    offer_event_categories(combo, rules, "02", TODAY)
    codes = [combo.itemData(row) for row in range(combo.count())]
    assert codes[:7] == ["", "02", "0201", "0202", "0203", "0299", None]
    assert combo.currentData() == "02"
    offered = [code for code in codes if code]
    assert sorted(offered) == sorted(code.code for code in rules.table("event_category").valid_on(TODAY))


def test_an_unknown_kind_proposes_nothing(rules: Rules, qtbot: QtBot) -> None:
    combo = QComboBox()
    qtbot.addWidget(combo)
    offer_event_categories(combo, rules, "", TODAY)
    assert combo.currentData() == ""
    assert combo.count() == len(rules.table("event_category").valid_on(TODAY)) + 1
