"""Choosing a period: with one choice, or by two days that are typed."""

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.report_period import Span
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.period_choice import OWN, PeriodChoice
from tests.gui.looking import pick


class Fields(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.period, self.first, self.last = QComboBox(self), QLineEdit(self), QLineEdit(self)
        self.last.setObjectName("last_day")
        self.choice = PeriodChoice(desk, self.period, self.first, self.last)


@pytest.fixture
def fields(desk: Desk, qtbot: QtBot) -> Fields:
    fields = Fields(desk)
    qtbot.addWidget(fields)
    return fields


def test_a_choice_counts_at_once(fields: Fields, qtbot: QtBot) -> None:
    assert fields.choice.span == Span(date(2026, 10, 1), date(2026, 12, 31))
    with qtbot.waitSignal(fields.choice.changed):
        pick(fields.period, "上年")
    assert fields.choice.span == Span(date(2025, 1, 1), date(2025, 12, 31))
    assert (fields.first.text(), fields.last.text()) == ("2025-01-01", "2025-12-31")


def test_days_that_are_typed_count_when_they_are_taken(fields: Fields, qtbot: QtBot) -> None:
    before = fields.choice.span
    with qtbot.assertNotEmitted(fields.choice.changed):
        pick(fields.period, OWN)
        fields.first.setText("2026-3-1")
        fields.last.setText("今天")
    assert fields.choice.span == before
    with qtbot.waitSignal(fields.choice.changed):
        fields.choice.take_typed()
    assert fields.choice.span == Span(date(2026, 3, 1), date(2026, 11, 23))


def test_a_period_the_wrong_way_round_is_refused_at_its_field(fields: Fields) -> None:
    pick(fields.period, OWN)
    fields.first.setText("2026-3-2")
    fields.last.setText("2026-3-1")
    with pytest.raises(RuleBroken) as refused:
        fields.choice.take_typed()
    assert [(fault.sentence, fault.place) for fault in refused.value.faults] == [("结束日期早于开始日期。", "last_day")]


def test_of_a_period_that_is_chosen_nothing_is_taken(fields: Fields, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(fields.choice.changed):
        fields.choice.take_typed()
