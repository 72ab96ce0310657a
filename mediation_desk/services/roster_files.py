"""The roster of a month for people outside the program: on the wall, as a workbook, in the calendar of a phone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from mediation_desk.domain.dates import day_in_words, show_time
from mediation_desk.domain.duty_roster import DutyRoster, RosterState
from mediation_desk.domain.errors import Fault, RuleBroken, refuse_unless
from mediation_desk.domain.expected import man_posts
from mediation_desk.domain.fairness import Carried, in_shifts
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay, half_days
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.office_hours import office_hours
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.exchange.calendar_file import CalendarShift, write_calendar
from mediation_desk.exchange.workbook import Column, Table, Value, write_workbook
from mediation_desk.services.act import Act
from mediation_desk.services.duty_month import DutyMonth, placings_of, read_month
from mediation_desk.services.fairness import carried_into
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.documents.wall_sheet import WallPlace

_SATURDAY = 5
DRAFT = "草案"


# ---- the wall sheet


def draw_wall(records: Records, act: Act, month: date, *, a3: bool = True, draft: bool = False) -> bytes:
    """The wall sheet of a month as PDF: the published roster, or the draft where asked or where nothing else is.

    Who is away is left out, who stands in is named. Raises `RuleBroken` where there is no roster, and the refusal of
    a character no font can draw.
    """
    # ReportLab and the fonts cost a fifth of a second: loaded when a paper is wanted, not when the window opens.
    from mediation_desk.documents.broadsheet import Broad
    from mediation_desk.documents.wall_sheet import WallSheet, draw_wall_sheet

    known = read_month(records, act, month)
    roster = _roster_to_show(known, draft=draft)
    centre = records.centre.get()
    every = half_days(HalfDay(known.days[0], Half.AM), HalfDay(known.days[-1], Half.PM))
    mark = "练习" if centre.is_practice else ""
    if roster.state is RosterState.DRAFT or not known.confirmed:
        mark += DRAFT
    said = WallSheet(
        centre=centre.name,
        month=known.month,
        days=known.days,
        posts={each.id: each.name for each in known.posts_in_use if each.id is not None},
        places=dict(_places(known, roster)),
        closed={each: known.opening.why(each) for each in every if not known.opening.is_open(each)},
        hours={half: office_hours(act.rules, half, known.month).label for half in Half},
        notes=_notes(known),
        version=_version(roster, known),
        mark=mark,
    )
    return draw_wall_sheet(said, Broad.A3 if a3 else Broad.A4)


def _roster_to_show(known: DutyMonth, *, draft: bool) -> DutyRoster:
    roster = (known.draft if draft else None) or known.published or known.draft
    if roster is None:
        month = f"{known.month.year}年{known.month.month}月"
        raise RuleBroken(Fault(f"{month}还没有排班，没有生成。请先到“排班”页排好。"))
    return roster


def _places(known: DutyMonth, roster: DutyRoster) -> "Iterator[tuple[tuple[HalfDay, int], WallPlace]]":
    """Who is at each post, standing people first, and how many of the roster are missing."""
    from mediation_desk.documents.wall_sheet import WallPlace

    on_roster: dict[tuple[HalfDay, int], list[str]] = {}
    for half_day, post_id, person_id in sorted(placings_of(roster)):
        name = _who_comes(known, half_day, person_id)
        on_roster.setdefault((half_day, post_id), []).extend([name] if name else [])
    for half_day in known.half_days:
        manned = man_posts(half_day, known.posts, known.standing[half_day], known.mediators.values())
        for post in known.posts_in_use:
            assert post.id is not None
            place = half_day, post.id
            names = on_roster.get(place, [])
            need = known.needs.get(place)
            missing = max(0, need.rotating - len(names)) if need else 0
            standing = [known.mediators[each].name for each in manned.get(post.id, [])]
            yield place, WallPlace((*standing, *names), missing)


def _who_comes(known: DutyMonth, half_day: HalfDay, person_id: int) -> str:
    """The name of who serves a shift: the person, else who stands in; "" for nobody."""
    leave = known.away.get((person_id, half_day))
    if leave is None:
        return known.mediators[person_id].name
    return known.mediators[leave.substitute_id].name if leave.substitute_id is not None else ""


def _notes(known: DutyMonth) -> list[str]:
    """Standing people, who are there without a roster."""
    names = [
        each.name
        for each in known.mediators.values()
        if each.presence is Presence.STANDING and any(each.is_active(day) for day in known.days)
    ]
    return [f"常驻：{'、'.join(names)}"] if names else []


def _version(roster: DutyRoster, known: DutyMonth) -> str:
    unconfirmed = "" if known.confirmed else "　放假安排未确认"
    if roster.published_at is None:
        return f"{DRAFT}，尚未发布{unconfirmed}"
    at = roster.published_at
    return f"第{roster.version}版　{day_in_words(at.date())} {show_time(at.time())}发布{unconfirmed}"


# ---- the workbook


def roster_workbook(records: Records, act: Act, month: date, *, draft: bool = False) -> bytes:
    """The roster as .xlsx: the grid, the list of shifts, and who carries how much. Raises `RuleBroken` without one."""
    known = read_month(records, act, month)
    roster = _roster_to_show(known, draft=draft)
    heading = f"{records.centre.get().name} {known.month.year}年{known.month.month}月值班表　{_version(roster, known)}"
    carried = carried_into(records, act, known.month, known.mediators.values())
    return write_workbook(
        [
            _grid_table(known, roster, heading),
            _list_table(known, roster, heading),
            _fairness_table(known, roster, heading, carried),
        ]
    )


def _grid_table(known: DutyMonth, roster: DutyRoster, heading: str) -> Table:
    posts = {each.id: each.name for each in known.posts}
    at = {(shift.mediator_id, shift.half_day): posts[shift.post_id] for shift in roster.shifts}
    every = list(half_days(HalfDay(known.days[0], Half.AM), HalfDay(known.days[-1], Half.PM)))
    open_ = frozenset(known.half_days)
    columns = [Column("姓名", 12), Column("单位", 20)]
    columns += [Column(_caption(each), 9 if each in open_ else 5, each not in open_) for each in every]
    rows = [[person.name, person.unit, *(_cell(known, at, person, each) for each in every)] for person in known.people]
    return Table("网格", heading, columns, rows, columns_in_sight=2)


def _caption(half_day: HalfDay) -> str:
    day = half_day.day
    return f"{day.month}/{day.day} 周{WEEKDAY_LABELS[day.weekday()]}{half_day.half.label}"


def _cell(known: DutyMonth, at: dict[tuple[int, HalfDay], str], person: Mediator, half_day: HalfDay) -> str:
    assert person.id is not None
    leave = known.away.get((person.id, half_day))
    told = [at.get((person.id, half_day), ""), leave.kind.label if leave else ""]
    return "，".join(filter(None, told))


def _list_table(known: DutyMonth, roster: DutyRoster, heading: str) -> Table:
    columns = [Column("日期", 12), Column("星期", 6), Column("半天", 6), Column("岗位", 18), Column("姓名", 12)]
    columns += [Column("单位", 22), Column("来源", 8), Column("锁定", 6), Column("备注", 20)]
    posts = {each.id: each.name for each in known.posts}
    rows: list[tuple[Placing, list[Value]]] = []
    for shift in roster.shifts:
        person = known.mediators[shift.mediator_id]
        leave = known.away.get((shift.mediator_id, shift.half_day))
        told = f"{leave.kind.label}{_stand_in(known, leave.substitute_id)}" if leave else ""
        locked = "是" if shift.locked else ""
        row = [*_when(shift.half_day), posts[shift.post_id], person.name, person.unit, shift.source.label, locked, told]
        rows.append((shift.placing, row))
    there = Counter((shift.half_day, shift.post_id) for shift in roster.shifts)
    for place, need in known.needs.items():
        if (missing := need.rotating - there[place]) > 0:
            row = [*_when(place[0]), posts[place[1]], "", "", "", "", f"缺{missing}人"]
            rows.append((Placing(*place, 0), row))
    return Table("名单", heading, columns, [row for _, row in sorted(rows, key=lambda each: each[0])])


def _when(half_day: HalfDay) -> list[Value]:
    return [half_day.day, f"周{WEEKDAY_LABELS[half_day.day.weekday()]}", half_day.half.label]


def _stand_in(known: DutyMonth, substitute_id: int | None) -> str:
    return f"，由{known.mediators[substitute_id].name}代" if substitute_id is not None else ""


def _fairness_table(known: DutyMonth, roster: DutyRoster, heading: str, carried: dict[int, Carried]) -> Table:
    columns = [Column("姓名", 12), Column("单位", 22), Column("班次", 8), Column("冷门班", 8), Column("周末", 8)]
    columns += [Column("往月多值", 10), Column("往月多值冷门班", 14)]
    rows: list[list[Value]] = []
    for person in known.people:
        assert person.id is not None
        own = [shift.half_day for shift in roster.shifts if shift.mediator_id == person.id]
        unpopular = sum(each in known.unpopular for each in own)
        weekend = sum(each.day.weekday() >= _SATURDAY for each in own)
        before = carried.get(person.id, Carried())
        over = [float(in_shifts(before.total)), float(in_shifts(before.unpopular))]
        rows.append([person.name, person.unit, len(own), unpopular, weekend, *over])
    notes = ["往月多值：以前几个月比应担的多值（负数为少值）的班次，排班时一并均衡。"]
    return Table("均衡", heading, columns, rows, notes=notes)


# ---- the calendar


@dataclass
class _Known:
    """What a calendar has been told of one shift."""

    post_id: int
    version: int
    said_at: datetime
    cancelled: bool = False


def roster_calendar(records: Records, act: Act, month: date, person_id: int | None = None) -> bytes:
    """The published shifts of a month for a calendar, of one person or of everybody.

    What an earlier version said and a later one took back stays in it, cancelled, so that it goes from the phone.
    Raises `RuleBroken` where nothing was published, or nothing for that person.
    """
    month = month.replace(day=1)
    told = _told(records, month)
    if not told:
        raise RuleBroken(Fault(f"{month.year}年{month.month}月还没有发布排班，没有生成日历。请先发布。"))
    centre = records.centre.get()
    posts = {each.id: each.name for each in records.rosters.posts()}
    people = records.mediators.some({person for person, _ in told})
    hours = {half: office_hours(act.rules, half, month) for half in Half}
    shifts = [
        CalendarShift(
            uid=f"{half_day.day:%Y%m%d}-{half_day.half.value}-{people[person].uid}@{centre.uid}",
            person=people[person].name,
            post=posts[each.post_id],
            day=half_day.day,
            begin=hours[half_day.half].begin,
            end=hours[half_day.half].end,
            version=each.version,
            said_at=each.said_at,
            cancelled=each.cancelled,
        )
        for (person, half_day), each in sorted(told.items(), key=lambda item: (item[0][1], item[0][0]))
        if person_id in (None, person)
    ]
    whose = "" if person_id is None else records.mediators.get(person_id).name
    refuse_unless(shifts, f"{month.year}年{month.month}月已发布的排班中没有{whose}的班次，没有生成日历。")
    return write_calendar(f"{whose or centre.name}{month.year}年{month.month}月值班", centre.name, shifts)


def _told(records: Records, month: date) -> dict[tuple[int, HalfDay], _Known]:
    """What all published versions said, one after the other: the version that last changed a shift counts."""
    told: dict[tuple[int, HalfDay], _Known] = {}
    for row in records.rosters.versions(month):
        if row.published_at is None:
            continue
        now = {(shift.mediator_id, shift.half_day): shift.post_id for shift in records.rosters.get(row.id).shifts}
        for key, post_id in now.items():
            known = told.get(key)
            if known is None or known.cancelled or known.post_id != post_id:
                told[key] = _Known(post_id, row.version, row.published_at)
        for key, known in told.items():
            if key not in now and not known.cancelled:
                told[key] = _Known(known.post_id, row.version, row.published_at, cancelled=True)
    return told
