"""How names are read: the pinyin that people type when they look for somebody.

A character alone may be read in several ways, a surname often in one of its own (单 Shàn, 仇 Qiú); every likely way
finds the name. The dictionary is loaded when the first name is read, single characters only.
"""

import os
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product

MOST_WAYS = 6
"""In how many ways one name is read."""

_READINGS_OF_A_CHARACTER = 2
_LONGEST_PERSON = 5
"""A name of more Han characters is an organisation's: it has no given name."""

_DOT = "\N{MIDDLE DOT}"
_COMPOUND_LIST = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 完颜 纳兰 贺兰"
)
_SURNAME_LIST = (
    "万俟:mo,qi 尉迟:yu,chi 澹台:tan,tai 长孙:zhang,sun 乐正:yue,zheng 单:shan 仇:qiu 解:xie 曾:zeng 覃:qin 查:zha "
    "区:ou 盖:ge 朴:piao 翟:zhai 缪:miao 乐:yue 员:yun 黑:he 折:she 洗:xian 繁:po 秘:bi 召:shao 种:chong 祭:zhai "
    "句:gou 谌:shen 卜:bu 么:yao 郇:xun 薄:bo 阚:kan 藏:zang 适:kuo 重:chong 粘:nian 费:bi 角:jue 贠:yun"
)
_COMPOUND = frozenset(_COMPOUND_LIST.split())
_SURNAMES = dict(pair.split(":") for pair in _SURNAME_LIST.split())
"""How surnames are read where the dictionary names another reading of the character first, or only."""


@lru_cache(maxsize=8192)
def ways_of_reading(name: str) -> tuple[tuple[str, ...], ...]:
    """Each way to read a name, as its syllables from each place where somebody may begin to type.

    `ways_of_reading("曾国强")` holds ("zeng", "guo", "qiang") and ("guo", "qiang"). Syllables are of ASCII letters
    without tones, ü as v. A character that has no reading is passed over, as are Latin letters.
    """
    found: dict[tuple[str, ...], None] = {}
    for surname, given in _beginnings(name):
        readings = [*_of_surname(surname), *(_of_character(each) for each in given)]
        for way in islice(product(*(several for several in readings if several)), MOST_WAYS):
            if way:
                found[way] = None
    return tuple(found)


def sound_alike(one: str, other: str) -> bool:
    """Whether two names of as many characters may be read the same, character by character; a surname also as such."""
    if len(one) != len(other) or not one:
        return False
    return all(
        ours == theirs or not _readings(ours, first=not place).isdisjoint(_readings(theirs, first=not place))
        for place, (ours, theirs) in enumerate(zip(one, other, strict=True))
    )


@cache
def _readings(character: str, *, first: bool) -> frozenset[str]:
    return frozenset(_of_surname(character)[0] if first else _of_character(character))


def _beginnings(name: str) -> list[tuple[str, str]]:
    """Surname and the rest, from each place where somebody may begin."""
    parts = [part for part in name.split(_DOT) if part]
    if len(parts) > 1:  # 买买提江·吐尔逊: the own name, then the father's
        return [("", "".join(parts[place:])) for place in range(len(parts))]
    if len(name) > _LONGEST_PERSON:
        return [("", name)]
    surname = name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]
    given = name[len(surname) :]
    return [(surname, given), *([("", given)] if given else [])]


def _of_surname(surname: str) -> list[tuple[str, ...]]:
    """The readings of each of its characters, that of the surname first."""
    alone = [_of_character(each) for each in surname]
    if surname not in _SURNAMES:
        return alone
    own = _SURNAMES[surname].split(",")
    return [tuple(dict.fromkeys((read, *others))) for read, others in zip(own, alone, strict=True)]


@cache
def _of_character(character: str) -> tuple[str, ...]:
    """The likeliest readings of a character alone, () for one that has none."""
    read = (_plain(each) for each in _dictionary().get(ord(character), "").split(","))
    return tuple(dict.fromkeys(each for each in read if each))[:_READINGS_OF_A_CHARACTER]


def _plain(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


@cache
def _dictionary() -> dict[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 13 MB instead of 65
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT
