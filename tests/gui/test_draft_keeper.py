"""What is typed is in the store within a second, and never gone while the store refuses it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave
from mediation_desk.gui import draft_keeper
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper, refuse_to_lose
from mediation_desk.gui.form_content import watch_inputs
from mediation_desk.store.draft import Draft


class Form(QWidget):
    """One long text that is kept while it is typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        QVBoxLayout(self).addWidget(self.text)
        self.keeper = DraftKeeper(
            desk, "intake", lambda: {"text": self.text.toPlainText()}, lambda: "某人的登记", case_id=None, parent=self
        )
        watch_inputs(self, self.keeper.touch)
        self.troubles: list[str] = []
        self.keeper.not_saved.connect(self.troubles.append)


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> Form:
    made = Form(desk)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again at once."""
    monkeypatch.setattr(draft_keeper, "AGAIN_MS", 10)


def drafts(desk: Desk) -> list[Draft]:
    return desk.look(lambda records, act: records.drafts.of_user(act.by_id))


def kept(desk: Desk) -> list[object]:
    return [draft.content["text"] for draft in drafts(desk)]


@contextmanager
def another_program_writes(desk: Desk) -> Iterator[None]:
    with closing(driver.connect(str(desk.database.path), isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


def set_most_pages(desk: Desk, number: int) -> None:
    with desk.database._engine.connect() as connection:
        connection.exec_driver_sql(f"pragma max_page_count={number}")


def test_a_draft_is_saved_when_typing_rests(desk: Desk, form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.keeper.saved):
        QTest.keyClicks(form.text, "lou shui")
    [draft] = drafts(desk)
    assert (draft.uid, draft.content, draft.form, draft.label) == (
        form.keeper.uid,
        {"text": "lou shui"},
        "intake",
        "某人的登记",
    )
    assert draft.parked_at is None


def test_steady_typing_is_saved_at_least_every_second(desk: Desk, form: Form, qtbot: QtBot) -> None:
    clock, saved_at = QElapsedTimer(), list[int]()
    form.keeper.saved.connect(lambda: saved_at.append(clock.elapsed()))
    typing = QTimer(form, interval=20)
    typing.timeout.connect(lambda: QTest.keyClicks(form.text, "x"))
    clock.start()
    typing.start()
    qtbot.waitUntil(lambda: len(saved_at) >= 3)
    typing.stop()
    assert form.keeper._timer.remainingTime() <= draft_keeper.PAUSE_MS < 1000
    assert len(kept(desk)) == 1
    assert saved_at == sorted(saved_at)


def test_typing_does_not_put_a_save_off(form: Form, qtbot: QtBot) -> None:
    form.keeper.touch()
    qtbot.waitUntil(lambda: form.keeper._timer.remainingTime() < draft_keeper.PAUSE_MS / 2)
    form.keeper.touch()
    assert form.keeper._timer.remainingTime() < draft_keeper.PAUSE_MS / 2


@pytest.mark.usefixtures("impatient")
def test_nothing_is_lost_while_another_program_writes(desk: Desk, form: Form, qtbot: QtBot) -> None:
    with another_program_writes(desk):
        form.text.setPlainText("漏水")
        qtbot.waitUntil(lambda: len(form.troubles) >= 2)
        assert "另一个程序正在写入数据" in form.keeper.trouble
        form.text.insertPlainText("很久，")
        assert kept(desk) == []
        with pytest.raises(CannotSave, match="另一个程序正在写入数据"):
            refuse_to_lose(form)
    qtbot.waitUntil(lambda: kept(desk) == ["很久，漏水"])
    assert form.keeper.trouble == ""
    refuse_to_lose(form)


@pytest.mark.usefixtures("impatient")
def test_nothing_is_lost_while_the_disk_is_full(desk: Desk, form: Form, qtbot: QtBot) -> None:
    form.text.setPlainText("漏水")
    form.keeper.flush()
    set_most_pages(desk, 1)
    long = "漏水" * 50_000
    form.text.setPlainText(long)
    qtbot.waitUntil(lambda: len(form.troubles) >= 2)
    assert form.troubles[0].startswith("磁盘已满，这一步没有保存；窗口里的文字还在。")
    assert kept(desk) == ["漏水"]
    assert form.text.toPlainText() == long
    set_most_pages(desk, 1_000_000)
    qtbot.waitUntil(lambda: kept(desk) == [long])


def test_a_form_that_goes_is_saved_first(desk: Desk, form: Form) -> None:
    assert form.keeper.flush()
    assert drafts(desk) == []
    form.text.setPlainText("漏水")
    assert form.keeper.flush()
    assert kept(desk) == ["漏水"]


def test_a_form_is_told_that_it_may_not_go_yet(desk: Desk, form: Form) -> None:
    form.text.setPlainText("漏水")
    with another_program_writes(desk):
        assert not form.keeper.flush()
    assert form.keeper.flush()
    assert kept(desk) == ["漏水"]


def test_a_form_that_became_a_record_leaves_no_draft(desk: Desk, form: Form) -> None:
    form.text.setPlainText("漏水")
    form.keeper.save()
    before = form.keeper.uid
    form.keeper.forget()
    assert drafts(desk) == []
    form.text.setPlainText("下一位")
    form.keeper.save()
    assert form.keeper.uid != before
    assert kept(desk) == ["下一位"]


def test_forgetting_what_was_never_kept_needs_no_store(desk: Desk, form: Form) -> None:
    form.text.setPlainText("漏水")
    with another_program_writes(desk):
        form.keeper.flush()
        form.keeper.forget()
    refuse_to_lose(form)
    assert form.keeper.flush()
    assert drafts(desk) == []


def test_a_draft_that_cannot_be_dropped_is_still_known(desk: Desk, form: Form) -> None:
    form.text.setPlainText("漏水")
    form.keeper.save()
    with another_program_writes(desk), pytest.raises(CannotSave):
        form.keeper.forget()
    assert form.keeper.is_kept
    form.keeper.forget()
    assert drafts(desk) == []


def test_a_parked_draft_is_let_go_and_the_next_one_stands_beside_it(desk: Desk, form: Form) -> None:
    form.text.setPlainText("漏水")
    assert form.keeper.save(parked=True)
    form.keeper.let_go()
    form.text.setPlainText("噪声")
    form.keeper.save()
    assert {draft.content["text"]: draft.parked_at is not None for draft in drafts(desk)} == {
        "漏水": True,
        "噪声": False,
    }


def test_a_draft_that_is_taken_up_is_gone_on_with(desk: Desk, form: Form, qtbot: QtBot) -> None:
    form.text.setPlainText("漏水")
    form.keeper.save(parked=True)
    again = Form(desk)
    qtbot.addWidget(again)
    again.keeper.take_up(drafts(desk)[0])
    again.text.setPlainText("漏水，又漏了")
    again.keeper.flush()
    [draft] = drafts(desk)
    assert draft.content == {"text": "漏水，又漏了"}
    assert draft.parked_at is None


def test_a_read_only_store_says_so_and_keeps_the_text_on_the_screen(desk: Desk, form: Form) -> None:
    desk.database.read_only = "这份数据只能查看。"
    form.text.setPlainText("漏水")
    assert not form.keeper.flush()
    assert form.troubles == ["这份数据只能查看。"]
    assert form.text.toPlainText() == "漏水"
