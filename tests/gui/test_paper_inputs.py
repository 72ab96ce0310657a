"""Fields made from what a form asks for: each kind typed, kept, and shown again."""

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.paper import Value
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.paper_inputs import PaperInputs
from mediation_desk.gui.rows_field import RowsField
from tests.desk import Desk as Clerk
from tests.gui.every_kind import EVERY_KIND, form
from tests.gui.looking import found, pick, set_ticks

TODAY = date(2026, 11, 23)
KEPT: dict[str, Value] = {
    "line": "调解室",
    "text": "问：…\n答：…",
    "day": "2026-11-20",
    "time": "09:05",
    "amount": "120050",
    "choice": "重大",
    "coded": "女",
    "ticks": ["照片", "合同"],
    "party": "2",
    "rows": [["转账记录", "2"], ["照片", "6"]],
}


@pytest.fixture
def case(clerk: Clerk) -> Case:
    return clerk.case(clerk.registered())


@pytest.fixture
def inputs(desk: Desk, case: Case, qtbot: QtBot) -> PaperInputs:
    inputs = PaperInputs(form(), case, desk.rules, TODAY)
    qtbot.addWidget(inputs)
    return inputs


def fill(inputs: PaperInputs) -> None:
    found(inputs, QLineEdit, "line").setText(" 调解室 ")
    found(inputs, QPlainTextEdit, "text").setPlainText("问：…\n答：…\n")
    found(inputs, QLineEdit, "day").setText("11-20")
    found(inputs, QLineEdit, "time").setText("９点5分")
    found(inputs, QLineEdit, "amount").setText("1,200.5元")
    pick(found(inputs, QComboBox, "choice"), "重大")
    pick(found(inputs, QComboBox, "coded"), "女")
    set_ticks(found(inputs, QListWidget, "ticks"), "照片", "合同")
    pick(found(inputs, QComboBox, "party"), "李四")
    found(inputs, RowsField, "rows").table.put([["转账记录", "2"], ["", ""], ["照片", "6"]], 0, 0)


def test_each_kind_is_kept_as_papers_read_it(inputs: PaperInputs) -> None:
    fill(inputs)
    assert inputs.read() == KEPT


def test_nothing_typed_is_nothing_kept(inputs: PaperInputs) -> None:
    assert not any(inputs.read().values())


def test_what_was_kept_is_shown_and_stays_the_same(inputs: PaperInputs) -> None:
    inputs.show_values(KEPT)
    assert found(inputs, QLineEdit, "amount").text() == "1,200.50"
    assert found(inputs, QLineEdit, "time").text() == "9:05"
    assert inputs.read() == KEPT


def test_a_draft_brings_back_what_was_typed_letter_by_letter(
    inputs: PaperInputs, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    fill(inputs)
    found(inputs, QLineEdit, "day").setText("上周五")
    other = PaperInputs(form(), case, desk.rules, TODAY)
    qtbot.addWidget(other)
    other.put(inputs.content())
    assert other.content() == inputs.content()
    assert found(other, QLineEdit, "day").text() == "上周五"


def test_a_draft_of_an_older_form_leaves_out_what_is_not_asked_any_more(inputs: PaperInputs) -> None:
    inputs.put({"typed": {"line": "门口", "gone": "旧"}, "rows": {"gone": [["旧"]], "line": [["旧"]]}})
    assert inputs.read()["line"] == "门口"


def test_everything_that_cannot_be_read_is_told_at_once(inputs: PaperInputs) -> None:
    for name in ("day", "time", "amount"):
        found(inputs, QLineEdit, name).setText("不知道")
    with pytest.raises(RuleBroken) as refused:
        inputs.read()
    assert [fault.place for fault in refused.value.faults] == ["day", "time", "amount"]


def test_every_field_has_its_caption_beside_it_and_is_read_aloud_by_it(inputs: PaperInputs) -> None:
    buddies = {label.buddy().objectName(): label.text() for label in inputs.findChildren(QLabel) if label.buddy()}
    assert list(buddies) == [asked.name for asked in EVERY_KIND]
    assert buddies["line"] == "地点(&A)"
    assert buddies["rows"] == "清单 A&&B(&J)"
    for asked in EVERY_KIND[:-1]:
        assert found(inputs, QWidget, asked.name).accessibleName() == asked.caption
    assert found(inputs, RowsField, "rows").table.accessibleName() == "清单 A&B"


@pytest.mark.parametrize("asked", EVERY_KIND, ids=lambda asked: asked.name)
def test_typing_anywhere_is_noticed(inputs: PaperInputs, qtbot: QtBot, asked: object) -> None:
    with qtbot.waitSignal(inputs.touched):
        match inputs.fields[asked.name]:  # type: ignore[attr-defined]  # an Input
            case QLineEdit() as line:
                line.setText("1")
            case QPlainTextEdit() as text:
                text.setPlainText("1")
            case QComboBox() as choice:
                choice.setCurrentIndex(1)
            case QListWidget() as ticks:
                set_ticks(ticks, "收据")
            case RowsField() as rows:
                rows.table.put([["1"]], 0, 0)


def test_a_choice_that_is_not_offered_any_more_is_not_lost(inputs: PaperInputs) -> None:
    inputs.show_values({"choice": "特别重大", "ticks": ["录像"]})
    assert inputs.read()["choice"] == "特别重大"
    assert inputs.read()["ticks"] == ["录像"]


def test_short_fields_stand_in_pairs_and_long_ones_alone(inputs: PaperInputs) -> None:
    inputs.resize(700, 900)
    inputs.show()
    fields = inputs.fields
    assert fields["day"].y() == fields["time"].y()
    assert fields["text"].width() > fields["day"].width() * 1.5
    assert fields["line"].width() == fields["text"].width()  # its neighbour would be the long one
