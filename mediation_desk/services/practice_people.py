"""The people of the practice data: nobody is real, and everybody can see it.

Every given name holds 练, 习, 示, 例, 样 or 试; ID numbers are of the area 110000, which no person's is; telephone
numbers begin with 1990000.
"""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side
from mediation_desk.domain.uid import uuid7

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾"
    "肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾"
)
_TWO = ("欧阳", "司马", "诸葛", "上官")
_MARKS = "练习示例样试"
_GIVEN = (
    "安邦昌春达恩芳福刚国海和红华慧吉佳建杰静军康兰乐丽亮林玲龙梅明宁"
    "平琴青仁荣瑞森山淑顺涛文霞贤祥新信雪雅阳义英勇友玉园云贞正志忠"
)
_RARE = "𠮷䶮㛃𬱖𫖯"
_MINORITY = (
    ("买买提江·练习", "05"),
    ("古丽娜尔·示例", "05"),
    ("扎西·样例", "04"),
    ("巴特尔·试练", "02"),
    ("其其格·习样", "02"),
)
_STREETS = ("练习路", "示例大街", "样例胡同", "试用巷", "东示街", "西样里")
_RELATIONS = ("父", "母")


@dataclass(frozen=True)
class Somebody:
    """Name, gender (GB/T 2261.1), ethnicity (GB/T 3304) and the numbers of a made-up person."""

    name: str
    gender: str
    ethnicity: str
    birth_date: date
    id_number: str
    phone: str
    address: str


def somebody(draw: Random, *, born: tuple[int, int] = (1945, 2004)) -> Somebody:
    """Make up a person born within these years."""
    gender = draw.choice("12")
    birth = date(draw.randint(*born), draw.randint(1, 12), draw.randint(1, 28))
    name, ethnicity = _name(draw)
    address = f"{draw.choice(_STREETS)}{draw.randint(1, 99)}号{draw.randint(1, 12)}号楼{draw.randint(101, 1804)}室"
    return Somebody(name, gender, ethnicity, birth, id_number(draw, birth, gender), phone(draw), address)


def _name(draw: Random) -> tuple[str, str]:
    if draw.random() < 0.01:
        return draw.choice(_MINORITY)
    surname = draw.choice(_TWO) if draw.random() < 0.01 else draw.choice(_SURNAMES)
    given = draw.choice(_RARE) if draw.random() < 0.01 else draw.choice(_GIVEN)
    return f"{surname}{draw.choice(_MARKS)}{given}", "01" if draw.random() < 0.95 else ""


def id_number(draw: Random, birth: date, gender: str) -> str:
    """A number of GB 11643 with its check character, of the area 110000."""
    sequence = draw.randrange(0, 1000, 2) + (gender == "1")
    digits = f"110000{birth:%Y%m%d}{sequence % 1000:03}"
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return digits + "10X98765432"[weighed % 11]


def phone(draw: Random) -> str:
    return f"1990000{draw.randrange(10_000):04}"


def person(no: int, side: Side, who: Somebody) -> Party:
    return Party(
        no=no,
        side=side,
        name=who.name,
        gender=who.gender,
        ethnicity=who.ethnicity,
        birth_date=who.birth_date,
        id_paper="111",
        id_number=who.id_number,
        address=who.address,
        phone=who.phone,
    )


def company(no: int, side: Side, name: str, draw: Random) -> Party:
    head = somebody(draw)
    return Party(
        no=no,
        side=side,
        kind=PartyKind.ORGANISATION,
        name=name,
        legal_representative=head.name,
        legal_representative_post="负责人",
        address=head.address,
        phone=head.phone,
    )


def guardian(draw: Random) -> Agent:
    who = somebody(draw, born=(1975, 1990))
    return Agent(
        kind=AgentKind.STATUTORY,
        name=who.name,
        relation=draw.choice(_RELATIONS),
        phone=who.phone,
        id_paper="111",
        id_number=who.id_number,
        address=who.address,
    )


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
