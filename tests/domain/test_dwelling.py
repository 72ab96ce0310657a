"""An address is compared however it was written."""

import pytest

from mediation_desk.domain.dwelling import house_of, lives_elsewhere, pieces_of, plain_address, same_flat, same_house
from mediation_desk.domain.search_words import Document, tokens_of
from tests.desk import TODAY


def alike(one: str, other: str) -> float:
    return float(one[:2] == other[:2])


@pytest.mark.parametrize(
    ("address", "plain", "house"),
    [
        ("北京市东城区示例街道练习路1号院３号楼402室", "练习路1号院3号楼402室", "练习路1号院3号楼"),
        ("东城区练习路1号院", "练习路1号院", "练习路1号院"),
        ("练习路 1号（南院）", "练习路1号南院", "练习路1号南院"),
        ("练习小区12-3-402", "练习小区12号楼3单元402室", "练习小区12号楼"),
        ("练习小区十二栋3门402", "练习小区12号楼3单元402室", "练习小区12号楼"),
        ("练习家园A座1203", "练习家园a号楼1203室", "练习家园a号楼"),
        ("北新桥 14－991", "北新桥14号楼991室", "北新桥14号楼"),
        ("样例村15号", "样例村15号", "样例村15号"),
        ("内蒙古自治区样例市样例旗样例镇1组5号", "", ""),
        ("练习路", "", ""),
        ("1号", "", ""),
        ("", "", ""),
    ],
)
def test_an_address_is_compared_without_what_all_here_share_and_in_one_writing(
    address: str, plain: str, house: str
) -> None:
    assert plain_address(address) == plain
    assert house_of(plain) == house


def test_a_flat_is_more_than_its_house() -> None:
    flat, other_flat, house = (plain_address(f"练习路1号院3号楼{flat}") for flat in ("2单元402室", "2单元403室", ""))
    assert same_flat(flat, flat)
    assert not same_flat(flat, other_flat)
    assert not same_flat(house, house)
    assert same_house(flat, other_flat, alike)
    assert same_house(flat, house, alike)
    assert not same_house("", "", alike)


def test_one_house_may_be_written_with_more_words_but_not_with_other_numbers() -> None:
    assert same_house("练习路1号院3号楼", "练习东路1号院3号楼402室", alike)
    assert not same_house("练习路1号院3号楼", "练习路1号院4号楼", alike)
    assert not same_house("练习家园a号楼", "练习家园b号楼", alike)
    assert not same_house("练习路1号院3号楼", "样例路1号院3号楼", alike)


def test_two_houses_are_others_for_certain_when_they_share_no_number() -> None:
    assert lives_elsewhere("练习路1号院3号楼402室", "样例路5号院402室")
    assert not lives_elsewhere("练习路1号院3号楼402室", "练习小区3号楼402室")
    assert not lives_elsewhere("练习路1号院", "")


@pytest.mark.parametrize("written", ["练习小区12-3-402", "东城区练习小区12号楼3单元402室", "练习小区 12 栋"])
def test_the_words_of_a_street_are_kept_however_the_rest_was_written(written: str) -> None:
    pieces = pieces_of(plain_address("练习小区12号楼3单元402室"))
    assert pieces
    assert set(pieces) <= tokens_of(Document(texts=(written,), registered_on=TODAY))
    assert pieces_of("") == ()
