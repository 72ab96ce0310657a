"""Making the roster of a month: working it out, changing it by hand, comparing, publishing. Every version stays."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from mediation_desk.domain.duty_roster import DutyRoster, DutyShift, RosterState, ShiftSource
from mediation_desk.domain.errors import Fault, RuleBroken, refuse_unless
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.rights import Right
from mediation_desk.domain.roster_problem import Placing, RosterProblem, RosterSolution
from mediation_desk.domain.roster_reasons import Explanation, explain
from mediation_desk.domain.uid import uuid7
from mediation_desk.services.act import Act, needs
from mediation_desk.services.calendar import opening
from mediation_desk.services.duty_month import DutyMonth, placing_of, placings_of, read_month
from mediation_desk.services.fairness import carried_into
from mediation_desk.services.month_problem import bare_problem, broken_by, posed
from mediation_desk.store.records import Records


class Change(NamedTuple):
    """One place that changes hands: who had it before and who has it after, None for nobody."""

    half_day: HalfDay
    post_id: int
    before: int | None
    after: int | None


def problem_of(records: Records, act: Act, month: date) -> RosterProblem:
    """What the solver is asked for a month, named by any of its days."""
    known = read_month(records, act, month)
    return posed(known, carried_into(records, act, known.month, known.mediators.values())).problem


@needs(Right.ROSTER)
def keep_draft(records: Records, act: Act, month: date, solution: RosterSolution, reason: str = "") -> DutyRoster:
    """Keep what was worked out as the draft of the month, in place of an earlier draft.

    Shifts that were there before keep their source and lock; what has begun stays as it was published.
    """
    month = month.replace(day=1)
    draft, published = records.rosters.draft(month), records.rosters.published(month)
    known = _shifts(published) | _shifts(draft)
    now = HalfDay.of(act.at)
    facts = {each for each in placings_of(published) if each.half_day <= now}
    draft = draft or _new_draft(records, act, month)
    _fill(draft, (replace(known[each]) if each in known else _shift(each) for each in solution.placings | facts))
    draft.method = solution.method.value
    draft.levels = [level.kept() for level in solution.levels]
    draft.reason, draft.by_id, draft.made_at = reason.strip(), act.by_id, act.at
    records.flush()
    return draft


@needs(Right.ROSTER)
def place(records: Records, act: Act, month: date, person_id: int, half_day: HalfDay, post_id: int) -> DutyRoster:
    """Put somebody on a post by hand, from another post of that half-day where need be. It is locked at once.

    Raises `RuleBroken` where a hard rule forbids it; what only worsens fairness is allowed.
    """
    draft = _draft_to_change(records, act, month, half_day)
    calendar = opening(records, act, half_day.day, half_day.day)
    why_closed = f"{half_day.label}{calendar.why(half_day)}休息，不排班；若开放请先改开放日。"
    refuse_unless(calendar.is_open(half_day), why_closed)
    before = placings_of(draft)
    _take(draft, person_id, half_day)
    _put(draft, Placing(half_day, post_id, person_id))
    _check(records, act, month, draft, before)
    return draft


@needs(Right.ROSTER)
def clear(records: Records, act: Act, month: date, person_id: int, half_day: HalfDay) -> DutyRoster:
    """Take somebody off a half-day by hand."""
    draft = _draft_to_change(records, act, month, half_day)
    refuse_unless(_take(draft, person_id, half_day), f"{half_day.label}没有这个班次。请刷新。")
    records.flush()
    return draft


@needs(Right.ROSTER)
def move(records: Records, act: Act, month: date, from_person: int, to_person: int, half_day: HalfDay) -> DutyRoster:
    """Give somebody's shift to somebody else by hand; it is locked at once. Raises `RuleBroken` like `place`."""
    draft = _draft_to_change(records, act, month, half_day)
    before = placings_of(draft)
    taken = _take(draft, from_person, half_day)
    refuse_unless(taken, f"{half_day.label}没有这个班次。请刷新。")
    assert taken is not None
    _put(draft, taken._replace(person_id=to_person))
    _check(records, act, month, draft, before)
    return draft


@needs(Right.ROSTER)
def lock(records: Records, act: Act, month: date, person_id: int, half_day: HalfDay, locked: bool) -> DutyRoster:
    """Let a shift stay, or stay no longer, when the roster is worked out anew."""
    draft = _draft_to_change(records, act, month, half_day, changes=False)
    shift = _find(draft, person_id, half_day)
    refuse_unless(shift, f"{half_day.label}没有这个班次。请刷新。")
    assert shift is not None
    shift.locked = locked
    records.flush()
    return draft


@needs(Right.ROSTER)
def drop_draft(records: Records, _act: Act, month: date) -> None:
    """Throw the draft of a month away."""
    draft = records.rosters.draft(month.replace(day=1))
    refuse_unless(draft, "本月没有草案。")
    assert draft is not None
    records.rosters.remove(draft)


@needs(Right.ROSTER)
def publish(records: Records, act: Act, month: date, reason: str = "") -> DutyRoster:
    """Put the draft in force; the version before it stays to be read.

    Missing people and what is not proven are no hindrance, a shift against a hard rule is. Raises `RuleBroken`.
    """
    known = read_month(records, act, month)
    draft, published = known.draft, known.published
    refuse_unless(draft, "本月没有草案可以发布。请先排班。")
    assert draft is not None
    same = published is not None and placings_of(draft) == placings_of(published)
    refuse_unless(not same, "草案与已发布的排班相同，不用再发布。")
    refuse_unless(published is None or reason.strip() or draft.reason, "请写明改动的原因。", "roster_reason")
    refuse_if_broken(known, placings_of(draft))
    draft.reason = reason.strip() or draft.reason
    draft.unconfirmed = not known.confirmed
    put_in_force(records, act, draft, published)
    return draft


@needs(Right.ROSTER)
def put_in_force(records: Records, act: Act, roster: DutyRoster, published: DutyRoster | None) -> None:
    """Make `roster` the newest version, and the one in force."""
    if published is not None:
        published.state = RosterState.REPLACED
    newest = max((each.version for each in records.rosters.versions(roster.month) if each.id != roster.id), default=0)
    roster.version = max(roster.version, newest + 1)
    roster.state = RosterState.PUBLISHED
    roster.published_by_id, roster.published_at = act.by_id, act.at
    records.flush()


def changes(records: Records, _act: Act, month: date) -> list[Change]:
    """What the draft changes in the published roster, place by place; all of it where nothing was published."""
    month = month.replace(day=1)
    draft = records.rosters.draft(month)
    if draft is None:
        return []
    return compare(placings_of(records.rosters.published(month)), placings_of(draft))


def compare(before: Iterable[Placing], after: Iterable[Placing]) -> list[Change]:
    """Place by place who goes and who comes, in order of time."""
    before, after = set(before), set(after)
    gone, come = sorted(before - after), sorted(after - before)
    found = []
    for place in sorted({each[:2] for each in (*gone, *come)}):
        going = [each.person_id for each in gone if each[:2] == place]
        coming = [each.person_id for each in come if each[:2] == place]
        for number in range(max(len(going), len(coming))):
            left = going[number] if number < len(going) else None
            came = coming[number] if number < len(coming) else None
            found.append(Change(place[0], place[1], left, came))
    return found


def affected_by(records: Records, act: Act, leave: Leave) -> list[Placing]:
    """The published shifts to come that a leave makes impossible, in order of time."""
    rows = map(placing_of, records.rosters.shifts(leave.first_day, leave.last_day))
    now = HalfDay.of(act.at)
    return [
        each
        for each in rows
        if each.person_id == leave.mediator_id and each.half_day > now and leave.covers(each.half_day)
    ]


def check_month(records: Records, act: Act, month: date) -> list[Fault]:
    """What the shown roster breaks of the hard rules, counted anew without the solver; nothing when all is well."""
    known = read_month(records, act, month)
    refuse_unless(known.shown, "本月还没有排班。")
    return [Fault(each.sentence) for each in broken_by(known, placings_of(known.shown))]


def explain_month(records: Records, act: Act, month: date) -> tuple[RosterProblem, Explanation]:
    """What is asked of the month now, and why the roster that is shown is as it is.

    A draft is explained by what is asked now, a published one as it was made: against the version it replaced.
    """
    known = read_month(records, act, month)
    refuse_unless(known.shown, "本月还没有排班。")
    assert known.shown is not None
    carried = carried_into(records, act, known.month, known.mediators.values())
    problem = posed(known, carried).problem
    placings = placings_of(known.shown)
    if known.shown is known.draft:
        return problem, explain(problem, placings)
    older = [each for each in records.rosters.versions(known.month) if each.state is RosterState.REPLACED]
    replaced = placings_of(records.rosters.get(older[-1].id)) if older else None
    locked = frozenset(shift.placing for shift in known.shown.shifts if shift.locked)
    then = replace(bare_problem(known, carried), published=replaced, locked=locked)
    return problem, explain(then, placings)


def _draft_to_change(records: Records, act: Act, month: date, half_day: HalfDay, *, changes: bool = True) -> DutyRoster:
    """The draft, or a new one that begins as the published roster."""
    month = month.replace(day=1)
    refuse_unless(half_day.day.replace(day=1) == month, f"{half_day.label}不在这个月。")
    refuse_unless(half_day > HalfDay.of(act.at), f"{half_day.label}已过，不能再改。没有来的请登记缺勤。")
    draft = records.rosters.draft(month)
    if draft is None:
        draft = _new_draft(records, act, month)
        _fill(draft, map(replace, _shifts(records.rosters.published(month)).values()))
    if changes:
        draft.method, draft.levels = "", []
        draft.by_id, draft.made_at = act.by_id, act.at
    return draft


def _new_draft(records: Records, act: Act, month: date) -> DutyRoster:
    version = max((each.version for each in records.rosters.versions(month)), default=0) + 1
    draft = DutyRoster(
        uid=uid_of(records, act, month, version), month=month, version=version, by_id=act.by_id, made_at=act.at
    )
    records.rosters.add(draft)
    return draft


def uid_of(records: Records, act: Act, month: date, version: int) -> str:
    """A name for a version that holds everywhere: no two centres make the same month's version at one moment."""
    told = f"{records.centre.get().uid} {month} {version}"
    return uuid7(act.at, sha256(told.encode()).digest())


def refuse_if_broken(known: DutyMonth, after: frozenset[Placing], before: frozenset[Placing] = frozenset()) -> None:
    """Raise `RuleBroken` with a sentence for each hard rule that what was added to `before` breaks."""
    if broken := broken_by(known, after, before):
        raise RuleBroken(*(Fault(each.sentence) for each in broken))


def _check(records: Records, act: Act, month: date, draft: DutyRoster, before: frozenset[Placing]) -> None:
    records.flush()
    refuse_if_broken(read_month(records, act, month), placings_of(draft), before)


def _find(roster: DutyRoster, person_id: int, half_day: HalfDay) -> DutyShift | None:
    return next((each for each in roster.shifts if (each.mediator_id, each.half_day) == (person_id, half_day)), None)


def _take(roster: DutyRoster, person_id: int, half_day: HalfDay) -> Placing | None:
    shift = _find(roster, person_id, half_day)
    if shift is None:
        return None
    roster.shifts.remove(shift)
    return shift.placing


def _put(roster: DutyRoster, placing: Placing) -> None:
    shift = _shift(placing)
    shift.source, shift.locked = ShiftSource.MANUAL, True
    roster.shifts.append(shift)


def _shifts(roster: DutyRoster | None) -> dict[Placing, DutyShift]:
    return {shift.placing: shift for shift in roster.shifts} if roster else {}


def _fill(roster: DutyRoster, shifts: Iterable[DutyShift]) -> None:
    roster.shifts = sorted(shifts, key=lambda each: each.placing)


def _shift(placing: Placing) -> DutyShift:
    return DutyShift(
        day=placing.half_day.day,
        half=placing.half_day.half,
        post_id=placing.post_id,
        mediator_id=placing.person_id,
    )
