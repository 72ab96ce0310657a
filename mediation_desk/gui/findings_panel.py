"""What the review of an agreement found, as a list: what must be mended in red, what should be looked at in orange."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mediation_desk.domain.finding import Finding
from mediation_desk.gui.forms.ui_findings import Ui_FindingsForm
from mediation_desk.gui.line_model import ORANGE, RED

_FINDING = Qt.ItemDataRole.UserRole
_MUST, _LOOK = "✕ 必须改　", "！请核对　"


class FindingsPanel(QWidget):
    """Shows findings; `chosen` comes with the one somebody pressed, to be gone to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_FindingsForm()
        self.ui.setupUi(self)
        for pressed in (self.ui.findings.itemActivated, self.ui.findings.itemClicked):
            pressed.connect(lambda item: self.chosen.emit(item.data(_FINDING)))

    def show_findings(self, findings: Sequence[Finding]) -> bool:
        """Show these instead of what is there; whether the list itself came or went."""
        self.ui.findings_caption.setText(f"{_summary(findings)}(&Q)")
        list_findings(self.ui.findings, findings)
        came_or_went = self.ui.findings.isHidden() == bool(findings)
        self.ui.findings.setVisible(bool(findings))
        self.show()
        return came_or_went


def list_findings(field: QListWidget, findings: Sequence[Finding]) -> None:
    """Show findings in a list. The mark before each says in words what its colour says."""
    field.clear()
    for finding in findings:
        item = QListWidgetItem((_MUST if finding.is_hard else _LOOK) + finding.sentence)
        tone = RED if finding.is_hard else ORANGE
        item.setBackground(tone.background)
        item.setForeground(tone.ink)
        item.setToolTip(finding.sentence)
        item.setData(_FINDING, finding)
        field.addItem(item)


def _summary(findings: Sequence[Finding]) -> str:
    hard = sum(finding.is_hard for finding in findings)
    soft = len(findings) - hard
    if hard and soft:
        return f"定稿前必须改{hard}项，另请核对{soft}项"
    if hard:
        return f"定稿前必须改{hard}项"
    return f"请核对{soft}项；不改的，定稿时写明理由" if soft else "可以定稿"
