"""People are checked in and out with one key; absence is noted; what stays empty is shown in colour."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.duty_roster import Post
from mediation_desk.gui.check_in_dialog import CheckInDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.leave_dialog import LeaveDialog
from mediation_desk.gui.line_model import ORANGE, RED
from mediation_desk.gui.presence_lines import GREEN, GREY
from mediation_desk.gui.presence_panel import PresencePanel
from mediation_desk.services.attendance import check_in
from mediation_desk.services.presence import LeaveAsked, take_leave
from mediation_desk.services.who_is_here import who_is_here
from tests.gui.conftest import NOW

STANDING, ROTATING, ON_CALL = 1, 2, 3


@pytest.fixture
def clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: monkeypatch.setattr(desk, "_clock", lambda: moment)


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> PresencePanel:
    made = PresencePanel(desk)
    qtbot.addWidget(made)
    desk.changed.connect(lambda: reread(made))
    reread(made)
    made.show()
    return made


def reread(panel: PresencePanel) -> None:
    panel.show_presences(panel.desk.look(who_is_here, panel.desk.now()))


def choose(panel: PresencePanel, row: int) -> None:
    panel.ui.on_duty.setCurrentIndex(panel.on_duty.index(row, 0))


def states(panel: PresencePanel) -> list[str]:
    return [str(line.cells[0]) for line in panel.on_duty.lines]


def action(panel: PresencePanel, text: str) -> None:
    next(each for each in panel.actions() if text in each.text()).trigger()


def question(panel: PresencePanel) -> QMessageBox:
    [box] = [box for box in panel.findChildren(QMessageBox) if box.isVisible()]
    return box


def test_everybody_who_should_be_here_is_listed_with_where_they_are(panel: PresencePanel) -> None:
    assert [tuple(line.cells) for line in panel.on_duty.lines] == [
        ("应到", "钱律师", "常驻", "律师", "正大律师事务所", ""),
        ("应到", "孙咨询师", "轮驻", "心理咨询师", "区心理协会", ""),
    ]
    assert panel.ui.coming.text() == "接下来 今天 周一 下午：钱律师"


def test_one_key_checks_in_and_later_out_and_the_line_stays_chosen(
    panel: PresencePanel, clock: Callable[[datetime], None]
) -> None:
    choose(panel, 1)
    action(panel, "签到或签退")
    assert states(panel) == ["未到", "已到 9:30 迟到30分"]
    assert [line.tone for line in panel.on_duty.lines] == [RED, GREEN]
    assert panel.ui.presence_said.text() == "孙咨询师已签到。 孙咨询师迟到30分钟。"
    assert panel.ui.on_duty.currentIndex().row() == 1
    clock(NOW + timedelta(minutes=30))
    panel.ui.check_in.click()
    assert states(panel)[1] == "已离开 10:00 迟到30分"
    assert panel.ui.presence_said.text() == "孙咨询师10:00签退。"


def test_a_double_click_checks_in(panel: PresencePanel) -> None:
    panel.ui.on_duty.activated.emit(panel.on_duty.index(0, 3))
    assert states(panel)[0].startswith("已到 9:30")


def test_without_a_choice_the_key_goes_to_the_list_first(panel: PresencePanel) -> None:
    action(panel, "签到或签退")
    assert states(panel) == ["应到", "应到"]
    assert panel.ui.on_duty.currentIndex().row() == 0
    action(panel, "签到或签退")
    assert states(panel)[0].startswith("已到")


def test_who_came_just_now_is_asked_about_as_it_may_be_a_mistake(
    panel: PresencePanel, clock: Callable[[datetime], None]
) -> None:
    choose(panel, 0)
    action(panel, "签到或签退")
    clock(NOW + timedelta(minutes=9))
    action(panel, "签到或签退")
    box = question(panel)
    assert "钱律师9:30刚签到。撤销这次签到？" in box.text()
    next(button for button in box.buttons() if button.text() == "撤销签到").click()
    assert states(panel) == ["应到", "应到"]
    assert panel.ui.presence_said.text() == "钱律师的签到已撤销。"


def test_absence_is_noted_for_this_half_day(panel: PresencePanel, desk: Desk) -> None:
    action(panel, "登记缺勤")
    assert panel.findChild(LeaveDialog) is None
    choose(panel, 1)
    panel.ui.note_absence.click()
    dialog = panel.findChild(LeaveDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "登记缺勤：孙咨询师"
    dialog._form.ui.reason.setCurrentIndex(dialog._form.ui.reason.findText("出庭"))
    dialog.ui.save.click()
    assert states(panel) == ["应到", "缺勤 出庭"]
    assert panel.on_duty.lines[1].tone is GREY
    [held] = desk.look(lambda records, act: records.presence.leaves(act.today, act.today))
    assert held.span_in_words == "11月23日上午"


def test_leave_says_until_when(panel: PresencePanel, desk: Desk) -> None:
    asked = LeaveAsked(
        mediator_id=STANDING, first_day=NOW.date(), last_day=datetime(2026, 11, 25).date(), substitute_id=ON_CALL
    )
    desk.do(take_leave, asked)
    assert states(panel) == ["应到", "应到", "请假 至11月25日"]
    assert panel.on_duty.lines[1].cells[2] == "随驻（替钱律师）"


def test_somebody_who_is_not_listed_checks_in_by_the_dialog(panel: PresencePanel) -> None:
    panel.ui.check_in_other.click()
    dialog = panel.findChild(CheckInDialog)
    assert dialog is not None
    dialog._form.ui.mediator.setCurrentIndex(2)
    dialog.ui.save.click()
    assert states(panel)[-1] == "已到 9:30 未排班"
    assert panel.ui.presence_said.text() == "周干部已签到。 周干部上午未排班，按临时到岗签到。"


def test_a_refusal_is_said_and_nothing_changes(panel: PresencePanel, desk: Desk) -> None:
    panel.desk.changed.disconnect()
    choose(panel, 0)
    desk.do(check_in, STANDING)  # somebody else was quicker
    action(panel, "签到或签退")
    assert "已经签到" in question(panel).text()
    assert states(panel) == ["应到", "应到"]


def test_empty_posts_are_shown_in_colour_by_how_near_they_are(panel: PresencePanel, desk: Desk, qtbot: QtBot) -> None:
    assert "还没有设岗位" in panel.ui.empty_posts_empty.text()
    week = ["mon_am", "tue_am", "wed_pm"]
    post = Post(uid=desk.new_uid(), name="调解窗口", profession="people_mediator", needed=2, weekly_pattern=week)
    desk.do(lambda records, _: records.rosters.add(post))
    assert [(tuple(line.cells), line.tone) for line in panel.empty_posts.lines] == [
        (("今天 周一 上午", "调解窗口", "缺2人"), RED),
        (("明天 周二 上午", "调解窗口", "缺2人"), RED),
        (("后天 周三 下午", "调解窗口", "缺2人"), ORANGE),
        (("11月30日 周一 上午", "调解窗口", "缺2人"), ORANGE),
    ]
    with qtbot.waitSignal(desk.page_wanted) as wanted:
        panel.ui.empty_posts.activated.emit(panel.empty_posts.index(0, 0))
    assert wanted.args == ["roster"]


def test_posts_that_are_all_manned_say_so(panel: PresencePanel, desk: Desk) -> None:
    post = Post(uid=desk.new_uid(), name="律师窗口", profession="lawyer", needed=1)
    desk.do(lambda records, _: records.rosters.add(post))
    assert panel.ui.empty_posts_empty.text() == "到未来五个开放日，各岗位都有人。"


def test_the_call_list_tells_minutes_and_who_cannot_be_called(panel: PresencePanel, desk: Desk, qtbot: QtBot) -> None:
    def agree(records: object, _: object) -> None:
        mediator = records.mediators.get(ON_CALL)  # type: ignore[attr-defined]  # the real records
        mediator.response_minutes, mediator.travel_minutes = 10, 30

    desk.do(agree)
    assert tuple(panel.call_list.lines[0].cells)[:3] == ("周干部", "13800000001", "答复10分 路程30分")
    desk.do(take_leave, LeaveAsked(mediator_id=ON_CALL, first_day=NOW.date()))
    [line] = panel.call_list.lines
    assert (line.cells[2], line.tone) == ("请假：11月23日", GREY)
    with qtbot.waitSignal(panel.call_out_wanted):
        panel.ui.call_list.activated.emit(panel.call_list.index(0, 0))


def test_a_closed_centre_says_why_and_who_comes_next(panel: PresencePanel, clock: Callable[[datetime], None]) -> None:
    clock(datetime(2026, 10, 1, 9, 0))
    reread(panel)
    assert panel.ui.on_duty_empty.text() == "这个时段中心不开放（国庆节）。"
    assert not panel.ui.check_in.isEnabled()
    assert panel.ui.coming.text().startswith("接下来 10月8日 周四 上午")


def test_an_empty_house_says_what_to_do(panel: PresencePanel, desk: Desk) -> None:
    def empty(records: object, _: object) -> None:
        for mediator in records.mediators.all():  # type: ignore[attr-defined]  # the real records
            mediator.left_on = NOW.date()

    desk.do(empty)
    assert "请到“调解员”页" in panel.ui.on_duty_empty.text()
    assert panel.ui.coming.text() == "接下来 今天 周一 下午：没有人"
    assert panel.ui.call_list_empty.isVisible()
    assert not panel.ui.call_out.isEnabled()
