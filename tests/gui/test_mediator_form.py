"""The fields of a mediator."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.mediator import Appointment, AppointmentKind, Mediator, Presence
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose
from mediation_desk.gui.mediator_form import HALF_DAYS, MediatorForm

TODAY = date(2026, 11, 23)
COMMITTEES = (
    Committee(id=1, uid="c-1", name="东城街道人民调解委员会", short_name="东"),
    Committee(id=2, uid="c-2", name="西城街道人民调解委员会", short_name="西", active=False),
    Committee(id=3, uid="c-3", name="物业纠纷人民调解委员会", short_name="物"),
)


def somebody() -> Mediator:
    return Mediator(
        id=7,
        uid="m-7",
        name="买买提江·吐尔逊",
        gender="1",
        birth_date=date(1980, 5, 16),
        unit="区司法局",
        profession="justice_office_staff",
        presence=Presence.ROTATING,
        weekly_pattern=["mon_am", "wed_pm"],
        call_order=3,
        specialities=["02", "98-old"],
        languages=["普通话", "维吾尔语"],
        phone="13800000001",
        note="周三下午在法院",
        joined_on=date(2025, 3, 1),
        left_on=date(2027, 1, 1),
        other_professions=["counsellor", "old"],
        response_minutes=10,
        travel_minutes=30,
        call_from=time(8, 30),
        call_until=time(18, 0),
        day_most=1,
        week_most=0,
        month_most=12,
        share=50,
        case_most=8,
        appointments=[
            Appointment(committee_id=2, kind=AppointmentKind.MEMBER, since=date(2024, 1, 1), until=date(2026, 12, 31)),
            Appointment(committee_id=3, since=date(2025, 1, 1)),
        ],
    )


@pytest.fixture
def made(rules: Rules, qtbot: QtBot) -> Callable[[Mediator], MediatorForm]:
    def make(mediator: Mediator) -> MediatorForm:
        form = MediatorForm(rules, TODAY, COMMITTEES, mediator)
        qtbot.addWidget(form)
        return form

    return make


def facts(mediator: Mediator) -> dict[str, Any]:
    found = {each.name: getattr(mediator, each.name) for each in fields(Mediator)}
    found["appointments"] = [(each.committee_id, each.kind, each.since, each.until) for each in mediator.appointments]
    return found


def test_a_mediator_is_read_back_as_it_was_shown(made: Callable[[Mediator], MediatorForm]) -> None:
    for mediator in (somebody(), Mediator(uid="m-8", name="周干部")):
        assert facts(made(mediator).mediator()) == facts(mediator)


def test_every_half_day_has_a_box_of_its_own(made: Callable[[Mediator], MediatorForm]) -> None:
    form = made(Mediator(uid="m-8", name="周干部"))
    for key in HALF_DAYS:
        form._half_days[key].setChecked(True)
    assert form.mediator().weekly_pattern == list(HALF_DAYS)


@pytest.mark.parametrize(
    ("presence", "has_limits", "has_hours", "caption"),
    [
        (Presence.STANDING, False, False, "在岗"),
        (Presence.ROTATING, True, False, "排班"),
        (Presence.ON_CALL, False, True, "呼叫"),
    ],
)
def test_the_fields_follow_the_form_of_presence_and_keep_what_they_hide(
    made: Callable[[Mediator], MediatorForm], presence: Presence, has_limits: bool, has_hours: bool, caption: str
) -> None:
    form = made(somebody())
    choose(form.ui.mediator_presence, presence)
    assert form.ui.rotating_fields.isVisibleTo(form) is has_limits
    assert form.ui.on_call_fields.isVisibleTo(form) is has_hours
    assert caption in form.ui.weekly_pattern_caption.text()
    read = form.mediator()
    assert (read.week_most, read.call_from, read.weekly_pattern) == (0, time(8, 30), ["mon_am", "wed_pm"])


def test_a_number_that_is_none_is_refused_at_its_field(made: Callable[[Mediator], MediatorForm]) -> None:
    form = made(somebody())
    form.ui.mediator_share.setText("一半")
    with pytest.raises(RuleBroken) as refused:
        form.mediator()
    assert refused.value.faults[0].place == "mediator_share"


def test_an_empty_share_is_a_full_one_and_no_profession_is_held_twice(made: Callable[[Mediator], MediatorForm]) -> None:
    form = made(somebody())
    form.ui.mediator_share.setText("")
    choose(form.ui.mediator_profession, "counsellor")
    read = form.mediator()
    assert (read.share, read.other_professions) == (100, ["old"])


def test_specialities_and_languages_are_read_as_people_write_them(made: Callable[[Mediator], MediatorForm]) -> None:
    form = made(Mediator(uid="m-8", name="周干部"))
    form.ui.specialities.item(0).setCheckState(Qt.CheckState.Checked)
    form.ui.mediator_languages.setText("普通话，粤语; 手语 ")
    read = form.mediator()
    assert read.specialities == ["01"]
    assert read.languages == ["普通话", "粤语", "手语"]


def test_an_appointment_is_added_for_a_committee_in_use_and_removed(made: Callable[[Mediator], MediatorForm]) -> None:
    form = made(somebody())
    form.ui.add_appointment.click()
    row = form._rows[-1]
    offered = [row.ui.appointment_committee.itemData(index) for index in range(row.ui.appointment_committee.count())]
    assert offered == [1, 3]
    row.ui.appointment_since.setText("今天")
    form._rows[0].ui.remove_appointment.click()
    assert [(each.committee_id, each.kind, each.since) for each in form.mediator().appointments] == [
        (3, AppointmentKind.APPOINTED, date(2025, 1, 1)),
        (1, AppointmentKind.APPOINTED, TODAY),
    ]
    assert form.fields()["appointments[1]"] is row.ui.appointment_until


def test_an_appointment_without_a_beginning_is_refused_at_its_own_field(
    made: Callable[[Mediator], MediatorForm],
) -> None:
    form = made(somebody())
    form.ui.add_appointment.click()
    with pytest.raises(RuleBroken) as refused:
        form.mediator()
    assert refused.value.faults[0].place == form._rows[-1].ui.appointment_since.objectName()
