"""The house of the practice data: a centre, its committees, the people who work there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import NamedTuple

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.half_day import WEEKDAYS, Half
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.uid import uuid7
from mediation_desk.domain.working_days import add_months, is_working_day
from mediation_desk.services.practice_people import phone

MONTHS_BACK = 24
MADE_UP = "练习用，不是真人。"
OPEN = [f"{weekday}_{half.value}" for weekday in WEEKDAYS[:5] for half in Half] + ["sat_am"]
"""The half-days of a week at which the house is open."""


@dataclass(frozen=True)
class House:
    """Where the cases are made up for: who mediates there, and on which days."""

    committees: list[Committee]
    mediators: list[Mediator]
    rules: Rules
    now: datetime

    @cached_property
    def days(self) -> list[date]:
        """The working days of the last two years, today included if it is one."""
        today = self.now.date()
        first = add_months(today, -MONTHS_BACK)
        days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
        return [day for day in days if is_working_day(day, self.rules.holidays)]

    def presiding(self, committee: Committee, since: date) -> list[Mediator]:
        """Who may preside from `since` until now."""
        today = self.now.date()
        return [
            each
            for each in self.mediators
            if each.is_active(today) and each.may_preside(since, committee.id) and each.may_preside(today, committee.id)
        ]


def practice_centre(at: datetime, draw: Random) -> Centre:
    """A centre with two committees and two users, marked as practice."""

    def uid() -> str:
        return uuid7(at, draw.randbytes(10))

    def committee(name: str, short_name: str, head: str, *members: str) -> Committee:
        posts = [CommitteeMember(name=head, post=CommitteePost.HEAD, gender="2")]
        posts += [CommitteeMember(name=member, gender="1") for member in members]
        began = date(at.year - 1, 1, 1)
        ends = date(at.year + 1, 12, 31)
        return Committee(uid=uid(), name=name, short_name=short_name, term_start=began, term_end=ends, members=posts)

    return Centre(
        uid=uid(),
        name="练习区社会治安综合治理中心",
        address="练习区示例大街1号",
        phone="19900000000",
        is_practice=True,
        opening_pattern=list(OPEN),
        committees=[
            committee("练习区示例街道人民调解委员会", "练示", "周练安", "吴练平", "郑练宁"),
            committee("练习区样例社区人民调解委员会", "练样", "冯练正", "陈练明", "褚练诚"),
        ],
        users=[User(uid=uid(), name="登记员（练习）"), User(uid=uid(), name="主任（练习）")],
    )


class _Staff(NamedTuple):
    """A person of the house. `also`: another profession; `minutes`: agreed until the answer, and of the way."""

    name: str
    gender: str
    unit: str
    profession: str
    presence: Presence
    pattern: str = ""
    appointed: tuple[int, ...] = ()
    also: str = ""
    kinds: str = ""
    languages: str = "普通话"
    minutes: tuple[int, int] | None = None
    hours: tuple[time, time] | None = None


_STREET, _COMMUNITY = "示例街道人民调解委员会", "样例社区人民调解委员会"
_MEDIATOR = "people_mediator"
_STAND, _ROTATE, _CALL = Presence.STANDING, Presence.ROTATING, Presence.ON_CALL
_DAYTIME, _EVENING = (time(8), time(18)), (time(8, 30), time(21))
_STAFF = (
    _Staff("周练安", "2", _STREET, _MEDIATOR, _STAND, appointed=(0,), kinds="01 02"),
    _Staff("吴练平", "1", _STREET, _MEDIATOR, _STAND, appointed=(0, 1), kinds="02 15", languages="普通话 四川话"),
    _Staff("王练顺", "1", "练习司法所", "justice_office_staff", _STAND, appointed=(0,), kinds="03 08"),
    _Staff("冯练正", "2", _COMMUNITY, _MEDIATOR, _STAND, appointed=(1,), kinds="01 06"),
    _Staff("卫练慈", "2", "练习区信访办公室", "petition_staff", _STAND, kinds="08"),
    _Staff("郑练宁", "1", _STREET, _MEDIATOR, _ROTATE, "mon_am mon_pm wed_am wed_pm", (0,), kinds="12"),
    _Staff("陈练明", "1", _COMMUNITY, _MEDIATOR, _ROTATE, "tue_am tue_pm thu_am", (1,), kinds="02 15"),
    _Staff("蒋练信", "1", "练习律师事务所", "lawyer", _ROTATE, "tue_pm fri_am", (0,), kinds="04 10"),
    _Staff("沈练仁", "2", "练习区人力资源和社会保障局", "administrative_staff", _ROTATE, "wed_am", kinds="10 1001"),
    _Staff("韩练义", "2", "练习心理服务站", "counsellor", _CALL, kinds="01", minutes=(15, 20), hours=_EVENING),
    _Staff("杨练礼", "1", "示例律师事务所", "lawyer", _CALL, "", (1,), kinds="04 06", minutes=(10, 35), hours=_DAYTIME),
    _Staff("褚练诚", "1", "练习区人民法院（特邀）", "court_invited_mediator", _CALL, minutes=(30, 40)),
    _Staff("秦练法", "2", "练习律师事务所", "lawyer", _ROTATE, kinds="04 14"),
    _Staff("许练理", "1", "样例律师事务所", "lawyer", _ROTATE, kinds="10", also=_MEDIATOR),
    _Staff("何练衡", "2", "示例律师事务所", "lawyer", _ROTATE, kinds="06 13", languages="普通话 粤语"),
    _Staff("吕练心", "2", "练习心理服务站", "counsellor", _ROTATE, kinds="01"),
    _Staff("施练和", "1", "样例心理咨询中心", "counsellor", _ROTATE, languages="普通话 维吾尔语"),
    _Staff("张练睦", "2", _STREET, _MEDIATOR, _ROTATE, appointed=(0,), kinds="02"),
    _Staff("孔练邻", "1", _COMMUNITY, _MEDIATOR, _ROTATE, appointed=(1,), kinds="15", also="counsellor"),
)


def practice_mediators(at: datetime, committee_ids: list[int], draw: Random) -> list[Mediator]:
    """The people of the directory; those without an appointment help or mediate under another title."""
    since = date(at.year - 3, 1, 1)
    return [
        Mediator(
            uid=uuid7(at, draw.randbytes(10)),
            name=each.name,
            gender=each.gender,
            unit=each.unit,
            profession=each.profession,
            other_professions=each.also.split(),
            presence=each.presence,
            weekly_pattern=each.pattern.split(),
            call_order=order if each.presence is Presence.ON_CALL else 0,
            response_minutes=each.minutes[0] if each.minutes else None,
            travel_minutes=each.minutes[1] if each.minutes else None,
            call_from=each.hours[0] if each.hours else None,
            call_until=each.hours[1] if each.hours else None,
            specialities=each.kinds.split(),
            languages=each.languages.split(),
            phone=phone(draw),
            note=MADE_UP,
            appointments=[Appointment(committee_id=committee_ids[no], since=since) for no in each.appointed],
        )
        for order, each in enumerate(_STAFF)
    ]
