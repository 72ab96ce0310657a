"""The program is killed in mid-typing: what is older than a second is there when it is opened again."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rules import Rules
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.register_page import RegisterPage
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.database import open_store

TYPING = """
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.register_page import RegisterPage
from mediation_desk.resources import resource
from mediation_desk.store.database import open_store

app = QApplication([])
desk = Desk(open_store(Path(sys.argv[1])), load_rules(resource("rules")))
page = RegisterPage(desk)
page.show()
ui = page.form.ui
ui.respondent_name.setText("𠮷物业")
typed = 0


def type_on():
    global typed
    QTest.keyClicks(ui.matter, "x")
    typed += 1
    print(typed, time.monotonic(), flush=True)


def register():
    ui.claimant_name.setText("张三")
    ui.demand.setPlainText("赔偿")
    page.ui.register_button.click()
    print("registered", flush=True)
    ui.claimant_name.setText("下一位")
    timer.start(15)


timer = QTimer()
timer.timeout.connect(type_on)
timer.start(15)
if sys.argv[2:] == ["register"]:
    timer.stop()
    type_on()
    QTimer.singleShot(0, register)
app.exec()
"""


@contextmanager
def typing(store: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Somebody who types into the real page, and says each time what stands there."""
    program = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(store), *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def said(program: "subprocess.Popen[str]") -> str:
    assert program.stdout is not None
    line = program.stdout.readline().strip()
    assert line, "the typing program ended by itself"
    return line


@pytest.mark.parametrize("killed_at", [101, 163])
def test_what_is_older_than_a_second_is_there_again(desk: Desk, rules: Rules, qtbot: QtBot, killed_at: int) -> None:
    store = desk.database.path
    assert store is not None
    written: list[tuple[int, float]] = []
    with typing(store) as program:
        while len(written) < killed_at:
            count, moment = said(program).split()
            written.append((int(count), float(moment)))
        program.kill()
        program.wait()
    last = written[-1][1]
    older = max(count for count, moment in written if moment <= last - 1)

    database = open_store(store)
    page = RegisterPage(Desk(database, rules))
    qtbot.addWidget(page)
    assert set(page.form.ui.matter.toPlainText()) == {"x"}
    assert len(page.form.ui.matter.toPlainText()) >= older
    assert page.form.ui.respondent_name.text() == "𠮷物业"
    database.close()


def test_what_was_said_to_be_registered_is_registered_once(desk: Desk, rules: Rules, qtbot: QtBot) -> None:
    store = desk.database.path
    assert store is not None
    with typing(store, "register") as program:
        while said(program) != "registered":
            pass
        program.kill()
        program.wait()

    database = open_store(store)
    again = Desk(database, rules)
    assert len(again.look(lambda records, _: records.cases.ids(CaseFilter()))) == 1
    page = RegisterPage(again)
    qtbot.addWidget(page)
    assert page.form.ui.demand.toPlainText() == ""
    database.close()
