"""The cases: whole ones for the case page, light rows for lists."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, insert, select
from sqlalchemy.orm import Session

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case, ConfidentialNote
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.numbering import loosely
from mediation_desk.domain.party import Side
from mediation_desk.domain.query_code import query_code, read_query_code
from mediation_desk.domain.search_query import EVERYTHING, SearchQuery
from mediation_desk.store.centre import one, the_centre
from mediation_desk.store.insertion import insert_whole
from mediation_desk.store.procedure_schema import conferences
from mediation_desk.store.schema import (
    agreements,
    assignments,
    cases,
    confidential_notes,
    frozen_papers,
    mediators,
    parties,
)
from mediation_desk.store.sight import refuse_unless_seen, visible
from mediation_desk.store.stage_counts import kept_counts

if TYPE_CHECKING:
    from mediation_desk.store.records import Records

_K = TypeVar("_K")

_IDS_AT_A_TIME = 20_000
_SORTED_AT_ONCE = 5000
_WHOLE_AT_A_TIME = 200


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """Which cases a list shows. `query` is what was typed to look for, see `search_query.py`.

    `among` are ids that were found out in another way; None does not narrow.
    """

    query: SearchQuery = EVERYTHING
    stages: frozenset[str] = frozenset()
    dispute_kind: str = ""
    mediator_id: int | None = None
    since: date | None = None
    until: date | None = None
    among: frozenset[int] | None = None

    def as_query(self) -> SearchQuery:
        """All of it, to be asked of the index of search words."""
        return self.query.narrowed(
            SearchQuery(
                stages=self.stages or None,
                kinds=frozenset((self.dispute_kind,)) if self.dispute_kind else None,
                mediator_ids=None if self.mediator_id is None else frozenset((self.mediator_id,)),
                since=self.since,
                until=self.until,
            )
        )


class SortKey(StrEnum):
    """What a list can be sorted by. Each has an index of its own."""

    REGISTERED = "registered"
    NUMBER = "number"
    STAGE = "stage"
    KIND = "dispute_kind"


@dataclass(frozen=True)
class Order:
    """The order of a list; equal ones stand newest first (in a turned list oldest first)."""

    by: SortKey = SortKey.REGISTERED
    descending: bool = True

    def columns(self) -> list[ColumnElement[Any]]:
        """Registered order is that of the keys: they are given in the order of time."""
        keys: list[ColumnElement[Any]] = [] if self.by is SortKey.REGISTERED else [cases.c[self.by.value]]
        return [key.desc() if self.descending else key.asc() for key in (*keys, cases.c.id)]


class CaseRow(NamedTuple):
    """A line of a list. `claimants`, `respondents`, `mediators` are names joined by 、."""

    id: int
    number: str
    stage: str
    registered_at: datetime
    dispute_kind: str
    claimants: str
    respondents: str
    mediators: str
    matter: str
    safety_flags: list[str]

    @property
    def called(self) -> str:
        """Both sides and the number, several on a side counted: "张三等9方与李四 （2026）东人调字第7号"."""
        sides = [names.split("、") for names in (self.claimants, self.respondents) if names]
        names = "与".join(side[0] + (f"等{len(side)}方" if len(side) > 1 else "") for side in sides)
        return f"{names} {self.number}".rstrip()


class CaseRecords:
    """Reads and writes cases."""

    def __init__(self, within: "Records") -> None:
        self._within = within

    @property
    def _session(self) -> Session:
        return self._within.session

    @property
    def _seen(self) -> ColumnElement[bool]:
        return visible(self._within.sight, cases.c.id)

    def add(self, case: Case) -> Case:
        """Insert a new case with all its parts (see `insertion.py` for why so); its id is known then.

        Returns it, or the case that is there already under the same uid. Its query code follows from that.
        """
        case.query_code = query_code(case.uid)
        if insert_whole(self._within.connection, case):
            return case
        return self._session.scalars(
            select(Case).where(cases.c.centre_id == case.centre_id, cases.c.uid == case.uid)
        ).one()

    def get(self, case_id: int) -> Case:
        """The whole case. Raises `NotFound`, or `NotAllowed` when it is out of sight."""
        refuse_unless_seen(self._session, case_id)
        case = one(self._session, Case, case_id)
        if case is None:
            raise NotFound("找不到这个案件，可能已被移走。请刷新列表。")
        return case

    def whole(self, ids: Sequence[int]) -> Iterator[Case]:
        """The whole cases of these ids, one after the other in their order; those out of sight are left out.

        Some hundred are read at a time, as each statement then brings the parts of all of them.
        """
        for at in range(0, len(ids), _WHOLE_AT_A_TIME):
            some = ids[at : at + _WHOLE_AT_A_TIME]
            query = select(Case).where(cases.c.centre_id == the_centre, cases.c.id.in_(some), self._seen)
            found = {case.id: case for case in self._session.scalars(query)}
            yield from (found[each] for each in some if each in found)

    def id_of_uid(self, uid: str) -> int | None:
        return self._session.execute(
            select(cases.c.id).where(cases.c.centre_id == the_centre, cases.c.uid == uid, self._seen)
        ).scalar()

    def id_of_query_code(self, typed: str) -> int:
        """The case of the code on a visitor's receipt, the newest should two share one. Raises `NotFound`."""
        code = read_query_code(typed)
        asked = cases.c.centre_id == the_centre, cases.c.query_code == code
        query = select(cases.c.id).where(*asked, self._seen).order_by(cases.c.id.desc())
        case_id = self._session.execute(query).scalar() if code else None
        if case_id is None:
            raise NotFound(f"没有查询码为“{typed}”的案件。请核对回执上的查询码。")
        return int(case_id)

    def id_of_number(self, number: str) -> int:
        """The case with that number; brackets and spaces do not matter. Raises `NotFound`."""
        asked = cases.c.centre_id == the_centre, cases.c.number == number
        exact = self._session.execute(select(cases.c.id).where(*asked, self._seen)).scalar()
        if number and exact is not None:
            return int(exact)
        wanted = loosely(number)
        every = select(cases.c.id, cases.c.number).where(
            cases.c.centre_id == the_centre, cases.c.number != "", self._seen
        )
        for case_id, text in self._session.execute(every):
            if loosely(text) == wanted:
                return int(case_id)
        raise NotFound(f"没有编号为“{number}”的案件。请核对编号。")

    def ids_of_meeting(self, meeting: str, held_on: date) -> list[int]:
        """The cases that a conference of that day was about, in its order."""
        query = (
            select(conferences.c.case_id)
            .where(
                conferences.c.centre_id == the_centre,
                conferences.c.held_on == held_on,
                conferences.c.meeting == meeting,
                visible(self._within.sight, conferences.c.case_id),
            )
            .order_by(conferences.c.id)
        )
        return list(self._session.scalars(query))

    def ids(
        self, wanted: CaseFilter | None = None, order: Order | None = None, most: int | None = None
    ) -> "array[int]":
        """Ids of the matching cases, newest first unless told: 8 bytes a case, however long the list.

        Only the first `most` where told: those a window shows at once, whatever else is still to come.
        """
        wanted, order = wanted or CaseFilter(), order or Order()
        if wanted.query:
            return self._looked_up(wanted, order, most)
        query = select(cases.c.id).where(cases.c.centre_id == the_centre, self._seen)
        query = _narrowed(query, wanted).order_by(*order.columns()).limit(most)
        found = self._session.connection().execute(query).cursor
        ids = array("q")
        while found is not None and (rows := found.fetchmany(_IDS_AT_A_TIME)):
            ids.extend(chain.from_iterable(rows))
        return ids

    def _looked_up(self, wanted: CaseFilter, order: Order, most: int | None) -> "array[int]":
        """What the index of search words finds, newest first or put into another order afterwards."""
        query, among = wanted.as_query(), wanted.among
        if order == Order() and among is None:
            return array("q", self._within.search.ids(query, limit=most))
        found = self._within.search.ids(query)
        if among is not None:
            found = [each for each in found if each in among]
        if order == Order():
            return array("q", found[:most])
        if len(found) < _SORTED_AT_ONCE:
            ordered = select(cases.c.id).where(cases.c.centre_id == the_centre, cases.c.id.in_(found))
        else:  # a list that long holds a good part of all cases
            ordered = select(cases.c.id).where(cases.c.centre_id == the_centre)
        meant = set(found)
        ids = self._session.connection().execute(ordered.order_by(*order.columns())).scalars()
        return array("q", islice((each for each in ids if each in meant), most))

    def count(self) -> int | None:
        """How many cases there are, as the steps keep count of them; None for somebody who may not see all."""
        sight = self._within.sight
        if sight is not None and not sight.all_cases:
            return None
        return sum(kept_counts(self._session).values()) - len(sight.kept if sight else ())

    def rows(self, ids: Iterable[int]) -> list[CaseRow]:
        """Light rows for these ids, in their order; ids that are gone are left out. Three statements, however many."""
        wanted = {"ids": list(ids)}
        if not wanted["ids"]:
            return []
        self._session.flush()
        connection = self._within.connection
        names = _joined((row[:2], row[2]) for row in connection.execute(_PARTY_NAMES, wanted))
        people = _joined(connection.execute(_MEDIATOR_NAMES, wanted))
        found = {}
        asked = _LINES if self._within.sight is None else _LINES.where(self._seen)
        for case_id, number, stage, registered_at, kind, matter, flags in connection.execute(asked, wanted):
            sides = names.get((case_id, Side.CLAIMANT), ""), names.get((case_id, Side.RESPONDENT), "")
            mediator = people.get(case_id, "")
            found[case_id] = CaseRow(case_id, number, stage, registered_at, kind, *sides, mediator, matter, flags)
        return [found[each] for each in wanted["ids"] if each in found]

    def party_names(self, ids: Iterable[int]) -> dict[tuple[int, int], str]:
        """The names of the parties of these cases, by case and number."""
        wanted = list(ids)
        if not wanted:
            return {}
        query = select(parties.c.case_id, parties.c.no, parties.c.name).where(
            parties.c.centre_id == the_centre,
            parties.c.case_id.in_(wanted),
            visible(self._within.sight, parties.c.case_id),
        )
        return {(case_id, no): name for case_id, no, name in self._session.execute(query)}

    def notes(self, case_id: int) -> list[ConfidentialNote]:
        """The confidential notes of a case: only for the window, never for a paper or an export.

        Raises `NotAllowed` when the case is out of sight.
        """
        refuse_unless_seen(self._session, case_id)
        query = (
            select(ConfidentialNote)
            .where(confidential_notes.c.centre_id == the_centre, confidential_notes.c.case_id == case_id)
            .order_by(confidential_notes.c.id)
        )
        return list(self._session.scalars(query))

    def add_note(self, note: ConfidentialNote) -> None:
        self._session.add(note)

    def keep_paper(self, case: Case, agreement: Agreement, pdf: bytes) -> None:
        """Keep the very bytes of a frozen agreement: every later print is this paper."""
        self._session.flush()
        self._session.execute(
            insert(frozen_papers).values(centre_id=case.centre_id, agreement_id=agreement.id, pdf=pdf)
        )

    def kept_paper(self, agreement: Agreement) -> bytes:
        """The bytes kept by `keep_paper`. Raises `NotFound`, or `NotAllowed` when the case is out of sight."""
        whose = select(agreements.c.case_id).where(
            agreements.c.centre_id == the_centre, agreements.c.id == agreement.id
        )
        refuse_unless_seen(self._session, self._session.execute(whose).scalar())
        pdf = self._session.execute(
            select(frozen_papers.c.pdf).where(
                frozen_papers.c.centre_id == the_centre, frozen_papers.c.agreement_id == agreement.id
            )
        ).scalar()
        if pdf is None:
            raise NotFound("这份协议没有定稿时存下的正式文本，不能打印。")
        return bytes(pdf)


# Put together once: each costs as much to put together as to run.
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_LINES = select(
    cases.c.id,
    cases.c.number,
    cases.c.stage,
    cases.c.registered_at,
    cases.c.dispute_kind,
    func.substr(cases.c.matter, 1, 120),
    cases.c.safety_flags,
).where(cases.c.centre_id == the_centre, cases.c.id.in_(_IDS))
_PARTY_NAMES = (
    select(parties.c.case_id, parties.c.side, parties.c.name)
    .where(parties.c.centre_id == the_centre, parties.c.case_id.in_(_IDS))
    .order_by(parties.c.case_id, parties.c.id)
)
_MEDIATOR_NAMES = (
    select(assignments.c.case_id, mediators.c.name)
    .join(
        mediators, and_(mediators.c.centre_id == assignments.c.centre_id, mediators.c.id == assignments.c.mediator_id)
    )
    .where(assignments.c.centre_id == the_centre, assignments.c.case_id.in_(_IDS), assignments.c.ended_on.is_(None))
    .order_by(assignments.c.case_id, assignments.c.id)
)


def _joined(names: Iterable[tuple[_K, str]]) -> dict[_K, str]:
    """The names of each key, joined by 、."""
    several: dict[_K, list[str]] = {}
    for key, name in names:
        several.setdefault(key, []).append(name)
    return {key: "、".join(each) for key, each in several.items()}


def _narrowed(query: Select[Any], wanted: CaseFilter) -> Select[Any]:
    if wanted.stages:
        query = query.where(cases.c.stage.in_(wanted.stages))
    if wanted.dispute_kind:
        query = query.where(cases.c.dispute_kind == wanted.dispute_kind)
    if wanted.since:
        query = query.where(cases.c.registered_at >= datetime.combine(wanted.since, datetime.min.time()))
    if wanted.until:
        query = query.where(cases.c.registered_at <= datetime.combine(wanted.until, datetime.max.time()))
    if wanted.among is not None:  # there may be more of them than a statement may have blanks
        among: BindParameter[list[int]] = bindparam("among", sorted(wanted.among), expanding=True, literal_execute=True)
        query = query.where(cases.c.id.in_(among))
    if wanted.mediator_id is not None:
        query = query.where(
            cases.c.id.in_(
                select(assignments.c.case_id).where(
                    assignments.c.centre_id == the_centre,
                    assignments.c.mediator_id == wanted.mediator_id,
                    assignments.c.ended_on.is_(None),
                )
            )
        )
    return query
