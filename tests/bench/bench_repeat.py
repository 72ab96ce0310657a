"""Repeat candidates of a new case: the lookup of its keys, and all of it with scores.

Goal at a million cases: p99 ≤ 1 ms for the SQL, ≤ 10 ms with scoring.
"""

import os
from datetime import date
from pathlib import Path
from random import Random

import pytest

from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.repeats import Person, keys_of
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.similar import repeat_candidates
from mediation_desk.store.database import open_store
from mediation_desk.store.records import Records
from tests.bench.bench_search import milliseconds, told
from tests.bench.big_store import KEY, NOW

CASES = int(os.environ.get("MEDIATION_DESK_QUERIES", "300"))
SQL, ALL = 1.0, 10.0


@pytest.fixture
def act(rules: Rules) -> Act:
    return Act(centre_id=1, by_id=1, at=NOW, rules=rules, rights=frozenset(Right))


def come_again(records: Records, number: int) -> list[tuple[int, list[Party], str]]:
    """Cases of the store whose people come again, and what they tell."""
    draw = Random(11)
    ids = records.cases.ids()
    some = sorted(draw.sample(list(ids), min(number, len(ids))))
    stories = records.search.stories(some)
    people = records.party_keys.people(some)
    return [(each, [_party(no, who) for no, who in enumerate(people[each], 1)], stories[each]) for each in some]


def _party(no: int, who: Person) -> Party:
    birth = date.fromisoformat(who.birth_date) if who.birth_date else None
    return Party(
        no=no,
        side=Side(who.side),
        name=who.name,
        id_number=who.id_number,
        uscc=who.uscc,
        phone=who.phone,
        address=who.address,
        birth_date=birth,
    )


def test_earlier_visits_of_a_new_case(big_store: Path, act: Act) -> None:
    database = open_store(big_store, KEY)
    with database.reading() as records:
        sql, all_of_it, found = [], [], 0
        for case_id, parties, story in come_again(records, CASES):
            keys, names = keys_of(map(Person.of, parties)), {each.name for each in parties}
            sql.append(milliseconds(lambda: records.party_keys.candidates(keys, names)))  # noqa: B023 - called at once
            all_of_it.append(milliseconds(lambda: repeat_candidates(records, act, parties, story)))  # noqa: B023 - the same
            found += case_id in {each.case_id for each in repeat_candidates(records, act, parties, story)}
    database.close()
    for what, times in (("SQL", told(sql)), ("with scores", told(all_of_it))):
        print(f"\nrepeat candidates, {what}: p50 {times[0]:.2f}, p99 {times[1]:.2f}, max {times[2]:.2f} ms")
    print(f"found again: {found} of {len(sql)}")
    assert told(sql)[1] <= SQL
    assert told(all_of_it)[1] <= ALL
