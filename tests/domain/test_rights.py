"""What each role may do, and how somebody is told that they may not."""

import pytest

from mediation_desk.domain.centre import User
from mediation_desk.domain.rights import (
    RIGHTS_OF,
    Right,
    Role,
    in_two_camps,
    lacking,
    rights_of,
    rights_of_user,
    roles_in_words,
)

READ_ONLY = {Right.ALL_CASES, Right.CLOSED_FILES, Right.FULL_NUMBERS, Right.PRINT, Right.AUDIT}
BUSINESS = frozenset(Right) - {Right.SETTINGS, Right.USERS, Right.AUDIT, Right.BACKUP}
HOUSE_WIDE = {Right.REGISTER, Right.TRIAGE, Right.ASSIGN, Right.FIGURES}


def user(name: str, *roles: Role, active: bool = True) -> User:
    return User(uid=name, name=name, active=active, roles=list(roles))


def test_every_role_is_told_of() -> None:
    assert set(RIGHTS_OF) == set(Role)


def test_the_keeper_of_the_users_has_no_business_and_no_log() -> None:
    assert not RIGHTS_OF[Role.ADMIN] & (BUSINESS | {Right.AUDIT})


def test_whoever_reads_the_log_or_the_archive_writes_nothing() -> None:
    assert RIGHTS_OF[Role.AUDITOR] == {Right.AUDIT}
    assert RIGHTS_OF[Role.ARCHIVIST] <= READ_ONLY


def test_the_director_may_do_all_business() -> None:
    assert RIGHTS_OF[Role.DIRECTOR] >= BUSINESS


def test_mediators_do_not_see_the_cases_of_others() -> None:
    assert not RIGHTS_OF[Role.MEDIATOR] & {Right.ALL_CASES, Right.CLOSED_FILES}


@pytest.mark.parametrize("role", Role)
def test_whoever_weighs_all_cases_sees_them_too(role: Role) -> None:
    """Else the numbers of others would be missing in what they reckon with."""
    if RIGHTS_OF[role] & HOUSE_WIDE:
        assert Right.ALL_CASES in RIGHTS_OF[role]


def test_roles_add_up() -> None:
    assert rights_of(["mediator", "archivist"]) == RIGHTS_OF[Role.MEDIATOR] | RIGHTS_OF[Role.ARCHIVIST]
    assert rights_of([]) == rights_of(["king"]) == frozenset()


def test_whoever_retired_may_do_nothing() -> None:
    assert rights_of_user(user("许", Role.DIRECTOR)) == RIGHTS_OF[Role.DIRECTOR]
    assert rights_of_user(user("许", Role.DIRECTOR, active=False)) == frozenset()


def test_roles_are_named_in_one_order() -> None:
    assert roles_in_words(["director", "clerk"]) == "窗口、主任"


def test_two_people_should_keep_the_users_and_the_log() -> None:
    assert in_two_camps([Role.ADMIN, Role.AUDITOR])
    assert not in_two_camps([Role.ADMIN, Role.CLERK])


def test_somebody_who_may_not_is_told_why_and_whom_to_ask() -> None:
    clerk = user("王窗口", Role.CLERK)
    house = [
        clerk,
        user("许主任", Role.DIRECTOR),
        user("吴机房", Role.ADMIN),
        user("老主任", Role.DIRECTOR, active=False),
    ]
    assert lacking(clerk, house, [Right.ROSTER]) == (
        "您的角色是“窗口”，没有“排班”权限。没有记录任何内容，已填写的还在；请找许主任办理，或请管理员吴机房调整角色。"
    )


def test_any_of_several_rights_would_have_done() -> None:
    admin = user("吴机房", Role.ADMIN)
    assert lacking(admin, [admin], [Right.REGISTER, Right.MEDIATE]) == (
        "您的角色是“管理员”，没有“登记来访”或“调解记录”权限。没有记录任何内容，已填写的还在；请管理员吴机房调整角色。"
    )


def test_of_many_who_may_three_are_named() -> None:
    clerks = [user(name, Role.CLERK) for name in "甲乙丙丁"]
    assert "请找甲、乙、丙等办理" in lacking(user("戊"), clerks, [Right.REGISTER])


def test_somebody_without_a_role_is_told_so() -> None:
    nobody = user("丙")
    assert lacking(nobody, [nobody], [Right.REGISTER]).startswith("您还没有角色，没有“登记来访”权限。")
    assert lacking(nobody, [nobody], [Right.REGISTER]).endswith("请先由管理员安排角色。")


@pytest.mark.parametrize("who", [None, user("丁", Role.CLERK, active=False)])
def test_somebody_who_left_is_told_so(who: User | None) -> None:
    assert lacking(who, [], [Right.REGISTER]).startswith("当前使用者已离岗")
