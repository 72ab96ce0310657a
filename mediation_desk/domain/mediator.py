"""Mediators: who they are, when they are at the centre and in what capacity they may preside."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mediation_desk.domain.labelled import Labelled


class Presence(Labelled):
    """How a person is stationed at the centre."""

    STANDING = "standing", "常驻"
    ROTATING = "rotating", "轮驻"
    ON_CALL = "on_call", "随驻"


class AppointmentKind(Labelled):
    """人民调解法 art. 13: members of the committee, or persons it appoints."""

    MEMBER = "member", "委员"
    APPOINTED = "appointed", "聘任"


@dataclass(eq=False, kw_only=True)
class Appointment:
    """A committee's appointment, from one day to another (both included; open when `until` is None)."""

    committee_id: int
    kind: AppointmentKind = AppointmentKind.APPOINTED
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def half_day(moment: datetime) -> str:
    """The half-day of a moment as weekly patterns write it: "mon_am" … "sun_pm"; the afternoon begins at noon."""
    return f"{WEEKDAYS[moment.weekday()]}_{'am' if moment.hour < 12 else 'pm'}"


@dataclass(eq=False, kw_only=True)
class Mediator:
    """A person of the directory.

    `weekly_pattern` lists half-days ("mon_am"); an empty pattern of a standing person means every weekday.
    `call_order` orders on-call persons, lowest first.
    """

    id: int | None = None
    uid: str
    name: str
    gender: str = ""
    birth_date: date | None = None
    unit: str = ""
    profession: str = ""
    presence: Presence = Presence.STANDING
    weekly_pattern: list[str] = field(default_factory=list)
    call_order: int = 0
    specialities: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    phone: str = ""
    note: str = ""
    left_on: date | None = None
    appointments: list[Appointment] = field(default_factory=list)

    def is_active(self, day: date) -> bool:
        return self.left_on is None or day < self.left_on

    def may_preside(self, day: date, committee_id: int | None = None) -> bool:
        """Whether a valid appointment (of that committee, or of any) lets this person sign 人民调解协议书 that day.

        人民调解法 art. 13, 14 and 29.
        """
        return any(
            appointment.covers(day) and committee_id in (None, appointment.committee_id)
            for appointment in self.appointments
        )

    def is_here(self, moment: datetime) -> bool:
        """Whether the weekly pattern puts this person at the centre at that moment. On-call people never are."""
        if self.presence is Presence.ON_CALL or not self.is_active(moment.date()):
            return False
        if self.presence is Presence.STANDING and not self.weekly_pattern:
            return moment.weekday() < 5
        return half_day(moment) in self.weekly_pattern
