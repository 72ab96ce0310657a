"""常用条件 of the page 案件: kept in the store, by name, for each user."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.services.triage import decline
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent


@pytest.fixture(autouse=True)
def settings_of_their_own(tmp_path: Path) -> Iterator[None]:
    """Nothing of a test stays in the settings of whoever runs it."""
    before = QCoreApplication.organizationName(), QCoreApplication.applicationName(), QSettings.defaultFormat()
    QCoreApplication.setOrganizationName("mediation-desk-tests")
    QCoreApplication.setApplicationName("saved-filters")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield
    QCoreApplication.setOrganizationName(before[0])
    QCoreApplication.setApplicationName(before[1])
    QSettings.setDefaultFormat(before[2])


@pytest.fixture
def page(desk: Desk, clerk: Clerk, qtbot: QtBot) -> CasesPage:
    clerk.registered()
    declined = clerk.registered(parties=(claimant(), respondent(name="赵六")))
    clerk.do(decline, declined, reason_code="not_civil")
    return opened(desk, qtbot)


def opened(desk: Desk, qtbot: QtBot) -> CasesPage:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def names(page: CasesPage) -> list[str]:
    return [page.ui.saved_filter.itemText(row) for row in range(page.ui.saved_filter.count())]


def choose_filter(page: CasesPage, name: str) -> None:
    page.ui.saved_filter.setCurrentText(name)
    page.ui.saved_filter.activated.emit(page.ui.saved_filter.findText(name))


def save(page: CasesPage, name: str) -> None:
    page.ui.saved_filter.setEditText(name)
    page.ui.save_filter_button.click()


def respondents(page: CasesPage) -> list[str]:
    return [page.model.index(row, 2).data() for row in range(page.model.rowCount())]


def choose(combo: QComboBox, code: str) -> None:
    combo.setCurrentIndex(combo.findData(code))


def test_conditions_are_kept_under_a_name(page: CasesPage, qtbot: QtBot) -> None:
    choose(page.ui.stage, "done")
    page.ui.query.setText("赵六")
    save(page, "没受理的")

    another = opened(page.desk, qtbot)
    choose_filter(another, "没受理的")
    assert respondents(another) == ["赵六"]
    assert another.ui.stage.currentText() == "已结"

    another.ui.drop_filter_button.click()
    assert (names(another), names(page)) == ([], [])


def test_time_and_turn_are_kept_too(page: CasesPage) -> None:
    choose(page.ui.due, "limit week")
    choose(page.ui.waiting, "answer")
    save(page, "快到期还没表态")
    page.ui.clear_button.click()
    assert len(respondents(page)) == 2
    choose_filter(page, "快到期还没表态")
    assert (page.ui.due.currentText(), page.ui.waiting.currentText()) == ("期限七日内到期", "当事人表态")
    assert respondents(page) == ["李四"]


def test_a_filter_gets_another_name(page: CasesPage) -> None:
    save(page, "甲")
    choose_filter(page, "甲")
    page.ui.saved_filter.setEditText("乙")
    page.ui.rename_filter_button.click()
    assert (names(page), page.ui.saved_filter.currentText()) == (["乙"], "乙")


def test_a_name_that_is_taken_is_refused_at_the_box(page: CasesPage) -> None:
    save(page, "甲")
    save(page, "乙")
    choose_filter(page, "甲")
    page.ui.saved_filter.setEditText("乙")
    page.ui.rename_filter_button.click()
    assert "已有名为“乙”的常用条件" in page.ui.saved_filter_caption.text()
    assert names(page) == ["乙", "甲"]


def test_conditions_without_a_name_are_not_kept(page: CasesPage) -> None:
    page.ui.save_filter_button.click()
    assert "起个名字" in page.ui.saved_filter_caption.text()


def test_every_user_has_conditions_of_his_own(page: CasesPage) -> None:
    save(page, "我的")
    page.desk.user_id = int(page.desk.centre.users[1].id or 0)
    page.desk.changed.emit()
    assert (names(page), page.ui.saved_filter.currentText()) == ([], "")


def test_a_name_that_is_being_typed_stays_when_something_changes(page: CasesPage) -> None:
    page.ui.saved_filter.setEditText("打到一")
    page.desk.changed.emit()
    assert page.ui.saved_filter.currentText() == "打到一"


def test_a_condition_that_means_nothing_any_more_narrows_nothing(page: CasesPage) -> None:
    page._show_conditions({"due": "limit someday", "waiting": "godot"})
    page.refresh()
    assert len(respondents(page)) == 2


def test_what_the_pc_kept_goes_into_the_store_once(desk: Desk, qtbot: QtBot) -> None:
    [uid] = [user.uid for user in desk.centre.users if user.id == desk.user_id]
    QSettings().setValue(f"saved_filters/{uid}", json.dumps({"旧的": {"stage": "open"}}, ensure_ascii=False))
    page = opened(desk, qtbot)
    assert names(page) == ["旧的"]
    page.ui.saved_filter.setCurrentText("旧的")
    page.ui.drop_filter_button.click()
    assert names(opened(desk, qtbot)) == []
