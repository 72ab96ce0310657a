"""Whether mediation may begin: voluntary on every side (人民调解法 art. 3 and 17)."""

from collections.abc import Iterable

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.party import Side


def refusals(case: Case) -> list[Fault]:
    """Who refused: one clear refusal means no mediation (art. 17)."""
    return [
        Fault(f"{party.name}已拒绝调解，不能进入调解。可告知其他途径；如其改变意愿，请先补记。", "willingness")
        for party in case.parties
        if case.answer_of(party.no) is Answer.REFUSES
    ]


def unwilling(case: Case, taking_part: Iterable[int] = ()) -> list[Fault]:
    """Who refused, or has not yet said yes and must have: everybody `taking_part` (numbers), and somebody on each side.

    A party that keeps silent and stays away (a contractor who does not come) keeps the others from nothing; one that
    refuses does.
    """
    needed = set(taking_part)
    claimants, others = case.side(Side.CLAIMANT), [*case.side(Side.RESPONDENT), *case.side(Side.OTHER)]
    for side in (claimants, others):
        if not any(case.answer_of(party.no) is Answer.AGREES for party in side):
            needed.update(party.no for party in side)
    return refusals(case) + [
        Fault(f"{party.name}尚未表示同意调解，请先征询并登记其意愿。", "willingness")
        for party in case.parties
        if party.no in needed and case.answer_of(party.no) is Answer.UNDECIDED
    ]


def refuse_if_somebody_refused(case: Case) -> None:
    """Raise `RuleBroken` when anybody has refused."""
    if faults := refusals(case):
        raise RuleBroken(*faults)


def refuse_unless_willing(case: Case, taking_part: Iterable[int] = ()) -> None:
    """Raise `RuleBroken` unless everybody who takes part, and somebody on each side, has agreed."""
    if faults := unwilling(case, taking_part):
        raise RuleBroken(*faults)
