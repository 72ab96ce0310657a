"""Half-typed forms, saved while they are typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, true
from sqlalchemy.orm import Session

from mediation_desk.store.centre import the_centre
from mediation_desk.store.draft import Draft
from mediation_desk.store.schema import drafts
from mediation_desk.store.sight import SIGHT, Sight, not_kept, visible


class DraftRecords:
    """Reads and writes drafts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _seen(self) -> ColumnElement[bool]:
        sight: Sight | None = self._session.info.get(SIGHT)
        if sight is None:
            return true()
        own = and_(drafts.c.user_id == sight.user_id, not_kept(sight, drafts.c.case_id))
        return or_(own, visible(sight, drafts.c.case_id))

    def save(
        self,
        uid: str,
        *,
        centre_id: int,
        form: str,
        user_id: int,
        content: dict[str, Any],
        now: datetime,
        case_id: int | None = None,
        label: str = "",
        parked: bool = False,
    ) -> None:
        """Keep what stands in the form now, instead of what was kept under this uid before."""
        draft = self._session.scalars(
            select(Draft).where(drafts.c.centre_id == the_centre, drafts.c.uid == uid)
        ).first()
        if draft is None:
            draft = Draft(uid=uid, centre_id=centre_id, form=form, user_id=user_id, saved_at=now)
            self._session.add(draft)
        draft.case_id, draft.label, draft.content, draft.saved_at = case_id, label, content, now
        draft.parked_at = now if parked else None

    def find(self, uid: str) -> Draft | None:
        """A draft of the reader's own, or of a case that the reader sees; None where there is none."""
        return self._session.scalars(
            select(Draft).where(drafts.c.centre_id == the_centre, drafts.c.uid == uid, self._seen)
        ).first()

    def of_user(self, user_id: int, form: str = "", case_id: int | None = None) -> list[Draft]:
        """The drafts of a user, newest first; of one form or one case where asked."""
        query = (
            select(Draft)
            .where(drafts.c.centre_id == the_centre, drafts.c.user_id == user_id, self._seen)
            .order_by(drafts.c.saved_at.desc(), drafts.c.id.desc())
        )
        if form:
            query = query.where(drafts.c.form == form)
        if case_id is not None:
            query = query.where(drafts.c.case_id == case_id)
        return list(self._session.scalars(query))

    def parked(self) -> list[Draft]:
        """All drafts that were put aside and the reader may see, the longest waiting first."""
        wanted = drafts.c.centre_id == the_centre, drafts.c.parked_at.is_not(None), self._seen
        query = select(Draft).where(*wanted).order_by(drafts.c.parked_at)
        return list(self._session.scalars(query))

    def drop(self, uid: str) -> None:
        """Throw a draft away: it became a record, or nobody wants it."""
        self._session.execute(delete(Draft).where(drafts.c.centre_id == the_centre, drafts.c.uid == uid))
