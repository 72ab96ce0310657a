"""Takes the text of a pasted notice apart: its sentences, its number, year and day of issue, and what is mere form.

Works on text as people copy it from a web page or a PDF: full-width figures, blanks between all characters, sentences
broken over lines, the head of the page before and the foot of it after the notice.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from mediation_desk.domain.holiday_days import YEARLY

HOLIDAY = "|".join((*YEARLY, "清明"))

_NUMBER = re.compile(r"(国办发明电|国发明电|国办发|国发)[〔\[(【](\d{4})[〕\])】]第?(\d+)号")
_YEARS = (
    re.compile(r"关于(?:调整|延长)?(20\d\d)年"),
    re.compile(r"现将(?:调整|延长)?(20\d\d)年"),
    re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日[^。]{0,24}(?:放假|上班)"),
)
_OF_ONE_HOLIDAY = (
    re.compile(
        rf"关于(?:调整|延长)?(?:\d{{4}}年)?((?:{HOLIDAY})(?:[、和](?:{HOLIDAY}))*)(?:放假|假期)(?:安排)?的?通知"
    ),
    re.compile(r"国务院(?:办公厅)?关于([^，。]{4,40}?纪念日)(?:调休)?放假(?:安排)?的?通知"),
)
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_ISSUED = (
    re.compile(rf"^成文日期[:\]]*{_DAY}"),
    re.compile(rf"^(?:国务院(?:办公厅)?,?)?{_DAY}$"),
)

_HEADS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:\(受权发布\)|据)?新华社.{0,14}电",
        r"^.{0,20}关于.{2,50}?通知(?!如下)",
        r"^[^:,]{0,40}(?:安排|放假|假期)的?通知$",
        rf"^[(]?{_NUMBER.pattern}[)]?",
        r"^各省、[^:]*:?",
        r"^(?:(?!\d日).)*(?:通知|全文)如下:?",
    )
)
"""What may stand before the first holiday, one after the other or all in one line."""

_PAGE_HEAD = "索引号|主题分类|发文机关|发文机构|成文日期|标题|发文字号|发布日期|实施日期|来源|主题词"
_FORM = re.compile(
    "|".join(
        (
            r"^(?:国务院)?(?:办公厅)?$",
            rf"^(?:\d\.)?\[?(?:{_PAGE_HEAD})[:\],]",
            r"^(?:节假日|节日|.{2,4}节|调休放假|放假)期间,",
            r"^通知(?:要求|说|指出),节假日期间",
            r"^各地区、各部门",
            r"^因疫情防控不能休假",
            r"度过节日假期$",
        )
    )
)
_PRINCIPLE = re.compile(r"^鼓励|全体公民放假的假日增加|^据此对放假调休原则")
"""Advice and general rules: they name days, and arrange none."""
_ABOUT_DAYS = re.compile(rf"[\d一二三四五六七八九十]日|放假|上班|补休|调休|公休|休息|连休|假期|{HOLIDAY}")
_ARRANGES = re.compile(r"\d日.*(?:放假|上班|补休|调休|公休|休息)")


class Piece(NamedTuple):
    """A sentence or line: as it was pasted, the same made plain for reading, and whether a full stop ended it."""

    pasted: str
    plain: str
    is_whole: bool

    def joined(self, following: "Piece") -> "Piece":
        return Piece(self.pasted + following.pasted, self.plain + following.plain, following.is_whole)


class Head(NamedTuple):
    """What a notice says of itself; `holiday` is the one that a notice on a single holiday is about."""

    year: int | None
    number: str
    issued_on: date | None
    holiday: str


def plain(text: str) -> str:
    """Without blanks and with half-width figures and marks, so that one pattern fits every way of writing."""
    return re.sub(r"\s", "", normalize("NFKC", text))


def pieces_of(text: str) -> Iterator[Piece]:
    """The sentences of a text; one that a line break cut comes in several pieces."""
    for line in text.splitlines():
        for sentence, stop in re.findall(r"([^。；;]+)([。；;]?)", line):
            if plain(sentence):
                yield Piece(f"{sentence}{stop}".strip(), plain(sentence), bool(stop))


def head_of(text: str) -> Head:
    whole = plain(text)
    years = (int(found[1]) for pattern in _YEARS if (found := pattern.search(whole)))
    numbers = (f"{found[1]}〔{found[2]}〕{found[3]}号" for found in _NUMBER.finditer(whole))
    holidays = (found[1] for pattern in _OF_ONE_HOLIDAY if (found := pattern.search(whole)))
    return Head(next(years, None), next(numbers, ""), _issued_on(text), next(holidays, ""))


def _issued_on(text: str) -> date | None:
    """The day that stands under the notice or, before that, in the head of the page."""
    days = [day for piece in pieces_of(text) if (day := _issue_day_in(piece.plain))]
    return days[-1] if days else None


def _issue_day_in(sentence: str) -> date | None:
    for pattern in _ISSUED:
        if found := pattern.search(_with_figures(sentence)):
            with suppress(ValueError):
                return date(int(found[1]), int(found[2]), int(found[3]))
    return None


def _with_figures(text: str) -> str:
    """Dates in Chinese numerals (二〇〇九年十二月七日) as figures."""

    def figures(found: re.Match[str]) -> str:
        return f"{found[1].translate(_FIGURES)}年{_small(found[2])}月{_small(found[3])}日"

    return _CHINESE_DAY.sub(figures, text)


def _small(numeral: str) -> int:
    """A number below one hundred: 七, 十二, 三十一."""
    tens, ten, ones = numeral.rpartition("十")
    return (int(tens.translate(_FIGURES) or 1) * 10 if ten else 0) + int(ones.translate(_FIGURES) or 0)


def without_head(sentence: str) -> str:
    """What is left of a plain sentence when title, number, addressees and the words of introduction are taken off."""
    before = None
    while before != sentence:
        before = sentence
        for pattern in _HEADS:
            sentence = pattern.sub("", sentence, count=1)
    return sentence


def is_mere_form(sentence: str) -> bool:
    """Whether a plain sentence arranges no single day: duties on holidays, advice, signatures, heads of pages."""
    if not _ABOUT_DAYS.search(sentence) or _PRINCIPLE.search(sentence) or _issue_day_in(sentence):
        return True
    return bool(_FORM.search(sentence)) and not _ARRANGES.search(sentence)
