"""A month's roster as a file: the sheet for the wall, a workbook, a calendar for phones."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from mediation_desk.domain.duty_roster import DutyRoster, RosterState
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.half_day import WEEKDAY_LABELS
from mediation_desk.domain.office_hours import office_hours
from mediation_desk.domain.roster_problem import TENTHS, Placing
from mediation_desk.exchange.calendar_file import CalendarShift, write_calendar
from mediation_desk.exchange.workbook import Column, Table, Value, write_workbook
from mediation_desk.services.act import Act
from mediation_desk.services.duty_month import placings_of
from mediation_desk.services.fairness import fairness_of
from mediation_desk.services.roster_view import RosterMonth, look_at_month
from mediation_desk.store.records import Records


def roster_workbook(records: Records, act: Act, month: date) -> bytes:
    """The shown roster as a workbook: who is where on each half-day, and who carries how much."""
    seen = look_at_month(records, act, month)
    head = seen.draft or seen.published
    refuse_unless(head, "本月还没有排班。")
    assert head is not None
    centre = records.centre.get().name
    mark = "（草案）" if head.unconfirmed or head.state is RosterState.DRAFT else ""
    title = f"{centre}{seen.month.year}年{seen.month.month}月排班表 第{head.version}版{mark}"
    tables = [_by_half_day(seen, title), _by_person(seen, title)]
    if seen.published is not None:
        tables.append(_fairness(records, act, seen.month, centre))
    return write_workbook(tables)


def _by_half_day(seen: RosterMonth, title: str) -> Table:
    there: defaultdict[tuple[object, int], list[str]] = defaultdict(list)
    names = {person.id: person.name for person in seen.people}
    for (person_id, half_day), shift in seen.shifts.items():
        there[half_day, shift.post_id].append(names[person_id])
    post_ids = [post.id for post in seen.posts if post.id is not None]

    def at_post(half_day: object, post_id: int, short: int) -> str:
        return "、".join([*there[half_day, post_id], *([f"缺{short}人"] if short else [])])

    rows: list[list[Value]] = [
        [
            half_day.day,
            f"周{WEEKDAY_LABELS[half_day.day.weekday()]}",
            half_day.half.label,
            *(at_post(half_day, post_id, seen.short.get((half_day, post_id), 0)) for post_id in post_ids),
        ]
        for half_day in sorted(seen.open)
    ]
    posts = [Column(post.name, 18) for post in seen.posts]
    columns = [Column("日期"), Column("星期", 6), Column("半天", 6), *posts]
    return Table("班表", title, columns, rows, notes=seen.warnings, columns_in_sight=3)


def _by_person(seen: RosterMonth, title: str) -> Table:
    captions = {post.id: post.name for post in seen.posts}
    half_days = sorted(seen.open)
    columns = [Column("姓名", 10), Column("单位", 16), Column("班次", 6), Column("周末等班", 8)]
    columns += [Column(f"{each.day.day}日{each.half.label}", 8) for each in half_days]
    rows: list[list[Value]] = []
    for person in seen.people:
        shifts = [seen.shifts.get((person.id, each)) for each in half_days]
        cells = [captions[shift.post_id] if shift else "" for shift in shifts]
        rows.append([person.name, person.unit, person.month_count, person.unpopular_count, *cells])
    return Table("人员", title, columns, rows, columns_in_sight=2)


def _fairness(records: Records, act: Act, month: date, centre: str) -> Table:
    found = fairness_of(records, act, month, month)
    captions = ("姓名", "班次", "应担班次", "以前多（少）值", "相差", "周末等班", "周末等班应担", "周末半天")
    rows: list[list[Value]] = [
        [
            line.name,
            line.duties,
            line.fair / TENTHS,
            line.carried.total / TENTHS,
            line.difference / TENTHS,
            line.unpopular,
            line.fair_unpopular / TENTHS,
            line.weekend,
        ]
        for line in found.lines
    ]
    heading = f"{centre}{month.year}年{month.month}月轮驻班次均衡表（已发布的排班，按实际到岗）"
    return Table("均衡", heading, [Column(each) for each in captions], rows, notes=found.sentences)


def roster_calendar(records: Records, act: Act, month: date, person_id: int | None = None) -> bytes:
    """The published roster as a calendar, of everybody or of one person.

    Shifts of older versions that are gone are struck out, so that a phone forgets them.
    """
    month = month.replace(day=1)
    published = records.rosters.published(month)
    refuse_unless(published, "本月还没有已发布的排班，不能写成日历。")
    assert published is not None
    centre = records.centre.get()
    shifts = _calendar_shifts(records, act, published, centre.uid, person_id)
    whose = "" if person_id is None else f" {records.mediators.get(person_id).name}"
    return write_calendar(f"{month.year}年{month.month}月值班{whose}", centre.address or centre.name, shifts)


def _calendar_shifts(
    records: Records, act: Act, published: DutyRoster, centre_uid: str, person_id: int | None
) -> Iterator[CalendarShift]:
    posts = {post.id: post.name for post in records.rosters.posts()}
    people = {each.id: each for each in records.mediators.all()}
    standing = placings_of(published)
    every: dict[str, tuple[Placing, bool]] = {}
    for placing in sorted(_gone(records, published) - standing):
        every[_uid(centre_uid, people[placing.person_id].uid, placing)] = (placing, True)
    for placing in sorted(standing):
        every[_uid(centre_uid, people[placing.person_id].uid, placing)] = (placing, False)
    assert published.published_at is not None
    for uid, (placing, cancelled) in every.items():
        if person_id in (None, placing.person_id):
            day = placing.half_day.day
            hours = office_hours(act.rules, placing.half_day.half, day)
            yield CalendarShift(
                uid=uid,
                person=people[placing.person_id].name,
                post=posts[placing.post_id],
                day=day,
                begin=hours.begin,
                end=hours.end,
                version=published.version,
                said_at=published.published_at,
                cancelled=cancelled,
            )


def _gone(records: Records, published: DutyRoster) -> frozenset[Placing]:
    """All shifts of the versions that were replaced."""
    older = [each for each in records.rosters.versions(published.month) if each.state is RosterState.REPLACED]
    return frozenset(placing for each in older for placing in placings_of(records.rosters.get(each.id)))


def _uid(centre_uid: str, person_uid: str, placing: Placing) -> str:
    """One name for somebody's half-day, whichever post and version."""
    told = f"{centre_uid} {person_uid} {placing.half_day.day} {placing.half_day.half}"
    return f"{sha256(told.encode()).hexdigest()[:32]}@mediation-desk"
