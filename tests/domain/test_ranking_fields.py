"""What a paper can show of the order a mediator was chosen from."""

from datetime import date, datetime
from typing import Any

import pytest

from mediation_desk.domain.case import Assignment, AssignmentRole, Case, ChosenBy
from mediation_desk.domain.centre import Centre, User
from mediation_desk.domain.choice import Ranking
from mediation_desk.domain.form_values import day_of, rows_of, text_of
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.ranking import Bar, Barred, Person, rank
from mediation_desk.domain.ranking_fields import MOST_LINES
from mediation_desk.domain.ranking_words import kept_ranking
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)


def person(number: int, **facts: Any) -> Person:
    told: dict[str, Any] = {"id": number, "uid": f"uid{number}", "name": f"调解员{number}"}
    return Person(**told | facts)


def kept(rules: Rules, *people: Person, chosen_id: int = 1, **weights: int) -> Ranking:
    names = ("assign_speciality_general", "assign_load_most", "assign_success_most", "assign_success_prior")
    values = dict.fromkeys((*names, "assign_history", "assign_language_one", "assign_gender_wish"), 0) | weights
    assert all(name in rules.settings for name in values if name != "gone")
    return kept_ranking(
        rank(people, values, seed="seed"),
        1,
        AssignmentRole.PRESIDING,
        chosen_id,
        override_reason="",
        by_id=1,
        made_at=NOW,
    )


def paper(rules: Rules, ranking: Ranking | None, **assignment: Any) -> PaperInput:
    given: dict[str, Any] = {"mediator_id": 1, "assigned_on": NOW.date(), "by_id": 1, "recorded_at": NOW}
    case = Case(
        uid="c1",
        centre_id=1,
        requested_on=NOW.date(),
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        parties=[Party(no=1, side=Side.CLAIMANT, name="张三")],
        rankings=[ranking] if ranking else [],
        assignments=[Assignment(**given | assignment)] if assignment else [],
    )
    centre = Centre(uid="centre", name="示例街道综治中心", users=[User(id=1, uid="u1", name="登记员")])
    return PaperInput(
        case=case, centre=centre, committee=None, mediators={}, rules=rules, day=date(2027, 1, 1), about=ranking
    )


def test_of_a_large_directory_the_first_are_listed_and_the_others_counted(rules: Rules) -> None:
    given = paper(rules, kept(rules, *(person(number) for number in range(1, MOST_LINES + 3))))
    assert len(rows_of(given, "ranking.candidates")) == MOST_LINES
    assert text_of(given, "ranking.shown") == "可指派12人，列前10人"


def test_recusals_are_listed_and_other_reasons_counted(rules: Rules) -> None:
    out = [
        person(2, barred=(Barred(Bar.RECUSAL, "近亲属"), Barred(Bar.LEAVE, "请假"))),
        person(3, barred=(Barred(Bar.LEAVE, "请假"),)),
        person(4, barred=(Barred(Bar.LEAVE, "请假"), Barred(Bar.LIMIT, "满额"))),
        person(5, barred=(Barred(Bar.QUALIFICATION, "资格"),)),
    ]
    given = paper(rules, kept(rules, person(1), *out))
    assert rows_of(given, "ranking.recused") == [["调解员2", "近亲属；请假"]]
    assert text_of(given, "ranking.others_out") == "请假2人、资格1人"


def test_who_was_taken_by_consent_stands_out_of_the_order(rules: Rules) -> None:
    out = person(1, barred=(Barred(Bar.RECUSAL, "同一单位", "same_employer"),))
    given = paper(rules, kept(rules, person(2), out), ranking_no=1, despite_reason="各方同意")
    assert text_of(given, "ranking.place") == "不在可指派之列，各方同意"
    assert text_of(given, "ranking.despite_reason") == "各方同意"
    assert text_of(given, "ranking.unchecked") == ""


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ({"ranking_no": 1}, "委员会指定"),
        ({"ranking_no": 1, "chosen_by": ChosenBy.PARTIES, "chosen_by_nos": [1]}, "张三选择"),
        ({"ranking_no": 2}, ""),
        ({}, ""),
    ],
)
def test_who_chose(rules: Rules, assignment: dict[str, Any], said: str) -> None:
    assert text_of(paper(rules, kept(rules, person(1)), **assignment), "ranking.chosen_by") == said


def test_weights_stand_two_beside_each_other_and_unknown_ones_under_their_name(rules: Rules) -> None:
    rows = rows_of(paper(rules, kept(rules, person(1), gone=3)), "ranking.weights")
    assert rows[0] == ["其他专长或者没有登记专长", "0", "没有在办案件时（随在办件数与上限之比递减）", "0"]
    assert rows[-1][2:] == ["gone", "3"]
    odd = rows_of(paper(rules, kept(rules, person(1))), "ranking.weights")
    assert odd[-1][2:] == ["", ""]


def test_the_day_and_the_hand_are_those_of_the_choice(rules: Rules) -> None:
    given = paper(rules, kept(rules, person(1)))
    assert (day_of(given, "ranking.made_on"), given.paper_day) == (NOW.date(), NOW.date())
    assert text_of(given, "ranking.made_by") == "登记员"
    assert text_of(given, "ranking.role") == "主持调解"


def test_without_a_ranking_there_is_nothing_to_show(rules: Rules) -> None:
    given = paper(rules, None)
    texts = ("role", "chosen", "place", "reasons", "chosen_by", "override_reason", "draw", "seed", "made_by", "shown")
    assert {text_of(given, f"ranking.{name}") for name in texts} == {""}
    assert {text_of(given, f"ranking.{name}") for name in ("weights_version", "others_out", "unchecked")} == {""}
    assert [len(rows_of(given, f"ranking.{name}")) for name in ("candidates", "recused", "weights")] == [0, 0, 0]
    assert day_of(given, "ranking.made_on") is None
