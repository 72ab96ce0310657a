"""The fields of one people's mediation committee, with its members and its number formats as they will look."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from mediation_desk.domain.case import NumberKind
from mediation_desk.domain.centre import Committee, CommitteeMember, CommitteePost
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.numbering import check_template, render
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, fill_words
from mediation_desk.gui.form_content import name_of
from mediation_desk.gui.forms.ui_committee import Ui_CommitteeForm
from mediation_desk.gui.forms.ui_committee_member import Ui_CommitteeMemberForm
from mediation_desk.gui.live_checks import watch_name

_REFUSED, _FINE = "color: #b3261e;", ""


class CommitteeForm(QWidget):
    """Shows a committee, or an empty one, and reads it back with the same uid (`committee`)."""

    def __init__(
        self, rules: Rules, today: date, new_uid: Callable[[], str], committee: Committee | None = None
    ) -> None:
        super().__init__()
        self.ui = Ui_CommitteeForm()
        self.ui.setupUi(self)
        self._rules, self._today = rules, today
        self._uid = committee.uid if committee else new_uid()
        self._formats: dict[NumberKind, tuple[QLineEdit, QLabel]] = {
            NumberKind.CASE: (self.ui.number_format_case, self.ui.number_format_case_preview),
            NumberKind.ORAL: (self.ui.number_format_oral, self.ui.number_format_oral_preview),
            NumberKind.AGREEMENT: (self.ui.number_format_agreement, self.ui.number_format_agreement_preview),
        }
        fill_codes(self.ui.committee_body, rules.table("mediating_body"), today)
        for kind, (field, _) in self._formats.items():
            field.setPlaceholderText(self._default_format(kind))
            field.textChanged.connect(self._preview_numbers)
        self.ui.committee_short_name.textChanged.connect(self._preview_numbers)
        self.ui.committee_term_end.textChanged.connect(self._warn)
        self.ui.add_member.clicked.connect(lambda: self._add_member(CommitteeMember(name="")).ui.member_name.setFocus())
        if committee is not None:
            self._show(committee)
        self._preview_numbers()
        self._warn()

    def committee(self) -> Committee:
        """What the fields say. Raises `RuleBroken` at a day that cannot be read."""
        return Committee(
            uid=self._uid,
            name=self.ui.committee_name.text().strip(),
            short_name=self.ui.committee_short_name.text().strip(),
            body=chosen(self.ui.committee_body),
            term_start=day_of(self.ui.committee_term_start, self._today),
            term_end=day_of(self.ui.committee_term_end, self._today),
            active=self.ui.committee_active.isChecked(),
            number_formats={
                kind.value: field.text().strip() for kind, (field, _) in self._formats.items() if field.text().strip()
            },
            members=[row.member() for row in self._member_rows() if row.is_filled],
        )

    def _show(self, committee: Committee) -> None:
        self.ui.committee_name.setText(committee.name)
        self.ui.committee_short_name.setText(committee.short_name)
        choose(self.ui.committee_body, committee.body)
        self.ui.committee_term_start.setText(show_day(committee.term_start))
        self.ui.committee_term_end.setText(show_day(committee.term_end))
        self.ui.committee_active.setChecked(committee.active)
        for kind, (field, _) in self._formats.items():
            field.setText(committee.number_formats.get(kind, ""))
        for member in committee.members:
            self._add_member(member)

    def _member_rows(self) -> list["MemberRow"]:
        return [row for row in self.ui.committee_members.findChildren(MemberRow) if not row.is_gone]

    def _add_member(self, member: CommitteeMember) -> "MemberRow":
        row = MemberRow(self._rules, self._today, member)
        row.changed.connect(self._warn)
        self.ui.members_layout.addWidget(row)
        row.show()  # now, not when the layout gets to it: what is not shown takes no focus
        self._warn()
        return row

    def _warn(self) -> None:
        """Say what does not fit the law (人民调解法 art. 8 and 9); it can be saved all the same."""
        try:
            warnings = self.committee().warnings(self._rules, self._today)
        except RuleBroken:
            return  # a day is being typed
        self.ui.committee_warnings.setText("\n".join(warnings))
        self.ui.committee_warnings.setVisible(bool(warnings))

    def _preview_numbers(self) -> None:
        short_name = self.ui.committee_short_name.text().strip() or "＿"
        for kind, (field, preview) in self._formats.items():
            template = field.text().strip() or self._default_format(kind)
            try:
                check_template(template)
            except RuleBroken as refusal:
                preview.setText(str(refusal))
                preview.setStyleSheet(_REFUSED)
            else:
                preview.setText(f"如：{render(template, self._today.year, short_name, 1)}")
                preview.setStyleSheet(_FINE)

    def _default_format(self, kind: NumberKind) -> str:
        return self._rules.number_formats.template(kind, self._today)


class MemberRow(QWidget):
    """One member in a line."""

    changed = Signal()

    def __init__(self, rules: Rules, today: date, member: CommitteeMember) -> None:
        super().__init__()
        self.ui = Ui_CommitteeMemberForm()
        self.ui.setupUi(self)
        self.is_gone = False
        fill_words(self.ui.member_post, CommitteePost)
        fill_codes(self.ui.member_gender, rules.table("gender"), today)
        self.ui.member_name.setText(member.name)
        choose(self.ui.member_post, member.post)
        choose(self.ui.member_gender, member.gender)
        watch_name(self.ui.member_name, self.ui.member_name_caption)
        self.ui.member_name.textChanged.connect(self.changed)
        self.ui.member_post.currentIndexChanged.connect(self.changed)
        self.ui.member_gender.currentIndexChanged.connect(self.changed)
        self.ui.remove_member.clicked.connect(self._go)

    @property
    def is_filled(self) -> bool:
        """A line that was added and left empty is no member."""
        return bool(self.ui.member_name.text().strip() or chosen(self.ui.member_gender))

    def member(self) -> CommitteeMember:
        return CommitteeMember(
            name=name_of(self.ui.member_name),
            post=CommitteePost(chosen(self.ui.member_post)),
            gender=chosen(self.ui.member_gender),
        )

    def _go(self) -> None:
        self.is_gone = True
        self.hide()
        self.changed.emit()
        self.deleteLater()
