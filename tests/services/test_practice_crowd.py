from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.rules import Rules
from mediation_desk.services.practice import act_in, add_to_the_rosters, make_practice_store, set_up_practice
from mediation_desk.services.practice_house import MADE_UP
from mediation_desk.services.roster_making import problem_of
from mediation_desk.store.database import Database, create, open_store
from mediation_desk.store.records import Records

NOW = datetime(2026, 11, 23, 10, 20)
DECEMBER = date(2026, 12, 1)
PROFESSIONS = {"lawyer", "counsellor", "people_mediator"}


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("practice") / "forty.db"
    make_practice_store(path, rules, NOW, cases=0, people=40)
    database = open_store(path)
    yield database
    database.close()


def crowd(records: Records) -> list[Mediator]:
    """Those who were added to the house."""
    return records.mediators.all()[19:]


def test_so_many_rotating_people_of_three_professions_come_from_several_units(forty: Database) -> None:
    with forty.reading() as records:
        people = crowd(records)
    assert len(people) == 40
    assert {each.presence for each in people} == {Presence.ROTATING}
    assert {each.profession for each in people} == PROFESSIONS
    assert len({each.unit for each in people}) >= 9
    assert 2 <= sum(len(each.professions) == 2 for each in people) <= 12
    assert len({each.name for each in people}) == 40
    assert any(each.weekly_pattern for each in people)


def test_they_are_plainly_made_up(forty: Database) -> None:
    with forty.reading() as records:
        for each in crowd(records):
            assert each.note == MADE_UP
            assert each.phone.startswith("1990000")
            assert each.unit.startswith("练习")


def test_the_posts_want_as_many_as_they_can_fill(forty: Database, rules: Rules) -> None:
    with forty.reading() as records:
        act = act_in(records.centre.get(), NOW, rules)
        problem = problem_of(records, act, DECEMBER)
        published = records.rosters.published(date(2026, 11, 1))
    wanted = {
        post.profession: {problem.needs.get((each, post.id)) for each in problem.half_days} for post in problem.posts
    }
    assert {2} <= wanted["lawyer"]
    assert {1} <= wanted["counsellor"]
    assert {3} <= wanted["people_mediator"]
    assert len(problem.people) == 40 + 11
    assert published is not None
    assert published.levels[0]["value"] == 0


def test_people_can_be_added_to_a_practice_house_without_posts(tmp_path: Path, rules: Rules) -> None:
    database = create(tmp_path / "practice.db")
    with database.writing() as records:
        act = act_in(set_up_practice(records, NOW, rules), NOW, rules)
        add_to_the_rosters(records, act, 12, 1)
        assert len(records.rosters.posts()) == 4
        add_to_the_rosters(records, act, 5, 1)
        assert len(records.rosters.posts()) == 4
        assert len(crowd(records)) == 17
        assert len({each.uid for each in records.mediators.all()}) == 36
    database.close()
