"""What every page is given: looking, acting, keeping, and the user who works."""

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.desk import Desk
from mediation_desk.services.act import Act
from mediation_desk.services.intake import take_in
from mediation_desk.services.own_settings import set_own
from mediation_desk.services.setting_up import describe_centre, save_user
from mediation_desk.store.records import Records
from tests.desk import intake
from tests.gui.conftest import NOW


def all_cases(desk: Desk) -> list[int]:
    return desk.look(lambda records, _: list(records.cases.ids()))


def test_a_step_is_kept_and_everybody_is_told(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed):
        case = desk.do(take_in, intake())
    assert all_cases(desk) == [case.id]
    assert case.party_name(1) == "张三"


def test_a_step_that_is_refused_keeps_nothing_and_tells_nobody(desk: Desk, qtbot: QtBot) -> None:
    def stumble(records: Records, act: Act) -> None:
        take_in(records, act, intake())
        raise RuleBroken(Fault("不行。"))

    with qtbot.assertNotEmitted(desk.changed), pytest.raises(RuleBroken, match="不行"):
        desk.do(stumble)
    assert all_cases(desk) == []


def test_what_only_a_form_knows_is_kept_silently(desk: Desk, qtbot: QtBot) -> None:
    def keep(records: Records) -> None:
        records.drafts.save("d1", centre_id=1, form="intake", user_id=1, content={"matter": "漏水"}, now=NOW)

    with qtbot.assertNotEmitted(desk.changed):
        desk.keep(keep)
    draft = desk.look(lambda records, _: records.drafts.find("d1"))
    assert draft is not None
    assert draft.content == {"matter": "漏水"}


def test_a_look_changes_nothing_even_if_it_tries(desk: Desk) -> None:
    desk.look(lambda records, act: take_in(records, act, intake()))
    assert all_cases(desk) == []


def test_acts_are_of_the_user_and_the_moment(desk: Desk, rules: Rules) -> None:
    moment = datetime(2026, 11, 23, 9, 30, 15, 123456)
    act = Desk(desk.database, rules, user_id=2, clock=lambda: moment).act()
    assert (act.by_id, act.at, act.centre_id) == (2, datetime(2026, 11, 23, 9, 30, 15), desk.centre.id)


def test_every_name_is_given_once(desk: Desk) -> None:
    assert len({desk.new_uid() for _ in range(100)}) == 100


@pytest.mark.parametrize(("asked", "works"), [(0, 1), (1, 1), (2, 2), (99, 1), (-1, 1)])
def test_an_unknown_user_leaves_the_desk_to_the_first(desk: Desk, rules: Rules, asked: int, works: int) -> None:
    assert Desk(desk.database, rules, user_id=asked).user_id == works


def test_work_is_handed_over_to_a_user_who_is_known(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed):
        desk.hand_over(2)
    assert desk.act().by_id == 2
    desk.hand_over(99)
    assert desk.act().by_id == 2


def test_a_user_who_is_retired_hands_over_to_another(desk: Desk, qtbot: QtBot) -> None:
    desk.hand_over(2)
    second = desk.centre.users[1]
    desk.do(save_user, User(uid=second.uid, name=second.name, active=False))
    with qtbot.waitSignal(desk.centre_changed):
        desk.refresh_centre()
    assert desk.user_id == 1


def test_the_centre_is_read_anew_when_it_was_changed(desk: Desk) -> None:
    desk.do(describe_centre, name="西城街道综治中心", area_code="", address="", phone="", opening_pattern=[])
    assert desk.centre.name == "东城街道综治中心"
    desk.refresh_centre()
    assert desk.centre.name == "西城街道综治中心"


def test_the_rules_are_put_together_anew_when_the_centre_set_a_value(desk: Desk, qtbot: QtBot) -> None:
    desk.do(set_own, "due_soon_days", 9, NOW.date(), "会议决定")
    assert desk.rules is desk.packs
    with qtbot.waitSignals([desk.rules_changed, desk.changed]):
        desk.refresh_rules()
    assert desk.act().rules.setting("due_soon_days", NOW.date()) == 9
    assert Desk(desk.database, desk.packs).rules.setting("due_soon_days", NOW.date()) == 9
