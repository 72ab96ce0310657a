"""The first start: who works here, or a practice store to try things out. It touches no store itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random, SystemRandom

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QMessageBox, QScrollArea, QWidget

from mediation_desk.domain.centre import Centre, Committee, User
from mediation_desk.domain.errors import Faults, RuleBroken
from mediation_desk.domain.passwords import password_faults
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.centre_form import CentreForm
from mediation_desk.gui.committee_form import CommitteeForm
from mediation_desk.gui.errors import clear_refusals, show_refusals
from mediation_desk.gui.form_content import name_of
from mediation_desk.gui.forms.ui_first_start import Ui_FirstStart
from mediation_desk.gui.live_checks import watch_name
from mediation_desk.gui.password_rules import PasswordRules
from mediation_desk.gui.sheet_form import SheetForm
from mediation_desk.services.setting_up import check_committee, check_user


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """All that was asked for. `words` are those of the sheet that lies in the safe, None for a store left plain."""

    centre: Centre
    password: str = field(repr=False)
    words: RecoveryWords | None = None


class FirstStart(QDialog):
    """Asks step by step. `set_up` carries a `Beginning`; `practice_wanted` asks for 练习模式 instead,
    `server_wanted` for a store that several desks share.

    Whoever is told closes the dialog by `accept` once the store is there, so that nothing typed is lost if it fails;
    meanwhile it can `wait`. Without `new_words` nobody is asked about encryption: a server does that itself.
    """

    set_up = Signal(object)
    practice_wanted = Signal()
    server_wanted = Signal()

    def __init__(
        self,
        rules: Rules,
        new_uid: Callable[[], str],
        parent: QWidget | None = None,
        *,
        new_words: Callable[[], RecoveryWords] | None = None,
        today: date | None = None,
        chance: Random | None = None,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_FirstStart()
        self.ui.setupUi(self)
        self._rules, self._new_uid = rules, new_uid
        self._today, self._chance = today or date.today(), chance or SystemRandom()
        self._new_words = new_words
        self._sheet: SheetForm | None = None
        self._committees: list[CommitteeForm] = []
        self.centre_form = CentreForm(rules, self._today)
        self.ui.centre_area.setWidget(self.centre_form)
        watch_name(self.ui.user_name, self.ui.user_name_caption)
        self._password = PasswordRules(self.ui, rules, self._today, lambda: name_of(self.ui.user_name))
        for typed in (self.ui.new_password, self.ui.password_again):
            typed.textEdited.connect(lambda: clear_refusals(self))
        self.ui.plain_warning.hide()
        self.ui.stay_plain.toggled.connect(self.ui.plain_warning.setVisible)
        self.ui.stay_plain.toggled.connect(self.ui.encrypt_hint.setHidden)
        self.ui.stay_plain.toggled.connect(self._name_next)
        self.ui.begin_centre.clicked.connect(lambda: self._show_step(self.ui.centre_step))
        self.ui.begin_practice.clicked.connect(self.practice_wanted)
        self.ui.begin_server.clicked.connect(self.server_wanted)
        self.ui.add_committee.clicked.connect(self._add_committee)
        self.ui.remove_committee.clicked.connect(self._remove_committee)
        self.ui.back.clicked.connect(self._go_back)
        self.ui.leave.clicked.connect(self.reject)
        add_action(self, "下一步", "Ctrl+Return", self._go_on, self.ui.next)
        self._add_committee()
        self._show_step(self.ui.choice_step)

    def reject(self) -> None:
        """Ask before what was typed is thrown away."""
        if not self.ui.leave.isEnabled():
            return
        if not (self.centre_form.name or self._committees[0].ui.committee_name.text()):
            super().reject()
            return
        box = QMessageBox(
            QMessageBox.Icon.Question, "退出设置", "设置还没有完成，退出后填写的内容不保留。", parent=self
        )
        box.setObjectName("leave_box")
        box.addButton("退出", QMessageBox.ButtonRole.DestructiveRole).clicked.connect(
            lambda: self.done(QDialog.DialogCode.Rejected)
        )
        box.setDefaultButton(box.addButton("继续填写", QMessageBox.ButtonRole.RejectRole))
        box.open()

    # ---- from step to step

    def _show_step(self, step: QWidget) -> None:
        ui = self.ui
        ui.steps.setCurrentWidget(step)
        ui.back.setVisible(step is not ui.choice_step)
        ui.next.setVisible(step is not ui.choice_step)
        self._name_next()
        if step is ui.centre_step:
            self.centre_form.ui.centre_name.setFocus()
        elif step is ui.committee_step:
            self._shown_committee().ui.committee_name.setFocus()
        elif step is ui.user_step:
            ui.user_name.setFocus()
        elif step is ui.protection_step:
            (ui.stay_plain if ui.stay_plain.isChecked() else ui.encrypt).setFocus()
        elif step is ui.sheet_step:
            self._shown_sheet().ui.print_sheet.setFocus()

    def _name_next(self) -> None:
        self.ui.next.setText("下一步(&X)" if self._next_step() is not None else "完成设置(&X)")

    def _way(self) -> list[QWidget]:
        """The steps that are to be taken, as far as it is known."""
        ui = self.ui
        way = [ui.choice_step, ui.centre_step, ui.committee_step, ui.user_step]
        if self._new_words is not None:
            way.append(ui.protection_step)
            if ui.encrypt.isChecked():
                way.append(ui.sheet_step)
        return way

    def _next_step(self) -> QWidget | None:
        way = self._way()
        number = way.index(self._step) + 1
        return way[number] if number < len(way) else None

    @property
    def _step(self) -> QWidget:
        step = self.ui.steps.currentWidget()
        assert step is not None
        return step

    def _go_back(self) -> None:
        way = self._way()
        self._show_step(way[way.index(self._step) - 1])

    def _go_on(self) -> None:
        """Check this step, then go to the next one or hand everything over."""
        if not self.ui.next.isVisibleTo(self) or not self.ui.next.isEnabled():
            return
        step = self._step
        clear_refusals(self)
        try:
            self._check(step)
            following = self._next_step()
            if following is None:
                self.set_up.emit(self._read())
                return
        except RuleBroken as refusal:
            # several committees have fields of the same names
            show_refusals(self._shown_committee() if step is self.ui.committee_step else self, refusal, {})
        else:
            self._show_step(following)

    def _check(self, step: QWidget) -> None:
        """Raise `RuleBroken` for what is wrong in a step."""
        ui = self.ui
        if step is ui.centre_step:
            self.centre_form.check()
        elif step is ui.committee_step:
            self._read_committees()
        elif step is ui.user_step:
            check_user(User(uid="", name=name_of(ui.user_name)), [])
            self._check_password()
        elif step is ui.sheet_step:
            self._shown_sheet().check()

    def _check_password(self) -> None:
        faults = Faults()
        password = self.ui.new_password.text()
        for sentence in password_faults(password, name_of(self.ui.user_name), self._rules, self._today):
            faults.add(sentence, "new_password")
        faults.check(password == self.ui.password_again.text(), "两遍写得不一样。", "password_again")
        faults.refuse_if_any()

    def wait(self, waits: bool) -> None:
        """While the store is being made, nothing can be changed."""
        for part in (self.ui.steps, self.ui.back, self.ui.next, self.ui.leave):
            part.setEnabled(not waits)
        if waits:
            self.ui.next.setText("正在建立数据…")
        else:
            self._name_next()

    # ---- what was typed

    def _read(self) -> Beginning:
        form = self.centre_form
        centre = Centre(
            uid=self._new_uid(),
            name=form.name,
            area_code=form.area_code,
            address=form.address,
            phone=form.phone,
            opening_pattern=form.opening_pattern,
            committees=self._read_committees(),
            users=[User(uid=self._new_uid(), name=name_of(self.ui.user_name))],
        )
        words = self._shown_sheet().words if self.ui.sheet_step in self._way() else None
        return Beginning(centre=centre, password=self.ui.new_password.text(), words=words)

    def _shown_sheet(self) -> SheetForm:
        """The sheet names the centre: another name is another sheet, with words of its own."""
        name = self.centre_form.name
        if self._sheet is None or self._sheet.centre_name != name:
            assert self._new_words is not None
            self._sheet = SheetForm(name, self._new_words(), self._today, self._chance)
            self.ui.sheet_area.setWidget(self._sheet)
        return self._sheet

    def _read_committees(self) -> list[Committee]:
        """Raises `RuleBroken` with the committee that is refused in view."""
        committees: list[Committee] = []
        for index, form in enumerate(self._committees):
            self.ui.committees.setCurrentIndex(index)
            committees.append(form.committee())
            check_committee(committees[-1], committees)
        return committees

    # ---- several committees, one tab each

    def _shown_committee(self) -> CommitteeForm:
        return self._committees[self.ui.committees.currentIndex()]

    def _add_committee(self) -> None:
        form = CommitteeForm(self._rules, self._today, self._new_uid)
        form.ui.committee_active.hide()
        form.ui.committee_name.textChanged.connect(self._name_tabs)
        self._committees.append(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(form)
        self.ui.committees.setCurrentIndex(self.ui.committees.addTab(area, ""))
        self._name_tabs()
        form.ui.committee_name.setFocus()

    def _remove_committee(self) -> None:
        index = self.ui.committees.currentIndex()
        self._committees.pop(index).deleteLater()
        self.ui.committees.removeTab(index)
        self._name_tabs()

    def _name_tabs(self) -> None:
        for index, form in enumerate(self._committees):
            name = form.ui.committee_name.text().strip() or f"调委会{index + 1}"
            self.ui.committees.setTabText(index, name.replace("&", "&&"))
        self.ui.remove_committee.setVisible(len(self._committees) > 1)
