"""Thousands of lines of prose, counted on the finished paper as poppler finds them, not by our own code's word."""

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

import pytest

from mediation_desk.documents.fonts import HEADING, TEXT
from mediation_desk.documents.layout import BOTTOM, LEFT, PAGE_HEIGHT
from mediation_desk.documents.page import TEXT_WIDTH, Frame, Sheet
from mediation_desk.documents.paragraph import Style
from tests.documents.reading import Paper

NEVER_FIRST = "，。、；：？！）］〕】》〉」』”’·～—–,.;:?!)]}%％‰℃°"
"""GB/T 15834-2011 section 5.1: marks after words, second halves, dots between names; and their like in ASCII."""
NEVER_LAST = "（［〔【《〈「『“‘([{￥$#"
"""First halves, and what is nothing without what follows."""
MOST_RAGGED = 0.1
ROUNDING = 0.1  # points

STYLES = [
    (Style(TEXT, 14, 20, indent=2), TEXT_WIDTH),
    (Style(TEXT, 12, 16, indent=2), 323.0),
    (Style(TEXT, 10.5, 14), 251.5),
    (Style(HEADING, 12, 16, indent=2), TEXT_WIDTH),
]
PARAGRAPHS = 260

_PEOPLE = ["张三", "买买提江·吐尔逊", "欧阳", "𠮷田", "Łukasz O’Neil", "李四", "某某物业服务有限公司", "王五"]
_PLACES = ["东城区某某胡同1号", "3号楼2单元501室", "B座", "社区综治中心", "第一调解室", "工地"]
_ACTS = ["付清货款", "修复防水层", "赔礼道歉", "归还押金", "腾退房屋", "继续履行合同", "共同试水48小时", "承担诉讼费用"]
_LAWS = ["《民法典》第一千一百六十五条", "《中华人民共和国人民调解法》", "《租赁合同（2026版）》", "〔2026〕12号文件"]
_LATIN = ["USB", "Wi-Fi", "iPhone 15 Pro", "https://example.cn/a?id=7&b=2", "someone@example.cn", "PM2.5", "A4", "N95"]
_SAID = ["“付了。”", "“我没有收到！”", "‘算了吧’", "“真的吗？”（停顿）", "“他说：‘再等等。’”", "“……好吧”"]
_LINKS = [
    "，",
    "；",
    "：",
    "、",
    "——",
    "……",
    "，并",
    "；另",
    "（见附件2），",
    "，即",
    "（下称“甲方”）、",
    "。",
    "。",
    "。",
]


def _number(chance: random.Random) -> str:
    return chance.choice(
        [
            f"{chance.randrange(10**7):,}.{chance.randrange(100):02}元",
            f"{chance.randrange(1, 100)}.{chance.randrange(10)}%",
            f"2026年{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日",
            "11010519491231002X",
            f"{chance.randrange(10**17, 10**18)}",
            f"{chance.randrange(1, 200)}㎡",
            f"第{chance.randrange(1, 30)}条",
            f"({chance.randrange(1, 9)})",
            f"￥{chance.randrange(10**5)}",
            f"-{chance.randrange(40)}℃",
            f"{chance.randrange(8, 20)}:{chance.randrange(60):02}",
        ]
    )


def _paragraph(chance: random.Random) -> str:
    text = ""
    for _ in range(chance.randrange(4, 40)):
        words = chance.choice([_PEOPLE, _PLACES, _ACTS, _ACTS, _LAWS, _LATIN, _SAID, None, None])
        word = chance.choice(words) if words else _number(chance)
        if text[-1:].isascii() and word[0].isascii():
            text += "与"
        text += word + chance.choice(["", "", *_LINKS])
    return text.rstrip("，；：、—…") + "。"


class Row(NamedTuple):
    """A line as it was read: its text without spaces and the edges of its ink."""

    text: str
    left: float
    right: float


class Count(NamedTuple):
    lines: int
    bad_starts: list[str]
    bad_ends: list[str]
    over: list[Row]
    parted: list[str]
    ragged: int


def _rows(paper: Paper) -> list[Row]:
    rows = []
    for page in paper.lines():
        for words in page:
            if words[0].top < PAGE_HEIGHT - BOTTOM:
                text = re.sub(r"\s", "", "".join(word.text for word in words))
                rows.append(Row(text, words[0].left, words[-1].right))
    return rows


def _wholes(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers, words in letters, dashes and dots begin and end, counted without spaces."""
    for found in re.finditer(r"第?[0-9A-Za-zŁ][0-9A-Za-zŁ.,:/?=&%@’_-]*|——|……", text):
        start = len(re.sub(r"\s", "", text[: found.start()]))
        yield start, start + len(found[0])


def _counted(paragraphs: list[str], rows: list[Row], width: float) -> Count:
    texts = [re.sub(r"\s", "", text) for text in paragraphs]
    assert "".join(row.text for row in rows) == "".join(texts)  # all of it, in order
    ends = list(accumulate(len(text) for text in texts))
    starts = [0, *ends[:-1]]
    cuts = list(accumulate(len(row.text) for row in rows))
    within = [(row, after) for row, after, cut in zip(rows, rows[1:], cuts, strict=False) if cut not in set(ends)]
    wholes = [(start + a, start + b) for start, text in zip(starts, paragraphs, strict=True) for a, b in _wholes(text)]
    parted = []
    for start, end in wholes:
        at = bisect_right(cuts, start)
        if at < len(cuts) and cuts[at] < end:
            parted.append(rows[at].text[-9:] + "|")
    edge = LEFT + width
    return Count(
        len(rows),
        [after.text for _, after in within if after.text[0] in NEVER_FIRST],
        [row.text for row, _ in within if row.text[-1] in NEVER_LAST],
        [row for row in rows if row.right > edge + ROUNDING or row.left < LEFT - ROUNDING],
        parted,
        sum(row.right < edge - ROUNDING for row, _ in within),
    )


@pytest.fixture(scope="module")
def counts() -> list[Count]:
    found = []
    for number, (style, width) in enumerate(STYLES):
        chance = random.Random(number)
        paragraphs = [_paragraph(chance) for _ in range(PARAGRAPHS)]
        sheet = Sheet(Frame("", "", ""))
        for text in paragraphs:
            sheet.add(text, style=style, width=width)
        found.append(_counted(paragraphs, _rows(Paper(sheet.pdf())), width))
    return found


def test_over_5000_lines_were_read(counts: list[Count]) -> None:
    assert sum(count.lines for count in counts) > 5000


@pytest.mark.parametrize(
    "fault",
    [
        lambda count: count.bad_starts,
        lambda count: count.bad_ends,
        lambda count: count.over,
        lambda count: count.parted,
    ],
    ids=["bad starts", "bad ends", "over the margin", "parted numbers and words"],
)
def test_no_line_has_a_fault(counts: list[Count], fault: Callable[[Count], list[object]]) -> None:
    lines = sum(count.lines for count in counts)
    found = [each for count in counts for each in fault(count)]
    assert (lines > 5000, found) == (True, []), f"{len(found)} faults in {lines} lines"


def test_nearly_all_lines_end_at_the_margin(counts: list[Count]) -> None:
    for count in counts:
        assert count.ragged <= MOST_RAGGED * count.lines


def test_the_count_sees_faults() -> None:
    rows = [Row("共12", 80, 200), Row("3元（", 80, 200), Row("，甲", 70, 90)]
    found = _counted(["共123元（，甲"], rows, 100)
    assert (found.bad_starts, found.bad_ends, len(found.over), len(found.parted)) == (["，甲"], ["3元（"], 3, 1)
