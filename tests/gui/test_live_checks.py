"""Wherever a name is typed, what was changed about it is said beside the field."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.agreement import SignerRole
from mediation_desk.domain.centre import CommitteeMember, CommitteePost, User
from mediation_desk.domain.party import PartyKind, Side
from mediation_desk.gui.committee_form import MemberRow
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.first_start import FirstStart
from mediation_desk.gui.further_parties import FurtherFields, FurtherParties
from mediation_desk.gui.obligation_dialog import ObligationDialog
from mediation_desk.gui.party_dialog import PartyDialog
from mediation_desk.gui.session_dialog import SessionDialog
from mediation_desk.gui.signature_dialog import MarkRow
from mediation_desk.gui.user_form import UserForm
from tests.desk import Desk as Clerk

TODAY = date(2026, 11, 23)
TYPED = "\ue863\u2022吐尔逊\u200f"  # as an old system writes 䶮, with a foreign dot and a mark that nobody sees
KEPT = "䶮·吐尔逊"

Opened = Callable[[Desk, Clerk, QWidget], Any]


def party_dialog(desk: Desk, clerk: Clerk, place: QWidget) -> PartyDialog:
    dialog = PartyDialog(desk, None, Side.RESPONDENT, lambda _: None, place)
    choose(dialog.ui.kind, PartyKind.ORGANISATION)
    return dialog


def obligation_dialog(desk: Desk, clerk: Clerk, place: QWidget) -> ObligationDialog:
    return ObligationDialog(desk, clerk.case(clerk.registered()), None, place)


def session_dialog(desk: Desk, clerk: Clerk, place: QWidget) -> SessionDialog:
    return SessionDialog(desk, clerk.case(clerk.assigned()), place)


def mark_row(desk: Desk, clerk: Clerk, place: QWidget) -> MarkRow:
    return MarkRow(SignerRole.PARTY, 1, "张三", place)


def user_form(desk: Desk, clerk: Clerk, place: QWidget) -> UserForm:
    return UserForm(User(uid="user", name=""))


def member_row(desk: Desk, clerk: Clerk, place: QWidget) -> MemberRow:
    return MemberRow(desk.rules, TODAY, CommitteeMember(name="", post=CommitteePost.MEMBER))


def first_start(desk: Desk, clerk: Clerk, place: QWidget) -> FirstStart:
    return FirstStart(desk.rules, lambda: "uid", place, today=TODAY)


@pytest.mark.parametrize(
    ("opened", "name"),
    [
        (party_dialog, "name"),
        (party_dialog, "legal_representative"),
        (party_dialog, "aliases"),
        (obligation_dialog, "payer"),
        (obligation_dialog, "payee"),
        (session_dialog, "recorder"),
        (mark_row, "witness"),
        (mark_row, "signer"),
        (user_form, "user_name"),
        (member_row, "member_name"),
        (first_start, "user_name"),
    ],
)
def test_what_was_changed_is_said(
    opened: Opened, name: str, desk: Desk, clerk: Clerk, place: QWidget, qtbot: QtBot
) -> None:
    form = opened(desk, clerk, place)
    field, label = _field(form, name), _caption(form, name)
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert line is not None
    line.setText(TYPED)
    line.editingFinished.emit()
    assert line.text() == KEPT
    for sentence in ("旧编码的字已换成标准字", "间隔号已统一", "看不见的控制符"):
        assert sentence in label.text()


def _field(form: Any, name: str) -> QLineEdit | QComboBox:
    field = getattr(form.ui, name)
    assert isinstance(field, QLineEdit | QComboBox)
    return field


def _caption(form: Any, name: str) -> QLabel:
    label = getattr(form.ui, f"{name}_caption")
    assert isinstance(label, QLabel)
    return label


def test_names_of_further_parties_are_cleaned_and_that_is_said(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    add, edit, mark, remove = (QPushButton(page) for _ in range(4))
    caption = QLabel("更多当事人", page)
    fields = FurtherFields(QComboBox(page), QLineEdit(page), add, QTreeView(page), caption, edit, mark, remove)
    parties = FurtherParties(fields, page)
    fields.names.setText(f"王五、 {TYPED}")
    add.click()
    assert [party.name for party in parties.parties] == ["王五", KEPT]
    assert f"{KEPT}：旧编码的字已换成标准字" in caption.text()
    assert "王五：" not in caption.text()
