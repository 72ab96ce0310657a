"""Records which lawful way a matter takes, and what kind of matter it is."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.event_categories import offer_event_categories
from mediation_desk.gui.fields import choose, chosen, fill_codes, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_triage import Ui_TriageForm
from mediation_desk.services.triage import MEDIATION_PATH, is_mediable, triage


class TriageDialog(CaseDialog):
    """The kind of dispute proposes its event category; the path shows its article and who is competent."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_TriageForm()
        self.ui.setupUi(self)
        self._offer_choices()
        self._show_what_is_known()
        self.ui.dispute_kind.currentIndexChanged.connect(self._propose_category)
        self.ui.event_category.currentIndexChanged.connect(self._explain)
        self.ui.statutory_path.currentIndexChanged.connect(self._explain)
        self._explain()
        self.wire(self.ui)

    def _offer_choices(self) -> None:
        ui, table = self.ui, self.desk.rules.table
        fill_codes(ui.dispute_kind, table("dispute_kind"), self.today)
        fill_codes(ui.statutory_path, table("statutory_path"), self.today, blank="请选择")
        fill_codes(ui.case_source, table("case_source"), self.today)
        fill_codes(ui.channel, table("channel"), self.today)

    def _show_what_is_known(self) -> None:
        ui, case = self.ui, self.case
        choose(ui.dispute_kind, case.dispute_kind)
        self._propose_category()
        if case.event_category:
            choose(ui.event_category, case.event_category)
        choose(ui.case_source, case.case_source)
        choose(ui.channel, case.channel)
        ui.decided_on.setText(show_day(case.triage.decided_on if case.triage else self.today))
        if case.triage:
            choose(ui.statutory_path, case.triage.path)
            ui.triage_reason.setPlainText(case.triage.reason)

    def _propose_category(self) -> None:
        offer_event_categories(self.ui.event_category, self.desk.rules, chosen(self.ui.dispute_kind), self.today)

    def _explain(self) -> None:
        path, table = chosen(self.ui.statutory_path), self.desk.rules.table("statutory_path")
        extra = table[path].extra if path in table else {}
        self.ui.article_text.setVisible(bool(extra))
        self.ui.article_text.setText(f"依据：{extra.get('article', '')}　办理：{extra.get('organ', '')}")
        mediable = is_mediable(self.desk.act(), chosen(self.ui.event_category))
        self.ui.not_mediable_text.setVisible(path == MEDIATION_PATH and not mediable)

    def record(self) -> None:
        ui = self.ui
        self.desk.do(
            triage,
            self.case_id,
            path=chosen(ui.statutory_path),
            reason=text_of(ui.triage_reason),
            decided_on=needed_day_of(ui.decided_on, self.today),
            dispute_kind=chosen(ui.dispute_kind),
            event_category=chosen(ui.event_category),
            case_source=chosen(ui.case_source),
            channel=chosen(ui.channel),
        )
