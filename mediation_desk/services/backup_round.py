"""What the program does for its store every now and then, beside whoever works: one round of it.

Back up what is new, give the second folder what it lacks, look after the disk, and while nobody is at the desk rehearse
and fold in the log. Nothing of it ever stops anybody from working: what went wrong is the result.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from mediation_desk.domain.backup_standing import Light, Remark, Standing
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services.backup import back_up_now, catch_up
from mediation_desk.services.rehearsal import rehearse_newest, sweep_rooms
from mediation_desk.store.backup import is_of_older_key, list_backups, sweep
from mediation_desk.store.backup_places import read_places
from mediation_desk.store.copying import Progress, Stopped
from mediation_desk.store.database import Database
from mediation_desk.store.upkeep import BALLAST, fold_log, free_bytes, give_ballast_up, set_ballast_aside

_GB = 1024**3


@dataclass(frozen=True)
class Round:
    """When and for whom a round is made. `is_idle`: nobody has been at the desk for a while."""

    now: datetime
    rules: Rules
    packs: Rules
    is_idle: bool = False
    ballast: int = BALLAST


def make_round(
    database: Database, this: Round, *, progress: Progress | None = None, stop: Event | None = None
) -> list[Remark]:
    """Do what is due for a store in a file. Raises `Stopped`. Work for a thread of its own."""
    assert database.path is not None
    remarks = list(_back_up_if_due(database, this, progress, stop))
    behind = catch_up(database, this.rules, this.now, stop=stop)
    if behind:
        remarks.append(Remark(Light.YELLOW, "第二备份位置没有最近的备份", behind))
    remarks += _look_after_the_disk(database.path, this)
    if this.is_idle:
        remarks += _rehearse_if_due(database, this, progress, stop)
        fold_log(database)
    return remarks


def sweep_up(store: Path) -> None:
    """Remove what was left by back-ups and rehearsals that were killed. For whoever has just opened the store."""
    for folder in read_places(store).folders:
        sweep(folder, store)
    sweep_rooms(store)


def _standing(database: Database) -> Standing:
    with database.reading() as records:
        return records.backups.standing()


def _back_up_if_due(database: Database, this: Round, progress: Progress | None, stop: Event | None) -> Iterator[Remark]:
    assert database.path is not None
    there = list_backups(read_places(database.path).folder, database.path)
    is_lost = not there or is_of_older_key(there[0], database.path)
    standing = _standing(database)
    if not standing.is_due(this.now, this.rules) and not (is_lost and standing.last_at):
        return
    try:
        done = back_up_now(database, this.rules, BackupReason.TIMED, this.now, progress=progress, stop=stop)
    except Stopped:
        raise
    except DeskError as error:
        yield Remark(Light.RED, "备份没有做成", str(error))
    else:
        if done.trouble:
            yield Remark(Light.YELLOW, "备份不完整", done.trouble)


def _rehearse_if_due(
    database: Database, this: Round, progress: Progress | None, stop: Event | None
) -> Iterator[Remark]:
    if not _standing(database).is_rehearsal_due(this.now, this.rules):
        return
    try:
        rehearse_newest(database, this.packs, this.now, progress=progress, stop=stop)
    except Stopped:
        raise
    except DeskError as error:
        yield Remark(Light.YELLOW, "备份演练没有做成", str(error))


def _look_after_the_disk(store: Path, this: Round) -> Iterator[Remark]:
    """Tell of little room; when there is none at all, give the ballast up so that saving goes on."""
    free = free_bytes(store.parent)
    if free is None:
        return
    if free < BALLAST and give_ballast_up(store):
        more = "磁盘满了。程序让出了预留的应急空间，现在还能保存一阵；请马上清理磁盘，或找管理员。"
        yield Remark(Light.RED, "磁盘已满", more)
    elif free < this.rules.setting("disk_warn_gb", this.now.date()) * _GB:
        more = f"数据所在磁盘只剩 {free / _GB:.1f} GB。满了就不能保存和备份；请清理磁盘。"
        yield Remark(Light.YELLOW, f"磁盘只剩 {free / _GB:.1f} GB", more)
    else:
        set_ballast_aside(store, this.ballast)
