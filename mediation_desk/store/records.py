"""All that is kept, by kind of record. A `Records` lives as long as one transaction."""

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from mediation_desk.store import mapping  # noqa: F401 - ties the domain's classes to the tables
from mediation_desk.store.attachments import AttachmentRecords
from mediation_desk.store.blanks import BlankRecords
from mediation_desk.store.call_outs import CallOutRecords
from mediation_desk.store.cases import CaseRecords
from mediation_desk.store.centre import CentreRecords
from mediation_desk.store.drafts import DraftRecords
from mediation_desk.store.dues import DueRecords
from mediation_desk.store.mediators import MediatorRecords
from mediation_desk.store.numbers import NumberRecords
from mediation_desk.store.own import OwnRecords
from mediation_desk.store.presence import PresenceRecords
from mediation_desk.store.rosters import RosterRecords
from mediation_desk.store.sealing import Told
from mediation_desk.store.sight import SIGHT, Sight
from mediation_desk.store.versions import VersionRecords

if TYPE_CHECKING:
    from mediation_desk.store.audit_log import AuditRecords
    from mediation_desk.store.backup_log import BackupRecords
    from mediation_desk.store.credentials import CredentialRecords
    from mediation_desk.store.ledger import LedgerRecords
    from mediation_desk.store.party_keys import PartyKeyRecords
    from mediation_desk.store.search import SearchRecords
    from mediation_desk.store.track_record import TrackRecords
    from mediation_desk.store.word_counts import WordRecords


class Records:
    """What services read and write. One attribute for each kind of record.

    Everything happens in the transaction that has begun on `connection`; whoever began it ends it.
    """

    def __init__(self, connection: Connection, sight: Sight | None = None) -> None:
        self.connection = connection
        self.sight = sight
        """The eyes of somebody who may not see all cases; None sees all."""
        self.told: list[Told] = []
        """What is to be told in the log of this step besides the rows it changes."""

    @cached_property
    def session(self) -> Session:
        """Made when first asked for: saving a registration does without."""
        return Session(
            self.connection,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
            info={SIGHT: self.sight},
        )

    @cached_property
    def centre(self) -> CentreRecords:
        return CentreRecords(self.session)

    @cached_property
    def cases(self) -> CaseRecords:
        return CaseRecords(self)

    @cached_property
    def mediators(self) -> MediatorRecords:
        return MediatorRecords(self.session)

    @cached_property
    def numbers(self) -> NumberRecords:
        return NumberRecords(self.session)

    @cached_property
    def attachments(self) -> AttachmentRecords:
        return AttachmentRecords(self.session)

    @cached_property
    def dues(self) -> DueRecords:
        return DueRecords(self.session)

    @cached_property
    def credentials(self) -> "CredentialRecords":
        from mediation_desk.store.credentials import CredentialRecords  # not needed where nobody has a password

        return CredentialRecords(self.session)

    @cached_property
    def drafts(self) -> DraftRecords:
        return DraftRecords(self.session)

    @cached_property
    def versions(self) -> VersionRecords:
        return VersionRecords(self.session)

    @cached_property
    def blanks(self) -> BlankRecords:
        return BlankRecords(self.session)

    @cached_property
    def presence(self) -> PresenceRecords:
        return PresenceRecords(self.session, self.centre)

    @cached_property
    def own(self) -> OwnRecords:
        return OwnRecords(self.session, self.centre)

    @cached_property
    def rosters(self) -> RosterRecords:
        return RosterRecords(self.session, self.centre)

    @cached_property
    def call_outs(self) -> CallOutRecords:
        return CallOutRecords(self.session, self.centre)

    @cached_property
    def party_keys(self) -> "PartyKeyRecords":
        from mediation_desk.store.party_keys import PartyKeyRecords  # not needed at the start

        return PartyKeyRecords(self)

    @cached_property
    def words(self) -> "WordRecords":
        from mediation_desk.store.word_counts import WordRecords  # not needed at the start

        return WordRecords(self)

    @cached_property
    def search(self) -> "SearchRecords":
        from mediation_desk.store.search import SearchRecords  # not needed at the start

        return SearchRecords(self)

    @cached_property
    def audit(self) -> "AuditRecords":
        from mediation_desk.store.audit_log import AuditRecords  # not needed at the start

        return AuditRecords(self.connection)

    @cached_property
    def track(self) -> "TrackRecords":
        from mediation_desk.store.track_record import TrackRecords  # not needed at the start

        return TrackRecords(self.session)

    @cached_property
    def ledger(self) -> "LedgerRecords":
        from mediation_desk.store.ledger import LedgerRecords  # not needed at the start

        return LedgerRecords(self.session)

    @cached_property
    def backups(self) -> "BackupRecords":
        from mediation_desk.store.backup_log import BackupRecords  # not needed at the start

        return BackupRecords(self.connection)

    def flush(self) -> None:
        """Send what was changed to the store, so that ids are known and constraints are checked; nothing is final."""
        if "session" in self.__dict__:
            self.session.flush()

    def close(self) -> None:
        """Let go of the objects that were read or added; they stay usable."""
        if "session" in self.__dict__:
            self.session.close()
