"""Who comes back is found again, however a part of it was written down."""

import pytest

from mediation_desk.domain.repeats import Agrees, Person, keys_of, known, same_person

MAN, WOMAN = "110000199001010013", "110000200002290024"


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
    ("typed", "phone"),
    [
        ("+86 138-0000-0001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("010-60000001", "60000001"),
        ("0312-6000001", "6000001"),
        ("60000001", "60000001"),
        ("12345", ""),
    ],
)
def test_a_telephone_is_compared_without_the_codes_of_country_and_area(typed: str, phone: str) -> None:
    assert known(ours(phone=typed)).phones == {phone} - {""}


def test_a_number_of_fifteen_digits_is_that_of_eighteen() -> None:
    assert keys_of([ours(id_number="110000900101001")]) == {f"i{MAN}"} == keys_of([ours(id_number=MAN)])


@pytest.mark.parametrize("stored", ["王\ue863", "王䶮\ufe00", "王䶮\U000e0100", "\u2f5f䶮"])
def test_a_name_in_an_older_code_is_the_same_name(stored: str) -> None:
    name = "玉䶮" if stored.startswith("\u2f5f") else "王䶮"
    assert known(ours(name=stored)).bears_the_name_of(known(ours(name=name)))
    assert keys_of([ours(name=stored), theirs()]) == keys_of([ours(name=name), theirs()])


def test_who_bore_another_name_is_known_by_it() -> None:
    renamed = known(ours(name="张小三", aliases="张三、三娃"))
    assert renamed.bears_the_name_of(known(ours()))
    assert renamed.sounds_like(known(ours(name="三娃")))
    assert not renamed.bears_the_name_of(known(theirs()))
    assert not known(ours(name="")).sounds_like(known(ours(name="")))


@pytest.mark.parametrize(
    ("number", "near"),
    [
        ("110000199001010013", True),
        ("110000199001010014", True),
        ("110000199001010031", True),
        ("11000019900101013", True),
        ("110000199001011113", True),
        ("110000198002020013", False),
        ("", False),
    ],
)
def test_a_slip_of_the_typist_makes_a_number_near(number: str, near: bool) -> None:
    one, other = known(ours(id_number=MAN)), known(ours(id_number=number))
    assert one.has_nearly_the_number_of(other) is near
    assert one.is_another_than(other) is (number != "" and not near)


def test_two_are_not_told_apart_by_what_is_not_typed_to_its_end() -> None:
    assert not known(ours(id_number=MAN)).is_another_than(known(ours(id_number=WOMAN[:9])))
    assert known(ours(birth_date="1990-01-01")).is_another_than(known(ours(birth_date="1990-01-02")))
    assert not known(ours(birth_date="1990-01-01")).is_another_than(known(ours()))


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
    value, found = same_person(one, other, alike)
    assert found == why
    assert (value >= 0.6) is (len(why) > 1 or why == (Agrees.NUMBER,))


def test_nobody_is_the_same_as_somebody_without_a_name() -> None:
    assert same_person(ours(name=""), ours(name=""), alike) == (0.0, ())
