"""Running numbers have no gaps and no doubles, each kind by itself."""

import pytest

from mediation_desk.domain.case import NumberKind
from mediation_desk.domain.centre import Committee
from mediation_desk.services.setting_up import save_committee
from mediation_desk.services.triage import void_number
from mediation_desk.store.records import Records
from tests.desk import Desk, uid


def next_number(desk: Desk, committee_id: int = 1, kind: NumberKind = NumberKind.CASE, year: int = 2026) -> int:
    with desk.database.writing() as records:
        return records.numbers.next(1, committee_id, kind, year)


def test_numbers_count_from_one(desk: Desk) -> None:
    assert [next_number(desk) for _ in range(3)] == [1, 2, 3]


def test_each_committee_kind_and_year_counts_by_itself(desk: Desk) -> None:
    desk.do(save_committee, Committee(uid=uid(4), name="第二人民调解委员会", short_name="二"))
    next_number(desk)
    assert next_number(desk, kind=NumberKind.ORAL) == 1
    assert next_number(desk, year=2027) == 1
    assert next_number(desk, committee_id=2) == 1
    assert next_number(desk) == 2


def test_a_number_that_was_not_used_is_given_again(desk: Desk) -> None:
    next_number(desk)

    def stumble(records: Records) -> None:
        assert records.numbers.next(1, 1, NumberKind.CASE, 2026) == 2
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.write(stumble)
    assert next_number(desk) == 2


def test_an_issued_number_is_known_for_ever(desk: Desk) -> None:
    desk.accepted()
    with desk.database.reading() as records:
        assert records.numbers.is_issued(1, "（2026）示人调字第1号")
        assert not records.numbers.is_issued(1, "（2026）示人调字第2号")


def test_a_number_leads_to_its_case_whatever_the_brackets_and_though_voided(desk: Desk) -> None:
    desk.accepted()
    case_id = desk.frozen()
    desk.do(void_number, case_id, reason="编错")
    with desk.database.reading() as records:
        for text in ("（2026）示人调字第2号", "2026示人调字第2号", "（2026）示人调字第3号", "(2026) 示人调协字第1号"):
            assert records.numbers.case_id_of(text) == case_id
        for text in ("", "（）", "（2026）示人调字第9号"):
            assert records.numbers.case_id_of(text) is None
