"""Identity papers, organisation codes and telephone numbers: what a number says, and what is wrong with it.

Nothing here refuses anything: a draft may be kept with any number, and the findings tell the clerk what to look at.
GB 11643 (citizen numbers), GB 32100 (organisation codes); the check characters are python-stdnum's, which is imported
on first use because it costs some 50 ms.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.names import clean_digits
from mediation_desk.domain.party import full_years

OLDEST_AGE = 130

CITIZEN_PAPERS = frozenset({"111", "112"})
RESIDENCE_PERMITS = {"R81": ("810000", "820000"), "R83": ("830000",)}
"""Codes of the table `id_paper`, and the area codes their numbers begin with: Hong Kong, Macao; Taiwan."""


class Severity(Labelled):
    """Whether a number cannot be right, or should be looked at again."""

    WRONG = "wrong", "有误"
    DOUBTFUL = "doubtful", "请核对"


@dataclass(frozen=True)
class Finding:
    """One thing to tell the clerk about what was typed, in one sentence."""

    severity: Severity
    sentence: str


@dataclass(frozen=True)
class PaperFacts:
    """What the number of a paper says.

    `number` is upper-case, half-width and without spaces. `gender` is a GB/T 2261.1 code ("1", "2") or "",
    `area_code` six figures of GB/T 2260 or "", `area` the place they stand for in words or "".
    """

    number: str
    birth_date: date | None = None
    gender: str = ""
    area_code: str = ""
    area: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is certainly wrong."""
        return all(finding.severity is not Severity.WRONG for finding in self.findings)


def check_paper(kind: str, number: str, today: date) -> PaperFacts:
    """Return what the number of a paper of that kind (a code of the table `id_paper`) says and what is wrong with it.

    An empty number is not wrong: the paper may still be to come.
    """
    plain = _normalised(number)
    if not plain:
        return PaperFacts("")
    if kind in CITIZEN_PAPERS:
        return _citizen(plain, today)
    if kind in RESIDENCE_PERMITS:
        return _residence_permit(plain, RESIDENCE_PERMITS[kind], today)
    if kind in _OTHER_PAPERS:
        return _OTHER_PAPERS[kind](plain, today)
    return PaperFacts(plain)


def check_uscc(number: str) -> PaperFacts:
    """Return what a 统一社会信用代码 (GB 32100) says: the area it was registered in, and what is wrong with it."""
    from stdnum.cn import uscc

    plain = _normalised(number)
    if not plain:
        return PaperFacts("")
    if len(plain) != 18:
        return _wrong(plain, f"统一社会信用代码应为18位，现为{len(plain)}位。")
    if not re.fullmatch("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", plain):
        return _wrong(plain, "统一社会信用代码只用数字和大写字母（没有 I、O、S、V、Z），第3至8位是数字。")
    if uscc.calc_check_digit(plain[:-1]) != plain[-1]:
        return _wrong(plain, "统一社会信用代码的校验位不对，请核对各位数字。")
    return PaperFacts(plain, area_code=plain[2:8], area=_area(plain[2:8]))


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_OTHER_PHONES = re.compile(
    r"(?:010|02\d|0[3-9]\d{2})-?\d{7,8}(?:-\d{1,6})?"  # fixed line, perhaps an extension
    r"|(?:400|800)-?\d{3}-?\d{4}|\d{5}"  # services
    r"|(?:00|\+)(?:852|853)-?\d{8}|(?:00|\+)886-?\d{8,10}",  # Hong Kong, Macao, Taiwan
    re.ASCII,
)


def check_phone(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return a telephone number as it is to be kept, and a finding when it looks unusual; it is never wrong."""
    plain = re.sub(r"\s", "", clean_digits(text).translate(str.maketrans("－—–＋（）", "---+()")))
    plain = re.sub(r"^\((0\d{2,3})\)", r"\1-", plain)
    if _MOBILE.fullmatch(mobile := re.sub(r"^(?:\+86|0086)-?|-(?=\d{4})", "", plain)):
        return mobile, ()
    if not plain or _OTHER_PHONES.fullmatch(plain):
        return plain, ()
    return plain, (Finding(Severity.DOUBTFUL, "电话号码的位数或格式不常见，请核对。"),)


def _normalised(number: str) -> str:
    return re.sub(r"[\s\N{ZERO WIDTH SPACE}]", "", clean_digits(number)).upper()


def _wrong(number: str, sentence: str) -> PaperFacts:
    return PaperFacts(number, findings=(Finding(Severity.WRONG, sentence),))


def _doubtful(number: str, sentence: str) -> PaperFacts:
    return PaperFacts(number, findings=(Finding(Severity.DOUBTFUL, sentence),))


def _citizen(number: str, today: date) -> PaperFacts:
    if re.fullmatch(r"[0-9]{15}", number):
        return _old_citizen(number, today)
    if len(number) != 18:
        return _wrong(number, f"公民身份号码应为18位，现为{len(number)}位。")
    facts = _eighteen(number, "公民身份号码", today)
    if facts.area_code and not facts.area:
        unknown = Finding(Severity.DOUBTFUL, f"地区代码{facts.area_code}查不到，请对照证件核对。")
        return _with_findings(facts, unknown)
    return facts


def _old_citizen(number: str, today: date) -> PaperFacts:
    birth, sentence = _birth_date(f"19{number[6:12]}", "证号", today)
    old = Finding(Severity.DOUBTFUL, "这是15位旧证号，已停止使用，请尽量换成18位公民身份号码。")
    findings = (old, Finding(Severity.WRONG, sentence)) if sentence else (old,)
    area_code = number[:6]
    return PaperFacts(number, birth, _gender(number[14]), area_code, _area(area_code), findings)


def _residence_permit(number: str, areas: tuple[str, ...], today: date) -> PaperFacts:
    if len(number) != 18:
        return _wrong(number, f"居住证号码应为18位，现为{len(number)}位。")
    facts = _eighteen(number, "居住证号码", today)
    if facts.is_sound and facts.area_code not in areas:
        return _with_findings(facts, Finding(Severity.WRONG, f"这种居住证的号码应以{'或'.join(areas)}开头。"))
    return facts


def _household_register(number: str, today: date) -> PaperFacts:
    """Accept the number of the household as well as that of the person."""
    return _citizen(number, today) if len(number) == 18 else PaperFacts(number)


def _permanent_residence(number: str, today: date) -> PaperFacts:
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):  # the card before 2023: country, area, birth date, …
        return PaperFacts(number)
    if len(number) != 18 or number[0] != "9":
        return _wrong(number, "外国人永久居留身份证号码应为9开头的18位数字，或旧证的3个字母加12位数字。")
    facts = _eighteen(number, "外国人永久居留身份证号码", today)
    return PaperFacts(number, facts.birth_date, facts.gender, findings=facts.findings)


def _eighteen(number: str, name: str, today: date) -> PaperFacts:
    """Read the form of GB 11643: area, birth date, sequence, check character."""
    from stdnum.cn import ric

    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return _wrong(number, f"{name}前17位应为数字，末位为数字或X。")
    birth, sentence = _birth_date(number[6:14], name, today)
    wrong = [sentence] if sentence else []
    if ric.calc_check_digit(number) != number[-1]:
        wrong.append(f"{name}的校验位不对，请核对各位数字。")
    if wrong:
        return PaperFacts(number, findings=tuple(Finding(Severity.WRONG, each) for each in wrong))
    return PaperFacts(number, birth, _gender(number[16]), number[:6], _area(number[:6]))


def _birth_date(figures: str, name: str, today: date) -> tuple[date | None, str]:
    """Return a birth date written as YYYYMMDD; or None and what is wrong with it."""
    try:
        birth = date.fromisoformat(figures)
    except ValueError:
        return None, f"{name}中的出生日期“{figures}”不存在。"
    if birth > today:
        return None, f"{name}中的出生日期“{figures}”晚于今天。"
    if full_years(birth, today) > OLDEST_AGE:
        return None, f"{name}中的出生日期“{figures}”距今超过{OLDEST_AGE}年。"
    return birth, ""


def _gender(figure: str) -> str:
    return "1" if int(figure) % 2 else "2"


def _area(area_code: str) -> str:
    """Return the place an area code stands or stood for ("江苏省南京市鼓楼区"), "" when it is not known."""
    place = _place(area_code)
    if not place or place == (province := _place(f"{area_code[:2]}0000")):
        return place
    city = _place(f"{area_code[:4]}00")
    return province + (city if city.endswith("市") and city != place else "") + place


def _place(area_code: str) -> str:
    from stdnum import numdb

    found = {key: value for _, properties in numdb.get("cn/loc").info(area_code) for key, value in properties.items()}
    newest = found.get("county", "").split(",")[-1]  # "[1997-1997]万县区,[1998-]万州区"
    return re.sub(r"\[[^]]*\]", "", newest)


def _with_findings(facts: PaperFacts, *more: Finding) -> PaperFacts:
    findings = (*facts.findings, *more)
    return PaperFacts(facts.number, facts.birth_date, facts.gender, facts.area_code, facts.area, findings)


def _of_form(pattern: str, sentence: str) -> Callable[[str, date], PaperFacts]:
    """Make a check for papers of whose numbers only the form is known, and that not for certain."""

    def check(number: str, _today: date) -> PaperFacts:
        return PaperFacts(number) if re.fullmatch(pattern, number) else _doubtful(number, sentence)

    return check


_OTHER_PAPERS: dict[str, Callable[[str, date], PaperFacts]] = {
    "113": _household_register,
    "553": _permanent_residence,
    "516": _of_form("[HM][0-9]{8}([0-9]{2})?", "港澳居民来往内地通行证号码通常是H或M加8位数字，请核对。"),
    "511": _of_form("[0-9]{8}|[0-9]{10}[A-Z]?", "台湾居民来往大陆通行证号码通常是8位数字，请核对。"),
    "414": _of_form("G[0-9]{8}|E[0-9A-Z][0-9]{7}", "中国普通护照号码通常是E或G开头的9位，请核对。"),
    "P01": _of_form("[A-Z0-9]{5,20}", "外国护照号码通常是5至20位字母和数字，请核对。"),
}
