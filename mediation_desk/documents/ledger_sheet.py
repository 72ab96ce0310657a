"""The ledger on paper: everybody's numbers in one wide table."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from mediation_desk.documents.broadsheet import Broad, BroadSheet, title_style, words, write_broad
from mediation_desk.documents.fonts import HEADING, TEXT
from mediation_desk.documents.line import Align, Line, Style

_SIZE, _LEADING, _PADDING = 9.0, 12.0, 2.5
_TITLE_SIZE, _FOOT_SIZE = 16.0, 8.0
_WIDTHS = (5.0, 9.0, 3.5)  # of name, unit and presence, against 3 for each number
_NUMBER_WIDTH = 3.0


def draw_ledger_sheet(
    title: str,
    captions: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: Sequence[str],
    notes: str,
    mark: str = "",
    told: Sequence[str] = (),
) -> bytes:
    """The PDF on A4 lying on its side: name, unit, presence, then numbers. Raises `GlyphMissing`.

    `notes` stand at the foot of every page, what is `told` below the table.
    """
    shares = [*_WIDTHS, *[_NUMBER_WIDTH] * (len(captions) - len(_WIDTHS))]
    unit = Broad.A4.text_width / sum(shares)
    sheet = BroadSheet(Broad.A4, (0.0, *accumulate(share * unit for share in shares)), _PADDING, [r[0] for r in rows])
    head_style = Style(HEADING, _SIZE, _LEADING, align=Align.CENTRE)
    cell = Style(TEXT, _SIZE, _LEADING, align=Align.CENTRE)

    def row(texts: Sequence[str], style: Style, *, keep: bool = False) -> list[Line]:
        cells = [
            words(text, style if at >= len(_WIDTHS) else replace(style, align=Align.LEFT), place=f"“{texts[0]}”一行")
            for at, text in enumerate(texts)
        ]
        return sheet.row(cells, keep=keep)

    head = [*sheet.line(title, title_style(_TITLE_SIZE), "标题"), *row(captions, head_style, keep=True)]
    lines = [line for texts in rows for line in row(texts, cell)]
    lines += row(total, head_style)
    below = Style(TEXT, _SIZE, _LEADING, align=Align.LEFT)
    lines += [line for sentence in told for line in sheet.line(sentence, below, "说明")]
    return write_broad(title, sheet, sheet.pages(head, lines), (notes, ""), _FOOT_SIZE, mark)
