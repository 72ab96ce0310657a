"""期限: which time limits there are, how they stand, and what may be done about each."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.gui import clocks_topic
from mediation_desk.gui.clock_dialogs import ClockExtendDialog, ClockResumeDialog, ClockStopDialog
from mediation_desk.gui.clocks_topic import ClocksTopic
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW
from mediation_desk.services.act import Act
from mediation_desk.services.clocks import extend, stop_clock
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY
from tests.desk import Desk as Clerk
from tests.domain.casework import in_effect, order, petition
from tests.gui.looking import found

MEDIATION = "调解期限"


@pytest.fixture
def topic(desk: Desk, qtbot: QtBot) -> ClocksTopic:
    topic = ClocksTopic(desk)
    qtbot.addWidget(topic)
    topic.show()
    return topic


def show(topic: ClocksTopic, case_id: int, chosen: str = MEDIATION) -> None:
    """Show the case with this time limit chosen."""
    topic.show_case(topic.desk.look(lambda records, _: records.cases.get(case_id)))
    rows = [row for row, line in enumerate(topic.page.model.lines) if line.cells[0].startswith(chosen)]
    topic.page.ui.facts.setCurrentIndex(topic.page.model.index(rows[0], 0))


def cells(topic: ClocksTopic, called: str) -> tuple[str, ...]:
    [line] = [line for line in topic.page.model.lines if line.cells[0].startswith(called)]
    return tuple(line.cells)


def offered(topic: ClocksTopic) -> set[str]:
    buttons = topic.page.findChildren(QPushButton)
    return {button.objectName().removesuffix("_clock_button") for button in buttons if button.isEnabled()}


def petitioned(clerk: Clerk) -> int:
    case_id = clerk.in_mediation()

    def add(records: Records, _: Act) -> None:
        taken_up = (PetitionStepKind.NOTICE, TODAY), (PetitionStepKind.TAKEN_UP, TODAY)
        records.cases.get(case_id).petition = petition(TODAY, *taken_up)

    clerk.do(add)
    return case_id


def test_what_may_be_done_follows_from_the_rule(topic: ClocksTopic, clerk: Clerk) -> None:
    case_id = petitioned(clerk)
    show(topic, case_id)
    assert offered(topic) == {"stop", "extend", "print", "save"}
    show(topic, case_id, "信访事项办结")
    assert offered(topic) == {"extend", "print", "save"}
    show(topic, case_id, "决定是否受理")
    assert offered(topic) == {"print", "save"}
    clerk.do(stop_clock, case_id, ClockKind.MEDIATION, reason_code="appraisal", since=TODAY)
    show(topic, case_id)
    assert offered(topic) == {"resume", "extend", "print", "save"}


def test_what_was_lengthened_once_is_not_offered_again(topic: ClocksTopic, clerk: Clerk) -> None:
    case_id = petitioned(clerk)
    facts = {"days": 20, "approved_on": TODAY, "approved_by": "示例负责人", "reason": "案情复杂"}
    clerk.do(extend, case_id, ClockKind.PETITION, **facts)  # type: ignore[arg-type]  # any fact
    show(topic, case_id, "信访事项办结")
    assert offered(topic) == {"print", "save"}
    assert "延长20天，2026-11-23批准（示例负责人），理由：案情复杂" in topic.page.ui.fact_text.toPlainText()


@pytest.mark.parametrize(
    ("button", "kind"), [("stop", ClockStopDialog), ("extend", ClockExtendDialog), ("resume", ClockResumeDialog)]
)
def test_each_button_opens_its_dialog(topic: ClocksTopic, clerk: Clerk, button: str, kind: type[QWidget]) -> None:
    case_id = clerk.in_mediation()
    if button == "resume":
        clerk.do(stop_clock, case_id, ClockKind.MEDIATION, reason_code="agreed", since=TODAY)
    show(topic, case_id)
    found(topic, QPushButton, f"{button}_clock_button").click()
    assert [type(dialog) for dialog in topic.findChildren(kind)] == [kind]


def test_the_sheet_is_printed_and_noted_in_the_case(
    topic: ClocksTopic, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.in_mediation()
    sent: list[tuple[bytes, str]] = []

    def to_a_printer(_: QWidget, pdf: bytes, title: str, copies: int, printed: Callable[[int], None]) -> None:
        sent.append((pdf[:5], title))
        printed(copies)

    monkeypatch.setattr(clocks_topic, "print_paper", to_a_printer)
    show(topic, case_id)
    found(topic, QPushButton, "print_clock_button").click()
    assert sent == [(b"%PDF-", "期限计算说明（调解期限）")]
    assert clerk.case(case_id).events[-1].text == "期限计算说明（调解期限） 1份"


def test_without_a_printer_the_sheet_is_saved_and_known_when_it_comes_back(
    topic: ClocksTopic, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.in_mediation()
    names: list[str] = []

    def save_at_once(_: QWidget, pdf: bytes, name: str, *, saved: Callable[[], None]) -> None:
        names.append(name)
        assert pdf.startswith(b"%PDF-")
        saved()

    monkeypatch.setattr(clocks_topic, "save_file", save_at_once)
    show(topic, case_id)
    found(topic, QPushButton, "save_clock_button").click()
    assert names == ["期限计算说明（调解期限）.pdf"]
    with clerk.database.reading() as records:
        kept = records.versions.last(case_id, "clock.mediation", 0)
    assert kept is not None
    assert (kept.title, kept.copies) == ("期限计算说明（调解期限）", 0)


@pytest.mark.parametrize(("days", "tone"), [(0, None), (22, None), (24, YELLOW), (30, ORANGE), (31, RED)])
def test_the_grade_of_a_time_limit_has_the_colour_it_has_on_today(
    topic: ClocksTopic, clerk: Clerk, days: int, tone: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.in_mediation()
    monkeypatch.setattr(topic.desk, "now", lambda: NOW + timedelta(days=days))
    show(topic, case_id)
    assert topic.page.model.lines[1].tone is tone


def test_working_days_of_a_year_nobody_announced_are_not_confirmed(topic: ClocksTopic, clerk: Clerk) -> None:
    case_id = clerk.accepted()

    def as_medical(records: Records, _: Act) -> None:
        records.cases.get(case_id).dispute_kind = "13"

    clerk.do(as_medical)
    show(topic, case_id)
    assert cells(topic, MEDIATION)[2:] == ("2027-01-04（未确认）", "还有30个工作日")
    assert "未确认：2027年的放假安排尚未导入" in topic.page.ui.fact_text.toPlainText()


def test_mediation_of_a_petition_item_says_until_when_it_has_to_end(topic: ClocksTopic, clerk: Clerk) -> None:
    show(topic, petitioned(clerk))
    hint = "提示：这是信访事项，应于2027-01-22前办结；调解最好在2027-01-15（未确认）前结束（早5个工作日"
    assert topic.page.ui.fact_text.toPlainText().startswith(hint)


def test_several_of_one_kind_are_told_apart_and_a_claim_that_is_not_due_has_not_begun(
    topic: ClocksTopic, clerk: Clerk
) -> None:
    case_id = clerk.performing()

    def add(records: Records, _: Act) -> None:
        case = records.cases.get(case_id)
        case.supervision_orders += [order(TODAY, TODAY), order(TODAY, TODAY, no=2, unit="另一所")]
        case.agreements.append(in_effect(date(2026, 11, 20), no=2, number="示调字第2号"))

    clerk.do(add)
    show(topic, case_id)
    called = [line.cells[0] for line in topic.page.model.lines]
    assert called[2:] == [
        "答复督办（示例所）",
        "答复督办（另一所）",
        "申请司法确认 （2026）东人调协字第1号",
        "申请司法确认（示调字第2号）",
    ]
