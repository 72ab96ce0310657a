"""How remarks about the back-ups look: green, yellow or red, and readable on a white window."""

from collections.abc import Iterable
from html import escape

from mediation_desk.domain.backup_standing import Light, Remark

_COLOURS = {Light.RED: "#b3261e", Light.YELLOW: "#8a5a00", Light.GREEN: "#1b5e20"}


def in_colour(remarks: Iterable[Remark], *, whole: bool = False) -> str:
    """Remarks as rich text, one after the other; with `whole` one below the other, and all of each."""
    joint = "<br>" if whole else "　"
    return joint.join(
        f'<span style="color: {_COLOURS[each.light]};">{escape((whole and each.more) or each.text)}</span>'
        for each in remarks
    )
