"""The duties of the practice house: posts, rosters of the last months and this one, leave, presence, calls, wishes.

All of it is told to the services, as if it had been told at its time, so that every rule holds for it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from mediation_desk.domain.call_out import CallAnswer, Urgency
from mediation_desk.domain.duty_roster import Post, SwapRequest
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.presence import Attendance
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.uid import uuid7
from mediation_desk.domain.working_days import add_months
from mediation_desk.services.act import Act
from mediation_desk.services.attendance import check_out
from mediation_desk.services.calendar import opening
from mediation_desk.services.call_out import (
    CallOutWish,
    answer_call,
    begin_call_out,
    call_next,
    note_arrival,
    stop_call_out,
)
from mediation_desk.services.posts import save_clash, save_post
from mediation_desk.services.presence import LeaveAsked, note_absence, take_leave
from mediation_desk.services.roster_making import keep_draft, problem_of, publish
from mediation_desk.services.staffing import staffing
from mediation_desk.services.swaps import ask_swap, takers
from mediation_desk.services.wishes import WishTyped, take_wishes
from mediation_desk.store.records import Records
from mediation_desk.store.rosters import ShiftRow

MONTHS_BACK = 3
"""How many months before this one have a roster, so that fairness has something to carry over."""

_POSTS = (
    ("律师窗口", "lawyer", 1, "", 1),
    ("人民调解窗口", "people_mediator", 4, "", 1),
    ("信访接待窗口", "petition_staff", 1, "", 2),
    ("心理咨询室", "counsellor", 1, "tue_pm thu_pm sat_am", 3),
)
_DAYS_OF_ATTENDANCE = 14
_HOURS = {Half.AM: (time(8, 30), time(12)), Half.PM: (time(13, 30), time(17, 30))}


class _Search(NamedTuple):
    """A search for somebody on call: so many days ago, and what each of the list said to it."""

    days_back: int
    purpose: str
    profession: str
    said: tuple[tuple[str, CallAnswer, str], ...]


_NO, _YES, _SILENT = CallAnswer.DECLINED, CallAnswer.ACCEPTED, CallAnswer.NO_ANSWER
_SEARCHES = (
    _Search(40, "来访人情绪激动，请心理咨询师到场", "counsellor", (("韩练义", _YES, ""),)),
    _Search(26, "工伤赔偿调解，请律师到场", "lawyer", (("杨练礼", _NO, "开庭"), ("褚练诚", _YES, ""))),
    _Search(12, "多人欠薪，请特邀调解员到场", "", (("褚练诚", _SILENT, ""), ("杨练礼", _SILENT, ""))),
    _Search(5, "家庭纠纷，请心理咨询师到场", "counsellor", (("韩练义", _YES, ""),)),
)


def add_posts(records: Records, act: Act) -> None:
    """The places at the window, and two firms whose people are not on duty together."""
    for name, profession, needed, pattern, priority in _POSTS:
        post = Post(
            uid=_uid(act, name),
            name=name,
            profession=profession,
            needed=needed,
            weekly_pattern=pattern.split(),
            priority=priority,
        )
        save_post(records, act, post)
    save_clash(records, act, "练习律师事务所", "示例律师事务所", "在同一纠纷中代理过对方")


def keep_duties(records: Records, act: Act, chance: int) -> None:
    """Everything that posts and people make possible, up to this moment."""
    draw = Random(f"duties {chance}")
    for months in range(-MONTHS_BACK, 1):
        _make_roster(records, act, add_months(act.today.replace(day=1), months), draw)
    _fall_away(records, act)
    _attend(records, act, draw)
    for search in _SEARCHES:
        _call(records, act, search)
    _wish(records, act, draw)
    _ask_for_a_swap(records, act)


def _uid(act: Act, *told: object) -> str:
    return uuid7(act.at, Random(f"{act.at} {told}").randbytes(10))


def _at(act: Act, moment: datetime) -> Act:
    return replace(act, at=min(moment, act.at))


def _rotating(records: Records) -> list[Mediator]:
    return [each for each in records.mediators.all() if each.presence is Presence.ROTATING]


def _make_roster(records: Records, act: Act, month: date, draw: Random) -> None:
    """Made and published a week before the month began, when one of those on it had asked for leave."""
    then = _at(act, datetime.combine(month - timedelta(days=7), time(10)))
    asking = draw.choice(_rotating(records))
    first_day = month + timedelta(days=draw.randint(6, 20))
    assert asking.id is not None
    asked = LeaveAsked(
        mediator_id=asking.id, first_day=first_day, last_day=first_day + timedelta(days=2), reason="private"
    )
    take_leave(records, then, asked)
    keep_draft(records, then, month, fill(problem_of(records, then, month)))
    publish(records, then, month)


def _shifts_to_come(records: Records, act: Act) -> Iterator[ShiftRow]:
    """Published shifts from tomorrow to the end of the month."""
    last = add_months(act.today.replace(day=1), 1) - timedelta(days=1)
    yield from records.rosters.shifts(act.today + timedelta(days=1), last)


def _fall_away(records: Records, act: Act) -> None:
    """One who is to come soon falls ill, somebody of the house asks for leave, and one did not come last time."""
    ill = next(_shifts_to_come(records, act), None)
    if ill:
        take_leave(records, act, LeaveAsked(mediator_id=ill.mediator_id, first_day=ill.day, reason="sick"))
    ahead = act.today + timedelta(days=10)
    [soonest, *_] = opening(records, act, ahead, ahead + timedelta(days=400)).next_open_days(ahead, 1)
    house = next(each for each in records.mediators.all() if each.presence is Presence.STANDING)
    assert house.id is not None
    asked = LeaveAsked(
        mediator_id=house.id, first_day=soonest, first_half=Half.PM, last_half=Half.PM, reason="training"
    )
    take_leave(records, act, asked)
    past = records.rosters.shifts(act.today - timedelta(days=31), act.today - timedelta(days=1))
    if past:
        day, half, _, mediator_id = past[-1]
        asked = LeaveAsked(mediator_id=mediator_id, first_day=day, first_half=half, last_half=half, reason="own_unit")
        note_absence(records, _at(act, datetime.combine(day, time(18))), asked)


def _attend(records: Records, act: Act, draw: Random) -> None:
    """Whoever was to come came about the hour; one of today's has not come yet."""
    first = act.today - timedelta(days=_DAYS_OF_ATTENDANCE)
    known = staffing(records, act, first, act.today)
    for number in range(_DAYS_OF_ATTENDANCE + 1):
        day = first + timedelta(days=number)
        halves = {half: {each.mediator_id for each in known.expected(HalfDay(day, half))} for half in Half}
        due = halves[Half.AM] | halves[Half.PM]
        if day == act.today:
            due -= set(sorted(halves[HalfDay.of(act.at).half])[-1:])
        for mediator_id in sorted(due):
            there = [half for half in Half if mediator_id in halves[half]]
            came = datetime.combine(day, _HOURS[there[0]][0]) + timedelta(minutes=draw.randint(-20, 4))
            left = datetime.combine(day, _HOURS[there[-1]][1]) + timedelta(minutes=draw.randint(0, 15))
            if came <= act.at:
                attendance = Attendance(mediator_id=mediator_id, day=day, came_at=came, by_id=act.by_id)
                attendance.left_at = left if left <= act.at else None
                records.presence.add(attendance)
    records.flush()


def _call(records: Records, act: Act, search: _Search) -> None:
    """One after the other is called; whoever says yes comes and goes again, without a yes the duty head steps in."""
    begin = datetime.combine(act.today - timedelta(days=search.days_back), time(9, 40))
    ids = {each.name: each.id for each in records.mediators.all() if each.id is not None}
    wish = CallOutWish(
        uid=_uid(act, search),
        purpose=search.purpose,
        order=[ids[name] for name, *_ in search.said],
        urgency=Urgency.NORMAL,
        profession=search.profession,
    )
    call_out_id = begin_call_out(records, _at(act, begin), wish).id
    assert call_out_id is not None
    for place, (name, answer, reason) in enumerate(search.said, 1):
        moment = begin + timedelta(minutes=6 * place)
        answer_call(records, _at(act, moment), call_out_id, place, answer, reason)
        if answer is _YES:
            note_arrival(records, _at(act, moment + timedelta(minutes=30)), call_out_id, place)
            check_out(records, _at(act, moment + timedelta(hours=2)), ids[name])
        elif place < len(search.said):
            call_next(records, _at(act, moment), call_out_id)
        else:
            stop_call_out(records, _at(act, moment), call_out_id, "值班领导到场，另约时间。")


def _wish(records: Records, act: Act, draw: Random) -> None:
    """Some of those on the roster say what they would like next month, and what rather not."""
    month = add_months(act.today.replace(day=1), 1)
    open_half_days = opening(records, act, month, add_months(month, 1) - timedelta(days=1)).of_month(month)
    told = [
        WishTyped(each.id, half_day, draw.choice((-2, -1, 1, 2)))
        for each in _rotating(records)
        if each.id is not None and draw.random() < 0.5
        for half_day in sorted(draw.sample(open_half_days, 2))
    ]
    take_wishes(records, act, told)


def _ask_for_a_swap(records: Records, act: Act) -> None:
    """Somebody on the roster asks the first who could take a shift."""
    month = act.today.replace(day=1)
    for shift in reversed([*_shifts_to_come(records, act)]):
        asked = takers(records, act, month, shift.mediator_id, HalfDay(shift.day, shift.half))
        able = [each for each in asked if not each.blocker]
        if able:
            request = SwapRequest(
                uid=_uid(act, shift),
                month=month,
                asker_id=shift.mediator_id,
                day=shift.day,
                half=shift.half,
                post_id=shift.post_id,
                taker_id=able[0].person_id,
                reason="当天要出庭",
                by_id=act.by_id,
                asked_at=act.at,
            )
            ask_swap(records, act, request)
            return
