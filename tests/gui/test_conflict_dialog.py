"""Two desks corrected the same case: a person sees both versions and says which holds."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case
from mediation_desk.gui.as_registered import intake_of
from mediation_desk.gui.conflict_dialog import ConflictDialog, correct_or_settle
from mediation_desk.gui.desk import Desk
from mediation_desk.services.intake import correct
from tests.desk import Desk as Clerk
from tests.gui.conftest import new_uid

MINE, THEIRS = 3, 2


class Two:
    """A case that is open here while another desk corrects it."""

    def __init__(self, desk: Desk, clerk: Clerk, place: QWidget) -> None:
        self.desk, self.clerk, self.place = desk, clerk, place
        self.case_id = clerk.registered()
        self.was = self.case
        self.settled = 0

    @property
    def case(self) -> Case:
        return self.desk.look(lambda records, _: records.cases.get(self.case_id))

    def they_correct(self, **changed: object) -> None:
        now = self.case
        self.clerk.do(correct, self.case_id, now.version_id, replace(intake_of(now, new_uid()), **changed))  # type: ignore[arg-type]  # any field

    def i_correct(self, **changed: object) -> ConflictDialog | None:
        typed = replace(intake_of(self.was, new_uid()), **changed)  # type: ignore[arg-type]  # any field
        recorded = correct_or_settle(self.desk, self.was, typed, self.place, self._settle)
        dialogs = self.place.findChildren(ConflictDialog)
        assert recorded != bool(dialogs)
        return dialogs[0] if dialogs else None

    def _settle(self) -> None:
        self.settled += 1


@pytest.fixture
def two(desk: Desk, clerk: Clerk, place: QWidget) -> Two:
    return Two(desk, clerk, place)


def cells(dialog: ConflictDialog) -> list[list[str]]:
    table = dialog.ui.versions
    return [[dialog._cell(row, column).text() for column in range(4)] for row in range(table.rowCount())]


def test_what_nobody_else_changed_is_recorded_at_once(two: Two) -> None:
    assert two.i_correct(remark="下午再来") is None
    assert two.case.remark == "下午再来"


def test_both_versions_are_shown_field_by_field_and_nothing_is_decided_for_anybody(two: Two) -> None:
    two.they_correct(demand="只要修好。", title="漏水")
    dialog = two.i_correct(demand="只要赔钱。", remark="下午再来")
    assert dialog is not None
    assert cells(dialog) == [
        ["诉求", "修好并赔偿。", "只要修好。", "只要赔钱。"],
        ["案件名称", "—", "漏水", "—"],
        ["备注", "—", "—", "下午再来"],
    ]
    assert not dialog.ui.save_button.isEnabled()
    assert dialog.ui.undecided.text() == "还有1项没有勾选。"
    assert two.case.demand == "只要修好。"


def test_who_corrected_the_case_meanwhile_and_when_is_said(two: Two) -> None:
    two.they_correct(matter="楼上漏水")
    dialog = two.i_correct(matter="楼上阳台漏水")
    assert dialog is not None
    assert "您打开以后，王窗口在 9:30 改过这个案件的登记。" in dialog.ui.what_happened.text()


def test_the_ticked_version_is_kept_with_what_each_changed_alone(two: Two, qtbot: QtBot) -> None:
    two.they_correct(demand="只要修好。", title="漏水")
    dialog = two.i_correct(demand="只要赔钱。", remark="下午再来")
    assert dialog is not None
    dialog._cell(0, MINE).setCheckState(Qt.CheckState.Checked)
    dialog.ui.save_button.click()
    kept = two.case
    assert (kept.demand, kept.title, kept.remark) == ("只要赔钱。", "漏水", "下午再来")
    assert two.settled == 1


def test_only_one_of_two_versions_can_be_ticked(two: Two) -> None:
    two.they_correct(demand="只要修好。")
    dialog = two.i_correct(demand="只要赔钱。")
    assert dialog is not None
    dialog._cell(0, MINE).setCheckState(Qt.CheckState.Checked)
    dialog._cell(0, THEIRS).setCheckState(Qt.CheckState.Checked)
    assert dialog._cell(0, MINE).checkState() is Qt.CheckState.Unchecked
    dialog.ui.save_button.click()
    assert two.case.demand == "只要修好。"


def test_changes_that_do_not_meet_need_no_tick(two: Two) -> None:
    two.they_correct(title="漏水")
    dialog = two.i_correct(remark="下午再来")
    assert dialog is not None
    assert dialog.ui.save_button.isEnabled()
    dialog.ui.save_button.click()
    assert (two.case.title, two.case.remark) == ("漏水", "下午再来")


def test_a_third_correction_meanwhile_is_shown_as_well(two: Two) -> None:
    two.they_correct(title="漏水")
    dialog = two.i_correct(remark="下午再来")
    assert dialog is not None
    two.they_correct(remark="明天来")
    dialog.ui.save_button.click()
    assert ["备注", "—", "明天来", "下午再来"] in cells(dialog)
    assert two.settled == 0
    for action in dialog.actions():
        if action.text() == "不一样的都用我的":
            action.trigger()
    dialog.ui.save_button.click()
    assert (two.case.title, two.case.remark) == ("漏水", "下午再来")
    assert two.settled == 1


def test_going_back_records_nothing(two: Two) -> None:
    two.they_correct(title="漏水")
    dialog = two.i_correct(remark="下午再来")
    assert dialog is not None
    dialog.ui.cancel_button.click()
    assert (two.case.title, two.case.remark, two.settled) == ("漏水", "", 0)
