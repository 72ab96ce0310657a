"""Signs of posts: a character of its own for each, and a key."""

import pytest

from mediation_desk.domain.duty_roster import Post
from mediation_desk.gui.roster_signs import KEYS, TONES, post_of_key, signs_of


def posts(*names: str) -> list[Post]:
    return [Post(id=number, uid=f"p{number}", name=name, profession="lawyer") for number, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (("律师", "调解员"), "律调"),
        (("律师一窗", "律师二窗"), "律师"),
        (("律师", "律师", "律"), "律师3"),
        (("（一）窗口",), "一"),
    ],
)
def test_each_post_has_a_letter_that_no_other_has(names: tuple[str, ...], letters: str) -> None:
    signs = signs_of(posts(*names))
    assert "".join(sign.letter for sign in signs.values()) == letters


def test_posts_are_put_by_digits_then_by_letters() -> None:
    signs = signs_of(posts(*"甲乙丙丁戊己庚辛壬癸子"))
    assert "".join(sign.key for sign in signs.values()) == "1234567890A"
    assert post_of_key(signs, "2") == 2
    assert post_of_key(signs, "A") == 11
    assert post_of_key(signs, "B") is None


def test_more_posts_than_keys_and_tones_still_have_signs() -> None:
    number = len(KEYS) + 2
    signs = list(signs_of(posts(*map(str, range(number)))).values())
    assert [sign.key for sign in signs[-2:]] == ["", ""]
    assert signs[0].tone is signs[len(TONES)].tone
    assert len({sign.letter for sign in signs}) == number


def test_keys_leave_out_what_means_something_else_in_the_grid() -> None:
    assert not set(KEYS) & set("LWQHFI")
    assert len(set(KEYS)) == len(KEYS)
