"""设置·使用者: roles, passwords, and who logged in when."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import LockedOut, WrongPassword
from mediation_desk.domain.rights import Role
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.password_dialog import PasswordDialog
from mediation_desk.gui.user_form import UserForm
from mediation_desk.gui.users_section import UsersSection
from mediation_desk.services.entrance import Entrance
from tests.gui.looking import pick, set_ticks

FIRST, GIVEN = "Kai1-men", "Chu3-shi!"


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> UsersSection:
    section = UsersSection(desk)
    qtbot.addWidget(section)
    section.show()
    return section


@pytest.fixture
def entrance(desk: Desk) -> Entrance:
    return Entrance(desk.database, desk.packs, "", desk.now)


def choose(section: UsersSection, row: int) -> None:
    section.ui.users.setCurrentIndex(section.users.index(row, 0))


def form_of(section: UsersSection) -> tuple[EditDialog, UserForm]:
    dialog = next(each for each in section.findChildren(EditDialog) if each.isVisible())
    assert isinstance(dialog.form, UserForm)
    return dialog, dialog.form


def asked(section: UsersSection) -> PasswordDialog:
    return next(each for each in section.findChildren(PasswordDialog) if each.isVisible())


def type_in(dialog: PasswordDialog, password: str, qtbot: QtBot) -> None:
    dialog.ui.new_password.setText(password)
    dialog.ui.password_again.setText(password)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.save_button.click()


def cells(section: UsersSection, row: int) -> tuple[str, ...]:
    return tuple(section.users.lines[row].cells)


def test_each_user_stands_with_roles_and_without_a_password(section: UsersSection) -> None:
    everything = "、".join(role.label for role in Role)
    assert cells(section, 0) == ("王窗口", everything, "", "在用", "未设", "90天内没有")
    assert "王窗口：同一人兼任管理员和审计" in section.ui.users_doubts.text()
    assert section.ui.set_password.isVisible()
    assert not section.ui.give_password.isVisible()


def test_roles_and_the_place_in_the_directory_are_changed(desk: Desk, section: UsersSection) -> None:
    choose(section, 1)
    section.ui.change_user.click()
    dialog, form = form_of(section)
    assert any("窗口：看全部案件、" in form.ui.user_roles.item(row).text() for row in range(form.ui.user_roles.count()))
    set_ticks(form.ui.user_roles, "调解员")
    assert "没有对应名册中的调解员" in form.ui.user_doubts.text()
    pick(form.ui.user_mediator, "钱律师")
    assert form.ui.user_doubts.text() == ""
    dialog.ui.save.click()
    assert cells(section, 1)[:3] == ("李窗口", "调解员", "钱律师")
    assert desk.centre.users[1].roles == ["mediator"]


def test_the_last_keeper_of_the_users_stays_one(desk: Desk, section: UsersSection) -> None:
    for row in (1, 0):
        choose(section, row)
        section.ui.change_user.click()
        dialog, form = form_of(section)
        set_ticks(form.ui.user_roles, "窗口")
        dialog.ui.save.click()
    assert "至少要有一位在用的管理员" in form.ui.user_roles_caption.text()
    dialog.reject()
    assert "admin" in desk.centre.users[0].roles


def test_the_first_password_makes_everybody_log_in(desk: Desk, section: UsersSection, qtbot: QtBot) -> None:
    section.ui.set_password.click()
    dialog = asked(section)
    assert "现在为王窗口设口令" in dialog.ui.password_why.text()
    type_in(dialog, FIRST, qtbot)
    qtbot.waitUntil(lambda: cells(section, 0)[4] == "有效，还有90天")


def test_somebody_is_given_a_first_password(
    desk: Desk, section: UsersSection, entrance: Entrance, qtbot: QtBot
) -> None:
    entrance.change_password(desk.user.uid, "", FIRST)
    desk.is_guarded = True
    section.refresh()
    choose(section, 0)
    assert not section.ui.give_password.isEnabled(), "one's own is changed, not given"
    choose(section, 1)
    section.ui.give_password.click()
    type_in(asked(section), GIVEN, qtbot)
    qtbot.waitUntil(lambda: cells(section, 1)[4] == "初始口令，待本人改")
    assert "管理员给的口令" in entrance.judge(desk.centre.users[1].uid, GIVEN).why_change


def test_who_is_locked_out_is_seen_and_unlocked(
    desk: Desk, section: UsersSection, entrance: Entrance, qtbot: QtBot
) -> None:
    one, two = (user.uid for user in desk.centre.users)
    entrance.change_password(one, "", FIRST)
    entrance.give_password(one, two, GIVEN)
    desk.is_guarded = True
    for _ in range(5):
        with pytest.raises((WrongPassword, LockedOut)):
            entrance.judge(two, "falsch")
    section.refresh()
    assert cells(section, 1)[4] == "输错过多，锁定至09:40"
    choose(section, 1)
    section.ui.unlock_user.click()
    qtbot.waitUntil(lambda: cells(section, 1)[4] == "初始口令，待本人改")
    assert entrance.judge(two, GIVEN).refusal is None


def test_who_logged_in_is_told_with_day_and_hour(desk: Desk, section: UsersSection, entrance: Entrance) -> None:
    entrance.change_password(desk.user.uid, "", FIRST)
    entrance.judge(desk.user.uid, FIRST)
    section.refresh()
    assert cells(section, 0)[5] == "2026-11-23 09:30"


def test_a_retired_user_has_no_password_any_more(desk: Desk, section: UsersSection, entrance: Entrance) -> None:
    one, two = (user.uid for user in desk.centre.users)
    entrance.change_password(one, "", FIRST)
    entrance.give_password(one, two, GIVEN)
    desk.is_guarded = True
    section.refresh()
    choose(section, 1)
    section.change()
    dialog, form = form_of(section)
    form.ui.user_active.setChecked(False)
    dialog.ui.save.click()
    assert cells(section, 1)[3:5] == ("已离岗", "")
    assert entrance.people() == [(one, "王窗口")]


def test_who_only_reads_the_settings_changes_nobody(desk: Desk, section: UsersSection) -> None:
    def make_director(records: object, _: object) -> None:
        records.centre.get().users[0].roles = ["director"]  # type: ignore[attr-defined]  # any records

    desk.do(make_director)
    desk.refresh_centre()
    assert not section.ui.add_user.isEnabled()
    assert not section.ui.change_user.isEnabled()


def test_the_lines_stand_for_users(section: UsersSection) -> None:
    assert section.users.index(0, 0).data(Qt.ItemDataRole.UserRole).user.name == "王窗口"
