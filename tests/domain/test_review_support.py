"""抚养, 扶养 and 赡养 go by who is what to whom."""

from datetime import date

import pytest

from mediation_desk.domain.passages import passages_of
from mediation_desk.domain.review_support import support_findings
from tests.domain.drafts import TODAY, Draft, claimant, drafted, pays, respondent


def said(facts: str, clause: str, elder_born: date | None = None, younger_born: date | None = None) -> list[str]:
    """What is told of an agreement between 周大海 and 周小雨."""
    parties = [claimant("周大海", birth_date=elder_born), respondent("周小雨", birth_date=younger_born)]
    draft = drafted(parties, facts, [clause], "按月转账。", pays(500, TODAY, what="费用"))
    return told(draft)


def told(draft: Draft) -> list[str]:
    passages = passages_of(draft.agreement)
    return [finding.sentence for finding in support_findings(draft.case, draft.agreement, passages)]


@pytest.mark.parametrize(
    ("facts", "right", "wrong"),
    [
        ("周大海系周小雨之父。", "抚养", "赡养"),
        ("周大海是周小雨的父亲。", "抚养", "扶养"),
        ("周小雨系周大海之女。", "抚养", "赡养"),
        ("周大海与周小雨系父女关系。", "抚养", "扶养"),
        ("周大海与周小雨系夫妻。", "扶养", "赡养"),
        ("周小雨系周大海妻子。", "扶养", "赡养"),
        ("周大海年老，周小雨系其配偶。", "扶养", "抚养"),
    ],
)
def test_what_the_elder_owes_goes_by_the_facts(facts: str, right: str, wrong: str) -> None:
    assert said(facts, f"周大海每月向周小雨支付{right}费500元。") == []
    [sentence] = said(facts, f"周大海每月向周小雨支付{wrong}费500元。")
    assert f"周大海对周小雨应写“{right}”，不写“{wrong}”" in sentence


@pytest.mark.parametrize(
    "facts", ["周小雨系周大海之子。", "周大海是周小雨母亲。", "周大海年迈，周小雨系其子女。", "周大海与周小雨系母女。"]
)
@pytest.mark.parametrize(
    "clause", ["周小雨给付周大海抚养费500元。", "周小雨对周大海有扶养义务。", "周小雨应当抚养周大海。"]
)
def test_children_keep_their_parents(facts: str, clause: str) -> None:
    [sentence] = said(facts, clause)
    assert "周小雨对周大海应写“赡养”" in sentence


def test_one_parent_pays_the_other_for_the_child() -> None:
    assert said("周大海与周小雨原系夫妻，婚生子随周小雨生活。", "周大海每月向周小雨支付抚养费500元。") == []
    assert said("周大海与周小雨原系夫妻。", "周大海每月向周小雨支付儿子的抚养费500元。") == []


@pytest.mark.parametrize(
    ("elder_born", "younger_born", "clause", "number"),
    [
        (None, date(2018, 1, 1), "周大海向周小雨支付赡养费500元。", 1),
        (None, date(2018, 1, 1), "周大海向周小雨支付抚养费500元。", 0),
        (date(1950, 1, 1), date(1980, 1, 1), "周小雨向周大海支付抚养费500元。", 1),
        (date(1950, 1, 1), date(1949, 1, 1), "周小雨向周大海支付抚养费500元。", 0),
        (None, None, "周小雨向周大海支付抚养费500元。", 0),
    ],
)
def test_without_a_word_of_it_the_ages_tell(
    elder_born: date | None, younger_born: date | None, clause: str, number: int
) -> None:
    assert len(said("双方就费用发生争议。", clause, elder_born, younger_born)) == number


def test_an_obligation_is_judged_by_who_pays_whom() -> None:
    parties = [claimant("周大海"), respondent("周小雨")]
    for payee, number in ((1, 1), (None, 0)):
        owed = pays(500, TODAY, what="抚养费", payee_no=payee, payee_name="" if payee else "敬老院")
        draft = drafted(parties, "周小雨系周大海之子。", ["按月支付。"], "按月转账。", owed)
        assert len(told(draft)) == number


def test_nobody_is_meant_where_the_facts_name_nobody() -> None:
    assert said("此人系其子女。周小雨系其子女。", "周小雨向周大海支付抚养费500元。") == []
    draft = drafted([claimant(""), respondent("")], "双方就费用发生争议。", ["支付抚养费500元。"], "按月转账。")
    assert told(draft) == []


def test_without_a_day_ages_say_nothing() -> None:
    parties = [claimant("周大海", birth_date=date(1950, 1, 1)), respondent("周小雨", birth_date=date(1980, 1, 1))]
    draft = drafted(parties, "双方就费用发生争议。", ["周小雨向周大海支付抚养费500元。"], "转账。", made_on=None)
    assert told(draft) == []
