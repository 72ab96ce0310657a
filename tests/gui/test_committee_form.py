"""The fields of a committee."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import Committee, CommitteeMember, CommitteePost
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.committee_form import CommitteeForm
from mediation_desk.gui.fields import choose

TODAY = date(2026, 11, 23)


def a_committee() -> Committee:
    return Committee(
        uid="c-1",
        name="东城街道人民调解委员会",
        short_name="东",
        body="street",
        term_start=date(2025, 1, 1),
        term_end=date(2027, 12, 31),
        active=False,
        number_formats={"oral": "东口{year}-{seq}"},
        members=[
            CommitteeMember(name="许主任", post=CommitteePost.HEAD, gender="1"),
            CommitteeMember(name="何委员", gender="2"),
        ],
    )


@pytest.fixture
def made(rules: Rules, qtbot: QtBot) -> Callable[..., CommitteeForm]:
    def make(committee: Committee | None = None) -> CommitteeForm:
        form = CommitteeForm(rules, TODAY, lambda: "c-new", committee)
        qtbot.addWidget(form)
        return form

    return make


def test_a_committee_is_read_back_as_it_was_shown(made: Callable[..., CommitteeForm]) -> None:
    for committee in (a_committee(), Committee(uid="c-2", name="西", short_name="西")):
        read = made(committee).committee()
        assert (read.uid, read.name, read.short_name, read.body) == (
            committee.uid,
            committee.name,
            committee.short_name,
            committee.body,
        )
        assert (read.term_start, read.term_end, read.active) == (
            committee.term_start,
            committee.term_end,
            committee.active,
        )
        assert read.number_formats == committee.number_formats
        assert [(each.name, each.post, each.gender) for each in read.members] == [
            (each.name, each.post, each.gender) for each in committee.members
        ]


def test_a_new_committee_gets_a_uid_of_its_own(made: Callable[..., CommitteeForm]) -> None:
    assert made().committee().uid == "c-new"


def test_members_are_added_and_removed_and_empty_lines_are_no_members(made: Callable[..., CommitteeForm]) -> None:
    form = made(a_committee())
    form.ui.add_member.click()
    form.ui.add_member.click()
    head, second, third, _ = form._member_rows()
    third.ui.member_name.setText("买买提江•吐尔逊")
    head.ui.remove_member.click()
    assert [each.name for each in form.committee().members] == ["何委员", "买买提江·吐尔逊"]
    second.ui.remove_member.click()
    assert [each.name for each in form.committee().members] == ["买买提江·吐尔逊"]


def test_what_the_law_asks_for_is_said_while_typing_and_blocks_nothing(made: Callable[..., CommitteeForm]) -> None:
    form = made(a_committee())
    form.show()
    assert form.ui.committee_warnings.text() == "委员会现有2名委员，依法应为3至9名。"
    form.ui.add_member.click()
    row = form._member_rows()[-1]
    row.ui.member_name.setText("吕委员")
    assert not form.ui.committee_warnings.isVisible()
    form.ui.committee_term_end.setText("2026-1-1")
    assert form.ui.committee_warnings.text() == "委员会任期已满，请办理换届后更新任期。"
    form.ui.committee_term_end.setText("2026-1-")
    assert form.ui.committee_warnings.isVisible()
    form.ui.committee_term_end.setText("")
    choose(form._member_rows()[0].ui.member_post, CommitteePost.MEMBER)
    assert form.ui.committee_warnings.text() == "委员会没有登记主任。"


def test_numbers_are_shown_as_they_will_look(made: Callable[..., CommitteeForm]) -> None:
    form = made()
    assert form.ui.number_format_case_preview.text() == "如：（2026）＿人调字第1号"
    form.ui.committee_short_name.setText("东")
    assert form.ui.number_format_case_preview.text() == "如：（2026）东人调字第1号"
    form.ui.number_format_agreement.setText("{org_abbr}协{year}-{seq}")
    assert form.ui.number_format_agreement_preview.text() == "如：东协2026-1"
    form.ui.number_format_agreement.setText("{org_abbr}协{seq}")
    assert "会重号" in form.ui.number_format_agreement_preview.text()
    form.ui.number_format_agreement.setText("{org_abbr")
    assert form.ui.number_format_agreement_preview.text().startswith("编号格式只能使用")


def test_a_day_that_does_not_exist_is_refused_at_its_field(made: Callable[..., CommitteeForm]) -> None:
    form = made()
    form.ui.committee_term_start.setText("2026-2-30")
    with pytest.raises(RuleBroken) as refused:
        form.committee()
    assert refused.value.faults[0].place == "committee_term_start"
