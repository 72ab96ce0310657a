"""What is typed for a paper is kept with the case, and stays once somebody has the paper."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.forms import About, Form, Input, InputKind
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.services.paper_entries import drop_entry, save_entry
from mediation_desk.services.paper_log import note_printed
from tests.desk import NOW, Desk

INPUTS = (Input("asked", "被调查人"), Input("day", "日期", InputKind.DAY))
INQUIRY = Form(code="X1", title="调查笔录", about=About.ENTRY, blocks=(), inputs=INPUTS)
STATEMENT = Form(code="X2", title="卷宗情况说明", about=About.CASE, blocks=(), inputs=INPUTS)
RECEIPT = Form(code="X3", title="回执", about=About.CASE, blocks=())
MINUTES = Form(code="X4", title="笔录附页", about=About.SESSION, blocks=(), inputs=INPUTS)
WISH = Form(code="X5", title="司法确认申请书", about=About.EFFECTIVE_AGREEMENT, blocks=(), inputs=INPUTS)


@pytest.fixture(autouse=True)
def forms(desk: Desk) -> None:
    every = (INQUIRY, STATEMENT, RECEIPT, MINUTES, WISH)
    desk.rules = replace(desk.rules, forms={**desk.rules.forms, **{each.code: (each,) for each in every}})


def entries(desk: Desk, case_id: int) -> list[tuple[str, int, object]]:
    return [(each.code, each.no, each.values) for each in desk.case(case_id).entries]


def test_what_was_typed_is_kept_and_noted(desk: Desk) -> None:
    case_id = desk.registered()
    entry = desk.do(save_entry, case_id, "X2", 0, {"asked": "王五", "day": ""})
    assert isinstance(entry, PaperEntry)
    [kept] = desk.case(case_id).entries
    assert (kept.code, kept.no, kept.values) == ("X2", 0, {"asked": "王五"})
    assert (kept.by_id, kept.recorded_at) == (1, NOW)
    last = desk.case(case_id).events[-1]
    assert (last.kind.label, last.text) == ("文书录入", "卷宗情况说明")


def test_saving_again_replaces_what_was_typed_before(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(save_entry, case_id, "X2", None, {"asked": "王五", "day": "2026-11-20"})
    desk.now += timedelta(hours=1)
    desk.do(save_entry, case_id, "X2", 0, {"asked": "赵六"})
    [kept] = desk.case(case_id).entries
    assert (kept.values, kept.recorded_at) == ({"asked": "赵六"}, desk.now)


def test_the_same_again_is_nothing_new(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(save_entry, case_id, "X2", 0, {"asked": "王五"})
    desk.now += timedelta(hours=1)
    before = desk.contents()
    desk.do(save_entry, case_id, "X2", 0, {"asked": "王五", "day": ""})
    assert desk.contents() == before


def test_papers_about_nothing_else_are_counted(desk: Desk) -> None:
    case_id, other = desk.registered(), desk.registered()
    for name in ("王五", "赵六"):
        desk.do(save_entry, case_id, "X1", None, {"asked": name})
    desk.do(save_entry, other, "X1", None, {"asked": "钱七"})
    desk.do(save_entry, case_id, "X1", 1, {"asked": "王五五"})
    assert entries(desk, case_id) == [("X1", 1, {"asked": "王五五"}), ("X1", 2, {"asked": "赵六"})]
    assert entries(desk, other) == [("X1", 1, {"asked": "钱七"})]
    assert desk.case(case_id).events[-1].text == "调查笔录（第1份）"


def test_a_paper_about_a_session_bears_its_number(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(save_entry, case_id, "X4", None, {"asked": "王五"})
    assert entries(desk, case_id) == [("X4", 1, {"asked": "王五"})]
    assert desk.case(case_id).events[-1].text == "笔录附页（第1次）"


@pytest.mark.parametrize(("code", "no"), [("X1", 1), ("X2", 1), ("X4", 1), ("X4", None), ("X5", 1)])
def test_what_a_paper_would_be_about_must_be_there(desk: Desk, code: str, no: int | None) -> None:
    case_id = desk.registered()
    with pytest.raises(NotFound, match="这个案件现在没有这一份"):
        desk.do(save_entry, case_id, code, no, {"asked": "王五"})


@pytest.mark.parametrize("code", ["X3", "X9"])
def test_a_form_without_inputs_takes_nothing(desk: Desk, code: str) -> None:
    case_id = desk.registered()
    with pytest.raises(NotFound, match=f"没有代码为 {code}、需要录入内容的文书"):
        desk.do(save_entry, case_id, code, 0, {})


def test_wrong_values_are_refused_and_nothing_is_kept(desk: Desk) -> None:
    case_id = desk.registered()
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(save_entry, case_id, "X2", 0, {"day": "昨天", "weather": "晴"})
    assert [each.place for each in refused.value.faults] == ["day", "weather"]
    assert desk.contents() == before


def test_an_entry_that_nobody_has_on_paper_can_be_removed(desk: Desk) -> None:
    case_id = desk.registered()
    for name in ("王五", "赵六"):
        desk.do(save_entry, case_id, "X1", None, {"asked": name})
    desk.do(drop_entry, case_id, "X1", 1)
    assert entries(desk, case_id) == [("X1", 2, {"asked": "赵六"})]
    with pytest.raises(NotFound, match="调查笔录没有录入内容"):
        desk.do(drop_entry, case_id, "X1", 1)


def test_an_entry_that_was_printed_stays(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(save_entry, case_id, "X1", None, {"asked": "王五"})
    desk.do(note_printed, case_id, "X1", 1, "调查笔录", [], "0" * 64, 1)
    with desk.refuses("调查笔录已经打印过，录入的内容不能删除；可以更正后重新打印。"):
        desk.do(drop_entry, case_id, "X1", 1)


def test_an_entry_about_a_signed_agreement_stays(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(save_entry, case_id, "X5", 1, {"asked": "王五"})
    with desk.refuses("司法确认申请书所属的协议已登记签署，录入的内容不能删除。"):
        desk.do(drop_entry, case_id, "X5", 1)
