"""What mediators wish for the roster: half-days they would like, or would rather not. Limited, so that all count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.duty_roster import Wish
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.services.calendar import opening
from mediation_desk.services.duty_month import Limits, days_of
from mediation_desk.store.records import Records

STRONGEST = 3


class WishTyped(NamedTuple):
    """A wish as it was told: -3 (rather not) to 3 (gladly)."""

    person_id: int
    half_day: HalfDay
    weight: int


@needs(Right.ROSTER)
def wish(records: Records, act: Act, person_id: int, half_day: HalfDay, weight: int) -> None:
    """Keep a wish of somebody for a half-day; a later one for the same half-day replaces it, 0 takes it back."""
    person = records.mediators.get(person_id)
    month = _read(records, act, half_day.day)
    if weight == 0:
        before = month.found(person_id, half_day)
        if before is not None:
            records.rosters.remove(before)
        return
    typed = WishTyped(person_id, half_day, weight)
    refuse_unless(-STRONGEST <= weight <= STRONGEST, f"愿望强度应为-{STRONGEST}至{STRONGEST}。")
    why_not = month.why_not(typed)
    refuse_unless(why_not is None, f"{person.name} {half_day.in_month}：{why_not}，没有登记。")
    _keep(records, act, month, typed)
    records.flush()


@needs(Right.ROSTER)
def take_wishes(records: Records, act: Act, told: Iterable[WishTyped]) -> list[str]:
    """Keep the wishes of a list, all of one month. Returns what was left out, and why, a sentence each."""
    told = list(told)
    if not told:
        return []
    month = _read(records, act, told[0].half_day.day)
    said: dict[str, None] = {}
    for each in told:
        name = records.mediators.get(each.person_id).name
        why_not = month.why_not(each)
        if why_not is None:
            _keep(records, act, month, each)
        elif month.is_full(each):
            most = month.limits.wishes_most
            said[f"{name} 愿望超过{most}条，取前{most}条"] = None
        else:
            said[f"{name} {each.half_day.in_month} {why_not}，忽略"] = None
    records.flush()
    return list(said)


@dataclass(frozen=True)
class _MonthOfWishes:
    """What wishes of a month are measured by; `wishes` grows as more are kept."""

    now: HalfDay
    opening: Opening
    leaves: list[Leave]
    wishes: list[Wish]
    limits: Limits

    def found(self, person_id: int, half_day: HalfDay) -> Wish | None:
        return next((each for each in self._of(person_id) if each.half_day == half_day), None)

    def why_not(self, typed: WishTyped) -> str | None:
        """Why a wish cannot be kept, None when it can."""
        person_id, half_day, weight = typed
        strength = sum(abs(each.weight) for each in self._others(typed)) + abs(weight)
        if half_day <= self.now:
            return "该半天已过"
        if not self.opening.is_open(half_day):
            return f"该半天不开放（{self.opening.why(half_day)}）"
        if any(each.mediator_id == person_id and each.covers(half_day) for each in self.leaves):
            return "与请假重复"
        if self.is_full(typed):
            return f"本月愿望已满{self.limits.wishes_most}条，请先取消一条"
        if strength > self.limits.wish_weight_most:
            return f"本月愿望强度合计{strength}，超过{self.limits.wish_weight_most}"
        return None

    def is_full(self, typed: WishTyped) -> bool:
        return len(self._others(typed)) >= self.limits.wishes_most

    def _others(self, typed: WishTyped) -> list[Wish]:
        return [each for each in self._of(typed.person_id) if each.half_day != typed.half_day]

    def _of(self, person_id: int) -> list[Wish]:
        return [each for each in self.wishes if each.mediator_id == person_id]


def _read(records: Records, act: Act, day: date) -> _MonthOfWishes:
    days = days_of(day.replace(day=1))
    return _MonthOfWishes(
        now=HalfDay.of(act.at),
        opening=opening(records, act, days[0], days[-1]),
        leaves=records.presence.leaves(days[0], days[-1]),
        wishes=records.rosters.wishes(days[0], days[-1]),
        limits=Limits.on(act.rules, max(days[0], act.today)),
    )


def _keep(records: Records, act: Act, month: _MonthOfWishes, typed: WishTyped) -> None:
    before = month.found(typed.person_id, typed.half_day)
    if before is not None:
        before.weight, before.by_id, before.recorded_at = typed.weight, act.by_id, act.at
        return
    kept = Wish(
        mediator_id=typed.person_id,
        day=typed.half_day.day,
        half=typed.half_day.half,
        weight=typed.weight,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    records.rosters.add(kept)
    month.wishes.append(kept)
