"""Earlier cases appear while somebody types, at once for people, after a pause for a story."""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.party import Party
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.earlier_panel import EarlierPanel
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.similar import what_came_of
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent, statements

LEAK = "楼上卫生间漏水，天花板泡坏，物业不管，要求修好并赔偿损失。"
NOBODY = respondent(name="旁人", id_number="")


class Form:
    """What stands in the form."""

    def __init__(self) -> None:
        self.parties: Sequence[Party] = ()
        self.story = ""

    def __call__(self) -> tuple[Sequence[Party], str]:
        return self.parties, self.story


@pytest.fixture
def form() -> Form:
    return Form()


@pytest.fixture
def panel(desk: Desk, form: Form, qtbot: QtBot) -> EarlierPanel:
    panel = EarlierPanel(desk, form)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def lines(panel: EarlierPanel) -> list[str]:
    model = panel.ui.earlier_cases.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_people_are_looked_for_before_the_next_key(panel: EarlierPanel, form: Form, clerk: Clerk) -> None:
    clerk.registered()
    form.parties = [claimant()]
    panel.touched()
    QApplication.processEvents()
    assert len(lines(panel)) == 1
    assert "证件号相同" in lines(panel)[0]


def test_a_story_is_looked_at_when_its_typing_pauses(
    panel: EarlierPanel, form: Form, clerk: Clerk, qtbot: QtBot
) -> None:
    clerk.registered(matter=LEAK, parties=(claimant(id_number=""), NOBODY))
    form.parties = [claimant(name="章三", id_number="")]
    panel.touched()
    QApplication.processEvents()
    form.story = LEAK
    panel.touched()
    QApplication.processEvents()
    assert lines(panel) == []
    qtbot.waitUntil(lambda: len(lines(panel)) == 1)
    assert "姓名同音、案情相近" in lines(panel)[0]


def test_what_came_of_the_chosen_case_is_told(panel: EarlierPanel, form: Form, clerk: Clerk) -> None:
    clerk.performing(parties=(claimant(), respondent()))
    failed = clerk.assigned(parties=(claimant(), respondent(name="王五", id_number="")))
    clerk.do(record_outcome, failed, OutcomeKind.FAILED, reason_code="no_prospect", reason="只肯出一半")
    form.parties = [claimant()]
    panel.look()
    assert lines(panel)[0].endswith("调解不成")
    assert (
        panel.ui.earlier_result.toPlainText()
        == "结果：2026-11-23调解不成\n原因：经调解认为没有达成协议的可能：只肯出一半"
    )
    panel.ui.earlier_cases.setCurrentIndex(panel.ui.earlier_cases.model().index(1, 0))
    told = panel.ui.earlier_result.toPlainText()
    assert "李四赔偿张三人民币3,000.00元。" in told
    assert lines(panel)[1].endswith("履行中　协议未到期")
    assert "未到期：李四付张三3,000.00元" in told


def test_nothing_is_told_of_nobody(panel: EarlierPanel, form: Form, clerk: Clerk) -> None:
    clerk.registered()
    form.parties = [claimant()]
    panel.look()
    assert panel.ui.earlier_result.isVisible()
    assert panel.ui.earlier_result.toPlainText() == "结果：还没有结果"
    form.parties = []
    panel.look()
    assert not panel.ui.earlier_result.isVisible()


def test_all_earlier_cases_are_told_in_few_statements(desk: Desk, clerk: Clerk) -> None:
    def count(number: int) -> int:
        ids = [clerk.performing() for _ in range(number)]
        with statements(desk.database) as sent:
            clerk.look(what_came_of, ids)
        return len(sent)

    assert count(1) == count(4) <= 10
