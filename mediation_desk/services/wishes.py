"""What mediators wish for the roster: half-days they would like, or would rather not. Limited, so that all count."""

from typing import NamedTuple

from mediation_desk.domain.duty_roster import Wish
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.services.act import Act
from mediation_desk.services.calendar import opening
from mediation_desk.services.duty_month import Limits, days_of
from mediation_desk.store.records import Records

STRONGEST = 3


class WishTyped(NamedTuple):
    """A wish as it came in from a list: -3 (rather not) to 3 (gladly)."""

    person_id: int
    half_day: HalfDay
    weight: int


def wish(records: Records, act: Act, person_id: int, half_day: HalfDay, weight: int) -> None:
    """Keep a wish of somebody for a half-day; a later one for the same half-day replaces it, 0 takes it back."""
    person = records.mediators.get(person_id)
    month = half_day.day.replace(day=1)
    held = [each for each in records.rosters.wishes(month, days_of(month)[-1]) if each.mediator_id == person_id]
    before = next((each for each in held if each.half_day == half_day), None)
    if weight == 0:
        if before is not None:
            records.rosters.remove(before)
        return
    refuse_unless(-STRONGEST <= weight <= STRONGEST, f"愿望强度应为-{STRONGEST}至{STRONGEST}。")
    refuse_unless(half_day > HalfDay.of(act.at), f"{half_day.label}已过，不用再填愿望。")
    calendar = opening(records, act, half_day.day, half_day.day)
    refuse_unless(calendar.is_open(half_day), f"{half_day.label}不开放（{calendar.why(half_day)}），不用填愿望。")
    leaves = records.presence.leaves(half_day.day, half_day.day, mediator_id=person_id)
    refuse_unless(not any(each.covers(half_day) for each in leaves), f"{person.name}该半天已请假，不用填愿望。")
    others = [each for each in held if each is not before]
    limits = Limits.on(act.rules, max(month, act.today))
    refuse_unless(len(others) < limits.wishes_most, f"{person.name}本月愿望已满{limits.wishes_most}条，请先取消一条。")
    strength = sum(abs(each.weight) for each in others) + abs(weight)
    refuse_unless(
        strength <= limits.wish_weight_most,
        f"{person.name}本月愿望强度合计{strength}，超过{limits.wish_weight_most}，请减弱或取消一条。",
    )
    if before is None:
        records.rosters.add(
            Wish(
                mediator_id=person_id,
                day=half_day.day,
                half=half_day.half,
                weight=weight,
                by_id=act.by_id,
                recorded_at=act.at,
            )
        )
    else:
        before.weight, before.by_id, before.recorded_at = weight, act.by_id, act.at
    records.flush()
