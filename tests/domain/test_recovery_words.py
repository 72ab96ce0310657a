"""The words of the recovery sheet: nothing that a pen, an ear or a keyboard does to them stays unnoticed."""

import os
import random
import re
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.errors import WrongWords
from mediation_desk.domain.recovery_words import LINES, WORDS_IN_LINE, RecoveryWords, WordList
from mediation_desk.resources import resource

SECRET = bytes(range(7, 23))

LOOK_ALIKES = """
己已巳 末未 土士 人入八 日曰目自 大太犬天夫丈 王玉主 千干于 牛午 刀力刁 九丸 木本术禾 白百自 鸟乌
兔免 竟竞 栗粟 侯候 辨辩瓣辫 晴睛情清请 拔拨 壁璧 州洲 博搏 风凤 开井 见贝 斤斥 令今 户尸 旦且
哀衷 冶治 折拆 籍藉 汤烫 桥侨 坏环 场扬 圆园团 问间 广厂 休体 田由甲申 历厉 代伐 徒徙 微徽
棒捧 姊妹 拖施 暖缓 晾凉惊 燥躁澡操 渴喝 慕幕墓暮 摇遥 梁粱 阳阴 真直 睡垂 泊伯 侍待 堤提 贺货
技枝 弟第 具其 瓶饼 亭停 脑恼 粉纷 买卖 帅师 享亨 戊戌成 茶荼 撒撤 遣遗 郎朗 孤狐 蜜密 鹿麻
龙尤 虎虚 船般航 仓仑 刷剧 烧浇 练炼 篷蓬 刻该 商滴 席度 晨辰 幸辛 拥佣 萝箩 网冈 鸭鸦 鼓豉
早旱 旋族 认议
"""


def words_on_file() -> list[str]:
    lines = resource("recovery_words.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


WORDS = WordList(words_on_file())
SHEET = WORDS.words_for(SECRET)


def sentences(lines: list[str]) -> list[tuple[str, str]]:
    with pytest.raises(WrongWords) as refused:
        WORDS.read_lines(lines)
    return [(fault.place, fault.sentence) for fault in refused.value.faults]


def typed(sheet: RecoveryWords = SHEET) -> list[str]:
    return [" ".join(line) for line in sheet.lines]


# ---- the list


def test_the_list_is_the_one_that_sheets_in_safes_were_printed_with() -> None:
    digest = sha256("".join(WORDS.words).encode()).hexdigest()
    assert digest == "af70b790d234d3ca89bcca20f52c22302513964136775f6e5f5e07e00277688c"


def test_there_are_256_words_of_two_characters_and_no_character_stands_twice() -> None:
    assert [len(word) for word in WORDS.words] == [2] * 256
    assert [letter for letter, times in Counter("".join(WORDS.words)).items() if times > 1] == []
    assert all(len(word.encode("gb2312")) == 4 for word in WORDS.words)


def test_no_two_words_sound_alike_even_without_tones_and_in_a_southern_mouth() -> None:
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    from pypinyin import lazy_pinyin

    def heard(word: str) -> tuple[str, ...]:
        blurred = [re.sub(r"^([zcs])h", r"\1", each) for each in lazy_pinyin(word)]
        blurred = [re.sub(r"^hu", "fu", re.sub(r"^[nr]", "l", each)) for each in blurred]
        return tuple(re.sub(r"ng$", "n", each) for each in blurred)

    sounds = [heard(word) for word in WORDS.words]
    assert len(set(sounds)) == 256
    assert not {sound[::-1] for sound in sounds if sound[0] != sound[1]} & set(sounds)


def test_no_two_words_have_characters_that_look_alike() -> None:
    found = {group: [word for word in WORDS.words if set(word) & set(group)] for group in LOOK_ALIKES.split()}
    assert {group: some for group, some in found.items() if len(some) > 1} == {}


# ---- writing and reading


@given(st.binary(min_size=16, max_size=16))
def test_what_was_written_is_read(secret: bytes) -> None:
    sheet = WORDS.words_for(secret)
    assert [len(line) for line in sheet.lines] == [WORDS_IN_LINE] * LINES
    assert WORDS.read(sheet.text) == sheet
    assert WORDS.read("".join(sheet.text.split())).secret == secret


@pytest.mark.parametrize("between", [" ", "", "、", "，", "　", " - ", "\t", " / "])
@pytest.mark.parametrize(
    "marks",
    [
        ("", "", "", ""),
        ("1. ", "2. ", "3. ", "4. "),
        ("１、", "２、", "３、", "４、"),
        ("①", "②", "③", "④"),
        ("第一行：", "第二行：", "第三行：", "第四行："),
        ("一、", "二、", "三、", "四、"),
        ("第1行 ", "第2行 ", "第3行 ", "第4行 "),
        ("(1)", "(2)", "(3)", "(4)"),
    ],
)
def test_reading_is_generous(between: str, marks: tuple[str, ...]) -> None:
    lines = [mark + between.join(line) for mark, line in zip(marks, SHEET.lines, strict=True)]
    assert WORDS.read("\n".join(lines)) == SHEET
    assert WORDS.read("\r\n\r\n".join(lines)) == SHEET
    assert WORDS.read(" ".join(lines)) == SHEET
    assert WORDS.read_lines(lines) == SHEET


def test_traditional_characters_are_read() -> None:
    secret = bytes([WORDS.words.index("老虎"), WORDS.words.index("飞机"), WORDS.words.index("风筝"), 0]) * 4
    text = WORDS.words_for(secret).text
    assert WORDS.read(text.replace("飞机", "飛機").replace("风", "風")).secret == secret


# ---- mistakes


@given(st.binary(min_size=16, max_size=16), st.integers(0, 19), st.integers(1, 255))
def test_any_wrong_word_is_noticed_and_its_line_named(secret: bytes, place: int, other: int) -> None:
    lines = [list(line) for line in WORDS.words_for(secret).lines]
    line, at = divmod(place, WORDS_IN_LINE)
    wrong = WORDS.words[(WORDS.words.index(lines[line][at]) + other) % 256]
    lines[line][at] = wrong
    [(field, sentence)] = sentences([" ".join(each) for each in lines])
    assert field == f"line_{line + 1}"
    assert sentence.startswith(f"第{line + 1}行")


@given(st.binary(min_size=16, max_size=16), st.integers(0, 3), st.permutations(range(WORDS_IN_LINE)))
def test_two_words_that_changed_places_are_noticed(secret: bytes, line: int, order: list[int]) -> None:
    first, second = order[:2]
    lines = [list(each) for each in WORDS.words_for(secret).lines]
    if lines[line][first] != lines[line][second]:
        lines[line][first], lines[line][second] = lines[line][second], lines[line][first]
        [(field, _)] = sentences([" ".join(each) for each in lines])
        assert field == f"line_{line + 1}"


@given(st.binary(min_size=16, max_size=16))
def test_lines_that_changed_places_are_told_as_such(secret: bytes) -> None:
    lines = typed(WORDS.words_for(secret))
    assert sentences([lines[2], lines[1], lines[0], lines[3]]) == [
        ("line_1", "第1行填的是恢复单的第3行。"),
        ("line_3", "第3行填的是恢复单的第1行。"),
    ]


def test_a_word_left_out_or_too_many_is_told_with_its_line() -> None:
    lines = typed()
    lines[1] = lines[1].rsplit(" ", 1)[0]
    lines[3] += " 太阳"
    assert sentences(lines) == [
        ("line_2", "第2行有4个词，应有5个。"),
        ("line_4", "第4行有6个词，应有5个。"),
    ]


def test_an_empty_sheet_names_every_line() -> None:
    with pytest.raises(WrongWords) as refused:
        WORDS.read("")
    assert [fault.place for fault in refused.value.faults] == ["line_1", "line_2", "line_3", "line_4"]


def test_the_word_that_was_meant_is_offered() -> None:
    secret = bytes([WORDS.words.index("蝴蝶"), 1, 2, 3]) + SECRET[4:]
    lines = typed(WORDS.words_for(secret))
    mistyped = [lines[0].replace("蝴蝶", "胡蝶"), *lines[1:]]
    assert sentences(mistyped) == [("line_1", "第1行第1个词“胡蝶”不是恢复单上的词，是不是“蝴蝶”？")]
    nonsense = [lines[0].replace("蝴蝶", "龘靐"), *lines[1:]]
    assert sentences(nonsense) == [("line_1", "第1行第1个词“龘靐”不是恢复单上的词，请对照恢复单再看一遍。")]


@pytest.mark.parametrize("drop", range(10))
def test_a_lost_character_spoils_only_its_own_word(drop: int) -> None:
    lines = ["".join(line) for line in SHEET.lines]
    lines[2] = lines[2][:drop] + lines[2][drop + 1 :]
    [(field, sentence)] = sentences(lines)
    assert field == "line_3"
    assert f"第{drop // 2 + 1}个词" in sentence
    assert f"是不是“{SHEET.lines[2][drop // 2]}”" in sentence


def test_a_word_left_out_of_a_sheet_typed_in_one_go_names_the_line_where_it_went_wrong() -> None:
    words = [word for line in SHEET.lines for word in line]
    for place in range(20):
        with pytest.raises(WrongWords) as refused:
            WORDS.read(" ".join(words[:place] + words[place + 1 :]))
        assert refused.value.faults[0].place == f"line_{place // 5 + 1}"


def test_words_at_random_hardly_ever_pass_as_a_line() -> None:
    chance = random.Random(5)
    passed = sum(not WORDS.fault_of_line(1, " ".join(chance.choices(WORDS.words, k=5))) for _ in range(5000))
    assert 0 < passed < 50  # one in 256


def test_words_do_not_show_in_what_python_prints() -> None:
    shown = repr(SHEET) + str(SHEET)
    assert not any(word in shown for word in WORDS.words)
    assert str(SECRET) not in shown
