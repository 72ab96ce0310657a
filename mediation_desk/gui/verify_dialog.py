"""核对纸质文书: is the paper in hand the one on file? Said in large words, by colour and sign, with what to do."""

from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.errors import Faults
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_verify import Ui_VerifyForm
from mediation_desk.services.scanning import ScannedPaper, look_up_scanned
from mediation_desk.services.verification import Standing, Verdict, verify

_GREEN = "background: #e6f0e6; color: #1b5e20;"
_ORANGE = "background: #ffe3c2; color: #5c2e00;"
_RED = "background: #fde7e9; color: #6e0811;"


class _Words(NamedTuple):
    headline: str
    style: str
    advice: str


_WORDS = {
    Standing.CURRENT: _Words(
        "√ 就是本台存档的那一份",
        _GREEN,
        "校验码只说明打印的文字一致。请再看纸上有没有涂改、添写，签名盖章是否齐全。",
    ),
    Standing.OLDER: _Words("！ 是旧文本，已有新的", _ORANGE, "请收回这一份，把现在的文本打印给当事人。"),
    Standing.WITHDRAWN: _Words("× 已经撤回，没有效力", _RED, "请收回这一份，不要据此办理。"),
    Standing.FOREIGN: _Words(
        "× 不是存档的文书", _RED, "请对着纸再核对一遍校验码；仍然不符的，不要据此办理，并告知当事人以存档为准。"
    ),
    Standing.UNKNOWN: _Words("？ 查不到这个编号", _RED, "请对着纸再核对一遍编号。别的中心的文书，请向那个中心查询。"),
}


class VerifyDialog(QDialog):
    """Asks for number and digest as they stand on the paper. Opened with both, it answers at once."""

    def __init__(self, desk: Desk, parent: QWidget, paper: ScannedPaper | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._case_id: int | None = None
        self.ui = Ui_VerifyForm()
        self.ui.setupUi(self)
        self._forget()
        for field in (self.ui.paper_number, self.ui.paper_digest):
            field.textEdited.connect(self._forget)
        add_action(self, "核对", "Ctrl+Return", self.verify, self.ui.verify_button)
        add_action(self, "打开案件", "Ctrl+O", self.open_case, self.ui.open_case)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.9))
        if paper is not None:
            self._fill(paper)
            self.verify()

    def verify(self) -> None:
        """Say what the paper is. A QR code that was scanned into the first field fills both."""
        ui = self.ui
        self._forget()
        with telling(self):
            scanned = self.desk.look(look_up_scanned, ui.paper_number.text())
            if isinstance(scanned, ScannedPaper):
                self._fill(scanned)
            number, digest = ui.paper_number.text().strip(), ui.paper_digest.text().strip()
            faults = Faults()
            faults.check(number, "请填写文书上的编号。", "paper_number")
            faults.check(digest, "请填写页脚的校验码。", "paper_digest")
            faults.refuse_if_any()
            self._show(self.desk.look(lambda records, _: verify(records, number, digest)))

    def open_case(self) -> None:
        """Leave for the case of the paper."""
        if self._case_id is not None:
            self.accept()
            self.desk.case_wanted.emit(self._case_id)

    def _fill(self, paper: ScannedPaper) -> None:
        self.ui.paper_number.setText(paper.number)
        self.ui.paper_digest.setText(paper.digest)

    def _forget(self) -> None:
        """What was said does not hold for what is being typed now."""
        self._case_id = None
        self.ui.open_case.setEnabled(False)
        self.ui.verdict_panel.hide()

    def _show(self, verdict: Verdict) -> None:
        ui, words = self.ui, _WORDS[verdict.standing]
        self._case_id = verdict.case_id
        ui.open_case.setEnabled(verdict.case_id is not None)
        ui.verdict_headline.setText(words.headline)
        ui.verdict_headline.setStyleSheet(f"{words.style} padding: 6px 9px;")
        ui.verdict_text.setText(verdict.sentence)
        ui.verdict_advice.setText(words.advice)
        ui.verdict_panel.show()
        ui.verdict_panel.setAccessibleName(f"{words.headline}。{verdict.sentence}{words.advice}")
        ui.paper_number.setFocus()
        ui.paper_number.selectAll()
