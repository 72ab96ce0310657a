"""What a check of the store looks at, and what it finds."""

from dataclasses import dataclass

from mediation_desk.domain.labelled import Labelled


class Check(Labelled):
    """One thing that is looked at."""

    FILE = "file", "数据文件"
    INDEXES = "indexes", "索引"
    REFERENCES = "references", "互相引用"
    UNLOGGED = "unlogged", "日志之外的改动"
    LOG = "log", "日志"
    STAGES = "stages", "办理阶段"
    CASES = "cases", "案件内容"
    SUMS = "sums", "分期合计"
    NUMBERS = "numbers", "编号"
    COUNTERS = "counters", "编号计数"
    PAPERS = "papers", "正式文书"
    ATTACHMENTS = "attachments", "附件"
    DRAFTS = "drafts", "草稿"
    SEARCH = "search", "查找索引"
    PARTY_KEYS = "party_keys", "查重索引"
    COUNTS = "counts", "各阶段件数"


MENDABLE = frozenset(
    {Check.INDEXES, Check.UNLOGGED, Check.STAGES, Check.COUNTERS, Check.SEARCH, Check.PARTY_KEYS, Check.COUNTS}
)
"""What only repeats what is kept elsewhere, and so can be made anew without losing anything."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that is not as it should be: the sentence says what, and what a person should do where one must.

    `key` is what whoever mends it must know: the id of a case, the name of an index.
    """

    check: Check
    sentence: str
    key: int | str = ""

    @property
    def can_be_mended(self) -> bool:
        return self.check in MENDABLE
