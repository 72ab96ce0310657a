"""Finds sums of money in free text, however they were typed, and reads them: in figures, in numerals, in capitals.

"人民币1,200.00元（大写：壹仟贰佰元整）" is one sum stated twice; so is "壹仟贰佰元整（￥1200）".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mediation_desk.domain.money import MOST_FEN, read_capitals
from mediation_desk.domain.numerals import read_numeral

_WORTH = {"": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_YUAN = r"(?:元(?![旦宵素首凶勋老器件桥里街路村])|圆|块钱?)"  # 元旦 is a day, 三元桥 a place
_FIGURES = re.compile(
    r"(?:(?:人民币|RMB|CNY)\s{0,2})?(?:(?P<sign>[¥￥])\s{0,2})?(?<![\d.．])"
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+|\d{1,14})(?:[.．](?P<part>\d{1,6}))?\s{0,2}"
    r"(?:(?P<worth>[十百千]?万|亿|千|百)(?:(?P<more>\d{1,4})(?P<more_worth>千|百)?)?)?"
    rf"(?P<about>[余多来])?\s{{0,2}}(?(sign){_YUAN}?|{_YUAN})(?:(?P<jiao>\d)角)?(?:(?P<fen>\d)分(?!之|期))?[整正]?",
    re.IGNORECASE,
)
_NUMERALS = re.compile(
    r"(?:人民币)?(?P<number>[一二两三四五六七八九十][一二两三四五六七八九十百千万亿零〇]{0,11})"
    rf"(?P<about>[余多来])?{_YUAN}[整正]?"
)
_CAPITAL = "壹贰貳叁肆伍陆陸柒捌玖拾佰仟"
_CAPITAL_RUN = re.compile(
    rf"(?:人民币\s{{0,2}})?[{_CAPITAL}零一二三四五六七八九十百千两][{_CAPITAL}零〇一二三四五六七八九十百千两万萬亿億\s]{{0,30}}"
    rf"[元圆圓](?:\s?[{_CAPITAL}零一二三四五六七八九]?\s?[角分]){{0,3}}\s?[整正]?"
)
_MARKED = re.compile(
    r"大写(?:金额|人民币)?[为是]?\s{0,2}(?P<colon>[：:])?\s{0,2}[）)]?[：:]?\s{0,2}(?:人民币[：:]?\s{0,2})?"
    r"(?P<value>[^）)】\]（(，,。；;、\n＿_]{0,40}(?P<blank>[＿_])?)"
)
_NUMERAL_START = re.compile(rf"[{_CAPITAL}零一二三四五六七八九十百千万两\d]")
_TRADITIONAL = str.maketrans("貳陸萬億圓", "贰陆万亿圆")
"""The older forms that the rules for bills (支付结算办法 附一) admit as well."""

_ROUGH_BEFORE = re.compile(r"(?:约|近|不超过|不高于|不低于|不少于|至少|最多|最高|上限)(?:为|人民币)?\s?$")
_ROUGH_AFTER = re.compile(r"\s*(?:左右|上下|以上|以下|以内|不等)")
_RATE_BEFORE = re.compile(r"每(?!期)[\u4e00-\u9fff]{1,4}\s*$")
_RATE_AFTER = re.compile(r"\s*(?:[/／]|每|一[天日月年次人个吨亩株棵套])")
_BETWEEN = re.compile(r"(?:[\s（(）)：:，,、/【】\[\]]|人民币|大写|小写|金额|即|为|[¥￥]|RMB)*", re.IGNORECASE)
_OPENS = re.compile(r"[（(【\[]|大写|小写|即")


@dataclass(frozen=True)
class StatedSum:
    """A sum and where it stands: `text[start:end]`.

    `fen` is None when it cannot be read. `figures` and `capitals` are its two forms as typed, "" for one that is not
    there; `capitals_fen` what the capitals say, None when they cannot be read. Not `is_exact`: 约3000元, 每天200元.
    """

    start: int
    end: int
    fen: int | None
    figures: str = ""
    capitals: str = ""
    capitals_fen: int | None = None
    is_exact: bool = True

    @property
    def is_contradictory(self) -> bool:
        """Whether figures and capitals say two different sums."""
        return bool(self.figures) and self.capitals_fen is not None and self.capitals_fen != self.fen


def sums_in(text: str) -> list[StatedSum]:
    """Return all sums of a text in their order, each once, however often it is stated in a row.

    Full-width figures must have been made half-width (`names.clean_digits`), which leaves all places as they are.
    """
    found: list[StatedSum] = []
    for stated in _one_by_one(text):
        if found and (pair := _pair(text, found[-1], stated)):
            found[-1] = pair
        else:
            found.append(stated)
    return found


def _one_by_one(plain: str) -> Iterator[StatedSum]:
    """Figures, numerals and capitals as they follow each other. Where two readings overlap the surer one counts."""
    found: list[StatedSum] = []
    read_already = bytearray(len(plain))
    for read in (_marked, _capital_runs, _in_figures, _in_numerals):
        for stated in read(plain):
            if not any(read_already[stated.start : stated.end]):
                read_already[stated.start : stated.end] = b"\1" * (stated.end - stated.start)
                found.append(stated)
    return iter(sorted(found, key=lambda stated: stated.start))


def _marked(plain: str) -> Iterator[StatedSum]:
    """What stands after 大写, wrong as it may be; but neither "大写与小写不一致的" nor a blank to be filled in."""
    for match in _MARKED.finditer(plain):
        value = match["value"].partition("小写")[0].rstrip()
        if match["blank"] or not (match["colon"] or _NUMERAL_START.match(value)):
            continue
        fen = _read_capitals(value)
        if value:
            start = match.start("value")
            yield StatedSum(start, start + len(value), fen, "", value, fen)
        else:
            yield StatedSum(match.start(), match.start() + len("大写"), None, "", "大写")


def _capital_runs(plain: str) -> Iterator[StatedSum]:
    for match in _CAPITAL_RUN.finditer(plain):
        if any(character in _CAPITAL for character in match[0]):
            fen = _read_capitals(match[0])
            yield StatedSum(*match.span(), fen, "", match[0].strip(), fen)


def _read_capitals(written: str) -> int | None:
    try:
        return read_capitals(written.translate(_TRADITIONAL))
    except ValueError:
        return None


def _in_figures(plain: str) -> Iterator[StatedSum]:
    for match in _FIGURES.finditer(plain):
        part = match["part"] or ""
        whole = int(re.sub("[,，]", "", match["number"]) + part) * 100 * _WORTH[match["worth"] or ""]
        fen, finer = divmod(whole, 10 ** len(part))
        fen += int(match["more"] or 0) * _more_worth(match) * 100
        fen += int(match["jiao"] or 0) * 10 + int(match["fen"] or 0)
        yield _stated(plain, match, None if finer or fen > MOST_FEN else fen)


def _more_worth(match: re.Match[str]) -> int:
    """3万5千 says it; 3万5000 needs no word; 3万5 means 35,000."""
    if match["more_worth"]:
        return _WORTH[match["more_worth"]]
    if match["more"] and len(match["more"]) == 1:
        return _WORTH[match["worth"]] // 10
    return 1


def _in_numerals(plain: str) -> Iterator[StatedSum]:
    for match in _NUMERALS.finditer(plain):
        yuan = read_numeral(match["number"])
        yield _stated(plain, match, None if yuan is None else yuan * 100)


def _stated(plain: str, match: re.Match[str], fen: int | None) -> StatedSum:
    start, end = match.span()
    before, after = plain[max(0, start - 8) : start], plain[end : end + 4]
    is_rough = match["about"] or _ROUGH_BEFORE.search(before) or _ROUGH_AFTER.match(after)
    is_rate = _RATE_BEFORE.search(before) or _RATE_AFTER.match(after)
    return StatedSum(start, end, fen, match[0].strip(), is_exact=not is_rough and not is_rate)


def _pair(plain: str, first: StatedSum, second: StatedSum) -> StatedSum | None:
    """Take two neighbours for one sum stated twice: 1,200元（大写：壹仟贰佰元整）, or the other way round."""
    if bool(first.figures) == bool(second.figures) or (first.figures and first.capitals):
        return None
    between = plain[first.end : second.start]
    if not _BETWEEN.fullmatch(between) or (between.strip() and not _OPENS.search(between)):
        return None
    figures, capitals = (first, second) if first.figures else (second, first)
    fen = figures.fen if figures.fen is not None else capitals.fen
    return StatedSum(
        first.start, second.end, fen, figures.figures, capitals.capitals, capitals.capitals_fen, figures.is_exact
    )
