"""Lists of people to be ticked: parties who came, mediators who sign. People are known by their numbers."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from mediation_desk.gui.form_content import tick, ticked


def offer_people(field: QListWidget, names: Mapping[int, str], chosen: Iterable[int] = ()) -> None:
    """Offer people by their names, those of `chosen` ticked."""
    field.clear()
    for number, name in names.items():
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, str(number))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        field.addItem(item)
    tick(field, [str(number) for number in chosen])


def ticked_people(field: QListWidget) -> list[int]:
    """The numbers of those who are ticked, in the order of the list."""
    return [int(number) for number in ticked(field)]
