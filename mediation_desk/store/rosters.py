"""Duty rosters, and what they are made for: posts, wishes, units that do not meet, and swaps."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mediation_desk.domain.duty_roster import (
    DutyRoster,
    Post,
    RosterState,
    SwapRequest,
    SwapState,
    UnitClash,
    Wish,
)
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.half_day import Half
from mediation_desk.store.centre import CentreRecords, one, the_centre
from mediation_desk.store.duty_schema import duty_rosters, duty_shifts, posts, swap_requests, unit_clashes, wishes


class ShiftRow(NamedTuple):
    """A shift of a roster in force."""

    day: date
    half: Half
    post_id: int
    mediator_id: int


class RosterVersionRow(NamedTuple):
    """A version of a month's roster without its shifts."""

    id: int
    version: int
    state: RosterState
    reason: str
    method: str
    unconfirmed: bool
    by_id: int
    made_at: datetime
    published_by_id: int | None
    published_at: datetime | None


_VERSION = [duty_rosters.c[name] for name in RosterVersionRow._fields]
_SHIFT = [duty_shifts.c[name] for name in ShiftRow._fields]


class RosterRecords:
    """Reads and writes rosters. A month is named by its first day; days from `first` to `last` include both."""

    def __init__(self, session: Session, centre: CentreRecords) -> None:
        self._session = session
        self._centre = centre

    def add(self, record: Post | UnitClash | Wish | DutyRoster | SwapRequest) -> None:
        self._centre.add_own(record)

    def remove(self, record: UnitClash | Wish | DutyRoster) -> None:
        """Take away what nobody needs to read any more; of rosters only a draft."""
        self._session.delete(record)
        self._session.flush()  # so that another may take its place in the same transaction

    def posts(self) -> list[Post]:
        """All posts, given up ones included, in order of entry."""
        return list(self._session.scalars(select(Post).where(posts.c.centre_id == the_centre).order_by(posts.c.id)))

    def post(self, post_id: int) -> Post:
        """Raises `NotFound`."""
        post = one(self._session, Post, post_id)
        if post is None:
            raise NotFound("找不到这个岗位。请刷新。")
        return post

    def clashes(self) -> list[UnitClash]:
        query = select(UnitClash).where(unit_clashes.c.centre_id == the_centre).order_by(unit_clashes.c.id)
        return list(self._session.scalars(query))

    def wishes(self, first: date, last: date) -> list[Wish]:
        """Wishes for those days, in the order they were told."""
        query = (
            select(Wish)
            .where(wishes.c.centre_id == the_centre, wishes.c.day.between(first, last))
            .order_by(wishes.c.id)
        )
        return list(self._session.scalars(query))

    def get(self, roster_id: int) -> DutyRoster:
        """One version with its shifts. Raises `NotFound`."""
        roster = one(self._session, DutyRoster, roster_id)
        if roster is None:
            raise NotFound("找不到这一版排班，可能已被删除。请刷新。")
        return roster

    def draft(self, month: date) -> DutyRoster | None:
        """What is being worked on for that month."""
        return self._newest(month, RosterState.DRAFT)

    def published(self, month: date) -> DutyRoster | None:
        """The roster of that month that is in force."""
        return self._newest(month, RosterState.PUBLISHED)

    def _newest(self, month: date, state: RosterState) -> DutyRoster | None:
        query = (
            select(DutyRoster)
            .where(duty_rosters.c.centre_id == the_centre, duty_rosters.c.month == month, duty_rosters.c.state == state)
            .order_by(duty_rosters.c.version.desc())
            .limit(1)
        )
        return self._session.scalars(query).first()

    def versions(self, month: date) -> list[RosterVersionRow]:
        """All versions of that month, the oldest first."""
        self._session.flush()
        query = (
            select(*_VERSION)
            .where(duty_rosters.c.centre_id == the_centre, duty_rosters.c.month == month)
            .order_by(duty_rosters.c.version)
        )
        return [RosterVersionRow(*row) for row in self._session.execute(query)]

    def has_published(self, month: date) -> bool:
        self._session.flush()
        query = select(duty_rosters.c.id).where(
            duty_rosters.c.centre_id == the_centre,
            duty_rosters.c.month == month,
            duty_rosters.c.state == RosterState.PUBLISHED,
        )
        return self._session.execute(query.limit(1)).first() is not None

    def shifts(self, first: date, last: date) -> list[ShiftRow]:
        """Who is on duty where on those days by the rosters in force; sorted by time, post and person."""
        self._session.flush()
        query = (
            select(*_SHIFT)
            .join(
                duty_rosters,
                and_(duty_rosters.c.centre_id == duty_shifts.c.centre_id, duty_rosters.c.id == duty_shifts.c.roster_id),
            )
            .where(
                duty_shifts.c.centre_id == the_centre,
                duty_shifts.c.day.between(first, last),
                duty_rosters.c.state == RosterState.PUBLISHED,
            )
            .order_by(*_SHIFT)
        )
        return [ShiftRow(*row) for row in self._session.execute(query)]

    def swap(self, swap_id: int) -> SwapRequest:
        """Raises `NotFound`."""
        swap = one(self._session, SwapRequest, swap_id)
        if swap is None:
            raise NotFound("找不到这条换班申请。请刷新。")
        return swap

    def swaps(self, month: date | None = None, states: Iterable[SwapState] = ()) -> list[SwapRequest]:
        """Requests in the order they were made, of one month or in some states where asked."""
        query = select(SwapRequest).where(swap_requests.c.centre_id == the_centre).order_by(swap_requests.c.id)
        if month is not None:
            query = query.where(swap_requests.c.month == month)
        if wanted := list(states):
            query = query.where(swap_requests.c.state.in_(wanted))
        return list(self._session.scalars(query))
