"""What people are told of a roster: what is certain before it is worked out, what is missing after, what changes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from math import ceil

from mediation_desk.domain.duty_roster import DutyRoster
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_check import Broken, Rule
from mediation_desk.domain.roster_problem import (
    TENTHS,
    Blocker,
    Level,
    LevelName,
    Method,
    Placing,
    RosterPerson,
    RosterPost,
    RosterProblem,
    RosterSolution,
)
from mediation_desk.domain.roster_reasons import explain
from mediation_desk.domain.roster_value import shortages
from mediation_desk.services.act import Act
from mediation_desk.services.duty_month import DutyMonth, placings_of, read_month
from mediation_desk.services.month_problem import Posed, posed
from mediation_desk.services.roster_making import changes
from mediation_desk.store.records import Records

_DAYS_LISTED = 4


def before_solving(known: DutyMonth, asked: Posed) -> list[str]:
    """What is certain of a month whatever the solver does, the worst first."""
    told = [] if known.confirmed else [f"{known.month.year}年放假安排未导入，暂按周一至周五；草案"]
    told += [_refused_lock(asked.problem, broken) for broken in asked.refused_locks]
    problem = asked.problem
    needs = {place: needed for place, needed in problem.needs.items() if place[0] not in problem.past}
    if not needs:
        return told
    if not any(person.posts and len(person.unavailable) < len(problem.half_days) for person in problem.people):
        return [*told, "本月无人可排"]
    for post in sorted(problem.posts, key=lambda each: (each.priority, each.id)):
        of_post = {half_day: needed for (half_day, post_id), needed in needs.items() if post_id == post.id}
        if of_post:
            told += _certainly_short(problem, post, of_post)
    return told


def _certainly_short(problem: RosterProblem, post: RosterPost, needs: Mapping[HalfDay, int]) -> Iterator[str]:
    holders = [person for person in problem.people if post.id in person.posts]
    if not holders:
        yield f"岗位“{post.name}”没有任何轮驻人员，共{len(needs)}个半天必缺"
        return
    yield from _too_few_people(post, len(holders), needs)
    yield from _too_few_there(post, holders, needs)
    yield from _weeks_too_small(problem, post, holders)


def _too_few_people(post: RosterPost, people: int, needs: Mapping[HalfDay, int]) -> Iterator[str]:
    least, most = min(needs.values()), max(needs.values())
    if most > people:
        when, then = ("每半天", "每半天") if least == most else ("有的半天", "当时")
        yield f"{when}需{post.name}{most}人，名册只有{people}人，{then}至少缺{most - people}人"


def _too_few_there(post: RosterPost, holders: Sequence[RosterPerson], needs: Mapping[HalfDay, int]) -> Iterator[str]:
    """Half-days on which fewer can come than are wanted; those of which the same is to be said, in one sentence."""
    alike: defaultdict[str, list[HalfDay]] = defaultdict(list)
    for half_day in sorted(needs):
        there = sum(half_day not in each.unavailable for each in holders)
        if there == 0:
            blockers = {each.unavailable[half_day] for each in holders}
            why = "全部请假" if blockers == {Blocker.ON_LEAVE} else "都不能到岗"
            alike[f"{post.name}{len(holders)}人{why}，必缺"].append(half_day)
        elif there < min(needs[half_day], len(holders)):
            short = needs[half_day] - there
            alike[f"{post.name}需{needs[half_day]}人，只有{there}人可排，至少缺{short}人"].append(half_day)
    for told, when in alike.items():
        yield f"{_listed(when)} {told}"


def _listed(half_days: Sequence[HalfDay]) -> str:
    """9月5日上午、下午，9月7日上午; a long list is cut and counted."""
    days: dict[date, list[str]] = {}
    for half_day in half_days:
        days.setdefault(half_day.day, []).append(half_day.half.label)
    told = [f"{day.month}月{day.day}日{'、'.join(halves)}" for day, halves in days.items()]
    if len(told) > _DAYS_LISTED:
        return f"{'，'.join(told[:_DAYS_LISTED])}等{len(half_days)}个半天"
    return "，".join(told)


def _weeks_too_small(problem: RosterProblem, post: RosterPost, holders: Sequence[RosterPerson]) -> Iterator[str]:
    """Weeks with more shifts than all who hold the post can serve, be there enough people on each half-day or not.

    What was served already counts on both sides.
    """
    kept = {(each.person_id, each.half_day) for each in problem.locked if each.post_id == post.id}
    others = Counter(half_day for person_id, half_day in kept if person_id not in {each.id for each in holders})

    def can(person: RosterPerson, half_day: HalfDay) -> bool:
        free = half_day not in problem.past and half_day not in person.unavailable
        return free or (person.id, half_day) in kept

    for week, half_days in _weeks(problem).items():
        wanted = {each: problem.needs.get((each, post.id), 0) - others[each] for each in half_days}
        fillable = sum(min(wanted[each], sum(can(person, each) for person in holders)) for each in half_days)
        rooms = [
            min(person.week_cap - person.served_in_week.get(week, 0), sum(can(person, each) for each in half_days))
            for person in holders
        ]
        able = [(person.week_cap, room) for person, room in zip(holders, rooms, strict=True) if room > 0]
        left = sum(room for _, room in able)
        if able and fillable > left:
            alike = {number for each in able for number in each}
            how = f"×上限{able[0][0]}={left}班" if len(alike) == 1 else f"合计还能值{left}班"
            all_wanted = sum(wanted.values())
            yield f"第{week[1]}周{post.name}需{all_wanted}班，{len(able)}人{how}，至少缺{all_wanted - left}班"


def _weeks(problem: RosterProblem) -> dict[tuple[int, int], list[HalfDay]]:
    """ISO week → its half-days in the month, of weeks that are not over."""
    weeks: defaultdict[tuple[int, int], list[HalfDay]] = defaultdict(list)
    for half_day in sorted(problem.half_days):
        weeks[half_day.day.isocalendar()[:2]].append(half_day)
    return {week: half_days for week, half_days in weeks.items() if not problem.past.issuperset(half_days)}


_AGAINST: Mapping[Rule, str] = {
    Rule.NOT_QUALIFIED: "但没有该岗位的职业身份",
    Rule.OVER_COVERED: "但该岗位已不需要",
    Rule.UNKNOWN: "但该半天不开放或该岗位已停用",
}


def _refused_lock(problem: RosterProblem, broken: Broken) -> str:
    """A lock against a rule. Where several together break one, all of them are named."""
    names = {person.id: person.name for person in problem.people}
    locked = "、".join(f"{each.half_day.in_month} {names.get(each.person_id, '')}" for each in sorted(broken.placings))
    if broken.rule is Rule.NOT_AVAILABLE:
        [placing] = broken.placings
        person = next(each for each in problem.people if each.id == placing.person_id)
        against = f"但其{_cannot(person.unavailable[placing.half_day])}"
    elif len(broken.placings) == 1:
        against = _AGAINST.get(broken.rule, broken.sentence)
    else:
        against = f"互相冲突：{broken.sentence.rstrip('。')}"
    return f"锁定：{locked}，{against}；暂不采用，请改动或解锁"


def _cannot(blocker: Blocker) -> str:
    return {Blocker.ON_LEAVE: "该半天请假", Blocker.CALLED_AWAY: "该半天另有安排"}.get(blocker, "该半天不来")


def after_solving(problem: RosterProblem, solution: RosterSolution, help_: Sequence[str] = ()) -> list[str]:
    """What is to be said of a roster that was worked out: trouble, and who is missing and why.

    `help_` are the ways out in words, best first; they are added where somebody is missing.
    """
    told = [solution.trouble.rstrip("。")] if solution.trouble else []
    missing = shortages_in_words(problem, solution.placings)
    return [*told, *missing, *([f"可行办法：{'；'.join(help_)}"] if missing and help_ else [])]


def _unproven(level: Level) -> str:
    """Squares are told as squared shifts, rounded up."""
    apart = level.value - level.bound
    if level.name in (LevelName.TOTAL, LevelName.UNPOPULAR):
        apart = ceil(apart / TENTHS**2)
    return f"已得可用排班；{level.name.label}一项尚未证明最优（差≤{apart}）"


def shortages_in_words(problem: RosterProblem, placings: Collection[Placing]) -> list[str]:
    """For each place where somebody is missing, everybody who holds the post with what hinders him or her."""
    explanation = explain(problem, placings)
    people = {person.id: person for person in problem.people}
    posts = {post.id: post.name for post in problem.posts}
    told = []
    for (half_day, post_id), missing in shortages(problem, placings).items():
        hindered: defaultdict[str, list[str]] = defaultdict(list)
        for other in explanation.blockers_of_shortage(half_day, post_id):
            person = people[other.person_id]
            hindered[_hindrance(other.blocker, person)].append(person.name)
        why = "；".join(f"{'、'.join(names)} {hindrance}" for hindrance, names in hindered.items())
        told.append(f"{half_day.in_month} {posts[post_id]} 缺{missing}人：{why or '没有轮驻人员可排'}")
    return told


def _hindrance(blocker: Blocker | None, person: RosterPerson) -> str:
    match blocker:
        case None:
            return "可排而未排"
        case Blocker.DAY_CAP:
            return f"当日已满{person.day_cap}班"
        case Blocker.WEEK_CAP:
            return f"本周已满{person.week_cap}班"
        case Blocker.MONTH_CAP:
            return f"本月已满{person.month_cap}班"
        case Blocker.CLASH:
            return "单位互斥"
        case _:
            return blocker.label


def draft_in_words(records: Records, act: Act, month: date) -> list[str]:
    """What the draft changes in the published roster: how many shifts are affected and changed, and each of them.

    Affected are published shifts to come that cannot be served: leave, another task, a closed half-day.
    """
    known = read_month(records, act, month)
    affected = sum(
        each.half_day > known.now
        and (each.half_day not in known.half_days or each.half_day in known.unavailable[each.person_id])
        for each in known.in_force
    )
    changed = changes(records, act, known.month)
    posts = {each.id: each.name for each in known.posts}
    names = {each.id: each.name for each in known.mediators.values()} | {None: "（缺）"}
    lines = [
        f"{each.half_day.in_month} {posts[each.post_id]}：{names[each.before]} → {names[each.after]}"
        for each in changed
    ]
    return [f"影响{affected}个班次，将改动{len(changed)}个班次{'，名单如下' if changed else ''}", *lines]


def before_publishing(records: Records, act: Act, month: date) -> list[str]:
    """What whoever publishes the draft must know. None of it forbids to publish."""
    known = read_month(records, act, month)
    draft = known.draft
    refuse_unless(draft, "本月没有草案可以发布。请先排班。")
    assert draft is not None
    told = [] if known.confirmed else [f"{known.month.year}年放假安排未导入，发布后仍标“草案”"]
    missing = sum(shortages(posed(known, {}).problem, placings_of(draft)).values())
    if missing:
        told.append(f"还缺{missing}人次")
    if not draft.levels:
        told.append("手动改动过，没有证明是最优排班")
    elif draft.method == Method.GREEDY:
        told.append("用简易排法排成，没有证明是最优排班")
    else:
        told += [_unproven(level) for level in kept_levels(draft) if not level.proven]
    return told


def kept_levels(roster: DutyRoster) -> tuple[Level, ...]:
    """What was reached when the roster was worked out, as it was kept."""
    return tuple(
        Level(LevelName(str(kept["name"])), int(str(kept["value"])), int(str(kept["bound"])), bool(kept["proven"]))
        for kept in roster.levels
    )
