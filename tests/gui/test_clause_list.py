"""The numbered clauses."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rules import Clause
from mediation_desk.gui.clause_list import ClauseList


@pytest.fixture
def clauses(qtbot: QtBot) -> ClauseList:
    clauses = ClauseList()
    qtbot.addWidget(clauses)
    clauses.offer([Clause(key="pay", title="一次性付款", text="＿＿应向＿＿支付人民币＿＿元。")])
    clauses.show_clauses(["甲", "乙", "丙"])
    clauses.show()
    return clauses


def numbers(clauses: ClauseList) -> list[str]:
    fields = [clauses.field(index) for index in range(len(clauses.texts()))]
    return [field.accessibleName() for field in fields if field is not None]


def test_clauses_are_shown_in_order_and_numbered(clauses: ClauseList) -> None:
    assert clauses.texts() == ("甲", "乙", "丙")
    assert numbers(clauses) == ["第1条", "第2条", "第3条"]


def test_showing_is_no_change_but_typing_is(clauses: ClauseList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(clauses.changed):
        clauses.show_clauses(["丁"])
    field = clauses.field(0)
    assert field is not None
    with qtbot.waitSignal(clauses.changed):
        qtbot.keyClicks(field, "x")  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_a_clause_comes_from_the_library_with_its_blanks(clauses: ClauseList) -> None:
    clauses.ui.take.click()
    assert clauses.texts()[-1] == "＿＿应向＿＿支付人民币＿＿元。"


def test_clauses_change_places_and_numbers(clauses: ClauseList) -> None:
    clauses._rows[0].ui.move_down.click()
    assert clauses.texts() == ("乙", "甲", "丙")
    clauses._rows[2].ui.move_up.click()
    assert clauses.texts() == ("乙", "丙", "甲")
    assert numbers(clauses) == ["第1条", "第2条", "第3条"]
    assert not clauses._rows[0].ui.move_up.isEnabled()
    assert not clauses._rows[2].ui.move_down.isEnabled()


def test_what_was_removed_can_be_brought_back_to_its_place(clauses: ClauseList) -> None:
    clauses._rows[1].ui.remove.click()
    clauses._rows[0].ui.remove.click()
    assert clauses.texts() == ("丙",)
    clauses.ui.restore.click()
    clauses.ui.restore.click()
    assert clauses.texts() == ("甲", "乙", "丙")
    assert not clauses.ui.restore.isVisible()


def test_a_long_clause_gets_more_room_but_not_the_whole_window(clauses: ClauseList) -> None:
    field = clauses.field(0)
    assert field is not None
    short = field.minimumHeight()
    field.setPlainText("\n".join("很长的条款" for _ in range(6)))
    longer = field.minimumHeight()
    field.setPlainText("\n".join("很长的条款" for _ in range(60)))
    assert short < longer < field.minimumHeight() < 10 * field.fontMetrics().lineSpacing() + 20


def test_an_empty_list_leads_to_the_library(clauses: ClauseList) -> None:
    clauses.show_clauses([])
    assert clauses.texts() == ()
    assert clauses.field(0) is None
    assert clauses.focusProxy() is clauses.ui.clause_choice
