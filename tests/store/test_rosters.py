"""Rosters by month and version, light rows of shifts in force, and what rosters are made for."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from mediation_desk.domain.duty_roster import (
    DutyRoster,
    DutyShift,
    Post,
    RosterState,
    ShiftSource,
    SwapRequest,
    SwapState,
    UnitClash,
    Wish,
)
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.half_day import Half
from mediation_desk.store.records import Records
from mediation_desk.store.rosters import RosterVersionRow, ShiftRow
from tests.desk import APPOINTED, LAPSED, NOW, TODAY, TOMORROW, YESTERDAY, Desk, statements, uid

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
WINDOW, COUNSEL = 1, 2
"""Ids of the two posts."""


@pytest.fixture
def records(desk: Desk) -> Iterator[Records]:
    with desk.database.writing() as records:
        records.rosters.add(Post(uid=uid(50), name="律师窗口", profession="lawyer", weekly_pattern=["mon_am"]))
        records.rosters.add(Post(uid=uid(51), name="心理咨询室", profession="counsellor"))
        records.flush()
        yield records


def shift(day: date, half: Half, post_id: int = WINDOW, mediator_id: int = APPOINTED, **facts: object) -> DutyShift:
    return DutyShift(day=day, half=half, post_id=post_id, mediator_id=mediator_id, **facts)  # type: ignore[arg-type]  # any field


def roster(
    records: Records, version: int, state: RosterState, *shifts: DutyShift, month: date = NOVEMBER
) -> DutyRoster:
    made = DutyRoster(
        uid=uid(60 + month.month * 20 + version),
        month=month,
        version=version,
        state=state,
        by_id=1,
        made_at=NOW,
        shifts=list(shifts),
    )
    records.rosters.add(made)
    records.flush()
    return made


def swap(number: int, **facts: object) -> SwapRequest:
    asked: dict[str, object] = {"month": NOVEMBER, "asker_id": APPOINTED, "taker_id": LAPSED, "post_id": WINDOW}
    asked |= {"day": TODAY, "half": Half.AM, "by_id": 1, "asked_at": NOW, "uid": uid(number)}
    return SwapRequest(**asked | facts)  # type: ignore[arg-type]  # any field


# --- posts, units, wishes


def test_posts_come_in_order_of_entry_and_one_by_its_id(records: Records) -> None:
    assert [each.name for each in records.rosters.posts()] == ["律师窗口", "心理咨询室"]
    assert records.rosters.post(COUNSEL).profession == "counsellor"
    with pytest.raises(NotFound, match="找不到这个岗位"):
        records.rosters.post(99)


def test_clashing_units_are_kept_until_they_are_removed(records: Records) -> None:
    for other in ("乙所", "丙所"):
        records.rosters.add(UnitClash(one_unit="甲所", other_unit=other, by_id=1, recorded_at=NOW))
    first, second = records.rosters.clashes()
    records.rosters.remove(first)
    assert records.rosters.clashes() == [second]


def test_a_wish_may_be_told_anew_in_the_same_step(records: Records) -> None:
    def wish(weight: int, day: date = TODAY) -> Wish:
        return Wish(mediator_id=APPOINTED, day=day, half=Half.AM, weight=weight, by_id=1, recorded_at=NOW)

    records.rosters.add(wish(2))
    records.rosters.add(wish(1, TOMORROW))
    records.rosters.add(wish(1, YESTERDAY))
    records.flush()
    [held] = records.rosters.wishes(TODAY, TODAY)
    records.rosters.remove(held)
    records.rosters.add(wish(-3))
    assert [(each.day, each.weight) for each in records.rosters.wishes(TODAY, TOMORROW)] == [(TOMORROW, 1), (TODAY, -3)]


# --- rosters


def test_a_month_has_a_draft_a_version_in_force_and_older_ones(records: Records) -> None:
    assert records.rosters.draft(NOVEMBER) is None
    assert records.rosters.published(NOVEMBER) is None
    assert not records.rosters.has_published(NOVEMBER)
    roster(records, 1, RosterState.REPLACED)
    in_force = roster(records, 2, RosterState.PUBLISHED)
    draft = roster(records, 3, RosterState.DRAFT)
    roster(records, 1, RosterState.DRAFT, month=DECEMBER)
    assert records.rosters.draft(NOVEMBER) is draft
    assert records.rosters.published(NOVEMBER) is in_force
    assert records.rosters.has_published(NOVEMBER)
    assert not records.rosters.has_published(DECEMBER)


def test_versions_are_told_without_their_shifts_the_oldest_first(records: Records) -> None:
    second = roster(records, 2, RosterState.PUBLISHED)
    first = roster(records, 1, RosterState.REPLACED)
    assert first.id is not None
    assert second.id is not None
    assert records.rosters.versions(NOVEMBER) == [
        RosterVersionRow(first.id, 1, RosterState.REPLACED, "", "", False, 1, NOW, None, None),
        RosterVersionRow(second.id, 2, RosterState.PUBLISHED, "", "", False, 1, NOW, None, None),
    ]
    assert records.rosters.versions(DECEMBER) == []


def test_a_roster_comes_back_whole(records: Records) -> None:
    made = roster(records, 1, RosterState.DRAFT, shift(TODAY, Half.PM, source=ShiftSource.SWAP, locked=True))
    made.levels = [{"name": "shortage", "value": 0, "bound": 0, "proven": True}]
    assert made.id is not None
    records.flush()
    records.session.expunge_all()
    found = records.rosters.get(made.id)
    assert found.levels == [{"name": "shortage", "value": 0, "bound": 0, "proven": True}]
    [kept] = found.shifts
    assert (kept.half_day, kept.source, kept.locked) == ((TODAY, Half.PM), ShiftSource.SWAP, True)
    with pytest.raises(NotFound, match="找不到这一版排班"):
        records.rosters.get(99)


def test_a_draft_goes_with_its_shifts(records: Records) -> None:
    records.rosters.remove(roster(records, 1, RosterState.DRAFT, shift(TODAY, Half.AM)))
    assert records.rosters.draft(NOVEMBER) is None
    assert records.connection.exec_driver_sql("select count(*) from duty_shifts").scalar() == 0


def test_shifts_are_told_of_rosters_in_force_only_sorted_by_time(records: Records) -> None:
    afternoon = shift(TODAY, Half.PM)
    morning, counsel = shift(TODAY, Half.AM), shift(TODAY, Half.AM, COUNSEL, LAPSED)
    roster(records, 1, RosterState.REPLACED, shift(TODAY, Half.AM, COUNSEL))
    roster(records, 2, RosterState.PUBLISHED, afternoon, counsel, morning, shift(TOMORROW, Half.AM))
    roster(records, 3, RosterState.DRAFT, shift(TODAY, Half.PM, COUNSEL))
    assert records.rosters.shifts(TODAY, TODAY) == [
        ShiftRow(TODAY, Half.AM, WINDOW, APPOINTED),
        ShiftRow(TODAY, Half.AM, COUNSEL, LAPSED),
        ShiftRow(TODAY, Half.PM, WINDOW, APPOINTED),
    ]


def test_what_was_added_in_this_step_is_told_already(records: Records) -> None:
    unwritten = DutyRoster(uid=uid(70), month=NOVEMBER, version=1, state=RosterState.PUBLISHED, by_id=1, made_at=NOW)
    unwritten.shifts.append(shift(TODAY, Half.AM))
    records.rosters.add(unwritten)
    assert len(records.rosters.shifts(TODAY, TODAY)) == 1
    assert len(records.rosters.versions(NOVEMBER)) == 1
    assert records.rosters.has_published(NOVEMBER)


def test_a_roster_takes_two_statements_and_its_shifts_in_force_one(desk: Desk, records: Records) -> None:
    shifts = [shift(TODAY + timedelta(days=number), half) for number in range(5) for half in Half]
    roster(records, 1, RosterState.PUBLISHED, *shifts)
    records.session.expunge_all()
    with statements(desk.database) as whole:
        assert records.rosters.published(NOVEMBER) is not None
    with statements(desk.database) as light:
        assert len(records.rosters.shifts(TODAY, TODAY + timedelta(days=4))) == 10
    assert len(whole) == 2
    assert len(light) == 1


# --- swaps


def test_swaps_are_found_by_month_and_by_state_in_the_order_asked(records: Records) -> None:
    records.rosters.add(swap(80))
    records.rosters.add(swap(81, state=SwapState.AGREED))
    records.rosters.add(swap(82, month=DECEMBER, back_half=Half.PM))
    first, second, third = records.rosters.swaps()
    assert records.rosters.swaps(NOVEMBER) == [first, second]
    assert records.rosters.swaps(states=[SwapState.AGREED, SwapState.DONE]) == [second]
    assert records.rosters.swaps(NOVEMBER, [SwapState.ASKED]) == [first]
    assert third.id is not None
    assert records.rosters.swap(third.id).back_half is Half.PM
    with pytest.raises(NotFound, match="找不到这条换班申请"):
        records.rosters.swap(99)
