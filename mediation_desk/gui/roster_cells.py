"""What a cell of the roster says, to the eye and in words: one person on one half-day, one post on one half-day."""

from typing import NamedTuple

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.roster_problem import Blocker
from mediation_desk.gui.roster_signs import Sign, signs_of
from mediation_desk.services.roster_view import PersonShown, RosterMonth

MARKS = {Blocker.ON_LEAVE: "假", Blocker.NOT_COMING: "·", Blocker.CALLED_AWAY: "另"}
"""What is shown where somebody cannot come."""


class Ground(NamedTuple):
    """What lies under a cell: whether the centre is open then, whether nobody likes it, whether it is over."""

    is_open: bool = True
    is_unpopular: bool = False
    is_past: bool = False


class CellLook(NamedTuple):
    """How a cell of a person looks. Equal looks are drawn once.

    `post` is shown now, `was` is what the published roster says where that differs, both as signs. `mark` tells why
    somebody cannot come; with a post beside it the shift will not be served.
    """

    ground: Ground
    post: Sign | None = None
    was: Sign | None = None
    is_changed: bool = False
    is_locked: bool = False
    mark: str = ""
    wish: int = 0


class NeedLook(NamedTuple):
    """How a cell of a post looks: so many are wanted and so many missing; `wanted` 0 where the post is not manned."""

    ground: Ground
    wanted: int = 0
    short: int = 0
    is_planned: bool = True


class MonthCells:
    """The cells of a month. Half-days are numbered as the columns of the grid: two a day, open or not."""

    def __init__(self, month: RosterMonth) -> None:
        self.month = month
        self.signs = signs_of(month.posts)
        self.half_days = [HalfDay(day, half) for day in month.days for half in Half]
        self.grounds = [
            Ground(each in month.open, each in month.unpopular, each in month.past) for each in self.half_days
        ]
        self.is_planned = month.draft is not None or month.published is not None
        self._compares = month.draft is not None and month.published is not None

    def look(self, person_id: int, column: int) -> CellLook:
        ground = self.grounds[column]
        cell = person_id, self.half_days[column]
        shift = self.month.shifts.get(cell)
        if not ground.is_open and shift is None:
            return CellLook(ground)
        blocker = self.month.blocked.get(cell)
        post_id = shift.post_id if shift else None
        published_id = self.month.published_shifts.get(cell)
        is_changed = self._compares and post_id != published_id
        return CellLook(
            ground,
            self._sign(post_id),
            self._sign(published_id) if is_changed else None,
            is_changed,
            shift is not None and shift.locked,
            MARKS.get(blocker, "") if blocker else "",
            self.month.wishes.get(cell, 0),
        )

    def words(self, person: PersonShown, column: int) -> str:
        """All that is known of a cell, in one line."""
        half_day = self.half_days[column]
        cell = person.id, half_day
        look = self.look(person.id, column)
        told = [look.post.name if look.post else ""]
        if not look.ground.is_open:
            told.append(f"休息（{self.month.closed_why.get(half_day, '')}）")
        if look.is_locked:
            told.append("已锁定")
        if shift := self.month.shifts.get(cell):
            told.append(shift.source.label)
        if look.is_changed:
            told.append(f"已发布的是{look.was.name if look.was else '空'}")
        if blocker := self.month.blocked.get(cell):
            told.append(f"{blocker.label}{'，班次没有人上' if look.post else ''}")
        if look.wish:
            told.append(wish_in_words(look.wish))
        if look.ground.is_unpopular:
            told.append("少有人愿上的半天")
        said = "；".join(filter(None, told)) or "空"
        return f"{person.name} {half_day.in_month}：{said}"

    def need_look(self, post_id: int, column: int) -> NeedLook:
        place = self.half_days[column], post_id
        need = self.month.needs.get(place)
        wanted = need.wanted if need else 0
        return NeedLook(self.grounds[column], wanted, self.month.short.get(place, 0), self.is_planned)

    def total_look(self, column: int) -> NeedLook:
        """All posts together."""
        looks = [self.need_look(post_id, column) for post_id in self.signs]
        wanted, short = sum(look.wanted for look in looks), sum(look.short for look in looks)
        return NeedLook(self.grounds[column], wanted, short, self.is_planned)

    def need_words(self, post_id: int | None, column: int) -> str:
        """What a cell of the footer says; `post_id` None for all posts together."""
        half_day = self.half_days[column]
        name = self.signs[post_id].name if post_id is not None else "各岗位合计"
        look = self.total_look(column) if post_id is None else self.need_look(post_id, column)
        return f"{half_day.in_month} {name}：{need_in_words(look)}"

    def _sign(self, post_id: int | None) -> Sign | None:
        return self.signs.get(post_id) if post_id is not None else None


def need_in_words(look: NeedLook) -> str:
    if not look.wanted:
        return "不设岗" if look.ground.is_open else "休息"
    if not look.is_planned:
        return f"需{look.wanted}人，还没有排班"
    there = look.wanted - look.short
    return f"需{look.wanted}人，有{there}人" + (f"，缺{look.short}人" if look.short else "")


def wish_in_words(weight: int) -> str:
    return f"{'愿意来' if weight > 0 else '不愿来'}（{abs(weight)}级）" if weight else "没有愿望"
