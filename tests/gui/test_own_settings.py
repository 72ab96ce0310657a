"""数值 in 设置: what is in force, which of it the centre set itself, and how each value came about."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.line_model import YELLOW, Line
from mediation_desk.gui.own_setting_form import OwnSettingForm
from mediation_desk.gui.own_settings import OwnSettingsSection
from mediation_desk.services.own_settings import set_own
from tests.gui.conftest import NOW
from tests.gui.looking import refusal_at

SOON = "due_soon_days"


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> OwnSettingsSection:
    made = OwnSettingsSection(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def line(section: OwnSettingsSection) -> Line:
    return next(each for each in section.settings.lines if each.key == SOON)


def choose(section: OwnSettingsSection) -> None:
    row = section.settings.lines.index(line(section))
    section.ui.own_settings.setCurrentIndex(section.settings.index(row, 0))


def changing(section: OwnSettingsSection) -> tuple[EditDialog, OwnSettingForm]:
    choose(section)
    section.ui.change_setting.click()
    dialog = section.findChild(EditDialog)
    assert dialog is not None
    assert isinstance(dialog.form, OwnSettingForm)
    return dialog, dialog.form


def test_every_setting_of_the_packs_is_listed_with_its_source(section: OwnSettingsSection, desk: Desk) -> None:
    assert {each.key for each in section.settings.lines} == set(desk.rules.settings)
    [setting] = desk.packs.settings[SOON]
    assert line(section).cells == (setting.title, "3", "", "规则包", setting.certainty.label, setting.source)
    assert any(each.tone is YELLOW for each in section.settings.lines)


def test_a_value_is_changed_and_counts_at_once(section: OwnSettingsSection, desk: Desk, qtbot: QtBot) -> None:
    dialog, form = changing(section)
    assert form.ui.setting_now.text().startswith("现为3，应在0至365之间。来源：")
    assert form.ui.own_from.text() == "2026-11-23"
    form.ui.own_value.setText("５")
    form.ui.own_reason.setText("主任办公会")
    with qtbot.waitSignal(desk.rules_changed):
        dialog.ui.save.click()
    assert desk.rules.setting(SOON, NOW.date()) == 5
    assert line(section).cells[1:] == ("5", "2026-11-23", "本中心", "", "主任办公会")
    assert line(section).tone is None
    assert section.ui.own_settings.currentIndex().data(Qt.ItemDataRole.UserRole) == SOON


def test_the_history_of_the_chosen_value_is_shown(section: OwnSettingsSection, desk: Desk) -> None:
    desk.do(set_own, "most_representatives", 4, NOW.date(), "别的")
    desk.do(set_own, SOON, 5, NOW.date(), "试行")
    desk.do(set_own, SOON, 7, NOW.date(), "再改")
    desk.refresh_rules()
    choose(section)
    [setting] = desk.packs.settings[SOON]
    assert [each.cells for each in section.history.lines] == [
        ("7", "2026-11-23", "本中心", "再改", "王窗口", "2026-11-23 09:30"),
        ("5", "2026-11-23", "本中心", "试行", "王窗口", "2026-11-23 09:30"),
        ("3", "", "规则包", setting.source, "", ""),
    ]


def test_weights_that_do_not_add_up_are_told_above_the_list(section: OwnSettingsSection, desk: Desk) -> None:
    assert not section.ui.settings_doubts.isVisible()
    desk.do(set_own, "assign_load_most", 10, NOW.date(), "试行")
    desk.refresh_rules()
    assert section.ui.settings_doubts.isVisible()
    assert "合计为90，不是100" in section.ui.settings_doubts.text()


@pytest.mark.parametrize(("typed", "sentence"), [("三天", "请填写整数。"), ("", "请填写整数。")])
def test_what_is_no_value_is_refused_at_its_field(section: OwnSettingsSection, typed: str, sentence: str) -> None:
    dialog, form = changing(section)
    form.ui.own_value.setText(typed)
    form.ui.own_from.clear()
    dialog.ui.save.click()
    assert refusal_at(form, "own_value") == sentence
    assert refusal_at(form, "own_from") == "请填写从哪一天起。"
    assert refusal_at(form, "own_reason").startswith("请写明理由")


def test_a_value_that_begins_later_is_not_in_force_yet(section: OwnSettingsSection, desk: Desk) -> None:
    desk.do(set_own, SOON, 9, NOW.date().replace(year=2027), "明年起")
    desk.refresh_rules()
    assert line(section).cells[1] == "3"


def test_without_a_chosen_line_nothing_is_changed(section: OwnSettingsSection) -> None:
    section.settings.show([])
    section.change()
    assert section.findChild(EditDialog) is None
