"""What was here before is shown with its reasons."""

import pytest

from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.repeats import Agrees
from mediation_desk.services.similar import Repeat, duplicate_persons, repeat_candidates, similar_cases
from mediation_desk.store import word_counts
from mediation_desk.store.sight import Sight
from tests.desk import APPOINTED, NOW, Desk, claimant, respondent

LEAK = "楼上卫生间漏水，天花板泡坏，物业不管，要求修好并赔偿损失。"
WAGES = "在工地干活三个月，包工头拖欠工资两万元，多次讨要不给。"
DOGS = "邻居养狗夜里叫个不停，影响休息，多次沟通无效。"


def repeats(desk: Desk, *parties: Party, story: str = "", **how: int) -> list[Repeat]:
    return desk.look(repeat_candidates, parties, story, **how)


def test_the_same_people_are_found_the_surest_first(desk: Desk) -> None:
    same_name = desk.registered(parties=(claimant(id_number=""), respondent(name="他", id_number="")))
    same_number = desk.registered(parties=(claimant(name="曾用名", phone="13800000001"), respondent(name="她")))
    desk.registered(parties=(claimant(name="别人", id_number=""), respondent(name="旁人", id_number="")))
    form = (claimant(), Party(no=2, side=Side.RESPONDENT, name=""))
    surest, other = repeats(desk, *form)
    assert (surest.case_id, surest.why, surest.party_name) == (same_number, (Agrees.NUMBER,), "曾用名")
    assert surest.side is Side.CLAIMANT
    assert (surest.phone, surest.id_number) == ("13800000001", "110000199001010013")
    assert (surest.stage, surest.registered_at, surest.number) == ("registered", NOW, "")
    assert (other.case_id, other.why) == (same_name, (Agrees.NAME,))
    assert [each.case_id for each in repeats(desk, *form, except_id=same_number)] == [same_name]


def test_who_moved_and_changed_the_number_is_found_by_the_pair_and_the_story(desk: Desk) -> None:
    case_id = desk.registered(
        parties=(claimant(id_number=""), respondent(id_number="", address="练习路1号院3号楼")), matter=LEAK
    )
    [found] = repeats(
        desk,
        claimant(name="章三", id_number=""),
        respondent(name="别人", id_number="", address="练习路1号院3号楼"),
        story=LEAK,
    )
    assert (found.case_id, found.party_name) == (case_id, "张三")
    assert found.why == (Agrees.PINYIN, Agrees.HOUSE, Agrees.STORY)


def test_neighbours_of_one_house_are_no_repeat_by_the_address_alone(desk: Desk) -> None:
    desk.registered(parties=(claimant(address="练习路1号院3号楼"), respondent()))
    assert repeats(desk, claimant(name="别人", id_number="", address="练习路1号院3号楼")) == []


def test_of_two_equal_ones_the_newest_stands_first(desk: Desk) -> None:
    first, second = desk.registered(), desk.registered()
    assert [each.case_id for each in repeats(desk, claimant(), respondent())] == [second, first]
    assert repeats(desk) == []
    assert repeats(desk, Party(no=1, side=Side.CLAIMANT, name="")) == []


def test_a_person_who_was_written_otherwise_is_shown(desk: Desk) -> None:
    mistyped = desk.registered(parties=(claimant(id_number="110000199001010031"), respondent()))
    same = desk.registered()
    renamed = desk.registered(parties=(claimant(name="张三丰"), respondent()))
    found = desk.look(duplicate_persons, claimant(), except_id=99)
    assert [(each.case_id, each.person.name, each.why) for each in found] == [
        (renamed, "张三丰", (Agrees.NUMBER,)),
        (mistyped, "张三", (Agrees.NAME, Agrees.NEAR_NUMBER)),
    ]
    assert same not in [each.case_id for each in found]


@pytest.mark.parametrize("counted", [False, True])
def test_stories_that_share_rare_words_are_similar(desk: Desk, counted: bool) -> None:
    leak = desk.registered(matter=LEAK, demand="修好")
    wages = desk.registered(matter=WAGES, demand="付钱")
    for _ in range(3):
        desk.registered(matter=DOGS, demand="管好")
    if counted:
        assert word_counts.recount(desk.database) > 10
    [found] = desk.look(similar_cases, None, "我家楼上卫生间漏水，把天花板泡坏了，物业不管。")
    assert found.case.id == leak
    assert 0.2 < found.score <= 1
    assert set(found.words) <= {
        "卫生",
        "生间",
        "间漏",
        "漏水",
        "天花",
        "花板",
        "板泡",
        "泡坏",
        "物业",
        "业不",
        "不管",
        "楼上",
        "上卫",
    }
    again = desk.look(similar_cases, wages, WAGES)
    assert wages not in [each.case.id for each in again]
    assert desk.look(similar_cases, None, "") == []
    assert desk.look(similar_cases, None, "毫不相干") == []


def test_nothing_that_may_not_be_seen_is_similar(desk: Desk) -> None:
    desk.registered(matter=LEAK)
    own = desk.assigned(matter=LEAK)
    with desk.database.reading(sight=_eyes_of(APPOINTED)) as records:
        assert [each.case.id for each in similar_cases(records, desk.act, None, LEAK)] == [own]
        assert [each.case_id for each in repeat_candidates(records, desk.act, [claimant()])] == [own]
        assert {each.case_id for each in duplicate_persons(records, desk.act, claimant(id_number=""))} <= {own}


def _eyes_of(mediator_id: int) -> Sight:

    return Sight(mediator_id)
