"""Records which lawful way a matter takes, and what kind of matter it is."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.path_aid import MEDIATION_PATH, Proposal, Situation
from mediation_desk.domain.path_words import group_label, laws, limits, matter_of
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.event_categories import offer_event_categories
from mediation_desk.gui.fields import choose, chosen, fill_codes, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_triage import Ui_TriageForm
from mediation_desk.services.triage import is_under_way, triage


class TriageDialog(CaseDialog):
    """The kind of dispute proposes its event category, a few questions the path; the path shows how it is gone.

    Another path than the proposed one needs a reason. What was answered is kept with the reason.
    """

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_TriageForm()
        self.ui.setupUi(self)
        self._taken_reason = ""
        self._offer_choices()
        self._show_what_is_known()
        ui = self.ui
        ui.path_aid.begin(desk, case, self)
        ui.dispute_kind.currentIndexChanged.connect(self._propose_category)
        for codes in (ui.dispute_kind, ui.event_category, ui.case_source):
            codes.currentIndexChanged.connect(self._look_anew)
        ui.path_aid.kind_changed.connect(self._look_anew)
        ui.path_aid.taken.connect(self._take_over)
        ui.statutory_path.currentIndexChanged.connect(self._suit_path)
        self._look_anew()
        for before, after in pairwise([ui.event_category, *ui.path_aid.stops, ui.statutory_path]):
            QWidget.setTabOrder(before, after)
        self.wire(ui)

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
        ui.decided_on.setText(show_day(self.today))
        if case.triage:
            choose(ui.statutory_path, case.triage.path)
            ui.triage_reason.setPlainText(case.triage.reason)

    def _propose_category(self) -> None:
        offer_event_categories(self.ui.event_category, self.desk.rules, chosen(self.ui.dispute_kind), self.today)

    def _suit_path(self) -> None:
        """Another way than the recorded one is not taken for the reason that one had."""
        ui, before = self.ui, self.case.triage
        if before and text_of(ui.triage_reason) in ("", before.reason):
            ui.triage_reason.setPlainText(before.reason if chosen(ui.statutory_path) == before.path else "")
        self._explain()

    def _look_anew(self) -> None:
        self.ui.path_aid.look_at(self._matter())
        self._explain()

    def _matter(self) -> Situation:
        """The matter as the form describes it now."""
        ui = self.ui
        return matter_of(
            self.desk.rules,
            self.today,
            self.case,
            kind=ui.path_aid.kind,
            dispute_kind=chosen(ui.dispute_kind),
            event_category=chosen(ui.event_category),
            case_source=chosen(ui.case_source),
        )

    def _take_over(self, proposal: Proposal) -> None:
        """Choose the proposed path; its reason takes the place of an earlier proposal's, never of typed words."""
        ui = self.ui
        choose(ui.statutory_path, proposal.rule.path)
        if text_of(ui.triage_reason) in ("", self._taken_reason):
            self._taken_reason = proposal.rule.reason
            ui.triage_reason.setPlainText(proposal.rule.reason)

    def _explain(self) -> None:
        ui, rules, path = self.ui, self.desk.rules, chosen(self.ui.statutory_path)
        matter = self._matter()
        guide = rules.path_aid(self.today).guide(path, matter.categories)
        lines = [f"依据：{laws(rules, path, guide.law if guide else '')}（{group_label(rules, path)}）"]
        if guide:
            lines += [f"办理：{guide.organ}", guide.how, *limits(rules, guide, self.today)]
        ui.article_text.setText("\n".join(lines))
        ui.article_text.setVisible(bool(path))
        warning = self._warning(path, matter)
        ui.warning_text.setText(warning)
        ui.warning_text.setVisible(bool(warning))

    def _warning(self, path: str, matter: Situation) -> str:
        """What is to be thought of with this way, "" for nothing."""
        if path == MEDIATION_PATH and not matter.is_civil:
            return "这类事项一般不属于人民调解范围。确要调解，请写明理由；也可以改选其他途径。"
        leaves = self.case.triage is not None and self.case.triage.path == MEDIATION_PATH and path
        if leaves and path != MEDIATION_PATH and is_under_way(self.case):
            return "案件正在调解。改走其他途径要写明理由，受理决定仍保留；保存后请登记终止调解或者申请人撤回。"
        return ""

    def record(self) -> None:
        ui = self.ui
        was_asked = bool(ui.path_aid.answers or self._taken_reason)
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
            petition_kind=ui.path_aid.kind,
            answers=ui.path_aid.answers if was_asked else None,
        )
