"""调解员: the directory."""

from datetime import date, time

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.fields import choose
from mediation_desk.gui.mediator_form import MediatorForm
from mediation_desk.gui.mediators_page import MediatorsPage, when_in_words
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.presence import LeaveAsked, take_leave
from tests.desk import statements
from tests.gui.looking import said_in_a_box


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> MediatorsPage:
    made = MediatorsPage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def names(page: MediatorsPage) -> list[str]:
    return [str(line.cells[0]) for line in page.model.lines]


def opened(page: MediatorsPage) -> tuple[EditDialog, MediatorForm]:
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    assert isinstance(dialog.form, MediatorForm)
    return dialog, dialog.form


def test_everybody_on_the_books_is_listed_with_what_the_desk_asks_first(page: MediatorsPage) -> None:
    assert [tuple(line.cells) for line in page.model.lines] == [
        ("钱律师", "律师", "正大律师事务所", "常驻", "开放时都在", "东·聘任", "0", ""),
        ("孙咨询师", "心理咨询师", "区心理协会", "轮驻", "周一上午", "未聘任", "0", ""),
        ("周干部", "信访干部", "区信访办", "随驻", "呼叫次序1", "未聘任", "0", "13800000001"),
    ]
    assert page.ui.mediators_summary.text() == "共3人"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("律师", ["钱律师"]),
        ("区 随驻", ["周干部"]),
        ("婚姻", ["孙咨询师"]),
        ("1380000", ["周干部"]),
        ("粤语", ["孙咨询师"]),
    ],
)
def test_the_box_filters_by_whatever_is_known(desk: Desk, page: MediatorsPage, typed: str, found: list[str]) -> None:
    held = desk.look(lambda records, _: records.mediators.all())[1]
    held.specialities, held.languages = ["01"], ["粤语"]
    desk.do(save_mediator, held)
    page.ui.filter_text.setText(typed)
    assert names(page) == found


def test_nobody_found_says_what_to_do(page: MediatorsPage) -> None:
    page.ui.filter_text.setText("没有这个人")
    assert page.ui.mediators_empty.isVisible()
    assert "筛选条件" in page.ui.mediators_empty.text()


def test_who_has_left_is_shown_only_when_asked_for(desk: Desk, page: MediatorsPage) -> None:
    held = desk.look(lambda records, _: records.mediators.all())[2]
    held.left_on = date(2026, 11, 23)
    desk.do(save_mediator, held)
    assert names(page) == ["钱律师", "孙咨询师"]
    choose(page.ui.filter_state, "out")
    assert names(page) == ["周干部"]
    choose(page.ui.filter_state, "")
    assert len(names(page)) == 3


def test_somebody_is_added_through_the_form(page: MediatorsPage) -> None:
    page.ui.add_mediator.click()
    dialog, form = opened(page)
    form.ui.mediator_name.setText("吴调解")
    choose(form.ui.mediator_profession, "people_mediator")
    dialog.ui.save.click()
    assert names(page)[-1] == "吴调解"


def test_a_refused_mediator_stays_in_the_form_with_the_sentence_at_its_field(page: MediatorsPage) -> None:
    page.ui.add_mediator.click()
    dialog, form = opened(page)
    form.ui.mediator_phone.setText("13800000002")
    form.ui.add_appointment.click()
    form._rows[0].ui.appointment_since.setText("2026-1-1")
    form._rows[0].ui.appointment_until.setText("2025-1-1")
    dialog.ui.save.click()
    assert dialog.isVisible()
    assert "请填写姓名。" in form.ui.mediator_name_caption.text()
    assert "早于" in form._rows[0].ui.appointment_until_caption.text()
    assert form.ui.mediator_phone.text() == "13800000002"


def test_the_selected_line_is_changed_and_stays_selected(page: MediatorsPage) -> None:
    page._change_selected()
    assert page.findChild(EditDialog) is None
    page.ui.mediators.setCurrentIndex(page.model.index(1, 0))
    page.ui.change_mediator.click()
    dialog, form = opened(page)
    form.ui.mediator_unit.setText("市心理协会")
    dialog.ui.save.click()
    assert page.model.lines[1].cells[2] == "市心理协会"
    assert page.ui.mediators.currentIndex().row() == 1


def test_enter_on_a_line_opens_it(page: MediatorsPage) -> None:
    page.ui.mediators.activated.emit(page.model.index(2, 3))
    assert opened(page)[0].windowTitle() == "修改调解员：周干部"


def test_a_hidden_page_does_not_read(desk: Desk, page: MediatorsPage) -> None:
    page.hide()
    desk.do(save_mediator, Mediator(uid=desk.new_uid(), name="吴调解"))
    assert len(names(page)) == 3
    page.show()
    assert len(names(page)) == 4


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2027, 1, 1), None, "聘期未到"),
        (date(2024, 1, 1), date(2026, 11, 22), "聘期已满"),
        (date(2024, 1, 1), date(2026, 11, 23), "东·聘任"),
    ],
)
def test_an_appointment_counts_as_it_stands_today(
    desk: Desk, page: MediatorsPage, since: date, until: date | None, words: str
) -> None:
    held = desk.look(lambda records, _: records.mediators.all())[2]
    committee_id = desk.centre.committees[0].id
    assert committee_id is not None
    held.appointments = [Appointment(committee_id=committee_id, since=since, until=until)]
    desk.do(save_mediator, held)
    assert page.model.lines[2].cells[5] == words


@pytest.mark.parametrize(
    ("presence", "pattern", "hours", "words"),
    [
        (Presence.STANDING, [], None, "开放时都在"),
        (Presence.ROTATING, [], None, "按排班"),
        (Presence.ROTATING, ["wed_pm", "mon_am", "mon_pm", "fri_am"], None, "周一、周三下午、周五上午"),
        (Presence.ON_CALL, [], None, "呼叫次序2"),
        (Presence.ON_CALL, ["mon_am"], (time(8, 30), time(18)), "呼叫次序2，周一上午，8:30至18:00"),
    ],
)
def test_when_somebody_comes_is_said_in_words(
    presence: Presence, pattern: list[str], hours: tuple[time, time] | None, words: str
) -> None:
    first, last = hours or (None, None)
    mediator = Mediator(
        uid="m", name="周", presence=presence, weekly_pattern=pattern, call_order=2, call_from=first, call_until=last
    )
    assert when_in_words(mediator) == words


# --- the leave of who is chosen


def choose_row(page: MediatorsPage, row: int) -> None:
    page.ui.mediators.setCurrentIndex(page.model.index(row, 0))


def test_leave_of_the_chosen_mediator_is_shown_and_follows_the_choice(desk: Desk, page: MediatorsPage) -> None:
    assert page.leave_panel.ui.leaves_empty.text() == "请先选一位调解员。"
    desk.do(take_leave, LeaveAsked(mediator_id=1, first_day=date(2026, 12, 3), reason="sick", substitute_id=2))
    choose_row(page, 0)
    assert [tuple(line.cells)[:4] for line in page.leave_panel.model.lines] == [("12月3日", "请假", "病假", "孙咨询师")]
    choose_row(page, 1)
    assert page.leave_panel.ui.leaves_empty.isVisible()
    assert "孙咨询师" in page.leave_panel.ui.leaves_empty.text()


def test_what_is_typed_into_the_filter_asks_the_store_nothing_while_the_choice_stays(
    desk: Desk, page: MediatorsPage
) -> None:
    choose_row(page, 0)
    with statements(desk.database) as sent:
        page.ui.filter_text.setText("钱")
    assert page.chosen() is not None
    assert sent == []
    page.ui.filter_text.setText("孙")
    assert page.leave_panel.ui.leaves_empty.text() == "请先选一位调解员。"


def test_a_limit_of_nothing_is_taken_and_said(desk: Desk, page: MediatorsPage) -> None:
    page.ui.mediators.activated.emit(page.model.index(1, 0))
    dialog, form = opened(page)
    form.ui.mediator_week_most.setText("０")
    dialog.ui.save.click()
    assert said_in_a_box(page) == "孙咨询师每周上限为0，不会排班。"
    assert desk.look(lambda records, _: records.mediators.get(2)).week_most == 0
