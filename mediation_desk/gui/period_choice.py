"""Choosing the time that figures are about: this month, last quarter, this year, or two days that are typed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.report_period import Span, month_of, quarter_of, year_of
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of

OWN = "自选"

PERIODS: dict[str, Callable[[date], Span] | None] = {
    "本季度": quarter_of,
    "本月": month_of,
    "上月": lambda day: month_of(day).before,
    "上季度": lambda day: quarter_of(day).before,
    "本年": year_of,
    "上年": lambda day: year_of(day).before,
    OWN: None,
}


class PeriodChoice(QObject):
    """Begins with this quarter. `changed` comes with each choice.

    Days that are typed count once `take_typed` is called; a `button` that does only that is enabled for them alone.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, period: QComboBox, first: QLineEdit, last: QLineEdit, button: QPushButton | None = None
    ) -> None:
        super().__init__(period)
        self._desk, self._period, self._first, self._last, self._button = desk, period, first, last, button
        period.addItems(list(PERIODS))
        self.span = quarter_of(desk.now().date())
        self._show()
        period.currentIndexChanged.connect(self._choose)

    @property
    def _rule(self) -> Callable[[date], Span] | None:
        return PERIODS[self._period.currentText()]

    def _choose(self) -> None:
        if self._rule is not None:
            self.span = self._rule(self._desk.now().date())
        self._show()
        if self._rule is None:
            self._first.setFocus()
        else:
            self.changed.emit()

    def _show(self) -> None:
        is_own = self._rule is None
        if self._button is not None:
            self._button.setEnabled(is_own)
        for field, day in zip((self._first, self._last), self.span, strict=True):
            field.setReadOnly(not is_own)
            field.setText(show_day(day))

    def take_typed(self) -> None:
        """Take the days that were typed, where days may be typed. Raises `RuleBroken` at the field."""
        if self._rule is not None:
            return
        today = self._desk.now().date()
        typed = Span(needed_day_of(self._first, today), needed_day_of(self._last, today))
        if typed.last < typed.first:
            raise RuleBroken(Fault("结束日期早于开始日期。", self._last.objectName()))
        self.span = typed
        self.changed.emit()
