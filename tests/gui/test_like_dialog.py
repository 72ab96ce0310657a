"""What is like a case, and why."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.relation import RelationKind
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.like_dialog import NOTHING, LikeDialog
from mediation_desk.gui.overview_tab import OverviewTab
from mediation_desk.services.relations import relate
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent

LEAK = "楼上卫生间漏水，天花板泡坏，物业不管，要求修好并赔偿损失。"
NOBODY = (claimant(name="旁人", id_number=""), respondent(name="别人", id_number=""))


def lines(dialog: LikeDialog) -> list[list[str]]:
    model = dialog.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> LikeDialog:
    clerk.registered(matter=LEAK, parties=NOBODY)
    clerk.accepted(matter="欠钱", parties=(claimant(), respondent(name="王五", id_number="")))
    clerk.registered(matter="狗叫", parties=(claimant(id_number="110000199001010031", phone="13800000001"), NOBODY[1]))
    own = clerk.registered(matter=f"今年{LEAK}", parties=(claimant(phone="13800000001"), respondent(name="赵六")))
    dialog = LikeDialog(desk, clerk.case(own), place)
    dialog.open()
    return dialog


def test_people_come_first_then_stories_each_with_the_reason(dialog: LikeDialog) -> None:
    found = lines(dialog)
    assert [line[0] for line in found] == ["以往案件", "以往案件", "疑似同一人", "相似案情"]
    assert found[0][3].startswith("张三（申请方）：证件号相同")
    assert found[1][3].startswith("张三（申请方）：证件号只差一两位")
    assert found[2][3].endswith("：姓名相同、电话相同、证件号只差一两位")
    assert found[3][3].startswith("都提到：")
    assert "旁人与别人" in found[3][2]


def test_who_was_said_to_be_another_person_is_not_shown_again(
    desk: Desk, clerk: Clerk, place: QWidget, dialog: LikeDialog
) -> None:
    clerk.do(relate, 4, 2, RelationKind.OTHER_PERSON, party_no=1, other_party_no=1)
    again = LikeDialog(desk, clerk.case(4), place)
    assert [line[3].partition("：")[2] for line in lines(again)][:1] == ["证件号只差一两位、案情相近"]
    assert len(lines(again)) == len(lines(dialog)) - 1


def test_numbers_are_masked(dialog: LikeDialog) -> None:
    assert "110000199001010031" not in str(lines(dialog))
    assert "13800000001" not in str(lines(dialog))


def test_a_line_opens_its_case(dialog: LikeDialog, desk: Desk, qtbot: QtBot) -> None:
    dialog.ui.like_lines.selectRow(3)
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        dialog.ui.open_like.click()
    assert wanted.args == [1]
    assert dialog.isHidden()


def test_a_case_like_no_other_says_so(desk: Desk, clerk: Clerk, place: QWidget, qtbot: QtBot) -> None:
    tab = OverviewTab(desk)
    qtbot.addWidget(tab)
    tab.show_case(clerk.case(clerk.registered(parties=NOBODY)))
    tab.ui.like_button.click()
    [dialog] = tab.findChildren(LikeDialog)
    assert dialog.ui.like_text.text() == NOTHING
    assert not dialog.ui.open_like.isEnabled()
    dialog.close()
