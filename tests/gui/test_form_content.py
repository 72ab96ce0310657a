from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose
from mediation_desk.gui.form_content import (
    content_of,
    line_of,
    offer_ticks,
    put_content,
    text_of,
    tick,
    ticked,
    watch_inputs,
)

DAY = date(2026, 11, 23)


class Form(QWidget):
    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.name, self.story, self.kind = QLineEdit(self), QPlainTextEdit(self), QComboBox(self)
        self.urgent, self.flags, self.plain = QCheckBox(self), QListWidget(self), QListWidget(self)
        for name in ("name", "story", "kind", "urgent", "flags", "plain"):
            getattr(self, name).setObjectName(name)
        self.kind.addItem("", "")
        self.kind.addItem("邻里纠纷", "02")
        offer_ticks(self.flags, rules.table("safety_flag"), DAY)
        self.plain.addItem("只是看的")


@pytest.fixture
def form(qtbot: QtBot, rules: Rules) -> Form:
    made = Form(rules)
    qtbot.addWidget(made)
    return made


def fill(form: Form) -> None:
    form.name.setText("𠮷三")
    form.story.setPlainText("一\n二")
    choose(form.kind, "02")
    form.urgent.setChecked(True)
    tick(form.flags, ["violence", "group"])


def test_what_stands_in_a_form_is_told_and_put_back(form: Form, rules: Rules, qtbot: QtBot) -> None:
    fill(form)
    content = content_of(form)
    assert content == {
        "name": "𠮷三",
        "story": "一\n二",
        "kind": "02",
        "urgent": True,
        "flags": ["violence", "group"],
    }
    again = Form(rules)
    qtbot.addWidget(again)
    put_content(again, content)
    assert content_of(again) == content


def test_what_stands_in_a_dialog_over_the_form_is_not_of_the_form(form: Form) -> None:
    dialog = QDialog(form)
    QLineEdit(dialog).setObjectName("elsewhere")
    assert "elsewhere" not in content_of(form)


def test_a_field_that_is_gone_and_a_code_no_longer_offered_do_no_harm(form: Form) -> None:
    put_content(form, {"gone": "x", "kind": "old", "flags": ["violence", "old_flag"]})
    assert form.kind.currentData() == "old"
    assert ticked(form.flags) == ["violence", "old_flag"]
    tick(form.flags, [])
    assert ticked(form.flags) == []


def test_every_kind_of_input_is_watched(form: Form) -> None:
    heard: list[str] = []
    spin = QSpinBox(form)
    QPushButton(form)
    watch_inputs(form, lambda: heard.append("touched"))
    changes: list[Callable[[], object]] = [
        lambda: form.name.setText("张"),
        lambda: form.story.setPlainText("话"),
        lambda: form.kind.setCurrentIndex(1),
        lambda: form.urgent.toggle(),
        lambda: form.flags.item(0).setCheckState(Qt.CheckState.Checked),
        lambda: spin.editingFinished.emit(),
    ]
    for change in changes:
        heard.clear()
        change()
        assert heard


def test_a_short_text_stays_on_one_line_and_a_long_one_keeps_its_lines(form: Form) -> None:
    form.name.setText("  幸福里\n3号\x07楼 ")
    assert line_of(form.name) == "幸福里 3号楼"
    form.story.setPlainText("\n一\x07\n\n二\n")
    assert text_of(form.story) == "一\n\n二"
