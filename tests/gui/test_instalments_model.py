"""The table of instalments."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mediation_desk.domain.agreement import Instalment
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.gui.instalments_model import AMOUNT, DAY, InstalmentsModel

TODAY = date(2026, 11, 23)


@pytest.fixture
def model(qapp: object) -> InstalmentsModel:
    model = InstalmentsModel(TODAY)
    model.show([Instalment(due_on=date(2026, 12, day), amount_fen=100_000) for day in (1, 31)])
    return model


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, model: InstalmentsModel) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    model.add()
    model.remove(0)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_what_is_typed_is_tidied(model: InstalmentsModel) -> None:
    model.setData(model.index(0, DAY), "2027年1月5日")
    model.setData(model.index(0, AMOUNT), "１２００.5元")
    assert [model.index(0, column).data() for column in (DAY, AMOUNT)] == ["2027-01-05", "1,200.50"]
    first = model.read()[0]
    assert (first.due_on, first.amount_fen) == (date(2027, 1, 5), 120_050)


def test_what_cannot_be_read_stays_and_every_fault_is_told(model: InstalmentsModel) -> None:
    model.setData(model.index(0, DAY), "下个月")
    model.add()
    with pytest.raises(RuleBroken) as refusal:
        model.read()
    assert [fault.sentence[:3] for fault in refusal.value.faults] == ["第1期", "第3期"]
    assert model.index(0, DAY).data() == "下个月"


def test_parts_are_numbered(model: InstalmentsModel) -> None:
    assert model.headerData(1, Qt.Orientation.Vertical) == "第2期"
    assert model.headerData(AMOUNT, Qt.Orientation.Horizontal) == "金额（元）"


def test_only_editing_changes_it(model: InstalmentsModel) -> None:
    assert not model.setData(model.index(0, DAY), "x", Qt.ItemDataRole.DecorationRole)
    assert model.flags(model.index(0, DAY)) & Qt.ItemFlag.ItemIsEditable
