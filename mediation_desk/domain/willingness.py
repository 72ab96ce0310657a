"""Whether mediation may begin: voluntary on every side (人民调解法 art. 3 and 17)."""

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.errors import Fault, RuleBroken


def refusals(case: Case) -> list[Fault]:
    """Who refused: one clear refusal means no mediation (art. 17)."""
    return [
        Fault(f"{party.name}已拒绝调解，不能进入调解。可告知其他途径；如其改变意愿，请先补记。", "willingness")
        for party in case.parties
        if case.answer_of(party.no) is Answer.REFUSES
    ]


def unwilling(case: Case) -> list[Fault]:
    """Who refused or has not yet said yes: no session and no agreement before every party has."""
    return refusals(case) + [
        Fault(f"{party.name}尚未表示同意调解，请先征询并登记其意愿。", "willingness")
        for party in case.parties
        if case.answer_of(party.no) is Answer.UNDECIDED
    ]


def refuse_if_somebody_refused(case: Case) -> None:
    """Raise `RuleBroken` when anybody has refused."""
    if faults := refusals(case):
        raise RuleBroken(*faults)


def refuse_unless_all_agree(case: Case) -> None:
    """Raise `RuleBroken` unless every party has agreed."""
    if faults := unwilling(case):
        raise RuleBroken(*faults)
