"""Reviews the days of an agreement: days that do not exist, days out of order, terms that contradict each other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mediation_desk.domain.agreement import Agreement, Obligation, ObligationKind
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.days_in_text import StatedDay
from mediation_desk.domain.finding import FACTS, Finding, FindingKind
from mediation_desk.domain.half_day import WEEKDAY_LABELS
from mediation_desk.domain.passages import Passage
from mediation_desk.domain.working_days import add_months

_UNTIL = re.compile(r"\s*[（(]?(?:起|开始)?[）)]?\s*(?:至|到|—+|－|~|～)\s*$")
_FROM = re.compile(r"(?:自|从|由)\s*$")
_BEFORE = re.compile(r"\s*[（(]?(?:含当日|含本日)?[）)]?\s*(?:之前|以前|前)(?![的所已述])")
_BY = re.compile(r"(?:于|在|至迟|最迟|不晚于)\s*$")
_PERFORMS = re.compile(
    "支付|付清|给付|偿还|还清|归还|结清|转账|汇入|赔偿|退还|返还|付|履行|完成|修复|修好|修缮|拆除|搬离|搬出|腾退|交付|交还|移走|清理|恢复|整改"
)
_PAYS = re.compile("支付|付清|给付|偿还|还清|结清|转账|汇入|打入|赔偿")
_DONE_ALREADY = re.compile("已|曾|业经")
_TELLS_OF_ELSE = re.compile("[，,的]|签|订立|发生|出具")
_AT_ONCE = re.compile(
    r"(?:当场|现场|即时|当即|签订本协议时|本协议签订时|签署本协议时|签字时)[^。；\n]{0,16}?(?:支付|付清|给付|结清|付讫|履行|兑现)"
)
_HAPPENED = re.compile(r"[，,]|(?:上午|下午|晚上?|凌晨|中午|早上?|夜间|傍晚|\d{1,2}时|\d{1,2}[:：]\d\d|许|左右)")
_AFTER_SENTENCE = re.compile(r"(?:^|[。；\n])\s*$")


def day_findings(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Days that are not in the calendar, and weekdays that are not theirs."""
    for passage in passages:
        for stated in passage.days:
            written = passage.text[stated.start : stated.end]
            if not stated.is_possible:
                yield passage.finding(FindingKind.DAY, f"没有“{written}”这个日期，请核对。", stated.start, stated.end)
            elif stated.day and stated.weekday not in (None, stated.day.weekday()):
                sentence = f"“{written}”是星期{WEEKDAY_LABELS[stated.day.weekday()]}，与所写的星期不符，请核对。"
                yield passage.finding(FindingKind.DAY, sentence, stated.start, stated.end)


def order_findings(case: Case, agreement: Agreement, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Days before or after what they cannot be before or after."""
    made_on = agreement.made_on
    for passage in passages:
        yield from _backward_ranges(passage)
        if made_on and passage.is_binding:
            yield from _due_before(passage, made_on)
        if made_on and passage.part == FACTS:
            yield from _happened_after(passage, made_on)
    if made_on and case.occurred_on and case.occurred_on > made_on:
        sentence = f"协议日期早于登记的纠纷发生日期（{day_in_words(case.occurred_on)}），请核对。"
        yield Finding(kind=FindingKind.DAY_ORDER, sentence=sentence, place="made_on")


def _backward_ranges(passage: Passage) -> Iterator[Finding]:
    for first, last in zip(passage.days, passage.days[1:], strict=False):
        is_range = _UNTIL.fullmatch(passage.plain, first.end, last.start)
        if is_range and first.day and last.day and last.day < first.day:
            sentence = f"起止日期颠倒：{day_in_words(first.day)}晚于{day_in_words(last.day)}。"
            yield passage.finding(FindingKind.DAY_ORDER, sentence, first.start, last.end)


def _due_before(passage: Passage, made_on: date) -> Iterator[Finding]:
    for stated in _deadlines(passage, _PERFORMS):
        if stated.day and stated.day < made_on:
            sentence = f"履行日{day_in_words(stated.day)}早于协议日期{day_in_words(made_on)}。"
            yield passage.finding(FindingKind.DAY_ORDER, sentence, stated.start, stated.end)


def _happened_after(passage: Passage, made_on: date) -> Iterator[Finding]:
    """Read 2026年12月5日，楼上漏水: only where a sentence begins with the day."""
    for stated in passage.days:
        begins = _AFTER_SENTENCE.search(passage.plain, max(0, stated.start - 3), stated.start)
        if stated.day and stated.day > made_on and begins and _HAPPENED.match(passage.plain, stated.end):
            sentence = f"所述事实的日期{day_in_words(stated.day)}晚于协议日期，请核对。"
            yield passage.finding(FindingKind.DAY_ORDER, sentence, stated.start, stated.end)


def _deadlines(passage: Passage, deeds: re.Pattern[str]) -> Iterator[StatedDay]:
    """Days by which something is to be done: "于2026年12月31日前支付", not "2026年10月1日前的费用"."""
    for stated in passage.days:
        plain = passage.plain
        after = _BEFORE.match(plain, stated.end)
        if not after and not _BY.search(plain, max(0, stated.start - 6), stated.start):
            continue
        begin = after.end() if after else stated.end
        deed = deeds.search(plain, begin, min(passage.sentence_end(begin), begin + 40))
        if not deed or (not after and _TELLS_OF_ELSE.search(plain, begin, deed.start())):
            continue
        if not _DONE_ALREADY.search(plain, max(0, stated.start - 6), deed.start()):
            yield stated


def far_findings(agreement: Agreement, passages: Iterable[Passage], most_years: int) -> Iterator[Finding]:
    """Days so far ahead that a slip of the pen is likelier."""
    if agreement.made_on is None:
        return
    last = add_months(agreement.made_on, 12 * most_years)
    for passage in passages:
        for stated in passage.days if passage.is_binding else ():
            if stated.day and stated.day > last:
                sentence = f"{day_in_words(stated.day)}在{most_years}年以后，请核对年份。"
                yield passage.finding(FindingKind.FAR_DAY, sentence, stated.start, stated.end)
    for index, obligation in enumerate(agreement.obligations):
        far = [day for day, _ in obligation.due_parts if day > last]
        if far:
            sentence = f"第{index + 1}项履行安排：{day_in_words(far[0])}在{most_years}年以后，请核对年份。"
            yield Finding(kind=FindingKind.FAR_DAY, sentence=sentence, place=f"obligations[{index}].due_on")


def term_findings(agreement: Agreement, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Terms of payment that contradict the obligations: on the spot or by a day, and by which day."""
    owed = [each for each in agreement.obligations if each.kind is ObligationKind.MONEY]
    binding = [passage for passage in passages if passage.is_binding]
    deadlines = [
        (passage, stated)
        for passage in binding
        for stated in _deadlines(passage, _PAYS)
        if stated.day and (agreement.made_on is None or stated.day >= agreement.made_on)
    ]
    on_the_spot = [(passage, found) for passage in binding if (found := _AT_ONCE.search(passage.plain))]
    if not owed:
        return
    due = {day for each in owed for day, _ in each.due_parts}
    if all(each.at_once for each in owed) and deadlines and not on_the_spot:
        yield _contradiction(*deadlines[0], "履行安排中是当场履行")
    elif not any(map(_is_at_once, owed, [agreement.made_on] * len(owed))) and on_the_spot and not deadlines:
        passage, found = on_the_spot[0]
        sentence = "写明当场履行，履行安排中另有期限，请核对。"
        yield passage.finding(FindingKind.TERM, sentence, *found.span())
    elif due and deadlines and not any(stated.day in due for _, stated in deadlines):
        yield _contradiction(*deadlines[0], f"履行安排中是{'、'.join(map(day_in_words, sorted(due)[:3]))}")


def _is_at_once(obligation: Obligation, made_on: date | None) -> bool:
    return obligation.at_once or any(day == made_on for day, _ in obligation.due_parts)


def _contradiction(passage: Passage, stated: StatedDay, recorded: str) -> Finding:
    written = passage.text[stated.start : stated.end]
    return passage.finding(FindingKind.TERM, f"写的是“{written}”，{recorded}，请核对。", stated.start, stated.end)
