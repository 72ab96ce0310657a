"""The fields of one value that the centre sets for itself: the value, from which day, and why."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.names import clean_digits
from mediation_desk.domain.rules import Setting
from mediation_desk.gui.fields import day_of
from mediation_desk.gui.forms.ui_own_setting import Ui_OwnSettingForm
from mediation_desk.services.own_settings import bounds_in_words


class OwnSettingForm(QWidget):
    """Read the fields by `value`, `effective_from` and `reason`; what is missing is for the service to refuse."""

    def __init__(self, setting: Setting, today: date) -> None:
        super().__init__()
        self.ui = Ui_OwnSettingForm()
        self.ui.setupUi(self)
        self._today = today
        self.ui.setting_title.setText(setting.title)
        self.ui.setting_now.setText(f"现为{setting.value}，应{bounds_in_words(setting)}。来源：{setting.source}")
        self.ui.own_from.setText(show_day(today))

    @property
    def value(self) -> int | None:
        """The whole number typed, None for anything else."""
        typed = clean_digits(self.ui.own_value.text()).strip()
        return int(typed) if typed.isdecimal() else None

    @property
    def effective_from(self) -> date | None:
        """Raises `RuleBroken` at the field when it is no day."""
        return day_of(self.ui.own_from, self._today)

    @property
    def reason(self) -> str:
        return self.ui.own_reason.text().strip()
