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
from mediation_desk.store.procedure_dues import ProcedureDueRecords
from mediation_desk.store.rosters import RosterRecords
from mediation_desk.store.sealing import Sealed, Told
from mediation_desk.store.sight import SIGHT, Sight, opened
from mediation_desk.store.versions import VersionRecords

if TYPE_CHECKING:
    from mediation_desk.store.audit_log import AuditRecords
    from mediation_desk.store.backup_log import BackupRecords
    from mediation_desk.store.credentials import CredentialRecords
    from mediation_desk.store.hard_cases import HardCaseRecords
    from mediation_desk.store.indicators import IndicatorRecords
    from mediation_desk.store.ledger import LedgerRecords
    from mediation_desk.store.party_keys import PartyKeyRecords
    from mediation_desk.store.petitions import PetitionRecords
    from mediation_desk.store.referrals import ReferralRecords
    from mediation_desk.store.relations import RelationRecords
    from mediation_desk.store.saved_filters import FilterRecords
    from mediation_desk.store.search import SearchRecords
    from mediation_desk.store.statistics import StatisticsRecords
    from mediation_desk.store.track_record import TrackRecords
    from mediation_desk.store.upstream import UpstreamRecords
    from mediation_desk.store.waiting import WaitingRecords
    from mediation_desk.store.what_became import BecameRecords
    from mediation_desk.store.word_counts import WordRecords


class Records:
    """What services read and write. One attribute for each kind of record.

    Everything happens in the transaction that has begun on `connection`; whoever began it ends it.
    """

    def __init__(self, connection: Connection, sight: Sight | None = None) -> None:
        self.connection = connection
        self._eyes = sight
        self.told: list[Told] = []
        """What is to be told in the log of this step besides the rows it changes."""
        self.sealed = Sealed()
        """What the step came to, as soon as it has ended."""

    @cached_property
    def sight(self) -> Sight | None:
        """The eyes of somebody who may not see all cases; None sees all."""
        return opened(self.connection, self._eyes)

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
    def waiting(self) -> "WaitingRecords":
        from mediation_desk.store.waiting import WaitingRecords  # not needed at the start

        return WaitingRecords(self.session)

    @cached_property
    def filters(self) -> "FilterRecords":
        from mediation_desk.store.saved_filters import FilterRecords  # not needed at the start

        return FilterRecords(self.session)

    @cached_property
    def procedure_dues(self) -> ProcedureDueRecords:
        return ProcedureDueRecords(self.session)

    @cached_property
    def hard_cases(self) -> "HardCaseRecords":
        from mediation_desk.store.hard_cases import HardCaseRecords  # not needed at the start

        return HardCaseRecords(self.session)

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
    def became(self) -> "BecameRecords":
        from mediation_desk.store.what_became import BecameRecords  # not needed at the start

        return BecameRecords(self.session)

    @cached_property
    def relations(self) -> "RelationRecords":
        from mediation_desk.store.relations import RelationRecords  # not needed at the start

        return RelationRecords(self.session)

    @cached_property
    def petitions(self) -> "PetitionRecords":
        from mediation_desk.store.petitions import PetitionRecords  # not needed at the start

        return PetitionRecords(self.session)

    @cached_property
    def referrals(self) -> "ReferralRecords":
        from mediation_desk.store.referrals import ReferralRecords  # not needed at the start

        return ReferralRecords(self.session)

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
    def statistics(self) -> "StatisticsRecords":
        from mediation_desk.store.statistics import StatisticsRecords  # not needed at the start

        return StatisticsRecords(self.session)

    @cached_property
    def indicators(self) -> "IndicatorRecords":
        from mediation_desk.store.indicators import IndicatorRecords  # not needed at the start

        return IndicatorRecords(self.session)

    @cached_property
    def upstream(self) -> "UpstreamRecords":
        from mediation_desk.store.upstream import UpstreamRecords  # not needed at the start

        return UpstreamRecords(self.session)

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
