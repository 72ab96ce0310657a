"""Why a case went to its mediator, as it stood when it was given."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import AssignmentRole
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.mediator import Presence
from mediation_desk.gui import case_printing
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.overview_tab import OverviewTab
from mediation_desk.gui.why_dialog import WhyDialog
from mediation_desk.services.assignment import Choice, assign, record_recusal
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.ranking import rank_for
from tests.desk import Desk as Clerk

LAWYER, COUNSELLOR, OFFICIAL = 1, 2, 3


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    """The official helps, not the first of the order; then the lawyer presides."""
    case_id = clerk.accepted()
    clerk.do(record_recusal, case_id, COUNSELLOR, "kinship", RecusalAnswer.YES)
    helper = AssignmentRole.HELPER
    ranked = clerk.do(rank_for, case_id, helper)
    clerk.do(assign, case_id, Choice(mediator_id=OFFICIAL, role=helper, ranked=ranked, override_reason="熟悉信访事项"))
    clerk.do(assign, case_id, Choice(mediator_id=LAWYER, ranked=clerk.do(rank_for, case_id)))
    return case_id


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> WhyDialog:
    dialog = WhyDialog(desk, clerk.case(case_id), place)
    dialog.open()
    return dialog


def rows(dialog: WhyDialog) -> list[list[str]]:
    return [list(line.cells) for line in dialog.model.lines]


def test_the_last_assignment_is_shown_with_its_order_and_weights(dialog: WhyDialog) -> None:
    ui = dialog.ui
    assert [ui.ranking_choice.itemText(row) for row in range(ui.ranking_choice.count())] == [
        "2026-11-23　主持调解　钱律师",
        "2026-11-23　协助调解　周干部",
    ]
    assert ui.chosen_text.text().startswith("钱律师：排第1位，41分。6 一般纠纷；15 在中心")
    assert rows(dialog)[0][:3] == ["1", "钱律师", "41"]
    assert rows(dialog)[1] == [
        "不可",
        "孙咨询师",
        "",
        "是当事人或者其代理人的近亲属；没有本调委会的有效聘任，只能协助调解",
    ]
    assert "所用分值（版本" in ui.weights_text.text()
    assert "正在值班 25" in ui.weights_text.text()
    assert not ui.draw_text.isVisible()


def test_why_not_the_first_stays_to_be_read(dialog: WhyDialog) -> None:
    dialog.ui.ranking_choice.setCurrentIndex(1)
    assert dialog.ui.chosen_text.text().splitlines()[0].startswith("周干部：排第2位，26分。")
    assert dialog.ui.chosen_text.text().splitlines()[1] == "没有选首位的原因：熟悉信访事项"
    tones = [dialog.model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is not None for row in range(3)]
    assert tones == [False, True, True]


def test_the_record_of_the_assignment_is_printed(
    dialog: WhyDialog, clerk: Clerk, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def take(_window: QWidget, _pdf: bytes, title: str, copies: int, done: Callable[[int], None]) -> None:
        printed.append(title)
        done(copies)

    monkeypatch.setattr(case_printing, "print_paper", take)
    dialog.ui.ranking_choice.setCurrentIndex(1)
    dialog.ui.print_button.click()
    assert printed == ["调解员指派记录（第1次）"]
    assert clerk.case(case_id).events[-1].text.startswith("调解员指派记录（第1次）")


def test_it_is_one_click_away_and_told_in_a_line(desk: Desk, clerk: Clerk, case_id: int, qtbot: QtBot) -> None:
    tab = OverviewTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    tab.tell_why()
    tab.show_case(clerk.case(clerk.assigned()))
    assert not tab.ui.why_button.isEnabled()
    tab.show_case(clerk.case(case_id))
    helper, head = tab.ui.mediators_text.text().split("\n")
    assert "次序第2，26分，没有选首位：熟悉信访事项" in helper
    assert "次序第1，41分　" in head
    tab.ui.why_button.click()
    [dialog] = tab.findChildren(WhyDialog)
    assert dialog.isVisible()


def test_who_was_kept_out_and_taken_by_consent_is_told_so(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.accepted()
    clerk.do(record_recusal, case_id, LAWYER, "same_employer", RecusalAnswer.YES)
    ranked = clerk.do(rank_for, case_id)
    choice = Choice(mediator_id=LAWYER, ranked=ranked, override_reason="双方信任", despite_reason="各方知情同意")
    clerk.do(assign, case_id, choice)
    dialog = WhyDialog(desk, clerk.case(case_id), place)
    assert dialog.ui.chosen_text.text().startswith("钱律师：不在可指派之列。与当事人在同一单位")


def test_a_draw_stays_to_be_read(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.accepted()
    for mediator_id in (LAWYER, OFFICIAL):
        with clerk.database.reading() as records:
            mediator = records.mediators.get(mediator_id)
        mediator.presence, mediator.weekly_pattern = Presence.ROTATING, ["tue_am"]
        clerk.do(save_mediator, mediator)
    ranked = clerk.do(rank_for, case_id, AssignmentRole.HELPER)
    choice = Choice(mediator_id=LAWYER, role=AssignmentRole.HELPER, ranked=ranked, override_reason="由委员会指定")
    clerk.do(assign, case_id, choice)
    dialog = WhyDialog(desk, clerk.case(case_id), place)
    dialog.open()
    assert dialog.ui.draw_text.isVisible()
    assert "条件相同，按抽签排序" in dialog.ui.draw_text.text()
