"""与已发布对比: who had a shift before and who has it after, one line for each shift that changes hands."""

from datetime import date

from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_roster_changes import Ui_RosterChangesForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.act import Act
from mediation_desk.services.roster_making import Change, changes
from mediation_desk.services.roster_warnings import draft_in_words
from mediation_desk.store.records import Records

_NOBODY = "（缺）"


class RosterChangesDialog(QDialog):
    """Shows the draft of a month beside what was published."""

    def __init__(self, desk: Desk, month: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_RosterChangesForm()
        self.ui.setupUi(self)
        self.setWindowTitle(f"与已发布对比：{month.year}年{month.month}月")
        self.model = LineModel(("半天", "岗位", "原来", "改为"), self)
        self.ui.changes.setModel(self.model)
        self.ui.changes.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        with telling(self):
            headline, lines = desk.look(_headline_and_lines, month)
            self.ui.changes_text.setText(headline)
            self.model.show(lines)


def _headline_and_lines(records: Records, act: Act, month: date) -> tuple[str, list[Line]]:
    names: dict[int | None, str] = {each.id: each.name for each in records.mediators.all()}
    posts = {each.id: each.name for each in records.rosters.posts()}

    def line(change: Change) -> Line:
        before, after = (names.get(each, _NOBODY) for each in (change.before, change.after))
        return Line((change.half_day.in_month, posts.get(change.post_id, ""), before, after), change)

    return draft_in_words(records, act, month)[0], [line(each) for each in changes(records, act, month)]
