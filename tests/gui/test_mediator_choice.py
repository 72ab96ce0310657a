"""Who is offered for a case, and in which order."""

import pytest

from mediation_desk.domain.case import Case
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.mediator_choice import candidates, knows_such_matters
from mediation_desk.services.directory import save_mediator
from tests.desk import TODAY, uid
from tests.desk import Desk as Clerk


def names(clerk: Clerk, case: Case) -> list[str]:
    return [each.mediator.name for each in clerk.do(candidates, case)]


def test_who_is_here_comes_before_who_must_be_called(clerk: Clerk) -> None:
    found = clerk.do(candidates, clerk.case(clerk.accepted()))
    assert [(each.mediator.name, each.is_here, each.may_preside) for each in found] == [
        ("钱律师", True, True),
        ("孙咨询师", True, False),
        ("周干部", False, False),
    ]


def test_who_knows_such_matters_comes_before_others_who_are_here(clerk: Clerk) -> None:
    clerk.do(save_mediator, Mediator(uid=uid(51), name="吴调解员", specialities=["02"]))
    assert names(clerk, clerk.case(clerk.accepted()))[0] == "吴调解员"


def test_who_has_fewer_open_cases_comes_first(clerk: Clerk) -> None:
    clerk.do(save_mediator, Mediator(uid=uid(51), name="吴调解员"))
    clerk.assigned()
    found = clerk.do(candidates, clerk.case(clerk.accepted()))
    assert [each.mediator.name for each in found if each.is_here] == ["孙咨询师", "吴调解员", "钱律师"]
    assert [each.open_cases for each in found] == [0, 0, 1, 0]


def test_who_is_in_the_case_or_has_left_is_not_offered(clerk: Clerk) -> None:
    clerk.do(save_mediator, Mediator(uid=uid(51), name="吴调解员", left_on=TODAY))
    assert names(clerk, clerk.case(clerk.assigned())) == ["孙咨询师", "周干部"]


@pytest.mark.parametrize(
    ("specialities", "kind", "knows"),
    [
        (["02"], "02", True),
        (["10"], "1001", True),
        (["1001"], "10", False),
        (["02"], "06", False),
        ([], "02", False),
        (["02"], "", False),
    ],
)
def test_a_speciality_covers_what_is_below_it(rules: Rules, specialities: list[str], kind: str, knows: bool) -> None:
    mediator = Mediator(uid="1", name="吴调解员", specialities=specialities)
    assert knows_such_matters(mediator, kind, rules) is knows
