"""Mediators: who they are, when they are at the centre and in what capacity they may preside."""

from dataclasses import dataclass, field
from datetime import date, time

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


@dataclass(eq=False, kw_only=True)
class Mediator:
    """A person of the directory.

    `weekly_pattern` lists half-days ("mon_am"). A standing person is at the window then (empty: whenever the centre is
    open), a rotating one can be put on the roster then (empty: always) and is expected then while no roster is
    published, a person on call can be called then (empty: always), between `call_from` and `call_until` where these
    are given.
    `call_order` orders on-call persons, lowest first; `response_minutes` is the time agreed until they answer,
    `travel_minutes` their way to the centre.
    `other_professions`: what else the person is qualified for. The limits count shifts of a rotating person, None
    stands for the centre's own; `share` is the percentage of a full part. `case_most`: open cases at a time.
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
    joined_on: date | None = None
    left_on: date | None = None
    other_professions: list[str] = field(default_factory=list)
    response_minutes: int | None = None
    travel_minutes: int | None = None
    call_from: time | None = None
    call_until: time | None = None
    day_most: int | None = None
    week_most: int | None = None
    month_most: int | None = None
    share: int = 100
    case_most: int | None = None
    appointments: list[Appointment] = field(default_factory=list)

    def is_active(self, day: date) -> bool:
        joined = self.joined_on is None or self.joined_on <= day
        return joined and (self.left_on is None or day < self.left_on)

    @property
    def professions(self) -> list[str]:
        return [each for each in (self.profession, *self.other_professions) if each]

    def may_preside(self, day: date, committee_id: int | None = None) -> bool:
        """Whether a valid appointment (of that committee, or of any) lets this person sign 人民调解协议书 that day.

        人民调解法 art. 13, 14 and 29.
        """
        return any(
            appointment.covers(day) and committee_id in (None, appointment.committee_id)
            for appointment in self.appointments
        )
