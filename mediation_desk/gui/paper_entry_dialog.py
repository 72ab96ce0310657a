"""What a paper needs besides the facts of the case, typed into the fields its form asks for; kept while it is typed."""

from functools import wraps

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.forms import Form
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_paper_entry import Ui_PaperEntryForm
from mediation_desk.gui.paper_inputs import PaperInputs
from mediation_desk.services.act import Act
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.store.draft import Draft
from mediation_desk.store.records import Records


def kept_draft(desk: Desk, case_id: int, code: str, no: int | None) -> Draft | None:
    """What the user began to type for this paper and did not save; `no` is None for one that does not exist yet."""
    drafts = desk.look(lambda records, _: records.drafts.of_user(desk.user_id, _draft_form(code, no), case_id))
    return drafts[0] if drafts else None


def _draft_form(code: str, no: int | None) -> str:
    return f"paper_{code}_{'new' if no is None else no}"


class PaperEntryDialog(QDialog):
    """Asks for the inputs of one paper. Closing it keeps what was typed; the next one for this paper goes on with it.

    `no` is the number of what the paper is about, None for a further paper. `entered` says which one was saved.
    """

    entered = Signal(str, int)

    def __init__(self, desk: Desk, case: Case, form: Form, no: int | None, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        assert case.id is not None
        self.desk, self.form, self.no, self._case_id = desk, form, no, case.id
        self.ui = Ui_PaperEntryForm()
        self.ui.setupUi(self)
        self.setWindowTitle(f"录入：{title}")
        self.inputs = PaperInputs(form, case, desk.rules, desk.now().date())
        self.ui.fields_area.setWidget(self.inputs)
        self.keeper = DraftKeeper(
            desk, _draft_form(form.code, no), self.inputs.content, lambda: title, case_id=case.id, parent=self
        )
        self._begin(case)
        self.inputs.touched.connect(self.keeper.touch)
        self.keeper.saved.connect(lambda: self.ui.draft_line.setText(f"草稿已保存 {show_time(desk.now().time())}"))
        self.keeper.not_saved.connect(self.ui.draft_line.setText)
        self.ui.cancel.clicked.connect(self.reject)
        self.ui.discard.clicked.connect(self.discard)
        add_action(self, "保存文书内容", "Ctrl+Return", self.accept, self.ui.save)
        self.finished.connect(self.deleteLater)
        self.resize(self.sizeHint().expandedTo(self.size()).boundedTo(self.screen().availableSize() * 0.9))

    def _begin(self, case: Case) -> None:
        """Go on with the draft that was kept, or show what was saved."""
        entries = (each for each in case.entries if (each.code, each.no) == (self.form.code, self.no))
        entry: PaperEntry | None = next(entries, None)
        if entry is not None:
            self.inputs.show_values(entry.values)
        draft = kept_draft(self.desk, self._case_id, self.form.code, self.no)
        if draft is not None:
            self.keeper.take_up(draft)
            self.inputs.put(draft.content)
            self.ui.draft_line.setText("接着上次没有保存的草稿。")

    def accept(self) -> None:
        """Save what is typed, complete or not; its draft goes in the same step."""

        @wraps(save_entry)
        def save(records: Records, act: Act) -> PaperEntry:
            records.drafts.drop(self.keeper.uid)
            return save_entry(records, act, self._case_id, self.form.code, self.no, values)

        with telling(self, self.inputs.fields):
            values = self.inputs.read()
            entry = self.desk.do(save)
            self.keeper.forget()
            self.entered.emit(entry.code, entry.no)
            super().accept()

    def reject(self) -> None:
        if self.keeper.flush():
            super().reject()

    def discard(self) -> None:
        """Throw the draft away and close; what was saved before stays."""
        with telling(self):
            self.keeper.forget()
            super().reject()
