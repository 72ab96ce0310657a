"""What is said of a lawful way: who, how, until when, and why people's mediation is not open."""

from datetime import date, datetime

import pytest

from mediation_desk.domain.case import Answer, Case, Triage, Willingness
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.path_words import (
    answers_in_words,
    as_asked,
    closures_of,
    facts_of,
    group_label,
    guide_of,
    laws,
    limits,
    matter_of,
    routes,
)
from mediation_desk.domain.petition import Petition
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()


def case(path: str = "", *answers: Answer, **codes: str) -> Case:
    """Two parties, who have answered in this order."""
    return Case(
        uid="case",
        centre_id=1,
        requested_on=TODAY,
        registered_at=NOW,
        first_contact_id=1,
        matter="",
        demand="",
        parties=[Party(no=1, side=Side.CLAIMANT, name="张三"), Party(no=2, side=Side.RESPONDENT, name="李四")],
        triages=[Triage(path=path, decided_on=TODAY, by_id=1, recorded_at=NOW)] if path else [],
        willingness=[
            Willingness(party_no=no, answer=answer, asked_at=NOW, by_id=1, recorded_at=NOW)
            for no, answer in enumerate(answers, start=1)
        ],
        **codes,  # type: ignore[arg-type]  # codes of tables
    )


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        ((), {}),
        ((Answer.AGREES,), {}),
        ((Answer.AGREES, Answer.UNDECIDED), {}),
        ((Answer.AGREES, Answer.AGREES), {"refuses": False}),
        ((Answer.UNDECIDED, Answer.REFUSES), {"refuses": True}),
    ],
)
def test_what_the_parties_were_asked_need_not_be_asked_again(
    answers: tuple[Answer, ...], facts: dict[str, bool]
) -> None:
    assert facts_of(case("", *answers)) == facts


def test_a_matter_is_what_the_form_says_else_what_is_recorded_else_the_likeliest(rules: Rules) -> None:
    def categories(recorded: Case, **said: str) -> tuple[str, ...]:
        return matter_of(rules, TODAY, recorded, **said).categories

    assert categories(case()) == ("99",)
    assert categories(case(dispute_kind="08")) == ("1101", "11")
    assert categories(case(dispute_kind="08"), dispute_kind="1001") == ("07",)
    assert categories(case(event_category="0203", dispute_kind="08")) == ("0203", "02")
    assert categories(case(event_category="0203"), event_category="1301") == ("1301", "13")
    assert categories(case(event_category="unknown")) == ("99",)


def test_whether_a_matter_is_civil_and_who_sent_it_is_known(rules: Rules) -> None:
    assert matter_of(rules, TODAY, case(event_category="02")).is_civil
    assert not matter_of(rules, TODAY, case(event_category="1301")).is_civil
    assert matter_of(rules, TODAY, case(case_source="referral_court_pre_filing")).answers["entrusted"]
    assert matter_of(rules, TODAY, case(event_category="1301")).answers["official"]


def test_a_recorded_petition_item_goes_before_what_the_form_says(rules: Rules) -> None:
    recorded = case()
    assert matter_of(rules, TODAY, recorded).kind == "redress_claim"
    assert matter_of(rules, TODAY, recorded, kind="suggestion").kind == "suggestion"
    recorded.petition = Petition(kind="accusation", received_on=TODAY, by_id=1, recorded_at=NOW)
    assert matter_of(rules, TODAY, recorded, kind="redress_claim").kind == "accusation"
    assert [each.key for each in closures_of(rules, TODAY, recorded)] == ["accusation"]


def test_why_mediation_is_not_open_follows_from_what_is_recorded(rules: Rules) -> None:
    assert closures_of(rules, TODAY, case(event_category="02")) == ()
    [refused] = closures_of(rules, TODAY, case("", Answer.REFUSES, event_category="02"))
    assert (refused.reason_code, refused.law) == ("party_refuses", "人民调解法第17条")


def test_the_guide_of_a_case_is_that_of_its_way_and_category(rules: Rules) -> None:
    assert guide_of(rules, TODAY, case()) is None
    labour, land = (
        guide_of(rules, TODAY, case("P2", event_category="0701")),
        guide_of(rules, TODAY, case("P2", event_category="0901")),
    )
    assert labour is not None
    assert land is not None
    assert (labour.key, land.key) == ("labour_arbitration", "land_arbitration")


def test_limits_are_said_in_years_where_they_are_years(rules: Rules) -> None:
    guide = guide_of(rules, TODAY, case("P2", event_category="0701"))
    assert guide is not None
    assert limits(rules, guide, TODAY) == [
        "申请劳动争议仲裁的时效：自知道或者应当知道权利被侵害之日起1年内",
        "劳动争议仲裁裁决：自受理之日起45日内",
    ]


def test_the_routes_of_a_matter_that_is_not_mediated_say_who_how_and_until_when(rules: Rules) -> None:
    assert routes(rules, TODAY, case()) == []
    [own] = routes(rules, TODAY, case("P4a", event_category="1301"))
    assert own.startswith("行政复议：行政复议机关（一般是作出决定的部门的本级人民政府）。递交行政复议申请书")
    assert "自知道或者应当知道行政行为之日起60日内" in own
    assert [each.partition("：")[0] for each in routes(rules, TODAY, case("M1", event_category="0701"))] == [
        "仲裁", "行政确认、许可、处罚、给付及劳动监察等",
    ]  # fmt: skip
    assert [each.partition("：")[0] for each in routes(rules, TODAY, case("M1", event_category="02"))] == [
        "诉讼等法律程序"
    ]
    assert "期限" not in routes(rules, TODAY, case("N2"))[0]


def test_group_and_articles_are_those_of_the_way_and_what_a_rule_adds(rules: Rules) -> None:
    assert group_label(rules, "P4c") == "行政程序"
    assert group_label(rules, "P4c", "appraisal") == "技术鉴定"
    assert laws(rules, "P4a", "行政复议法第11条", "") == "信访工作条例第31条第4项；行政复议法第11条"
    assert laws(rules, "", "") == ""


def test_what_was_asked_is_kept_in_words(rules: Rules) -> None:
    aid, matter = rules.path_aid(TODAY), matter_of(rules, TODAY, case(event_category="0701"))
    nothing = aid.ask(matter, {})
    assert (answers_in_words(nothing), as_asked(rules, nothing)) == ("", "")
    answers = {"elsewhere": False, "appraisal": False, "official": False, "arrears": True}
    asked = aid.ask(matter, answers)
    assert as_asked(rules, asked) == (
        "（经询问，已由其他机关受理：否，争鉴定结论：否，对方是行使职权的行政机关：否，要求查处用人单位：是；"
        "建议途径：行政确认、许可、处罚、给付及劳动监察等）"
    )


def test_the_rules_of_another_day_may_be_others(rules: Rules) -> None:
    assert matter_of(rules, date(2020, 1, 1), case(dispute_kind="08")).categories == ("1101", "11")
