"""What a case waits for: one sentence, and where the clerk can do it."""

from datetime import date
from typing import NamedTuple

from mediation_desk.domain.agreement import outstanding
from mediation_desk.domain.case import Answer, Case, SessionResult
from mediation_desk.domain.path_aid import MEDIATION_PATH
from mediation_desk.domain.petition import PETITION_SOURCE, REDRESS_CLAIM
from mediation_desk.domain.petition_flow import PetitionState, petition_state
from mediation_desk.domain.referral import Direction, Referral, ReferralKind, ReferralStepKind
from mediation_desk.domain.referral_flow import MEDIATED, ReferralState, open_way_out, referral_state
from mediation_desk.domain.stage import Stage, stage_of
from mediation_desk.domain.willingness import unwilling

PETITION, REFERRALS, RELATIONS = "procedure/petition", "procedure/referrals", "procedure/related"
"""Topics of the tab 程序, as a tab to go to."""
_ENDED = (Stage.NOT_ACCEPTED, Stage.FAILED, Stage.TERMINATED, Stage.WITHDRAWN)


class NextStep(NamedTuple):
    """`goes_to` is an action of the overview ("willingness") or another tab of the case page ("sessions").

    Behind a tab may stand the topic that is meant: "procedure/referrals".
    """

    sentence: str
    button: str
    goes_to: str


def next_step(case: Case, today: date) -> NextStep:
    """What is to be done next, from the facts of the case alone."""
    stage = stage_of(case)
    if stage is Stage.CLOSED:
        return NextStep("案件已结案。仍可补记事实，会标明“补记”。", "看文书", "papers")
    if stage is Stage.MERGED:
        return NextStep("案件已并入另一个案件，请到那个案件里办理。", "看关联案件", RELATIONS)
    if elsewhere := _with_other_units(case, stage) or _of_petition(case, stage):
        return elsewhere
    match stage:
        case Stage.NOT_ACCEPTED | Stage.HANDED_OVER as stage:
            return NextStep(f"案件{stage.label}，可以结案；情况有变时可重新作出决定。", "结案", "closing")
        case Stage.REGISTERED | Stage.TRIAGED:
            return _before_decision(case)
        case Stage.ACCEPTED | Stage.ASSIGNED | Stage.IN_MEDIATION:
            return _in_mediation(case)
        case Stage.AGREED_IN_WRITING | Stage.AGREED_ORALLY:
            return _agreed(case)
        case Stage.PERFORMING:
            return _performing(case, today)
        case stage:
            return NextStep(f"{stage.label}。请告知当事人其他途径，整理材料后结案。", "结案", "closing")


def _with_other_units(case: Case, stage: Stage) -> NextStep | None:
    """What is waited for from a unit that has the matter, or came back from it, or is to be told to whoever sent it."""
    if away := open_way_out(case):
        return _away(away)
    out = [each for each in case.referrals if each.direction is Direction.OUT]
    if stage is Stage.HANDED_OVER and out:
        sentence = f"{out[-1].unit}已反馈。请告知当事人后结案；情况有变时可重新作出决定。"
        return NextStep(sentence, "结案", "closing")
    if stage is Stage.TRIAGED and case.is_back:
        unit, ended = out[-1].unit, out[-1].steps[-1]
        said = f"{unit}已退回" if ended.kind is ReferralStepKind.RETURNED else f"已从{unit}撤回"
        return NextStep(f"{said}（{ended.text}）。请重新决定转给谁，或者是否受理。", "作出决定", "decision")
    waiting = [each for each in case.referrals if each.direction is Direction.IN and each.is_open]
    if waiting and stage in _ENDED and waiting[0].kind in MEDIATED:
        return NextStep(f"{stage.label}。请函复{waiting[0].unit}。", "登记反馈", REFERRALS)
    return None


def _away(referral: Referral) -> NextStep:
    unit = referral.unit
    match referral_state(referral):
        case ReferralState.SENT:
            return NextStep(f"已转给{unit}，还没有签收。", "登记签收", REFERRALS)
        case ReferralState.OBJECTED:
            return NextStep(f"{unit}提出异议，请答复。", "答复异议", REFERRALS)
    if referral.kind is ReferralKind.FORWARD:
        return NextStep(f"{unit}已签收，转送不要求反馈。请告知当事人后结案。", "结案", "closing")
    until = f"（{referral.due_on:%Y-%m-%d}前）" if referral.due_on else ""
    return NextStep(f"{unit}已签收，等待反馈{until}。", "登记反馈", REFERRALS)


def _of_petition(case: Case, stage: Stage) -> NextStep | None:
    """What a petition item waits for before the case itself goes on."""
    petition = case.petition
    if petition is None:
        return None
    state = petition_state(petition)
    if state is PetitionState.IN_MEDIATION and stage is Stage.PERFORMING:
        return NextStep("协议已生效，请登记信访事项“调解达成协议”。", "信访事项", PETITION)
    if state is PetitionState.IN_MEDIATION and stage in _ENDED:
        return NextStep(f"{stage.label}。请把信访事项转回信访程序。", "转回信访程序", PETITION)
    if state is PetitionState.RETURNED:
        return NextStep("信访事项已转回信访程序，请按信访程序办理、答复。", "信访事项", PETITION)
    if stage not in (Stage.REGISTERED, Stage.TRIAGED):
        return None
    if petition.kind != REDRESS_CLAIM:
        return NextStep("这类信访事项不进入调解，请转给有权处理的机关或者作出决定。", "作出决定", "decision")
    ready = case.triage is not None and case.triage.path == MEDIATION_PATH and not unwilling(case)
    if ready and state in (PetitionState.OPEN, PetitionState.DECLINED):
        return NextStep("双方同意调解，请登记信访事项“告知可以调解”。", "信访事项", PETITION)
    if ready and state is PetitionState.OFFERED:
        return NextStep("双方同意调解，请把信访事项转入调解。", "转入调解", PETITION)
    return None


def _before_decision(case: Case) -> NextStep:
    if case.triage and case.triage.path != MEDIATION_PATH:
        return NextStep("这件事不走人民调解，请转办或作不予受理决定。", "作出决定", "decision")
    if refused := _names(case, Answer.REFUSES):
        return NextStep(f"{refused}拒绝调解，不能受理。请告知其他途径并作出决定。", "作出决定", "decision")
    if unwilling(case):
        undecided = _names(case, Answer.UNDECIDED)
        return NextStep(f"{undecided}还没有表态，请征询调解意愿。", "登记意愿", "willingness")
    if case.triage is None:
        return NextStep("双方同意调解，请分流。", "分流", "triage")
    if case.petition is None and case.case_source == PETITION_SOURCE:
        return NextStep("双方同意调解。来自信访部门，请登记信访编号和种类。", "登记信访事项", PETITION)
    return NextStep("双方同意调解，请决定是否受理。", "作出决定", "decision")


def _in_mediation(case: Case) -> NextStep:
    if case.triage and case.triage.path != MEDIATION_PATH:
        return NextStep("途径已改，受理还没有结束。请登记终止调解或者申请人撤回。", "登记结果", "outcome")
    if refused := _names(case, Answer.REFUSES):
        return NextStep(f"{refused}拒绝调解，不能继续。请登记调解结果。", "登记结果", "outcome")
    if not case.active_assignments:
        return NextStep("已受理，请指派调解员。", "指派调解员", "assign")
    if unwilling(case):
        undecided = _names(case, Answer.UNDECIDED)
        return NextStep(f"{undecided}还没有表态，双方同意后才能调解。", "登记意愿", "willingness")
    if not case.sessions:
        return NextStep("已指派调解员，请安排调解并登记调解记录。", "登记调解", "sessions")
    if case.sessions[-1].result is SessionResult.CONTINUES:
        return NextStep("有待继续调解。", "登记调解", "sessions")
    return NextStep(f"最近一次调解：{case.sessions[-1].result.label}。请登记调解结果。", "登记结果", "outcome")


def _agreed(case: Case) -> NextStep:
    current = [agreement for agreement in case.agreements if agreement.withdrawn_at is None]
    if not current:
        return NextStep("已达成协议，请起草。", "起草协议", "agreement")
    if current[-1].is_draft:
        return NextStep("协议正在起草，核对后定稿。", "看协议", "agreement")
    return NextStep("协议已定稿，签名盖章齐全之日起生效，请登记签署。", "登记签署", "agreement")


def _performing(case: Case, today: date) -> NextStep:
    owed = [obligation for agreement in case.effective_agreements for obligation in outstanding(agreement.obligations)]
    due = [follow_up for follow_up in case.follow_ups if follow_up.done_on is None and follow_up.due_on <= today]
    if due:
        return NextStep(f"应在{due[0].due_on:%Y-%m-%d}回访（{due[0].subject}）。", "登记回访", "agreement")
    if owed and not any(each.performances for agreement in case.effective_agreements for each in agreement.obligations):
        sentence = f"协议已生效，还有{len(owed)}项没有履行完毕。还没有给当事人提示卡的，请打印。"
        return NextStep(sentence, "提示卡与履行", "agreement")
    if owed:
        return NextStep(f"协议已生效，还有{len(owed)}项没有履行完毕。", "登记履行", "agreement")
    return NextStep("协议已全部履行，可以结案。", "结案", "closing")


def _names(case: Case, answer: Answer) -> str:
    return "、".join(party.name for party in case.parties if case.answer_of(party.no) is answer)
