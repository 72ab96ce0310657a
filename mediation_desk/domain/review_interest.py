"""Reviews stated rates of interest against what a court protects (民间借贷司法解释 art. 25: four times the LPR)."""

import re
from collections.abc import Iterable, Iterator

from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.numerals import read_numeral
from mediation_desk.domain.passages import Passage

_NUMBER = r"(?P<number>\d{1,3}(?:[.．]\d{1,4})?|[一二两三四五六七八九十]{1,3})"
_PERIOD = r"(?P<period>年|月|日)(?:化)?(?:利率|利息|息)[^\d一二两三四五六七八九十百千万，。；\n]{0,8}"
_RATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PERIOD}{_NUMBER}\s*(?P<unit>[%％‰分厘])",
        rf"{_PERIOD}(?P<unit>[百千万]分之){_NUMBER}",
        rf"{_NUMBER}\s*(?P<unit>[%％‰])的?(?P<period>年|月|日)化?(?:利率|利息|息)",
    )
)
_TIMES = re.compile(
    r"(?:LPR|市场报价利率)[^\d一二两三四五六七八九十。；\n]{0,8}(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})倍"
)
_PER_YEAR = {"年": 1, "月": 12, "日": 365}
_TENTHS = {"分": 100, "厘": 1000}
_UNITS = {"%": 100, "％": 100, "‰": 1000, "百分之": 100, "千分之": 1000, "万分之": 10_000}


def interest_findings(passages: Iterable[Passage], lpr_hundredths: int, most_times: int) -> Iterator[Finding]:
    """Rates above the ceiling. `lpr_hundredths` is the one-year LPR in hundredths of a per cent (300 = 3 %)."""
    ceiling = lpr_hundredths * most_times / 10_000
    for passage in passages:
        if not passage.is_binding:
            continue
        for pattern in _RATES:
            for match in pattern.finditer(passage.plain):
                rate = _yearly(match)
                if rate > ceiling + 1e-9:
                    sentence = (
                        f"“{match[0].strip()}”折合年利率{rate:.2%}，超过一年期LPR的{most_times}倍（现按{ceiling:.2%}），"
                        "超过部分法院不予支持。"
                    )
                    yield passage.finding(FindingKind.INTEREST, sentence, *match.span())
        for match in _TIMES.finditer(passage.plain):
            if (read_numeral(match["number"]) or 0) > most_times:
                sentence = f"约定利率超过一年期LPR的{most_times}倍，超过部分法院不予支持。"
                yield passage.finding(FindingKind.INTEREST, sentence, *match.span())


def _yearly(match: re.Match[str]) -> float:
    """The rate for a year as a part of one: 月息二分 is 2 % a month, 年息一分 10 % a year; 日息 in 分 is left alone."""
    written = match["number"].replace("．", ".")
    number = float(written) if written[0].isdecimal() else float(read_numeral(written) or 0)
    if match["unit"] in _TENTHS:
        return number * {"年": 10, "月": 12, "日": 0}[match["period"]] / _TENTHS[match["unit"]]
    return number * _PER_YEAR[match["period"]] / _UNITS[match["unit"]]
