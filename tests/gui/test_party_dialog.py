from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.party import Agent, AgentKind, Capacity, Party, PartyKind, Side
from mediation_desk.gui.agent_dialog import AgentDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen
from mediation_desk.gui.form_content import tick
from mediation_desk.gui.party_dialog import PartyDialog

CHILD = "110000201812310036"
MAN = "110000199001010013"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


class Opened:
    """A dialog over a window, and what it handed over."""

    def __init__(self, desk: Desk, window: QWidget, party: Party | None = None, side: Side = Side.CLAIMANT) -> None:
        self.taken: list[Party] = []
        self.dialog = PartyDialog(desk, party, side, self.taken.append, window)
        self.ui = self.dialog.ui
        self.dialog.open()

    def save(self) -> Party:
        self.ui.save.click()
        return self.taken[-1]


@pytest.fixture
def opened(desk: Desk, window: QWidget) -> Opened:
    return Opened(desk, window)


def test_a_name_is_enough(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    party = opened.save()
    assert (party.name, party.side, party.kind, party.id_paper, party.birth_date) == (
        "张三",
        Side.CLAIMANT,
        PartyKind.NATURAL,
        "",
        None,
    )
    assert not opened.dialog.isVisible()


def test_the_number_of_an_id_card_fills_in_birth_date_gender_and_area(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    opened.ui.id_number.insert("１１００００199001010013")
    opened.ui.id_number.editingFinished.emit()
    assert opened.ui.birth_date.text() == "1990-01-01"
    assert chosen(opened.ui.gender) == "1"
    assert "北京市" in opened.ui.id_number_caption.text()
    assert "36岁" in opened.ui.id_number.accessibleDescription()
    party = opened.save()
    assert (party.id_number, party.birth_date, party.gender) == (MAN, date(1990, 1, 1), "1")


def test_a_wrong_check_digit_is_told_at_once_and_saved_all_the_same(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    QTest.keyClicks(opened.ui.id_number, "110000199001010014")
    assert "校验位不对" in opened.ui.id_number_caption.text()
    assert opened.ui.birth_date.text() == ""
    assert opened.save().id_number == "110000199001010014"


def test_nothing_is_said_about_a_number_that_is_still_being_typed(opened: Opened) -> None:
    QTest.keyClicks(opened.ui.id_number, "1100001990")
    assert opened.ui.id_number_caption.text() == "证件号码(&I)"
    opened.ui.id_number.editingFinished.emit()
    assert "应为18位，现为10位" in opened.ui.id_number_caption.text()


def test_another_kind_of_paper_judges_the_number_anew(opened: Opened) -> None:
    opened.ui.id_number.setText("810000199408230021")
    choose(opened.ui.id_paper, "R83")
    assert "830000" in opened.ui.id_number_caption.text()
    choose(opened.ui.id_paper, "R81")
    assert "女" in opened.ui.id_number_caption.text()


def test_a_typed_birth_date_is_not_changed_unseen_when_a_party_is_shown(desk: Desk, window: QWidget) -> None:
    stated = Party(no=1, side=Side.OTHER, name="张三", id_paper="111", id_number=MAN, birth_date=date(1990, 1, 2))
    again = Opened(desk, window, stated).save()
    assert (again.birth_date, again.gender, again.side) == (date(1990, 1, 2), "1", Side.OTHER)


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("买买提江.吐尔逊", "买买提江·吐尔逊", ""),
        ("买买提江•吐尔逊", "买买提江·吐尔逊", "间隔号已统一"),
        ("𠮷䶮", "𠮷䶮", ""),
        ("张\u200b三\n", "张三", "控制符"),
        ("Łukasz  Nowak", "Łukasz Nowak", "空格"),
    ],
)
def test_a_name_is_cleaned_before_everybody_s_eyes(opened: Opened, typed: str, kept: str, told: str) -> None:
    opened.ui.name.setText(typed)
    opened.ui.name.editingFinished.emit()
    assert opened.ui.name.text() == kept
    assert told in opened.ui.name_caption.text()
    assert opened.save().name == kept


def test_fifty_characters_beyond_the_bmp_are_fifty_characters(opened: Opened) -> None:
    opened.ui.name.setText("𠮷" * 50)
    assert "最多" not in opened.ui.name_caption.text()
    assert opened.save().name == "𠮷" * 50


def test_a_name_of_fifty_one_characters_is_refused_at_its_field(opened: Opened) -> None:
    opened.ui.name.setText("长" * 51)
    opened.ui.save.click()
    assert opened.taken == []
    assert "超过50个字" in opened.ui.name_caption.text()
    assert opened.ui.name.text() == "长" * 51


def test_a_missing_name_and_an_impossible_day_are_told_together(opened: Opened) -> None:
    opened.ui.birth_date.setText("1990-2-30")
    opened.ui.save.click()
    assert opened.taken == []
    assert "请填写姓名" in opened.ui.name_caption.text()
    assert "没有“1990-2-30”这一天" in opened.ui.birth_date_caption.text()


def test_a_birth_date_in_the_future_is_refused(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    opened.ui.birth_date.setText("2027-1-1")
    opened.ui.save.click()
    assert "不能晚于今天" in opened.ui.birth_date_caption.text()


def test_an_unusual_telephone_number_is_only_remarked(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    opened.ui.phone.setText("１２３４")
    opened.ui.phone.editingFinished.emit()
    assert "不常见" in opened.ui.phone_caption.text()
    assert opened.save().phone == "1234"


def test_a_telephone_number_takes_its_usual_form(opened: Opened) -> None:
    opened.ui.phone.setText("+86 138 0000 0001")
    opened.ui.phone.editingFinished.emit()
    assert opened.ui.phone.text() == "13800000001"


def test_no_paper_asks_for_the_reason_but_does_not_insist(opened: Opened) -> None:
    assert not opened.ui.no_paper_reason.isVisible()
    choose(opened.ui.id_paper, "N00")
    assert opened.ui.no_paper_reason.isVisible()
    assert not opened.ui.id_number.isEnabled()
    opened.ui.name.setText("张三")
    party = opened.save()
    assert (party.id_paper, party.id_number) == ("N00", "")


def test_a_foreign_passport_asks_for_the_nationality(opened: Opened) -> None:
    choose(opened.ui.id_paper, "P01")
    assert "国籍" in opened.ui.nationality.accessibleDescription()
    opened.ui.nationality.setText("波兰")
    assert opened.ui.nationality.accessibleDescription() == ""


def test_an_organisation_has_a_code_and_a_legal_representative(opened: Opened) -> None:
    choose(opened.ui.kind, PartyKind.ORGANISATION)
    assert not opened.ui.person_fields.isVisible()
    opened.ui.name.setText("某某物业公司")
    opened.ui.uscc.setText("91110000802100433b")
    opened.ui.uscc.editingFinished.emit()
    assert "登记地：北京市" in opened.ui.uscc_caption.text()
    opened.ui.legal_representative.setText("赵六")
    opened.ui.legal_representative_post.setText("经理")
    party = opened.save()
    assert (party.kind, party.uscc, party.legal_representative, party.legal_representative_post, party.id_paper) == (
        PartyKind.ORGANISATION,
        "91110000802100433B",
        "赵六",
        "经理",
        "",
    )


def test_a_wrong_organisation_code_is_told(opened: Opened) -> None:
    choose(opened.ui.kind, PartyKind.ORGANISATION)
    opened.ui.uscc.setText("91110000802100433C")
    assert "校验位不对" in opened.ui.uscc_caption.text()


def test_what_was_typed_for_a_person_is_not_kept_for_an_organisation(opened: Opened) -> None:
    opened.ui.name.setText("某公司")
    opened.ui.id_number.setText(MAN)
    choose(opened.ui.kind, PartyKind.ORGANISATION)
    party = opened.save()
    assert (party.id_number, party.birth_date, party.gender) == ("", None, "")


def test_a_minor_without_guardian_is_hinted_at_and_saved(opened: Opened) -> None:
    opened.ui.name.setText("小明")
    assert not opened.ui.guardian_hint.isVisible()
    opened.ui.id_number.setText(CHILD)
    assert opened.ui.guardian_hint.isVisible()
    assert "无民事行为能力" in opened.ui.guardian_hint.text()
    assert opened.save().lacks_guardian(date(2026, 11, 23))


def test_a_guardian_takes_the_hint_away(opened: Opened) -> None:
    opened.ui.id_number.setText(CHILD)
    opened.ui.name.setText("小明")
    opened.ui.add_agent.click()
    agent = opened.dialog.findChild(AgentDialog)
    assert agent is not None
    assert chosen(agent.ui.kind) == AgentKind.STATUTORY
    assert not agent.ui.powers.isVisible()
    agent.ui.name.setText("王芳")
    agent.ui.relation.setText("母亲")
    agent.ui.save.click()
    assert not opened.ui.guardian_hint.isVisible()
    party = opened.save()
    assert [(each.kind, each.name, each.relation) for each in party.agents] == [(AgentKind.STATUTORY, "王芳", "母亲")]


def test_an_adult_under_guardianship_is_marked_by_hand(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    opened.ui.id_number.setText(MAN)
    choose(opened.ui.capacity, Capacity.LIMITED)
    assert opened.ui.guardian_hint.isVisible()
    assert opened.save().capacity is Capacity.LIMITED


def test_self_supporting_is_only_asked_between_sixteen_and_eighteen(opened: Opened) -> None:
    opened.ui.name.setText("小李")
    for born, asked in (("2012-1-1", False), ("2009-5-1", True), ("1990-1-1", False)):
        opened.ui.birth_date.setText(born)
        assert opened.ui.self_supporting.isEnabled() is asked
    opened.ui.birth_date.setText("2009-5-1")
    opened.ui.self_supporting.setChecked(True)
    party = opened.save()
    assert party.self_supporting
    assert party.capacity_on(date(2026, 11, 23)) is Capacity.FULL


def test_an_entrusted_agent_has_named_powers(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    opened.ui.add_agent.click()
    agent = opened.dialog.findChild(AgentDialog)
    assert agent is not None
    agent.ui.name.setText("钱律师")
    agent.ui.id_number.setText(MAN)
    agent.ui.phone.setText("138 0000 0001")
    agent.ui.powers_other.setText("查阅材料")
    tick(agent.ui.powers, ["claims", "evidence"])
    agent.ui.save.click()
    held = opened.save().agents[0]
    assert (held.kind, held.powers, held.powers_other) == (AgentKind.ENTRUSTED, ["evidence", "claims"], "查阅材料")
    assert (held.id_paper, held.id_number, held.phone) == ("111", MAN, "13800000001")


def test_an_agent_without_name_is_refused_at_its_field(opened: Opened) -> None:
    opened.ui.add_agent.click()
    agent = opened.dialog.findChild(AgentDialog)
    assert agent is not None
    agent.ui.save.click()
    assert "请填写代理人姓名" in agent.ui.name_caption.text()
    assert agent.isVisible()


def test_agents_are_changed_and_removed_only_when_the_party_is_confirmed(desk: Desk, window: QWidget) -> None:
    agents = [Agent(kind=AgentKind.ENTRUSTED, name="甲"), Agent(kind=AgentKind.ENTRUSTED, name="乙")]
    party = Party(no=1, side=Side.CLAIMANT, name="张三", agents=agents)
    opened = Opened(desk, window, party)
    opened.ui.agents.setCurrentRow(1)
    opened.ui.edit_agent.click()
    agent = opened.dialog.findChild(AgentDialog)
    assert agent is not None
    agent.ui.name.setText("丙")
    agent.ui.save.click()
    opened.ui.agents.setCurrentRow(0)
    opened.ui.remove_agent.click()
    assert [each.name for each in party.agents] == ["甲", "乙"]
    assert [each.name for each in opened.save().agents] == ["丙"]


def test_what_the_caller_refuses_is_told_at_the_field_and_the_dialog_stays(desk: Desk, window: QWidget) -> None:
    def refuse(party: Party) -> None:
        raise RuleBroken(Fault("已有同名的当事人。", "name"))

    dialog = PartyDialog(desk, None, Side.CLAIMANT, refuse, window)
    dialog.open()
    dialog.ui.name.setText("张三")
    dialog.ui.save.click()
    assert "已有同名的当事人" in dialog.ui.name_caption.text()
    assert dialog.isVisible()
    dialog.ui.name.setText("张三丰")
    assert "同名" not in dialog.ui.name_caption.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_confirms(opened: Opened, key: Qt.Key) -> None:
    assert QTest.qWaitForWindowActive(opened.dialog)
    opened.ui.name.setText("张三")
    QTest.keyClick(opened.ui.name, key, Qt.KeyboardModifier.ControlModifier)
    assert [each.name for each in opened.taken] == ["张三"]


def test_escape_gives_up(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    QTest.keyClick(opened.ui.name, Qt.Key.Key_Escape)
    assert opened.taken == []
    assert not opened.dialog.isVisible()


def test_enter_in_a_field_does_not_confirm(opened: Opened) -> None:
    opened.ui.name.setText("张三")
    QTest.keyClick(opened.ui.name, Qt.Key.Key_Return)
    assert opened.taken == []
    assert opened.dialog.isVisible()


def test_a_half_typed_party_with_a_half_typed_agent_is_taken_up_again(desk: Desk, window: QWidget) -> None:
    half = Opened(desk, window)
    half.ui.name.setText("张三")
    half.ui.birth_date.setText("199")
    half.ui.add_agent.click()
    agent = half.dialog.findChild(AgentDialog)
    assert agent is not None
    agent.ui.name.setText("半")
    content = half.dialog.content()
    half.dialog.reject()

    again = Opened(desk, window)
    again.dialog.put(content)
    taken_up = again.dialog.findChild(AgentDialog)
    assert taken_up is not None
    assert (again.ui.name.text(), again.ui.birth_date.text(), taken_up.ui.name.text()) == ("张三", "199", "半")
    assert again.dialog.content() == content


def test_typing_in_the_dialog_or_in_an_agent_s_is_heard(opened: Opened, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.dialog.touched):
        opened.ui.address.setText("胡同1号")
    opened.ui.add_agent.click()
    agent = opened.dialog.findChild(AgentDialog)
    assert agent is not None
    with qtbot.waitSignal(opened.dialog.touched):
        agent.ui.address.setText("胡同2号")


@pytest.mark.parametrize(
    ("typed", "kept"), [("普通话、维吾尔语", ["普通话", "维吾尔语"]), (" 粤语，客家话 ", ["粤语", "客家话"]), ("", [])]
)
def test_the_languages_of_a_party_are_kept_one_by_one(opened: Opened, typed: str, kept: list[str]) -> None:
    opened.ui.name.setText("张三")
    opened.ui.languages.setText(typed)
    party = opened.save()
    assert party.languages == kept
    opened.dialog.show_party(party)
    assert opened.ui.languages.text() == "、".join(kept)
