"""Leave and absence of mediators: taking it, joining what overlaps, withdrawing it, and who stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.presence import Leave, LeaveKind, span_in_words
from mediation_desk.domain.rights import Right
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.act import Act, needs
from mediation_desk.services.roster_making import affected_by
from mediation_desk.store.records import Records

MOST_NAMED = 8
"""So many of the shifts that are lost are named."""

_ONE_DAY = timedelta(days=1)
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class LeaveAsked:
    """Leave or absence as it was told. No last day is the first one, a missing half is the whole day.

    `reason` is a code of the table `absence_reason`, "" when it was not told.
    """

    mediator_id: int
    first_day: date
    last_day: date | None = None
    first_half: Half | None = None
    last_half: Half | None = None
    reason: str = ""
    note: str = ""
    substitute_id: int | None = None

    @property
    def first(self) -> HalfDay:
        return HalfDay(self.first_day, self.first_half or Half.AM)

    @property
    def last(self) -> HalfDay:
        return HalfDay(self.last_day or self.first_day, self.last_half or Half.PM)


class LeaveTaken(NamedTuple):
    """The leave as it is kept, and what the person is to be told, sentence by sentence.

    `lost` are the published shifts to come that nobody serves now, in order of time.
    """

    leave: Leave
    said: tuple[str, ...]
    lost: tuple[Placing, ...] = ()


@needs(Right.DUTY, Right.ROSTER)
def take_leave(records: Records, act: Act, asked: LeaveAsked) -> LeaveTaken:
    """Record leave. What it overlaps, and what adjoins it for the same reason, is joined with it, and that is said.

    The joined ones are withdrawn and one new leave is recorded, so that all can be read later. Raises `RuleBroken`.
    """
    mediator = records.mediators.get(asked.mediator_id)
    faults = _faults_of(act, mediator, asked)
    faults.refuse_if_any()
    near = records.presence.leaves(asked.first.day - _ONE_DAY, asked.last.day + _ONE_DAY, mediator_id=mediator.id)
    joined = [each for each in near if each.kind is LeaveKind.LEAVE and _belong_together(each, asked)]
    holding = next((each for each in joined if _says_all(each, asked)), None)
    if holding is not None:
        return LeaveTaken(holding, (f"{mediator.name}{holding.span_in_words}已经请假，没有重复登记。",))
    leave = _leave(act, LeaveKind.LEAVE, asked, joined)
    warnings = _check_substitutes(records, mediator, leave, {each.substitute_id for each in joined})
    for each in joined:
        each.withdrawn_at = act.at
    records.presence.add(leave)
    records.flush()
    said = (*_joining_in_words(mediator, asked, joined, leave), *_whole_days_in_words(asked), *warnings)
    return _taken(records, act, mediator, leave, said)


@needs(Right.DUTY, Right.ROSTER)
def note_absence(records: Records, act: Act, asked: LeaveAsked) -> LeaveTaken:
    """Record that somebody who was to come did not, and why. Raises `RuleBroken`."""
    mediator = records.mediators.get(asked.mediator_id)
    faults = _faults_of(act, mediator, asked)
    faults.check(asked.reason, "请选择缺勤事由。", "reason")
    faults.check(asked.last.day <= act.today, "缺勤只能事后登记；以后的日子请登记请假。", "last_day")
    arrived = records.presence.open_attendance(asked.mediator_id, asked.first.day)
    if arrived is not None and HalfDay.of(arrived.came_at) <= asked.last:
        came = show_time(arrived.came_at.time())
        faults.add(f"{mediator.name}{came}已签到，没有缺勤。已经走了的请先签退。", "first_day")
    known = records.presence.leaves(asked.first.day, asked.last.day, mediator_id=mediator.id)
    for each in known:
        if each.touches(asked.first, asked.last):
            faults.add(f"{mediator.name}{each.span_in_words}已登记{each.kind.label}，不用再登记。", "first_day")
    faults.refuse_if_any()
    leave = _leave(act, LeaveKind.ABSENCE, asked)
    warnings = _check_substitutes(records, mediator, leave)
    records.presence.add(leave)
    records.flush()
    return _taken(records, act, mediator, leave, (*_whole_days_in_words(asked), *warnings))


@needs(Right.DUTY, Right.ROSTER)
def withdraw_leave(records: Records, act: Act, leave_id: int) -> Leave:
    """Let a leave or absence count no longer; it stays to be read."""
    leave = records.presence.leave(leave_id)
    refuse_unless(leave.withdrawn_at is None, "这条记录已经撤回或合并，不用再撤。")
    leave.withdrawn_at = act.at
    records.flush()
    return leave


def _faults_of(act: Act, mediator: Mediator, asked: LeaveAsked) -> Faults:
    faults = Faults()
    faults.check(asked.first <= asked.last, "结束早于开始，请核对起止日期。", "last_day")
    faults.check(mediator.is_active(asked.first.day), f"{mediator.name}那时不在册。", "first_day")
    faults.check(not asked.reason or asked.reason in act.rules.table("absence_reason"), "请选择事由。", "reason")
    return faults


def _belong_together(leave: Leave, asked: LeaveAsked) -> bool:
    """Leave that merely adjoins is the same one only where reason and substitute are the same."""
    if leave.touches(asked.first, asked.last):
        return True
    adjoins = _following(leave.last) == asked.first or _following(asked.last) == leave.first
    return adjoins and (leave.reason, leave.substitute_id) == (asked.reason, asked.substitute_id)


def _following(half_day: HalfDay) -> HalfDay:
    if half_day.half is Half.AM:
        return HalfDay(half_day.day, Half.PM)
    return HalfDay(half_day.day + _ONE_DAY, Half.AM)


def _says_all(leave: Leave, asked: LeaveAsked) -> bool:
    """Whether nothing of what is asked would be new."""
    return (
        leave.first <= asked.first
        and asked.last <= leave.last
        and asked.reason in ("", leave.reason)
        and asked.substitute_id in (None, leave.substitute_id)
        and asked.note.strip() in ("", leave.note)
    )


def _leave(act: Act, kind: LeaveKind, asked: LeaveAsked, joined: Sequence[Leave] = ()) -> Leave:
    """What is asked, together with what it is joined with. What was told last goes before what was told earlier."""
    first = min([asked.first, *(each.first for each in joined)])
    last = max([asked.last, *(each.last for each in joined)])
    notes = [*(each.note for each in joined), asked.note.strip()]
    return Leave(
        mediator_id=asked.mediator_id,
        kind=kind,
        first_day=first.day,
        first_half=first.half,
        last_day=last.day,
        last_half=last.half,
        reason=_last_told([*(each.reason for each in joined), asked.reason]) or "",
        note="；".join(dict.fromkeys(filter(None, notes))),
        substitute_id=_last_told([*(each.substitute_id for each in joined), asked.substitute_id]),
        by_id=act.by_id,
        recorded_at=act.at,
    )


def _last_told(told: Sequence[_T | None]) -> _T | None:
    return next((each for each in reversed(told) if each), None)


def _check_substitutes(
    records: Records, mediator: Mediator, leave: Leave, earlier: Iterable[int | None] = ()
) -> list[str]:
    """What is to be said of the substitute. Raises `RuleBroken` for one who cannot stand in, or where two would."""
    if leave.substitute_id is None:
        return []
    substitute = records.mediators.get(leave.substitute_id)
    others = {each for each in earlier if each not in (None, leave.substitute_id)}
    faults = Faults()
    faults.check(not others, "重叠的请假已有另一位替班人。请先撤回那一条，或者选同一位替班人。", "substitute")
    faults.check(substitute.id != mediator.id, "不能由本人替班，请另选一位。", "substitute")
    in_house = substitute.is_active(leave.first_day) and substitute.is_active(leave.last_day)
    faults.check(in_house, f"{substitute.name}那时不在册，不能替班。", "substitute")
    for each in records.presence.leaves(leave.first_day, leave.last_day, mediator_id=substitute.id):
        if each.touches(leave.first, leave.last) and substitute.id != mediator.id:
            faults.add(f"{substitute.name}{each.span_in_words}也{each.kind.label}，不能替班。", "substitute")
    faults.refuse_if_any()
    said = []
    if mediator.professions and not set(mediator.professions).intersection(substitute.professions):
        said.append(f"请注意：{substitute.name}没有{mediator.name}的职业身份，不能代其专业职责。")
    if substitute.presence is Presence.STANDING:
        said.append(f"请注意：{substitute.name}是常驻人员，本来就在岗的半天里不多一个人。")
    return said


def _joining_in_words(mediator: Mediator, asked: LeaveAsked, joined: Sequence[Leave], leave: Leave) -> list[str]:
    if not joined:
        return []
    how = "重叠" if any(each.touches(asked.first, asked.last) for each in joined) else "相接"
    earlier = "、".join(each.span_in_words for each in joined)
    new = span_in_words(asked.first, asked.last)
    return [f"{mediator.name}请假 {earlier} 与 {new} {how}，已合并为 {leave.span_in_words}。"]


def _whole_days_in_words(asked: LeaveAsked) -> list[str]:
    return [] if asked.first_half and asked.last_half else ["没有写明上午或下午的，按全天算。"]


def _taken(records: Records, act: Act, mediator: Mediator, leave: Leave, said: Iterable[str]) -> LeaveTaken:
    """What is kept, with what else is to be done now that somebody will not be there."""
    lost = tuple(affected_by(records, act, leave)) if leave.substitute_id is None else ()
    told = [*said, *_lost_in_words(records, lost)]
    for each in records.presence.leaves(leave.first_day, leave.last_day):
        if each.substitute_id == mediator.id and each.touches(leave.first, leave.last):
            away = records.mediators.get(each.mediator_id)
            told.append(f"{mediator.name}正在替{away.name}的班（{each.span_in_words}），请另找替班人。")
    return LeaveTaken(leave, tuple(told), lost)


def _lost_in_words(records: Records, lost: Sequence[Placing]) -> list[str]:
    """影响已发布排班的2个班次：12月7日（周一）上午律师窗口、12月8日（周二）上午律师窗口。请到“排班”页重排或换班。"""
    if not lost:
        return []
    posts = {each.id: each.name for each in records.rosters.posts()}
    named = "、".join(f"{each.half_day.in_month}{posts[each.post_id]}" for each in lost[:MOST_NAMED])
    others = "等" if len(lost) > MOST_NAMED else ""
    return [f"影响已发布排班的{len(lost)}个班次：{named}{others}。请到“排班”页重排或换班。"]
