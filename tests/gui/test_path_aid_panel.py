"""The path aid: one question at a time, by keys as by buttons, until the way and its reason are known."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.path_words import matter_of
from mediation_desk.domain.petition import ACCUSATION, Petition
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.path_aid_panel import PathAidPanel
from tests.desk import NOW, TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import bring_up, pick

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(desk: Desk, clerk: Clerk, place: QWidget, qtbot: QtBot) -> PathAidPanel:
    panel = PathAidPanel(place)
    case = clerk.case(clerk.registered(event_category="1301"))
    panel.begin(desk, case, place)
    panel.look_at(matter_of(desk.rules, TODAY, case))
    panel.show()
    bring_up(place, qtbot)
    return panel


def told(panel: PathAidPanel) -> list[str]:
    return panel.ui.told_text.text().splitlines()


def press(panel: PathAidPanel, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(panel.window(), key, ALT)


def test_it_asks_one_question_at_a_time(panel: PathAidPanel) -> None:
    ui = panel.ui
    assert ui.question_text.text().startswith("这件事是不是已由法院")
    assert not ui.take_button.isVisible()
    assert not ui.back_button.isVisible()
    press(panel, Qt.Key.Key_N)
    assert ui.question_text.text().startswith("行政机关是不是已经作出决定")
    assert told(panel) == ["已由其他机关受理：否"]


def test_why_mediation_is_not_open_is_said_from_the_start(panel: PathAidPanel) -> None:
    assert "对行政执法的争议不属于民间纠纷" in panel.ui.closed_text.text()
    assert "人民调解法第2条" in panel.ui.closed_text.text()


def test_the_way_comes_with_reason_article_organ_and_group(panel: PathAidPanel) -> None:
    press(panel, Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_Y)
    said = panel.ui.proposal_text.text()
    assert said.startswith("建议：行政复议（行政程序）\n不服当场作出的处罚决定，应先申请行政复议")
    assert "依据：信访工作条例第31条第4项；行政复议法第11条、第23条" in said
    assert "办理：行政复议机关" in said
    assert not panel.ui.question_text.isVisible()
    assert not panel.ui.yes_button.isVisible()


def test_an_answer_can_be_taken_back(panel: PathAidPanel) -> None:
    press(panel, Qt.Key.Key_N, Qt.Key.Key_Y)
    press(panel, Qt.Key.Key_B)
    assert panel.ui.question_text.text().startswith("行政机关是不是已经作出决定")
    assert panel.answers == {"elsewhere": False}
    press(panel, Qt.Key.Key_B, Qt.Key.Key_B)
    assert panel.answers == {}


def test_the_proposal_is_taken_over_by_one_key(panel: PathAidPanel, qtbot: QtBot) -> None:
    press(panel, Qt.Key.Key_A)  # there is none yet
    press(panel, Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_N)
    with qtbot.waitSignal(panel.taken) as taken:
        press(panel, Qt.Key.Key_A)
    [proposal] = taken.args
    assert (proposal.rule.path, proposal.rule.key) == ("P4a", "decided")


def test_keys_do_nothing_once_all_is_answered(panel: PathAidPanel) -> None:
    press(panel, Qt.Key.Key_Y, Qt.Key.Key_Y)
    answers = dict(panel.answers)
    press(panel, Qt.Key.Key_Y, Qt.Key.Key_N)
    assert panel.answers == answers


def test_another_kind_of_petition_asks_its_owner_to_look_anew(panel: PathAidPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.kind_changed):
        pick(panel.ui.petition_kind, "建议意见")
    assert panel.kind == "suggestion"


def test_a_recorded_petition_item_says_of_which_kind_it_is(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    panel = PathAidPanel(place)
    case = clerk.case(clerk.registered())
    case.petition = Petition(kind=ACCUSATION, received_on=TODAY, by_id=1, recorded_at=NOW)
    panel.begin(desk, case, place)
    panel.look_at(matter_of(desk.rules, TODAY, case, kind=panel.kind))
    assert panel.kind == ACCUSATION
    assert not panel.ui.petition_kind.isEnabled()
    assert panel.ui.proposal_text.text().startswith("建议：纪检监察")
