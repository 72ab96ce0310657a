"""Whether mediation may begin: voluntary on every side (人民调解法 art. 3 and 17)."""

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.errors import Faults


def refuse_if_somebody_refused(case: Case) -> None:
    """One clear refusal means no mediation (art. 17)."""
    faults = Faults()
    for party in case.parties:
        faults.check(
            case.answer_of(party.no) is not Answer.REFUSES,
            f"{party.name}已拒绝调解，不能进入调解。可告知其他途径；如其改变意愿，请先补记。",
            "willingness",
        )
    faults.refuse_if_any()


def refuse_unless_all_agree(case: Case) -> None:
    """No session and no agreement before every party has said yes."""
    refuse_if_somebody_refused(case)
    faults = Faults()
    for party in case.parties:
        faults.check(
            case.answer_of(party.no) is Answer.AGREES,
            f"{party.name}尚未表示同意调解，请先征询并登记其意愿。",
            "willingness",
        )
    faults.refuse_if_any()
