"""Works out what a workbook of availability would change: who and what is meant, what holds an entry back, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from mediation_desk.domain.availability import (
    LOCK_MARK,
    WISH_MARKS,
    AvailabilityRead,
    ClashEntry,
    LeaveEntry,
    LockEntry,
    NeedEntry,
    PersonEntry,
    Remark,
    Span,
    Spot,
    WishEntry,
    half_day_after,
    not_known,
    whole_month,
    without,
)
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.nearest import nearest
from mediation_desk.domain.presence import LeaveKind
from mediation_desk.domain.roster_check import Broken, broken_locks
from mediation_desk.domain.roster_problem import Blocker, Placing, RosterPerson, RosterProblem
from mediation_desk.domain.rules import Rules
from mediation_desk.services.availability_people import Directory
from mediation_desk.services.duty_month import DutyMonth, placings_of, posts_held
from mediation_desk.services.month_problem import bare_problem, broken_by
from mediation_desk.services.wishes import WishTyped

CAP_LABELS = {"day_most": "每日最多", "week_most": "每周最多", "month_most": "每月最多"}


class PlannedLeave(NamedTuple):
    person_id: int
    span: Span
    reason: str = ""
    note: str = ""


class PlannedPerson(NamedTuple):
    """What changes of a person: (field of the mediator, value before, value after)."""

    person_id: int
    changes: tuple[tuple[str, object, object], ...]


class PlannedNeed(NamedTuple):
    post_id: int
    before: int
    after: int


@dataclass
class Plan:
    """What would be taken over, what was said of it, and how many entries are recorded already."""

    leaves: list[PlannedLeave] = field(default_factory=list)
    people: list[PlannedPerson] = field(default_factory=list)
    needs: list[PlannedNeed] = field(default_factory=list)
    clashes: list[tuple[str, str, str]] = field(default_factory=list)
    wishes: list[WishTyped] = field(default_factory=list)
    locks: list[Placing] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    already: int = 0


def make_plan(known: DutyMonth, rules: Rules, read: AvailabilityRead) -> Plan:
    """Go through all entries. Leave comes first, as wishes and locks depend on it."""
    planner = _Planner(known, rules)
    planner.plan.remarks += read.messages
    entries = read.entries
    planner.take_leaves([each for each in entries if isinstance(each, LeaveEntry)])
    planner.take_people([each for each in entries if isinstance(each, PersonEntry)])
    planner.take_needs([each for each in entries if isinstance(each, NeedEntry)])
    planner.take_clashes([each for each in entries if isinstance(each, ClashEntry)])
    planner.take_wishes([each for each in entries if isinstance(each, WishEntry)])
    planner.take_locks([each for each in entries if isinstance(each, LockEntry)])
    return planner.plan


class _Planner:
    def __init__(self, known: DutyMonth, rules: Rules) -> None:
        self.known, self.rules = known, rules
        self.plan = Plan()
        self.directory = Directory(known.mediators.values(), known.month, self.plan.remarks)

    def remark(self, spot: Spot, sentence: str, *, held: bool = False) -> None:
        self.plan.remarks.append(Remark(spot, sentence, held))

    # ---- leave

    def take_leaves(self, entries: Iterable[LeaveEntry]) -> None:
        by_person: dict[int, list[LeaveEntry]] = defaultdict(list)
        for entry in entries:
            person = self.directory.found(entry)
            clipped = self._clipped(entry, person) if person else None
            if person and person.id is not None and clipped:
                by_person[person.id].append(replace(entry, first=clipped.first, last=clipped.last))
        for person_id, own in by_person.items():
            for leave in self._joined(person_id, own):
                self._take_what_is_new(leave)

    def _clipped(self, entry: LeaveEntry, person: Mediator) -> Span | None:
        """The part of a leave within the month, if any of it is open; says what was cut off or assumed."""
        month = f"{self.known.month.month}月"
        clipped = entry.span.clipped(whole_month(self.known.month))
        if clipped is None:
            self.remark(entry.spot, f"：{person.name}请假 {entry.span.label} 不在{month}，没有采用。", held=True)
            return None
        if not person.is_active(clipped.first.day):
            self.remark(entry.spot, f"：{person.name}那时不在册，没有采用。", held=True)
            return None
        if not any(clipped.first <= each <= clipped.last for each in self.known.half_days):
            self._remark_closed(entry.spot, clipped.first)
            return None
        if clipped != entry.span:
            told = f"：{person.name}请假 {entry.span.label} 超出{month}，只取 {clipped.label}。"
            self.remark(entry.spot, told)
        if entry.halves_open:
            self.remark(entry.spot, "：没有写半天，按整天计。")
        return clipped

    def _remark_closed(self, spot: Spot, half_day: HalfDay) -> None:
        day = f"{half_day.day.month}/{half_day.day.day}"
        why = self.known.opening.why(half_day)
        self.remark(spot, f"：{day} {why}休息，不排班；若开放请先改开放日。没有采用。", held=True)

    def _joined(self, person_id: int, entries: Sequence[LeaveEntry]) -> Iterator[PlannedLeave]:
        """Leave of one person, with what overlaps, and what adjoins it for the same reason, put together."""
        group: list[LeaveEntry] = []
        for entry in sorted(entries, key=lambda each: each.span):
            if group and not _goes_on(group, entry):
                yield self._leave_of(person_id, group)
                group = []
            group.append(entry)
        yield self._leave_of(person_id, group)

    def _leave_of(self, person_id: int, group: Sequence[LeaveEntry]) -> PlannedLeave:
        span = Span(group[0].first, max(each.last for each in group))
        if len(group) > 1:
            overlap = any(later.first <= earlier.last for earlier, later in pairwise(group))
            spans = " 与 ".join(each.span.label for each in group)
            how = "重叠" if overlap else "相接"
            name = self.known.mediators[person_id].name
            self.remark(group[-1].spot, f"：{name}请假 {spans} {how}，已合并为 {span.label}。")
        reasons = list(dict.fromkeys(each.reason for each in group if each.reason))
        codes = {code.label: code.code for code in self.rules.table("absence_reason").codes}
        known = [codes[each] for each in reasons if each in codes]
        others = "；".join(each for each in reasons if each not in codes)
        return PlannedLeave(person_id, span, known[0] if known else "", others)

    def _take_what_is_new(self, leave: PlannedLeave) -> None:
        recorded = [
            Span(each.first, each.last)
            for each in self.known.leaves
            if each.mediator_id == leave.person_id and each.kind is LeaveKind.LEAVE and each.withdrawn_at is None
        ]
        if without(leave.span, recorded):
            self.plan.leaves.append(leave)
        else:
            self.plan.already += 1

    def _is_away(self, person_id: int, half_day: HalfDay) -> bool:
        planned = any(
            each.person_id == person_id and each.span.first <= half_day <= each.span.last for each in self.plan.leaves
        )
        return planned or (person_id, half_day) in self.known.away

    # ---- limits, weekly half-days, needs, units that do not meet

    def take_people(self, entries: Iterable[PersonEntry]) -> None:
        professions = self.rules.table("mediator_profession")
        labels = {code.label: code.code for code in professions.codes}
        for entry in entries:
            person = self.directory.found(entry)
            if person is None or person.id is None or self._is_unknown(entry, labels):
                continue
            if entry.profession and labels[entry.profession] not in person.professions:
                spot = entry.spot._replace(field="职业身份", value=entry.profession)
                self.remark(spot, "：与名册不同，名册没有改动；要改请到调解员页。")
            if entry.unit and entry.unit != person.unit:
                spot = entry.spot._replace(field="单位", value=entry.unit)
                self.remark(spot, f"：与名册（{person.unit or '未填'}）不同，名册没有改动；要改请到调解员页。")
            told: dict[str, object] = {name: self._cap(entry, name, cap) for name, cap in entry.caps.items()}
            if entry.weekly_pattern is not None:
                told["weekly_pattern"] = list(entry.weekly_pattern)
            changed = [(name, getattr(person, name), value) for name, value in told.items()]
            changed = [each for each in changed if not _same(each[1], each[2])]
            if changed:
                self.plan.people.append(PlannedPerson(person.id, tuple(changed)))
            else:
                self.plan.already += 1

    def _is_unknown(self, entry: PersonEntry, labels: Mapping[str, str]) -> bool:
        units = {each.unit for each in self.known.mediators.values() if each.unit}
        checks = (("职业身份", entry.profession, labels, "字典"), ("单位", entry.unit, units, "名册的单位之中"))
        unknown = False
        for caption, value, known, where in checks:
            if value and value not in known:
                spot = entry.spot._replace(field=caption, value=value)
                self.plan.remarks.append(not_known(spot, where, nearest(value, known)))
                unknown = True
        return unknown

    def _cap(self, entry: PersonEntry, name: str, cap: int) -> int:
        spot = entry.spot._replace(field=CAP_LABELS[name], value=str(cap))
        if cap == 0:
            self.remark(spot, "：本月不会排到此人。")
        most = self._most_open[name]
        if cap > most > 0:
            self.remark(spot, f"：多于开放的半天，按{most}计。")
            return most
        return cap

    @cached_property
    def _most_open(self) -> dict[str, int]:
        """How many half-days are open at most: on a day, in a week, in the month."""
        weeks: dict[tuple[int, int], int] = defaultdict(int)
        for each in self.known.half_days:
            weeks[each.day.isocalendar()[:2]] += 1
        return {"day_most": 2, "week_most": max(weeks.values(), default=0), "month_most": len(self.known.half_days)}

    def take_needs(self, entries: Iterable[NeedEntry]) -> None:
        posts = {each.name: each for each in self.known.posts}
        for entry in entries:
            post = posts.get(entry.post)
            if post is None or post.id is None:
                spot = entry.spot._replace(field="岗位", value=entry.post)
                self.plan.remarks.append(not_known(spot, "岗位之中", nearest(entry.post, posts)))
            elif post.needed == entry.needed:
                self.plan.already += 1
            else:
                self.plan.needs.append(PlannedNeed(post.id, post.needed, entry.needed))

    def take_clashes(self, entries: Iterable[ClashEntry]) -> None:
        units = {each.unit for each in self.known.mediators.values() if each.unit}
        known = {frozenset((each.one_unit, each.other_unit)) for each in self.known.clashes}
        for entry in entries:
            strange = [
                (caption, unit)
                for caption, unit in (("单位一", entry.one_unit), ("单位二", entry.other_unit))
                if unit not in units
            ]
            pair = frozenset((entry.one_unit, entry.other_unit))
            if len(pair) == 1:
                self.remark(entry.spot, f" “{entry.one_unit}”不能与自己互斥，忽略。", held=True)
            elif strange:
                self.plan.remarks += [
                    not_known(entry.spot._replace(field=caption, value=unit), "名册的单位之中", nearest(unit, units))
                    for caption, unit in strange
                ]
            elif pair in known:
                self.plan.already += 1
            else:
                known.add(pair)
                self.plan.clashes.append((entry.one_unit, entry.other_unit, entry.reason))

    # ---- wishes

    def take_wishes(self, entries: Iterable[WishEntry]) -> None:
        held = {(each.mediator_id, each.half_day): each.weight for each in self.known.wishes}
        for entry in entries:
            person = self._on_roster(entry)
            if person is None:
                continue
            key = person, entry.half_day
            if held.get(key) == entry.weight:
                self.plan.already += 1
            elif self._is_away(*key):
                self.remark(entry.spot, "：与请假重复，忽略。", held=True)
            elif self._fits(held, entry, person):
                held[key] = entry.weight
                self.plan.wishes.append(WishTyped(person, entry.half_day, entry.weight))

    def _fits(self, held: Mapping[tuple[int, HalfDay], int], entry: WishEntry, person: int) -> bool:
        limits = self.known.limits
        others = [
            weight for (whose, half_day), weight in held.items() if whose == person and half_day != entry.half_day
        ]
        if len(others) >= limits.wishes_most:
            told = f"：愿望超过{limits.wishes_most}条，取前{limits.wishes_most}条，这一条没有采用。"
        elif sum(map(abs, others)) + abs(entry.weight) > limits.wish_weight_most:
            told = f"：愿望轻重合计超过{limits.wish_weight_most}，这一条没有采用。"
        else:
            return True
        self.remark(entry.spot, told, held=True)
        return False

    def _on_roster(self, entry: WishEntry | LockEntry) -> int | None:
        """The person of an entry for the roster, if that half-day can be planned; else the entry is held."""
        person = self.directory.found(entry)
        if person is None or person.id is None:
            return None
        if person.presence is not Presence.ROTATING:
            told = f"：{person.name}是{person.presence.label}人员，不参加排班，没有采用。"
            self.remark(entry.spot, told, held=True)
        elif entry.half_day not in self.known.half_days:
            self._remark_closed(entry.spot, entry.half_day)
        elif entry.half_day in self.known.past:
            self.remark(entry.spot, "：这个半天已过，没有采用。", held=True)
        else:
            return person.id
        return None

    # ---- locks

    def take_locks(self, entries: Iterable[LockEntry]) -> None:
        posts = {each.name: each.id for each in self.known.posts if each.id is not None}
        wanted: dict[Placing, Spot] = {}
        for entry in entries:
            if entry.post not in posts:
                self._remark_post(entry, posts)
                continue
            person = self._on_roster(entry)
            if person is not None:
                wanted[Placing(entry.half_day, posts[entry.post], person)] = entry.spot
        locked = {each.placing for each in (self.known.draft.shifts if self.known.draft else ()) if each.locked}
        self.plan.already += len(wanted.keys() & locked)
        new = {placing: spot for placing, spot in wanted.items() if placing not in locked}
        for broken in self._conflicts(frozenset(new), frozenset(locked - self._past)):
            names = "、".join(self.known.mediators[each.person_id].name for each in broken.placings)
            for placing in sorted(new.keys() & set(broken.placings)):
                self.remark(new.pop(placing), f"：{broken.sentence.rstrip('。')}（{names}），锁定没有采用。", held=True)
        self.plan.locks += sorted(new)

    @property
    def _past(self) -> set[Placing]:
        return {each for each in placings_of(self.known.draft) if each.half_day in self.known.past}

    def _remark_post(self, entry: LockEntry, posts: Iterable[str]) -> None:
        if not entry.post:
            self.remark(entry.spot, f"：锁定要写明岗位，如“{LOCK_MARK} 律师岗”。没有采用。", held=True)
            return
        words = {mark: mark for mark in ("假", *WISH_MARKS)} | {post: f"{LOCK_MARK} {post}" for post in posts}
        meant = nearest(entry.post, words)
        self.plan.remarks.append(not_known(entry.spot, "填写词和岗位之中", words.get(meant, "")))

    def _conflicts(self, new: frozenset[Placing], locked: frozenset[Placing]) -> list[Broken]:
        """What the new locks break: among themselves, against leave, limits and units, and in the draft as it is."""
        if not new:
            return []
        problem = bare_problem(self.known, {})
        problem = replace(
            problem,
            people=tuple(self._with_changes(each, problem) for each in problem.people),
            needs=self._needs(problem),
            clashes=problem.clashes | {frozenset(each[:2]) for each in self.plan.clashes},
            locked=locked | new,
        )
        found = [each for each in broken_locks(problem) if new.intersection(each.placings)]
        guilty = {placing for each in found for placing in each.placings}
        draft = placings_of(self.known.draft or self.known.published)
        return found + broken_by(self.known, draft | (new - guilty), draft)

    def _needs(self, problem: RosterProblem) -> dict[tuple[HalfDay, int], int]:
        needs = dict(problem.needs)
        for change in self.plan.needs:
            for half_day, post_id in [place for place in needs if place[1] == change.post_id]:
                needs[half_day, post_id] = max(0, needs[half_day, post_id] + change.after - change.before)
        return needs

    def _with_changes(self, person: RosterPerson, problem: RosterProblem) -> RosterPerson:
        away = {each: Blocker.ON_LEAVE for each in problem.half_days if self._is_away(person.id, each)}
        changes = {
            name: value
            for planned in self.plan.people
            if planned.person_id == person.id
            for name, _, value in planned.changes
        }
        caps = {f"{name.removesuffix('_most')}_cap": value for name, value in changes.items() if name in CAP_LABELS}
        posts = posts_held(self.known.mediators[person.id], self.known.posts)
        return replace(person, posts=posts, unavailable={**person.unavailable, **away}, **caps)  # type: ignore[arg-type]  # caps are numbers


def _goes_on(group: Sequence[LeaveEntry], entry: LeaveEntry) -> bool:
    """Whether a leave overlaps those before it, or adjoins them for the same reason."""
    end = max(each.last for each in group)
    return entry.first <= end or (entry.first == half_day_after(end) and entry.reason == group[-1].reason)


def _same(before: object, after: object) -> bool:
    if isinstance(before, list) and isinstance(after, list):
        return sorted(before) == sorted(after)
    return before == after
