"""A conference about hard cases (E8), kept while it is typed."""

from collections.abc import Sequence
from functools import wraps
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import parse_day, show_day, show_time
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.supervision import ConferenceKind
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen, fill_words, needed_day_of
from mediation_desk.gui.form_content import content_of, line_of, put_content, text_of, watch_inputs
from mediation_desk.gui.forms.ui_conference import Ui_ConferenceForm
from mediation_desk.gui.rows_field import RowsField
from mediation_desk.services.act import Act
from mediation_desk.services.conferences import Decided, Held, find_cases, record_conference
from mediation_desk.store.draft import Draft
from mediation_desk.store.records import Records

FORM = "conference"
TEXT, UNIT, HELPERS, DUE, PLACE = range(5)
COLUMNS = ("议定的内容", "责任单位", "配合单位", "完成期限", "第几件案")


def kept_draft(desk: Desk, case_id: int) -> Draft | None:
    """The conference that the user began to type at this case and did not save."""
    drafts = desk.look(lambda records, _: records.drafts.of_user(desk.user_id, FORM, case_id))
    return drafts[0] if drafts else None


class ConferenceDialog(QDialog):
    """Asks for one conference. This case is its first; others are told by number. Closing keeps what was typed."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert case.id is not None
        self.desk, self.case, self.case_id = desk, case, case.id
        self.ui = Ui_ConferenceForm()
        self.ui.setupUi(self)
        fill_words(self.ui.conference_kind, ConferenceKind, blank="请选择")
        self.decisions = RowsField("decisions", "议定事项", COLUMNS, self)
        self.ui.decisions_field.addWidget(self.decisions)
        self.ui.decisions_caption.setBuddy(self.decisions)
        QWidget.setTabOrder(self.ui.minutes, self.decisions.table)
        QWidget.setTabOrder(self.decisions.table, self.ui.discard)
        self.keeper = DraftKeeper(desk, FORM, self._content, self._label, case_id=case.id, parent=self)
        self._begin()
        watch_inputs(self, self.keeper.touch)
        self.decisions.changed.connect(self.keeper.touch)
        self.keeper.saved.connect(lambda: self.ui.draft_line.setText(f"草稿已保存 {show_time(desk.now().time())}"))
        self.keeper.not_saved.connect(self.ui.draft_line.setText)
        self.ui.cancel.clicked.connect(self.reject)
        self.ui.discard.clicked.connect(self.discard)
        add_action(self, "保存会商", "Ctrl+Return", self.accept, self.ui.save)
        self.finished.connect(self.deleteLater)
        self.resize(self.sizeHint().expandedTo(self.size()).boundedTo(self.screen().availableSize() * 0.9))

    def _begin(self) -> None:
        """Go on with the draft that was kept, or begin with what is known."""
        draft = kept_draft(self.desk, self.case_id)
        self.decisions.show_rows([])
        if draft is None:
            self.ui.held_on.setText(show_day(self.desk.now().date()))
            return
        self.keeper.take_up(draft)
        put_content(self, draft.content["typed"])
        self.decisions.show_rows(draft.content["decisions"])
        self.ui.draft_line.setText("接着上次没有保存的草稿。")

    def _content(self) -> dict[str, Any]:
        return {"typed": content_of(self), "decisions": self.decisions.table.rows()}

    def _label(self) -> str:
        kinds = self.desk.rules.table("dispute_kind")
        return f"会商：{self.case.file_title(kinds.label(self.case.dispute_kind))}"

    def read(self) -> Held:
        """The conference as the form says it. Raises `RuleBroken` at the field that cannot be read."""
        ui, today = self.ui, self.desk.now().date()
        if not chosen(ui.conference_kind):
            raise RuleBroken(Fault("请选择会议形式。", "conference_kind"))
        return Held(
            meeting=self.desk.new_uid(),
            kind=ConferenceKind(chosen(ui.conference_kind)),
            held_on=needed_day_of(ui.held_on, today),
            place=line_of(ui.place),
            chair=line_of(ui.chair),
            units=text_of(ui.units).splitlines(),
            minutes=text_of(ui.minutes),
            decisions=self._read_decisions(),
        )

    def _read_decisions(self) -> list[Decided]:
        read, faults = [], []
        for no, row in enumerate(self.decisions.rows(), start=1):
            try:
                read.append(self._decided(row))
            except ValueError as error:
                faults.append(Fault(f"第{no}项议定事项：{error}", "decisions"))
        if faults:
            raise RuleBroken(*faults)
        return read

    def _decided(self, row: Sequence[str]) -> Decided:
        """Raises `ValueError` with a sentence."""
        if row[PLACE] and not row[PLACE].isdecimal():
            raise ValueError(f"“{row[PLACE]}”不是案件的序号。本案是1，其他案件依次是2、3。")
        return Decided(
            text=row[TEXT],
            unit=row[UNIT],
            helpers=row[HELPERS],
            due_on=parse_day(row[DUE], self.desk.now().date()),
            place=int(row[PLACE] or 1),
        )

    def accept(self) -> None:
        """Record the conference at all its cases; its draft goes in the same step."""

        @wraps(record_conference)
        def record(records: Records, act: Act) -> None:
            record_conference(records, act, [self.case_id, *others], held)
            records.drafts.drop(self.keeper.uid)

        with telling(self, {"decisions": self.decisions}):
            held = self.read()
            others = self.desk.look(find_cases, text_of(self.ui.other_cases).split("\n"))
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
