"""Who comes first: points that are reasons, what the parties chose, and a draw that can be done again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.ranking import (
    WEIGHTS,
    Bar,
    Barred,
    Duty,
    HistoryRule,
    Person,
    Point,
    PointCode,
    Ranked,
    Record,
    Speciality,
    Tier,
    best_pair,
    draw_seed,
    family_of,
    rank,
    redraw,
    speciality_for,
)
from mediation_desk.domain.rules import Rules

DAY = date(2026, 11, 23)
HALF = Record(5, 10)
SEED = draw_seed("case", "presiding", DAY)


@pytest.fixture(scope="module")
def weights(rules: Rules) -> dict[str, int]:
    return {name: rules.setting(name, DAY) for name in WEIGHTS}


def person(number: int = 1, **facts: Any) -> Person:
    told: dict[str, Any] = {"id": number, "uid": f"uid{number}", "name": f"调解员{number}"}
    return Person(**told | facts)


def points(weights: dict[str, int], mean: Record = HALF, **facts: Any) -> dict[PointCode, int]:
    [only] = rank([person(**facts)], weights, mean=mean).candidates
    return {point.code: point.points for point in only.points}


def ids(ranked: Ranked) -> list[int]:
    return [each.person.id for each in ranked.candidates]


def test_the_best_of_everything_is_a_hundred_points(weights: dict[str, int]) -> None:
    best = person(
        speciality=Speciality.EXACT,
        duty=Duty.ON_DUTY,
        record=Record(1000, 1000),
        sides_understood=2,
        meets_gender_wish=True,
        settled_before=True,
    )
    [only] = rank([best], weights, mean=Record(10, 10)).candidates
    assert only.score == 100
    assert only.points[0] == Point(PointCode.SPECIALITY, 30)


def test_a_score_is_never_below_nothing(weights: dict[str, int]) -> None:
    worst = person(open_cases=20, settled_before=False)
    [only] = rank([worst], weights | {"assign_speciality_general": 0}).candidates
    assert only.score == 0


@pytest.mark.parametrize(
    ("facts", "code", "wanted"),
    [
        ({"speciality": Speciality.EXACT}, PointCode.SPECIALITY, 30),
        ({"speciality": Speciality.FAMILY}, PointCode.SPECIALITY, 18),
        ({}, PointCode.SPECIALITY, 6),
        ({"duty": Duty.ON_DUTY}, PointCode.ON_DUTY, 25),
        ({"duty": Duty.IN_BUILDING}, PointCode.ON_DUTY, 15),
        ({"duty": Duty.NEXT}, PointCode.ON_DUTY, 8),
        ({"duty": Duty.ON_CALL}, PointCode.ON_DUTY, 0),
        ({"duty": Duty.AWAY}, PointCode.ON_DUTY, 0),
        ({}, PointCode.LOAD, 20),
        ({"open_cases": 3}, PointCode.LOAD, 17),
        ({"open_cases": 1, "case_most": 8}, PointCode.LOAD, 18),
        ({"open_cases": 9, "case_most": 8}, PointCode.LOAD, 0),
        ({"open_cases": 0, "case_most": 0}, PointCode.LOAD, 0),
        ({}, PointCode.SUCCESS, 5),
        ({"record": Record(1, 1)}, PointCode.SUCCESS, 6),
        ({"record": Record(0, 5)}, PointCode.SUCCESS, 3),
        ({"sides_understood": 1}, PointCode.LANGUAGE, 4),
        ({"sides_understood": 2}, PointCode.LANGUAGE, 7),
        ({"meets_gender_wish": True}, PointCode.GENDER_WISH, 4),
        ({"settled_before": True}, PointCode.HISTORY, 4),
        ({"settled_before": False}, PointCode.HISTORY, -8),
    ],
)
def test_each_line_of_the_score(weights: dict[str, int], facts: dict[str, Any], code: PointCode, wanted: int) -> None:
    assert points(weights, **facts)[code] == wanted


def test_where_nothing_ended_yet_success_counts_for_nobody(weights: dict[str, int]) -> None:
    assert points(weights, mean=Record(0, 0))[PointCode.SUCCESS] == 0


@pytest.mark.parametrize("rule", [HistoryRule.IGNORE, HistoryRule.AVOID])
def test_earlier_cases_count_only_where_the_centre_wants_it(weights: dict[str, int], rule: HistoryRule) -> None:
    assert points(weights | {"assign_history": int(rule)}, settled_before=True)[PointCode.HISTORY] == 0


def test_whom_the_parties_chose_comes_before_any_score(weights: dict[str, int]) -> None:
    people = [
        person(1, speciality=Speciality.EXACT, duty=Duty.ON_DUTY),
        person(2, tier=Tier.ONE, open_cases=19),
        person(3, tier=Tier.BOTH, open_cases=19),
    ]
    assert ids(rank(people, weights)) == [3, 2, 1]


def test_who_may_sign_the_agreement_comes_before_who_has_another_head_unless_the_parties_chose(
    weights: dict[str, int],
) -> None:
    people = [
        person(1, title="lawyer_mediation", speciality=Speciality.EXACT, duty=Duty.ON_DUTY),
        person(2, open_cases=19),
        person(3, title="lawyer_mediation", tier=Tier.BOTH, open_cases=19),
    ]
    assert ids(rank(people, weights)) == [3, 2, 1]


def test_with_the_same_score_fewer_cases_this_month_then_the_longest_wait_decide(weights: dict[str, int]) -> None:
    people = [
        person(1, given_this_month=1, last_given_on=date(2026, 11, 2)),
        person(2, last_given_on=date(2026, 10, 2)),
        person(3, last_given_on=date(2026, 9, 2)),
        person(4),
    ]
    ranked = rank(people, weights, seed=SEED)
    assert ids(ranked) == [4, 3, 2, 1]
    assert ranked.drawn == ()


def test_a_tie_is_drawn_and_the_draw_can_be_done_again(weights: dict[str, int]) -> None:
    ranked = rank([person(number) for number in range(1, 6)], weights, seed=SEED)
    assert ranked.drawn == (tuple(ids(ranked)),)
    assert [each.person.uid for each in ranked.candidates] == redraw(SEED, [f"uid{number}" for number in range(1, 6)])


def test_another_case_or_day_draws_anew() -> None:
    uids = [f"uid{number}" for number in range(20)]
    draws = [
        redraw(draw_seed(case, role, day), uids)
        for case, role, day in (("a", "presiding", DAY), ("b", "presiding", DAY), ("a", "helper", DAY))
    ]
    assert len({tuple(each) for each in draws}) == 3


def test_excluded_people_stay_to_be_seen_with_every_reason(weights: dict[str, int]) -> None:
    out = person(9, barred=(Barred(Bar.RECUSAL, "近亲属", "kinship"), Barred(Bar.LEAVE, "请假")))
    ranked = rank([person(1), out], weights)
    assert ids(ranked) == [1]
    assert ranked.excluded == (out,)
    assert (ranked.kept_out(9), ranked.kept_out(1)) == (out, None)
    assert ranked.candidate(9) is None
    assert ranked.candidate(1) is ranked.candidates[0]


@pytest.mark.parametrize(
    ("kind", "known", "fit"),
    [
        ("1001", ["1001"], Speciality.EXACT),
        ("10", ["10"], Speciality.EXACT),
        ("1001", ["10"], Speciality.FAMILY),
        ("10", ["1099"], Speciality.FAMILY),
        ("1001", ["1099", "02"], Speciality.FAMILY),
        ("1001", ["02"], Speciality.GENERAL),
        ("1001", [], Speciality.GENERAL),
        ("", ["02"], Speciality.GENERAL),
        ("abolished", ["abolished"], Speciality.EXACT),
        ("abolished", ["02"], Speciality.GENERAL),
    ],
)
def test_how_near_a_speciality_comes(rules: Rules, kind: str, known: list[str], fit: Speciality) -> None:
    assert speciality_for(kind, family_of(kind, rules.table("dispute_kind")), known) is fit


def test_the_best_pair_is_two_people_with_the_most_points(weights: dict[str, int]) -> None:
    lawyers = rank([person(1, speciality=Speciality.EXACT), person(2)], weights)
    counsellors = rank([person(1, speciality=Speciality.EXACT), person(3, speciality=Speciality.FAMILY)], weights)
    pair = best_pair(lawyers, counsellors)
    assert pair is not None
    assert [each.person.id for each in pair] == [1, 3]


def test_whom_parties_chose_comes_first_in_a_pair_too(weights: dict[str, int]) -> None:
    first = rank([person(1, tier=Tier.BOTH), person(2, speciality=Speciality.EXACT)], weights)
    second = rank([person(2, speciality=Speciality.EXACT), person(3)], weights)
    pair = best_pair(first, second)
    assert pair is not None
    assert [each.person.id for each in pair] == [1, 2]


def test_who_may_sign_the_agreement_comes_first_in_a_pair_too(weights: dict[str, int]) -> None:
    under_another_head = person(1, title="lawyer_mediation", speciality=Speciality.EXACT, duty=Duty.ON_DUTY)
    first = rank([under_another_head, person(2)], weights)
    pair = best_pair(first, rank([person(3)], weights))
    assert pair is not None
    assert [each.person.id for each in pair] == [2, 3]


def test_one_person_alone_is_no_pair(weights: dict[str, int]) -> None:
    alone = rank([person(1)], weights)
    assert best_pair(alone, alone) is None


# ---- properties


people = st.lists(
    st.builds(
        person,
        st.integers(1, 40),
        tier=st.sampled_from(Tier),
        speciality=st.sampled_from(Speciality),
        duty=st.sampled_from(Duty),
        open_cases=st.integers(0, 22),
        record=st.builds(
            lambda ended, missed: Record(max(ended - missed, 0), ended), st.integers(0, 9), st.integers(0, 9)
        ),
        sides_understood=st.integers(0, 2),
        meets_gender_wish=st.booleans(),
        settled_before=st.sampled_from([None, True, False]),
        given_this_month=st.integers(0, 2),
        last_given_on=st.sampled_from([None, date(2026, 11, 1), date(2026, 11, 2)]),
        barred=st.sampled_from([(), (), (Barred(Bar.LEAVE, "请假"),)]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: each.id,
)


@given(people=people, chance=st.randoms())
def test_the_order_does_not_depend_on_the_order_of_input(
    people: list[Person], chance: Any, weights: dict[str, int]
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert rank(shuffled, weights, seed=SEED) == rank(people, weights, seed=SEED)


@given(people=people, data=st.data())
def test_more_points_never_put_anybody_back(people: list[Person], data: st.DataObject, weights: dict[str, int]) -> None:
    before = rank(people, weights, mean=HALF, seed=SEED)
    if not before.candidates:
        return
    chosen = data.draw(st.sampled_from([each.person for each in before.candidates]))
    better = replace(
        chosen,
        speciality=Speciality.EXACT,
        duty=Duty.ON_DUTY,
        open_cases=max(chosen.open_cases - 1, 0),
        sides_understood=2,
        meets_gender_wish=True,
    )
    after = rank([better if each is chosen else each for each in people], weights, mean=HALF, seed=SEED)
    assert ids(after).index(chosen.id) <= ids(before).index(chosen.id)


@given(people=people)
def test_everybody_is_ranked_or_excluded_and_scores_stay_in_bounds(
    people: list[Person], weights: dict[str, int]
) -> None:
    ranked = rank(people, weights, mean=HALF, seed=SEED)
    assert sorted(ids(ranked) + [each.id for each in ranked.excluded]) == sorted(each.id for each in people)
    assert all(0 <= each.score <= 100 for each in ranked.candidates)
    merits = [(each.person.tier, -each.score) for each in ranked.candidates]
    assert merits == sorted(merits)
