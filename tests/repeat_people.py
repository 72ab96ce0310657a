"""People at the window and their troubles, of whom `repeat_pairs.py` tells who was here before. Nobody is real."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from mediation_desk.domain.party import Party, PartyKind, Side
from tests.bench import population

CROWD = 1200
SHOPS = ("示例物业服务有限公司", "练习装饰工程有限公司", "样例健身中心", "试用家具城")
OFFICE_PHONE = "01060000001"

TROUBLES = (
    (
        "楼上{where}的{thing}坏了往下漏水，我家{room}的顶棚泡坏，{when}就找过他，一直不修，要赔{sum}元。",
        "{when}起家里{room}天花板一直滴水，是楼上{where}{thing}的问题，对方拖着不管，损失有{sum}元。",
    ),
    (
        "{when}在{where}干活，说好一天{sum}元，做的是{thing}，完工以后老板欠着工钱不给，电话也不接。",
        "他欠我工钱，在{where}做{thing}的活，{when}就干完了，每天{sum}元的工钱到现在没有结。",
    ),
    (
        "{when}借给他{sum}元买{thing}，写了借条，说好在{where}还，到期以后找各种理由不还。",
        "他为了{thing}向我借了{sum}元，{when}打的欠条，约在{where}还钱，人一直躲着。",
    ),
    (
        "邻居在{where}堆放{thing}，过道只剩一条缝，{when}老人出门摔了一跤，看病花了{sum}元。",
        "过道被邻居的{thing}占了，就在{where}，我妈{when}被绊倒，医药费{sum}元他不认。",
    ),
    (
        "{when}在他店里买的{thing}，用了几天就坏，花了{sum}元，要求退货，店家在{where}推来推去。",
        "花{sum}元买的{thing}有毛病，{when}买的，店在{where}，找了几次不给退。",
    ),
    (
        "租了{where}的房子，{when}退租，押金{sum}元房东不退，说{thing}是我弄坏的，其实早就坏了。",
        "房东扣着押金{sum}元，说{thing}被我弄坏，房子在{where}，我{when}就搬走了。",
    ),
    (
        "他家的狗{when}在{where}咬伤孩子，打针和{thing}花了{sum}元，对方只肯出一半。",
        "孩子{when}在{where}被他家的狗咬了，{thing}加上打针一共{sum}元，他不愿意全赔。",
    ),
    (
        "兄弟几个说好轮流照看老人，轮到他就推，{when}住院的{thing}和护理费{sum}元都是我垫的，老人现住{where}。",
        "老人住{where}，{when}住院我垫了{sum}元，有护理费还有{thing}，他不肯分担，也不来照看。",
    ),
)
_WHERE = (
    "三楼东户",
    "西门口",
    "北侧车棚",
    "地下一层",
    "小学对面",
    "菜市场边",
    "二号门洞",
    "锅炉房旁",
    "新村东头",
    "河沿",
    "老粮库",
    "五金店后院",
    "桥南",
    "公交站旁",
    "篮球场",
    "医院后街",
    "文化站",
    "加油站西",
    "水塔下",
    "老槐树下",
)
_THING = (
    "热水器软管",
    "暖气片",
    "淋浴房",
    "洗衣机水龙头",
    "防水层",
    "旧沙发",
    "纸箱",
    "电动车",
    "花盆",
    "煤气罐",
    "木门",
    "墙砖",
    "吊顶",
    "电缆",
    "脚手架",
    "按摩椅",
    "冰箱",
    "跑步机",
    "净水器",
    "床垫",
    "疫苗",
    "夹板",
    "氧气瓶",
    "助听器",
    "轮椅",
    "货车",
    "奶牛",
    "柴油机",
    "收割机",
    "大棚膜",
)
_ROOM = ("厨房", "客厅", "北屋", "南屋", "厕所", "阳台", "走廊", "储物间")
_WHEN = ("正月十五", "清明前", "五一", "端午", "中秋", "国庆", "腊月", "开春", "立冬", "入伏", "开学那周", "麦收")


class Told(NamedTuple):
    """A trouble, told twice in other words."""

    first: str
    again: str


@dataclass(frozen=True)
class Who:
    """A person with everything that could be typed of them."""

    name: str
    id_number: str
    phone: str
    address: str
    born: date

    def party(self, side: Side = Side.CLAIMANT, *known: str) -> Party:
        facts: dict[str, str | date] = {each: getattr(self, each) for each in known}
        if "id_number" in known:
            facts["birth_date"] = self.born
        return Party(no=1, side=side, name=self.name, **facts)  # type: ignore[arg-type]  # text fields

    def all_of_it(self, side: Side = Side.CLAIMANT) -> Party:
        return self.party(side, "id_number", "phone", "address")


@dataclass(frozen=True)
class Earlier:
    """A case that lies in the store; `as_stored` are names as another program wrote them."""

    parties: tuple[Party, ...]
    matter: str
    as_stored: tuple[tuple[str, str], ...] = ()


class World:
    """Draws people and their troubles."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.draw = Random(seed)
        self._no = 0

    def who(self, having: str = "") -> Who:
        """Somebody nobody else is; with one of these characters in the name."""
        while True:
            self._no += 1
            made = population.person(self.seed, self._no)
            if not having or any(each in made.name for each in having):
                born = date.fromisoformat(made.birth_date)
                return Who(made.name, made.id_number, made.phone, made.address, born)

    def trouble(self, kind: int | None = None) -> Told:
        draw = self.draw
        first, again = TROUBLES[draw.randrange(len(TROUBLES)) if kind is None else kind]
        told = {
            "where": draw.choice(_WHERE),
            "thing": draw.choice(_THING),
            "room": draw.choice(_ROOM),
            "when": draw.choice(_WHEN),
            "sum": draw.randrange(200, 60_000),
        }
        return Told(first.format(**told), again.format(**told))

    def crowd(self) -> list[Earlier]:
        """Cases of others: every eighth against a shop of many customers, some over the telephone of an office."""
        found = []
        for no in range(CROWD):
            claimant = self.sparse(self.who(), Side.CLAIMANT)
            if no % 40 == 0:
                claimant.phone = OFFICE_PHONE
            other = self.shop() if no % 8 == 0 else self.sparse(self.who(), Side.RESPONDENT)
            found.append(Earlier((claimant, other), self.trouble().first))
        return found

    def sparse(self, who: Who, side: Side, *needed: str) -> Party:
        """As clerks write people down: often without number, telephone or address."""
        chances = {"id_number": 0.6, "phone": 0.8, "address": 0.5}
        known = [each for each, chance in chances.items() if each in needed or self.draw.random() < chance]
        return who.party(side, *known)

    def shop(self) -> Party:
        return Party(no=2, side=Side.RESPONDENT, kind=PartyKind.ORGANISATION, name=self.draw.choice(SHOPS))

    def earlier(self, one: Who, other: Who, *needed: str) -> Earlier:
        parties = (self.sparse(one, Side.CLAIMANT, *needed), self.sparse(other, Side.RESPONDENT))
        return Earlier(parties, self.trouble().first)
