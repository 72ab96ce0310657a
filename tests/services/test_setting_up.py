"""The house is set up once; its committees and users can change, issued numbers cannot."""

from collections.abc import Callable
from datetime import date

import pytest

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, CommitteePost, User
from mediation_desk.domain.errors import NotFound, RuleBroken
from mediation_desk.domain.rights import Role
from mediation_desk.domain.rules import Rules
from mediation_desk.services.passwords import give_password, set_own_password
from mediation_desk.services.setting_up import (
    check_committee,
    check_user,
    describe_centre,
    doubts_about_user,
    save_committee,
    save_user,
    set_up,
)
from mediation_desk.store.database import Database
from tests.desk import TODAY, Desk, uid

PASSWORD = "Juniper-42"


@pytest.fixture
def new_desk(new_database: Callable[[], Database], rules: Rules) -> Desk:
    return Desk(new_database(), rules)


def a_committee(number: int = 2, name: str = "示例街道人民调解委员会", short_name: str = "示") -> Committee:
    return Committee(uid=uid(number), name=name, short_name=short_name)


def a_user(number: int = 3, name: str = "登记员", *roles: Role, mediator_id: int | None = None) -> User:
    return User(uid=uid(number), name=name, roles=[role.value for role in roles], mediator_id=mediator_id)


def a_centre(*committees: Committee, users: tuple[User, ...] = ()) -> Centre:
    return Centre(uid=uid(1), name="示例街道综治中心", committees=list(committees), users=list(users))


def centre_of(desk: Desk) -> Centre:
    with desk.database.reading() as records:
        return records.centre.get()


def test_a_centre_is_set_up_with_its_committees_and_users(new_desk: Desk) -> None:
    made = new_desk.write(set_up, a_centre(a_committee(), a_committee(4, "第二调委会", "二"), users=(a_user(),)))
    assert made.id == 1
    assert [committee.id for committee in centre_of(new_desk).committees] == [1, 2]
    assert [user.id for user in centre_of(new_desk).users] == [1]


def test_a_centre_is_set_up_only_once(desk: Desk) -> None:
    with desk.refuses("这份数据已经设置过综治中心。"):
        desk.write(set_up, a_centre(a_committee(), users=(a_user(),)))


def test_all_that_is_missing_is_told_at_once(new_desk: Desk) -> None:
    empty = a_centre()
    empty.name = " "
    with pytest.raises(RuleBroken) as refused:
        new_desk.write(set_up, empty)
    assert [fault.place for fault in refused.value.faults] == ["centre_name", "committee_name", "user_name"]


def test_a_centre_with_a_faulty_part_is_not_set_up(new_desk: Desk) -> None:
    with new_desk.refuses("这个简称已被另一个调委会使用", "committee_short_name"):
        new_desk.write(set_up, a_centre(a_committee(), a_committee(4, "第二调委会"), users=(a_user(),)))
    with new_desk.refuses("已有同名的使用者", "user_name"):
        new_desk.write(set_up, a_centre(a_committee(), users=(a_user(), a_user(5))))


def test_a_committee_needs_its_names_and_those_of_its_members() -> None:
    committee = a_committee(name="", short_name=" ")
    committee.members = [CommitteeMember(name="")]
    committee.term_start, committee.term_end = TODAY, date(2026, 1, 1)
    with pytest.raises(RuleBroken) as refused:
        check_committee(committee, [committee])
    assert [fault.place for fault in refused.value.faults] == [
        "committee_name",
        "committee_short_name",
        "committee_term_end",
        "committee_members",
    ]


@pytest.mark.parametrize("term", [(None, TODAY), (TODAY, None), (TODAY, TODAY)])
def test_a_term_may_be_open_at_either_end(term: tuple[date | None, date | None]) -> None:
    committee = a_committee()
    committee.term_start, committee.term_end = term
    check_committee(committee, [])


@pytest.mark.parametrize(
    ("formats", "place"),
    [
        ({"case": "{year}-{seq}", "oral": "{year}-{seq}"}, "number_formats"),
        ({"case": "第{seq}号"}, "number_format_case"),
        ({"agreement": "{year}{seq}{month}"}, "number_format_agreement"),
    ],
)
def test_formats_that_would_give_a_number_twice_are_refused(formats: dict[str, str], place: str) -> None:
    committee = a_committee()
    committee.number_formats = formats
    with pytest.raises(RuleBroken) as refused:
        check_committee(committee, [committee])
    assert [fault.place for fault in refused.value.faults] == [place]


def test_an_empty_format_stands_for_the_default() -> None:
    committee = a_committee()
    committee.number_formats = {"case": "", "oral": "", "agreement": "{year}协{seq}"}
    check_committee(committee, [committee])


def test_a_user_needs_a_name_of_his_own() -> None:
    with pytest.raises(RuleBroken, match="请填写使用者姓名"):
        check_user(a_user(name=" "), [])
    with pytest.raises(RuleBroken, match="已有同名的使用者"):
        check_user(a_user(4), [a_user(3)])
    check_user(a_user(3), [a_user(3)])


def test_the_centre_can_be_described_anew(desk: Desk) -> None:
    desk.do(
        describe_centre,
        name=" 新名称 ",
        area_code="110101",
        address="示例路1号",
        phone="010-12345678",
        opening_pattern=["mon_am"],
    )
    centre = centre_of(desk)
    assert (centre.name, centre.area_code, centre.address, centre.phone) == (
        "新名称",
        "110101",
        "示例路1号",
        "010-12345678",
    )
    assert centre.opening_pattern == ["mon_am"]


def test_a_centre_keeps_a_name(desk: Desk) -> None:
    with desk.refuses("请填写综治中心名称。", "centre_name"):
        desk.do(describe_centre, name="", area_code="", address="", phone="", opening_pattern=[])


def test_a_committee_is_added_or_changed(desk: Desk) -> None:
    desk.do(save_committee, a_committee(4, "第二调委会", "二"))
    changed = a_committee(2, "改名调委会", "改")
    changed.body, changed.term_start, changed.term_end, changed.active = "街道", TODAY, TODAY, False
    changed.number_formats = {"case": "{year}-{seq}"}
    changed.members = [CommitteeMember(name="李乐", post=CommitteePost.VICE_HEAD, gender="1")]
    desk.do(save_committee, changed)
    first, second = centre_of(desk).committees
    assert (first.id, first.name, first.short_name, first.body, first.active) == (1, "改名调委会", "改", "街道", False)
    assert (first.term_start, first.term_end, first.number_formats) == (TODAY, TODAY, {"case": "{year}-{seq}"})
    assert [(member.name, member.post, member.gender) for member in first.members] == [
        ("李乐", CommitteePost.VICE_HEAD, "1")
    ]
    assert second.name == "第二调委会"


def test_a_committee_that_was_read_can_be_saved_as_it_is(desk: Desk) -> None:
    committee = centre_of(desk).committees[0]
    committee.short_name = "新"
    desk.do(save_committee, committee)
    saved = centre_of(desk).committees[0]
    assert saved.short_name == "新"
    assert [member.name for member in saved.members] == ["赵和"]


def test_a_faulty_committee_is_not_saved(desk: Desk) -> None:
    with desk.refuses("这个简称已被另一个调委会使用", "committee_short_name"):
        desk.do(save_committee, a_committee(4, "第二调委会"))


def test_a_user_is_added_renamed_and_retired(desk: Desk) -> None:
    desk.do(save_user, a_user(4, "李窗口", Role.ADMIN))
    retired = a_user(3, "登记员甲")
    retired.active = False
    desk.do(save_user, retired)
    assert [(user.name, user.active) for user in centre_of(desk).users] == [("登记员甲", False), ("李窗口", True)]


def test_the_last_active_user_stays(desk: Desk) -> None:
    retired = a_user(3)
    retired.active = False
    with desk.refuses("至少要有一位在用的使用者。", "user_active"):
        desk.do(save_user, retired)


def test_the_roles_of_a_user_and_their_place_in_the_directory_are_changed(desk: Desk) -> None:
    desk.do(save_user, a_user(4, "钱平", Role.MEDIATOR, mediator_id=2))
    desk.do(save_user, a_user(4, "钱平", Role.CLERK, Role.MEDIATOR, mediator_id=3))
    changed = centre_of(desk).users[1]
    assert (changed.roles, changed.mediator_id) == (["clerk", "mediator"], 3)


def test_the_last_one_who_keeps_the_users_keeps_on(desk: Desk) -> None:
    desk.do(save_user, a_user(4, "李窗口", Role.CLERK))
    with desk.refuses("至少要有一位在用的管理员", "user_roles"):
        desk.do(save_user, a_user(3, "登记员", Role.DIRECTOR))
    retired = a_user(3, "登记员", Role.ADMIN)
    retired.active = False
    with desk.refuses("至少要有一位在用的管理员", "user_active"):
        desk.do(save_user, retired)


def test_somebody_must_be_left_who_can_log_in_and_keep_the_users(desk: Desk) -> None:
    desk.do(save_user, a_user(4, "李窗口", Role.ADMIN))
    desk.do(set_own_password, "", PASSWORD)
    with desk.refuses("其余的管理员都还没有口令", "user_roles"):
        desk.do(save_user, a_user(3, "登记员", Role.CLERK))
    desk.do(give_password, 2, PASSWORD)
    desk.do(save_user, a_user(3, "登记员", Role.CLERK))


def test_whoever_retires_loses_the_password(desk: Desk) -> None:
    desk.do(save_user, a_user(4, "李窗口"))
    desk.do(set_own_password, "", PASSWORD)
    desk.do(give_password, 2, PASSWORD)
    retired = a_user(4, "李窗口")
    retired.active = False
    desk.do(save_user, retired)
    assert desk.look(lambda records, _: records.credentials.holders()) == {1}


def test_a_role_nobody_knows_is_refused(desk: Desk) -> None:
    with desk.refuses("有不认识的角色", "user_roles"):
        desk.do(save_user, User(uid=uid(4), name="李", roles=["king"]))


def test_one_mediator_is_one_user(desk: Desk) -> None:
    desk.do(save_user, a_user(4, "钱平", Role.MEDIATOR, mediator_id=2))
    with desk.refuses("这位调解员已对应使用者“钱平”", "user_mediator"):
        desk.do(save_user, a_user(5, "钱平二", Role.MEDIATOR, mediator_id=2))
    with pytest.raises(NotFound):
        desk.do(save_user, a_user(5, "钱平二", Role.MEDIATOR, mediator_id=99))


@pytest.mark.parametrize(
    ("user", "sentences"),
    [
        (a_user(4, "甲", Role.CLERK), []),
        (a_user(4, "甲"), ["还没有角色"]),
        (a_user(4, "甲", Role.ADMIN, Role.AUDITOR), ["同一人兼任管理员和审计"]),
        (a_user(4, "甲", Role.MEDIATOR), ["没有对应名册中的调解员"]),
        (a_user(4, "甲", Role.MEDIATOR, Role.DIRECTOR), []),
        (a_user(4, "甲", Role.MEDIATOR, mediator_id=2), []),
    ],
)
def test_unusual_roles_are_pointed_out(user: User, sentences: list[str]) -> None:
    doubts = doubts_about_user(user)
    assert len(doubts) == len(sentences)
    assert all(doubt.startswith(sentence) for doubt, sentence in zip(doubts, sentences, strict=True))
