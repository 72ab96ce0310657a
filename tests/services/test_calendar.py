"""The centre's calendar: its own opening days."""

from datetime import date

import pytest

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import OpeningException
from mediation_desk.services.calendar import opening, set_opening
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY, TOMORROW, Desk

SATURDAY = date(2026, 11, 28)


def open_at(desk: Desk, first: date = TODAY, last: date = TODAY) -> Opening:
    return desk.do(opening, first, last)


def exceptions(desk: Desk) -> list[OpeningException]:
    with desk.database.reading() as records:
        return records.presence.opening_exceptions(date.min, date.max)


def test_a_centre_opens_by_its_week_and_the_rules(desk: Desk) -> None:
    assert open_at(desk).of_day(TODAY) == ((TODAY, Half.AM), (TODAY, Half.PM))

    def shorten(records: Records) -> None:
        records.centre.get().opening_pattern = ["mon_am"]

    desk.write(shorten)
    assert open_at(desk).of_day(TODAY) == ((TODAY, Half.AM),)
    assert open_at(desk).of_day(TOMORROW) == ()


def test_half_days_are_opened_and_closed_with_a_reason(desk: Desk) -> None:
    desk.do(set_opening, [HalfDay(SATURDAY, Half.AM)], is_open=True, reason=" 周六便民 ")
    desk.do(set_opening, {HalfDay(TODAY, Half.PM), HalfDay(TODAY, Half.AM)}, is_open=False, reason="搬迁")
    desk.do(set_opening, [HalfDay(TODAY, Half.AM)], is_open=True, reason="推迟搬迁")
    now = open_at(desk, TODAY, SATURDAY)
    assert now.of_day(SATURDAY) == ((SATURDAY, Half.AM),)
    assert now.of_day(TODAY) == ((TODAY, Half.AM),)
    assert now.why(HalfDay(SATURDAY, Half.AM)) == "中心自定：周六便民"
    kept = [(each.day, each.half, each.is_open, each.by_id, each.recorded_at) for each in exceptions(desk)]
    assert kept[1:] == [
        (TODAY, Half.AM, False, 1, NOW),
        (TODAY, Half.PM, False, 1, NOW),
        (TODAY, Half.AM, True, 1, NOW),
    ]


@pytest.mark.parametrize("days_later", [0, 5, 60])
def test_what_comes_next_is_known_some_weeks_ahead(desk: Desk, days_later: int) -> None:
    day = date.fromordinal(TODAY.toordinal() + days_later)
    desk.do(set_opening, [HalfDay(day, half) for half in Half], is_open=False, reason="搬迁")
    assert open_at(desk).of_day(day) == ()


def test_days_are_chosen_and_a_reason_is_given(desk: Desk) -> None:
    with desk.refuses("请先选择日期或半天。", "opening_days"):
        desk.do(set_opening, [], is_open=True, reason="周六便民")
    with desk.refuses("请写明理由", "opening_reason"):
        desk.do(set_opening, [HalfDay(SATURDAY, Half.AM)], is_open=True, reason=" ")
