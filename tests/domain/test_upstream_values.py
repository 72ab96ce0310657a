"""What an upstream system is told of a case: what is recorded, and nothing that somebody would have to make up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.party import Side
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.upstream_values import VALUES, Value, main_party, value_of
from tests.domain.upstream_cases import (
    NOW,
    TODAY,
    accepted,
    agreed,
    company,
    declined,
    ended,
    extended,
    given,
    handed_over,
    person,
    petitioned,
    presiding,
    related,
    routed,
    with_setting,
)


def said(rules: Rules, name: str, **facts: Any) -> Value:
    return value_of(given(rules, **facts), name)


def test_of_a_case_just_registered_only_what_was_typed_is_known(rules: Rules) -> None:
    known = {name: value for name in VALUES if (value := said(rules, name)) not in (None, "")}
    assert known == {"event.title": "张三与李四纠纷", "event.matter": "楼上漏水。", "main.name": "张三"}


def test_what_nobody_recorded_is_told_from_what_cannot_be_there_yet(rules: Rules) -> None:
    missing = [name for name in VALUES if said(rules, name) is None]
    assert missing == [
        "event.occurred_on",
        "event.occurred_at",
        "event.scale",
        "event.category",
        "event.people",
        "main.id_paper",
        "main.id_number",
        "main.gender",
        "main.ethnicity",
        "main.address",
        "resolution.way",
        "case.repeated",
    ]


@pytest.mark.parametrize(
    ("people", "group", "major", "scale"),
    [
        (None, 5, 30, None),
        (3, 0, 0, None),
        (4, 5, 30, "01"),
        (5, 5, 30, "02"),
        (30, 5, 30, "03"),
        (4, 5, 0, "01"),
        (5, 5, 0, None),
    ],
)
def test_the_scale_follows_from_the_people_once_the_centre_said_the_limits(
    rules: Rules, people: int | None, group: int, major: int, scale: str | None
) -> None:
    rules = with_setting(with_setting(rules, "group_event_people", group), "major_group_event_people", major)
    assert said(rules, "event.scale", people_involved=people) == scale


def test_the_category_is_the_recorded_one_else_the_only_one_of_the_kind(rules: Rules) -> None:
    assert said(rules, "event.category", event_category="0401", dispute_kind="02") == "0401"
    assert said(rules, "event.category", dispute_kind="02") == "02"
    assert said(rules, "event.category", dispute_kind="03") is None  # 0902 or 0403: nobody can tell


def test_the_chief_party_is_the_first_person_of_the_claimants_before_any_company(rules: Rules) -> None:
    parties = [person(1, Side.RESPONDENT, "李四"), company(2, Side.CLAIMANT), person(3, Side.CLAIMANT, "张三")]
    assert main_party(given(rules, parties=parties).case).name == "张三"
    assert main_party(given(rules, parties=[company(1, Side.CLAIMANT), company(2)]).case).no == 1


def test_a_company_lacks_nothing_that_only_a_person_has(rules: Rules) -> None:
    parties = [company(1, Side.CLAIMANT, "甲公司"), company(2, name="乙公司")]
    for name in ("main.id_paper", "main.id_number", "main.gender", "main.ethnicity"):
        assert said(rules, name, parties=parties) == ""
    assert said(rules, "main.name", parties=parties) == "甲公司"
    assert said(rules, "event.organisations", parties=parties) == "甲公司、乙公司"


@pytest.mark.parametrize(
    ("id_paper", "code"), [("111", "111"), ("R81", "990"), ("P01", "414"), ("N00", "990"), ("", None)]
)
def test_papers_go_by_the_codes_of_the_standard(rules: Rules, id_paper: str, code: str | None) -> None:
    assert said(rules, "main.id_paper", parties=[person(id_paper=id_paper)]) == code


def test_who_has_no_paper_lacks_no_number(rules: Rules) -> None:
    assert said(rules, "main.id_number", parties=[person(no_paper_reason="遗失补办中")]) == ""
    assert said(rules, "main.id_number", parties=[person(id_number="110000199001010013")]) == "110000199001010013"


def test_the_time_limit_runs_from_acceptance(rules: Rules) -> None:
    assert said(rules, "resolution.due_on") == ""
    assert said(rules, "resolution.due_on", decisions=[accepted(date(2026, 11, 1))]) == date(2026, 12, 1)


def test_more_time_that_was_approved_moves_the_limit(rules: Rules) -> None:
    facts = {"decisions": [accepted(date(2026, 11, 1))], "extensions": [extended(10)]}
    assert said(rules, "resolution.due_on", **facts) == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        (lambda: {"decisions": [accepted()]}, "人民调解"),
        (lambda: {"decisions": [accepted()], "assignments": [presiding("lawyer_mediation")]}, "律师调解"),
        (lambda: {"decisions": [accepted()], "assignments": [presiding("court_invited_mediation")]}, "其他"),
        (lambda: {"decisions": [declined("party_refuses")], "triages": [routed("M1")]}, "不愿化解"),
        (lambda: {"triages": [routed("P1")]}, "司法（诉讼）"),
        (lambda: {"triages": [routed("P4b")]}, "行政裁决"),
        (lambda: {"decisions": [handed_over("区住建委")], "triages": [routed("P6")]}, "信访程序"),
        (lambda: {"triages": [routed("N2")]}, "其他"),
        (lambda: {"triages": [routed("M1")]}, None),  # 人民调解 or 行政调解: not yet said
    ],
)
def test_the_way_of_resolution_follows_from_what_was_done(
    rules: Rules, facts: Callable[[], dict[str, Any]], way: str | None
) -> None:
    assert said(rules, "resolution.way", **facts()) == way


def test_the_code_of_the_standard_is_told_as_soon_as_the_table_knows_it(rules: Rules) -> None:
    table = rules.table("resolution_way")
    codes = tuple(replace(code, extra={**code.extra, "gb31000": "03"}) for code in table.codes)
    rules = replace(rules, tables={**rules.tables, "resolution_way": replace(table, codes=codes)})
    assert said(rules, "resolution.way", decisions=[accepted()]) == "03"


def test_who_resolves_is_the_committee_or_the_unit_that_got_it(rules: Rules) -> None:
    assert said(rules, "resolution.body") == ""
    assert said(rules, "resolution.body", decisions=[accepted()]) == "示例街道人民调解委员会"
    assert said(rules, "resolution.body", decisions=[handed_over("区住建委")]) == "区住建委"


def test_who_is_responsible_is_asked_for_once_the_case_is_accepted(rules: Rules) -> None:
    assert said(rules, "resolution.mediator", decisions=[accepted()]) is None
    facts = {"decisions": [accepted()], "assignments": [presiding()]}
    assert said(rules, "resolution.mediator", **facts) == "赵和"
    assert said(rules, "resolution.phone", **facts) == "13800000009"


@pytest.mark.parametrize(
    ("kind", "success"),
    [
        (OutcomeKind.WRITTEN, "1"),
        (OutcomeKind.ORAL, "1"),
        (OutcomeKind.FAILED, "0"),
        (OutcomeKind.TERMINATED, "0"),
        (OutcomeKind.WITHDRAWN, ""),
    ],
)
def test_success_is_told_as_one_or_nought_and_of_a_withdrawal_neither(
    rules: Rules, kind: OutcomeKind, success: str
) -> None:
    assert said(rules, "resolution.success", decisions=[accepted()], outcomes=[ended(kind)]) == success


def test_the_situation_tells_how_it_ended_with_the_terms_or_the_reason(rules: Rules) -> None:
    agreement = agreed("李四赔偿张三500元。", "双方再无争议。")
    facts: dict[str, Any] = {"decisions": [accepted()], "outcomes": [ended(OutcomeKind.ORAL)]}
    assert said(rules, "resolution.situation", agreements=[agreement], **facts) == (
        "达成口头协议\n李四赔偿张三500元。\n双方再无争议。"
    )
    failed = ended(OutcomeKind.FAILED, reason_code="no_prospect", reason="差距太大")
    assert said(rules, "resolution.situation", decisions=[accepted()], outcomes=[failed]) == (
        "调解不成：经调解认为没有达成协议的可能：差距太大"
    )


def test_a_draft_of_an_agreement_settles_nothing(rules: Rules) -> None:
    draft = agreed("李四赔偿张三500元。", performance_terms="现金")
    draft.frozen_at = None
    assert said(rules, "resolution.terms", agreements=[draft]) == ""
    assert said(rules, "resolution.terms", agreements=[agreed(performance_terms="现金")]) == "现金"


def test_a_petition_tells_its_number_and_what_it_is_about(rules: Rules) -> None:
    names = ("petition.number", "petition.kind", "petition.domain", "petition.received_on")
    assert [said(rules, name) for name in names] == [""] * 4
    petition = petitioned(number="XF1", domain="04")
    assert [said(rules, name, petition=petition) for name in names] == ["XF1", "申诉求决", "城乡建设", TODAY]


def test_whether_it_came_back_is_told_once_somebody_decided_it(rules: Rules) -> None:
    same, new = related(RelationKind.SAME_DISPUTE), related(RelationKind.NEW_DISPUTE)
    assert said(rules, "case.repeated", relations=[same]) == "是"
    assert said(rules, "case.repeated", relations=[new]) == "否"
    same.withdrawn_at = NOW
    assert said(rules, "case.repeated", relations=[same]) is None


def test_a_text_of_a_paper_may_be_asked_for_too(rules: Rules) -> None:
    assert said(rules, "case.requested_on") == TODAY
    assert said(rules, "case.demand") == "赔偿。"
    assert said(rules, "case.channel") is None
