"""Who gets in by which password: wrong ones are counted, old ones refused, first ones changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import DeskError, LockedOut, NotAllowed, NotFound, RuleBroken, WrongPassword
from mediation_desk.domain.rights import Right, Role
from mediation_desk.services.act import Act
from mediation_desk.services.passwords import (
    Verdict,
    check_password,
    give_password,
    has_passwords,
    set_own_password,
)
from mediation_desk.services.setting_up import save_user
from mediation_desk.store.records import Records
from tests.desk import NOW, Desk, uid

GOOD, OTHER, WRONG = "Juniper-42", "Rowan-1987", "juniper-42"


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """A desk at which the first user has a password, and the second, a clerk, a first one from her."""
    desk.do(save_user, User(uid=uid(4), name="李窗口", roles=[Role.CLERK.value]))
    desk.do(set_own_password, "", GOOD)
    desk.do(give_password, 2, OTHER)
    return desk


def trying(desk: Desk, password: str, user_id: int = 1) -> Verdict:
    return desk.do(check_password, user_id, password)


def lacks(right: Right, service: Callable[..., object]) -> Callable[..., object]:
    def weaker(records: Records, act: Act, *args: object) -> object:
        return service(records, replace(act, rights=act.rights - {right}), *args)

    return weaker


def test_nobody_has_a_password_until_one_is_chosen(desk: Desk) -> None:
    assert not desk.look(lambda records, _: has_passwords(records))
    desk.do(set_own_password, "", GOOD)
    assert desk.look(lambda records, _: has_passwords(records))


def test_the_right_password_opens(guarded: Desk) -> None:
    assert trying(guarded, GOOD).insist() == Verdict()
    assert trying(guarded, "Ｊｕｎｉｐｅｒ－４２").insist() == Verdict()


def test_a_wrong_password_is_counted_although_it_is_refused(guarded: Desk) -> None:
    with pytest.raises(WrongPassword, match="还可以试4次，之后要等10分钟"):
        trying(guarded, WRONG).insist()
    with pytest.raises(WrongPassword, match="还可以试3次"):
        trying(guarded, WRONG).insist()


def test_the_right_password_begins_the_count_anew(guarded: Desk) -> None:
    trying(guarded, WRONG)
    trying(guarded, GOOD).insist()
    with pytest.raises(WrongPassword, match="还可以试4次"):
        trying(guarded, WRONG).insist()


def test_while_locked_out_even_the_right_password_is_refused(guarded: Desk) -> None:
    for _ in range(5):
        trying(guarded, WRONG)
    with pytest.raises(LockedOut, match="连续输错5次，2026年11月23日9:40以后才能再试"):
        trying(guarded, GOOD).insist()
    guarded.now += timedelta(minutes=10)
    assert trying(guarded, GOOD).insist() == Verdict()


def test_a_thousand_wrong_passwords_get_nobody_in(guarded: Desk) -> None:
    """One a minute: each lock lets through five more tries, and none of them opens."""
    refusals: list[type[DeskError] | None] = []
    for _ in range(1000):
        verdict = trying(guarded, WRONG)
        refusals.append(type(verdict.refusal) if verdict.refusal else None)
        guarded.now += timedelta(minutes=1)
    assert set(refusals) == {WrongPassword, LockedOut}
    tried = refusals.count(WrongPassword) * 5 // 4
    assert tried <= 1000 * 5 // 14 + 5


def test_a_clock_set_back_does_not_unlock(guarded: Desk) -> None:
    for _ in range(5):
        trying(guarded, WRONG)
    guarded.now -= timedelta(days=365)
    with pytest.raises(LockedOut):
        trying(guarded, GOOD).insist()
    guarded.now = NOW + timedelta(minutes=10)
    trying(guarded, GOOD).insist()


def test_a_lock_is_of_one_user_only(guarded: Desk) -> None:
    for _ in range(5):
        trying(guarded, WRONG, user_id=2)
    trying(guarded, GOOD).insist()


def test_a_first_password_must_be_changed(guarded: Desk) -> None:
    assert "管理员给的口令" in trying(guarded, OTHER, user_id=2).insist().why_change


def test_a_password_is_changed_by_its_owner_who_says_the_old_one(guarded: Desk) -> None:
    guarded.do(set_own_password, GOOD, OTHER).insist()
    trying(guarded, OTHER).insist()
    with pytest.raises(WrongPassword):
        trying(guarded, GOOD).insist()


def test_a_wrong_old_password_changes_nothing_and_is_counted(guarded: Desk) -> None:
    with pytest.raises(WrongPassword, match="还可以试4次"):
        guarded.do(set_own_password, WRONG, OTHER).insist()
    with pytest.raises(WrongPassword, match="还可以试3次"):
        trying(guarded, OTHER).insist()


def test_all_that_is_wrong_with_a_new_password_is_said_at_once(guarded: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        guarded.do(set_own_password, GOOD, "登记员")
    assert len(refused.value.faults) == 3
    assert {fault.place for fault in refused.value.faults} == {"new_password"}
    trying(guarded, GOOD).insist()


def test_the_last_five_passwords_cannot_come_back(desk: Desk) -> None:
    used = [f"Juniper-{number}" for number in range(10, 16)]
    desk.do(set_own_password, "", used[0])
    for old, new in pairwise(used):
        desk.do(set_own_password, old, new).insist()
    for each in used[1:]:
        with pytest.raises(RuleBroken, match="最近用过的5个口令"):
            desk.do(set_own_password, used[-1], each)
    desk.do(set_own_password, used[-1], used[0]).insist()


def test_a_password_that_grew_old_must_be_changed_and_says_so_before(guarded: Desk) -> None:
    guarded.now += timedelta(days=83)
    assert trying(guarded, GOOD).insist() == Verdict(hint="口令还有7天到期，请及时更换。")
    guarded.now += timedelta(days=7)
    assert trying(guarded, GOOD).insist().why_change == "口令已使用满90天，请先更换。"


def test_only_whoever_keeps_the_users_gives_passwords(guarded: Desk) -> None:
    with pytest.raises(NotAllowed, match="使用者管理"):
        guarded.do(lacks(Right.USERS, give_password), 2, GOOD)


def test_a_new_password_from_the_keeper_ends_a_lock(guarded: Desk) -> None:
    for _ in range(5):
        trying(guarded, WRONG, user_id=2)
    guarded.do(give_password, 2, GOOD)
    assert trying(guarded, GOOD, user_id=2).insist().why_change


def test_a_user_without_a_password_does_not_get_in_where_others_have_one(guarded: Desk) -> None:
    guarded.do(save_user, User(uid=uid(5), name="新来的"))
    with pytest.raises(NotAllowed, match="还没有口令"):
        trying(guarded, "", user_id=3).insist()


def test_nobody_who_left_gets_in_or_is_given_a_password(guarded: Desk) -> None:
    guarded.do(save_user, User(uid=uid(4), name="李窗口", active=False))
    with pytest.raises(NotAllowed, match="已离岗"):
        trying(guarded, OTHER, user_id=2).insist()
    with pytest.raises(RuleBroken, match="已离岗"):
        guarded.do(give_password, 2, GOOD)


def test_a_user_nobody_knows_is_not_found(guarded: Desk) -> None:
    with pytest.raises(NotFound):
        trying(guarded, GOOD, user_id=99)


def test_a_hash_that_was_tampered_with_fits_no_password(guarded: Desk) -> None:
    with guarded.database.writing() as records:
        records.connection.exec_driver_sql("update credentials set secret = 'x' where user_id = 1")
    with pytest.raises(WrongPassword):
        trying(guarded, "x").insist()


def test_no_password_stands_in_the_store(guarded: Desk) -> None:
    rows = guarded.contents()
    assert all(password not in str(rows) for password in (GOOD, OTHER))
    assert "argon2id" in str(rows["credentials"])


def test_the_log_tells_of_refusals_and_new_passwords_but_never_a_password(guarded: Desk) -> None:
    trying(guarded, WRONG)
    told = {(row.kind, row.told) for row in guarded.contents()["audit"]}
    assert (AuditKind.REFUSED.value, "使用者“登记员”登录被拒绝：口令不对。还可以试4次，之后要等10分钟。") in told
    assert (AuditKind.LOGIN.value, "给使用者“李窗口”设置了初始口令") in told
    assert (AuditKind.LOGIN.value, "修改了自己的口令") in told
    assert WRONG not in str(guarded.contents()["audit"])
