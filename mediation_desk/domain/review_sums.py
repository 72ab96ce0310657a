"""Reviews sums by themselves: capitals against figures, and items against the total that stands beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mediation_desk.domain.amounts_in_text import StatedSum
from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.money import figures, in_capitals
from mediation_desk.domain.passages import Passage

IS_TOTAL = re.compile(r"(?:共计|合计|总计|总额|总价|总共|累计|一共|共)[^，。；、\d]{0,8}$")
_NEXT_ITEM = re.compile(r"[整）)】\s]*(?:[、，,和及与以]|以及)[^，。；、\d扣减抵已每]{0,16}")
_TOTAL_OF_ITEMS = re.compile(
    r"[整）)】\s]*[，,、]?(?:以上|上述|各项|前述|几项|[一二三四五六七八九十两]项|款项|费用|损失)*"
    r"(?:共计|合计|总计|总共|一共|共)[^，。；、\d]{0,8}"
)
_OF_WHICH = re.compile(r"[整）)】\s]*[（(，,：:]*\s*(?:其中|包括|包含|含|分别为|分别是)[^，。；、\d扣减抵已]{0,16}")
_NOT_ALL = re.compile(r"[扣减抵余剩等]|其他")


def capitals_findings(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Capitals that say another sum than the figures beside them, or that cannot be read."""
    for passage in passages:
        for stated in passage.sums:
            if sentence := _about_capitals(stated):
                yield passage.finding(FindingKind.CAPITALS, sentence, stated.start, stated.end)


def _about_capitals(stated: StatedSum) -> str:
    if stated.is_contradictory and stated.capitals_fen is not None:
        meant = f"大写是{figures(stated.capitals_fen)}元"
        return f"小写“{stated.figures}”与大写“{stated.capitals}”不一致（{meant}），请核对金额。"
    if not stated.capitals or stated.capitals_fen is not None:
        return ""
    right = "" if stated.fen is None else f"，应写“{in_capitals(stated.fen)}”"
    return f"大写金额“{stated.capitals}”不规范，读不出是多少{right}。"


def items_findings(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Items that do not add up to their total: "医疗费3000元、误工费2000元，共计5200元"."""
    for passage in passages:
        for start, end in passage.sentences:
            stated = passage.sums_within(start, end)
            for index, total in enumerate(stated):
                items = _items_before(passage, stated, index)
                if len(items) > 1:
                    yield from _unequal(passage, items, total)
                items = _items_after(passage, stated, index)
                may_be_more = len(items) < 2 or _NOT_ALL.search(passage.plain[items[-1].end : end])
                if items and (not may_be_more or _sum(items) > (total.fen or 0)):
                    yield from _unequal(passage, items, total)


def _items_before(passage: Passage, stated: Sequence[StatedSum], index: int) -> list[StatedSum]:
    if not index or not _TOTAL_OF_ITEMS.fullmatch(passage.between(stated[index - 1], stated[index])):
        return []
    first = index - 1
    while first and _NEXT_ITEM.fullmatch(passage.between(stated[first - 1], stated[first])):
        first -= 1
    return list(stated[first:index])


def _items_after(passage: Passage, stated: Sequence[StatedSum], index: int) -> list[StatedSum]:
    last = index + 1
    if last >= len(stated) or not _OF_WHICH.fullmatch(passage.between(stated[index], stated[last])):
        return []
    while last + 1 < len(stated) and _NEXT_ITEM.fullmatch(passage.between(stated[last], stated[last + 1])):
        last += 1
    return list(stated[index + 1 : last + 1])


def _unequal(passage: Passage, items: Sequence[StatedSum], total: StatedSum) -> Iterator[Finding]:
    if not all(each.is_exact and each.fen is not None for each in (*items, total)) or _sum(items) == total.fen:
        return
    sentence = f"各项相加是{figures(_sum(items))}元，与“{total.figures or total.capitals}”不一致，请核对。"
    yield passage.finding(FindingKind.TOTAL, sentence, total.start, total.end)


def _sum(items: Iterable[StatedSum]) -> int:
    return sum(each.fen or 0 for each in items)
