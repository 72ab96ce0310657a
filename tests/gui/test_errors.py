"""Refusals stand at their fields, everything else in a box; a defect is told once and always logged."""

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFormLayout, QLabel, QLineEdit, QMessageBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave, Fault, RuleBroken
from mediation_desk.gui.errors import clear_refusals, tell, telling, watch_for_defects
from tests.gui.looking import bring_up, found, refusal_at, said_in_a_box


class Form(QWidget):
    """Fields with labels above them, as all forms have them."""

    def __init__(self, *names: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.captions: dict[str, QLabel] = {}
        layout = QFormLayout(self)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name in names:
            field = QLineEdit()
            field.setObjectName(name)
            caption = QLabel("姓名(&N)")
            caption.setBuddy(field)
            layout.addRow(caption, field)
            self.captions[name] = caption

    def field(self, name: str) -> QLineEdit:
        return found(self, QLineEdit, name)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form("claimant_name", "matter", "demand")
    qtbot.addWidget(form)
    bring_up(form, qtbot)
    return form


def refuse(form: QWidget, *faults: Fault, **fields: QWidget) -> None:
    with telling(form, fields):
        raise RuleBroken(*faults)


def test_every_refused_field_is_told_and_the_first_gets_the_cursor(form: Form) -> None:
    form.field("demand").setText("赔偿")
    refuse(form, Fault("请填写事由。", "matter"), Fault("请填写姓名。", "claimant_name"))
    assert form.captions["matter"].text() == "姓名(&N)  请填写事由。"
    assert form.captions["claimant_name"].text() == "姓名(&N)  请填写姓名。"
    assert form.captions["demand"].text() == "姓名(&N)"
    assert refusal_at(form, "matter") == "请填写事由。"
    assert form.focusWidget() is form.field("matter")
    assert form.field("demand").text() == "赔偿"
    assert said_in_a_box(form) == ""


def test_what_is_refused_at_a_hidden_field_or_at_none_is_said_in_one_box(form: Form) -> None:
    form.field("demand").hide()
    refuse(
        form,
        Fault("请填写事由。", "matter"),
        Fault("请填写请求。", "demand"),
        Fault("没有这一栏。", "unknown"),
        Fault("整件事都不行。"),
    )
    assert said_in_a_box(form) == "请填写请求。\n没有这一栏。\n整件事都不行。"
    assert refusal_at(form, "matter") == "请填写事由。"
    assert refusal_at(form, "demand") == ""


def test_a_field_without_a_label_is_told_of_in_a_box(form: Form) -> None:
    form.captions["matter"].setBuddy(form.field("demand"))
    refuse(form, Fault("请填写事由。", "matter"))
    assert said_in_a_box(form) == "请填写事由。"


def test_a_place_can_be_given_another_field(form: Form) -> None:
    refuse(form, Fault("号码不对。", "parties[1].id_number"), **{"parties[1].id_number": form.field("matter")})
    assert refusal_at(form, "matter") == "号码不对。"


def test_a_dialog_that_is_open_over_the_window_keeps_its_fields_to_itself(form: Form, qtbot: QtBot) -> None:
    dialog = QDialog(form)
    QFormLayout(dialog).addRow(Form("place"))
    dialog.show()
    refuse(form, Fault("请填写地点。", "place"))
    assert refusal_at(dialog, "place") == ""
    assert said_in_a_box(form) == "请填写地点。"


def test_a_sentence_is_shown_as_it_was_typed(form: Form) -> None:
    typed = "“<b>张&三</b>”不是姓名。"
    refuse(form, Fault(typed, "matter"))
    assert form.captions["matter"].text() == "姓名(&N)  “<b>张&&三</b>”不是姓名。"
    assert form.captions["matter"].textFormat() is Qt.TextFormat.PlainText
    assert refusal_at(form, "matter") == typed
    tell(form, typed)
    [box] = form.findChildren(QMessageBox)
    shown = next(label for label in box.findChildren(QLabel) if label.text() == typed)
    assert shown.textFormat() is Qt.TextFormat.PlainText


def test_the_next_attempt_takes_back_what_the_last_one_marked(form: Form) -> None:
    refuse(form, Fault("请填写事由。", "matter"))
    refuse(form, Fault("事由太短。", "matter"), Fault("请填写请求。", "demand"))
    assert form.captions["matter"].text() == "姓名(&N)  事由太短。"
    with telling(form):
        pass
    assert {caption.text() for caption in form.captions.values()} == {"姓名(&N)"}
    assert {caption.styleSheet() for caption in form.captions.values()} == {""}
    assert refusal_at(form, "matter") == ""


def test_a_label_that_lost_its_field_can_be_cleared(form: Form) -> None:
    refuse(form, Fault("请填写事由。", "matter"))
    form.field("matter").setParent(None)
    clear_refusals(form)
    assert form.captions["matter"].text() == "姓名(&N)"


def test_a_refused_field_is_scrolled_into_view(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inner = Form(*(f"field{number}" for number in range(40)))
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.resize(300, 200)
    bring_up(area, qtbot)
    refuse(area, Fault("请填写这一栏。", "field39"))
    qtbot.waitUntil(lambda: not inner.field("field39").visibleRegion().isEmpty())
    refuse(area, Fault("请填写这一栏。", "field0"))
    qtbot.waitUntil(lambda: not inner.captions["field0"].visibleRegion().isEmpty())


def test_other_refusals_are_said_in_a_box_once(form: Form, qtbot: QtBot) -> None:
    for _ in range(3):
        with telling(form):
            raise CannotSave("磁盘已满。")
    assert [box.text() for box in form.findChildren(QMessageBox)] == ["磁盘已满。"]
    assert said_in_a_box(form) == "磁盘已满。"
    qtbot.waitUntil(lambda: not form.findChildren(QMessageBox))
    tell(form, "磁盘已满。")
    assert said_in_a_box(form) == "磁盘已满。"


def test_a_defect_is_no_refusal(form: Form) -> None:
    with pytest.raises(ZeroDivisionError), telling(form):
        raise ZeroDivisionError


# ---- defects


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # and put back afterwards
    watch_for_defects()
    yield
    for box in defect_boxes():
        box.close()


def defect_boxes() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.objectName() == "defect_box" and each.isVisible()]


def fail_in_a_slot(error: BaseException) -> None:
    def fail() -> None:
        raise error

    QTimer.singleShot(0, fail)


@pytest.mark.usefixtures("watched")
def test_a_defect_in_a_slot_is_logged_and_told(form: Form, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    fail_in_a_slot(ZeroDivisionError())
    qtbot.waitUntil(lambda: bool(defect_boxes()))
    [box] = defect_boxes()
    assert isinstance(box, QMessageBox)
    assert "草稿都在" in box.text()
    assert [record.getMessage() for record in caplog.records] == ["defect"]


@pytest.mark.usefixtures("watched")
def test_a_second_defect_while_the_first_is_told_is_logged_only(
    form: Form, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    fail_in_a_slot(ZeroDivisionError())
    qtbot.waitUntil(lambda: bool(defect_boxes()))
    fail_in_a_slot(KeyError())
    qtbot.waitUntil(lambda: len(caplog.records) == 2)
    [box] = defect_boxes()
    box.close()
    fail_in_a_slot(ValueError())
    qtbot.waitUntil(lambda: len(caplog.records) == 3)
    assert len(defect_boxes()) == 1


@pytest.mark.usefixtures("watched", "qapp")
def test_a_defect_without_a_window_is_logged_only(caplog: pytest.LogCaptureFixture) -> None:
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    assert len(caplog.records) == 1
    assert not defect_boxes()


@pytest.mark.usefixtures("watched")
def test_a_defect_while_telling_of_one_does_not_recurse(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(logging.Logger, "critical", lambda *_, **__: fail())
    with pytest.raises(KeyError):
        sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    assert sys.excepthook is sys.__excepthook__


@pytest.mark.usefixtures("watched")
def test_an_interrupt_ends_the_program_without_a_box(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert ended == [True]
    assert not defect_boxes()
