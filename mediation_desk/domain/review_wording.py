"""Reviews what is left over in a text: stand-ins for names, stray marks, gaps in numbering, things said twice."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.domain.finding import CLAUSES, Finding, FindingKind
from mediation_desk.domain.numerals import NUMERAL, read_numeral
from mediation_desk.domain.passages import Passage

_STAND_IN = re.compile(
    r"(?<![A-Za-z0-9])[XxＸｘ×]{2,}(?![A-Za-z0-9])|某某|[*＊]{2,}|(?<![一二三四五六七八九〇])[○〇]{2,}|[?]{2,}|待定|待补充?|TBD"
    r"|[（(]\s{0,9}[）)]|【\s{0,9}】|《\s{0,9}》|“\s{0,9}”|\[\s{0,9}\]|(?<![ 　])[ 　]{1,9}年[ 　]{1,9}月|　元"
)
_SIDE = re.compile(r"[甲乙丙丁]方|甲乙(?=双方|[丙三])")
_SIDE_DEFINED = re.compile(r"([甲乙丙丁]方)\s*[：:（(]|(?:简称|称为|称|即|为|[（(])[：:“\"]*([甲乙丙丁]方)")
_DOUBLED = re.compile(r"[，、；：,;][，。、；：,;.．]|。[，。、；：,;]|[！？][，、；：]|(?<!\d)\.\.(?!\.)")
_TWICE = re.compile(r"的的|应应|于于|给给|(支付|赔偿|双方|履行|人民币|本协议|应当|一次性)\1")
_BRACKET = re.compile(r"[（(【\[《“‘）)】\]》”’]")
_MATES = {"）": "（(", ")": "（(", "】": "【", "]": "[", "》": "《", "”": "“", "’": "‘"}
_COUNTED = re.compile(r"(?:^|(?<=[\s。；：，、;:]))(?:\d{1,2}|[一二三四五六七八九十a-zA-Z])[)）]")
_FINAL_STOP = re.compile(r"[。；！？!?;][”’）)》】]{0,3}$")
_NUMBERED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"(?:^|(?<=[。；：;:\n]))[ 　]{{0,4}}[（(]({NUMERAL})[）)]",
        r"(?:^|(?<=[。；：;:\n]))[ 　]{0,4}(\d{1,2})[、．.](?!\d)",
        r"(?:^|(?<=[。；：;:\n]))[ 　]{0,4}([一二三四五六七八九十]{1,3})[、．.]",
        rf"^[ 　]{{0,4}}第({NUMERAL})[条项款]",
    )
)
_TYPED_NUMBER = re.compile(rf"\s{{0,9}}(?:第({NUMERAL})条[、：:\s　]|({NUMERAL})[、．.](?!\d)|[（(]({NUMERAL})[）)])")
_REFERENCE = re.compile(rf"第({NUMERAL})条")
_OF_THIS = re.compile(r"(?:本协议书?|上述|前述|以上|前款)(?:的|中|所列)?$")
_OF_ANOTHER = re.compile(r"[法典例则》章约]|规定|办法|解释|意见|合同|协议|通知|标准")
_AND_SO_ON = re.compile(r"[、，和及与至到或以]*")
_NOT_A_WORD = re.compile(r"\W")


def leftover_findings(case: Case, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Stand-ins nobody replaced: XX, 某某, 张某, empty brackets, 甲方 without saying who that is."""
    surnames = {party.name[0] for party in case.parties if party.name}
    somebody = re.compile(f"[{re.escape(''.join(surnames))}]某(?![某地处些种])") if surnames else None
    texts = "\n".join(passage.plain for passage in passages)
    defined = {side for match in _SIDE_DEFINED.finditer(texts) for side in match.groups()}
    for passage in passages:
        for match in _STAND_IN.finditer(passage.plain):
            yield passage.finding(FindingKind.BLANK, f"“{match[0].strip()}”还没有写明，请补齐。", *match.span())
        for match in somebody.finditer(passage.plain) if somebody else ():
            yield passage.finding(FindingKind.BLANK, f"“{match[0]}”请写全名。", *match.span())
        undefined = next((match for match in _SIDE.finditer(passage.plain) if match[0] not in defined), None)
        if undefined:
            sentence = f"“{undefined[0]}”没有写明是谁，请写当事人的姓名。"
            yield passage.finding(FindingKind.BLANK, sentence, *undefined.span())


def punctuation_findings(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Doubled marks and words, brackets and quotes without their mate, clauses that do not end."""
    for passage in passages:
        text = passage.plain
        for pattern in (_DOUBLED, _TWICE):
            for match in pattern.finditer(text):
                yield passage.finding(FindingKind.PUNCTUATION, f"“{match[0]}”重复，请删去多余的。", *match.span())
        alone = _without_mate(text)
        if alone is not None:
            sentence = f"“{text[alone]}”没有配对的另一半。"
            yield passage.finding(FindingKind.PUNCTUATION, sentence, max(0, alone - 4), alone + 4)
        if passage.part == CLAUSES and not _FINAL_STOP.search(text.rstrip()[-5:]):
            yield passage.finding(FindingKind.PUNCTUATION, "末尾缺句号，请看是否没有写完。", len(text) - 8, len(text))


def _without_mate(text: str) -> int | None:
    """Where the first bracket or quote stands that is not closed or not opened; "1）" needs no mate."""
    counting = {match.end() - 1 for match in _COUNTED.finditer(text)}
    waiting: list[int] = []
    for match in _BRACKET.finditer(text):
        place, character = match.start(), match[0]
        if character not in _MATES:
            waiting.append(place)
        elif waiting and text[waiting[-1]] in _MATES[character]:
            waiting.pop()
        elif place not in counting:
            return place
    return waiting[0] if waiting else None


def numbering_findings(agreement: Agreement, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Typed numbers with a gap, and numbers typed before clauses that the paper numbers by itself."""
    for passage in passages:
        for pattern in _NUMBERED:
            marks = list(pattern.finditer(passage.plain))
            numbers = [read_numeral(mark[1]) for mark in marks]
            if len(marks) > 1 and numbers[0] == 1 and numbers != list(range(1, len(marks) + 1)):
                wrong = next(place for place, number in enumerate(numbers, start=1) if number != place)
                sentence = f"序号不连续：“{marks[wrong - 1][0].strip()}”应是第{wrong}个。"
                yield passage.finding(FindingKind.NUMBERING, sentence, *marks[wrong - 1].span())
    for index, clause in enumerate(agreement.clauses):
        typed = _TYPED_NUMBER.match(clause.text.lstrip())
        if typed and not any(len(pattern.findall(clause.text)) > 1 for pattern in _NUMBERED):  # else a list of its own
            written = typed[0].strip()
            sentence = f"第{index + 1}条：文书会自动编号，请删去自己写的“{written}”。"
            yield Finding(kind=FindingKind.NUMBERING, sentence=sentence, place=f"{CLAUSES}[{index}]", excerpt=written)


def reference_findings(agreement: Agreement, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Clauses of this agreement that are referred to and do not exist; articles of laws and contracts are not meant."""
    number_of_clauses = len(agreement.clauses)
    for passage in passages:
        is_own, last_end = False, -1
        for match in _REFERENCE.finditer(passage.plain):
            if last_end < 0 or not _AND_SO_ON.fullmatch(passage.plain, last_end, match.start()):
                before = passage.plain[max(0, match.start() - 12) : match.start()]
                is_own = bool(_OF_THIS.search(before) or not _OF_ANOTHER.search(before))
            last_end = match.end()
            is_number_of_its_own = passage.part == CLAUSES and not passage.plain[: match.start()].strip()
            if (read_numeral(match[1]) or 0) > number_of_clauses and is_own and not is_number_of_its_own:
                sentence = f"引用的“第{match[1]}条”不存在，本协议共{number_of_clauses}条。"
                yield passage.finding(FindingKind.REFERENCE, sentence, *match.span())


def duplicate_findings(agreement: Agreement) -> Iterator[Finding]:
    """Clauses that say the same, marks apart."""
    first: dict[str, int] = {}
    for index, clause in enumerate(agreement.clauses):
        said = _NOT_A_WORD.sub("", clause.text)
        if said and said in first:
            sentence = f"第{index + 1}条与第{first[said] + 1}条重复，请删去一条。"
            yield Finding(kind=FindingKind.DUPLICATE, sentence=sentence, place=f"{CLAUSES}[{index}]")
        elif said:
            first[said] = index
