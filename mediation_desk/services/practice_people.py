"""The people of the practice data: nobody is real, and everybody can see it.

Every given name holds 练, 习, 示, 例, 样 or 试; ID numbers are of the area 110000, which no person's is; telephone
numbers begin with 1990000.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side

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
_LANGUAGES = {"02": "蒙古语", "04": "藏语", "05": "维吾尔语"}
"""What people of an ethnicity of the practice data speak besides 普通话."""
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
        languages=["普通话", _LANGUAGES[who.ethnicity]] if who.ethnicity in _LANGUAGES else [],
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
