"""All that is kept, by kind of record. A `Records` lives as long as one transaction."""

from sqlalchemy.orm import Session

from mediation_desk.store import mapping  # noqa: F401 - ties the domain's classes to the tables
from mediation_desk.store.attachments import AttachmentRecords
from mediation_desk.store.cases import CaseRecords
from mediation_desk.store.centre import CentreRecords
from mediation_desk.store.drafts import DraftRecords
from mediation_desk.store.dues import DueRecords
from mediation_desk.store.mediators import MediatorRecords
from mediation_desk.store.numbers import NumberRecords


class Records:
    """What services read and write. One attribute for each kind of record."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.centre = CentreRecords(session)
        self.cases = CaseRecords(session)
        self.mediators = MediatorRecords(session)
        self.numbers = NumberRecords(session)
        self.attachments = AttachmentRecords(session)
        self.dues = DueRecords(session)
        self.drafts = DraftRecords(session)

    def flush(self) -> None:
        """Send what was changed to the store, so that ids are known and constraints are checked; nothing is final."""
        self.session.flush()
