"""What was done at this desk is undone by its name, by whoever did it, until somebody takes over."""

from datetime import datetime

import pytest

from mediation_desk.domain.case import Answer
from mediation_desk.domain.errors import CannotSave, RuleBroken
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.undo_history import MOST_STEPS
from mediation_desk.services.intake import ask_willingness, take_in
from mediation_desk.services.triage import triage
from tests.desk import Desk as Clerk
from tests.desk import intake

ASKED_AT = datetime(2026, 11, 23, 9, 0)


def names(desk: Desk) -> tuple[str, str]:
    """What would be undone, and what would be done again."""
    history = desk.history
    return tuple(step.words if step else "" for step in (history.next_undo, history.next_redo))  # type: ignore[return-value]


def ask(desk: Desk, case_id: int, *nos: int) -> None:
    desk.do(ask_willingness, case_id, nos or (1, 2), Answer.AGREES, asked_at=ASKED_AT)


def answers(desk: Desk, case_id: int) -> int:
    return len(desk.look(lambda records, _: records.cases.get(case_id)).willingness)


@pytest.fixture
def said(desk: Desk) -> list[str]:
    said: list[str] = []
    desk.history.said.connect(said.append)
    return said


def test_the_last_step_is_undone_and_done_again_by_its_name(desk: Desk, clerk: Clerk, said: list[str]) -> None:
    case_id = clerk.registered(dispute_kind="02")
    assert names(desk) == ("", "")
    ask(desk, case_id)
    assert names(desk) == ("记调解意愿", "")
    desk.history.undo()
    assert (names(desk), answers(desk, case_id)) == (("", "记调解意愿"), 0)
    desk.history.redo()
    assert (names(desk), answers(desk, case_id)) == (("记调解意愿", ""), 2)
    desk.history.undo()
    assert said == [
        "已记录：记调解意愿。可撤销（Ctrl+Z）",
        "已撤销：记调解意愿（张三与李四邻里纠纷）。可重做（Ctrl+Shift+Z）",
        "已重做：记调解意愿（张三与李四邻里纠纷）。可撤销（Ctrl+Z）",
        "已撤销：记调解意愿（张三与李四邻里纠纷）。可重做（Ctrl+Shift+Z）",
    ]


def test_steps_are_undone_one_after_the_other(desk: Desk, clerk: Clerk) -> None:
    case_id, other = clerk.registered(), clerk.registered()
    ask(desk, case_id, 1)
    ask(desk, case_id, 2)
    desk.do(triage, other, path="M1", dispute_kind="02")
    for left in ("记调解意愿", "记调解意愿", ""):
        desk.history.undo()
        assert names(desk)[0] == left
    for done in ("记调解意愿", "记调解意愿", "分流"):
        desk.history.redo()
        assert names(desk)[0] == done
    assert answers(desk, case_id) == 2


def test_after_something_new_nothing_is_done_again(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.registered()
    ask(desk, case_id)
    desk.history.undo()
    desk.do(triage, case_id, path="M1", dispute_kind="02")
    assert names(desk) == ("分流", "")


def test_what_cannot_be_undone_says_why_once_and_makes_room(desk: Desk, clerk: Clerk, said: list[str]) -> None:
    other = clerk.registered()
    ask(desk, other)
    desk.do(take_in, intake())
    assert names(desk)[0] == "登记纠纷"
    assert said[-1] == "已记录：登记纠纷"
    with pytest.raises(RuleBroken, match="登记有误请用“更正登记”"):
        desk.history.undo()
    assert names(desk)[0] == "记调解意愿"
    desk.history.undo()
    assert answers(desk, other) == 0


def test_what_could_not_be_saved_just_now_is_offered_again(
    desk: Desk, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(desk, clerk.registered())

    def refuse(*_: object, **__: object) -> None:
        raise CannotSave("另一个程序正在写入数据。")

    with monkeypatch.context() as patch:
        patch.setattr(desk.database, "do", refuse)
        with pytest.raises(CannotSave):
            desk.history.undo()
    assert names(desk)[0] == "记调解意愿"
    desk.history.undo()


def test_pages_read_anew_after_an_undo(desk: Desk, clerk: Clerk) -> None:
    ask(desk, clerk.registered())
    told: list[str] = []
    desk.changed.connect(lambda: told.append("changed"))
    desk.history.undo()
    assert told == ["changed"]


def test_nothing_to_undo_is_nothing(desk: Desk, said: list[str]) -> None:
    desk.history.undo()
    desk.history.redo()
    assert said == []


def test_what_shows_or_saves_nothing_is_no_step(desk: Desk, clerk: Clerk) -> None:
    clerk.registered()
    desk.do(lambda records, _: records.cases.ids())
    assert names(desk) == ("", "")


def test_who_takes_over_begins_anew(desk: Desk, clerk: Clerk) -> None:
    ask(desk, clerk.registered())
    desk.hand_over(int(desk.centre.users[1].id or 0))
    assert names(desk) == ("", "")


def test_only_the_last_steps_are_kept_in_mind(desk: Desk, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_STEPS >= 50
    monkeypatch.setattr("mediation_desk.gui.undo_history.MOST_STEPS", 2)
    case_id = clerk.registered()
    for _ in range(3):
        ask(desk, case_id, 1)
    desk.history.undo()
    desk.history.undo()
    assert (names(desk)[0], answers(desk, case_id)) == ("", 1)
