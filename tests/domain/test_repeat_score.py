"""What agrees is weighed; what many share says little."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mediation_desk.domain.repeat_score import Crowd, Points, Score, score
from mediation_desk.domain.repeats import Agrees, Person
from mediation_desk.domain.rules import Rules
from tests.desk import TODAY

MAN, WOMAN = "110000199001010013", "110000200002290024"
SHOP = "示例物业服务有限公司"
HOME = "练习路1号院3号楼402室"
POINTS = Points(
    number=100, near_number=70, phone=60, name=40, common_name=30, sound=20, shared=5, flat=30, house=15, story=25,
    other_phone=10, other_house=15, many=3, alike_stories=20,
)  # fmt: skip


def ours(**told: str) -> Person:
    return Person(**{"name": "张三", "side": "claimant"} | told)


def theirs(**told: str) -> Person:
    return Person(**{"name": "李四", "side": "respondent"} | told)


def shop() -> Person:
    return theirs(name=SHOP, kind="organisation")


def weighed(
    one: Sequence[Person], other: Sequence[Person], story: float = 0.0, *, among: Sequence[Sequence[Person]] = ()
) -> Score:
    return score(one, other, story, POINTS, Crowd(one, [other, *among]), lambda a, b: float(a == b))


@pytest.mark.parametrize(
    ("one", "other", "why", "value"),
    [
        (ours(id_number=MAN), ours(name="章三", id_number=MAN), (Agrees.NUMBER,), 1.0),
        (ours(id_number=MAN), ours(name="章三", id_number=MAN[:-2] + "31"), (Agrees.NEAR_NUMBER,), 0.7),
        (ours(id_number=MAN), theirs(id_number=MAN[:-2] + "31"), (), 0.0),
        (ours(phone="13800000001"), theirs(phone="138 0000 0001"), (Agrees.PHONE,), 0.6),
        (ours(phone="13800000001"), ours(phone="138 0000 0001"), (Agrees.PHONE,), 1.0),
        (ours(phone="13800000001", id_number=MAN), ours(phone="13800000001", id_number=WOMAN), (Agrees.PHONE,), 0.3),
        (ours(), ours(), (Agrees.NAME,), 0.4),
        (ours(phone="13800000001"), ours(phone="13800000002"), (Agrees.NAME,), 0.3),
        (ours(address=HOME), ours(address="样例路5号院"), (Agrees.NAME,), 0.25),
        (ours(), ours(name="章三"), (Agrees.PINYIN,), 0.2),
        (ours(id_number=MAN), ours(id_number=WOMAN), (), 0.0),
        (ours(), theirs(), (), 0.0),
        (ours(name="李二", aliases="张三"), ours(), (Agrees.NAME,), 0.4),
        (ours(address=HOME), theirs(address=f"东城区{HOME}"), (Agrees.ADDRESS,), 0.3),
        (ours(address=HOME), theirs(address="练习路1号院3号楼"), (Agrees.HOUSE,), 0.15),
        (ours(address=HOME), ours(name="章三", address="练习路1号院3号楼"), (Agrees.PINYIN, Agrees.HOUSE), 0.35),
    ],
)
def test_what_agrees_is_weighed(one: Person, other: Person, why: tuple[Agrees, ...], value: float) -> None:
    found = weighed([one], [other])
    assert found.why == why
    assert found.value == pytest.approx(value)


def test_the_surest_of_each_side_counts_and_is_named() -> None:
    someone = theirs(name="王五", id_number=WOMAN)
    found = weighed([ours(), theirs(id_number=WOMAN)], [ours(), someone, ours()])
    assert found.why == (Agrees.PAIR, Agrees.NUMBER)
    assert (found.whom, found.who) == (someone, theirs(id_number=WOMAN))
    assert found.value == pytest.approx(1.4)
    by_ear = weighed([ours(name="章三"), theirs()], [ours(), theirs()])
    assert by_ear.why == (Agrees.NAME,)
    assert by_ear.value == pytest.approx(0.6)
    assert weighed([], [ours()]) == (0.0, (), None, None)


def test_a_story_adds_as_much_as_it_is_told_again() -> None:
    assert weighed([ours()], [theirs()], 1.0) == (0.25, (Agrees.STORY,), None, None)
    hardly = weighed([ours()], [ours()], 0.05)
    assert hardly.why == (Agrees.NAME,)
    assert hardly.value == pytest.approx(0.46)
    assert weighed([ours()], [ours()], 0.15).why == (Agrees.NAME, Agrees.STORY)


def test_a_name_that_many_bear_says_less() -> None:
    others = [[ours(phone=f"1380000000{no}")] for no in range(3)]
    assert weighed([ours()], [ours()], among=others).value == pytest.approx(0.3)
    same_man = [[ours(id_number=MAN)] for _ in range(3)]
    assert weighed([ours()], [ours(id_number=MAN)], among=same_man).value == pytest.approx(0.4)


def test_a_telephone_that_many_use_says_hardly_anything() -> None:
    others = [[ours(name=name, phone="13800000001")] for name in ("甲乙", "丙丁", "戊己")]
    assert weighed([ours(phone="13800000001")], [theirs(phone="13800000001")], among=others).value == 0.05


def test_a_shop_with_another_customer_has_another_dispute() -> None:
    assert weighed([shop()], [theirs(name="王五"), shop()]).value == pytest.approx(0.4)
    assert weighed([ours(), shop()], [theirs(name="王五"), shop()]).value == 0.05
    pair = weighed([ours(), shop()], [ours(), shop()], among=[[shop()]] * 3)
    assert pair.why == (Agrees.PAIR, Agrees.NAME)
    assert pair.value == pytest.approx(0.45)
    assert weighed([ours(address=HOME)], [shop()._replace(address=HOME)]).why == ()


def test_points_are_settings(rules: Rules) -> None:
    points = Points.of(rules, TODAY)
    assert replace(POINTS, number=points.number) == POINTS
