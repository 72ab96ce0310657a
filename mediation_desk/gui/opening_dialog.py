"""开放日: opens or closes single half-days of a month, with a reason; every change stays to be read."""

from datetime import date

from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.working_days import add_months
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_opening import Ui_OpeningDialog
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.opening_model import OpeningModel, month_in_words
from mediation_desk.services.calendar import opening, set_opening


class OpeningDialog(QDialog):
    """Shows the month that `month` lies in; another one can be turned to."""

    def __init__(self, desk: Desk, month: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.month = month.replace(day=1)
        self.ui = Ui_OpeningDialog()
        self.ui.setupUi(self)
        self.days = OpeningModel(self)
        self.history = LineModel(("半天", "改为", "理由", "经办人", "时间"), self)
        self.ui.opening_days.setModel(self.days)
        self.ui.opening_history.setModel(self.history)
        for header in (self.ui.opening_days.horizontalHeader(), self.ui.opening_days.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.ui.opening_history.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        add_action(self, "上个月", "Ctrl+PgUp", lambda: self._turn(-1), self.ui.month_before)
        add_action(self, "下个月", "Ctrl+PgDown", lambda: self._turn(1), self.ui.month_after)
        add_action(self, "所选半天开放", "Ctrl+Return", lambda: self._set(is_open=True), self.ui.open_days)
        add_action(self, "所选半天不开放", "Ctrl+Delete", lambda: self._set(is_open=False), self.ui.close_days)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """Read the month anew; the same half-days stay selected."""
        selected = self._selected()
        last = add_months(self.month, 1)
        self.days.show(self.month, self.desk.look(opening, self.month, last))
        self._show_history(last)
        self.ui.month_shown.setText(month_in_words(self.month))
        known = self.desk.rules.holidays.knows(self.month)
        unknown = f"{self.month.year}年放假安排尚未导入，暂按周一至周五，未确认。"
        self.ui.month_hint.setText("" if known else unknown)
        select = self.ui.opening_days.selectionModel()
        for half_day in selected:
            if half_day.day.replace(day=1) == self.month:
                select.select(self.days.index_of(half_day), select.SelectionFlag.Select)

    def _selected(self) -> list[HalfDay]:
        chosen = (self.days.half_day(index) for index in self.ui.opening_days.selectedIndexes())
        return [half_day for half_day in chosen if half_day]

    def _show_history(self, last: date) -> None:
        said = self.desk.look(lambda records, _: records.presence.opening_exceptions(self.month, last))
        self.history.show(
            [
                Line(
                    (
                        HalfDay(each.day, each.half).label,
                        "开放" if each.is_open else "不开放",
                        each.reason,
                        self.desk.centre.user_name(each.by_id),
                        f"{each.recorded_at:%Y-%m-%d %H:%M}",
                    )
                )
                for each in reversed(said)
                if each.day.month == self.month.month
            ]
        )

    def _turn(self, months: int) -> None:
        self.month = add_months(self.month, months)
        self.ui.opening_days.clearSelection()
        self.refresh()

    def _set(self, *, is_open: bool) -> None:
        with telling(self):
            self.desk.do(set_opening, self._selected(), is_open, self.ui.opening_reason.text())
            self.ui.opening_reason.clear()
            self.refresh()
