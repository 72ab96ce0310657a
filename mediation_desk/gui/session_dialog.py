"""The record of one mediation session (D07), kept while it is typed."""

from functools import wraps

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.case import Case, Session, SessionResult
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen, fill_words, needed_day_of, time_of
from mediation_desk.gui.form_content import content_of, line_of, name_of, put_content, text_of, watch_inputs
from mediation_desk.gui.forms.ui_session import Ui_SessionForm
from mediation_desk.gui.live_checks import watch_name
from mediation_desk.gui.tick_list import offer_people, ticked_people
from mediation_desk.services.act import Act
from mediation_desk.services.mediation import record_session
from mediation_desk.store.draft import Draft
from mediation_desk.store.records import Records

FORM = "session"
CLOSED, OPEN = "closed", "open"


def kept_draft(desk: Desk, case_id: int) -> Draft | None:
    """The session record of this case that the user began and did not save."""
    drafts = desk.look(lambda records, _: records.drafts.of_user(desk.user_id, FORM, case_id))
    return drafts[0] if drafts else None


class SessionDialog(QDialog):
    """Asks for one session. Closing it keeps what was typed; the next one for this case goes on with it."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert case.id is not None
        self.desk, self.case, self.case_id = desk, case, case.id
        self.ui = Ui_SessionForm()
        self.ui.setupUi(self)
        self._offer_choices()
        watch_name(self.ui.recorder, self.ui.recorder_caption)
        self.keeper = DraftKeeper(desk, FORM, lambda: content_of(self), self._label, case_id=case.id, parent=self)
        self._begin()
        watch_inputs(self, self.keeper.touch)
        self.keeper.saved.connect(lambda: self.ui.draft_line.setText(f"草稿已保存 {show_time(desk.now().time())}"))
        self.keeper.not_saved.connect(self.ui.draft_line.setText)
        self.ui.cancel.clicked.connect(self.reject)
        self.ui.discard.clicked.connect(self.discard)
        add_action(self, "保存调解记录", "Ctrl+Return", self.accept, self.ui.save)
        self.resize(self.sizeHint().expandedTo(self.size()).boundedTo(self.screen().availableSize() * 0.9))

    def _offer_choices(self) -> None:
        self.ui.openness.addItem("不公开", CLOSED)
        self.ui.openness.addItem("公开", OPEN)
        fill_words(self.ui.result, SessionResult, blank="请选择")
        assigned = {each.mediator_id for each in self.case.assignments}
        mediators = self.desk.look(lambda records, _: records.mediators.some(assigned))
        active = [each.mediator_id for each in self.case.active_assignments]
        offer_people(
            self.ui.present_parties, {party.no: f"{party.name}（{party.side.label}）" for party in self.case.parties}
        )
        offer_people(self.ui.session_mediators, {number: mediators[number].name for number in sorted(assigned)}, active)

    def _begin(self) -> None:
        """Go on with the draft that was kept, or begin with what is known."""
        draft = kept_draft(self.desk, self.case_id)
        if draft is not None:
            self.keeper.take_up(draft)
            put_content(self, draft.content)
            self.ui.draft_line.setText("接着上次没有保存的草稿。")
            return
        ui, centre = self.ui, self.desk.centre
        ui.held_on.setText(show_day(self.desk.now().date()))
        places = [session.place for session in self.case.sessions]
        ui.place.setText(places[-1] if places else centre.address or centre.name)
        ui.subject.setText(self.case.file_title(self._kind_label()))
        ui.recorder.setText(centre.user_name(self.desk.user_id))

    def _kind_label(self) -> str:
        table = self.desk.rules.table("dispute_kind")
        return table.label(self.case.dispute_kind) if self.case.dispute_kind in table else ""

    def _label(self) -> str:
        return f"调解记录：{self.case.file_title(self._kind_label())}"

    def read(self) -> Session:
        """The record as the form says it. Raises `RuleBroken` at the field that cannot be read."""
        ui, now = self.ui, self.desk.now()
        held_on, began, ended = needed_day_of(ui.held_on, now.date()), time_of(ui.began), time_of(ui.ended)
        if not chosen(ui.result):
            raise RuleBroken(Fault("请选择调解结果。", "result"))
        return Session(
            no=0,
            held_on=held_on,
            began=began,
            ended=ended,
            place=line_of(ui.place),
            subject=line_of(ui.subject),
            is_open=chosen(ui.openness) == OPEN,
            present_nos=ticked_people(ui.present_parties),
            present_note=line_of(ui.present_note),
            participants=line_of(ui.participants),
            participants_agreed=ui.participants_agreed.isChecked(),
            rights_told=ui.rights_told.isChecked(),
            record=text_of(ui.record),
            result=SessionResult(chosen(ui.result)),
            mediator_ids=ticked_people(ui.session_mediators),
            recorder=name_of(ui.recorder),
            by_id=self.desk.user_id,
            recorded_at=now,
        )

    def accept(self) -> None:
        """Record the session; its draft goes in the same step."""

        @wraps(record_session)
        def record(records: Records, act: Act) -> None:
            record_session(records, act, self.case_id, session)
            records.drafts.drop(self.keeper.uid)

        with telling(self):
            session = self.read()
            self.desk.do(record)
            self.keeper.forget()
            super().accept()

    def reject(self) -> None:
        if self.keeper.flush():
            super().reject()

    def discard(self) -> None:
        """Throw the draft away and close."""
        with telling(self):
            self.keeper.forget()
            super().reject()
