"""Recording what was not kept of an agreement, what was done about it, and the suit that followed."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.aftermath import Breach, Lawsuit
from mediation_desk.domain.breach import breach_mark
from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services.afterwards import record_performance
from mediation_desk.services.breach import record_breach, record_lawsuit, record_lawsuit_result, record_measures
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk
from tests.related import merge

COURT = "示例区人民法院"


def break_it(desk: Desk, case_id: int, **facts: Any) -> Breach:
    said: dict[str, Any] = {"obligation_no": 1, "found_on": desk.now.date(), "situation": " 第一期没有付 "}
    desk.do(record_breach, case_id, 1, **said | facts)
    return desk.case(case_id).breaches[-1]


def sue(desk: Desk, case_id: int, **facts: Any) -> Lawsuit:
    said: dict[str, Any] = {"filed_on": desk.now.date(), "plaintiff_no": 1, "court": f" {COURT} "}
    desk.do(record_lawsuit, case_id, 1, **said | facts)
    return desk.case(case_id).lawsuits[-1]


def told(desk: Desk, case_id: int) -> tuple[EventKind, str]:
    last = desk.case(case_id).events[-1]
    return last.kind, last.text


def test_a_breach_is_kept_and_told_with_what_was_broken(desk: Desk) -> None:
    case_id = desk.performing()
    found = break_it(desk, case_id)
    assert (found.agreement_no, found.obligation_no, found.found_on, found.situation, found.measures) == (
        1,
        1,
        TODAY,
        "第一期没有付",
        "",
    )
    assert (found.by_id, found.recorded_at) == (desk.act.by_id, NOW)
    number = desk.agreement(case_id).number
    assert told(desk, case_id) == (EventKind.BREACH, f"{number} 第1项 李四 → 张三 第一期没有付")


def test_what_was_done_about_it_is_kept_day_by_day(desk: Desk) -> None:
    case_id = desk.performing()
    break_it(desk, case_id, measures="当场电话督促")
    desk.now += timedelta(days=2)
    desk.do(record_measures, case_id, 1, taken_on=TOMORROW, measures=" 约谈李四，答应月底付 ")
    assert desk.case(case_id).breaches[0].measures == "当场电话督促\n2026-11-24　约谈李四，答应月底付"
    assert told(desk, case_id) == (EventKind.BREACH, "第1项 李四 → 张三 处理：约谈李四，答应月底付")
    with desk.refuses("请写明怎样处理的", "measures"):
        desk.do(record_measures, case_id, 1, taken_on=TOMORROW, measures=" ")
    for no in (0, 2):
        with pytest.raises(NotFound, match="找不到这次不履行的登记"):
            desk.do(record_measures, case_id, no, taken_on=TOMORROW, measures="督促")


def test_an_agreement_made_orally_is_broken_and_sued_about_too(desk: Desk) -> None:
    case_id = desk.performing_orally()
    assert break_it(desk, case_id, obligation_no=None).obligation_no is None
    assert sue(desk, case_id, plaintiff_no=2).plaintiff_no == 2


@pytest.mark.parametrize(
    ("facts", "sentence", "place"),
    [
        ({"obligation_no": 7}, "协议里没有这一项", "broken"),
        ({"found_on": YESTERDAY}, "发现日期早于协议生效日（2026-11-23）", "found_on"),
        ({"found_on": TOMORROW}, "发现日期不能晚于今天。", "found_on"),
        ({"situation": " "}, "请写明怎样不履行。", "situation"),
    ],
)
def test_what_a_breach_is_refused_for(desk: Desk, facts: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.performing()
    with desk.refuses(sentence, place):
        break_it(desk, case_id, **facts)


def test_the_way_from_a_breach_to_a_judgment(desk: Desk) -> None:
    case_id = desk.performing()
    break_it(desk, case_id)
    assert breach_mark(desk.case(case_id)) == "违约未处理"
    desk.now += timedelta(days=30)
    filed = sue(desk, case_id, claim="请求给付1,000元")
    assert (filed.filed_on, filed.plaintiff_no, filed.court, filed.claim) == (
        desk.now.date(),
        1,
        COURT,
        "请求给付1,000元",
    )
    number = desk.agreement(case_id).number
    assert told(desk, case_id) == (EventKind.LAWSUIT, f"{number} 张三向{COURT}起诉：请求给付1,000元")
    assert breach_mark(desk.case(case_id)) == "诉讼中"
    desk.now += timedelta(days=60)
    desk.do(record_lawsuit_result, case_id, 1, "upheld", result_on=desk.now.date(), result=" 十日内付清 ")
    [ended] = desk.case(case_id).lawsuits
    assert (ended.result_code, ended.result_on, ended.result) == ("upheld", desk.now.date(), "十日内付清")
    assert told(desk, case_id) == (EventKind.LAWSUIT, f"{COURT} 判决维持 十日内付清")
    assert breach_mark(desk.case(case_id)) == ""
    assert desk.case(case_id).stage == "performing"


@pytest.mark.parametrize(
    ("facts", "sentence", "place"),
    [
        ({"plaintiff_no": None}, "请选择哪一方当事人起诉。", "plaintiff"),
        ({"filed_on": YESTERDAY}, "起诉日期早于协议生效日（2026-11-23）", "filed_on"),
        ({"filed_on": TOMORROW}, "起诉日期不能晚于今天。", "filed_on"),
        ({"court": " "}, "请写明是哪个人民法院。", "court"),
    ],
)
def test_what_a_suit_is_refused_for(desk: Desk, facts: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.performing()
    with desk.refuses(sentence, place):
        sue(desk, case_id, **facts)


def test_a_result_is_recorded_once(desk: Desk) -> None:
    case_id = desk.performing()
    with pytest.raises(NotFound, match="找不到这起诉讼"):
        desk.do(record_lawsuit_result, case_id, 1, "upheld", result_on=TODAY)
    sue(desk, case_id)
    with desk.refuses("请选择诉讼结果。", "lawsuit_result_code"):
        desk.do(record_lawsuit_result, case_id, 1, "sued", result_on=TODAY)
    with desk.refuses("请写明是怎样结案的", "lawsuit_result"):
        desk.do(record_lawsuit_result, case_id, 1, "ended_otherwise", result_on=TODAY)
    desk.do(record_lawsuit_result, case_id, 1, "ended_otherwise", result_on=TODAY, result="撤诉")
    with desk.refuses("这起诉讼的结果已登记为2026-11-23“以其他方式结案”，不能再改。"):
        desk.do(record_lawsuit_result, case_id, 1, "upheld", result_on=TODAY)
    sue(desk, case_id, plaintiff_no=2)
    desk.do(record_lawsuit_result, case_id, 2, "void", result_on=TODAY)
    assert [each.result_code for each in desk.case(case_id).lawsuits] == ["ended_otherwise", "void"]


def test_nothing_is_recorded_of_an_agreement_that_does_not_bind_or_is_not_there(desk: Desk) -> None:
    frozen = desk.frozen()
    with desk.refuses("协议还没有生效，不能登记不履行；签名盖章齐全之日起生效。"):
        break_it(desk, frozen)
    with desk.refuses("协议还没有生效，不能登记起诉；签名盖章齐全之日起生效。"):
        sue(desk, frozen)
    with pytest.raises(NotFound):
        break_it(desk, desk.accepted())


def test_what_comes_after_the_end_of_the_case_is_recorded_too(desk: Desk) -> None:
    closed = desk.closed()
    break_it(desk, closed)
    sue(desk, closed)
    case = desk.case(closed)
    assert (len(case.breaches), len(case.lawsuits), case.stage) == (1, 1, "closed")


def test_a_case_that_was_merged_into_another_is_refused(desk: Desk) -> None:
    first, second = desk.performing(), desk.performing()
    break_it(desk, second)
    sue(desk, second)
    merge(desk, second, first)
    sentence = "案件已并入另一个案件，没有记录。请到那个案件里办理；并错了的，先撤回并入。"
    with desk.refuses(sentence):
        break_it(desk, second)
    with desk.refuses(sentence):
        desk.do(record_measures, second, 1, taken_on=TODAY, measures="督促")
    with desk.refuses(sentence):
        sue(desk, second)
    with desk.refuses(sentence):
        desk.do(record_lawsuit_result, second, 1, "upheld", result_on=TODAY)
    assert len(desk.case(second).breaches) == len(desk.case(second).lawsuits) == 1


def test_who_pays_after_all_ends_the_breach(desk: Desk) -> None:
    case_id = desk.performing()
    break_it(desk, case_id)
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    assert breach_mark(desk.case(case_id)) == ""
