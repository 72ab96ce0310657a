"""Words of the trade that the code itself decides by: stored as an English key, shown by their Chinese label.

Tables that only describe (kinds of dispute, sources, …) are rule packs instead; see `rules.py`.
"""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A key with a Chinese label: `Side.CLAIMANT == "claimant"`, `Side.CLAIMANT.label == "申请方"`."""

    label: str

    def __new__(cls, key: str, label: str = "") -> Self:  # Side("claimant") finds a word by its key alone
        member = str.__new__(cls, key)
        member._value_ = key
        member.label = label
        return member
