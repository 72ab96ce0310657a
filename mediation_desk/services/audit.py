"""What the log is told of a step: who does it, and what is looked at, printed or given away in it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from mediation_desk.domain.audit import AuditKind, Doing
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Told


def doing(act: Act, step: Callable[..., Any] | str, origin: str, kind: AuditKind = AuditKind.CHANGE) -> Doing:
    """How the log names a step of `act` that is done at the PC `origin`: after its service."""
    return Doing(what=name_of(step), by_id=act.by_id, at=act.at, origin=origin, kind=kind)


def name_of(step: Callable[..., Any] | str) -> str:
    """What the log calls a step."""
    while isinstance(step, partial):
        step = step.func
    return step if isinstance(step, str) else getattr(step, "__name__", "")


def note_view(records: Records, what: str, case_id: int | None = None) -> None:
    """Log that something sensitive was shown: "案件", "保密笔记", "附件 借条.jpg"."""
    records.told.append(Told(AuditKind.VIEW, what, case_id))


def note_print(records: Records, what: str, case_id: int | None = None, *, copies: int = 1) -> None:
    """Log that a paper went to the printer: "人民调解协议书 2份"."""
    records.told.append(Told(AuditKind.PRINT, f"{what} {copies}份", case_id))


def note_restored(records: Records, _act: Act) -> None:
    """Log that a back-up took the place of the store: from here the log goes on, whatever came after it before."""
    records.told.append(Told(AuditKind.STORE, "数据已换成一份备份，从这里接着记"))


def note_export(records: Records, what: str, case_id: int | None = None) -> None:
    """Log that something left the store for a file: "案件文件", "台账 2026-01-01 至 2026-03-31"."""
    records.told.append(Told(AuditKind.EXPORT, what, case_id))
