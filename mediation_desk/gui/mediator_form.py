"""The fields of one mediator: the person, when they are here, what they are good at, who appointed them."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidgetItem, QWidget

from mediation_desk.domain.centre import Committee
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.half_day import WEEKDAYS
from mediation_desk.domain.mediator import Appointment, AppointmentKind, Mediator, Presence
from mediation_desk.domain.names import clean_name
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, fill_words, needed_day_of, time_of, whole_of
from mediation_desk.gui.form_content import languages_of, offer_ticks, tick, ticked
from mediation_desk.gui.forms.ui_appointment import Ui_AppointmentForm
from mediation_desk.gui.forms.ui_mediator import Ui_MediatorForm
from mediation_desk.gui.live_checks import watch_name, watch_phone

HALF_DAYS = tuple(f"{day}_{half}" for day in WEEKDAYS for half in ("am", "pm"))
_FULL = 100
_PATTERNS = {
    Presence.STANDING: "每周在岗时间（一格不勾，即中心开放的每个半天）",
    Presence.ROTATING: "每周可以排班的时间（一格不勾，即都可以；没有发布排班的月份按勾选的到岗）",
    Presence.ON_CALL: "每周可以呼叫的时间（一格不勾，即都可以）",
}


class MediatorForm(QWidget):
    """Shows a mediator (a new one has no id) and reads it back as a new object with the same id and uid."""

    def __init__(self, rules: Rules, today: date, committees: Sequence[Committee], mediator: Mediator) -> None:
        super().__init__()
        self.ui = Ui_MediatorForm()
        self.ui.setupUi(self)
        self._today, self._committees, self._shown = today, committees, mediator
        self._half_days = {key: self._box(key) for key in HALF_DAYS}
        self._rows: list[AppointmentRow] = []
        self._rows_made = 0
        fill_codes(self.ui.mediator_gender, rules.table("gender"), today)
        fill_codes(self.ui.mediator_profession, rules.table("mediator_profession"), today)
        fill_words(self.ui.mediator_presence, Presence)
        self._offer_specialities(rules)
        offer_ticks(self.ui.other_professions, rules.table("mediator_profession"), today)
        self._show(mediator)
        watch_name(self.ui.mediator_name, self.ui.mediator_name_caption)
        watch_phone(self.ui.mediator_phone, self.ui.mediator_phone_caption)
        self.ui.mediator_presence.currentIndexChanged.connect(self._follow_presence)
        self.ui.add_appointment.clicked.connect(lambda: self._add_row(None))
        self._follow_presence()

    def mediator(self) -> Mediator:
        """What the fields say. Raises `RuleBroken` at a day that cannot be read."""
        ui = self.ui
        return Mediator(
            id=self._shown.id,
            uid=self._shown.uid,
            name=clean_name(ui.mediator_name.text())[0],
            gender=chosen(ui.mediator_gender),
            birth_date=day_of(ui.mediator_birth_date, self._today),
            unit=ui.mediator_unit.text().strip(),
            profession=chosen(ui.mediator_profession),
            presence=Presence(chosen(ui.mediator_presence)),
            weekly_pattern=[key for key, box in self._half_days.items() if box.isChecked()],
            call_order=ui.mediator_call_order.value(),
            response_minutes=whole_of(ui.mediator_response_minutes),
            travel_minutes=whole_of(ui.mediator_travel_minutes),
            call_from=time_of(ui.mediator_call_from),
            call_until=time_of(ui.mediator_call_until),
            day_most=whole_of(ui.mediator_day_most),
            week_most=whole_of(ui.mediator_week_most),
            month_most=whole_of(ui.mediator_month_most),
            share=_FULL if (share := whole_of(ui.mediator_share)) is None else share,
            case_most=whole_of(ui.mediator_case_most),
            specialities=[
                item.data(Qt.ItemDataRole.UserRole)
                for item in self._speciality_items()
                if item.checkState() is Qt.CheckState.Checked
            ],
            languages=languages_of(ui.mediator_languages),
            phone=ui.mediator_phone.text().strip(),
            note=ui.mediator_note.toPlainText().strip(),
            joined_on=day_of(ui.mediator_joined_on, self._today),
            left_on=day_of(ui.mediator_left_on, self._today),
            other_professions=[code for code in ticked(ui.other_professions) if code != chosen(ui.mediator_profession)],
            appointments=[row.appointment(self._today) for row in self._rows],
        )

    def fields(self) -> Mapping[str, QWidget]:
        """Where the faults of appointments are told."""
        return {f"appointments[{index}]": row.ui.appointment_until for index, row in enumerate(self._rows)}

    def _show(self, mediator: Mediator) -> None:
        ui = self.ui
        ui.mediator_name.setText(mediator.name)
        choose(ui.mediator_gender, mediator.gender)
        ui.mediator_birth_date.setText(show_day(mediator.birth_date))
        ui.mediator_unit.setText(mediator.unit)
        choose(ui.mediator_profession, mediator.profession)
        choose(ui.mediator_presence, mediator.presence)
        tick(ui.other_professions, mediator.other_professions)
        for key in mediator.weekly_pattern:
            self._half_days[key].setChecked(True)
        ui.mediator_call_order.setValue(mediator.call_order)
        ui.mediator_call_from.setText(show_time(mediator.call_from))
        ui.mediator_call_until.setText(show_time(mediator.call_until))
        for field, number in (
            (ui.mediator_response_minutes, mediator.response_minutes),
            (ui.mediator_travel_minutes, mediator.travel_minutes),
            (ui.mediator_day_most, mediator.day_most),
            (ui.mediator_week_most, mediator.week_most),
            (ui.mediator_month_most, mediator.month_most),
            (ui.mediator_share, mediator.share),
            (ui.mediator_case_most, mediator.case_most),
        ):
            field.setText("" if number is None else str(number))
        ui.mediator_languages.setText("、".join(mediator.languages))
        ui.mediator_phone.setText(mediator.phone)
        ui.mediator_note.setPlainText(mediator.note)
        ui.mediator_joined_on.setText(show_day(mediator.joined_on))
        ui.mediator_left_on.setText(show_day(mediator.left_on))
        for appointment in mediator.appointments:
            self._add_row(appointment)

    def _box(self, key: str) -> QCheckBox:
        box: QCheckBox = getattr(self.ui, key)
        return box

    def _follow_presence(self) -> None:
        """Only who is put on the roster has limits, only who is called has hours; what is hidden stays as it was."""
        presence = Presence(chosen(self.ui.mediator_presence))
        self.ui.rotating_fields.setVisible(presence is Presence.ROTATING)
        self.ui.on_call_fields.setVisible(presence is Presence.ON_CALL)
        self.ui.weekly_pattern_caption.setText(_PATTERNS[presence])

    def _offer_specialities(self, rules: Rules) -> None:
        """The kinds of disputes of today, and those this mediator was known for before the table changed."""
        table = rules.table("dispute_kind")
        codes = [code.code for code in table.valid_on(self._today)]
        codes += [code for code in self._shown.specialities if code not in codes]
        for code in codes:
            item = QListWidgetItem(table.full_label(code), self.ui.specialities)
            item.setData(Qt.ItemDataRole.UserRole, code)
            known = code in self._shown.specialities
            item.setCheckState(Qt.CheckState.Checked if known else Qt.CheckState.Unchecked)

    def _speciality_items(self) -> list[QListWidgetItem]:
        return [self.ui.specialities.item(row) for row in range(self.ui.specialities.count())]

    def _add_row(self, appointment: Appointment | None) -> None:
        self._rows_made += 1
        row = AppointmentRow(self._committees, appointment, self._rows_made)
        row.ui.remove_appointment.clicked.connect(lambda: self._remove_row(row))
        self._rows.append(row)
        self.ui.appointments_layout.addWidget(row)
        row.show()  # now, not when the layout gets to it: what is not shown takes no focus
        if appointment is None:
            row.ui.appointment_since.setFocus()

    def _remove_row(self, row: "AppointmentRow") -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()


class AppointmentRow(QWidget):
    """One appointment in a line. `number` keeps the names of its fields apart from those of other lines."""

    def __init__(self, committees: Sequence[Committee], appointment: Appointment | None, number: int) -> None:
        super().__init__()
        self.ui = Ui_AppointmentForm()
        self.ui.setupUi(self)
        for field in (self.ui.appointment_since, self.ui.appointment_until):
            field.setObjectName(f"{field.objectName()}_{number}")
        for committee in committees:
            if committee.active or (appointment and appointment.committee_id == committee.id):
                self.ui.appointment_committee.addItem(committee.name, committee.id)
        fill_words(self.ui.appointment_kind, AppointmentKind)
        if appointment is None:
            choose(self.ui.appointment_kind, AppointmentKind.APPOINTED)
        else:
            choose(self.ui.appointment_committee, appointment.committee_id)
            choose(self.ui.appointment_kind, appointment.kind)
            self.ui.appointment_since.setText(show_day(appointment.since))
            self.ui.appointment_until.setText(show_day(appointment.until))

    def appointment(self, today: date) -> Appointment:
        return Appointment(
            committee_id=int(chosen(self.ui.appointment_committee)),
            kind=AppointmentKind(chosen(self.ui.appointment_kind)),
            since=needed_day_of(self.ui.appointment_since, today),
            until=day_of(self.ui.appointment_until, today),
        )
