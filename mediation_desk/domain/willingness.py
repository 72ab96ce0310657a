"""Whether mediation may begin: voluntary on every side (人民调解法 art. 3 and 17)."""

from collections.abc import Iterable, Mapping

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
    sides = {party.no: party.side for party in case.parties}
    answers = {each.party_no: each.answer for each in case.willingness}
    needed = still_to_answer(sides, answers, taking_part)
    return refusals(case) + [
        Fault(f"{party.name}尚未表示同意调解，请先征询并登记其意愿。", "willingness")
        for party in case.parties
        if party.no in needed
    ]


def still_to_answer(
    sides: Mapping[int, str], answers: Mapping[int, Answer], taking_part: Iterable[int] = ()
) -> set[int]:
    """The numbers of the parties, told by their sides, whose yes is needed and who have said neither yes nor no."""
    needed = set(taking_part)
    claimants = {no for no, side in sides.items() if side == Side.CLAIMANT}
    for several in (claimants, sides.keys() - claimants):
        if not any(answers.get(no) is Answer.AGREES for no in several):
            needed |= several
    return {no for no in needed if answers.get(no, Answer.UNDECIDED) is Answer.UNDECIDED}


def refuse_if_somebody_refused(case: Case) -> None:
    """Raise `RuleBroken` when anybody has refused."""
    if faults := refusals(case):
        raise RuleBroken(*faults)


def refuse_unless_willing(case: Case, taking_part: Iterable[int] = ()) -> None:
    """Raise `RuleBroken` unless everybody who takes part, and somebody on each side, has agreed."""
    if faults := unwilling(case, taking_part):
        raise RuleBroken(*faults)
