"""Lists show the ends of a number and hide its middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.masking import masked_number, masked_phone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("11010519491231002X", "110105********002X"),
        ("110105491231002", "110105*****1002"),
        ("E12345678", "E1*****78"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_lists_show_numbers_with_their_middle_hidden(number: str, shown: str) -> None:
    assert masked_number(number) == shown


@pytest.mark.parametrize(("phone", "shown"), [("13812341234", "138****1234"), ("12345", "***45"), ("", "")])
def test_lists_show_telephone_numbers_with_their_middle_hidden(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@given(st.text("0123456789X", min_size=4, max_size=30))
def test_never_more_than_two_thirds_of_a_number_are_shown(number: str) -> None:
    for shown in (masked_number(number), masked_phone(number)):
        assert len(shown) == len(number)
        assert shown.count("*") * 3 >= len(number)
