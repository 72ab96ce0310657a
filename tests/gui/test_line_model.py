"""The model of ready-made lines."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mediation_desk.gui.line_model import RED, Line, LineModel


def test_the_model_keeps_qts_rules_full_and_empty(qtmodeltester: ModelTester) -> None:
    model = LineModel(("姓名", "电话"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    model.show([Line(("张三", "13800000001"), 1, RED), Line(("李四", ""), 2)])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_cells_headers_keys_and_tone_are_where_they_belong() -> None:
    model = LineModel(("姓名", "电话"))
    model.show([Line(("张三", "13800000001"), 7, RED), Line(("李四", ""), 8)])
    assert [model.headerData(each, Qt.Orientation.Horizontal) for each in (0, 1)] == ["姓名", "电话"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.index(0, 1).data() == "13800000001"
    assert model.index(1, 1).data(Qt.ItemDataRole.UserRole) == 8
    assert model.index(0, 0).data(Qt.ItemDataRole.BackgroundRole) == RED.background
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) == RED.ink
    assert model.index(0, 1).data(Qt.ItemDataRole.BackgroundRole) is None
    assert model.index(1, 0).data(Qt.ItemDataRole.BackgroundRole) is None
