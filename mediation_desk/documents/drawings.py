"""What is drawn and not set: QR codes, barcodes, and the line to tear along."""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from reportlab.lib.units import mm

from mediation_desk.documents.layout import TEXT_WIDTH
from mediation_desk.documents.line import Area, Drawing, Line

QR_SIZE = 28 * mm
QR_MARGIN = 6 * mm
"""More than the four modules of white that ISO/IEC 18004 asks for around a code."""

_BAR = 0.4 * mm
_BAR_HEIGHT = 12 * mm
_WHITE_OF_TEAR_LINE = 6.0


def qr_code(text: str) -> Drawing:
    """Draw a QR code with error correction M, `QR_SIZE` wide and high, from the left margin on."""
    import segno  # 30 ms, and the first paper of a day is seldom one with a code

    matrix = segno.make(text, error="m", micro=False).matrix
    module = QR_SIZE / len(matrix)
    return Drawing(
        areas=[
            (start * module, row * module, (end - start) * module, module)
            for row, modules in enumerate(matrix)
            for start, end, dark in _runs(modules)
            if dark
        ]
    )


def _runs(modules: Sequence[int]) -> list[tuple[int, int, int]]:
    """Neighbours of one colour: where they start and end, and whether they are dark."""
    lengths = [(len(list(run)), dark) for dark, run in groupby(modules)]
    edges = list(accumulate((length for length, _ in lengths), initial=0))
    return [(start, end, dark) for (start, end), (_, dark) in zip(pairwise(edges), lengths, strict=True)]


def barcode(text: str) -> Line:
    """Draw a Code 128 barcode (ISO/IEC 15417) up to the right margin. Raises `ValueError` for what is not ASCII."""
    from reportlab.graphics.barcode.code128 import Code128  # 0.1 s, and only blank forms have one

    code = Code128(text, quiet=0)
    if code.validate() != text:
        raise ValueError(f"{text!a} cannot stand in a barcode")
    code.encode()
    widths = [(ord(letter.lower()) - ord("a") + 1) * _BAR for letter in code.decompose()]
    edges = list(accumulate(widths, initial=TEXT_WIDTH - sum(widths)))
    bars: list[Area] = [(start, 0.0, end - start, _BAR_HEIGHT) for start, end in list(pairwise(edges))[::2]]
    return Line(_BAR_HEIGHT, drawing=Drawing(areas=bars))


def tear_line(words: Line) -> Line:
    """Draw a line to tear along, left and right of a line of centred words."""
    depth = words.height / 2
    start = words.pieces[0].x - _WHITE_OF_TEAR_LINE if words.pieces else TEXT_WIDTH / 2
    dashes = [(0.0, depth, start, depth), (TEXT_WIDTH - start, depth, TEXT_WIDTH, depth)]
    words.drawing = Drawing(dashes=dashes)
    return words
