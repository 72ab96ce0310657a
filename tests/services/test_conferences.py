"""A conference is recorded at each of its cases; what it decided is done, and by when."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.supervision import ConferenceKind
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.conferences import (
    Decided,
    Held,
    carry_out_decision,
    cases_of_meeting,
    find_cases,
    record_conference,
)
from mediation_desk.services.paper_entries import take_over_entry
from mediation_desk.services.papers import draw_paper
from mediation_desk.store.sight import Sight
from tests.desk import APPOINTED, NOW, TODAY, TOMORROW, YESTERDAY, Desk, uid
from tests.related import accuse, merge

WEEK = TODAY + timedelta(days=7)
APPRAISE = Decided(text="先作鉴定", unit="区住建局", helpers="示例街道", due_on=WEEK)
HELD = Held(
    meeting=uid(80),
    kind=ConferenceKind.JOINT,
    held_on=TODAY,
    place="三楼会议室",
    chair="许主任",
    units=("区住建局　甲某　科长", " ", "示例街道"),
    minutes="研究了漏水的原因。",
    decisions=(APPRAISE,),
)

DONE: dict[str, Any] = {"done_on": TODAY, "done_note": "办了"}


@pytest.fixture
def met(desk: Desk) -> int:
    case_id = desk.accepted()
    desk.do(record_conference, [case_id], HELD)
    return case_id


def test_a_conference_is_kept_with_its_decisions(desk: Desk, met: int) -> None:
    [kept] = desk.case(met).conferences
    assert (kept.no, kept.meeting, kept.kind, kept.held_on) == (1, uid(80), ConferenceKind.JOINT, TODAY)
    assert (kept.place, kept.chair, kept.units) == ("三楼会议室", "许主任", ["区住建局　甲某　科长", "示例街道"])
    assert (kept.minutes, kept.by_id, kept.recorded_at) == ("研究了漏水的原因。", 1, NOW)
    [decision] = kept.decisions
    assert (decision.no, decision.text, decision.unit, decision.helpers) == (1, "先作鉴定", "区住建局", "示例街道")
    assert (decision.due_on, decision.done_on) == (WEEK, None)
    last = desk.case(met).events[-1]
    assert (last.kind, last.text) == (
        EventKind.CONFERENCE,
        "第1次，联席会议，许主任主持：先作鉴定（区住建局，2026-11-30前）",
    )


def test_one_about_several_cases_stands_at_each_with_the_decisions_about_it(desk: Desk) -> None:
    first, second = desk.accepted(), desk.accepted()
    decisions = (
        replace(APPRAISE, place=2),
        replace(APPRAISE, text="一并答复"),
        replace(APPRAISE, text="分户测量", place=2),
    )
    desk.do(record_conference, [first, second, first], replace(HELD, decisions=decisions))
    [here], [there] = desk.case(first).conferences, desk.case(second).conferences
    assert here.meeting == there.meeting
    assert [(each.no, each.text) for each in here.decisions] == [(2, "一并答复")]
    assert [(each.no, each.text) for each in there.decisions] == [(1, "先作鉴定"), (3, "分户测量")]
    found = desk.look(cases_of_meeting, there)
    assert [case.id for case in found] == [first, second]


def test_its_paper_names_all_cases_that_whoever_prints_it_may_see(desk: Desk) -> None:
    own, other = desk.assigned(), desk.accepted()
    decisions = (APPRAISE, replace(APPRAISE, text="一并答复", place=2))
    desk.do(record_conference, [own, other], replace(HELD, decisions=decisions))

    def said(sight: Sight | None) -> str:
        with desk.database.reading(sight=sight) as records:
            paper = draw_paper(records, desk.act, own, "E8")
        return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)

    numbers = [desk.case(case_id).number for case_id in (own, other)]
    assert all(number in said(None) for number in numbers)
    assert "第2件）一并答复" in said(None)
    seen_by_mediator = said(Sight(APPOINTED))
    assert numbers[0] in seen_by_mediator
    assert numbers[1] not in seen_by_mediator
    assert "一并答复" not in seen_by_mediator


def test_papers_typed_before_keep_their_numbers(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(take_over_entry, case_id, "E8", 1, {"chair": "许主任"})
    [kept] = desk.do(record_conference, [case_id], HELD)
    assert kept.no == 2


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"held_on": TOMORROW}, "会议日期不能晚于今天。", "held_on"),
        ({"held_on": YESTERDAY}, "会议日期早于案件的登记日期（2026-11-23）。", "held_on"),
        ({"chair": " "}, "请填写主持人。", "chair"),
        ({"units": (" ",)}, "请写明参加的单位。", "units"),
        ({"minutes": ""}, "请写各方意见。", "minutes"),
        ({"decisions": (replace(APPRAISE, text=""),)}, "第1项议定事项：请写明议定的内容。", "decisions"),
        ({"decisions": (APPRAISE, replace(APPRAISE, unit=""))}, "第2项议定事项：请写明责任单位。", "decisions"),
        ({"decisions": (replace(APPRAISE, due_on=None),)}, "第1项议定事项：请填写完成期限。", "decisions"),
        ({"decisions": (replace(APPRAISE, due_on=YESTERDAY),)}, "第1项议定事项：完成期限早于会议日期。", "decisions"),
        ({"decisions": (replace(APPRAISE, place=2),)}, "第1项议定事项：只有1件案件，没有第2件。", "decisions"),
    ],
)
def test_what_a_conference_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.accepted()
    with desk.refuses(sentence, place):
        desk.do(record_conference, [case_id], replace(HELD, **said))


def test_an_accusation_never_reaches_whom_it_is_about(desk: Desk) -> None:
    case_id = accuse(desk, desk.accepted(), "区住建局")
    with desk.refuses("有案件是检举控告事项，被检举的单位不能参加会商", "units"):
        desk.do(record_conference, [case_id], replace(HELD, decisions=()))
    with desk.refuses("第1项议定事项：这件是检举控告事项，不能交给被检举的单位办", "decisions"):
        desk.do(record_conference, [case_id], replace(HELD, units=("区纪委",)))
    desk.do(record_conference, [case_id], replace(HELD, units=("区纪委",), decisions=()))


def test_a_case_that_goes_on_in_another_one_is_not_conferred_about(desk: Desk) -> None:
    merged = merge(desk, desk.accepted(), desk.accepted())
    with desk.refuses("有案件已并入另一案。", "other_cases"):
        desk.do(record_conference, [merged], HELD)


# --- what was decided is done


def test_a_decision_is_carried_out_once(desk: Desk, met: int) -> None:
    desk.do(carry_out_decision, met, 1, 1, done_on=TODAY, done_note="鉴定机构已到场")
    [decision] = desk.case(met).conferences[0].decisions
    assert (decision.done_on, decision.done_note, decision.done_by_id) == (TODAY, "鉴定机构已到场", 1)
    assert desk.case(met).events[-1].text == "落实“先作鉴定”（区住建局）：鉴定机构已到场"
    with desk.refuses("这项议定事项已在2026-11-23登记落实。"):
        desk.do(carry_out_decision, met, 1, 1, done_on=TODAY, done_note="再记")


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"done_on": YESTERDAY}, "落实日期应在会议日期（2026-11-23）之后、不晚于今天。", "done_on"),
        ({"done_on": TOMORROW}, "落实日期应在会议日期（2026-11-23）之后、不晚于今天。", "done_on"),
        ({"done_note": ""}, "请写明怎样落实的。", "done_note"),
    ],
)
def test_what_carrying_out_refuses(desk: Desk, met: int, said: dict[str, Any], sentence: str, place: str) -> None:
    with desk.refuses(sentence, place):
        desk.do(carry_out_decision, met, 1, 1, **DONE | said)


def test_a_decision_that_is_not_there_is_not_found(desk: Desk, met: int) -> None:
    with pytest.raises(NotFound, match="没有这项议定事项"):
        desk.do(carry_out_decision, met, 1, 2, done_on=TODAY, done_note="办了")


def test_a_decision_is_carried_out_after_closing_too(desk: Desk, met: int) -> None:
    desk.do(close_case, met, despite_reason="当事人要求")
    desk.do(carry_out_decision, met, 1, 1, done_on=TODAY, done_note="办了")
    assert desk.case(met).conferences[0].decisions[0].done_on == TODAY


# --- the other cases


def test_other_cases_are_told_by_number_or_query_code(desk: Desk) -> None:
    first, second = desk.accepted(), desk.registered()
    number, code = desk.case(first).number, desk.case(second).query_code
    assert desk.look(find_cases, [number, code]) == [first, second]
    with pytest.raises(RuleBroken) as refused:
        desk.look(find_cases, [number, "第九号", "XXXX"])
    assert [(fault.sentence, fault.place) for fault in refused.value.faults] == [
        (f"没有案号或查询码为“{name}”的案件，请核对。", "other_cases") for name in ("第九号", "XXXX")
    ]
