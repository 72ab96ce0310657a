"""The Tab key goes through every form as one reads it: line by line, and in a line from left to right."""

from importlib import import_module
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

UI = Path(__file__).parent.parent.parent / "ui"
HOSTS = {"QMainWindow": QMainWindow, "QDialog": QDialog}


def shown(form: Path) -> tuple[QWidget, list[tuple[str, QRect]]]:
    """The form on the screen, and where each stop of the Tab key that can be seen is, in its order."""
    root = ElementTree.parse(form).getroot()
    top = root.find("widget")
    assert top is not None
    window = HOSTS.get(top.attrib["class"], QWidget)()
    ui = getattr(import_module(f"mediation_desk.gui.forms.ui_{form.stem}"), f"Ui_{root.findtext('class')}")()
    ui.setupUi(window)
    window.resize(1000, 1400)
    window.show()
    QApplication.processEvents()
    stops = [(str(stop.text), getattr(ui, str(stop.text))) for stop in root.iterfind("tabstops/tabstop")]
    places = [(name, QRect(field.mapTo(window, QPoint()), field.size())) for name, field in stops if field.isVisible()]
    return window, places


def goes_back(first: QRect, then: QRect) -> bool:
    """Whether `then` stands to the left in the same line, or above and not to the right."""
    if first.top() <= then.center().y() <= first.bottom() or then.top() <= first.center().y() <= then.bottom():
        return then.left() < first.left()
    return then.bottom() < first.top() and then.left() <= first.left()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("form", sorted(UI.glob("*.ui")), ids=lambda form: form.stem)
def test_tab_follows_the_eye(form: Path) -> None:
    window, places = shown(form)
    assert [(first[0], then[0]) for first, then in pairwise(places) if goes_back(first[1], then[1])] == []
    window.hide()
