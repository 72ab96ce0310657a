"""The code on the receipt follows from the uid and is read however it was copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.query_code import query_code, read_query_code
from tests.desk import uid


def test_the_code_is_the_end_of_the_uid_in_two_halves() -> None:
    assert query_code("01890a5d-ac96-774b-bcce-b302099a8057") == "084S-N02Q"
    assert query_code("01890a5d-ac96-774b-bcce-00ffffffffff") == "ZZZZ-ZZZZ"
    assert query_code(uid(31)) == "0000-000Z"


@pytest.mark.parametrize(
    "typed", ["7K3M-0191", "7k3m-0191", "7K3M0191", " 7K3M 0191 ", "7K3M—O19l", "7k3m-oi9i", "７Ｋ３Ｍ－０１９１"]
)
def test_a_code_is_read_however_it_was_copied(typed: str) -> None:
    assert read_query_code(typed) == "7K3M-0191"


@pytest.mark.parametrize("typed", ["", "7K3M-019", "7K3M-01911", "7K3M-019U", "张三", "7K3M_0191", "ßK3M-019"])
def test_what_is_no_code_is_told_from_one(typed: str) -> None:
    assert read_query_code(typed) is None


@given(st.uuids())
def test_every_code_is_read_back(of: object) -> None:
    assert read_query_code(query_code(str(of))) == query_code(str(of))
