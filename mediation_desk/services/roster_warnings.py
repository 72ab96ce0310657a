"""What people are told of a roster: what is certain before it is worked out, what is missing after, what changes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mediation_desk.domain.half_day import WEEKDAY_LABELS, HalfDay
from mediation_desk.domain.roster_check import Broken, Rule
from mediation_desk.domain.roster_problem import Blocker, RosterPerson, RosterPost, RosterProblem
from mediation_desk.services.duty_month import DutyMonth
from mediation_desk.services.month_problem import Posed


def before_solving(known: DutyMonth, posed: Posed) -> list[str]:
    """What is certain of a month whatever the solver does, the worst first."""
    told = [] if known.confirmed else [f"{known.month.year}年放假安排未导入，暂按周一至周五；草案"]
    told += [_refused_lock(posed.problem, broken) for broken in posed.refused_locks]
    problem = posed.problem
    needs = {place: needed for place, needed in problem.needs.items() if place[0] not in problem.past}
    if not needs:
        return told
    if not any(len(person.unavailable) < len(problem.half_days) for person in problem.people):
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
    most = max(needs.values())
    if most > len(holders):
        short = most - len(holders)
        often = "每半天" if min(needs.values()) == most else "有的半天"
        yield f"{often}需{post.name}{most}人，名册只有{len(holders)}人，每半天至少缺{short}人"
    yield from _too_few_there(post, holders, needs)
    yield from _weeks_too_small(problem, post, holders)


def _too_few_there(post: RosterPost, holders: Sequence[RosterPerson], needs: Mapping[HalfDay, int]) -> Iterator[str]:
    """Half-days on which fewer can come than are wanted; half-days of one day that say the same in one sentence."""
    sentences: defaultdict[tuple[object, str], list[HalfDay]] = defaultdict(list)
    for half_day in sorted(needs):
        there = [each for each in holders if half_day not in each.unavailable]
        if len(there) >= min(needs[half_day], len(holders)):
            continue
        blockers = {each.unavailable[half_day] for each in holders if half_day in each.unavailable}
        why = "全部请假" if blockers == {Blocker.ON_LEAVE} else "都不能到岗"
        if there:
            told = f"{post.name}需{needs[half_day]}人，只有{len(there)}人可排，至少缺{needs[half_day] - len(there)}人"
        else:
            told = f"{post.name}{len(holders)}人{why}，必缺"
        sentences[half_day.day, told].append(half_day)
    for (_, told), same in sentences.items():
        yield f"{same[0].day.month}月{same[0].day.day}日{'、'.join(each.half.label for each in same)} {told}"


def _weeks_too_small(problem: RosterProblem, post: RosterPost, holders: Sequence[RosterPerson]) -> Iterator[str]:
    """Weeks with more shifts than the holders' weekly caps allow for, what was served already counted on both sides."""
    ids = {each.id for each in holders}
    wanted: Counter[tuple[int, int]] = Counter()
    for (half_day, post_id), needed in problem.needs.items():
        if post_id == post.id:
            wanted[half_day.day.isocalendar()[:2]] += needed
    for kept in problem.locked:
        if kept.post_id == post.id and kept.person_id not in ids:
            wanted[kept.half_day.day.isocalendar()[:2]] -= 1
    for week in sorted(
        {half_day.day.isocalendar()[:2] for half_day in problem.half_days if half_day not in problem.past}
    ):
        caps = [each.week_cap for each in holders]
        left = sum(max(0, each.week_cap - each.served_in_week.get(week, 0)) for each in holders)
        if wanted[week] > left:
            alike = len(set(caps)) == 1 and left == sum(caps)
            can = f"{len(caps)}人×上限{caps[0]}={left}班" if alike else f"{len(caps)}人合计还能值{left}班"
            yield f"第{week[1]}周{post.name}需{wanted[week]}班，{can}，至少缺{wanted[week] - left}班"


_AGAINST: Mapping[Rule, str] = {
    Rule.NOT_QUALIFIED: "但没有该岗位的职业身份",
    Rule.OVER_COVERED: "但该岗位已不需要",
    Rule.UNKNOWN: "但该半天不开放或该岗位已停用",
}


def _refused_lock(problem: RosterProblem, broken: Broken) -> str:
    """A lock against a rule. Where several together break one, all of them are named."""
    names = {person.id: person.name for person in problem.people}
    locked = "、".join(
        f"{short_label(each.half_day)} {names.get(each.person_id, '')}" for each in sorted(broken.placings)
    )
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


def short_label(half_day: HalfDay) -> str:
    """9月4日（周五）下午."""
    day = half_day.day
    return f"{day.month}月{day.day}日（周{WEEKDAY_LABELS[day.weekday()]}）{half_day.half.label}"
