"""Two-page agreements for the benchmarks to set: other people, sums and stories each time."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from random import Random

from mediation_desk.documents.form import draw
from mediation_desk.documents.page import Finished
from mediation_desk.domain.agreement import Agreement, Clause, Instalment, Obligation
from mediation_desk.domain.case import Case
from mediation_desk.domain.centre import Centre, Committee
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party, Side
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource

NOW = datetime(2026, 5, 16, 9, 30)
NAMES = ["买买提江·吐尔逊", "欧阳娜", "王五", "赵六", "李四", "张三", "某某物业服务有限公司"]
STREETS = ["胡同", "大街", "巷", "里", "东路", "家园"]
PLACES = ["卫生间", "厨房", "阳台", "水表间", "暖气管道", "太阳能热水器", "洗衣机"]
HARM = ["客厅、卧室吊顶受损", "木地板起鼓", "墙面发霉、家具变形", "电路短路，冰箱烧坏", "书籍、衣物被浸泡"]
VIEWS = ["双方就责任和数额争议较大", "申请人要求恢复原状", "被申请人称系公共管道所致", "物业公司查看后未出具结论"]


def drawn(number: int) -> Finished:
    """Draw the agreement no. `number`."""
    given = _given()
    return draw(given.rules.form("D08"), replace(given, case=_case(number), about=_agreement(number)))


def _case(number: int) -> Case:
    chance = Random(number)
    return Case(
        uid="case",
        centre_id=1,
        number=f"（2026）东人调字第{number}号",
        requested_on=date(2026, 5, 1),
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        parties=[_party(1, chance, Side.CLAIMANT), _party(2, chance, Side.RESPONDENT)],
    )


@cache
def _given() -> PaperInput:
    committee = Committee(id=1, uid="committee", name="某某街道人民调解委员会", short_name="东")
    return PaperInput(
        case=_case(0),
        centre=Centre(uid="centre", name="某某综治中心", committees=[committee]),
        committee=committee,
        mediators={1: Mediator(id=1, uid="mediator", name="魏调解")},
        rules=load_rules(resource("rules")),
        day=NOW.date(),
    )


def _party(no: int, chance: Random, side: Side) -> Party:
    return Party(
        no=no,
        side=side,
        name=chance.choice(NAMES[no::2]),
        gender=chance.choice("12"),
        ethnicity=chance.choice(["01", "03", "05"]),
        birth_date=date(chance.randrange(1950, 2000), 1, 1),
        occupation=chance.choice(["职员", "教师", "退休", "个体工商户"]),
        address=f"北京市东城区某某{chance.choice(STREETS)}{chance.randrange(1, 200)}号{chance.randrange(1, 20)}单元",
    )


def _story(chance: Random) -> str:
    return (
        f"2026年{chance.randrange(1, 5)}月{chance.randrange(1, 29)}日，申请人家{chance.choice(PLACES)}漏水，"
        f"致楼下被申请人家{chance.choice(HARM)}（见照片{chance.randrange(1, 99)}），{chance.choice(VIEWS)}。"
    )


def _agreement(number: int) -> Agreement:
    chance = Random(number)
    hours, days, rate = chance.randrange(12, 96), chance.randrange(3, 30), chance.randrange(10_000, 900_000)
    clauses = [
        f"被申请人在{days}日内自费修复{chance.choice(PLACES)}防水层，并由双方共同试水{hours}小时。",
        f"试水合格后，双方就本次漏水（{chance.choice(HARM)}）再无其他争议。",
    ]
    payment = Obligation(
        no=1,
        payer_no=2,
        payee_no=1,
        amount_fen=2 * rate,
        what="赔偿款",
        means="银行转账",
        instalments=[Instalment(due_on=date(2026, month, days), amount_fen=rate) for month in (6, 7)],
    )
    return Agreement(
        no=1,
        facts="".join(_story(chance) for _ in range(5)),
        clauses=[Clause(text=text) for text in clauses],
        obligations=[payment],
        performance_terms=f"以银行转账方式履行；逾期超过{days}日未付的，另付逾期利息。",
        party_nos=[1, 2],
        mediator_ids=[1],
        recorder="马记录",
        number=f"（2026）东人调协字第{number}号",
        frozen_at=NOW,
        made_on=NOW.date(),
    )
