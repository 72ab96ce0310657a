"""积案: cases that are open for too long, and disputes that keep coming back."""

from datetime import date, timedelta

import pytest

from mediation_desk.domain.relation import RelationKind
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.hard_cases import hard_cases, why_hard
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.sight import Sight
from tests.desk import NOW, TODAY, Desk
from tests.related import relate

YEAR_AGO = TODAY - timedelta(days=365)


def why(desk: Desk, case_id: int) -> list[str]:
    return desk.look(why_hard, desk.case(case_id))


@pytest.mark.parametrize(("days", "is_hard"), [(365, False), (366, True)])
def test_a_case_open_for_more_than_a_year_is_one(desk: Desk, days: int, *, is_hard: bool) -> None:
    case_id = desk.registered(requested_on=TODAY - timedelta(days=days))
    desk.registered()
    assert desk.look(hard_cases) == ({case_id} if is_hard else set())
    assert why(desk, case_id) == ([f"登记{days}天未办结"] if is_hard else [])


def test_a_case_that_is_done_is_none(desk: Desk) -> None:
    case_id = desk.registered(requested_on=YEAR_AGO - timedelta(days=1))
    desk.do(close_case, case_id, despite_reason="当事人要求")
    assert desk.look(hard_cases) == set()
    assert why(desk, case_id) == []


def test_a_dispute_that_came_back_three_times_is_one_wherever_one_looks(desk: Desk) -> None:
    first = desk.registered()
    later = [desk.registered() for _ in range(3)]
    for number, case_id in enumerate(later):
        assert desk.look(hard_cases) == set()
        direct = later[number - 1] if number else first
        relate(desk, case_id, direct, first, RelationKind.SAME_DISPUTE)
    relate(desk, desk.registered(), first, first, RelationKind.NEW_DISPUTE)
    assert desk.look(hard_cases) == {first, *later}
    assert why(desk, first) == why(desk, later[1]) == ["同一纠纷重复3次"]


def test_a_link_that_was_taken_back_counts_no_more(desk: Desk) -> None:
    first = desk.registered()
    for _ in range(3):
        last = desk.registered()
        relate(desk, last, first, first, RelationKind.SAME_DISPUTE)
    with desk.database.writing() as records:
        records.cases.get(last).relations[0].withdrawn_at = NOW
    assert desk.look(hard_cases) == set()
    assert why(desk, first) == []


def test_nobody_is_told_of_cases_of_others(desk: Desk) -> None:
    desk.registered(requested_on=date(2025, 1, 1))
    with desk.database.reading(sight=Sight()) as records:
        assert hard_cases(records, desk.act) == set()


def test_the_list_is_narrowed_to_them(desk: Desk) -> None:
    old = desk.registered(requested_on=date(2025, 1, 1))
    desk.registered()
    with desk.database.reading() as records:
        among = hard_cases(records, desk.act)
        assert list(records.cases.ids(CaseFilter(among=among))) == [old]
        assert list(records.cases.ids(CaseFilter(among=frozenset()))) == []
