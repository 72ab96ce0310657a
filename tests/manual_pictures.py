"""Takes the pictures of the manual anew, from practice data on a fixed day: after windows changed.

python -m tests.manual_pictures
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from mediation_desk.domain.call_out import CallAnswer, Urgency
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.gui.application import add_rare_faces, prepare
from mediation_desk.gui.call_out_dialog import CallOutDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.ledger_dialog import LedgerDialog
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.why_dialog import WhyDialog
from mediation_desk.resources import resource
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.call_out import CallOutWish, answer_call, begin_call_out, call_list, call_next
from mediation_desk.services.practice import make_practice_store
from mediation_desk.services.ranking import rank_for
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.database import open_store

PICTURES = resource("manual", "pictures")
A_MONDAY = datetime(2026, 11, 23, 9, 40)
SIZE = (1180, 660)


def take_pictures(store: Path) -> None:
    app = QApplication(sys.argv[:1])
    prepare(app)
    add_rare_faces(app)
    rules = load_rules(resource("rules"))
    make_practice_store(store, rules, A_MONDAY, cases=50)
    now = [A_MONDAY]
    database = open_store(store)
    desk = Desk(database, rules, clock=lambda: now[0])
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    window.begin(desk)
    for key in ("today", "roster"):
        window.open_page(key)
        _settle()
        window.grab().save(str(PICTURES / f"{key}.png"))
    case_id = desk.look(lambda records, _: records.cases.ids(CaseFilter(stages=frozenset({"accepted"}))))[0]
    ranked = desk.look(rank_for, case_id)
    second = ranked.candidates[1].person
    wish = "申请人希望由女调解员主持"
    desk.do(assign, case_id, Choice(mediator_id=second.id, title=second.title, ranked=ranked, override_reason=wish))
    _picture("why", lambda: WhyDialog(desk, desk.look(lambda records, _: records.cases.get(case_id)), window))
    _picture("ledger", lambda: LedgerDialog(desk, window), (980, 560))
    people = [each.mediator_id for each in desk.look(call_list)]
    wanted = CallOutWish(uid=desk.new_uid(), purpose="协助安抚当事人", order=people, urgency=Urgency.URGENT)
    call_out = desk.do(begin_call_out, wanted)
    assert call_out.id is not None
    now[0] += timedelta(minutes=3)
    desk.do(answer_call, call_out.id, 1, CallAnswer.DECLINED, "在外地授课")
    desk.do(call_next, call_out.id)
    now[0] += timedelta(minutes=3, seconds=20)
    _picture("call_out", lambda: CallOutDialog(desk, window, call_out.id or 0), (860, 480))
    window.close()
    database.close()


def _picture(name: str, make: Callable[[], QDialog], size: tuple[int, int] | None = None) -> None:
    dialog = make()
    dialog.open()
    if size:
        dialog.resize(*size)
    _settle()
    dialog.grab().save(str(PICTURES / f"{name}.png"))
    dialog.close()


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(400, loop.quit)
    loop.exec()


if __name__ == "__main__":
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
        take_pictures(Path(place) / "练习.db")
