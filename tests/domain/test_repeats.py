"""Who comes back is found again, however a part of it was written down."""

import pytest

from mediation_desk.domain.repeats import Agrees, Person, address_key, jaccard, keys_of, same_person, score

MAN, WOMAN = "110000199001010013", "110000200002290024"
STORY = "楼上漏水，天花板泡坏，双方多次协商没有结果，要求修好并赔偿。"


def alike(one: str, other: str) -> float:
    return float(one == other)


def ours(**told: str) -> Person:
    return Person(**{"name": "张三", "side": "claimant"} | told)


def theirs(**told: str) -> Person:
    return Person(**{"name": "李四", "side": "respondent"} | told)


def test_a_case_is_found_by_numbers_telephones_addresses_and_the_pair_of_names() -> None:
    keys = keys_of(
        [
            ours(
                id_number="11000019900101001x",
                phone="138-0000-0001；01012345678",
                address="北京市东城区示例街道练习路1号",
            ),
            theirs(uscc="91110000600037341L", phone="110"),
        ]
    )
    assert keys == {
        "i11000019900101001x",
        "i91110000600037341l",
        "t13800000001",
        "t01012345678",
        "a练习路1号",
        "n张三／李四",
    }  # fmt: skip


def test_the_pair_of_names_is_the_same_whoever_comes() -> None:
    assert keys_of([ours(), theirs()]) == keys_of([ours(side="respondent"), theirs(side="claimant")])
    assert keys_of([ours(), theirs(side="claimant")]) == set()
    assert keys_of([ours(), theirs(name="")]) == set()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("北京市东城区示例街道练习路1号院３号楼402室", "练习路1号院3号楼402室"),
        ("东城区练习路1号院", "练习路1号院"),
        ("练习路 1号（南院）", "练习路1号南院"),
        ("内蒙古自治区样例市样例旗样例镇1组5号", "1组5号"),
        ("练习路", ""),
        ("1号", ""),
        ("", ""),
    ],
)
def test_an_address_is_compared_without_what_all_here_share(address: str, key: str) -> None:
    assert address_key(address) == (key if len(key) >= 5 else "")


@pytest.mark.parametrize(
    ("one", "other", "why", "value"),
    [
        (ours(id_number=MAN), ours(name="章三", id_number=MAN), (Agrees.NUMBER,), 0.6),
        (ours(phone="13800000001"), theirs(phone="138 0000 0001"), (Agrees.PHONE,), 0.54),
        (ours(), ours(), (Agrees.NAME,), 0.42),
        (ours(), ours(name="章三"), (Agrees.PINYIN,), 0.27),
        (ours(), theirs(), (), 0.0),
        (ours(address="练习路1号院"), theirs(address="东城区练习路1号院"), (Agrees.ADDRESS,), 0.15),
    ],
)
def test_what_agrees_is_weighed(one: Person, other: Person, why: tuple[Agrees, ...], value: float) -> None:
    found = score([one], [other], "", "", alike)
    assert found.why == why
    assert found.value == pytest.approx(value)


def test_the_surest_pair_counts_and_is_named() -> None:
    someone = theirs(name="王五", id_number=WOMAN)
    found = score([ours(), theirs(id_number=WOMAN)], [ours(), someone], STORY, STORY, alike)
    assert found.why == (Agrees.NUMBER, Agrees.STORY)
    assert found.whom == someone
    assert found.value == pytest.approx(0.85)
    assert score([], [], STORY, "", alike) == (0.0, (), None)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (ours(id_number=MAN), theirs(id_number=MAN), (Agrees.NUMBER,)),
        (ours(id_number=MAN), ours(id_number=MAN[:-2] + "31"), (Agrees.NAME, Agrees.NEAR_NUMBER)),
        (ours(phone="13800000001"), ours(phone="13800000001"), (Agrees.NAME, Agrees.PHONE)),
        (ours(birth_date="1990-01-01"), ours(name="章三", birth_date="1990-01-01"), (Agrees.PINYIN, Agrees.BIRTH)),
        (ours(address="练习路1号院"), ours(address="练习路1号院"), (Agrees.NAME, Agrees.ADDRESS)),
        (ours(), ours(), (Agrees.NAME,)),
        (ours(phone="13800000001"), theirs(phone="13800000001"), ()),
    ],
)
def test_two_parties_are_one_person_by_name_and_something_else(
    one: Person, other: Person, why: tuple[Agrees, ...]
) -> None:
    found = same_person(one, other, alike)
    assert found.why == why
    assert (found.value >= 0.6) is (len(why) > 1 or why == (Agrees.NUMBER,))


def test_nobody_is_the_same_as_somebody_without_a_name() -> None:
    assert same_person(ours(name=""), ours(name=""), alike).why == ()


def test_stories_are_compared_by_pairs_of_characters() -> None:
    assert jaccard(STORY, STORY) == 1
    assert jaccard("漏水", "欠钱") == jaccard("", "") == 0
