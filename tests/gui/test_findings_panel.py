"""The list of what a review found."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.gui.findings_panel import FindingsPanel
from mediation_desk.gui.line_model import ORANGE, RED

MUST = Finding(kind=FindingKind.REQUIRED, sentence="请写明协议内容。", place="clauses", is_hard=True)
LOOK = Finding(kind=FindingKind.WORD, sentence="第1条：“订金”请核对。", place="clauses[0]", excerpt="订金")


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    panel = FindingsPanel()
    qtbot.addWidget(panel)
    return panel


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ([MUST, LOOK, LOOK], "定稿前必须改1项，另请核对2项(&Q)"),
        ([MUST], "定稿前必须改1项(&Q)"),
        ([LOOK], "请核对1项；不改的，定稿时写明理由(&Q)"),
        ([], "可以定稿(&Q)"),
    ],
)
def test_it_says_how_much_is_left(panel: FindingsPanel, findings: list[Finding], said: str) -> None:
    panel.show_findings(findings)
    assert panel.ui.findings_caption.text() == said
    assert panel.ui.findings.isVisible() == bool(findings)


def test_what_must_be_mended_differs_in_colour_and_in_words(panel: FindingsPanel) -> None:
    panel.show_findings([MUST, LOOK])
    items = [panel.ui.findings.item(row) for row in range(2)]
    assert [item.text()[:5] for item in items] == ["✕ 必须改", "！请核对　"]
    assert [item.background().color() for item in items] == [RED.background, ORANGE.background]


def test_a_finding_that_is_pressed_is_handed_on(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_findings([MUST, LOOK])
    with qtbot.waitSignal(panel.chosen) as chosen:
        panel.ui.findings.itemActivated.emit(panel.ui.findings.item(1))
    assert chosen.args == [LOOK]


def test_it_says_when_the_list_comes_and_goes(panel: FindingsPanel) -> None:
    panel.show_findings([])
    assert [panel.show_findings(found) for found in ([LOOK], [MUST], [])] == [True, False, True]
