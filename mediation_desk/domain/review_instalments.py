"""Reviews payment by parts: parts against their total, their number, their days, and what is recorded of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from mediation_desk.domain.agreement import Agreement, Obligation, ObligationKind
from mediation_desk.domain.amounts_in_text import StatedSum
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.days_in_text import StatedDay
from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.money import figures
from mediation_desk.domain.numerals import NUMERAL, read_numeral
from mediation_desk.domain.passages import Passage

PART = re.compile(
    rf"第(?P<no>{NUMERAL})[期次笔](?!会)|(?P<first>首[期付笔次])|(?P<last>余款|剩余|尾款|其余|余下|末期|最后一[期次笔])"
)
_IN_PARTS = re.compile(rf"分[为成作]?(?P<number>{NUMERAL})(?:期|[次笔](?=.{{0,6}}[付给还清转]))")
_EACH_PART = re.compile(r"每期[^。；\d]{0,16}$")
_SEVERAL = re.compile(r"[各每至到]")


def instalment_findings(agreement: Agreement, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Whatever does not fit together in what the terms say of instalments."""
    for passage in passages:
        if passage.is_binding:
            yield from list(_parts_and_total(passage)) or _number_recorded(agreement, passage)
            yield from _days_of_parts(passage)
    for index, obligation in enumerate(agreement.obligations):
        yield from _same_day_twice(obligation, f"obligations[{index}].instalments", f"第{index + 1}项履行安排")


def _parts_and_total(passage: Passage) -> Iterator[Finding]:
    parts, total = _parts_of(passage), _total_of(passage)
    said = _IN_PARTS.search(passage.plain)
    number = read_numeral(said["number"]) if said else None
    if said and parts and 1 < len(parts) < (number or 0) and not any(name == "last" for name, _ in parts):
        sentence = f"写明分{number}期，只列出{len(parts)}期，请补齐。"
        yield passage.finding(FindingKind.INSTALMENTS, sentence, said.start(), said.end("number") + 1)
        return
    if total is None or total.fen is None or not total.is_exact:
        return
    paid = sum(each.fen or 0 for _, each in parts) if len(parts) > 1 else _equal_parts(passage, number)
    if paid is not None and paid != total.fen:
        sentence = f"各期相加是{figures(paid)}元，与“{total.figures or total.capitals}”不一致，请核对。"
        yield passage.finding(FindingKind.INSTALMENTS, sentence, total.start, total.end)


def _parts_of(passage: Passage) -> list[tuple[str, StatedSum]]:
    """Name and sum of each part: "1", "2", "last"; nothing where the parts do not run on without gap."""
    parts: list[tuple[str, StatedSum]] = []
    before = None
    for stated in passage.sums:
        between = passage.between(before, stated)
        marks = list(PART.finditer(between))
        if marks:
            if _SEVERAL.search(between, marks[-1].end()) and "前" not in between[marks[-1].end() :]:
                return []
            parts.append((_name(marks[-1]), stated))
        before = stated
    expected = [str(number) for number in range(1, len(parts) + 1)]
    names = [name for name, _ in parts]
    runs_on = names == expected or names == [*expected[:-1], "last"]
    return parts if runs_on and all(each.is_exact and each.fen is not None for _, each in parts) else []


def _name(mark: re.Match[str]) -> str:
    return str(read_numeral(mark["no"])) if mark["no"] else "1" if mark["first"] else "last"


def _total_of(passage: Passage) -> StatedSum | None:
    """The last sum before the parts begin."""
    first = PART.search(passage.plain) or re.search("每期", passage.plain)
    before = [stated for stated in passage.sums if first and stated.end <= first.start()]
    return before[-1] if before else None


def _equal_parts(passage: Passage, number: int | None) -> int | None:
    """What "分三期，每期1000元" comes to, None where some part differs."""
    each = [
        stated for stated in passage.sums if _EACH_PART.search(passage.plain, max(0, stated.start - 20), stated.start)
    ]
    if number is None or len(each) != 1 or each[0].fen is None or PART.search(passage.plain, each[0].end):
        return None
    return number * each[0].fen


def _days_of_parts(passage: Passage) -> Iterator[Finding]:
    """Days of the parts that do not rise."""
    parts = [mark.start() for mark in PART.finditer(passage.plain)]
    first_of_part: dict[int, StatedDay] = {}
    for stated in passage.days:
        part = bisect_right(parts, stated.start)
        if part and stated.day:
            first_of_part.setdefault(part, stated)
    for earlier, later in pairwise(first_of_part.values()):
        assert earlier.day is not None
        assert later.day is not None
        if later.day <= earlier.day:
            sentence = f"{day_in_words(later.day)}不晚于上一期的{day_in_words(earlier.day)}，请核对各期日期。"
            yield passage.finding(FindingKind.DAY_ORDER, sentence, later.start, later.end)


def _number_recorded(agreement: Agreement, passage: Passage) -> Iterator[Finding]:
    """Another number of parts than recorded; several payments may also be recorded one by one."""
    owed = [each for each in agreement.obligations if each.kind is ObligationKind.MONEY]
    recorded = {max(1, len(each.instalments)) for each in owed} | {len(owed)}
    for said in _IN_PARTS.finditer(passage.plain):
        number = read_numeral(said["number"])
        if owed and number and number > 1 and number not in recorded:
            has_parts = "、".join(f"{len(each.instalments)}期" for each in owed if each.instalments) or "一次付清"
            sentence = f"写明分{number}期，履行安排是{has_parts}，请核对。"
            yield passage.finding(FindingKind.INSTALMENTS, sentence, said.start(), said.end("number") + 1)


def _same_day_twice(obligation: Obligation, place: str, label: str) -> Iterator[Finding]:
    days = [each.due_on for each in obligation.instalments]
    for index, (earlier, later) in enumerate(pairwise(days), start=1):
        if later <= earlier:
            sentence = f"{label}：第{index + 1}期{day_in_words(later)}不晚于上一期，请核对各期日期。"
            yield Finding(kind=FindingKind.DAY_ORDER, sentence=sentence, place=f"{place}[{index}]")
