"""A small centre for tests of rosters: posts, rotating mediators of several professions, and what happens to them.

People have no numbers at all; the month is December 2026, seen on 23 November.
"""

from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.duty_roster import DutyRoster, Post, SwapRequest
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import Level, LevelName, Method, Placing, RosterSolution
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.posts import save_post
from mediation_desk.services.presence import LeaveAsked, take_leave
from mediation_desk.services.roster_making import keep_draft, problem_of, publish
from tests.desk import Desk, uid

MONTH = date(2026, 12, 1)
AM, PM = Half.AM, Half.PM


def at(day: int, half: Half = Half.AM, month: date = MONTH) -> HalfDay:
    return HalfDay(month.replace(day=day), half)


class Duty:
    """A desk whose rosters are made. Everybody of `furnish` stays; rotating people and posts are added by name."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ids: dict[str, int] = {}
        self._made = 500

    def uid(self) -> str:
        self._made += 1
        return uid(self._made)

    def post(self, name: str = "律师", profession: str = "lawyer", /, **facts: object) -> int:
        post = Post(uid=self.uid(), name=name, profession=profession, **facts)  # type: ignore[arg-type]  # any field
        kept = self.desk.do(save_post, post)
        assert kept.id is not None
        return kept.id

    def person(self, name: str, profession: str = "lawyer", /, **facts: object) -> int:
        told = {"presence": Presence.ROTATING, "unit": f"{name}所"} | facts
        person = Mediator(uid=self.uid(), name=name, profession=profession, **told)  # type: ignore[arg-type]  # any field
        kept = self.desk.do(save_mediator, person)
        assert kept.id is not None
        self.ids[name] = kept.id
        return kept.id

    def people(self, names: Iterable[str], profession: str = "lawyer", /, **facts: object) -> list[int]:
        return [self.person(name, profession, **facts) for name in names]

    def leave(self, person_id: int, first: HalfDay, last: HalfDay | None = None, **facts: object) -> Leave:
        last = last or first
        asked = LeaveAsked(
            mediator_id=person_id,
            first_day=first.day,
            first_half=first.half,
            last_day=last.day,
            last_half=last.half,
            **facts,  # type: ignore[arg-type]  # any field
        )
        return self.desk.do(take_leave, asked).leave

    def draft(self, *placings: Placing, month: date = MONTH) -> DutyRoster:
        """Keep these shifts as if the solver had found them, proven; without any, what the simple way finds."""
        if placings:
            level = Level(LevelName.SHORTAGE, 0, 0, proven=True)
            solution = RosterSolution(frozenset(placings), {}, (level,), Method.SOLVER)
        else:
            solution = fill(self.desk.do(problem_of, month))
        return self.desk.do(keep_draft, month, solution)

    def published(self, *placings: Placing, month: date = MONTH, reason: str = "调整") -> DutyRoster:
        self.draft(*placings, month=month)
        return self.desk.do(publish, month, reason)

    def swap(self, given: Placing, taker_id: int, back: Placing | None = None) -> SwapRequest:
        return SwapRequest(
            uid=self.uid(),
            month=MONTH,
            asker_id=given.person_id,
            day=given.half_day.day,
            half=given.half_day.half,
            post_id=given.post_id,
            taker_id=taker_id,
            back_day=back.half_day.day if back else None,
            back_half=back.half_day.half if back else None,
            back_post_id=back.post_id if back else None,
            by_id=0,
            asked_at=self.desk.now,
        )


def placings(roster: DutyRoster) -> set[Placing]:
    return {shift.placing for shift in roster.shifts}
