"""排班: the roster of a month, seen, worked out, changed by hand, explained, published and printed."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mediation_desk.domain.rights import Right
from mediation_desk.domain.roster_problem import RosterSolution
from mediation_desk.domain.working_days import add_months
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen, fill_words
from mediation_desk.gui.forms.ui_roster import Ui_RosterPage
from mediation_desk.gui.roster_cells import MonthCells
from mediation_desk.gui.roster_editing import RosterEditing
from mediation_desk.gui.roster_explainer import RosterExplainer
from mediation_desk.gui.roster_maker import RosterMaker
from mediation_desk.gui.roster_papers import RosterPapers
from mediation_desk.gui.roster_people import Grouping, arranged
from mediation_desk.gui.roster_steps import RosterSteps
from mediation_desk.gui.roster_words import day_in_short_words, is_short_on, next_open_day, state_in_words
from mediation_desk.services.roster_undo import Edit
from mediation_desk.services.roster_view import RosterMonth, look_at_month

_ALARM = "color: #b3261e;"
_TOOL_TIP = Qt.ItemDataRole.ToolTipRole


_Entry: TypeAlias = tuple[str, str, Callable[[], object], tuple[Right, ...]]
"""A line of a menu: text, keys, what it does, and the rights one of which it needs."""


class RosterPage(QWidget):
    """Shows one month, the current one first. Everything is read anew after every change, while the page is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_RosterPage()
        self.ui.setupUi(self)
        self.month = desk.now().date().replace(day=1)
        self._shown: RosterMonth | None = None
        self._professions = desk.rules.table("mediator_profession")
        fill_words(self.ui.group_by, Grouping)
        self.ui.grid.name_professions(self._professions.label)
        self.editing = RosterEditing(desk, self.ui.grid)
        self.maker = RosterMaker(desk, self)
        self.explainer = RosterExplainer(desk, self)
        self.steps = RosterSteps(desk, self)
        self.papers = RosterPapers(desk, self.ui.grid, self)
        self.setFocusProxy(self.ui.grid)
        for part in (self.ui.progress_strip, self.ui.notice_strip, self.ui.empty_area, self.ui.why):
            part.hide()
        self.ui.split.setStretchFactor(0, 3)
        self.ui.split.setStretchFactor(1, 2)
        self._connect()
        self._add_actions()
        self._fill_menus()
        desk.changed.connect(self._refresh_if_shown)

    def _connect(self) -> None:
        ui = self.ui
        ui.filter_text.textChanged.connect(self._arrange)
        ui.filter_text.returnPressed.connect(ui.grid.setFocus)
        ui.group_by.currentIndexChanged.connect(self._arrange)
        ui.grid.cell_chosen.connect(self._show_cell)
        ui.grid.need_chosen.connect(ui.why.show_shortage)
        ui.show_why.toggled.connect(self._show_why)
        ui.why.half_day_wanted.connect(ui.grid.choose_half_day)
        ui.import_notice.clicked.connect(self.steps.import_notice)
        ui.empty_posts.clicked.connect(self.steps.show_posts)
        ui.empty_people.clicked.connect(lambda: self.desk.page_wanted.emit("mediators"))
        self.editing.said.connect(self.say)
        self.editing.leave_wanted.connect(self.steps.ask_leave)
        self.editing.swap_wanted.connect(self.steps.ask_swap)
        self.steps.said.connect(self.say)
        self.papers.said.connect(self.say)
        self.steps.draft_gone.connect(self.editing.forget)
        self.maker.told.connect(self._show_progress)
        self.maker.made.connect(self._show_made)
        self.maker.stopped.connect(self._tell_of_stop)
        self.explainer.explained.connect(ui.why.show_explanation)
        self.explainer.helped.connect(ui.why.show_help)
        self.explainer.certain.connect(ui.why.show_certain)

    def _add_actions(self) -> None:
        ui = self.ui
        add_action(self, "上个月", "Ctrl+PgUp", lambda: self.show_month(add_months(self.month, -1)), ui.previous_month)
        add_action(self, "下个月", "Ctrl+PgDown", lambda: self.show_month(add_months(self.month, 1)), ui.next_month)
        add_action(self, "回到本月", "Ctrl+T", lambda: self.show_month(self.desk.now().date()), ui.this_month)
        add_action(self, "生成排班", "F9", self.make_roster, ui.make_roster, needs=self.desk.needs(Right.ROSTER))
        self._stop = add_action(self, "取消生成", "Esc", self.maker.stop, ui.stop_making)
        self._settle = add_action(self, "到此为止，留用已得的排班", "Shift+F9", self.maker.settle, ui.settle_making)
        for action in (self._stop, self._settle):
            action.setEnabled(False)
        add_action(self, "发布排班", "Ctrl+Return", self.steps.publish, ui.publish, needs=self.desk.needs(Right.ROSTER))
        add_action(self, "找人", "Ctrl+F", ui.filter_text.setFocus)
        add_action(self, "说明：为什么，缺口与办法", "F4", ui.show_why.toggle)
        ui.show_why.setToolTip("说明：为什么，缺口与办法（F4）")

    def _fill_menus(self) -> None:
        ui, steps, papers = self.ui, self.steps, self.papers
        self._fill_menu(
            ui.draft_menu,
            ("撤销上一步改动", "Ctrl+Z", self.editing.undo, (Right.ROSTER,)),
            ("与已发布对比", "Ctrl+D", steps.compare, ()),
            ("放弃草案", "Ctrl+Shift+D", steps.drop_draft, (Right.ROSTER,)),
        )
        self._fill_menu(
            ui.people_menu,
            ("换班申请", "Ctrl+H", steps.show_swaps, (Right.ROSTER,)),
            ("公平台账", "Ctrl+L", steps.show_ledger, (Right.FIGURES,)),
            ("导入可排情况", "Ctrl+I", papers.import_availability, (Right.ROSTER,)),
            ("可排情况模板", "Ctrl+Shift+I", papers.save_template, (Right.ROSTER,)),
        )
        self._fill_menu(
            ui.rules_menu,
            ("岗位与单位互斥", "Ctrl+G", steps.show_posts, (Right.ROSTER,)),
            ("开放日", "Ctrl+O", steps.show_opening, (Right.ROSTER, Right.SETTINGS)),
            ("导入放假安排", "Ctrl+J", steps.import_notice, (Right.SETTINGS,)),
        )
        self._fill_menu(
            ui.paper_menu,
            ("墙贴", "Ctrl+P", papers.show_wall, ()),
            ("导出 Excel", "Ctrl+E", papers.save_workbook, ()),
            ("导出日历", "Ctrl+Shift+E", papers.save_calendar, ()),
            ("导出所选人的日历", "Ctrl+Alt+E", papers.save_calendar_of_one, ()),
        )
        copy = add_action(ui.grid.ui.half_days, "复制为文字", "Ctrl+C", papers.copy_text)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        ui.paper_menu.menu().addAction(copy)

    def _fill_menu(self, button: QToolButton, *entries: _Entry) -> None:
        menu = QMenu(button)
        menu.setAccessibleName(button.text())
        menu.setToolTipsVisible(True)  # they say why an entry is disabled
        for text, keys, do, any_of in entries:
            menu.addAction(add_action(self, text, keys, do, needs=self.desk.needs(*any_of) if any_of else None))
        button.setMenu(menu)

    # ---- the month

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        with telling(self):
            self._shown = self.desk.look(look_at_month, self.month)
            self._show_all(self._shown)

    def show_month(self, month: date) -> None:
        """Show another month, named by any of its days."""
        self.month = month.replace(day=1)
        self.refresh()
        self.say("")

    def say(self, sentence: str, is_refusal: bool = False) -> None:
        """Say something in the line below the grid; "" says what the current cell is."""
        self.ui.cell_text.setStyleSheet(_ALARM if is_refusal else "")
        self.ui.cell_text.setText(sentence or self._cell_in_words())

    def leave(self) -> None:
        """Give up what is being worked out, before the window goes."""
        self.maker.finish()
        self.explainer.finish()

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_all(self, month: RosterMonth) -> None:
        ui = self.ui
        ui.month_title.setText(f"<b>{month.month.year}年{month.month.month}月</b>")
        ui.state_text.setText(state_in_words(month))
        ui.notice_strip.setVisible(not month.confirmed)
        ui.notice_text.setText(f"{month.month.year}年放假安排未导入，暂按周一至周五；草案")
        if not self.explainer.is_about(month):
            ui.why.forget()
        self.editing.show_month(month)
        self.steps.show_month(month)
        self.papers.show_month(month)
        ui.why.show_month(month)
        self._show_tomorrow(month)
        self._show_what_is_missing(month)
        self._arrange()
        self._explain()

    def _show_what_is_missing(self, month: RosterMonth) -> None:
        """Without posts or people there is nothing to see; say what to do next."""
        ui = self.ui
        is_empty = not month.posts or not month.people
        ui.split.setVisible(not is_empty)
        ui.empty_area.setVisible(is_empty)
        ui.empty_posts.setVisible(not month.posts)
        ui.empty_people.setVisible(bool(month.posts))
        ui.empty_text.setText(
            "名册里没有轮驻人员。请先在“调解员”页登记，驻点选“轮驻”。"
            if month.posts
            else "还没有岗位。请先设岗位：窗口每半天要哪些职业身份的人，各几名。"
        )
        ui.make_roster.setEnabled(not is_empty)
        ui.publish.setEnabled(month.draft is not None)

    def _show_tomorrow(self, month: RosterMonth) -> None:
        """Who is missing on the next open day, beside the current month; at its end that day is in the next one."""
        today = self.desk.now().date()
        is_current = month.month == today.replace(day=1)
        day = next_open_day(month, today) if is_current else None
        if is_current and day is None:
            month = self.desk.look(look_at_month, add_months(month.month, 1))
            day = next_open_day(month, today)
        self.ui.tomorrow_text.setText(day_in_short_words(month, day, today) if day else "")
        self.ui.tomorrow_text.setStyleSheet(f"{_ALARM} font-weight: bold;" if day and is_short_on(month, day) else "")

    def _arrange(self) -> None:
        """Show who is looked for, in the order that is asked for."""
        if self._shown is None:
            return
        words = self.ui.filter_text.text().split()
        grouping = Grouping(chosen(self.ui.group_by))
        people, group_rows = arranged(self._shown.people, words, grouping, self._professions)
        self.ui.grid.show_month(MonthCells(self._shown), people, group_rows, self.desk.now().date())

    # ---- the cell

    def _show_cell(self) -> None:
        self.ui.why.show_cell(self.ui.grid.chosen())
        self.say("")

    def _cell_in_words(self) -> str:
        index = self.ui.grid.current()
        return str(index.data(_TOOL_TIP)) if index.isValid() else ""

    def _show_why(self, is_shown: bool) -> None:
        self.ui.why.setVisible(is_shown)
        self._explain()

    def _explain(self) -> None:
        """Explanations are worked out only for who reads them."""
        if self.ui.show_why.isChecked() and self._shown is not None:
            self.explainer.explain(self._shown)

    # ---- working it out

    def make_roster(self) -> None:
        if self.ui.make_roster.isEnabled():
            self.maker.begin(self.month)

    def _show_progress(self, told: str) -> None:
        self._hold(is_held=True)
        self.ui.progress_text.setText(told)

    def _hold(self, *, is_held: bool) -> None:
        """While a roster is worked out nobody changes it."""
        self.editing.is_held = is_held
        self._stop.setEnabled(is_held)
        for step in (self._settle, self.ui.settle_making):
            step.setEnabled(is_held and self.maker.can_settle)
        self.ui.progress_strip.setVisible(is_held)

    def _tell_of_stop(self) -> None:
        self._hold(is_held=False)
        self.say("已取消，排班没有改动。")

    def _show_made(self, month: date, solution: RosterSolution, edit: Edit) -> None:
        self._hold(is_held=False)
        self.editing.keep(edit)
        with telling(self):
            if month != self.month:
                self.show_month(month)
            assert self._shown is not None
            self.say(solution.trouble or f"已排好，存为{state_in_words(self._shown)}。")
            if self._shown.published is not None:
                self.steps.compare()
