"""Sessions, confidential notes and outcomes."""

from dataclasses import fields, is_dataclass
from datetime import time, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, EventKind, OutcomeKind, SessionResult
from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.party import Side
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import add_confidential_note, record_outcome, record_session
from tests.desk import (
    APPOINTED,
    NOW,
    ON_CALL,
    TODAY,
    TOMORROW,
    YESTERDAY,
    Desk,
    claimant,
    respondent,
    session,
)

# --- sessions


def test_a_session_is_kept_as_it_was_written_down(desk: Desk) -> None:
    case_id = desk.assigned()
    told = session(
        began=time(9, 0),
        ended=time(9, 25),
        subject="漏水赔偿",
        is_open=True,
        present_note="李四由妻子陪同",
        participants="社区王主任",
        participants_agreed=True,
        result=SessionResult.CONTINUES,
        recorder="登记员",
    )
    desk.do(record_session, case_id, told)
    case = desk.case(case_id)
    [held] = case.sessions
    for name in ("held_on", "began", "ended", "place", "subject", "is_open", "present_nos", "present_note"):
        assert getattr(held, name) == getattr(told, name)
    for name in ("participants", "participants_agreed", "rights_told", "record", "result", "mediator_ids", "recorder"):
        assert getattr(held, name) == getattr(told, name)
    assert (held.no, held.by_id, held.recorded_at) == (1, 1, NOW)
    assert (case.stage, case.events[-1].kind, case.events[-1].text) == (
        "in_mediation",
        EventKind.SESSION,
        "第1次，有待继续调解",
    )


def test_sessions_are_numbered_on_also_after_an_agreement(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_session, case_id, session(record="就履行方式再谈"))
    case = desk.case(case_id)
    assert [held.no for held in case.sessions] == [1, 2]
    assert case.stage == "performing"


def test_a_late_session_is_marked_late_and_leaves_the_case_closed(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=1)
    desk.do(record_session, case_id, session(record="补记"))
    case = desk.case(case_id)
    assert case.stage == "closed"
    assert [case.is_late(held.recorded_at) for held in case.sessions] == [False, True]
    assert case.is_late(case.events[-1].recorded_at)


@pytest.mark.parametrize(
    ("told", "sentence", "place"),
    [
        ({"held_on": TOMORROW}, "调解日期不能晚于今天。", "held_on"),
        ({"held_on": YESTERDAY}, "调解日期早于受理日期（2026-11-23），请核对。", "held_on"),
        ({"began": time(10), "ended": time(9)}, "结束时间早于开始时间。", "ended"),
        ({"place": " "}, "请填写调解地点。", "place"),
        ({"record": ""}, "请写调解记录。", "record"),
        ({"mediator_ids": []}, "请选择主持或参加的调解员。", "session_mediators"),
        ({"mediator_ids": [APPOINTED, ON_CALL]}, "有调解员没有被指派到本案，请先指派。", "session_mediators"),
        ({"present_nos": []}, "请勾选到场的当事人。", "present_parties"),
        ({"present_nos": [1, 9]}, "到场当事人不在本案中。", "present_parties"),
        ({"participants": "王主任"}, "邀请他人参加须经当事人同意", "participants_agreed"),
    ],
)
def test_what_a_session_is_refused_for(desk: Desk, told: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.assigned()
    with desk.refuses(sentence, place):
        desk.do(record_session, case_id, session(**told))


def test_all_that_a_session_lacks_is_told_at_once(desk: Desk) -> None:
    case_id = desk.assigned()
    with pytest.raises(RuleBroken) as refused:
        desk.do(record_session, case_id, session(place="", record="", mediator_ids=[], present_nos=[]))
    assert [fault.place for fault in refused.value.faults] == [
        "place",
        "record",
        "session_mediators",
        "present_parties",
    ]


def test_a_case_that_was_never_accepted_has_no_sessions(desk: Desk) -> None:
    case_id = desk.willing()
    with desk.refuses("案件还没有受理，不能登记调解。"):
        desk.do(record_session, case_id, session())


def test_after_a_refusal_no_session_is_recorded(desk: Desk) -> None:
    case_id = desk.assigned()
    desk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=NOW)
    with desk.refuses("李四已拒绝调解", "willingness"):
        desk.do(record_session, case_id, session())


def test_a_party_that_was_not_asked_does_not_take_part(desk: Desk) -> None:
    case_id = desk.assigned()
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.parties.append(respondent(3, "王五", side=Side.OTHER))
    desk.do(record_session, case_id, session())
    with desk.refuses("王五尚未表示同意调解", "willingness"):
        desk.do(record_session, case_id, session(present_nos=[1, 3]))


# --- confidential notes


def test_a_confidential_note_is_kept_apart_and_leaves_no_line(desk: Desk) -> None:
    case_id = desk.in_mediation()
    events = len(desk.case(case_id).events)
    note = desk.do(add_confidential_note, case_id, "张三私下愿意让步", 1)
    assert note.id is not None
    with desk.database.reading() as records:
        assert [(each.text, each.session_no, each.by_id) for each in records.cases.notes(case_id)] == [
            ("张三私下愿意让步", 1, 1)
        ]
    assert len(desk.case(case_id).events) == events


def all_texts(record: Any) -> list[str]:
    if isinstance(record, str):
        return [record]
    if isinstance(record, list):
        return [text for each in record for text in all_texts(each)]
    if is_dataclass(record):
        return [text for each in fields(record) for text in all_texts(getattr(record, each.name))]
    return []


def test_a_confidential_note_is_no_part_of_the_case(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(add_confidential_note, case_id, "绝密调解底线")
    texts = all_texts(desk.case(case_id))
    assert "双方陈述了经过。" in texts
    assert not any("绝密" in text for text in texts)


def test_an_empty_note_and_a_note_of_no_case_are_refused(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.refuses("请填写内容。", "confidential_note"):
        desk.do(add_confidential_note, case_id, " ")
    with pytest.raises(NotFound):
        desk.do(add_confidential_note, 99, "内容")


# --- outcomes


@pytest.mark.parametrize(
    ("kind", "code", "stage", "line"),
    [
        (OutcomeKind.WRITTEN, "", "agreed_in_writing", "达成书面协议"),
        (OutcomeKind.ORAL, "", "agreed_orally", "达成口头协议"),
        (OutcomeKind.FAILED, "no_prospect", "failed", "调解不成 经调解认为没有达成协议的可能"),
        (OutcomeKind.TERMINATED, "refused", "terminated", "终止调解 当事人一方拒绝继续调解或者撤回申请"),
        (OutcomeKind.WITHDRAWN, "", "withdrawn", "申请人撤回"),
    ],
)
def test_how_mediation_ends_is_recorded(desk: Desk, kind: OutcomeKind, code: str, stage: str, line: str) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, kind, reason_code=code, reason="说明")
    case = desk.case(case_id)
    assert case.outcome is not None
    assert (case.outcome.kind, case.outcome.ended_on, case.outcome.reason_code, case.outcome.reason) == (
        kind,
        TODAY,
        code,
        "说明",
    )
    assert (case.stage, case.events[-1].text) == (stage, line)


def test_an_outcome_can_be_put_right_by_a_later_one(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="other")
    desk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    assert desk.case(case_id).stage == "agreed_in_writing"


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"ended_on": TOMORROW}, "日期不能晚于今天。", "ended_on"),
        ({"ended_on": YESTERDAY}, "日期早于受理日期，请核对。", "ended_on"),
        ({"kind": OutcomeKind.FAILED}, "请选择原因。", "termination_reason"),
        ({"kind": OutcomeKind.TERMINATED, "reason_code": "because"}, "请选择原因。", "termination_reason"),
    ],
)
def test_what_an_outcome_is_refused_for(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.in_mediation()
    with desk.refuses(sentence, place):
        desk.do(record_outcome, case_id, **{"kind": OutcomeKind.WITHDRAWN} | said)


@pytest.mark.parametrize("kind", [OutcomeKind.WRITTEN, OutcomeKind.ORAL])
def test_without_a_session_nobody_has_agreed(desk: Desk, kind: OutcomeKind) -> None:
    case_id = desk.assigned()
    with desk.refuses("还没有调解记录，不能登记达成协议。", "outcome_kind"):
        desk.do(record_outcome, case_id, kind)


def test_a_case_that_is_not_accepted_has_no_outcome(desk: Desk) -> None:
    case_id = desk.willing(parties=(claimant(), respondent()))
    with desk.refuses("案件还没有受理，不能登记调解结果。"):
        desk.do(record_outcome, case_id, OutcomeKind.WITHDRAWN)


def test_with_an_agreement_in_effect_the_outcome_stands(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.refuses("已有生效的协议，调解结果不能再改。", "outcome_kind"):
        desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="other")


def test_what_ends_after_closing_begins_with_taking_it_up_again(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(close_case, case_id, despite_reason="双方同意")
    desk.now += timedelta(days=1)
    with desk.refuses("案件已结案；结案后又调解的，请先重新办理。", "ended_on"):
        desk.do(record_outcome, case_id, OutcomeKind.ORAL)
    desk.do(record_outcome, case_id, OutcomeKind.ORAL, ended_on=TODAY)
    assert desk.case(case_id).stage == "closed"
