"""The house of the practice data: a centre, its committees, the people who work there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.uid import uuid7
from mediation_desk.domain.working_days import add_months, is_working_day
from mediation_desk.services.practice_people import phone

MONTHS_BACK = 24


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
        committees=[
            committee("练习区示例街道人民调解委员会", "练示", "周练安", "吴练平", "郑练宁"),
            committee("练习区样例社区人民调解委员会", "练样", "冯练正", "陈练明", "褚练诚"),
        ],
        users=[User(uid=uid(), name="登记员（练习）"), User(uid=uid(), name="主任（练习）")],
    )


_STAFF: tuple[tuple[str, str, str, str, Presence, str, tuple[int, ...]], ...] = (
    ("周练安", "2", "示例街道人民调解委员会", "people_mediator", Presence.STANDING, "", (0,)),
    ("吴练平", "1", "示例街道人民调解委员会", "people_mediator", Presence.STANDING, "", (0, 1)),
    ("王练顺", "1", "练习司法所", "justice_office_staff", Presence.STANDING, "", (0,)),
    ("冯练正", "2", "样例社区人民调解委员会", "people_mediator", Presence.STANDING, "", (1,)),
    ("卫练慈", "2", "练习区信访办公室", "petition_staff", Presence.STANDING, "", ()),
    (
        "郑练宁",
        "1",
        "示例街道人民调解委员会",
        "people_mediator",
        Presence.ROTATING,
        "mon_am mon_pm wed_am wed_pm",
        (0,),
    ),
    ("陈练明", "1", "样例社区人民调解委员会", "people_mediator", Presence.ROTATING, "tue_am tue_pm thu_am", (1,)),
    ("蒋练信", "1", "练习律师事务所", "lawyer", Presence.ROTATING, "tue_pm fri_am", (0,)),
    ("沈练仁", "2", "练习区人力资源和社会保障局", "administrative_staff", Presence.ROTATING, "wed_am", ()),
    ("韩练义", "2", "练习心理服务站", "counsellor", Presence.ON_CALL, "", ()),
    ("杨练礼", "1", "示例律师事务所", "lawyer", Presence.ON_CALL, "", (1,)),
    ("褚练诚", "1", "练习区人民法院（特邀）", "court_invited_mediator", Presence.ON_CALL, "", ()),
)


def practice_mediators(at: datetime, committee_ids: list[int], draw: Random) -> list[Mediator]:
    """Twelve people of the directory; those without an appointment help or mediate under another title."""
    since = date(at.year - 3, 1, 1)
    return [
        Mediator(
            uid=uuid7(at, draw.randbytes(10)),
            name=name,
            gender=gender,
            unit=unit,
            profession=profession,
            presence=presence,
            weekly_pattern=pattern.split(),
            call_order=order if presence is Presence.ON_CALL else 0,
            phone=phone(draw),
            note="练习用，不是真人。",
            appointments=[Appointment(committee_id=committee_ids[each], since=since) for each in appointed],
        )
        for order, (name, gender, unit, profession, presence, pattern, appointed) in enumerate(_STAFF)
    ]
