"""Plain fields are read as people type into them, and filled without losing what they held."""

from datetime import date, time

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.party import Side
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import (
    choose,
    chosen,
    day_of,
    fill_codes,
    fill_words,
    needed_day_of,
    time_of,
    yuan_of,
)

TODAY = date(2026, 11, 23)


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName("held_on")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def combo(qtbot: QtBot) -> QComboBox:
    made = QComboBox()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("  ", None),
        ("昨天", date(2026, 11, 22)),
        ("5-16", date(2026, 5, 16)),
        ("２０２６年５月１６日", date(2026, 5, 16)),
    ],
)
def test_days_are_read_as_they_are_typed(field: QLineEdit, typed: str, day: date | None) -> None:
    field.setText(typed)
    assert day_of(field, TODAY) == day


def test_a_needed_day_may_not_be_left_out(field: QLineEdit) -> None:
    field.setText("今天")
    assert needed_day_of(field, TODAY) == TODAY
    field.clear()
    with pytest.raises(RuleBroken, match="请填写日期") as refused:
        needed_day_of(field, TODAY)
    assert [fault.place for fault in refused.value.faults] == ["held_on"]


def test_times_and_amounts_are_read_as_they_are_typed(field: QLineEdit) -> None:
    assert (time_of(field), yuan_of(field)) == (None, None)
    field.setText("下午３点半")
    assert time_of(field) == time(15, 30)
    field.setText("１，２３４．５")
    assert yuan_of(field) == 123_450
    field.setText("   ")
    assert yuan_of(field) is None


@pytest.mark.parametrize("typed", ["2026-2-30", "<b>", "13-1", "abc&"])
def test_what_cannot_be_read_is_refused_at_its_field(field: QLineEdit, typed: str) -> None:
    field.setText(typed)
    for read in (lambda: day_of(field, TODAY), lambda: time_of(field), lambda: yuan_of(field)):
        with pytest.raises(RuleBroken) as refused:
            read()
        [fault] = refused.value.faults
        assert fault.place == "held_on"
        assert typed in fault.sentence


def test_codes_are_offered_that_are_valid_on_the_day(combo: QComboBox, rules: Rules) -> None:
    table = rules.table("dispute_kind")
    fill_codes(combo, table, TODAY)
    offered = [combo.itemData(row) for row in range(combo.count())]
    assert offered == ["", *(code.code for code in table.valid_on(TODAY))]
    assert len(offered) > 5
    assert chosen(combo) == ""
    fill_codes(combo, table, TODAY, blank=None)
    assert [combo.itemData(row) for row in range(combo.count())] == offered[1:]
    assert chosen(combo) == offered[1]


def test_words_are_offered_by_their_labels(combo: QComboBox) -> None:
    fill_words(combo, Side, blank="未选")
    assert [combo.itemText(row) for row in range(combo.count())] == ["未选", *(side.label for side in Side)]
    choose(combo, Side.RESPONDENT)
    assert chosen(combo) == "respondent"
    fill_words(combo, Side)
    assert combo.count() == len(Side)


def test_an_old_code_stays_as_it_is_and_no_code_shows_the_blank(combo: QComboBox, rules: Rules) -> None:
    fill_codes(combo, rules.table("dispute_kind"), TODAY)
    before = combo.count()
    choose(combo, "retired_code")
    assert chosen(combo) == "retired_code"
    assert combo.currentText() == "retired_code"
    choose(combo, None)
    assert (chosen(combo), combo.currentIndex()) == ("", 0)
    choose(combo, "retired_code")
    assert combo.count() == before + 1


def test_numbers_can_be_codes(combo: QComboBox) -> None:
    combo.addItem("无", "")
    combo.addItem("赵和", 1)
    choose(combo, 1)
    assert chosen(combo) == "1"


def test_an_empty_list_has_nothing_to_choose(combo: QComboBox) -> None:
    choose(combo, None)
    assert (combo.currentIndex(), chosen(combo)) == (-1, "")
