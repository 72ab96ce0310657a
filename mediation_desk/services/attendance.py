"""Coming to the centre and leaving it, and how many of the planned shifts somebody came to (K18)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from mediation_desk.domain.call_out import CallAnswer
from mediation_desk.domain.dates import day_in_words, show_time
from mediation_desk.domain.errors import Fault, RuleBroken, refuse_unless
from mediation_desk.domain.half_day import Half, HalfDay, half_days
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.office_hours import office_hours
from mediation_desk.domain.presence import Attendance
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act, needs
from mediation_desk.services.staffing import staffing
from mediation_desk.store.records import Records

LOOKED_BACK = timedelta(days=31)
"""How long somebody is reminded of a check-out that was forgotten."""

RATE_IN_WORDS = (
    "到岗率＝有签到的班次÷应到班次，按半天计，统计到现在已经开始的半天为止。常驻按每周时间、轮驻按已发布的排班"
    "（没有发布的月份按每周时间）；事先请假的不计，缺勤的计入，替班人计入。没有签退的算到当天结束。"
    "随驻＝约定时间内答复的呼叫÷全部呼叫，撤回的和还在等答复的不计。没有应到班次或呼叫的显示“—”。"
)
"""The definition of K18, printed wherever the figure is shown."""


class CheckedIn(NamedTuple):
    """The coming as it is kept, and what is to be said of it: not expected, late, forgot to leave last time."""

    attendance: Attendance
    said: tuple[str, ...]


@needs(Right.DUTY)
def check_in(records: Records, act: Act, mediator_id: int, *, at: datetime | None = None, note: str = "") -> CheckedIn:
    """Record that a mediator came, now or at another moment of today or before. Raises `RuleBroken`.

    Somebody who was not expected may come all the same; it is said.
    """
    mediator = records.mediators.get(mediator_id)
    came_at = at or act.at
    refuse_unless(came_at <= act.at, "签到时间不能晚于现在。", "at")
    refuse_unless(mediator.is_active(came_at.date()), f"{mediator.name}那天不在册，不能签到。", "mediator")
    here = records.presence.open_attendance(mediator_id, came_at.date())
    if here is not None:
        raise RuleBroken(Fault(f"{mediator.name}{_when(here.came_at, act)}已经签到，还没有签退。", "mediator"))
    attendance = Attendance(
        mediator_id=mediator_id, day=came_at.date(), came_at=came_at, note=note.strip(), by_id=act.by_id
    )
    said = _remarks(records, act, mediator, came_at)
    records.presence.add(attendance)
    records.flush()
    return CheckedIn(attendance, tuple(said))


@needs(Right.DUTY)
def check_out(records: Records, act: Act, mediator_id: int, *, at: datetime | None = None) -> Attendance:
    """Record that a mediator left, also for an earlier day on which it was forgotten. Raises `RuleBroken`."""
    mediator = records.mediators.get(mediator_id)
    left_at = at or act.at
    refuse_unless(left_at <= act.at, "签退时间不能晚于现在。", "at")
    attendance = _open(records, act, mediator, left_at.date())
    came = show_time(attendance.came_at.time())
    refuse_unless(left_at > attendance.came_at, f"签退应晚于签到（{came}）。签到登记错了的，请撤销签到。", "at")
    attendance.left_at = left_at
    records.flush()
    return attendance


@needs(Right.DUTY)
def take_back_check_in(records: Records, act: Act, mediator_id: int, *, day: date | None = None) -> Attendance:
    """Undo a check-in that was a mistake: it stays to be read, and counts for nothing. Raises `RuleBroken`."""
    mediator = records.mediators.get(mediator_id)
    attendance = _open(records, act, mediator, day or act.today)
    attendance.left_at = attendance.came_at
    attendance.note = "；".join(filter(None, (attendance.note, "误签，已撤销")))
    records.flush()
    return attendance


def late_minutes(came_at: datetime, rules: Rules) -> int:
    """How late somebody came who was expected in that half-day; 0 within the minutes that are let pass."""
    day, half = HalfDay.of(came_at)
    begins = office_hours(rules, half, day).begin
    minutes = int((came_at - datetime.combine(day, begins)).total_seconds() // 60)
    return minutes if minutes > rules.setting("duty_late_minutes", day) else 0


def _open(records: Records, act: Act, mediator: Mediator, day: date) -> Attendance:
    assert mediator.id is not None
    attendance = records.presence.open_attendance(mediator.id, day)
    if attendance is None:
        that_day = "今天" if day == act.today else day_in_words(day)
        raise RuleBroken(Fault(f"{mediator.name}{that_day}没有签到，或者已经签退。", "mediator"))
    return attendance


def _when(moment: datetime, act: Act) -> str:
    """今天9:05, 2026年11月20日9:05."""
    day = "今天" if moment.date() == act.today else day_in_words(moment.date())
    return f"{day}{show_time(moment.time())}"


def _remarks(records: Records, act: Act, mediator: Mediator, came_at: datetime) -> list[str]:
    half_day = HalfDay.of(came_at)
    staff = staffing(records, act, half_day.day, half_day.day)
    lately = records.presence.attendances(half_day.day - LOOKED_BACK, half_day.day)
    own = [each for each in lately if each.mediator_id == mediator.id]
    said = []
    if all(each.mediator_id != mediator.id for each in staff.expected(half_day)):
        away = next((each for each in staff.leaves if each.mediator_id == mediator.id and each.covers(half_day)), None)
        why = f"已登记{away.kind.label}" if away else "未排班"
        said.append(f"{mediator.name}{half_day.half.label}{why}，按临时到岗签到。")
    elif not any(each.covers(half_day) for each in own) and (minutes := late_minutes(came_at, act.rules)):
        said.append(f"{mediator.name}迟到{minutes}分钟。")
    forgotten = [each for each in own if each.left_at is None and each.day < half_day.day]
    said += [f"{mediator.name}{day_in_words(each.day)}忘了签退，请补登。" for each in forgotten]
    return said


class Rate(NamedTuple):
    """K18 of one form of presence: shifts with check-in of those planned; calls answered in time of those made."""

    presence: Presence
    done: int
    planned: int

    @property
    def in_words(self) -> str:
        """95.8%, "—" where nothing was planned."""
        return f"{self.done / self.planned:.1%}" if self.planned else "—"


@needs(Right.FIGURES)
def attendance_rate(records: Records, act: Act, first: date, last: date) -> list[Rate]:
    """K18 of the days from `first` to `last`, one for each form of presence. The definition is `RATE_IN_WORDS`."""
    last = min(last, act.today)
    planned: Counter[Presence] = Counter()
    done: Counter[Presence] = Counter()
    staff = staffing(records, act, first, last)
    presences = {each.id: each.presence for each in staff.mediators}
    came: dict[tuple[int, date], list[Attendance]] = {}
    for each in records.presence.attendances(first, last):
        came.setdefault((each.mediator_id, each.day), []).append(each)
    for half_day in half_days(HalfDay(first, Half.AM), min(HalfDay(last, Half.PM), HalfDay.of(act.at))):
        for person in staff.planned(half_day):
            presence = presences[person.stands_in_for or person.mediator_id]
            presence = Presence.ROTATING if presence is Presence.ON_CALL else presence  # on the roster all the same
            planned[presence] += 1
            own = came.get((person.mediator_id, half_day.day), ())
            done[presence] += any(each.covers(half_day) for each in own)
    done[Presence.ON_CALL], planned[Presence.ON_CALL] = _answered_in_time(records, first, last, staff.mediators)
    return [Rate(presence, done[presence], planned[presence]) for presence in Presence]


def rates_in_words(rates: Iterable[Rate]) -> str:
    """到岗率：常驻95.8%（23/24），轮驻—，随驻—. `RATE_IN_WORDS` belongs beside it."""
    told = (f"{each.presence.label}{each.in_words}" + _of_how_many(each) for each in rates)
    return f"到岗率：{'，'.join(told)}。"


def _of_how_many(rate: Rate) -> str:
    return f"（{rate.done}/{rate.planned}）" if rate.planned else ""


def _answered_in_time(records: Records, first: date, last: date, mediators: Iterable[Mediator]) -> tuple[int, int]:
    """(calls answered within the time agreed, calls made). What was agreed with nobody is the time of the search."""
    agreed = {each.id: each.response_minutes for each in mediators}
    in_time = made = 0
    calls = records.call_outs.calls(datetime.combine(first, time.min), datetime.combine(last, time.max))
    for call in calls:
        if call.answer in (CallAnswer.WAITING, CallAnswer.WITHDRAWN):
            continue
        made += 1
        if call.answered_at is not None and call.answer is not CallAnswer.NO_ANSWER:
            minutes = agreed.get(call.mediator_id)
            waited = call.answered_at - call.called_at
            in_time += waited <= timedelta(minutes=minutes) if minutes is not None else not call.late
    return in_time, made
