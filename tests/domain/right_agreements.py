"""Agreements as they should be, of many kinds: a review has nothing to say against any of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from mediation_desk.domain.agreement import Agreement, Clause, Instalment, Obligation, ObligationKind
from mediation_desk.domain.case import (
    Answer,
    Assignment,
    Case,
    Outcome,
    OutcomeKind,
    Session,
    SessionResult,
    Willingness,
)
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
HEARD_ON = date(2026, 11, 20)


@dataclass
class Draft:
    """A case with one agreement that lacks nothing, to be reviewed or first spoilt."""

    case: Case
    agreement: Agreement
    mediators: dict[int, Mediator] = field(default_factory=dict)


def claimant(name: str, no: int = 1, **facts: object) -> Party:
    return Party(**{"no": no, "side": Side.CLAIMANT, "name": name} | facts)  # type: ignore[arg-type]  # any field


def respondent(name: str, no: int = 2, **facts: object) -> Party:
    return Party(**{"no": no, "side": Side.RESPONDENT, "name": name} | facts)  # type: ignore[arg-type]  # any field


def company(name: str, no: int = 2, **facts: object) -> Party:
    return respondent(name, no, **{"kind": PartyKind.ORGANISATION, "legal_representative": "钱多"} | facts)


def pays(yuan: float, due: date | None = None, **facts: object) -> Obligation:
    """The second party pays the first; at once without a day."""
    owed: dict[str, object] = {
        "no": 1,
        "payer_no": 2,
        "payee_no": 1,
        "amount_fen": round(yuan * 100),
        "means": "银行转账",
        "due_on": due,
        "at_once": due is None,
    }
    return Obligation(**owed | facts)  # type: ignore[arg-type]  # any field


def in_parts(*parts: tuple[date, float], **facts: object) -> Obligation:
    instalments = [Instalment(due_on=day, amount_fen=round(yuan * 100)) for day, yuan in parts]
    return pays(sum(yuan for _, yuan in parts), instalments=instalments, **{"at_once": False} | facts)


def does(what: str, due: date, **facts: object) -> Obligation:
    owed = {"no": 2, "kind": ObligationKind.ACT, "payer_no": 2, "payee_no": 1, "what": what, "due_on": due}
    return Obligation(**owed | facts)  # type: ignore[arg-type]  # any field


def drafted(
    parties: list[Party], facts: str, clauses: list[str], terms: str, *obligations: Obligation, **more: object
) -> Draft:
    said: dict[str, object] = {
        "no": 1,
        "facts": facts,
        "clauses": [Clause(text=text) for text in clauses],
        "performance_terms": terms,
        "obligations": list(obligations),
        "made_on": TODAY,
        "party_nos": [party.no for party in parties],
        "mediator_ids": [5],
        "recorder": "登记员",
    }
    agreement = Agreement(**said | more)  # type: ignore[arg-type]  # any field
    case = Case(
        uid="u",
        centre_id=1,
        requested_on=HEARD_ON,
        registered_at=NOW,
        first_contact_id=1,
        matter="见协议",
        demand="见协议",
        occurred_on=date(2026, 10, 1),
        committee_id=1,
        parties=parties,
        willingness=[
            Willingness(party_no=party.no, answer=Answer.AGREES, asked_at=NOW, by_id=1, recorded_at=NOW)
            for party in parties
        ],
        assignments=[Assignment(mediator_id=5, assigned_on=HEARD_ON, by_id=1, recorded_at=NOW)],
        sessions=[
            Session(no=1, held_on=HEARD_ON, place="第一调解室", result=SessionResult.SETTLED, by_id=1, recorded_at=NOW)
        ],
        outcomes=[Outcome(kind=OutcomeKind.WRITTEN, ended_on=TODAY, by_id=1, recorded_at=NOW)],
        agreements=[agreement],
    )
    mediator = Mediator(id=5, uid="m", name="赵和", appointments=[Appointment(committee_id=1, since=date(2025, 1, 1))])
    return Draft(case, agreement, {5: mediator})


def leak() -> Draft:
    return drafted(
        [claimant("张秀兰"), respondent("王建国")],
        "张秀兰与王建国系上下楼邻居。2026年10月1日晚，王建国家卫生间水管破裂，水渗入张秀兰家，致客厅天花板、地板受损。"
        "双方对漏水原因没有异议，就赔偿数额和维修期限发生争议。",
        [
            "王建国于2026年12月10日前自费修复卫生间水管和防水层，张秀兰给予配合。",
            "王建国赔偿张秀兰天花板、地板损失共计人民币4,800.00元（大写：肆仟捌佰元整），其中天花板1,800.00元、"
            "地板3,000.00元，于2026年12月31日前通过银行转账一次付清。",
            "今后再发生渗漏，双方应及时告知，互相查看。",
            "本协议全部履行完毕后，双方就本次漏水再无其他争议。",
        ],
        "维修于2026年12月10日前完成；赔偿款于2026年12月31日前转账付清。本协议一式三份，双方各执一份，人民调解委员会留存一份。",
        pays(4800, date(2026, 12, 31), what="天花板、地板损失"),
        does("修复卫生间水管和防水层", date(2026, 12, 10)),
    )


def wages() -> Draft:
    return drafted(
        [claimant("陈志强"), company("示例建筑劳务有限公司")],
        "陈志强自2026年3月1日至2026年7月31日在示例建筑劳务有限公司承建的工地从事泥瓦工作。双方核对考勤后确认，"
        "公司尚欠陈志强工资31,500元，就支付期限发生争议。",
        [
            "示例建筑劳务有限公司确认尚欠陈志强工资人民币31,500.00元（大写：叁万壹仟伍佰元整）。",
            "上述款项分三期支付：第一期于2026年12月31日前支付人民币10,000.00元（大写：壹万元整）；第二期于2027年1月31日前"
            "支付人民币10,000.00元（大写：壹万元整）；第三期于2027年2月28日前支付人民币11,500.00元（大写：壹万壹仟伍佰元整）。",
            "任何一期逾期超过十日的，陈志强有权要求一次性付清全部剩余款项。",
        ],
        "分三期以银行转账方式支付到陈志强本人账户，最后一期于2027年2月28日前付清。",
        in_parts((date(2026, 12, 31), 10000), (date(2027, 1, 31), 10000), (date(2027, 2, 28), 11500), what="工资"),
    )


def support_of_a_mother() -> Draft:
    months = [date(2026, 12, 10), date(2027, 1, 10), date(2027, 2, 10)]
    return drafted(
        [
            claimant("刘桂英", birth_date=date(1948, 5, 1)),
            respondent("周大海", birth_date=date(1972, 3, 2)),
            respondent("周小燕", 3, birth_date=date(1975, 8, 9)),
        ],
        "刘桂英年老多病，周大海、周小燕系其子女。三人就赡养费和照料方式发生争议。",
        [
            "周大海自2026年12月起，每月10日前向刘桂英支付赡养费人民币800.00元（大写：捌佰元整）。",
            "刘桂英的医疗费凭票据扣除医保报销部分后，由周大海、周小燕各承担一半。",
            "周小燕负责刘桂英的日常照料，周大海每周看望刘桂英不少于一次。",
        ],
        "赡养费按月转账到刘桂英的银行账户，首三个月的安排见履行安排，以后照此执行。",
        in_parts(*((day, 800) for day in months), what="赡养费"),
    )


def boundary() -> Draft:
    return drafted(
        [claimant("马福贵"), respondent("马长顺")],
        "双方承包地相邻。2026年9月，马长顺翻耕时越过地界约三十厘米。经村民委员会现场丈量，双方对界址没有异议，就恢复地界发生争议。",
        [
            "双方以2026年11月18日现场丈量埋设的界桩为准，今后耕作不得越界。",
            "马长顺于2026年12月15日前清除越界种植的作物，恢复田埂。",
            "马长顺补偿马福贵青苗损失人民币600.00元（大写：陆佰元整），签订本协议时当场付清。",
        ],
        "恢复田埂于2026年12月15日前完成；款项当场付清，马福贵出具收条。",
        pays(600, means="现金", what="青苗损失补偿"),
        does("清除越界作物，恢复田埂", date(2026, 12, 15)),
    )


def traffic() -> Draft:
    return drafted(
        [claimant("孙丽娟"), respondent("吴志明")],
        "2026年8月16日17时许，吴志明驾驶小型轿车与孙丽娟骑行的电动自行车发生碰撞，致孙丽娟受伤、车辆损坏。"
        "公安交通管理部门认定吴志明负主要责任、孙丽娟负次要责任。保险公司已赔付医疗费18,600元，双方就误工费、车辆修理费的分担发生争议。",
        [
            "吴志明赔偿孙丽娟误工费5,200元、护理费1,800元、车辆修理费900元，共计人民币7,900.00元（大写：柒仟玖佰元整）。",
            "上述款项于2026年12月20日前以微信转账方式一次付清。",
            "孙丽娟收到款项后，双方就本次事故再无其他争议，孙丽娟对吴志明表示谅解。",
        ],
        "2026年12月20日前微信转账付清，以转账记录为凭证。",
        pays(7900, date(2026, 12, 20), means="微信转账", what="误工费、护理费、车辆修理费"),
    )


def medical() -> Draft:
    return drafted(
        [claimant("郑国华"), company("示例口腔诊所")],
        "郑国华于2026年6月3日在示例口腔诊所拔牙，因残根未取净，于2026年6月20日在其他医院再次手术，支出手术费3,260元。"
        "诊所对治疗经过没有异议，双方就退费和费用承担发生争议。",
        [
            "示例口腔诊所退还郑国华治疗费人民币1,200.00元（大写：壹仟贰佰元整）。",
            "示例口腔诊所赔偿郑国华再次手术费、交通费共计人民币3,500.00元（大写：叁仟伍佰元整）。",
            "双方对病历资料和本协议内容予以保密，依法应当提供的除外。",
        ],
        "两项款项共4,700元，于2026年12月5日前转账到郑国华提供的账户。",
        pays(1200, date(2026, 12, 5), what="治疗费"),
        pays(3500, date(2026, 12, 5), no=2, what="再次手术费、交通费"),
    )


def consumer() -> Draft:
    return drafted(
        [claimant("黄晓东"), company("示例电器商行")],
        "黄晓东于2026年11月1日在示例电器商行购买冰箱一台，价款2,999元，到货后不制冷，经两次维修仍不能正常使用，双方就退货退款发生争议。",
        [
            "示例电器商行为黄晓东办理退货，退还货款人民币2,999.00元（大写：贰仟玖佰玖拾玖元整），运费由商行承担。",
            "黄晓东于2026年11月30日前将冰箱交由商行取回，商行取货时不得拒收。",
        ],
        "货款于2026年12月3日前原路退回。",
        pays(2999, date(2026, 12, 3), means="原路退回", what="货款"),
        does("交还冰箱", date(2026, 11, 30), payer_no=1, payee_no=2),
    )


def property_management() -> Draft:
    return drafted(
        [company("示例物业服务有限公司", 1, side=Side.CLAIMANT), respondent("林芳")],
        "林芳因楼道照明长期损坏，自2025年7月1日至2026年10月31日未交纳物业费，共欠3,840元。示例物业服务有限公司认可照明维修不及时，双方就欠费数额发生争议。",
        [
            "示例物业服务有限公司同意将欠费减免百分之二十，林芳应交物业费人民币3,072.00元（大写：叁仟零柒拾贰元整）。",
            "林芳于2026年12月31日前到物业服务中心或者通过手机银行付清上述款项。",
            "示例物业服务有限公司于2026年12月15日前修好3单元楼道照明，并公示维修记录。",
        ],
        "物业费于2026年12月31日前付清，照明于2026年12月15日前修好。",
        pays(3072, date(2026, 12, 31), means="现金或者手机银行", what="物业费"),
        does("修好3单元楼道照明", date(2026, 12, 15), payer_no=1, payee_no=2),
    )


def noise() -> Draft:
    return drafted(
        [claimant("何静"), respondent("罗勇")],
        "何静与罗勇系同楼邻居。罗勇家孩子练习钢琴，声音影响何静休息，双方就练琴时间发生争议。",
        [
            "罗勇家练琴时间为每日16时至20时，中午12时至14时和晚上21时以后不练琴。",
            "罗勇于2026年12月31日前在琴房铺设隔音材料，费用由罗勇承担。",
            "双方今后遇到问题先当面沟通，也可以向社区居民委员会反映。",
        ],
        "隔音材料于2026年12月31日前铺设完毕，其余约定自本协议签订之日起执行。",
        does("在琴房铺设隔音材料", date(2026, 12, 31), no=1),
    )


def loan() -> Draft:
    return drafted(
        [claimant("徐文博"), respondent("高鹏")],
        "高鹏于2024年5月10日向徐文博借款5万元，出具借条，约定2025年5月10日归还。高鹏已归还2万元，双方对尚欠本金3万元没有异议，就还款期限和利息发生争议。",
        [
            "高鹏向徐文博归还借款本金人民币3万元（大写：叁万元整），分两期：2026年12月31日前归还15,000元；2027年6月30日前归还15,000元。",
            "自2026年12月1日起按年利率3.5%计算利息，利随本清；此前的利息徐文博自愿放弃。",
            "高鹏未按期归还的，徐文博可以向人民法院申请司法确认后申请强制执行，或者依法起诉。",
        ],
        "银行转账，2027年6月30日前还清。",
        in_parts((date(2026, 12, 31), 15000), (date(2027, 6, 30), 15000), what="借款本金"),
    )


def rent_deposit() -> Draft:
    return drafted(
        [claimant("谢娜"), respondent("唐伟")],
        "谢娜承租唐伟位于示例大街8号楼2单元302室的房屋，租期自2026年1月1日至2026年12月31日，押金3,500元。双方协商提前终止租赁，就押金和剩余租金发生争议。",
        [
            "租赁合同于2026年11月30日终止，谢娜于当日搬离并交还钥匙，水电费结清至搬离之日。",
            "唐伟退还谢娜押金人民币3,500.00元（大写：叁仟伍佰元整）和剩余租金人民币3,000.00元（大写：叁仟元整），"
            "合计人民币6,500.00元（大写：陆仟伍佰元整）。",
            "双方交接时共同查看房屋及其他设施，确认无损坏。",
        ],
        "谢娜交还钥匙后三日内，最迟于2026年12月3日前，唐伟以支付宝转账付清。",
        pays(6500, date(2026, 12, 3), means="支付宝转账", what="押金和剩余租金"),
        does("搬离并交还钥匙", date(2026, 11, 30), payer_no=1, payee_no=2),
    )


def earnest_money() -> Draft:
    return drafted(
        [claimant("梁军"), company("试用家具城")],
        "梁军于2026年9月5日在试用家具城订购家具，总价28,000元，交付定金5,000元。试用家具城未能按期交货，双方就定金的返还发生争议。",
        [
            "双方解除订购合同，试用家具城依照民法典第587条双倍返还定金，共计人民币1万元（大写：壹万元整）。",
            "试用家具城于2026年12月8日前将上述款项转入梁军账户。",
        ],
        "2026年12月8日前转账付清。",
        pays(10000, date(2026, 12, 8), what="双倍定金"),
    )


def child_support() -> Draft:
    return drafted(
        [claimant("宋雅琴"), respondent("蒋涛")],
        "宋雅琴与蒋涛于2025年3月经人民法院判决离婚，婚生女蒋小雨随宋雅琴生活。双方就抚养费数额和探望时间发生争议。",
        [
            "蒋涛自2026年12月起，每月15日前向宋雅琴支付女儿蒋小雨的抚养费人民币1,500.00元（大写：壹仟伍佰元整），至蒋小雨年满十八周岁止。",
            "蒋涛每月第一、第三个周末可以探望女儿，宋雅琴应当协助。",
            "2026年6月至11月拖欠的抚养费人民币9,000.00元（大写：玖仟元整），蒋涛于2026年12月31日前一次付清。",
        ],
        "抚养费以银行转账支付；拖欠部分于2026年12月31日前付清。",
        pays(9000, date(2026, 12, 31), what="2026年6月至11月的抚养费"),
    )


def spouse_support() -> Draft:
    return drafted(
        [claimant("韩梅"), respondent("冯刚")],
        "韩梅与冯刚系夫妻。韩梅因病丧失劳动能力，冯刚外出务工未负担生活费，双方就扶养费发生争议。",
        [
            "冯刚自2026年12月起，每月5日前向韩梅支付扶养费人民币1,000.00元（大写：壹仟元整）。",
            "韩梅的住院费用凭票据由冯刚承担，冯刚每月至少回家一次。",
        ],
        "扶养费每月5日前转账支付，前两个月的款项见履行安排。",
        in_parts((date(2026, 12, 5), 1000), (date(2027, 1, 5), 1000), what="扶养费"),
    )


def injury_of_a_child() -> Draft:
    guardian = Agent(kind=AgentKind.STATUTORY, name="董平", relation="父")
    return drafted(
        [
            claimant("董小乐", birth_date=date(2016, 4, 1), agents=[guardian]),
            respondent("程立新"),
        ],
        "2026年10月6日15时许，董小乐在程立新家院内玩耍时被未放稳的梯子砸伤左脚，支出医疗费2,380元。董小乐的父亲董平与程立新就费用的分担发生争议。",
        [
            "程立新承担董小乐医疗费、护理费、营养费合计人民币3,600.00元（大写：叁仟陆佰元整），当场以现金付给董平。",
            "董平今后加强对董小乐的看护，程立新将院内工具收放妥当。",
        ],
        "签订本协议时当场付清，由董平出具收条。",
        pays(3600, means="现金", what="医疗费、护理费、营养费"),
    )


def fight() -> Draft:
    return drafted(
        [claimant("曹阳"), respondent("邓超"), respondent("彭飞", 3)],
        "2026年11月8日晚，曹阳与邓超、彭飞在示例广场因停车发生口角，邓超、彭飞推搡致曹阳倒地受伤。公安机关已对邓超、彭飞作出行政处罚。三方就医疗费、误工费发生争议。",
        [
            "邓超赔偿曹阳人民币2,400.00元（大写：贰仟肆佰元整），彭飞赔偿曹阳人民币1,600.00元（大写：壹仟陆佰元整）。",
            "邓超、彭飞当面向曹阳赔礼道歉，曹阳表示接受并予以谅解。",
            "三方今后和睦相处，不再因此事发生纠纷。",
        ],
        "邓超、彭飞分别于2026年12月10日前、2026年12月15日前以现金付清。",
        pays(2400, date(2026, 12, 10), means="现金", what="医疗费、误工费"),
        pays(1600, date(2026, 12, 15), no=2, payer_no=3, means="现金", what="医疗费、误工费"),
    )


def foreign_names() -> Draft:
    return drafted(
        [claimant("买买提江·吐尔逊"), respondent("约翰·史密斯")],
        "约翰·史密斯租用买买提江·吐尔逊的门面经营咖啡店，拖欠2026年9月至11月租金，双方对数额没有异议，就支付期限发生争议。",
        [
            "约翰·史密斯于2026年12月18日前向买买提江·吐尔逊付清租金人民币2.4万元（大写：贰万肆仟元整）。",
            "租赁合同继续履行，以后的租金仍按月支付。",
        ],
        "2026年12月18日前转账付清。",
        pays(24000, date(2026, 12, 18), what="2026年9月至11月租金"),
    )


def inheritance() -> Draft:
    return drafted(
        [claimant("沈玉梅"), respondent("沈玉刚"), respondent("沈玉强", 3)],
        "三人系兄妹，父亲沈德福于2026年2月去世，遗有存款12万元，由沈玉刚保管。三人对均分没有异议，就交付时间发生争议。",
        [
            "存款12万元由三人均分，沈玉刚向沈玉梅支付人民币4万元（大写：肆万元整），向沈玉强支付人民币4万元（大写：肆万元整）。",
            "老屋暂由三人共同使用，不影响各自的权利。",
        ],
        "沈玉刚于2026年12月28日前分别转账到二人账户。",
        pays(40000, date(2026, 12, 28), what="存款份额"),
        pays(40000, date(2026, 12, 28), no=2, payee_no=3, what="存款份额"),
    )


def partnership() -> Draft:
    return drafted(
        [claimant("叶青"), respondent("石磊")],
        "双方于2025年合伙经营洗车店，现一致同意散伙，经共同核对账目，就出资返还和设备归属发生争议。",
        [
            "洗车设备归石磊所有，店面剩余租期由石磊承接。",
            "石磊返还叶青出资人民币36,000.00元（大写：叁万陆仟元整），于2027年1月15日前付清。",
            "散伙前的债务双方已结清，如有遗漏，由双方各承担一半。",
        ],
        "银行转账，2027年1月15日前付清。",
        pays(36000, date(2027, 1, 15), what="合伙出资"),
    )


def dog_bite() -> Draft:
    return drafted(
        [claimant("白雪"), respondent("龙海")],
        "2026年11月2日，龙海饲养的犬只未拴绳，致白雪小腿受伤，已注射疫苗，支出费用1,460.50元。双方就赔偿数额发生争议。",
        [
            "龙海赔偿白雪疫苗费、医疗费人民币1,460.50元（大写：壹仟肆佰陆拾元伍角整），另付交通费人民币100.00元"
            "（大写：壹佰元整）。",
            "龙海携犬出户时必须拴绳，不得让犬只单独外出。",
        ],
        "签订本协议时当场以现金付清，合计1,560.50元。",
        pays(1560.5, means="现金", what="疫苗费、医疗费、交通费"),
    )


def courtyard_house() -> Draft:
    return drafted(
        [claimant("方圆"), respondent("石小满"), respondent("任远", 3), respondent("柳青青", 4)],
        "四人共用示例胡同5号院的下水管道，管道老化堵塞，四人就更换费用的分担发生争议。经询价，更换管道需要8,000元。",
        [
            "管道更换由方圆联系施工，总费用8,000元，四人平均分担，每人2,000元。",
            "石小满、任远、柳青青于2026年12月1日前将各自应分担的款项交给方圆。",
            "方圆于2026年12月20日前组织更换完毕，施工期间四人互相给予方便。",
        ],
        "款项以现金或者微信支付，更换完毕后方圆公布费用清单。",
        pays(2000, date(2026, 12, 1), means="微信转账", what="管道费用"),
        pays(2000, date(2026, 12, 1), no=2, payer_no=3, means="现金", what="管道费用"),
        pays(2000, date(2026, 12, 1), no=3, payer_no=4, means="微信转账", what="管道费用"),
        does("组织更换管道", date(2026, 12, 20), no=4, payer_no=1, payee_no=None),
    )


def prepaid_card() -> Draft:
    return drafted(
        [claimant("夏天"), company("练习健身中心")],
        "夏天于2026年3月在练习健身中心办理年卡，交费3,680元，使用五个月后该中心停业。双方确认余额为2,146.67元，就退款期限发生争议。",
        [
            "练习健身中心退还夏天会员卡余额人民币2,146.67元（大写：贰仟壹佰肆拾陆元陆角柒分）。",
            "上述款项分2期支付，第1期于2026年12月15日前支付1,000元，第2期于2027年1月15日前支付1,146.67元。",
        ],
        "分两期转账，2027年1月15日前付清；逾期的，按未付金额每日万分之五支付违约金。",
        in_parts((date(2026, 12, 15), 1000), (date(2027, 1, 15), 1146.67), what="会员卡余额"),
    )


def tree() -> Draft:
    return drafted(
        [claimant("江山"), respondent("江水生")],
        "江水生院内的杨树枝条伸入江山家屋顶，落叶堵塞天沟。江山多次要求修剪，双方就修剪和清理发生争议。",
        [
            "江水生于2026年12月6日（星期日）前修剪伸入江山家屋顶的枝条，以后每年修剪一次。",
            "天沟由江山自行清理，江水生负担清理费人民币200.00元（大写：贰佰元整），当场付清。",
        ],
        "修剪于2026年12月6日前完成，清理费现场付清。",
        pays(200, means="现金", what="清理费"),
        does("修剪枝条", date(2026, 12, 6)),
    )


def renovation() -> Draft:
    return drafted(
        [claimant("段誉新"), company("练习装饰工程有限公司")],
        "2026年4月2日，双方签订装修合同，总价86,000元，已付70,000元。完工后发现墙面开裂、瓷砖空鼓。双方就返修和尾款发生争议。",
        [
            "练习装饰工程有限公司于2026年12月25日前完成下列返修：（一）重做客厅墙面；（二）更换空鼓的瓷砖；（三）调整入户门。",
            "返修验收合格后三日内，段誉新支付尾款人民币12,000.00元（大写：壹万贰仟元整），其余尾款不再支付。",
            "验收由双方在人民调解委员会见证下进行。违反本协议第一条约定、逾期十日仍未完成返修的，段誉新可以另行委托他人，费用从尾款中扣除。",
        ],
        "返修于2026年12月25日前完成，尾款于2026年12月30日前转账付清。",
        pays(12000, date(2026, 12, 30), payer_no=1, payee_no=2, what="装修尾款"),
        does("完成返修", date(2026, 12, 25)),
    )


def labour_compensation() -> Draft:
    return drafted(
        [claimant("苗雨"), company("样例美容店")],
        "苗雨自2023年6月1日至2026年10月31日在样例美容店工作，月工资5,600元。双方于2026年11月协商一致解除劳动合同，就经济补偿的数额发生争议。",
        [
            "双方确认劳动合同于2026年10月31日解除，样例美容店向苗雨支付经济补偿人民币19,600.00元（大写：壹万玖仟陆佰元整）。",
            "样例美容店于2026年12月10日前为苗雨出具解除劳动合同证明，并办理社会保险关系转移手续。",
            "样例美容店法定代表人钱多签署本协议。",
        ],
        "经济补偿于2026年12月31日前付清，支付到苗雨的工资账户。",
        pays(19600, date(2026, 12, 31), what="经济补偿"),
        does("出具解除劳动合同证明", date(2026, 12, 10)),
    )


def water_channel() -> Draft:
    return drafted(
        [claimant("石有田"), respondent("金满仓")],
        "灌溉期间，金满仓堵截公用水渠，致石有田秧苗受旱减产。双方就用水顺序和损失发生争议。",
        [
            "灌溉期双方按单双日轮流放水，石有田为单日，金满仓为双日，不得擅自堵渠。",
            "金满仓赔偿石有田秧苗损失人民币1,350元（大写：人民币壹仟叁佰伍拾元整）。",
        ],
        "赔偿款于2026年12月31日前以现金付清，石有田出具收条。",
        pays(1350, date(2026, 12, 31), means="现金", what="秧苗损失"),
    )


def pledge_returned() -> Draft:
    return drafted(
        [claimant("安然"), respondent("祝贺年")],
        "祝贺年于2026年7月1日向安然借款8,000元，将摄影器材一套质押给安然并交其保管。借款到期后双方就还款和返还器材发生争议。",
        [
            "祝贺年于2026年12月12日前归还安然借款8,000元（大写捌仟元整）。",
            "安然收到款项当日返还摄影器材，双方当面清点，确认品名、数量和状况。",
            "双方对借款利息互不主张。",
        ],
        "现金付清，同时返还器材。",
        pays(8000, date(2026, 12, 12), means="现金", what="借款"),
        does("返还摄影器材", date(2026, 12, 12), payer_no=1, payee_no=2),
    )


def group_wages() -> Draft:
    workers = [claimant("鲁大山"), claimant("向前进", 3), claimant("古月明", 4)]
    return drafted(
        [workers[0], company("试用市政工程队"), *workers[1:]],
        "鲁大山、向前进、古月明三人在试用市政工程队承建的工地铺设管道。重新丈量后双方对工程量没有异议，就工资支付期限发生争议。",
        [
            "试用市政工程队向鲁大山支付工资12,000元、向前进支付工资11,000元、古月明支付工资9,500元，合计人民币32,500.00元"
            "（大写：叁万贰仟伍佰元整）。",
            "上述工资于2027年1月20日前足额支付到三人本人账户，不得以其他方式代替。",
        ],
        "银行转账，2027年1月20日前付清。本协议一式五份。",
        pays(12000, date(2027, 1, 20), what="工资"),
        pays(11000, date(2027, 1, 20), no=2, payee_no=3, what="工资"),
        pays(9500, date(2027, 1, 20), no=3, payee_no=4, what="工资"),
    )


def bank_account() -> Draft:
    return drafted(
        [claimant("龚雪"), respondent("史有为")],
        "史有为经营的烧烤店油烟影响龚雪家生活，双方就治理措施和损失发生争议。",
        [
            "史有为于2026年12月18日前加装油烟净化设备，22时以后不在室外经营。",
            "史有为一次性支付龚雪清洗费二千元，转入户名为龚雪、账号为6222000000000000004的银行账户。",
        ],
        "二〇二六年十二月十八日前付清。",
        pays(2000, date(2026, 12, 18), what="清洗费"),
        does("加装油烟净化设备", date(2026, 12, 18)),
    )


def court_case_withdrawn() -> Draft:
    return drafted(
        [claimant("尹红"), respondent("贾宝才")],
        "尹红就买卖合同纠纷向人民法院起诉，法院立案前委派人民调解委员会调解。贾宝才承认尚欠货款45,600元，双方就付款期限发生争议。",
        [
            "贾宝才支付尹红货款人民币45,600.00元（大写：肆万伍仟陆佰元整），于签订本协议之日起三十日内，即2026年12月23日前付清。",
            "贾宝才未按期付清的，应自2026年12月24日起以未付金额为基数，按同期一年期贷款市场报价利率（LPR）的1.5倍支付逾期付款损失。",
            "双方同意共同向人民法院申请司法确认本协议。",
        ],
        "银行转账，2026年12月23日前付清。",
        pays(45600, date(2026, 12, 23), what="货款"),
        confirmation_wanted=True,
        extra_holders=["区人民法院"],
    )


def sides_defined() -> Draft:
    return drafted(
        [claimant("薛平"), respondent("雷鸣")],
        "薛平（以下简称甲方）与雷鸣（以下简称乙方）系合租人，就公共区域的打扫和水电费分摊发生争议。",
        [
            "甲方、乙方按周轮流打扫公共区域，水电费平均分摊。",
            "乙方补交2026年8月至10月水电费人民币286.30元（大写：贰佰捌拾陆元叁角整），当场付清。",
        ],
        "当场以现金付清。",
        pays(286.3, means="现金", what="水电费"),
    )


RIGHT: tuple[Callable[[], Draft], ...] = (
    leak,
    wages,
    support_of_a_mother,
    boundary,
    traffic,
    medical,
    consumer,
    property_management,
    noise,
    loan,
    rent_deposit,
    earnest_money,
    child_support,
    spouse_support,
    injury_of_a_child,
    fight,
    foreign_names,
    inheritance,
    partnership,
    dog_bite,
    courtyard_house,
    prepaid_card,
    tree,
    renovation,
    labour_compensation,
    water_channel,
    pledge_returned,
    group_wages,
    bank_account,
    court_case_withdrawn,
    sides_defined,
)
