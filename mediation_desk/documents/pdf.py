"""Writes pages of lines into a PDF (ISO 32000-1)."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple, TypeAlias
from zlib import Z_BEST_SPEED, Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, compressobj

from mediation_desk.documents.embedding import Subset
from mediation_desk.documents.layout import LEFT, UPRIGHT, Format
from mediation_desk.documents.line import Line

_RULE_WIDTH = 0.5
_DASH = "2.5"
_TINT, _GREY = "0.9", "0.87"
_CATALOG, _PAGES, _INFO, _FIRST_FREE = 1, 2, 3, 4

Placed: TypeAlias = tuple[float, Line]
"""A line and the height of its lower edge above that of the sheet."""

Rule: TypeAlias = tuple[float, float, float, float]
"""x and height of the two ends of a stroke on the sheet."""


class Page(NamedTuple):
    """The lines of the text from its upper edge down, what stands in the margins, and in grey behind it all."""

    lines: Sequence[Line]
    margins: Sequence[Placed]
    behind: Sequence[Placed] = ()


def write(title: str, pages: Sequence[Page], form: Format = UPRIGHT) -> bytes:
    """Write the pages. The same pages give the same bytes."""
    subsets: dict[str, Subset] = {}
    contents = [_content(page, form, subsets) for page in pages]
    fonts = _FIRST_FREE + 2 * len(pages)
    numbers = {subset.resource: fonts + 5 * at for at, subset in enumerate(subsets.values())}
    resources = "".join(f"/{resource} {number} 0 R" for resource, number in numbers.items())
    kids = " ".join(f"{_FIRST_FREE + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages {_PAGES} 0 R/Lang(zh-CN)>>".encode(),
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 {form.width:.3f} {form.height:.3f}]"
        f"/Resources<</Font<<{resources}>>>>>>".encode(),
        f"<</Title<FEFF{title.encode('utf-16-be').hex()}>/Creator(Mediation Desk)>>".encode(),
    ]
    for content in contents:
        number = len(objects) + 2
        objects += [f"<</Type/Page/Parent {_PAGES} 0 R/Contents {number} 0 R>>".encode(), _stream(content)]
    for subset in subsets.values():
        font, descendant, descriptor, program, to_unicode = subset.objects(len(objects) + 1)
        objects += [font, descendant, descriptor, _font_file(program), _stream(to_unicode)]
    return _file(objects)


def placed(lines: Sequence[Line], form: Format = UPRIGHT) -> Iterator[Placed]:
    """Place the lines of the text of a page."""
    bottom = form.height - form.top
    for line in lines:
        bottom -= line.height
        yield bottom, line


def _file(objects: Sequence[bytes]) -> bytes:
    parts = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"]
    parts += [b"%d 0 obj\n%b\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1)]
    *offsets, end = accumulate(map(len, parts))
    size = len(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    parts += [b"%010d 00000 n \n" % offset for offset in offsets]
    parts.append(
        b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, _CATALOG, _INFO, end)
    )
    return b"".join(parts)


def _stream(data: bytes, entries: str = "", strategy: int = Z_DEFAULT_STRATEGY) -> bytes:
    deflate = compressobj(Z_BEST_SPEED, strategy=strategy)
    packed = deflate.compress(data) + deflate.flush()
    head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _font_file(program: bytes) -> bytes:
    """Outlines hardly repeat themselves: to look for it would take longer than all the rest of a paper."""
    return _stream(program, f"/Length1 {len(program)}", Z_HUFFMAN_ONLY)


def _content(page: Page, form: Format, subsets: dict[str, Subset]) -> bytes:
    lines = [*placed(page.lines, form), *page.margins]
    moved = [f"1 0 0 1 {form.left - LEFT:.3f} 0 cm"] if form.left != LEFT else []
    behind = [f"q {_GREY} g", *_text(page.behind, subsets), "Q"] if page.behind else []
    parts = [*moved, *_tints(lines), *behind, *_text(lines, subsets), *_strokes(lines), *_drawings(lines)]
    return "\n".join(parts).encode()


def _text(lines: Sequence[Placed], subsets: dict[str, Subset]) -> Iterator[str]:
    yield "BT"
    font: tuple[str, float] | None = None
    spacing = 0.0
    for lower_edge, line in lines:
        for piece in line.pieces:
            subset = subsets.get(piece.font)
            if subset is None:
                subset = subsets[piece.font] = Subset(piece.font, f"F{len(subsets) + 1}")
            if font != (piece.font, line.size):
                font = (piece.font, line.size)
                yield f"/{subset.resource} {line.size:g} Tf"
            if spacing != piece.spacing:
                spacing = piece.spacing
                yield f"{spacing:.4f} Tc"
            text = piece.text.translate(subset)
            yield f"1 0 0 1 {LEFT + piece.x:.3f} {lower_edge + line.baseline:.3f} Tm<{text}>Tj"
    yield "ET"


def _strokes(lines: Sequence[Placed]) -> Iterator[str]:
    rules = [rule for lower_edge, line in lines if line.rules for rule in _rules(lower_edge, line)]
    rules += _frames(lines)
    if rules:
        yield f"{_RULE_WIDTH} w"
        yield from map(_stroke, rules)
        yield "S"


def _stroke(rule: Rule) -> str:
    return "{:.3f} {:.3f} m {:.3f} {:.3f} l".format(*rule)


def _rules(lower_edge: float, line: Line) -> Iterator[Rule]:
    height = lower_edge + line.baseline - line.rule_drop
    for start, end in line.rules:
        yield LEFT + start, height, LEFT + end, height


def _frames(lines: Sequence[Placed]) -> list[Rule]:
    """The rules of tables: round all rows of one that are on the page, between them, and between the columns."""
    strokes = []
    for columns, run in groupby(lines, lambda place: place[1].columns):
        if not columns:
            continue
        rows = list(run)
        top, bottom = rows[0][0] + rows[0][1].height, rows[-1][0]
        ends = [top, *(lower_edge for lower_edge, line in rows[:-1] if line.ends_row), bottom]
        strokes += [(LEFT + columns[0], height, LEFT + columns[-1], height) for height in ends]
        strokes += [(LEFT + x, bottom, LEFT + x, top) for x in columns]
    return strokes


def _tints(lines: Sequence[Placed]) -> Iterator[str]:
    tints = [
        (LEFT + x, lower_edge + line.height - depth - height, width, height)
        for lower_edge, line in lines
        if line.drawing
        for x, depth, width, height in line.drawing.tints
    ]
    if tints:
        yield f"q {_TINT} g"
        yield from ("{:.3f} {:.3f} {:.3f} {:.3f} re".format(*tint) for tint in tints)
        yield "f Q"


def _drawings(lines: Sequence[Placed]) -> Iterator[str]:
    for lower_edge, line in lines:
        if not line.drawing:
            continue
        top = lower_edge + line.height
        for x, depth, width, height in line.drawing.areas:
            yield f"{LEFT + x:.3f} {top - depth - height:.3f} {width:.3f} {height:.3f} re"
        if line.drawing.areas:
            yield "f"
        if line.drawing.dashes:
            yield f"q {_RULE_WIDTH} w [{_DASH}] 0 d"
            yield from (_stroke((LEFT + a, top - b, LEFT + c, top - d)) for a, b, c, d in line.drawing.dashes)
            yield "S Q"
