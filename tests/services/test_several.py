"""One decision for several cases: those that can take it do, the others stay as they are and say why."""

import pytest

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.stage import Stage
from mediation_desk.services import several
from mediation_desk.services.several import triage_all
from mediation_desk.services.undo import Trail, step_done, undo
from tests.desk import NOW, Desk


def test_all_registered_cases_go_the_same_way(desk: Desk) -> None:
    ids = [desk.registered(), desk.registered(dispute_kind="10")]
    done = desk.do(triage_all, ids, path="M1", dispute_kind="02")
    assert (done.done, done.not_done) == (2, [])
    assert [(desk.case(each).stage, desk.case(each).dispute_kind) for each in ids] == [(Stage.TRIAGED, "02")] * 2


def test_the_kind_of_each_case_stays_where_none_is_given(desk: Desk) -> None:
    case_id = desk.registered(dispute_kind="10")
    desk.do(triage_all, [case_id], path="M1")
    assert desk.case(case_id).dispute_kind == "10"


def test_a_case_that_refuses_leaves_the_others(desk: Desk) -> None:
    registered, triaged, closed = desk.registered(), desk.triaged(), desk.closed()
    done = desk.do(triage_all, [triaged, registered, closed, 99], path="P5", reason="要求复议")
    assert done.done == 1
    assert [(each.called, each.sentence) for each in done.not_done] == [
        ("张三与李四", "案件已分流，不在待分流之列。要改途径，请打开案件办理。"),
        (
            "张三与李四 （2026）示人调字第1号",
            "案件已结案，不在待分流之列。要改途径，请打开案件办理。",
        ),
        ("序号99", "找不到这个案件，可能已被移走。请刷新列表。"),
    ]
    assert desk.case(registered).stage == Stage.TRIAGED
    assert len(desk.case(triaged).triages) == 1


def test_each_case_is_asked_by_its_own_rules(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A matter that is not open to mediation, here by its category, wants a reason."""
    open_to_it, not_open = desk.registered(), desk.registered(event_category="1101")
    is_closed = [code.code for code in desk.rules.table("event_category").codes if code.extra.get("mediable") == "no"]
    with desk.database.writing() as records:
        case = records.cases.get(not_open)
        case.event_category = is_closed[0]
    done = desk.do(triage_all, [not_open, open_to_it], path="M1")
    assert (done.done, len(done.not_done)) == (1, 1)
    assert "请写明理由" in done.not_done[0].sentence
    assert desk.case(not_open).triages == []


@pytest.mark.parametrize("path", ["", "X9"])
def test_a_way_is_needed(desk: Desk, path: str) -> None:
    case_id = desk.registered()
    with desk.refuses("请选择办理途径。", "statutory_path"):
        desk.do(triage_all, [case_id], path=path)


def test_more_than_somebody_can_have_looked_at_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "MOST", 1)
    ids = [desk.registered(), desk.registered()]
    with desk.refuses("一次最多办理1件，现在选中2件。请分几次选。"):
        desk.do(triage_all, ids, path="M1")


def test_all_of_it_is_undone_together(desk: Desk) -> None:
    ids = [desk.registered() for _ in range(3)]
    with desk.database.writing(doing=Doing(what="triage_all", by_id=1, at=NOW)) as records:
        triage_all(records, desk.act, ids, path="M1")
    step = step_done(desk.act, "triage_all", (), records.sealed)
    assert step is not None
    with desk.database.writing(doing=Doing(what="undo triage_all", by_id=1, at=NOW)) as records:
        assert undo(records, desk.act, step, Trail()) == ["张三与李四纠纷"] * 3
    assert {desk.case(each).stage for each in ids} == {Stage.REGISTERED}
