"""Reviews 抚养, 扶养 and 赡养: parents raise children, spouses support each other, children keep their parents.

民法典 art. 1067 (抚养, 赡养), 1059 (扶养 between spouses), 1074 (grandparents and grandchildren). Who is what to whom
is read from the facts ("李四系张三之子") and, failing that, from the birth dates.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.domain.finding import CLAUSES, OBLIGATIONS, TERMS, Finding, FindingKind
from mediation_desk.domain.party import Party, full_years
from mediation_desk.domain.passages import Passage

_RAISE, _SUPPORT, _KEEP = "抚养", "扶养", "赡养"
_ARTICLES = {_RAISE: "民法典第1067条、第1074条", _SUPPORT: "民法典第1059条", _KEEP: "民法典第1067条、第1074条"}
_WORD = "(?P<word>抚养|扶养|赡养)"
_RELATION = (
    "(?:(?P<elder>父亲|母亲|父母|父|母|爸爸|妈妈|祖父|祖母|爷爷|奶奶|外公|外婆|姥姥|姥爷)"
    "|(?P<younger>[长次三独养继]?[子女]|儿子|女儿|子女|外?孙子?|外?孙女|婚生[子女])"
    "|(?P<spouse>妻子|丈夫|配偶|前妻|前夫|妻|夫))"
)
_BOTH_ARE = "(?:(?P<down>父子|父女|母子|母女|祖孙)|(?P<spouse>夫妻|夫妇|配偶))"
_CHILDREN = re.compile("子女|儿子|女儿|孩子|婚生|小孩|未成年|幼子|幼女")
_GENERATION = 16
_OLD = 60

_Pair = tuple[int, int]


class _Family:
    """Who is a parent, or the spouse, of whom, by the numbers of the parties."""

    def __init__(self, case: Case, passages: Iterable[Passage]) -> None:
        self.parents: set[_Pair] = set()
        self.spouses: set[_Pair] = set()
        self.numbers = {party.name: party.no for party in case.parties if party.name}
        self.any_name = "|".join(re.escape(name) for name in sorted(self.numbers, key=len, reverse=True))
        for passage in passages:
            self._read(passage.plain)

    def _read(self, text: str) -> None:
        names = self.any_name
        several = rf"(?P<ones>(?:{names})(?:[、和与及](?:{names}))*)"
        for match in re.finditer(rf"{several}(?:均?系|是|为)(?P<other>{names}|其)[的之]?{_RELATION}", text):
            other = self._person(text, match)
            for one in (self.numbers[name] for name in re.findall(names, match["ones"])):
                if match["elder"]:
                    self.parents.add((one, other))
                elif match["younger"]:
                    self.parents.add((other, one))
                else:
                    self.spouses |= {(one, other), (other, one)}
        for match in re.finditer(rf"(?P<one>{names})[与和、同](?P<other>{names})(?:原?系|是|为)?{_BOTH_ARE}", text):
            one, other = self.numbers[match["one"]], self.numbers[match["other"]]
            if match["down"]:
                self.parents.add((one, other))
            else:
                self.spouses |= {(one, other), (other, one)}

    def _person(self, text: str, match: re.Match[str]) -> int:
        """Whom 其 stands for: who was named last before, else nobody."""
        if match["other"] != "其":
            return self.numbers[match["other"]]
        named = re.findall(self.any_name, text[: match.start()])
        return self.numbers[named[-1]] if named else 0


def support_findings(case: Case, agreement: Agreement, passages: Sequence[Passage]) -> Iterator[Finding]:
    """The wrong one of the three words for what one party owes another."""
    if not any(re.search(_WORD, passage.plain) for passage in passages):
        return
    family = _Family(case, passages)
    if not family.numbers:
        return
    has_children = any(_CHILDREN.search(passage.plain) for passage in passages)
    for passage in passages:
        for match, one, other in _spoken_of(passage, agreement, family):
            right = _right_word(case, family, one, other, agreement.made_on, match["word"], has_children)
            if right and right != match["word"]:
                giver, taker = case.party_name(one), case.party_name(other)
                sentence = f"{giver}对{taker}应写“{right}”，不写“{match['word']}”（{_ARTICLES[right]}）。"
                yield passage.finding(FindingKind.SUPPORT, sentence, *match.span("word"))


def _spoken_of(passage: Passage, agreement: Agreement, family: _Family) -> Iterator[tuple[re.Match[str], int, int]]:
    """Each use of one of the words together with who owes it to whom."""
    if passage.part == OBLIGATIONS:
        obligation = agreement.obligations[int(passage.place.partition("[")[2].partition("]")[0])]
        match = re.search(_WORD, passage.plain)
        if match and obligation.payer_no and obligation.payee_no:
            yield match, obligation.payer_no, obligation.payee_no
    elif passage.part in (CLAUSES, TERMS):
        names = family.any_name
        owes = (
            rf"(?P<one>{names})[^。；\n]{{0,60}}?(?:向|对|给付|付给|支付|给)(?P<other>{names})"
            rf"(?P<whose>[^。；\n]{{0,40}}?){_WORD}"
        )
        does = rf"(?P<one>{names})(?:负责|应当|应|继续|共同|自愿)?{_WORD}(?P<other>{names})"
        for pattern in (owes, does):
            for match in re.finditer(pattern, passage.plain):
                if pattern is does or not _CHILDREN.search(match["whose"]):
                    yield match, family.numbers[match["one"]], family.numbers[match["other"]]


def _right_word(
    case: Case, family: _Family, one: int, other: int, day: date | None, word: str, has_children: bool
) -> str:
    """What `one` owes `other`; "" where it cannot be told."""
    if (one, other) in family.parents:
        return _RAISE
    if (other, one) in family.parents:
        return _KEEP
    if (one, other) in family.spouses:  # one parent pays the other for the child
        return "" if word == _RAISE and has_children else _SUPPORT
    giver, taker = case.party(one), case.party(other)
    if giver is None or taker is None or day is None:
        return ""
    if _age(taker, day, 99) < 18 and word == _KEEP:
        return _RAISE
    is_elder = _age(taker, day, 0) >= _OLD and _age(giver, day, 99) + _GENERATION <= _age(taker, day, 0)
    return _KEEP if is_elder and word == _RAISE else ""


def _age(party: Party, day: date, unknown: int) -> int:
    return unknown if party.birth_date is None else full_years(party.birth_date, day)
