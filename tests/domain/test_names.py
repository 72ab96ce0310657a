import unicodedata

import pytest

from mediation_desk.domain.names import clean_digits, clean_name, clean_text, name_faults, spellings

ONE_DOT = "间隔号已统一为“·”。"
STANDARD = "旧编码的字已换成标准字。"
INVISIBLE = "已去掉看不见的控制符或异体字选择符。"


@pytest.mark.parametrize(
    "dot", ["\u2022", "\u2027", "\u30fb", "\uff65", "\u2219", "\u22c5", "\u0387", "\uff0e", "\u2024", "\u2e31"]
)
def test_every_dot_between_letters_becomes_the_middle_dot(dot: str) -> None:
    assert clean_name(f"买买提江{dot}吐尔逊") == ("买买提江\u00b7吐尔逊", (ONE_DOT,))


@pytest.mark.parametrize("typed", ["买买提江 · 吐尔逊", "买买提江.吐尔逊", "买买提江。吐尔逊", "买买提江 ・ 吐尔逊"])
def test_a_dot_is_kept_without_spaces_and_a_full_stop_between_han_is_one(typed: str) -> None:
    assert clean_name(typed) == ("买买提江·吐尔逊", (ONE_DOT,))


def test_a_full_stop_after_an_initial_stays() -> None:
    assert clean_name("John J. Smith") == ("John J. Smith", ())


@pytest.mark.parametrize("name", ["买买提江·吐尔逊", "𠮷田", "䶮", "Łukasz Żak", "﨑", "王𬴊", "⿰某"])
def test_a_name_in_order_is_left_alone(name: str) -> None:
    assert clean_name(name) == (name, ())
    assert name_faults(name) == ()


def test_spaces_go_between_han_and_stay_between_latin_words() -> None:
    assert clean_name(" 张　 三 ") == ("张三", ("已去掉多余的空格。",))
    assert clean_name("Mary\u00a0 Ann") == ("Mary Ann", ("已去掉多余的空格。",))


def test_full_width_letters_become_half_width() -> None:
    assert clean_name("Ｍａｒｙ") == ("Mary", ("全角字母、数字已改为半角。",))


def test_invisible_characters_and_variation_selectors_are_dropped_and_told() -> None:
    assert clean_name("葛\U000e0100城\u200b") == ("葛城", (INVISIBLE,))
    assert clean_name("张\ufe00三\x07\ud842") == ("张三", (INVISIBLE,))


def test_letters_are_composed_and_compatibility_characters_replaced() -> None:
    assert clean_name("Ze\u0301\uf900") == ("Z\u00e9\u8c48", ("兼容字、组合字已改为标准字。",))


def test_compatibility_forms_that_only_nfkc_would_change_stay() -> None:
    assert clean_text("①㎡⼀") == ("①㎡⼀", ())


def test_private_characters_of_old_systems_become_standard_ones() -> None:
    assert clean_name("王\ue863") == ("王\u4dae", (STANDARD,))
    assert clean_text("\ue78d\ue78e") == ("\ufe10\ufe12", (STANDARD,))


TWO_BYTES_FE50_TO_FEA0 = [bytes((0xFE, low)) for low in (*range(0x50, 0x7F), *range(0x80, 0xA1))]
NOT_IN_THE_OLD_CODEC = {  # Python's codec is of 2000; these are the code points of the editions of 2005 and 2022
    "FE51": 0x20087, "FE52": 0x20089, "FE53": 0x200CC, "FE59": 0x9FB4, "FE61": 0x9FB5, "FE66": 0x9FB6,
    "FE67": 0x9FB7, "FE6C": 0x215D7, "FE6D": 0x9FB8, "FE76": 0x2298F, "FE7E": 0x9FB9, "FE90": 0x9FBA,
    "FE91": 0x241FE, "FEA0": 0x9FBB,
}  # fmt: skip


def test_the_map_of_private_characters_agrees_with_the_codec_byte_by_byte() -> None:
    for place, both in enumerate(TWO_BYTES_FE50_TO_FEA0):
        known = NOT_IN_THE_OLD_CODEC.get(both.hex().upper())
        standard = chr(known) if known else both.decode("gb18030")
        assert unicodedata.category(standard) != "Co"
        assert clean_text(chr(0xE815 + place)) == (standard, (STANDARD,))


def test_the_ten_vertical_signs_and_two_letters_are_mapped_too() -> None:
    bytes_of_ten = [bytes((0xA6, low)) for low in (*range(0xD9, 0xE0), 0xEC, 0xED, 0xF3)]
    old = "".join(each.decode("gb18030") for each in bytes_of_ten)
    assert clean_text(old)[0] == "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
    assert clean_text("\ue7c7\ue7c8")[0] == "\u1e3f\u01f9"


def test_private_characters_nobody_knows_are_named_with_their_place() -> None:
    assert name_faults("王\ue000") == ("姓名第2个字是旧系统的自造字（U+E000），请对照证件改成标准字。",)
    assert name_faults("\ufffd某") == ("姓名第1个字是旧系统的自造字（U+FFFD），请对照证件改成标准字。",)


def test_a_name_is_spelled_as_older_systems_hold_it() -> None:
    assert spellings("张三") == ("张三",)
    assert spellings("陈䶮") == ("陈䶮", "陈\ue863")
    assert "\uf9e1四" in spellings("李四")
    assert all(clean_name(each)[0] == "石\u4723" for each in spellings("石\u4723") if "\u2f6f" not in each)
    assert len(spellings("李李李李李李")) == 16


def test_a_name_has_one_to_fifty_characters_however_wide_they_are() -> None:
    assert name_faults("") == ("姓名没有填写。",)
    assert name_faults("𠮷" * 50) == ()
    assert name_faults("𠮷" * 51) == ("姓名有51个字，最多50个字。",)
    assert name_faults("东城区某某物业管理有限公司", longest=5) == ("姓名有13个字，最多5个字。",)


@pytest.mark.parametrize("name", ["·吐尔逊", "买买提江·"])
def test_a_name_does_not_begin_or_end_with_a_dot(name: str) -> None:
    assert name_faults(name) == ("姓名不能以“·”开头或结尾。",)


def test_digits_become_half_width() -> None:
    assert clean_digits("１２３Ｘｘ，四") == "123Xx，四"


def test_a_long_text_keeps_all_that_is_visible() -> None:
    text = "<b>甲</b> & 乙　丙\n\n「丁」 A/B 100%"
    assert clean_text(text) == (text, ())


def test_line_ends_become_one_kind_without_a_word() -> None:
    assert clean_text("一\r\n二\r三\u2028四\x0b五") == ("一\n二\n三\n四\n五", ())


def test_control_characters_are_dropped_and_tabs_replaced_with_a_sentence() -> None:
    assert clean_text("一\x00二\x1b") == ("一二", (INVISIBLE,))
    assert clean_text("甲\t乙") == ("甲　乙", ("制表符已改为空格。",))
