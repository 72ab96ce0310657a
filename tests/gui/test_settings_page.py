"""设置: the centre, its committees and users, and what is only shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk import __version__
from mediation_desk.gui.committee_form import CommitteeForm
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.settings_page import SettingsPage
from mediation_desk.gui.user_form import UserForm


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, tmp_path: Path) -> SettingsPage:
    made = SettingsPage(desk, tmp_path / "本地 规则")
    qtbot.addWidget(made)
    made.show()
    return made


def opened(page: SettingsPage) -> EditDialog:
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    return dialog


def show(page: SettingsPage, section: QWidget) -> None:
    page.ui.sections.setCurrentWidget(section)


def test_the_centre_is_described_anew_and_everybody_is_told(desk: Desk, page: SettingsPage, qtbot: QtBot) -> None:
    page.centre_form.ui.centre_name.setText("西城街道综治中心")
    page.centre_form.ui.centre_phone.setText("010-60000000")
    with qtbot.waitSignal(desk.centre_changed):
        page.ui.save_centre.click()
    assert (desk.centre.name, desk.centre.phone) == ("西城街道综治中心", "010-60000000")
    assert page.ui.centre_saved.text() == "已保存。"


def test_a_centre_without_a_name_is_refused_at_its_field(desk: Desk, page: SettingsPage) -> None:
    page.centre_form.ui.centre_name.clear()
    page.ui.save_centre.click()
    assert "请填写综治中心名称。" in page.centre_form.ui.centre_name_caption.text()
    assert desk.look(lambda records, _: records.centre.get()).name == "东城街道综治中心"
    assert page.ui.centre_saved.text() == ""


def test_a_committee_is_added(desk: Desk, page: SettingsPage) -> None:
    show(page, page.ui.committee_section)
    page.ui.add_committee.click()
    form = opened(page).form
    assert isinstance(form, CommitteeForm)
    form.ui.committee_name.setText("物业纠纷人民调解委员会")
    form.ui.committee_short_name.setText("物")
    opened(page).ui.save.click()
    assert [line.cells[1] for line in page.committees.lines] == ["东", "物"]
    assert [each.short_name for each in desk.centre.committees] == ["东", "物"]


def test_a_committee_is_changed_and_what_the_law_asks_for_is_seen(page: SettingsPage) -> None:
    show(page, page.ui.committee_section)
    page.ui.committees.setCurrentIndex(page.committees.index(0, 0))
    page.ui.change_committee.click()
    form = opened(page).form
    assert isinstance(form, CommitteeForm)
    form._member_rows()[0].ui.remove_member.click()
    form.ui.committee_term_end.setText("2026-1-1")
    opened(page).ui.save.click()
    (line,) = page.committees.lines
    assert line.cells[3:6] == ("何委员、吕委员", " 至 2026-01-01", "在用")
    assert "任期已满" in line.cells[6]
    assert line.tone is not None


def test_a_short_name_of_another_committee_is_refused_and_nothing_is_kept(desk: Desk, page: SettingsPage) -> None:
    show(page, page.ui.committee_section)
    page._add_here()
    form = opened(page).form
    assert isinstance(form, CommitteeForm)
    form.ui.committee_name.setText("东单人民调解委员会")
    form.ui.committee_short_name.setText("东")
    opened(page).ui.save.click()
    assert "重号" in form.ui.committee_short_name_caption.text()
    assert len(desk.look(lambda records, _: records.centre.get()).committees) == 1


def test_a_user_is_added_and_may_work_at_once(desk: Desk, page: SettingsPage) -> None:
    show(page, page.users)
    page._add_here()
    form = opened(page).form
    assert isinstance(form, UserForm)
    form.ui.user_name.setText("张窗口")
    opened(page).ui.save.click()
    assert page.users.users.lines[-1].cells[0] == "张窗口"
    assert desk.centre.users[-1].name == "张窗口"


def test_a_retired_user_hands_over_to_another(desk: Desk, page: SettingsPage) -> None:
    first, second = desk.centre.users
    assert desk.user_id == first.id
    show(page, page.users)
    page._change_here()
    assert page.findChild(EditDialog) is None
    page.users.ui.users.setCurrentIndex(page.users.users.index(0, 0))
    page._change_here()
    form = opened(page).form
    assert isinstance(form, UserForm)
    form.ui.user_active.setChecked(False)
    opened(page).ui.save.click()
    assert page.users.users.lines[0].cells[3] == "已离岗"
    assert desk.user_id == second.id


def test_keys_that_belong_to_lists_do_nothing_elsewhere(page: SettingsPage) -> None:
    page._add_here()
    page._change_here()
    show(page, page.ui.committee_section)
    page._change_here()
    assert page.findChild(EditDialog) is None


def test_the_store_and_the_program_say_what_they_are(desk: Desk, page: SettingsPage) -> None:
    assert page.ui.store_path.text() == str(desk.database.path)
    assert page.ui.store_size.text() != ""
    assert page.ui.store_mode.text() == "正式数据"
    assert page.ui.store_state.text() == "可以读写"
    assert __version__ in page.ui.about_version.text()
    assert page.rules.rowCount() > len(desk.rules.tables)


def test_a_read_only_practice_store_says_so(desk: Desk, page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.database, "read_only", "数据文件是只读的。")
    monkeypatch.setattr(desk.centre, "is_practice", True)
    page.refresh()
    assert page.ui.store_state.text() == "数据文件是只读的。"
    assert page.ui.store_mode.text().startswith("练习")
    page.ui.save_centre.click()
    assert [box.text() for box in page.findChildren(QMessageBox)] == ["数据文件是只读的。"]


def test_the_folder_of_local_rules_is_made_when_it_is_first_opened(
    page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened_urls.append)
    page.ui.open_rules_folder.click()
    assert (tmp_path / "本地 规则").is_dir()
    assert [Path(url.toLocalFile()) for url in opened_urls] == [tmp_path / "本地 规则"]


def test_a_folder_that_cannot_be_made_is_told(page: SettingsPage, tmp_path: Path) -> None:
    (tmp_path / "本地 规则").write_text("", encoding="utf-8")
    page.ui.open_rules_folder.click()
    assert ["无法建立文件夹" in box.text() for box in page.findChildren(QMessageBox)] == [True]


def test_a_value_is_changed_by_the_key_that_changes_elsewhere_too(page: SettingsPage) -> None:
    show(page, page.own_settings)
    page._change_here()
    assert opened(page).windowTitle() == "修改数值"
