"""A window shows what others changed, once nobody is in the middle of a word, and says when the server is gone."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import CannotRead
from mediation_desk.domain.rights import Right, Role
from mediation_desk.gui import other_desks
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.other_desks import OtherDesksWatch
from mediation_desk.services.setting_up import save_user
from mediation_desk.store.database import open_store
from mediation_desk.store.other_desks import OtherDesks
from tests.desk import Desk as Clerk


@pytest.fixture
def other(desk: Desk) -> Iterator[Clerk]:
    """Somebody at another desk."""
    assert desk.database.path is not None
    database = open_store(desk.database.path)
    yield Clerk(database, desk.rules)
    database.close()


@pytest.fixture
def watch(desk: Desk) -> Iterator[OtherDesksWatch]:
    watch = OtherDesksWatch(desk)
    watch.look()
    yield watch
    watch.finish()


def test_what_another_changes_comes_by_itself(watch: OtherDesksWatch, desk: Desk, other: Clerk, qtbot: QtBot) -> None:
    watch.start()
    with qtbot.waitSignal(desk.changed):
        other.registered()


def test_a_role_that_is_taken_away_at_another_desk_is_gone_here_too(
    watch: OtherDesksWatch, desk: Desk, other: Clerk
) -> None:
    first = desk.centre.users[0]
    other.do(save_user, User(uid=first.uid, name=first.name, roles=[Role.CLERK.value]))
    assert desk.may(Right.ROSTER)
    watch.look()
    assert not desk.may(Right.ROSTER)


def test_own_steps_are_not_told_again(watch: OtherDesksWatch, desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.changed):
        clerk.registered()
        watch.look()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_who_types_is_left_alone_until_the_next_pause(
    watch: OtherDesksWatch,
    desk: Desk,
    other: Clerk,
    qtbot: QtBot,
    place: QWidget,
    kind: type[QLineEdit | QPlainTextEdit],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    field = kind(place)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    watch._pause.setInterval(0)
    with qtbot.assertNotEmitted(desk.changed):
        other.registered()
        watch.look()
        assert watch._pause.isActive()
        QTest.keyClicks(field, "half")
        watch._show()
        assert watch._pause.isActive()
    with qtbot.waitSignal(desk.changed):
        pass  # nothing more is typed


def test_a_field_that_cannot_be_typed_into_holds_up_nothing(
    watch: OtherDesksWatch, desk: Desk, other: Clerk, qtbot: QtBot, place: QWidget
) -> None:
    field = QLineEdit(place)
    field.setReadOnly(True)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    other.registered()
    with qtbot.waitSignal(desk.changed):
        watch.look()


def test_a_file_that_cannot_be_read_is_passed_over(
    watch: OtherDesksWatch, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: OtherDesks) -> bool:
        raise CannotRead("没有读出内容")

    monkeypatch.setattr(OtherDesks, "look", gone)
    with qtbot.assertNotEmitted(desk.changed):
        watch.look()


def test_a_server_that_goes_and_comes_back_is_told_and_everything_read_anew(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: Iterator[bool | CannotRead] = iter([False, CannotRead("gone"), CannotRead("gone"), False, True])

    def wait(_: OtherDesks, _seconds: float) -> bool:
        answer = next(answers, False)
        if isinstance(answer, CannotRead):
            raise answer
        return answer

    monkeypatch.setattr(OtherDesks, "wait", wait)
    monkeypatch.setattr(other_desks, "CALL_AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(desk.database, "path", None)
    watch = OtherDesksWatch(desk)
    told: list[str] = []
    watch.gone.connect(lambda: told.append("gone"))
    watch.back.connect(lambda: told.append("back"))
    desk.changed.connect(lambda: told.append("changed"))
    watch.start()
    qtbot.waitUntil(lambda: len(told) == 4)
    watch.finish()
    monkeypatch.undo()
    assert told == ["gone", "back", "changed", "changed"]
