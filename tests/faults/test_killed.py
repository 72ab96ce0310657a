"""Killing the program at any moment loses nothing it said was saved, and leaves nothing half.

`MEDIATION_DESK_KILLS` says how many programs are killed in all; ten thousand take about half an hour.
"""

import os
from random import Random

import pytest

from mediation_desk.store.backup import check, forget, list_backups, verify
from tests.faults.encrypting import Converting
from tests.faults.killed import backups
from tests.faults.killing import Heard, Moment, Nursery, soon
from tests.faults.stores import Place, has_draft, has_whole_case, is_sound, numbers_without_gaps
from tests.faults.work import Migrating

KILLS = int(os.environ.get("MEDIATION_DESK_KILLS", "200"))
KINDS = ("plain", "encrypted")


def share(part: float) -> range:
    return range(max(2, round(KILLS * part)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_acknowledged_is_there_after_a_kill(nursery: Nursery, places: dict[str, Place], kind: str) -> None:
    place, chance, number = places[kind], Random(1), 1000
    place.database.close()
    place.begin()
    for turn in share(0.38):
        heard = nursery.kill("save", kind, number, soon(chance))
        number = look_after(place, number, heard)
        if turn % 50 == 0:
            place.database.close()
            assert is_sound(place.path, place.key)
    place.database.close()
    assert is_sound(place.path, place.key)


def look_after(place: Place, first: int, heard: Heard) -> int:
    """Compare what was told with what is there; returns the first number that nobody used yet."""
    database = place.look()
    last = max((number for _, number in heard), default=first)
    cases = {number for what, number in heard if what == "case"}
    drafts = {number for what, number in heard if what == "draft"}
    for number in range(first, last + 2):
        is_there = has_whole_case(database, number)
        assert is_there or number not in cases
        if number in drafts:
            assert has_draft(database, number) != (is_there and number % 2 == 0)
    assert numbers_without_gaps(database)
    return last + 2


@pytest.mark.parametrize("kind", KINDS)
def test_back_ups_are_whole_or_not_there_after_a_kill(nursery: Nursery, places: dict[str, Place], kind: str) -> None:
    place, chance, number = places[kind], Random(2), 1000
    place.database.close()
    place.begin()
    for _ in share(0.07):
        heard = nursery.kill("back_up", kind, number, Moment(chance.randint(0, 3), chance.random() / 10))
        made = [told for what, told in heard if what == "backup"]
        found = list_backups(backups(place), place.path)
        assert len(found) >= len(made)
        for each in found:
            verify(each)
            check(each.path, place.key)
            forget(each)
        number = look_after(place, number, [each for each in heard if each[0] == "case"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_of_the_release_before_is_whole_after_a_kill(
    nursery: Nursery, places: dict[str, Place], kind: str
) -> None:
    place, chance = places[kind], Random(3)
    task = Migrating(place)
    for turn in share(0.02):
        task.prepare()
        nursery.kill("migrate", kind, turn, Moment(1, chance.random() / 2))
        task.check("")


@pytest.mark.parametrize(("kind", "decrypts"), [("plain", False), ("encrypted", False), ("encrypted", True)])
def test_a_store_that_gets_or_loses_a_key_opens_with_all_it_had_after_a_kill(
    nursery: Nursery, places: dict[str, Place], kind: str, decrypts: bool
) -> None:
    place, chance = places[kind], Random(4)
    place.database.close()
    place.begin()
    task = Converting(place, decrypts=decrypts)
    for _ in share(0.03):
        task.prepare()
        heard = nursery.kill("convert", kind, int(decrypts), Moment(1, chance.random() / 4))
        task.check("" if ("converted", int(decrypts)) in heard else "killed")
