"""Stopping, resuming and lengthening a time limit."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case_clocks import running_clock
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.clock_dialogs import ClockExtendDialog, ClockResumeDialog, ClockStopDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.act import Act
from mediation_desk.services.clocks import stop_clock
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY
from tests.desk import Desk as Clerk
from tests.domain.casework import petition
from tests.gui.looking import pick, refusal_at, set_ticks

MEDIATION = ClockKind.MEDIATION


def dialog_of(
    kind: type[CaseDialog], desk: Desk, clerk: Clerk, case_id: int, place: QWidget, clock: ClockKind = MEDIATION
) -> CaseDialog:
    case = clerk.case(case_id)
    dialog = kind(desk, case, running_clock(case, desk.rules, clock), place)  # type: ignore[call-arg, arg-type]  # each takes a clock
    dialog.open()
    return dialog


def test_a_stop_is_recorded_with_reason_and_day(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.in_mediation()
    dialog = dialog_of(ClockStopDialog, desk, clerk, case_id, place)
    assert isinstance(dialog, ClockStopDialog)
    ui = dialog.ui
    assert ui.rule_text.text().startswith("人民调解期限，30日，从2026-11-23起算")
    assert [ui.stop_reason.itemText(row) for row in range(ui.stop_reason.count())] == [
        "委托鉴定或专家咨询",
        "各方约定暂停",
        "等待对方答复或补充材料",
    ]
    pick(ui.stop_reason, "等待对方")
    ui.stop_note.setPlainText("李四的维修账单")
    ui.save_button.click()
    [stop] = clerk.case(case_id).clock_stops
    assert (stop.reason_code, stop.reason, stop.since) == ("waiting", "李四的维修账单", TODAY)


def test_a_day_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    desk: Desk, clerk: Clerk, place: QWidget
) -> None:
    case_id = clerk.in_mediation()
    dialog = dialog_of(ClockStopDialog, desk, clerk, case_id, place)
    assert isinstance(dialog, ClockStopDialog)
    dialog.ui.stopped_since.setText("2026-11-20")
    dialog.ui.stop_note.setPlainText("鉴定")
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "stopped_since").startswith("停计日期早于期限起算的日期")
    assert dialog.ui.stop_note.toPlainText() == "鉴定"
    assert clerk.case(case_id).clock_stops == []


def test_resuming_proposes_that_today_counts_again(
    desk: Desk, clerk: Clerk, place: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.in_mediation()
    clerk.do(stop_clock, case_id, MEDIATION, reason_code="appraisal", since=TODAY, reason="房屋安全鉴定")
    monkeypatch.setattr(desk, "now", lambda: NOW + timedelta(days=5))
    dialog = dialog_of(ClockResumeDialog, desk, clerk, case_id, place)
    assert isinstance(dialog, ClockResumeDialog)
    assert dialog.ui.stop_text.text() == "“调解期限”从2026-11-23起停计：委托鉴定或专家咨询：房屋安全鉴定。"
    assert dialog.ui.stopped_until.text() == "2026-11-27"
    dialog.ui.save_button.click()
    assert clerk.case(case_id).clock_stops[0].until == date(2026, 11, 27)


def test_more_time_shows_the_new_last_day_and_wants_the_consent_of_all(
    desk: Desk, clerk: Clerk, place: QWidget
) -> None:
    case_id = clerk.in_mediation()
    dialog = dialog_of(ClockExtendDialog, desk, clerk, case_id, place)
    assert isinstance(dialog, ClockExtendDialog)
    ui = dialog.ui
    assert ui.consenting.isVisible()
    assert not ui.approved_by.isVisible()
    assert ui.end_text.text() == "现在届满：2026-12-23"
    ui.extended_days.setText("１５")
    assert ui.end_text.text() == "现在届满：2026-12-23　延长后届满：2027-01-07"
    ui.extension_reason.setPlainText("等鉴定意见")
    set_ticks(ui.consenting, "张三")
    ui.save_button.click()
    assert refusal_at(dialog, "consenting") == "延长须经各方同意，还缺：李四。"
    set_ticks(ui.consenting, "张三", "李四")
    ui.save_button.click()
    [extension] = clerk.case(case_id).extensions
    assert (extension.days, extension.approved_by, extension.reason) == (15, "各方当事人同意", "等鉴定意见")


def test_what_is_no_number_shows_no_new_day(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = dialog_of(ClockExtendDialog, desk, clerk, clerk.in_mediation(), place)
    assert isinstance(dialog, ClockExtendDialog)
    dialog.ui.extended_days.setText("半个月")
    assert dialog.ui.end_text.text() == "现在届满：2026-12-23"
    dialog.ui.save_button.click()
    assert "不是整数" in refusal_at(dialog, "extended_days")


def test_a_petition_is_lengthened_by_whoever_approved_it(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.in_mediation()

    def add(records: Records, _: Act) -> None:
        records.cases.get(case_id).petition = petition(TODAY, (PetitionStepKind.NOTICE, TODAY))

    clerk.do(add)
    dialog = dialog_of(ClockExtendDialog, desk, clerk, case_id, place, ClockKind.PETITION)
    assert isinstance(dialog, ClockExtendDialog)
    ui = dialog.ui
    assert not ui.consenting.isVisible()
    assert "最多30天，只能延长一次" in ui.rule_text.text()
    ui.extended_days.setText("30")
    ui.approved_by.setText("示例负责人")
    ui.extension_reason.setPlainText("案情复杂")
    ui.save_button.click()
    assert clerk.case(case_id).extensions[0].approved_by == "示例负责人"
