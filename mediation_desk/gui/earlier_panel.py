"""Beside the registration form: earlier cases of the people who are typed, as soon as something of them agrees."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.masking import masked_number, masked_phone
from mediation_desk.domain.party import Party
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import Stage
from mediation_desk.domain.what_became import WhatBecame
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_earlier import Ui_EarlierPanel
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.act import Act
from mediation_desk.services.disclosure import show_numbers
from mediation_desk.services.relations import Decided
from mediation_desk.services.similar import Repeat, repeat_candidates, what_came_of
from mediation_desk.store.records import Records

STORY_AFTER_MS = 300
"""A story is looked at when its typing pauses: each of its words would bring other cases up and down."""

Typed = Callable[[], tuple[Sequence[Party], str]]
"""The parties and the story that stand in the form."""


class EarlierPanel(QWidget):
    """Looks again with every change of a party; numbers stay masked until somebody asks for one case's.

    What is decided about a case is recorded when the new one is registered; `decided` comes with every decision.
    """

    decided = Signal()

    def __init__(self, desk: Desk, typed: Typed) -> None:
        super().__init__()
        self.desk, self._typed = desk, typed
        self.ui = Ui_EarlierPanel()
        self.ui.setupUi(self)
        self._lines = LineModel(["以往案件"], self)
        self.ui.earlier_cases.setModel(self._lines)
        self._looked_for: tuple[list[tuple[str, ...]], str] = ([], "")
        self._looking = QTimer(self, singleShot=True)
        self._found: list[Repeat] = []
        self._became: dict[int, WhatBecame] = {}
        self._revealed: int | None = None
        self._decided: dict[int, RelationKind] = {}
        self._buttons = {
            RelationKind.SAME_DISPUTE: self.ui.same_dispute,
            RelationKind.NEW_DISPUTE: self.ui.new_dispute,
            RelationKind.OTHER_PERSON: self.ui.other_person,
        }
        self._looking.timeout.connect(self.look)
        self.ui.earlier_cases.selectionModel().currentChanged.connect(self._choose)
        self.ui.earlier_cases.activated.connect(
            lambda index: desk.case_wanted.emit(index.data(Qt.ItemDataRole.UserRole))
        )

    def add_actions(self, page: QWidget) -> None:
        """The keys hold on the whole page, wherever somebody types."""
        for number, (kind, button) in enumerate(self._buttons.items(), start=1):
            text = f"所选以往案件：{button.text()}"
            decide = partial(self._decide, kind)
            add_action(page, text, f"Ctrl+Shift+{number}", decide, button, needs=self.desk.needs(Right.REGISTER))
        add_action(
            page, "显示或隐藏所选以往案件的全号", "F6", self._show_numbers, needs=self.desk.needs(Right.FULL_NUMBERS)
        )

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """What is reached one after the other by Tab."""
        return self.ui.earlier_cases, self.ui.earlier_result, *self._buttons.values()

    def hideEvent(self, event: QHideEvent) -> None:
        self._hide_numbers()
        super().hideEvent(event)

    def touched(self) -> None:
        """Something was typed: look for the people at once, for the story when there is a pause."""
        people, story = self._what_is_looked_for()
        if people != self._looked_for[0]:
            self._looking.start(0)
        elif story != self._looked_for[1]:
            self._looking.start(STORY_AFTER_MS)

    def look(self) -> None:
        """Look for earlier cases of the people who stand in the form now."""
        self._looking.stop()
        self._looked_for = self._what_is_looked_for()
        parties, story = self._typed()
        found, became = list[Repeat](), dict[int, WhatBecame]()
        nothing = "填写姓名、证件号码或电话后，这里显示同一人以往的案件。"
        if parties:
            nothing = "没有找到同一人以往的案件。"
            try:
                found, became = self.desk.look(_earlier, parties, story)
            except DeskError as error:  # nobody asked for this list: no box that must be closed in mid-typing
                nothing = str(error)
        self._found, self._became, self._revealed = found, became, None
        self._show()
        for part in (self.ui.earlier_cases, self.ui.result_caption, self.ui.earlier_result, *self._buttons.values()):
            part.setVisible(bool(found))
        self.ui.earlier_empty.setVisible(not found)
        self.ui.earlier_empty.setText(nothing)

    def _what_is_looked_for(self) -> tuple[list[tuple[str, ...]], str]:
        parties, story = self._typed()
        return [(each.name, each.id_number, each.uscc, each.phone, each.address) for each in parties], story

    def _show(self) -> None:
        row = self.ui.earlier_cases.currentIndex().row()
        self._lines.show([Line([self._in_words(each)], each.case_id) for each in self._found])
        self.ui.earlier_cases.setCurrentIndex(self._lines.index(row, 0))
        self._show_result()

    def _chosen(self) -> Repeat | None:
        """The chosen case, or the surest while none is chosen."""
        row = max(self.ui.earlier_cases.currentIndex().row(), 0)
        return self._found[row] if row < len(self._found) else None

    def _show_result(self) -> None:
        """What came of the case, and what may be decided about it: one that was merged is not come back to."""
        chosen = self._chosen()
        became = self._became.get(chosen.case_id) if chosen else None
        self.ui.earlier_result.setPlainText("\n".join(became.in_words()) if became else "")
        for kind, button in self._buttons.items():
            is_one = chosen is not None and (bool(chosen.party_no) or kind is not RelationKind.OTHER_PERSON)
            button.setEnabled(is_one and chosen is not None and chosen.stage != Stage.MERGED)

    # ---- deciding

    def decisions(self) -> list[Decided]:
        """What was decided about the cases that are shown; of somebody who was taken out of the form nothing is."""
        names = {party.no: party.name for party in self._typed()[0]}
        return [
            Decided(each.case_id, self._decided[each.case_id], names.get(each.own_no, ""), each.party_no or None)
            for each in self._found
            if each.case_id in self._decided
        ]

    def content(self) -> dict[str, str]:
        """What was decided, for a draft."""
        return {str(case_id): kind.value for case_id, kind in self._decided.items()}

    def put(self, content: Mapping[str, str]) -> None:
        """Go on with what `content` gave."""
        self._decided = {int(case_id): RelationKind(kind) for case_id, kind in content.items()}

    def _decide(self, kind: RelationKind) -> None:
        """Decide about the case; deciding the same again takes it back. Only one case is what is come back to."""
        chosen = self._chosen()
        if chosen is None or not self._buttons[kind].isEnabled():
            return
        was = self._decided.pop(chosen.case_id, None)
        if was is not kind:
            if kind is RelationKind.SAME_DISPUTE:
                self._decided = {each: other for each, other in self._decided.items() if other is not kind}
            self._decided[chosen.case_id] = kind
        self._show()
        self.decided.emit()

    def _show_numbers(self) -> None:
        """Show the whole numbers of the person of the chosen case, once it is logged; hide them when they are shown."""
        chosen = self.ui.earlier_cases.currentIndex()
        if not chosen.isValid():
            return
        each = self._found[chosen.row()]
        if self._revealed == each.case_id:
            self._hide_numbers()
            return
        with telling(self):
            self.desk.disclose(show_numbers, each.case_id, each.party_name)
            self._revealed = each.case_id
            self._show()

    def _hide_numbers(self) -> None:
        if self._revealed is not None:
            self._revealed = None
            self._show()

    def _choose(self, chosen: QModelIndex) -> None:
        self._show_result()
        if chosen.data(Qt.ItemDataRole.UserRole) != self._revealed:
            self._hide_numbers()

    def _in_words(self, each: Repeat) -> str:
        """Two lines: who and why it is shown, then which case. Numbers are masked: people look over the counter."""
        numbers = (each.id_number, each.phone)
        if each.case_id != self._revealed:
            numbers = (masked_number(each.id_number), masked_phone(each.phone))
        who = "　".join(filter(None, (f"{each.party_name}（{each.side.label}）", *numbers)))
        kind = self.desk.rules.table("dispute_kind").full_label(each.dispute_kind) or "未分类"
        how_far = "　".join(_how_far(Stage(each.stage), self._became.get(each.case_id)))
        decided = f"【{self._decided[each.case_id].label}】" if each.case_id in self._decided else ""
        return (
            f"{decided}{'、'.join(why.label for why in each.why)}　{who}\n"
            f"{show_day(each.registered_at.date())}　{kind}　{each.number or '未编号'}　{how_far}"
        )


def _how_far(stage: Stage, became: WhatBecame | None) -> list[str]:
    """The stage, and at the end of the way how mediation ended and whether that is kept."""
    told = [stage.label]
    if became is not None and became.way and stage is Stage.CLOSED:
        told.append(became.way.label)
    if became is not None and became.kept:
        told.append(f"协议{became.kept.label}")
    return told


def _earlier(
    records: Records, act: Act, parties: Sequence[Party], story: str
) -> tuple[list[Repeat], dict[int, WhatBecame]]:
    found = repeat_candidates(records, act, parties, story)
    return found, what_came_of(records, act, [each.case_id for each in found])
