"""Reviews numbers of persons in the text: papers print none by default, and a mistyped account pays somebody else.

个人信息保护法 art. 6: no more than the purpose needs.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.masking import masked_number, masked_phone
from mediation_desk.domain.passages import Passage

_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?P<figures>\d[\d \-]{8,28}[\dXx])(?![0-9A-Za-z])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_CARD = re.compile(r"62\d{14,17}")
_CALLED_SO = re.compile(r"(?:身份|证件|证号)[^。；\n]{0,12}$")


def privacy_findings(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Numbers of identity papers and telephones; of bank cards only those whose check figure is wrong."""
    for passage in passages:
        for match in _NUMBER.finditer(passage.plain):
            called_so = _CALLED_SO.search(passage.plain, max(0, match.start() - 16), match.start())
            if sentence := _about(re.sub("[ -]", "", match["figures"]), bool(called_so)):
                yield passage.finding(FindingKind.PRIVACY, sentence, *match.span("figures"))


def _about(number: str, is_called_so: bool) -> str:
    if _is_citizen_number(number) and (len(number) == 18 or is_called_so):
        return f"有证件号码（{masked_number(number)}），文书默认不印证件号码，确有需要的请说明理由。"
    if _MOBILE.fullmatch(number):
        return f"有电话号码（{masked_phone(number)}），各方持有的文本都会印出，请核对是否需要。"
    if _CARD.fullmatch(number) and not _has_check_figure(number):
        return f"银行卡号（尾号{number[-4:]}）的校验位不对，请核对，以免付错人。"
    return ""


def _is_citizen_number(number: str) -> bool:
    """GB 11643: eighteen characters or, until 1999, fifteen, with a birth date that exists."""
    if re.fullmatch(r"[1-9]\d{16}[\dXx]", number):
        born = number[6:14]
    elif re.fullmatch(r"[1-9]\d{14}", number):
        born = f"19{number[6:12]}"
    else:
        return False
    try:
        return 1850 <= date.fromisoformat(born).year <= 2100
    except ValueError:
        return False


def _has_check_figure(number: str) -> bool:
    """Luhn's formula, ISO/IEC 7812-1."""
    doubled = [int(figure) * (2 if place % 2 else 1) for place, figure in enumerate(reversed(number))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
