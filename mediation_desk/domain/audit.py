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

    `changes` is empty where the entry tells of no change, None where its content was erased by law; the digest stays.
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


def canonical(value: Any) -> str:
    """JSON of one shape for equal values, whatever the order of their keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_digest(row: Mapping[str, Any]) -> str:
    """32 hexadecimal digits for what a row holds, by column."""
    return sha256(canonical(row).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def changes_digest(changes: str) -> str:
    return sha256(changes.encode("utf-8", "surrogatepass")).hexdigest()


def entry_hash(previous: str, *parts: Any) -> str:
    """The hash that ties an entry with these parts to the one before it."""
    told = canonical([previous, *(str(part) if isinstance(part, datetime) else part for part in parts)])
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
