"""The manual: its chapters, and its pictures, which fit."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.manual_dialog import ManualDialog
from mediation_desk.resources import resource

CHAPTERS = sorted(resource("manual").glob("*.md"))


@pytest.fixture
def dialog(place: QWidget) -> ManualDialog:
    dialog = ManualDialog(place)
    dialog.open()
    return dialog


def test_chapters_are_called_by_their_first_line(dialog: ManualDialog) -> None:
    names = [dialog.ui.chapters.item(row).text() for row in range(dialog.ui.chapters.count())]
    assert names[0] == "主任三问：一分钟内回答"
    assert len(names) == len(CHAPTERS)


def test_chapters_come_in_the_order_of_their_numbers(dialog: ManualDialog) -> None:
    numbers = [int(dialog._file(row).stem.partition("_")[0]) for row in range(dialog.ui.chapters.count())]
    assert numbers == sorted(numbers)


def test_a_chapter_is_shown_when_it_is_chosen(dialog: ManualDialog) -> None:
    dialog.ui.chapters.setCurrentRow(1)
    assert "先排满，再少改" in dialog.ui.chapter.toPlainText()


def test_the_wanted_chapter_comes_first(place: QWidget) -> None:
    dialog = ManualDialog(place, "roster")
    assert dialog.ui.chapters.currentRow() == 1


def test_pictures_are_there_and_no_wider_than_the_page(dialog: ManualDialog) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    image = dialog.ui.chapter.document().resource(kind, QUrl("pictures/today.png"))
    assert isinstance(image, QImage)
    assert 0 < image.width() <= dialog.ui.chapter.viewport().width()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_picture_of_a_chapter_exists_and_says_what_it_shows(chapter: Path) -> None:
    for said, picture in re.findall(r"!\[(.*?)\]\((.*?)\)", chapter.read_text(encoding="utf-8")):
        assert said
        assert (chapter.parent / picture).is_file(), picture
