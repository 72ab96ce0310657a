"""Corrects or completes what was registered; only what was changed is kept as a draft."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.money import figures
from mediation_desk.domain.names import clean_digits
from mediation_desk.gui.as_registered import intake_of
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.conflict_dialog import correct_or_settle
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import telling
from mediation_desk.gui.event_categories import offer_event_categories
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, yuan_of
from mediation_desk.gui.form_content import (
    content_of,
    line_of,
    offer_ticks,
    put_content,
    text_of,
    tick,
    ticked,
    watch_inputs,
)
from mediation_desk.gui.forms.ui_correct import Ui_CorrectForm
from mediation_desk.services.intake import Intake

FORM = "correct"
_LINES = ("title", "occurred_at", "source_document", "safety_note")
_TEXTS = ("matter", "demand", "remark")
_CODES = ("dispute_kind", "case_source", "channel")
_GENDERS = ("1", "2")
"""What may be wished for, by GB/T 2261.1."""


class CorrectDialog(CaseDialog):
    """Closing it keeps what was changed; the next one for this case goes on with that, laid over the case as it is."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_CorrectForm()
        self.ui.setupUi(self)
        self._show_registered()
        self._as_shown = content_of(self)
        self.keeper = DraftKeeper(desk, FORM, self._changes, self._label, case_id=case.id, parent=self)
        self.keeper.not_saved.connect(self._say)
        self._go_on_with_draft()
        self.ui.dispute_kind.currentIndexChanged.connect(self._propose_category)
        watch_inputs(self, self.keeper.touch)
        self.ui.forget_button.clicked.connect(self._give_up)
        self.wire(self.ui)

    def _show_registered(self) -> None:
        ui, case, rules = self.ui, self.case, self.desk.rules
        for name in _CODES:
            fill_codes(getattr(ui, name), rules.table(name), self.today)
            choose(getattr(ui, name), getattr(case, name))
        self._propose_category()
        choose(ui.event_category, case.event_category)
        for name in _LINES:
            getattr(ui, name).setText(getattr(case, name))
        for name in _TEXTS:
            getattr(ui, name).setPlainText(getattr(case, name))
        ui.occurred_on.setText(show_day(case.occurred_on))
        ui.people_involved.setText(str(case.people_involved or ""))
        ui.claimed_amount.setText("" if case.claimed_fen is None else figures(case.claimed_fen))
        ui.mediator_gender_wish.addItem("不限", "")
        for code in _GENDERS:
            ui.mediator_gender_wish.addItem(rules.table("gender").label(code), code)
        choose(ui.mediator_gender_wish, case.mediator_gender_wish)
        ui.has_interpreter.setChecked(case.has_interpreter)
        offer_ticks(ui.safety_flags, rules.table("safety_flag"), self.today)
        tick(ui.safety_flags, case.safety_flags)

    def _propose_category(self) -> None:
        offer_event_categories(self.ui.event_category, self.desk.rules, chosen(self.ui.dispute_kind), self.today)

    def _label(self) -> str:
        kind = self.desk.rules.table("dispute_kind").label(self.case.dispute_kind)
        return f"更正登记：{self.case.file_title(kind)}"

    def _changes(self) -> dict[str, Any]:
        """What stands in the form otherwise than in the case."""
        return {name: value for name, value in content_of(self).items() if value != self._as_shown.get(name)}

    def _go_on_with_draft(self) -> None:
        user_id, case_id = self.desk.user_id, self.case_id
        drafts = self.desk.look(lambda records, _: records.drafts.of_user(user_id, FORM, case_id))
        self.ui.draft_text.hide()
        self.ui.forget_button.setVisible(bool(drafts))
        if drafts:
            self.keeper.take_up(drafts[0])
            put_content(self, drafts[0].content)
            saved = drafts[0].saved_at
            self._say(f"接着 {show_day(saved.date())} {show_time(saved.time())} 没有保存的更正，请核对后保存。")

    def _say(self, sentence: str) -> None:
        self.ui.draft_text.setText(sentence)
        self.ui.draft_text.show()

    def _read(self) -> Intake:
        ui = self.ui
        typed: dict[str, Any] = {name: line_of(getattr(ui, name)) for name in _LINES}
        typed |= {name: text_of(getattr(ui, name)) for name in _TEXTS}
        typed |= {name: chosen(getattr(ui, name)) for name in (*_CODES, "event_category")}
        return replace(
            intake_of(self.case, self.keeper.uid),
            occurred_on=day_of(ui.occurred_on, self.today),
            people_involved=_people_of(ui.people_involved),
            claimed_fen=yuan_of(ui.claimed_amount),
            safety_flags=tuple(ticked(ui.safety_flags)),
            mediator_gender_wish=chosen(ui.mediator_gender_wish),
            has_interpreter=ui.has_interpreter.isChecked(),
            **typed,
        )

    def save(self) -> None:
        """Record and close; where somebody corrected the case meanwhile, after both versions were laid together."""
        with telling(self):
            if correct_or_settle(self.desk, self.case, self._read(), self, self._recorded):
                self._recorded()

    def _recorded(self) -> None:
        self.keeper.forget()
        self.accept()

    def leave(self) -> None:
        if self._changes():
            self.keeper.flush()
        else:
            self.keeper.forget()

    def reject(self) -> None:
        with telling(self):
            self.leave()
        if not self.keeper.trouble:
            super().reject()

    def _give_up(self) -> None:
        with telling(self):
            self.keeper.forget()
        super().reject()


def _people_of(field: QLineEdit) -> int | None:
    """The number typed, None for an empty field. Raises `RuleBroken` at this field."""
    typed = clean_digits(field.text()).strip().removesuffix("人")
    if typed and not typed.isdecimal():
        raise RuleBroken(Fault("涉及人数请写数字。", field.objectName()))
    return int(typed) if typed else None
