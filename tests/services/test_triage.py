"""The lawful way of a matter, acceptance, and the number that comes with it once and for good."""

from datetime import timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, Case, DecisionKind, EventKind, NumberKind, OutcomeKind
from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.setting_up import save_committee
from mediation_desk.services.triage import accept, decline, hand_over, is_mediable, triage, void_number
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk, uid


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


def test_what_is_open_to_mediation_follows_from_the_category_or_its_parent(desk: Desk) -> None:
    assert is_mediable(desk.act, "")
    assert is_mediable(desk.act, "0501")
    assert is_mediable(desk.act, "unknown")
    assert not is_mediable(desk.act, "11")
    assert not is_mediable(desk.act, "1602")


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
    assert last_event(case) == (EventKind.DECIDED, "转办 区人社局")


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
