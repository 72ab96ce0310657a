"""Reviews what the terms say is to be paid against the obligations that were recorded: none missing, none different."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from mediation_desk.domain.agreement import Agreement, Obligation, ObligationKind
from mediation_desk.domain.amounts_in_text import StatedSum
from mediation_desk.domain.finding import TERMS, Finding, FindingKind
from mediation_desk.domain.money import figures
from mediation_desk.domain.passages import Passage
from mediation_desk.domain.review_instalments import PART
from mediation_desk.domain.review_sums import IS_TOTAL

MOST_COMBINED = 6
"""Of so many obligations every sum of several is known; of more only the sum of all."""

LONGEST_SENTENCE = 1000
"""In characters; nobody can tell what is owed to whom in a longer one."""

_DEED = re.compile(
    "支付|赔偿|赔付|给付|偿还|归还|返还|退还|退回|退赔|补偿|补助|付清|付给|还清|结清|补交|缴纳|承担|分担|转账给|汇给|资助|[另应再先须需]付|付款"
)
_ON_CONDITION = re.compile(
    r"逾期|违约|如(?![下期实数约])|若(?!干)|否则|倘|一旦|超过|迟延|未按|每(?!期)|按[年月日季周]|保险|社保|医保|报销|各(?=[支给赔承付补])"
)
_NOT_OWED_NOW = re.compile(
    "已|曾|此前|先前|垫付|预付|预交|收到|扣除|抵扣|折抵|冲抵|抵销|免除|放弃|减免|不再|主张|索赔|诉求|要求|请求|自行|自担|自负"
    "|价值|市场价|原价|总价|总费用|单价|标准|工资为|借给|出借"
)
_SHARED_OUT = re.compile("平均|均分|每人|各半|按比例")
_OF_WHICH = re.compile("其中|包括|包含|分别")
_SEGMENT_MARKS = "，。；：,;\n"


def owed_findings(
    agreement: Agreement, passages: Sequence[Passage], told_already: Collection[str]
) -> Iterator[Finding]:
    """Sums that the terms say are paid and that no obligation has.

    Of the places in `told_already` another finding says that their sums contradict each other.
    """
    owed = [
        (number, each)
        for number, each in enumerate(agreement.obligations, start=1)
        if each.kind is ObligationKind.MONEY and each.amount_fen
    ]
    binding = [passage for passage in passages if passage.is_binding]
    recorded = _recorded([each for _, each in owed])
    unknown = [
        (passage, strange)
        for passage in binding
        if passage.place not in told_already
        for stated in _statements_by_sentence(passage)
        if _sum(stated) not in recorded
        if (strange := [each for each in stated if not _readings(each) & recorded])
    ]
    said = {fen for passage in binding for stated in passage.sums for fen in _readings(stated)}
    unsaid = [(number, each) for number, each in owed if not _is_said(each, said)]
    if sum(_sum(stated) for _, stated in unknown) in {*recorded, sum(each.amount_fen or 0 for _, each in unsaid)}:
        return  # one obligation for several items, or the other way round
    once = {_sum(stated): (passage, stated) for passage, stated in reversed(unknown)}  # said again, told once
    for place, (passage, stated) in enumerate(reversed(once.values())):
        if place < len(unsaid):
            yield _unlike(passage, stated, *unsaid[place])
        elif len(owed) == 1 and passage.part == TERMS:  # how and when; what was agreed stands in the clauses
            yield _unlike(passage, stated, *owed[0])
        else:
            yield from (_unrecorded(passage, each) for each in stated)


def _unlike(passage: Passage, stated: Sequence[StatedSum], number: int, obligation: Obligation) -> Finding:
    written = "、".join(each.figures or each.capitals for each in stated)
    sentence = f"写的是{written}，第{number}项履行安排是{figures(obligation.amount_fen or 0)}元，请核对。"
    return passage.finding(FindingKind.TOTAL, sentence, stated[0].start, stated[-1].end)


def _unrecorded(passage: Passage, stated: StatedSum) -> Finding:
    sentence = f"写明支付{stated.figures or stated.capitals}，履行安排中没有这笔款项，请补录或核对。"
    return passage.finding(FindingKind.UNRECORDED, sentence, stated.start, stated.end)


def _recorded(owed: Sequence[Obligation]) -> set[int]:
    """Every sum that the obligations account for: each, each part, and several of them together."""
    amounts = [each.amount_fen or 0 for each in owed]
    most = len(amounts) if len(amounts) <= MOST_COMBINED else 1
    together = {sum(some) for size in range(1, most + 1) for some in combinations(amounts, size)}
    return together | {sum(amounts)} | {part.amount_fen for each in owed for part in each.instalments}


def _is_said(obligation: Obligation, said: set[int]) -> bool:
    """Whether the terms state the sum, or its parts, or a part of which it is a multiple (每月800元)."""
    amount = obligation.amount_fen or 0
    parts = {part.amount_fen for part in obligation.instalments}
    return amount in said or bool(parts & said)


def _readings(stated: StatedSum) -> set[int]:
    return {fen for fen in (stated.fen, stated.capitals_fen) if fen is not None}


def _sum(stated: Sequence[StatedSum]) -> int:
    return sum(each.fen or 0 for each in stated)


def _statements_by_sentence(passage: Passage) -> Iterator[list[StatedSum]]:
    """The sums that a sentence says are to be paid, unconditionally and from now on."""
    for start, end in passage.sentences:
        sentence = passage.plain[start:end]
        stated = passage.sums_within(start, end)
        if not stated or len(sentence) > LONGEST_SENTENCE or not _DEED.search(sentence):
            continue
        totals = [each for each in stated if IS_TOTAL.search(passage.plain, start, each.start)]
        of_which = _OF_WHICH.search(sentence)
        meant = totals or [each for each in stated if not of_which or each.start < start + of_which.start()]
        owed = [each for each in meant if each.is_exact and each.fen and _is_owed(passage, each, start, bool(totals))]
        if owed:
            yield owed


def _is_owed(passage: Passage, stated: StatedSum, start: int, is_total: bool) -> bool:
    plain, end = passage.plain, passage.sentence_end(stated.end)
    before = max(start, *(plain.rfind(mark, start, stated.start) + 1 for mark in _SEGMENT_MARKS))
    after = _next_mark(plain, stated.end)
    if _ON_CONDITION.search(plain, start, stated.start) or PART.search(plain, before, stated.start):
        return False
    if _NOT_OWED_NOW.search(plain, before, after) or _SHARED_OUT.search(plain, after, end):
        return False
    next_after = _next_mark(plain, after + 1)
    next_is_free = not passage.sums_within(after, next_after)
    return is_total or bool(_DEED.search(plain, before, min(end, next_after) if next_is_free else after))


def _next_mark(plain: str, start: int) -> int:
    return min((at for mark in _SEGMENT_MARKS if (at := plain.find(mark, start)) >= 0), default=len(plain))
