"""首问负责: whoever received the visitor answers for the case until somebody accepts it (domain 4.3)."""

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.responsibility import ResponsibilityTransfer
from mediation_desk.domain.rights import Right, rights_of_user
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.supervision import refuse_unless_open
from mediation_desk.store.records import Records


@needs(Right.REGISTER)
def offer_hand_over(records: Records, act: Act, case_id: int, to_id: int, *, reason: str = "") -> Case:
    """Offer the case to another user who receives visitors. Until that one accepts, nothing changes.

    The one who is responsible offers it; the director may in their place, when they are away.
    """
    case = records.cases.get(case_id)
    refuse_unless_open(case, "移交首问责任")
    centre = records.centre.get()
    now = centre.user_name(case.responsible_id)
    faults = Faults()
    faults.check(
        act.by_id == case.responsible_id or Right.SUPERVISE in act.rights,
        f"本案的首问责任人是{now}，由本人移交；本人不在岗的，请主任移交。",
    )
    waiting = case.open_offer
    asked = centre.user_name(waiting.to_id) if waiting else ""
    faults.check(waiting is None, f"已经请{asked}接手，还没有答复。要换人，请先撤回。")
    is_taker = to_id in {user.id for user in takers(centre.users, case)}
    faults.check(is_taker, "请选择接手的人：在岗、能接待来访的其他使用者。", "taker")
    faults.refuse_if_any()
    case.transfers.append(
        ResponsibilityTransfer(to_id=to_id, reason=reason.strip(), by_id=act.by_id, recorded_at=act.at)
    )
    told = f"请{centre.user_name(to_id)}接手" + (f"：{reason.strip()}" if reason.strip() else "")
    note(case, act, EventKind.TRANSFER, act.today, told)
    records.flush()
    return case


@needs(Right.REGISTER)
def answer_hand_over(records: Records, act: Act, case_id: int, *, accepted: bool, answer: str = "") -> Case:
    """Accept or decline what was offered: only whom it was offered to can. Declining needs a reason."""
    case = records.cases.get(case_id)
    offer = _open_offer(case)
    name = records.centre.get().user_name(offer.to_id)
    faults = Faults()
    faults.check(act.by_id == offer.to_id, f"这项移交是请{name}接手的，由本人答复。")
    faults.check(accepted or answer.strip(), "请写明不接手的理由。", "hand_over_answer")
    faults.refuse_if_any()
    offer.accepted, offer.answer, offer.answered_at = accepted, answer.strip(), act.at
    told = f"{name}{'接手' if accepted else '没有接手'}" + (f"：{answer.strip()}" if answer.strip() else "")
    note(case, act, EventKind.TRANSFER, act.today, told)
    records.flush()
    return case


@needs(Right.REGISTER)
def take_back_offer(records: Records, act: Act, case_id: int, *, reason: str) -> Case:
    """Take an offer back that nobody answered, with a reason that is kept."""
    case = records.cases.get(case_id)
    offer = _open_offer(case)
    centre = records.centre.get()
    faults = Faults()
    faults.check(
        act.by_id in (offer.by_id, case.responsible_id) or Right.SUPERVISE in act.rights,
        f"这项移交是{centre.user_name(offer.by_id)}提出的，由本人或者主任撤回。",
    )
    faults.check(reason.strip(), "请写明撤回的理由。", "take_back_reason")
    faults.refuse_if_any()
    offer.answer, offer.answered_at = reason.strip(), act.at
    note(case, act, EventKind.TRANSFER, act.today, f"撤回移交给{centre.user_name(offer.to_id)}：{reason.strip()}")
    records.flush()
    return case


def takers(users: list[User], case: Case) -> list[User]:
    """Who can take the case over: whoever receives visitors and is not responsible already."""
    return [user for user in users if user.id != case.responsible_id and Right.REGISTER in rights_of_user(user)]


def _open_offer(case: Case) -> ResponsibilityTransfer:
    offer = case.open_offer
    refuse_unless(offer, "现在没有等待答复的移交，可能刚被答复或者撤回。请刷新案件。")
    assert offer is not None
    return offer
