"""The questions and paths the program comes with: for every matter and every way of answering exactly one path."""

from collections.abc import Iterator
from datetime import date

import pytest

from mediation_desk.domain.path_aid import MEDIATION_PATH, Asked, PathAid, Situation
from mediation_desk.domain.rules import Code, Rules
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource

TODAY = date(2026, 11, 23)
KINDS = ("redress_claim", "suggestion", "accusation")


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Read without trusting them: what cannot be right would be refused."""
    return load_rules(resource("rules"))


@pytest.fixture(scope="module")
def aid(rules: Rules) -> PathAid:
    return rules.path_aid(TODAY)


def matter(rules: Rules, kind: str, category: str, **facts: bool) -> Situation:
    table = rules.table("event_category")
    return rules.path_aid(TODAY).situation(
        kind, table.lineage(category), is_civil=table.is_mediable(category), facts=facts
    )


def every_end(rules: Rules, aid: PathAid) -> Iterator[tuple[str, Code, Asked]]:
    for kind in KINDS:
        for category in rules.table("event_category").valid_on(TODAY):
            for end in aid.every_end(matter(rules, kind, category.code)):
                yield kind, category, end


def test_every_matter_has_one_path_however_the_questions_are_answered(rules: Rules, aid: PathAid) -> None:
    paths: set[str] = set()
    met: set[str] = set()
    asked: set[str] = set()
    for kind, category, end in every_end(rules, aid):
        assert end.proposal is not None, (kind, category)
        rule, closures = end.proposal
        paths.add(rule.path)
        met.add(rule.key)
        asked.update(question.key for question, _ in end.told)
        assert not (rule.path == MEDIATION_PATH and closures), (kind, category, end)
        assert rule.path != MEDIATION_PATH or (kind == "redress_claim" and category.code[:2] not in NOT_MEDIABLE)
        assert len(end.told) <= 8, (kind, category, end.told)
    assert paths == {code.code for code in rules.table("statutory_path").codes}
    assert met == {rule.key for rule in aid.rules}
    assert asked == set(aid.questions)


NOT_MEDIABLE = ("11", "12", "13", "14", "15", "16")


def test_accusations_and_suggestions_go_their_own_ways_without_a_question(rules: Rules, aid: PathAid) -> None:
    for kind, path in (("accusation", "N1"), ("suggestion", "N2")):
        for category in rules.table("event_category").valid_on(TODAY):
            [end] = aid.every_end(matter(rules, kind, category.code))
            assert end.proposal is not None
            assert (end.told, end.proposal.rule.path) == ((), path)
            assert end.proposal.closures, "mediation is open to neither"


def test_what_is_not_open_to_mediation_says_why_and_after_which_article(rules: Rules, aid: PathAid) -> None:
    for _, category, end in every_end(rules, aid):
        assert end.proposal is not None
        closures = end.proposal.closures
        assert closures or category.code[:2] not in NOT_MEDIABLE, category
        assert all(closure.reason.endswith("。") and "第" in closure.law for closure in closures)
    reasons = {aid.closed_by(matter(rules, "redress_claim", code))[0].reason for code in NOT_MEDIABLE}
    assert len(reasons) == len(NOT_MEDIABLE)


@pytest.mark.parametrize(
    ("category", "answers", "path", "rule"),
    [
        ("02", "elsewhere- crime- violation- refuses-", "M1", "mediation"),
        ("02", "elsewhere- crime- violation- refuses+", "P1", "lawsuit"),
        ("02", "elsewhere- crime- violation+", "P5", "violation"),
        ("02", "elsewhere- crime+ entrusted-", "P1", "crime"),
        ("02", "elsewhere- crime+ entrusted+ refuses-", "M1", "police_entrusted"),
        ("02", "elsewhere+ entrusted+ refuses-", "M1", "entrusted"),
        ("02", "elsewhere+ entrusted- in_court+", "P1", "in_court"),
        ("06", "elsewhere- crime- violation- refuses+ clause+", "P2", "clause"),
        ("0701", "elsewhere- appraisal- official- arrears+", "P4c", "arrears"),
        ("0701", "elsewhere- appraisal- official- arrears- refuses+", "P2", "labour_arbitration"),
        ("0701", "elsewhere- appraisal- official- arrears- refuses-", "M1", "mediation"),
        ("0702", "elsewhere- appraisal- official+ decided+", "P4a", "decided"),
        ("0704", "discipline+", "P3", "discipline"),
        ("0901", "elsewhere- official- refuses+", "P2", "land_arbitration"),
        ("0903", "elsewhere- official- refuses+ ownership+", "P4b", "ownership"),
        ("0903", "elsewhere- official+ decided+ resource_right+", "P4a", "resource_right"),
        ("1001", "elsewhere- official- refuses+ patent+", "P4b", "patent"),
        ("1101", "elsewhere- expropriation+", "P4a", "expropriation"),
        ("1301", "elsewhere- decided+ on_spot+", "P4a", "on_spot"),
        ("1301", "elsewhere- decided- not_acted+", "P4a", "not_acted"),
        ("1202", "elsewhere- decided- not_acted- violation- applies+", "P4c", "applies"),
        ("1202", "elsewhere- decided- not_acted- violation- applies-", "P6", "official"),
        ("1403", "compensation-", "P1", "judicial"),
        ("1404", "decided-", "P5", "judicial_office"),
        ("1502", "accuses+", "N1", "accuses"),
        ("1501", "accuses- discipline+", "P3", "discipline"),
        ("1501", "accuses- discipline- elsewhere-", "P6", "petition"),
    ],
)
def test_typical_matters_go_the_way_the_law_has_for_them(
    rules: Rules, aid: PathAid, category: str, answers: str, path: str, rule: str
) -> None:
    given = {word[:-1]: word.endswith("+") for word in answers.split()}
    asked = aid.ask(matter(rules, "redress_claim", category), given)
    assert asked.proposal is not None, asked.question
    assert (asked.proposal.rule.path, asked.proposal.rule.key) == (path, rule)
    assert [question.key for question, _ in asked.told] == list(given)


@pytest.mark.parametrize("rule", ["resource_right", "on_spot", "not_acted"])
def test_where_reconsideration_must_go_first_the_reason_says_so(aid: PathAid, rule: str) -> None:
    [found] = [each for each in aid.rules if each.key == rule]
    assert "应先申请行政复议" in found.reason
    assert "第23条" in found.law


def test_every_path_has_a_guide_that_says_who_how_and_with_what(rules: Rules, aid: PathAid) -> None:
    for path in rules.table("statutory_path").codes:
        for category in rules.table("event_category").codes:
            guide = aid.guide(path.code, rules.table("event_category").lineage(category.code))
            assert guide is not None
            assert guide.organ
            assert guide.how.endswith("。")
            assert guide.bring
    met = {
        guide.key
        for path in rules.table("statutory_path").codes
        for category in rules.table("event_category").codes
        if (guide := aid.guide(path.code, rules.table("event_category").lineage(category.code)))
    }
    assert met == {guide.key for guide in aid.guides}, "a guide that nobody comes to"


def test_the_limits_that_matter_are_told(aid: PathAid) -> None:
    def limits(path: str, *categories: str) -> tuple[str, ...]:
        guide = aid.guide(path, categories)
        assert guide is not None
        return guide.limits

    assert "T40" in limits("P4a")
    assert limits("P2", "07") == ("T42", "T42b")
    assert limits("P2", "0901", "09") == ("T44",)
    assert limits("P4c", "07") == ("T43c", "T43")
    assert "T24" in limits("P6")


def test_every_path_belongs_to_one_of_the_seven_groups(rules: Rules) -> None:
    groups = rules.table("path_group")
    assert [group.label for group in groups.codes] == [
        "信访渠道", "行政程序", "仲裁程序", "诉讼程序", "国家赔偿", "技术鉴定", "其他申诉程序",
    ]  # fmt: skip
    named = {path.extra["group"] for path in rules.table("statutory_path").codes}
    named |= {rule.group for rule in rules.path_aid(TODAY).rules if rule.group}
    assert named == {group.code for group in groups.codes}


def test_questions_can_be_answered_with_yes_or_no(aid: PathAid) -> None:
    for question in aid.questions.values():
        assert question.text.endswith("？")
        assert len(question.text) <= 50
        assert len(question.short) <= 15
