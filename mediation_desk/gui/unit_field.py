"""Offers the names of units while one is typed: those that matters went to or came from, and those of the directory."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from mediation_desk.gui.desk import Desk
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records


def offer_units(field: QLineEdit, desk: Desk) -> None:
    """Any other name can be typed as well; one that is said to be no more is not offered."""
    completer = QCompleter(desk.look(_known_units), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)


def _known_units(records: Records, act: Act) -> list[str]:
    from_directory = [each.unit for each in records.mediators.all() if each.unit and each.is_active(act.today)]
    return list(dict.fromkeys([*records.referrals.units(), *sorted(from_directory)]))
