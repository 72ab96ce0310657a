"""Which steps a petition item may take next, and for every other one why not (信访工作条例 art. 23, 30 to 36).

It goes to mediation only as 5.5.1 of the domain notes has it: a redress claim that is a civil dispute, with both sides'
consent. Its own time limit runs on meanwhile.
"""

from collections.abc import Mapping

from mediation_desk.domain.case import AGREED, Case, DecisionKind
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.path_aid import MEDIATION_PATH
from mediation_desk.domain.petition import ACCUSATION, REDRESS_CLAIM, Petition
from mediation_desk.domain.petition import PetitionStepKind as Step
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import Stage, stage_of
from mediation_desk.domain.willingness import unwilling

PETITION_PATH = "P6"
"""Code of the petition procedure itself in the table `statutory_path`."""


class PetitionState(Labelled):
    OPEN = "open", "办理中"
    OFFERED = "offered", "待答复是否调解"
    DECLINED = "declined", "不愿调解"
    IN_MEDIATION = "in_mediation", "调解中"
    AGREED = "agreed", "已达成协议"
    RETURNED = "returned", "已转回信访程序"
    ANSWERED = "answered", "已出具处理意见"
    FINISHED = "finished", "已办结"


_AFTER = {
    Step.OFFERED: PetitionState.OFFERED,
    Step.DECLINED: PetitionState.DECLINED,
    Step.TAKEN_UP: PetitionState.IN_MEDIATION,
    Step.AGREED: PetitionState.AGREED,
    Step.RETURNED: PetitionState.RETURNED,
    Step.OPINION: PetitionState.ANSWERED,
    Step.FINISHED: PetitionState.FINISHED,
}
_NEXT: Mapping[PetitionState, frozenset[Step]] = {
    PetitionState.OPEN: frozenset({Step.OFFERED, Step.OPINION, Step.FINISHED}),
    PetitionState.OFFERED: frozenset({Step.DECLINED, Step.TAKEN_UP}),
    PetitionState.DECLINED: frozenset({Step.OFFERED, Step.OPINION, Step.FINISHED}),
    PetitionState.IN_MEDIATION: frozenset({Step.AGREED, Step.RETURNED}),
    PetitionState.AGREED: frozenset({Step.RETURNED, Step.FINISHED}),
    PetitionState.RETURNED: frozenset({Step.OFFERED, Step.OPINION, Step.FINISHED}),
    PetitionState.ANSWERED: frozenset({Step.RETURNED, Step.FINISHED}),
    PetitionState.FINISHED: frozenset({Step.RETURNED}),
}
_NOT_OFFERED = "还没有告知当事人可以调解，请先登记“告知可以调解”。"
_NOT_TAKEN_UP = "信访事项没有转入调解，请先登记“转入调解”。"
_NOTHING_TO_RETURN = "信访事项没有转入调解，不需要转回。"
_WAITING = "已告知可以调解，还没有答复；请先登记“转入调解”或者“不愿调解”。"
_OUT_OF_ORDER: Mapping[PetitionState, tuple[str, Mapping[Step, str]]] = {
    PetitionState.OPEN: (
        _NOT_OFFERED,
        {Step.AGREED: _NOT_TAKEN_UP, Step.RETURNED: _NOTHING_TO_RETURN},
    ),
    PetitionState.OFFERED: (_WAITING, {Step.AGREED: _NOT_TAKEN_UP, Step.RETURNED: _NOTHING_TO_RETURN}),
    PetitionState.DECLINED: (
        "已登记不愿调解；当事人改变意愿的，请先再登记“告知可以调解”。",
        {Step.AGREED: _NOT_TAKEN_UP, Step.RETURNED: _NOTHING_TO_RETURN},
    ),
    PetitionState.IN_MEDIATION: (
        "信访事项正在调解，请先登记“调解达成协议”，或者“转回信访程序”。",
        {
            Step.OFFERED: "信访事项已转入调解。",
            Step.TAKEN_UP: "信访事项已转入调解。",
            Step.DECLINED: "信访事项已转入调解；不愿继续的，请登记调解结果，再登记“转回信访程序”。",
        },
    ),
    PetitionState.AGREED: (
        "已登记调解达成协议；协议不履行的，请先登记“转回信访程序”。",
        {Step.AGREED: "已登记调解达成协议。"},
    ),
    PetitionState.RETURNED: (
        "已转回信访程序；再次调解的，请先登记“告知可以调解”。",
        {Step.RETURNED: "已转回信访程序。"},
    ),
    PetitionState.ANSWERED: (
        "已出具处理意见，信访人不服的可以请求复查；意见撤销、重新办理的，请先登记“转回信访程序”。",
        {},
    ),
    PetitionState.FINISHED: ("信访事项已办结；重新办理的，请先登记“转回信访程序”。", {}),
}


def petition_state(petition: Petition) -> PetitionState:
    """Where the item stands; notices leave it where it is."""
    moves = [_AFTER[each.kind] for each in petition.steps if each.kind in _AFTER]
    return moves[-1] if moves else PetitionState.OPEN


def petition_step_faults(case: Case, kind: Step, rules: Rules) -> list[str]:
    """Why the petition item of the case cannot take this step now, as sentences; empty where it can."""
    petition = case.petition
    assert petition is not None
    if kind is Step.NOTICE:
        return (
            [] if petition.contact_clear else ["姓名或者住址不清，无法告知（信访工作条例第二十三条）。查清后请先更正。"]
        )
    state = petition_state(petition)
    if kind not in _NEXT[state]:
        usual, others = _OUT_OF_ORDER[state]
        return [others.get(kind, usual)]
    match kind:
        case Step.OFFERED:
            return _unsuitable(case, petition, rules)
        case Step.TAKEN_UP:
            return _not_to_be_taken_up(case, petition, rules)
        case Step.AGREED:
            return [] if case.is_agreed and case.effective_agreements else ["调解协议还没有生效，不能登记达成协议。"]
        case Step.RETURNED:
            return _not_to_be_returned(case, state)
        case Step.OPINION:
            return [] if petition.kind == REDRESS_CLAIM else ["信访处理意见书只对申诉求决类事项出具。"]
        case Step.FINISHED:
            return _not_to_be_finished(case, petition, state)
        case _:
            return []


def needs_words(case: Case, kind: Step) -> bool:
    """Whether somebody has to say in words what was done, because no other fact tells it."""
    assert case.petition is not None
    state = petition_state(case.petition)
    match kind:
        case Step.NOTICE | Step.OPINION:
            return True
        case Step.RETURNED:
            return state is not PetitionState.IN_MEDIATION or not result_in_words(case)
        case Step.FINISHED:
            return state not in (PetitionState.AGREED, PetitionState.ANSWERED)
        case _:
            return False


def result_in_words(case: Case) -> str:
    """How mediation ended, or why it did not begin, such as "调解不成", "不予受理"; "" while it may go on."""
    if case.outcome is not None:
        return case.outcome.kind.label
    decision = case.decision
    return decision.kind.label if decision and decision.kind is not DecisionKind.ACCEPTED else ""


def none_for_mediation(petition: Petition | None, rules: Rules) -> str:
    """Why a petition item of that kind is never mediated; "" for redress claims, and for what is no petition."""
    if petition is None or petition.kind == REDRESS_CLAIM:
        return ""
    kind = rules.table("petition_kind").label(petition.kind)
    article = "，依法由有权机关处理" if petition.kind == ACCUSATION else ""
    return f"“{kind}”不进入调解{article}；能够调解的是民事性质的申诉求决事项（信访工作条例第三十三条）。"


def _unsuitable(case: Case, petition: Petition, rules: Rules) -> list[str]:
    """Why the matter is none for mediation; the lawful way that was chosen for it decides, with its reason."""
    if never := none_for_mediation(petition, rules):
        return [never]
    if case.triage is not None:
        path = rules.table("statutory_path").label(case.triage.path)
        suits = case.triage.path in (MEDIATION_PATH, PETITION_PATH)
        return [] if suits else [f"已分流到“{path}”，不属于可以调解的事项；确实可以调解的，请先重新分流并写明理由。"]
    categories = rules.table("event_category")
    if not categories.is_mediable(case.event_category):
        category = categories.label(case.event_category)
        return [f"“{category}”一般不属于可以调解的事项；确实可以调解的，请先分流并写明理由。"]
    return []


def _not_to_be_taken_up(case: Case, petition: Petition, rules: Rules) -> list[str]:
    found = _unsuitable(case, petition, rules)
    if not found and (case.triage is None or case.triage.path != MEDIATION_PATH):
        path = rules.table("statutory_path").label(MEDIATION_PATH)
        found.append(f"请先分流到“{path}”，再转入调解。")
    if stage_of(case) in (Stage.NOT_ACCEPTED, Stage.HANDED_OVER):
        found.append(f"案件{stage_of(case).label}，不能转入调解；情况有变的请重新作出受理决定。")
    return found + [fault.sentence for fault in unwilling(case)]


def _not_to_be_returned(case: Case, state: PetitionState) -> list[str]:
    if state is not PetitionState.IN_MEDIATION or not case.is_accepted:
        return []
    if case.outcome is None:
        return ["调解还没有结束，请先登记调解结果，再转回信访程序。"]
    if case.outcome.kind not in AGREED:
        return []
    if case.effective_agreements:
        return ["调解已达成协议，请登记“调解达成协议”。"]
    return ["调解结果登记为达成协议；协议没有生效、不再调解的，请先重新登记调解结果。"]


def _not_to_be_finished(case: Case, petition: Petition, state: PetitionState) -> list[str]:
    by_petition = case.triage is not None and case.triage.path == PETITION_PATH
    if petition.kind == REDRESS_CLAIM and by_petition and state not in (PetitionState.AGREED, PetitionState.ANSWERED):
        return ["按信访程序办理的申诉求决事项，应先出具信访处理意见（信访工作条例第三十二条），再登记办结。"]
    return []
