"""放假安排: a notice is pasted, what it would change is seen at once, and only then it is taken over."""

from datetime import date

from PySide6.QtWidgets import QDialog, QHeaderView, QListWidgetItem, QWidget

from mediation_desk.domain.dates import parse_day, show_day
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import day_of
from mediation_desk.gui.forms.ui_holiday_notice import Ui_HolidayNoticeDialog
from mediation_desk.gui.notice_days_model import NoticeDaysModel
from mediation_desk.gui.opening_model import month_in_words
from mediation_desk.services.holiday_notices import NoticePreview, import_notice, preview_notice


class HolidayNoticeDialog(QDialog):
    """Nothing counts until 确认采用 is pressed; sentences that were not read must be seen before."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ui = Ui_HolidayNoticeDialog()
        self.ui.setupUi(self)
        self.days = NoticeDaysModel(self)
        self.ui.notice_days.setModel(self.days)
        self.ui.notice_days.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.ui.notice_days.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.sides.setSizes([self.width() // 3, self.width()])
        self.ui.notice_text.textChanged.connect(self.refresh)
        self.ui.notice_issued_on.textChanged.connect(self.refresh)
        self.ui.notice_seen.toggled.connect(self._offer_to_adopt)
        self.ui.cancel.clicked.connect(self.reject)
        add_action(self, "采用这份放假安排", "Ctrl+Return", self.accept, self.ui.adopt)
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """Read the text anew and show what it would change."""
        text = self.ui.notice_text.toPlainText()
        self._preview = self.desk.look(preview_notice, text, self._typed_day()) if text.strip() else None
        preview = self._preview
        troubles = (
            [*(fault.sentence for fault in preview.faults), *(f"没有读懂：“{each}”" for each in preview.reading.unread)]
            if preview
            else []
        )
        self.ui.notice_troubles.clear()
        for trouble in troubles:
            self.ui.notice_troubles.addItem(QListWidgetItem(trouble))
        for widget in (self.ui.notice_troubles, self.ui.notice_troubles_caption):
            widget.setVisible(bool(troubles))
        self.ui.notice_seen.setVisible(bool(preview and preview.reading.unread))
        self.ui.notice_seen.setChecked(False)
        self.ui.notice_summary.setText(_summary(preview) if preview else "粘贴后，这里显示会改变哪些日子。")
        months = preview.months if preview else ()
        self.days.show(months, preview.changes if preview else (), self.desk.rules.holidays)
        self._offer_to_adopt()

    def _typed_day(self) -> date | None:
        """The day as far as it was typed; what it is not yet is told when the notice is taken over."""
        try:
            return parse_day(self.ui.notice_issued_on.text(), self.desk.now().date())
        except ValueError:
            return None

    def _offer_to_adopt(self) -> None:
        preview = self._preview
        seen = preview is not None and (not preview.reading.unread or self.ui.notice_seen.isChecked())
        self.ui.adopt.setEnabled(seen and preview is not None and not preview.faults)

    def accept(self) -> None:
        with telling(self):
            issued_on = day_of(self.ui.notice_issued_on, self.desk.now().date())
            confirmed = self._preview.reading.unread if self._preview and self.ui.notice_seen.isChecked() else ()
            self.desk.do(import_notice, self.ui.notice_text.toPlainText(), issued_on, confirmed)
            self.desk.refresh_rules()
            super().accept()


def _summary(preview: NoticePreview) -> str:
    """2027年，国办发明电〔2026〕8号，2026-11-25：改变39天；采用后2027年即为已确认。"""
    reading = preview.reading
    if reading.year is None:
        return "还读不出是哪一年的安排。"
    notice = "，".join(filter(None, (f"{reading.year}年", reading.number, show_day(preview.issued_on))))
    changes = f"改变{len(preview.changes)}天" if preview.changes else "与现行安排一致，没有要改变的日子"
    known = ""
    if preview.makes_known:
        known = f"；采用后{reading.year}年即为已确认"
    elif reading.missing and not preview.is_known:
        known = f"；没有读到{'、'.join(reading.missing)}，{reading.year}年仍为未确认"
    rosters = "、".join(month_in_words(month) for month in preview.rosters)
    return f"{notice}：{changes}{known}。{f'{rosters}的排班已发布，采用后请核对。' if rosters else ''}"
