"""Everybody in the dispute besides the two whose names come first: any number on any side."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QLineEdit, QTreeView, QWidget

from mediation_desk.domain.identity import Severity
from mediation_desk.domain.masking import masked_number, masked_phone
from mediation_desk.domain.names import clean_name
from mediation_desk.domain.party import Party, Side, representative_faults
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.fields import chosen, fill_words
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.live_checks import remark
from mediation_desk.gui.party_json import party_from_json, party_to_json

HEADERS = ("哪一方", "姓名或名称", "代表人", "证件号码", "电话", "代理人")
_BETWEEN_NAMES = re.compile(r"[、，,;；\r\n\t\u2028\u2029]+")


class FurtherFields(NamedTuple):
    """The inputs of the form that this part works with."""

    side: QComboBox
    names: QLineEdit
    add: QAbstractButton
    parties: QTreeView
    caption: QLabel
    edit: QAbstractButton
    mark: QAbstractButton
    remove: QAbstractButton


class FurtherParties(QObject):
    """A list of parties. `changed` comes with every change; `edit_wanted` asks for the dialog of the party of a row."""

    changed = Signal()
    edit_wanted = Signal(int)

    def __init__(self, fields: FurtherFields, page: QWidget) -> None:
        super().__init__(page)
        self.fields = fields
        self._parties: list[Party] = []
        self._model = LineModel(HEADERS, self)
        fill_words(fields.side, Side)
        fields.parties.setModel(self._model)
        fields.parties.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        fields.parties.activated.connect(lambda index: self.edit_wanted.emit(index.row()))
        fields.names.returnPressed.connect(self.add_names)
        fields.add.clicked.connect(self.add_names)
        add_action(page, "到“更多当事人”", "Ctrl+D", fields.names.setFocus)
        for text, keys, do, button in (
            ("当事人资料", "F2", self._edit, fields.edit),
            ("设为或取消代表人", "Ctrl+R", self._mark, fields.mark),
            ("移除当事人", "Del", self._remove, fields.remove),
        ):
            action = add_action(fields.parties, text, keys, do, button)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.show_parties([])

    @property
    def parties(self) -> Sequence[Party]:
        return self._parties

    def show_parties(self, parties: Sequence[Party]) -> None:
        """Show these instead of those shown before."""
        row = self.fields.parties.currentIndex().row()
        self._parties = list(parties)
        self._model.show([_line(party) for party in parties])
        self.fields.parties.setCurrentIndex(self._model.index(min(max(row, 0), len(parties) - 1), 0))
        for widget in (self.fields.parties, self.fields.edit, self.fields.mark, self.fields.remove):
            widget.setVisible(bool(parties))
        self.changed.emit()

    def add_names(self) -> None:
        """Add a party for each name typed or pasted; names already there are not added twice to the same side."""
        side = Side(chosen(self.fields.side))
        there = {party.name for party in self._parties if party.side is side}
        cleaned = [clean_name(each.strip()) for each in _BETWEEN_NAMES.split(self.fields.names.text())]
        new = [name for name in dict.fromkeys(name for name, _ in cleaned) if name and name not in there]
        self.fields.names.clear()
        self.show_parties([*self._parties, *(Party(no=0, side=side, name=name) for name in new)])
        changes = [f"{name}：{' '.join(made)}" for name, made in cleaned if made]
        if changes:
            remark(self.fields.caption, " ".join(changes), Severity.DOUBTFUL)

    def put(self, row: int, party: Party) -> None:
        """Take over what the dialog says about the party of a row."""
        self.show_parties([party if each == row else held for each, held in enumerate(self._parties)])

    def say_representatives(self, everybody: Iterable[Party], most: int) -> None:
        """Say at once when a side has more representatives than its group may choose (信访工作条例 art. 20)."""
        faults = representative_faults(everybody, most, "representatives")
        remark(self.fields.caption, "".join(fault.sentence for fault in faults), Severity.WRONG)

    def content(self) -> list[dict[str, Any]]:
        """The parties, for a draft."""
        return [party_to_json(party) for party in self._parties]

    def put_content(self, content: list[dict[str, Any]]) -> None:
        """Go on with what `content` gave."""
        self.show_parties([party_from_json(values) for values in content])

    def _row(self) -> int:
        return self.fields.parties.currentIndex().row()

    def _edit(self) -> None:
        if self._row() >= 0:
            self.edit_wanted.emit(self._row())

    def _mark(self) -> None:
        if self._row() >= 0:
            party = self._parties[self._row()]
            party.represents_group = not party.represents_group
            self.show_parties(self._parties)

    def _remove(self) -> None:
        row = self._row()
        if row >= 0:
            self.show_parties([party for each, party in enumerate(self._parties) if each != row])


def _line(party: Party) -> Line:
    """ID numbers are never shown whole in a list: people look over the counter."""
    cells = (
        party.side.label,
        party.name,
        "代表人" if party.represents_group else "",
        party.uscc or masked_number(party.id_number),
        masked_phone(party.phone),
        "、".join(agent.name for agent in party.agents),
    )
    return Line(cells, party)
