"""Says while a new password is typed what it still lacks, and whether it was typed the same twice."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QLabel, QLineEdit

from mediation_desk.domain.passwords import password_faults
from mediation_desk.domain.rules import Rules

_RED, _GREEN = "color: #b3261e;", "color: #1b5e20;"


class _Fields(Protocol):
    """The fields of a form that asks for a new password."""

    new_password: QLineEdit
    password_again: QLineEdit
    password_rules: QLabel


class PasswordRules:
    """Watches the fields of such a form. Before anything is typed it says what is asked for."""

    def __init__(self, fields: _Fields, rules: Rules, today: date, name: Callable[[], str]) -> None:
        self._fields, self._rules, self._today, self._name = fields, rules, today, name
        fields.new_password.textChanged.connect(self.tell)
        fields.password_again.textChanged.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        password, again = self._fields.new_password.text(), self._fields.password_again.text()
        label = self._fields.password_rules
        if not password:
            label.setText(self._asked_for())
            label.setStyleSheet("")
            return
        faults = password_faults(password, self._name(), self._rules, self._today)
        if again and again != password:
            faults.append("两遍写得不一样。")
        label.setText("\n".join(faults) or ("两遍一致，可以使用。" if again else "可以使用，请再写一遍。"))
        label.setStyleSheet(_RED if faults else _GREEN)

    def _asked_for(self) -> str:
        least, classes = (
            self._rules.setting(each, self._today) for each in ("password_least_length", "password_classes")
        )
        return f"至少{least}个字符；大写字母、小写字母、数字、其他字符中至少{classes}类；不含自己的姓名。"
