from mediation_desk.documents.fonts import TEXT
from mediation_desk.documents.line import Style, abreast, beside, ruled_lines
from mediation_desk.documents.paragraph import Blank, paragraph

WIDTH = 434.0
FLAT = Style(TEXT, 14, 26)


def test_empty_lines_are_ruled() -> None:
    assert [line.rules for line in ruled_lines(2, FLAT, WIDTH)] == [[(0.0, WIDTH)]] * 2


def test_columns_stand_side_by_side() -> None:
    left = paragraph("甲\n乙", FLAT, 100)
    right = paragraph(["丙", Blank("", 20)], FLAT, 100)
    rows = beside(left, right, 200)
    assert [[(piece.text, piece.x) for piece in row.pieces] for row in rows] == [[("甲", 0), ("丙", 200)], [("乙", 0)]]
    assert rows[0].rules == [(214, 234)]
    assert beside([], right, 200)[0].pieces[0].x == 200


def test_no_columns_make_no_rows() -> None:
    assert abreast([]) == []
