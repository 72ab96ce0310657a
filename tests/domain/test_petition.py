"""Petition items: whom an accusation is about, by whatever of its names."""

import pytest

from mediation_desk.domain.petition import ACCUSATION, Petition, is_same_unit
from tests.desk import NOW, TODAY


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("区住建局", "区住建局", True),
        ("区住建局", " 区 住建局", True),
        ("区住建局", "区住建局物业科", True),
        ("东城区住建局", "区住建局", True),
        ("第１派出所", "第1派出所", True),
        ("区住建局", "区司法局", False),
        ("", "区住建局", False),
        ("", "", False),
    ],
)
def test_a_unit_and_a_part_of_it_are_the_same_in_any_writing(one: str, other: str, same: bool) -> None:
    assert is_same_unit(one, other) is same
    assert is_same_unit(other, one) is same


def test_an_item_accuses_the_unit_it_names_and_no_other() -> None:
    item = Petition(kind=ACCUSATION, received_on=TODAY, accused_unit="区住建局", by_id=1, recorded_at=NOW)
    assert item.accuses("区住建局物业科")
    assert not item.accuses("区纪委监委")
    assert not Petition(kind="suggestion", received_on=TODAY, by_id=1, recorded_at=NOW).accuses("区住建局")
