"""Wordings of papers as they were printed or became final: a paper in hand is told from the file by them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.paper import PaperVersion
from mediation_desk.store.centre import one
from mediation_desk.store.schema import cases, paper_versions
from mediation_desk.store.sight import refuse_unless_seen, seen_in


class VersionRow(NamedTuple):
    """A kept version without its wording."""

    id: int
    code: str
    no: int
    title: str
    digest: str
    copies: int
    by_id: int
    kept_at: datetime


_ROW = [paper_versions.c[name] for name in VersionRow._fields]


class VersionRecords:
    """Reads and writes versions. A paper is named by its case, the code of its form and what it is about."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, version: PaperVersion) -> None:
        self._session.add(version)

    def get(self, version_id: int) -> PaperVersion:
        """A version with its wording. Raises `NotFound`, or `NotAllowed` when its case is out of sight."""
        version = one(self._session, PaperVersion, version_id)
        if version is None:
            raise NotFound("找不到留存的这一版文书，可能已随草稿删除。请刷新。")
        refuse_unless_seen(self._session, version.case_id)
        return version

    def last(self, case_id: int, code: str, no: int, *, printed: bool = False) -> PaperVersion | None:
        """The newest version of a paper, or the newest that was printed."""
        query = select(PaperVersion).where(self._of(case_id, code, no)).order_by(paper_versions.c.id.desc()).limit(1)
        if printed:
            query = query.where(paper_versions.c.copies > 0)
        return self._session.scalars(query).first()

    def with_digest(self, case_id: int, code: str, no: int, digest: str) -> PaperVersion | None:
        """The newest version of a paper with these very words."""
        query = select(PaperVersion).where(self._of(case_id, code, no), paper_versions.c.digest == digest)
        return self._session.scalars(query.order_by(paper_versions.c.id.desc()).limit(1)).first()

    def of_paper(self, case_id: int, code: str, no: int) -> list[VersionRow]:
        """All versions of a paper, the oldest first."""
        return self._rows(self._of(case_id, code, no))

    def of_case(self, case_id: int) -> list[VersionRow]:
        """All versions of all papers of a case, the oldest first."""
        return self._rows(self._of_case(case_id))

    def _rows(self, wanted: ColumnElement[bool]) -> list[VersionRow]:
        self._session.flush()
        query = select(*_ROW).where(wanted).order_by(paper_versions.c.id)
        return [VersionRow(*row) for row in self._session.execute(query)]

    def times_printed(self, case_id: int, code: str, no: int) -> int:
        """How often a paper was sent to the printer, whatever it said then."""
        query = select(func.count()).where(self._of(case_id, code, no), paper_versions.c.copies > 0)
        return int(self._session.execute(query).scalar_one())

    def drop(self, case_id: int, code: str, no: int) -> None:
        """Forget what was kept of something that is given up."""
        self._session.execute(delete(PaperVersion).where(self._of(case_id, code, no)))

    def orphan(self, case_id: int, code: str, no: int) -> None:
        """What these papers were about is given up, and its number free for another: they keep 0 for it."""
        self._session.execute(update(PaperVersion).where(self._of(case_id, code, no)).values(no=0))

    def _of_case(self, case_id: int) -> ColumnElement[bool]:
        """By the whole key, the centre's included: only so is the index of use."""
        centre_id = select(cases.c.centre_id).where(cases.c.id == case_id).scalar_subquery()
        return and_(
            paper_versions.c.centre_id == centre_id,
            paper_versions.c.case_id == case_id,
            seen_in(self._session, paper_versions.c.case_id),
        )

    def _of(self, case_id: int, code: str, no: int) -> ColumnElement[bool]:
        return and_(self._of_case(case_id), paper_versions.c.code == code, paper_versions.c.no == no)
