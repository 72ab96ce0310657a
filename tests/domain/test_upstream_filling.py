"""A form of an upstream system filled in: its order, its way of writing days, and what does not fit."""

from datetime import date
from typing import Any

import pytest

from mediation_desk.domain.party import Side
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.upstream_filling import Filled, Filling, fill
from mediation_desk.domain.upstream_form import DayFormat, Each, UpstreamField, UpstreamForm
from tests.domain.upstream_cases import company, given, person, with_setting


def form(*fields: UpstreamField, days: DayFormat = DayFormat.COMPACT) -> UpstreamForm:
    return UpstreamForm(code="x", title="表", system="系统", days=days, fields=fields)


def field(label: str, value: str = "", **facts: Any) -> UpstreamField:
    return UpstreamField(label=label, value=value, **facts)


@pytest.mark.parametrize(("days", "text"), [(DayFormat.COMPACT, "20260305"), (DayFormat.DASHED, "2026-03-05")])
def test_days_are_written_as_the_system_wants_them(rules: Rules, days: DayFormat, text: str) -> None:
    asked = form(field("日期", "event.occurred_on"), days=days)
    assert fill(asked, given(rules, occurred_on=date(2026, 3, 5))) == [Filled("日期", Filling.KNOWN, text)]


def test_an_empty_field_says_why_it_is_empty(rules: Rules) -> None:
    asked = form(field("学历"), field("日期", "event.occurred_on"), field("是否成功", "resolution.success"))
    assert [each.filling for each in fill(asked, given(rules))] == [Filling.NOT_KEPT, Filling.MISSING, Filling.NOTHING]
    assert [each.value for each in fill(asked, given(rules))] == ["", "", ""]


def test_a_number_stays_a_number(rules: Rules) -> None:
    assert fill(form(field("人数", "event.people")), given(rules, people_involved=0))[0].value == 0


def test_a_long_text_is_cut_by_code_points_and_says_so(rules: Rules) -> None:
    matter = "𠮷" * 2001  # each is two code units
    [long] = fill(form(field("简述", "event.matter", longest=2000)), given(rules, matter=matter))
    assert (len(str(long.value)), long.cut) == (2000, 1)
    [whole] = fill(form(field("简述", "event.matter", longest=2000)), given(rules, matter=matter[:2000]))
    assert (whole.value, whole.cut) == (matter[:2000], 0)


def test_how_long_a_text_may_be_can_be_a_setting(rules: Rules) -> None:
    asked = form(field("简述", "event.matter", longest_setting="event_text_longest"))
    [cut] = fill(asked, given(with_setting(rules, "event_text_longest", 100), matter="水" * 150))
    assert cut.cut == 50


def test_fields_of_a_side_come_for_each_of_its_parties_together(rules: Rules) -> None:
    asked = form(
        field("编号", "case.number"),
        field("姓名", "party.name", each=Each.CLAIMANTS),
        field("电话", "party.phone", each=Each.CLAIMANTS),
        field("名称", "party.name", each=Each.RESPONDENTS),
        field("名称", "party.name", each=Each.OTHERS),
    )
    parties = [person(phone="13800000001"), person(2, Side.RESPONDENT, "李四"), person(3, name="王五")]
    assert [(each.label, each.value) for each in fill(asked, given(rules, parties=parties, number="7号"))] == [
        ("编号", "7号"),
        ("申请方1 姓名", "张三"),
        ("申请方1 电话", "13800000001"),
        ("申请方2 姓名", "王五"),
        ("申请方2 电话", ""),
        ("被申请方 名称", "李四"),
    ]


def test_a_company_is_asked_for_its_credit_code_and_for_no_gender(rules: Rules) -> None:
    asked = form(
        field("性别", "party.gender", each=Each.RESPONDENTS), field("号码", "party.number", each=Each.RESPONDENTS)
    )
    parties = [person(), company(uscc="91110000TEST000001")]
    filled = fill(asked, given(rules, parties=parties))
    assert [(each.filling, each.value) for each in filled] == [
        (Filling.NOTHING, ""),
        (Filling.KNOWN, "91110000TEST000001"),
    ]
