"""What the review of an agreement tells: one thing that must be mended, or should be looked at, and where."""

from dataclasses import dataclass

from mediation_desk.domain.labelled import Labelled

FACTS, CLAUSES, OBLIGATIONS, TERMS = "facts", "clauses", "obligations", "performance_terms"
PARTS = (FACTS, CLAUSES, OBLIGATIONS, TERMS)
"""The parts of an agreement that hold text; every place begins with one of them, or is no text."""


class FindingKind(Labelled):
    """What a finding is about."""

    REQUIRED = "required", "必备内容"
    BLANK = "blank", "未填空白"
    WORD = "word", "用词"
    AUTHORITY = "authority", "机关用语"
    SUPPORT = "support", "抚养、扶养、赡养"
    STATUS = "status", "身份关系"
    OWNERSHIP = "ownership", "权属"
    INDEFINITE = "indefinite", "不明确"
    CONFIRMATION = "confirmation", "司法确认"
    RIGHT = "right", "限制权利"
    INTEREST = "interest", "利率"
    CAPITALS = "capitals", "大写金额"
    TOTAL = "total", "金额不一致"
    INSTALMENTS = "instalments", "分期"
    UNRECORDED = "unrecorded", "未列入履行安排"
    DAY = "day", "日期有误"
    DAY_ORDER = "day_order", "日期先后"
    FAR_DAY = "far_day", "期限过远"
    TERM = "term", "履行期限不一致"
    SIGNER = "signer", "签署人"
    UNMENTIONED = "unmentioned", "未提及的当事人"
    MEDIATOR = "mediator", "调解员"
    COPIES = "copies", "份数"
    NAME = "name", "姓名"
    PRIVACY = "privacy", "个人信息"
    PUNCTUATION = "punctuation", "标点"
    NUMBERING = "numbering", "序号"
    REFERENCE = "reference", "引用条款"
    DUPLICATE = "duplicate", "重复条款"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found in an agreement, in one sentence that says what and why.

    `place` is a path as the agreement page uses them: "facts", "clauses[2]", "obligations[0].amount", "parties".
    `excerpt` is what stands there, word for word, "" where it is not about certain words. What `is_hard` must be mended
    before the text can be final; the rest a named person may let stand for a reason.
    """

    kind: FindingKind
    sentence: str
    place: str
    excerpt: str = ""
    is_hard: bool = False
