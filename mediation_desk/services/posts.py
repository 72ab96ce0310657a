"""The posts to be filled, and the units whose people never serve together."""

from dataclasses import fields

from mediation_desk.domain.duty_roster import Post, UnitClash
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.half_day import WEEKDAYS, Half
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records

MOST_NEEDED = 20
"""More people than that on one post and half-day is a slip of the hand."""
LEAST_PRIORITY, MOST_PRIORITY = 1, 9

_COPIED = [each.name for each in fields(Post) if each.name not in ("id", "uid")]
_HALF_DAYS = frozenset(f"{weekday}_{half.value}" for weekday in WEEKDAYS for half in Half)


@needs(Right.ROSTER)
def save_post(records: Records, act: Act, post: Post) -> Post:
    """Add a post, or take over what was changed in one (found by `id`). One that is no longer wanted gets `until`."""
    faults = Faults()
    faults.check(post.name.strip(), "请填写岗位名称。", "post_name")
    others = [each for each in records.rosters.posts() if each.id != post.id]
    faults.check(post.name.strip() not in {each.name for each in others}, "已有同名的岗位。", "post_name")
    faults.check(post.profession in act.rules.table("mediator_profession"), "请选择岗位的职业身份。", "post_profession")
    faults.check(1 <= post.needed <= MOST_NEEDED, f"每半天人数应为1至{MOST_NEEDED}。", "post_needed")
    fits = LEAST_PRIORITY <= post.priority <= MOST_PRIORITY
    faults.check(fits, f"优先级应为{LEAST_PRIORITY}至{MOST_PRIORITY}。", "post_priority")
    faults.check(_HALF_DAYS.issuperset(post.weekly_pattern), "每周时段看不懂，请重新勾选。", "post_weekly_pattern")
    in_order = post.since is None or post.until is None or post.since <= post.until
    faults.check(in_order, "停用日期早于启用日期。", "post_until")
    faults.refuse_if_any()
    post.name = post.name.strip()
    if post.id is None:
        records.rosters.add(post)
        records.flush()
        return post
    held = records.rosters.post(post.id)
    for name in _COPIED:
        setattr(held, name, getattr(post, name))
    records.flush()
    return held


@needs(Right.ROSTER)
def save_clash(records: Records, act: Act, one_unit: str, other_unit: str, reason: str = "") -> UnitClash:
    """Let the people of two units never serve on the same half-day."""
    one, other = one_unit.strip(), other_unit.strip()
    faults = Faults()
    units = {each.unit for each in records.mediators.all()}
    for unit, place in ((one, "one_unit"), (other, "other_unit")):
        faults.check(unit, "请选择单位。", place)
        faults.check(not unit or unit in units, f"名册中没有单位“{unit}”。", place)
    faults.check(not one or one != other, f"“{one}”不能与自己互斥。", "other_unit")
    known = {frozenset((each.one_unit, each.other_unit)) for each in records.rosters.clashes()}
    faults.check(frozenset((one, other)) not in known, "这两个单位已经互斥。", "other_unit")
    faults.refuse_if_any()
    clash = UnitClash(one_unit=one, other_unit=other, reason=reason.strip(), by_id=act.by_id, recorded_at=act.at)
    records.rosters.add(clash)
    records.flush()
    return clash


@needs(Right.ROSTER)
def drop_clash(records: Records, _act: Act, clash_id: int) -> None:
    """Let the two units serve together again. Rosters already made stay as they are."""
    clash = next((each for each in records.rosters.clashes() if each.id == clash_id), None)
    refuse_unless(clash, "这条互斥已被取消。请刷新。")
    assert clash is not None
    records.rosters.remove(clash)
