"""Remembers the back-ups that were made and the rehearsals that were held, and how far the log has come since."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from mediation_desk.domain.backup_standing import Rehearsal, Standing
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import centres
from mediation_desk.store.trust_schema import audit, audit_heads, backups, rehearsals

if TYPE_CHECKING:
    from mediation_desk.store.backup import Backup


class BackupRecords:
    """Reads and writes what is remembered of back-ups. It tells nothing of whether they are still there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, backup: "Backup") -> None:
        """Remember a back-up that was made. A store nobody has set up yet has nowhere to keep it: nothing happens."""
        self._insert(
            backups,
            made_at=backup.made_at,
            folder=str(backup.folder),
            file_name=backup.file_name,
            size=backup.size,
            sha256=backup.sha256,
            reason=backup.reason.value,
            audit_no=backup.audit_no,
            audit_hash=backup.audit_hash,
        )

    def add_rehearsal(self, held: Rehearsal) -> None:
        self._insert(
            rehearsals,
            held_at=held.held_at,
            file_name=held.file_name,
            passed=held.passed,
            counts=dict(held.counts),
            trouble=held.trouble,
        )

    def standing(self) -> Standing:
        last = self._connection.execute(
            select(backups.c.made_at, backups.c.audit_no).order_by(backups.c.id.desc()).limit(1)
        ).first()
        no = self._connection.execute(select(func.max(audit_heads.c.no))).scalar() or 0
        held = self._connection.execute(select(rehearsals).order_by(rehearsals.c.id.desc()).limit(1)).first()
        return Standing(
            last_at=last.made_at if last else None,
            has_news=no != (last.audit_no if last else 0),
            rehearsal=_rehearsal(held) if held else None,
        )

    def newest_at(self) -> datetime | None:
        """When the newest entry of the log that knows its moment was kept."""
        query = select(audit.c.at).where(audit.c.centre_id == the_centre, audit.c.at.is_not(None))
        return self._connection.execute(query.order_by(audit.c.no.desc()).limit(1)).scalar()

    def proven(self) -> frozenset[str]:
        """The names of the files with which a rehearsal went well."""
        return frozenset(self._connection.scalars(select(rehearsals.c.file_name).where(rehearsals.c.passed)))

    def _insert(self, table: Any, **values: object) -> None:
        centre_id = self._connection.execute(select(centres.c.id).limit(1)).scalar()
        if centre_id is not None:
            self._connection.execute(table.insert().values(centre_id=centre_id, **values))


def _rehearsal(row: Any) -> Rehearsal:
    return Rehearsal(
        held_at=row.held_at, file_name=row.file_name, passed=row.passed, counts=row.counts, trouble=row.trouble
    )
