"""The lawful way of a matter, acceptance, and the number that comes with it once and for good."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, Case, DecisionKind, EventKind, NumberKind, OutcomeKind
from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.petition import ACCUSATION
from mediation_desk.domain.referral import Direction, ReferralKind
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.petitions import PetitionItem, record_petition
from mediation_desk.services.setting_up import save_committee
from mediation_desk.services.triage import accept, decline, hand_over, triage, void_number
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk, uid

ACCUSED = PetitionItem(kind=ACCUSATION, received_on=TODAY, accused_unit="示例街道办事处")


def last_event(case: Case) -> tuple[EventKind, str]:
    return case.events[-1].kind, case.events[-1].text


# --- triage


def test_triage_keeps_the_way_and_what_kind_of_matter_it_is(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(
        triage,
        case_id,
        path="M1",
        reason="双方愿调",
        dispute_kind="02",
        event_category="0501",
        case_source="walk_in",
        channel="window",
    )
    case = desk.case(case_id)
    assert case.triage is not None
    assert (case.triage.path, case.triage.reason, case.triage.decided_on) == ("M1", "双方愿调", TODAY)
    assert (case.dispute_kind, case.event_category, case.case_source, case.channel) == (
        "02",
        "0501",
        "walk_in",
        "window",
    )
    assert (case.stage, last_event(case)) == ("triaged", (EventKind.TRIAGED, "人民调解或者行政调解"))


def test_another_triage_replaces_the_way_and_keeps_what_is_not_said_anew(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.now += timedelta(hours=1)
    desk.do(triage, case_id, path="P6", reason="改走信访程序")
    case = desk.case(case_id)
    assert case.triage is not None
    assert (case.triage.path, case.triage.recorded_at, case.dispute_kind) == ("P6", desk.now, "02")
    assert len([event for event in case.events if event.kind is EventKind.TRIAGED]) == 2


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"path": "X"}, "请选择办理途径。", "statutory_path"),
        ({"path": "M1", "dispute_kind": "X"}, "请选择纠纷类型。", "dispute_kind"),
        ({"path": "M1", "event_category": "X"}, "请选择事项类别。", "event_category"),
        ({"path": "M1", "decided_on": TOMORROW}, "分流日期应在登记日期之后、不晚于今天。", "decided_on"),
        ({"path": "M1", "decided_on": YESTERDAY}, "分流日期应在登记日期之后、不晚于今天。", "decided_on"),
        ({"path": "M1", "event_category": "1101"}, "这类事项一般不属于人民调解范围", "triage_reason"),
        ({"path": "M1", "event_category": "1101", "reason": " "}, "这类事项一般不属于人民调解范围", "triage_reason"),
    ],
)
def test_what_triage_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.registered()
    with desk.refuses(sentence, place):
        desk.do(triage, case_id, **said)


def test_the_category_of_the_registration_counts_where_triage_says_none(desk: Desk) -> None:
    case_id = desk.registered(event_category="1101")
    with desk.refuses("这类事项一般不属于人民调解范围", "triage_reason"):
        desk.do(triage, case_id, path="M1")


@pytest.mark.parametrize("said", [{"path": "M1", "reason": "补偿数额可调"}, {"path": "P4a"}])
def test_a_matter_outside_mediation_needs_a_reason_or_another_way(desk: Desk, said: dict[str, Any]) -> None:
    case_id = desk.registered()
    desk.do(triage, case_id, event_category="1101", **said)
    assert desk.case(case_id).stage == "triaged"


# --- what was asked


def test_what_was_answered_and_where_it_leads_is_kept_with_the_reason(desk: Desk) -> None:
    case_id = desk.registered(event_category="1301")
    answers = {"elsewhere": False, "decided": True, "on_spot": False}
    desk.do(triage, case_id, path="P4a", reason="不服罚款。", answers=answers)
    [kept] = desk.case(case_id).triages
    assert kept.reason == (
        "不服罚款。（经询问，已由其他机关受理：否，已有行政决定：是，当场处罚：否；建议途径：行政复议；"
        "不能人民调解：对行政执法的争议不属于民间纠纷，应走行政复议、诉讼等程序"
        "（人民调解法第2条；信访工作条例第31条第4项、第5项））"
    )


def test_the_codes_of_the_triage_itself_count_for_what_is_asked(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(triage, case_id, path="N1", petition_kind="accusation", event_category="1502", answers={})
    assert desk.case(case_id).triages[0].reason.startswith("（建议途径：纪检监察；不能人民调解：检举控告不是民间纠纷")


def test_another_way_than_the_proposed_one_needs_a_reason(desk: Desk) -> None:
    case_id = desk.registered(event_category="1301")
    answers = {"elsewhere": False, "decided": True, "on_spot": True}
    with desk.refuses("按所答问题应走“行政复议”；改走别的途径，请写明理由。", "triage_reason"):
        desk.do(triage, case_id, path="P6", answers=answers)
    desk.do(triage, case_id, path="P6", reason="来访人要求", answers=answers)
    assert desk.case(case_id).triages[0].reason.startswith("来访人要求（经询问，")


def test_questions_that_were_not_answered_to_the_end_propose_nothing(desk: Desk) -> None:
    case_id = desk.registered(event_category="1301")
    desk.do(triage, case_id, path="P6", answers={"elsewhere": False})
    assert desk.case(case_id).triages[0].reason == "（经询问，已由其他机关受理：否）"


def test_what_was_asked_is_not_kept_twice(desk: Desk) -> None:
    case_id = desk.registered(event_category="1401")
    desk.do(triage, case_id, path="P1", answers={"compensation": False})
    kept = desk.case(case_id).triages[0].reason
    desk.do(triage, case_id, path="P1", reason=kept, answers={"compensation": False})
    assert [each.reason for each in desk.case(case_id).triages] == [kept, kept]


def test_an_accusation_is_never_sent_to_mediation(desk: Desk) -> None:
    case_id = desk.registered()

    desk.do(record_petition, case_id, ACCUSED)
    with desk.refuses("检举控告不能调解，请转纪检监察机关或者有权处理的机关", "statutory_path"):
        desk.do(triage, case_id, path="M1", reason="愿意调解")
    desk.do(triage, case_id, path="N1", answers={})
    assert desk.case(case_id).stage == "triaged"


# --- a way that changes


def test_an_earlier_way_stays_to_be_read(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(triage, case_id, path="P6", reason="改走信访程序")
    case = desk.case(case_id)
    assert [each.path for each in case.triages] == ["M1", "P6"]
    assert last_event(case) == (EventKind.TRIAGED, "信访程序（原为人民调解或者行政调解）")


@pytest.mark.parametrize("reason", ["", " "])
def test_a_case_that_is_being_mediated_leaves_mediation_for_a_reason_only(desk: Desk, reason: str) -> None:
    case_id = desk.in_mediation()
    with desk.refuses("案件正在调解，改走其他途径请写明理由。", "triage_reason"):
        desk.do(triage, case_id, path="P1", reason=reason)


def test_the_reason_of_the_earlier_way_is_none_for_the_new_one(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(triage, case_id, path="M1", reason="双方愿调")
    desk.do(ask_willingness, case_id, [1, 2], Answer.AGREES, asked_at=NOW)
    desk.do(accept, case_id, committee_id=1)
    with desk.refuses("案件正在调解，改走其他途径请写明理由。", "triage_reason"):
        desk.do(triage, case_id, path="P1", reason="双方愿调")


def test_a_changed_way_deletes_no_acceptance_and_waits_for_its_end(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(triage, case_id, path="P1", reason="对方已向法院起诉")
    case = desk.case(case_id)
    assert (case.is_accepted, case.stage, case.number) == (True, "in_mediation", "（2026）示人调字第1号")
    with desk.refuses("案件的途径已改，但受理还没有结束。请先登记终止调解或者申请人撤回，再作决定。"):
        desk.do(hand_over, case_id, handed_to="区人民法院")
    desk.do(record_outcome, case_id, OutcomeKind.TERMINATED, reason_code="other_route")
    desk.now += timedelta(minutes=1)
    desk.do(hand_over, case_id, handed_to="区人民法院")
    case = desk.case(case_id)
    assert (case.stage, len(case.decisions), len(case.sessions)) == ("handed_over", 2, 1)


def test_a_way_may_change_back_while_mediation_still_runs(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(triage, case_id, path="P1", reason="对方已向法院起诉")
    desk.do(triage, case_id, path="M1", reason="已撤诉，双方仍愿调解")
    case = desk.case(case_id)
    assert [each.path for each in case.triages] == ["M1", "P1", "M1"]
    assert case.stage == "in_mediation"


def test_after_mediation_failed_the_next_way_needs_no_reason(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(triage, case_id, path="P1")
    assert desk.case(case_id).stage == "failed"


def test_the_way_of_a_case_with_an_agreement_in_effect_does_not_change(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.refuses("调解协议已经生效，途径不能再改。", "statutory_path"):
        desk.do(triage, case_id, path="P1", reason="不履行")
    desk.do(triage, case_id, path="M1", dispute_kind="06")
    assert desk.case(case_id).dispute_kind == "06"


# --- decisions


def test_acceptance_gives_committee_and_number(desk: Desk) -> None:
    case_id = desk.willing()
    desk.do(accept, case_id, committee_id=1, decided_on=TODAY)
    case = desk.case(case_id)
    assert (case.stage, case.committee_id, case.number) == ("accepted", 1, "（2026）示人调字第1号")
    [number] = case.numbers
    assert (number.kind, number.year, number.seq, number.by_id, number.issued_at) == (NumberKind.CASE, 2026, 1, 1, NOW)
    assert [event.kind for event in case.events[-2:]] == [EventKind.DECIDED, EventKind.NUMBERED]


def test_oral_cases_are_counted_apart(desk: Desk) -> None:
    desk.accepted()
    assert desk.case(desk.accepted(NumberKind.ORAL)).number == "（2026）示人调（口头）字第1号"


def test_a_year_begins_with_one(desk: Desk) -> None:
    desk.accepted()
    desk.now = NOW.replace(year=2027)
    assert desk.case(desk.accepted()).number == "（2027）示人调字第1号"


def test_a_committee_may_number_in_its_own_way(desk: Desk) -> None:
    formats = {"case": "示调{year}-{seq:04}"}
    desk.do(
        save_committee,
        Committee(uid=uid(2), name="示例街道人民调解委员会", short_name="示", number_formats=formats),
    )
    assert desk.case(desk.accepted()).number == "示调2026-0001"


def test_a_number_that_was_issued_by_another_committee_is_not_issued_again(desk: Desk) -> None:
    desk.accepted()
    formats = {"case": "（{year}）示人调字第{seq}号"}
    desk.do(
        save_committee,
        Committee(uid=uid(4), name="第二人民调解委员会", short_name="二", number_formats=formats),
    )
    case_id = desk.willing()
    with desk.refuses("编号“（2026）示人调字第1号”以前已经发出，不能重号。", "number_formats"):
        desk.do(accept, case_id, committee_id=2)


def test_one_refusal_means_no_acceptance_until_the_party_changes_its_mind(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=NOW)
    with desk.refuses("李四已拒绝调解，不能进入调解。", "willingness"):
        desk.do(accept, case_id, committee_id=1)
    desk.do(ask_willingness, case_id, [2], Answer.AGREES, asked_at=NOW)
    desk.do(accept, case_id, committee_id=1)
    assert desk.case(case_id).is_accepted


def test_only_an_active_committee_of_the_centre_accepts(desk: Desk) -> None:
    case_id = desk.willing()
    desk.do(save_committee, Committee(uid=uid(2), name="示例调委会", short_name="示", active=False))
    for committee_id in (1, 9):
        with desk.refuses("请选择受理的人民调解委员会。", "committee"):
            desk.do(accept, case_id, committee_id=committee_id)


def test_a_case_can_be_declined_with_a_reason(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(decline, case_id, reason_code="not_civil", reason="属行政事项")
    case = desk.case(case_id)
    assert (case.stage, case.number) == ("not_accepted", "")
    assert case.decision is not None
    assert (case.decision.kind, case.decision.reason_code, case.decision.reason) == (
        DecisionKind.NOT_ACCEPTED,
        "not_civil",
        "属行政事项",
    )
    assert last_event(case) == (EventKind.DECIDED, "不予受理 不属于民间纠纷")


def test_a_case_is_declined_for_a_known_reason_only(desk: Desk) -> None:
    case_id = desk.triaged()
    with desk.refuses("请选择不予受理的原因。", "reason_code"):
        desk.do(decline, case_id, reason_code="because")


def test_a_case_can_be_handed_over_to_somebody(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(hand_over, case_id, handed_to=" 区人社局 ", reason="劳动监察")
    case = desk.case(case_id)
    assert case.stage == "handed_over"
    assert case.decision is not None
    assert case.decision.handed_to == "区人社局"
    assert [(each.kind, each.text) for each in case.events[-2:]] == [
        (EventKind.DECIDED, "转办 区人社局"),
        (EventKind.REFERRED, "第1号 转办 区人社局：转出"),
    ]
    [referral] = case.referrals
    assert (referral.no, referral.unit, referral.path, referral.sent_on) == (1, "区人社局", "M1", TODAY)
    assert (referral.kind, referral.direction, referral.steps) == (ReferralKind.HAND_OVER, Direction.OUT, [])


def test_of_a_case_from_a_file_only_the_decision_is_known(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(hand_over, case_id, handed_to="区人社局", kind=None)
    case = desk.case(case_id)
    assert (case.stage, case.referrals) == ("handed_over", [])
    desk.do(hand_over, case_id, handed_to="区住建委")
    assert [each.unit for each in desk.case(case_id).referrals] == ["区住建委"]


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"kind": ReferralKind.PRE_FILING}, "请选择怎样转出。", "referral_kind"),
        ({"kind": ReferralKind.ASSIGNED_TASK}, "交办请写明反馈期限。", "due_on"),
        ({"kind": ReferralKind.ENTRUSTED}, "委托调解请写明反馈期限。", "due_on"),
        ({"due_on": YESTERDAY}, "反馈期限早于转出日期。", "due_on"),
        ({"kind": None, "handed_to": " "}, "请写明转给哪个单位。", "handed_to"),
    ],
)
def test_what_handing_over_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.triaged()
    with desk.refuses(sentence, place):
        desk.do(hand_over, case_id, **{"handed_to": "区人社局", **said})


def test_what_is_with_another_unit_is_not_decided_here(desk: Desk) -> None:
    case_id = desk.willing()
    desk.do(hand_over, case_id, handed_to="区人社局")
    away = "已转给区人社局，还没有办结；请先登记反馈、退回或者撤回。"
    with desk.refuses(away):
        desk.do(hand_over, case_id, handed_to="区住建委")
    with desk.refuses(away):
        desk.do(accept, case_id, committee_id=1)
    with desk.refuses(away):
        desk.do(decline, case_id, reason_code="not_civil")


def test_suggestions_and_accusations_are_not_mediated(desk: Desk) -> None:
    case_id = desk.willing()
    desk.do(record_petition, case_id, PetitionItem(kind="suggestion", received_on=TODAY))
    with desk.refuses("“建议意见”不进入调解；"):
        desk.do(accept, case_id, committee_id=1)


@pytest.mark.parametrize("unit", ["示例街道办事处", "示例街道 办事处", "示例街道办事处城管科"])
def test_an_accusation_is_not_handed_over_to_the_unit_it_is_about(desk: Desk, unit: str) -> None:
    case_id = desk.registered()
    desk.do(record_petition, case_id, ACCUSED)
    with desk.refuses("这是检举、控告该单位的事项，不得转给它（信访工作条例第三十条）。", "handed_to"):
        desk.do(hand_over, case_id, handed_to=unit)
    desk.do(hand_over, case_id, handed_to="区纪委监委")
    assert desk.case(case_id).stage == "handed_over"


def test_a_case_is_not_handed_over_to_nobody(desk: Desk) -> None:
    case_id = desk.triaged()
    with desk.refuses("请写明转给哪个单位。", "handed_to"):
        desk.do(hand_over, case_id, handed_to=" ")


@pytest.mark.parametrize("decided_on", [YESTERDAY, TOMORROW])
def test_a_decision_is_made_between_registration_and_today(desk: Desk, decided_on: Any) -> None:
    case_id = desk.willing()
    with desk.refuses("决定日期应在登记日期之后、不晚于今天。", "decided_on"):
        desk.do(accept, case_id, committee_id=1, decided_on=decided_on)


def test_a_case_that_is_being_mediated_is_not_decided_again(desk: Desk) -> None:
    case_id = desk.in_mediation()
    with desk.refuses("案件已经受理，正在办理中。"):
        desk.do(decline, case_id, reason_code="other")


def test_a_case_with_an_agreement_in_effect_is_not_decided_again(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.refuses("已有生效的协议，不能再作受理决定。"):
        desk.do(accept, case_id, committee_id=1)


def test_a_closed_case_is_not_decided_again(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(close_case, case_id, despite_reason="来访人撤回")
    with desk.refuses("案件已结案，不能再作受理决定。"):
        desk.do(accept, case_id, committee_id=1)


def test_a_case_taken_up_again_keeps_its_number_and_is_under_way_again(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now += timedelta(minutes=1)
    desk.do(accept, case_id, committee_id=1)
    case = desk.case(case_id)
    assert (case.stage, case.number, len(case.numbers)) == ("assigned", "（2026）示人调字第1号", 1)
    with desk.refuses("案件已经受理，正在办理中。"):
        desk.do(accept, case_id, committee_id=1)


# --- voiding


def test_a_voided_number_stays_with_its_reason_and_is_never_given_again(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(void_number, case_id, reason=" 年度写错 ")
    case = desk.case(case_id)
    assert case.number == "（2026）示人调字第2号"
    assert [(number.text, number.voided_at, number.void_reason) for number in case.numbers] == [
        ("（2026）示人调字第1号", NOW, "年度写错"),
        ("（2026）示人调字第2号", None, ""),
    ]
    assert desk.case(desk.accepted()).number == "（2026）示人调字第3号"


def test_a_number_is_not_voided_without_a_reason(desk: Desk) -> None:
    case_id = desk.accepted()
    with desk.refuses("请写明编号作废的原因。", "void_reason"):
        desk.do(void_number, case_id, reason=" ")


def test_a_case_without_a_number_has_none_to_void(desk: Desk) -> None:
    case_id = desk.triaged()
    with desk.refuses("案件还没有编号。"):
        desk.do(void_number, case_id, reason="编错")


def test_a_number_that_stands_on_an_agreement_is_not_voided(desk: Desk) -> None:
    case_id = desk.performing_orally()
    with desk.refuses("协议书已使用这个编号，不能作废。"):
        desk.do(void_number, case_id, reason="编错")


def test_a_step_that_fails_takes_no_number(desk: Desk) -> None:
    with pytest.raises(RuleBroken):
        desk.accepted(requested_on=TOMORROW)
    assert desk.case(desk.accepted()).number == "（2026）示人调字第1号"


# --- after mediation, and after the end


def test_what_was_mediated_is_not_called_not_accepted(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    with desk.refuses("案件已受理并调解结束，不能再作不予受理决定；"):
        desk.do(decline, case_id, reason_code="party_refuses")
    desk.do(hand_over, case_id, handed_to="区住建委")
    assert desk.case(case_id).stage == "handed_over"


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (accept, {"committee_id": 1}),
        (decline, {"reason_code": "not_civil"}),
        (hand_over, {"handed_to": "区住建委"}),
    ],
)
def test_while_an_agreement_waits_for_its_marks_nothing_is_decided_anew(
    desk: Desk, decide: Any, said: dict[str, Any]
) -> None:
    case_id = desk.frozen()
    with desk.refuses("调解结果是达成协议；协议没有生效、不再签的，请先重新登记调解结果。"):
        desk.do(decide, case_id, **said)
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="refused")
    desk.do(accept, case_id, committee_id=1)


def test_a_closed_case_goes_no_other_way_but_an_earlier_triage_may_be_told(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=1)
    with desk.refuses("案件已结案，结案后不再分流；", "decided_on"):
        desk.do(triage, case_id, path="P6")
    desk.do(triage, case_id, path="P6", decided_on=TODAY)
