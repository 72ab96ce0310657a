"""How posts are told apart in narrow cells: by a character, a colour and a key; never by colour alone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtGui import QColor

from mediation_desk.domain.duty_roster import Post
from mediation_desk.gui.line_model import Tone

TONES = tuple(
    Tone(QColor(background), QColor(ink))
    for background, ink in (
        ("#d3e5f6", "#10395f"),
        ("#d5ecd2", "#1b4a17"),
        ("#e5dbf3", "#43236b"),
        ("#f7ddbe", "#5a3800"),
        ("#c9eae8", "#084846"),
        ("#f8d7e2", "#651233"),
        ("#e6e8bd", "#434606"),
        ("#d9dee6", "#28323f"),
    )
)
KEYS = "1234567890ABCDEGJKMNOPRSTUVXYZ"
"""What puts somebody at the first, second, … post; letters that mean something else in the grid are left out."""


class Sign(NamedTuple):
    """`letter` in a cell of `tone`; `key` puts it there, "" for posts beyond the keys."""

    letter: str
    colour: int
    key: str
    name: str

    @property
    def tone(self) -> Tone:
        return TONES[self.colour]


def signs_of(posts: Sequence[Post]) -> dict[int, Sign]:
    """A sign for each post, by its id, in the order of the posts."""
    letters = _letters([post.name for post in posts])
    return {
        post.id: Sign(letter, place % len(TONES), KEYS[place : place + 1], post.name)
        for place, (post, letter) in enumerate(zip(posts, letters, strict=True))
        if post.id is not None
    }


def post_of_key(signs: Mapping[int, Sign], key: str) -> int | None:
    """The post that is put by a key."""
    return next((post_id for post_id, sign in signs.items() if sign.key == key), None)


def _letters(names: Sequence[str]) -> list[str]:
    """For each name its first character that no name before has taken; a number where all are taken."""
    taken: list[str] = []
    for name in names:
        free = [letter for letter in name if letter.isalnum() and letter not in taken]
        taken.append(free[0] if free else str(len(taken) + 1))
    return taken
