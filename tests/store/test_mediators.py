"""The directory of mediators, and who has how many open cases."""

import pytest

from mediation_desk.domain.errors import NotFound
from mediation_desk.services.assignment import Choice, assign, relieve
from tests.desk import APPOINTED, LAPSED, ON_CALL, Desk


def test_everybody_comes_in_order_of_entry_with_appointments(desk: Desk) -> None:
    with desk.database.reading() as records:
        everybody = records.mediators.all()
    assert [each.id for each in everybody] == [APPOINTED, LAPSED, ON_CALL]
    assert [len(each.appointments) for each in everybody] == [1, 1, 0]


def test_one_and_some_are_found_by_id(desk: Desk) -> None:
    with desk.database.reading() as records:
        assert records.mediators.get(ON_CALL).name == "孙律"
        assert {no: each.name for no, each in records.mediators.some([LAPSED, 99]).items()} == {LAPSED: "钱平"}
        assert records.mediators.some([]) == {}
        with pytest.raises(NotFound, match="找不到这位调解员"):
            records.mediators.get(99)


def test_open_cases_are_those_somebody_still_has_to_do_with(desk: Desk) -> None:
    relieved = desk.assigned()
    desk.do(relieve, relieved, APPOINTED, reason="生病")
    desk.closed()
    still = desk.assigned()
    desk.do(assign, still, Choice(mediator_id=ON_CALL, title="律师调解协议"))
    desk.assigned()
    with desk.database.reading() as records:
        assert records.mediators.open_cases() == {APPOINTED: 2, ON_CALL: 1}
