"""Names as people type them in pinyin."""

import pytest

from mediation_desk.domain.pinyin import MOST_WAYS, sound_alike, ways_of_reading


def joined(name: str) -> set[str]:
    return {"".join(syllables) for syllables in ways_of_reading(name)}


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("张三", "zhangsan"),
        ("曾国强", "zengguoqiang"),
        ("单艳", "shanyan"),
        ("仇和", "qiuhe"),
        ("解明", "xieming"),
        ("覃海", "qinhai"),
        ("查良", "zhaliang"),
        ("区志", "ouzhi"),
        ("盖文", "gewen"),
        ("朴顺", "piaoshun"),
        ("欧阳海燕", "ouyanghaiyan"),
        ("万俟丹", "moqidan"),
        ("尉迟恭", "yuchigong"),
        ("吕明", "lvming"),
        ("买买提江·吐尔逊", "maimaitijiangtuerxun"),
    ],
)
def test_a_name_is_read_as_it_is_called(name: str, read: str) -> None:
    assert read in joined(name)


@pytest.mark.parametrize(
    ("name", "given"),
    [("张三丰", "sanfeng"), ("欧阳海燕", "haiyan"), ("欧阳", "yang"), ("买买提江·吐尔逊", "tuerxun")],
)
def test_people_may_begin_with_the_given_name(name: str, given: str) -> None:
    assert given in joined(name)


def test_somebody_who_reads_a_surname_like_the_character_finds_it_too() -> None:
    assert {"shanyan", "danyan"} <= joined("单艳")


def test_of_two_readings_of_a_character_both_find_the_name() -> None:
    assert {"lihang", "lixing"} <= joined("李行")


def test_an_organisation_begins_with_its_first_character_only() -> None:
    assert all(syllables[:2] == ("bei", "jing") for syllables in ways_of_reading("北京示例物业管理有限公司"))


def test_a_name_is_read_in_a_few_ways_only() -> None:
    assert len(ways_of_reading("乐行长重单朴")) == MOST_WAYS


@pytest.mark.parametrize("name", ["", "John", "·", "𠮷", "123"])
def test_what_has_no_reading_has_none(name: str) -> None:
    assert ways_of_reading(name) == ()


def test_a_character_without_reading_is_passed_over() -> None:
    assert joined("王𠮷五") >= {"wangwu", "wu"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("张三", "章叁", True),
        ("曾国强", "增国蔷", True),
        ("单雄", "山雄", True),
        ("陈喆", "陳哲", True),
        ("张三", "张四", False),
        ("张三", "张三丰", False),
        ("王\ue000", "王一", False),
        ("", "", False),
    ],
)
def test_two_names_sound_alike_character_by_character(one: str, other: str, alike: bool) -> None:
    assert sound_alike(one, other) is sound_alike(other, one) is alike
