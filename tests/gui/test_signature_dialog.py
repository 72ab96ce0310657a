"""Who may sign, and the form of the marks."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.agreement import SignatureKind, SignerRole
from mediation_desk.domain.case import Case
from mediation_desk.domain.party import Agent, AgentKind, Capacity, Party, PartyKind
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.signature_dialog import SignatureDialog, signers_of
from mediation_desk.services.agreements import save_agreement
from tests.desk import APPOINTED, claimant, respondent, text
from tests.desk import Desk as Walk

DAY = date(2026, 11, 23)
MOTHER = Agent(kind=AgentKind.STATUTORY, name="王母")
LAWYER = Agent(kind=AgentKind.ENTRUSTED, name="郑律师")


@pytest.mark.parametrize(
    ("party", "signers"),
    [
        (claimant(agents=[LAWYER]), ["张三", "郑律师"]),
        (claimant(capacity=Capacity.LIMITED, agents=[LAWYER, MOTHER]), ["王母"]),
        (respondent(kind=PartyKind.ORGANISATION, legal_representative="赵经理", agents=[LAWYER]), ["赵经理", "郑律师"]),
        (respondent(kind=PartyKind.ORGANISATION, name="某物业公司"), ["某物业公司"]),
    ],
)
def test_those_who_may_sign_are_offered_the_likeliest_first(party: Party, signers: list[str]) -> None:
    assert signers_of(party, DAY) == signers


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    return owner


def open_form(desk: Desk, case: Case, owner: QWidget) -> SignatureDialog:
    mediators = desk.look(lambda records, _: records.mediators.some([APPOINTED]))
    dialog = SignatureDialog(desk, case, case.agreements[0], mediators, owner)
    dialog.open()
    return dialog


def test_every_needed_mark_has_its_row_and_the_recorder_too(desk: Desk, owner: QWidget) -> None:
    walk = Walk(desk.database, desk.rules)
    case_id = walk.drafted()
    walk.do(save_agreement, case_id, 1, text(recorder="王窗口"))
    dialog = open_form(desk, walk.case(case_id), owner)
    assert [(row.role, row.number) for row in dialog.rows] == [
        (SignerRole.PARTY, 1),
        (SignerRole.PARTY, 2),
        (SignerRole.MEDIATOR, APPOINTED),
        (SignerRole.SEAL, None),
        (SignerRole.RECORDER, None),
    ]
    assert [row.ui.signer.currentText() for row in dialog.rows] == ["张三", "李四", "钱律师", "", "王窗口"]


def test_a_fingerprint_names_its_witness(desk: Desk, owner: QWidget) -> None:
    walk = Walk(desk.database, desk.rules)
    dialog = open_form(desk, walk.case(walk.frozen()), owner)
    row = dialog.rows[1]
    row.ui.really_there.click()
    choose(row.ui.signature_kind, SignatureKind.FINGERPRINT)
    row.ui.witness.setText("周干部")
    [mark] = dialog.marks()
    assert (mark.party_no, mark.kind, mark.witness, mark.signed_on) == (2, SignatureKind.FINGERPRINT, "周干部", DAY)


def test_a_mark_with_a_day_nobody_can_read_is_told_at_its_own_row(desk: Desk, owner: QWidget) -> None:
    walk = Walk(desk.database, desk.rules)
    dialog = open_form(desk, walk.case(walk.frozen()), owner)
    dialog.ui.tick_all.click()
    dialog.rows[2].ui.signed_on.setText("改天")
    dialog.ui.save_button.click()
    assert "看不懂日期" in dialog.rows[2].ui.signed_on_caption.text()
    assert dialog.isVisible()


def test_the_dialog_takes_the_room_its_rows_need(desk: Desk, owner: QWidget) -> None:
    walk = Walk(desk.database, desk.rules)
    dialog = open_form(desk, walk.case(walk.frozen()), owner)
    rows = sum(row.sizeHint().height() for row in dialog.rows)
    assert dialog.height() >= min(rows, int(dialog.screen().availableSize().height() * 0.9))
