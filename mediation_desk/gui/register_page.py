"""登记: takes in a walk-in while a person waits. Nothing typed here is ever lost, and one key hides it from view."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.blank_forms_dialog import BlankFormsDialog
from mediation_desk.gui.case_printing import print_case_paper
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.earlier_panel import EarlierPanel
from mediation_desk.gui.errors import clear_refusals, tell, telling
from mediation_desk.gui.forms.ui_register import Ui_RegisterPage
from mediation_desk.gui.intake_form import IntakeForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.act import Act
from mediation_desk.services.blank_forms import find_blank, use_blank
from mediation_desk.services.intake import Intake, ask_willingness, take_in
from mediation_desk.services.petitions import PetitionItem, record_petition
from mediation_desk.services.relations import Decided, relate_decided
from mediation_desk.services.scanning import ScannedBlank
from mediation_desk.store.draft import Draft
from mediation_desk.store.records import Records

FORM = "intake"
"""What drafts of this page are called in the store."""

RECEIPT, SLIP = "R2", "E18"
"""The papers that are offered after registering: 登记回执 for the visitor, 案件登记单 to be signed and kept."""

_BLANK, _EARLIER = "blank", "earlier"
_RED = "color: #b3261e; font-weight: bold;"
_MARGIN = 60
"""Room kept around a refused field when it is scrolled into view, so that the sentence above it can be read."""


class RegisterPage(QWidget):
    """The form, beside it the earlier cases of the same people and the registrations that wait."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_RegisterPage()
        self.ui.setupUi(self)
        self.form = IntakeForm(desk)
        self.ui.form_place_layout.addWidget(self.form)
        self.keeper = DraftKeeper(desk, FORM, self._content, self.form.label, parent=self)
        self.earlier = EarlierPanel(desk, lambda: (self.form.parties(), self.form.ui.matter.toPlainText()))
        self.ui.earlier_place_layout.addWidget(self.earlier)
        self._waiting = LineModel(["暂存的登记"], self)
        self._registered: Case | None = None
        self._blank: ScannedBlank | None = None
        self._arrange()
        self._connect()
        self._show_form()
        self._take_up_unfinished()
        self._list_waiting()

    def _arrange(self) -> None:
        ui = self.ui
        ui.waiting_drafts.setModel(self._waiting)
        ui.columns.setStretchFactor(0, 3)
        ui.columns.setStretchFactor(1, 2)
        ui.columns.setSizes([560, 340])
        self.setFocusProxy(self.form)
        before: QWidget = self.form.ui.safety_note
        acting = (ui.register_button, ui.park_button, ui.print_blanks, ui.leave_blank)
        waiting = (ui.waiting_drafts, ui.resume_draft, ui.discard_draft)
        for widget in (*acting, *self.earlier.in_order, *waiting):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _connect(self) -> None:
        ui, desk = self.ui, self.desk
        self.form.touched.connect(self._touched)
        self.earlier.decided.connect(self._touched)
        self.keeper.saved.connect(self._say_saved)
        self.keeper.not_saved.connect(self._say_not_saved)
        ui.waiting_drafts.activated.connect(self._resume_row)
        desk.draft_wanted.connect(self.resume)
        desk.changed.connect(self._list_waiting_if_shown)
        add_action(
            self, "登记", "Ctrl+Return", self._register, ui.register_button, needs=self.desk.needs(Right.REGISTER)
        )
        add_action(self, "隐藏并暂存", "Ctrl+H", self.begin_new, ui.park_button)
        self.earlier.add_actions(self)
        add_action(
            self,
            "打印空白表",
            "Ctrl+B",
            lambda: BlankFormsDialog(desk, self).open(),
            ui.print_blanks,
            needs=self.desk.needs(Right.PRINT),
        )
        add_action(
            ui.registered_page,
            "打印登记回执",
            "Ctrl+P",
            partial(self._print, RECEIPT),
            ui.print_receipt,
            needs=self.desk.needs(Right.PRINT),
        )
        add_action(
            ui.registered_page,
            "打印案件登记单",
            "Ctrl+Shift+P",
            partial(self._print, SLIP),
            ui.print_slip,
            needs=self.desk.needs(Right.PRINT),
        )
        add_action(ui.registered_page, "大字版或普通字号", "Ctrl+G", ui.large_type.toggle)
        ui.leave_blank.clicked.connect(self._leave_blank)
        ui.resume_draft.clicked.connect(lambda: self._resume_row(ui.waiting_drafts.currentIndex()))
        discard = add_action(ui.waiting_drafts, "丢弃暂存的登记", "Del", self._ask_to_discard, ui.discard_draft)
        discard.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        ui.open_case.clicked.connect(self._open_registered)
        ui.register_next.clicked.connect(self.begin_new)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.form.is_blank:
            self._show_form()  # with the choices and the day of today
        self._list_waiting()

    def leave(self) -> None:
        """The program closes: keep what is not kept yet."""
        self.keeper.flush()

    # ---- registering

    def _register(self) -> None:
        if self._registered is not None:
            return
        self.form.settle()
        with telling(self, self.form.places()):
            intake = self.form.read(self.keeper.uid)
            blank_number = self._blank.number if self._blank else ""
            decided = self.earlier.decisions()
            answers, petition = self.form.answers(), self.form.petition()
            case = self.desk.do(register, intake, answers, blank_number, petition, decided)
            self._show_registered(case)
        refused = self.form.focusWidget()
        if self._registered is None and refused is not None:
            self.form.ui.intake_scroll.ensureWidgetVisible(refused, 0, _MARGIN)

    def _show_registered(self, case: Case) -> None:
        blank = self._blank
        self._show_form()
        self._registered = case
        asked = [f"{case.party_name(each.party_no)}：{each.answer.label}" for each in case.willingness]
        kind = self.desk.rules.table("dispute_kind").label(case.dispute_kind)
        lines = [
            f"已登记：{case.file_title(kind)}",
            f"申请日期 {show_day(case.requested_on)}，登记人 {self.desk.centre.user_name(case.first_contact_id)}",
            f"当事人 {len(case.parties)} 方" + (f"；调解意愿：{'，'.join(asked)}" if asked else "；尚未征询调解意愿"),
            f"查询码 {case.query_code}" + (f"；由空白表{blank.number}录入，请把原表归入案卷" if blank else ""),
        ]
        self.ui.registered_text.setText("\n".join(lines))
        self.ui.states.setCurrentWidget(self.ui.registered_page)
        self.ui.register_next.setFocus()

    def _open_registered(self) -> None:
        if self._registered is not None and self._registered.id is not None:
            self.desk.case_wanted.emit(self._registered.id)

    def _print(self, code: str) -> None:
        if self._registered is not None and self._registered.id is not None:
            print_case_paper(self, self.desk, self._registered.id, code, large=self.ui.large_type.isChecked())

    # ---- from an empty form that was filled in by hand

    def begin_from_blank(self, blank: ScannedBlank) -> None:
        """Register what stands on an empty form; where that was begun before, go on with it."""
        if self._blank is not None and self._blank.number == blank.number:
            self.form.setFocus()
            return
        begun = [draft for draft in self._drafts() if _blank_of(draft) == blank]
        if begun:
            self.resume(begun[0].uid)
        elif self._put_aside():
            self._show_form()
            self._show_blank(blank)
            self.form.setFocus()

    def _show_blank(self, blank: ScannedBlank | None) -> None:
        self._blank = blank
        self.ui.blank_panel.setVisible(blank is not None)
        if blank is not None:
            said = f"来自空白表 {blank.number}（{blank.title}）。请照表录入，申请日期填表上写的来访日期。"
            self.ui.blank_line.setText(said)

    def _leave_blank(self) -> None:
        """The wrong form was scanned: what is typed has nothing to do with it."""
        self._show_blank(None)
        self._touched()

    def _content(self) -> dict[str, Any]:
        """What a draft keeps: what stands in the form, and from which empty form it was taken."""
        content, blank = self.form.content() | {_EARLIER: self.earlier.content()}, self._blank
        return content | {_BLANK: {"number": blank.number, "title": blank.title}} if blank else content

    # ---- drafts

    def begin_new(self) -> None:
        """Hide what stands here and begin afresh. What was typed waits in the list, to be gone on with."""
        if self._put_aside():
            self._show_form()
            self.form.setFocus()

    def resume(self, uid: str) -> None:
        """Go on with a draft that waits; what stands in the form now is put aside first."""
        draft = self.desk.look(lambda records, _: records.drafts.find(uid))
        if draft is None or draft.form != FORM:
            tell(self, "这份暂存的登记已经不在了，可能已经登记或丢弃。")
        elif uid != self.keeper.uid and self._put_aside():
            self._show_form()
            self._take_up(draft, "已恢复暂存的登记，请继续填写。")
            self.keeper.save()
            self.desk.changed.emit()
            self.form.setFocus()

    def _put_aside(self) -> bool:
        """Park what was typed, if anything. Says whether the form may be cleared: never what could not be kept."""
        if self.form.is_blank:
            return True
        if not self.keeper.save(parked=True):
            return False
        self.keeper.let_go()
        self.desk.changed.emit()
        return True

    def _show_form(self) -> None:
        """Show an empty form under a draft of its own; what stood there must be kept already."""
        self._registered = None
        self._show_blank(None)
        self.ui.large_type.setChecked(False)
        self.form.clear()
        self.earlier.put({})
        self.keeper.let_go()
        clear_refusals(self)
        self.earlier.look()
        self.ui.restored_line.hide()
        self.ui.draft_state.clear()
        self.ui.states.setCurrentWidget(self.ui.form_page)

    def _take_up_unfinished(self) -> None:
        unfinished = [
            draft for draft in self._drafts() if draft.parked_at is None and draft.user_id == self.desk.user_id
        ]
        if unfinished:
            self._take_up(unfinished[0], "已恢复上次未完成的登记，请继续填写；如要另行登记，请按 Ctrl+H 暂存。")

    def _take_up(self, draft: Draft, sentence: str) -> None:
        self._show_blank(_blank_of(draft))
        self.form.put(draft.content)
        self.earlier.put(draft.content.get(_EARLIER, {}))
        self.keeper.let_go()  # putting it back is no change
        self.keeper.take_up(draft)
        self.ui.restored_line.setText(sentence)
        self.ui.restored_line.show()
        self.earlier.look()

    def _drafts(self) -> list[Draft]:
        """What waits: everything that was parked, and what this user left unfinished; the form's own is not in it."""
        waiting = self.desk.look(_waiting_drafts)
        return [draft for draft in waiting if draft.uid != self.keeper.uid]

    def _list_waiting_if_shown(self) -> None:
        if self.isVisible():
            self._list_waiting()

    def _list_waiting(self) -> None:
        waiting = self._drafts()
        self._waiting.show([Line([self._in_words(draft)], draft.uid) for draft in waiting])
        self.ui.waiting_drafts.setCurrentIndex(self._waiting.index(0, 0))
        self.ui.waiting_panel.setVisible(bool(waiting))

    def _in_words(self, draft: Draft) -> str:
        since = draft.parked_at or draft.saved_at
        day = "" if since.date() == self.desk.now().date() else f"{since.month}月{since.day}日"
        by = "" if draft.user_id == self.desk.user_id else f"　{self.desk.centre.user_name(draft.user_id)}"
        return f"{day}{show_time(since.time())}　{draft.label}{by}"

    def _resume_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.resume(index.data(Qt.ItemDataRole.UserRole))

    def _ask_to_discard(self) -> None:
        index = self.ui.waiting_drafts.currentIndex()
        if index.isValid():
            uid = index.data(Qt.ItemDataRole.UserRole)
            ask(self, f"丢弃“{index.data()}”？丢弃后找不回来。", "丢弃", lambda: self._discard(uid))

    def _discard(self, uid: str) -> None:
        def drop_parked(records: Records, _act: Act) -> None:
            records.drafts.drop(uid)

        with telling(self):
            self.desk.do(drop_parked)

    def _touched(self) -> None:
        if not self.form.is_blank:
            self.keeper.touch()
        self.earlier.touched()

    def _say_saved(self) -> None:
        self.ui.draft_state.setStyleSheet("")
        self.ui.draft_state.setText(f"草稿已保存 {show_time(self.desk.now().time())}")

    def _say_not_saved(self, sentence: str) -> None:
        self.ui.draft_state.setStyleSheet(_RED)
        self.ui.draft_state.setText(sentence)


def register(
    records: Records,
    act: Act,
    intake: Intake,
    answers: list[tuple[int, Answer, str]],
    blank_number: str = "",
    petition: PetitionItem | None = None,
    decided: Iterable[Decided] = (),
) -> Case:
    """Take in a dispute, record what the parties said to mediation and how it stands to earlier cases.

    The empty form it was taken from is linked to it. Where it is a petition item, that is registered too.

    One step. After a crash between saving and clearing the form the case is there already, and with it the rest.
    """
    case = take_in(records, act, intake)
    assert case.id is not None
    if blank_number and find_blank(records, blank_number).case_id != case.id:
        use_blank(records, act, blank_number, case.id)
    if petition and records.cases.get(case.id).petition is None:
        record_petition(records, act, case.id, petition)
    relate_decided(records, act, case, decided)
    if case.willingness:
        return case
    for party_no, answer, channel in answers:
        case = ask_willingness(records, act, case.id, [party_no], answer, asked_at=act.at, channel=channel)
    return case


def _blank_of(draft: Draft) -> ScannedBlank | None:
    """The empty form whose content the draft is."""
    kept = draft.content.get(_BLANK)
    return ScannedBlank(kept["number"], kept["title"], begins_case=True) if kept else None


def _waiting_drafts(records: Records, act: Act) -> list[Draft]:
    unfinished = [draft for draft in records.drafts.of_user(act.by_id, FORM) if draft.parked_at is None]
    return unfinished + [draft for draft in records.drafts.parked() if draft.form == FORM]
