"""调解记录 of the case page: what happened in the mediation room, and the notes that nobody else may see."""

from functools import wraps

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.case import Case, ConfidentialNote, Session
from mediation_desk.domain.dates import day_in_words, show_day, show_time
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.domain.willingness import refuse_unless_willing
from mediation_desk.gui.actions import add_action, reserve
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_sessions import Ui_SessionsForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.session_dialog import SessionDialog, kept_draft
from mediation_desk.services.act import Act
from mediation_desk.services.mediation import add_confidential_note, confidential_notes
from mediation_desk.store.records import Records

NOTE_FORM = "confidential_note"


class SessionsTab(QWidget):
    """Lists the sessions and shows the chosen one. Confidential notes appear on request and go when one looks away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._keeper: DraftKeeper | None = None
        self.ui = Ui_SessionsForm()
        self.ui.setupUi(self)
        self.ui.notes_panel.hide()
        self.model = LineModel(("次", "日期", "地点", "结果", "补记"), self)
        self.ui.sessions.setModel(self.model)
        self.ui.sessions.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.sessions.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.ui.split.setStretchFactor(0, 2)
        self.ui.split.setStretchFactor(1, 3)
        add_action(
            self,
            "登记调解",
            "Ctrl+Shift+T",
            self.record_session,
            self.ui.record_session,
            needs=self.desk.needs(Right.MEDIATE),
        )
        add_action(
            self,
            "登记调解结果",
            "Ctrl+Shift+U",
            self.record_outcome,
            self.ui.record_outcome,
            needs=self.desk.needs(Right.MEDIATE),
        )
        add_action(
            self, "显示或隐藏保密笔记", "Ctrl+Shift+B", self.ui.show_notes.toggle, needs=self.desk.needs(Right.MEDIATE)
        )
        add_action(
            self,
            "保存保密笔记",
            "Ctrl+Shift+Return",
            self.add_note,
            self.ui.add_note,
            needs=self.desk.needs(Right.MEDIATE),
        )
        reserve(desk.needs(Right.MEDIATE), self.ui.show_notes)
        self.ui.show_notes.toggled.connect(self._show_notes)

    def show_case(self, case: Case) -> None:
        """Show the sessions of `case`; the chosen one stays chosen."""
        if self.case is None or self.case.id != case.id:
            self._turn_to_other_case(case)
        self.case = case
        chosen = self.chosen_no()
        lines = [self._line(session) for session in case.sessions]
        self.model.show(lines)
        numbers = [session.no for session in case.sessions]
        row = numbers.index(chosen) if chosen in numbers else len(numbers) - 1
        self.ui.sessions.setCurrentIndex(self.model.index(row, 0))
        if not numbers:
            self.ui.record_text.setPlainText("")
            self.ui.record_text.setPlaceholderText("还没有调解记录。受理并指派调解员、各方同意调解后，按“登记调解”。")
        self._name_the_button()
        if self.ui.show_notes.isChecked():
            self._read_notes()

    def leave(self) -> None:
        self.hide_notes()

    def chosen_no(self) -> int | None:
        """Number of the chosen session, None without one."""
        index = self.ui.sessions.currentIndex()
        return self.model.lines[index.row()].key if index.isValid() else None

    def _line(self, session: Session) -> Line:
        assert self.case is not None
        late = "补记" if self.case.is_late(session.recorded_at) else ""
        cells = (str(session.no), show_day(session.held_on), session.place, session.result.label, late)
        return Line(cells, session.no)

    def _show_chosen(self) -> None:
        assert self.case is not None
        session = next((each for each in self.case.sessions if each.no == self.chosen_no()), None)
        if session is not None:
            ids = session.mediator_ids
            mediators = self.desk.look(lambda records, _: records.mediators.some(ids))
            names = [mediators[number].name for number in ids if number in mediators]
            self.ui.record_text.setPlainText(session_in_words(self.case, session, names))

    # ---- recording

    def record_session(self) -> None:
        """Open the form, unless mediation may not begin yet (人民调解法 art. 17)."""
        assert self.case is not None
        with telling(self):
            refuse_unless(
                any(each.committee_id for each in self.case.decisions),
                "案件还没有受理，不能登记调解。请先在概况页受理。",
            )
            refuse_unless_willing(self.case)
            dialog = SessionDialog(self.desk, self.case, self)
            dialog.finished.connect(self._name_the_button)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def record_outcome(self) -> None:
        assert self.case is not None
        from mediation_desk.gui.outcome_dialog import OutcomeDialog

        dialog = OutcomeDialog(self.desk, self.case, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _name_the_button(self) -> None:
        assert self.case is not None
        assert self.case.id is not None
        begun = kept_draft(self.desk, self.case.id) is not None
        self.ui.record_session.setText("继续登记调解（有草稿）" if begun else "登记调解")

    # ---- confidential notes (人民调解法 art. 15)

    def hide_notes(self) -> None:
        self.ui.show_notes.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:
        self.hide_notes()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Whoever turns to another window leaves no confidential note on the screen."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide_notes()
        super().changeEvent(event)

    def _show_notes(self, wanted: bool) -> None:
        self.ui.notes_panel.setVisible(wanted)
        self.ui.show_notes.setText("隐藏保密笔记" if wanted else "显示保密笔记")
        if wanted:
            self._read_notes()
            self.ui.confidential_note.setFocus()
        else:
            self.ui.notes.clear()
            if self._keeper is not None:
                self._keeper.flush()

    def _read_notes(self) -> None:
        case_id = self._case_id
        notes = self.desk.look(confidential_notes, case_id)
        if notes:
            self.desk.log.viewed("保密笔记", case_id)
        self.ui.notes.setPlainText("\n\n".join(self._note_in_words(note) for note in notes))
        self.ui.notes.setPlaceholderText("还没有保密笔记。")

    def _note_in_words(self, note: ConfidentialNote) -> str:
        session = f"第{note.session_no}次调解，" if note.session_no else ""
        when = f"{note.recorded_at:%Y-%m-%d} {show_time(note.recorded_at.time())}"
        return f"{when}，{session}{self.desk.centre.user_name(note.by_id)}：\n{note.text}"

    def add_note(self) -> None:
        if not self.ui.show_notes.isChecked() or self._keeper is None:
            return
        keeper, case_id, session_no = self._keeper, self._case_id, self.chosen_no()

        @wraps(add_confidential_note)
        def add(records: Records, act: Act) -> None:
            add_confidential_note(records, act, case_id, self.ui.confidential_note.toPlainText(), session_no)
            records.drafts.drop(keeper.uid)

        with telling(self):
            self.desk.do(add)
            self.ui.confidential_note.clear()
            keeper.forget()

    def _turn_to_other_case(self, case: Case) -> None:
        """Keep the note that was being typed with its own case, and take up the one of `case`."""
        self.hide_notes()
        if self._keeper is not None:
            self._keeper.flush()
            self._keeper.deleteLater()
        field = self.ui.confidential_note
        case_id = case.id or 0
        drafts = self.desk.look(lambda records, _: records.drafts.of_user(self.desk.user_id, NOTE_FORM, case_id))
        self._keeper = None
        field.setPlainText(str(drafts[0].content.get("text", "")) if drafts else "")
        keeper = DraftKeeper(
            self.desk,
            NOTE_FORM,
            lambda: {"text": field.toPlainText()},
            lambda: "保密笔记",
            case_id=case.id,
            parent=self,
        )
        if drafts:
            keeper.take_up(drafts[0])
        field.textChanged.connect(keeper.touch)
        self._keeper = keeper

    @property
    def _case_id(self) -> int:
        assert self.case is not None
        assert self.case.id is not None
        return self.case.id


def session_in_words(case: Case, session: Session, mediators: list[str]) -> str:
    """A session record to be read on the screen, line by line."""
    hours = "至".join(filter(None, [show_time(session.began), show_time(session.ended)]))
    present = "、".join(case.party_name(no) for no in session.present_nos)
    agreed = "（当事人同意）" if session.participants_agreed else "（未注明当事人同意）"
    lines = [
        ("时间", f"{day_in_words(session.held_on)} {hours}".strip()),
        ("地点", session.place),
        ("事由", session.subject),
        ("公开与否", "公开" if session.is_open else "不公开"),
        ("到场", present + (f"（{session.present_note}）" if session.present_note else "")),
        ("邀请参加", session.participants + agreed if session.participants else ""),
        ("调解员", "、".join(mediators)),
        ("记录人", session.recorder),
        ("权利告知", "已告知" if session.rights_told else "未注明"),
        ("结果", session.result.label),
    ]
    told = "\n".join(f"{caption}：{said}" for caption, said in lines if said)
    return f"第{session.no}次调解\n{told}\n\n{session.record}"
