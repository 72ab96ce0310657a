"""People and stories by the million, to measure with: nobody is real, and the same number gives the same person.

ID numbers are of the area 110000, which no person's is; telephone numbers begin with 1990. Surnames come as often as
they do in the country, given names and words along a Zipf curve, as search is as quick as its commonest words allow.
"""

import re
from bisect import bisect
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from mediation_desk.services.practice_people import id_number
from mediation_desk.services.practice_stories import STORIES

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔单仇解查"
)
_TWO = ("欧阳", "司马", "诸葛", "上官", "皇甫", "尉迟")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌辉玲萍鹏飞宇浩然子轩雨涵欣怡梓涵晨曦一诺"
    "德福春花淑珍凤琴海燕志宏光荣新民永胜家宝立成少云振东正义友良庆余长生如意安康乐天思远若水知行"
)
_CHARACTERS = (
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心"
    "多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将"
    "外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被"
    "走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员"
    "楼墙漏租房押金装修车位物业管道邻居噪声赔偿协议工资拖欠合同土地边界赡养抚养离婚遗产借款利息医院治疗摔伤狗咬树"
)
_STREETS = ("东华门", "景山", "交道口", "安定门", "北新桥", "东四", "朝阳门", "建国门", "前门", "崇文门", "东花市")
_LANES = ("北巷", "南巷", "东里", "西里", "胡同", "小区", "家园", "大院", "条", "公寓")
FIRST_DAY, LAST_DAY = date(2014, 1, 6), date(2026, 11, 20)


class Person(NamedTuple):
    """A made-up person. `gender` is a code of GB/T 2261.1."""

    name: str
    gender: str
    birth_date: str
    id_number: str
    phone: str
    address: str


@cache
def _zipf(number: int) -> list[float]:
    return list(accumulate(1 / (rank + 3) for rank in range(number)))


def _pick(draw: Random, choices: str | tuple[str, ...]) -> str:
    """One of `choices`, the first ones most often."""
    weights = _zipf(len(choices))
    return choices[bisect(weights, draw.random() * weights[-1])]


def person(seed: int, no: int) -> Person:
    draw = Random(seed * 1_000_003 + no)
    surname = draw.choice(_TWO) if draw.random() < 0.01 else _pick(draw, _SURNAMES)
    given = _pick(draw, _GIVEN) + (_pick(draw, _GIVEN) if draw.random() < 0.8 else "")
    gender = "12"[draw.random() < 0.5]
    born = date(1940, 1, 1) + timedelta(days=int(draw.random() * 24_000))
    street, lane = _pick(draw, _STREETS), _pick(draw, _LANES)
    house = f"{draw.randrange(1, 60)}号楼{draw.randrange(1, 8)}单元{draw.randrange(101, 2400)}室"
    phone = f"1990{draw.randrange(10_000_000):07}"
    return Person(
        surname + given, gender, born.isoformat(), id_number(draw, born, gender), phone, street + lane + house
    )


@cache
def _vocabulary() -> tuple[str, ...]:
    """Words of two and three characters, a hundred thousand of them."""
    draw = Random("words")
    return tuple("".join(_pick(draw, _CHARACTERS) for _ in range(2 + (draw.random() < 0.2))) for _ in range(100_000))


@cache
def _clauses() -> tuple[str, ...]:
    told = [part for story in STORIES for part in re.split("[，。；]", story.matter + story.facts) if part]
    return tuple(dict.fromkeys(part for part in told if "{" not in part))


def story(seed: int, number: int, one: str, other: str) -> str:
    """What a visitor tells, of some 60 to 250 characters."""
    draw = Random(seed * 7_919 + number)
    clauses, words = _clauses(), _vocabulary()
    told = [f"{one}反映：与{other}因{_pick(draw, words)}{_pick(draw, words)}发生纠纷"]
    for _ in range(draw.randrange(3, 10)):
        clause = clauses[int(draw.random() * len(clauses))]
        told.append(clause + (_pick(draw, words) if draw.random() < 0.5 else ""))
    told.append(f"涉及{draw.randrange(1, 900)}00元")
    return "，".join(told) + "。"
