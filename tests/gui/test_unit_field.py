"""The names of units that are offered while one is typed."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.unit_field import offer_units
from mediation_desk.services.referrals import recall
from mediation_desk.services.triage import hand_over
from tests.desk import Desk as Clerk


def offered(desk: Desk, qtbot: QtBot) -> list[str]:
    field = QLineEdit()
    qtbot.addWidget(field)
    offer_units(field, desk)
    model = field.completer().model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_units_of_earlier_matters_come_first_then_those_of_the_directory(
    desk: Desk, clerk: Clerk, qtbot: QtBot
) -> None:
    for unit in ("区住建委", "区信访办", "旧局"):
        clerk.do(hand_over, clerk.triaged(), handed_to=unit)
    gone = clerk.triaged()
    clerk.do(hand_over, gone, handed_to="已撤局")
    clerk.do(recall, gone, 1, text="撤销", unit_is_gone=True)
    assert offered(desk, qtbot) == ["区住建委", "区信访办", "旧局", "区心理协会", "正大律师事务所"]
