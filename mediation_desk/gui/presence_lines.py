"""How presence is said on the screen: who is here, who can be called, which posts are empty, who comes next."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QColor

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.half_day import WEEKDAY_LABELS, HalfDay
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW, Line, Tone
from mediation_desk.services.who_is_here import Coming, EmptyPost, OnCallPerson, Person, Presences, Whereabouts

GREEN = Tone(QColor("#dff3df"), QColor("#0e4a14"))
GREY = Tone(QColor("#ececec"), QColor("#4a4a4a"))
_TONES = {
    Whereabouts.HERE: GREEN,
    Whereabouts.MISSING: RED,
    Whereabouts.LEFT: YELLOW,
    Whereabouts.AWAY: GREY,
}
_NAMED_DAYS = {0: "今天", 1: "明天", 2: "后天"}

PERSON_COLUMNS = ("状态", "姓名", "驻点、岗位", "职业身份", "单位", "电话")
CALL_COLUMNS = ("姓名", "电话", "答复、路程", "职业身份", "单位")
EMPTY_COLUMNS = ("时间", "岗位", "缺人")


def person_line(person: Person, rules: Rules) -> Line:
    mediator = person.mediator
    where = " ".join(filter(None, (mediator.presence.label, person.post)))
    if person.stands_in_for:
        where += f"（替{person.stands_in_for}）"
    profession = rules.table("mediator_profession").label(mediator.profession)
    cells = (whereabouts_in_words(person, rules), mediator.name, where, profession, mediator.unit, mediator.phone)
    return Line(cells, person, _TONES.get(person.whereabouts))


def whereabouts_in_words(person: Person, rules: Rules) -> str:
    """已到 8:52, 已到 9:31 迟到31分, 已到 9:05 未排班, 未到, 已离开 11:20, 请假 病假 至9月8日."""
    if person.leave is not None:
        leave, last = person.leave, person.leave.last_day
        until = f"至{last.month}月{last.day}日" if last != leave.first_day else ""
        reason = rules.table("absence_reason").label(leave.reason)
        return " ".join(filter(None, (leave.kind.label, reason, until)))
    words = [person.whereabouts.label]
    if person.since is not None:
        words.append(show_time(person.since.time()))
    if person.late:
        words.append(f"迟到{person.late}分")
    if not person.is_planned:
        words.append("未排班")
    return " ".join(words)


def call_line(person: OnCallPerson, rules: Rules) -> Line:
    mediator = person.mediator
    agreed = (("答复", person.response_minutes), ("路程", person.travel_minutes))
    minutes = " ".join(f"{what}{number}分" for what, number in agreed if number is not None)
    profession = rules.table("mediator_profession").label(mediator.profession)
    cells = (mediator.name, mediator.phone, person.why_not or minutes, profession, mediator.unit)
    return Line(cells, mediator.id, GREY if person.why_not else None)


def empty_line(empty: EmptyPost, today: date) -> Line:
    days = (empty.half_day.day - today).days
    cells = (when_in_words(empty.half_day, today), empty.name, f"缺{empty.missing}人")
    return Line(cells, empty, RED if days <= 1 else ORANGE)


def when_in_words(half_day: HalfDay, today: date) -> str:
    """明天 周二 上午, 11月30日 周一 下午."""
    days = (half_day.day - today).days
    day = _NAMED_DAYS.get(days, f"{half_day.day.month}月{half_day.day.day}日")
    return f"{day} 周{WEEKDAY_LABELS[half_day.day.weekday()]} {half_day.half.label}"


def coming_in_words(coming: Coming | None, today: date) -> str:
    """接下来 今天 周一 下午：钱律师、孙咨询师."""
    if coming is None:
        return "近期没有开放日。请核对“设置”中的开放时间。"
    names: Sequence[str] = [each.name for each in coming.people]
    return f"接下来 {when_in_words(coming.half_day, today)}：{'、'.join(names) or '没有人'}"


def nobody_in_words(presences: Presences) -> str:
    """What stands where nobody is expected and nobody came."""
    if presences.why_closed:
        return f"这个时段中心不开放（{presences.why_closed}）。"
    return "这个时段没有人在岗。请到“调解员”页登记驻点方式和每周在岗时间。"


def nothing_empty_in_words(presences: Presences) -> str:
    if presences.has_posts:
        return "到未来五个开放日，各岗位都有人。"
    return "还没有设岗位。请到“排班”页设岗位和每半天的人数，这里就会显示空岗。"
