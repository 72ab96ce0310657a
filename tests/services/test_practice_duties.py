from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.domain.call_out import CallAnswer, CallOutState
from mediation_desk.domain.duty_roster import RosterState, SwapState
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.presence import LeaveKind
from mediation_desk.domain.roster_check import broken_rules
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.working_days import add_months
from mediation_desk.services.act import Act
from mediation_desk.services.calendar import opening
from mediation_desk.services.duty_month import placings_of
from mediation_desk.services.practice import act_in, make_practice_store
from mediation_desk.services.roster_making import problem_of
from mediation_desk.services.staffing import staffing
from mediation_desk.store.columns import metadata
from mediation_desk.store.database import Database, open_store

NOW = datetime(2026, 11, 23, 10, 20)
TODAY = NOW.date()
NOVEMBER = date(2026, 11, 1)
MONTHS = [add_months(NOVEMBER, back) for back in (-3, -2, -1, 0)]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    make_practice_store(path, rules, NOW, cases=0)
    database = open_store(path)
    yield database
    database.close()


@pytest.fixture
def act(practice: Database, rules: Rules) -> Act:
    with practice.reading() as records:
        return act_in(records.centre.get(), NOW, rules)


def test_there_is_a_published_roster_of_each_month_up_to_this_one(practice: Database) -> None:
    with practice.reading() as records:
        for month in MONTHS:
            assert [each.state for each in records.rosters.versions(month)] == [RosterState.PUBLISHED]
        assert not records.rosters.has_published(add_months(NOVEMBER, 1))


@pytest.mark.parametrize("month", MONTHS)
def test_the_rosters_lack_nobody(month: date, practice: Database) -> None:
    with practice.reading() as records:
        roster = records.rosters.published(month)
    assert roster is not None
    assert roster.shifts
    assert roster.levels[0] == {"name": "shortage", "value": 0, "bound": 0, "proven": True}


@pytest.mark.parametrize("month", MONTHS[:-1])  # in the last one somebody fell ill after it was published
def test_the_rosters_break_no_rule(month: date, practice: Database, act: Act) -> None:
    before = replace(act, at=datetime.combine(month, NOW.time()))
    with practice.reading() as records:
        problem = problem_of(records, before, month)
        roster = records.rosters.published(month)
    assert roster is not None
    assert broken_rules(problem, placings_of(roster)) == []


def test_saturdays_are_open_so_that_somebody_carries_them(practice: Database, act: Act) -> None:
    with practice.reading() as records:
        calendar = opening(records, act, MONTHS[0], TODAY)
        saturdays = [row for row in records.rosters.shifts(MONTHS[0], TODAY) if row.day.weekday() == 5]
    assert saturdays
    assert all(calendar.is_unpopular(HalfDay(row.day, Half(row.half))) for row in saturdays)
    assert len({row.mediator_id for row in saturdays}) > 3


def test_somebody_fell_ill_somebody_stayed_away_and_somebody_asked_for_leave(practice: Database, act: Act) -> None:
    with practice.reading() as records:
        leaves = records.presence.leaves(MONTHS[0], TODAY + timedelta(days=60))
        upcoming = records.rosters.shifts(TODAY + timedelta(days=1), TODAY + timedelta(days=30))
        [ill] = [each for each in leaves if each.reason == "sick"]
        assert any(row.mediator_id == ill.mediator_id and row.day == ill.first_day for row in upcoming)
        [absent] = [each for each in leaves if each.kind is LeaveKind.ABSENCE]
        assert absent.mediator_id in {row.mediator_id for row in records.rosters.shifts(absent.first_day, TODAY)}
        assert {each.reason for each in leaves} == {"sick", "own_unit", "training", "private"}


def test_those_expected_today_have_come_but_one(practice: Database, act: Act) -> None:
    with practice.reading() as records:
        due = {each.mediator_id for each in staffing(records, act, TODAY, TODAY).expected(HalfDay(TODAY, Half.AM))}
        came = {each.mediator_id for each in records.presence.attendances(TODAY, TODAY)}
    assert came < due
    assert len(due - came) == 1


def test_nobody_comes_before_now_or_leaves_after_it(practice: Database) -> None:
    with practice.reading() as records:
        known = records.presence.attendances(MONTHS[0], TODAY + timedelta(days=1))
    assert len(known) > 50
    for each in known:
        assert each.came_at <= (each.left_at or NOW) <= NOW
        assert each.came_at.date() == each.day
    assert {each.left_at is None for each in known if each.day == TODAY} == {True}


def test_those_on_call_were_called_and_said_yes_no_and_nothing(practice: Database) -> None:
    with practice.reading() as records:
        rows = records.call_outs.calls(NOW - timedelta(days=60), NOW)
        assert records.call_outs.running() == []
        states = Counter(records.call_outs.get(each).state for each in {row.call_out_id for row in rows})
        people = records.mediators.some(row.mediator_id for row in rows)
    assert {row.answer for row in rows} == {CallAnswer.ACCEPTED, CallAnswer.DECLINED, CallAnswer.NO_ANSWER}
    assert states == {CallOutState.FOUND: 3, CallOutState.EXHAUSTED: 1}
    assert all(row.arrived_at for row in rows if row.answer is CallAnswer.ACCEPTED)
    assert {each.presence for each in people.values()} == {Presence.ON_CALL}


def test_wishes_wait_for_next_month_and_a_swap_for_its_answer(practice: Database) -> None:
    december = add_months(NOVEMBER, 1)
    with practice.reading() as records:
        assert records.rosters.wishes(december, add_months(december, 1))
        [swap] = records.rosters.swaps()
        assert swap.state is SwapState.ASKED
        assert (swap.asker_id, swap.day) in {
            (row.mediator_id, row.day) for row in records.rosters.shifts(TODAY, swap.day)
        }


def contents(path: Path) -> dict[str, list[Any]]:
    database = open_store(path)
    with database.reading() as records:
        found = {
            name: list(records.connection.exec_driver_sql(f"select * from {name} order by 1"))
            for name in metadata.tables
        }
    database.close()
    return found


def test_the_same_seed_and_moment_give_the_same_duties(tmp_path: Path, rules: Rules) -> None:
    for name, chance in (("one", 5), ("two", 5), ("three", 6)):
        make_practice_store(tmp_path / name, rules, NOW, cases=0, chance=chance)
    first, second, third = (contents(tmp_path / name) for name in ("one", "two", "three"))
    assert first == second
    assert first["leaves"] != third["leaves"]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 0, 5),
        datetime(2024, 2, 29, 23, 59),
        datetime(2026, 10, 5, 7),
        datetime(2026, 12, 1, 0, 1),
        datetime(2026, 12, 31, 18),
    ],
)
def test_duties_can_be_made_up_at_any_moment(now: datetime, tmp_path: Path, rules: Rules) -> None:
    make_practice_store(tmp_path / "practice.db", rules, now, cases=0)
    database = open_store(tmp_path / "practice.db")
    with database.reading() as records:
        assert records.rosters.has_published(now.date().replace(day=1))
        assert all(each.came_at <= now for each in records.presence.attendances(date(2023, 1, 1), now.date()))
    database.close()
