"""One case as a page: what it is and where it stands, and below that its tabs."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import suspension_in_words
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.party import Side
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import stage_of
from mediation_desk.domain.waiting import Waiting, waiting_for
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_tabs import TABS, make_tab
from mediation_desk.gui.closed_file_dialog import ClosedFileDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import refuse_to_lose
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_case import Ui_CaseForm
from mediation_desk.gui.overview_tab import OverviewTab
from mediation_desk.services.disclosure import check_closed_file, is_closed_file
from mediation_desk.services.relations import related
from mediation_desk.store.cases import CaseRow

if TYPE_CHECKING:
    from mediation_desk.gui.case_tabs import CaseTab
    from mediation_desk.gui.stepper import Stepper

MOST_NAMES = 4
"""More parties of a side are counted in the header; the tab 当事人 names them all."""


class CasePage(QWidget):
    """Loads the case once for each change; a tab is given it when it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_CaseForm()
        self.ui.setupUi(self)
        self._case_id: int | None = None
        self._case: Case | None = None
        self._opened: set[tuple[int, int]] = set()
        """Users and closed cases for which a reason was given in this window."""
        self._shown_to = 0
        self._is_stale = False
        self._tabs: dict[str, CaseTab] = {}
        self._stale_tabs: set[str] = set()
        self._stepper: Stepper | None = None
        add_action(self, "返回案件列表", "Alt+Left", lambda: desk.page_wanted.emit("cases"), self.ui.back_button)
        self._who_saw = add_action(self, "谁看过、改过", "Ctrl+Alt+L", self.show_log, self.ui.who_saw_button)
        self._step = add_action(
            self,
            "逐项填报到上级系统",
            "Ctrl+Alt+U",
            self.fill_upstream,
            self.ui.upstream_button,
            needs=desk.needs(Right.PRINT),
        )
        for number, (key, label) in enumerate(TABS, start=1):
            place = QWidget()
            QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            self.ui.tabs.addTab(place, label)
            add_action(self, label, f"Alt+{number}", partial(self.open_tab, key))
        self.ui.tabs.currentChanged.connect(self._show_tab)
        self.setFocusProxy(self.ui.tabs)
        desk.changed.connect(self._reread)

    def show_case(self, case_id: int) -> None:
        """Show a case, another one from its first tab; what is half typed in the one before is kept as a draft."""
        if case_id != self._case_id:
            self.leave()
            self._case = None
            self._case_id = case_id
            self.ui.tabs.setCurrentIndex(0)
        self.refresh()

    def open_tab(self, key: str) -> None:
        """Show a tab, or a topic of one: "procedure/referrals"."""
        tab, _, topic = key.partition("/")
        self.ui.tabs.setCurrentIndex([each for each, _ in TABS].index(tab))
        open_topic = getattr(self._tabs.get(tab), "open_topic", None)
        if topic and open_topic is not None:
            open_topic(topic)

    def leave(self) -> None:
        """Keep what is half typed in any tab. Raises `CannotSave`; then everything stays as it is."""
        for tab in self._tabs.values():
            leave = getattr(tab, "leave", None)
            if leave is not None:
                leave()
        refuse_to_lose(self)

    def refresh(self) -> None:
        """Read the case anew. One that is gone is said to be, and its tabs cannot be used."""
        case_id = self._case_id
        if case_id is None:
            return
        seen, self._case = self._case, None
        with telling(self):
            self._case = self.desk.look(lambda records, _: records.cases.get(case_id))
        self._is_stale = False
        if self._case is not None and is_closed_file(self._case):
            self._ask_for_reason(self._case, has_seen_it=seen is not None and self._shown_to == self.desk.user_id)
        self._shown_to = self.desk.user_id
        self._stale_tabs = {key for key, _ in TABS}
        self.ui.tabs.setEnabled(self._case is not None)
        self.ui.tabs.setVisible(self._case is not None)  # else what it showed before could be read on
        self._show_header()
        self._show_tab()
        if self._case is not None:
            self.desk.log.viewed("案件", case_id)

    def _ask_for_reason(self, case: Case, *, has_seen_it: bool) -> None:
        """Keep a closed file hidden until it is said why it is opened; not from whoever was looking when it closed."""
        assert case.id is not None
        opened = (self.desk.user_id, case.id)
        if has_seen_it:
            self._opened.add(opened)
        if opened in self._opened:
            return
        self._case = None
        if any(asking.isVisible() and asking.case_id == case.id for asking in self.findChildren(ClosedFileDialog)):
            return
        with telling(self):
            self.desk.look(check_closed_file, case.id)
            dialog = ClosedFileDialog(self.desk, case, self)
            dialog.accepted.connect(partial(self._open_closed, opened))
            dialog.rejected.connect(lambda: self.desk.page_wanted.emit("cases"))
            dialog.open()

    def _open_closed(self, opened: tuple[int, int]) -> None:
        self._opened.add(opened)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _reread(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _show_tab(self) -> None:
        key, _ = TABS[self.ui.tabs.currentIndex()]
        if self._case is None or key not in self._stale_tabs:
            return
        if key not in self._tabs:
            self._tabs[key] = tab = make_tab(key, self.desk)
            layout = self.ui.tabs.currentWidget().layout()
            assert layout is not None
            layout.addWidget(tab)
            if isinstance(tab, OverviewTab):
                tab.tab_wanted.connect(self.open_tab)
        self._stale_tabs.discard(key)
        with telling(self):
            self._tabs[key].show_case(self._case)

    def show_log(self) -> None:
        """Who saw and changed this case, for whoever may read the log."""
        if self._case is not None and self._case_id is not None and self.desk.may(Right.AUDIT):
            from mediation_desk.gui.audit_dialog import AuditDialog

            called = self._case.number or self._case.file_title()
            AuditDialog(self.desk, self._case_id, called, self).open()

    def fill_upstream(self) -> None:
        """Copy the case field by field into a system above the desk; what was open for another case goes."""
        if self._case is None or self._case.id is None:
            return
        from mediation_desk.gui.stepper import Stepper

        with telling(self):
            self.desk.needs(Right.FULL_NUMBERS).check()
            self._close_stepper()
            self._stepper = Stepper(self.desk, self._case.id)
            self._stepper.show()

    def _close_stepper(self) -> None:
        if self._stepper is not None and isValid(self._stepper):
            self._stepper.close()
        self._stepper = None

    def _show_header(self) -> None:
        case, ui, rules = self._case, self.ui, self.desk.rules
        ui.safety_mark.setVisible(bool(case and case.safety_flags))
        suspended = suspension_in_words(case, rules) if case else ""
        ui.suspended_mark.setVisible(bool(suspended))
        ui.suspended_mark.setText(suspended)
        told = self._related_in_words(case) if case is not None else ""
        ui.related_mark.setText(told)
        ui.related_mark.setVisible(bool(told))
        may_see_log = case is not None and self.desk.may(Right.AUDIT)
        ui.who_saw_button.setVisible(may_see_log)
        self._who_saw.setEnabled(may_see_log)
        for part in (self._step, ui.upstream_button):
            part.setEnabled(case is not None)
        if case is None:
            for label in (ui.stage_text, ui.waiting_text, ui.number_text, ui.title_text, ui.parties_text):
                label.clear()
            return
        ui.stage_text.setText(stage_of(case).label)
        whom = waiting_for(case)
        ui.waiting_text.setText("" if whom is Waiting.NOBODY else f"等：{whom.label}")
        ui.number_text.setText(case.number or "未编号")
        ui.title_text.setText(case.file_title(rules.table("dispute_kind").label(case.dispute_kind)))
        ui.parties_text.setText("　".join(filter(None, (_side_in_words(case, side) for side in Side))))
        flags = "、".join(rules.table("safety_flag").label(flag) for flag in case.safety_flags)
        ui.safety_mark.setText("　".join(filter(None, (f"注意安全：{flags}", case.safety_note))))

    def _related_in_words(self, case: Case) -> str:
        """That the parties come back with the same dispute, or that another case goes on in place of this one."""
        kinds = {each.kind for each in case.relations if each.stands}
        if kinds.isdisjoint((RelationKind.SAME_DISPUTE, RelationKind.MERGED)):
            return ""
        shown = self.desk.look(related, case)
        if case.merged_into is not None:
            return f"已并入：{_with_day(shown.merged_into)}"
        last = shown.earlier[-1] if shown.earlier else None
        first = f"首次：{_with_day(shown.earlier[0])}　" if len(shown.earlier) > 1 else ""
        return f"同一纠纷第{shown.sequence}次来访　{first}前一次：{_with_day(last)}"


def _with_day(row: CaseRow | None) -> str:
    return f"{show_day(row.registered_at.date())} {row.called}" if row else "您无权查看的案件"


def _side_in_words(case: Case, side: Side) -> str:
    names = [party.name for party in case.side(side)]
    if not names:
        return ""
    counted = f"等{len(names)}方" if len(names) > MOST_NAMES else ""
    return f"{side.label}：{'、'.join(names[:MOST_NAMES])}{counted}"
