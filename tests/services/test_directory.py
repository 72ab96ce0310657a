"""Mediators are added and changed; who may not be one is refused."""

from dataclasses import fields
from datetime import date, time
from typing import Any

import pytest

from mediation_desk.domain.errors import EditedMeanwhile, NotFound, RuleBroken
from mediation_desk.domain.mediator import Appointment, AppointmentKind, Mediator, Presence
from mediation_desk.services.directory import remarks_on, save_mediator
from tests.desk import APPOINTED, TODAY, Desk, uid


def read(desk: Desk, mediator_id: int) -> Mediator:
    with desk.database.reading() as records:
        return records.mediators.get(mediator_id)


def test_a_new_mediator_is_added_with_appointments(desk: Desk) -> None:
    appointment = Appointment(committee_id=1, kind=AppointmentKind.MEMBER, since=TODAY)
    added = desk.do(save_mediator, Mediator(uid=uid(20), name="周安", appointments=[appointment]))
    assert added.id is not None
    held = read(desk, added.id)
    assert held.name == "周安"
    assert [(each.committee_id, each.kind, each.since, each.until) for each in held.appointments] == [
        (1, AppointmentKind.MEMBER, TODAY, None)
    ]


def test_a_new_mediator_without_appointments_can_be_looked_at_afterwards(desk: Desk) -> None:
    assert desk.do(save_mediator, Mediator(uid=uid(20), name="周安")).appointments == []


def test_what_was_read_and_changed_is_taken_over(desk: Desk) -> None:
    mediator = read(desk, APPOINTED)
    mediator.name, mediator.presence, mediator.weekly_pattern = "赵和平", Presence.ROTATING, ["fri_pm"]
    mediator.left_on = TODAY
    mediator.appointments.append(Appointment(committee_id=1, since=TODAY))
    desk.do(save_mediator, mediator)
    held = read(desk, APPOINTED)
    assert (held.uid, held.name, held.presence, held.left_on) == (uid(11), "赵和平", Presence.ROTATING, TODAY)
    assert held.weekly_pattern == ["fri_pm"]
    assert [each.since for each in held.appointments] == [date(2025, 1, 1), TODAY]


def test_a_mediator_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.do(save_mediator, Mediator(id=99, uid=uid(20), name="周安"))


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    appointments = [
        Appointment(committee_id=1, since=TODAY, until=date(2026, 1, 1)),
        Appointment(committee_id=9, since=TODAY),
    ]
    mediator = Mediator(uid=uid(20), name=" ", birth_date=date(2010, 1, 1), appointments=appointments)
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(save_mediator, mediator)
    assert [fault.place for fault in refused.value.faults] == [
        "mediator_name",
        "mediator_birth_date",
        "appointments[0]",
        "appointments[1]",
    ]
    assert desk.contents() == before


def test_a_mediator_is_of_age_from_the_eighteenth_birthday(desk: Desk) -> None:
    desk.do(save_mediator, Mediator(uid=uid(20), name="周安", birth_date=date(2008, 11, 23)))
    with desk.refuses("调解员应年满18周岁", "mediator_birth_date"):
        desk.do(save_mediator, Mediator(uid=uid(21), name="吴宁", birth_date=date(2008, 11, 24)))


def test_an_appointment_may_last_a_day(desk: Desk) -> None:
    desk.do(
        save_mediator,
        Mediator(uid=uid(20), name="周安", appointments=[Appointment(committee_id=1, since=TODAY, until=TODAY)]),
    )


@pytest.mark.parametrize(
    ("wrong", "sentence", "place"),
    [
        ({"share": 0}, "承担比例应在1到100之间", "mediator_share"),
        ({"share": 101}, "承担比例应在1到100之间", "mediator_share"),
        ({"day_most": 3}, "每天最多几班应在0到2之间", "mediator_day_most"),
        ({"week_most": 15}, "每周最多几班应在0到14之间", "mediator_week_most"),
        ({"month_most": -1}, "每月最多几班应在0到62之间", "mediator_month_most"),
        ({"case_most": -1}, "在办案件上限应在0到999之间", "mediator_case_most"),
        ({"response_minutes": 1441}, "答复的分钟数应在0到1440之间", "mediator_response_minutes"),
        ({"travel_minutes": -5}, "路程的分钟数应在0到1440之间", "mediator_travel_minutes"),
        ({"call_from": time(8)}, "呼叫时间请把开始和结束都写上", "mediator_call_until"),
        ({"call_until": time(8)}, "呼叫时间请把开始和结束都写上", "mediator_call_from"),
        ({"call_from": time(8), "call_until": time(8)}, "呼叫时间的开始和结束不能相同", "mediator_call_until"),
        ({"joined_on": TODAY, "left_on": date(2026, 1, 1)}, "离册日期早于入册日期", "mediator_left_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(desk: Desk, wrong: dict[str, Any], sentence: str, place: str) -> None:
    with desk.refuses(sentence, place):
        desk.do(save_mediator, Mediator(uid=uid(20), name="周安", **wrong))


def test_what_is_known_of_presence_is_kept(desk: Desk) -> None:
    known: dict[str, Any] = {
        "joined_on": TODAY,
        "left_on": TODAY,
        "other_professions": ["lawyer"],
        "response_minutes": 0,
        "travel_minutes": 1440,
        "call_from": time(18),
        "call_until": time(6),
        "day_most": 2,
        "week_most": 14,
        "month_most": 62,
        "share": 1,
        "case_most": 0,
    }
    added = desk.do(save_mediator, Mediator(uid=uid(20), name="周安", **known))
    assert added.id is not None
    held = read(desk, added.id)
    assert {name: getattr(held, name) for name in known} == known


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"week_most": 0}, []),
        ({"presence": Presence.ROTATING}, []),
        ({"presence": Presence.ROTATING, "week_most": 0}, ["周安每周上限为0，不会排班。"]),
        ({"case_most": 0}, ["周安在办案件上限为0，不会分到案件。"]),
    ],
)
def test_a_limit_of_nothing_is_lawful_and_worth_a_word(facts: dict[str, Any], said: list[str]) -> None:
    assert remarks_on(Mediator(uid=uid(20), name="周安", **facts)) == said


def copy_of(desk: Desk, mediator_id: int, **changed: object) -> Mediator:
    """The mediator as a form would hand it over, with something changed."""
    held = desk.look(lambda records, _: records.mediators.get(mediator_id))
    values = {each.name: getattr(held, each.name) for each in fields(Mediator)}
    return Mediator(**values | {"appointments": list(held.appointments)} | changed)


def test_two_desks_that_change_different_things_of_a_mediator_lose_nothing(desk: Desk) -> None:
    was = copy_of(desk, 1)
    desk.do(save_mediator, copy_of(desk, 1, phone="13800000001"), was)
    mine = copy_of(desk, 1, phone=was.phone, unit="司法所")
    desk.do(save_mediator, mine, was)
    kept = copy_of(desk, 1)
    assert (kept.phone, kept.unit) == ("13800000001", "司法所")


def test_two_desks_that_change_the_same_thing_are_told_at_its_field_and_may_insist(desk: Desk) -> None:
    was = copy_of(desk, 1)
    desk.do(save_mediator, copy_of(desk, 1, phone="13800000001"), was)
    mine = copy_of(desk, 1, phone="13800000002")
    with pytest.raises(EditedMeanwhile) as refused:
        desk.do(save_mediator, mine, was)
    [fault] = refused.value.faults
    assert (fault.place, fault.sentence) == (
        "mediator_phone",
        "别人刚改成“13800000001”；再按一次保存，以您填的为准。",
    )
    was.phone = str(refused.value.theirs["phone"])
    desk.do(save_mediator, mine, was)
    assert copy_of(desk, 1).phone == "13800000002"


def test_appointments_that_another_desk_changed_are_not_overwritten(desk: Desk) -> None:
    was = copy_of(desk, 1)
    desk.do(save_mediator, copy_of(desk, 1, appointments=[]), was)
    more = Appointment(committee_id=1, since=TODAY)
    with desk.refuses("聘任情况刚被别人改过", "appointments"):
        desk.do(save_mediator, copy_of(desk, 1, appointments=[*was.appointments, more]), was)
    desk.do(save_mediator, copy_of(desk, 1, unit="司法所", appointments=list(was.appointments)), was)
    assert copy_of(desk, 1).appointments == []
