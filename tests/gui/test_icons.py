"""The icon theme: every name that is used has a drawing that can be drawn."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import mediation_desk
from mediation_desk.gui.main_window import PAGES
from mediation_desk.resources import resource

THEME = resource("icons", "mediation-desk")
DRAWINGS = sorted((THEME / "scalable").glob("*.svg"))
_USED = re.compile(r"""fromTheme\("([\w-]+)"|<iconset theme="([\w-]+)""")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[None]:
    before = QIcon.themeSearchPaths(), QIcon.themeName()
    QIcon.setThemeSearchPaths([str(THEME.parent)])
    QIcon.setThemeName(THEME.name)
    yield
    QIcon.setThemeSearchPaths(before[0])
    QIcon.setThemeName(before[1])


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
@pytest.mark.usefixtures("theme")
def test_a_drawing_is_found_by_its_name_and_leaves_marks(path: Path) -> None:
    assert ElementTree.parse(path).getroot().get("viewBox") == "0 0 24 24"
    image = QIcon.fromTheme(path.stem).pixmap(24, 24).toImage()
    inked = sum(image.pixelColor(x, y).alpha() > 127 for x in range(image.width()) for y in range(image.height()))
    assert inked > 20


def test_every_icon_that_is_asked_for_is_there() -> None:
    package = Path(mediation_desk.__file__).parent
    sources = [*(package / "gui").glob("*.py"), *(package.parent / "ui").glob("*.ui")]
    found = [_USED.findall(source.read_text(encoding="utf-8")) for source in sources]
    used = {name for pairs in found for pair in pairs for name in pair if name}
    used |= {f"page-{key}" for key, _ in PAGES} | {"mediation-desk"}
    assert used <= {path.stem for path in DRAWINGS}
