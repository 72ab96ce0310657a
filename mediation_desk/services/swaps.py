"""Swaps of published shifts: one mediator asks, the other answers, and a new version of the roster carries it out.

Both sides must agree. What was asked and answered stays to be read, whatever became of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.duty_roster import DutyRoster, DutyShift, ShiftSource, SwapRequest, SwapState
from mediation_desk.domain.errors import Fault, RuleBroken, refuse_unless
from mediation_desk.domain.fairness import in_shifts
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.rights import Right
from mediation_desk.domain.roster_problem import TENTHS, Blocker, Placing
from mediation_desk.domain.roster_tally import RosterTally
from mediation_desk.services.act import Act, needs
from mediation_desk.services.duty_month import DutyMonth, read_month
from mediation_desk.services.fairness import carried_into
from mediation_desk.services.month_problem import bare_problem, broken_by
from mediation_desk.services.roster_making import put_in_force, uid_of
from mediation_desk.store.records import Records

OPEN = (SwapState.ASKED, SwapState.AGREED)


class Effect(NamedTuple):
    """Tenths of a shift above (+) or below (-) the fair part, before and after the swap."""

    before: int
    after: int

    @property
    def in_words(self) -> str:
        """多1.2班→多0.2班."""
        return "→".join(_distance(each) for each in self)


@dataclass(frozen=True)
class Taker:
    """Somebody qualified for the post of a shift. `blocker`: why not, None for who could take it."""

    person_id: int
    name: str
    blocker: Blocker | None
    asker: Effect
    taker: Effect


@dataclass(frozen=True)
class SwapShown:
    """A request with what stands against it now; nothing while it can be carried out."""

    swap: SwapRequest
    against: tuple[str, ...]


def takers(records: Records, act: Act, month: date, person_id: int, half_day: HalfDay) -> list[Taker]:
    """Everybody qualified for a published shift: who could take it first, whoever carried least before others."""
    known = read_month(records, act, month)
    shift = _published_shift(known, person_id, half_day)
    placings = known.in_force
    problem = bare_problem(known, carried_into(records, act, known.month, known.mediators.values()))
    tally = RosterTally(problem, placings, len(placings))
    gives = tally.total[person_id]
    found = [
        Taker(
            person.id,
            person.name,
            tally.blocker(person, half_day, shift.post_id, instead_of=shift),
            Effect(gives, gives - TENTHS),
            Effect(tally.total[person.id], tally.total[person.id] + TENTHS),
        )
        for person in problem.people
        if person.id != person_id and shift.post_id in person.posts
    ]
    return sorted(found, key=lambda each: (each.blocker is not None, each.taker.before, each.person_id))


def returns(records: Records, act: Act, month: date, person_id: int, half_day: HalfDay, taker_id: int) -> list[Placing]:
    """Which shifts of the taker could be taken over in return, so that the swap breaks no rule."""
    known = read_month(records, act, month)
    shift = _published_shift(known, person_id, half_day)
    before = known.in_force
    return [
        back
        for back in sorted(before)
        if back.person_id == taker_id
        and back.half_day > known.now
        and not broken_by(known, _swapped(before, shift, taker_id, back), before)
    ]


@needs(Right.ROSTER)
def ask_swap(records: Records, act: Act, request: SwapRequest) -> SwapRequest:
    """Record that one mediator asks another. Raises `RuleBroken` where the swap would break a rule."""
    request.month = request.day.replace(day=1)
    known = read_month(records, act, request.month)
    request.by_id, request.asked_at, request.state = act.by_id, act.at, SwapState.ASKED
    same = [
        each
        for each in records.rosters.swaps(request.month, OPEN)
        if (each.asker_id, each.day, each.half) == (request.asker_id, request.day, request.half)
    ]
    refuse_unless(not same, "这个班次已有换班申请在办，请先撤回。")
    _refuse_if(_against(known, request))
    records.rosters.add(request)
    records.flush()
    return request


@needs(Right.ROSTER)
def answer_swap(records: Records, act: Act, swap_id: int, *, agrees: bool, note: str = "") -> SwapRequest:
    """Record what the other side says."""
    swap = records.rosters.swap(swap_id)
    refuse_unless(swap.state is SwapState.ASKED, f"这条换班申请{swap.state.label}，不能再答复。")
    swap.state = SwapState.AGREED if agrees else SwapState.REFUSED
    swap.answer_note, swap.answered_at = note.strip(), act.at
    records.flush()
    return swap


@needs(Right.ROSTER)
def withdraw_swap(records: Records, _act: Act, swap_id: int) -> SwapRequest:
    """Take a request back, before it is carried out."""
    swap = records.rosters.swap(swap_id)
    refuse_unless(swap.state in OPEN, f"这条换班申请{swap.state.label}，不能再撤回。")
    swap.state = SwapState.WITHDRAWN
    records.flush()
    return swap


@needs(Right.ROSTER)
def carry_out_swap(records: Records, act: Act, swap_id: int) -> DutyRoster:
    """Put a new version in force with the shifts swapped, in the draft too. Raises `RuleBroken` with the reasons."""
    swap = records.rosters.swap(swap_id)
    refuse_unless(swap.state is SwapState.AGREED, f"这条换班申请{swap.state.label}；双方同意后才能换班。")
    known = read_month(records, act, swap.month)
    _refuse_if(_against(known, swap))
    published = known.published
    assert published is not None
    version = max(each.version for each in records.rosters.versions(swap.month)) + 1
    roster = DutyRoster(
        uid=uid_of(records, act, swap.month, version),
        month=swap.month,
        version=version,
        reason=_in_words(known, swap),
        unconfirmed=not known.confirmed,
        by_id=act.by_id,
        made_at=act.at,
        shifts=[replace(shift) for shift in published.shifts],
    )
    records.rosters.add(roster)
    _apply(roster, swap)
    put_in_force(records, act, roster, published)
    if known.draft is not None:
        _apply(known.draft, swap, locked=True)
    swap.state, swap.done_at, swap.roster_version = SwapState.DONE, act.at, roster.version
    records.flush()
    return roster


def swaps_of(records: Records, act: Act, month: date) -> list[SwapShown]:
    """All requests of a month, the newest first, with what stands against those still open."""
    known = read_month(records, act, month)
    return [
        SwapShown(each, tuple(_against(known, each)) if each.state in OPEN else ())
        for each in reversed(records.rosters.swaps(known.month))
    ]


def _published_shift(known: DutyMonth, person_id: int, half_day: HalfDay) -> Placing:
    placings = known.in_force
    shift = next((each for each in placings if (each.person_id, each.half_day) == (person_id, half_day)), None)
    refuse_unless(shift, f"已发布的排班中{half_day.label}没有这个班次。请刷新。")
    assert shift is not None
    refuse_unless(half_day > known.now, f"{half_day.label}已过，不能再换班。")
    return shift


def _given(swap: SwapRequest) -> Placing:
    return Placing(HalfDay(swap.day, swap.half), swap.post_id, swap.asker_id)


def _returned(swap: SwapRequest) -> Placing | None:
    if swap.back_day is None or swap.back_half is None or swap.back_post_id is None:
        return None
    return Placing(HalfDay(swap.back_day, swap.back_half), swap.back_post_id, swap.taker_id)


def _swapped(before: frozenset[Placing], given: Placing, taker_id: int, back: Placing | None) -> frozenset[Placing]:
    after = before - {given} | {given._replace(person_id=taker_id)}
    return after - {back} | {back._replace(person_id=given.person_id)} if back else after


def _against(known: DutyMonth, swap: SwapRequest) -> list[str]:
    """What stands against a swap as things are now."""
    given, back = _given(swap), _returned(swap)
    before = known.in_force
    if swap.taker_id == swap.asker_id:
        return ["请选择另一位调解员。"]
    gone = [each for each in (given, back) if each and each not in before]
    if gone:
        return [f"{each.half_day.in_month}{_name(known, each.person_id)}已不在班上，不能换班。" for each in gone]
    begun = [each for each in (given, back) if each and each.half_day <= known.now]
    if begun:
        return [f"{each.half_day.in_month}已过，不能再换班。" for each in begun]
    return [each.sentence for each in broken_by(known, _swapped(before, given, swap.taker_id, back), before)]


def _refuse_if(sentences: Iterable[str]) -> None:
    if faults := [Fault(each) for each in sentences]:
        raise RuleBroken(*faults)


def _apply(roster: DutyRoster, swap: SwapRequest, *, locked: bool = False) -> None:
    """Swap the shifts of a roster where they are still as they were."""
    given, back = _given(swap), _returned(swap)
    shifts = {each.placing: each for each in roster.shifts}
    _hand_to(shifts.get(given), swap.taker_id, locked)
    if back is not None:
        _hand_to(shifts.get(back), swap.asker_id, locked)


def _hand_to(shift: DutyShift | None, person_id: int, locked: bool) -> None:
    if shift is not None:
        shift.mediator_id, shift.source, shift.locked = person_id, ShiftSource.SWAP, shift.locked or locked


def _in_words(known: DutyMonth, swap: SwapRequest) -> str:
    asker, taker = _name(known, swap.asker_id), _name(known, swap.taker_id)
    told = f"换班：{_given(swap).half_day.in_month} {asker}→{taker}"
    back = _returned(swap)
    return f"{told}；{back.half_day.in_month} {taker}→{asker}" if back else told


def _name(known: DutyMonth, person_id: int) -> str:
    return known.mediators[person_id].name


def _distance(tenths: int) -> str:
    if tenths == 0:
        return "正好"
    return f"{'多' if tenths > 0 else '少'}{in_shifts(abs(tenths))}班"
