"""What comes of two changes of the same record."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.merging import Parting, in_plain_words, merged, partings
from mediation_desk.domain.party import Side

records = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))


def test_values_that_nobody_changed_are_not_told() -> None:
    assert (
        partings({"phone": "1", "name": "张三"}, {"phone": "1", "name": "张三"}, {"phone": "1", "name": "张三"}) == []
    )


def test_what_one_of_them_changed_holds_and_is_no_conflict() -> None:
    [theirs, mine] = partings({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3})
    assert not theirs.is_conflict
    assert not mine.is_conflict
    assert (theirs.settled(mine=True), mine.settled(mine=False)) == (2, 3)


def test_the_same_change_of_both_is_no_conflict() -> None:
    [both] = partings({"a": 1}, {"a": 2}, {"a": 2})
    assert not both.is_conflict
    assert both.settled(mine=False) == both.settled(mine=True) == 2


def test_two_changes_of_one_value_leave_the_choice_to_a_person() -> None:
    [parting] = partings({"a": 1}, {"a": 2}, {"a": 3})
    assert parting == Parting("a", was=1, theirs=2, mine=3)
    assert parting.is_conflict
    assert merged({"a": 2}, [parting], ["a"]) == {"a": 3}
    assert merged({"a": 2}, [parting], []) == {"a": 2}


@given(records, records, records)
def test_nothing_that_somebody_changed_is_lost_unless_the_other_changed_it_too(
    was: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    parted = partings(was, theirs, mine)
    for name, value in merged(theirs, parted, [each.name for each in parted]).items():
        if mine.get(name) != was.get(name):
            assert value == mine.get(name)
        else:
            assert value == theirs.get(name)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "是"),
        (Side.CLAIMANT, "申请方"),
        (date(2026, 11, 23), "2026-11-23"),
        (time(8, 30), "8:30"),
        (["普通话", "藏语"], "普通话、藏语"),
        ({"name": "王五"}, "王五"),
        (12, "12"),
    ],
)
def test_a_value_is_told_as_the_desk_says_it(value: Any, said: str) -> None:
    assert in_plain_words(value) == said
