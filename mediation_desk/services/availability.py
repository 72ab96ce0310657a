"""Availability by workbook: sending it round, showing what it would change, and taking over what a person confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.availability import LEAVE_MARK, WISH_MARKS, AvailabilityRead, Remark, SpotKey
from mediation_desk.domain.errors import ChangedMeanwhile
from mediation_desk.domain.half_day import Half, HalfDay, half_days
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.rights import Right
from mediation_desk.exchange.availability import CAPS, read_availability
from mediation_desk.exchange.availability_template import Template, TemplatePerson, write_template
from mediation_desk.exchange.cell_values import pattern_in_words
from mediation_desk.services.act import Act, needs
from mediation_desk.services.availability_people import number_of
from mediation_desk.services.availability_plan import CAP_LABELS, Plan, PlannedPerson, make_plan
from mediation_desk.services.duty_month import DutyMonth, read_month
from mediation_desk.services.posts import save_clash
from mediation_desk.services.presence import LeaveAsked, take_leave
from mediation_desk.services.roster_making import place
from mediation_desk.services.wishes import take_wishes
from mediation_desk.store.records import Records

_MARKS = {weight: mark for mark, weight in WISH_MARKS.items()}


@dataclass(frozen=True)
class AvailabilityPreview:
    """What a workbook would change, in sentences, and what was said of it. Nothing is changed yet.

    `already` entries are recorded as they are. `changes` is empty where nothing is to be taken over.
    """

    read: AvailabilityRead
    changes: tuple[str, ...]
    remarks: tuple[Remark, ...]
    already: int

    @property
    def held_back(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if each.held)


@needs(Right.ROSTER)
def availability_template(records: Records, act: Act, month: date) -> bytes:
    """The workbook of a month for the offices, with what is known of their people."""
    known = read_month(records, act, month)
    professions = act.rules.table("mediator_profession")
    every = half_days(HalfDay(known.days[0], Half.AM), HalfDay(known.days[-1], Half.PM))
    return write_template(
        Template(
            month=known.month,
            centre=records.centre.get().name,
            people=[_person(each, known, professions.label(each.profession)) for each in known.rotating],
            posts=[(each.name, professions.label(each.profession), each.needed) for each in known.posts_in_use],
            clashes=[(each.one_unit, each.other_unit, each.reason) for each in known.clashes],
            closed={each: known.opening.why(each) for each in every if not known.opening.is_open(each)},
        )
    )


@needs(Right.ROSTER)
def preview_availability(
    records: Records, act: Act, month: date, content: bytes, corrections: Mapping[SpotKey, str] | None = None
) -> AvailabilityPreview:
    """What a workbook would change in a month. Raises `FileRefused` when it is no such workbook at all.

    `corrections` are suggestions of remarks that a person accepted: (sheet, row, field) → what the cell means.
    """
    return _preview(records, act, read_availability(content, month, corrections))


@needs(Right.ROSTER)
def take_over_availability(records: Records, act: Act, confirmed: AvailabilityPreview) -> list[str]:
    """Record what a person looked at and confirmed; returns what is to be said of it.

    Raises `ChangedMeanwhile` when what is recorded changed since, so that something else would come of it.
    """
    known = read_month(records, act, confirmed.read.month)
    plan = make_plan(known, act.rules, confirmed.read)
    if _changes(plan, known) != confirmed.changes:
        raise ChangedMeanwhile("预览以后有人改了请假、排班或名册，没有导入。请重新看一遍预览。")
    _change_people_and_posts(records, act, plan)
    said: list[str] = []
    for leave in plan.leaves:
        (first, last), reason, note = leave.span, leave.reason, leave.note
        asked = LeaveAsked(
            mediator_id=leave.person_id,
            first_day=first.day,
            first_half=first.half,
            last_day=last.day,
            last_half=last.half,
            reason=reason,
            note=note,
        )
        said += take_leave(records, act, asked).said
    said += take_wishes(records, act, plan.wishes)
    for half_day, post_id, person_id in plan.locks:
        place(records, act, known.month, person_id, half_day, post_id)
    records.flush()
    return said


def _change_people_and_posts(records: Records, act: Act, plan: Plan) -> None:
    for person in plan.people:
        held = records.mediators.get(person.person_id)
        for name, _, value in person.changes:
            setattr(held, name, value)
    for need in plan.needs:
        records.rosters.post(need.post_id).needed = need.after
    for one, other, reason in plan.clashes:
        save_clash(records, act, one, other, reason)
    records.flush()


def _preview(records: Records, act: Act, read: AvailabilityRead) -> AvailabilityPreview:
    known = read_month(records, act, read.month)
    plan = make_plan(known, act.rules, read)
    return AvailabilityPreview(read, _changes(plan, known), tuple(plan.remarks), plan.already)


def _changes(plan: Plan, known: DutyMonth) -> tuple[str, ...]:
    """What would be recorded, a sentence each."""
    names = {number: each.name for number, each in known.mediators.items()}
    posts = {each.id: each.name for each in known.posts}
    wishes = [f"{names[each.person_id]} {each.half_day.label} {_MARKS[each.weight]}" for each in plan.wishes]
    return (
        *(f"{names[each.person_id]} 请假 {each.span.label}" for each in plan.leaves),
        *(line for each in plan.people for line in _person_changes(each, names[each.person_id])),
        *(f"岗位“{posts[each.post_id]}” 每半天{each.before}人改为{each.after}人" for each in plan.needs),
        *(f"“{one}”与“{other}”互斥" for one, other, _ in plan.clashes),
        *wishes,
        *(f"{names[each.person_id]} {each.half_day.label} 锁定“{posts[each.post_id]}”" for each in plan.locks),
    )


def _person_changes(planned: PlannedPerson, name: str) -> list[str]:
    return [
        f"{name} {CAP_LABELS.get(field, '固定半天')} {_shown(before)}改为{_shown(after)}"
        for field, before, after in planned.changes
    ]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"“{pattern_in_words(value) or '不限'}”"
    return "中心统一数" if value is None else str(value)


def _person(person: Mediator, known: DutyMonth, profession: str) -> TemplatePerson:
    assert person.id is not None
    marks = {each: LEAVE_MARK for each in known.half_days if (person.id, each) in known.away} | {
        each.half_day: _MARKS[each.weight] for each in known.wishes if each.mediator_id == person.id
    }
    caps = {name: getattr(person, name) for name, *_ in CAPS.values()}
    return TemplatePerson(
        number_of(person.id), person.name, person.unit, profession, caps, person.weekly_pattern, marks
    )
