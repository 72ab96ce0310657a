"""督办: the director urges a unit, what the unit replied, and whether that was enough (信访工作条例 art. 40)."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, NotFound, refuse_unless
from mediation_desk.domain.petition import ACCUSATION
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records

PAPER = "E7"


@dataclass(frozen=True, kw_only=True)
class Urging:
    """What is demanded of a unit, and until when."""

    demand: str
    due_on: date | None


@needs(Right.SUPERVISE)
def issue_order(
    records: Records,
    act: Act,
    case_id: int,
    *,
    unit: str,
    fault_code: str,
    demand: str,
    due_on: date,
    issued_on: date | None = None,
) -> SupervisionOrder:
    """Record an order to a unit (E7), with what it did wrong, what is demanded, and the day until which it replies."""
    case = records.cases.get(case_id)
    day = issued_on or act.today
    refuse_unless_open(case, "发督办单")
    faults = Faults()
    faults.check(unit.strip(), "请写明督办哪个单位。", "unit")
    faults.check(
        not is_accused(case, unit),
        "这是检举控告事项，不能把内容发给被检举的单位（信访工作条例第三十条）。请改写督办的单位。",
        "unit",
    )
    faults.check(fault_code in act.rules.table("supervision_fault"), "请选择督办情形。", "fault_code")
    faults.check(demand.strip(), "请写明督办要求。", "demand")
    faults.check(case.requested_on <= day <= act.today, "督办日期应在登记日期之后、不晚于今天。", "issued_on")
    faults.check(due_on >= day, "回复期限早于督办日期，请核对。", "due_on")
    faults.refuse_if_any()
    order = _issue(case, act, unit.strip(), fault_code, Urging(demand=demand, due_on=due_on), day)
    records.flush()
    return order


@needs(Right.SUPERVISE, Right.FOLLOW_UP)
def reply_to_order(records: Records, act: Act, case_id: int, no: int, *, replied_on: date, reply: str) -> Case:
    """Record what the unit replied. What comes after the case was closed is recorded too."""
    case = records.cases.get(case_id)
    order = find_order(case, no)
    faults = Faults()
    faults.check(order.replied_on is None, f"第{no}次督办的回复已在{show_day(order.replied_on)}登记。")
    faults.check(
        order.settled_on is None or order.replied_on is not None,
        f"第{no}次督办已在{show_day(order.settled_on)}认定，不再等回复。要单位再办，请另发督办单。",
    )
    faults.check(replied_on >= order.issued_on, f"回复日期早于督办日期（{show_day(order.issued_on)}）。", "replied_on")
    faults.check(replied_on <= act.today, "回复日期不能晚于今天。", "replied_on")
    faults.check(reply.strip(), "请写明单位怎样回复。", "reply")
    faults.refuse_if_any()
    order.replied_on, order.reply, order.replied_by_id = replied_on, reply.strip(), act.by_id
    late = f"，逾期{(replied_on - order.due_on).days}天" if order.is_late(act.today) else ""
    note(case, act, EventKind.SUPERVISED, replied_on, f"第{no}次督办 {order.unit}回复{late}：{order.reply}")
    records.flush()
    return case


@needs(Right.SUPERVISE)
def settle_order(
    records: Records,
    act: Act,
    case_id: int,
    no: int,
    *,
    result: str = "",
    settled_on: date | None = None,
    again: Urging | None = None,
) -> Case:
    """Record whether the reply was enough. Where it was not, `again` urges the same unit once more, in a new order.

    An order to which nobody replied is settled only with a reason.
    """
    case = records.cases.get(case_id)
    order = find_order(case, no)
    day = settled_on or act.today
    if again is not None:
        refuse_unless_open(case, "再次督办")
    faults = Faults()
    faults.check(order.settled_on is None, f"第{no}次督办已在{show_day(order.settled_on)}认定。")
    begin = order.replied_on or order.issued_on
    faults.check(begin <= day <= act.today, f"认定日期应在{show_day(begin)}之后、不晚于今天。", "settled_on")
    faults.check(order.replied_on or result.strip(), "单位还没有回复。不等回复就认定的，请写明理由。", "settle_result")
    faults.check(again is None or result.strip(), "再次督办，请写明哪里没有办好。", "settle_result")
    if again is not None:
        faults.check(again.demand.strip(), "请写明再次督办的要求。", "again_demand")
        faults.check(again.due_on is not None and again.due_on >= day, "请填写认定日期之后的回复期限。", "again_due_on")
    faults.refuse_if_any()
    verdict = "再次督办" if again else "已按要求办理" if order.replied_on else "不再督办"
    order.settled_on, order.settled_by_id = day, act.by_id
    order.result = "：".join(filter(None, (verdict, result.strip())))
    note(case, act, EventKind.SUPERVISED, day, f"第{no}次督办 认定：{order.result}")
    if again is not None:
        _issue(case, act, order.unit, order.fault_code, again, day)
    records.flush()
    return case


def refuse_unless_open(case: Case, doing: str) -> None:
    """Refuse what would demand work in a case that is at its end."""
    refuse_unless(case.merged_into is None, f"本案已并入另一案，不能在本案{doing}。请打开并入的那一案办理。")
    refuse_unless(case.closing is None, f"案件已结案，不能{doing}。确需继续办理的，请先在“概况”重新办理本案。")


def is_accused(case: Case, unit: str) -> bool:
    """Whether the case is an accusation of that unit, which must never learn of it (信访工作条例 art. 30)."""
    petition, asked = case.petition, unit.strip()
    if petition is None or petition.kind != ACCUSATION or not asked or not petition.accused_unit.strip():
        return False
    accused = petition.accused_unit.strip()
    return asked in accused or accused in asked


def find_order(case: Case, no: int) -> SupervisionOrder:
    """Raises `NotFound`."""
    order = next((each for each in case.supervision_orders if each.no == no), None)
    if order is None:
        raise NotFound(f"本案没有第{no}次督办。请刷新案件。")
    return order


def _issue(case: Case, act: Act, unit: str, fault_code: str, urging: Urging, day: date) -> SupervisionOrder:
    assert urging.due_on is not None
    order = SupervisionOrder(
        no=_next_no(case),
        unit=unit,
        fault_code=fault_code,
        demand=urging.demand.strip(),
        issued_on=day,
        due_on=urging.due_on,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    case.supervision_orders.append(order)
    fault = act.rules.table("supervision_fault").label(fault_code)
    told = f"第{order.no}次督办 {unit}：{fault}。{order.demand}（{show_day(order.due_on)}前回复）"
    note(case, act, EventKind.SUPERVISED, day, told)
    return order


def _next_no(case: Case) -> int:
    """After all orders, and after papers that were typed before orders were facts: theirs are the first numbers."""
    typed = (each.no for each in case.entries if each.code == PAPER)
    return max((*(each.no for each in case.supervision_orders), *typed), default=0) + 1
