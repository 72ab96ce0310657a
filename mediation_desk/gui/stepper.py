"""逐项填报: a small window over whatever else is on the screen, that copies one field of a case after another.

The clerk pastes each into the form of the upstream system, and at the end the number from there back into this window.
What was copied is taken from the clipboard again with the next field, at the end, and when the window closes.
"""

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.upstream_filling import Filled, Filling
from mediation_desk.domain.upstream_form import UpstreamForm
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.clipboard import LentText
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen
from mediation_desk.gui.forms.ui_stepper import Ui_StepperForm
from mediation_desk.gui.line_model import YELLOW, Line, LineModel, show_lines_in
from mediation_desk.services.audit import note_export
from mediation_desk.services.upstream import record_upstream, standing_entry, upstream_fields

LAST_FORM = "upstream_form"
"""Key of the form that was filled last at this PC, among its settings."""

_BEFORE_THE_FIRST = -1
_SHORT = 40
_HERE, _USED = "▶", "✓"


class Stepper(QDialog):
    """Stands over all other windows, also while that of the program is small; it goes when another user takes over.

    It belongs to no window, as it would vanish with it. The program ends without waiting for it.
    """

    def __init__(self, desk: Desk, case_id: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.desk = desk
        self.case_id = case_id
        self.ui = ui = Ui_StepperForm()
        ui.setupUi(self)
        self.lent = LentText(self)
        self.filled: list[Filled] = []
        self._at = _BEFORE_THE_FIRST
        self._used: set[int] = set()
        self._noted: set[str] = set()
        self._user_id = desk.user_id
        self.model = LineModel(("", "项目", "内容"), self)
        show_lines_in(ui.fields, self.model)
        for form in desk.rules.upstream_forms_on(desk.now().date()):
            ui.upstream_form.addItem(f"{form.system}：{form.title}", form.code)
        ui.upstream_form.setCurrentIndex(max(ui.upstream_form.findData(QSettings().value(LAST_FORM, "")), 0))
        self._connect()
        self._begin()
        ui.next_field.setFocus()
        self.resize(26 * self.fontMetrics().horizontalAdvance("字"), 24 * self.fontMetrics().lineSpacing())

    def _connect(self) -> None:
        ui = self.ui
        ui.upstream_form.currentIndexChanged.connect(self._begin)
        ui.fields.activated.connect(self._copy_chosen)
        ui.close_button.clicked.connect(self.close)
        ui.upstream_number.textChanged.connect(self._choose_default)
        self.lent.changed.connect(self._show_clipboard)
        self.desk.changed.connect(self._follow)
        add_action(self, "复制下一项", "F8", self.copy_next, ui.next_field)
        add_action(self, "复制上一项", "Shift+F8", self.copy_previous, ui.previous_field)
        add_action(self, "记下上级系统的编号", "Ctrl+Return", self.record_number, ui.record_number)

    # ---- the fields

    @property
    def form(self) -> UpstreamForm:
        return self.desk.rules.upstream_form(chosen(self.ui.upstream_form), self.desk.now().date())

    def _begin(self) -> None:
        """Begin with the form that is chosen, from its first field."""
        with telling(self):
            self.filled = self.desk.look(upstream_fields, self.case_id, self.form.code)
            QSettings().setValue(LAST_FORM, self.form.code)
            self.lent.take_back()
            self._at, self._used = _BEFORE_THE_FIRST, set()
            self._show_standing()
            self._show()

    def copy_next(self) -> None:
        """Put the next field on the clipboard; after the last one the number is asked for."""
        self._go(range(self._at + 1, len(self.filled)), len(self.filled))

    def copy_previous(self) -> None:
        """Go back to the field before."""
        self._go(range(self._at - 1, -1, -1), _BEFORE_THE_FIRST)

    def _copy_chosen(self, index: QModelIndex) -> None:
        self._go([index.row()], self._at, skip=False)

    def _go(self, places: "range | list[int]", otherwise: int, *, skip: bool = True) -> None:
        skip = skip and self.ui.skip_empty.isChecked()
        self._at = next((at for at in places if not skip or self.filled[at].filling is Filling.KNOWN), otherwise)
        here = self._here
        self.lent.put(str(here.value) if here else "")
        if here and here.filling is Filling.KNOWN:
            self._used.add(self._at)
            self._note()
        self._show()
        if self._at == len(self.filled):
            self.ui.upstream_number.setFocus()

    @property
    def _here(self) -> Filled | None:
        return self.filled[self._at] if 0 <= self._at < len(self.filled) else None

    def _note(self) -> None:
        """Log once for each form that the case leaves the house by this window."""
        form = self.form
        if form.code not in self._noted:
            self._noted.add(form.code)
            self.desk.log.note(note_export, f"逐项填报 {form.system} {form.title}", self.case_id)

    # ---- what is shown

    def _show(self) -> None:
        ui, here = self.ui, self._here
        ui.previous_field.setEnabled(self._at > 0)
        ui.next_field.setEnabled(self._at < len(self.filled))
        ui.field_value.setText(" ".join(str(here.value).split()) if here else "")
        ui.field_value.setCursorPosition(0)
        ui.field_value.setVisible(here is not None and here.filling is Filling.KNOWN)
        ui.field_caption.setText(self._told())
        self.model.show([self._line(at, each) for at, each in enumerate(self.filled)])
        if here:
            ui.fields.setCurrentIndex(self.model.index(self._at, 0))
        self._show_clipboard()

    def _told(self) -> str:
        here = self._here
        if here is None:
            known = sum(each.filling is Filling.KNOWN for each in self.filled)
            if self._at == _BEFORE_THE_FIRST:
                return f"共{len(self.filled)}项，{known}项有内容。按“复制下一项”开始。"
            return "各项都已走完。提交后把那边的编号粘贴到下面。"
        place = f"{self._at + 1}/{len(self.filled)}　{here.label}"
        if here.filling is not Filling.KNOWN:
            return f"{place}：{here.filling.label}"
        return place + (f"（太长，截去了后面{here.cut}字）" if here.cut else "")

    def _line(self, at: int, filled: Filled) -> Line:
        mark = _HERE if at == self._at else _USED if at in self._used else ""
        text = " ".join(str(filled.value).split())
        shown = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
        is_known = filled.filling is Filling.KNOWN
        tone = YELLOW if filled.filling is Filling.MISSING or filled.cut else None
        return Line((mark, filled.label, shown if is_known else f"（{filled.filling.label}）"), at, tone)

    def _show_clipboard(self) -> None:
        here = self._here
        is_there = self.lent.is_there and here is not None
        self.ui.clipboard_text.setText(f"剪贴板上是：{here.label}" if is_there and here else "剪贴板上没有本窗口的内容")

    def _show_standing(self) -> None:
        """Say where the case stands already in that system."""
        case = self.desk.look(lambda records, _: records.cases.get(self.case_id))
        entry = standing_entry(case, self.form.code)
        self.setWindowTitle(f"逐项填报：{case.number or case.query_code}")
        self.ui.standing_text.setText(
            f"✓ {show_day(entry.entered_on)}已录入{self.form.system}，编号 {entry.number}" if entry else "还没有录入"
        )

    # ---- the number from there

    def record_number(self) -> None:
        """Keep the number that the upstream system gave."""
        with telling(self):
            self.desk.do(record_upstream, self.case_id, self.form.code, self.ui.upstream_number.text())
            self.ui.upstream_number.clear()
            self.lent.take_back()

    def _choose_default(self, number: str) -> None:
        """Enter copies the next field, and once a number stands there keeps that."""
        (self.ui.record_number if number.strip() else self.ui.next_field).setDefault(True)

    def _follow(self) -> None:
        """Show what was recorded meanwhile; what is copied already stays. Nothing stays for another user."""
        if self.desk.user_id != self._user_id:
            self.close()
            return
        with telling(self):
            self.filled = self.desk.look(upstream_fields, self.case_id, self.form.code)
            self._at = min(self._at, len(self.filled))
            self._show_standing()
            self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lent.take_back()
        super().closeEvent(event)

    def reject(self) -> None:
        """Esc, too, takes back what is on the clipboard."""
        self.lent.take_back()
        super().reject()
