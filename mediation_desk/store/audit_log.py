"""Reads the log: page by page, by time, user, case and kind; and what a row held at an entry."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from mediation_desk.domain.audit import AuditEntry, AuditKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.store.audit import RowLook, changes_of
from mediation_desk.store.centre import the_centre
from mediation_desk.store.row_history import RowHistory
from mediation_desk.store.schema import cases
from mediation_desk.store.trust_schema import audit


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """Which entries are wanted; whatever is left empty does not narrow. Both days count in."""

    since: date | None = None
    until: date | None = None
    by_id: int | None = None
    kind: str = ""
    case_id: int | None = None


class AuditRecords:
    """Reads entries, the newest first. Nothing here writes any: see `sealing.py`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, wanted: LogFilter, *, before: int | None = None, limit: int = 100) -> list[AuditEntry]:
        """Up to `limit` entries that are wanted, from the one before number `before`, without their changes."""
        query = _narrowed(select(*_COLUMNS), wanted).order_by(audit.c.no.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.no < before)
        return [AuditEntry(**row, changes="") for row in self._connection.execute(query).mappings()]

    def count(self, wanted: LogFilter) -> int:
        return int(self._connection.execute(_narrowed(select(func.count()), wanted)).scalar_one())

    def all(self, wanted: LogFilter) -> Iterator[AuditEntry]:
        """Every entry that is wanted, with its changes, the oldest first."""
        query = _narrowed(select(*_COLUMNS, audit.c.changes), wanted).order_by(audit.c.no)
        for row in self._connection.execute(query.execution_options(yield_per=500)).mappings():
            yield AuditEntry(**row)

    def get(self, no: int) -> AuditEntry:
        """One entry with its changes. Raises `NotFound`."""
        query = select(*_COLUMNS, audit.c.changes).where(audit.c.centre_id == the_centre, audit.c.no == no)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"日志里没有第{no}条。")
        return AuditEntry(**row)

    def touching(self, case_ids: Collection[int], after: int) -> list[AuditEntry]:
        """Entries after number `after` that changed these cases or took them out of the house, the oldest first."""
        has_changed = audit.c.changes.is_distinct_from("")
        query = select(*_COLUMNS).where(
            audit.c.centre_id == the_centre,
            audit.c.case_id.in_(case_ids),
            audit.c.no > after,
            or_(has_changed, audit.c.kind.in_((AuditKind.PRINT, AuditKind.EXPORT))),
        )
        found = self._connection.execute(query.order_by(audit.c.no)).mappings()
        return [AuditEntry(**row, changes="") for row in found]

    def case_numbers(self, case_ids: Collection[int]) -> dict[int, str]:
        """The numbers of these cases, whoever may see them: the log names them."""
        found: dict[int, str] = {}
        ids = sorted(case_ids)
        for first in range(0, len(ids), 500):
            query = select(cases.c.id, cases.c.number).where(
                cases.c.centre_id == the_centre, cases.c.id.in_(ids[first : first + 500])
            )
            found.update((case_id, number) for case_id, number in self._connection.execute(query))
        return found

    def case_id_of(self, called: str) -> int:
        """The case of a number, or of the id that the log shows for one without number. Raises `NotFound`.

        Whoever reads the log may ask for any case, also one that is gone.
        """
        query = select(cases.c.id).where(cases.c.centre_id == the_centre, cases.c.number == called)
        found = self._connection.execute(query).scalar()
        if found is None and not called.isdecimal():
            raise NotFound(f"没有编号为“{called}”的案件。请核对编号；未编号的请写序号。")
        return int(called if found is None else found)

    def told(self, entry: AuditEntry) -> list[list[Any]] | None:
        """The changes of an entry, where rows that were added are told by what they held then; None if erased.

        What the log does not know any more (rows without history) stays a digest.
        """
        changes = changes_of(entry)
        if not changes or not any(sign == "+" for _, _, sign, _ in changes):
            return changes
        history = self._back_to(entry)
        told = []
        for table, row_id, sign, held in changes:
            row = history.row((table, row_id)) if sign == "+" else None
            told.append([table, row_id, sign, row or held])
        return told

    def _back_to(self, entry: AuditEntry) -> RowHistory:
        """The rows of the entry's case as they were right after it."""
        look = RowLook(self._connection)
        history = look.history(entry.case_id)
        for later in look.entries([entry.case_id], entry.no):
            for _ in history.take_back(later.no, changes_of(later) or []):
                pass  # what does not fit is told by `verify`
        return history


_COLUMNS = [column for column in audit.columns if column.name not in ("centre_id", "changes")]


def _narrowed(query: Select[Any], wanted: LogFilter) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [audit.c.centre_id == the_centre]
    if wanted.since:
        conditions.append(audit.c.at >= datetime.combine(wanted.since, time.min))
    if wanted.until:
        conditions.append(audit.c.at < datetime.combine(wanted.until + timedelta(days=1), time.min))
    if wanted.by_id is not None:
        conditions.append(audit.c.by_id == wanted.by_id)
    if wanted.kind:
        conditions.append(audit.c.kind == wanted.kind)
    if wanted.case_id is not None:
        conditions.append(audit.c.case_id == wanted.case_id)
    return query.where(*conditions)
