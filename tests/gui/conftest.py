"""A desk as every page is given it: a real store with a centre and its people, and a clock that stands still."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.uid import uuid7
from mediation_desk.gui.desk import Desk
from mediation_desk.resources import resource
from mediation_desk.services.setting_up import set_up
from mediation_desk.store.database import create, open_store
from tests.desk import Desk as Clerk
from tests.gui.starting import begin, home, store  # noqa: F401 - fixtures of the tests that start the program

if TYPE_CHECKING:
    from tests.gui.rosters import Month

NOW = datetime(2026, 11, 23, 9, 30)
"""A Monday morning."""

_numbers = count(1)


def new_uid() -> str:
    return uuid7(NOW, next(_numbers).to_bytes(10, "big"))


def a_centre() -> Centre:
    members = [
        CommitteeMember(name="许主任", post=CommitteePost.HEAD, gender="1"),
        CommitteeMember(name="何委员", gender="2"),
        CommitteeMember(name="吕委员", gender="1"),
    ]
    committee = Committee(uid=new_uid(), name="东城街道人民调解委员会", short_name="东", members=members)
    users = [User(uid=new_uid(), name="王窗口"), User(uid=new_uid(), name="李窗口")]
    return Centre(uid=new_uid(), name="东城街道综治中心", committees=[committee], users=users)


def the_mediators(committee_id: int) -> list[Mediator]:
    """One standing and appointed, one rotating (Monday mornings), one on call."""
    appointed = Appointment(committee_id=committee_id, since=date(2025, 1, 1))
    return [
        Mediator(uid=new_uid(), name="钱律师", unit="正大律师事务所", profession="lawyer", appointments=[appointed]),
        Mediator(
            uid=new_uid(),
            name="孙咨询师",
            unit="区心理协会",
            profession="counsellor",
            presence=Presence.ROTATING,
            weekly_pattern=["mon_am"],
        ),
        Mediator(
            uid=new_uid(),
            name="周干部",
            unit="区信访办",
            profession="petition_staff",
            presence=Presence.ON_CALL,
            call_order=1,
            phone="13800000001",
        ),
    ]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, with a font that has the characters of the forms."""
    font = QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSerifSC-Regular.ttf")))
    qapp.setFont(QFont(QFontDatabase.applicationFontFamilies(font)))
    return qapp


@pytest.fixture(autouse=True)
def nothing_is_left_on_the_screen() -> Iterator[None]:
    """A window that one test leaves open is not there for the next, whatever their order."""
    yield
    for window in QApplication.topLevelWidgets():
        window.hide()


@pytest.fixture(scope="session")
def finished_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "desk.db"
    database = create(path)
    with database.writing() as records:
        centre = set_up(records, a_centre())
        assert centre.id is not None
        assert centre.committees[0].id is not None
        for mediator in the_mediators(centre.committees[0].id):
            records.mediators.add(mediator, centre.id)
    database.close()
    return path


@pytest.fixture
def desk(qapp: QApplication, finished_store: Path, rules: Rules, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "desk.db"
    shutil.copy(finished_store, path)
    database = open_store(path)
    yield Desk(database, rules, clock=lambda: NOW)
    database.close()


@pytest.fixture
def clerk(desk: Desk) -> Clerk:
    """Somebody who takes cases along at the same desk, behind the back of its pages."""
    return Clerk(desk.database, desk.rules)


@pytest.fixture
def month(desk: Desk) -> "Month":
    """Posts and rotating people, and a month of which nothing is published yet."""
    from tests.gui.rosters import Month

    return Month(desk)


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    """A window for a dialog to stand over."""
    place = QWidget()
    qtbot.addWidget(place)
    place.show()
    return place


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> Iterator[QSettings]:
    """Settings of this test alone, nobody's real ones."""
    before = qapp.organizationName(), qapp.applicationName(), QSettings.defaultFormat()
    qapp.setOrganizationName("mediation-desk")
    qapp.setApplicationName("mediation-desk")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    yield QSettings()
    qapp.setOrganizationName(before[0])
    qapp.setApplicationName(before[1])
    QSettings.setDefaultFormat(before[2])
