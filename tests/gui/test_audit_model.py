import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from mediation_desk.domain.errors import CannotRead
from mediation_desk.gui import audit_model
from mediation_desk.gui.audit_model import HEADERS, AuditModel
from mediation_desk.gui.desk import Desk
from mediation_desk.services import audit_log
from mediation_desk.services.audit import note_view
from mediation_desk.store.audit_log import LogFilter


@pytest.fixture
def model(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AuditModel:
    """The log of a desk where five cases were seen, read two entries at a time."""
    for module in (audit_model, audit_log):
        monkeypatch.setattr(module, "AT_A_TIME", 2)
    for case_id in range(1, 6):
        desk.log.note(note_view, "案件", case_id)
    desk.log.flush()
    return AuditModel(desk)


def test_it_is_a_sound_model(model: AuditModel, qtmodeltester: ModelTester) -> None:
    model.show(LogFilter())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt does not say


def test_it_reads_on_to_the_end(model: AuditModel) -> None:
    model.show(LogFilter(kind="view"))
    assert model.rowCount() == 2
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert [line.case_id for line in model.lines] == [5, 4, 3, 2, 1]


def test_its_cells_say_who_did_what(model: AuditModel) -> None:
    model.show(LogFilter(kind="view"))
    cells = {
        model.headerData(column, Qt.Orientation.Horizontal): model.index(0, column).data()
        for column in range(len(HEADERS))
    }
    assert (cells["谁"], cells["种类"], cells["做了什么"], cells["案件"]) == ("王窗口", "查看", "案件", "（序号 5）")
    assert cells["时间"] == "2026-11-23 09:30:00"
    assert model.index(0, 0).data(Qt.ItemDataRole.UserRole) == model.lines[0].no


def test_a_failure_while_scrolling_is_tried_again(
    model: AuditModel, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise CannotRead("读不出来")

    model.show(LogFilter(kind="view"))
    with monkeypatch.context() as failing:
        failing.setattr(desk, "look", fail)
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 2
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 4


def test_it_can_be_emptied(model: AuditModel) -> None:
    model.show(LogFilter())
    model.clear()
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (0, False)
