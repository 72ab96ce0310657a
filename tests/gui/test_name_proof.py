"""All names of a case in large type, with what will print them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QDesktopServices, QImage
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.documents import font_files, fonts
from mediation_desk.domain.party import Agent, AgentKind, Party, Side
from mediation_desk.gui import name_strip
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.name_proof import NameProofDialog
from mediation_desk.gui.name_strip import LEAST_POINTS, MOST_POINTS, NameStrip, remarks_on
from tests.desk import Desk as Clerk

OF_EXT_I = "\U0002ebf0"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The font folder of the user; this PC has no fonts of its own."""
    monkeypatch.setattr(font_files, "system_folders", list)
    font_files.look_also_in(tmp_path / "fonts")
    fonts._from_elsewhere.cache_clear()
    yield tmp_path / "fonts"
    font_files.look_also_in()
    fonts._from_elsewhere.cache_clear()


@pytest.fixture
def proof(desk: Desk, clerk: Clerk, place: QWidget) -> NameProofDialog:
    """Of a case between somebody with a rare name and somebody whose name nothing can print."""
    agent = Agent(kind=AgentKind.ENTRUSTED, name="买买提江·吐尔逊")
    case = clerk.case(clerk.in_mediation())
    case.parties = [
        Party(no=1, side=Side.CLAIMANT, name="𠮷䶮", agents=[agent]),
        Party(no=2, side=Side.RESPONDENT, name=f"李{OF_EXT_I}"),
    ]
    dialog = NameProofDialog(desk, case, place)
    dialog.open()
    return dialog


def said(dialog: NameProofDialog) -> list[str]:
    return [label.text() for label in dialog.ui.names.findChildren(QLabel)]


def colours(picture: QImage) -> set[str]:
    every = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {colour.name() for colour in every}


def test_every_name_is_shown_with_its_role(proof: NameProofDialog) -> None:
    shown = ["".join(drawn.char for drawn in strip.drawn) for strip in proof.strips]
    assert shown[:3] == ["𠮷䶮", "买买提江·吐尔逊", f"李{OF_EXT_I}"]
    assert "钱律师" in shown
    for role in ("申请方", "𠮷䶮的委托代理人", "被申请方", "调解员"):
        assert any(role in text for text in said(proof))


def test_what_nothing_can_print_is_said_with_what_to_do(proof: NameProofDialog, own: Path) -> None:
    assert proof.ui.verdict.text().startswith("1个字印不出来")
    [sentence] = [text for text in said(proof) if "印不出来" in text]
    assert f"“{OF_EXT_I}”（U+2EBF0）" in sentence
    assert str(own) in sentence


def test_names_that_can_be_printed_are_approved(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = NameProofDialog(desk, clerk.case(clerk.in_mediation()), place)
    assert dialog.ui.verdict.text() == "所有姓名都能印出。"


def test_the_folder_for_fonts_is_opened(proof: NameProofDialog, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    proof.ui.open_fonts_folder.click()
    assert own.is_dir()
    assert [Path(each) for each in opened] == [own]


def test_a_folder_that_cannot_be_made_is_said(proof: NameProofDialog, own: Path) -> None:
    own.touch()
    proof.ui.open_fonts_folder.click()
    [box] = proof.findChildren(QMessageBox)
    assert "无法建立文件夹" in box.text()


def test_without_a_folder_for_fonts_none_is_offered(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    font_files.look_also_in()
    dialog = NameProofDialog(desk, clerk.case(clerk.in_mediation()), place)
    assert dialog.ui.open_fonts_folder.isHidden()
    assert dialog.ui.fonts_folder.text() == ""


# ---- the strip


@pytest.fixture
def strip(qtbot: QtBot) -> NameStrip:
    strip = NameStrip(f"张𠮷{OF_EXT_I}")
    qtbot.addWidget(strip)
    return strip


def test_every_character_bears_its_code_point_and_face(strip: NameStrip) -> None:
    assert [remarks_on(drawn) for drawn in strip.drawn] == [
        ("U+5F20", "思源宋体"),
        ("U+20BB7", "BabelStone Han"),
        ("U+2EBF0", "没有字体"),
    ]
    assert strip.missing == [OF_EXT_I]
    assert strip.accessibleName().startswith(f"张𠮷{OF_EXT_I}；张 U+5F20，思源宋体；𠮷 U+20BB7，BabelStone Han")


def test_letters_of_every_keyboard_need_no_remark(qtbot: QtBot) -> None:
    strip = NameStrip("Anna·李")
    qtbot.addWidget(strip)
    assert [bool(remarks_on(drawn)) for drawn in strip.drawn] == [False] * 4 + [True] * 2


def test_the_type_grows_with_the_width(strip: NameStrip) -> None:
    assert strip.points(100) == LEAST_POINTS
    assert LEAST_POINTS < strip.points(800) < strip.points(1000) < MOST_POINTS
    assert strip.points(3000) == MOST_POINTS


def test_a_long_name_goes_on_below(qtbot: QtBot) -> None:
    strip = NameStrip("𠮷" * 50)
    qtbot.addWidget(strip)
    cells = list(strip._cells(700))
    assert len(cells) == 50
    assert all(cell.below.right() <= 700 for cell in cells)
    assert len({cell.at.y() for cell in cells}) > 3
    assert strip.hasHeightForWidth()
    assert strip.heightForWidth(700) == cells[-1].below.bottom() + 1 > strip.heightForWidth(1600)
    assert strip.sizeHint().height() > strip.heightForWidth(700)


def test_each_character_is_drawn_by_the_face_that_prints_it(strip: NameStrip) -> None:
    families = [cell.font.families() for cell in strip._cells(800)]
    assert "Noto" in families[0][0]
    assert "BabelStone" in families[1][0]


def test_what_is_missing_is_red_and_nothing_else(strip: NameStrip, qtbot: QtBot) -> None:
    other = NameStrip("张𠮷")
    qtbot.addWidget(other)
    red = QColor(name_strip._MISSING).name()
    for shown, expected in ((strip, True), (other, False)):
        shown.resize(600, shown.heightForWidth(600))
        assert (red in colours(shown.grab().toImage())) is expected


def test_a_file_that_qt_cannot_draw_with_is_left_to_the_font_of_the_window(tmp_path: Path) -> None:
    assert name_strip._family(tmp_path / "away.ttf", 0) == ""


def test_no_name_takes_no_room(qtbot: QtBot) -> None:
    strip = NameStrip("")
    qtbot.addWidget(strip)
    assert strip.heightForWidth(100) == 0
