"""From what is known of a matter to its lawful way, by questions that still matter and no others."""

from datetime import date

import pytest

from mediation_desk.domain.path_aid import Closure, Guide, PathAid, PathPack, PathRule, Question, Situation, When

BEFORE, CHANGE = date(2026, 6, 30), date(2026, 7, 1)


def question(key: str, **more: object) -> Question:
    return Question(**{"key": key, "text": f"{key}？", "short": key} | more)  # type: ignore[arg-type]  # any field


def rule(key: str, path: str, order: int, **when: object) -> PathRule:
    return PathRule(key=key, order=order, when=When(**when), path=path, reason=f"{key}。")  # type: ignore[arg-type]  # any field


AID = PathAid(
    questions={
        "refuses": question("refuses"),
        "official": question("official", categories=("13",)),
        "entrusted": question("entrusted", sources=("referral",)),
        "decided": question("decided"),
    },
    rules=(
        rule("accusation", "N1", 1, kinds=("accusation",)),
        rule("entrusted", "M1", 2, civil=True, yes=("entrusted",), no=("refuses",)),
        rule("decided", "P4a", 3, categories=("13", "99"), yes=("official", "decided")),
        rule("lawsuit", "P1", 4, civil=True, yes=("refuses",)),
        rule("mediation", "M1", 5, civil=True),
        rule("petition", "P6", 6),
    ),
    closures=(
        Closure(key="organ", when=When(yes=("official",)), reason="对方是机关。", law="某法", reason_code="not_civil"),
        Closure(key="no", when=When(yes=("refuses",)), reason="有人拒绝。", law="某法", reason_code="party_refuses"),
    ),
    guides=(
        Guide(key="labour", path="P1", categories=("07",), organ="劳动法庭", how="起诉"),
        Guide(key="court", path="P1", organ="法院", how="起诉"),
    ),
    otherwise="99",
)


def matter(*categories: str, kind: str = "redress_claim", sources: tuple[str, ...] = (), **facts: bool) -> Situation:
    return AID.situation(kind, categories, is_civil="13" not in categories, sources=sources, facts=facts)


def way(situation: Situation, **given: bool) -> tuple[list[str], str, str]:
    """What was told, the question that comes next, and the rule in the end."""
    asked = AID.ask(situation, given)
    return (
        [question.key for question, _ in asked.told],
        asked.question.key if asked.question else "",
        asked.proposal.rule.key if asked.proposal else "",
    )


def test_what_the_kind_decides_needs_no_question() -> None:
    assert way(matter("02", kind="accusation")) == ([], "", "accusation")


def test_a_question_comes_only_while_its_answer_matters() -> None:
    assert way(matter("02")) == ([], "entrusted", "")
    assert way(matter("02"), entrusted=True) == (["entrusted"], "refuses", "")
    assert way(matter("02"), entrusted=True, refuses=False) == (["entrusted", "refuses"], "", "entrusted")
    assert way(matter("02"), entrusted=False) == (["entrusted"], "refuses", "")
    assert way(matter("02"), entrusted=False, refuses=True) == (["entrusted", "refuses"], "", "lawsuit")


def test_an_answer_that_nobody_asks_for_is_left_out() -> None:
    assert way(matter("02"), decided=True, entrusted=False) == (["entrusted"], "refuses", "")


def test_what_is_known_already_is_not_asked() -> None:
    assert way(matter("02", refuses=True)) == ([], "", "lawsuit")
    assert way(matter("02", sources=("referral_court", "referral"))) == ([], "refuses", "")
    assert way(matter("1301", "13")) == ([], "decided", "")


def test_a_rule_for_a_category_holds_for_all_below_it_and_for_no_other() -> None:
    assert way(matter("1301", "13"), decided=True) == (["decided"], "", "decided")
    assert way(matter("1301", "13"), decided=False) == (["decided"], "", "petition")
    assert way(matter("02"), entrusted=False, refuses=False) == (["entrusted", "refuses"], "", "mediation")


def test_what_closes_mediation_is_told_as_far_as_it_is_known() -> None:
    def closed(situation: Situation, **given: bool) -> list[str]:
        proposal = AID.ask(situation, given).proposal
        assert proposal is not None
        return [closure.key for closure in proposal.closures]

    assert closed(matter("1301", "13"), decided=True) == ["organ"]
    assert closed(matter("02"), entrusted=False, refuses=True) == ["no"]
    assert closed(matter("02"), entrusted=False, refuses=False) == []
    assert [closure.key for closure in AID.closed_by(matter("02"))] == []


def test_every_way_of_answering_has_one_end() -> None:
    ends = [AID.every_end(matter("99")), AID.every_end(matter("1301", "13"))]
    rules = [[end.proposal.rule.key for end in each if end.proposal] for each in ends]
    assert sorted(rules[0]) == ["decided"] * 2 + ["entrusted"] + ["lawsuit"] * 4 + ["mediation"] * 2
    assert sorted(rules[1]) == ["decided", "petition"]


def test_where_no_rule_fits_there_is_no_proposal() -> None:
    asked = PathAid(questions=AID.questions, rules=AID.rules[:1]).ask(matter("02"), {})
    assert (asked.told, asked.question, asked.proposal) == ((), None, None)


@pytest.mark.parametrize(
    ("path", "categories", "organ"), [("P1", ["0701", "07"], "劳动法庭"), ("P1", ["02"], "法院"), ("P2", ["02"], None)]
)
def test_the_first_guide_of_a_way_that_has_the_category_counts(
    path: str, categories: list[str], organ: str | None
) -> None:
    guide = AID.guide(path, categories)
    assert (guide.organ if guide else None) == organ


def test_rules_are_those_of_the_day_in_their_order() -> None:
    old = PathRule(key="a", order=9, when=When(), path="P6", reason="旧。", effective_to=BEFORE)
    new = PathRule(key="a", order=9, when=When(), path="P5", reason="新。", effective_from=CHANGE)
    pack = PathPack(rules={"a": (old, new), "b": (rule("b", "P1", 3),)}, otherwise="99")
    assert [each.path for each in pack.on(BEFORE).rules] == ["P1", "P6"]
    assert [each.path for each in pack.on(CHANGE).rules] == ["P1", "P5"]
