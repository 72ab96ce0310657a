"""The window a form is edited in."""

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.gui.edit_dialog import EditDialog


def a_form() -> tuple[QWidget, QLineEdit, QLabel]:
    form = QWidget()
    field, caption = QLineEdit(), QLabel("姓名")
    field.setObjectName("name")
    caption.setBuddy(field)
    layout = QVBoxLayout(form)
    layout.addWidget(caption)
    layout.addWidget(field)
    return form, field, caption


def test_what_is_saved_closes_the_dialog(qtbot: QtBot) -> None:
    form, field, _ = a_form()
    window = QWidget()
    qtbot.addWidget(window)
    saved: list[str] = []
    dialog = EditDialog("修改", form, lambda: saved.append(field.text()), window)
    dialog.open()
    field.setText("张三")
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.save.click()
    assert saved == ["张三"]


def test_a_refusal_stands_at_its_field_and_the_dialog_stays(qtbot: QtBot) -> None:
    form, field, caption = a_form()
    window = QWidget()
    qtbot.addWidget(window)

    def save() -> None:
        raise RuleBroken(Fault("请填写姓名。", "name"))

    dialog = EditDialog("修改", form, save, window)
    dialog.open()
    dialog.actions()[0].trigger()
    assert dialog.isVisible()
    assert caption.text() == "姓名  请填写姓名。"
    assert field.accessibleDescription() == "请填写姓名。"
    dialog.ui.cancel.click()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_refused_field_out_of_sight_is_scrolled_into_view(qtbot: QtBot) -> None:
    form, field, _ = a_form()
    layout = form.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertSpacing(0, 3000)
    window = QWidget()
    qtbot.addWidget(window)

    def save() -> None:
        raise RuleBroken(Fault("请填写姓名。", "name"))

    dialog = EditDialog("修改", form, save, window)
    dialog.open()
    qtbot.waitUntil(lambda: form.height() > 3000)
    assert field.visibleRegion().isEmpty()
    dialog.accept()
    assert not field.visibleRegion().isEmpty()
