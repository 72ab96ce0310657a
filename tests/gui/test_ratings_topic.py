"""满意度 in the window: nothing is chosen for the party, and whoever is not content is seen."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.gui.rating_dialog import RatingDialog
from mediation_desk.gui.ratings_topic import RatingsTopic
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.ratings import record_rating
from tests.desk import TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at
from tests.gui.topics import Shown


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    return Shown(desk, RatingsTopic, clerk.performing(), qtbot)


def test_nothing_is_chosen_for_the_party(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press_key(1, RatingDialog)
    chosen = [each.currentText() for each in (dialog.ui.rated_by, dialog.ui.level, dialog.ui.channel)]
    assert chosen == ["请选择"] * 3
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "level") == "请按当事人说的选择评价；没有说的，选“不愿评价”。"
    assert refusal_at(dialog, "rated_by") == "请选择是哪一方当事人评价的。"
    assert refusal_at(dialog, "channel") == "请选择评价方式。"
    assert clerk.case(shown.case_id).ratings == []


def test_what_a_party_said_is_recorded_and_shown(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press("record_rating_button", RatingDialog)
    for field, choice in ((dialog.ui.rated_by, "李四"), (dialog.ui.level, "不满意"), (dialog.ui.channel, "电话")):
        pick(field, choice)
    dialog.ui.comment.setPlainText("等得太久")
    dialog.ui.save_button.click()
    [kept] = clerk.case(shown.case_id).ratings
    assert (kept.party_no, kept.level, kept.rated_on, kept.channel) == (2, "dissatisfied", TODAY, "电话")
    assert shown.cells == [("2026-11-23", "李四", "不满意", "电话")]
    assert shown.topic.page.model.lines[0].tone == ORANGE
    assert "意见和建议：等得太久" in shown.text


def test_who_would_not_say_is_no_reason_to_worry(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press("record_rating_button", RatingDialog)
    for field, choice in ((dialog.ui.rated_by, "张三"), (dialog.ui.level, "不愿评价"), (dialog.ui.channel, "当面")):
        pick(field, choice)
    dialog.ui.save_button.click()
    assert shown.cells == [("2026-11-23", "张三", "不愿评价", "当面")]
    assert shown.topic.page.model.lines[0].tone is None


def test_a_closed_case_is_rated_too(shown: Shown, clerk: Clerk) -> None:
    clerk.do(close_case, shown.case_id, despite_reason="当事人要求")
    shown.refresh()
    assert shown.offered() == ["record_rating"]


def test_the_mark_tells_who_is_not_content(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    case_id = clerk.performing()
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)

    def mark() -> str:
        tab.show_case(clerk.case(case_id))
        tab.open_topic("ratings")
        return tab.ui.topics.currentItem().text()

    assert mark() == "满意度"
    clerk.do(record_rating, case_id, 1, "satisfied", rated_on=TODAY, channel="当面")
    assert mark() == "满意度　1方已评价"
    clerk.do(record_rating, case_id, 2, "dissatisfied", rated_on=TODAY, channel="当面")
    assert mark() == "满意度　1方不满意"
