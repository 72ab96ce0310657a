"""Leave, coming and going, and the centre's own opening days."""

from datetime import date, datetime, timedelta

import pytest

from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.half_day import Half
from mediation_desk.domain.presence import Attendance, Leave, OpeningException
from tests.desk import APPOINTED, LAPSED, NOW, TODAY, TOMORROW, YESTERDAY, Desk, statements


def leave(first: date, last: date, **facts: object) -> Leave:
    told: dict[str, object] = {"mediator_id": APPOINTED, "first_day": first, "last_day": last}
    return Leave(**told | facts, by_id=1, recorded_at=NOW)  # type: ignore[arg-type]  # any field


def came(mediator_id: int, at: datetime, left_at: datetime | None = None) -> Attendance:
    return Attendance(mediator_id=mediator_id, day=at.date(), came_at=at, left_at=left_at, by_id=1)


def keep(desk: Desk, *facts: Leave | Attendance | OpeningException) -> None:
    with desk.database.writing() as records:
        for fact in facts:
            records.presence.add(fact)


def test_leave_is_told_when_it_touches_the_days_by_its_beginning(desk: Desk) -> None:
    week = TODAY + timedelta(days=6)
    over, before, after = leave(YESTERDAY, TOMORROW), leave(YESTERDAY, YESTERDAY), leave(week, week)
    ends, begins = leave(YESTERDAY, TODAY, mediator_id=LAPSED), leave(TODAY, week)
    keep(desk, begins, over, before, after, ends)
    with desk.database.reading() as records:
        assert [each.id for each in records.presence.leaves(TODAY, TODAY)] == [over.id, ends.id, begins.id]
        assert [each.id for each in records.presence.leaves(TODAY, TODAY, mediator_id=LAPSED)] == [ends.id]


def test_withdrawn_leave_is_told_only_where_asked_for(desk: Desk) -> None:
    withdrawn = leave(TODAY, TODAY, withdrawn_at=NOW)
    keep(desk, withdrawn)
    with desk.database.reading() as records:
        assert records.presence.leaves(TODAY, TODAY) == []
        assert [each.id for each in records.presence.leaves(TODAY, TODAY, withdrawn=True)] == [withdrawn.id]


def test_one_leave_is_found_by_its_id_and_comes_back_as_it_was(desk: Desk) -> None:
    kept = leave(TODAY, TOMORROW, last_half=Half.AM, reason="sick", substitute_id=LAPSED)
    keep(desk, kept)
    assert kept.id is not None
    with desk.database.reading() as records:
        found = records.presence.leave(kept.id)
        assert (found.first_half, found.last_half, found.reason, found.substitute_id) == (
            Half.AM,
            Half.AM,
            "sick",
            LAPSED,
        )
        with pytest.raises(NotFound, match="找不到这条请假或缺勤记录"):
            records.presence.leave(99)


def test_attendance_comes_in_the_order_of_coming_on_the_days_asked_for(desk: Desk) -> None:
    late, early = came(APPOINTED, NOW), came(LAPSED, NOW - timedelta(hours=1))
    keep(desk, late, early, came(APPOINTED, NOW - timedelta(days=1)))
    with desk.database.reading() as records:
        assert [each.id for each in records.presence.attendances(TODAY, TODAY)] == [early.id, late.id]
        assert len(records.presence.attendances(YESTERDAY, TODAY)) == 3


def test_who_has_not_left_yet_is_told(desk: Desk) -> None:
    gone, again = came(APPOINTED, NOW - timedelta(hours=1), NOW), came(APPOINTED, NOW)
    keep(desk, gone, again, came(LAPSED, NOW, NOW + timedelta(hours=1)))
    with desk.database.reading() as records:
        still = records.presence.open_attendance(APPOINTED, TODAY)
        assert still is not None
        assert still.id == again.id
        assert records.presence.open_attendance(LAPSED, TODAY) is None
        assert records.presence.open_attendance(APPOINTED, YESTERDAY) is None


def test_opening_exceptions_come_in_the_order_of_recording(desk: Desk) -> None:
    facts = [
        OpeningException(day=day, half=Half.AM, is_open=is_open, by_id=1, recorded_at=NOW)
        for day, is_open in ((TOMORROW, True), (TODAY, False), (TODAY, True), (YESTERDAY, True))
    ]
    keep(desk, *facts)
    with desk.database.reading() as records:
        found = records.presence.opening_exceptions(TODAY, TOMORROW)
        assert [(each.day, each.is_open) for each in found] == [(TOMORROW, True), (TODAY, False), (TODAY, True)]


def test_what_today_asks_for_takes_one_statement_each(desk: Desk) -> None:
    keep(desk, leave(TODAY, TODAY), leave(TODAY, TODAY, mediator_id=LAPSED), came(APPOINTED, NOW))
    with desk.database.reading() as records, statements(desk.database) as sent:
        assert len(records.presence.leaves(TODAY, TODAY)) == 2
        assert len(records.presence.attendances(TODAY, TODAY)) == 1
        assert records.presence.opening_exceptions(TODAY, TODAY) == []
    assert len(sent) == 3
