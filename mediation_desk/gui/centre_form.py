"""The fields that say what the centre is called, where it is and when it is open."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.half_day import WEEKDAYS, Half
from mediation_desk.domain.names import clean_digits
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import fill_codes
from mediation_desk.gui.forms.ui_centre import Ui_CentreForm
from mediation_desk.services.setting_up import check_centre_name

_CODE_LENGTHS = (6, 9, 12)  # county, town, village (GB/T 2260, GB/T 10114)


class CentreForm(QWidget):
    """Read the fields by `name`, `area_code`, `address`, `phone` and `opening_pattern`, after `check`."""

    def __init__(self, rules: Rules, today: date, centre: Centre | None = None) -> None:
        super().__init__()
        self.ui = Ui_CentreForm()
        self.ui.setupUi(self)
        self._half_days: dict[str, QCheckBox] = {
            key: getattr(self.ui, key) for key in (f"{day}_{half.value}" for day in WEEKDAYS for half in Half)
        }
        self._areas = rules.table("area")
        fill_codes(self.ui.centre_area_code, self._areas, today)
        if centre is not None:
            self.show_centre(centre)

    def show_centre(self, centre: Centre) -> None:
        self.ui.centre_name.setText(centre.name)
        self.ui.centre_address.setText(centre.address)
        self.ui.centre_phone.setText(centre.phone)
        for key, box in self._half_days.items():
            box.setChecked(key in centre.opening_pattern)
        index = self.ui.centre_area_code.findData(centre.area_code)
        self.ui.centre_area_code.setCurrentIndex(index)
        if index < 0:
            self.ui.centre_area_code.setEditText(centre.area_code)

    def check(self) -> None:
        """Raise `RuleBroken` at a field that cannot be kept as it is."""
        check_centre_name(self.name)
        code = self.area_code
        refuse_unless(
            not code or (code.isdecimal() and len(code) in _CODE_LENGTHS),
            "请从列表选择，或填写六位地区代码；不清楚可以留空。",
            "centre_area_code",
        )

    @property
    def name(self) -> str:
        return self.ui.centre_name.text().strip()

    @property
    def area_code(self) -> str:
        """The code chosen or typed; what is neither comes back as it was typed."""
        typed = self.ui.centre_area_code.currentText()
        index = self.ui.centre_area_code.findText(typed)
        return str(self.ui.centre_area_code.itemData(index)) if index >= 0 else clean_digits(typed).strip()

    @property
    def address(self) -> str:
        return self.ui.centre_address.text().strip()

    @property
    def phone(self) -> str:
        return self.ui.centre_phone.text().strip()

    @property
    def opening_pattern(self) -> list[str]:
        """The half-days of a week that are ticked ("mon_am"); none means every working day."""
        return [key for key, box in self._half_days.items() if box.isChecked()]
