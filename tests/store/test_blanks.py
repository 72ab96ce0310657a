"""Blank forms are found by number, and their numbers run on without gaps in each centre and year."""

import pytest
from sqlalchemy.exc import IntegrityError

from mediation_desk.domain.paper import BlankForm
from tests.desk import NOW, Desk


def blank(number: str) -> BlankForm:
    return BlankForm(centre_id=1, code="D03", number=number, by_id=1, printed_at=NOW)


def test_numbers_are_taken_several_at_once(desk: Desk) -> None:
    with desk.database.writing() as records:
        assert list(records.blanks.next(1, 2026, 3)) == [1, 2, 3]
        assert list(records.blanks.next(1, 2026, 1)) == [4]
        assert list(records.blanks.next(1, 2027, 2)) == [1, 2]
    with desk.database.writing() as records:
        assert list(records.blanks.next(1, 2026, 1)) == [5]


def test_a_number_is_given_once(desk: Desk) -> None:
    with desk.database.writing() as records:
        records.blanks.add([blank("BF2026-000001")])
    with pytest.raises(IntegrityError, match=r"(?i)unique"), desk.database.writing() as records:
        records.blanks.add([blank("BF2026-000001")])


def test_a_blank_is_found_by_its_number(desk: Desk) -> None:
    with desk.database.writing() as records:
        records.blanks.add([blank("BF2026-000001"), blank("BF2026-000002")])
    with desk.database.reading() as records:
        found = records.blanks.find("BF2026-000002")
        assert found is not None
        assert (found.id, found.code, found.case_id, found.used_at) == (2, "D03", None, None)
        assert records.blanks.find("BF2026-000003") is None
