"""Who acts has rights and eyes; every fact leaves a line in the timeline, and the stage follows."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.rights import RIGHTS_OF, Right, Role, rights_of
from mediation_desk.services.act import Act, act_of, needed_for, needs, note
from mediation_desk.services.setting_up import save_user
from mediation_desk.store.records import Records
from mediation_desk.store.sight import Sight
from tests.desk import NOW, TODAY, Desk, uid


def test_an_act_is_of_a_day(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 23, 23, 59)
    assert desk.act.today == date(2026, 11, 23)


def test_a_note_tells_what_when_and_who_and_lets_the_stage_follow(desk: Desk) -> None:
    case = desk.case(desk.accepted())
    case.stage, case.decisions = "", []
    note(case, desk.act, EventKind.PRINTED, TODAY, "人民调解申请书 1份")
    line = case.events[-1]
    assert (line.kind, line.happened_on, line.text, line.by_id, line.recorded_at) == (
        EventKind.PRINTED,
        TODAY,
        "人民调解申请书 1份",
        1,
        NOW,
    )
    assert case.stage == "triaged"


@needs(Right.ROSTER, Right.DUTY)
def ring_the_bell(_records: Records, _act: Act, times: int) -> int:
    return times


def act_with(desk: Desk, *roles: Role, mediator_id: int | None = None) -> Act:
    return replace(desk.act, rights=rights_of(roles), mediator_id=mediator_id)


def test_an_act_has_the_rights_of_its_user(desk: Desk) -> None:
    desk.do(save_user, User(uid=uid(4), name="李窗口", roles=[Role.CLERK.value], mediator_id=2))
    centre = desk.look(lambda records, _: records.centre.get())
    act = act_of(centre, centre.users[1], NOW, desk.rules)
    assert (act.centre_id, act.by_id, act.at, act.rights, act.mediator_id) == (1, 2, NOW, RIGHTS_OF[Role.CLERK], 2)
    centre.users[1].active = False
    assert act_of(centre, centre.users[1], NOW, desk.rules).rights == frozenset()


@pytest.mark.parametrize(
    ("roles", "sight"),
    [
        ([Role.CLERK], Sight(closed_files=True, user_id=1, person_id=3, all_cases=True)),
        ([Role.MEDIATOR], Sight(3, user_id=1, person_id=3)),
        ([Role.ARCHIVIST], Sight(None, closed_files=True, user_id=1, person_id=3)),
        ([Role.MEDIATOR, Role.ARCHIVIST], Sight(3, closed_files=True, user_id=1, person_id=3)),
        ([Role.ADMIN, Role.AUDITOR], Sight(user_id=1, person_id=3)),
        ([], Sight(user_id=1, person_id=3)),
    ],
)
def test_what_somebody_sees_follows_from_their_rights(desk: Desk, roles: list[Role], sight: Sight | None) -> None:
    assert act_with(desk, *roles, mediator_id=3).sight == sight


@pytest.mark.parametrize("roles", [[Role.CLERK], [Role.DIRECTOR], [Role.MEDIATOR, Role.CLERK]])
def test_who_may_see_all_cases_and_is_of_no_unit_sees_all_there_is(desk: Desk, roles: list[Role]) -> None:
    assert act_with(desk, *roles).sight is None
    seen = act_with(desk, *roles, mediator_id=3).sight
    assert seen is not None
    assert seen.all_cases


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CLERK])
def test_one_of_the_rights_will_do(desk: Desk, role: Role) -> None:
    with desk.database.reading() as records:
        assert ring_the_bell(records, act_with(desk, role), times=3) == 3


def test_whoever_lacks_the_right_is_refused_before_anything_is_done(desk: Desk) -> None:
    with desk.database.reading() as records, pytest.raises(NotAllowed, match="没有“排班”或“签到”权限"):
        ring_the_bell(records, act_with(desk, Role.MEDIATOR), 3)


def test_a_service_tells_which_rights_it_needs() -> None:
    assert needed_for(ring_the_bell) == (Right.ROSTER, Right.DUTY)
    assert needed_for(note) == ()
    assert ring_the_bell.__name__ == "ring_the_bell"
