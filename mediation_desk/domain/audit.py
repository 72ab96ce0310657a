"""The log that tells who did what: what an entry is, and how each is tied to the one before it.

An entry says of rows that were added only their digests, as the rows themselves say the rest; of rows that were changed
what stood there before and what after; of rows that were removed all that they held. What happened to a row can so be
told backwards from what it is now, and a row edited behind the program's back fits no entry any more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from mediation_desk.domain.labelled import Labelled


class AuditKind(Labelled):
    """What an entry of the log is about."""

    CHANGE = "change", "记录"
    VIEW = "view", "查看"
    PRINT = "print", "打印"
    EXPORT = "export", "导出"
    LOGIN = "login", "登录"
    REFUSED = "refused", "拒绝"
    STORE = "store", "数据维护"
    EXTERNAL = "external", "外部改动"


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Who is doing what, when and at which PC. What is not known stays empty and is shown as not known.

    `what` is the name of a service (`take_in`), `at` wall time of the desk.
    """

    what: str = ""
    by_id: int | None = None
    at: datetime | None = None
    origin: str = ""
    kind: AuditKind = AuditKind.CHANGE


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One entry as it stands in the log. `no` runs without gaps within a centre; `hash` binds it to all before it.

    `changes` is JSON, a list of what happened to rows: `["parties", 7, "+", digest of what was added]`,
    `["parties", 7, "~", {column: [before, after]}]` or `["parties", 7, "-", what was removed]`. It is empty where the
    entry tells of no change, and None where somebody took its content away; the digest stays.
    """

    no: int
    kind: str
    at: datetime | None
    by_id: int | None
    origin: str
    what: str
    told: str
    case_id: int | None
    digest: str
    changes: str | None
    hash: str

    def hash_after(self, previous: str) -> str:
        """What `hash` must be after an entry with the hash `previous`."""
        who = (self.at, self.by_id, self.origin)
        return entry_hash(previous, self.no, self.kind, *who, self.what, self.told, self.case_id, self.digest)


FIRST_HASH = "0" * 64
"""What the first entry of a centre is tied to."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON of one shape for equal values, whatever the order of their keys."""
    return _ENCODER.encode(value)


def row_digest(row: Mapping[str, Any]) -> str:
    """32 hexadecimal digits for what a row holds, by column."""
    return sha256(canonical(row).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def changes_digest(changes: str) -> str:
    return sha256(changes.encode("utf-8", "surrogatepass")).hexdigest()


def entry_hash(previous: str, *parts: Any) -> str:
    """The hash that ties an entry with these parts to the one before it."""
    told = canonical([previous, *(str(part) if isinstance(part, datetime) else part for part in parts)])
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


class MisfitKind(Labelled):
    """What an auditor is told of when log and records do not fit."""

    GAP = "gap", "缺少记录"
    CONTENT = "content", "内容被改"
    CHAIN = "chain", "前后不接"
    TAIL = "tail", "末尾不符"
    ANCHOR = "anchor", "与备份不符"
    CHANGED = "changed", "数据被改"
    ADDED = "added", "数据被加"
    REMOVED = "removed", "数据被删"
    EXTERNAL = "external", "外部改动"
    FILE = "file", "文件不符"
    PASSWORD = "password", "口令不符"
    UNWATCHED = "unwatched", "监视被拆"


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """Something in the store that its log does not account for, or a place where the log itself does not hold.

    `no` and `until` tell of entries of the log, the rest of a row: `column` and the values where the log knows them.
    `told` says of an anchor where it comes from.
    """

    kind: MisfitKind
    no: int | None = None
    until: int | None = None
    case_id: int | None = None
    table: str = ""
    row_id: int | None = None
    column: str = ""
    before: Any = None
    after: Any = None
    told: str = ""


@dataclass(frozen=True)
class Anchor:
    """A hash of the log that is kept elsewhere since `at`: from here back, nobody can have written the log anew."""

    no: int
    hash: str
    told: str = ""
    at: datetime | None = None


PUT_BACK = frozenset({"note_restored", "salvage"})
"""Steps after which the log goes on from an earlier end: what was kept of the other end before then does not bind."""
