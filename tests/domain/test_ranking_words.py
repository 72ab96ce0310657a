"""A ranking in words: points as reasons, why nobody is left, and what is kept of it."""

from datetime import date, datetime
from typing import Any

import pytest

from mediation_desk.domain.case import AssignmentRole
from mediation_desk.domain.ranking import (
    WEIGHTS,
    Bar,
    Barred,
    Duty,
    Person,
    Ranked,
    Record,
    Speciality,
    Tier,
    rank,
    redraw,
)
from mediation_desk.domain.ranking_words import (
    Exit,
    KeptLine,
    bars_in_words,
    kept_draw_in_words,
    kept_ranking,
    lines_of,
    reasons,
    tier_in_words,
    ways_out,
    weights_version,
    why_nobody,
)
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
RECUSED = Barred(Bar.RECUSAL, "是当事人的近亲属", "kinship")
AWAY, FULL = Barred(Bar.LEAVE, "请假：11月23日–11月25日"), Barred(Bar.LIMIT, "在办20件，上限20件")
FOREIGN, UNFIT = Barred(Bar.LANGUAGE, "没有共同语言"), Barred(Bar.QUALIFICATION, "没有聘任")


@pytest.fixture(scope="module")
def weights(rules: Rules) -> dict[str, int]:
    return {name: rules.setting(name, date(2026, 11, 23)) for name in WEIGHTS}


def person(number: int = 1, **facts: Any) -> Person:
    told: dict[str, Any] = {"id": number, "uid": f"uid{number}", "name": f"调解员{number}"}
    return Person(**told | facts)


def said_of(weights: dict[str, int], **facts: Any) -> list[str]:
    return reasons(rank([person(**facts)], weights, mean=Record(1, 2)).candidates[0])


def test_points_are_told_as_reasons(weights: dict[str, int]) -> None:
    best = {
        "speciality": Speciality.EXACT,
        "duty": Duty.ON_DUTY,
        "open_cases": 3,
        "record": Record(4, 5),
        "sides_understood": 2,
        "meets_gender_wish": True,
        "settled_before": True,
    }
    assert said_of(weights, **best) == [
        "30 对口专长",
        "25 正在值班",
        "17 在办3件（上限20件）",
        "7 本类结案5件，达成协议4件",
        "7 会双方的语言",
        "4 符合当事人对性别的意愿",
        "4 此前为同样当事人调解成功",
    ]


def test_what_brings_nothing_is_said_only_where_it_tells_something(weights: dict[str, int]) -> None:
    assert said_of(weights, sides_understood=1, settled_before=False) == [
        "6 一般纠纷",
        "0 现在不在",
        "20 在办0件（上限20件）",
        "5 本类还没有结案，按全中心平均计",
        "4 会一方的语言",
        "-8 此前为同样当事人调解未成",
    ]


def test_everybody_excluded_counts_once_under_the_gravest_reason() -> None:
    out = [
        *(person(number, barred=(RECUSED, AWAY)) for number in range(3)),
        *(person(number, barred=(AWAY,)) for number in range(3, 7)),
        *(person(number, barred=(FULL, FOREIGN)) for number in range(7, 9)),
        *(person(number, barred=(FOREIGN,)) for number in range(9, 12)),
    ]
    assert why_nobody(out) == "12人均不可：回避3、请假4、满额2、语言3"
    assert bars_in_words(out[0]) == "是当事人的近亲属；请假：11月23日–11月25日"


def test_an_empty_directory_says_what_to_do() -> None:
    assert "请先在“调解员”页登记" in why_nobody([])


def test_the_nearest_exits_never_drop_recusal() -> None:
    out = [
        person(1, barred=(RECUSED,)),
        person(2, barred=(FOREIGN,)),
        person(3, barred=(FOREIGN, FULL)),
        person(4, barred=(FULL,)),
        person(5, barred=(FULL,)),
        person(6, barred=(AWAY,)),
        person(7, barred=(UNFIT,)),
    ]
    found = ways_out(out)
    assert [(each.exit, each.people) for each in found] == [
        (Exit.RAISE_LIMIT, 2),
        (Exit.INTERPRETER, 1),
        (Exit.AS_HELPER, 1),
        (Exit.WAIT, 1),
        (Exit.TRANSFER, 0),
    ]
    assert [each.said for each in found][:1] == ["提高在办上限（2人可用）"]
    assert ways_out([person(1, barred=(RECUSED,))])[0].said == "移送其他中心或调委会"


def test_the_same_weights_have_the_same_version(weights: dict[str, int]) -> None:
    turned = dict(reversed(weights.items()))
    assert weights_version(turned) == weights_version(weights)
    assert weights_version(weights | {"assign_on_duty": 24}) != weights_version(weights)
    assert len(weights_version(weights)) == 8


def kept(ranked: Ranked, override_reason: str = "") -> Any:
    return kept_ranking(ranked, 1, AssignmentRole.PRESIDING, 1, override_reason=override_reason, by_id=1, made_at=NOW)


def test_what_was_shown_is_kept_and_read_again(weights: dict[str, int]) -> None:
    out = person(9, barred=(RECUSED, AWAY))
    ranking = kept(rank([person(1, tier=Tier.ONE, unchecked=("kinship",)), out], weights), "当事人熟悉")
    assert (ranking.role, ranking.chosen_id, ranking.override_reason, ranking.made_at) == (
        "presiding",
        1,
        "当事人熟悉",
        NOW,
    )
    assert ranking.weights == weights
    [first] = ranking.candidates
    assert (first["points"]["speciality"], first["unchecked"]) == (6, ["kinship"])
    assert lines_of(ranking) == [
        KeptLine(
            1,
            1,
            "调解员1",
            26,
            "一方选择",
            ("6 一般纠纷", "0 现在不在", "20 在办0件（上限20件）", "0 本类还没有结案，按全中心平均计"),
        ),
        KeptLine(0, 9, "调解员9", None, "", ("是当事人的近亲属", "请假：11月23日–11月25日")),
    ]


def test_a_kept_draw_can_be_done_again(weights: dict[str, int]) -> None:
    ranking = kept(rank([person(1), person(2), person(3)], weights, seed="seed"))
    [group] = ranking.draw["groups"]
    assert redraw(ranking.draw["seed"], sorted(group["uids"])) == group["uids"]
    names = "、".join(f"调解员{number}" for number in group["ids"])
    told = kept_draw_in_words(ranking)
    assert told.startswith(f"{names}条件相同，按抽签排序（签号")
    assert told.endswith("），重抽核对一致")


def test_a_kept_draw_that_was_tampered_with_is_told(weights: dict[str, int]) -> None:
    ranking = kept(rank([person(1), person(2), person(3)], weights, seed="seed"))
    ranking.draw["groups"][0]["uids"].reverse()
    assert kept_draw_in_words(ranking).endswith("重抽核对不一致，请查明")


def test_without_a_tie_no_draw_is_kept(weights: dict[str, int]) -> None:
    ranking = kept(rank([person(1)], weights, seed="seed"))
    assert ranking.draw == {}
    assert kept_draw_in_words(ranking) == ""


def test_tiers_in_words() -> None:
    assert [tier_in_words(tier) for tier in Tier] == ["双方选择", "一方选择", ""]
