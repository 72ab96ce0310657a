"""The measures of a sheet of paper and the styles of its text, in points."""

from typing import NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from mediation_desk.documents.fonts import HEADING, TEXT, TITLE
from mediation_desk.documents.line import Align, Style


class Format(NamedTuple):
    """A sheet of paper, and where its text begins from the left and from the top."""

    width: float
    height: float
    left: float
    top: float


PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 28 * mm  # the binding edge
TOP, BOTTOM = 32 * mm, 27 * mm
UPRIGHT = Format(PAGE_WIDTH, PAGE_HEIGHT, LEFT, TOP)
BODY_SIZE = 14.0  # 四号
TEXT_WIDTH = 31 * BODY_SIZE
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

PAPER_TITLE = Style(TITLE, 22, 36, align=Align.CENTRE)
SUBTITLE = Style(TEXT, BODY_SIZE, 26, align=Align.CENTRE)
BODY = Style(TEXT, BODY_SIZE, 26, indent=2)
FIELDS = Style(TEXT, BODY_SIZE, 26)
CAPTION = Style(HEADING, BODY_SIZE, 28)
RIGHT_SIDE = Style(TEXT, BODY_SIZE, 26, align=Align.RIGHT)
SMALL = Style(TEXT, 10.5, 16)
CELL = Style(TEXT, 12, 18, align=Align.LEFT)
CENTRED_CELL = Style(TEXT, 12, 18, align=Align.CENTRE)
HEAD_CELL = Style(HEADING, 12, 18, align=Align.CENTRE)
