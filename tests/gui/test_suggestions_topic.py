"""三项建议 in the window: made, answered, adopted or not."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.supervision import SuggestionKind
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.procedure_topics import mark_of
from mediation_desk.gui.suggestion_dialogs import SuggestionAnswerDialog, SuggestionDialog
from mediation_desk.gui.suggestions_topic import SuggestionsTopic
from mediation_desk.services.suggestions import make_suggestion
from tests.desk import TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at
from tests.gui.topics import Shown


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    return Shown(desk, SuggestionsTopic, clerk.accepted(), qtbot)


def test_a_suggestion_is_made(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press_key(1, SuggestionDialog)
    dialog.ui.save_button.click()
    assert "请选择建议种类" in refusal_at(dialog, "suggestion_kind")
    pick(dialog.ui.suggestion_kind, "追究责任")
    dialog.ui.save_button.click()
    assert "请写明向哪个单位提建议" in refusal_at(dialog, "unit")
    dialog.ui.unit.setText("示例所")
    dialog.ui.suggestion_text.setPlainText("查清谁拖延。")
    dialog.ui.save_button.click()
    assert shown.cells == [("追究责任", "示例所", "2026-11-23", "待答复")]
    assert shown.text.splitlines()[-1] == "查清谁拖延。"
    assert mark_of("suggestions", clerk.case(shown.case_id), shown.desk.rules, TODAY) == "1项待答复"


@pytest.mark.parametrize("verdict", ["已采纳", "未采纳"])
def test_it_is_answered(shown: Shown, clerk: Clerk, verdict: str) -> None:
    clerk.do(make_suggestion, shown.case_id, kind=SuggestionKind.IMPROVE_WORK, unit="示例所", text="按期答复")
    shown.refresh()
    dialog = shown.press("answer_suggestion_button", SuggestionAnswerDialog)
    dialog.ui.answer.setPlainText("已定办法。")
    dialog.ui.save_button.click()
    assert "请选择是否采纳" in refusal_at(dialog, "adopted")
    pick(dialog.ui.adopted, verdict)
    dialog.ui.save_button.click()
    assert shown.cells[0][-1] == verdict
    assert shown.text.endswith(f"2026-11-23答复，{verdict}：已定办法。")
    assert shown.offered() == ["suggest"]
    assert mark_of("suggestions", clerk.case(shown.case_id), shown.desk.rules, TODAY) == ""
