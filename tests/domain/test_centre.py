"""A committee is warned of what does not fit 人民调解法 art. 8 and 9; people are found by their ids."""

from datetime import date

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.rules import Rules

TODAY = date(2026, 11, 23)


def a_committee(*members: CommitteeMember, term_end: date | None = None) -> Committee:
    return Committee(
        id=4, uid="u", name="示例街道人民调解委员会", short_name="示", members=list(members), term_end=term_end
    )


def member(name: str, post: CommitteePost = CommitteePost.MEMBER, gender: str = "1") -> CommitteeMember:
    return CommitteeMember(name=name, post=post, gender=gender)


def head() -> CommitteeMember:
    return member("赵和", CommitteePost.HEAD)


def woman() -> CommitteeMember:
    return member("钱平", gender="2")


def test_a_lawful_committee_is_not_warned(rules: Rules) -> None:
    assert a_committee(head(), woman(), member("孙安"), term_end=TODAY).warnings(rules, TODAY) == []


def test_a_committee_whose_members_are_not_entered_is_not_warned(rules: Rules) -> None:
    assert a_committee().warnings(rules, TODAY) == []


def test_too_few_and_too_many_members_are_told(rules: Rules) -> None:
    assert a_committee(head(), woman()).warnings(rules, TODAY) == ["委员会现有2名委员，依法应为3至9名。"]
    crowd = [member("孙安")] * 8
    assert a_committee(head(), woman(), *crowd).warnings(rules, TODAY) == ["委员会现有10名委员，依法应为3至9名。"]


def test_a_missing_woman_and_a_missing_head_are_told(rules: Rules) -> None:
    assert a_committee(head(), member("孙安"), member("李乐")).warnings(rules, TODAY) == [
        "委员会没有登记女性委员，依法应当有妇女成员。"
    ]
    assert a_committee(woman(), member("孙安"), member("李乐")).warnings(rules, TODAY) == ["委员会没有登记主任。"]


def test_a_term_that_is_over_is_told_from_the_next_day(rules: Rules) -> None:
    committee = a_committee(head(), woman(), member("孙安"), term_end=date(2026, 11, 22))
    assert committee.warnings(rules, TODAY) == ["委员会任期已满，请办理换届后更新任期。"]


def test_committees_and_users_are_found_by_id() -> None:
    committee, user = a_committee(), User(id=7, uid="v", name="登记员")
    centre = Centre(uid="c", name="示例街道综治中心", committees=[committee], users=[user])
    assert centre.committee(4) is committee
    assert centre.committee(None) is None
    assert centre.user_name(7) == "登记员"
    assert centre.user_name(8) == ""
