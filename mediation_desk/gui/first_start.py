"""The first start: who works here, or a practice store to try things out. It touches no store itself."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QMessageBox, QScrollArea, QWidget

from mediation_desk.domain.centre import Centre, Committee, User
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.centre_form import CentreForm
from mediation_desk.gui.committee_form import CommitteeForm
from mediation_desk.gui.errors import clear_refusals, show_refusals
from mediation_desk.gui.form_content import name_of
from mediation_desk.gui.forms.ui_first_start import Ui_FirstStart
from mediation_desk.gui.live_checks import watch_name
from mediation_desk.services.setting_up import check_committee, check_user


class FirstStart(QDialog):
    """Asks step by step. `set_up` carries the whole centre; `practice_wanted` asks for 练习模式 instead.

    Whoever is told closes the dialog by `accept` once the store is there, so that nothing typed is lost if it fails.
    """

    set_up = Signal(object)
    practice_wanted = Signal()

    def __init__(
        self, rules: Rules, new_uid: Callable[[], str], parent: QWidget | None = None, *, today: date | None = None
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_FirstStart()
        self.ui.setupUi(self)
        self._rules, self._new_uid = rules, new_uid
        self._today = today or date.today()
        self._committees: list[CommitteeForm] = []
        self.centre_form = CentreForm(rules, self._today)
        self.ui.centre_area.setWidget(self.centre_form)
        watch_name(self.ui.user_name, self.ui.user_name_caption)
        self.ui.begin_centre.clicked.connect(self._go_on)
        self.ui.begin_practice.clicked.connect(self.practice_wanted)
        self.ui.add_committee.clicked.connect(self._add_committee)
        self.ui.remove_committee.clicked.connect(self._remove_committee)
        self.ui.back.clicked.connect(self._go_back)
        self.ui.leave.clicked.connect(self.reject)
        add_action(self, "下一步", "Ctrl+Return", self._go_on, self.ui.next)
        self._add_committee()
        self._show_step(0)

    def reject(self) -> None:
        """Ask before what was typed is thrown away."""
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

    def _show_step(self, number: int) -> None:
        ui = self.ui
        ui.steps.setCurrentIndex(number)
        ui.back.setVisible(number > 0)
        ui.next.setVisible(number > 0)
        step = ui.steps.currentWidget()
        ui.next.setText("完成设置(&X)" if step is ui.user_step else "下一步(&X)")
        if step is ui.centre_step:
            self.centre_form.ui.centre_name.setFocus()
        elif step is ui.committee_step:
            self._shown_committee().ui.committee_name.setFocus()
        elif step is ui.user_step:
            ui.user_name.setFocus()

    def _go_back(self) -> None:
        self._show_step(self.ui.steps.currentIndex() - 1)

    def _go_on(self) -> None:
        """Check this step, then go to the next one or hand everything over."""
        ui = self.ui
        step = ui.steps.currentWidget()
        clear_refusals(self)
        try:
            if step is ui.centre_step:
                self.centre_form.check()
            elif step is ui.committee_step:
                self._read_committees()
            elif step is ui.user_step:
                self.set_up.emit(self._read_centre())
                return
        except RuleBroken as refusal:
            # several committees have fields of the same names
            show_refusals(self._shown_committee() if step is ui.committee_step else self, refusal, {})
        else:
            self._show_step(ui.steps.currentIndex() + 1)

    # ---- what was typed

    def _read_centre(self) -> Centre:
        form = self.centre_form
        user = User(uid=self._new_uid(), name=name_of(self.ui.user_name))
        check_user(user, [])
        return Centre(
            uid=self._new_uid(),
            name=form.name,
            area_code=form.area_code,
            address=form.address,
            phone=form.phone,
            opening_pattern=form.opening_pattern,
            committees=self._read_committees(),
            users=[user],
        )

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
