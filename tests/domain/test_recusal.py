"""Who has to stay out: what was answered, what the records suggest, and what nobody asked."""

from datetime import date, datetime
from typing import Any

import pytest

from mediation_desk.domain.case import Case
from mediation_desk.domain.choice import RecusalAnswer, RecusalCheck, Stance, StanceKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side
from mediation_desk.domain.petition import Petition
from mediation_desk.domain.recusal import (
    Ground,
    Relations,
    as_compared,
    gives_way,
    questions,
)
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
DAY = NOW.date()
YES, NO, UNCHECKED = RecusalAnswer.YES, RecusalAnswer.NO, RecusalAnswer.UNCHECKED


def mediator(**facts: Any) -> Mediator:
    told: dict[str, Any] = {"id": 1, "uid": "m1", "name": "赵和", "unit": "正大律师事务所"}
    return Mediator(**told | facts)


def case(*parties: Party, **facts: Any) -> Case:
    told: dict[str, Any] = {
        "uid": "c1",
        "centre_id": 1,
        "requested_on": DAY,
        "registered_at": NOW,
        "first_contact_id": 1,
        "matter": "漏水",
        "demand": "赔偿",
        "parties": list(parties) or [party()],
    }
    return Case(**told | facts)


def party(**facts: Any) -> Party:
    """`agents` are names of those who act for the party."""
    told: dict[str, Any] = {"no": 1, "side": Side.CLAIMANT, "name": "张三"} | facts
    agents = [Agent(kind=AgentKind.ENTRUSTED, name=name) for name in told.pop("agents", [])]
    return Party(agents=agents, **told)


def check(code: str, answer: RecusalAnswer, note: str = "", mediator_id: int = 1) -> RecusalCheck:
    return RecusalCheck(mediator_id=mediator_id, reason_code=code, answer=answer, note=note, by_id=1, recorded_at=NOW)


def stance(kind: StanceKind, upheld: bool | None = None, **facts: Any) -> Stance:
    told: dict[str, Any] = {"party_no": 1, "mediator_id": 1, "reason": "偏袒", "by_id": 1, "recorded_at": NOW}
    return Stance(kind=kind, upheld=upheld, **told | facts)


def grounds(about: Case, who: Mediator, rules: Rules, *, mediated_before: str = "") -> list[Ground]:
    return Relations(about, rules, DAY).grounds(who, mediated_before=mediated_before)


def test_an_answer_of_yes_is_a_reason_with_its_note(rules: Rules) -> None:
    asked = case(recusal_checks=[check("kinship", YES, "申请方的表弟"), check("interest", NO)])
    assert grounds(asked, mediator(), rules) == [Ground("kinship", "申请方的表弟")]


def test_whoever_is_of_the_unit_an_accusation_is_about_stays_out(rules: Rules) -> None:
    petition = Petition(kind="accusation", accused_unit="正大 律师事务所", received_on=DAY, by_id=1, recorded_at=NOW)
    about = case(petition=petition)
    assert grounds(about, mediator(), rules) == [Ground("interest", "被检举控告的单位")]
    assert grounds(about, mediator(unit="示例所"), rules) == []


def test_the_last_answer_counts_and_only_for_its_mediator(rules: Rules) -> None:
    asked = case(recusal_checks=[check("kinship", YES), check("kinship", NO), check("interest", YES, mediator_id=2)])
    assert grounds(asked, mediator(), rules) == []


@pytest.mark.parametrize(
    ("involved", "found"),
    [
        ({"workplace": "正大律师事务所"}, Ground("same_employer", "张三的工作单位")),
        ({"workplace": "正大 律师事务所　"}, Ground("same_employer", "张三的工作单位")),
        (
            {"name": "正大律师事务所", "kind": PartyKind.ORGANISATION},
            Ground("same_employer", "正大律师事务所"),
        ),
        ({"name": "赵和"}, Ground("interest", "与当事人赵和同名")),
        ({"agents": ["赵和"]}, Ground("earlier_role", "与张三的委托代理人同名")),
    ],
)
def test_what_the_records_suggest_is_a_reason_until_somebody_says_no(
    rules: Rules, involved: dict[str, Any], found: Ground
) -> None:
    assert grounds(case(party(**involved)), mediator(), rules) == [found]
    assert grounds(case(party(**involved), recusal_checks=[check(found.code, UNCHECKED)]), mediator(), rules) == [found]
    assert grounds(case(party(**involved), recusal_checks=[check(found.code, NO)]), mediator(), rules) == []


def test_two_empty_units_are_not_the_same_employer(rules: Rules) -> None:
    assert grounds(case(party(workplace="")), mediator(unit=""), rules) == []


def test_an_objection_counts_once_it_is_upheld(rules: Rules) -> None:
    opposes = StanceKind.OPPOSES
    assert grounds(case(stances=[stance(opposes)]), mediator(), rules) == []
    assert grounds(case(stances=[stance(opposes, upheld=False)]), mediator(), rules) == []
    assert grounds(case(stances=[stance(opposes, upheld=True)]), mediator(), rules) == [
        Ground("objection", "张三：偏袒")
    ]


def test_who_takes_an_objection_back_no_longer_opposes(rules: Rules) -> None:
    said = case(stances=[stance(StanceKind.OPPOSES, upheld=True), stance(StanceKind.WITHDRAWN)])
    assert grounds(said, mediator(), rules) == []
    assert Relations(said, rules, DAY).stances(mediator())[1].kind is StanceKind.WITHDRAWN


def test_an_earlier_case_counts_where_the_centre_avoids_it(rules: Rules) -> None:
    before = grounds(case(), mediator(), rules, mediated_before="（2025）东人调字第3号")
    assert before == [Ground("mediated_before", "（2025）东人调字第3号")]


def test_reasons_come_in_the_order_of_the_table_and_unknown_ones_last(rules: Rules) -> None:
    asked = case(recusal_checks=[check("old_code", YES), check("interest", YES), check("kinship", YES)])
    assert [each.code for each in grounds(asked, mediator(), rules)] == ["kinship", "interest", "old_code"]


def test_what_nobody_asked_is_not_no(rules: Rules) -> None:
    every = [code.code for code in questions(rules, DAY)]
    assert every == ["kinship", "interest", "same_employer", "earlier_role", "other_relation"]
    assert Relations(case(), rules, DAY).unasked(mediator()) == tuple(every)
    asked = case(recusal_checks=[check("kinship", NO), check("interest", YES), check("same_employer", UNCHECKED)])
    assert Relations(asked, rules, DAY).unasked(mediator()) == ("same_employer", "earlier_role", "other_relation")


@pytest.mark.parametrize(
    ("code", "gives"),
    [
        ("same_employer", True),
        ("other_relation", True),
        ("kinship", False),
        ("interest", False),
        ("objection", False),
        ("own_request", False),
        ("old_code", False),
    ],
)
def test_which_reasons_give_way_to_consent(rules: Rules, code: str, gives: bool) -> None:
    assert gives_way(code, rules) is gives


def test_questions_hold_from_the_day_they_are_valid(rules: Rules) -> None:
    assert questions(rules, date(2011, 1, 1)) == questions(rules, DAY)


def test_names_are_compared_without_width_case_space_and_brackets() -> None:
    assert as_compared("ＡＢ（北京） 公司") == as_compared("ab(北京)公司")
