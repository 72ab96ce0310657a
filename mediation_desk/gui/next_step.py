"""What a case waits for: one sentence, and where the clerk can do it."""

from datetime import date
from typing import NamedTuple

from mediation_desk.domain.agreement import outstanding
from mediation_desk.domain.case import Answer, Case, SessionResult
from mediation_desk.domain.stage import Stage, stage_of
from mediation_desk.domain.willingness import unwilling
from mediation_desk.services.triage import MEDIATION_PATH


class NextStep(NamedTuple):
    """`goes_to` is an action of the overview ("willingness") or another tab of the case page ("sessions")."""

    sentence: str
    button: str
    goes_to: str


def next_step(case: Case, today: date) -> NextStep:
    """What is to be done next, from the facts of the case alone."""
    match stage_of(case):
        case Stage.CLOSED:
            return NextStep("案件已结案。仍可补记事实，会标明“补记”。", "看文书", "papers")
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
    return NextStep("双方同意调解，请决定是否受理。", "作出决定", "decision")


def _in_mediation(case: Case) -> NextStep:
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
