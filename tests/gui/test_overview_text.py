"""概况 tells every fact with its day and who recorded it; what was replaced, voided or ended stays to be read."""

import pytest

from mediation_desk.domain.case import Answer, ChosenBy, OutcomeKind
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.overview_text import OverviewText
from mediation_desk.services.afterwards import close_case, reopen
from mediation_desk.services.assignment import Choice, assign, record_recusal, relieve
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import decline, hand_over, triage, void_number
from tests.desk import Desk as Clerk

RECORDED = "（王窗口 2026-11-23 9:30登记）"


class Told:
    """Tells a case as it is at the moment."""

    def __init__(self, clerk: Clerk, rules: Rules) -> None:
        self._clerk, self._rules = clerk, rules

    def __call__(self, case_id: int) -> OverviewText:
        with self._clerk.database.reading() as records:
            mediators = records.mediators.some([1, 2, 3])
            return OverviewText(records.cases.get(case_id), records.centre.get(), self._rules, mediators)


@pytest.fixture
def told(clerk: Clerk, rules: Rules) -> Told:
    return Told(clerk, rules)


def test_a_bare_registration_says_what_is_not_filled_in(clerk: Clerk, told: Told) -> None:
    text = told(clerk.registered())
    assert (text.kind(), text.source(), text.scale(), text.safety()) == ("未填写", "未填写", "未填写", "没有标记")
    assert text.days() == "申请：2026-11-23　登记：2026-11-23 9:30（首问：王窗口）"
    assert text.triage() == "还没有分流。"
    assert text.decision() == "还没有作出决定。"
    assert text.mediators() == "还没有指派调解员。"
    assert text.outcome() == "还没有登记调解结果。"
    assert text.closing() == "还没有结案。"


def test_a_full_registration_is_told_in_words(clerk: Clerk, told: Told) -> None:
    facts: dict[str, object] = {
        "dispute_kind": "1001", "event_category": "0203", "case_source": "referral_police", "channel": "phone",
        "source_document": "公字1号", "people_involved": 5, "claimed_fen": 120_000, "occurred_at": "甲小区",
        "safety_flags": ("violence", "minor"), "safety_note": "已报告",
    }  # fmt: skip
    text = told(clerk.registered(**facts))
    assert text.kind() == "劳动争议纠纷·拖欠农民工工资纠纷　事件类别：邻里纠纷·相邻污染损害防止"
    assert text.source() == "公安机关委托移送　公字1号　来电"
    assert text.scale() == "5人　1,200.00元"
    assert text.safety() == "暴力倾向、涉未成年人受侵害或者面临危险　已报告"
    assert text.days().endswith("发生：甲小区")


def test_every_attempt_to_ask_a_party_stays_to_be_read(clerk: Clerk, told: Told) -> None:
    case_id = clerk.registered()
    clerk.do(ask_willingness, case_id, [2], Answer.UNDECIDED, asked_at=clerk.now, channel="phone", remark="无人接听")
    clerk.do(ask_willingness, case_id, [2], Answer.AGREES, asked_at=clerk.now)
    assert told(case_id).willingness().split("\n") == [
        "张三（申请方）：未表态",
        "李四（被申请方）：同意",
        f"　　2026-11-23 9:30　来电　未表态　无人接听{RECORDED}",
        f"　　2026-11-23 9:30　同意{RECORDED}",
    ]


def test_the_way_is_told_with_its_article(clerk: Clerk, told: Told) -> None:
    case_id = clerk.registered()
    clerk.do(triage, case_id, path="P2", reason="劳动关系存续")
    assert told(case_id).triage() == f"2026-11-23　仲裁（仲裁程序，信访工作条例第31条第2项）　劳动关系存续{RECORDED}"
    clerk.do(triage, case_id, path="P1", reason="仲裁期限已过")
    assert told(case_id).triage().splitlines() == [
        f"2026-11-23　诉讼等法律程序（诉讼程序，信访工作条例第31条第1项）　仲裁期限已过{RECORDED}",
        f"　　以前：2026-11-23　仲裁（仲裁程序，信访工作条例第31条第2项）　劳动关系存续{RECORDED}",
    ]


def test_all_decisions_are_told(clerk: Clerk, told: Told) -> None:
    case_id = clerk.registered()
    clerk.do(decline, case_id, reason_code="not_civil", reason="单位内部")
    clerk.do(hand_over, case_id, handed_to="区住建委")
    assert told(case_id).decision().split("\n") == [
        f"2026-11-23　不予受理　不属于民间纠纷　单位内部{RECORDED}",
        f"2026-11-23　转办　转给区住建委{RECORDED}",
    ]


def test_a_voided_number_is_told_with_its_reason(clerk: Clerk, told: Told) -> None:
    case_id = clerk.accepted()
    clerk.do(void_number, case_id, reason="年份有误")
    assert told(case_id).decision().split("\n") == [
        f"2026-11-23　受理　东城街道人民调解委员会{RECORDED}",
        "案件编号：（2026）东人调字第1号　2026-11-23编号　已作废（2026-11-23 9:30）：年份有误",
        "案件编号：（2026）东人调字第2号　2026-11-23编号",
    ]


def test_who_was_responsible_stays_to_be_read(clerk: Clerk, told: Told) -> None:
    case_id = clerk.assigned()
    clerk.do(relieve, case_id, 1, reason="外出")
    choice = Choice(
        mediator_id=3, title="petition_mediation", chosen_by=ChosenBy.PARTIES, chosen_by_nos=(1, 2),
        kinship=RecusalAnswer.NO, same_employer=RecusalAnswer.YES, earlier_role=RecusalAnswer.NO,
        despite_reason="双方知情",
    )  # fmt: skip
    clerk.do(assign, case_id, choice)
    first, second = told(case_id).mediators().split("\n")
    assert first.startswith("钱律师　主持调解　2026-11-23起　委员会指定　与当事人关系未核实　")
    assert "2026-11-23结束：外出" in first
    assert second == "　".join(
        [
            "周干部",
            "主持调解（信访调解）",
            "2026-11-23起",
            "张三、李四选择",
            "与当事人在同一单位或者为其雇员；与当事人关系未核实：与纠纷有利害关系吗、与当事人有其他关系吗",
            f"继续的理由：双方知情{RECORDED}",
        ]
    )


def test_no_bias_is_told_in_one_word(clerk: Clerk, told: Told) -> None:
    case_id, no = clerk.accepted(), RecusalAnswer.NO
    clerk.do(assign, case_id, Choice(mediator_id=1, kinship=no, same_employer=no, earlier_role=no))
    assert "未核实：与纠纷有利害关系吗、与当事人有其他关系吗（" in told(case_id).mediators()
    for code in ("interest", "other_relation"):
        clerk.do(record_recusal, case_id, 1, code, no)
    assert "　无利害关系（" in told(case_id).mediators()


def test_what_came_after_the_end_is_marked_late(clerk: Clerk, told: Told) -> None:
    case_id = clerk.in_mediation()
    clerk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect", reason="差距太大")
    clerk.do(close_case, case_id, despite_reason="当事人要求")
    clerk.now = clerk.now.replace(hour=10)
    clerk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    text = told(case_id)
    assert text.outcome() == f"2026-11-23　调解不成　经调解认为没有达成协议的可能　差距太大{RECORDED}"
    assert text.closing() == f"2026-11-23结案　结案时缺：当事人身份证明　理由：当事人要求{RECORDED}"
    assert text.willingness().endswith("2026-11-23 10:30　拒绝（补记，王窗口 2026-11-23 10:30登记）")


def test_what_the_parties_wish_of_the_mediator_is_told(clerk: Clerk, told: Told) -> None:
    wished = told(clerk.accepted(mediator_gender_wish="2", has_interpreter=True)).mediators()
    assert wished == "当事人希望调解员为女性　有人翻译\n还没有指派调解员。"


def test_every_end_and_every_new_beginning_is_told(clerk: Clerk, told: Told) -> None:
    case_id = clerk.closed()
    clerk.do(reopen, case_id, reason="又漏水")
    first = f"2026-11-23结案　结案时缺：{'、'.join(clerk.case(case_id).closings[0].missing_papers)}"
    first += f"　理由：当事人要求先行结案。{RECORDED}\n2026-11-23重新办理　理由：又漏水{RECORDED}"
    assert told(case_id).closing() == first
    clerk.do(close_case, case_id, despite_reason="已修好")
    assert told(case_id).closing().startswith(f"{first}\n2026-11-23结案　")
