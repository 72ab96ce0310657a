"""How the users stand: passwords, locks and logins, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.rights import Right
from mediation_desk.services.passwords import check_password, give_password, set_own_password
from mediation_desk.services.setting_up import save_user
from mediation_desk.services.users import Standing, look_at_users
from tests.desk import APPOINTED, Desk

FIRST, GIVEN = "Kai1-men", "Chu3-shi!"


@pytest.fixture
def second(desk: Desk) -> User:
    """A user besides the first."""
    desk.do(save_user, User(uid="second", name="李窗口", roles=["clerk"]))
    return desk.do(look_at_users)[-1].user


def standing_of(desk: Desk, user: User) -> Standing:
    return next(each for each in desk.do(look_at_users) if each.user.uid == user.uid)


def test_without_a_password_it_is_said_so(desk: Desk, second: User) -> None:
    standing = standing_of(desk, second)
    assert (standing.password, standing.is_locked, standing.last_login) == ("未设", False, None)


def test_a_first_password_is_to_be_changed_and_an_own_one_lasts(desk: Desk, second: User) -> None:
    desk.do(set_own_password, "", FIRST)
    desk.do(give_password, second.id or 0, GIVEN)
    own, given = (standing.password for standing in desk.do(look_at_users))
    assert (own, given) == ("有效，还有90天", "初始口令，待本人改")


def test_an_old_password_is_said_to_be_over(desk: Desk) -> None:
    desk.do(set_own_password, "", FIRST)
    desk.now += timedelta(days=90)
    assert desk.do(look_at_users)[0].password == "已到期，登录时须改"


def test_who_is_locked_out_is_told_until_when(desk: Desk, second: User) -> None:
    desk.do(set_own_password, "", FIRST)
    desk.do(give_password, second.id or 0, GIVEN)
    for _ in range(5):
        desk.do(check_password, second.id or 0, "falsch")
    standing = standing_of(desk, second)
    assert standing.is_locked
    assert standing.password.startswith("输错过多，锁定至")


def test_the_mediator_of_a_user_is_named(desk: Desk, second: User) -> None:
    changed = User(uid=second.uid, name=second.name, roles=["mediator"], mediator_id=APPOINTED)
    desk.do(save_user, changed)
    assert standing_of(desk, second).mediator != ""


def test_a_retired_user_has_nothing_to_say_of_a_password(desk: Desk, second: User) -> None:
    desk.do(save_user, User(uid=second.uid, name=second.name, roles=["clerk"], active=False))
    assert standing_of(desk, second).password == ""


def test_only_who_keeps_the_users_or_the_settings_may_look(desk: Desk) -> None:
    clerk = replace(desk.act, rights=frozenset({Right.REGISTER}))
    with desk.database.reading() as records, pytest.raises(NotAllowed):
        look_at_users(records, clerk)
