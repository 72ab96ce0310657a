"""Rehearses the emergency: restores a back-up into a throw-away store, looks into it, prints from it, clears it away.

A back-up that nobody ever restored is a hope. What is restored here is the back-up as it lies in its folder, by the
very function that would restore it in earnest; an encrypted one stays encrypted.
"""

import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from threading import Event

from mediation_desk.domain.backup_standing import Rehearsal
from mediation_desk.domain.errors import CannotRead, CannotSave, DeskError
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.case_papers import papers_of
from mediation_desk.services.own_rules import rules_here
from mediation_desk.services.papers import draw_paper
from mediation_desk.store.backup import Backup, check, is_of_older_key, list_backups, refuse_without_room
from mediation_desk.store.backup_places import read_places
from mediation_desk.store.copying import PAUSE, Progress, Stopped
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.key_file import is_whole
from mediation_desk.store.restoring import restore_from
from mediation_desk.store.troubles import why

_ROOM = "rehearsal-"


def rehearse_newest(
    database: Database,
    packs: Rules,
    now: datetime,
    *,
    pause: float = PAUSE,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Rehearsal:
    """Rehearse with the newest back-up of an open store, and remember how it went.

    Raises `CannotRead` when there is none that opens with the key of the store, or `Stopped`. Work for a thread of its
    own.
    """
    assert database.path is not None
    there = list_backups(read_places(database.path).folder, database.path)
    if not there:
        raise CannotRead("还没有备份，不能演练。请先备份一次。")
    if is_of_older_key(there[0], database.path):
        raise CannotRead("最近的备份用的还是以前的钥匙，不能演练。请先备份一次。")
    held = rehearse(there[0], database.path, database.key, packs, now, pause=pause, progress=progress, stop=stop)
    with suppress(DeskError), database.writing() as records:
        records.backups.add_rehearsal(held)
    return held


def rehearse(
    backup: Backup,
    store: Path,
    key: bytes | None,
    packs: Rules,
    now: datetime,
    *,
    pause: float = PAUSE,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Rehearsal:
    """Restore `backup` beside `store`, as that is where there is room for it, and try whether one can work with it.

    Raises `Stopped`; whatever else goes wrong is the result. Nothing of it stays on the disk.
    """
    counts: dict[str, int] = {}
    trouble, room = "", None
    try:
        refuse_without_room(store.parent, backup.size, store)
        room = Path(mkdtemp(prefix=_ROOM, dir=store.parent))
        copy = room / "desk.db"
        if backup.encrypted and not is_whole(backup.path):
            raise CannotRead(f"备份“{backup.file_name}”旁边没有完好的钥匙文件，换了电脑就打不开它。请再备份一次。")
        restore_from(backup, copy, now=now, pause=pause, progress=progress, stop=stop)
        counts = _look_into(copy, backup, key if backup.encrypted else None, packs, now, stop)
    except Stopped:
        raise
    except DeskError as error:
        trouble = str(error)
    except OSError as error:
        trouble = f"演练没有做完（{why(error)}）。"
    finally:
        left = _clear(room)
    trouble = trouble or left
    return Rehearsal(held_at=now, file_name=backup.file_name, passed=not trouble, counts=counts, trouble=trouble)


def _look_into(
    copy: Path, backup: Backup, key: bytes | None, packs: Rules, now: datetime, stop: Event | None
) -> dict[str, int]:
    found = check(copy, key, stop=stop)
    if found["counts"] != dict(backup.counts) or found["audit_hash"] != backup.audit_hash:
        raise CannotRead("恢复出来的记录数与备份清单不一致。")
    with closing(open_store(copy, key)) as database:
        _print_one(database, packs, now)
    counts: dict[str, int] = found["counts"]
    return counts


def _print_one(database: Database, packs: Rules, now: datetime) -> None:
    """Open the newest case and draw a paper of it, in memory. A store without cases has nothing to print."""
    with database.reading() as records:
        centre = records.centre.find()
        newest = records.cases.ids(most=1)
        if centre is None or centre.id is None or not newest:
            return
        rules = rules_here(records, packs)
        act = Act(centre_id=centre.id, by_id=0, at=now, rules=rules, rights=frozenset(Right))
        case = records.cases.get(newest[0])
        for paper in papers_of(case, act)[:1]:
            if not draw_paper(records, act, newest[0], paper.code, paper.no).startswith(b"%PDF"):
                raise CannotSave("恢复出来的案件印不出文书。")


def _clear(room: Path | None) -> str:
    """Remove the throw-away store; says what is left of it, if anything."""
    if room is None:
        return ""
    shutil.rmtree(room, ignore_errors=True)
    return f"演练用的临时文件夹“{room.name}”没有删干净，请手工删除。" if room.exists() else ""


def sweep_rooms(store: Path) -> None:
    """Remove what a rehearsal left that was killed midway. Only for whoever has `store` open and rehearses nothing."""
    with suppress(OSError):
        for room in store.parent.glob(f"{_ROOM}*"):
            if room.is_dir():
                shutil.rmtree(room, ignore_errors=True)
