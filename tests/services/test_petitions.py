"""A petition item: registered, corrected, taken to mediation and back."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, EventKind, OutcomeKind
from mediation_desk.domain.errors import ChangedMeanwhile, RuleBroken
from mediation_desk.domain.petition import PetitionStepKind as Step
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.petitions import (
    PetitionItem,
    correct_petition,
    item_of,
    record_petition,
    record_petition_step,
    withdraw_petition,
)
from mediation_desk.services.triage import accept, decline
from mediation_desk.store.sight import Sight
from tests.desk import APPOINTED, NOW, TODAY, TOMORROW, YESTERDAY, Desk


def item(**facts: Any) -> PetitionItem:
    said: dict[str, Any] = {"kind": "redress_claim", "received_on": TODAY, "number": "XF2026001"}
    return PetitionItem(**said | facts)


def step(desk: Desk, case_id: int, *kinds: Step, **said: Any) -> None:
    for kind in kinds:
        desk.do(record_petition_step, case_id, kind, **said)


def a_petition(desk: Desk, case_id: int, *kinds: Step, **facts: Any) -> int:
    desk.do(record_petition, case_id, item(**facts))
    step(desk, case_id, *kinds)
    return case_id


# --- registering


def test_an_item_is_kept_under_its_own_number(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(record_petition, case_id, item(number=" ＸＦ 2026-００1 ", domain="04", received_on=YESTERDAY))
    case = desk.case(case_id)
    assert case.petition is not None
    assert item_of(case.petition) == item(number="XF2026-001", domain="04", received_on=YESTERDAY)
    assert (case.petition.by_id, case.petition.recorded_at, case.petition.steps) == (1, NOW, [])
    last = case.events[-1]
    assert (last.kind, last.happened_on, last.text) == (
        EventKind.PETITION,
        YESTERDAY,
        "登记申诉求决类信访事项 XF2026-001",
    )


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"kind": ""}, "请选择信访事项的种类。", "petition_kind"),
        ({"domain": "X"}, "请选择内容分类。", "petition_domain"),
        ({"received_on": TOMORROW}, "收到日期不能晚于今天。", "received_on"),
        ({"kind": "accusation", "accused_unit": " "}, "请填写被检举、控告的单位", "accused_unit"),
    ],
)
def test_what_registering_an_item_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.registered()
    with desk.refuses(sentence, place):
        desk.do(record_petition, case_id, item(**said))


def test_only_an_accusation_keeps_whom_it_is_about_and_the_timeline_does_not(desk: Desk) -> None:
    accusation = a_petition(desk, desk.registered(), kind="accusation", accused_unit=" 示例所 ")
    claim = a_petition(desk, desk.registered(), accused_unit="示例所", number="")
    kept = [petition.accused_unit for each in (accusation, claim) if (petition := desk.case(each).petition)]
    assert kept == ["示例所", ""]
    assert "示例所" not in desk.case(accusation).events[-1].text


def test_a_case_is_one_item(desk: Desk) -> None:
    case_id = a_petition(desk, desk.registered())
    with desk.refuses("这个案件已登记信访事项；有误的请更正。"):
        desk.do(record_petition, case_id, item(number="XF2"))


def test_a_number_that_another_case_has_names_that_case(desk: Desk) -> None:
    a_petition(desk, desk.accepted())
    case_id = desk.registered()
    other = "信访编号“XF2026001”已登记在另一个案件：张三与李四 （2026）示人调字第1号。"
    with desk.refuses(other, "petition_number"):
        desk.do(record_petition, case_id, item(number="XF 2026001"))
    a_petition(desk, case_id, number="XF2026002")
    with desk.refuses(other, "petition_number"):
        desk.do(correct_petition, case_id, item(number="XF2026002"), item())


def test_items_without_a_number_are_no_twins(desk: Desk) -> None:
    for case_id in (desk.registered(), desk.registered()):
        a_petition(desk, case_id, number="")


def test_a_case_out_of_sight_is_not_named(desk: Desk) -> None:
    hidden = a_petition(desk, desk.accepted())
    own = desk.assigned()
    with desk.database.writing(sight=Sight(APPOINTED)) as records:
        records.cases.get(own)
        with pytest.raises(RuleBroken, match="已登记在另一个案件：您无权查看的案件。"):
            record_petition(records, desk.act, own, item())
    assert hidden != own


# --- correcting and taking back


def test_a_correction_says_what_it_changed(desk: Desk) -> None:
    case_id = a_petition(desk, desk.registered())
    desk.do(correct_petition, case_id, item(), item(domain="10", contact_clear=False))
    case = desk.case(case_id)
    assert case.petition is not None
    assert item_of(case.petition) == item(domain="10", contact_clear=False)
    assert case.events[-1].text == "更正：内容分类、姓名住址是否清楚"


def test_a_correction_of_what_somebody_else_corrected_is_refused(desk: Desk) -> None:
    case_id = a_petition(desk, desk.registered())
    desk.do(correct_petition, case_id, item(), item(domain="10"))
    with pytest.raises(ChangedMeanwhile, match="刚被修改过"):
        desk.do(correct_petition, case_id, item(), item(domain="04"))


def test_nothing_changed_is_no_correction(desk: Desk) -> None:
    case_id = a_petition(desk, desk.registered())
    with desk.refuses("没有改动，不需要保存。"):
        desk.do(correct_petition, case_id, item(), item(number=" XF2026001"))


def test_what_was_dealt_with_as_a_claim_is_one(desk: Desk) -> None:
    case_id = a_petition(desk, desk.triaged(), Step.OFFERED, received_on=YESTERDAY)
    was = item(received_on=YESTERDAY)
    with desk.refuses("已登记“告知可以调解”，种类只能是申诉求决。", "petition_kind"):
        desk.do(correct_petition, case_id, was, item(received_on=YESTERDAY, kind="suggestion"))
    desk.now += timedelta(days=1)
    with desk.refuses("收到日期晚于已登记的办理日期（2026-11-23）。", "received_on"):
        desk.do(correct_petition, case_id, was, item(received_on=TOMORROW))


def test_an_item_of_the_wrong_case_is_taken_back_and_its_number_is_free_again(desk: Desk) -> None:
    wrong, right = a_petition(desk, desk.registered()), desk.registered()
    with desk.refuses("请写明撤销登记的原因。", "withdraw_reason"):
        desk.do(withdraw_petition, wrong, reason=" ")
    desk.do(withdraw_petition, wrong, reason="登记到了别的案件")
    case = desk.case(wrong)
    assert case.petition is None
    assert case.events[-1].text == "撤销登记 XF2026001：登记到了别的案件"
    a_petition(desk, right)


def test_an_item_that_was_dealt_with_stays(desk: Desk) -> None:
    case_id = a_petition(desk, desk.registered(), Step.OFFERED)
    with desk.refuses("信访事项已有办理记录，不能撤销登记"):
        desk.do(withdraw_petition, case_id, reason="误登")


# --- steps


def test_an_item_is_taken_to_mediation_agreed_and_finished(desk: Desk) -> None:
    case_id = a_petition(desk, desk.willing(), Step.OFFERED, Step.TAKEN_UP)
    case = desk.case(case_id)
    assert case.petition is not None
    assert case.petition.is_in_mediation
    other = desk.performing()
    desk.do(record_petition, other, item(number="XF2"))
    step(desk, other, Step.OFFERED, Step.TAKEN_UP, Step.AGREED, Step.FINISHED)
    case = desk.case(other)
    assert [(each.kind, each.text) for each in case.events[-4:]] == [
        (EventKind.PETITION, "告知可以调解"),
        (EventKind.PETITION, "转入调解"),
        (EventKind.PETITION, "调解达成协议"),
        (EventKind.PETITION, "办结"),
    ]
    assert case.petition is not None
    assert not case.petition.is_in_mediation


def test_an_item_goes_back_with_its_result(desk: Desk) -> None:
    case_id = a_petition(desk, desk.in_mediation(), Step.OFFERED, Step.TAKEN_UP)
    with desk.refuses("调解还没有结束，请先登记调解结果，再转回信访程序。", "petition_step"):
        step(desk, case_id, Step.RETURNED)
    desk.do(record_outcome, case_id, OutcomeKind.TERMINATED, reason_code="refused")
    step(desk, case_id, Step.RETURNED, text="李四不再参加")
    case = desk.case(case_id)
    assert case.petition is not None
    assert case.petition.last_step is not None
    assert case.petition.last_step.text == "终止调解：李四不再参加"
    step(desk, case_id, Step.OPINION, text="予以支持")
    assert desk.case(case_id).events[-1].text == "出具处理意见 予以支持"


def test_what_the_committee_does_not_take_goes_back_without_an_outcome(desk: Desk) -> None:
    case_id = a_petition(desk, desk.willing(), Step.OFFERED, Step.TAKEN_UP)
    desk.do(decline, case_id, reason_code="not_civil")
    step(desk, case_id, Step.RETURNED)
    case = desk.case(case_id)
    assert case.petition is not None
    assert case.petition.last_step is not None
    assert case.petition.last_step.text == "不予受理"


def test_consent_of_both_sides_comes_before_mediation(desk: Desk) -> None:
    case_id = a_petition(desk, desk.willing(), Step.OFFERED)
    desk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=NOW)
    with desk.refuses("李四已拒绝调解", "petition_step"):
        step(desk, case_id, Step.TAKEN_UP)
    step(desk, case_id, Step.DECLINED, text="李四不同意")
    with desk.refuses("已登记不愿调解；", "petition_step"):
        step(desk, case_id, Step.TAKEN_UP)


@pytest.mark.parametrize("day", [YESTERDAY - timedelta(days=1), TOMORROW])
def test_a_step_is_neither_before_the_item_nor_after_today(desk: Desk, day: date) -> None:
    case_id = a_petition(desk, desk.registered(), received_on=YESTERDAY)
    with desk.refuses("日期应在2026-11-22以后、不晚于今天。", "happened_on"):
        step(desk, case_id, Step.OFFERED, happened_on=day)


def test_moves_keep_their_order_but_a_notice_may_be_told_late(desk: Desk) -> None:
    case_id = a_petition(desk, desk.registered(), Step.OFFERED, received_on=YESTERDAY)
    with desk.refuses("日期应在2026-11-23以后", "happened_on"):
        step(desk, case_id, Step.DECLINED, happened_on=YESTERDAY)
    step(desk, case_id, Step.NOTICE, happened_on=YESTERDAY, text="信访事项受理告知书")
    assert desk.case(case_id).events[-1].text == "书面告知 信访事项受理告知书"


@pytest.mark.parametrize("kind", [Step.NOTICE, Step.OPINION, Step.FINISHED])
def test_what_no_fact_tells_is_to_be_written(desk: Desk, kind: Step) -> None:
    case_id = a_petition(desk, desk.registered())
    with desk.refuses(f"请写明“{kind.label}”的内容。", "step_text"):
        step(desk, case_id, kind, text=" ")


def test_a_case_that_is_no_petition_has_no_steps(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.refuses("这个案件没有登记信访事项，请先登记。"):
        step(desk, case_id, Step.OFFERED)


def test_the_way_of_the_case_itself_goes_on_as_ever(desk: Desk) -> None:
    case_id = a_petition(desk, desk.willing(), Step.OFFERED, Step.TAKEN_UP)
    assert desk.case(case_id).stage == "triaged"
    desk.do(accept, case_id, committee_id=1)
    assert desk.case(case_id).stage == "accepted"
