"""The log for whoever may read it: its lines, what an entry changed, what does not fit, and the log as a workbook."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from mediation_desk.domain.audit import Anchor, AuditEntry, AuditKind, Misfit
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.exchange.workbook import Column, Table, write_workbook
from mediation_desk.services.act import Act, needs
from mediation_desk.services.audit_sentences import change_in_words, doing_in_words, misfit_in_words
from mediation_desk.store.audit import changes_of
from mediation_desk.store.audit_log import LogFilter
from mediation_desk.store.backup_places import all_backups
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Told

AT_A_TIME = 200
"""So many lines of the log are read at once."""

MOST_EXPORTED = 100_000
"""A workbook holds hardly more, and nobody reads it."""

UNKNOWN = "（未记录）"
KEPT = "（按权限不能查看）"


class LogLine(NamedTuple):
    """One entry as it stands in a list. `case_called` is the case's number, or its id while it has none."""

    no: int
    at: datetime | None
    who: str
    kind: AuditKind
    what: str
    case_id: int | None
    case_called: str
    origin: str


def anchors_of(database: Database) -> list[Anchor]:
    """The ends of the log that the back-ups of a store keep with them, in whichever folders can be reached."""
    if database.path is None:
        return []
    return [
        Anchor(each.audit_no, each.audit_hash, f"备份 {each.made_at:%Y-%m-%d %H:%M}", each.made_at)
        for each in all_backups(database.path)
        if each.audit_hash
    ]


@needs(Right.AUDIT)
def look_at_log(records: Records, _act: Act, wanted: LogFilter, before: int | None = None) -> list[LogLine]:
    """Up to `AT_A_TIME` lines that are wanted, the newest first, from the one before number `before`."""
    return _lines(records, records.audit.page(wanted, before=before, limit=AT_A_TIME))


@needs(Right.AUDIT)
def entry_in_words(records: Records, act: Act, no: int) -> list[str]:
    """What one entry changed, line by line: before → after. Raises `NotFound`."""
    entry = records.audit.get(no)
    if _is_kept(records, entry):
        return [KEPT]
    told = records.audit.told(entry)
    if told is None:
        return ["这一条的内容已被删去。"]
    return [line for change in told for line in change_in_words(act.rules, *change)]


@needs(Right.AUDIT)
def log_workbook(records: Records, act: Act, wanted: LogFilter) -> bytes:
    """The wanted part of the log, the oldest first, a line for each thing that was changed or told."""
    count = records.audit.count(wanted)
    refuse_unless(count <= MOST_EXPORTED, f"共{count}条，一次最多导出{MOST_EXPORTED}条。请缩小日期范围。")
    rows: list[Sequence[str | int | datetime | None]] = []
    entries = list(records.audit.all(wanted))
    for entry, line in zip(entries, _lines(records, entries), strict=True):
        if _is_kept(records, entry):
            rows.append((line.no, line.at, line.who, line.kind.label, line.what, "", line.origin, ""))
            continue
        told = changes_of(entry)
        details = (
            ["内容已被删去"] if told is None else [each for one in told for each in change_in_words(act.rules, *one)]
        )
        head = (line.no, line.at, line.who, line.kind.label, line.what, line.case_called, line.origin)
        rows += [(*head, detail) for detail in details or [""]]
    widths = (("序号", 8.0), ("时间", 18.0), ("谁", 12.0), ("种类", 10.0), ("做了什么", 22.0), ("案件", 22.0))
    columns = [Column(caption, width) for caption, width in (*widths, ("电脑", 16.0), ("改动", 80.0))]
    table = Table("操作日志", f"操作日志（导出于 {act.at:%Y-%m-%d %H:%M}，共{count}条）", columns, rows)
    return write_workbook([table])


@needs(Right.AUDIT)
def misfits_in_words(records: Records, act: Act, misfits: Sequence[Misfit]) -> list[str]:
    """What does not fit, in sentences that name the cases."""
    called = _called(records, [each.case_id for each in misfits])
    return [misfit_in_words(act.rules, each, called.get(each.case_id, "")) for each in misfits]


@needs(Right.AUDIT)
def note_verified(records: Records, _act: Act, found: int) -> None:
    """Log that somebody held the log against the records, and how that came out."""
    came_out = f"发现{found}处不符" if found else "没有发现不符"
    records.told.append(Told(AuditKind.STORE, f"核验日志和数据：{came_out}"))


def _lines(records: Records, entries: Sequence[AuditEntry]) -> list[LogLine]:
    users = {user.id: user.name for user in records.centre.get().users}
    called = _called(records, [entry.case_id for entry in entries])
    lines = []
    for entry in entries:
        is_kept = _is_kept(records, entry)
        lines.append(
            LogLine(
                entry.no,
                entry.at,
                users.get(entry.by_id, UNKNOWN if entry.by_id is None else f"使用者 {entry.by_id}"),
                AuditKind(entry.kind),
                KEPT if is_kept else entry.told or doing_in_words(entry.what) or "（未说明）",
                None if is_kept else entry.case_id,
                "" if is_kept else called.get(entry.case_id, ""),
                entry.origin or UNKNOWN,
            )
        )
    return lines


def _is_kept(records: Records, entry: AuditEntry) -> bool:
    """Whether the entry is of a case that is kept from the reader."""
    return records.sight is not None and entry.case_id in records.sight.kept


def _called(records: Records, case_ids: Sequence[int | None]) -> dict[int | None, str]:
    wanted = {each for each in case_ids if each is not None}
    numbers = records.audit.case_numbers(wanted)
    return {each: numbers.get(each) or f"（序号 {each}）" for each in wanted}
