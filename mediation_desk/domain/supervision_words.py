"""What the director does about hard matters, told in the clerk's words: how each stands, and each whole.

`called` names a user by id.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision import Conference, ConferenceDecision, LeadCadre, Suggestion, SupervisionOrder

Called = Callable[[int | None], str]


def order_state(order: SupervisionOrder, today: date) -> str:
    """Such as "待回复，还有3天", "逾期2天未回复", "已回复，待认定"."""
    if order.settled_on is not None:
        return "已认定" if order.replied_on else "不再督办"
    if order.replied_on is not None:
        over = (order.replied_on - order.due_on).days
        return f"逾期{over}天回复，待认定" if over > 0 else "已回复，待认定"
    left = (order.due_on - today).days
    if left < 0:
        return f"逾期{-left}天未回复"
    return f"待回复，还有{left}天" if left else "待回复，今天到期"


def order_in_words(order: SupervisionOrder, rules: Rules, called: Called, today: date) -> str:
    lines = [
        f"第{order.no}次督办：{order.unit}",
        f"督办情形：{rules.table('supervision_fault').label(order.fault_code)}",
        f"督办要求：{order.demand}",
        f"{show_day(order.issued_on)}督办，{show_day(order.due_on)}前回复：{order_state(order, today)}"
        + recorded(called, order.by_id, order.recorded_at),
    ]
    if order.replied_on is not None:
        lines += [f"{show_day(order.replied_on)}回复（{called(order.replied_by_id)}登记）：", order.reply]
    if order.settled_on is not None:
        lines.append(f"{show_day(order.settled_on)}认定（{called(order.settled_by_id)}登记）：{order.result}")
    return "\n".join(lines)


def decision_state(decision: ConferenceDecision, today: date) -> str:
    """Such as "还有3天", "逾期2天未落实", "2026-05-30落实"."""
    if decision.done_on is not None:
        over = (decision.done_on - decision.due_on).days
        return f"{show_day(decision.done_on)}落实" + (f"，逾期{over}天" if over > 0 else "")
    left = (decision.due_on - today).days
    if left < 0:
        return f"逾期{-left}天未落实"
    return f"还有{left}天" if left else "今天到期"


def conference_state(conference: Conference, today: date) -> str:
    """How much of what was decided is done."""
    if not conference.decisions:
        return "没有本案的议定事项"
    mark = decisions_mark([conference], today)
    return mark or "已全部落实"


def conference_in_words(conference: Conference, called: Called, today: date) -> str:
    lines = [
        f"第{conference.no}次会商：{conference.kind.label}，{show_day(conference.held_on)}"
        + recorded(called, conference.by_id, conference.recorded_at),
        "　".join(filter(None, (f"主持：{conference.chair}", conference.place and f"地点：{conference.place}"))),
        "参加：" + "；".join(conference.units),
        "",
        conference.minutes,
    ]
    for decision in conference.decisions:
        helped = f"，{decision.helpers}配合" if decision.helpers else ""
        lines += ["", f"议定事项{decision.no}：{decision.text}"]
        lines.append(f"{decision.unit}{helped}，{show_day(decision.due_on)}前完成：{decision_state(decision, today)}")
        if decision.done_on is not None:
            lines.append(f"落实情况（{called(decision.done_by_id)}登记）：{decision.done_note}")
    return "\n".join(lines)


def decisions_mark(conferences: Iterable[Conference], today: date) -> str:
    """What is seen beside the topic."""
    waiting = [each for one in conferences for each in one.decisions if each.done_on is None]
    late = sum(each.is_late(today) for each in waiting)
    return counted([(late, "逾期未落实"), (len(waiting), "待落实")])


def cadre_state(cadre: LeadCadre) -> str:
    """Such as "包案中，走访2次"."""
    visits = f"，走访{len(cadre.visits)}次" if cadre.visits else "，还没有走访"
    return (f"{show_day(cadre.until)}结束" if cadre.until else "包案中") + visits


def cadre_in_words(cadre: LeadCadre, called: Called) -> str:
    begun = f"{cadre.name}（{cadre.post}），{show_day(cadre.since)}起包案"
    lines = [begun + recorded(called, cadre.by_id, cadre.recorded_at)]
    for visit in sorted(cadre.visits, key=lambda each: each.visited_on):
        how = visit.manner or "走访"
        lines += ["", f"{show_day(visit.visited_on)}{how}" + recorded(called, visit.by_id, visit.recorded_at)]
        lines.append(visit.situation)
    if cadre.until is not None:
        lines += ["", f"{show_day(cadre.until)}结束：{cadre.result}"]
    return "\n".join(lines)


def cadres_mark(cadres: Iterable[LeadCadre]) -> str:
    """Who has the case in hand; "" for nobody."""
    return next((each.name for each in cadres if each.until is None), "")


def suggestion_state(suggestion: Suggestion) -> str:
    if suggestion.answered_on is None:
        return "待答复"
    return "已采纳" if suggestion.adopted else "未采纳"


def suggestion_in_words(suggestion: Suggestion, called: Called) -> str:
    begun = f"{show_day(suggestion.made_on)}向{suggestion.unit}建议{suggestion.kind.label}"
    lines = [begun + recorded(called, suggestion.by_id, suggestion.recorded_at), suggestion.text]
    if suggestion.answered_on is not None:
        lines += ["", f"{show_day(suggestion.answered_on)}答复，{suggestion_state(suggestion)}：{suggestion.answer}"]
    return "\n".join(lines)


def suggestions_mark(suggestions: Iterable[Suggestion]) -> str:
    return counted([(sum(each.answered_on is None for each in suggestions), "待答复")])


def recorded(called: Called, by_id: int, at: datetime) -> str:
    """Who recorded it, and when."""
    return f"（{called(by_id)} {show_day(at.date())} {show_time(at.time())}登记）"


def counted(marks: Iterable[tuple[int, str]]) -> str:
    """The first of these that there is any of: "2项逾期未复"; "" for none."""
    return next(_said(marks), "")


def _said(marks: Iterable[tuple[int, str]]) -> Iterator[str]:
    return (f"{count}项{word}" for count, word in marks if count)


def orders_mark(orders: Iterable[SupervisionOrder], today: date) -> str:
    """What is seen beside the topic."""
    waiting = [each for each in orders if each.settled_on is None]
    late = sum(each.awaits_reply and each.is_late(today) for each in waiting)
    unread = sum(each.replied_on is not None for each in waiting)
    return counted([(late, "逾期未复"), (unread, "待认定"), (len(waiting), "待回复")])
