"""A new password: what it lacks is said while it is typed, what is refused is said at its field."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave, Fault, LockedOut, RuleBroken, WrongPassword
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.password_dialog import PasswordDialog
from tests.gui.looking import refusal_at, said_in_a_box

TODAY = date(2026, 11, 23)
OLD, NEW = "Kai1-men", "Guan2-men"

Ask = Callable[..., PasswordDialog]


@pytest.fixture
def ask(rules: Rules, place: QWidget) -> Ask:
    def ask(change: Callable[[str, str], None] = lambda _old, _new: None, **how: object) -> PasswordDialog:
        dialog = PasswordDialog("王窗口", rules, TODAY, change, place, **how)  # type: ignore[arg-type]  # as given
        dialog.open()
        return dialog

    return ask


def type_in(dialog: PasswordDialog, new: str = NEW, again: str = NEW, old: str = OLD) -> None:
    dialog.ui.old_password.setText(old)
    dialog.ui.new_password.setText(new)
    dialog.ui.password_again.setText(again)


def test_the_change_is_made_and_the_dialog_ends(ask: Ask, qtbot: QtBot) -> None:
    changed: list[tuple[str, str]] = []
    dialog = ask(lambda old, new: changed.append((old, new)))
    type_in(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.save_button.click()
        assert not dialog.ui.fields.isEnabled(), "nothing can be changed while it is under way"
        dialog.ui.save_button.click()
        dialog.reject()
    assert changed == [(OLD, NEW)]


def test_what_it_lacks_is_said_while_it_is_typed(ask: Ask) -> None:
    told = ask().ui.password_rules
    dialog = ask()
    told = dialog.ui.password_rules
    assert told.text().startswith("至少8个字符")
    dialog.ui.new_password.setText("王窗口1")
    assert told.text().splitlines() == [
        "口令太短：至少8个字符，现在4个。",
        "口令太简单：大写字母、小写字母、数字、其他字符中至少要有3类，现在2类。",
        "口令中含有使用者姓名，容易被猜到，请换一个。",
    ]
    dialog.ui.new_password.setText(NEW)
    assert told.text() == "可以使用，请再写一遍。"
    dialog.ui.password_again.setText("Guan2")
    assert told.text() == "两遍写得不一样。"
    dialog.ui.password_again.setText(NEW)
    assert told.text() == "两遍一致，可以使用。"


def test_two_different_ones_are_refused_before_anything_is_done(ask: Ask) -> None:
    changed: list[str] = []
    dialog = ask(lambda _, new: changed.append(new))
    type_in(dialog, again="Guan3-men")
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "password_again") == "两遍写得不一样。"
    assert changed == []


@pytest.mark.parametrize(
    ("error", "field", "sentence"),
    [
        (WrongPassword("口令不对。"), "old_password", "口令不对。"),
        (LockedOut("9:40以后才能再试。"), "old_password", "9:40以后才能再试。"),
        (
            RuleBroken(Fault("口令太短。", "new_password"), Fault("与最近用过的相同。", "new_password")),
            "new_password",
            "口令太短。与最近用过的相同。",
        ),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    ask: Ask, qtbot: QtBot, error: Exception, field: str, sentence: str
) -> None:
    def refuse(_old: str, _new: str) -> None:
        raise error

    dialog = ask(refuse)
    type_in(dialog)
    dialog.ui.save_button.click()
    qtbot.waitUntil(lambda: refusal_at(dialog, field) == sentence)
    assert dialog.isVisible()
    assert dialog.ui.new_password.text() == NEW


def test_a_store_that_cannot_be_written_is_said_in_a_box(ask: Ask, qtbot: QtBot) -> None:
    def refuse(_old: str, _new: str) -> None:
        raise CannotSave("磁盘已满。")

    dialog = ask(refuse)
    type_in(dialog)
    dialog.ui.save_button.click()
    qtbot.waitUntil(lambda: dialog.ui.save_button.isEnabled())
    assert said_in_a_box(dialog) == "磁盘已满。"


def test_one_that_must_be_changed_cannot_be_left(ask: Ask) -> None:
    dialog = ask(why="口令已使用满90天，请先更换。", is_forced=True)
    assert dialog.ui.password_why.text() == "口令已使用满90天，请先更换。"
    assert not dialog.ui.cancel.isVisible()
    dialog.reject()
    assert dialog.isVisible()
    dialog.close()
    assert dialog.isVisible()


def test_another_can_be_left(ask: Ask) -> None:
    dialog = ask()
    dialog.ui.cancel.click()
    assert not dialog.isVisible()


def test_a_first_one_asks_for_no_old_one(ask: Ask) -> None:
    dialog = ask(asks_old=False)
    assert not dialog.ui.old_password.isVisible()
    assert dialog.windowTitle() == "设口令"
