"""The sheet about a time limit of a case."""

from datetime import timedelta

import pytest

from mediation_desk.documents import clock_sheet
from mediation_desk.documents.clock_sheet import ClockSheet
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.paper import short_digest
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.services.act import Act
from mediation_desk.services.clock_sheet import draw_clock
from mediation_desk.services.clocks import extend
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.verification import verify
from mediation_desk.store.records import Records
from tests.desk import TODAY, Desk, LineOfText
from tests.domain.casework import order


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[ClockSheet]:
    """What was to be drawn."""
    given: list[ClockSheet] = []

    def note(said: ClockSheet) -> LineOfText:
        given.append(said)
        return LineOfText(b"%PDF", [said.file_title], "digest")

    monkeypatch.setattr(clock_sheet, "draw_clock_sheet", note)
    return given


def supervise(desk: Desk, case_id: int) -> None:
    def add(records: Records, _: Act) -> None:
        case = records.cases.get(case_id)
        case.supervision_orders.append(order(TODAY, TODAY + timedelta(days=5)))
        case.supervision_orders.append(order(TODAY, TODAY, no=2, replied_on=TODAY))

    desk.do(add)


def test_the_sheet_has_the_clock_with_its_extensions_and_the_orders_nobody_answered(
    desk: Desk, given: list[ClockSheet]
) -> None:
    case_id = desk.in_mediation()
    desk.do(extend, case_id, ClockKind.MEDIATION, days=9, approved_on=TODAY, reason="等账单", consenting={1, 2})
    supervise(desk, case_id)
    paper = desk.look(draw_clock, case_id, ClockKind.MEDIATION)
    assert paper == ("clock.mediation", 0, "期限计算说明（调解期限）", b"%PDF", ["张三与李四邻里纠纷"], "digest")
    [said] = given
    assert (said.clock.kind, said.clock.further, len(said.extensions)) == (ClockKind.MEDIATION, 9, 1)
    assert said.orders == ["2026年11月23日对示例所的督办（第1号，2026年11月28日前答复）"]
    assert (said.file_title, said.made_by, said.today) == ("张三与李四邻里纠纷", "登记员", TODAY)
    assert said.case_number == desk.case(case_id).number


def test_one_of_several_is_told_by_its_number(desk: Desk, given: list[ClockSheet]) -> None:
    case_id = desk.in_mediation()
    supervise(desk, case_id)
    desk.look(draw_clock, case_id, ClockKind.SUPERVISION, 2)
    assert (given[0].clock.met_on, given[0].orders) == (TODAY, [])


def test_a_clock_that_a_case_does_not_have_is_not_printed(desk: Desk) -> None:
    case_id = desk.registered()
    with pytest.raises(NotFound, match="这个案件现在没有期限“调解期限”，没有打印"):
        desk.look(draw_clock, case_id, ClockKind.MEDIATION)


def test_it_is_drawn_for_real(desk: Desk) -> None:
    assert desk.look(draw_clock, desk.registered(), ClockKind.ACCEPTANCE).pdf.startswith(b"%PDF-")


def test_its_check_code_is_known_once_it_was_printed(desk: Desk) -> None:
    case_id = desk.accepted()
    paper = desk.look(draw_clock, case_id, ClockKind.MEDIATION)
    desk.do(note_printed, case_id, paper.code, paper.no, paper.title, paper.content, paper.digest, 1)
    case = desk.case(case_id)
    assert case.events[-1].text == "期限计算说明（调解期限） 1份"
    verdict = desk.look(lambda records, _: verify(records, case.number, short_digest(paper.digest)))
    assert verdict.is_current
    assert "期限计算说明（调解期限）" in verdict.sentence
