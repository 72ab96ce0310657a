"""Changing a roster by hand, cell by cell: posts, locks, wishes, leave; what is refused is said beside the grid."""

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from itertools import zip_longest
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from mediation_desk.domain.duty_roster import Post
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.roster_cells import wish_in_words
from mediation_desk.gui.roster_grid import RosterGrid
from mediation_desk.gui.roster_signs import KEYS, Sign, post_of_key, signs_of
from mediation_desk.services.act import Act
from mediation_desk.services.roster_making import clear, lock, move, place
from mediation_desk.services.roster_undo import Edit, edit_draft, take_back
from mediation_desk.services.roster_view import PersonShown, RosterMonth, ShiftShown
from mediation_desk.services.wishes import wish
from mediation_desk.store.records import Records

P = ParamSpec("P")

MOST_UNDONE = 100
_NEXT_WISH = {0: 1, 1: -1}
_WISHES = (3, 2, 1, 0, -1, -2, -3)


class RosterEditing(QObject):
    """Acts on the current cell of the grid. `said` brings sentences for the line below it, and whether one is refused.

    `leave_wanted` and `swap_wanted` ask for the dialogs of a person and half-day.
    """

    said = Signal(str, bool)
    leave_wanted = Signal(int, object)
    swap_wanted = Signal(int, object)

    def __init__(self, desk: Desk, grid: RosterGrid) -> None:
        super().__init__(grid)
        self._desk, self._grid = desk, grid
        self._month: RosterMonth | None = None
        self._signs: dict[int, Sign] = {}
        self._edits: list[Edit] = []
        self.is_held = False
        """While a roster is worked out nothing is changed by hand."""
        table = grid.ui.half_days
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(lambda _: self.offer_posts())
        table.shift_dropped.connect(self._move)
        table.drop_refused.connect(lambda sentence: self.said.emit(sentence, True))
        grid.cell_opened.connect(self.offer_posts)
        self._add_keys()
        self._post_actions = [self._add_key("", key, partial(self._put_by_key, key)) for key in KEYS]

    def show_month(self, month: RosterMonth) -> None:
        """From now on change this month; every post of it gets its key."""
        if self._month is None or self._month.month != month.month:
            self._edits.clear()
        self._month = month
        self._signs = signs_of(month.posts)
        by_key = [sign for sign in self._signs.values() if sign.key]
        for action, sign in zip_longest(self._post_actions, by_key):
            action.setEnabled(sign is not None)
            action.setText(f"排到{sign.name}" if sign else "")

    def forget(self) -> None:
        """What was done by hand cannot be taken back any more: the draft was replaced or published."""
        self._edits.clear()

    # ---- the steps

    def put(self, post_id: int, _is_checked: bool = False) -> None:
        """Put the person of the current cell on a post."""
        cell = self._cell_to_change()
        if cell and self._shift(cell) != post_id:
            self._edit(place, cell[0], cell[1], post_id)

    def _put_by_key(self, key: str) -> None:
        post_id = post_of_key(self._signs, key)
        if post_id is not None:
            self.put(post_id)

    def clear(self) -> None:
        cell = self._cell_to_change()
        if cell and self._shift(cell) is not None:
            self._edit(clear, *cell)

    def toggle_lock(self) -> None:
        cell = self._cell_to_change()
        shift = self._shown(cell) if cell else None
        if cell and shift:
            self._edit(lock, cell[0], cell[1], not shift.locked)

    def cycle_wish(self) -> None:
        """None, would like, would rather not, none."""
        cell = self._cell_to_change()
        if cell and self._month:
            self._wish(_NEXT_WISH.get(self._month.wishes.get(cell, 0), 0))

    def undo(self) -> None:
        """Take the last change by hand back."""
        if self._refuse_while_held():
            return
        if not self._edits:
            self.said.emit("没有可以撤销的改动。", False)
            return
        edit = self._edits.pop()
        if self._do(take_back, edit):
            self.said.emit("已撤销上一步。", False)

    def keep(self, edit: Edit) -> None:
        """Remember how to take a step back."""
        self._edits = [*self._edits, edit][-MOST_UNDONE:]

    def _move(self, source: QModelIndex, target: QModelIndex) -> None:
        model = self._grid.model
        (from_person, half_day), (to_person, _) = model.cell(source), model.cell(target)
        if self._refuse_while_held():
            return
        if self._edit(move, from_person, to_person, half_day):
            self._grid.choose(to_person, half_day)

    def _wish(self, weight: int, _is_checked: bool = False) -> None:
        cell = self._cell_to_change()
        if cell and self._do(wish, cell[0], cell[1], weight):
            self.said.emit(f"{self._name(cell[0])} {cell[1].label}：{wish_in_words(weight)}。", False)

    def _edit(
        self, step: Callable[Concatenate[Records, Act, date, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Change the draft so that it can be taken back. False when that was refused."""
        assert self._month is not None
        month = self._month.month

        @wraps(step)
        def changed(records: Records, act: Act) -> Edit:
            return edit_draft(records, act, month, step, *args, **kwargs)

        edit = self._do(changed)
        if isinstance(edit, Edit):
            self.keep(edit)
            self.said.emit("", False)
        return edit is not None

    def _do(self, step: Callable[..., object], *args: object) -> object:
        """Do a step; a refusal stands beside the grid, not in a box. None when refused."""
        try:
            return self._desk.do(step, *args) or True
        except DeskError as error:
            self.said.emit(str(error).replace("\n", " "), True)
            return None

    # ---- the choice

    def offer_posts(self) -> None:
        """Ask what shall be in the current cell."""
        index, needs = self._grid.current(), self._desk.needs(Right.ROSTER)
        if not index.isValid() or self._cell_to_change() is None:
            return
        if not needs.are_met:
            self.said.emit(needs.why_not, True)
            return
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        table = self._grid.ui.half_days
        menu.popup(table.viewport().mapToGlobal(table.visualRect(index).bottomLeft()))

    def menu(self) -> QMenu:
        """All that can be done with the current cell."""
        cell = self._grid.chosen()
        assert cell is not None
        assert self._month is not None
        person = self._person(cell[0])
        menu = QMenu(self._grid)
        menu.setObjectName("cell_menu")
        menu.setAccessibleName(f"{person.name} {cell[1].label}")
        title = menu.addAction(f"{person.name} {cell[1].label}")
        title.setEnabled(False)
        menu.addSeparator()
        for post in self._month.posts:
            self._offer_post(menu, post, person, self._shift(cell))
        menu.addSeparator()
        shift = self._shown(cell)
        for text, key, step, is_possible in (
            ("空出", "Del", self.clear, shift is not None),
            ("解锁" if shift and shift.locked else "锁定", "L", self.toggle_lock, shift is not None),
            ("请假…", "Q", self._want_leave, True),
            ("换班…", "H", self._want_swap, cell in self._month.published_shifts),
        ):
            action = menu.addAction(f"{text}\t{key}")
            action.setEnabled(is_possible)
            action.triggered.connect(step)
        wishes = menu.addMenu("愿望")
        for weight in _WISHES:
            action = wishes.addAction(wish_in_words(weight))
            action.setCheckable(True)
            action.setChecked(weight == self._month.wishes.get(cell, 0))
            action.triggered.connect(partial(self._wish, weight))
        return menu

    def _offer_post(self, menu: QMenu, post: Post, person: PersonShown, now: int | None) -> None:
        assert post.id is not None
        sign = self._signs[post.id]
        is_held = post.id in person.posts
        why_not = "" if is_held else "（没有该职业身份）"
        action = menu.addAction(f"{sign.letter} {post.name}{why_not}\t{sign.key}")
        action.setEnabled(is_held)
        action.setCheckable(True)
        action.setChecked(post.id == now)
        action.triggered.connect(partial(self.put, post.id))

    # ---- keys and cells

    def _add_keys(self) -> None:
        for key in ("Return", "Space"):
            self._add_key("选岗位", key, self.offer_posts)
        self._add_key("空出", "Del", self.clear)
        self._add_key("空出", "Backspace", self.clear)
        self._add_key("锁定或解锁", "L", self.toggle_lock)
        self._add_key("愿望：愿来、不愿、无", "W", self.cycle_wish)
        self._add_key("请假", "Q", self._want_leave)
        self._add_key("换班", "H", self._want_swap)

    def _add_key(self, text: str, key: str, do: Callable[[], object]) -> QAction:
        """Letters and digits mean something only in the grid: elsewhere they are typed."""
        action = add_action(self._grid.ui.half_days, text, key, do, needs=self._desk.needs(Right.ROSTER))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def _want_leave(self) -> None:
        cell = self._grid.chosen()
        if cell:
            self.leave_wanted.emit(*cell)

    def _want_swap(self) -> None:
        cell = self._grid.chosen()
        if cell and self._month and cell in self._month.published_shifts:
            self.swap_wanted.emit(*cell)
        elif cell:
            self.said.emit("已发布的排班中没有这个班次，不能换班。", True)

    def _cell_to_change(self) -> tuple[int, HalfDay] | None:
        """The current cell, where it can be changed; else it is said why not."""
        cell = self._grid.chosen()
        if cell is None or self._month is None or self._refuse_while_held():
            return None
        if cell[1] not in self._month.open and cell not in self._month.shifts:
            why = self._month.closed_why.get(cell[1], "")
            self.said.emit(f"{cell[1].label}休息（{why}），不排班；若开放请先改开放日。", True)
            return None
        return cell

    def _refuse_while_held(self) -> bool:
        if self.is_held:
            self.said.emit("正在排班，请等它排完，或先取消。", True)
        return self.is_held

    def _shown(self, cell: tuple[int, HalfDay]) -> ShiftShown | None:
        return self._month.shifts.get(cell) if self._month else None

    def _shift(self, cell: tuple[int, HalfDay]) -> int | None:
        shift = self._shown(cell)
        return shift.post_id if shift else None

    def _person(self, person_id: int) -> PersonShown:
        return next(each for each in self._grid.model.people if each.id == person_id)

    def _name(self, person_id: int) -> str:
        return self._person(person_id).name
